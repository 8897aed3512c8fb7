"""Write decks as Anki's notes in plain text, a line to a note, its columns told by headers."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Final

from quizgen.errors import QuizgenError
from quizgen.exports import FIELD_END, Options, anki
from quizgen.model import Deck

_HEADERS: Final = (
    *("#separator:tab", "#html:true"),
    *("#guid column:1", "#notetype column:2", "#deck column:3", "#tags column:4"),
)


def export(decks: tuple[Deck, ...], options: Options) -> Mapping[str, bytes]:
    """Write what a package of the same decks has: guids, note types, decks, tags and fields.

    Anki knows a note again by its guid. It has to know quizgen's note types from a package, and
    it takes every line as newer than what it has, so what was withdrawn, which would come back
    to be learnt, is left out.
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter="\t", lineterminator="\n")
    rows = [
        (
            note.guid,
            note.type.name,
            note.deck.name,
            note.tags.strip(),
            *note.fields.split(FIELD_END),
        )
        for note in anki.packed(decks, options, anki.homes(decks))
        if not note.asleep
    ]
    if not rows:
        raise QuizgenError("there is no card to export; keep some with `quizgen review`")
    # A line tells by its note type how many of its fields there are.
    width = max(map(len, rows))
    for row in rows:
        writer.writerow((*row, *[""] * (width - len(row))))
    return {".txt": "\n".join((*_HEADERS, table.getvalue())).encode("utf-8")}
