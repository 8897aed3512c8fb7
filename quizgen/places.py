"""Hold where the cards of a deck stand, so that moving ten thousand of them costs little."""

from __future__ import annotations

from array import array
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
    """Some places in a row, three numbers each, and how far they have moved since then."""

    numbers: array[int]  # the objects would take seven times as much
    moved: int
    lines: int

    @property
    def held(self) -> int:
        return len(self.numbers) // 3

    def at(self, number: int) -> Place:
        start, end, line = self.numbers[3 * number : 3 * number + 3]
        return Place(start + self.moved, end + self.moved, line + self.lines)

    def told(self, first: int = 0, after: int | None = None) -> Iterator[Place]:
        stop = len(self.numbers) if after is None else 3 * after
        several = iter(self.numbers[3 * first : stop])
        for start, end, line in zip(several, several, several, strict=True):
            yield Place(start + self.moved, end + self.moved, line + self.lines)


class Places(Sequence[Place]):
    """The places of a deck's cards, in order; a sequence that does not change."""

    __slots__ = ("_chunks", "_ends")

    def __init__(self, chunks: tuple[_Chunk, ...]) -> None:
        self._chunks = chunks
        self._ends = tuple(accumulate(chunk.held for chunk in chunks))

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
            _Chunk(chunk.numbers, chunk.moved + moved, chunk.lines + lines)
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
            yield _chunk(places)
        return
    for start in range(0, len(places), _CHUNK):
        yield _chunk(places[start : start + _CHUNK])


def _chunk(places: Iterable[Place]) -> _Chunk:
    return _Chunk(array("q", chain.from_iterable(places)), 0, 0)
