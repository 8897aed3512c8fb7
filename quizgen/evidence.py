"""Find words in a document: exact, near or condensed, with their place and their speaker."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, groupby
from typing import Final

from quizgen import words
from quizgen.model import Document, Evidence, Kind, Piece, Span, Work

NEAR: Final = 88.0
"""Similarity from which a quote counts as found: of 98 foreign sentences none reached 75."""

_MANY: Final = 8
"""Lines from which on the place of words among them is looked up by their letters."""

_STEP: Final = 6
"""How many words a near match may grow or shrink at either end."""

_YOUTUBE: Final = re.compile(r"[\w-]{11}")
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_LABEL: Final = re.compile(r"^\s*(?:\*\*|__)[^*_\n]{1,60}?:?(?:\*\*|__):?\s*")
_QUOTED: Final = re.compile(r"^\s*(?:>\s?)+")
_MARKS: Final = re.compile("[*_`~\\\\\u200b]")
_CLOCK: Final = re.compile(r"^\s*\[?\(?(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d+)?(?:\s*-->.*)?\)?\]?\s*$")
_CUE: Final = re.compile(r"^\s*\d+\s*$")
_BESIDE: Final = re.compile(rf"(?<![ \t])[ \t]*(?:{words.CITATION}|{words.TAG})")
_CLOSING: Final = ".,!?…\"'”’)"


# --- a span of one document --------------------------------------------------


def of(document: Document, text: str, piece: Piece, *, work: Work | None = None) -> Evidence:
    """Make evidence of a verbatim span of a piece, with the fewest lines that hold it."""
    span = " ".join(text.split())
    spoken = piece.kind in ("turn", "caption") or (piece.kind == "quote" and document.is_transcript)
    return Evidence(
        text=span,
        document=document.path,
        lines=_narrowed(document, span, piece.lines),
        speaker=piece.speaker,
        seconds=piece.seconds,
        link=_link(document, piece.seconds, work),
        match="verbatim" if spoken else "page",
    )


def stands(evidence: Evidence, document: Document) -> bool:
    """Claim that the evidence's words stand in its lines, labels, links and line breaks aside."""
    first, last = evidence.lines
    if not (1 <= first <= last <= len(document.lines)) or not evidence.text.strip():
        return False
    return _hold(document.lines[first - 1 : last], _plain(evidence.text))


def unlabelled(line: str, document: Document) -> str:
    """Take the label of whoever speaks off a line: `**Ada Reyes:**`, `ADA REYES (0:12):`."""
    plain = _LABEL.sub("", line)
    if plain != line:
        return plain
    for person in document.people:
        for name in (person.name, *person.aliases):
            rest = plain.lstrip("[](0123456789:.) \t-–>")
            if rest.casefold().startswith(name.casefold()):
                label = re.match(r"(?:\s*\([^()\n]*\))?\s*:\s*", rest[len(name) :])
                if label:
                    return rest[len(name) + label.end() :]
    return line


def _narrowed(document: Document, span: str, lines: Span) -> Span:
    first, last = lines
    wanted = _plain(span)
    if last - first >= _MANY and (near := _place(document.lines[first - 1 : last], span)):
        near = (first + near[0], first + near[1])
        if _hold(document.lines[near[0] - 1 : near[1]], wanted):
            first, last = lines = near
    if not wanted or not _hold(document.lines[first - 1 : last], wanted):
        return lines
    while first < last and _hold(document.lines[first:last], wanted):
        first += 1
    while first < last and _hold(document.lines[first - 1 : last - 1], wanted):
        last -= 1
    return first, last


def _place(lines: tuple[str, ...], span: str) -> Span | None:
    """Find the lines between which the letters of a span stand, counted from 0.

    Taking away one line after another is slow where a paragraph has thousands of them.
    """
    letters, starts = _stream(lines)
    wanted = words.letters(span)
    at = letters.find(wanted) if wanted else -1
    if at < 0:
        return None
    return bisect_right(starts, at) - 1, bisect_right(starts, at + len(wanted) - 1) - 1


