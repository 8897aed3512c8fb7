"""Choose what a quiz asks: the main ideas first, kinds in balance, each fact once."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizgen.model import Card
from quizgen.quiz import composing, grouping, level, reading, spoiling
from quizgen.quiz.level import Level
from quizgen.quiz.lots import draw, names
from quizgen.quiz.sheet import PARTS, Kind, Pick

COUNT = 20
"""How many questions a quiz has if nobody says."""
_FEW = 8  # questions; in a shorter quiz one matching would be most of it


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a quiz is to hold. Empty means any; `minutes` 0 means as long as it takes."""

    count: int = COUNT
    minutes: int = 0
    kinds: tuple[Kind, ...] = ()
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen, and in sentences what a person should know about the choice."""

    picks: tuple[Pick, ...]
    told: tuple[str, ...] = ()


def choose(
    cards: Sequence[Card], wanted: Wanted, *, ideas: Sequence[Collection[str]] = (), seed: str = "1"
) -> Chosen:
    """Choose questions out of cards that may all leave.

    `ideas` are the ids of the cards of each main idea, the most important first. The choice
    depends on the cards, the wishes and the seed alone.
    """
    kinds = wanted.kinds or tuple(part.kind for part in PARTS)
    rank = {each: at for at, ids in reversed([*enumerate(ideas)]) for each in ids}
    fitting = sorted(
        (card for card in cards if _fits(card, wanted)),
        key=lambda card: (rank.get(card.id, len(ideas)), card.tier, draw(seed, *names((card,)))),
    )
    unlike, told = _each_fact_once(fitting)
    most = 0 if wanted.count < _FEW and not wanted.kinds else max(1, wanted.count // _FEW)
    made = _levelled(grouping.groups(unlike, kinds, most=most), wanted)
    picks = [*made, *_levelled(_singles(unlike, kinds), wanted)]
    chosen = _Desk(picks, seed).take(wanted, ideas)
    told = (*told, *warnings(chosen))
    return Chosen(tuple(chosen), told)


def _fits(card: Card, wanted: Wanted) -> bool:
    sections = [section.casefold() for section in wanted.sections]
    in_section = not sections or any(each in card.section.casefold() for each in sections)
    return in_section and (not wanted.tags or not set(wanted.tags).isdisjoint(card.tags))


def _each_fact_once(cards: Sequence[Card]) -> tuple[list[Card], tuple[str, ...]]:
    """Leave out cards that ask for what another asks for, and say so."""
    gone: dict[int, int] = {}
    for first, other in spoiling.doubles(cards):
        if first not in gone:
            gone.setdefault(other, first)
    told = tuple(
        f"^{cards[at].id} left out: it asks for the same as ^{cards[first].id}"
        for at, first in sorted(gone.items())
    )
    return [card for at, card in enumerate(cards) if at not in gone], told


def _levelled(picks: Sequence[Pick], wanted: Wanted) -> list[Pick]:
    return [pick for pick in picks if not wanted.levels or level.name(pick) in wanted.levels]


def _singles(cards: Sequence[Card], kinds: Collection[Kind]) -> list[Pick]:
    """Ask every card alone, a quotation also for its speaker where there are several."""
    speakers = {quote.speaker for card in cards if (quote := reading.quote(card))}
    picks: list[Pick] = []
    for card in cards:
        kind = reading.kind_of(card)
        if kind in kinds:
            picks.append(Pick(kind, (card,)))
        if len(speakers) > 1 and "attribution" in kinds and reading.quote(card):
            picks.append(Pick("attribution", (card,)))
    return picks


# --- the desk ----------------------------------------------------------------


class _Desk:
    """Questions to take from, and those taken so far.

    The possible ones lie in piles by kind and section, each pile in the order of its lots, so
    that taking one is quick in a deck of any size.
    """

    def __init__(self, picks: Sequence[Pick], seed: str) -> None:
        self._picks = picks
        self._draws = [draw(seed, pick.kind, *names(pick.cards)) for pick in picks]
        self._spoils: defaultdict[int, set[int]] = defaultdict(set)
        for one, other in spoiling.spoilt(picks):
            self._spoils[one].add(other)
            self._spoils[other].add(one)
        self._piles: defaultdict[Kind, defaultdict[str, deque[int]]] = defaultdict(
            lambda: defaultdict(deque)
        )
        self._pile(sorted(range(len(picks)), key=lambda at: (picks[at].cards[0].tier, at)))
        self._taken: list[int] = []
        self._asked: set[str] = set()
        self._kinds: Counter[Kind] = Counter()
        self._sections: Counter[str] = Counter()
        self._minutes = 0.0

    def take(self, wanted: Wanted, ideas: Sequence[Collection[str]]) -> list[Pick]:
        """Take questions until there are enough: groups, then main ideas, then kinds in turn."""
        for at, pick in enumerate(self._picks):
            if len(pick.cards) > 1 and self._has_room(at, wanted) and self._is_free(at):
                self._add(at)
        for idea in ideas:
            if self._asked.isdisjoint(idea):
                mine = [at for at in self._singles(idea) if self._has_room(at, wanted)]
                best = min(mine, key=self._worth, default=None)
                if best is not None:
                    self._add(best)
        # What another question answers is asked only where nothing else is left.
        self._pile(list(self._in_turn(wanted)))
        for _ in self._in_turn(wanted, strict=False):
            pass
        return [self._picks[at] for at in sorted(self._taken, key=self._place)]

    def _pile(self, ats: Iterable[int]) -> None:
        for at in ats:
            pick = self._picks[at]
            self._piles[pick.kind][pick.cards[0].section].append(at)

    def _in_turn(self, wanted: Wanted, *, strict: bool = True) -> Iterator[int]:
        """Take from the kind and section with the fewest so far; yield what was put aside."""
        while any(self._piles.values()):
            left = [part for part in PARTS if self._piles[part.kind]]
            kind = min(left, key=lambda part: self._kinds[part.kind]).kind
            sections = self._piles[kind]
            section = min(sections, key=lambda each: self._sections[each])
            at = sections[section].popleft()
            if not sections[section]:
                del sections[section]
            if not self._is_unasked(at) or not self._has_room(at, wanted):
                continue
            if strict and not self._is_free(at):
                yield at
            else:
                self._add(at)

    def _add(self, at: int) -> None:
        pick = self._picks[at]
        self._taken.append(at)
        self._asked.update(names(filter(None, (*pick.cards, pick.spare))))
        self._kinds[pick.kind] += 1
        self._sections[pick.cards[0].section] += 1
        self._minutes += composing.seconds(pick) / 60

    def _singles(self, idea: Collection[str]) -> Iterator[int]:
        for at, pick in enumerate(self._picks):
            is_of_it = len(pick.cards) == 1 and pick.cards[0].id in idea
            if is_of_it and self._is_unasked(at) and self._is_free(at):
                yield at

    def _is_unasked(self, at: int) -> bool:
        return self._asked.isdisjoint(names(self._picks[at].cards))

    def _is_free(self, at: int) -> bool:
        return self._spoils[at].isdisjoint(self._taken)

    def _has_room(self, at: int, wanted: Wanted) -> bool:
        seconds = composing.seconds(self._picks[at])
        fits = not wanted.minutes or self._minutes + seconds / 60 <= wanted.minutes
        return fits and len(self._taken) < wanted.count

    def _worth(self, at: int) -> tuple[int, str, str]:
        pick = self._picks[at]
        return self._kinds[pick.kind], pick.cards[0].tier, self._draws[at]

    def _place(self, at: int) -> tuple[int, int, str]:
        pick = self._picks[at]
        return _ORDER[pick.kind], level.of(pick), self._draws[at]


_ORDER = {part.kind: at for at, part in enumerate(PARTS)}


def warnings(picks: Sequence[Pick]) -> Iterator[str]:
    """Say which questions give the answer of another away."""
    for one, other in spoiling.spoilt(picks):
        asked, giver = (names(picks[at].cards)[0] for at in (one, other))
        yield f"^{asked} is given away by ^{giver}: drop one, or reword it"
