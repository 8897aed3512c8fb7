from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import openai
import pytest
from faulty_server import Asked, Sent, failed, said, serving
from llm_questions import SECRET, Watched, request, watched

from quizgen.llm import wire
from quizgen.llm.ask import Asker
from quizgen.llm.settings import Settings
from quizgen.llm.values import Stopped


def tell_tale(status: int) -> Any:
    """Repeat the key of a request in an error, as careless servers do."""

    def step(asked: Asked) -> Sent:
        return failed(status, f"Bad request: {dict(asked.headers)}", x_should_retry="false")

    return step


def reachable(root: object, depth: int = 14) -> Iterator[str]:
    """Yield every text that a walk over attributes, items and traceback locals comes by."""
    seen: set[int] = set()
    waiting: list[tuple[object, int]] = [(root, 0)]
    while waiting:
        thing, steps = waiting.pop()
        if id(thing) in seen or steps > depth:
            continue
        seen.add(id(thing))
        if isinstance(thing, str | bytes):
            yield thing if isinstance(thing, str) else thing.decode("latin-1")
            continue
        waiting += [(each, steps + 1) for each in within(thing)]


def within(thing: object) -> list[Any]:
    inner: list[Any] = []
    if isinstance(thing, Mapping):
        inner += [*cast("dict[Any, Any]", thing).items()]
    elif isinstance(thing, Collection):
        inner += cast("list[Any]", thing)
    if isinstance(thing, BaseException):
        inner += [thing.args, thing.__cause__, thing.__context__, thing.__traceback__]
    if isinstance(thing, TracebackType):
        here = Path(__file__).parent
        frame = thing.tb_frame
        # The tests know the key themselves.
        if not Path(frame.f_code.co_filename).is_relative_to(here):
            inner += frame.f_locals.values()
        inner.append(thing.tb_next)
    return [*inner, *attributes(thing)]


def attributes(thing: Any) -> list[Any]:
    kinds: list[Any] = [] if isinstance(thing, type) else [*thing.__class__.__mro__]
    if not kinds or kinds[0].__module__.partition(".")[0] not in OURS:
        return []
    slots = [name for each in kinds for name in getattr(each, "__slots__", ())]
    held = [getattr(thing, name, None) for name in slots]
    return [*held, *getattr(thing, "__dict__", {}).values()]


OURS = {"quizgen", "openai", "httpx2", "httpcore2", "builtins", "asyncio", "pydantic"}


def test_the_walk_finds_a_key_that_is_there() -> None:
    try:
        raise ValueError({"a": [SECRET]})
    except ValueError as error:
        assert any(SECRET in text for text in reachable(error))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 429, 500])
def test_the_key_is_in_no_log_file_or_message(
    status: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(said(), tell_tale(status)) as server:
        client = watched(server, tmp_path)
        said_of_it = outcome(client)

    assert "Bad request" in said_of_it
    assert SECRET not in said_of_it
    assert caplog.records, "the client's own log was to be watched"
    assert SECRET not in caplog.text
    assert not any(SECRET in text for each in caplog.records for text in reachable(vars(each)))
    for path in tmp_path.iterdir():
        assert SECRET.encode() not in path.read_bytes()


def outcome(client: Watched) -> str:
    try:
        return f"{client.ask(request('Air is light.'), request())} {client.told}"
    except Stopped as error:
        assert not any(SECRET in text for text in reachable(error))
        return f"{error!r} {error} {client.told}"


def test_the_key_is_in_no_exception_when_nothing_listens(tmp_path: Path) -> None:
    with serving() as server:
        client = watched(server, tmp_path)
    with pytest.raises(Stopped) as caught:
        client.asks_one()

    assert not any(SECRET in text for text in reachable(caught.value))


def test_the_key_is_in_no_exception_of_the_library(tmp_path: Path) -> None:
    async def job(settings: Settings) -> None:
        async with wire.client(settings) as client:
            await client.models.list()

    with serving(tell_tale(403)) as server, pytest.raises(openai.APIStatusError) as caught:
        asyncio.run(job(watched(server, tmp_path).settings))

    assert "Bearer [key]" in str(caught.value)
    assert not any(SECRET in text for text in reachable(caught.value))


def test_the_key_is_not_to_be_found_in_the_client(tmp_path: Path) -> None:
    async def job(asker: Asker) -> list[str]:
        await asker.ask(request())
        return list(reachable(asker))

    with serving() as server:
        found = watched(server, tmp_path).run(job)

    assert len(found) > 40, "the walk got somewhere"
    assert not any(SECRET in text for text in found)
