from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from io import BytesIO
from typing import Any

import pytest

from quizgen.exports import Options, anki, anki_notetypes
from quizgen.exports.anki_notetypes import NoteType
from quizgen.model import Basic, Card, Choice, Cloze, Deck

COMMON = (
    *("Why", "Evidence", "Speaker", "Time", "Source", "More"),
    *("Work", "Section", "Notice", "CardId", "Hash"),
    *("Spare1", "Spare2", "Spare3", "Spare4"),
)
# People's collections hold these. Anki refuses to update notes whose type has other ids, or other
# fields or templates, or the same ones in another order: add nothing, take a spare field.
FROZEN = {
    "Quizgen Basic": (
        1508223333,
        0,
        ("Question", "Answer", "Typed", "Reverse", *COMMON),
        ("Question", "Reverse"),
    ),
    "Quizgen Cloze": (1258780890, 1, ("Text", *COMMON), ("Cloze",)),
    "Quizgen Choice": (
        1368875864,
        0,
        ("Question", "Options", "Answer", "Keys", "Several", *COMMON),
        ("Choice",),
    ),
}
# When a template or the style changes, give its first line a new `mod` (today, in seconds), or
# Anki will keep the old one; then write both here.
LOOKS = {
    "Quizgen Basic": (1795266000, "daa25fe39309"),
    "Quizgen Cloze": (1795266000, "cccd2369b04d"),
    "Quizgen Choice": (1795266000, "680cc8ccc219"),
}


def models() -> dict[str, dict[str, Any]]:
    """Read the note types out of a package."""
    cards = (
        Card("a", Basic("Q?", "A."), (), "kept"),
        Card("b", Cloze("{{A}}."), (), "kept"),
        Card("c", Choice("Q?", ("a", "b"), (0,)), (), "kept"),
    )
    data = anki.export((Deck("d", "D", (), cards),), Options())[".apkg"]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        found = json.loads(connection.execute("select models from col").fetchone()[0])
    finally:
        connection.close()
    return {model["name"]: model for model in found.values()}


def test_note_types_are_the_ones_that_people_already_have() -> None:
    found = models()
    assert {
        name: (
            int(model["id"]),
            model["type"],
            tuple(field["name"] for field in model["flds"]),
            tuple(template["name"] for template in model["tmpls"]),
        )
        for name, model in found.items()
    } == FROZEN
    for name, model in found.items():
        first = FROZEN[name][0] * 1000
        assert [field["id"] for field in model["flds"]] == [
            first + place for place in range(len(model["flds"]))
        ]
        assert [template["id"] for template in model["tmpls"]] == [
            first + place for place in range(len(model["tmpls"]))
        ]
        assert model["sortf"] == 0


@pytest.mark.parametrize("note_type", anki_notetypes.NOTE_TYPES, ids=lambda one: one.name)
def test_a_changed_template_says_when_it_changed(note_type: NoteType) -> None:
    look = anki_notetypes.look(note_type)
    shown = json.dumps([look.sides, look.css])
    found = look.mod, hashlib.sha256(shown.encode()).hexdigest()[:12]
    assert found == LOOKS[note_type.name]


def test_no_template_loads_anything_or_shows_hidden_fields() -> None:
    for note_type in anki_notetypes.NOTE_TYPES:
        look = anki_notetypes.look(note_type)
        for side in (*(text for pair in look.sides for text in pair), look.css):
            assert "http" not in side
            assert "url(" not in side
            assert not [name for name in anki_notetypes.HIDDEN if f"{{{{{name}}}}}" in side]
