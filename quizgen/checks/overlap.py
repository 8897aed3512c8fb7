"""Judge whether two options can both be chosen by one who is right."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Final, Literal, NamedTuple, TypeAlias, assert_never

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Card, Choice

_FIGURE: Final = (
    r"[-−]?\d[\d,.]*\d|[-−]?\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a|an?)(?: hundred| thousand"
    r"| million| billion| dozen)?|half|a half|a third|a quarter|a dozen|zero"
)
_WORD: Final = r"[^\W\d]+\.?"
_UNIT: Final = rf"(?P<unit>(?:\s?[%°]\s?[CFK]?|\s*{_WORD}(?:/{_WORD})?(?: {_WORD}){{0,2}})?)"
_CURRENCY: Final = r"[$€£]?\s?"
_BELOW: Final = (
    r"(?:less than|fewer than|lower than|smaller than|under|below|before|up to|at most|no more than"
    r"|until|not more than|shorter than|younger than|<=?|≤)"
)
_ABOVE: Final = (
    r"(?:more than|greater than|higher than|larger than|longer than|older than|over|above|after"
    r"|at least|from|no less than|no fewer than|not less than|since|exceeding|>=?|≥)"
)
_LESS: Final = re.compile(rf"{_BELOW} {_CURRENCY}(?P<a>{_FIGURE}){_UNIT}", re.IGNORECASE)
_OR_LESS: Final = re.compile(
    rf"{_CURRENCY}(?P<a>{_FIGURE}){_UNIT},? (?:or|and) (?:less|fewer|under|below|earlier|before"
    r"|younger|lower|shorter)",
    re.IGNORECASE,
)
_MORE: Final = re.compile(rf"{_ABOVE} {_CURRENCY}(?P<a>{_FIGURE}){_UNIT}", re.IGNORECASE)
_OR_MORE: Final = re.compile(
    rf"{_CURRENCY}(?P<a>{_FIGURE})\s?(?:{_UNIT},? (?:or|and) (?:more|over|above|later|after|older"
    r"|higher|longer|up)|\+(?P<plus>\s*[^\W\d]*))",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(
    rf"(?:between |from )?{_CURRENCY}(?P<a>{_FIGURE})(?:\s?[%°]\s?[CFK]?| [^\W\d]+)?"
    rf"\s?(?:-|–|to|and|until|through)\s?{_CURRENCY}(?P<b>{_FIGURE}){_UNIT}",
    re.IGNORECASE,
)
_POINT: Final = re.compile(
    rf"(?:about |around |exactly |roughly |in )?{_CURRENCY}(?P<a>{_FIGURE}){_UNIT}", re.IGNORECASE
)
_CENTURY: Final = re.compile(r"(?:in )?the (\d\d?)(?:st|nd|rd|th) century", re.IGNORECASE)
_DECADE: Final = re.compile(r"(?:in )?the (\d{3}0)['’]?s", re.IGNORECASE)


class _Interval(NamedTuple):
    low: float
    high: float
    unit: str
    is_point: bool


def overlapping_numbers(card: Card, _context: Context) -> str:
    """Find options that one and the same number would fit."""
    if not isinstance(card.content, Choice) or _text.is_truth(card.content):
        return ""
    parsed = [(option, _interval(option)) for option in map(_text.plain, card.content.options)]
    known = [(option, found) for option, found in parsed if found]
    for (one, a), (other, b) in combinations(known, 2):
        if (a.is_point and b.is_point) or (a.unit and b.unit and a.unit != b.unit):
            continue
        if a.low <= b.high and b.low <= a.high and (a.low, a.high) != (b.low, b.high):
            return f"The options {one!r} and {other!r} overlap: part them."
    return ""


def _interval(option: str) -> _Interval | None:
    text = _text.norm(option).strip(" .")
    if words.word_count(text) > 7:
        return None
    text = _BEFORE_CHRIST.sub(r"-\1", _AFTER_CHRIST.sub("", text))
    for pattern, years in ((_CENTURY, 100.0), (_DECADE, 10.0)):
        if found := pattern.fullmatch(text):
            start = (int(found[1]) - 1) * 100.0 if years > 10 else float(found[1])
            return _Interval(start, start + years - 0.1, "", is_point=False)
    for pattern, shape in _SHAPES:
        if found := pattern.fullmatch(text):
            first = _value(found["a"])
            last = _value(found["b"]) if shape == "range" else first
            if first is None or last is None or first > last:
                return None
            low, high = _bounds(shape, first, last)
            return _Interval(low, high, _unit(found["unit"] or ""), is_point=shape == "point")
    return None


_AFTER_CHRIST: Final = re.compile(r"\b(?:AD|CE) (?=\d)|(?<=\d) (?:AD|CE)\b")
_BEFORE_CHRIST: Final = re.compile(r"(\d+) BCE?\b")
_Shape: TypeAlias = Literal["most", "least", "range", "below", "above", "point"]
_SHAPES: Final[tuple[tuple[re.Pattern[str], _Shape], ...]] = (
    (_OR_LESS, "most"),
    (_OR_MORE, "least"),
    (_RANGE, "range"),
    (_LESS, "below"),
    (_MORE, "above"),
    (_POINT, "point"),
)
_TINY: Final = 1e-6  # "before 1800" leaves the year itself out, "or more" does not
_END: Final = 1e18


def _bounds(shape: _Shape, first: float, last: float) -> tuple[float, float]:
    match shape:
        case "most":
            return -_END, first
        case "least":
            return first, _END
        case "below":
            return -_END, first - _TINY
        case "above":
            return first + _TINY, _END
        case "range" | "point":
            return first, last
        case _:
            assert_never(shape)


def _unit(said: str) -> str:
    return _text.stem(said.rsplit(maxsplit=1)[-1]) if said.split() else ""


def _value(figure: str) -> float | None:
    text = figure.replace("−", "-").replace(",", "").strip(".").casefold()
    try:
        return float(text)
    except ValueError:
        pass
    if text in ("a", "an", "one"):
        return 1.0
    return next(iter(_text.numbers(text)), None)


_NEGATES: Final = _text.any_of(r"\b(?:no|not|non|without|un\w+|in\w+|anti\w*)\b")
_HEAD_ENDS: Final = re.compile(r"\s(?:of|in|with|that|on|by|from|for|to|at|who|which)\s")


def overlapping_words(card: Card, _context: Context) -> str:
    """Find options of which one is a kind of another."""
    if not isinstance(card.content, Choice) or _text.is_truth(card.content):
        return ""
    plain = [_text.plain(option).strip(" .") for option in card.content.options]
    for short, long in sorted(combinations(plain, 2), key=lambda pair: pair):
        one, other = sorted((short, long), key=lambda option: len(_text.tokens(option)))
        if _is_kind_of(other, one):
            return f"{other!r} is a kind of {one!r}: replace one of the options."
    return ""


def _is_kind_of(long: str, short: str) -> bool:
    if max(words.word_count(long), words.word_count(short)) > 4 or "`" in long + short:
        return False
    if any(char.isdigit() for char in long + short) or _NEGATES.search(long) or " and " in long:
        return False
    if re.search(r"\b[A-Z]{1,2}\b", long + " " + short):  # the blood groups A and AB
        return False
    narrow, wide = _text.stems(long), _text.stems(short)
    if not wide or not wide < narrow:
        return False
    # "Carbon dioxide" is no kind of carbon, and John Quincy Adams none of John Adams.
    is_name = words.word_count(short) > 1 and all(w[0].isupper() for w in _text.tokens(short))
    return not is_name and _head(long) == _head(short)


def _head(option: str) -> str:
    told = _text.tokens(_HEAD_ENDS.split(option)[0])
    return _text.stem(told[-1]) if told else ""
