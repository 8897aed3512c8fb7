"""Recognise the structure of a text page by its shape, never by its site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizgen.layout import captions, cuefile, cueing, page
from quizgen.layout.account import unaccounted
from quizgen.layout.findings import Findings
from quizgen.model import Document

__all__ = ["RECOGNISERS", "Recogniser", "recognise", "unaccounted"]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A row of the table: which lines it claims, and how it reads them."""

    name: str
    claims: Callable[[Sequence[str]], bool]
    read: Callable[[Findings], None]


RECOGNISERS = (
    Recogniser("caption file", cuefile.claims, cueing.read),
    Recogniser("captions", captions.claims, captions.read),
    Recogniser("page", lambda _: True, page.read),
)
"""In the order in which they are asked; the last takes everything."""


def recognise(lines: Sequence[str], path: str) -> Document:
    """Turn lines into a document whose every line is a piece, a fact, or dropped with a reason."""
    findings = Findings(tuple(lines))
    recogniser = next(row for row in RECOGNISERS if row.claims(lines))
    recogniser.read(findings)
    return findings.document(path)
