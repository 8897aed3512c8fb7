"""Keep a run within the money and the requests that a person allows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from decimal import Decimal

from quizgen.errors import QuizgenError
from quizgen.llm import prices
from quizgen.llm.prices import Price
from quizgen.llm.values import Stopped, Usage


class Budget:
    """Let a request go only if the run stays within its limits even at that request's worst."""

    def __init__(
        self,
        *,
        max_cost: Decimal | None = None,
        max_requests: int | None = None,
        price: Price | None = None,
    ) -> None:
        if max_cost is not None and price is None:
            raise QuizgenError(
                "--max-cost cannot be kept, since the price of this model is not known here; "
                "--max-requests can"
            )
        self._max_cost = max_cost
        self._max_requests = max_requests
        self._price = price
        self._held = Decimal(0)
        self._sent = 0
        self._freed = asyncio.Event()
        self._spent = Usage()

    @property
    def spent(self) -> Usage:
        """Return what all requests so far took."""
        return self._spent

    def priced(self, usage: Usage) -> Usage:
        """Return usage with what it cost."""
        return prices.priced(usage, self._price)

    @asynccontextmanager
    async def request(self, given: int, written: int) -> AsyncGenerator[None]:
        """Hold back what so many tokens cost while a request is under way.

        Waits for others to end where it would not fit beside them.

        Raises `Stopped` where it would exceed a limit even so.
        """
        worst = self.priced(Usage(1, given, written)).cost or Decimal(0)
        while not self._fits(worst):
            await self._freed.wait()
        self._sent += 1
        self._held += worst
        try:
            yield
        finally:
            self._held -= worst
            self._freed.set()
            self._freed = asyncio.Event()

    def add(self, usage: Usage) -> None:
        """Count what a request took."""
        self._spent += usage

    def _fits(self, worst: Decimal) -> bool:
        if self._max_requests is not None and self._sent >= self._max_requests:
            raise Stopped(
                "budget",
                f"stopped: {self._sent} requests were sent, as many as --max-requests allows; "
                "what is done is kept, and the same command goes on from there",
            )
        if self._max_cost is None:
            return True
        spent = self._spent.cost or Decimal(0)
        if spent + self._held + worst <= self._max_cost:
            return True
        if not self._held:
            raise Stopped(
                "budget",
                f"stopped: ${spent:.4f} is spent, and the next request could take it "
                f"above the ${self._max_cost} of --max-cost; what is done is kept",
            )
        return False
