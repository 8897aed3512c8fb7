"""Order new cards so that a reviewer meets those that are close to each other together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quizgen import identity, words
from quizgen.model import Basic, Card, Choice, Cloze

_NEAR: Final = 0.4
"""Share of telling words that two cards have in common, from which they are close."""


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What two cards are compared by: the words they rest on, and the stems they show."""

    rests: str
    stems: frozenset[str]


def arranged(
    cards: Iterable[Card], puts_off: Callable[[Card], bool] = lambda _: False
) -> Iterator[Card]:
    """Yield cards section by section, as sections first appear: ready ones first, near ones near.

    A rough card that is close to a ready one follows it. What is of a sort that the person mostly
    rejects comes at the end of its section.
    """
    sections: dict[str, list[Card]] = {}
    for card in cards:
        sections.setdefault(card.section, []).append(card)
    for mine in sections.values():
        mine.sort(key=lambda card: card.tier != "ready")
        yield from _together([card for card in mine if not puts_off(card)])
        yield from _together([card for card in mine if puts_off(card)])


def _together(cards: Sequence[Card]) -> Iterator[Card]:
    """Yield cards in order, each followed by those that are close to it."""
    left = [(card, _sketch(card)) for card in cards]
    while left:
        group, left = left[:1], left[1:]
        for _, known in group:  # the group grows while it is gone through
            group += [each for each in left if _is_near(known, each[1])]
            left = [each for each in left if not _is_near(known, each[1])]
        yield from sorted((card for card, _ in group), key=lambda card: card.tier != "ready")


def _sketch(card: Card) -> _Sketch:
    match card.content:
        case Basic(answer=answer):
            more = answer
        case Cloze():
            more = ""
        case Choice(options=options, keys=keys):
            more = " ".join(options[key] for key in keys)
    rests = " ".join(card.evidence[0].text.split()) if card.evidence else ""
    return _Sketch(rests, words.content_stems(f"{identity.question(card.content)} {more}"))


def _is_near(one: _Sketch, other: _Sketch) -> bool:
    if one.rests and one.rests == other.rests:
        return True
    return len(one.stems & other.stems) >= _NEAR * max(1, len(one.stems | other.stems))
