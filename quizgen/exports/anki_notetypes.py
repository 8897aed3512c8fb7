"""The note types that quizgen's cards have in Anki: frozen, because people's collections hold them.

A changed id, a field added, removed or moved, and a template added or removed, each make Anki
refuse to update the notes that somebody already studies. What a later version needs takes a
spare field, and renames it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from quizgen import render
from quizgen.errors import QuizgenError

_COMMON: Final = (
    *("Why", "Evidence", "Speaker", "Time", "Source", "More"),
    *("Work", "Section", "Notice", "CardId", "Hash"),
    *("Spare1", "Spare2", "Spare3", "Spare4"),
)
_TAKEN: Final = frozenset({"Question", "Answer", "Text", "Options", "Keys", "Why"})
HIDDEN: Final = frozenset({"CardId", "Hash", "Spare1", "Spare2", "Spare3", "Spare4"})
"""Fields that no template shows, folded away in Anki's editor."""


@dataclass(frozen=True, slots=True)
class Template:
    """One card of a note: the files of `templates/anki` that make up each of its sides."""

    name: str
    front: tuple[str, ...]
    back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteType:
    """A row of the table; a field's or template's own id is made from its place in it."""

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    is_cloze: bool = False
    taken: tuple[str, ...] = field(init=False)
    """The fields in which an edit made in Anki is taken into the deck."""
    shown: tuple[str, ...] = field(init=False)
    """The fields that a template may show."""
    others: tuple[str, ...] = field(init=False)
    """Those among them that only an export writes."""
    empty: dict[str, str] = field(init=False, compare=False)
    """All fields in their order, with nothing in them."""

    def __post_init__(self) -> None:
        taken = tuple(name for name in self.fields if name in _TAKEN)
        object.__setattr__(self, "taken", taken)
        object.__setattr__(self, "empty", dict.fromkeys(self.fields, ""))
        shown = self.fields[: self.fields.index("CardId")]
        object.__setattr__(self, "shown", shown)
        object.__setattr__(self, "others", tuple(name for name in shown if name not in taken))

    def part_id(self, place: int) -> int:
        """Give a field or template the id by which Anki knows it after it was renamed."""
        return self.id * 1000 + place


# The ids were drawn once, at random: those in tutorials are shared by a dozen programs, whose
# note types then overwrite one another.
BASIC: Final = NoteType(
    1508223333,
    "Quizgen Basic",
    ("Question", "Answer", "Typed", "Reverse", *_COMMON),
    (
        Template("Question", ("basic.front.html",), ("basic.back.html", "after.html")),
        Template("Reverse", ("reverse.front.html",), ("reverse.back.html", "after.html")),
    ),
)
CLOZE: Final = NoteType(
    1258780890,
    "Quizgen Cloze",
    ("Text", *_COMMON),
    (Template("Cloze", ("cloze.front.html",), ("cloze.back.html", "after.html")),),
    is_cloze=True,
)
CHOICE: Final = NoteType(
    1368875864,
    "Quizgen Choice",
    ("Question", "Options", "Answer", "Keys", "Several", *_COMMON),
    (Template("Choice", ("choice.front.html",), ("choice.back.html", "after.html")),),
)
NOTE_TYPES: Final = (BASIC, CLOZE, CHOICE)

_STYLE = "style.css"
_MOD = re.compile(r"\s*(?:<!--|/\*) mod (?P<seconds>\d+)[^\n]*(?:-->|\*/)\n?")


@dataclass(frozen=True, slots=True)
class Look:
    """How a note type shows: its sides' HTML (front, back), its CSS and when they last changed."""

    sides: tuple[tuple[str, str], ...]
    css: str
    mod: int


def look(note_type: NoteType, templates: Path | None = None) -> Look:
    """Read a note type's templates; files in `templates/anki` take the place of built-in ones.

    The first line of each says when it last changed, in seconds, as `mod 1795230000`: Anki
    takes a note type over only when that is newer, so the clock would undo a person's own style
    at every import.
    """
    changes: list[int] = []

    def read(names: tuple[str, ...]) -> str:
        parts: list[str] = []
        for name in names:
            text = _read(name, templates)
            if found := _MOD.match(text):
                changes.append(int(found["seconds"]))
                text = text[found.end() :]
            parts.append(text.strip())
        return "\n".join(parts)

    css = read((_STYLE,))
    sides = tuple((read(one.front), read(one.back)) for one in note_type.templates)
    return Look(sides, css, max(changes, default=0))


def _read(name: str, templates: Path | None) -> str:
    path = render.find(f"anki/{name}", templates)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QuizgenError(f"cannot read the template {str(path)!r}: {error}") from error
