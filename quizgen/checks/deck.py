"""Judge the cards of a deck against each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from quizgen.checks import _text
from quizgen.model import Card

# A stem that more cards share says nothing of two of them; the bound keeps the work per card flat.
_CROWD: Final = 12

_WHERE: Final = re.compile(r"^In (?:the context of )?“[^”]*”, ")


class _Sketch(NamedTuple):
    """What two cards are compared by."""

    front: frozenset[str]
    back: frozenset[str]
    last: str
    marks: frozenset[str]


def identical(cards: Sequence[Card]) -> Iterator[tuple[int, str]]:
    """Yield cards with the front and back of another, kept cards and earlier ones aside."""
    for first, at in _equals(cards):
        yield at, f"The card is the same as {named(cards[first])}: drop one."


def similar(cards: Sequence[Card]) -> Iterator[tuple[int, str]]:
    """Yield cards that ask for the same fact as another in other words."""
    for first, at in _alike(cards):
        yield at, f"The card asks for the same as {named(cards[first])}: keep the better one."


def twins(cards: Sequence[Card]) -> Iterator[tuple[int, int]]:
    """Yield the positions of cards that ask for one fact: the one to keep, then the other."""
    yield from _equals(cards)
    yield from _alike(cards)


def _equals(cards: Sequence[Card]) -> Iterator[tuple[int, int]]:
    first: dict[str, int] = {}
    for at in _order(cards):
        same_as = first.setdefault(_key(cards[at]), at)
        if same_as != at:
            yield same_as, at


def _alike(cards: Sequence[Card]) -> Iterator[tuple[int, int]]:
    # Of identical cards only the first is compared: `identical` names the others.
    keys = [_key(card) for card in cards]
    order = _order(cards)
    first = {keys[at]: at for at in reversed(order)}
    order = [at for at in order if first[keys[at]] == at]
    sketches = {at: _sketch(cards[at]) for at in order}
    count = Counter(stem for sketch in sketches.values() for stem in sketch.front)
    by_answer: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    by_question: dict[frozenset[str], int] = {}
    for at in order:
        sketch = sketches[at]
        if not sketch.front or not sketch.back:
            continue
        rare = sorted(sketch.front, key=lambda stem: (count[stem], stem))
        candidates = {other for stem in rare for other in by_answer[sketch.last, stem][-_CROWD:]}
        candidates |= {by_question.setdefault(sketch.front, at)} - {at}
        twin = min((o for o in candidates if _is_twin(sketch, sketches[o])), default=-1)
        if twin >= 0:
            yield twin, at
        for stem in rare:
            by_answer[sketch.last, stem].append(at)


def _order(cards: Sequence[Card]) -> list[int]:
    """Put what a person kept first, so that the newcomer is the one to be named."""
    return sorted(range(len(cards)), key=lambda at: (cards[at].state != "kept", at))


def _key(card: Card) -> str:
    return "\n".join(_text.norm(part).casefold() for part in _text.fields(card.content))


def _sketch(card: Card) -> _Sketch:
    shown = _text.face(card.content)
    back = shown.back or ("true" if _text.is_said_to_be_true(card.content) else "false")
    # Where it is asked says nothing of what is asked.
    front = _WHERE.sub("", shown.front)
    marks = frozenset(
        word.casefold()
        for word in _text.tokens(front)[1:]
        if word[0].isupper() or word[0].isdigit()
    )
    told = _text.tokens(back)
    return _Sketch(_text.stems(front), _answer(back), _text.stem(told[-1]) if told else "", marks)


def _answer(back: str) -> frozenset[str]:
    return _text.stems(back) or frozenset(word.casefold() for word in _text.tokens(back))


def _is_twin(one: _Sketch, other: _Sketch) -> bool:
    if one.front == other.front:
        return 2 * len(one.back & other.back) >= len(one.back | other.back)
    # "Who wrote Hamlet" and "Who wrote Macbeth" each name what the other does not.
    if one.marks - other.marks and other.marks - one.marks:
        return False
    # Picasso is Pablo Picasso, asked in the same words.
    if one.back != other.back and not (one.back < other.back or other.back < one.back):
        return False
    shared = len(one.front & other.front)
    shorter = min(len(one.front), len(other.front))
    if shared < min(2, shorter):
        return False
    both = len((one.front | one.back) & (other.front | other.back))
    if one.back != other.back:
        return 2 * shared >= len(one.front | other.front)
    return shared >= 0.6 * shorter or 2 * both >= len(
        one.front | one.back | other.front | other.back
    )


def named(card: Card) -> str:
    """Name a card by the start of its front, and by its id."""
    front = _text.face(card.content).front
    short = front if len(front) <= 60 else front[:59].rstrip() + "…"
    return f"“{short}”" + (f" ({card.id})" if card.id else "")
