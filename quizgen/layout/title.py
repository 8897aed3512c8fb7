"""Find the title of a page."""

from __future__ import annotations

from quizgen.layout import facts, furniture, shapes
from quizgen.layout.blocks import Block
from quizgen.layout.findings import Findings
from quizgen.words import unmarked

_NEAR_THE_TOP = 6


def read(findings: Findings, blocks: list[Block]) -> None:
    """Find the title, take its block away, and read who and when it tells."""
    first = [block for block in blocks if block.shape == "heading" and block.level == 1]
    if len(first) == 1 and not furniture.is_generic(first[0].text):
        _take(findings, blocks, first[0])
    elif not findings.title:
        _plain(findings, blocks)
    if findings.title:
        told = facts.of_title(findings.title)
        line = next((one.lines[0] for one in findings.metadata if one.field == "title"), 1)
        only = facts.Facts("", date=told.date, people=told.people)
        findings.absorb(only, (line, line), where="title")


def _plain(findings: Findings, blocks: list[Block]) -> None:
    """Find a title without a mark: by its parts, else by standing first."""
    for at, block in enumerate(blocks[:_NEAR_THE_TOP]):
        if block.shape == "paragraph" and block.is_single and facts.is_titled(block.text):
            for above in [above for above in blocks[:at] if above.shape == "paragraph"]:
                findings.drop(above.span, "furniture")
                blocks.remove(above)
            _take(findings, blocks, block)
            return
        if block.shape not in ("paragraph", "heading") or len(block.text) > 160:
            break
    at = 0
    while at < len(blocks) and blocks[at].role is not None:
        at += 1
    if at + 1 < len(blocks):
        _first(findings, blocks, at)


def _first(findings: Findings, blocks: list[Block], at: int) -> None:
    """Take the first line as the title if it has the shape of one."""
    block = blocks[at]
    if block.shape == "heading" and blocks[at + 1].shape == "heading":
        if not furniture.is_generic(block.text):
            _take(findings, blocks, block)
        return
    if block.shape != "paragraph":
        return
    line = findings.lines[block.first - 1].strip()
    if len(line) > 160 or line.endswith((*shapes.END, ":")) or not line[0].isalnum():
        return
    if block.is_single:
        if at == 0 or shapes.is_title_case(line):
            _take(findings, blocks, block)
    elif at == 0 and len(line) <= 60 and len(line.split()) <= 10:
        below = findings.lines[block.first].strip()
        if below[:1].isupper() and shapes.is_title_case(line):
            findings.title = line
            findings.note((block.first, block.first), "title")
            block.first += 1
            block.text = shapes.fold(block.text.removeprefix(unmarked(shapes.fold(line))))


def _take(findings: Findings, blocks: list[Block], block: Block) -> None:
    findings.title = findings.title or block.text
    findings.note(block.span, "title")
    blocks.remove(block)
