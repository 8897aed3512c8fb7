"""Say which cards ask for the main ideas of a work."""

from __future__ import annotations

from quizgen import importance
from quizgen.model import Card, Deck, Work

_MOST = 20


def of_cards(work: Work, deck: Deck) -> tuple[frozenset[str], ...]:
    """Give, for each main idea from the most important on, the ids of the cards that rest on it."""
    ideas = importance.rank(work, most=_MOST)
    told = [{" ".join(point.said.text.split()) for point in idea.points} for idea in ideas]
    return tuple(
        frozenset(card.id for card in deck.cards if any(_rests_on(card, said) for said in points))
        for points in told
    )


def _rests_on(card: Card, said: str) -> bool:
    words = (" ".join(evidence.text.split()) for evidence in card.evidence)
    return any(each and (each in said or said in each) for each in words)
