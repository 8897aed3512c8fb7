"""Make matching and ordering questions out of several cards that people have kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from quizgen import checks, markup
from quizgen.checks import Matching
from quizgen.model import Card
from quizgen.quiz import events, reading
from quizgen.quiz.labels import ENGLISH
from quizgen.quiz.sheet import Kind, Pairs, Pick

_PAIRS = (3, 5)
"""The fewest pairs of a matching question and the most; a spare comes on top."""
_EVENTS = (3, 6)
_ROOM: dict[Pairs, tuple[int, int]] = {"term": (40, 150), "quote": (130, 40), "idea": (130, 130)}
"""The letters that fit in the left and the right column of each."""


def groups(cards: Sequence[Card], kinds: Collection[Kind], *, most: int) -> tuple[Pick, ...]:
    """Make so many questions out of several cards each, taking the cards in their order.

    No card is in two of them. Every side of a pair and every event is what a kept card says.
    """
    made: list[Pick] = []
    free = list(cards)
    for pick in _possible(free, kinds):
        if len(made) == most:
            break
        made.append(pick)
        taken = {id(card) for card in (*pick.cards, pick.spare)}
        free[:] = [card for card in free if id(card) not in taken]
    return tuple(made)


def _possible(free: Sequence[Card], kinds: Collection[Kind]) -> Iterator[Pick]:
    """Yield questions, the best kind first; `free` shrinks while they are taken."""
    if "matching" in kinds and (pick := _matching(free, "term")):
        yield pick
    if "ordering" in kinds and (pick := _ordering(free)):
        yield pick
    if "matching" in kinds and (pick := _matching(free, "quote")):
        yield pick
    if "matching" in kinds and (pick := _matching(free, "idea")):
        yield pick


def _matching(cards: Sequence[Card], pairs: Pairs) -> Pick | None:
    """Take cards whose pairs are clear beside each other, and one more as the spare."""
    room = _ROOM[pairs]
    taken: list[tuple[Card, str, str]] = []
    for card in cards:
        if not _can_be_paired(card, pairs):
            continue
        left, right = map(markup.to_plain, reading.pair(card, pairs))
        if not left or not right or len(left) > room[0] or len(right) > room[1]:
            continue
        if len(taken) <= _PAIRS[1] and _is_clear([*taken, (card, left, right)], pairs):
            taken.append((card, left, right))
    if len(taken) <= _PAIRS[0]:
        return None
    *chosen, spare = (card for card, _, _ in taken)
    return Pick("matching", tuple(chosen), pairs=pairs, spare=spare)


def _can_be_paired(card: Card, pairs: Pairs) -> bool:
    return pairs != "idea" or reading.is_reason(card)


def _is_clear(taken: Sequence[tuple[Card, str, str]], pairs: Pairs) -> bool:
    """Claim that no answer fits two places, and none gives itself away by a word."""
    sides = tuple((left, right) for _, left, right in taken)
    rights = {right.casefold() for _, right in sides}
    if len(rights) < len(sides) or any(_names(one, other) for one in sides for other in sides):
        return False
    if len(sides) < _PAIRS[0]:
        return True
    found = checks.check_matching(Matching(ENGLISH.tasks[pairs], sides))
    return not any(problem.severity == "blocks" or "share" in problem.sentence for problem in found)


def _names(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Claim that the right side of a pair names what stands on the left."""
    return len(one[0]) <= 40 and one[0].casefold() in other[1].casefold()


def _ordering(cards: Sequence[Card]) -> Pick | None:
    """Take events whose dates all differ; statements and questions are not mixed."""
    found = [event for card in cards if (event := events.read(card))]
    for is_question in (False, True):
        taken: list[events.Event] = []
        for event in found:
            if (
                event.is_question == is_question
                and len(taken) < _EVENTS[1]
                and all(events.can_follow(event.when, other.when) for other in taken)
            ):
                taken.append(event)
        if len(taken) >= _EVENTS[0]:
            return Pick("ordering", tuple(event.card for event in taken))
    return None
