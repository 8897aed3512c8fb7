"""Make raw captions readable with a model that may change no word of them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from quizgen import words
from quizgen.checks import glossary
from quizgen.evidence import Run
from quizgen.generate.llm import retold
from quizgen.generate.llm.parts import Knot, Part, place, runs
from quizgen.model import Document, Work

_STRETCH: Final = 450  # words sent at once: models lose words of long texts
_LONGEST: Final = 60  # words; what is still longer has no punctuation
_MOST_CHANGED: Final = 0.08
"""Share of words that may have to be put back before the whole answer is distrusted."""
_LONGEST_NAME: Final = 5  # words
_RAW: Final = 45  # words to a full stop from which captions count as raw
_WORD: Final = re.compile(r"\S+")
_NOISE: Final = re.compile(
    r"[\[(](?:[\w ]{0,20}\b)?(?:music|applause|laughter|laughs?|laughing|noises?|silence|cheering"
    r"|cheers|inaudible|crosstalk|coughs?|coughing|singing|foreign)(?: \w+)?[\])]|[♪♫]+",
    re.IGNORECASE,
)
_ALIKE: Final = 60.0
"""Likeness of two spellings from which one may be the other misheard: kaczowski, krizhevsky."""
_REPAIR: Final = re.compile(r"\s*(?:->|→|=>|=)\s*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one run that are sent together, as offsets."""

    run: Run
    start: int
    end: int

    @property
    def text(self) -> str:
        """Give the words as the captions have them, noises left out."""
        return " ".join(self.run.text[first:last] for first, last in self.spans)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Give where the words stand that somebody said; a bracketed noise is none."""
        text = self.run.text
        noise = [found.span() for found in _NOISE.finditer(text, self.start, self.end)]
        found = (match.span() for match in _WORD.finditer(text, self.start, self.end))
        return tuple(
            span
            for span in found
            if not any(first <= span[0] and span[1] <= last for first, last in noise)
        )

    @property
    def name(self) -> str:
        """Name the stretch by its file and lines."""
        return place((Part(self.run, self.start, self.end),))


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch as it reads now: what is shown, tied to the source word by word.

    `repaired` are names as the captions have them and as they are shown; `refused` says why
    the model's answer was not taken, and then the words are the captions' own.
    """

    stretch: Stretch
    knots: tuple[tuple[str, tuple[int, int]], ...]
    repaired: tuple[tuple[str, str], ...] = ()
    refused: str = ""


def stretches(work: Work) -> tuple[Stretch, ...]:
    """Cut the raw captions of a work that no better transcript has into stretches to restore."""
    found: list[Stretch] = []
    better = any(piece.kind == "turn" for document in work.documents for piece in document.pieces)
    for document in work.documents:
        if not is_raw(document) or (better and retold.is_told(document, work)):
            continue
        for run in runs(document):
            if run.kind == "caption":
                found += _cut(run)
    return tuple(found)


def is_raw(document: Document) -> bool:
    """Claim that a document holds captions without punctuation."""
    text = " ".join(piece.text for piece in document.pieces if piece.kind == "caption")
    return bool(text) and len(text.split()) > _RAW * len(re.findall(r"[.?!](?:\s|$)", text))


def names(work: Work) -> tuple[str, ...]:
    """List the names that a repair may put in: those that the work's documents spell out."""
    spelt = [document for document in work.documents if not is_raw(document)]
    title = re.findall(r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)*", work.title)
    people = [name for person in work.people for name in (person.name, *person.aliases)]
    heard = {word.casefold() for d in work.documents for word in _heard(d)}
    # A word of the title that the captions have as well was heard right, and may be no name.
    names = {name for name in title if not all(w.casefold() in heard for w in name.split())}
    return tuple(sorted({*glossary.collect(spelt), *names, *people} - {""}))


def _heard(document: Document) -> Iterator[str]:
    """Yield the words of captions without punctuation."""
    if is_raw(document):
        for piece in document.pieces:
            yield from words.tokens(piece.text)


def _cut(run: Run) -> Iterator[Stretch]:
    spans = [match.span() for match in _WORD.finditer(run.text)]
    count = max(1, round(len(spans) / _STRETCH))
    edges = [round(at * len(spans) / count) for at in range(count + 1)]
    for first, last in pairwise(edges):
        if first < last:
            yield Stretch(run, spans[first][0], spans[last - 1][1])


# --- reading an answer -------------------------------------------------------


