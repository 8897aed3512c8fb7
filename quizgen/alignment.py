"""Find where in a recording what a page reports was said: by whom, when, in which words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final

from quizgen import evidence, words
from quizgen.model import Evidence, Piece, Work

FLOOR: Final = 4.0
"""Score from which a passage is shown: of 118 statements about another work two reach it."""

HOST: Final = 0.55
"""A host mostly asks; what a page reports stands in the answer."""

CAPTIONS: Final = 0.55
"""Captions may be the host's words, and misheard: they give way where turns say the same."""

_WINDOW: Final = 3  # sentences
_AROUND: Final = 4  # sentences before and behind a window that tell what it is about
_ASIDE: Final = 0.3  # the worth of a word that stands only around the window
_SATURATION: Final = 0.9  # k1 of BM25, and b: the usual values for passages
_LENGTH: Final = 0.4
_LONGEST: Final = 60  # words; a longer sentence is a stream of captions
_PART: Final = 20  # words that such a stream is cut into
_SLACK: Final = 5  # words by which such a cut may move to a pause
_SPARE: Final = 0.05  # share of what is found that a sentence must add to be shown
_SPOKEN: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A passage of a transcript that a statement reports.

    `score` is the weight of the words that both have, squared, over that of the statement's
    words, where a word weighs more the fewer sentences have it. It can be compared between
    statements and between works; `FLOOR` is the least that is given.
    """

    evidence: Evidence
    score: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one speaker, or as many words of a stream that has none."""

    run: evidence.Run
    start: int
    end: int
    terms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Index:
    """The spoken words of a work, ready to be searched. Build it once per work.

    `windows` are ranges of `sentences`, and captions make none of the first `turns` of them;
    `worths` says for each term what each window is worth that has it or stands beside it;
    `rarity` is the weight of a term, `unheard` that of one that nobody says.
    """

    work: Work
    sentences: tuple[Sentence, ...]
    windows: tuple[range, ...]
    turns: int
    worths: Mapping[str, Mapping[int, float]]
    rarity: Mapping[str, float]
    unheard: float


# --- searching ---------------------------------------------------------------


def best(statement: Piece | str, index: Index) -> Aligned | None:
    """Find the passage that a statement reports; None if there is no telling."""
    return next(_ranked(statement, index), None)


def passages(statement: Piece | str, index: Index, *, most: int = 3) -> tuple[Aligned, ...]:
    """Find up to so many passages apart from each other, the best first."""
    return tuple(islice(_ranked(statement, index), most))


def _ranked(statement: Piece | str, index: Index) -> Iterator[Aligned]:
    wanted = frozenset(_terms(statement if isinstance(statement, str) else _text(statement)))
    # A sum that the order of a set cannot change makes decks the same on every machine.
    total = math.fsum(index.rarity.get(term, index.unheard) for term in wanted)
    matched: defaultdict[int, float] = defaultdict(float)
    for term in sorted(wanted & index.worths.keys()):
        for window, worth in index.worths[term].items():
            matched[window] += worth
    taken: set[int] = set()

    def rank(window: int) -> tuple[float, int]:
        gives_way = 0 < index.turns <= window
        return -matched[window] * (CAPTIONS if gives_way else 1.0), window

    for window in sorted(matched, key=rank):
        score = matched[window] ** 2 / total
        if score < FLOOR:
            continue
        place = _focused(window, wanted, index)
        if not taken.isdisjoint((*index.windows[window], *place)):
            continue
        found = _shown(place, wanted, index)
        if found is not None:
            taken.update(index.windows[window], place)
            yield Aligned(found, score)


def _text(piece: Piece) -> str:
    return f"{piece.text} {piece.explanation} {piece.answer}"


def _focused(window: int, wanted: frozenset[str], index: Index) -> range:
    """Choose among the windows at a place: what stands around them tells the place alone."""
    here = index.windows[window]
    near = index.windows[max(0, window - _WINDOW + 1) : window + _WINDOW]
    overlapping = [each for each in near if each.start in here or here.start in each]
    return max(overlapping, key=lambda each: (_covered(each, wanted, index), each == here))


def _covered(some: range, wanted: frozenset[str], index: Index) -> float:
    heard = {term for at in some for term in index.sentences[at].terms}
    return math.fsum(index.rarity[term] for term in heard & wanted)


def _shown(window: range, wanted: frozenset[str], index: Index) -> Evidence | None:
    """Quote the sentences of a window that matter, the fewest first.

    An advert or a heading that was dropped may part two sentences; then they do not stand
    together in the document, and fewer of them are quoted.
    """
    whole = _covered(window, wanted, index)

    def lacks(some: range) -> tuple[bool, int, float]:
        covered = _covered(some, wanted, index)
        enough = covered >= (1 - _SPARE) ** (len(window) - len(some)) * whole
        return not enough, len(some) if enough else 0, -covered

    # A few words of a stream begin and end anywhere, and alone they say little.
    fewest = 1 if index.sentences[window.start].run.kind == "turn" else min(2, len(window))
    parts = [range(at, to) for at in window for to in range(at + fewest, window.stop + 1)]
    for part in sorted(parts, key=lacks):
        first, last = index.sentences[part.start], index.sentences[part.stop - 1]
        found = evidence.of_run(first.run, first.start, last.end, index.work)
        if evidence.stands(found, first.run.document):
            return found
    return None


