"""Show how a run with a language model goes on: a bar on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

import click

from quizgen.llm.values import Usage

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_LINES = 20  # at the most, so that a log of a thousand passages stays readable


class Lines:
    """Tell of a run in lines, a few of them however long it is."""

    def __init__(self, most: int = _LINES) -> None:
        self._most = most
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
        if self._is_told(done, total):
            self.tell(f"{done} of {total} stretches of captions made readable")

    def passages(self, done: int, total: int, cards: int) -> None:
        """Be told how many passages are done, and with how many cards in all."""
        if self._is_told(done, total):
            self.tell(f"{done} of {total} passages, {cards} cards{_cost(self._spent())}")

    def tell(self, line: str) -> None:
        """Be told something that a person should see."""
        click.echo(f"quizgen: {line}", err=True)

    def _is_told(self, done: int, total: int) -> bool:
        if not done or not self._most:
            return False
        return done == total or done * self._most // total > (done - 1) * self._most // total


class Bar:
    """Tell of a run in one line that moves; `left` passages are those that will be waited for."""

    def __init__(self, left: int) -> None:
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

        self._left = left
        self._spent: Callable[[], Usage] = Usage
        self._start = time.monotonic()
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TextColumn("{task.fields[said]}"),
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
            self._captions = self._bar.add_task("captions", said="")
        said = _cost(self._spent()).removeprefix(", ")
        self._bar.update(self._captions, completed=done, total=total, said=said)

    def passages(self, done: int, total: int, cards: int) -> None:
        """Be told how many passages are done, and with how many cards in all."""
        if self._passages is None:
            self._passages = self._bar.add_task("passages", said="")
        took = time.monotonic() - self._start
        said = f"{cards} cards{_cost(self._spent())}{_time(took, done, total, self._left)}"
        self._bar.update(self._passages, completed=done, total=total, said=said)

    def tell(self, line: str) -> None:
        """Be told something that a person should see."""
        self._bar.console.print(f"quizgen: {line}", markup=False, highlight=False, soft_wrap=True)


def watching(left: int) -> Lines | Bar:
    """Choose a bar for a terminal, lines for a pipe, and next to nothing where nothing is sent."""
    if not left:
        return Lines(most=0)
    return Bar(left) if sys.stderr.isatty() else Lines()


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


def _time(took: float, done: int, total: int, left: int) -> str:
    """Say how long the rest will take, by the passages that were waited for."""
    waited = done - (total - left)
    if waited < 1 or done >= total:
        return ""
    return f", {seconds(took / waited * (total - done))} left"
