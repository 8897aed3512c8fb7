from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from llm_questions import Cards, request

from quizgen.llm import ask
from quizgen.llm.ask import Asker
from quizgen.llm.settings import Key, Settings
from quizgen.llm.values import Answer, Failure, Request

# Another's server judges the client: did it wait, did it give up, did it insist?
pytest.importorskip("llmock", reason="llmock, an independent faulty server, is not installed")
REPLY = '{"cards": [{"question": "What carries heat?", "answer": "Moving air."}]}'
"""An answer that fits our schema, since that server's own are random words."""


async def answers(url: str, folder: Path, *questions: Request[Cards]) -> list[Any]:
    settings = Settings(url, "gpt-4o-mini", Key("sk-for-a-server-that-asks-none"), timeout=2.0)
    opened = ask.opened(settings, folder / "answers.sqlite", price=None, tell=print)
    async with opened as asker:
        return [await _settled(asker, each) for each in questions]


async def _settled(asker: Asker, question: Request[Cards]) -> Answer[Cards] | Failure | str:
    try:
        return await asker.ask(question)
    except ask.Stopped as stopped:
        return stopped.kind


def test_rate_limits_are_waited_for(llmock: Any, tmp_path: Path) -> None:
    llmock.rate_limit(times=2, retry_after=0.2).reply(REPLY, times=None)
    (found,) = asyncio.run(answers(llmock.base_url(), tmp_path, request()))

    assert isinstance(found, Answer)
    assert len(llmock.requests) == 3
    llmock.assert_resilient(strict=True)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "context_length_exceeded", "too_long"),
        (401, None, "auth"),
        (403, None, "auth"),
        (404, "model_not_found", "model"),
    ],
)
def test_what_cannot_get_better_is_not_insisted_on(
    status: int, code: str, kind: str, llmock: Any, tmp_path: Path
) -> None:
    llmock.fail(status, times=None, code=code)
    (found,) = asyncio.run(answers(llmock.base_url(), tmp_path, request()))

    assert (found.kind if isinstance(found, Failure) else found) == kind
    assert len(llmock.requests) == 1
    llmock.assert_resilient(strict=True)


def test_an_outage_that_ends_is_sat_out(llmock: Any, tmp_path: Path) -> None:
    llmock.fail(503, times=1).fail(500, times=1).reply(REPLY, times=None)
    (found,) = asyncio.run(answers(llmock.base_url(), tmp_path, request()))

    assert isinstance(found, Answer)
    llmock.assert_resilient(strict=True)


def test_a_broken_tool_call_brings_no_card(llmock: Any, tmp_path: Path) -> None:
    llmock.fail(400, message="json_schema is not supported").break_tool_call("unknown_tool")
    llmock.reply(REPLY, times=None)
    (found,) = asyncio.run(answers(llmock.base_url(), tmp_path, request()))

    value: object = found.value
    assert isinstance(value, Cards)
    assert value.cards[0].answer == "Moving air."
    llmock.assert_resilient(strict=True)
