"""Do many things at once, but not too many, and stop at Ctrl-C with what is done in hand."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Awaitable, Callable, Coroutine, Generator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from quizgen.llm.values import Stopped

R = TypeVar("R")
# What is under way is paid for, so it gets a moment to arrive; Ctrl-C is over within 2 s.
GRACE = 0.8


@dataclass(frozen=True, slots=True)
class Ended(Generic[R]):
    """What became of jobs: results in their order, None for those that are pending.

    `stopped` tells why there are pending ones, of kind "interrupted" after Ctrl-C.
    """

    results: tuple[R | None, ...]
    pending: int
    stopped: Stopped | None


async def run(
    jobs: Sequence[Callable[[], Awaitable[R]]],
    *,
    concurrency: int,
    on_done: Callable[[int, R], None] | None = None,
    on_interrupt: Callable[[], None] | None = None,
    grace: float = GRACE,
) -> Ended[R]:
    """Do jobs, no more than `concurrency` at once; `on_done` is given each place and result.

    `Stopped`, raised by a job, lets the others under way finish and starts no more; after Ctrl-C
    they have `grace` seconds for it, and `on_interrupt` may keep them from beginning anything.
    """
    interrupt = asyncio.Event()
    done: dict[int, R] = {}
    under_way: dict[asyncio.Task[R], int] = {}
    stopped: Stopped | None = None
    waiting = iter(enumerate(jobs))
    with _interruptible(interrupt):
        bell = asyncio.create_task(interrupt.wait())
        try:
            while not interrupt.is_set():
                while stopped is None and len(under_way) < concurrency:
                    place, job = next(waiting, (-1, None))
                    if job is None:
                        break
                    under_way[asyncio.create_task(_awaited(job))] = place
                if not under_way:
                    break
                ended, _ = await asyncio.wait(
                    {bell, *under_way}, return_when=asyncio.FIRST_COMPLETED
                )
                stopped = _gather(ended, under_way, done, on_done) or stopped
            if interrupt.is_set() and on_interrupt is not None:
                on_interrupt()
            if under_way:
                ended, _ = await asyncio.wait(under_way, timeout=grace)
                stopped = _gather(ended, under_way, done, on_done) or stopped
        finally:
            await _cancel([bell, *under_way])
    pending = len(jobs) - len(done)
    if interrupt.is_set() and pending:
        stopped = Stopped("interrupted", f"interrupted: {pending} of {len(jobs)} are pending")
    return Ended(tuple(done.get(place) for place in range(len(jobs))), pending, stopped)


def within(work: Coroutine[Any, Any, R]) -> R:
    """Run asynchronous work to its end; Ctrl-C outside of `run` raises `KeyboardInterrupt`.

    A handler that asyncio sets is replaced in `run`, and `signal` then writes out in full what
    every task came to, which takes seconds after a long document.
    """
    if threading.current_thread() is not threading.main_thread():
        return asyncio.run(work)
    before = signal.signal(signal.SIGINT, _interrupt)
    try:
        return asyncio.run(work)
    finally:
        signal.signal(signal.SIGINT, before)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


async def _awaited(job: Callable[[], Awaitable[R]]) -> R:
    return await job()


def _gather(
    ended: set[asyncio.Task[Any]],
    under_way: dict[asyncio.Task[R], int],
    done: dict[int, R],
    on_done: Callable[[int, R], None] | None,
) -> Stopped | None:
    """Take in what has ended, all of it, and return why the run must stop."""
    stopped: Stopped | None = None
    for task in sorted(ended & under_way.keys(), key=lambda each: under_way[each]):
        place = under_way.pop(task)
        try:
            done[place] = task.result()
        except Stopped as error:
            stopped = error
            continue
        if on_done is not None:
            on_done(place, done[place])
    return stopped


async def _cancel(tasks: Sequence[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@contextlib.contextmanager
def _interruptible(interrupt: asyncio.Event) -> Generator[None]:
    """Let Ctrl-C set an event instead of raising anywhere; only the main thread hears of it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()

    def ring(_signal: int, _frame: object) -> None:
        loop.call_soon_threadsafe(interrupt.set)

    before = signal.signal(signal.SIGINT, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
