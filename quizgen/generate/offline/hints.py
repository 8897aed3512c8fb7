"""Show the first letters of what a blank hides, where other words would fill it as well."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.generate.offline.lexicon import gathered

_LEAST: Final = 3
_KINDS: Final = gathered(
    """
    academy agency association award bank board bureau cathedral church college commission committee
    company conference corporation council court department dynasty empire foundation hospital
    hotel institute institution kingdom laboratory labs library magazine ministry museum palace
    party prize republic revolution river society union university war
    """
)
"""What a sentence about the thing tells anyway: its first letter spells the rest."""


def of(hidden: str) -> str:
    """Give the first letter of every word, `s… f…`, or nothing for numbers and tiny words."""
    parts = [part for part in hidden.split() if part not in ("and", "or")]
    if is_of_a_kind(hidden):
        return ""
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


def is_of_a_kind(name: str) -> bool:
    """Claim that a name ends in the kind of thing that it names: `Weather Bureau`."""
    first, _, last = name.rpartition(" ")
    return bool(first) and last[:1].isupper() and last.casefold() in _KINDS


def opens_alike(hidden: str, shown: str) -> bool:
    """Claim that a word in sight begins as the hidden one does, so that a hint would spell it."""
    known = {word[:5] for word in map(str.casefold, words.tokens(shown)) if len(word) > 4}
    return any(word.casefold()[:5] in known for word in words.tokens(hidden) if len(word) > 4)
