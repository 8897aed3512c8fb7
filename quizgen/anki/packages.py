"""Read Anki's packages, old and new, and its text exports, without Anki."""

from __future__ import annotations

import io
import sqlite3
import zipfile
import zlib
from contextlib import closing

from quizgen.anki import plaintext, tables
from quizgen.anki.notes import AnkiNotes
from quizgen.errors import QuizgenError

# Newest first: beside a newer collection stands an old one that only says "please update".
_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
# SQLite can take no more into memory, and no collection of words comes near.
_MOST = 2_000_000_000
_SQLITE = b"SQLite format 3\x00"
_WAL = b"\x02\x02"


def read(data: bytes, name: str) -> AnkiNotes:
    """Read the bytes of an `.apkg`, a `.colpkg`, or a text export of notes.

    `name` is how the person calls the file, for errors. Raise `QuizgenError` with a sentence for
    whatever is not such a file.
    """
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        with closing(_open(_collection(data, name), name)) as connection:
            return AnkiNotes(tables.notes(connection, name))
    if data.startswith(_SQLITE):
        with closing(_open(data, name)) as connection:
            return AnkiNotes(tables.notes(connection, name))
    if name.lower().endswith((".apkg", ".colpkg")):
        raise _broken(name, "it is no zip file; export it from Anki again")
    return AnkiNotes(plaintext.notes(data, name), tells_cards=False)


def _collection(data: bytes, name: str) -> bytes:
    """Take the newest collection out of a package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = set(archive.namelist())
            wanted = next((each for each in _COLLECTIONS if each in held), "")
            if not wanted:
                raise _broken(name, "it is a zip file without a collection in it")
            if archive.getinfo(wanted).file_size > _MOST:
                raise _broken(name, "its collection is larger than 2 GB")
            packed = archive.read(wanted)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _broken(name, f"it is damaged ({error}); export it from Anki again") from error
    return _unpacked(packed, name) if wanted == _COLLECTIONS[0] else packed


def _unpacked(packed: bytes, name: str) -> bytes:
    import zstandard  # noqa: PLC0415

    try:
        with zstandard.ZstdDecompressor().stream_reader(packed) as reader:
            # A frame need not tell its size, so that is found out by reading on.
            plain = reader.read(_MOST + 1)
    except zstandard.ZstdError as error:
        raise _broken(name, f"it is damaged ({error}); export it from Anki again") from error
    if len(plain) > _MOST:
        raise _broken(name, "its collection is larger than 2 GB")
    return plain


def _open(database: bytes, name: str) -> sqlite3.Connection:
    if not database.startswith(_SQLITE):
        raise _broken(name, "its collection cannot be read (it is no database)")
    # Anki leaves its database in write-ahead mode, in which SQLite opens none from memory.
    if database[18:20] == _WAL:
        database = database[:18] + b"\x01\x01" + database[20:]
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        connection.execute("select count() from notes").fetchone()
    except (sqlite3.Error, OverflowError) as error:
        connection.close()
        raise _broken(name, f"its collection cannot be read ({error})") from error
    return connection


def _broken(name: str, why: str) -> QuizgenError:
    return QuizgenError(f"{name} is no Anki package: {why}")
