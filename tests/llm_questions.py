"""What the tests of the language-model client ask, and how they watch it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from faulty_server import FaultyServer
from pydantic import BaseModel

from quizgen.llm import ask
from quizgen.llm.ask import Asker
from quizgen.llm.prices import Price
from quizgen.llm.retry import Patience
from quizgen.llm.settings import Key, Settings
from quizgen.llm.values import Answer, Failure, Request, Usage

SECRET = "sk-proj-THE-VERY-SECRET-0123456789abcdef"
R = TypeVar("R")


class Pair(BaseModel):
    question: str
    answer: str


class Cards(BaseModel):
    cards: list[Pair]


def of(usage: Usage) -> Decimal:
    return Decimal(usage.input + 2 * usage.output) / 1000


PRICE = Price("tiny-1", "a test", of)


def request(user: str = "Heat rises with air.", *, limit: int = 500) -> Request[Cards]:
    return Request("talk.md, passage 3", "cards", "Write cards.", user, Cards, limit)


@dataclass
class Watched:
    """A client's surroundings: time that passes only when somebody sleeps, and what is told."""

    folder: Path
    settings: Settings
    price: Price | None = None
    told: list[str] = field(default_factory=list[str])
    slept: list[float] = field(default_factory=list[float])
    time: float = 1_700_000_000.0
    spent: Usage = field(default_factory=Usage)

    @property
    def answers(self) -> Path:
        return self.folder / "answers.sqlite"

    def run(self, job: Callable[[Asker], Awaitable[R]]) -> R:
        """Do something with a client that is opened for it and closed after."""
        return asyncio.run(self._run(job))

    def ask(self, *requests: Request[Any]) -> list[Answer[Any] | Failure]:
        """Ask one question after another."""

        async def job(asker: Asker) -> list[Answer[Any] | Failure]:
            return [await asker.ask(each) for each in requests]

        return self.run(job)

    def asks_one(self, question: Request[Any] | None = None) -> Answer[Any] | Failure:
        return self.ask(question or request())[0]

    async def _run(self, job: Callable[[Asker], Awaitable[R]]) -> R:
        patience = Patience(self.sleep, lambda: 0.5, lambda: self.time)
        async with ask.opened(
            self.settings,
            self.answers,
            price=self.price,
            tell=self.told.append,
            patience=patience,
        ) as asker:
            try:
                return await job(asker)
            finally:
                self.spent = asker.budget.spent

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)


def watched(server: FaultyServer, folder: Path, **changes: Any) -> Watched:
    """Return a client's surroundings for a server; `changes` are to its settings."""
    price = changes.pop("price", None)
    settings = Settings(server.url, "tiny-1", Key(SECRET), timeout=5.0)
    return Watched(folder, replace(settings, **changes), price)
