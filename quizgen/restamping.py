"""Put other stamps on the cards of a deck that has been read, without reading it again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from quizgen import deckfile, frontmatter
from quizgen.deckfile import DeckText, Section
from quizgen.model import Card, Deck
from quizgen.places import Place, Places


@dataclass(frozen=True, slots=True)
class Restamped:
    """A deck whose front matter, if any is given, and whose cards' stamps are others.

    `stamps` has the cards by their indexes in `parsed`, in order. The text as it will be is not
    put together, since a large deck is many megabytes.
    """

    parsed: DeckText
    stamps: Mapping[int, Card]
    front: str = ""

    @property
    def deck(self) -> Deck:
        """Return the deck as it will be."""
        known = self.parsed.deck
        cards = tuple(self.stamps.get(index, card) for index, card in enumerate(known.cards))
        front = frontmatter.parse(self.front) if self.front else None
        return deckfile.described(front, cards) if front else replace(known, cards=cards)

    def blocks(self) -> Iterator[tuple[Place, str]]:
        """Yield where each card whose stamp changes stands, in order, and what it will be."""
        for index, (place, was) in enumerate(
            zip(self.parsed.places, self.parsed.deck.cards, strict=True)
        ):
            if card := self.stamps.get(index):
                block = self.parsed.text[place.start : place.end]
                new = "" if was.id else card.id
                yield place, deckfile.restamp(block, new_id=new, mod=card.stamp.mod)

    def encoded(self) -> Iterator[bytes]:
        """Yield the deck as it will be, in parts, as UTF-8."""
        text, begin = self.parsed.text, self.parsed.sections[0].start
        yield (self.front or text[:begin]).encode()
        at = begin
        for place, block in self.blocks():
            yield (text[at : place.start] + block).encode()
            at = place.end
        yield text[at:].encode()


def restamped(parsed: DeckText, stamps: Mapping[int, tuple[str, Card]]) -> DeckText:
    """Return the deck with stamps replaced, and without reading it anew.

    `stamps` gives, by a card's index, its text and the card that this text says, for which the
    caller answers: reading ten thousand cards takes longer than all the rest of an export.
    """
    changes = [
        (parsed.places[index].start, parsed.places[index].end, stamps[index][0])
        for index in sorted(stamps)
    ]
    ends = [end for _, end, _ in changes]
    moved = [0, *accumulate(len(words) - (end - start) for start, end, words in changes)]
    lines = [
        0,
        *accumulate(
            words.count("\n") - parsed.text.count("\n", start, end) for start, end, words in changes
        ),
    ]

    def now(offset: int) -> int:
        return offset + moved[bisect_right(ends, offset)]

    cards = list(parsed.deck.cards)
    for index, (_, card) in stamps.items():
        cards[index] = card
    places = (
        Place(now(place.start), now(place.end), place.line + lines[bisect_right(ends, place.start)])
        for place in parsed.places
    )
    sections = tuple(Section(each.name, now(each.start), now(each.end)) for each in parsed.sections)
    deck = replace(parsed.deck, cards=tuple(cards))
    return DeckText(
        deckfile.spliced(parsed.text, changes), deck, Places.of(places), sections, parsed.errors
    )
