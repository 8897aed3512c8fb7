"""Read the words of Anki's fields, to be judged.

What is to go back into a deck is read by `fieldtext`, which loses nothing and takes its time.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final

_LINES: Final = frozenset(
    (
        *("address", "article", "blockquote", "dd", "div", "dl", "dt", "hr", "ol", "p", "pre"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "section", "table", "tr", "ul"),
    )
)
_UNSEEN: Final = frozenset(("head", "rt", "rp", "script", "style", "template", "title"))
_MEDIA: Final = frozenset(("audio", "canvas", "embed", "iframe", "img", "object", "svg", "video"))
_SOUND: Final = re.compile(r"\[sound:[^\]]*\]|\[anki:[^\]]*\]|\[/anki:[^\]]*\]")
_TEX: Final = (
    (re.compile(r"\\\((.+?)\\\)|\[\$\](.+?)\[/\$\]", re.DOTALL), "$"),
    (re.compile(r"\\\[(.+?)\\\]|\[\$\$\](.+?)\[/\$\$\]|\[latex\](.+?)\[/latex\]", re.DOTALL), "$$"),
)
# Letters that the deck's Markdown would take for marks; without HTML nothing else is one.
_MARKS: Final = re.compile(r"[\\*`<$]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|(?<=\])\(")
_PLAIN: Final = re.compile(r"[^<&\\*`$_\[\n\xa0]*")


@lru_cache(maxsize=8192)  # a field is asked for by every template that shows it
def text(html: str) -> str:
    """Write a field as card text: its words, lines and code, maths as `$…$`; blanks stay.

    Pictures and sounds have no words and are left out (`is_media_alone`).
    """
    if _PLAIN.fullmatch(html):
        return " ".join(html.split())
    html = _SOUND.sub(" ", html)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


def has_media(html: str) -> bool:
    """Claim that a field shows a picture or plays a sound."""
    found = re.findall(r"<\s*([a-z]+)", html, re.IGNORECASE) if "<" in html else []
    return bool(_SOUND.search(html)) or any(name.lower() in _MEDIA for name in found)


class _Reader(HTMLParser):
    """Gather the words of HTML, however badly it is written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._unseen = 0
        self._code = 0
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br" or tag in _LINES:
            self._parts.append("\n")
        elif tag == "li":
            self._parts.append("\n- ")
        elif tag in ("td", "th"):
            self._parts.append(" ")
        if tag == "pre":
            self._pre += 1
            self._parts.append("```\n")
        elif tag in ("code", "kbd", "tt") and not self._pre:
            self._code += 1
            self._parts.append("`")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag == "pre" and self._pre:
            self._pre -= 1
            self._parts.append("\n```\n")
        elif tag in ("code", "kbd", "tt") and self._code:
            self._code -= 1
            self._parts.append("`")
        elif tag in _LINES:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._pre:
            self._parts.append(data)
        elif self._code:
            self._parts.append(data.replace("`", "'").replace("\n", " "))
        else:
            self._parts.append(_prose(data.replace("\n", " ")))

    def text(self) -> str:
        written = "".join(self._parts)
        if "```" in written:
            return re.sub(r"\n{3,}", "\n\n", written).strip()
        lines = (" ".join(line.split()) for line in written.split("\n"))
        return re.sub(r"``(?!`)", "", "\n".join(line for line in lines if line and line != "-"))


def _prose(words: str) -> str:
    """Escape words for the deck's Markdown, and write maths as it does."""
    marked = words
    held: list[str] = []

    def hold(source: str) -> str:
        held.append(source)
        return f"\x00{len(held) - 1}\x00"

    for pattern, mark in _TEX:
        marked = pattern.sub(
            lambda found, mark=mark: hold(
                mark + next(group for group in found.groups() if group).strip() + mark
            ),
            marked,
        )
    escaped = _MARKS.sub(lambda found: f"\\{found[0]}", marked)
    return re.sub("\x00(\\d+)\x00", lambda found: held[int(found[1])], escaped)
