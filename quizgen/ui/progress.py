"""Show how a run with a language model goes on: a bar on a terminal, plain lines in a pipe."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

import click

from quizgen.llm.values import Usage

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn, TaskID

_LINES = 20  # at the most, so that a log of a thousand passages stays readable


class Lines:
    """Tell of a run in lines, a few of them however long it is."""

    def __init__(self) -> None:
        self._spent: Callable[[], Usage] = Usage

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def begin(self, spent: Callable[[], Usage]) -> None:
        """Be told that something will be sent; `spent` is what it has taken at any moment."""
        self._spent = spent

    def captions(self, done: int, total: int) -> None:
        """Be told how many stretches of captions are readable."""
        if _is_told(done, total):
            self.tell(f"{done} of {total} stretches of captions made readable")

    def passages(self, done: int, total: int, cards: int) -> None:
        """Be told how many passages are done, and with how many cards in all."""
        if _is_told(done, total):
            self.tell(f"{done} of {total} passages, {cards} cards{_cost(self._spent())}")

    def tell(self, line: str) -> None:
        """Be told something that a person should see."""
        click.echo(f"quizgen: {line}", err=True)


class Bar:
    """Tell of a run in a line that moves.

    `left` passages are those that will be waited for, `at_once` how many are under way together.
    """

    def __init__(self, left: int, at_once: int) -> None:
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

        self._left = left
        self._at_once = at_once
        self._spent: Callable[[], Usage] = Usage
        self._start = time.monotonic()
        self._cards = 0
        self._ends = 0.0
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            _column(self._said),
        )
        self._bar: Progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._captions: TaskID | None = None
        self._passages: TaskID | None = None

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begin(self, spent: Callable[[], Usage]) -> None:
        """Be told that something will be sent; `spent` is what it has taken at any moment."""
        self._spent = spent
        self._start = time.monotonic()

    def captions(self, done: int, total: int) -> None:
        """Be told how many stretches of captions are readable."""
        if self._captions is None:
            self._captions = self._bar.add_task("captions")
        self._bar.update(self._captions, completed=done, total=total, visible=done < total)

    def passages(self, done: int, total: int, cards: int) -> None:
        """Be told how many passages are done, and with how many cards in all."""
        if self._passages is None:
            self._passages = self._bar.add_task("passages")
        self._cards = cards
        now = time.monotonic()
        waited = done - (total - self._left)
        if waited > 0 and done < total:
            each = (now - self._start) * self._at_once / waited
            self._ends = now + each * math.ceil((total - done) / self._at_once)
        self._bar.update(self._passages, completed=done, total=total)

    def tell(self, line: str) -> None:
        """Be told something that a person should see."""
        self._bar.console.print(f"quizgen: {line}", markup=False, highlight=False, soft_wrap=True)

    def _said(self) -> str:
        usage = self._spent()
        left = self._ends - time.monotonic()
        time_left = f", {seconds(left)} left" if left > 0 else ""
        return f"{self._cards} cards, {usage.requests} requests{_cost(usage)}{time_left}"


def _column(said: Callable[[], str]) -> ProgressColumn:
    """Make a column that says anew what is so each time it is drawn."""
    from rich.progress import ProgressColumn, Task  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    class Said(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text("" if task.finished else said())

    return Said()


def watching(left: int, at_once: int) -> Lines | Bar:
    """Choose a bar for a terminal, and lines for whatever else reads what is told."""
    return Bar(left, at_once) if sys.stderr.isatty() else Lines()


def seconds(number: float) -> str:
    """Write a duration: `40 s`, `12 min`, `3 h 20 min`."""
    if number < 90:
        return f"{max(1, round(number))} s"
    minutes = round(number / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"


def money(usage: Usage) -> str:
    """Write what usage cost; empty where no price is known."""
    if usage.cost is None or not usage.requests:
        return ""
    return f"${usage.cost:.2f}" if usage.cost >= 1 else f"${usage.cost:.4f}"


def _cost(usage: Usage) -> str:
    said = money(usage)
    return f", {said}" if said else ""


def _is_told(done: int, total: int) -> bool:
    return done > 0 and (done == total or done * _LINES // total > (done - 1) * _LINES // total)
