"""Judge sets of pairs to be matched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from quizgen import words
from quizgen.checks import _names, _text
from quizgen.checks.options import fold
from quizgen.checks.recall import is_kin
from quizgen.checks.row import Matching

_FEWEST, _MOST = 3, 8


def matching_ambiguous(matching: Matching) -> str:
    """Find sets that are too small or too large, or have a member that fits twice."""
    count = len(matching.pairs)
    if count < _FEWEST:
        return f"There are only {count} pairs: match three at least."
    if count > _MOST:
        return f"There are {count} pairs: match eight at most."
    for column in _columns(matching):
        seen: set[str] = set()
        for entry in column:
            folded = fold(entry)
            if folded in seen:
                return f"{entry!r} stands twice in a column: give every pair its own."
            seen.add(folded)
    return ""


def matching_leak(matching: Matching) -> str:
    """Find pairs whose sides share a word."""
    for left, right in matching.pairs:
        ours, theirs = (
            [stem for stem in _text.stems(side) if len(stem) >= 4 and not stem.isdigit()]
            for side in (left, right)
        )
        others = [pair[1] for pair in matching.pairs if pair != (left, right)]
        for stem in ours:
            if any(_share(stem, other) for other in theirs) and not any(
                _share(stem, other) for side in others for other in _text.stems(side)
            ):
                return f"{left!r} and {right!r} share a word: reword one side."
    return ""


def matching_malformed(matching: Matching) -> str:
    """Find sets with an empty side."""
    if not all(side.strip() for pair in matching.pairs for side in pair):
        return "A side of a pair is empty: write it, or take the pair out."
    return ""


def _share(one: str, other: str) -> bool:
    # A screwdriver tells that it drives screws.
    short, long = sorted((one, other), key=len)
    return is_kin(one, other) or (len(short) >= 5 and long.startswith(short))


# --- kinds -------------------------------------------------------------------

_Kind: TypeAlias = Literal["year", "number", "person", "term", "any"]
# A prompt of these words alone says of no column what it holds.
_BARE: Final = _text.vocabulary(
    """
    please now match matches matching connect pair pairs link join draw a line lines arrow arrows up
    between all each every both two the these those them of following correct correctly right left
    hand side sides to with and on in from its their one other another column columns list lists row
    rows b item items entry entries part parts thing things element elements card cards option
    options answer answers word words term terms everything half halves partner partners counterpart
    counterparts below above together belong belongs belonging what that which you do as 1 2 i ii
    """
)
_YEAR: Final = re.compile(
    r"(?:c\.? ?|ca\.? |circa |about |around |in |the )*(?:\d{3,4}s?(?: ?[-–] ?\d{2,4})?"
    r"|\d{1,4} (?:BC|BCE|AD|CE)"
    r"|AD \d{1,4}|\d{1,2}(?:st|nd|rd|th) century|(?:\d{1,2} )?(?:January|February|March|April"
    r"|May|June"
    r"|July|August|September|October|November|December),? (?:\d{1,2}, )?\d{4})(?: BCE?| AD| CE)?",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"(?:about |around |over |under |more than |less than |nearly |almost )*[$€£]?[-−+]?\d[\d.,/]*"
    r"(?:\s?[-–]\s?\d[\d.,]*)?(?:\s?[%°]\s?[CFK]?|\s*[^\W\d]+\.?(?:/[^\W\d]+)?){0,3}",
)
_NAMED: Final = re.compile(r"[A-ZÀ-Þ][\w'’.-]+(?: (?:[a-z]{1,3} )*[A-ZÀ-Þ][\w'’.-]*)+")
_WORKS: Final = _text.any_of(
    r"\b(?:novel|book|film|movie|song|album|poem|play|work|painting|title|band|opera|series"
    r"|game)s?\b"
)
_ABSTRACT: Final = re.compile(
    r"\w+(?:tion|sion|sis|ism|ity|ics|ment|ology|ness|ance|ence|graphy|ure|ship|hood)",
    re.IGNORECASE,
)


def matching_heterogeneous(matching: Matching) -> str:
    """Find columns of several kinds, and prompts that do not say what belongs to what."""
    asked = [token.casefold() for token in _text.tokens(matching.prompt.replace("-", " "))]
    if asked and _BARE.issuperset(asked):
        return "The prompt does not say what is to be matched with what: name both columns."
    is_of_works = _WORKS.search(matching.prompt) is not None
    for column in _columns(matching):
        kinds: list[_Kind] = [_kind(entry) for entry in column]
        if kinds and all(kind in ("year", "number") for kind in kinds):
            if {"year", "number"} <= set(kinds) and not _are_bare_numbers(column):
                return "A column mixes years and other numbers: keep to one kind."
            continue
        if is_of_works and sum(kind in ("year", "number") for kind in kinds) * 2 <= len(kinds):
            continue  # "1984" is a novel
        if odd := _odd(column, kinds):
            return f"{odd!r} is of another kind than the rest of its column: replace it."
    return ""


def _columns(matching: Matching) -> Iterator[tuple[str, ...]]:
    for side in (0, 1):
        yield tuple(_text.plain(pair[side]).strip(" .") for pair in matching.pairs)


def _are_bare_numbers(column: tuple[str, ...]) -> bool:
    return all(re.fullmatch(r"[\d.,]+", entry) for entry in column)


def _odd(column: tuple[str, ...], kinds: list[_Kind]) -> str:
    """Name the first entry that is of another kind than the others, where kinds are certain."""
    figures = [at for at, kind in enumerate(kinds) if kind in ("year", "number")]
    if figures:
        return column[figures[0]] if 2 * len(figures) <= len(kinds) else _first_not(column, figures)
    if "person" in kinds and "term" in kinds:
        rarer = "person" if kinds.count("person") < kinds.count("term") else "term"
        return column[kinds.index(rarer)]
    return ""


def _first_not(column: tuple[str, ...], figures: list[int]) -> str:
    return next(entry for at, entry in enumerate(column) if at not in figures)


def _kind(entry: str) -> _Kind:
    if _YEAR.fullmatch(entry):
        return "year"
    if _NUMBER.fullmatch(entry) and words.word_count(entry) <= 4:
        return "number"
    first, *rest = _text.tokens(entry) or [""]
    if entry[:1].islower() and _text.numbers(first) and words.word_count(entry) <= 4:
        return "number"
    if first in _names.GIVEN and rest and _NAMED.fullmatch(entry):
        return "person"
    is_sentence = words.word_count(entry) > 1 and not all(word[:1].isupper() for word in rest)
    is_abstract = not rest and (entry[:1].islower() or _ABSTRACT.fullmatch(entry))
    return "term" if (is_sentence and not _NAMED.search(entry)) or is_abstract else "any"
