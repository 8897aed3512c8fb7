"""Account for every line of a document."""

from __future__ import annotations

from quizgen.model import Document


def unaccounted(document: Document) -> tuple[int, ...]:
    """Give the numbers of lines with words that are in no piece, no fact, and not dropped."""
    held: set[int] = set()
    for first, last in (
        found.lines for found in (*document.pieces, *document.metadata, *document.dropped)
    ):
        held.update(range(first, last + 1))
    return tuple(
        at for at, line in enumerate(document.lines, start=1) if line.strip() and at not in held
    )
