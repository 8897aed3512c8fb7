"""Tell what a package would do to the notes that a running Anki has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from quizgen.anki.notes import AnkiNote, Held
from quizgen.exports import anki_hashes, anki_names
from quizgen.exports.anki_notetypes import NOTE_TYPES

Verdict: TypeAlias = Literal["new", "updated", "tagged", "same", "both", "absent"]
"""What becomes of a note: `both` was changed in the deck and in Anki, `absent` was withdrawn
from the deck and Anki does not have it."""

SENT: Final[frozenset[Verdict]] = frozenset(("new", "updated", "tagged"))

_TYPES: Final = {note_type.name: note_type for note_type in NOTE_TYPES}
# Ids are told apart within a deck only, and nothing that the add-on tells is a deck's id.
_SAME_DECK: Final = ("Hash", "Work", "Evidence", "Question", "Text")


@dataclass(frozen=True, slots=True)
class Planned:
    """A note of the package, and what becomes of it."""

    note: AnkiNote
    verdict: Verdict


def plan(package: Sequence[AnkiNote], held: Iterable[Held]) -> tuple[Planned, ...]:
    """Compare the notes of a package with those that Anki holds."""
    known: defaultdict[tuple[str, str], list[Held]] = defaultdict(list)
    for each in held:
        known[each.type, each.fields.get("CardId", "")].append(each)
    return tuple(
        Planned(note, _verdict(note, known[note.type.name, note.fields["CardId"]]))
        for note in package
    )


def _verdict(note: AnkiNote, candidates: Sequence[Held]) -> Verdict:
    withdrawn = anki_names.REMOVED in note.tags
    there = next(
        (
            each
            for name in _SAME_DECK
            for each in candidates
            if note.fields.get(name) and each.fields.get(name) == note.fields[name]
        ),
        None,
    )
    if there is None:
        return "absent" if withdrawn else "new"
    note_type = _TYPES[note.type.name]
    base = there.fields.get("Hash", "")
    if not anki_hashes.changed(note_type, base, note.fields["Hash"]):
        return "same"
    now = anki_hashes.write(note_type, there.fields, there.tags)
    # Anki takes a note only when it is newer than its own.
    if note.mod <= there.mod or anki_hashes.changed(note_type, base, now):
        return "both"
    return "tagged" if withdrawn else "updated"
