"""Draw lots that every machine draws alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from quizgen.model import Card


def draw(*parts: str) -> str:
    """Turn a seed and names into something to sort by."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def names(cards: Iterable[Card]) -> tuple[str, ...]:
    """Name cards by their ids; one without an id yet by what it says."""
    return tuple(card.id or repr(card.content) for card in cards)
