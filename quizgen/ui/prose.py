"""Lay card text out for a terminal: Markdown as styles, maths on one line, nothing that steers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizgen.markup import linear, tree

if TYPE_CHECKING:
    from markdown_it.token import Token
    from rich.console import Console
    from rich.text import Text

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# An override shows letters in another order than they have: a trap, never a language.
_OVERRIDES = re.compile("[\u202d\u202e]")
_STYLES = {"strong": "bold", "em": "italic", "s": "strike", "link": "underline"}


def plain(text: str) -> str:
    """Keep a source's control codes from steering the terminal."""
    if text.isprintable() and text.isascii():
        return text
    said = _OVERRIDES.sub("", _CONTROL.sub("", text.replace("\r\n", "\n")))
    return said.replace("\t", "    ")


def is_right_to_left(text: str) -> bool:
    """Claim that a text is read from the right: its first letter is Hebrew, Arabic and the like."""
    if text.isascii():
        return False
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in ("R", "AL") for kind in kinds if kind in ("L", "R", "AL")), False)


def has_right_to_left(text: str) -> bool:
    """Claim that any of a text is read from the right."""
    return not text.isascii() and any(
        unicodedata.bidirectional(letter) in ("R", "AL") for letter in text
    )


def styled(text: str, style: str = "") -> Text:
    """Write card text, its markup as styles and its maths as characters."""
    from rich.text import Text  # noqa: PLC0415

    said = plain(text)
    if tree.is_plain(said):
        return Text(said, style)
    made = Text(style=style)
    for token in tree.parse(said):
        _block(made, token)
    made.rstrip()
    return made


def clipped(text: str, width: int, *, start: bool) -> str:
    """Cut text to so many columns, keeping its start or its end, at a word where there is one."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415

    if cell_len(text) <= width:
        return text
    if start:
        cut = set_cell_size(text, width - 1).rstrip()
        return f"{cut.rpartition(' ')[0] or cut}…"
    turned = set_cell_size(text[::-1], width - 1)[::-1].lstrip()
    return f"…{turned.partition(' ')[2] or turned}"


def wrapped(text: Text, width: int, console: Console) -> list[Text]:
    """Cut text into lines of at most `width` columns; what is read from the right is set there."""
    lines: list[Text] = []
    for paragraph in text.split("\n", allow_blank=True):
        right = is_right_to_left(paragraph.plain)
        for line in paragraph.wrap(console, max(8, width), no_wrap=False):
            line.rstrip()
            if right:
                line.pad_left(max(0, width - line.cell_len))
            lines.append(line)
    return lines or [text]


def _block(made: Text, token: Token) -> None:
    match token.type:
        case "inline":
            _inline(made, token.children or [])
        case "fence" | "code_block":
            code = plain(token.content).rstrip("\n")
            made.append("\n".join(f"    {line}" for line in code.split("\n")), "cyan")
            made.append("\n")
        case "math_block":
            made.append(linear.convert(token.content), "italic")
            made.append("\n")
        case "list_item_open":
            made.append(f"{token.info}. " if token.info else "• ")
        case "paragraph_close":
            made.append("\n" if token.hidden else "\n\n")
        case "heading_close" | "tr_close":
            made.append("\n")
        case "td_close" | "th_close":
            made.append(" | ")
        case "blockquote_open":
            made.append("> ")
        case "hr":
            made.append("———\n")
        case _:
            pass


def _inline(made: Text, tokens: Sequence[Token]) -> None:
    open_styles: list[str] = []
    for token in tokens:
        name, _, side = token.type.rpartition("_")
        style = " ".join(open_styles)
        if name in _STYLES and side == "open":
            open_styles.append(_STYLES[name])
        elif name in _STYLES and side == "close":
            open_styles.pop()
        elif token.type == "softbreak":
            made.append(" ")
        elif token.type == "hardbreak":
            made.append("\n")
        elif token.type == "code_inline":
            made.append(plain(token.content), "cyan")
        elif token.type.startswith("math_inline"):
            made.append(linear.convert(token.content), f"{style} italic")
        else:
            made.append(plain(token.content), style)
