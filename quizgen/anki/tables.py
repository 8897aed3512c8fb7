"""Read notes out of Anki's database, whose note types and decks are JSON in older ones."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from quizgen.anki import wire
from quizgen.anki.notes import AnkiCard, AnkiNote, NoteType, Template
from quizgen.errors import QuizgenError

_SUSPENDED = -1
_CLOZE = 1
_FLAGS = 7  # the other bits of `cards.flags` are add-ons'


def notes(connection: sqlite3.Connection, name: str) -> tuple[AnkiNote, ...]:
    """Read every note with its cards, in the order in which they were made."""
    # Names are indexed by a collation of Anki's own, without which SQLite refuses the tables.
    connection.create_collation("unicase", _unicase)
    try:
        tables = {row[0] for row in connection.execute("select name from sqlite_master")}
        is_new = "notetypes" in tables
        types = _types(connection) if is_new else _old_types(connection)
        decks = _decks(connection) if is_new else _old_decks(connection)
        cards = _cards(connection, decks)
        return tuple(
            AnkiNote(
                guid,
                types.get(kind) or NoteType("", kind),
                tuple(values.split("\x1f")),
                tuple(tags.split()),
                mod,
                tuple(cards.get(note, ())),
            )
            for note, guid, kind, mod, tags, values in connection.execute(
                "select id, cast(guid as text), mid, mod, cast(tags as text), cast(flds as text)"
                " from notes order by id"
            )
        )
    except (sqlite3.Error, ValueError, LookupError, TypeError, AttributeError) as error:
        raise QuizgenError(
            f"{name} holds a collection that is not as Anki writes it ({error}); "
            "let Anki check its database, and export again"
        ) from error


def _unicase(left: str, right: str) -> int:
    one, other = left.casefold(), right.casefold()
    return (one > other) - (one < other)


def _cards(
    connection: sqlite3.Connection, decks: Mapping[int, str]
) -> Mapping[int, list[AnkiCard]]:
    held: defaultdict[int, list[AnkiCard]] = defaultdict(list)
    for note, ordinal, deck, home, flags, queue, reviews in connection.execute(
        "select nid, ord, did, odid, flags, queue, reps from cards order by nid, ord"
    ):
        held[note].append(
            AnkiCard(
                ordinal,
                decks.get(home or deck, ""),
                flags & _FLAGS,
                queue == _SUSPENDED,
                reviews,
            )
        )
    return held


# --- since Anki 2.1.28 -------------------------------------------------------


def _types(connection: sqlite3.Connection) -> dict[int, NoteType]:
    fields: defaultdict[int, list[str]] = defaultdict(list)
    for kind, name in connection.execute("select ntid, name from fields order by ntid, ord"):
        fields[kind].append(name)
    templates: defaultdict[int, list[Template]] = defaultdict(list)
    for kind, name, config in connection.execute(
        "select ntid, name, config from templates order by ntid, ord"
    ):
        sides = wire.fields(config)
        templates[kind].append(Template(name, wire.text(sides, 1), wire.text(sides, 2)))
    types: dict[int, NoteType] = {}
    for kind, name, config in connection.execute("select id, name, config from notetypes"):
        found = wire.fields(config)
        types[kind] = NoteType(
            name,
            kind,
            tuple(fields[kind]),
            tuple(templates[kind]),
            wire.number(found, 1) == _CLOZE,
            wire.text(found, 3),
        )
    return types


def _decks(connection: sqlite3.Connection) -> dict[int, str]:
    return {
        deck: name.replace("\x1f", "::")
        for deck, name in connection.execute("select id, name from decks")
    }


# --- before ------------------------------------------------------------------


def _old_types(connection: sqlite3.Connection) -> dict[int, NoteType]:
    types: dict[int, NoteType] = {}
    for key, model in _json(connection, "models").items():
        types[int(key)] = NoteType(
            str(model["name"]),
            int(key),
            tuple(str(field["name"]) for field in _in_order(model["flds"])),
            tuple(
                Template(str(each["name"]), str(each["qfmt"]), str(each["afmt"]))
                for each in _in_order(model["tmpls"])
            ),
            model.get("type") == _CLOZE,
            str(model.get("css", "")),
        )
    return types


def _in_order(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(parts, key=lambda part: part["ord"])


def _old_decks(connection: sqlite3.Connection) -> dict[int, str]:
    return {int(key): str(deck["name"]) for key, deck in _json(connection, "decks").items()}


def _json(connection: sqlite3.Connection, column: str) -> dict[str, dict[str, Any]]:
    (text,) = connection.execute(f"select {column} from col").fetchone()  # noqa: S608 - ours
    return json.loads(text)
