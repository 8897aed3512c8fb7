from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.llm import prices, retry, tokens
from quizgen.llm.settings import LOCAL, OPENAI
from quizgen.llm.tokens import Meter
from quizgen.llm.values import Usage


def test_a_known_model_has_a_price_and_cached_tokens_cost_less() -> None:
    pytest.importorskip("genai_prices", reason="genai-prices is not installed")
    price = prices.find("gpt-4o-mini", OPENAI)

    assert price is not None
    assert price.source.startswith("genai-prices ")
    full = price.of(Usage(1, 1_000_000, 1_000_000))
    assert Decimal("0.1") < full < Decimal(10)
    assert price.of(Usage(1, 1_000_000, 1_000_000, 1_000_000)) < full
    assert price.of(Usage(1, 5, 0, 50)) <= full, "more cached than sent is a server's mistake"


@pytest.mark.parametrize(
    ("model", "url"),
    [("no-such-model", OPENAI), ("gpt-4o-mini", LOCAL), ("gpt-4o-mini", "https://llm.example/v1")],
)
def test_a_price_that_nobody_here_knows_is_none(model: str, url: str) -> None:
    assert prices.find(model, url) is None


def test_a_price_is_told_for_a_million_tokens_each_way() -> None:
    assert prices.told("gpt-4o-mini", OPENAI) == "$0.15 in $0.60 out"
    assert prices.told("no-such-model", OPENAI) == ""


@given(st.text())
def test_an_upper_bound_of_tokens_is_never_below_the_estimate(text: str) -> None:
    assert tokens.most(tokens.size(text)) >= Meter().tokens(tokens.size(text))


@given(st.integers(1, 4), st.floats(0, 1), st.none() | st.floats(0, retry.LONGEST))
def test_a_pause_grows_is_bounded_and_never_shorter_than_asked(
    failed: int, chance: float, asked: float | None
) -> None:
    seconds = retry.pause(failed, asked, chance)

    assert (asked or 0) + 0.25 <= seconds <= (asked or 0) + 8
    assert seconds < retry.pause(failed + 2, asked, chance) or seconds >= 4


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Thu, 01 Jan 1970 00:02:00 GMT"}, 20.0),
        ({"retry-after": "Thu, 01 Jan 1970 00:02:00 -0000"}, 20.0),
        ({"retry-after": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0.0),
        ({"retry-after": "Thu, 99 Jan 1970 00:00:00 GMT"}, None),
    ],
)
def test_how_long_a_server_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry.asked(headers, now=100.0) == seconds
