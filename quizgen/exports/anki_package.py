"""Pack notes into the bytes of an `.apkg` file, the same bytes for the same notes.

Anki updates a note only when its `mod` is newer than the one it has, and a note type likewise, so
neither comes from the clock: that would undo, at every import, what a person edited in Anki.
"""

from __future__ import annotations

import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from quizgen.errors import QuizgenError
from quizgen.exports import anki_database
from quizgen.exports.anki_notetypes import BASIC, HIDDEN, Look, NoteType

_BLANK = re.compile(r"\{\{c(\d+)::(?!\}\})")
_REVERSE = BASIC.fields.index("Reverse")


class PackedNote(NamedTuple):  # made a hundred thousand times
    """A note as it goes into the package; `where` names its card in an error.

    One that is `asleep` comes suspended where Anki does not know it; where it does, Anki leaves
    its cards as they are.
    """

    type: NoteType
    guid: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    mod: int
    where: str
    asleep: bool = False


@dataclass(frozen=True, slots=True)
class PackedDeck:
    """An Anki deck and its notes, each with its place in the order in which they are learnt."""

    id: int
    name: str
    notes: tuple[tuple[int, PackedNote], ...]
    description: str = ""


def pack(
    decks: Sequence[PackedDeck],
    looks: Mapping[NoteType, Look],
    media: Mapping[str, bytes] | None = None,
) -> bytes:
    """Write decks as an Anki package, with the media that their fields name."""
    # Ids are only proposals, which Anki changes where they are taken; they show as the day a
    # note was made, so they start at the oldest change rather than at the export.
    start = min((note.mod for deck in decks for _, note in deck.notes), default=0) * 1000
    cards: list[tuple[Any, ...]] = []
    database = anki_database.write(
        (_model(note_type, look) for note_type, look in looks.items()),
        (anki_database.deck(deck.id, deck.name, deck.description) for deck in decks),
        _notes(decks, start, cards),
        cards,
    )
    return _zipped(database, media or {})


def _notes(
    decks: Iterable[PackedDeck], start: int, cards: list[tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of notes, and lay those of their cards beside."""
    number = itertools.count(start)
    card = itertools.count(start)
    for deck in decks:
        for due, note in deck.notes:
            identity = next(number)
            ordinals = _ordinals(note)
            if not ordinals or not note.fields[0]:
                # Anki would show nothing of it, and nobody would ever know.
                raise QuizgenError(
                    f"{note.where} would make no card in Anki: nothing in it is asked"
                )
            cards.extend(
                (next(card), identity, deck.id, ordinal, note.mod, -note.asleep, due)
                for ordinal in ordinals
            )
            tags = f" {' '.join(note.tags)} " if note.tags else ""
            fields = "\x1f".join(note.fields)
            yield identity, note.guid, note.type.id, note.mod, tags, fields, note.fields[0]


def _ordinals(note: PackedNote) -> Sequence[int]:
    """Tell which of its cards a note has."""
    if note.type.is_cloze:
        return sorted({int(found) - 1 for found in _BLANK.findall(note.fields[0])} - {-1})
    return (0, 1) if note.type is BASIC and note.fields[_REVERSE] else (0,)


def _model(note_type: NoteType, look: Look) -> anki_database.Json:
    return anki_database.model(
        note_type.id,
        note_type.name,
        fields=[
            {
                "name": name,
                "id": note_type.part_id(place),
                "collapsed": name in HIDDEN,
                "excludeFromSearch": name == "Hash",
            }
            for place, name in enumerate(note_type.fields)
        ],
        templates=[
            {
                "name": template.name,
                "id": note_type.part_id(place),
                "qfmt": front,
                "afmt": back,
            }
            for place, (template, (front, back)) in enumerate(
                zip(note_type.templates, look.sides, strict=True),
            )
        ],
        more={"css": look.css, "mod": look.mod, "type": int(note_type.is_cloze)},
    )


def _zipped(database: bytes, media: Mapping[str, bytes]) -> bytes:
    names = {str(number): name for number, name in enumerate(sorted(media))}
    members = [
        ("collection.anki2", database),
        ("media", json.dumps(names).encode()),
        *((number, media[name]) for number, name in names.items()),
    ]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members:
            # The defaults hold the clock and the system, and two exports would differ.
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            # Pictures and sounds are as small as they get.
            member.compress_type = zipfile.ZIP_STORED if name in names else zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, content, compresslevel=1)
    return packed.getvalue()
