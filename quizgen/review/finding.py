"""Choose cards by what a person types: words, and `kind:cloze state:kept tag:energy`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quizgen import cloze
from quizgen.errors import UsageError
from quizgen.model import Basic, Card, Choice, Cloze, Problem
from quizgen.review import steps
from quizgen.review.editing import kind_of

FIELDS: Final = (
    ("state", "draft, kept, dropped or all; drafts where nothing is said"),
    ("kind", "basic, cloze or choice"),
    ("tier", "ready or rough"),
    ("rule", "what wrote the card"),
    ("tag", "a tag"),
    ("section", "a section of the deck"),
    ("speaker", "who said the evidence"),
    ("problem", "a rule of the checks that speaks against the card, or any"),
    ("is", "later (flagged), clean (no problem) or mine (written by hand)"),
    ("id", "a card's id"),
)
"""What may stand before a colon, and what it means."""

_NAMES: Final = tuple(name for name, _ in FIELDS)
_TOKEN: Final = re.compile(
    r'(?P<no>-?)(?:(?P<field>[a-z]+):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))', re.IGNORECASE
)
_STATES: Final = ("draft", "kept", "dropped", "all")

Judge = Callable[[Card], Sequence[Problem]]
"""Give the problems of a card; asked only where a search needs them."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: `field` is empty for words, `values` are alternatives, folded."""

    field: str
    values: tuple[str, ...]
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Search:
    """What is to be shown; `text` is what was typed."""

    text: str = ""
    terms: tuple[Term, ...] = ()

    @property
    def asks_for_problems(self) -> bool:
        """Claim that every card has to be judged to answer it, which takes its time."""
        return any(
            term.field == "problem" or (term.field == "is" and "clean" in term.values)
            for term in self.terms
        )


def read(text: str) -> Search:
    """Read what was typed; raise `UsageError` with a sentence for a field that there is not."""
    terms: list[Term] = []
    for found in _TOKEN.finditer(text):
        field = (found["field"] or "").lower()
        value = found["quoted"] if found["quoted"] is not None else found["bare"]
        if field and field not in _NAMES:
            if found["quoted"] is None and value.startswith("//"):
                field, value = "", found[0]
            else:
                raise UsageError(f"there is no {field!r} to search by; try {', '.join(_NAMES)}")
        values = value.split(",") if field and found["quoted"] is None else [value]
        folded = tuple(each.strip().casefold().removeprefix("#") for each in values if each.strip())
        if field == "state" and any(each not in _STATES for each in folded):
            raise UsageError(f"a state is one of {', '.join(_STATES)}")
        if folded:
            terms.append(Term(field, folded, not found["no"]))
    return Search(text.strip(), tuple(terms))


def found(cards: Iterable[Card], search: Search, judge: Judge) -> Iterator[Card]:
    """Yield the cards that meet every term, in order; those without an id are passed over."""
    says_state = any(term.field in ("state", "id") for term in search.terms)
    # What is quick to tell comes first, so that few cards are judged.
    terms = sorted(search.terms, key=lambda term: term.field in ("problem", "is"))
    for card in cards:
        if not card.id or (not says_state and card.state != "draft"):
            continue
        if all(_meets(card, term, judge) == term.wanted for term in terms):
            yield card


def _meets(card: Card, term: Term, judge: Judge) -> bool:
    values = term.values
    match term.field:
        case "":
            said = _words(card)
            return all(value in said for value in values)
        case "state":
            return "all" in values or card.state in values
        case "kind":
            return kind_of(card.content) in values
        case "tier":
            return card.tier in values
        case "rule":
            rule = card.stamp.rule.casefold()
            return any(rule == value or rule.startswith(value) for value in values)
        case "tag":
            return any(tag.casefold() in values for tag in card.tags)
        case "section":
            return any(value in card.section.casefold() for value in values)
        case "speaker":
            said = [found.speaker.casefold() for found in card.evidence]
            return any(value in speaker for value in values for speaker in said)
        case "problem":
            rules = {problem.rule for problem in judge(card)}
            return bool(rules) if "any" in values else any(value in rules for value in values)
        case "id":
            return card.id.casefold() in {value.removeprefix("^") for value in values}
        case _:
            return any(_is(card, value, judge) for value in values)


def _is(card: Card, value: str, judge: Judge) -> bool:
    match value:
        case "later":
            return steps.is_flagged(card)
        case "clean":
            return not judge(card)
        case "mine":
            return card.stamp.rule == "hand"
        case _:
            raise UsageError("is: takes later, clean or mine")


def _words(card: Card) -> str:
    match card.content:
        case Basic(question, answer):
            said = (question, answer)
        case Cloze(text):
            said = (cloze.filled(text),)
        case Choice(stem, options):
            said = (stem, *options)
    evidence = (found.text for found in card.evidence)
    return " ".join((*said, card.why, *evidence, card.section, *card.tags)).casefold()
