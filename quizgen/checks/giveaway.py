"""Judge whether one card of a deck answers another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from quizgen.checks import _text, deck
from quizgen.model import Card, Choice

# More cards than this with a stem, and the stem says nothing; the bound keeps the work flat.
_CROWD: Final = 40


def cross_card_giveaway(cards: Sequence[Card]) -> Iterator[tuple[int, str]]:
    """Yield cards whose answer stands, with what asks for it, on the front of another."""
    seen = [_shown(card) for card in cards]
    count: Counter[str] = Counter(stem for stems in seen for stem in stems)
    by_stem: defaultdict[str, list[int]] = defaultdict(list)
    for at, stems in enumerate(seen):
        for stem in stems:
            if count[stem] <= _CROWD:
                by_stem[stem].append(at)
    # Whom and what the whole deck is about asks for nothing.
    usual = max(4, len(cards) // 10)
    everywhere = frozenset(stem for stem, times in count.items() if times > usual)
    for at, card in enumerate(cards):
        shown = _text.face(card.content)
        back = _answer(shown.back)
        if not back or shown.form == "truth" or _text.is_quote(card):
            continue
        rarest = min(back, key=lambda stem: (count[stem], stem))
        front = _text.stems(shown.front) - back - everywhere
        for other in by_stem.get(rarest, ()):
            if (
                other != at
                and back <= seen[other]
                and _is_cue(front, seen[other])
                and not _are_twins(card, cards[other])
            ):
                name = deck.named(cards[other])
                yield at, f"{name} gives the answer away: bury one, or reword it."
                break


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
