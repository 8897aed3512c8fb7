"""Collect the names and terms of a source as it spells them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from quizgen import words
from quizgen.model import Document, Person

_SEEN: Final = 2
# A word that follows a full stop, a colon or a line's start has its capital anyway.
_INSIDE: Final = re.compile(r"(?<=[\w,;)'’\"”] )[A-ZÀ-Þ][\w’'-]*[^\W_]")
_ACRONYM: Final = re.compile(r"\b[A-Z]{2,6}(?=s?\b)")


def collect(documents: Iterable[Document], people: Iterable[Person] = ()) -> frozenset[str]:
    """List the people of a work, and every capitalised word that its documents have twice."""
    count: Counter[str] = Counter()
    for document in documents:
        text = " ".join(part for piece in document.pieces for part in (piece.text, piece.answer))
        count.update(_ACRONYM.findall(text))
        count.update(
            found
            for found in _INSIDE.findall(text)
            if not found.isupper() and found.casefold() not in words.STOPWORDS
        )
    names = {name for person in people for name in (person.name, *person.aliases) if name}
    return frozenset(names | {word for word, times in count.items() if times >= _SEEN})
