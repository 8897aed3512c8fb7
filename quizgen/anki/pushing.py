"""Tell what a package would do to the notes that a running Anki has."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from quizgen.anki.notes import AnkiNote, Held
from quizgen.exports import anki_hashes, anki_names
from quizgen.exports.anki_notetypes import NOTE_TYPES, Look

Verdict: TypeAlias = Literal["new", "updated", "tagged", "same", "both", "absent"]
"""What becomes of a note: `both` was changed in the deck and in Anki, `absent` was withdrawn
from the deck and Anki does not have it."""

SENT: Final[frozenset[Verdict]] = frozenset(("new", "updated", "tagged"))

_TYPES: Final = {note_type.name: note_type for note_type in NOTE_TYPES}
_WORK: Final = f"{anki_names.OURS}work::"


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


def restyled(
    planned: Iterable[Planned], ours: Mapping[str, Look], theirs: Mapping[str, Look]
) -> dict[str, AnkiNote]:
    """Choose, for each note type whose look is newer here, a note that carries it to Anki.

    Best is one that is sent anyway; one that is the same there changes nothing by going along.
    """
    stale = {name for name, look in theirs.items() if _is_newer(ours[name], look)}
    found: dict[str, AnkiNote] = {}
    for each in sorted(planned, key=lambda one: one.verdict not in SENT):
        if each.note.type.name in stale and (each.verdict in SENT or each.verdict == "same"):
            found.setdefault(each.note.type.name, each.note)
    return found


def _is_newer(look: Look, than: Look) -> bool:
    return look.mod > than.mod and replace(look, mod=0) != replace(than, mod=0)


def _verdict(note: AnkiNote, candidates: Sequence[Held]) -> Verdict:
    withdrawn = anki_names.REMOVED in note.tags
    there = next((each for each in candidates if _is_of_one_deck(note, each)), None)
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


def _is_of_one_deck(note: AnkiNote, held: Held) -> bool:
    """Claim that two notes with one id are one note: ids are told apart within a deck only.

    The add-on tells no guid, which has the deck's id; the deck's name in Anki, which stays, is in
    a tag, and in a field where that gives nothing away.
    """
    mine, theirs = (
        {_as_in_anki(tag) for tag in tags if tag.startswith(_WORK)}
        for tags in (note.tags, held.tags)
    )
    if mine and theirs:
        return mine == theirs
    return any(note.fields[name] == held.fields.get(name) != "" for name in ("Work", "Hash"))


def _as_in_anki(tag: str) -> str:
    """Compose letters as Anki does, which also keeps the case that it met first."""
    return unicodedata.normalize("NFC", tag).casefold()
