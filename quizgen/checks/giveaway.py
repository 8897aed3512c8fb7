"""Judge whether one card of a deck answers another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from quizgen.checks import _text, deck
from quizgen.model import Card, Choice

# More cards than this with a stem, and the stem says nothing; the bound keeps the work flat.
_CROWD: Final = 40


class Asked(NamedTuple):
    """The stems of what is asked: what asks, what is to be answered, and all that is seen."""

    front: frozenset[str]
    back: frozenset[str]
    seen: frozenset[str]


def cross_card_giveaway(cards: Sequence[Card]) -> Iterator[tuple[int, str]]:
    """Yield cards whose answer stands, with what asks for it, on the front of another."""
    told = -1
    for at, other in given([_asked(card) for card in cards]):
        if at != told and not _are_twins(cards[at], cards[other]):
            told = at
            name = deck.named(cards[other])
            yield at, f"{name} gives the answer away: bury one, or reword it."


def given(asked: Sequence[Asked]) -> Iterator[tuple[int, int]]:
    """Yield what is given away, in order, each time with one that gives it away."""
    count: Counter[str] = Counter(stem for each in asked for stem in each.seen)
    by_stem: defaultdict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(asked):
        for stem in each.seen:
            if count[stem] <= _CROWD:
                by_stem[stem].append(at)
    # Whom and what the whole deck is about asks for nothing.
    usual = max(4, len(asked) // 10)
    everywhere = frozenset(stem for stem, times in count.items() if times > usual)
    for at, each in enumerate(asked):
        if not each.back:
            continue
        rarest = min(each.back, key=lambda stem: (count[stem], stem))
        front = each.front - each.back - everywhere
        for other in by_stem.get(rarest, ()):
            seen = asked[other].seen
            if other != at and each.back <= seen and _is_cue(front, seen):
                yield at, other


def read(front: str, back: str, seen: str) -> Asked:
    """Take the stems of what is asked."""
    return Asked(_text.stems(front), _answer(back), _text.stems(seen))


def _asked(card: Card) -> Asked:
    shown = _text.face(card.content)
    is_open = shown.form == "truth" or _text.is_quote(card)
    back = frozenset[str]() if is_open else _answer(shown.back)
    return Asked(_text.stems(shown.front), back, _shown(card))


def _shown(card: Card) -> frozenset[str]:
    shown = _text.face(card.content)
    options = ""
    if isinstance(card.content, Choice) and shown.form == "choice":
        options = " ".join(_text.plain(option) for option in card.content.options)
    return _text.stems(f"{shown.front} {options}")


def _answer(back: str) -> frozenset[str]:
    """Take the stems of an answer; a bare small number stands on every other front."""
    stems = _text.stems(back)
    return stems if any(not stem.isdigit() or len(stem) > 2 for stem in stems) else frozenset()


def _is_cue(front: frozenset[str], seen: frozenset[str]) -> bool:
    """Claim that the other front has what this one asks with, and not only its subject."""
    shared = len(front & seen)
    return shared >= 2 and 3 * shared >= len(front)


def _are_twins(one: Card, other: Card) -> bool:
    return any(True for _ in deck.twins((one, other)))
