"""Tell which cards of a deck the cards of a new run are, and which are new."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quizgen import checks, history, identity, standing, words
from quizgen.history import Deleted
from quizgen.model import Card, Deck, Span


@dataclass(frozen=True, slots=True)
class Memory:
    """What a deck and its log know.

    `origins` gives the id of every origin that ever was, `made` all ids that were ever given
    out, `deleted` the cards that a person took out of the deck, and `untouched` the drafts that
    are still as they were made.
    """

    deck: Deck
    origins: Mapping[str, str] = field(default_factory=dict[str, str])
    made: Collection[str] = ()
    deleted: Sequence[Deleted] = ()
    untouched: Container[str] = ()


@dataclass(slots=True)
class Wanted:
    """A card as this run would make it, with the origins and the words of its twins."""

    card: Card
    origins: list[str]
    words: list[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a wanted card is: `old` in the deck, `gone` by the id that it had, or new.

    `fresh` is what a draft that nobody has touched becomes; only one wanted card may change it.
    """

    wanted: Wanted
    old: Card | None = None
    gone: str = ""
    fresh: Card | None = None


def sort(wanted: Sequence[Wanted], memory: Memory) -> list[Found]:
    """Find each wanted card among those that are or were in the deck, in the order given.

    One of a known origin is that card, whatever a person has made of it. Else it is a card that
    rests on the same words and asks for the same, else one that asks for the same.
    """
    shelf = _Shelf(memory)
    found: dict[int, Found] = {}
    for look in (shelf.by_stamp, shelf.by_log, shelf.by_likeness):
        found |= look([(at, one) for at, one in enumerate(wanted) if at not in found])
    return [found.get(at, Found(one)) for at, one in enumerate(wanted)]


