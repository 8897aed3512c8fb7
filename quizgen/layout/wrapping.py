"""Tell lines that were wrapped from lines that each say something of their own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from quizgen.layout import shapes

_WIDEST = 160
"""No editor wraps at more columns than this: a source with longer lines does not wrap."""
_SENTENCE = 4
"""Words from which on a line counts as one that could end with a full stop."""
_CLOSING = "”\"’'»)]*_"
_MARK = tuple('“"«„‘”')
_ADDRESS = re.compile(r"https?://\S+")
_ENDS = (".", "!", "?", ":")
_LONGEST_HEAD = 18
"""Words of an item's heading."""
_HEADING_WORDS = 12
_NARROWEST, _WIDE = 60, 110
"""Columns at which people and programs wrap."""


def beginnings(lines: Sequence[str], filled: Sequence[int]) -> frozenset[int]:
    """Find the lines that begin a paragraph although no blank line stands above them.

    Pages that are copied out lose their blank lines. Text that was wrapped at a width has few
    lines that end with a full stop; where most do, or lines are very long, each stands alone.
    """
    return frozenset(at for run in _together(filled) for at in _begun(lines, run))


def pictured(lines: Sequence[str], filled: Sequence[int]) -> frozenset[int]:
    """Find lines of a list whose marks are pictures: two or more in a row open with one."""
    marked = {at for at in filled if shapes.picture(lines[at - 1])}
    pairs = [pair for pair in itertools.pairwise(filled) if marked.issuperset(pair)]
    return frozenset(at for pair in pairs for at in pair)


def widths(lines: Sequence[str], filled: Sequence[int]) -> Mapping[int, int]:
    """Give for each line how long the longest is of those that stand together with it."""
    return {
        at: longest
        for run in _together(filled)
        for longest in [max(len(lines[each - 1].rstrip()) for each in run)]
        for at in run
    }


def numbers(lines: Sequence[str], filled: Sequence[int]) -> Mapping[int, int]:
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


def is_heading_of_list(before: str, line: str, after: str, *, width: int) -> bool:
    """Claim that a line under an item or a sentence is the heading of the list that follows it.

    What goes on with the words above it is indented, or begins in lower case, or stands below
    a line that was wrapped: one that had no room for its first word, if lines are `width` long.
    """
    text = line.strip()
    room = len(before.rstrip()) + 1 + len(text.partition(" ")[0]) <= width
    return (
        shapes.bullet(after) != ""
        and line[:1] == text[:1]
        and text[0].isupper()
        and not text.endswith((*shapes.END, ":"))
        and len(text.split()) <= _HEADING_WORDS
        and (room or not _NARROWEST <= len(before) <= _WIDE)
        and shapes.is_title_case(text)
        and (shapes.bullet(before) != "" or before.endswith((".", "!", "?")) or _is_title(before))
    )


def has_head(first: str, more: Sequence[str]) -> bool:
    """Claim that the first line of an item is its heading, and no line that was wrapped.

    The next line begins a sentence although its first word had room on the line above.
    """
    if not more or "\n" in more[0] or not more[0][:1].isupper():
        return False
    widest = max(map(len, more))
    room = len(first) + 1 + len(more[0].partition(" ")[0]) < widest
    ends = first.endswith((*shapes.END, ":", ",", ";", "-", "–", "—"))
    return room and not ends and 2 <= len(first.split()) <= _LONGEST_HEAD


def _is_title(line: str) -> bool:
    return len(line.split()) <= _HEADING_WORDS and shapes.is_title_case(line)


def _together(filled: Sequence[int]) -> Iterator[list[int]]:
    """Give the lines that have no blank line between them."""
    run: list[int] = []
    for at in filled:
        if run and at != run[-1] + 1:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _begun(lines: Sequence[str], run: Sequence[int]) -> Iterator[int]:
    texts = [lines[at - 1].strip() for at in run]
    told = [text for text in texts if len(text.split()) >= _SENTENCE]
    ended = sum(_is_whole(text) for text in told)
    loose = max(map(len, texts)) > _WIDEST or (len(told) > 1 and ended * 10 >= len(told) * 6)
    for index in range(1, len(run)):
        before, text = texts[index - 1], texts[index]
        after_quote = text.startswith(_MARK) and any(mark in before[-40:] for mark in '”"»')
        address = _ADDRESS.fullmatch(text) and (before.endswith(_ENDS) or shapes.picture(before))
        if after_quote or address or (loose and _could_begin(text)):
            yield run[index]


def _could_begin(text: str) -> bool:
    first = text.lstrip("“\"«„‘'(*_ ")[:1]
    return first.isupper() or first.isdigit() or shapes.picture(text) != ""


def _is_whole(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith((".", "!", "?", "…")) or text.endswith((".", "!", "?"))
