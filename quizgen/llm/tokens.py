"""Estimate tokens from bytes, since no tokenizer works offline for every model."""

from __future__ import annotations

import math

# Measured over English, German, Russian, Chinese and captions: 2.2 to 4.8 bytes for a token.
_BYTES = 3.5
_FEWEST_BYTES = 2.0
# The first answers correct the estimate; what is presumed weighs as much as a page of text.
_PRESUMED = 2_000


def most(size: int) -> int:
    """Return the most tokens that so many bytes can be, for fitting a window."""
    return math.ceil(size / _FEWEST_BYTES)


def size(text: str) -> int:
    """Return the bytes that a text is sent as."""
    return len(text.encode("utf-8", "replace"))


class Meter:
    """Estimate what text costs, the better the more real counts it has seen."""

    def __init__(self) -> None:
        self._bytes = float(_PRESUMED)
        self._tokens = _PRESUMED / _BYTES

    def learn(self, sent: int, counted: int) -> None:
        """Take in that so many bytes were counted as so many tokens."""
        if sent > 0 and counted > 0:
            self._bytes += sent
            self._tokens += counted

    def tokens(self, sent: int) -> int:
        """Return the tokens that so many bytes probably are."""
        return math.ceil(sent * self._tokens / self._bytes)
