"""Find the words that a model says it relies on, and say by code who said them, where and when."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from quizgen import evidence, words
from quizgen.generate.llm.parts import Part, Passage, joined, label
from quizgen.model import Evidence, Piece

NEAR: Final = 90.0
"""Similarity from which a misremembered quote is the source's sentence."""

_FEWEST: Final = 3  # words; fewer stand anywhere
_LONGEST: Final = 90  # words of evidence that a person will read
_SENTENCE: Final = 60  # words up to which a quote is shown with its whole sentence
_GAP: Final = 70  # words that a cut in a quote may leave out
_MARK: Final = re.compile(r"^\s*\[\d{1,4}\]\s*")
_CUT: Final = re.compile(r"\s*(?:\[?(?:…|\.{3,})\]?)\s*")
_NEGATION: Final = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|neither|nor|without|hardly|cannot)\b|n't\b",
    re.IGNORECASE,
)
_FOLDED: Final = str.maketrans(
    dict.fromkeys("‘’‚‛′`", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−⁃﹘﹣－", "-")
)
_UNSEEN: Final = "\u00ad\u200b\u2060\ufeff*_"


@dataclass(frozen=True, slots=True)
class Found:
    """Words found: as evidence, and as a span of the text of the part that they stand in."""

    evidence: Evidence
    part: Part
    piece: Piece
    start: int
    end: int


def find(quote: str, passage: Passage, *, line: int = 0) -> Found | None:
    """Find quoted words in a passage: letter for letter, else nearly and within one part.

    `line` is where the model says they stand; it only settles which of several places is meant.
    """
    entries = passage.entries
    wanted = _unlabelled(_bare(_MARK.sub("", quote)), entries)
    hinted = entries[line - 1 : line] if line > 0 else ()
    # A numbered line ends where it grew too long: words may run on into the next.
    across = [both for both in map(joined, entries, entries[1:]) if both]
    for part in (*hinted, *entries, *across):
        for start, end in _exact(wanted, part.text):
            if found := _found(part, start, end, passage):
                return found
    best = max(_near(wanted, entries), key=lambda near: near[0], default=None)
    if best is None:
        return None
    _, part, start, end = best
    return _found(part, start, end, passage)


def number(found: Found, passage: Passage) -> int:
    """Give the number of the line in which found words begin."""
    part = found.part
    return next(
        at
        for at, each in enumerate(passage.entries, 1)
        if each.run is part.run and each.start == part.start
    )


def _bare(text: str) -> str:
    return text.strip().strip("\"“”'‘’").strip()


def _unlabelled(quote: str, entries: Sequence[Part]) -> str:
    """Take off the name, time or kind that a line is shown with, and that nobody said."""
    names = {name for part in entries for name in (label(part), part.run.speaker) if name}
    low = quote.casefold()
    for name in sorted(names, key=len, reverse=True):
        if low.startswith(f"{name.casefold()}:"):
            return _bare(quote[len(name) + 1 :])
    return quote


def told(statement: str, part: Part, passage: Passage) -> Found | None:
    """Give as evidence what another document says of the same: the sentence most like it."""
    wanted = words.content_stems(statement)

    def likeness(span: tuple[int, int]) -> float:
        stems = words.content_stems(part.text[span[0] : span[1]])
        return len(wanted & stems) / (len(stems) ** 0.5 or 1.0)

    spans = sorted(words.sentences(part.text), key=likeness, reverse=True)
    if not spans:
        return None
    start, end = spans[0]
    stems = words.content_stems(part.text[start:end])
    # Two stems in common say that a page talks of the matter, and a third that it says so.
    if len(wanted & stems) < min(3, len(wanted)):
        return None
    return _found(part, start, end, passage)


# --- where -------------------------------------------------------------------


def _exact(wanted: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand, a cut (…) bridging a few words that were left out."""
    folded, offsets = _located(text)
    pieces = [piece for piece in (_fold(part) for part in _CUT.split(wanted)) if piece]
    if not pieces or sum(words.word_count(piece) for piece in pieces) < _FEWEST:
        return
    place = 0
    while (first := folded.find(pieces[0], place)) >= 0:
        place = first + 1
        end = first + len(pieces[0])
        for piece in pieces[1:]:
            at = folded.find(piece, end)
            if at < 0 or folded.count(" ", end, at) > _GAP:
                break
            end = at + len(piece)
        else:
            if _is_whole(folded, first, end):
                yield offsets[first], offsets[end - 1] + 1


def _is_whole(text: str, start: int, end: int) -> bool:
    """Claim that a span begins and ends between words."""
    before = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    after = end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
    return before and after


def _near(wanted: str, entries: Sequence[Part]) -> Iterator[tuple[float, Part, int, int]]:
    """Yield places that differ from the words wanted by slips, but in no number and no "not"."""
    from rapidfuzz import fuzz  # noqa: PLC0415

    target = _fold(wanted)
    if words.word_count(target) <= _FEWEST:
        return
    for part in entries:
        folded, offsets = _located(part.text)
        if len(folded) < 0.9 * len(target):
            continue
        match = fuzz.partial_ratio_alignment(target, folded, score_cutoff=NEAR)
        if match is None:
            continue
        start, end = offsets[match.dest_start], offsets[match.dest_end - 1] + 1
        start, end = _to_words(part.text, start, end)
        if fuzz.ratio(target, _fold(part.text[start:end])) < NEAR - 2:
            continue
        if agrees(wanted, part.text[start:end]):
            yield match.score, part, start, end


def agrees(one: str, other: str) -> bool:
    """Claim that two wordings have the same numbers, and the same count of negations."""
    return words.numbers(one) == words.numbers(other) and negations(one) == negations(other)


def negations(text: str) -> int:
    """Count the words that deny."""
    return len(_NEGATION.findall(words.norm(text)))


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def lent(missing: frozenset[str], part: Part, passage: Passage) -> Found | None:
    """Give the sentence of a part that holds most of the words a card has from elsewhere."""

    def held(span: tuple[int, int]) -> int:
        return len(missing & words.content_stems(part.text[span[0] : span[1]]))

    best = max(words.sentences(part.text), key=held, default=None)
    return _found(part, *best, passage) if best and held(best) else None


def _found(part: Part, start: int, end: int, passage: Passage) -> Found | None:
    """Make evidence of a span of a part, of its whole sentences where they are not too long."""
    spans = (_whole(part.text, start, end), (start, end), *_touched(part.text, start, end)[:1])
    for first, last in dict.fromkeys(spans):
        here, there = _to_source(part, first, last)
        proof = evidence.of_run(part.run, here, there, passage.work)
        if evidence.stands(proof, part.run.document):
            if part.shown:
                proof = replace(proof, note=f"read as: {part.text[first:last]}")
            home = replace(part, start=here, end=there, shown="").piece
            return Found(proof, part, home, first, last)
    return None


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Grow a span to the sentences it stands in, so that no "I think" before it is lost."""
    touched = [span for span in words.sentences(text) if span[0] < end and start < span[1]]
    if not touched:
        return start, end
    first, last = touched[0][0], touched[-1][1]
    # An answer is quoted with its question's answerer only: a single "Yes." says nothing.
    if words.word_count(text[first:last]) <= max(_SENTENCE, words.word_count(text[start:end]) + 25):
        return first, last
    return start, end


def _touched(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the sentences of a span, the longest first, for a quote that joins what a page parts."""
    inside = [span for span in words.sentences(text) if start <= span[0] and span[1] <= end]
    fits = [span for span in inside if 2 * (span[1] - span[0]) > end - start]
    return sorted(fits, key=lambda span: span[0] - span[1])


def _to_source(part: Part, start: int, end: int) -> tuple[int, int]:
    if not part.shown:
        return part.start + start, part.start + end
    touched = [k.source for k in part.knots if k.shown[0] < end and start < k.shown[1]]
    return touched[0][0], touched[-1][1]


# --- comparing ---------------------------------------------------------------


def _fold(text: str) -> str:
    return _located(unicodedata.normalize("NFC", text))[0].strip()


@lru_cache(maxsize=512)
def _located(text: str) -> tuple[str, tuple[int, ...]]:
    """Fold case, quotes, dashes, compatibility forms and white space, with offsets."""
    kept: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        if char in _UNSEEN:
            continue
        if char.isspace():
            if kept and kept[-1] != " ":
                kept.append(" ")
                offsets.append(at)
            continue
        folded = unicodedata.normalize("NFKC", char).translate(_FOLDED).casefold()
        kept.extend(folded)
        offsets.extend([at] * len(folded))
    return "".join(kept), tuple(offsets)


def is_said(words_quoted: str, passage: Passage) -> bool:
    """Claim that words in quotation marks stand in the passage."""
    return any(next(_exact(words_quoted, part.text), None) is not None for part in passage.entries)


def is_too_long(proof: Evidence) -> bool:
    """Claim that evidence is longer than a person reads."""
    return words.word_count(proof.text) > _LONGEST
