"""Find the title of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizgen.layout import facts, furniture, roles, shapes
from quizgen.layout.blocks import CAPS_LEVEL, Block
from quizgen.layout.findings import Findings
from quizgen.words import unmarked

_NEAR_THE_TOP = 6
_HEAD = 10
_TELLING = 4
"""Words that a line has at least which is no button, though it may stand twice."""

_COUNT = (
    r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty)"
)
_EPISODE = re.compile(rf"(?:season {_COUNT},? ?)?(?:episode|part|ep\.?) #?{_COUNT}", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:#|(?:Episode|Ep\.?) #?)\d{1,4}\s?[-–—:|] ?\S.{8,}")

_PATH = re.compile(r"[\w&'’.-]+(?: [\w&'’.-]+){0,4}(?: [/›»>] [\w&'’.-]+(?: [\w&'’.-]+){0,4}){2,5}")
_LONGEST = 24
"""Words that a title has at most."""

_BUTTON = 3
"""Words that a button has at most."""


def read(findings: Findings, blocks: list[Block]) -> None:
    """Find the title, take its block away, and read who and when it tells."""
    first = [block for block in blocks if block.shape == "heading" and block.level == 1]
    if len(first) == 1 and not roles.is_generic(first[0].text):
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
    below = (_below_its_number, _below_its_show, _below_its_path)
    if any(take(findings, blocks) for take in below):
        return
    if above := _above_facts(findings, blocks):
        for button in above[:-1]:
            findings.drop(button.span, "furniture")
            blocks.remove(button)
        _take(findings, blocks, above[-1])
        return
    if twice := _said_twice(blocks):
        for again in twice[1:]:
            findings.drop(again.span, "the title again")
            blocks.remove(again)
        _take(findings, blocks, twice[0])
        return
    at = 0
    if _has_parts(blocks):
        # What the title says of all of the page holds of its first part.
        blocks[1].shape, blocks[1].level, blocks[1].role = "heading", CAPS_LEVEL, blocks[0].role
        _take(findings, blocks, blocks[0])
        return
    while at < len(blocks) and (blocks[at].role or roles.is_generic(blocks[at].text)):
        at += 1
    if at + 1 < len(blocks):
        _first(findings, blocks, at)


def _above_facts(findings: Findings, blocks: Sequence[Block]) -> list[Block]:
    """Find the line right above a page's logo or date, with a button or two over it."""
    known = [told.lines[0] for told in findings.metadata if told.field in ("date", "length")]
    known += [gone.lines[0] for gone in findings.dropped if gone.why.startswith("a logo")]
    first = min(known, default=0)
    above = [block for block in blocks[:_NEAR_THE_TOP] if block.last < first]
    if not 2 <= len(above) <= 3 or any(not block.is_single for block in above):
        return []
    *buttons, title = above
    short = all(len(each.text.split()) <= _BUTTON and not each.role for each in buttons)
    telling = 2 <= len(title.text.split()) <= 20 and not title.text.endswith(shapes.END)
    return above if short and telling and title.role is None else []


def _below_its_number(findings: Findings, blocks: list[Block]) -> bool:
    """Take the line below `Season One Episode Four` said twice: a number is no title."""
    counts = [block for block in blocks[:_HEAD] if _EPISODE.fullmatch(block.text)]
    if len(counts) < 2 or len({block.text for block in counts}) > 1:
        return False
    above = blocks[: blocks.index(counts[0])]
    at = blocks.index(counts[-1]) + 1
    if at == len(blocks) or not all(furniture.is_of_a_site(each.text) for each in above):
        return False
    title = blocks[at]
    told = title.shape in ("paragraph", "heading") and title.is_single and title.role is None
    if not told or not shapes.is_title_case(title.text) or title.text.endswith(shapes.END):
        return False
    for each in (*above, *counts):
        findings.drop(each.span, "furniture")
        blocks.remove(each)
    _take(findings, blocks, title)
    return True


def _below_its_show(findings: Findings, blocks: list[Block]) -> bool:
    """Take `#12 - What it is called` below a line with the show and the date.

    Several such lines are a list, and none of them its title.
    """
    numbered = [block for block in blocks if _NUMBERED.fullmatch(block.text)]
    if len(numbered) != 1 or len(blocks) < 2 or blocks[1] is not numbered[0]:
        return False
    show, title = blocks[:2]
    date = facts.of_title(show.text).date
    if not date or not show.is_single or show.text.endswith(shapes.END):
        return False
    findings.absorb(facts.Facts("show", date=date), show.span)
    blocks.remove(show)
    _take(findings, blocks, title)
    return True


def _has_parts(blocks: Sequence[Block]) -> bool:
    """Claim that questions marked `Q:` stand in a part of the page, below its own title."""
    if len(blocks) < 3 or len(blocks[0].text.split()) < _TELLING:
        return False
    title, part, asked = blocks[:3]
    told = title.role == "faq" and title.is_single and asked.shape == "question"
    return told and part.shape in ("paragraph", "heading") and part.is_single


def _said_twice(blocks: Sequence[Block]) -> list[Block]:
    """Find the line that the head of a page repeats: its title stands in its path as well."""
    seen: dict[str, list[Block]] = {}
    for block in blocks[:_HEAD]:
        if block.shape in ("paragraph", "heading") and block.is_single:
            seen.setdefault(block.text.casefold(), []).append(block)
    for text, same in seen.items():
        if len(same) > 1 and len(text.split()) >= _TELLING and not text.endswith(shapes.END):
            return same
    return []


def _below_its_path(findings: Findings, blocks: list[Block]) -> bool:
    """Take the line below `Site / Shelf / Show`, the path by which a site leads to its page."""
    if len(blocks) < 3 or not _PATH.fullmatch(blocks[0].text) or not blocks[0].is_single:
        return False
    path, title = blocks[:2]
    told = title.shape in ("paragraph", "heading") and title.is_single and title.role is None
    if path.shape != "paragraph" or not told or title.text.endswith(shapes.END):
        return False
    if not _BUTTON < len(title.text.split()) <= _LONGEST:
        return False
    findings.drop(path.span, "furniture")
    blocks.remove(path)
    _take(findings, blocks, title)
    return True


def _first(findings: Findings, blocks: list[Block], at: int) -> None:
    """Take the first line as the title if it has the shape of one."""
    block = blocks[at]
    if block.shape == "heading" and blocks[at + 1].shape == "heading":
        if not roles.is_generic(block.text):
            _take(findings, blocks, block)
        return
    if block.shape != "paragraph":
        return
    line = findings.lines[block.first - 1].strip()
    plain = line[0].isalnum() and not roles.is_generic(line)
    if len(line) > 160 or line.endswith((*shapes.END, ":")) or not plain:
        return
    if block.is_single:
        if at == 0 or shapes.is_title_case(line):
            _take(findings, blocks, block)
    elif at == 0 and ((len(line) <= 60 and len(line.split()) <= 10) or line.isupper()):
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