@lru_cache(maxsize=4)
def _stream(lines: tuple[str, ...]) -> tuple[str, tuple[int, ...]]:
    parts = [words.letters(words.unmarked(line)) for line in lines]
    return "".join(parts), tuple(accumulate(map(len, parts[:-1]), initial=0))


def _hold(lines: tuple[str, ...], wanted: str) -> bool:
    """Claim that plain words stand in lines; a bold `Note:` is a label, or one of the words."""
    if wanted in _joined(lines):
        return True
    return wanted in _plain(" ".join(_QUOTED.sub("", line) for line in lines))


def _joined(lines: tuple[str, ...]) -> str:
    """Read lines as one text: labels, clock times, caption numbers and marks are not words."""
    kept = (
        _LABEL.sub("", _LINK.sub(r"\1", _QUOTED.sub("", line)))
        for line in lines
        if not (_CUE.match(line) and len(lines) > 1)
    )
    return _plain(" ".join(line for line in kept if not _CLOCK.match(line)))


def _plain(text: str) -> str:
    """Fold what a page's markup adds to its words, the same on both sides of a comparison."""
    return " ".join(_BESIDE.sub("", _MARKS.sub("", words.unmarked(text))).split())


def _link(document: Document, seconds: int | None, work: Work | None) -> str:
    recording = document.recording or (work.recording if work else "")
    if seconds is None or not _YOUTUBE.fullmatch(recording):
        return ""
    return f"https://www.youtube.com/watch?v={recording}&t={seconds}s"


# --- the spoken words of a work ----------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive turns (or captions) of one speaker, read as one text.

    `starts` are the offsets in `text` at which the pieces begin; `letters` is what is compared.
    """

    document: Document
    kind: Kind
    speaker: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    text: str
    letters: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said in a work: turns before captions. Build it once per work."""

    runs: tuple[Run, ...] = ()


def transcript(work: Work) -> Transcript:
    """Collect the spoken words of a work's documents, those of the longest transcript first."""
    heard = [document for document in work.documents if document.is_transcript]
    heard.sort(key=_heard, reverse=True)
    runs = [run for document in heard for run in _runs(document)]
    return Transcript(tuple(sorted(runs, key=lambda run: run.kind != "turn")))


def _heard(document: Document) -> int:
    return sum(len(each.text) for each in document.pieces if each.kind in ("turn", "caption"))


def _runs(document: Document) -> Iterator[Run]:
    spoken = (piece for piece in document.pieces if piece.kind in ("turn", "caption"))
    for (kind, speaker), group in groupby(spoken, key=lambda piece: (piece.kind, piece.speaker)):
        pieces = tuple(group)
        starts: list[int] = []
        length = 0
        for piece in pieces:
            starts.append(length)
            length += len(piece.text) + 1
        text = " ".join(piece.text for piece in pieces)
        yield Run(document, kind, speaker, pieces, tuple(starts), text, _letters(text))


def _letters(text: str) -> str:
    return words.letters(words.without_fillers(text))


def _located(text: str) -> tuple[str, list[int]]:
    """Keep letters and digits as `_letters` does, each with its offset in the text."""
    noise = {at for span in words.filler_spans(text) for at in range(*span)}
    kept: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        if char.isalnum() and at not in noise:
            folded = unicodedata.normalize("NFKC", char).casefold()
            kept.append(folded)
            offsets.extend([at] * len(folded))
    return "".join(kept), offsets


# --- quotes ------------------------------------------------------------------


def audit(quote: Piece, work: Work, *, spoken: Transcript | None = None) -> Evidence:
    """Look for a page's quote among the words spoken in its work.

    Pass `spoken` when several quotes of one work are audited. A speaker whom the transcript
    names stands in the evidence even where the page credits someone else.
    """
    document = _home(quote, work)
    if document.is_transcript:
        return of(document, quote.text, quote, work=work)
    on_page = of(document, quote.text, quote, work=work)
    heard = spoken if spoken is not None else transcript(work)
    if not heard.runs:
        return replace(on_page, note="wording as on the page")
    wanted = _letters(quote.text)
    for kind in ("turn", "caption"):
        runs = [run for run in heard.runs if run.kind == kind]
        found = _exact(wanted, runs, quote, work) or _near(wanted, runs, quote, work)
        if found is not None:
            return found
    note = "condensed by the page: not found word for word in the transcript"
    return replace(on_page, match="condensed", note=note)


