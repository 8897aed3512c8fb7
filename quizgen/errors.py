"""What a user can be told to fix."""

from __future__ import annotations


class QuizgenError(Exception):
    """Say in one sentence what happened, where, and what to do."""


class DeckSyntaxError(QuizgenError):
    """Name the line of a deck that cannot be read.

    `line` is 1-based; `path` is filled in by whoever knows the file.
    """

    def __init__(self, message: str, line: int, path: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.path = path

    def __str__(self) -> str:
        """Show `path:line: message`, as compilers do, so that editors can jump there."""
        return f"{self.path or 'line'}:{self.line}: {self.message}"


class DeckChanged(QuizgenError):
    """Refuse an edit because the card on disk is no longer the one that was edited."""


class UsageError(QuizgenError):
    """Say that the command was called in a way that cannot work (exit status 2)."""
