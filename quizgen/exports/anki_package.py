"""Pack notes into the bytes of an `.apkg` file, the same bytes for the same notes.

Anki updates a note only when its `mod` is newer than the one it has, and a note type likewise, so
neither comes from the clock: that would undo, at every import, what a person edited in Anki.
"""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from quizgen.exports import FIELD_END, anki_database
from quizgen.exports.anki_notetypes import HIDDEN, Look, NoteType


class PackedDeck(NamedTuple):
    """An Anki deck."""

    id: int
    name: str
    description: str = ""


class PackedNote(NamedTuple):  # made a hundred thousand times
    """A note as it goes into the package; for `fields`, `tags` and `ordinals` see `Written`.

    One that is `asleep` comes suspended where Anki does not know it; where it does, Anki leaves
    its cards as they are.
    """

    type: NoteType
    guid: str
    fields: str
    tags: str
    mod: int
    deck: PackedDeck
    ordinals: tuple[int, ...]
    asleep: bool = False


def pack(
    decks: Iterable[PackedDeck],
    notes: Iterable[PackedNote],
    looks: Mapping[NoteType, Look],
    media: Mapping[str, bytes] | None = None,
    *,
    start: int = 0,
) -> bytes:
    """Write notes, in the order in which they are learnt, as an Anki package, with their media.

    `start` is the time, in UTC seconds, that the first note shows as the one when it was made.
    """
    database = anki_database.write(
        (_model(note_type, look) for note_type, look in looks.items()),
        (anki_database.deck(deck.id, deck.name, deck.description) for deck in decks),
        _rows(notes, start * 1000),
    )
    return _zipped(database, media or {})


def _rows(notes: Iterable[PackedNote], start: int) -> Iterator[anki_database.Rows]:
    """Yield the row of each note with those of its cards; ids are proposals, free from `start`."""
    card = itertools.count(start)
    for due, note in enumerate(notes, 1):
        number = start + due - 1
        home, mod, queue = note.deck.id, note.mod, -note.asleep
        cards = [(next(card), number, home, ordinal, mod, queue, due) for ordinal in note.ordinals]
        first = note.fields.partition(FIELD_END)[0]
        yield (number, note.guid, note.type.id, mod, note.tags, note.fields, first), cards


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
