"""Read a page, notes or a labelled transcript: each group of blocks by what its title says."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from quizgen.layout import (
    adverts,
    furniture,
    groups,
    head,
    language,
    lists,
    prose,
    roles,
    sayers,
    shapes,
    speech,
    title,
    turns,
)
from quizgen.layout import blocks as blocks_
from quizgen.layout.blocks import Block
from quizgen.layout.findings import Findings
from quizgen.layout.groups import Group
from quizgen.model import Kind, Piece
from quizgen.words import unmarked

_TIMED = frozenset({"stamp", "stamped", "spoken"})
_SPEECH = frozenset({"label", "spoken", "stamped"})
_CLAIM = 6
"""Words that a line with a colon has at least which says something even alone."""
_RUN = 2
"""Lines above another one from which on they are a list."""
_KINDS: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}


def read(findings: Findings) -> None:
    """Give every line to a piece, to the document's facts, or to what was dropped."""
    start = head.front_matter(findings)
    heard = speech.find(findings.lines, start)
    blocks = head.read(findings, blocks_.split(findings.lines, heard, start=start))
    findings.language = findings.language or language.guess(" ".join(findings.lines))
    title.read(findings, blocks)
    findings.notices += head.mended(heard.cast.misspelt)
    head.participants(findings, heard.people, heard.cast)
    blocks = head.foot(findings, head.preamble(findings, blocks))
    blocks = _without_notices(findings, blocks) if heard.parts else blocks
    settle_times(blocks, findings.lines)
    clock = turns.Clock()
    timed = sum(block.shape in _TIMED for block in blocks) >= 3
    gathered = groups.gather(blocks)
    for group in gathered:
        if group.counter:
            findings.drop(group.counter.span, "a counter")
        if group.subtitle:
            findings.note(group.subtitle.span, "subtitle")
        shapes_seen = {block.shape for block in group.body}
        if shapes_seen & _SPEECH and "chapter" in shapes_seen:
            lists.chapters(findings, [block for block in group.body if block.shape == "chapter"])
            group.body = [block for block in group.body if block.shape != "chapter"]
        if "label" in shapes_seen:
            turns.read(findings, group, clock)
        elif timed and shapes_seen & _TIMED:
            _without_foreign_heading(findings, group, clock)
            turns.cues(findings, group, clock)
        else:
            _read(findings, group, last=group is gathered[-1])
    turns.notice_end(findings)


def _without_foreign_heading(findings: Findings, group: Group, clock: turns.Clock) -> None:
    """Take away a plain line above the first time of all that ends a list or stands elsewhere.

    What stands between it and the first words, such as a button, belongs to neither.
    """
    head = group.heading
    if clock.seconds is not None or head is None or head.level < groups.WEAK_LEVEL:
        return
    first = next((block.first for block in group.body if block.seconds is not None), 0)
    apart = any(head.last < gone.lines[0] < first for gone in findings.dropped)
    above = findings.lines[max(0, head.first - 3) : head.first - 1]
    listed = len(above) == _RUN and all(map(shapes.is_fragment, above))
    if apart or listed:
        findings.note(head.span, "a line above the transcript")
        group.heading = None


def _without_notices(findings: Findings, blocks: Sequence[Block]) -> list[Block]:
    """Drop paragraphs that say how a transcript was made."""
    about = [
        block for block in blocks if block.shape == "paragraph" and turns.is_notice(block.text)
    ]
    for block in about:
        findings.drop(block.span, "says how this text was made")
    return [block for block in blocks if block not in about]


def settle_times(blocks: Sequence[Block], lines: Sequence[str]) -> None:
    """Decide whether lines beginning with a time are chapters, speech, or neither."""
    runs: list[list[Block]] = []
    role: roles.Role | None = None
    before: Block | None = None
    for block in blocks:
        if block.shape == "stamped":
            # A list of chapters may stand right above the speech, whose times begin anew.
            at = block.seconds or 0
            again = bool(runs) and (runs[-1][-1].seconds or 0) > at <= (runs[-1][0].seconds or 0)
            if before is None or before.shape != "stamped" or again:
                runs.append([])
                role = before.role if before else None
            block.role = role
            runs[-1].append(block)
        before = block
    for run in runs:
        times = [block.seconds or 0 for block in run]
        words = sum(len(block.text.split()) for block in run)
        rises = all(earlier <= later for earlier, later in itertools.pairwise(times))
        apart = rises and len(run) >= 2 and times[-1] - times[0] >= 20 * (len(run) - 1)
        if run[0].role == "chapter" or (apart and words <= 16 * len(run)):
            shape = "chapter"
        elif rises and len(run) >= 3:
            shape = "stamped"
        else:
            shape = "paragraph"
        for block in run:
            block.shape, block.role = shape, None
            if shape == "paragraph":
                block.text = unmarked(shapes.fold(lines[block.first - 1]))
                block.cited = block.seconds


