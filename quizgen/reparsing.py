"""Read a deck again that was read before, and only the cards that have changed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from quizgen import deckfile
from quizgen.deckfile import DeckText, Place, Section

_FRONT = '+++\nformat = 1\nid = "x"\ntitle = "x"\nsources = []\n+++\n'
"""What makes a deck of a few cards; its words are never seen."""


def reparse(known: DeckText, text: str) -> DeckText:
    """Return what `deckfile.parse(text)` would, taking unchanged cards from `known`.

    Raise `DeckSyntaxError` as it does.
    """
    if text == known.text:
        return known
    return _patched(known, text) or deckfile.parse(text)


def _patched(known: DeckText, text: str) -> DeckText | None:
    """Read the cards that a change touches; None where it may reach beyond them."""
    if known.errors or not known.places:
        return None
    start = _common(known.text, text)
    end = _common_end(known.text, text, min(len(known.text), len(text)) - start)
    first = bisect_right(known.places, start, key=lambda place: place.start) - 1
    if first < 0:
        return None
    begin = known.places[first].start
    section = bisect_right(known.sections, begin, key=lambda found: found.start) - 1
    last = max(first, bisect_right(known.places, end, key=lambda place: place.start) - 1)
    # A change that ends where a card begins may have moved that card from the start of its line.
    stop = known.places[last + 1].start if last + 1 < len(known.places) else len(known.text)
    stop = min(stop, known.sections[section].end)
    if end >= stop and stop < len(known.text):
        return None
    moved = len(text) - len(known.text)
    read = deckfile.parse(_FRONT + text[begin : stop + moved])
    if read.errors or len(read.sections) > 1 or not read.places:
        return None
    if read.places[0].start != len(_FRONT):
        return None
    return _joined(known, text, read, (first, last + 1, begin, section))


def _joined(
    known: DeckText, text: str, read: DeckText, where: tuple[int, int, int, int]
) -> DeckText | None:
    first, after, begin, section = where
    name = known.sections[section].name
    cards = (
        *known.deck.cards[:first],
        *(replace(card, section=name) for card in read.deck.cards),
        *known.deck.cards[after:],
    )
    if _has_twins(known, read, first, after):
        return None
    moved = len(text) - len(known.text)
    down = begin - len(_FRONT)
    top = known.places[first].line - read.places[0].line
    fresh = (Place(place.start + down, place.end + down, place.line + top) for place in read.places)
    rest = known.places[after:]
    shift = 0
    if rest:
        lines = text.count("\n", begin, rest[0].start + moved)
        shift = known.places[first].line + lines - rest[0].line
    places = (
        *known.places[:first],
        *fresh,
        *(Place(start + moved, end + moved, line + shift) for start, end, line in rest),
    )
    sections = (
        *known.sections[:section],
        replace(known.sections[section], end=known.sections[section].end + moved),
        *(
            Section(found.name, found.start + moved, found.end + moved)
            for found in known.sections[section + 1 :]
        ),
    )
    return DeckText(text, replace(known.deck, cards=cards), places, sections)


def _has_twins(known: DeckText, read: DeckText, first: int, after: int) -> bool:
    """Claim that an id stands on two cards, as after a card was copied."""
    fresh = {card.id for card in read.deck.cards if card.id}
    fresh -= {card.id for card in known.deck.cards[first:after]}
    return bool(fresh) and any(card.id in fresh for card in known.deck.cards)


def _common(one: str, other: str) -> int:
    """Return how many letters two texts have in common at their start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(one: str, other: str, most: int) -> int:
    """Return where in `one` the end begins that it has in common with `other`."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return len(one) - low
