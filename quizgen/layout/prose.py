"""Read prose, list items, numbered points and block quotations under a heading."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizgen.layout import adverts, facts, lists, persons, sayers, shapes
from quizgen.layout.blocks import Block
from quizgen.layout.findings import Findings
from quizgen.layout.groups import Group
from quizgen.model import Kind, Piece
from quizgen.words import unmarked

_CALLOUT = re.compile(r"\s*(?:>\s*)+\[!(?P<kind>[\w-]{2,20})\][+-]?[ \t]*(?P<title>.*)$")
_NAMES = 4
"""Words that name what the items below are about; more of them say something."""
_STOPS = (".", "!", "?", '"', "”")


def quotation(findings: Findings, blocks: list[Block], heading: str, after: Block | None) -> bool:
    """Read a block quotation, its last line or the block after it naming the source.

    Words that run over a line are one quote with those before them. Say whether the block after
    it was part of it.
    """
    if callout(findings, blocks, heading):
        return False
    lines = [findings.lines[block.first - 1].strip().lstrip("> ") for block in blocks]
    said, source, seconds = blocks, "", None
    if len(blocks) > 1 and sayers.is_credit(lines[-1], lines[-2]):
        source, seconds = sayers.who(lines[-1])
        findings.note(blocks[-1].span, "attribution")
        said, after = blocks[:-1], None
    elif after and sayers.stands_after(findings, after):
        source, seconds = sayers.who(findings.lines[after.first - 1])
        findings.note(after.span, "attribution")
    else:
        after = None
        if _is_biography(findings, blocks, heading):
            return False
    for run in _sentences(said):
        whole = replace(run[0], text=unmarked(shapes.fold(" ".join(each.text for each in run))))
        whole.text = whole.text.strip("_*")
        whole.last, whole.more = run[-1].last, []
        piece = sayers.attributed(whole)
        speaker = piece.speaker or source
        at = piece.seconds if piece.seconds is not None else seconds
        findings.pieces.append(replace(piece, speaker=speaker, seconds=at, heading=heading))
    return after is not None


def callout(findings: Findings, blocks: Sequence[Block], heading: str) -> bool:
    """Read `> [!note] Title`, which a notebook shows as a box, and say whether it was one.

    Only the box for quotations holds somebody's words; its first line is then its title.
    """
    first, *rest = blocks
    mark = _CALLOUT.match(findings.lines[first.first - 1])
    if mark is None:
        return False
    title = unmarked(shapes.fold(mark["title"]))
    told = [block for block in rest if not _is_fact(findings, block)]
    kind = mark["kind"].casefold()
    if kind in ("quote", "cite") and told:
        findings.note(first.span, "heading")
        quotation(findings, told, title or heading, None)
    elif not told:
        findings.drop(first.span, "an empty heading")
    else:
        findings.note(first.span, "heading")
        text = "\n\n".join(" ".join(part) for part in _paragraphs(told))
        summary = kind in ("summary", "abstract", "tldr")
        span = (told[0].first, told[-1].last)
        piece = "summary" if summary else "section"
        findings.pieces.append(Piece(piece, text, span, heading=title or heading))
    return True


def _is_fact(findings: Findings, block: Block) -> bool:
    """Take a line such as `- **Released:** May 2020` for what it says of the document."""
    told = facts.read(block.text.removeprefix("- "))
    if told:
        findings.absorb(told, block.span)
    return told is not None


def _paragraphs(blocks: Sequence[Block]) -> Iterator[list[str]]:
    """Give the texts of lines that follow each other; an empty line parts them."""
    part: list[str] = []
    for before, block in itertools.pairwise([blocks[0], *blocks]):
        if block.first > before.last + 1 and part:
            yield part
            part = []
        part.append(block.text)
    yield part


def _sentences(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Part the lines of a quotation where a sentence ends with its line, and at empty lines."""
    run: list[Block] = []
    for block, after in itertools.zip_longest(blocks, blocks[1:]):
        run.append(block)
        ends = after is None or after.first > block.last + 1
        if ends or block.text.rstrip("_*").endswith(_STOPS):
            yield run
            run = []


