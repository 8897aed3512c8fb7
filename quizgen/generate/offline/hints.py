"""Show the first letters of what a blank hides, where other words would fill it as well."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words

_LEAST: Final = 3


def of(hidden: str) -> str:
    """Give the first letter of every word, `s… f…`, or nothing for numbers and tiny words."""
    parts = [part for part in hidden.split() if part not in ("and", "or")]
    if any(any(map(str.isdigit, part)) for part in parts):
        return ""
    letters = [re.sub(r"^[\W_]+", "", part) for part in parts]
    if not all(letters) or sum(map(len, letters)) < _LEAST:
        return ""
    # Of an acronym the first letter is a third of the word.
    if len(parts) == 1 and letters[0].isupper() and len(letters[0]) <= _LEAST:
        return ""
    # A word that the rest of the sentence nearly spells out needs no help.
    return " ".join(f"{letter[0]}…" for letter in letters)


def opens_alike(hidden: str, shown: str) -> bool:
    """Claim that a word in sight begins as the hidden one does, so that a hint would spell it."""
    known = {word[:5] for word in map(str.casefold, words.tokens(shown)) if len(word) > 4}
    return any(word.casefold()[:5] in known for word in words.tokens(hidden) if len(word) > 4)
