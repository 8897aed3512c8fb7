"""Read what a person has in Anki, and name the new cards that ask for the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from quizgen import cloze, files, identity, markup, store
from quizgen.making import Made
from quizgen.model import Card, Work

_SHOWN = 70  # letters of a question


def read(paths: Sequence[Path]) -> list[tuple[str, Card]]:
    """Read the cards of Anki's files, each with its note's guid."""
    if not paths:
        return []
    from quizgen.anki import asking, packages  # noqa: PLC0415 - help needs no SQLite

    return [
        (note.guid, card)
        for path in paths
        for note in packages.read(files.read(path), str(path)).notes
        for card in asking.read(note).cards
    ]


def of_others(notes: Sequence[tuple[str, Card]], work: Work, deck: Path | None) -> tuple[Card, ...]:
    """Leave out what was exported from the work's own deck: that is no news to it."""
    if not notes:
        return ()
    own = f"{store.load(deck).deck.id if deck else work.id}Q"
    return tuple(card for guid, card in notes if not guid.startswith(own))


def lines(made: Made) -> Iterator[str]:
    """Name the new cards that the person has in Anki already."""
    cards = {card.id: card for card in made.deck.cards}
    for each in made.known:
        asked, theirs = (_asked(card) for card in (cards[each.card], each.note))
        same = "" if asked == theirs else f", as “{theirs}”"
        yield f"^{each.card} “{asked}” is in Anki already{same}"


def _asked(card: Card) -> str:
    said = " ".join(markup.to_plain(cloze.filled(identity.question(card.content))).split())
    return said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1].rstrip()}…"
