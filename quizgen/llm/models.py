"""List the models that a server offers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from quizgen.llm import completions
from quizgen.llm.replies import Received, Trouble, spoken
from quizgen.llm.settings import Settings
from quizgen.llm.values import Stopped


async def models(settings: Settings) -> tuple[str, ...]:
    """Return the names of a server's models, in order; raise `Stopped` where it gives none."""
    from quizgen.llm.wire import Wire  # noqa: PLC0415

    wire = Wire(settings)
    try:
        received = await wire.models()
    finally:
        await wire.close()
    found = received if isinstance(received, Trouble) else _names(received)
    if isinstance(found, Trouble):
        raise Stopped(found.kind, found.cause)
    return found


def _names(received: Received) -> tuple[str, ...] | Trouble:
    if received.status != 200:
        found = completions.read(received, now=0.0)
        return found if isinstance(found, Trouble) else _nothing()
    try:
        whole = json.loads(received.body)
    except (ValueError, RecursionError):
        return _nothing()
    listed = cast("Mapping[str, Any]", whole).get("data") if isinstance(whole, Mapping) else None
    if not isinstance(listed, list):
        return _nothing()
    ids = [
        cast("Mapping[str, Any]", each).get("id")
        for each in cast("list[object]", listed)
        if isinstance(each, Mapping)
    ]
    return tuple(sorted({spoken(each) for each in ids if isinstance(each, str)}))


def _nothing() -> Trouble:
    return Trouble(
        "server", "the server does not list its models: is the base URL right (most end in /v1)?"
    )
