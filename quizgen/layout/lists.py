"""Read the lists of a page: points, ideas, quotes, questions, topics, chapters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quizgen.layout import sayers, shapes
from quizgen.layout.blocks import Block
from quizgen.layout.findings import Findings
from quizgen.layout.groups import Group
from quizgen.model import Kind, Piece

_GLUE = re.compile(r"(?:(?<=[\s,(/‑-])([a-z]{4,})|[)\]])(?=[A-Z][a-z \-‑])")
_LABEL = re.compile(r"(?:^|(?<=\s))[A-Z][A-Z &]{3,30}:(?=\s|$)")
_OUTLINE = re.compile(rf"(?<![\d:\[])({shapes.STAMP})(?![\d:\]])\s*[-–—:]?\s*")
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
                seconds=cited(block),
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
                seconds=claim.cited if claim.cited is not None else last.cited,
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
    found: list[tuple[Piece, int, bool]] = []
    body = group.body
    # Where quotes have their marks, what has none is no quote.
    opened = [block.text.startswith(sayers.OPENS) for block in body]
    marked = sum(opened) >= 2 and all(opened[: sum(opened)])
    index = 0
    while index < len(body) and not (group.count and len(found) == group.count):
        block = body[index]
        after = body[index + 1] if index + 1 < len(body) else None
        if marked and not block.text.startswith(sayers.OPENS):
            break
        index += 1
        if block.shape == "paragraph" and glued(findings, block):
            continue
        quote = sayers.attributed(block)
        credited = quote.speaker != "" or sayers.below(block) != ""
        if after and not credited:
            credited, speaker = sayers.next_line(findings, quote, after)
            if credited:
                index += 1
                quote = replace(quote, speaker=speaker, lines=(block.first, after.last))
        found.append((quote, index, credited))
    if any(credited for _, _, credited in found):
        while not found[-1][2]:
            found.pop()
            index = found[-1][1]
    findings.pieces.extend(
        replace(quote, number=number) for number, (quote, _, _) in enumerate(found, start=1)
    )
    return body[index:]


def cited(block: Block) -> int | None:
    """Give the time that a bracket within a point, or behind it, refers to."""
    tail = sayers.TAIL.search(block.text) if block.cited is None else None
    time = sayers.TIME.match(tail[1]) if tail else None
    return shapes.seconds(time[1]) if time else block.cited


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
            seconds=next((block.cited for block in spans if block.cited is not None), None),
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


def _asks(block: Block) -> bool:
    return block.shape == "question" or (block.is_single and block.text.endswith("?"))


def _answers(block: Block) -> bool:
    return block.shape == "answer"
