"""Ask for the main ideas of a whole work, before any of its passages is worked on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizgen.generate.llm import ground, parts, planted, views, writing
from quizgen.generate.llm.desk import Desk, Failed
from quizgen.generate.llm.replies import Idea, Plan
from quizgen.generate.llm.wishes import MAIN, MOST_MAIN, Settings, Wish
from quizgen.generate.llm.writing import Order
from quizgen.llm.values import Failure

_WORDS_PER_MAIN = 1_500  # words of a long work for one main idea, above the first ten
_FEWEST = 3  # main ideas of a part of a work


@dataclass(frozen=True, slots=True)
class Span:
    """Passages that are read at once for their main ideas; `first` is the place of the first."""

    first: int
    orders: tuple[Order, ...]
    most: int

    @property
    def name(self) -> str:
        """Name the span by its file and lines."""
        return parts.place([part for order in self.orders for part in order.passage.parts])


@dataclass(frozen=True, slots=True)
class Outlined:
    """The main ideas of a span, each with the place of its passage, and why if there are none."""

    ideas: tuple[tuple[int, Idea], ...] = ()
    failed: Failed | None = None


def spans(orders: Sequence[Order], settings: Settings) -> tuple[Span, ...]:
    """Group the passages of a work as the window allows; a single passage plans for itself."""
    if not settings.plan or len(orders) < 2:
        return ()
    sizes = [sum(parts.tokens(part.text) + 8 for part in o.passage.entries) for o in orders]
    room = max(1, settings.room)
    share = sum(sizes) / -(-sum(sizes) // room)
    groups: list[list[int]] = [[]]
    held = 0
    for at, size in enumerate(sizes):
        if groups[-1] and (held + size > room or held + size / 2 > share):
            groups.append([])
            held = 0
        groups[-1].append(at)
        held += size
    if all(len(group) == 1 for group in groups):
        # A passage that nothing else fits beside is as well planned by itself.
        return ()
    counts = [order.passage.word_count for order in orders]
    most = max(MOST_MAIN, sum(counts) // _WORDS_PER_MAIN)
    shares = [sum(counts[at] for at in group) / max(1, sum(counts)) for group in groups]
    return tuple(
        Span(group[0], tuple(orders[at] for at in group), max(_FEWEST, round(most * share)))
        for group, share in zip(groups, shares, strict=True)
    )


def values(span: Span, wish: Wish) -> dict[str, Any]:
    """Give what the prompt of a span is filled with."""
    passages = [order.passage for order in span.orders]
    return {**views.of_outline(passages, wish), "most": span.most}


async def main_ideas(span: Span, desk: Desk) -> Outlined:
    """Ask for the main ideas of a span; each goes to the passage that has its words."""
    plan = await desk.put("outline", values(span, desk.wish), name=span.name, schema=Plan)
    if isinstance(plan, Failure):
        passage = span.orders[0].passage
        return Outlined(failed=Failed(passage, "outline", plan.kind, plan.sentence))
    ideas = [i for i in plan.ideas[: span.most] if i.idea and not planted.is_planted(i.quote)]
    homes = (_home(idea, span) for idea in ideas)
    return Outlined(tuple(home for home in homes if home))


def given(orders: Sequence[Order], outlined: Sequence[Outlined]) -> tuple[Order, ...]:
    """Give each passage the main ideas that lie in it; a single one finds them itself."""
    ideas = [each for some in outlined for each in some.ideas]
    return tuple(
        replace(
            order,
            main=tuple(idea for place, idea in ideas if place == at),
            is_whole=len(orders) == 1,
        )
        for at, order in enumerate(orders)
    )


def _home(idea: Idea, span: Span) -> tuple[int, Idea] | None:
    """Find the passage that an idea's words stand in; one without words has no card to rest on."""
    at, line = _located(idea.line, span)
    meant = idea.model_copy(update={"importance": MAIN})
    for place in sorted(range(len(span.orders)), key=lambda each: (each != at, each)):
        passage = span.orders[place].passage
        found = ground.find(idea.quote, passage, line=line if place == at else 0)
        if found:
            return span.first + place, writing.placed(meant, found, passage)
    if at < 0:
        return None
    return span.first + at, meant.model_copy(update={"quote": "", "line": line})


def _located(number: int, span: Span) -> tuple[int, int]:
    """Turn the number of a line into the place of its passage and its number there."""
    for at, order in enumerate(span.orders):
        count = len(order.passage.entries)
        if 1 <= number <= count:
            return at, number
        number -= count
    return -1, 0