class _Shelf:
    """The deck's cards by what a wanted one may be known by, and those that are taken."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._cards = memory.deck.cards
        self._now = dict(enumerate(self._cards))
        self._claimed: set[int] = set()
        self._by_origin: dict[str, int] = {}
        self._by_id: dict[str, int] = {}
        self._by_words: dict[str, list[int]] = {}
        self._by_lines: dict[tuple[str, int], list[int]] = {}
        for at, card in enumerate(self._cards):
            if card.stamp.origin:
                self._by_origin[card.stamp.origin] = at
            if card.id:
                self._by_id[card.id] = at
            for each in card.evidence:
                self._by_words.setdefault(folded(each.text), []).append(at)
                for line in range(each.lines[0], each.lines[1] + 1):
                    self._by_lines.setdefault((each.document, line), []).append(at)

    def by_stamp(self, wanted: Sequence[tuple[int, Wanted]]) -> dict[int, Found]:
        """Know those whose origin a card of the deck bears."""
        known: dict[int, Found] = {}
        for number, one in wanted:
            places = (self._by_origin.get(origin) for origin in one.origins)
            if (at := next((place for place in places if place is not None), None)) is not None:
                known[number] = self._take(at, one)
        return known

    def by_log(self, wanted: Sequence[tuple[int, Wanted]]) -> dict[int, Found]:
        """Know those whose origin went into a card once, be it in the deck or deleted."""
        known: dict[int, Found] = {}
        for number, one in wanted:
            ids = [each for origin in one.origins if (each := self._memory.origins.get(origin))]
            here = next((self._by_id[each] for each in ids if each in self._by_id), None)
            if here is not None:
                known[number] = self._take(here, one)
            elif ids:
                known[number] = Found(one, gone=ids[0])
        return known

    def by_likeness(self, wanted: Sequence[tuple[int, Wanted]]) -> dict[int, Found]:
        """Know those that ask for the same as a card of the deck, or as one that was deleted."""
        if not wanted:  # as in most runs; comparing a whole deck takes its time
            return {}
        deleted = self._memory.deleted
        present = [self._now[at] for at in range(len(self._cards))]
        every = [*present, *(each.card for each in deleted), *(one.card for _, one in wanted)]
        twins = {second: first for first, second in checks.twins(every) if first < second}
        known: dict[int, Found] = {}
        for at, (number, one) in enumerate(wanted, len(present) + len(deleted)):
            twin = twins.get(at, len(every))
            near = [old for said in one.words for old in self._by_words.get(said, ())]
            near += [twin] if twin < len(present) else []
            old = next((each for each in near if _is_same(self._now[each], one.card)), None)
            old = self._of_other_writer(one.card) if old is None else old
            if old is not None:
                known[number] = self._take(old, one)
            elif gone := self._deleted(one, twin - len(present)):
                known[number] = Found(one, gone=gone)
        return known

    def _of_other_writer(self, card: Card) -> int | None:
        """Find a card in which a rule asks what a model asks here, or a model what a rule does.

        Their questions share few words, but the same words prove the same answer.
        """
        spots = ((e.document, line) for e in card.evidence for line in range(*_span(e.lines)))
        near = dict.fromkeys(at for spot in spots for at in self._by_lines.get(spot, ()))
        return next(
            (at for at in near if at not in self._claimed and _is_retold(self._now[at], card)), None
        )

    def _take(self, at: int, one: Wanted) -> Found:
        """Give a wanted card one of the deck; the first to come may remake it."""
        old = self._cards[at]
        fresh = _as_known(one.card, old)
        is_taken = at in self._claimed or old.id not in self._memory.untouched
        if is_taken or fresh == old or not _is_better(fresh, old):
            fresh = None
        self._claimed.add(at)
        self._now[at] = fresh or self._now[at]
        return Found(one, old, fresh=fresh)

    def _deleted(self, one: Wanted, twin: int) -> str:
        deleted = self._memory.deleted
        if 0 <= twin < len(deleted):
            return deleted[twin].card.id
        said = {history.hashed(each) for each in one.words} if deleted else set[str]()
        near = (each.card for each in deleted if each.rests in said)
        return next((card.id for card in near if _is_same(card, one.card)), "")


def folded(text: str) -> str:
    """Write words so that line breaks make no difference."""
    return " ".join(text.split())


def _is_same(old: Card, new: Card) -> bool:
    """Claim that two cards resting on the same words ask for the same; a quote yields one card."""
    quotes = old.stamp.rule.startswith("quote") and new.stamp.rule.startswith("quote")
    return quotes or any(checks.twins((old, new)))


def _is_retold(old: Card, new: Card) -> bool:
    """Claim that a rule and a model ask for one fact: the same words prove the same answer."""
    if bool(identity.writer(old.stamp)) == bool(identity.writer(new.stamp)):
        return False
    one, other = (words.content_stems(identity.answer(card.content)) for card in (old, new))
    if not one or not other or 5 * len(one & other) < 3 * min(len(one), len(other)):
        return False
    texts = [[folded(each.text) for each in card.evidence] for card in (old, new)]
    return any(a in b or b in a for a in texts[0] for b in texts[1] if a and b)


def _is_better(fresh: Card, old: Card) -> bool:
    """Claim that a draft may take the place of one that nobody has touched.

    What one writer makes anew is always newer; of a rule's and a model's the better one stays.
    """
    ranks = [(card.tier == "ready", bool(identity.writer(card.stamp))) for card in (fresh, old)]
    return ranks[0][1] == ranks[1][1] or ranks[0] > ranks[1]


def _span(lines: Span) -> Span:
    return (lines[0], lines[1] + 1)


def _as_known(fresh: Card, old: Card) -> Card:
    """Give a card as this run would make it the identity and the place of the one in the deck."""
    kept = (each for each in old.stamp.extra if each.partition("=")[0] != "model")
    extra = (*fresh.stamp.extra, *(each for each in kept if each != standing.MARK))
    stamp = replace(fresh.stamp, mod=old.stamp.mod, extra=extra)
    return replace(fresh, id=old.id, state=old.state, section=old.section, stamp=stamp)
