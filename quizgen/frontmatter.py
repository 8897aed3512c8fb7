"""Read a deck's front matter, and change it key by key."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quizgen.errors import DeckSyntaxError
from quizgen.model import Deck

FORMAT = 1
_FIRST = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n")
_LAST = re.compile(r"^\+\+\+[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Front:
    """What the front matter says; `body` is the offset of what follows it."""

    id: str
    title: str
    sources: tuple[str, ...]
    language: str
    body: int
    anki_deck: str = ""
    anki_options: tuple[str, ...] = ()


def parse(text: str) -> Front:
    """Read the front matter of a deck; raise `DeckSyntaxError` where it is not one."""
    begin, end, body = _span(text)
    try:
        values = tomllib.loads(text[begin:end].replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise DeckSyntaxError(
            f"the front matter is not TOML ({str(error).split(' (at')[0]})",
            int(line[1]) + 1 if line else 1,
        ) from None
    if values.get("format") != FORMAT:
        raise DeckSyntaxError(
            f"this deck says `format = {values.get('format')!r}`, and this quizgen reads format "
            f"{FORMAT}; a newer quizgen may have written it",
            1,
        )
    identity = _line(values, "id")
    if not re.fullmatch(r"[A-Za-z0-9]+", identity):
        raise DeckSyntaxError("the deck's id may hold letters and digits only", 1)
    anki_deck = values.get("anki_deck", "")
    if not isinstance(anki_deck, str):
        raise DeckSyntaxError('`anki_deck` in the front matter must be a name such as "A::B"', 1)
    return Front(
        identity,
        _line(values, "title"),
        _list_of(values, "sources", '["notes.md"]'),
        _language(values.get("language", "")),
        body,
        anki_deck.strip(),
        _list_of(values, "anki_options", '["type-in"]'),
    )


def render(deck: Deck) -> str:
    """Write the front matter of a new deck."""
    language = f"language = {_quoted(deck.language)}\n" if deck.language else ""
    return (
        f"+++\nformat = {FORMAT}\nid = {_quoted(deck.id)}\ntitle = {_quoted(deck.title)}\n"
        f"{language}sources = {_list(deck.sources)}\n+++\n"
    )


def set_sources(text: str, sources: Sequence[str]) -> str:
    """Return a deck's text with `sources` replaced and every other line untouched."""
    return _set(text, "sources", _list(sources))


def set_anki(text: str, deck: str, options: Sequence[str]) -> str:
    """Return a deck's text with its name and options in Anki replaced, if they are others."""
    front = parse(text)
    if front.anki_deck != deck:
        text = _set(text, "anki_deck", _quoted(deck))
    if front.anki_options != tuple(options):
        text = _set(text, "anki_options", _list(options))
    return text


def _set(text: str, key: str, value: str) -> str:
    begin, end, _ = _span(text)
    written = f"{key} = {value}"
    found = re.compile(rf"^{key}[ \t]*=", re.MULTILINE).search(text, begin, end)
    if not found:
        newline = "\r\n" if "\r\n" in text[:end] else "\n"
        return text[:end] + written + newline + text[end:]
    stop = text.index("\n", found.start())
    while stop < end and not _is_toml(text[found.start() : stop]):
        stop = text.index("\n", stop + 1)
    kept = len(text[found.start() : stop].rstrip("\r"))
    return text[: found.start()] + written + text[found.start() + kept :]


def _span(text: str) -> tuple[int, int, int]:
    """Return the offsets of the TOML's start and end, and of the body."""
    first = _FIRST.match(text)
    if not first:
        raise DeckSyntaxError(
            "this is not a quizgen deck: a deck begins with a line `+++` and its front matter", 1
        )
    last = _LAST.search(text, first.end())
    if not last:
        raise DeckSyntaxError("the front matter is never closed; add a line `+++` after it", 1)
    return first.end(), last.start(), min(last.end() + 1, len(text))


def _line(values: dict[str, Any], key: str) -> str:
    value = values.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DeckSyntaxError(f'the front matter needs a line `{key} = "…"`', 1)
    return value.strip()


def _list_of(values: dict[str, Any], key: str, example: str) -> tuple[str, ...]:
    value: Any = values.get(key, [])
    if isinstance(value, list) and all(isinstance(each, str) for each in value):  # pyright: ignore[reportUnknownVariableType]
        return tuple(str(each) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    raise DeckSyntaxError(f"`{key}` in the front matter must be a list such as {example}", 1)


def _language(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"(?:[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)?", value):
        return value
    raise DeckSyntaxError('`language` in the front matter must be a code such as "de"', 1)


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text.replace("\r\n", "\n").rstrip("\r"))
    except tomllib.TOMLDecodeError:
        return False
    return True


def _quoted(text: str) -> str:
    # JSON strings are TOML strings, but for DEL, which TOML wants escaped
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(values: Sequence[str]) -> str:
    return "[" + ", ".join(_quoted(value) for value in values) + "]"