def _is_biography(findings: Findings, blocks: list[Block], heading: str) -> bool:
    """Read words about a person that are set like a quotation, and say whether these are such.

    Beside a table of facts about them they are an encyclopedia's and no part of the page.
    """
    text = " ".join(block.text for block in blocks)
    if not persons.is_biography(text):
        return False
    span = (blocks[0].first, blocks[-1].last)
    if any(gone.why == persons.FACTS for gone in findings.dropped):
        findings.drop(span, persons.FACTS)
    else:
        findings.pieces.append(Piece("section", text, span, heading=heading))
    return True


def numbered(findings: Findings, group: Group) -> None:
    """Read points that each stand under a number alone on its line.

    The last may not have more paragraphs than any before it: what follows is prose again.
    """
    body = group.body
    kind: Kind = "idea" if group.role == "idea" else "insight"
    starts = [index for index, block in enumerate(body) if block.shape == "number"]
    most = 1
    rest = body[: starts[0]]
    for start, stop in zip(starts, [*starts[1:], len(body)], strict=True):
        end = start + 1
        while end < stop and body[end].shape == "paragraph":
            end += 1
        if stop == len(body):
            end = min(end, start + 1 + most)
        most = max(most, end - start - 1)
        if end == start + 1:
            findings.drop(body[start].span, "a number without its point")
        else:
            first, *others = body[start + 1 : end]
            span = (body[start].first, body[end - 1].last)
            more = "\n\n".join(block.text for block in others)
            number = body[start].number
            told = body[start + 1 : end]
            at = next((block.cited for block in told if block.cited is not None), None)
            findings.pieces.append(
                Piece("idea", first.text, span, seconds=at, explanation=more, number=number)
                if kind == "idea"
                else Piece(
                    "insight",
                    f"{first.text}\n\n{more}" if more else first.text,
                    span,
                    seconds=at,
                    number=number,
                )
            )
        rest += body[end:stop]
    read(findings, replace(group, body=rest))


def read(findings: Findings, group: Group) -> None:
    """Read paragraphs as sections and list items as bullets, under the group's heading."""
    run: list[tuple[str, Block]] = []
    title = group.title

    def close() -> None:
        if run:
            text = "\n\n".join(words for words, _ in run)
            span = (run[0][1].first, run[-1][1].last)
            at = next((block.cited for _, block in run if block.cited is not None), None)
            findings.pieces.append(Piece("section", text, span, seconds=at, heading=title))
            run.clear()

    asked: list[Block] = []
    leads: list[Block] = []
    for block, following in itertools.zip_longest(group.body, group.body[1:]):
        if asked and block.shape != "answer":
            lists.answer_block(findings, asked[1:], question=asked[0], heading=title)
            asked = []
        match block.shape:
            case "question":
                close()
                asked = [block]
            case "answer" if asked:
                asked.append(block)
            case "answer":
                lists.answer_block(findings, (block,), question=None, heading=title)
            case "bullet" | "item":
                close()
                leads = [lead for lead in leads if lead.indent < block.indent]
                under = leads[-1].text.rstrip(":") if leads else title
                if following and _introduces(block, following):
                    words = block.text.rstrip(":")
                    findings.pieces.append(Piece("topic", words, block.span, heading=under))
                    leads.append(block)
                else:
                    _item(findings, block, under)
            case "paragraph" if lists.glued(findings, block):
                close()
            case _:
                for text, whole in adverts.kept(findings, block.text, block.span):
                    if not whole:
                        close()
                    run.append((text, block))
    if asked:
        lists.answer_block(findings, asked[1:], question=asked[0], heading=title)
    close()


def _introduces(block: Block, following: Block) -> bool:
    """Claim that an item is the heading of the items that stand deeper below it."""
    deeper = following.shape in ("bullet", "item") and following.indent > block.indent
    words = block.text.split()
    brief = len(words) <= _NAMES and not block.text.endswith(shapes.END)
    return deeper and (block.text.endswith((":", "?")) or brief)


def _item(findings: Findings, block: Block, heading: str) -> None:
    """Read an item of a list as a bullet, or as a quote where it names who said it."""
    if block.text.startswith(("“", '"')):
        said = sayers.attributed(block)
        if said.speaker or sayers.below(block):
            findings.pieces.append(replace(said, heading=heading))
            return
    number = block.number if block.shape == "item" else 0
    for text, _ in adverts.kept(findings, block.text, block.span):
        words, at = shapes.unwrap(text), lists.cited(block)
        findings.pieces.append(
            Piece("bullet", words, block.span, seconds=at, heading=heading, number=number)
        )
