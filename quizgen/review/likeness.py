"""Find cards that are like another, and mark in what they differ."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from quizgen import cloze, words
from quizgen.model import Basic, Card, Choice, Cloze

_NEAR: Final = 0.4
"""Share of telling words that two cards have in common, from which they are shown together."""
_CROWD: Final = 40  # a word that more cards share says nothing of two of them
_MOST: Final = 3
_WORD: Final = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Index:
    """What cards are compared by: the stems of each, and the cards of each stem and evidence."""

    stems: Mapping[str, frozenset[str]]
    by_stem: Mapping[str, tuple[str, ...]]
    by_evidence: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a text; `differs` where another text has something else."""

    text: str
    differs: bool = False


def index(cards: Iterable[Card]) -> Index:
    """Gather what the cards of a deck are compared by; those without an id are left out."""
    stems: dict[str, frozenset[str]] = {}
    by_stem: dict[str, list[str]] = {}
    by_evidence: dict[str, list[str]] = {}
    for card in cards:
        if not card.id:
            continue
        stems[card.id] = words.content_stems(text_of(card))
        for stem in stems[card.id]:
            by_stem.setdefault(stem, []).append(card.id)
        said = " ".join(card.evidence[0].text.split()) if card.evidence else ""
        if said:
            by_evidence.setdefault(said, []).append(card.id)
    return Index(
        stems,
        {stem: tuple(found) for stem, found in by_stem.items() if 1 < len(found) <= _CROWD},
        {said: tuple(found) for said, found in by_evidence.items() if len(found) > 1},
    )


def similar(card: Card, known: Index) -> tuple[str, ...]:
    """Name the cards that are most like one, the nearest first."""
    mine = words.content_stems(text_of(card))
    said = " ".join(card.evidence[0].text.split()) if card.evidence else ""
    shared = Counter(other for stem in mine for other in known.by_stem.get(stem, ()))
    same = set(known.by_evidence.get(said, ()))
    near: dict[str, float] = {}
    for other in {*shared, *same} - {card.id}:
        theirs = known.stems[other]
        share = len(mine & theirs) / max(1, len(mine | theirs))
        if share >= _NEAR or (other in same and share >= _NEAR / 2):
            near[other] = share
    return tuple(sorted(near, key=lambda other: (-near[other], other))[:_MOST])


def text_of(card: Card) -> str:
    """Write a card as one line: what it asks, and what it wants to hear."""
    match card.content:
        case Basic(question, answer):
            said = f"{question} → {answer}"
        case Cloze(text):
            said = f"{cloze.visible(text)} → {', '.join(cloze.hidden(text))}"
        case Choice(stem, options, keys):
            said = f"{stem} → {'; '.join(options[key] for key in keys)}"
    return " ".join(said.split())


def difference(one: str, other: str) -> tuple[Run, ...]:
    """Cut `other` into runs that tell what `one` does not have, word by word."""
    first, second = _WORD.findall(one), _WORD.findall(other)
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    runs: list[Run] = []
    for tag, _, _, start, end in matcher.get_opcodes():
        text = "".join(second[start:end])
        if not text:
            continue
        differs = tag != "equal" and bool(text.strip())
        if runs and runs[-1].differs == differs:
            runs[-1] = Run(runs[-1].text + text, differs)
        else:
            runs.append(Run(text, differs))
    return tuple(runs)
