"""The table of formats that a document can be read from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeAlias

from quizgen.errors import QuizgenError
from quizgen.model import Document
from quizgen.readers import subtitles, text

Read: TypeAlias = Callable[[bytes, str], Document]
"""Bytes and the path as the person named it, to a document."""

LARGEST = 50_000_000
"""Bytes; more is no page and no transcript."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A row of the table: the suffixes a format goes by, its name, and how it is read."""

    suffixes: tuple[str, ...]
    name: str
    read: Read


READERS = (
    Reader((".txt", ".md", ".markdown", ".text", ""), "text or Markdown", text.read),
    Reader((".vtt", ".srt"), "captions with times", subtitles.read),
)


def read(data: bytes, path: str) -> Document:
    """Read a document in the format that its suffix names; `-` is text.

    Raises `QuizgenError` for a file that is empty, too large, or of no known format.
    """
    if not data.strip():
        raise QuizgenError(f"{path} is empty: there is nothing to read in it")
    if len(data) > LARGEST:
        raise QuizgenError(
            f"{path} has {len(data) // 1_000_000} MB, more than the {LARGEST // 1_000_000} MB "
            "that are read at once: split it into smaller files"
        )
    suffix = PurePath(path).suffix.lower()
    for reader in READERS:
        if suffix in reader.suffixes:
            return reader.read(data, path)
    raise QuizgenError(
        f"{path} has the suffix {suffix!r}, which is not one that can be read "
        f"({', '.join(suffixes())}): save its text as .txt and try again"
    )


def suffixes() -> tuple[str, ...]:
    """Name every suffix that can be read."""
    return tuple(suffix for reader in READERS for suffix in reader.suffixes if suffix)
