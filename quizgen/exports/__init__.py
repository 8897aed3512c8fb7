"""The table of formats that a deck leaves in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias

from quizgen.model import Deck
from quizgen.quiz import Sheet

FIELD_END: Final = "\x1f"
"""What stands between the fields of a note in Anki's database."""

Paper: TypeAlias = Literal["a4", "letter"]
Size: TypeAlias = Literal["a7", "business", "index"]
Flip: TypeAlias = Literal["long", "short"]


@dataclass(frozen=True, slots=True)
class Written:
    """A card as Anki stores it, in few objects, since there may be a hundred thousand.

    `fields` are all those of its note type, in its order, with `FIELD_END` between them; `tags`
    have spaces between them and around them; `hash` is one of both. `ordinals` tell which cards
    its note has.
    """

    fields: str
    tags: str
    hash: str
    ordinals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may choose about an export.

    `templates` is a folder whose files take the place of the built-in ones; `seed` orders
    printed questions; `course` is a line under the title of a printed sheet. `large` is large
    print, `columns` of questions are one or two, `apart` gives each version files of its own,
    and `fonts` are files or folders of fonts for scripts that the built-in ones lack. `size`,
    `flip` (the edge that duplex paper turns about) and `single` (one card to a page) are for
    flashcards. `media` are the files that cards name, by deck id and by path as the card has it.
    `written` are cards that were written for Anki already, by deck id and card id. `earlier` is
    what the place of the output holds now.
    """

    drafts: bool = False
    templates: Path | None = None
    seed: str = "1"
    paper: Paper = "a4"
    course: str = ""
    large: bool = False
    columns: Literal[1, 2] = 1
    apart: bool = False
    fonts: tuple[Path, ...] = ()
    size: Size = "a7"
    flip: Flip = "long"
    single: bool = False
    media: Mapping[tuple[str, str], bytes] = field(default_factory=dict[tuple[str, str], bytes])
    written: Mapping[str, Mapping[str, Written]] = field(
        default_factory=dict[str, Mapping[str, Written]]
    )
    earlier: bytes = b""


Export: TypeAlias = Callable[[tuple[Deck, ...], Options], Mapping[str, bytes]]
"""Decks (already cut down to the cards that may leave) to bytes by file name suffix."""


Print: TypeAlias = Callable[[tuple[Sheet, ...], Options], Mapping[str, bytes]]
"""The versions of one quiz to bytes by file name suffix."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A row of the table of what a composed quiz is printed as."""

    name: str
    suffix: str
    title: str
    print: Print


@dataclass(frozen=True, slots=True)
class Exporter:
    """A row of the table.

    `every_state` exporters get all cards; the others get kept cards, and drafts when asked.
    `together` exporters put several decks into one file; the others get one deck at a time.
    `beside` stands before the suffix of a file that is written beside its deck; `rereads`
    exporters get their last output as `Options.earlier`; what goes `to_anki` is stamped, and has
    withdrawn cards among its cards, as dropped ones.
    """

    name: str
    suffix: str
    title: str
    export: Export
    every_state: bool = False
    together: bool = False
    beside: str = ""
    rereads: bool = False
    to_anki: bool = False