def _read(findings: Findings, group: Group, *, last: bool) -> None:
    """Read one group by its role; what is no plain text is read by its shape before."""
    if group.heading and not group.body:
        if group.is_parent:
            findings.note(group.heading.span, "heading")
        elif group.is_lead and len(group.title.split()) >= _CLAIM:
            # What it introduces, a picture perhaps, is gone, but it says something by itself.
            _head_piece(findings, group)
        else:
            alone = group.heading.level >= groups.WEAK_LEVEL
            why = "a line with nothing below it" if alone else "an empty heading"
            findings.drop(group.heading.span, why)
        _check_count(findings, group, 0)
        return
    pieces = len(findings.pieces)
    stands = _head_piece(findings, group)
    group.body = _by_shape(findings, group)
    if any(block.shape == "number" for block in group.body):
        prose.numbered(findings, group)
    elif reader := _READERS.get(group.role or ""):
        _leave(findings, group, reader(findings, group), last=last)
    else:
        prose.read(findings, group)
    if group.heading and not stands:
        findings.note(group.heading.span, "heading")
    _check_count(
        findings, group, sum(piece.kind == group.role for piece in findings.pieces[pieces:])
    )


def _check_count(findings: Findings, group: Group, found: int) -> None:
    """Say so where a page announces another number of items than it holds."""
    if group.count and found != group.count:
        findings.notices.append(
            f"the page announces {group.count} under {group.title!r}, and {found} were found"
        )


def _head_piece(findings: Findings, group: Group) -> bool:
    """Make a topic of a line with a colon and what it introduces; say whether it was one."""
    if not group.is_lead or group.heading is None:
        return False
    told = 0
    while told < len(group.body) and group.body[told].shape == "paragraph":
        told += 1
    parts = [
        text
        for block in group.body[:told]
        for text, _ in adverts.kept(findings, block.text, block.span)
    ]
    last = group.body[told - 1].last if told else group.heading.last
    findings.pieces.append(
        Piece(
            "topic",
            group.title,
            (group.heading.first, last),
            seconds=_first_cited(group.body[:told]),
            heading=group.parent,
            explanation="\n\n".join(parts),
        )
    )
    del group.body[:told]
    return True


def _first_cited(blocks: Sequence[Block]) -> int | None:
    return next((block.cited for block in blocks if block.cited is not None), None)


def _by_shape(findings: Findings, group: Group) -> list[Block]:
    """Read blocks whose shape says enough, and give those that need their heading."""
    rest: list[Block] = []
    quotation: list[Block] = []
    for block in group.body:
        between = findings.lines[quotation[-1].last : block.first - 1] if quotation else ()
        if quotation and (block.shape != "quotation" or not all(">" in line for line in between)):
            told = prose.quotation(findings, quotation, group.title, block)
            quotation = []
            if told:
                continue
        match block.shape:
            case "quotation":
                quotation.append(block)
            case "chapter":
                lists.chapters(findings, (block,))
            case "labelled":
                findings.pieces.append(_labelled(block, group.title))
            case "stamp":
                findings.drop(block.span, "a time with nothing beside it")
            case "paragraph" if lists.description(findings, block):
                pass
            case _:
                rest.append(block)
    if quotation:
        prose.quotation(findings, quotation, group.title, None)
    return rest


def _labelled(block: Block, heading: str) -> Piece:
    """Read a line such as `In short: …`."""
    if block.role == "quote":
        return replace(sayers.attributed(block), heading=heading)
    kind = _KINDS[block.role or "summary"]
    return Piece(kind, block.text, block.span, seconds=lists.cited(block), heading=heading)


def _leave(findings: Findings, group: Group, rest: Sequence[Block], *, last: bool) -> None:
    """Read what stands below a list as prose, or drop it at the foot of a page."""
    rest = [block for block in rest if not lists.glued(findings, block)]
    if last and group.count:
        for block in rest:
            findings.drop(block.span, "at the foot of the page")
    else:
        prose.read(findings, Group(None, body=rest))


def _points(findings: Findings, group: Group) -> Sequence[Block]:
    return lists.points(findings, group, _KINDS[group.role or "insight"])


def _conclusion(findings: Findings, group: Group) -> Sequence[Block]:
    """Drop a closing paragraph that only praises, and keep one that says something."""
    stock = [block for block in group.body if furniture.is_stock(block.text)]
    for block in stock:
        findings.drop(block.span, "a stock conclusion")
    rest = [block for block in group.body if block not in stock]
    prose.read(findings, replace(group, body=rest))
    return ()


def _aside(findings: Findings, group: Group) -> Sequence[Block]:
    for block in group.body:
        findings.drop(block.span, f"listed under {group.title!r}")
    return ()


_READERS: Mapping[str, Callable[[Findings, Group], Sequence[Block]]] = {
    "summary": _points,
    "insight": _points,
    "topic": _points,
    "idea": lists.ideas,
    "quote": lists.quotes,
    "faq": lists.questions,
    "conclusion": _conclusion,
    "aside": _aside,
}
