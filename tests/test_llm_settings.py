from __future__ import annotations

import copy
import dataclasses
import pickle
from decimal import Decimal

import pytest

from quizgen.errors import QuizgenError, UsageError
from quizgen.llm import settings
from quizgen.llm.settings import Key, Options

SECRET = "sk-secret-0123456789"
HAS_KEY = {"OPENAI_API_KEY": SECRET, "QUIZGEN_MODEL": "tiny-1"}


def test_the_environment_names_server_model_and_key() -> None:
    found = settings.read({**HAS_KEY, "OPENAI_BASE_URL": " https://llm.example/v1/ "})

    assert (found.base_url, found.model) == ("https://llm.example/v1", "tiny-1")
    assert found.key.reveal() == SECRET


def test_an_option_counts_before_the_environment() -> None:
    options = Options(
        base_url="http://127.0.0.1:8080/v1",
        model="other",
        timeout=900,
        concurrency=2,
        max_requests=10,
        max_cost="$0.50",
    )
    found = settings.read({**HAS_KEY, "OPENAI_BASE_URL": "https://llm.example"}, options)

    assert (found.base_url, found.model) == ("http://127.0.0.1:8080/v1", "other")
    assert (found.timeout, found.concurrency, found.max_requests) == (900, 2, 10)
    assert found.max_cost == Decimal("0.50")


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:11434/v1",
        "http://127.0.0.1/v1",
        "http://127.8.9.10:1234/v1",
        "http://[::1]:8080/v1",
        "HTTP://LOCALHOST:1/v1",
    ],
)
def test_plain_http_and_no_key_will_do_on_this_machine(url: str) -> None:
    found = settings.read({"OPENAI_BASE_URL": url, "QUIZGEN_MODEL": "qwen3"})

    assert found.is_local
    assert not found.key


@pytest.mark.parametrize(
    "url",
    [
        "http://llm.example/v1",
        "http://192.168.1.7:8080/v1",
        "http://localhost.example/v1",
        "http://127.0.0.1.example/v1",
        "http://0.0.0.0:8080/v1",
        "http://127.1/v1",
        "http://[::ffff:8.8.8.8]/v1",
    ],
)
def test_plain_http_to_another_machine_is_refused(url: str) -> None:
    with pytest.raises(QuizgenError, match="unencrypted"):
        settings.read({**HAS_KEY, "OPENAI_BASE_URL": url})


@pytest.mark.parametrize(
    "url",
    ["llm.example/v1", "ftp://llm.example", "https://", "https://[::1", "https://a:99999/v1"],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(QuizgenError, match="is not an address"):
        settings.read({**HAS_KEY, "OPENAI_BASE_URL": url})


@pytest.mark.parametrize(
    "url",
    [
        f"https://user:{SECRET}@llm.example/v1",
        f"https://llm.example/v1?key={SECRET}",
        f"https://llm.example/v1#{SECRET}",
    ],
)
def test_a_secret_in_the_address_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(QuizgenError) as caught:
        settings.read({**HAS_KEY, "OPENAI_BASE_URL": url})

    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("key", ["sk-one sk-two", "sk-ключ", "sk-a\nsk-b"])
def test_a_key_that_no_header_can_hold_is_refused_without_being_repeated(key: str) -> None:
    with pytest.raises(QuizgenError, match="OPENAI_API_KEY") as caught:
        settings.read({**HAS_KEY, "OPENAI_API_KEY": key})

    assert key not in str(caught.value)


def test_a_missing_key_and_a_missing_model_are_told_with_the_remedy() -> None:
    with pytest.raises(QuizgenError, match="set OPENAI_API_KEY"):
        settings.read({"QUIZGEN_MODEL": "tiny-1"})
    with pytest.raises(QuizgenError, match="quizgen models"):
        settings.read({"OPENAI_API_KEY": SECRET})


def test_a_list_of_models_needs_no_model() -> None:
    assert settings.read({"OPENAI_API_KEY": SECRET}, Options(needs_model=False)).model == ""


@pytest.mark.parametrize(
    "options",
    [
        Options(timeout=0),
        Options(timeout=float("nan")),
        Options(concurrency=0),
        Options(concurrency=1000),
        Options(max_requests=-1),
        Options(max_cost="much"),
        Options(max_cost="-1"),
        Options(max_cost="NaN"),
    ],
)
def test_a_senseless_option_is_wrong_usage(options: Options) -> None:
    with pytest.raises(UsageError):
        settings.read(HAS_KEY, options)


def test_a_key_shows_itself_nowhere() -> None:
    found = settings.read(HAS_KEY)

    shown = f"{found!r} {found} {found.key!r} {found.key} {dataclasses.asdict(found)}"
    assert SECRET not in shown
    assert copy.deepcopy(found.key) == found.key
    assert found.key != Key("another")
    with pytest.raises(TypeError, match="not written"):
        pickle.dumps(found)


def test_a_key_is_blotted_out_of_what_others_say() -> None:
    assert Key(SECRET).scrub(f"Bad key {SECRET}!".encode()) == b"Bad key [key]!"
    assert Key().scrub(b"Bad key") == b"Bad key"
    assert Key("x").scrub(b"an example") == b"an example", "a key for show is in every text"
