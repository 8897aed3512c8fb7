"""Say what a check is given and what a row of the table of checks holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from quizgen.model import Card, Evidence, Person, Severity


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a card's source beyond its evidence.

    `glossary` holds names and terms as the source spells them; `window` is the text around the
    card's evidence, `source` the whole of what it was taken from, and `people` are those who
    take part. `quote` and `credited` are the words and the speaker of a quote card where these
    are told apart from its text. All are empty when unknown.
    """

    glossary: frozenset[str] = frozenset()
    window: str = ""
    source: str = ""
    people: tuple[Person, ...] = ()
    quote: str = ""
    credited: str = ""


@dataclass(frozen=True, slots=True)
class Matching:
    """A set of pairs to be matched, composed out of several cards for one question on paper."""

    prompt: str
    pairs: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, ...] = ()


Judge: TypeAlias = Callable[[Card, Context], str]
"""Say in one sentence what is wrong with a card and what to do, or return an empty string."""

JudgeDeck: TypeAlias = Callable[[Sequence[Card]], Iterator[tuple[int, str]]]
"""Yield the index of each card at fault, with one sentence."""

JudgeMatching: TypeAlias = Callable[[Matching], str]
"""Say in one sentence what is wrong with a set of pairs, or return an empty string."""


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


@dataclass(frozen=True, slots=True)
class MatchingCheck:
    """One rule over a set of pairs."""

    name: str
    severity: Severity
    title: str
    check: JudgeMatching
