"""Colour code beforehand, so that no client needs a script for it."""

# Pygments has types, but for its lexers' options.
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pygments.lexer import Lexer

# Few classes, since each needs a colour that reads on light and on dark.
_CLASSES: Final = (
    ("Token.Comment", "c"),
    ("Token.Keyword", "k"),
    ("Token.Operator.Word", "k"),
    ("Token.Literal.String", "s"),
    ("Token.Literal.Number", "m"),
    ("Token.Name.Function", "n"),
    ("Token.Name.Class", "n"),
    ("Token.Name.Tag", "n"),
    ("Token.Name.Builtin", "n"),
    ("Token.Name.Decorator", "n"),
)
_LONGEST: Final = 10_000  # letters; nobody learns more than this from a card


def write(code: str, language: str, escape: Callable[[str], str]) -> str:
    """Write code as HTML with its parts in spans, or plainly where its language is unknown."""
    lexer = _lexer(language) if len(code) <= _LONGEST else None
    if lexer is None:
        return escape(code)
    parts: list[str] = []
    held, kind = "", ""
    for token, text in lexer.get_tokens(code):
        found = _class(str(token))
        if found != kind and text.strip():
            parts.append(_part(held, kind, escape))
            held, kind = "", found
        held += text
    parts.append(_part(held.rstrip("\n"), kind, escape))
    return "".join(parts)


def _part(text: str, kind: str, escape: Callable[[str], str]) -> str:
    written = escape(text)
    return f'<span class="{kind}">{written}</span>' if kind and written else written


@cache
def _class(token: str) -> str:
    return next((kind for name, kind in _CLASSES if token.startswith(name)), "")


@cache
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
