"""Read the documents of a work as parts: what one speaker says, or one piece of a page."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from quizgen import evidenceline, words
from quizgen.evidence import Run
from quizgen.model import Document, Kind, Piece, Work

BYTES_PER_TOKEN: Final = 3.5
"""English has 3.8 to 4.8 bytes to a token, Russian 3.3, Chinese 2.2."""

_CONTENT: Final[frozenset[Kind]] = frozenset(
    {"summary", "insight", "idea", "quote", "section", "topic", "bullet", "faq", "turn", "caption"}
)
_LABELS: Final[dict[Kind, str]] = {
    "summary": "summary",
    "insight": "insight",
    "idea": "idea",
    "quote": "quote",
    "section": "section",
    "topic": "topic",
    "bullet": "point",
    "faq": "question and answer",
    "caption": "speech",
}
SPOKEN: Final[frozenset[Kind]] = frozenset({"turn", "caption"})
POINTS: Final[frozenset[Kind]] = frozenset({"insight", "idea"})
"""What a page lists as worth knowing: it has made its choice."""


@dataclass(frozen=True, slots=True)
class Knot:
    """Words as the model sees them and as the source has them, as offsets of both."""

    shown: tuple[int, int]
    source: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A span of the words of one speaker, or of one piece of a page.

    `shown` is empty where the source's words are shown as they are; restored captions are
    tied to the source's words by `knots`.
    """

    run: Run
    start: int
    end: int
    shown: str = ""
    knots: tuple[Knot, ...] = ()

    @property
    def source(self) -> str:
        """Give the source's own words."""
        return self.run.text[self.start : self.end]

    @property
    def text(self) -> str:
        """Give the words as the model sees them."""
        return self.shown or self.source

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Give the pieces that the span touches."""
        return self.run.pieces[self._at(self.start) : self._at(max(self.start, self.end - 1)) + 1]

    @property
    def piece(self) -> Piece:
        """Give the piece in which the span begins."""
        return self.run.pieces[self._at(self.start)]

    def _at(self, offset: int) -> int:
        return bisect.bisect_right(self.run.starts, offset) - 1


@dataclass(frozen=True, slots=True)
class Passage:
    """Parts to make cards of, with what a reader needs to know.

    `also` is what other documents of the work say of it: material too. `before` is how the
    part ends that went before, `gist` what the work's own summary says: context only.
    """

    work: Work
    parts: tuple[Part, ...]
    also: tuple[Part, ...] = ()
    before: str = ""
    gist: str = ""

    @property
    def entries(self) -> tuple[Part, ...]:
        """Give everything that a card may rest on, in the order of its numbers."""
        return (*self.parts, *self.also)

    @property
    def is_spoken(self) -> bool:
        """Claim that the passage holds what was said, rather than what a page reports."""
        return any(part.run.kind in SPOKEN for part in self.parts)

    @property
    def word_count(self) -> int:
        """Count the words that cards are made of."""
        return sum(words.word_count(part.text) for part in self.parts)

    @property
    def name(self) -> str:
        """Name the passage by its file and lines."""
        return place(self.parts)


def label(part: Part) -> str:
    """Say who speaks and when, or what kind of line it is, as a model is shown it."""
    piece = part.piece
    name = part.run.speaker or _LABELS.get(part.run.kind, "")
    if part.run.kind == "quote" and part.run.speaker:
        name = f"{part.run.speaker}, quoted"
    if piece.seconds is not None:
        name = f"{name}, {evidenceline.clock(piece.seconds)}".removeprefix(", ")
    return name


def joined(first: Part, second: Part) -> Part | None:
    """Read two spans that follow each other in one run as one part."""
    if first.run is not second.run or not 0 <= second.start - first.end <= 1:
        return None
    if bool(first.shown) != bool(second.shown):
        return None
    if not first.shown:
        return replace(first, end=second.end)
    by = len(first.shown) + 1
    shift = tuple(
        Knot((knot.shown[0] + by, knot.shown[1] + by), knot.source) for knot in second.knots
    )
    shown = f"{first.shown} {second.shown}"
    return replace(first, end=second.end, shown=shown, knots=(*first.knots, *shift))


def tokens(text: str) -> int:
    """Estimate the tokens of a text, for a price."""
    return math.ceil(len(text.encode("utf-8", "replace")) / BYTES_PER_TOKEN)


def place(parts: Sequence[Part]) -> str:
    """Name where parts stand: `talk.md:12-40`."""
    if not parts:
        return "nothing"
    document = parts[0].run.document
    here = [part for part in parts if part.run.document is document]
    first = min(piece.lines[0] for part in here for piece in part.pieces)
    last = max(piece.lines[1] for part in here for piece in part.pieces)
    others = len({part.run.document.path for part in parts}) - 1
    more = f" and {others} more" if others else ""
    return f"{document.path}:{first}-{last}{more}"


def runs(document: Document) -> Iterator[Run]:
    """Read the pieces of a document that may make cards, what one speaker says as one text."""
    content = [
        piece for piece in document.pieces if piece.kind in _CONTENT and not piece.is_heading
    ]
    streams = groupby(
        enumerate(content),
        key=lambda pair: (
            -1 if pair[1].kind in SPOKEN else pair[0],
            pair[1].kind,
            pair[1].speaker,
            pair[1].heading,
        ),
    )
    for (_, kind, speaker, _), group in streams:
        pieces = tuple(piece for _, piece in group)
        starts: list[int] = []
        length = 0
        for piece in pieces:
            starts.append(length)
            length += len(said(piece)) + 1
        # The letters serve the audit of quotes, which reads its own runs.
        text = " ".join(map(said, pieces))
        yield Run(document, kind, speaker, pieces, tuple(starts), text, letters="")


def of_document(document: Document) -> Iterator[Part]:
    """Read the whole of a document as parts."""
    return (Part(run, 0, len(run.text)) for run in runs(document) if run.text.strip())


def by_piece(part: Part) -> Iterator[Part]:
    """Cut a part at its pieces; restored captions have been cut at their sentences already."""
    if part.shown:
        yield part
        return
    ends = [*part.run.starts[1:], len(part.run.text) + 1]
    for start, end in zip(part.run.starts, ends, strict=True):
        first, last = max(part.start, start), min(part.end, end - 1)
        if first < last:
            yield replace(part, start=first, end=last)


def said(piece: Piece) -> str:
    """Give all the words of a piece; a label and what follows it are no one sentence."""
    return "\n\n".join(part for part in (piece.text, piece.explanation, piece.answer) if part)
