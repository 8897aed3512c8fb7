"""Write decks as one Anki package that updates what a person already studies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from quizgen import identity, markup
from quizgen.errors import QuizgenError
from quizgen.exports import (
    FIELD_END,
    Options,
    Written,
    anki_fields,
    anki_hashes,
    anki_names,
    anki_notetypes,
    anki_package,
)
from quizgen.exports.anki_fields import Setting
from quizgen.exports.anki_package import PackedDeck, PackedNote
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
    if not any(deck.cards for deck in decks):
        raise QuizgenError("there is no card to export; keep some with `quizgen review`")
    looks = {
        note_type: anki_notetypes.look(note_type, options.templates)
        for note_type in anki_notetypes.NOTE_TYPES
    }
    files = {media_name(path, data): data for (_, path), data in options.media.items()}
    places = homes(decks)
    # A note shows as made on the day that its id says, so ids begin at the oldest change.
    oldest = min(_seconds(mod) for mod in {_changed(card) for deck in decks for card in deck.cards})
    package = anki_package.pack(
        dict.fromkeys(places.values()), packed(decks, options, places), looks, files, start=oldest
    )
    return {".apkg": package}


def fingerprint(deck: Deck, card: Card, media: Mapping[str, str] | None = None) -> str:
    """Hash what a card's note shows, for the part of `mod` that tells whether it has changed."""
    return anki_hashes.whole(write(deck, card, media).hash)


def write(deck: Deck, card: Card, media: Mapping[str, str] | None = None) -> Written:
    """Write a card for Anki; `media` gives the names of the deck's files there."""
    return writer(deck, media or {})(card)


def writer(deck: Deck, media: Mapping[str, str]) -> Callable[[Card], Written]:
    """Return what writes the cards of a deck for Anki, as `write` does."""
    setting = _setting(deck, media)
    return lambda card: _written(deck, card, setting)


def _written(deck: Deck, card: Card, setting: Setting) -> Written:
    fields = anki_fields.write(card, setting)
    tags = anki_names.tags(deck, card)
    note_type = anki_fields.note_type(card.content)
    fields["Hash"] = found = anki_hashes.write(note_type, fields, tags)
    return Written(
        FIELD_END.join((note_type.empty | fields).values()),
        f" {' '.join(tags)} " if tags else "",
        found,
        anki_fields.ordinals(note_type, fields),
    )


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


def homes(decks: tuple[Deck, ...]) -> dict[tuple[str, str], PackedDeck]:
    """Name the Anki deck of each section, by deck id; decks with one name are one to Anki."""
    found: dict[tuple[str, str], PackedDeck] = {}
    named: dict[str, PackedDeck] = {}
    for deck in decks:
        for card in deck.cards:
            if (deck.id, card.section) not in found:
                name = anki_names.subdeck(deck, card)
                made = PackedDeck(anki_names.deck_id(deck, name), name, _description(deck))
                found[deck.id, card.section] = named.setdefault(name.casefold(), made)
    return found


def packed(
    decks: tuple[Deck, ...], options: Options, places: Mapping[tuple[str, str], PackedDeck]
) -> Iterator[PackedNote]:
    """Yield the notes of decks in the order in which they are to be learnt, one at a time."""
    seen: set[str] = set()
    for deck in decks:
        names = {
            path: media_name(path, data)
            for (owner, path), data in options.media.items()
            if owner == deck.id
        }
        setting = _setting(deck, names)
        guid, known = anki_names.guids(deck), options.written.get(deck.id, {})
        home = {section: place for (owner, section), place in places.items() if owner == deck.id}
        for card in deck.cards:
            content = card.content
            if not card.id:
                raise QuizgenError(_nameless(deck, card))
            name = guid(card)
            if name in seen:
                raise QuizgenError(
                    f"two cards have the id {card.id!r} in the deck {deck.title!r}; "
                    "Anki would mix them up: take the stamp off the newer one",
                )
            seen.add(name)
            written = known.get(card.id) or _written(deck, card, setting)
            if not written.ordinals or (isinstance(content, Choice) and not content.keys):
                raise QuizgenError(_unasked(deck, card))
            yield PackedNote._make(
                (
                    anki_fields.note_type(content),
                    name,
                    written.fields,
                    written.tags,
                    _seconds(card.stamp.mod.partition("-")[0]),
                    home[card.section],
                    written.ordinals,
                    card.state == "dropped",
                )
            )


def _changed(card: Card) -> str:
    """Take the time out of a card's stamp, as it stands there."""
    return card.stamp.mod.partition("-")[0]


@lru_cache(4096)
def _seconds(changed: str) -> int:
    return int(changed) if _MOD.fullmatch(changed) else FIRST_MOD


def _nameless(deck: Deck, card: Card) -> str:
    question = markup.to_plain(identity.question(card.content))
    return (
        f"a card of {deck.title!r} has no id yet ({question[:60]!r}); "
        "stamp it with `quizgen check --fix`"
    )


def _unasked(deck: Deck, card: Card) -> str:
    """Say why Anki could show nothing of a card, which nobody would ever notice there."""
    where = f"the card {card.id!r} of {deck.title!r}"
    if isinstance(card.content, Choice) and not card.content.keys:
        return f"{where} has no right option; mark one with [x]"
    return f"{where} would make no card in Anki: nothing in it is asked"


def _description(deck: Deck) -> str:
    """Say below the deck's name in Anki what its cards were made from."""
    names = [source.rstrip("/").rpartition("/")[2] for source in deck.sources]
    listed = ", ".join(markup.words_to_anki(name) for name in dict.fromkeys(names) if name)
    return f"Made with quizgen from {listed}." if listed else "Made with quizgen."
