"""Tell what tokens cost, from a table that needs no network."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib import metadata
from typing import Any

from quizgen.llm import schema, tokens
from quizgen.llm.ladder import Complaint
from quizgen.llm.values import Request, Usage


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs: `of` tells the dollars for tokens; `source` where that is known from."""

    model: str
    source: str
    of: Callable[[Usage], Decimal]


def find(model: str, base_url: str) -> Price | None:
    """Return the price of a model on a server, or None: then nobody here knows it.

    The server counts, too: the same model costs different sums from different sellers, and a
    program on this machine may pass requests on to any of them.
    """
    try:
        table: Any = importlib.import_module("genai_prices")
    except ImportError:
        return None

    def of(usage: Usage) -> Decimal:
        used = table.Usage(
            input_tokens=usage.input,
            output_tokens=usage.output,
            cache_read_tokens=min(usage.cached_input, usage.input),
        )
        return table.calc_price(used, model, provider_api_url=base_url).total_price

    try:
        of(Usage(1, 1, 1))
    except (LookupError, ValueError):
        return None
    return Price(model, f"genai-prices {metadata.version('genai-prices')}", of)


def told(model: str, base_url: str) -> str:
    """Say what a million tokens of a model cost, in and out; empty where nobody here knows."""
    price = find(model, base_url)
    if price is None:
        return ""
    million = 1_000_000
    sides = (price.of(Usage(1, million, 0)), price.of(Usage(1, 0, million)))
    return " ".join(f"${side:.2f} {way}" for side, way in zip(sides, ("in", "out"), strict=True))


def weight(request: Request[Any], complaint: Complaint | None = None) -> int:
    """Return the bytes of a request that a model reads, its schema included."""
    shape = str(schema.flat(request.schema))
    again = (complaint.output, complaint.reason) if complaint else ()
    return sum(tokens.size(text) for text in (request.system, request.user, shape, *again))


def priced(usage: Usage, price: Price | None) -> Usage:
    """Return usage with what it cost."""
    return replace(usage, cost=price.of(usage) if price else None)
