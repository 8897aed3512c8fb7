"""Write decks as one Anki package that updates what a person already studies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from quizgen import identity, markup
from quizgen.errors import QuizgenError
from quizgen.exports import (
    Options,
    Written,
    anki_fields,
    anki_hashes,
    anki_names,
    anki_notetypes,
    anki_package,
)
from quizgen.exports.anki_fields import Setting
from quizgen.model import Card, Choice, Deck

FIRST_MOD: Final = 1767225600
"""When a note last changed whose card carries no `mod`: 2026-01-01, before any real one."""

_MOD = re.compile(r"(\d{1,11})(?:-.*)?", re.DOTALL)


def export(decks: tuple[Deck, ...], options: Options) -> Mapping[str, bytes]:
    """Write decks as one `.apkg`, a card's `mod` saying when it changed.

    Dropped cards among them are withdrawn ones: they go out with a tag that says so, and asleep
    where Anki does not know them. Raises `QuizgenError` for a card that Anki could not show, and
    for a card without an id or with one that is taken.
    """
    filled = tuple(packed(decks, options))
    if not filled:
        raise QuizgenError("there is no card to export; keep some with `quizgen review`")
    looks = {
        note_type: anki_notetypes.look(note_type, options.templates)
        for note_type in anki_notetypes.NOTE_TYPES
    }
    files = {media_name(path, data): data for (_, path), data in options.media.items()}
    return {".apkg": anki_package.pack(filled, looks, files)}


def fingerprint(deck: Deck, card: Card, media: Mapping[str, str] | None = None) -> str:
    """Hash what a card's note shows, for the part of `mod` that tells whether it has changed."""
    return anki_hashes.whole(write(deck, card, media).hash)


def write(deck: Deck, card: Card, media: Mapping[str, str] | None = None) -> Written:
    """Write a card for Anki; `media` gives the names of the deck's files there."""
    return _written(deck, card, _setting(deck, media or {}))


def _written(deck: Deck, card: Card, setting: Setting) -> Written:
    fields = anki_fields.write(card, setting)
    tags = anki_names.tags(deck, card)
    note_type = anki_fields.note_type(card.content)
    return Written(fields, tags, anki_hashes.write(note_type, fields, tags))


def is_withdrawn(card: Card) -> bool:
    """Claim that a card has been exported, was dropped since, and may still be in Anki."""
    return (
        card.state == "dropped"
        and bool(_MOD.fullmatch(card.stamp.mod))
        and anki_names.GONE not in card.stamp.extra
    )


def media_name(path: str, data: bytes) -> str:
    """Name a file after its content, so that no other is ever overwritten by it."""
    return f"{hashlib.sha256(data).hexdigest()[:24]}{PurePosixPath(path).suffix.lower()}"


def _setting(deck: Deck, media: Mapping[str, str]) -> Setting:
    return Setting(
        work=anki_names.work(deck),
        type_in="type-in" in deck.anki_options,
        reverse="reverse" in deck.anki_options,
        media=media,
    )


def packed(decks: tuple[Deck, ...], options: Options) -> Iterator[anki_package.PackedDeck]:
    """Gather the notes of decks with one name, which are one deck to Anki, and order them."""
    seen: set[str] = set()
    named: dict[str, tuple[int, str, str, list[tuple[int, anki_package.PackedNote]]]] = {}
    due = 0
    for deck in decks:
        names = {
            path: media_name(path, data)
            for (owner, path), data in options.media.items()
            if owner == deck.id
        }
        setting = _setting(deck, names)
        homes: dict[str, list[tuple[int, anki_package.PackedNote]]] = {}
        for card in deck.cards:
            written = options.written.get((deck.id, card.id)) or _written(deck, card, setting)
            note = _note(deck, card, written)
            if note.guid in seen:
                raise QuizgenError(
                    f"two cards have the id {card.id!r} in the deck {deck.title!r}; "
                    "Anki would mix them up: take the stamp off the newer one",
                )
            seen.add(note.guid)
            due += 1
            if card.section not in homes:
                name = anki_names.subdeck(deck, card)
                number = anki_names.deck_id(deck, name)
                made = named.setdefault(name.casefold(), (number, name, _description(deck), []))
                homes[card.section] = made[3]
            homes[card.section].append((due, note))
    for number, name, description, notes in named.values():
        yield anki_package.PackedDeck(number, name, tuple(notes), description)


def _description(deck: Deck) -> str:
    """Say below the deck's name in Anki what its cards were made from."""
    names = [source.rstrip("/").rpartition("/")[2] for source in deck.sources]
    listed = ", ".join(markup.words_to_anki(name) for name in dict.fromkeys(names) if name)
    return f"Made with quizgen from {listed}." if listed else "Made with quizgen."


def _note(deck: Deck, card: Card, written: Written) -> anki_package.PackedNote:
    where = f"the card {card.id!r} of {deck.title!r}"
    if not card.id:
        question = markup.to_plain(identity.question(card.content))
        raise QuizgenError(
            f"a card of {deck.title!r} has no id yet ({question[:60]!r}); "
            "stamp it with `quizgen check --fix`",
        )
    if isinstance(card.content, Choice) and not card.content.keys:
        raise QuizgenError(f"{where} has no right option; mark one with [x]")
    note_type = anki_fields.note_type(card.content)
    fields = {**written.fields, "Hash": written.hash}
    found = _MOD.fullmatch(card.stamp.mod)
    return anki_package.PackedNote(
        note_type,
        anki_names.guid(deck, card),
        tuple([fields.get(name, "") for name in note_type.fields]),
        written.tags,
        int(found[1]) if found else FIRST_MOD,
        where,
        asleep=card.state == "dropped",
    )
