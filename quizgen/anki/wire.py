"""Read the few protocol buffer fields that Anki's database holds.

The format is four kinds of value, each behind its number; a schema and a compiler for it would be
more to keep than this page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

Fields: TypeAlias = Mapping[int, bytes | int]

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
_LONGEST = 10  # bytes of a 64-bit number, seven bits in each


def fields(message: bytes) -> Fields:
    """Read a message; the last value of a number counts, as the format says.

    Raise `ValueError` where it ends too early or holds what no message has.
    """
    return dict(_parts(message))


def text(found: Fields, number: int) -> str:
    """Return a string, empty where it is not given."""
    value = found.get(number, b"")
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def number(found: Fields, number: int) -> int:
    """Return an integer, 0 where it is not given."""
    value = found.get(number, 0)
    return value if isinstance(value, int) else 0


def _parts(message: bytes) -> Iterator[tuple[int, bytes | int]]:
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield key >> 3, value
            continue
        if kind == _BYTES:
            size, at = _varint(message, at)
        elif kind in (_EIGHT, _FOUR):
            size = 8 if kind == _EIGHT else 4
        else:
            raise ValueError(f"a protocol buffer has no values of kind {kind}")
        if at + size > len(message):
            raise ValueError("a protocol buffer ends too early")
        yield key >> 3, message[at : at + size]
        at += size


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(_LONGEST):
        if at >= len(message):
            raise ValueError("a protocol buffer ends too early")
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            return value, at
    raise ValueError("a protocol buffer has a number without an end")
