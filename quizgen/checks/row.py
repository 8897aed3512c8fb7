"""Say what a check is given and what a row of the table of checks holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from quizgen.model import Card, Severity


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a card's source beyond its evidence.

    `glossary` holds names and terms as the source spells them; `window` is the text around the
    card's evidence, empty when unknown.
    """

    glossary: frozenset[str] = frozenset()
    window: str = ""


Judge: TypeAlias = Callable[[Card, Context], str]
"""Say in one sentence what is wrong with a card and what to do, or return an empty string."""

JudgeDeck: TypeAlias = Callable[[Sequence[Card]], Iterator[tuple[int, str]]]
"""Yield the index of each card at fault, with one sentence."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule over one card; a rule that blocks and warns by degrees has two rows."""

    name: str
    severity: Severity
    title: str
    check: Judge


@dataclass(frozen=True, slots=True)
class DeckCheck:
    """One rule over the cards of a deck."""

    name: str
    severity: Severity
    title: str
    check: JudgeDeck