def read(stretch: Stretch, text: str, repairs: Iterable[str], known: Iterable[str]) -> Reading:
    """Take over what an answer adds to the words, and put back whatever it changed of them.

    A changed word stays only if the answer lists it as the repair of a name that is known.
    """
    spans = stretch.spans
    own = [stretch.run.text[start:end] for start, end in spans]
    given = _dashed(_NOISE.sub(" ", text).split())
    elsewhere = {words.letters(word) for word in words.tokens(stretch.run.text)}
    listed = dict(_listed(repairs, known, elsewhere))
    old, new = [words.letters(word) for word in own], [words.letters(word) for word in given]
    knots: list[tuple[str, tuple[int, int]]] = []
    repaired: list[tuple[str, str]] = []
    put_back = 0
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        here, there = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal":
            knots += zip(given[c:d], spans[a:b], strict=True)
        elif here == there and a < b:
            # Words joined or parted, or a dash that stands alone.
            knots.append((" ".join(given[c:d]), (spans[a][0], spans[b - 1][1])))
        elif (pair := _repair(own[a:b], given[c:d], listed)) is not None:
            repaired.append(pair)
            knots.append((" ".join(given[c:d]), (spans[a][0], spans[b - 1][1])))
        else:
            put_back += max(b - a, d - c) if there else b - a
            knots += zip(own[a:b], spans[a:b], strict=True)
    if put_back > _MOST_CHANGED * len(own):
        why = f"the model changed {put_back} of {len(own)} words"
        return Reading(stretch, tuple(zip(own, spans, strict=True)), refused=why)
    return Reading(stretch, tuple(knots), tuple(dict.fromkeys(repaired)))


def unread(stretch: Stretch, why: str) -> Reading:
    """Leave a stretch as the captions have it."""
    said = tuple((stretch.run.text[start:end], (start, end)) for start, end in stretch.spans)
    return Reading(stretch, said, refused=why)


def _dashed(given: Sequence[str]) -> list[str]:
    """Hang a dash that stands alone on the word before it: it is no word of its own."""
    hung: list[str] = []
    for word in given:
        if hung and not words.letters(word):
            hung[-1] = f"{hung[-1]} {word}"
        else:
            hung.append(word)
    return hung


def _listed(
    repairs: Iterable[str], known: Iterable[str], elsewhere: Container[str]
) -> Iterator[tuple[str, str]]:
    """Read repairs such as `kaczowski -> Krizhevsky` whose names the work spells out.

    What the captions themselves have `elsewhere` counts where the two sound alike.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415

    vocabulary = {words.letters(part) for name in known for part in name.split()}
    for repair in repairs:
        heard, arrow, meant = _partition(repair)
        parts = meant.split()
        is_known = all(words.letters(part) in vocabulary for part in parts) or (
            all(words.letters(part) in elsewhere and part[0].isupper() for part in parts)
            and fuzz.ratio(words.letters(heard), words.letters(meant)) >= _ALIKE
        )
        if arrow and heard and parts and is_known and len(heard.split()) <= _LONGEST_NAME:
            yield words.letters(heard), words.letters(meant)


def _partition(repair: str) -> tuple[str, str, str]:
    found = _REPAIR.search(repair)
    if not found:
        return repair, "", ""
    return repair[: found.start()], found.group(), repair[found.end() :]


def _repair(
    own: Sequence[str], given: Sequence[str], listed: dict[str, str]
) -> tuple[str, str] | None:
    """Claim that a change is nothing but a listed repair, or the part of one that differs."""
    here, there = words.letters("".join(own)), words.letters("".join(given))
    for heard, meant in listed.items():
        if not here or not there or here not in heard or there not in meant:
            continue
        # Of a name of two words perhaps only one was misheard, and differs.
        if heard.replace(here, there, 1) == meant:
            return " ".join(own), " ".join(given)
    return None


# --- what is shown from now on -----------------------------------------------


def parts(document: Document, readings: Sequence[Reading]) -> tuple[Part, ...]:
    """Cut the readings of a document into sentences, each tied to the captions' own words."""
    made: list[Part] = []
    mine = [reading for reading in readings if reading.stretch.run.document is document]
    for run in {id(reading.stretch.run): reading.stretch.run for reading in mine}.values():
        knots = [knot for each in mine if each.stretch.run is run for knot in each.knots]
        made += _sentences(run, knots)
    return tuple(made)


def _sentences(run: Run, knots: Sequence[tuple[str, tuple[int, int]]]) -> Iterator[Part]:
    shown = " ".join(word for word, _ in knots)
    at = 0
    places: list[tuple[int, int]] = []
    for word, _ in knots:
        places.append((at, at + len(word)))
        at += len(word) + 1
    last = 0
    for _, end in words.sentences(shown):
        inside = [n for n in range(last, len(knots)) if places[n][1] <= end]
        last = inside[-1] + 1 if inside else last
        for first in range(0, len(inside), _LONGEST):
            yield _part(run, [knots[n] for n in inside[first : first + _LONGEST]])


def _part(run: Run, knots: Sequence[tuple[str, tuple[int, int]]]) -> Part:
    at = 0
    tied: list[Knot] = []
    for word, source in knots:
        tied.append(Knot((at, at + len(word)), source))
        at += len(word) + 1
    shown = " ".join(word for word, _ in knots)
    return Part(run, knots[0][1][0], knots[-1][1][1], shown, tuple(tied))
