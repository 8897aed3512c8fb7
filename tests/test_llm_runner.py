from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from faulty_server import failed, said, serving
from llm_questions import request, watched

from quizgen.llm import runner
from quizgen.llm.ask import Asker
from quizgen.llm.runner import Ended
from quizgen.llm.values import Answer, Stopped


async def slow(number: int) -> int:
    await asyncio.sleep(0.001 * (number % 3))
    return number


def test_results_come_in_order_and_are_told_as_they_come() -> None:
    told: list[tuple[int, int]] = []

    def on_done(place: int, found: int) -> None:
        told.append((place, found))

    jobs = [partial(slow, number) for number in range(10)]

    ended = asyncio.run(runner.run(jobs, concurrency=3, on_done=on_done))

    assert ended == Ended(tuple(range(10)), 0, None)
    assert sorted(told) == [(number, number) for number in range(10)]
    assert told != sorted(told)


@pytest.mark.parametrize("concurrency", [1, 3, 50])
def test_no_more_than_allowed_run_at_once(concurrency: int) -> None:
    now: list[int] = [0, 0]

    async def job() -> None:
        now[0] += 1
        now[1] = max(now)
        await asyncio.sleep(0.001)
        now[0] -= 1

    asyncio.run(runner.run([job] * 10, concurrency=concurrency))

    assert now == [0, min(10, concurrency)]


def test_nothing_to_do_is_done() -> None:
    jobs: list[Callable[[], Awaitable[int]]] = []
    assert asyncio.run(runner.run(jobs, concurrency=4)) == Ended((), 0, None)


def test_a_stop_lets_what_is_under_way_finish_and_starts_no_more() -> None:
    started: list[int] = []

    async def job(number: int) -> int:
        started.append(number)
        await asyncio.sleep(0.005 if number == 2 else 0)
        if number == 1:
            raise Stopped("quota", "the quota is used up")
        return number

    jobs = [partial(job, number) for number in range(9)]
    ended = asyncio.run(runner.run(jobs, concurrency=3))

    assert ended.results[0] == 0
    assert ended.results[1] is None
    assert ended.results[2] == 2
    assert len(started) < 9
    assert ended.pending == sum(each is None for each in ended.results)
    assert ended.stopped is not None
    assert ended.stopped.kind == "quota"


def test_a_mistake_of_ours_is_not_hidden() -> None:
    async def job() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(runner.run([job, job], concurrency=2))


def interrupted(client: Any, answers: list[Any]) -> Ended[Any]:
    """Press Ctrl-C as soon as the first two answers are there."""

    def on_done(_: int, found: Any) -> None:
        answers.append(found)
        if len(answers) == 2:
            os.kill(os.getpid(), signal.SIGINT)

    async def job(asker: Asker) -> Ended[Any]:
        jobs = [partial(asker.ask, request(f"Fact {n}.")) for n in range(9)]
        return await runner.run(jobs, concurrency=4, on_done=on_done)

    return client.run(job)


@pytest.mark.skipif(os.name == "nt", reason="a process cannot press Ctrl-C in itself there")
def test_ctrl_c_ends_within_two_seconds_and_keeps_what_is_paid_for(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    answers: list[Any] = []
    with serving(said(), said(), said(how="hang")) as server:
        client = watched(server, tmp_path)
        start = time.monotonic()
        ended = interrupted(client, answers)
        took = time.monotonic() - start

    assert took < 2
    assert ended.pending == 7
    assert ended.stopped is not None
    assert ended.stopped.kind == "interrupted"
    assert str(ended.stopped) == "interrupted: 7 of 9 are pending"
    done = [n for n, each in enumerate(ended.results) if isinstance(each, Answer)]
    assert len(done) == 2
    assert signal.getsignal(signal.SIGINT) is before
    with serving(failed(500)) as other:
        again = watched(other, tmp_path, base_url=client.settings.base_url)
        found = again.ask(*(request(f"Fact {n}.") for n in done))
    assert all(isinstance(each, Answer) and each.is_cached for each in found)


@pytest.mark.skipif(os.name == "nt", reason="a process cannot press Ctrl-C in itself there")
def test_answers_that_arrive_just_after_ctrl_c_are_taken() -> None:
    pressed = asyncio.Event()
    started: list[int] = []
    told: list[int] = []

    async def job(number: int) -> int:
        started.append(number)
        if number > 1:
            # These are under way when the first two are done, and answered only after Ctrl-C.
            await pressed.wait()
        return number

    def on_done(place: int, _: int) -> None:
        told.append(place)
        if len(told) == 2:
            os.kill(os.getpid(), signal.SIGINT)
            pressed.set()

    jobs = [partial(job, number) for number in range(9)]
    ended = asyncio.run(runner.run(jobs, concurrency=4, on_done=on_done, grace=60))

    assert 4 <= len(started) < 9
    assert [each for each in ended.results if each is not None] == sorted(started)
    assert sorted(told) == sorted(started)
    assert (ended.pending, ended.stopped and ended.stopped.kind) == (
        9 - len(started),
        "interrupted",
    )


def test_another_thread_may_run_jobs_too() -> None:
    ended: list[Ended[int]] = []

    def work() -> None:
        ended.append(asyncio.run(runner.run([partial(slow, 1)], concurrency=1)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [Ended((1,), 0, None)]
