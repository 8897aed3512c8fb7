"""Write the cards of a work with a model: restore captions, cut, and work on every passage."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from quizgen.checks import glossary
from quizgen.generate.llm import captions, outline, passages, views, writing, written
from quizgen.generate.llm.asking import Ask
from quizgen.generate.llm.captions import Reading, Stretch
from quizgen.generate.llm.desk import Desk, Failed, Result, Tally
from quizgen.generate.llm.outline import Outlined, Span
from quizgen.generate.llm.parts import POINTS, Part, Passage
from quizgen.generate.llm.replies import Restored
from quizgen.generate.llm.wishes import Settings, Wish, most
from quizgen.generate.llm.writing import Order
from quizgen.generate.llm.written import Written
from quizgen.llm.values import Failure, Stopped
from quizgen.model import Work

_SPARE = 1.25  # cards asked for where a number is wanted: some do not pass
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Job:
    """A work whose cards are to be written; `stretches` of raw captions are restored first."""

    work: Work
    desk: Desk
    stretches: tuple[Stretch, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restoration:
    """A stretch as it reads now, and why if no answer came for it."""

    reading: Reading
    failed: Failed | None = None


def begin(work: Work, wish: Wish, ask: Ask, settings: Settings, *, model: str = "") -> Job:
    """Lay out a work; `model` is whom its cards will name as their writer."""
    known = glossary.collect(work.documents, work.people)
    stretches = captions.stretches(work)
    names = captions.names(work) if stretches else ()
    return Job(work, Desk(wish, settings, ask, known, Tally(), model), stretches, names)


async def restore(job: Job, stretch: Stretch) -> Restoration:
    """Make a stretch of captions readable; raise `Stopped` where the run must end."""
    values = views.of_stretch(stretch, job.work, job.names)
    answer = await job.desk.put("restore", values, name=stretch.name, schema=Restored)
    if isinstance(answer, Failure):
        parts = (Part(stretch.run, stretch.start, stretch.end),)
        failed = Failed(Passage(job.work, parts), "restore", answer.kind, answer.sentence)
        return Restoration(captions.unread(stretch, answer.sentence), failed)
    return Restoration(captions.read(stretch, answer.text, answer.names, job.names))


def cut(job: Job, restored: Sequence[Restoration] = ()) -> tuple[Order, ...]:
    """Cut a job into passages, its captions as they were restored."""
    readings = [each.reading for each in restored]
    return ordered(job.work, job.desk.wish, job.desk.settings, readings)


def spans(job: Job, orders: Sequence[Order]) -> tuple[Span, ...]:
    """Group the passages of a job whose main ideas are asked for together."""
    return outline.spans(orders, job.desk.settings)


async def main_ideas(job: Job, span: Span) -> Outlined:
    """Ask for the main ideas of a span; raise `Stopped` where the run must end."""
    return await outline.main_ideas(span, job.desk)


def finish(
    job: Job,
    restored: Sequence[Restoration],
    done: Sequence[tuple[Order, tuple[Result, ...] | None]],
    *,
    outlined: Sequence[Outlined] = (),
    why: Stopped | None = None,
) -> Written:
    """Gather what became of a job's passages; those without a result are pending, and `why`."""
    kind, sentence = (why.kind, str(why)) if why else ("interrupted", "not done yet")
    return written.of(
        job.work,
        [result for _, results in done for result in results or ()],
        readings=[each.reading for each in restored],
        failed=[each.failed for each in (*restored, *outlined) if each.failed],
        pending=[
            Failed(order.passage, "plan", kind, sentence)
            for order, results in done
            if results is None
        ],
        cards=job.desk.wish.cards,
        tally=job.desk.tally,
        model=job.desk.model,
    )


async def write(work: Work, wish: Wish, ask: Ask, settings: Settings) -> Written:
    """Write the cards of a work; what fails is told and costs the other passages nothing.

    The same answers give the same drafts, in the order of the passages.
    """
    job = begin(work, wish, ask, settings)
    readings, stopped = await _all(restore(job, each) for each in job.stretches)
    if stopped:
        return finish(job, (), [(order, None) for order in cut(job)], why=stopped)
    orders = cut(job, readings)
    outlined, stopped = await _all(main_ideas(job, span) for span in spans(job, orders))
    if stopped:
        return finish(job, readings, [(order, None) for order in orders], why=stopped)
    orders = outline.given(orders, outlined)
    groups = await asyncio.gather(*(_landed(writing.work(order, job.desk)) for order in orders))
    stopped = next((each for each in groups if isinstance(each, Stopped)), None)
    results = [None if isinstance(each, Stopped) else each for each in groups]
    done = list(zip(orders, results, strict=True))
    return finish(job, readings, done, outlined=outlined, why=stopped)


async def _all(jobs: Iterable[Awaitable[_T]]) -> tuple[list[_T], Stopped | None]:
    """Await jobs at once; return what they came to, and why one of them was stopped."""
    landed = await asyncio.gather(*(_landed(job) for job in jobs))
    stopped = next((each for each in landed if isinstance(each, Stopped)), None)
    return [each for each in landed if not isinstance(each, Stopped)], stopped


async def _landed(job: Awaitable[_T]) -> _T | Stopped:
    try:
        return await job
    except Stopped as stopped:
        return stopped


def ordered(
    work: Work, wish: Wish, settings: Settings, readings: Sequence[Reading] = ()
) -> tuple[Order, ...]:
    """Cut a work into passages, and say how many cards each may have."""
    shown = {
        document.path: captions.parts(document, readings)
        for document in work.documents
        if any(reading.stretch.run.document is document for reading in readings)
    }
    cut = passages.cut(work, size=settings.size, limit=settings.limit, restored=shown)
    counts = [passage.word_count for passage in cut]
    orders: list[Order] = []
    for passage, count in zip(cut, counts, strict=True):
        share = most(wish, count, spoken=passage.is_spoken)
        if wish.density != "few":
            # A page that lists points has made its choice.
            share = max(share, sum(part.run.kind in POINTS for part in passage.entries))
        if wish.cards:
            share = max(1, round(_SPARE * wish.cards * count / max(1, sum(counts))))
        orders.append(Order(passage, share))
    return tuple(orders)