def same_person(one: str, other: str) -> bool:
    """Claim that two names may be one person's: the last names agree, or one is missing."""
    if not one or not other:
        return True
    return words.letters(one.rsplit(maxsplit=1)[-1]) == words.letters(other.rsplit(maxsplit=1)[-1])


def _home(quote: Piece, work: Work) -> Document:
    for document in work.documents:
        if any(piece is quote for piece in document.pieces):
            return document
    for document in work.documents:
        if quote in document.pieces:
            return document
    message = f"the quote on lines {quote.lines} is in no document of {work.title!r}"
    raise ValueError(message)


def _exact(wanted: str, runs: list[Run], quote: Piece, work: Work) -> Evidence | None:
    found = [run for run in runs if wanted and wanted in run.letters]
    for run in sorted(found, key=lambda run: not same_person(run.speaker, quote.speaker)):
        located, offsets = _located(run.text)
        at = located.find(wanted)
        if at >= 0:
            end = offsets[at + len(wanted) - 1] + 1
            return of_run(run, offsets[at], _closed(run.text, end), work)
    return None


def _near(wanted: str, runs: list[Run], quote: Piece, work: Work) -> Evidence | None:
    from rapidfuzz import fuzz  # noqa: PLC0415

    best: tuple[float, bool, Run] | None = None
    for run in runs:
        # A short interjection would match any long quote that happens to hold its letters.
        if len(run.letters) < 0.8 * len(wanted) or len(wanted) < 12:
            continue
        score = fuzz.partial_ratio(wanted, run.letters, score_cutoff=NEAR)
        ranked = (score, same_person(run.speaker, quote.speaker), run)
        if score and (best is None or ranked[:2] > best[:2]):
            best = ranked
    if best is None:
        return None
    run = best[2]
    located, offsets = _located(run.text)
    match = fuzz.partial_ratio_alignment(wanted, located)
    if match is None:
        return None
    last = min(match.dest_end, len(offsets)) - 1
    start, end = _snapped(run.text, offsets[match.dest_start], offsets[last] + 1, wanted)
    return replace(of_run(run, start, end, work), match="near", note=quote.text)


def _snapped(text: str, start: int, end: int, wanted: str) -> tuple[int, int]:
    """Move a match to the word boundaries at which it reads most like the quote."""
    from rapidfuzz import fuzz  # noqa: PLC0415

    spans = [match.span() for match in re.finditer(r"\S+", text)]
    first = next(at for at, span in enumerate(spans) if span[1] > start)
    last = next(at for at in range(len(spans) - 1, -1, -1) if spans[at][0] < end)
    begins = {begin for begin, _ in words.sentences(text)}
    ends = {stop for _, stop in words.sentences(text)}
    best = (-1.0, spans[first][0], spans[last][1])
    for left in range(max(0, first - _STEP), min(first + _STEP, last) + 1):
        for right in range(max(left, last - _STEP), min(last + _STEP, len(spans) - 1) + 1):
            begin, stop = spans[left][0], spans[right][1]
            score = fuzz.ratio(wanted, _letters(text[begin:stop]))
            score += 2.0 * (begin in begins) + 2.0 * (stop in ends)
            if score > best[0]:
                best = (score, begin, stop)
    return best[1], best[2]


def _closed(text: str, end: int) -> int:
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return end


def of_run(run: Run, start: int, end: int, work: Work) -> Evidence:
    """Make evidence of a span of a run, with the time of the piece it begins in."""
    first = max(at for at, begin in enumerate(run.starts) if begin <= start)
    last = max(at for at, begin in enumerate(run.starts) if begin < end)
    lines = (run.pieces[first].lines[0], run.pieces[last].lines[1])
    whole = replace(run.pieces[first], text=run.text, lines=lines)
    return of(run.document, run.text[start:end], whole, work=work)
