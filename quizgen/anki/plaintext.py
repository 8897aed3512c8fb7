"""Read Anki's text exports of notes, whose first lines say what their columns are."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field

from quizgen.anki.notes import AnkiCard, AnkiNote, NoteType
from quizgen.errors import QuizgenError

_HEADER = re.compile(r"#(?P<key>[a-z][a-z ]*?):(?P<value>[^\r\n]*)\r?\n?")
_SEPARATORS = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "space": " ",
    "pipe": "|",
    "colon": ":",
}
_SPECIAL = ("guid column", "notetype column", "deck column", "tags column")
_LONGEST = 1 << 24  # characters of one field; csv alone stops at 131,072


@dataclass(slots=True)
class _Headers:
    separator: str = "\t"
    html: bool = True
    columns: dict[str, int] = field(default_factory=dict[str, int])
    fixed: dict[str, str] = field(default_factory=dict[str, str])
    names: tuple[str, ...] = ()

    def take(self, key: str, value: str) -> None:
        if key == "separator":
            self.separator = _SEPARATORS.get(value.strip().lower(), value[:1] or "\t")
        elif key == "html":
            self.html = value.strip().lower() != "false"
        elif key in _SPECIAL:
            if value.strip().isdecimal() and int(value) > 0:
                self.columns[key.removesuffix(" column")] = int(value) - 1
        elif key == "columns":
            self.names = tuple(value.split(self.separator))
        else:
            self.fixed[key] = value.strip()


def notes(data: bytes, name: str) -> tuple[AnkiNote, ...]:
    """Read a text export: fields as HTML, named where the file names them and numbered otherwise.

    Raise `QuizgenError` for a file that is not UTF-8 or holds no rows.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise QuizgenError(f"{name}:{line}: this is not UTF-8, as Anki's exports are") from None
    if "\0" in text:
        raise QuizgenError(f"{name} is no text: name an .apkg, a .colpkg or a text export of Anki")
    headers = _Headers()
    at = 0
    while found := _HEADER.match(text, at):
        headers.take(found["key"], found["value"])
        at = found.end()
    types: dict[tuple[str, int], NoteType] = {}
    read: list[AnkiNote] = []
    old_limit = csv.field_size_limit(_LONGEST)
    try:
        rows = csv.reader(io.StringIO(text[at:], newline=""), delimiter=headers.separator)
        read.extend(_note(row, headers, types) for row in rows if any(row))
    except csv.Error as error:
        raise QuizgenError(f"{name} cannot be read as a text export of Anki: {error}") from error
    finally:
        csv.field_size_limit(old_limit)
    if not read:
        raise QuizgenError(f"{name} holds no notes")
    return tuple(read)


def _note(row: list[str], headers: _Headers, types: dict[tuple[str, int], NoteType]) -> AnkiNote:
    def special(key: str) -> str:
        column = headers.columns.get(key, -1)
        found = row[column].strip() if 0 <= column < len(row) else ""
        return found or headers.fixed.get(key, "")

    taken = set(headers.columns.values())
    values = tuple(value for column, value in enumerate(row) if column not in taken)
    if not headers.html:
        values = tuple(_escaped(value) for value in values)
    kind, width = special("notetype"), len(values)
    names = tuple(name for at, name in enumerate(headers.names) if at not in taken)
    fields = tuple(names[at] if at < len(names) else f"Field {at + 1}" for at in range(width))
    note_type = types.setdefault((kind, width), NoteType(kind, fields=fields))
    deck = special("deck")
    return AnkiNote(
        special("guid"),
        note_type,
        values,
        tuple(special("tags").split()),
        cards=(AnkiCard(0, deck),) if deck else (),
    )


def _escaped(value: str) -> str:
    for plain, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "<br>")):
        value = value.replace(plain, written)
    return value
