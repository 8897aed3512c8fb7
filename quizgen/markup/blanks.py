"""Write the blanks of a cloze for the place where they are filled in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from quizgen import cloze
from quizgen.cloze import Blank
from quizgen.markup import safe, tree
from quizgen.markup.tree import Target

_MARK = re.compile(f"{safe.OPEN}(\\d+)([{safe.CLOSE}{safe.CLOSE_MATHS}{safe.CLOSE_CODE}])")


def render(
    text: str,
    target: Target,
    *,
    blank: Callable[[Blank, str], str],
    maths: Callable[[Blank], str],
    code: Callable[[Blank], str],
) -> str:
    """Write a cloze as HTML: `blank` wraps the HTML of hidden words.

    `maths` and `code` write them where they are source; what they return stands beside text
    that has been escaped already. Every blank passes
    the parser as one letter, so that it survives in bold, tables, maths and code, and no markup
    inside it can reach outside. A blank in a place that is not shown at all, such as a link's
    address, makes the whole text plain.
    """
    marked, blanks = mark(text)

    def filled(found: re.Match[str]) -> str:
        hidden = blanks[int(found[1])]
        if found[2] == safe.CLOSE_MATHS:
            return maths(hidden)
        if found[2] == safe.CLOSE_CODE:
            return code(hidden)
        return blank(hidden, tree.render_inline(hidden.text, target))

    whole = tree.render(marked, target) if _shows_all(marked, len(blanks)) else target.text(marked)
    return _MARK.sub(filled, whole)


def mark(text: str) -> tuple[str, tuple[Blank, ...]]:
    """Put a mark in the place of every blank of a text, which comes out clean."""
    parts: list[str] = []
    blanks: list[Blank] = []
    for part in cloze.parse(safe.clean(text)):
        if isinstance(part, Blank):
            parts.append(f"{safe.OPEN}{len(blanks)}{safe.CLOSE}")
            blanks.append(replace(part, text=part.text.strip(), hint=part.hint.strip()))
        else:
            parts.append(part)
    return "".join(parts), tuple(blanks)


def unmark(source: str, blanks: tuple[Blank, ...], words: Callable[[Blank], str]) -> str:
    """Put words in the place of the marks in maths or code."""
    return _MARK.sub(lambda found: words(blanks[int(found[1])]), source)


def _shows_all(marked: str, count: int) -> bool:
    shown = _MARK.findall(tree.plain(marked))
    return sorted(int(number) for number, _ in shown) == list(range(count))
