"""Write decks as one Anki package that updates what a person already studies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from quizgen import identity, markup
from quizgen.errors import QuizgenError
from quizgen.exports import Options, anki_fields, anki_notetypes
from quizgen.model import Card, Choice, Deck

if TYPE_CHECKING:
    from quizgen.exports import anki_package

FIRST_MOD = 1767225600
"""When a note last changed whose card carries no `mod`: 2026-01-01, before any real one."""

_MOD = re.compile(r"(\d{1,11})(?:-.*)?", re.DOTALL)
_BAD_IN_TAGS = re.compile("[\\s\"'*\\\\<>&\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def export(decks: tuple[Deck, ...], options: Options) -> Mapping[str, bytes]:
    """Write decks as one `.apkg`, a card's `mod` saying when it changed.

    Raises `QuizgenError` for a card that Anki could not show, and for a card without an id or
    with one that is taken.
    """
    from quizgen.exports import anki_package  # noqa: PLC0415 - genanki is heavy

    packed = tuple(_packed(decks))
    if not any(deck.notes for deck in packed):
        raise QuizgenError("there is no card to export; keep some with `quizgen review`")
    looks = {
        note_type: anki_notetypes.look(note_type, options.templates)
        for note_type in anki_notetypes.NOTE_TYPES
    }
    return {".apkg": anki_package.pack(packed, looks)}


def fingerprint(deck: Deck, card: Card) -> str:
    """Hash what a card's note shows, for the part of `mod` that tells whether it has changed.

    The deck takes no part in it yet: its title is the name of the Anki deck, and Anki keeps
    cards where they are when that changes.
    """
    del deck
    return _hash(card, anki_fields.write(card), tags(card))


def _hash(card: Card, fields: Mapping[str, str], written: tuple[str, ...]) -> str:
    # Only what is filled in counts, so that a field taken into use later leaves old notes alone.
    shown = sorted(f"{name}\x1f{html}" for name, html in fields.items())
    kind = anki_fields.note_type(card.content).name
    note = "\x1e".join((kind, *shown, "tags", *written))
    return hashlib.sha256(note.encode("utf-8")).hexdigest()[:8]


def guid(deck: Deck, card: Card) -> str:
    """Name a note for good, whatever becomes of its words, in letters and digits only."""
    return f"{_alphanumeric(deck.id)}Q{_alphanumeric(card.id)}"


def _alphanumeric(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text
    return "".join(
        char if char.isascii() and char.isalnum() else f"X{ord(char):x}X" for char in text
    )


def tags(card: Card) -> tuple[str, ...]:
    """Write a card's tags as Anki takes them, each once, and mark a draft."""
    if not card.tags and card.state != "draft":
        return ()
    wanted = [*card.tags, *(("quizgen::draft",) if card.state == "draft" else ())]
    written = (re.sub(":{3,}", "::", _BAD_IN_TAGS.sub("_", tag.strip())) for tag in wanted)
    return tuple(dict.fromkeys(tag for tag in (tag.strip(":") for tag in written) if tag))


def deck_name(deck: Deck) -> str:
    """Name the Anki deck, whose `::` would make subdecks and whose `Default` is Anki's own."""
    name = re.sub(" *:{2,} *", ": ", markup.words_to_plain(deck.title)).strip()
    if not name:
        return f"Deck {_alphanumeric(deck.id)}"
    return f"{name} (quizgen)" if name.casefold() == "default" else name


def _packed(decks: tuple[Deck, ...]) -> Iterator[anki_package.PackedDeck]:
    """Gather the notes of decks with one title, which are one deck to Anki, and order them."""
    from quizgen.exports import anki_package  # noqa: PLC0415 - genanki is heavy

    seen: set[str] = set()
    named: dict[str, tuple[Deck, list[anki_package.PackedNote]]] = {}
    for deck in decks:
        _, notes = named.setdefault(deck_name(deck).casefold(), (deck, []))
        for card in deck.cards:
            note = _note(deck, card)
            if note.guid in seen:
                raise QuizgenError(
                    f"two cards have the id {card.id!r} in the deck {deck.title!r}; "
                    "Anki would mix them up: take the stamp off the newer one",
                )
            seen.add(note.guid)
            notes.append(note)
    for deck, notes in named.values():
        if notes:
            yield anki_package.PackedDeck(_deck_id(deck), deck_name(deck), tuple(notes))


def _note(deck: Deck, card: Card) -> anki_package.PackedNote:
    from quizgen.exports import anki_package  # noqa: PLC0415 - genanki is heavy

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
    fields = anki_fields.write(card)
    written = tags(card)
    fields["Hash"] = _hash(card, fields, written)
    return anki_package.PackedNote(
        note_type,
        guid(deck, card),
        tuple(fields.get(name, "") for name in note_type.fields),
        written,
        _mod(card),
        where,
    )


def _mod(card: Card) -> int:
    found = _MOD.fullmatch(card.stamp.mod)
    return int(found[1]) if found else FIRST_MOD


def _deck_id(deck: Deck) -> int:
    """Make the number that Anki wants of a deck, far from those it gives itself."""
    digest = hashlib.sha256(deck.id.encode("utf-8", "surrogatepass")).digest()
    return (1 << 40) + int.from_bytes(digest[:5], "big")
