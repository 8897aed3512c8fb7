"""Hold where the cards of a deck stand, so that moving ten thousand of them costs little."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import NamedTuple, overload

_CHUNK = 128


class Place(NamedTuple):
    """Where a card stands: character offsets, and the 1-based line of its question."""

    start: int
    end: int
    line: int


class _Chunk(NamedTuple):
    """Some places in a row, and how far they have moved since they were written down."""

    places: tuple[Place, ...]
    moved: int
    lines: int

    def at(self, number: int) -> Place:
        start, end, line = self.places[number]
        return Place(start + self.moved, end + self.moved, line + self.lines)

    def told(self, first: int = 0, after: int | None = None) -> Iterator[Place]:
        for start, end, line in self.places[first:after]:
            yield Place(start + self.moved, end + self.moved, line + self.lines)


class Places(Sequence[Place]):
    """The places of a deck's cards, in order; a sequence that does not change."""

    __slots__ = ("_chunks", "_ends")

    def __init__(self, chunks: tuple[_Chunk, ...]) -> None:
        self._chunks = chunks
        self._ends = tuple(accumulate(len(chunk.places) for chunk in chunks))

    @classmethod
    def of(cls, places: Iterable[Place]) -> Places:
        """Hold places."""
        return cls(tuple(_chunked(tuple(places))))

    def spliced(
        self, first: int, after: int, fresh: Iterable[Place], moved: int, lines: int
    ) -> Places:
        """Put other places where those from `first` to before `after` are.

        What follows moves on by so many characters and lines.
        """
        head, inside = self._where(first)
        tail, behind = self._where(after)
        before = self._chunks[head].told(0, inside) if head < len(self._chunks) else ()
        rest = self._chunks[tail].told(behind) if tail < len(self._chunks) else ()
        shifted = (Place(each.start + moved, each.end + moved, each.line + lines) for each in rest)
        middle = tuple(chain(before, fresh, shifted))
        later = (
            _Chunk(chunk.places, chunk.moved + moved, chunk.lines + lines)
            for chunk in self._chunks[tail + 1 :]
        )
        return Places((*self._chunks[:head], *_chunked(middle), *later))

    def _where(self, number: int) -> tuple[int, int]:
        """Return the chunk of a place and its number there."""
        chunk = bisect_right(self._ends, number)
        return chunk, number - (self._ends[chunk - 1] if chunk else 0)

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, number: int) -> Place: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Place, ...]: ...
    def __getitem__(self, number: int | slice) -> Place | tuple[Place, ...]:
        if isinstance(number, slice):
            return tuple(self)[number]
        if number < 0:
            number += len(self)
        if not 0 <= number < len(self):
            raise IndexError(number)
        chunk, at = self._where(number)
        return self._chunks[chunk].at(at)

    def __iter__(self) -> Iterator[Place]:
        return chain.from_iterable(chunk.told() for chunk in self._chunks)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Places) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Places.of({tuple(self)!r})"


def _chunked(places: tuple[Place, ...]) -> Iterator[_Chunk]:
    if len(places) <= 2 * _CHUNK:  # chunks that are spliced again and again stay few and full
        if places:
            yield _Chunk(places, 0, 0)
        return
    for start in range(0, len(places), _CHUNK):
        yield _Chunk(places[start : start + _CHUNK], 0, 0)
