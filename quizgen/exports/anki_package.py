"""Pack notes into the bytes of an `.apkg` file, the same bytes for the same notes.

Anki updates a note only when its `mod` is newer than the one it has, and a note type likewise, so
neither comes from the clock: that would undo, at every import, what a person edited in Anki.
"""

from __future__ import annotations

import io
import itertools
import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from quizgen.errors import QuizgenError
from quizgen.exports import FIELD_END, anki_database
from quizgen.exports.anki_notetypes import HIDDEN, Look, NoteType

_BATCH: Final = 1000
_CHUNK: Final = 1 << 18
_ZIP32: Final = 1 << 31  # bytes; beyond them a zip file counts in twice as many


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
    try:
        with tempfile.TemporaryDirectory(prefix="quizgen-") as folder:
            database = Path(folder) / "collection.anki2"
            anki_database.write(
                database,
                (_model(note_type, look) for note_type, look in looks.items()),
                (anki_database.deck(deck.id, deck.name, deck.description) for deck in decks),
                _batches(notes, start * 1000),
            )
            return _zipped(database, media or {})
    except (OSError, sqlite3.Error) as error:
        raise QuizgenError(
            f"the package could not be put together in the temporary folder: {error}; "
            "free some space there, or set TMPDIR to another folder"
        ) from error


def _batches(
    notes: Iterable[PackedNote], start: int
) -> Iterator[tuple[anki_database.Rows, anki_database.Rows]]:
    """Yield the rows of notes and of their cards; ids are proposals, free from `start`."""
    card = itertools.count(start)
    coming = iter(notes)
    first = start
    while batch := list(itertools.islice(coming, _BATCH)):
        yield (
            [
                (number, guid, kind.id, mod, tags, fields, fields.partition(FIELD_END)[0])
                for number, (kind, guid, fields, tags, mod, *_) in enumerate(batch, first)
            ],
            [
                (next(card), number, home.id, ordinal, mod, -asleep, number - start + 1)
                for number, (_, _, _, _, mod, home, ordinals, asleep) in enumerate(batch, first)
                for ordinal in ordinals
            ],
        )
        first += len(batch)


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


def _zipped(database: Path, media: Mapping[str, bytes]) -> bytes:
    names = {str(number): name for number, name in enumerate(sorted(media))}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        # Opened by its name alone, and not as a file, a member has no time and no owner.
        large = database.stat().st_size > _ZIP32
        with (
            database.open("rb") as source,
            archive.open(database.name, "w", force_zip64=large) as member,
        ):
            shutil.copyfileobj(source, member, _CHUNK)
        with archive.open("media", "w") as member:
            member.write(json.dumps(names).encode())
        for number, name in names.items():
            # Pictures and sounds are as small as they get, and stay as they are.
            archive.writestr(zipfile.ZipInfo(number), media[name])
        # Left alone, these would tell of the system.
        for each in archive.infolist():
            each.create_system = 3
            each.external_attr = 0o644 << 16
    return packed.getvalue()
