"""Read a deck again that was read before, and only the cards that have changed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from quizgen import deckfile
from quizgen.deckfile import DeckText, Section
from quizgen.places import Place

_FRONT = '+++\nformat = 1\nid = "x"\ntitle = "x"\nsources = []\n+++\n'
"""What makes a deck of a few cards; its words are never seen."""


def reparse(known: DeckText, text: str, touched: tuple[int, int] | None = None) -> DeckText:
    """Return what `deckfile.parse(text)` would, taking unchanged cards from `known`.

    `touched` are offsets in `known` outside which surely nothing has changed.
    Raise `DeckSyntaxError` as `deckfile.parse` does.
    """
    if text is known.text or (len(text) == len(known.text) and text == known.text):
        return known
    return _patched(known, text, touched) or deckfile.parse(text)


def _patched(known: DeckText, text: str, touched: tuple[int, int] | None) -> DeckText | None:
    """Read the cards that a change touches; None where it may reach beyond them."""
    if known.errors or not known.places:
        return None
    if touched:
        start, end = touched
    else:
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
    fresh = [Place(each.start + down, each.end + down, each.line + top) for each in read.places]
    shift = 0
    if after < len(known.places):
        rest = known.places[after]
        lines = text.count("\n", begin, rest.start + moved)
        shift = known.places[first].line + lines - rest.line
    places = known.places.spliced(first, after, fresh, moved, shift)
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
