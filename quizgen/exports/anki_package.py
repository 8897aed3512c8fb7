"""Pack notes into the bytes of an `.apkg` file, the same bytes for the same notes.

Anki updates a note only when its `mod` is newer than the one it has, and genanki gives all notes
and note types the time of the export, which would undo every edit a person made in Anki. Hence
the two small subclasses.
"""

# genanki is not typed.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingParameterType=false, reportUnknownParameterType=false

from __future__ import annotations

import io
import itertools
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import genanki

from quizgen.errors import QuizgenError
from quizgen.exports.anki_notetypes import HIDDEN, Look, NoteType


@dataclass(frozen=True, slots=True)
class PackedNote:
    """A note as it goes into the package; `where` names its card in an error."""

    type: NoteType
    guid: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    mod: int
    where: str


@dataclass(frozen=True, slots=True)
class PackedDeck:
    """An Anki deck and its notes, in the order in which they are to be learnt."""

    id: int
    name: str
    notes: tuple[PackedNote, ...]


class _Model(genanki.Model):
    """A note type that last changed when its templates did."""

    mod: int

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        del timestamp
        return super().to_json(self.mod, deck_id)


class _Note(genanki.Note):
    """A note that last changed when its card did."""

    mod: int

    def write_to_db(
        self,
        cursor: sqlite3.Cursor,
        timestamp: float,
        deck_id: int,
        id_gen: Iterator[int],
    ) -> None:
        del timestamp
        super().write_to_db(cursor, self.mod, deck_id, id_gen)


def pack(decks: Sequence[PackedDeck], looks: dict[NoteType, Look]) -> bytes:
    """Write decks as an Anki package."""
    models = {note_type: _model(note_type, look) for note_type, look in looks.items()}
    packed = [_deck(deck, models) for deck in decks]
    # Ids are only proposals, which Anki changes where they are taken; they show as the day a
    # note was made, so they start at the oldest change rather than at the export.
    start = min((note.mod for deck in decks for note in deck.notes), default=0)
    return _zipped(_database(packed, start))


def _model(note_type: NoteType, look: Look) -> _Model:
    model = _Model(
        note_type.id,
        note_type.name,
        fields=[
            {
                "name": name,
                "id": note_type.part_id(place),
                "font": "Arial",
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
        css=look.css,
        model_type=genanki.Model.CLOZE if note_type.is_cloze else genanki.Model.FRONT_BACK,
    )
    model.mod = look.mod
    return model


def _deck(deck: PackedDeck, models: dict[NoteType, _Model]) -> genanki.Deck:
    packed = genanki.Deck(deck.id, deck.name)
    for due, note in enumerate(deck.notes, 1):
        made = _Note(
            model=models[note.type],
            fields=list(note.fields),
            tags=note.tags,
            guid=note.guid,
            due=due,
        )
        made.mod = note.mod
        if not made.cards or not note.fields[0]:
            # genanki would write the note without a card, and nobody would ever see it.
            raise QuizgenError(f"{note.where} would make no card in Anki: nothing in it is asked")
        packed.add_note(made)
    return packed


def _database(decks: list[genanki.Deck], start: int) -> bytes:
    """Write the collection in memory: genanki's own way leaves a temporary file behind."""
    connection = sqlite3.connect(":memory:")
    try:
        genanki.Package(decks).write_to_db(
            connection.cursor(),
            start,
            itertools.count(start * 1000),
        )
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _zipped(database: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in (("collection.anki2", database), ("media", b"{}")):
            # The defaults hold the clock and the system, and two exports would differ.
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, content, compresslevel=1)
    return packed.getvalue()
