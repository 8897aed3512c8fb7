"""Read a server's answer to a chat completion, whatever it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from quizgen.llm import refusals
from quizgen.llm.ladder import TOOL
from quizgen.llm.replies import Received, Reply, Said, Trouble, spoken
from quizgen.llm.values import Usage

_FINISHED = {"stop", "tool_calls"}
_MOST_TOKENS = 100_000_000


def read(received: Received, *, now: float) -> Reply:
    """Tell what a server's answer to a chat completion says."""
    if 300 <= received.status < 400:
        return _redirect(received)
    whole = _json(received.body)
    if received.status >= 400:
        return refusals.read(received.status, received.headers, _told(whole, received), now=now)
    if isinstance(whole, _Broken):
        return _no_json(received, whole)
    if not isinstance(whole, Mapping):
        return _not_a_completion("it is no object")
    answer = cast("Mapping[str, Any]", whole)
    if answer.get("error"):
        # OpenRouter reports what went wrong behind it inside an answer that went well.
        return refusals.read(_code(answer["error"]), received.headers, answer, now=now)
    return _completion(answer)


class _Broken(str):
    """Why a body is not JSON."""

    __slots__ = ()


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except RecursionError:
        return _Broken("nested too deeply")
    except ValueError:
        return _Broken("not JSON")


def _no_json(received: Received, why: _Broken) -> Trouble:
    if not received.body.strip():
        return Trouble("server", "the server sent an empty answer", 200, again=True)
    if why == "nested too deeply":
        return Trouble("invalid", "the server's answer is nested too deeply", 200, is_paid=True)
    if received.body.lstrip()[:1] == b"<" or "html" in received.headers.get("content-type", ""):
        return Trouble(
            "server",
            "a web page came instead of an answer: "
            "the base URL is wrong (most end in /v1), or the network asks for a login",
            200,
        )
    return Trouble("server", "the server's answer is not JSON", 200, again=True, is_paid=True)


def _redirect(received: Received) -> Trouble:
    place = spoken(received.headers.get("location", "elsewhere"))
    return Trouble(
        "server",
        f"the server points to {place}, which is not followed; "
        "if you trust it, set OPENAI_BASE_URL to it",
        received.status,
        stops=True,
    )


def _told(whole: Any, received: Received) -> Any:
    if isinstance(whole, _Broken):
        return received.body[:2000].decode("utf-8", "replace")
    return whole


def _code(error: Any) -> int:
    found = cast("Mapping[str, Any]", error).get("code") if isinstance(error, Mapping) else None
    if isinstance(found, str) and found.isdecimal() and len(found) == 3:
        found = int(found)
    return found if isinstance(found, int) and 400 <= found < 600 else 500


def _not_a_completion(what: str, usage: Usage | None = None) -> Trouble:
    why = f"the server's answer is not a chat completion: {what}"
    return Trouble("invalid", why, 200, usage=usage, is_paid=True)


def _completion(answer: Mapping[str, Any]) -> Reply:
    usage = _usage(answer.get("usage"))
    choices = answer.get("choices")
    if choices is None or choices == []:
        why = "the server's answer holds no choices"
        return Trouble("server", why, 200, again=True, usage=usage)
    if not isinstance(choices, list) or not isinstance(
        choice := cast("list[object]", choices)[0], Mapping
    ):
        return _not_a_completion("its choices are of another type", usage)
    found = cast("Mapping[str, Any]", choice)
    message = found.get("message")
    if not isinstance(message, Mapping):
        return _not_a_completion("it holds no message", usage)
    said = cast("Mapping[str, Any]", message)
    if trouble := _unfinished(found.get("finish_reason"), said.get("refusal"), usage):
        return trouble
    text = _written(said)
    if text is None:
        return _not_a_completion("its message is of another type", usage)
    model = answer.get("model")
    return Said(text, usage, model if isinstance(model, str) else "")


def _unfinished(reason: Any, refusal: Any, usage: Usage | None) -> Trouble | None:
    if isinstance(refusal, str) and refusal.strip():
        why = f"the model refused: {spoken(refusal)}"
        return Trouble("refused", why, 200, usage=usage, is_paid=True)
    if reason == "content_filter":
        why = "a filter cut the answer off"
        return Trouble("refused", why, 200, usage=usage, is_paid=True)
    if reason == "length":
        why = "the answer was cut at the limit of its length"
        return Trouble("truncated", why, 200, usage=usage, is_paid=True)
    if not isinstance(reason, str) or reason not in _FINISHED:
        why = f"the server does not say that its answer is whole (finish_reason {reason!r:.40})"
        return Trouble("invalid", why, 200, usage=usage, is_paid=True)
    return None


def _written(message: Mapping[str, Any]) -> str | None:
    """Return a tool call's arguments, else the content; "" for none, None for another type."""
    calls: Any = message.get("tool_calls") or []
    if not isinstance(calls, list):
        return None
    arguments = [_arguments(call) for call in cast("list[object]", calls)]
    if len(arguments) == 1 and arguments[0] is not None:
        return arguments[0]
    content = message.get("content")
    if isinstance(content, list):
        return _parts(cast("list[object]", content))
    return content or "" if isinstance(content, str | None) else None


def _arguments(call: object) -> str | None:
    function = cast("Mapping[str, Any]", call).get("function") if isinstance(call, Mapping) else 0
    if not isinstance(function, Mapping):
        return None
    named = cast("Mapping[str, Any]", function)
    given = named.get("arguments")
    if named.get("name") != TOOL or not isinstance(given, str | dict):
        return None
    # Some servers send the object itself.
    return given if isinstance(given, str) else json.dumps(given)


def _parts(content: Sequence[object]) -> str | None:
    """Join content that comes in parts, as some servers send it."""
    texts: list[str] = []
    for part in content:
        text = cast("Mapping[str, Any]", part).get("text") if isinstance(part, Mapping) else None
        if not isinstance(text, str):
            return None
        texts.append(text)
    return "".join(texts)


def _usage(found: Any) -> Usage | None:
    if not isinstance(found, Mapping):
        return None
    usage = cast("Mapping[str, Any]", found)
    given, written = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
    if given is None or written is None:
        return None
    details = usage.get("prompt_tokens_details")
    known = cast("Mapping[str, Any]", details if isinstance(details, Mapping) else {})
    return Usage(1, given, written, min(given, _count(known.get("cached_tokens")) or 0))


def _count(found: Any) -> int | None:
    is_count = isinstance(found, int) and not isinstance(found, bool)
    return found if is_count and 0 <= found < _MOST_TOKENS else None
