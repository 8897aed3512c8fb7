"""Hide the year of an event that a sentence names, once for each section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen.generate.offline import bearers, common, facts, named, propers, wording
from quizgen.generate.offline.drafts import cloze, shown
from quizgen.generate.offline.guards import is_for_tasks
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.tagging import tokens
from quizgen.model import Draft, Piece

_YEAR: Final = re.compile(r"\b(?:1\d{3}|20[0-2]\d)\b(?!s|[-–/]\d)")
_WHEN: Final = re.compile(
    r"\b(?:[Ii]n(?: (?:early|late|mid-?))?|[A-Z][a-z]{2,8}|\d(?:st|nd|rd|th)?,) $"
)
_STUDIED: Final = re.compile(
    r"\b(?:stud(?:y|ies)|analys[ei]s|survey|meta[-‑]analys|paper|article|report(?:s|ed)?|trial"
    r"|cites?|cited|review|poll|lecture|course|estimated|found that|data)\b",
    re.IGNORECASE,
)
_NOT_DATED: Final = re.compile(
    r"\b(?:between|from|since|until|about|around|circa|c\.|by) $", re.IGNORECASE
)
_LEAST: Final = 4


def dated(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Hide one year of a piece, where an event is told that has one."""
    if is_for_tasks(piece.heading):
        return
    for text in (piece.text, piece.explanation, piece.answer):
        for told in bearers.sentences(scene, text):
            for said in named.texts(scene, told.said):
                found = _year(scene, said)
                if found is None:
                    continue
                begin, end = found
                lead = wording.introduced(scene, said, hidden=said[begin:end])
                stop = "" if said.rstrip("\"”’')").endswith((".", "!")) else "."
                parts = (lead + said[:begin], said[begin:end], said[end:].rstrip(" ;,") + stop)
                yield from cloze(
                    scene,
                    piece,
                    shown(scene, piece, told.proof),
                    parts,
                    rule="year_cloze",
                    tier="ready",
                    hinted=False,
                )
                return


def _year(scene: Scene, said: str) -> tuple[int, int] | None:
    """Find the one year of a sentence that names what happened in it, and to whom."""
    years = list(_YEAR.finditer(said))
    if len(years) != 1 or len(re.findall(r"\b\d{3,4}s?\b", said)) != 1 or _STUDIED.search(said):
        return None
    begin, end = years[0].span()
    before = said[:begin]
    if not _WHEN.search(before) or before.count("(") > before.count(")"):
        return None
    if _NOT_DATED.search(before) or re.match(
        r" [a-z]+(?<!in)(?<!with)(?<!and)s? (?:of|by)\b", said[end:]
    ):
        return None
    around = f"{before} {said[end:]}"
    happened = any(
        token.tag in ("VVD", "VVN") and token.lemma in facts.MILESTONES | named.DOING
        for token in tokens(said)
    )
    names = next(propers.find(scene, said), None)
    return (begin, end) if happened and names and len(common.rare(around)) >= _LEAST else None
