"""Gather from the decks of a folder how a person judged their cards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from quizgen import learning, store
from quizgen.errors import QuizgenError
from quizgen.learning import Taste
from quizgen.review import progress
from quizgen.store import Stored


def of_folder(folder: Path, known: Stored | None = None) -> Taste:
    """Learn from every deck of a folder; one that cannot be read is passed over.

    `known` is a deck that has been read already.
    """
    found = list(_decks(folder, known))
    if known and all(each.path != known.path for each in found):
        found.append(known)
    return learning.taste(
        (each.deck.cards, progress.reasons_of(each.deck, each.history.told)) for each in found
    )


def _decks(folder: Path, known: Stored | None) -> Iterator[Stored]:
    if not folder.is_dir():
        return
    for path in store.decks(folder):
        if known and path == known.path:
            yield known
            continue
        try:
            yield store.load(path, tolerant=True)
        except QuizgenError:
            continue
