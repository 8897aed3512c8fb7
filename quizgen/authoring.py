"""Have a language model write the cards of works, and keep what is done whenever it stops."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from quizgen.generate.llm import estimate, outline, stages, writing
from quizgen.generate.llm.asking import Ask
from quizgen.generate.llm.desk import Result
from quizgen.generate.llm.estimate import Estimate
from quizgen.generate.llm.outline import Outlined, Span
from quizgen.generate.llm.stages import Job, Restoration
from quizgen.generate.llm.wishes import Settings as Prompting
from quizgen.generate.llm.wishes import Wish
from quizgen.generate.llm.writing import Order
from quizgen.generate.llm.written import Written
from quizgen.llm import ask, runner
from quizgen.llm.ask import Asker
from quizgen.llm.cache import Cache
from quizgen.llm.prices import Price
from quizgen.llm.settings import Settings
from quizgen.llm.values import Answer, Request, Stopped, Usage
from quizgen.model import Work

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Use:
    """How a model is used: which one, with which prompts, and the file of its answers."""

    client: Settings
    prompting: Prompting
    wish: Wish
    answers: Path
    price: Price | None = None


class Watch(Protocol):
    """Somebody who is told how a run goes on."""

    def begin(self, spent: Callable[[], Usage]) -> None:
        """Be told that something will be sent; `spent` is what it has taken at any moment."""

    def captions(self, done: int, total: int) -> None:
        """Be told how many stretches of captions are readable."""

    def passages(self, done: int, total: int, cards: int) -> None:
        """Be told how many passages are done, and with how many cards in all."""

    def tell(self, line: str) -> None:
        """Be told something that a person should see."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a run will send: `passages` in all, of which `done` need nothing more.

    `written` is what the answers that are there come to.
    """

    left: Estimate
    passages: int
    done: int
    written: tuple[Written, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Claim that every answer is there."""
        return not self.left.requests


@dataclass(frozen=True, slots=True)
class Ended:
    """What a run came to: works in their order, what was spent, and why it stopped if it did."""

    written: tuple[Written, ...]
    spent: Usage = field(default_factory=Usage)
    stopped: Stopped | None = None


@dataclass(slots=True)
class _Course:
    """How far one work has come; a stretch or passage without a result is pending."""

    job: Job
    restored: list[Restoration | None]
    orders: tuple[Order, ...] = ()
    spans: tuple[Span, ...] = ()
    outlined: list[Outlined | None] = field(default_factory=list[Outlined | None])
    results: list[tuple[Result, ...] | None] = field(
        default_factory=list[tuple[Result, ...] | None]
    )

    def cut(self) -> bool:
        """Cut the work into passages; claim that its captions are all there to be worked on."""
        readable = [each for each in self.restored if each]
        is_ready = len(readable) == len(self.restored)
        self.orders = stages.cut(self.job, readable if is_ready else ())
        self.results = [None] * len(self.orders)
        self.spans = stages.spans(self.job, self.orders)
        self.outlined = [None] * len(self.spans)
        return is_ready

    def aim(self) -> bool:
        """Give the passages their main ideas; claim that these are all there."""
        found = [each for each in self.outlined if each]
        is_ready = len(found) == len(self.spans)
        self.orders = outline.given(self.orders, found if is_ready else ())
        return is_ready

    def finish(self, why: Stopped | None) -> Written:
        restored = [each for each in self.restored if each]
        done = list(zip(self.orders, self.results, strict=True))
        outlined = [each for each in self.outlined if each]
        return stages.finish(self.job, restored, done, outlined=outlined, why=why)


_Go = Callable[
    [Sequence[Callable[[], Awaitable[Any]]], Callable[[int, Any], None]], Awaitable[Sequence[Any]]
]


# --- before anything is sent -------------------------------------------------


def foresee(works: Sequence[Work], use: Use) -> Prospect:
    """Tell what writing the cards of works will send, with the answers that are there already.

    Nothing is written, not even an empty file of answers.
    """
    with ExitStack() as stack:
        kept = stack.enter_context(Cache(use.answers)) if use.answers.exists() else None

        async def recall(request: Request[Any]) -> Answer[Any]:
            if kept and (answer := ask.recalled(request, use.client, kept)):
                return answer
            raise Stopped("interrupted", "not asked yet")

        courses = runner.within(_through(_jobs(works, use, recall), _one_by_one))
    left = Estimate()
    for each in courses:
        orders = [o for o, done in zip(each.orders, each.results, strict=True) if done is None]
        pairs = zip(each.job.stretches, each.restored, strict=True)
        stretches = [stretch for stretch, done in pairs if done is None]
        spans = [s for s, done in zip(each.spans, each.outlined, strict=True) if done is None]
        left += estimate.left(each.job.work, use.wish, use.prompting, orders, stretches, spans)
    passages = sum(len(each.orders) for each in courses)
    written = tuple(each.finish(None) for each in courses)
    return Prospect(left, passages, passages - len(left.passages), written)


