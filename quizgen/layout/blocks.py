"""Cut the lines of a text page into blocks, each told by its own shape."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from quizgen.layout import citations, facts, fences, furniture, persons, roles, shapes, wrapping
from quizgen.layout.cues import Part
from quizgen.layout.speech import Speech
from quizgen.model import Span
from quizgen.words import FUNCTION_WORDS, unmarked

Shape: TypeAlias = Literal[
    "heading",
    "paragraph",
    "bullet",
    "item",
    "number",
    "quotation",
    "stamp",
    "stamped",
    "spoken",
    "chapter",
    "label",
    "question",
    "answer",
    "labelled",
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
    lone number; `name` is a speaker's label, a counter's noun or why the block is furniture;
    `indent` is how far from the margin an item stands; `cited` is the first second of the
    recording that its words point to.
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
    indent: int = 0
    cited: int | None = None
    role: roles.Role | None = None
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


@dataclass(frozen=True, slots=True)
class _Signs:
    """What the lines around it tell of a line."""

    runs: Mapping[int, int]
    begun: frozenset[int]
    pictured: frozenset[int]
    widths: Mapping[int, int]


CAPS_LEVEL = 3
"""Where a heading in capitals, or one of the titles that pages use, stands among `#` levels."""
EDGE = 14
"""Lines at the top and at the foot of a page where buttons stand."""
_COMMENT = ("<!--", "-->")
_RAW = re.compile(r"<(?P<name>pre|script|style|svg|math)\b", re.IGNORECASE)
# "([View Highlight](…))" behind an item points to where it was taken from.
_SOURCE_LINK = re.compile(r"(?<!\s)\s*\(\[[^\[\]\d]{1,40}\]\([^()\s]*\)\)\s*$")
# "**News** The market fell": a label without a mark, before a word that begins a sentence.
_BARE_LABEL = re.compile(
    r"(?P<label>\*\*[^*\s][^*]{1,58}[^*\s.:;,!?–—-]\*\*) (?=(?P<next>[A-Z][a-z]+) (?:\S+ ){2})"
)
_HEADED = ("bullet", "item", "paragraph")
_CONTINUED = ("paragraph", "bullet", "item", "label", "spoken", "question", "answer")


def split(lines: Sequence[str], speech: Speech, *, start: int = 1) -> list[Block]:
    """Cut lines into blocks, from line `start` on; blank lines belong to none."""
    filled = [at for at in range(start, len(lines) + 1) if lines[at - 1].strip()]
    opaque = _shapeless(lines, filled)
    edges = {*filled[:EDGE], *filled[-EDGE:]}
    filled = [at for at in filled if at not in opaque or opaque[at].first == at]
    signs = _Signs(
        runs=wrapping.numbers(lines, filled),
        begun=wrapping.beginnings(lines, filled),
        pictured=wrapping.pictured(lines, filled),
        widths=wrapping.widths(lines, filled),
    )
    blocks: list[Block] = []
    open_block: Block | None = None
    previous = start - 1
    for at, following in itertools.pairwise([*filled, 0]):
        line = lines[at - 1]
        text = line.strip()
        if at in opaque:
            blocks.append(opaque[at])
            open_block = None
            previous = opaque[at].last
            continue
        if parts := speech.parts.get(at):
            open_block = _spoken(blocks, parts, at, open_block if at == previous + 1 else None)
            previous = at
            continue
        if at != previous + 1:
            open_block = None
            if blocks and _goes_on(blocks[-1], line):
                blocks[-1].more.append(f"\n\n{text}")
                blocks[-1].last = previous = at
                open_block = blocks[-1]
                continue
        previous = at
        if open_block and (level := _underlined(open_block, text)):
            open_block.shape, open_block.level, open_block.last = "heading", level, at
            open_block.role = roles.role(open_block.text)
            open_block = None
            continue
        begins = open_block is None or (at in signs.begun and _is_of_lines(open_block, signs))
        block = _shape(line, at, signs, edge=at in edges, begins=begins)
        if block and block.shape == "table" and blocks and _is_above(blocks[-1], block):
            blocks[-1].last = at
            continue
        if block is None:
            after = lines[following - 1] if following else ""
            heads = open_block is not None and open_block.shape in _HEADED
            heads = heads and wrapping.is_heading_of_list(
                lines[at - 2], line, after, width=signs.widths[at]
            )
            if open_block and not begins and not heads:
                open_block.more.append(text)
                open_block.last = at
                continue
            block = Block("paragraph", text, at, at)
        blocks.append(block)
        open_block = block if block.shape in _CONTINUED and not _is_lead(block) else None
    _tell(blocks, in_minutes=citations.are_in_minutes(lines))
    return blocks


def _tell(blocks: Sequence[Block], *, in_minutes: bool) -> None:
    """Give each block its words without their markup, and the time that they point to."""
    for block in blocks:
        said = " ".join((block.text, *block.more))
        block.cited = citations.first(said, in_minutes=in_minutes)
        block.text = _told(block)


def _spoken(
    blocks: list[Block], parts: Sequence[Part], at: int, opened: Block | None
) -> Block | None:
    """Add a block for each part of a line of speech; give the one that may go on below."""
    for part in parts:
        if part.runs_on and opened:
            opened.more.append(part.text)
            opened.last = at
            continue
        opened = Block(part.shape, part.text, at, at, seconds=part.seconds, name=part.name)
        opened.facts = part.facts
        if part.shape == "heading":
            opened.level, opened.role = CAPS_LEVEL, roles.role(part.text)
        blocks.append(opened)
    return opened if opened and opened.shape in _CONTINUED else None


def _opaque(lines: Sequence[str], filled: Sequence[int]) -> Iterator[Block]:
    """Find comments and code, in which nothing has a shape."""
    fence = ""
    block: Block | None = None
    bare = fences.around_words(lines)
    for at in filled:
        text = lines[at - 1].strip()
        if block and fence:
            block.last = at
            if fence == _COMMENT[1] or fence.startswith("</"):
                fence = "" if fence in text.casefold() else fence
            elif text.startswith(fence) and not text.strip(fence[0]):
                fence = ""
        elif text.startswith(_COMMENT[0]):
            fence = "" if _COMMENT[1] in text else _COMMENT[1]
            block = Block("furniture", text, at, at, name="a comment of its author")
        elif at in bare:
            yield Block("furniture", text, at, at, name="a fence around words")
        elif text.startswith(("```", "~~~")):
            fence = text[:3]
            block = Block("code", "", at, at)
        elif tag := _RAW.match(text):
            closing = f"</{tag['name'].casefold()}>"
            fence = "" if closing in text.casefold() else closing
            block = Block("code", "", at, at)
        if block and not fence:
            yield block
            block = None
    if block:
        yield block


def _shapeless(lines: Sequence[str], filled: Sequence[int]) -> Mapping[int, Block]:
    """Find the lines that have no shape of their own: comments, code, facts about a person."""
    held = {at: block for block in _opaque(lines, filled) for at in _lines_of(block)}
    for first, last in persons.boxes(lines, [at for at in filled if at not in held]):
        box = Block("furniture", lines[first - 1].strip(), first, last, name=persons.FACTS)
        held |= {at: box for at in _lines_of(box) if at not in held}
    return held


def _lines_of(block: Block) -> range:
    return range(block.first, block.last + 1)


def _told(block: Block) -> str:
    """Join the lines of a block, its inline markup taken out.

    A first line that is bold as a whole is a heading of its item, and stays apart.
    """
    whole = _SOURCE_LINK.sub("", " ".join((block.text, *block.more)))
    text = "\n\n".join(filter(None, map(shapes.fold, whole.split("\n\n"))))
    if block.shape in ("code", "table", "fact"):
        return text
    head = shapes.bold(block.text) if block.more else ""
    if block.shape == "item" and not head and wrapping.has_head(block.text, block.more):
        head = unmarked(shapes.fold(block.text.lstrip("# ")))
    if head:
        return f"{head}\n\n{unmarked(shapes.fold(' '.join(block.more)))}"
    label = _BARE_LABEL.match(text) if block.shape in ("bullet", "item") else None
    if label and label["next"].casefold() in FUNCTION_WORDS and "\n\n" not in text:
        return f"{unmarked(label['label'])}\n\n{unmarked(text[label.end() :])}"
    return unmarked(text)


def _shape(
    line: str,
    at: int,
    signs: _Signs,
    *,
    edge: bool,
    begins: bool,
) -> Block | None:
    """Tell a line that is more than the next words of a paragraph."""
    text = line.strip()
    if at in signs.runs:
        return Block("number", text, at, at, number=signs.runs[at])
    if found := shapes.heading(line):
        level, words = found
        return Block("heading", words, at, at, level=level, role=roles.role(words))
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
    if shapes.is_link(shapes.bullet(line) or (text if begins else "")):
        return Block("link", text, at, at)
    if text.startswith("|") and text.endswith("|") and len(text) > 2:
        return Block("table", text, at, at)
    if text.startswith(">"):
        return Block("quotation", text.lstrip("> "), at, at)
    indent = len(line) - len(line.lstrip())
    if words := shapes.bullet(line):
        return Block("bullet", words, at, at, indent=indent)
    if item := shapes.numbered(line):
        return Block("item", item[1], at, at, number=item[0], indent=indent)
    if text in shapes.MARKS:
        return Block("bullet", "", at, at, indent=indent)
    if count := shapes.counter(line):
        return Block("counter", text, at, at, number=count[0], name=count[1])
    bare = shapes.undecorated(text)
    if bare[0].isupper() and (role := roles.role(bare)):
        return Block("heading", bare, at, at, level=CAPS_LEVEL, role=role)
    if begins and (told := roles.labelled(text)):
        return Block("labelled", told[1], at, at, role=told[0])
    if begins and shapes.is_caps(line):
        return Block("heading", bare, at, at, level=CAPS_LEVEL)
    if at in signs.pictured:
        if reason := furniture.why(shapes.undecorated(text), edge=edge):
            return Block("furniture", text, at, at, name=reason)
        return Block("bullet", text.removeprefix(shapes.picture(text)), at, at, indent=indent)
    return None


def _is_of_lines(block: Block, signs: _Signs) -> bool:
    """Claim that a block may end with its line: a paragraph, or an item marked by a picture."""
    return block.shape == "paragraph" or block.first in signs.pictured


def _goes_on(block: Block, line: str) -> bool:
    """Claim that an indented paragraph below a blank line belongs to the item above it."""
    indent = len(line) - len(line.lstrip())
    return (
        block.shape in ("bullet", "item")
        and indent >= block.indent + 2 - (line[:1] == "\t")
        and not (shapes.bullet(line) or shapes.numbered(line) or shapes.stamped(line))
        and not line.strip().startswith((">", "#", "|", "```", "~~~", "<"))
    )


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
