"""Give cards the identity and the change time that an export relies on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from quizgen import identity
from quizgen.deckfile import DeckText, Edit
from quizgen.model import Card, Deck, Stamp
from quizgen.restamping import Restamped

Fingerprint: TypeAlias = Callable[[Deck, Card], str]


def edits(
    parsed: DeckText,
    taken: Iterable[str],
    fingerprint: Fingerprint | None,
    now: int,
) -> list[Edit]:
    """List the edits that give every hand-written card an id and every changed card a new `mod`.

    `fingerprint` hashes what of a card would be exported; where it is not what the stamp says,
    `mod` becomes the later of `now` (UTC seconds) and one second after the old one, so that
    it never goes back. Without `fingerprint` only ids are given. Dropped cards are left alone,
    but for those that were exported before: they leave once more, as withdrawn.
    """
    restamped = Restamped(parsed, stamped(parsed, taken, fingerprint, now))
    return [
        Edit(parsed.deck.cards[index].id, parsed.block(index), block)
        for index, (_, block) in zip(restamped.stamps, restamped.blocks(), strict=True)
    ]


def stamped(
    parsed: DeckText,
    taken: Iterable[str],
    fingerprint: Fingerprint | None,
    now: int,
) -> dict[int, Card]:
    """Return, by index, every card whose stamp is to change, as it will be."""
    made: dict[int, Card] = {}
    used = {*taken, *(card.id for card in parsed.deck.cards)}
    for index, card in enumerate(parsed.deck.cards):
        named = card
        if not card.id:
            name = identity.question(card.content)
            named = replace(card, id=identity.card_id(parsed.deck.id, name, used))
            used.add(named.id)
        mod = _mod(parsed.deck, named, fingerprint, now)
        if mod or named is not card:
            was = named.stamp
            stamp = Stamp(was.rule, was.origin, mod or was.mod, was.extra)
            made[index] = replace(named, stamp=stamp)
    return made


def seconds(card: Card) -> int:
    """Return when a card's exported content last changed, 0 if it was never exported."""
    digits = card.stamp.mod.partition("-")[0]
    return int(digits) if digits.isdecimal() else 0


def _mod(deck: Deck, card: Card, fingerprint: Fingerprint | None, now: int) -> str:
    if fingerprint is None or (card.state == "dropped" and not seconds(card)):
        return ""
    found = fingerprint(deck, card)
    if card.stamp.mod.partition("-")[2] == found:
        return ""
    return f"{max(now, seconds(card) + 1)}-{found}"
