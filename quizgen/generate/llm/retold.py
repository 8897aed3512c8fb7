"""Find what documents of one work say twice: a second transcript, a page about the recording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from quizgen import alignment, words
from quizgen.generate.llm.parts import Part, by_piece, of_document, tokens
from quizgen.model import Document, Evidence, Work

_SHINGLE: Final = 4
_TOLD_AGAIN: Final = 0.2
"""Share of a passage's runs of four words that another transcript has: the same talk heard by
two machines shares from 0.4, two talks of one person on one subject share less than 0.03."""


def ranked(work: Work) -> list[Document]:
    """Put the richest transcript first: speakers before none, then the longest."""

    def rank(document: Document) -> tuple[bool, int]:
        named = any(piece.kind == "turn" and piece.speaker for piece in document.pieces)
        return not named, -sum(len(piece.text) for piece in document.pieces)

    return sorted(work.documents, key=rank)


class Told:
    """What has been said by transcripts so far, as runs of four words."""

    def __init__(self) -> None:
        self.grams: set[tuple[str, ...]] = set()

    def add(self, parts: Sequence[Part]) -> None:
        """Remember the words of parts."""
        for part in parts:
            self.grams |= _shingles(part.text)

    def new(self, parts: Sequence[Part]) -> Iterator[Part]:
        """Keep what another transcript of the same talk does not have already."""
        told = False
        for part in chain.from_iterable(map(by_piece, parts)):
            grams = _shingles(part.text)
            if len(grams) >= _SHINGLE:
                told = len(grams & self.grams) >= _TOLD_AGAIN * len(grams)
            if not told:
                yield part


def _shingles(text: str) -> set[tuple[str, ...]]:
    heard = [word.casefold() for word in words.tokens(words.without_fillers(text))]
    return {tuple(heard[at : at + _SHINGLE]) for at in range(len(heard) - _SHINGLE + 1)}


def is_told(document: Document, work: Work) -> bool:
    """Claim that a better transcript of the work has most of what a document says."""
    told = Told()
    for better in ranked(work):
        if better is document:
            break
        if better.is_transcript:
            told.add(tuple(of_document(better)))
    every = tuple(of_document(document))
    new = sum(len(part.text) for part in told.new(every))
    return bool(told.grams) and new < _TOLD_AGAIN * sum(len(part.text) for part in every)


def along(
    work: Work, pages: Sequence[Document], main: Sequence[tuple[Part, ...]], limit: int
) -> tuple[list[tuple[Part, ...]], list[tuple[Part, ...]]]:
    """Give each passage of speech what pages say of it, and each page what is left over."""
    also: list[list[Part]] = [[] for _ in main]
    room = [limit - sum(tokens(part.text) for part in parts) // 2 for parts in main]
    heard = alignment.index(work) if main and pages else None
    alone: list[tuple[Part, ...]] = []
    for page in pages:
        left: list[Part] = []
        for part in of_document(page):
            found = alignment.best(part.piece, heard) if heard else None
            at = _home(found.evidence, main) if found else None
            if at is None or room[at] < tokens(part.text):
                left.append(part)
            else:
                room[at] -= tokens(part.text)
                also[at].append(part)
        alone.append(tuple(left))
    return [tuple(parts) for parts in also], alone


def _home(found: Evidence, main: Sequence[tuple[Part, ...]]) -> int | None:
    """Find the passage that holds the place of some evidence."""
    near = [
        (found.text not in _folded(part.source), at)
        for at, parts in enumerate(main)
        for part in parts
        if part.run.document.path == found.document
        and any(p.lines[0] <= found.lines[1] and found.lines[0] <= p.lines[1] for p in part.pieces)
    ]
    return min(near)[1] if near else None


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return " ".join(text.split())
