"""Choose what a learner should take from a work: its most important ideas."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from quizgen import alignment, evidence, words
from quizgen.model import Document, Kind, Piece, Work

_KINDS: Final[Mapping[Kind, float]] = {
    "insight": 2.0,
    "idea": 2.0,
    "section": 1.0,
    "bullet": 1.0,
    "topic": 1.0,
    "summary": 0.6,
    "faq": 0.6,
    "quote": 0.3,
}
_WHOLE: Final[frozenset[Kind]] = frozenset({"insight", "idea", "bullet", "quote"})
"""Kinds that make one point each; the others are cut into sentences."""

_SAME: Final = 0.45
_LIKE: Final = 0.15
_HEARD: Final = 24.0
_TOLD: Final = 1.5
_NAMED: Final = 1.0
_META: Final = 3.0
_FIRST: Final = 0.6
_CENTRAL: Final = 1.2
_LEANS: Final = 0.4
_AGAIN: Final = 2.0
_BESIDE: Final = 0.3
_SHORT: Final = 6

_CLAIMS: Final = (
    (
        re.compile(
            r"\b(?:because|since|therefore|so that|which is why|leads? to|driven by|due to|caus\w+|"
            r"allow\w*|enabl\w+|requir\w+|depends? on|results? in|shows? that|means? that)\b",
            re.IGNORECASE,
        ),
        0.5,
    ),
    (
        re.compile(
            r"\b(?:but|whereas|although|though|despite|unlike|rather than|instead of|however|while|"
            r"only (?:when|if)|not \w+ but|than)\b",
            re.IGNORECASE,
        ),
        0.5,
    ),
    (
        re.compile(
            r"\b(?:(?:is|are) (?:an?|the) \w+|refers? to|stands? for|is called|known as)\b",
            re.IGNORECASE,
        ),
        0.5,
    ),
    (re.compile(r"\d|\bpercent\b", re.IGNORECASE), 0.25),
)
"""What a claim has, and what that is worth: a cause, a contrast, a definition, a number."""

_ABOUT: Final = re.compile(
    r"\b(?:discuss\w*|explor\w+ (?:the|how|whether|why)|touch(?:es|ing)? on|delv\w+|"
    r"highlights? the|traces?|reflect\w*|go(?:es)? through|begins? (?:by|with)|"
    r"clos(?:es?|ing) with|next focus|finally,|then (?:discusses|turns)|stands as a testament|"
    r"(?:the|this) (?:conversation|discussion|episode|interview|video|talk|session|section|"
    r"chapter|page|summary|article|podcast)|follows this|ask why|insights of|"
    r"look(?:s|ing)? to(?:wards)? the future|promis(?:es|ing)|journey|underscor\w+|"
    r"fascinating|has been revolutionizing|mark(?:s|ed) (?:its|a) (?:legacy|notable))\b"
    r"|\?\s*$",
    re.IGNORECASE,
)
"""A sentence of this kind speaks of the page, or praises, and states nothing."""

_LEANING: Final = re.compile(
    r"(?:this|these|those|that|it|its|they|their|he|she|his|her|here|such|both|in this|at that|"
    r"however|furthermore|moreover|also|then|and|but|by integrating)\b",
    re.IGNORECASE,
)
"""A sentence that opens so needs the one before it."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a document: a piece that makes it, or a sentence of one.

    `piece` is the piece as its document has it; `said` is the point alone, with its own lines.
    """

    document: str
    piece: Piece
    said: Piece


@dataclass(frozen=True, slots=True)
class Idea:
    """An important idea: where it is told best, where else it is told, and how much it carries."""

    point: Point
    also: tuple[Point, ...]
    score: float

    @property
    def points(self) -> tuple[Point, ...]:
        """Give every place that tells it, the best first."""
        return (self.point, *self.also)


def rank(work: Work, *, most: int = 10) -> tuple[Idea, ...]:
    """Rank the points of a work by how much they carry, and give the first so many.

    A point is an insight, an idea, a bullet, a quote, or a sentence of longer prose. Its score
    is a sum, in which one is about what a section's sentence is worth for its kind alone:

    - its kind: 2 for an insight or an idea, which its page has chosen already; 1 for a section,
      a topic or a bullet; 0.6 for a summary and an answer, which repeat; 0.3 for a quote;
    - 1.5 for each further document that tells it too, as far as the two share rare stems, and
      the same for a recording, as far as the score of its best passage reaches that of the
      surest ones;
    - 1 if a heading, a chapter, a listed topic or the title names it, in parts if in parts;
    - 0.5 for each of: a cause, a contrast, a definition; and 0.25 for a number;
    - up to 1.2 for being central: alike in rare stems to many points, its own document's too;
    - 0.6 for standing first of what is under its heading (or in its document, where points have
      none), less the later it stands;
    - 3 less if it speaks of the page instead of the subject, or praises, or asks;
    - 0.4 less if it opens with a word that needs the sentence before.

    Points that are nearly the same count once, with all their places. Then the best is taken
    again and again, where what is alike to one taken already loses up to 2, and 0.3 for each
    one taken from under its heading, so that ten ideas are not one idea in ten wordings.
    """
    points = list(_points(work))
    if not points:
        return ()
    stems = [words.content_stems(_text(point.said)) for point in points]
    weights = _weights(stems)
    likeness = _Likeness(stems, weights)
    scores = [
        score + central
        for score, central in zip(
            _scores(work, points, likeness, stems, weights), _central(likeness), strict=True
        )
    ]
    groups = _grouped(points, scores, likeness)
    return tuple(_chosen(points, groups, scores, likeness, most))


# --- points ------------------------------------------------------------------


def _points(work: Work) -> Iterator[Point]:
    for document in work.documents:
        for piece in document.pieces:
            if piece.kind not in _KINDS or piece.is_heading:
                continue
            if piece.kind in _WHOLE:
                yield Point(document.path, piece, piece)
            else:
                yield from _sentences(document, piece)


def _sentences(document: Document, piece: Piece) -> Iterator[Point]:
    text = {"faq": piece.answer, "topic": piece.explanation}.get(piece.kind, piece.text)
    for start, end in words.sentences(text):
        said = text[start:end]
        if words.word_count(said) >= _SHORT:
            lines = evidence.of(document, said, piece).lines
            alone = replace(piece, text=said, explanation="", answer="", lines=lines)
            yield Point(document.path, piece, alone)


def _text(said: Piece) -> str:
    return f"{said.text} {said.explanation}"


# --- likeness ----------------------------------------------------------------


def _weights(stems: Sequence[frozenset[str]]) -> dict[str, float]:
    """Weigh stems: the rarer the heavier."""
    spread = Counter(stem for each in stems for stem in each)
    return {stem: math.log(1 + len(stems) / count) for stem, count in spread.items()}


class _Likeness:
    """How alike points are by the rare stems that they share: 0 to 1."""

    def __init__(self, stems: Sequence[frozenset[str]], weights: Mapping[str, float]) -> None:
        self._stems = stems
        self._weights = weights
        self._lengths = [self._squares(each) for each in stems]
        self.count = len(stems)

    def of(self, one: int, other: int) -> float:
        both = math.sqrt(self._lengths[one] * self._lengths[other])
        return self._squares(self._stems[one] & self._stems[other]) / both if both else 0.0

    def _squares(self, stems: frozenset[str]) -> float:
        # A sum that the order of a set cannot change is the same on every machine.
        return math.fsum(self._weights[stem] ** 2 for stem in stems)


def _central(likeness: _Likeness) -> list[float]:
    every = range(likeness.count)
    sums = [math.fsum(likeness.of(at, other) for other in every if other != at) for at in every]
    most = max(sums, default=0.0) or 1.0
    return [_CENTRAL * each / most for each in sums]


# --- scores ------------------------------------------------------------------


def _scores(
    work: Work,
    points: Sequence[Point],
    likeness: _Likeness,
    stems: Sequence[frozenset[str]],
    weights: Mapping[str, float],
) -> Iterator[float]:
    spoken = alignment.index(work)
    headings = [words.content_stems(each) for each in _headings(work)]
    total = Counter(map(_under, points))
    met: Counter[tuple[str, str]] = Counter()
    for at, point in enumerate(points):
        under = _under(point)
        met[under] += 1
        heard = alignment.best(point.said, spoken) if spoken.sentences else None
        yield (
            _KINDS[point.piece.kind]
            + _TOLD * _elsewhere(at, points, likeness)
            + _TOLD * (min(1.0, heard.score / _HEARD) if heard else 0.0)
            + _NAMED * max((_share(stems[at], each, weights) for each in headings), default=0.0)
            + sum(worth for claim, worth in _CLAIMS if claim.search(_text(point.said)))
            + _FIRST * (total[under] - met[under] + 1) / total[under]
            - _META * bool(_ABOUT.search(point.said.text))
            - _LEANS * bool(_LEANING.match(point.said.text))
        )


def _elsewhere(at: int, points: Sequence[Point], likeness: _Likeness) -> float:
    """Add up, for each other document, how alike its likest point is."""
    best: dict[str, float] = {}
    for other, point in enumerate(points):
        if point.document != points[at].document:
            alike = likeness.of(at, other)
            best[point.document] = max(best.get(point.document, 0.0), alike)
    return math.fsum(min(1.0, alike / _SAME) for alike in best.values() if alike >= _LIKE)


def _headings(work: Work) -> Iterator[str]:
    yield work.title
    for document in work.documents:
        told = ("chapter", "topic")
        named = (p.text if p.kind in told else p.heading for p in document.pieces)
        yield from dict.fromkeys(each for each in named if each)


def _share(said: frozenset[str], named: frozenset[str], weights: Mapping[str, float]) -> float:
    """Tell how much of what a heading names is in a point; a heading of one word says little."""
    whole = math.fsum(weights.get(stem, 1.0) for stem in named)
    both = math.fsum(weights.get(stem, 1.0) for stem in named & said)
    return both / whole * min(1.0, len(named) / 2) if whole else 0.0


# --- choosing ----------------------------------------------------------------


def _grouped(
    points: Sequence[Point], scores: Sequence[float], likeness: _Likeness
) -> dict[int, list[int]]:
    """Gather points that are nearly the same under the best of them."""
    groups: dict[int, list[int]] = {}
    for at in sorted(range(len(points)), key=lambda at: (-scores[at], at)):
        head = max(groups, key=lambda head: likeness.of(at, head), default=at)
        if head != at and likeness.of(at, head) >= _SAME:
            groups[head].append(at)
        else:
            groups[at] = []
    return groups


def _chosen(
    points: Sequence[Point],
    groups: Mapping[int, Sequence[int]],
    scores: Sequence[float],
    likeness: _Likeness,
    most: int,
) -> Iterator[Idea]:
    taken: list[int] = []
    left = list(groups)
    while left and len(taken) < most:

        def worth(at: int) -> float:
            alike = max((likeness.of(at, other) for other in taken), default=0.0)
            beside = sum(_is_beside(points[at], points[other]) for other in taken)
            return scores[at] - _AGAIN * min(1.0, alike / _SAME) - _BESIDE * beside

        best = max(left, key=lambda at: (worth(at), -at))
        reached = worth(best)
        left.remove(best)
        taken.append(best)
        also = tuple(points[at] for at in sorted(groups[best]))
        yield Idea(points[best], also, round(reached, 2))


def _is_beside(one: Point, other: Point) -> bool:
    """Claim that two points stand under one heading."""
    return bool(_under(one)[1]) and _under(one) == _under(other)


def _under(point: Point) -> tuple[str, str]:
    piece = point.piece
    return point.document, piece.text if piece.kind == "topic" else piece.heading
