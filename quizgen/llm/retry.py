"""Tell how long to wait before a request is sent again."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

ATTEMPTS = 5
LONGEST = 120.0  # seconds that a server may ask for; more is not waited for
_FIRST = 0.5
_CAP = 8.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Sleep, chance and the time of day, which tests bring along."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random
    now: Callable[[], float] = time.time


def pause(failed: int, asked: float | None, chance: float) -> float:
    """Return seconds to wait after so many failed attempts, never less than the server asks.

    `chance`, between 0 and 1, keeps many clients from coming back at one moment.
    """
    step = min(_CAP, _FIRST * 2 ** (failed - 1))
    return (asked or 0.0) + step * (0.5 + chance / 2)


def asked(headers: Mapping[str, str], now: float) -> float | None:
    """Read how many seconds a server asks to wait, or None where it does not say."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) / unit
        except ValueError:
            continue
        if math.isfinite(seconds) and seconds >= 0:
            return seconds
    try:
        when = parsedate_to_datetime(headers.get("retry-after", ""))
    except (TypeError, ValueError):
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, aware.timestamp() - now)
