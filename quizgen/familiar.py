"""Tell which new cards a person already has among their notes in Anki."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from quizgen import checks
from quizgen.model import Card

MARK: Final = "flag=in-anki"
"""Marks a card, in its stamp, that asks what the person has in Anki already."""


@dataclass(frozen=True, slots=True)
class Familiar:
    """A new card by its id, and the note of the person's that asks for the same."""

    card: str
    note: Card


def find(new: Sequence[Card], known: Sequence[Card]) -> tuple[Familiar, ...]:
    """Find new cards that ask for what a known one asks, by question and answer."""
    if not new or not known:
        return ()
    # What a person keeps comes first, so that of two twins the newcomer is the one named.
    kept = [replace(card, state="kept") for card in known]
    drafts = [replace(card, state="draft") for card in new]
    pairs = {second: first for first, second in checks.twins([*kept, *drafts])}
    return tuple(
        Familiar(card.id, known[pairs[at]])
        for at, card in enumerate(new, len(known))
        if pairs.get(at, at) < len(known)
    )


def marked(card: Card) -> Card:
    """Mark a card as one that the person has already; it stays a draft like any other."""
    if is_marked(card):
        return card
    return replace(card, stamp=replace(card.stamp, extra=(*card.stamp.extra, MARK)))


def is_marked(card: Card) -> bool:
    """Claim that a card was found among the person's notes when it was made."""
    return MARK in card.stamp.extra
