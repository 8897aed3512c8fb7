from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from faulty_server import Sent, failed, page, serving
from llm_questions import SECRET, watched

from quizgen.llm import models
from quizgen.llm.values import Stopped


def listed(*ids: object) -> Sent:
    return Sent(json.dumps({"object": "list", "data": [{"id": each} for each in ids]}).encode())


def test_the_models_of_a_server_are_listed_by_name(tmp_path: Path) -> None:
    with serving(listed("qwen3:8b", "llama3", "llama3", 7, "evil\x1b[2J")) as server:
        found = asyncio.run(models.models(watched(server, tmp_path).settings))
        (asked,) = server.asked

    assert found == ("evil [2J", "llama3", "qwen3:8b")
    assert asked.path == "/v1/models"


@pytest.mark.parametrize(
    ("sent", "kind", "says"),
    [
        (page(), "server", "/v1"),
        (page(404), "server", "/v1"),
        (Sent(b"[" * 100_000), "server", "/v1"),
        (Sent(b'{"data": 5}'), "server", "/v1"),
        (Sent(b"5"), "server", "/v1"),
        (failed(401, f"Bad key {SECRET}"), "auth", "Bad key [key]"),
        (failed(503), "server", "503"),
        (Sent(b"", how="reset"), "server", "broke off"),
    ],
)
def test_a_server_that_lists_none_is_told_of_in_a_sentence(
    sent: Sent, kind: str, says: str, tmp_path: Path
) -> None:
    with serving(sent) as server, pytest.raises(Stopped) as caught:
        asyncio.run(models.models(watched(server, tmp_path).settings))

    assert caught.value.kind == kind
    assert says in str(caught.value)
