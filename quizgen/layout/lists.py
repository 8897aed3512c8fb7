"""Read the lists of a page: points, ideas, quotes, questions, topics, chapters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quizgen.layout import names, shapes
from quizgen.layout.blocks import Block
from quizgen.layout.findings import Findings
from quizgen.layout.groups import Group
from quizgen.model import Kind, Piece

_SOURCE = re.compile(rf"\s+[—–-]\s*(?=[^\W\d_]|[\[(]?{shapes.STAMP})")
_TAIL = re.compile(r"\s*[\[(]([^()\[\]]{1,80})[\])]\s*$")
_TIME = re.compile(rf"(?<![\d:])({shapes.STAMP})(?![\d:])")
_RANGE = re.compile(rf"[\[(]({shapes.STAMP})\s?[–-]\s?{shapes.STAMP}[\])]")
_PARTS = re.compile(r"\s*[,·•|;()\[\]]\s*")
_OPENS = ("“", '"', "„", "«", "”")
# A name right behind the closing mark, perhaps without a space.
_BEHIND = re.compile(r"([“\"„«”].{12,}[”\"“»])\s*([A-Z][\w.'’ -]{2,40})")
_CLOSED = ('"', "”", "»", "’")
_GLUE = re.compile(r"(?:(?<=[\s,(/‑-])([a-z]{4,})|[)\]])(?=[A-Z][a-z \-‑])")
_LABEL = re.compile(r"(?:^|(?<=\s))[A-Z][A-Z &]{3,30}:(?=\s|$)")
_OUTLINE = re.compile(rf"(?<![\d:])({shapes.STAMP})(?![\d:])\s*[-–—:]?\s*")
_SPONSORS = re.compile(r"\b(?:Support this|Thanks? (?:you )?to our|Sponsors?:|Check out)\b")


def points(findings: Findings, group: Group, kind: Kind) -> Sequence[Block]:
    """Read every paragraph, bullet and numbered item as one point."""
    for number, block in enumerate(group.body, start=1):
        if kind == "topic" and block.shape == "paragraph" and glued(findings, block):
            continue
        findings.pieces.append(
            Piece(
                kind,
                shapes.unwrap(block.text),
                block.span,
                seconds=cited(block.text),
                number=block.number or number,
            )
        )
    return ()


def ideas(findings: Findings, group: Group) -> Sequence[Block]:
    """Read claims, each with the paragraph that explains it.

    What stands after as many ideas as the page announces is given back.
    """
    body = group.body
    paired = len(body) == 2 * group.count
    single = bool(group.count) and len(body) == group.count
    index = number = 0
    while index < len(body) and not (group.count and number == group.count):
        claim = body[index]
        after = body[index + 1] if index + 1 < len(body) else None
        number += 1
        explained = after is not None and (
            paired
            or (
                not single
                and after.shape == "paragraph"
                and (claim.shape != "paragraph" or len(after.text) > len(claim.text))
            )
        )
        last = after if explained and after else claim
        findings.pieces.append(
            Piece(
                "idea",
                shapes.unwrap(claim.text),
                (claim.first, last.last),
                explanation=last.text if explained else "",
                number=number,
            )
        )
        index += 2 if explained else 1
    return body[index:]


def quotes(findings: Findings, group: Group) -> Sequence[Block]:
    """Read quotes, each with the speaker behind it or on the next line.

    Where quotes have speakers, words without one after the last are no quotes: they are given
    back, and so is what stands after as many quotes as the page announces.
    """
    found: list[tuple[Piece, int]] = []
    body = group.body
    # Where quotes have their marks, what has none is no quote.
    opened = [block.text.startswith(_OPENS) for block in body]
    marked = sum(opened) >= 2 and all(opened[: sum(opened)])
    index = 0
    while index < len(body) and not (group.count and len(found) == group.count):
        block = body[index]
        after = body[index + 1] if index + 1 < len(body) else None
        if marked and not block.text.startswith(_OPENS):
            break
        index += 1
        if block.shape == "paragraph" and glued(findings, block):
            continue
        quote = attributed(block)
        speaker = _attribution(findings, after) if after and not quote.speaker else ""
        if speaker and after:
            index += 1
            quote = replace(quote, speaker=speaker, lines=(block.first, after.last))
        found.append((quote, index))
    if any(quote.speaker for quote, _ in found):
        while not found[-1][0].speaker:
            found.pop()
            index = found[-1][1]
    findings.pieces.extend(
        replace(quote, number=number) for number, (quote, _) in enumerate(found, start=1)
    )
    return body[index:]


def attributed(block: Block) -> Piece:
    """Read one block as a quote, with the speaker and the time that stand behind it."""
    text, speaker, seconds = block.text, "", None
    tail = _TAIL.search(text)
    if tail and (_TIME.search(tail[1]) or text[: tail.start()].rstrip().endswith(_CLOSED)):
        found = credit(tail[1])
        if found != ("", None):
            text, (speaker, seconds) = text[: tail.start()], found
    cuts = [cut for cut in _SOURCE.finditer(text) if len(text) - cut.end() <= 60]
    if cuts and not speaker:
        name, at = credit(text[cuts[-1].end() :])
        if name or at is not None:
            text, speaker = text[: cuts[-1].start()], name
            seconds = at if seconds is None else seconds
    if not speaker and (behind := _BEHIND.fullmatch(text)) and names.is_full_name(behind[2]):
        text, speaker = behind[1], behind[2]
    said = shapes.unquote(shapes.unwrap(text))
    return Piece("quote", said, block.span, speaker=speaker, seconds=seconds)


def credit(text: str) -> tuple[str, int | None]:
    """Read who said something and when, in either order: `Ada Voss, 12:31`."""
    time = _TIME.search(text)
    parts = [part.strip(" *_") for part in _PARTS.split(text) if part.strip(" *_")]
    name = next((part for part in parts[:2] if not _TIME.search(part)), "")
    # After a time comes as often why the words were chosen, which is no name.
    after_time = bool(parts) and _TIME.search(parts[0]) is not None
    known = names.is_full_name(name) if after_time else names.is_name(name)
    return (name if known else "", shapes.seconds(time[1]) if time else None)


def cited(text: str) -> int | None:
    """Give the time that a bracket behind a point, or behind its label, refers to."""
    tail = _TAIL.search(text)
    time = (_TIME.match(tail[1]) if tail else None) or _RANGE.search(text)
    return shapes.seconds(time[1]) if time else None


def questions(findings: Findings, group: Group) -> Sequence[Block]:
    """Read questions with their answers; an answer whose question is lost stays without."""
    index = 0
    body = group.body
    while index < len(body):
        block = body[index]
        asked = block if block.shape == "question" or block.text.endswith("?") else None
        start = index + 1 if asked else index
        end = start
        while (
            end < len(body) and not _asks(body[end]) and (end == start or not _answers(body[end]))
        ):
            end += 1
        answer_block(findings, body[start:end], question=asked)
        index = max(end, index + 1)
    return ()


def answer_block(
    findings: Findings, body: Sequence[Block], *, question: Block | None, heading: str = ""
) -> None:
    """Record one question with the blocks that answer it."""
    spans = [block for block in (question, *body) if block is not None]
    findings.pieces.append(
        Piece(
            "faq",
            shapes.unwrap(question.text) if question else "",
            (spans[0].first, spans[-1].last),
            heading=heading,
            answer="\n\n".join(block.text for block in body),
        )
    )


def chapters(findings: Findings, blocks: Sequence[Block]) -> None:
    """Read lines with a time and a title."""
    findings.pieces.extend(
        Piece("chapter", shapes.unwrap(block.text), block.span, seconds=block.seconds)
        for block in blocks
    )


def glued(findings: Findings, block: Block) -> bool:
    """Read topics run together without a separator; say whether the block was such a line.

    Words like AlexNet stay whole: a cut falls only after a word that begins in lower case.
    """
    text = block.text
    if text.endswith((".", "!", "?", ":")):
        return False
    ends = [match.end() for match in _GLUE.finditer(text)]
    if len(ends) < 2:
        return False
    for number, (start, end) in enumerate(zip([0, *ends], [*ends, len(text)], strict=True), 1):
        findings.pieces.append(Piece("topic", text[start:end].strip(), block.span, number=number))
    return True


def description(findings: Findings, block: Block) -> bool:
    """Read a recording's description pasted as one paragraph: who, links, outline.

    Say whether the block was one; ordinary prose has no capitals with a colon after them.
    """
    text = block.text
    stops = [match.start() for match in _LABEL.finditer(text)]
    times = sum(1 for _ in _OUTLINE.finditer(text))
    if len(stops) < 2 and times < 4:
        return False
    if not stops:
        stops = [next(_OUTLINE.finditer(text)).start()]
    about = text[: stops[0]]
    sponsors = _SPONSORS.search(about)
    if sponsors:
        findings.drop(block.span, "an advert", text=about[sponsors.start() :].strip())
    findings.note(block.span, "description")
    for start, end in zip(stops, [*stops[1:], len(text)], strict=True):
        if not _outline(findings, block, text[start:end]):
            findings.drop(block.span, "links", text=text[start:end].strip())
    return True


def _outline(findings: Findings, block: Block, part: str) -> bool:
    times = list(_OUTLINE.finditer(part))
    if len(times) < 2:
        return False
    ends = [time.start() for time in times[1:]] + [len(part)]
    for time, end in zip(times, ends, strict=True):
        title = part[time.end() : end].strip(" -–—•|")
        if title:
            findings.pieces.append(
                Piece("chapter", title, block.span, seconds=shapes.seconds(time[1]))
            )
    return True


def _attribution(findings: Findings, block: Block) -> str:
    """Give the speaker that a line names, or nothing."""
    bare = block.text.lstrip("—–-~ ")
    if block.shape not in ("paragraph", "bullet") or not block.is_single or len(bare) > 80:
        return ""
    known = next((one.name for one in findings.people if one.name == bare), "")
    if known or (bare != block.text and not bare.endswith((".", "!"))):
        return known or bare.partition(",")[0].strip()
    name = bare.partition(",")[0].partition("(")[0].strip(" *_")
    return name if names.is_full_name(name) else ""


def _asks(block: Block) -> bool:
    return block.shape == "question" or (block.is_single and block.text.endswith("?"))


def _answers(block: Block) -> bool:
    return block.shape == "answer"
