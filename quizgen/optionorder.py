"""Tell which options of a choice must stay where they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizgen import words

_OF_THE_OTHERS = re.compile(
    r"\b(?:all|none|both|neither|any|some) of (?:the|these|those|them)\b", re.IGNORECASE
)
_LETTERS = re.compile(r"\b[A-H] (?:and|or|&) [A-H]\b|\b(?:[Oo]nly|[Bb]oth) [A-H]\b")
_PAIRS = tuple(
    frozenset(pair.split())
    for pair in (
        *("true false", "yes no", "wahr falsch", "richtig falsch", "ja nein", "vrai faux"),
        *("oui non", "verdadero falso", "sí no", "vero falso", "sì no", "waar onwaar", "ja nee"),
    )
)
_TRUTHS = (
    "true false",
    "wahr falsch",
    "richtig falsch",
    "verdadero falso",
    "vrai faux",
    "vero falso",
)
_TRUE_FALSE = tuple(
    frozenset(pair.split()) for pair in (*_TRUTHS, "对 错", "正确 错误", "waar onwaar")
)
_TRUE = frozenset(pair.split()[0] for pair in (*_TRUTHS, "对 错", "正确 错误", "waar onwaar"))
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[.]?"
)
_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = re.compile(rf"(?:{_DAYS},? ?)?(?:(?:{_MONTHS})(?: [\d, ]+)?)?", re.IGNORECASE)
_FIGURES = re.compile(r"[^\w\s]{0,3}\d")
_MEASURE_WORDS = 5  # "about" and a unit may stand beside a number; a sentence is no number


def is_fixed(options: Sequence[str]) -> bool:
    """Claim that options have an order of their own: true and false, numbers, dates, letters."""
    plain = [bare(option) for option in options]
    return (
        frozenset(plain) in _PAIRS
        or all(map(_is_measure, plain))
        or any(_LETTERS.search(option) for option in options)
    )


def is_true_false(options: Sequence[str]) -> bool:
    """Claim that a choice is a statement to be judged."""
    return frozenset(map(bare, options)) in _TRUE_FALSE and len(options) == 2


def says_true(option: str) -> bool:
    """Claim that an option of a true/false question is the one for true."""
    return bare(option) in _TRUE


def pinned(options: Sequence[str]) -> frozenset[int]:
    """List the options that speak of the others and keep their place, such as "all of these"."""
    return frozenset(at for at, option in enumerate(options) if _OF_THE_OTHERS.search(option))


def bare(option: str) -> str:
    """Fold an option for comparing: no emphasis, no full stop, no case."""
    return option.strip(" \t\n.*_!").casefold()


def _is_measure(option: str) -> bool:
    first, *rest = option.split() or [""]
    if len(rest) >= _MEASURE_WORDS:
        return False
    is_number = bool(_FIGURES.match(option) or first == "one" or words.numbers(first))
    return is_number or bool(option and _DATE.fullmatch(option))
