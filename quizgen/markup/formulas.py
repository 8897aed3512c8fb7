r"""Find the formulas of card text: `$…$` and `\(…\)` in a line, `$$…$$` on display."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

# `\[…\]` is no formula here: CommonMark writes brackets that are no link in that way.
_BRACKETED = re.compile(r"\\\((?P<tex>(?:[^\\\n]|\\[^()\n])+)\\\)")


def recognise(parser: MarkdownIt) -> None:
    """Have a parser tell formulas from text and from sums of money."""
    from mdit_py_plugins.dollarmath import dollarmath_plugin  # noqa: PLC0415
    from mdit_py_plugins.dollarmath.index import math_inline_dollar  # noqa: PLC0415

    # Space and digits beside a dollar sign mean money: "from $5 to $10".
    money = {"allow_space": False, "allow_digits": False}
    parser.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False, **money)
    parser.inline.ruler.at("math_inline", _dollars(math_inline_dollar(**money, allow_double=True)))
    parser.inline.ruler.before("escape", "math_bracketed", _bracketed)


def _dollars(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Keep the plug-in from looking before the first letter, where it finds the last one.

    A text that began with a formula and ended with a digit showed the formula's source.
    """

    def dollars(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
        if state.pos:
            return rule(state, silent)
        text = state.src
        state.src = f"{text}\n"
        try:
            return rule(state, silent)
        finally:
            state.src = text

    return dollars


def _bracketed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    found = _BRACKETED.match(state.src, state.pos, state.posMax)
    if not found or not found["tex"].strip():
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = found["tex"].strip()
        token.markup = "\\("
    state.pos = found.end()
    return True
