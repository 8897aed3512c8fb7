"""Cut the lines of a text page into blocks, each told by its own shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from quizgen.layout import facts, furniture, shapes, speakers
from quizgen.model import Span
from quizgen.words import unmarked

Shape: TypeAlias = Literal[
    "heading",
    "paragraph",
    "bullet",
    "item",
    "number",
    "quotation",
    "stamp",
    "stamped",
    "chapter",
    "label",
    "question",
    "answer",
    "counter",
    "fact",
    "furniture",
    "rule",
    "table",
    "code",
    "link",
]


@dataclass(slots=True)
class Block:
    """Consecutive lines of one shape.

    `level` is a heading's rank (1 is the highest); `number` is an item's, a counter's or a
    lone number; `name` is a speaker's label, a counter's noun or why the block is furniture.
    """

    shape: Shape
    text: str
    first: int
    last: int
    level: int = 0
    number: int = 0
    seconds: int | None = None
    url: str = ""
    name: str = ""
    role: furniture.Role | None = None
    facts: facts.Facts | None = None
    more: list[str] = field(default_factory=list[str])

    @property
    def span(self) -> Span:
        """Give the first and last line."""
        return (self.first, self.last)

    @property
    def is_single(self) -> bool:
        """Claim that the block is one line."""
        return self.first == self.last


CAPS_LEVEL = 3
"""Where a heading in capitals, or one of the titles that pages use, stands among `#` levels."""
EDGE = 14
"""Lines at the top and at the foot of a page where buttons stand."""
_COMMENT = ("<!--", "-->")
_CONTINUED = ("paragraph", "bullet", "item", "label", "question", "answer")


def split(lines: Sequence[str], labels: Mapping[str, str], *, start: int = 1) -> list[Block]:
    """Cut lines into blocks, from line `start` on; blank lines belong to none."""
    filled = [at for at in range(start, len(lines) + 1) if lines[at - 1].strip()]
    edges = {*filled[:EDGE], *filled[-EDGE:]}
    runs = _runs(lines, filled)
    blocks: list[Block] = []
    open_block: Block | None = None
    fence = ""
    previous = start - 1
    for at in filled:
        line = lines[at - 1]
        text = line.strip()
        if fence:
            blocks[-1].last = at
            if fence == _COMMENT[1]:
                fence = "" if fence in text else fence
            elif text.startswith(fence) and not text.strip(fence[0]):
                fence = ""
            previous = at
            continue
        if at != previous + 1:
            open_block = None
        previous = at
        if open_block and (level := _underlined(open_block, text)):
            open_block.shape, open_block.level, open_block.last = "heading", level, at
            open_block.role = furniture.role(open_block.text)
            open_block = None
            continue
        if text.startswith(_COMMENT[0]):
            fence = "" if _COMMENT[1] in text else _COMMENT[1]
            blocks.append(Block("furniture", text, at, at, name="a comment of its author"))
            open_block = None
            continue
        if text.startswith(("```", "~~~")):
            fence = text[:3]
            blocks.append(Block("code", "", at, at))
            open_block = None
            continue
        block = _shape(line, at, labels, runs, edge=at in edges, opened=open_block)
        if block and block.shape == "table" and blocks and _is_above(blocks[-1], block):
            blocks[-1].last = at
            continue
        if block is None:
            if open_block:
                open_block.more.append(text)
                open_block.last = at
                continue
            block = Block("paragraph", text, at, at)
        blocks.append(block)
        open_block = block if block.shape in _CONTINUED and not _is_lead(block) else None
    for block in blocks:
        block.text = _told(block)
    return blocks


def _told(block: Block) -> str:
    """Join the lines of a block, its inline markup taken out.

    A first line that is bold as a whole is a heading of its item, and stays apart.
    """
    text = shapes.fold(" ".join((block.text, *block.more)))
    if block.shape in ("code", "table", "fact"):
        return text
    if block.more and (head := shapes.bold(block.text)):
        return f"{head}\n\n{unmarked(shapes.fold(' '.join(block.more)))}"
    return unmarked(text)


def _shape(
    line: str,
    at: int,
    labels: Mapping[str, str],
    runs: Mapping[int, int],
    *,
    edge: bool,
    opened: Block | None,
) -> Block | None:
    """Tell a line that is more than the next words of a paragraph."""
    text = line.strip()
    if at in runs:
        return Block("number", text, at, at, number=runs[at])
    if found := shapes.heading(line):
        level, words = found
        return Block("heading", words, at, at, level=level, role=furniture.role(words))
    if labels and (seen := speakers.label(line)) and seen.name in labels:
        return Block("label", seen.text, at, at, seconds=seen.seconds, name=labels[seen.name])
    if edge and (told := facts.read(line)):
        return Block("fact", text, at, at, facts=told)
    if clock := shapes.stamp(line):
        return Block("stamp", text, at, at, seconds=clock.seconds, url=clock.url)
    if clock := shapes.stamped(line):
        return Block("stamped", clock.text, at, at, seconds=clock.seconds, url=clock.url)
    if asked := shapes.question(line):
        return Block("question" if asked[0] == "q" else "answer", asked[1], at, at)
    if shapes.is_rule(line):
        return Block("rule", text, at, at)
    if reason := furniture.why(line, edge=edge):
        return Block("furniture", text, at, at, name=reason)
    if shapes.is_link(shapes.bullet(line) or ("" if opened else text)):
        return Block("link", text, at, at)
    if text.startswith("|") and text.endswith("|") and len(text) > 2:
        return Block("table", text, at, at)
    if text.startswith(">"):
        return Block("quotation", text.lstrip("> "), at, at)
    if words := shapes.bullet(line):
        return Block("bullet", words, at, at)
    if item := shapes.numbered(line):
        return Block("item", item[1], at, at, number=item[0])
    if count := shapes.counter(line):
        return Block("counter", text, at, at, number=count[0], name=count[1])
    if text[0].isupper() and (role := furniture.role(text)):
        return Block("heading", shapes.unwrap(text), at, at, level=CAPS_LEVEL, role=role)
    if opened is None and shapes.is_caps(line):
        return Block("heading", text, at, at, level=CAPS_LEVEL)
    return None


def _is_above(block: Block, row: Block) -> bool:
    """Claim that a row belongs to the table that ends on the line before it."""
    return block.shape == "table" and block.last + 1 == row.first


def _underlined(block: Block, text: str) -> int:
    """Give the level of a heading that `===` or `---` underlines, or 0."""
    if block.shape != "paragraph" or not block.is_single or len(block.text) > 100:
        return 0
    if len(text) >= 3 and text[0] in "=-" and not text.strip(text[0]):
        return 1 if text[0] == "=" else 2
    return 0


def _is_lead(block: Block) -> bool:
    """Claim that a line such as `Transfer learning:` introduces what is below it."""
    return block.shape == "paragraph" and block.text.endswith(":") and len(block.text.split()) <= 10


def _runs(lines: Sequence[str], filled: Sequence[int]) -> Mapping[int, int]:
    """Find the numbers alone on their lines that count 1, 2, 3…; a lone number counts nothing."""
    runs: list[list[int]] = []
    run: list[int] = []
    for at in filled:
        count = shapes.number(lines[at - 1])
        if count == len(run) + 1:
            run.append(at)
        elif count == 1:
            runs.append(run)
            run = [at]
    runs.append(run)
    return {at: index for run in runs if len(run) >= 2 for index, at in enumerate(run, start=1)}
