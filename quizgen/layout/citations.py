"""Read the times in brackets with which a sentence says where it was heard."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizgen.layout import shapes
from quizgen.words import CITATION

_CITED = re.compile(CITATION)
_ENOUGH = 3


def first(text: str, *, in_minutes: bool = False) -> int | None:
    """Give the second that the first citation of a text points to."""
    found = _CITED.search(text)
    if found is None:
        return None
    seconds = shapes.seconds(found["at"])
    return seconds // 60 if in_minutes and found["at"].count(":") == 2 else seconds


def are_in_minutes(lines: Sequence[str]) -> bool:
    """Claim that a page writes minute 12:05 as `12:05:00`: all of its times end so."""
    times = [found["at"] for line in lines for found in _CITED.finditer(line)]
    return len(times) >= _ENOUGH and all(re.fullmatch(r"\d+:\d+:00", time) for time in times)
