"""Hold cards that were written for Anki, in little room, until they are packed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from quizgen.exports import Written

_BLOCK: Final = 256
_BETWEEN: Final = "\x1d"
"""Stands in no field: control characters never reach one."""


class Shelf(Mapping[str, Written]):
    """The cards of a deck by their ids; they are best taken in the order in which they were put.

    All but the last few hundred are compressed: a hundred thousand would be 100 MB.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._packed: list[bytes] = []
        self._fresh: list[Written] = []
        self._taken: tuple[int, list[Written]] = (-1, [])

    def put(self, card: str, written: Written) -> None:
        """Add a card, or put another in its place."""
        self._numbers[card] = _BLOCK * len(self._packed) + len(self._fresh)
        self._fresh.append(written)
        if len(self._fresh) == _BLOCK:
            self._packed.append(_packed(self._fresh))
            self._fresh = []

    def __getitem__(self, card: str) -> Written:
        block, place = divmod(self._numbers[card], _BLOCK)
        if block == len(self._packed):
            return self._fresh[place]
        if block != self._taken[0]:
            self._taken = block, _unpacked(self._packed[block])
        return self._taken[1][place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def _packed(block: list[Written]) -> bytes:
    import zstandard  # noqa: PLC0415 - a small deck never needs it

    said = (
        part
        for each in block
        for part in (each.fields, each.tags, each.hash, " ".join(map(str, each.ordinals)))
    )
    # What it returns goes on holding the room that it might have needed.
    return bytes(memoryview(zstandard.compress(_BETWEEN.join(said).encode("utf-8"), 1)))


def _unpacked(block: bytes) -> list[Written]:
    import zstandard  # noqa: PLC0415

    said = iter(zstandard.decompress(block).decode("utf-8").split(_BETWEEN))
    return [
        Written(fields, tags, found, tuple(map(int, ordinals.split())))
        for fields, tags, found, ordinals in zip(said, said, said, said, strict=True)
    ]
