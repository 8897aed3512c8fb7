from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from faulty_server import GOOD, Asked, Sent, bomb, called, failed, page, said, serving
from faulty_server import Answer as Step
from llm_questions import Cards, Watched, request, watched

from quizgen.llm.values import Failure, Stopped

DEEP = b'{"a":' * 100_000
OTHER = json.dumps({"cards": [{"question": 7, "answer": "Moving air."}]})
QUOTA = failed(429, "You exceeded your current quota", code="insufficient_quota")


def only(*modes: str, status: int = 400, message: str = "no response_format") -> Step:
    """Understand some output modes only."""

    def step(asked: Asked) -> Sent:
        if asked.mode not in modes:
            return failed(status, message)
        return called() if asked.mode == "tool" else said()

    return step


def packed(how: str) -> Sent:
    return Sent(b"x", headers=(("Content-Encoding", how),))


def unless(word: str, message: str) -> Step:
    """Refuse bodies with a part in them."""
    return lambda asked: failed(400, message) if word in asked.body else said()


@dataclass(frozen=True)
class Fault:
    """What a server does, and what comes of it: an answer, a failure or the end of the run."""

    name: str
    script: tuple[Sent | Step, ...]
    gives: str
    requests: int
    says: str = ""
    waits: tuple[float, ...] = ()
    timeout: float = 5.0


