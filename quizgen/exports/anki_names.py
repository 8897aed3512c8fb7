"""Name what a deck's cards get in Anki: guids, decks and tags."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from quizgen import markup
from quizgen.model import Card, Deck

DRAFT: Final = "quizgen::draft"
REMOVED: Final = "quizgen::removed"
OURS: Final = "quizgen::"
"""What the tags begin with that an export writes, and that reading back passes over."""

GONE: Final = "anki=gone"
"""Marks a card, in its stamp, that the person deleted in Anki."""

_BAD_IN_TAGS = re.compile("[\\s\"'*\\\\<>&\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def guid(deck: Deck, card: Card) -> str:
    """Name a note for good, whatever becomes of its words, in letters and digits only."""
    return guids(deck)(card)


def guids(deck: Deck) -> Callable[[Card], str]:
    """Name the notes of a deck."""
    ours = f"{_alphanumeric(deck.id)}Q"
    return lambda card: ours + _alphanumeric(card.id)


def _alphanumeric(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text
    return "".join(
        char if char.isascii() and char.isalnum() else f"X{ord(char):x}X" for char in text
    )


# --- decks -------------------------------------------------------------------


def deck_name(deck: Deck) -> str:
    """Name the Anki deck: as the front matter does, or else after the title.

    Anki finds decks by name alone, so one that was exported keeps its name whatever its title
    becomes; `::` makes subdecks only where a person wrote it into `anki_deck`.
    """
    return _named(deck.anki_deck, deck.title) or f"Deck {_alphanumeric(deck.id)}"


@lru_cache(256)
def _named(path: str, title: str) -> str:
    parts = path.split("::") if path else [title]
    named = [name for name in map(_part, parts) if name]
    if not named:
        return ""
    # Anki keeps the name for a deck of its own.
    if named[0].casefold() == "default":
        named[0] = f"{named[0]} (quizgen)"
    return "::".join(named)


def work(deck: Deck) -> str:
    """Name the work of a deck's cards, which is the last part of its name in Anki."""
    return deck_name(deck).rpartition("::")[2]


def subdeck(deck: Deck, card: Card) -> str:
    """Name the Anki deck of one card: its section's, where the deck asks for that."""
    name = deck_name(deck)
    section = _part(markup.to_plain(card.section)) if "subdecks" in deck.anki_options else ""
    return f"{name}::{section}" if section else name


def _part(name: str) -> str:
    return re.sub(" *:{2,} *", ": ", markup.words_to_plain(name)).strip()


def deck_id(deck: Deck, name: str) -> int:
    """Make the number that Anki wants of a deck, far from those it gives itself."""
    seed = deck.id if name == deck_name(deck) else f"{deck.id} {name}"
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()
    return (1 << 40) + int.from_bytes(digest[:5], "big")


# --- tags --------------------------------------------------------------------


def tags(deck: Deck, card: Card) -> tuple[str, ...]:
    """List a card's tags, each once: the person's, then those that an export adds.

    The latter tell work, section, speaker and kind, and what is to be done with a draft or with
    a card that was withdrawn.
    """
    written = [found for found in map(plain_tag, card.tags) if found]
    rule = "" if card.stamp.rule == "hand" else card.stamp.rule
    speaker = next((each.speaker for each in card.evidence if each.speaker), "")
    written.extend(_told(work(deck), card.section, speaker, rule))
    if card.state == "draft":
        written.append(DRAFT)
    if card.state == "dropped":
        written.append(REMOVED)
    return tuple(dict.fromkeys(written))


@lru_cache(4096)
def _told(work: str, section: str, speaker: str, kind: str) -> tuple[str, ...]:
    named = (("work", work), ("section", section), ("speaker", speaker), ("kind", kind))
    return tuple(f"{OURS}{name}::{leaf}" for name, value in named if (leaf := _leaf(value)))


@lru_cache(4096)
def plain_tag(tag: str) -> str:
    """Write a tag as Anki takes it."""
    return re.sub(":{3,}", "::", _BAD_IN_TAGS.sub("_", tag.strip())).strip(":")


@lru_cache(4096)
def _leaf(words: str) -> str:
    """Write words as one level of a tag."""
    if not words:
        return ""
    return re.sub(":{2,}", ":", _BAD_IN_TAGS.sub("_", markup.to_plain(words).strip())).strip(":_")
