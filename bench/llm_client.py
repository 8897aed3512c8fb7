"""Ask a server a number of questions: `llm_client.py URL ANSWERS HOW_MANY CONCURRENCY`.

Prints, in seconds, how long the questions took, without Python's own start.
"""

from __future__ import annotations

import asyncio
import sys
import time
from functools import partial
from pathlib import Path

from pydantic import BaseModel

from quizgen.llm import ask, runner
from quizgen.llm.settings import Settings
from quizgen.llm.values import Answer, Request


class Cards(BaseModel):
    """What is asked for."""

    cards: list[str]


def question(number: int) -> Request[Cards]:
    """Return one of many questions, as long as a passage is."""
    text = f"Passage {number}. " + "Warm air is lighter than cold air, and so it rises. " * 100
    return Request(f"passage {number}", "cards", "Write cards.", text, Cards, 1000)


async def main(url: str, answers: Path, count: int, concurrency: int) -> None:
    """Ask them all."""
    settings = Settings(url, "tiny-1", concurrency=concurrency)
    async with ask.opened(settings, answers, price=None, tell=lambda _: None) as asker:
        jobs = [partial(asker.ask, question(number)) for number in range(count)]
        start = time.perf_counter()
        ended = await runner.run(jobs, concurrency=concurrency)
        took = time.perf_counter() - start
    good = sum(isinstance(each, Answer) for each in ended.results)
    sent = asker.budget.spent.requests
    print(f"{took:.3f} {good} {sent}")


if __name__ == "__main__":
    url, answers, count, concurrency = sys.argv[1:]
    asyncio.run(main(url, Path(answers), int(count), int(concurrency)))