# `waits` are what the client sleeps when chance says 0.5: three quarters of 0.5, 1, 2 and 4 s.
BACKOFF = (0.375, 0.75, 1.5, 3.0)
OK = said()
NO_SCHEMA = failed(400, "no json_schema")
PROVEN = said()  # a first good answer, after which the mode is known to work
FAULTS = (
    Fault("a web page with status 200", (page(),), "server", 1, "web page"),
    Fault("502 with a web page", (page(502), said()), "answer", 2, waits=BACKOFF[:1]),
    Fault("502 for ever", (page(502),), "server", 5, "failed (502), in 5 attempts", BACKOFF),
    Fault("an empty body", (Sent(b""), said()), "answer", 2, waits=BACKOFF[:1]),
    Fault("an empty body for ever", (Sent(b" "),), "server", 5, "empty answer", BACKOFF),
    Fault("a body cut in JSON", (Sent(b'{"choices": ['), said()), "answer", 2, waits=BACKOFF[:1]),
    Fault("no choices", (said(choices=[]), said()), "answer", 2, waits=BACKOFF[:1]),
    Fault("choices null", (said(choices=None),), "server", 5, "no choices", BACKOFF),
    Fault(
        "an error in a 200",
        (said(choices=None, error={"code": 502, "message": "upstream died"}), said()),
        "answer",
        2,
        waits=BACKOFF[:1],
    ),
    Fault(
        "an error without a code in a 200",
        (said(error={"message": "upstream died"}),),
        "server",
        5,
        "upstream died",
    ),
    Fault(
        "a quota error in a 200",
        (said(error={"code": 402, "message": "Insufficient credits"}),),
        "stops: quota",
        1,
        "add credit",
    ),
    Fault("choices of another type", (said(choices="many"),), "invalid", 1, "another type"),
    Fault("a choice of another type", (said(choices=[7]),), "invalid", 1, "another type"),
    Fault("a message of another type", (said(choice={"message": 5}),), "invalid", 1, "no message"),
    Fault("content of another type", (said(message={"content": 5}),), "invalid", 1, "another type"),
    Fault("tool calls of another type", (said(message={"tool_calls": 5}),), "invalid", 1),
    Fault("a body that is a list", (Sent(b"[]"),), "invalid", 1, "no object"),
    Fault("a body that is a string", (Sent(b'"hello"'),), "invalid", 1, "no object"),
    Fault("a body that is no text", (Sent(b"\xff\xfe\x00\xd8"),), "server", 5, "not JSON"),
    Fault("content null", (PROVEN, said(None)), "invalid", 3, "no JSON object"),
    Fault("content null once", (PROVEN, said(None), said()), "answer", 3),
    Fault(
        "a refusal",
        (said(None, message={"refusal": "I cannot help with that."}),),
        "refused",
        1,
        "I cannot help",
    ),
    Fault("words after the JSON", (said(f"{GOOD}\n\nI hope this helps! {{}}"),), "answer", 1),
    Fault("words before the JSON", (said(f"Here {{it}} is:\n{GOOD}"),), "answer", 1),
    Fault("a code fence", (said(f"```json\n{GOOD}\n```"),), "answer", 1),
    Fault("content in parts", (said(message={"content": [{"text": GOOD}]}),), "answer", 1),
    Fault("a number for a string", (PROVEN, said(OTHER)), "invalid", 3, "cards.0.question"),
    Fault("a number for a string once", (PROVEN, said(OTHER), said()), "answer", 3),
    Fault("a lone surrogate", (PROVEN, said(GOOD.replace("heat", "\\ud83d"))), "invalid", 3),
    Fault("100k deep content", (PROVEN, said('{"a":' * 100_000)), "invalid", 3, "too deeply"),
    Fault("100k deep body", (Sent(DEEP),), "invalid", 1, "too deeply"),
    Fault("thoughts", (said(f'<think>Is {{"cards": []}} fine?</think>\n{GOOD}'),), "answer", 1),
    Fault("thoughts without an opening", (said(f"Hm, {{}}.</think>{GOOD}"),), "answer", 1),
    Fault("thoughts without an end", (PROVEN, said("<think>Well, let me")), "invalid", 3),
    Fault("a NUL", (said(GOOD.replace("heat", "h\\u0000eat")),), "answer", 1),
    Fault("a raw line break in a string", (said(GOOD.replace("heat", "\nheat")),), "answer", 1),
    Fault("finish reason null", (said(choice={"finish_reason": None}),), "invalid", 1, "whole"),
    Fault("finish reason unknown", (said(choice={"finish_reason": "tired"}),), "invalid", 1),
    Fault("finish reason of another type", (said(choice={"finish_reason": []}),), "invalid", 1),
    Fault("cut at the limit", (said(choice={"finish_reason": "length"}),), "truncated", 1, "cut"),
    Fault("cut by a filter", (said(choice={"finish_reason": "content_filter"}),), "refused", 1),
    Fault("usage missing", (said(usage=None),), "answer", 1),
    Fault("usage of another type", (said(usage={"prompt_tokens": "many"}),), "answer", 1),
    Fault("usage below zero", (said(usage={"prompt_tokens": -5}),), "answer", 1),
    Fault(
        "Retry-After 0",
        (failed(429, Retry_After="0"), said()),
        "answer",
        2,
        waits=BACKOFF[:1],
    ),
    Fault("Retry-After 3", (failed(429, Retry_After="3"), said()), "answer", 2, waits=(3.375,)),
    Fault(
        "Retry-After as a date",
        (failed(503, Retry_After="Tue, 14 Nov 2023 22:13:30 GMT"), said()),
        "answer",
        2,
        waits=(10.375,),
    ),
    Fault("Retry-After nonsense", (failed(429, Retry_After="soon"), said()), "answer", 2),
    Fault("Retry-After 200", (failed(429, Retry_After="200"),), "stops: server", 1, "wait 200 s"),
    Fault("500 and Retry-After 200", (failed(500, Retry_After="200"),), "server", 1, "wait 200 s"),
    Fault(
        "500 and x-should-retry: false",
        (failed(500, x_should_retry="false"),),
        "server",
        1,
    ),
    Fault("409 and x-should-retry: false", (failed(409, x_should_retry="false"),), "server", 1),
    Fault("418 and x-should-retry: true", (failed(418, x_should_retry="true"), OK), "answer", 2),
    Fault("429 for ever", (failed(429, "Slow down"),), "server", 5, "too often", BACKOFF),
    Fault("a reset", (said(how="reset"), said()), "answer", 2, waits=BACKOFF[:1]),
    Fault("a reset for ever", (said(how="reset"),), "stops: server", 5, "", BACKOFF),
    Fault("a reset for ever, later", (PROVEN, said(how="reset")), "server", 6, "5 attempts"),
    Fault("a short body", (said(how="short"), said()), "answer", 2, waits=BACKOFF[:1]),
    Fault("a trickle", (PROVEN, said(how="trickle")), "timeout", 2, "--timeout", timeout=0.3),
    Fault("silence", (PROVEN, said(how="hang")), "timeout", 2, "0.3 s", timeout=0.3),
    Fault(
        "a redirect to itself",
        (Sent(b"", 307, (("Location", "/v1/chat/completions"),)),),
        "stops: server",
        1,
        "OPENAI_BASE_URL",
    ),
    Fault("a gzip bomb", (bomb(),), "invalid", 1, "larger than 16 MB"),
    Fault("20 MB", (Sent(b" " * (20 << 20)),), "invalid", 1, "larger than 16 MB"),
    Fault(
        "an unknown packing",
        (packed("zstd"),),
        "invalid",
        1,
        "not asked for",
    ),
    Fault(
        "a damaged packing",
        (packed("gzip"), said()),
        "answer",
        2,
    ),
    Fault("the quota is used up", (QUOTA,), "stops: quota", 1, "add credit"),
    Fault("402", (failed(402, "Insufficient Balance"),), "stops: quota", 1, "add credit"),
    Fault("401", (failed(401, "Incorrect API key"),), "stops: auth", 1, "OPENAI_API_KEY"),
    Fault("403", (failed(403, "Country not supported"),), "stops: auth", 1, "Country"),
    Fault("403 by a moderator", (failed(403, "Your input was flagged"),), "refused", 1, "flagged"),
    Fault(
        "no such model",
        (failed(404, "The model `tiny-1` does not exist", code="model_not_found"),),
        "stops: model",
        1,
        "quizgen models",
    ),
    Fault(
        "no such model at Ollama",
        (failed(404, 'model "tiny-1" not found, try pulling it first'),),
        "stops: model",
        1,
    ),
    Fault(
        "no such model at OpenRouter",
        (failed(400, "tiny-1 is not a valid model ID"),),
        "stops: model",
        1,
    ),
    Fault("404 without words", (page(404),), "stops: server", 1, "/v1"),
    Fault(
        "the window exceeded",
        (
            failed(
                400,
                "This model's maximum context length is 8192 tokens",
                code="context_length_exceeded",
            ),
        ),
        "too_long",
        1,
        "window",
    ),
    Fault(
        "the window exceeded at llama.cpp",
        (failed(400, "the request exceeds the available context size"),),
        "too_long",
        1,
    ),
    Fault("413", (page(413),), "too_long", 1),
    Fault("a filter before the model", (failed(400, "no", code="content_filter"),), "refused", 1),
    Fault("no json_schema", (only("tool", "json", "text"),), "answer", 2),
    Fault("neither json_schema nor tools", (only("json", "text"),), "answer", 3),
    Fault("plain text alone", (only("text"),), "answer", 4),
    Fault("no json_schema, by 422", (only("tool", status=422),), "answer", 2),
    Fault("no json_schema, by 404", (only("tool", status=404),), "answer", 2),
    Fault("no json_schema, by a wordless 400", (only("tool", message=""),), "answer", 2),
    Fault(
        "no json_schema, by a wordless 500", (only("tool", status=500, message=""),), "answer", 3
    ),
    Fault("no mode at all", (only(),), "server", 4, "response_format"),
    Fault("json_schema answered in prose", (said("Air!"), called()), "answer", 2),
    Fault("a tool call with an object", (only("tool"), called(json.loads(GOOD))), "answer", 2),
    Fault(
        "another tool called",
        (failed(400, "no json_schema"), called(name="search"), said()),
        "answer",
        3,
    ),
    Fault("no temperature", (unless("temperature", "Unsupported: 'temperature'"),), "answer", 2),
    Fault("no seed", (unless("seed", "Unknown parameter: seed"),), "answer", 2),
    Fault("no max_tokens", (unless("max_tokens", "'max_tokens' is not supported"),), "answer", 2),
    Fault("no such status", (failed(499, "?"),), "server", 1, "turned the request down"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_becomes_an_answer_or_a_sentence(fault: Fault, tmp_path: Path) -> None:
    with serving(*fault.script) as server:
        client = watched(server, tmp_path, timeout=fault.timeout)
        gave, sentence = outcome(client, is_later=fault.script[0] is PROVEN)
        asked = len(server.asked)

    assert (gave, asked) == (fault.gives, fault.requests), sentence
    assert fault.says in sentence
    assert "Traceback" not in sentence
    assert "\n" not in sentence
    if fault.waits:
        assert client.slept == pytest.approx(fault.waits)


def outcome(client: Watched, *, is_later: bool) -> tuple[str, str]:
    """Ask, after a first good question where the server is to be known, and tell what came."""
    questions = [request("Air is light."), request()] if is_later else [request()]
    try:
        found = client.ask(*questions)[-1]
    except Stopped as stopped:
        return f"stops: {stopped.kind}", str(stopped)
    if isinstance(found, Failure):
        assert found.sentence.startswith("talk.md, passage 3: ")
        return found.kind, found.sentence
    value: object = found.value
    assert isinstance(value, Cards)
    assert value.cards[0].answer == "Moving air."
    return "answer", ""
