"""Say where a person stands in a deck, how long the rest will take, and what came of it."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from statistics import median

from quizgen.history import Event
from quizgen.model import Card, Deck, State
from quizgen.review import steps

_PAUSE = 120.0  # seconds: who takes longer has been away
_FEWEST = 3  # decisions that make a pace


@dataclass(frozen=True, slots=True)
class Standing:
    """How many cards are settled and left; `minutes` is 0 while there is no pace yet."""

    decided: int
    left: int
    kept: int
    dropped: int
    flagged: int
    minutes: int = 0

    @property
    def share(self) -> float:
        """Return how much of the deck is settled, from 0 to 1."""
        return self.decided / max(1, self.decided + self.left)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cards with an id are in each state; `flagged` counts drafts."""

    left: int = 0
    kept: int = 0
    dropped: int = 0
    flagged: int = 0


def recount(known: Counts, before: Sequence[Card], now: Sequence[Card]) -> Counts:
    """Count cards where those of `before` came to `known`, looking only at the ones that changed.

    It runs at every key, over thousands of cards of which one is another.
    """
    if len(before) != len(now):
        return _counted(now)
    is_other = [*map(operator.is_not, before, now)]
    gone, new = _counted(compress(before, is_other)), _counted(compress(now, is_other))
    return Counts(
        known.left - gone.left + new.left,
        known.kept - gone.kept + new.kept,
        known.dropped - gone.dropped + new.dropped,
        known.flagged - gone.flagged + new.flagged,
    )


def _counted(cards: Iterable[Card]) -> Counts:
    named = [card for card in cards if card.id]
    states = Counter(card.state for card in named)
    flagged = sum(card.state == "draft" and steps.is_flagged(card) for card in named)
    return Counts(states["draft"], states["kept"], states["dropped"], flagged)


def standing(counts: Counts, decided_at: Sequence[float] = ()) -> Standing:
    """Say where one stands; `decided_at` are the seconds of a session's decisions, by any clock.

    Minutes left come from the middle gap between decisions, so that one pause says nothing.
    """
    times = sorted(decided_at)
    gaps = [b - a for a, b in pairwise(times) if b - a <= _PAUSE]
    minutes = 0
    if len(gaps) >= _FEWEST and counts.left:
        minutes = max(1, round(median(gaps[-50:]) * counts.left / 60))
    decided = counts.kept + counts.dropped
    return Standing(decided, counts.left, counts.kept, counts.dropped, counts.flagged, minutes)


def bar(now: Standing, width: int) -> str:
    """Draw how much is settled, in characters that every terminal has."""
    full = round(now.share * width)
    return "█" * full + "░" * (width - full)


def sentence(now: Standing) -> str:
    """Say where one stands."""
    left = f"{now.decided} decided · {now.left} left"
    if now.flagged:
        left += f" ({now.flagged} for later)"
    return f"{left} · about {now.minutes} min" if now.minutes else left


# --- what came of it ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How the cards of one rule, model or kind were judged."""

    name: str
    kept: int
    dropped: int

    @property
    def share(self) -> float:
        """Return the share that was kept."""
        return self.kept / max(1, self.kept + self.dropped)


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a deck: `dropped` by reason, and the acceptance of each rule."""

    kept: int
    edited: int
    dropped: Mapping[str, int]
    left: int
    rules: tuple[Acceptance, ...]


def summary(deck: Deck, told: Sequence[Event]) -> Summary:
    """Sum a review up, from the deck as it is and what the log tells of it."""
    reasons = reasons_of(deck, told)
    dropped = Counter(_told(reasons[card.id]) for card in deck.cards if card.id in reasons)
    undone = {event.step for event in told if event.what == "undone"}
    undone -= {event.step for event in told if event.what == "redone"}
    edited = {
        event.card
        for event in told
        if event.what == "edited"
        and event.step
        and event.step not in undone
        and "flagged" not in event.why
    }
    here = {card.id for card in deck.cards}
    return Summary(
        kept=sum(card.state == "kept" for card in deck.cards),
        edited=len(edited & here),
        dropped=dict(dropped.most_common()),
        left=sum(card.state == "draft" for card in deck.cards),
        rules=acceptance(deck.cards),
    )


def acceptance(cards: Iterable[Card]) -> tuple[Acceptance, ...]:
    """Tell how the settled cards of each rule were judged, the most used first."""
    states: dict[str, Counter[State]] = {}
    for card in cards:
        if card.stamp.rule and card.stamp.rule != "hand" and card.state != "draft":
            states.setdefault(card.stamp.rule, Counter())[card.state] += 1
    rows = (Acceptance(rule, n["kept"], n["dropped"]) for rule, n in states.items())
    return tuple(sorted(rows, key=lambda row: (-row.kept - row.dropped, row.name)))


def reasons_of(deck: Deck, told: Iterable[Event]) -> dict[str, str]:
    """Give the reason of every card that is dropped now, empty where none was given."""
    said: dict[str, str] = {}
    for event in told:
        if event.what == "dropped":
            said[event.card] = event.why
    return {card.id: said.get(card.id, "") for card in deck.cards if card.state == "dropped"}


def _told(reason: str) -> str:
    """Gather reasons that name a card under one word."""
    if reason.startswith("merged into ^"):
        return "merged"
    if reason.startswith("now ^"):
        return "now of another kind"
    return reason or "no reason given"


def details(found: Summary) -> list[str]:
    """Write the reasons and the acceptance of rules, a line for each."""
    said: list[str] = []
    if found.dropped:
        reasons = ", ".join(f"{count} {reason}" for reason, count in found.dropped.items())
        said.append(f"dropped: {reasons}")
    if found.rules:
        rules = ", ".join(f"{r.name} {r.kept} of {r.kept + r.dropped}" for r in found.rules)
        said.append(f"kept by rule: {rules}")
    return said


def lines(found: Summary) -> list[str]:
    """Write a summary for a terminal or a page."""
    dropped = sum(found.dropped.values())
    said = f"{found.kept} kept, {found.edited} edited, {dropped} dropped, {found.left} left"
    return [said, *details(found)]
