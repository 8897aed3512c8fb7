"""Read speech: turns of labelled speakers, and words that have only a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizgen.layout import adverts, names, prose
from quizgen.layout.blocks import Block
from quizgen.layout.findings import Findings
from quizgen.layout.groups import WEAK_LEVEL, Group
from quizgen.model import Piece

_NAME = r"((?:(?:[A-Z][\w'’-]{1,20}|[A-Z]\.) ){1,3}[A-Z][\w'’-]{1,20})"
_LEADS = re.compile(
    rf"{_NAME} (?:once |famously )?(?:said|says|wrote|writes|put it|remarked)[,:]? ?$"
    rf"|\b(?:words|quote|quotation|lines?) (?:from|by|of) {_NAME}[^.\"“]{{0,60}}[:,] ?$"
)
_PRONOUN = re.compile(r"\b(?:He|She|They) (?:once )?(?:said|says|wrote|writes|put it)[,:]? ?$")
_MENTIONED = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}")
_QUOTED = re.compile(r"\"([^\"]{30,1200})\"|“([^”]{30,1200})”")
_STOPS = (*".!?…—–-\"”’')]",)
_ENOUGH = 10
_LATER = 30
"""Seconds after which a turn begins anew at a time."""
_NOTICE = 90
_ABOUT = re.compile(
    r"\b(?:transcripts?|transcription|this text|computer.generated text|full episode transcript)\b"
    r".{0,160}\b(?:generated|displayed|accura(?:te|cy)|errors|courtesy|updated|released|edited for"
    r"|rush transcript|may not be)\b"
    r"|\bgenerated (?:text|transcript)\b|^(?:full |complete )?(?:episode )?transcript ?[-–—:]?$"
    r"|^use ctrl ?\+ ?f\b",
    re.IGNORECASE | re.DOTALL,
)
_SPEAKS = re.compile(r"\b(?:I['’]m|I am|[Ww]elcome|my guests?|My guests?|joining us)\b")
_LEADING = frozenset("And As But So Then When Now Well Like Because".split())  # noqa: SIM905


@dataclass(slots=True)
class Clock:
    """The last time that a document gave, and whether anybody has spoken yet."""

    seconds: int | None = None
    begun: bool = False


def read(findings: Findings, group: Group, clock: Clock) -> None:
    """Read a group of blocks as turns; those of one speaker in a row become one.

    A turn without a time has the one before it, and one that goes on for long begins anew at
    a new time, so that no words are placed far from where they were said. The paragraphs of a
    merged turn are parted by a blank line, each of them verbatim.
    """
    turns: list[Piece] = []
    speaker = ""
    joins = False
    started: int | None = None
    for block in _begun(findings, group, clock):
        clock.seconds = clock.seconds if block.seconds is None else block.seconds
        if block.shape == "stamp":
            findings.note(block.span, "time")
            continue
        started = clock.seconds if started is None else started
        if block.shape == "label":
            # Two questions in a row may be two people's, where neither has a name.
            joins = joins and block.name == speaker != ""
            speaker = block.name
            if not block.text:
                findings.note(block.span, "speaker")
        parts = _kept(findings, block, group.title, clock.seconds)
        for text, whole in parts:
            if joins and whole and not _is_later(turns[-1], clock.seconds):
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
    _head(findings, group, clock.seconds if started is None else started)
    findings.pieces.extend(turns)


def cues(findings: Findings, group: Group, clock: Clock) -> None:
    """Read words that stand under or beside a time, most of them without a speaker."""
    texts = [block for block in group.body if block.shape != "stamp" and block.text]
    words = sum(len(block.text.split()) for block in texts)
    kind = "caption" if words < 25 * len(texts) else "turn"
    started = group.body[0].seconds
    _head(findings, group, clock.seconds if started is None else started)
    for block in _timed(findings, group, clock):
        clock.seconds = clock.seconds if block.seconds is None else block.seconds
        if block.shape == "stamp":
            findings.note(block.span, "time")
            continue
        for text, _ in _kept(findings, block, group.title, clock.seconds):
            findings.pieces.append(
                Piece(kind, text, block.span, _voice(block), clock.seconds, heading=group.title)
            )


def is_notice(text: str) -> bool:
    """Claim that a paragraph speaks about the transcript in which it stands."""
    return len(text.split()) <= _NOTICE and _ABOUT.search(text) is not None


def _begun(findings: Findings, group: Group, clock: Clock) -> Sequence[Block]:
    """Give what is said in a group; what stands above the first label of all is mostly a blurb."""
    if clock.begun:
        return group.body
    clock.begun = True
    first = next(at for at, block in enumerate(group.body) if block.shape == "label")
    said = next((at for at in range(first) if _SPEAKS.search(group.body[at].text)), first)
    above = [block for block in group.body[:said] if block.shape != "stamp"]
    if not above:
        return group.body
    prose.read(findings, replace(group, body=above))
    if group.heading and group.heading.level == WEAK_LEVEL:
        # The line above a blurb is the blurb's, and no part of the talk.
        findings.note(group.heading.span, "heading")
        group.heading = None
    return [block for block in group.body[:said] if block.shape == "stamp"] + group.body[said:]


def _timed(findings: Findings, group: Group, clock: Clock) -> Sequence[Block]:
    """Give what has a time; what stands above the first time of all is no speech."""
    if clock.seconds is not None:
        return group.body
    first = next((at for at, block in enumerate(group.body) if block.seconds is not None), 0)
    if first:
        prose.read(findings, replace(group, body=group.body[:first]))
    return group.body[first:]


def _is_later(turn: Piece, seconds: int | None) -> bool:
    if seconds is None:
        return False
    return turn.seconds is None or seconds - turn.seconds >= _LATER


def _voice(block: Block) -> str:
    return block.name if block.shape == "spoken" else ""


def notice_end(findings: Findings) -> None:
    """Say so where sentences end everywhere but in the last turn: the rest is missing."""
    turns = [piece for piece in findings.pieces if piece.kind == "turn"]
    if len(turns) < _ENOUGH:
        return
    last = max(turns, key=lambda piece: piece.lines)
    filled = max(at for at, line in enumerate(findings.lines, start=1) if line.strip())
    whole = sum(piece.text.endswith(_STOPS) for piece in turns)
    if last.lines[1] == filled and whole * 10 >= len(turns) * 8 and not last.text.endswith(_STOPS):
        findings.notices.append(
            f"the text breaks off in the middle of a sentence, on line {filled}"
        )


def _head(findings: Findings, group: Group, seconds: int | None) -> None:
    """Keep the title of a part of the talk, and when the part begins, as a section.

    The section's text is its title: what is said in it are the turns with that heading.
    """
    if group.heading is None:
        return
    if group.role is not None:
        findings.note(group.heading.span, "heading")
        return
    title = group.title
    findings.pieces.append(
        Piece("section", title, group.heading.span, seconds=seconds, heading=title)
    )


def _kept(
    findings: Findings, block: Block, heading: str, seconds: int | None
) -> Sequence[tuple[str, bool]]:
    """Give what is said in a block, without adverts and closing quotations."""
    if _quotation(findings, block, heading, seconds):
        return ()
    return adverts.kept(findings, block.text, block.span)


def _quotation(findings: Findings, block: Block, heading: str, seconds: int | None) -> bool:
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
        findings.pieces.append(Piece("quote", said, block.span, name, seconds, heading))
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
