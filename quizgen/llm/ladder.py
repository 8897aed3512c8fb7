"""Write one question in the ways that servers understand, from the surest to the plainest."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, cast, get_args

from quizgen.llm import schema
from quizgen.llm.settings import OPENAI, Settings
from quizgen.llm.values import Request, T

Mode: TypeAlias = Literal["schema", "tool", "json", "text"]
Part: TypeAlias = Literal["temperature", "seed", "limit"]
MODES: tuple[Mode, ...] = get_args(Mode)
TOLD = {
    "schema": "by JSON schema",
    "tool": "as a tool call",
    "json": "in JSON mode",
    "text": "as JSON in plain text",
}
TOOL = "answer"
_LIMITS = ("max_completion_tokens", "max_tokens", "")
_SHOWN = 8_000


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server was found to understand: an output mode, and which further parts of a body."""

    mode: Mode = "schema"
    temperature: bool = True
    seed: bool = True
    limit: str = "max_tokens"


@dataclass(frozen=True, slots=True)
class Complaint:
    """An output that could not be used, and why, to be shown to the model."""

    output: str
    reason: str


def first(base_url: str) -> Dialect:
    """Return the dialect to begin with: OpenAI alone has dropped the older word for the limit."""
    return Dialect(limit=_LIMITS[0] if base_url == OPENAI else _LIMITS[1])


def below(mode: Mode) -> Mode | None:
    """Return the next plainer mode, or None under the last."""
    return next(iter(MODES[MODES.index(mode) + 1 :]), None)


def without(dialect: Dialect, part: Part) -> Dialect:
    """Return the dialect without a part that the server refused; the same where it has none."""
    match part:
        case "temperature":
            return replace(dialect, temperature=False)
        case "seed":
            return replace(dialect, seed=False)
        case "limit":
            left = [each for each in _LIMITS if each != dialect.limit]
            # The other word is tried once; a server that refuses both gets none.
            other = left[0] if dialect.limit == "max_tokens" else left[-1]
            return replace(dialect, limit=other if dialect.limit else "")


def dumped(dialect: Dialect) -> str:
    """Write a dialect for the file that remembers it."""
    values = {name: getattr(dialect, name) for name in Dialect.__slots__}
    return json.dumps(values, sort_keys=True)


def loaded(text: str) -> Dialect | None:
    """Read a dialect back, or None where another version wrote it."""
    try:
        found = Dialect(**json.loads(text))
    except (ValueError, TypeError):
        return None
    return found if found.mode in MODES and found.limit in _LIMITS else None


def body(
    request: Request[T], settings: Settings, dialect: Dialect, complaint: Complaint | None = None
) -> dict[str, Any]:
    """Write the body of a chat completion."""
    shape = schema.flat(request.schema)
    system = request.system
    if dialect.mode in {"json", "text"}:
        system += (
            "\n\nAnswer with one JSON object and nothing else, as this JSON Schema describes it:\n"
            + json.dumps(shape, ensure_ascii=False)
        )
    messages = [("system", system), ("user", request.user), *_again(complaint)]
    out: dict[str, Any] = {
        "model": settings.model,
        "messages": [{"role": role, "content": _sendable(text)} for role, text in messages],
    }
    if dialect.temperature:
        out["temperature"] = settings.temperature
    if dialect.seed:
        out["seed"] = settings.seed
    if dialect.limit:
        out[dialect.limit] = request.max_output_tokens
    return out | _wish(dialect.mode, shape)


def canonical(request: Request[T], settings: Settings) -> bytes:
    """Return what makes two questions the same, whichever way they are put to a server.

    An answer that is kept was whole, so how long it might have been makes no difference.
    """
    return json.dumps(body(request, settings, Dialect(limit="")), sort_keys=True).encode()


def _again(complaint: Complaint | None) -> Sequence[tuple[str, str]]:
    if complaint is None:
        return ()
    # Some servers refuse an empty message, so the model is then told nothing but the reason.
    output = complaint.output[:_SHOWN] if complaint.output.strip() else "(nothing)"
    return (
        ("assistant", output),
        ("user", f"That cannot be used: {complaint.reason}. Answer again, in full, without that."),
    )


def _sendable(text: str) -> str:
    # Lone surrogates have no bytes, and the client would fail on them.
    return text.encode("utf-8", "replace").decode()


def _wish(mode: Mode, shape: dict[str, Any]) -> dict[str, Any]:
    match mode:
        case "schema":
            wanted = {"name": TOOL, "schema": shape, "strict": True}
            return {"response_format": {"type": "json_schema", "json_schema": wanted}}
        case "tool":
            function = {"name": TOOL, "description": "Give the answer.", "parameters": shape}
            return {
                "tools": [{"type": "function", "function": function}],
                "tool_choice": {"type": "function", "function": {"name": TOOL}},
            }
        case "json":
            return {"response_format": {"type": "json_object"}}
        case "text":
            return cast("dict[str, Any]", {})