# --- the run -----------------------------------------------------------------


def write(works: Sequence[Work], use: Use, watch: Watch) -> Ended:
    """Write the cards of works; Ctrl-C and whatever else stops it leave what is done in hand."""
    return runner.within(_write(works, use, watch))


async def _write(works: Sequence[Work], use: Use, watch: Watch) -> Ended:
    async with ask.opened(use.client, use.answers, price=use.price, tell=watch.tell) as asker:
        watch.begin(lambda: asker.budget.spent)
        go = _Runner(asker)
        courses = await _through(_jobs(works, use, asker.ask), go.run, watch)
        written = tuple(each.finish(go.stopped) for each in courses)
        return Ended(written, asker.budget.spent, go.stopped)


def _jobs(works: Sequence[Work], use: Use, how: Ask) -> list[Job]:
    model = use.client.model
    return [stages.begin(work, use.wish, how, use.prompting, model=model) for work in works]


async def _through(jobs: Sequence[Job], go: _Go, watch: Watch | None = None) -> list[_Course]:
    """Restore the captions of all works, find their main ideas, and work on all passages."""
    courses = [_Course(job, [None] * len(job.stretches)) for job in jobs]
    places = [(each, at) for each in courses for at in range(len(each.job.stretches))]
    counted = 0

    def heard(_place: int, _found: Restoration) -> None:
        nonlocal counted
        counted += 1
        if watch:
            watch.captions(counted, len(places))

    restoring = [partial(stages.restore, each.job, each.job.stretches[at]) for each, at in places]
    for (each, at), found in zip(places, await go(restoring, heard), strict=True):
        each.restored[at] = found
    readable = [each for each in courses if each.cut()]
    groups = [(each, at) for each in readable for at in range(len(each.spans))]
    aiming = [partial(stages.main_ideas, each.job, each.spans[at]) for each, at in groups]
    for (each, at), found in zip(groups, await go(aiming, _unsaid), strict=True):
        each.outlined[at] = found
    ready = [each for each in readable if each.aim()]
    spots = [(each, at) for each in ready for at in range(len(each.orders))]
    total = sum(len(each.orders) for each in courses)
    done: list[int] = []

    def made(_place: int, results: tuple[Result, ...]) -> None:
        done.append(sum(len(result.cards) for result in results))
        if watch:
            watch.passages(len(done), total, sum(done))

    if watch and total:
        watch.passages(0, total, 0)
    working = [partial(writing.work, each.orders[at], each.job.desk) for each, at in spots]
    for (each, at), found in zip(spots, await go(working, made), strict=True):
        each.results[at] = found
    return courses


def _unsaid(_place: int, _found: Outlined) -> None:
    """Tell nobody: main ideas are few requests, and no card yet."""


async def _one_by_one(
    jobs: Sequence[Callable[[], Awaitable[_T]]], _on_done: Callable[[int, _T], None]
) -> list[_T | None]:
    return [await _landed(job) for job in jobs]


async def _landed(job: Callable[[], Awaitable[_T]]) -> _T | None:
    try:
        return await job()
    except Stopped:
        return None


class _Runner:
    """Do jobs at once until one of them, or the person, stops it; `stopped` tells why."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self.stopped: Stopped | None = None

    async def run(
        self, jobs: Sequence[Callable[[], Awaitable[_T]]], on_done: Callable[[int, _T], None]
    ) -> list[_T | None]:
        results: list[_T | None] = [None] * len(jobs)
        if not self.stopped:
            most = self._asker.settings.concurrency
            ended = await runner.run(
                jobs, concurrency=most, on_done=on_done, on_interrupt=self._interrupted
            )
            results = list(ended.results)
            self.stopped = ended.stopped
        if self.stopped and self.stopped.kind != "interrupted":
            # Nothing more is sent, but what was answered before can still be finished.
            self._asker.halt(self.stopped)
            for at, job in enumerate(jobs):
                if results[at] is None:
                    results[at] = await _landed(job)
        return results

    def _interrupted(self) -> None:
        # What is under way may arrive; who presses Ctrl-C wants nothing more to be paid for.
        self._asker.halt(Stopped("interrupted", "interrupted"))
