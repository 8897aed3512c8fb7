"""Learn from what a person keeps and drops which cards to offer later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from quizgen.model import Basic, Card, Choice, Cloze

_FEWEST: Final = 5
"""Settled cards from which a person's judgement of a rule is one."""
_LIKED: Final = 0.4
"""Share kept below which the cards of a rule come later."""
_SAYS_NOTHING: Final = ("merged into ^", "now ^", "said elsewhere")
"""Reasons that speak of another card and not of how this one was made."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the settled cards of one rule or kind were judged, and the reason given most often."""

    name: str
    kept: int
    dropped: int
    why: str = ""

    @property
    def is_poor(self) -> bool:
        """Claim that a person mostly rejects them; one more of each keeps few from saying much."""
        settled = self.kept + self.dropped
        return settled >= _FEWEST and (self.kept + 1) / (settled + 2) < _LIKED

    @property
    def sentence(self) -> str:
        """Say why they come later."""
        why = f", mostly as {self.why}" if self.why else ""
        settled = self.kept + self.dropped
        return f"{self.name} come later: you dropped {self.dropped} of {settled}{why}"


@dataclass(frozen=True, slots=True)
class Taste:
    """What a person mostly rejects: rules by name, and kinds of card."""

    rules: Mapping[str, Verdict] = field(default_factory=dict[str, Verdict])
    kinds: Mapping[str, Verdict] = field(default_factory=dict[str, Verdict])

    def puts_off(self, card: Card) -> bool:
        """Claim that a card is of a sort that the person mostly rejects."""
        return card.stamp.rule in self.rules or _kind(card) in self.kinds

    def sentences(self, cards: Iterable[Card]) -> list[str]:
        """Say for which of these cards it makes a difference, and why."""
        found: dict[str, Verdict] = {}
        for card in cards:
            verdict = self.rules.get(card.stamp.rule) or self.kinds.get(_kind(card))
            if verdict:
                found[verdict.name] = verdict
        return [verdict.sentence for verdict in found.values()]


def taste(decks: Iterable[tuple[Sequence[Card], Mapping[str, str]]]) -> Taste:
    """Learn from decks, each with the reasons of its dropped cards by their ids.

    Cards that a person wrote say nothing, nor do cards dropped for the sake of another. A kind is
    judged by the cards of the rules that are not rejected anyway.
    """
    settled = [
        (card, reasons.get(card.id, ""))
        for cards, reasons in decks
        for card in cards
        if card.state != "draft" and card.stamp.rule not in ("", "hand")
    ]
    settled = [(card, why) for card, why in settled if not why.startswith(_SAYS_NOTHING)]
    rules = _poor(
        _Judged(card.stamp.rule, f"cards of the rule {card.stamp.rule}", card.state == "kept", why)
        for card, why in settled
    )
    kinds = _poor(
        _Judged(_kind(card), f"{_kind(card)} cards", card.state == "kept", why)
        for card, why in settled
        if card.stamp.rule not in rules
    )
    return Taste(rules, kinds)


class _Judged(NamedTuple):
    key: str
    name: str
    kept: bool
    why: str


def _poor(judged: Iterable[_Judged]) -> dict[str, Verdict]:
    names: dict[str, str] = {}
    kept: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = {}
    for key, name, is_kept, why in judged:
        names[key] = name
        (kept if is_kept else dropped)[key] += 1
        if why and not is_kept:
            reasons.setdefault(key, Counter())[why] += 1
    found: dict[str, Verdict] = {}
    for key, name in names.items():
        most = reasons.get(key, Counter[str]()).most_common(1)
        why = most[0][0] if most and 2 * most[0][1] > dropped[key] else ""
        verdict = Verdict(name, kept[key], dropped[key], why)
        if verdict.is_poor:
            found[key] = verdict
    return found


def _kind(card: Card) -> str:
    match card.content:
        case Basic():
            return "basic"
        case Cloze():
            return "cloze"
        case Choice():
            return "choice"
