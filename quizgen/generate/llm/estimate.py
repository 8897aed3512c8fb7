"""Tell before anything is sent how many requests and tokens a work will take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from quizgen.generate.llm import asking, captions, outline, stages, views
from quizgen.generate.llm.asking import Stage
from quizgen.generate.llm.captions import Stretch
from quizgen.generate.llm.outline import Span
from quizgen.generate.llm.parts import tokens
from quizgen.generate.llm.wishes import Settings, Wish
from quizgen.generate.llm.writing import Order
from quizgen.model import Work

_IDEA: Final = 75  # tokens of an idea in a plan, as answers had them
_CARD: Final = 170  # tokens of a written card, its quote included
_ASKED: Final = 35  # tokens of a question alone
_GUESSED: Final = 45  # tokens of a guess at one question
_TRIED: Final = 45  # tokens of a reader's answer to one question
_SHOWN: Final = 190  # tokens of a question with its evidence
_TAKEN: Final = 0.8  # share of the cards that a passage may have that it comes to have
_SENT_BACK: Final = 0.25  # share of the cards that are written anew
_AGAIN: Final = 0.15  # share of the cards that are asked for once more


@dataclass(frozen=True, slots=True)
class Expected:
    """What one passage, or one stretch of captions, will take: input and output in tokens."""

    name: str
    words: int
    requests: int
    input: int
    output: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run will take, passage by passage."""

    passages: tuple[Expected, ...] = ()
    restoring: tuple[Expected, ...] = ()
    outlining: tuple[Expected, ...] = ()

    def __add__(self, other: Estimate) -> Estimate:
        return Estimate(
            self.passages + other.passages,
            self.restoring + other.restoring,
            self.outlining + other.outlining,
        )

    @property
    def _every(self) -> tuple[Expected, ...]:
        return (*self.restoring, *self.outlining, *self.passages)

    @property
    def requests(self) -> int:
        """Count the requests."""
        return sum(each.requests for each in self._every)

    @property
    def input(self) -> int:
        """Count the tokens that are sent."""
        return sum(each.input for each in self._every)

    @property
    def output(self) -> int:
        """Count the tokens that come back."""
        return sum(each.output for each in self._every)


def of(work: Work, wish: Wish, settings: Settings) -> Estimate:
    """Estimate a run from the very prompts that it would send."""
    orders = stages.ordered(work, wish, settings)
    spans = outline.spans(orders, settings)
    return left(work, wish, settings, orders, captions.stretches(work), spans)


def left(
    work: Work,
    wish: Wish,
    settings: Settings,
    orders: Iterable[Order],
    stretches: Iterable[Stretch],
    spans: Iterable[Span],
) -> Estimate:
    """Estimate what is left of a run: passages, stretches of captions, and spans to outline."""
    known = captions.names(work)
    restoring: list[Expected] = []
    for stretch in stretches:
        sent = _tokens(settings, "restore", views.of_stretch(stretch, work, known))
        size = tokens(stretch.text)
        restoring.append(Expected(stretch.name, len(stretch.text.split()), 1, sent, size + 60))
    outlining: list[Expected] = []
    for span in spans:
        sent = _tokens(settings, "outline", outline.values(span, wish))
        count = sum(order.passage.word_count for order in span.orders)
        outlining.append(Expected(span.name, count, 1, sent, span.most * _IDEA))
    passages = tuple(_of(order, wish, settings) for order in orders)
    return Estimate(passages, tuple(restoring), tuple(outlining))


def _of(order: Order, wish: Wish, settings: Settings) -> Expected:
    passage = order.passage
    cards = max(1, round(_TAKEN * order.most))
    view = {**views.of_passage(passage, wish), "most": order.most}
    requests = 2
    sent = _tokens(settings, "write", {**view, "ideas": []})
    sent += _tokens(settings, "mend", {**view, "refused": []})
    back = cards * _CARD + round(_SENT_BACK * cards * _CARD)
    if settings.plan:
        requests += 1
        sent += _tokens(settings, "plan", {**view, "main": [], "whole": True, "most_main": 0})
        sent += cards * _IDEA
        back += cards * _IDEA
    if settings.reread:
        # Cards that are sent back are read again, and so is what is asked for once more.
        rounds, more = 2, max(1, round(_AGAIN * cards))
        tried = cards + round(_SENT_BACK * cards) + more
        if settings.plan:
            requests += 1
            sent += _tokens(settings, "write", {**view, "ideas": []}) + more * _IDEA
            back += more * _CARD
        nothing: dict[str, Any] = {"questions": [], "cards": [], "fence": ""}
        view = {**views.of_work(passage.work), **nothing}
        requests += rounds + 1
        sent += rounds * _tokens(settings, "reread", view) + tried * _SHOWN
        sent += _tokens(settings, "settle", view) + cards * _SHOWN // 2
        back += tried * _TRIED + cards * _TRIED // 2
        if settings.guess:
            requests += 1
            sent += _tokens(settings, "guess", view) + cards * _ASKED
            back += cards * _GUESSED
    return Expected(passage.name, passage.word_count, requests, sent, back)


def _tokens(settings: Settings, stage: Stage, values: dict[str, Any]) -> int:
    made = asking.prompt(settings.fill, stage, values)
    return tokens(made.system) + tokens(made.user)
