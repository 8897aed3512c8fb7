"""What a note, its cards and its note type are to Anki."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# What a front shows of a field: `{{Field}}`, `{{cloze:Field}}`, `{{edit:type:Field}}`.
_CLOZE = re.compile(r"\{\{[^{}]*?\bcloze:(?:[^{}:]+:)*\s*([^{}:]+?)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Template:
    """One card of a note type, as the HTML of its sides."""

    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type; text exports name it and leave its fields and templates out."""

    name: str
    id: int = 0
    fields: tuple[str, ...] = ()
    templates: tuple[Template, ...] = ()
    is_cloze: bool = False
    css: str = ""

    @property
    def blanked(self) -> str:
        """Name the field whose blanks make this note type's cards, empty if there is none."""
        for template in self.templates if self.is_cloze else ():
            if found := _CLOZE.search(template.front):
                return found[1]
        return ""


@dataclass(frozen=True, slots=True)
class AnkiCard:
    """One card of a note: `ordinal` counts templates, or blanks, from 0.

    `deck` is its full name with `::`, the home deck where a filtered deck holds the card now.
    `flag` is 1 to 7, or 0; `reviews` is how often it was answered.
    """

    ordinal: int
    deck: str
    flag: int = 0
    suspended: bool = False
    reviews: int = 0


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note: `values` are HTML, in the order of its type's fields; `mod` is in UTC seconds.

    Text exports tell no `mod`, and `cards` only as far as they name a deck.
    """

    guid: str
    type: NoteType
    values: tuple[str, ...]
    tags: tuple[str, ...] = ()
    mod: int = 0
    cards: tuple[AnkiCard, ...] = ()

    @property
    def fields(self) -> Mapping[str, str]:
        """Return the values by the names of their fields."""
        return dict(zip(self.type.fields, self.values, strict=False))


@dataclass(frozen=True, slots=True)
class AnkiNotes:
    """Everything that one file of Anki's holds.

    `tells_cards` is false for text exports, which know nothing of flags and suspensions.
    """

    notes: tuple[AnkiNote, ...]
    tells_cards: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """A note that a running Anki has; its add-on tells a note type by name and no guid."""

    type: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    mod: int
