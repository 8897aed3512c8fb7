"""Part a card that became another kind from the note that Anki has of it.

Anki refuses a note whose type has changed, and goes on showing the old one without a word. So the
card gets a new id, which makes it a new note, and the old one is withdrawn as a deleted card is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from quizgen import cardtext, history, identity, restamping, store
from quizgen.errors import DeckSyntaxError
from quizgen.history import Event
from quizgen.model import Card


@dataclass(frozen=True, slots=True)
class Parted:
    """A deck whose changed cards have ids of their own; `names` gives the new ones by the old."""

    stored: store.Stored
    names: Mapping[str, str]
    events: tuple[Event, ...]


def part(current: store.Stored) -> Parted:
    """Give every card of another kind than the one it was exported as a new id.

    Only a card whose text is no longer what was exported is looked at.
    """
    parsed, past = current.parsed, current.history
    used = {*past.made, *(card.id for card in parsed.deck.cards)}
    renamed: dict[int, tuple[str, Card]] = {}
    events: list[Event] = []
    changed = {
        index: card
        for index, (card, place) in enumerate(zip(parsed.deck.cards, parsed.places, strict=True))
        if (exported := past.exported.get(card.id))
        and not exported.is_as(parsed.text[place.start : place.end])
    }
    texts = store.exported(current.path, {card.id for card in changed.values()})
    for index, card in changed.items():
        if not _is_another(texts.get(card.id, ""), card):
            continue
        block = parsed.block(index)
        name = identity.card_id(parsed.deck.id, identity.question(card.content), used)
        used.add(name)
        extra = tuple(each for each in card.stamp.extra if not each.startswith("anki="))
        fresh = replace(card, id=name, stamp=replace(card.stamp, mod="", extra=extra))
        renamed[index] = cardtext.renamed(block, name), fresh
        events.extend(_taken_over(past, card, fresh))
    if not renamed:
        return Parted(current, {}, ())
    names = {parsed.deck.cards[index].id: card.id for index, (_, card) in renamed.items()}
    parted = restamping.restamped(parsed, renamed)
    return Parted(replace(current, parsed=parted), names, tuple(events))


def _is_another(exported: str, card: Card) -> bool:
    try:
        was = cardtext.parse(exported)
    except DeckSyntaxError:  # a merge has spoilt the line of the log
        return False
    return type(was.content) is not type(card.content)


def _taken_over(past: history.History, was: Card, fresh: Card) -> Iterator[Event]:
    """Let the new card be known again by all that the old one was made from."""
    for origin, card in past.origins.items():
        if card == was.id and origin != fresh.stamp.origin:
            yield Event("made", fresh.id, origin=origin)
    if past.words.get(was.id) == identity.fingerprint(was):
        yield history.of("made", fresh)
    else:
        yield Event("made", fresh.id, origin=fresh.stamp.origin)