# --- indexing ----------------------------------------------------------------


def index(work: Work) -> Index:
    """Cut the spoken words of a work into windows and weigh their terms."""
    sentences: list[Sentence] = []
    windows: list[range] = []
    turns = 0
    for run in evidence.transcript(work).runs:
        start = len(sentences)
        sentences += _sentences(run)
        stops = range(min(start + _WINDOW, len(sentences)), len(sentences) + 1)
        windows += [range(max(start, stop - _WINDOW), stop) for stop in stops if stop > start]
        turns = len(windows) if run.kind == "turn" else turns
    counted = [_counted(sentences[at].terms for at in window) for window in windows]
    # Captions that say everything again would make every word half as rare.
    weighed = [each.terms for each in sentences if each.run.kind == "turn" or not turns]
    spread = Counter(term for terms in weighed for term in terms)
    heard = {term for each in sentences for term in each.terms}
    rarity = {term: _rarity(spread[term], len(weighed)) for term in heard}
    lengths = [terms.total() for terms in counted[:turns] or counted]
    average = sum(lengths) / max(1, len(lengths)) or 1.0
    hosts = _hosts(work)
    worths: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for at, (window, terms) in enumerate(zip(windows, counted, strict=True)):
        trust = HOST if sentences[window.start].run.speaker in hosts else 1.0
        damping = _SATURATION * (1 - _LENGTH + _LENGTH * terms.total() / average)
        for term in _around(window, sentences):
            worths[term][at] = trust * rarity[term] * _ASIDE
        for term, count in terms.items():
            worths[term][at] = trust * rarity[term] * count * (1 + _SATURATION) / (count + damping)
    unheard = _rarity(0, len(weighed))
    return Index(work, tuple(sentences), tuple(windows), turns, worths, rarity, unheard)


def _hosts(work: Work) -> frozenset[str]:
    hosts = [person for person in work.people if person.role == "host"]
    return frozenset(name for person in hosts for name in (person.name, *person.aliases))


def _rarity(count: int, windows: int) -> float:
    return math.log(1 + (windows - count + 0.5) / (count + 0.5))


def _counted(parts: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return total


def _around(window: range, sentences: list[Sentence]) -> set[str]:
    """Collect the terms near a window, as the question that it answers."""
    near = sentences[max(0, window.start - _AROUND) : window.stop + _AROUND]
    here = sentences[window.start].run.document
    return {term for each in near if each.run.document is here for term in each.terms}


def _sentences(run: evidence.Run) -> Iterator[Sentence]:
    for start, end in words.sentences(run.text):
        for first, last in _parts(run.text, start, end):
            yield Sentence(run, first, last, Counter(_terms(run.text[first:last])))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence into parts of like length, at a pause if there is one."""
    spans = [match.span() for match in _SPOKEN.finditer(text, start, end)]
    count = 1 if len(spans) <= _LONGEST else round(len(spans) / _PART)

    def pause(at: int) -> int:
        even = round(at * len(spans) / count)
        near = sorted(range(even - _SLACK, even + _SLACK + 1), key=lambda cut: abs(cut - even))
        ends = {cut: text[spans[cut - 1][1] - 1] for cut in near}
        return min(near, key=lambda cut: (ends[cut] not in ".?!", ends[cut] not in ",;:"))

    cuts = [0, *(pause(at) for at in range(1, count)), len(spans)]
    for first, last in pairwise(cuts):
        yield spans[first][0], spans[last - 1][1]


# --- terms -------------------------------------------------------------------


def _terms(text: str) -> list[str]:
    """List the stems of a text's telling words, and its numbers however they are written."""
    stems = [
        words.stem(part)
        for token in words.tokens(text)
        for part in token.casefold().split("-")
        if _tells(part)
    ]
    return stems + [f"{number:g}" for number in words.numbers(text)]


@lru_cache(maxsize=20_000)
def _tells(word: str) -> bool:
    return len(word) > 1 and word not in words.STOPWORDS and not words.numbers(word)


# --- telling that a page and a transcript belong together ---------------------


def likely(page: Work, talk: Work) -> tuple[int, int]:
    """Count the points of a page that are found in another work's transcript, and all of them.

    Of a page about the same talk nine in ten are found, about another talk of the same person
    one in three.
    """
    points = [
        piece
        for document in page.documents
        for piece in document.pieces
        if piece.kind in ("insight", "idea")
    ]
    if not points:
        return 0, 0
    spoken = index(talk)
    return sum(best(point, spoken) is not None for point in points), len(points)
