"""Judge whether a card makes its reader recall, or hands the answer over."""

from __future__ import annotations

import re
from typing import Final

from quizgen import cloze, words
from quizgen.checks import _text
from quizgen.checks.asking import is_either_or
from quizgen.checks.row import Context
from quizgen.model import Card, Cloze

_ARTICLES: Final = frozenset({"a", "an", "the"})


def answer_leak(card: Card, _context: Context) -> str:
    """Find answers whose words the reader sees before turning the card over."""
    shown = _text.face(card.content)
    if isinstance(card.content, Cloze):
        seen = _text.stems(shown.front)
        for phrase in map(_text.plain, cloze.hidden(card.content.text)):
            stems = _content(phrase)
            if stems and not _text.numbers(phrase) and all(_is_among(stem, seen) for stem in stems):
                return _leaks(phrase, seen)
        return ""
    if shown.form != "question" or _text.numbers(shown.back):
        return ""
    stems = _content(shown.back)
    if not stems or is_either_or(shown.front, shown.back):
        return ""
    seen = _text.stems(shown.front)
    fresh = [stem for stem in stems if not _is_among(stem, seen)]
    if len(fresh) > 0.4 * len(stems) or len(fresh) > 1:
        # Two new words make an answer, whatever it repeats of the question.
        return ""
    # "Red blood cells" tells which of the cells that the question names.
    told = [word for word in _text.tokens(shown.back) if word.casefold() not in _ARTICLES]
    if fresh and fresh == [_text.stem(word) for word in told][:1]:
        return ""
    if _OUTCOME.search(shown.front) and _ITS_OUTCOME.match(shown.back):
        return ""
    return _leaks(shown.back, seen)


def _leaks(back: str, seen: frozenset[str]) -> str:
    """Name the words of an answer that its front has already, in that form or another."""
    said = [
        word for word in _text.tokens(back) if any(_is_among(stem, seen) for stem in _content(word))
    ]
    shown = ", ".join(f"“{word}”" for word in dict.fromkeys(said)) or f"“{back}”"
    return f"The front already says {shown}, which the answer wants: ask so that it is recalled."


# "If demand rises, what happens to the price?" may well be answered "It rises".
_OUTCOME: Final = re.compile(r"\bwhat (?:\w+ )?happen", re.IGNORECASE)
_ITS_OUTCOME: Final = re.compile(r"(?:it|they) \w+$", re.IGNORECASE)


def _content(text: str) -> frozenset[str]:
    """Collect what an answer consists of; the letter of "vitamin C" is a word here."""
    letters = {
        word
        for word in _text.tokens(text)
        if len(word) == 1 and (word.isupper() or not word.isascii()) and word not in ("A", "I")
    }
    return _text.stems(text) | letters


def _is_among(stem: str, seen: frozenset[str]) -> bool:
    return stem in seen or any(is_kin(stem, other) for other in seen)


def is_kin(one: str, other: str) -> bool:
    """Claim that two stems are of one family: photosynthesis, photosynthetic."""
    if one == other:
        return True
    if one[:4] != other[:4]:
        return False
    if _alternate(one, other):
        return True
    if one[:5] != other[:5] or min(len(one), len(other)) < 5:
        return False
    short, long = sorted((one, other), key=len)
    # "Carbon" in "carbonate" is a family; "water" in "watermelon" is not.
    return (long.startswith(short) and len(long) - len(short) <= 3) or short[:8] == long[
        :8
    ] != short


_ALTERNATING: Final = (
    ("d", "s"),
    ("b", "pt"),
    ("t", "ss"),
    ("uc", "uct"),
    ("v", "pt"),
    ("r", "ss"),
    ("al", "er"),
)


def _alternate(one: str, other: str) -> bool:
    """Claim that two stems differ as suspend and suspension, describe and description do."""
    return any(
        one.endswith(a)
        and other.endswith(b)
        and len(one) - len(a) >= 4
        and one.removesuffix(a) == other.removesuffix(b)
        for a, b in (*_ALTERNATING, *((b, a) for a, b in _ALTERNATING))
    )


# "A type I error", "World War I": a numeral.
_COUNTED_BY_ONE: Final = re.compile(
    r"\b(?:type|class|phase|stage|grade|category|war|part|book|volume|act|level|group|factor)"
    r"\s+\{\{(?:c\d+::)?I\b",
    re.IGNORECASE,
)


def cloze_function_word(card: Card, _context: Context) -> str:
    """Find blanks that hide only grammar."""
    if not isinstance(card.content, Cloze):
        return ""
    for phrase in cloze.hidden(card.content.text):
        # Code, where `not` is a keyword, and signs such as "+" are content.
        hidden = _text.tokens(_text.bare(phrase)) if "`" not in phrase else ()
        is_numeral = hidden == ("I",) and _COUNTED_BY_ONE.search(card.content.text)
        if hidden and not is_numeral and all(_is_function(word) for word in hidden):
            return f"The blank hides only {phrase!r}: hide a word that carries the idea."
    return ""


def _is_function(word: str) -> bool:
    # "US", "IT" and "WHO" are names; "A" alone is the article at the start of a sentence.
    return word.casefold() in words.FUNCTION_WORDS and not (len(word) > 1 and word.isupper())
