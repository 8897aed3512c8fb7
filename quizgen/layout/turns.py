"""Read speech: turns of labelled speakers, and words that have only a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizgen.layout import adverts, names
from quizgen.layout.blocks import Block
from quizgen.layout.findings import Findings
from quizgen.layout.groups import Group
from quizgen.model import Piece

_NAME = r"((?:(?:[A-Z][\w'’-]{1,20}|[A-Z]\.) ){1,3}[A-Z][\w'’-]{1,20})"
_LEADS = re.compile(
    rf"{_NAME} (?:once |famously )?(?:said|says|wrote|writes|put it|remarked)[,:]? ?$"
    rf"|\b(?:words|quote|quotation|lines?) (?:from|by|of) {_NAME}[^.\"“]{{0,60}}[:,] ?$"
)
_PRONOUN = re.compile(r"\b(?:He|She|They) (?:once )?(?:said|says|wrote|writes|put it)[,:]? ?$")
_MENTIONED = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}")
_QUOTED = re.compile(r"\"([^\"]{30,1200})\"|“([^”]{30,1200})”")
_LEADING = frozenset("And As But So Then When Now Well Like Because".split())  # noqa: SIM905


@dataclass(slots=True)
class Clock:
    """The last time that a document gave."""

    seconds: int | None = None


def read(findings: Findings, group: Group, clock: Clock) -> None:
    """Read a group of blocks as turns; those of one speaker in a row become one.

    A turn without a time has the one before it. The paragraphs of a merged turn are parted
    by a blank line, each of them verbatim.
    """
    turns: list[Piece] = []
    speaker = ""
    joins = False
    started: int | None = None
    for block in group.body:
        clock.seconds = clock.seconds if block.seconds is None else block.seconds
        if block.shape == "stamp":
            findings.note(block.span, "time")
            continue
        started = clock.seconds if started is None else started
        if block.shape == "label":
            joins = joins and block.name == speaker
            speaker = block.name
            if not block.text:
                findings.note(block.span, "speaker")
        parts = _kept(findings, block)
        for text, whole in parts:
            if joins and whole:
                last = turns[-1]
                span = (last.lines[0], block.last)
                turns[-1] = replace(last, text=f"{last.text}\n\n{text}", lines=span)
            else:
                at = clock.seconds
                turns.append(Piece("turn", text, block.span, speaker, at, heading=group.title))
            joins = True
        # After an advert or a closing quotation the same speaker begins anew.
        if block.text:
            joins = bool(parts) and block.text.endswith(parts[-1][0])
    findings.pieces.extend(turns)
    if group.heading and group.role is None:
        at = clock.seconds if started is None else started
        findings.pieces.append(Piece("chapter", group.title, group.heading.span, seconds=at))
    elif group.heading:
        findings.note(group.heading.span, "heading")


def cues(findings: Findings, group: Group, clock: Clock) -> None:
    """Read words that stand under or beside a time and have no speaker."""
    texts = [block for block in group.body if block.shape != "stamp" and block.text]
    words = sum(len(block.text.split()) for block in texts)
    kind = "caption" if words < 25 * len(texts) else "turn"
    if group.heading:
        findings.note(group.heading.span, "heading")
    for block in group.body:
        clock.seconds = clock.seconds if block.seconds is None else block.seconds
        if block.shape == "stamp":
            findings.note(block.span, "time")
            continue
        for text, _ in _kept(findings, block):
            findings.pieces.append(
                Piece(kind, text, block.span, seconds=clock.seconds, heading=group.title)
            )


def _kept(findings: Findings, block: Block) -> Sequence[tuple[str, bool]]:
    """Give what is said in a block, without adverts and closing quotations."""
    if _quotation(findings, block):
        return ()
    return adverts.kept(findings, block.text, block.span)


def _quotation(findings: Findings, block: Block) -> bool:
    """Keep words of somebody who is not there; say whether they are all that the block holds."""
    text = block.text
    if '"' not in text and "“" not in text:
        return False
    for quote in _QUOTED.finditer(text):
        lead = text[max(0, quote.start() - 160) : quote.start()]
        name, leads_away = _source(findings, lead)
        if not name:
            continue
        said = (quote[1] or quote[2]).strip()
        findings.pieces.append(Piece("quote", said, block.span, speaker=name))
        # "Let me leave you with some words from …" is furniture around a quotation.
        if leads_away and not text[quote.end() :].strip() and len(lead) < 160:
            findings.drop(block.span, "introduces a quotation", text=lead.strip())
            return True
    return False


def _source(findings: Findings, lead: str) -> tuple[str, bool]:
    """Tell whom the words before a quotation name, and whether they only introduce it."""
    name = ""
    match = _LEADS.search(lead)
    if match:
        words = (match[1] or match[2]).split()
        name = " ".join(words[1:] if words[0] in _LEADING and len(words) > 2 else words)
    elif _PRONOUN.search(lead):
        name = next(reversed(_MENTIONED.findall(lead)), "")
    present = {names.fold(person.name) for person in findings.people}
    if names.fold(name) in present | {word for one in present for word in one.split()}:
        return "", False
    return name, match is not None and match[2] is not None
