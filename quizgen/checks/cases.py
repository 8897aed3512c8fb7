"""Read labelled cards, and measure what the checks find of their labels.

A line of such a file is a JSON object: `id`, `card` (its fields depend on its `type`), `flaws`
(the rules that ought to fire), `tolerated` (rules that may) and `context` (`deck`: other cards,
`glossary`: names, `window`: text around the evidence, `source`: the whole of it).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from quizgen import checks
from quizgen.checks.row import Context, Matching
from quizgen.errors import QuizgenError
from quizgen.model import Basic, Card, Choice, Cloze, Content, Evidence, Stamp

ASKED = "asked"
"""The id of the card that a case is about, among those of its deck."""


@dataclass(frozen=True, slots=True)
class Case:
    """A card, or a set of pairs, with what is known around it and the labels a person gave it."""

    id: str
    line: int
    card: Card | Matching
    flaws: frozenset[str]
    tolerated: frozenset[str]
    deck: tuple[Card, ...]
    context: Context


@dataclass(frozen=True, slots=True)
class Score:
    """How often a rule fired where it ought to, where it ought not to, and where it failed to."""

    rule: str
    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what fired that ought to; 1 where nothing fired."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what ought to fire that did; 1 where nothing ought to."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def read(text: str, *, rules: Iterable[str]) -> tuple[list[Case], list[tuple[int, str]]]:
    """Read every line that can be read; of the others give the number and one sentence."""
    known = frozenset(rules)
    cases: list[Case] = []
    errors: list[tuple[int, str]] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            case = _case(line, number, known)
            if case.id in seen:
                raise QuizgenError(f"the id {case.id!r} stands on line {seen[case.id]} too")
        except QuizgenError as error:
            errors.append((number, str(error)))
            continue
        seen[case.id] = number
        cases.append(case)
    return cases, errors


def measure(judged: Sequence[tuple[Case, frozenset[str]]]) -> tuple[list[Score], int, int]:
    """Score every rule that fired or ought to, then all together.

    The last two values count the cards without a flaw and those of them that were flagged.
    What is tolerated counts neither way.
    """
    names = sorted({rule for case, flags in judged for rule in case.flaws | flags})
    scores = [_score(rule, judged) for rule in names]
    counts = zip(*((each.right, each.wrong, each.missed) for each in scores), strict=True)
    total = Score("all", *map(sum, counts)) if scores else Score("all")
    clean = [(case, flags) for case, flags in judged if not case.flaws]
    flagged = sum(1 for case, flags in clean if flags - case.tolerated)
    return (
        [*(each for each in scores if each.right + each.wrong + each.missed), total],
        len(clean),
        flagged,
    )


def table(scores: Sequence[Score], clean: int, flagged: int) -> Iterator[str]:
    """Write scores as lines for a person."""
    width = max(len(score.rule) for score in scores)
    yield f"{'rule':<{width}}  right  wrong  missed  precision  recall"
    for each in scores:
        found = f"{each.right:5}  {each.wrong:5}  {each.missed:6}"
        yield f"{each.rule:<{width}}  {found}  {each.precision:9.2f}  {each.recall:6.2f}"
    share = f" ({flagged / clean:.1%})" if clean else ""
    yield f"{flagged} of {clean} cards without a flaw were flagged{share}"


def _score(rule: str, judged: Sequence[tuple[Case, frozenset[str]]]) -> Score:
    right = sum(rule in case.flaws and rule in flags for case, flags in judged)
    missed = sum(rule in case.flaws and rule not in flags for case, flags in judged)
    wrong = sum(rule in flags and rule not in case.flaws | case.tolerated for case, flags in judged)
    return Score(rule, right, wrong, missed)


# --- reading a line ----------------------------------------------------------


def _case(line: str, number: int, rules: frozenset[str]) -> Case:
    try:
        fields = _Fields(json.loads(line), "the line")
    except json.JSONDecodeError as error:
        raise QuizgenError(f"this is no JSON: {error.msg} at column {error.colno}") from None
    labels = [frozenset(fields.texts(name)) for name in ("flaws", "tolerated")]
    for rule in sorted(labels[0] | labels[1]):
        if rule not in rules:
            raise QuizgenError(f"there is no rule {rule!r}; `quizgen check --help` lists them")
    name = fields.text("id")
    card = fields.inner("card")
    around = fields.inner("context", wanted=False)
    context = Context(
        glossary=frozenset(around.texts("glossary")),
        window=around.text("window", wanted=False),
        source=around.text("source", wanted=False),
        quote=card.text("quote", wanted=False),
        credited=card.text("speaker", wanted=False),
    )
    deck = tuple(
        found
        for at, other in enumerate(around.objects("deck"))
        if isinstance(found := _card(other, f" {at}"), Card)
    )
    return Case(name, number, _card(card, ASKED), labels[0], labels[1], deck, context)


def _card(fields: _Fields, name: str) -> Card | Matching:
    said = (
        fields.objects("evidence")
        if fields.is_list("evidence")
        else [fields.inner("evidence", wanted=False)]
    )
    evidence = tuple(
        Evidence(each.text("text"), speaker=each.text("speaker", wanted=False))
        for each in said
        if each
    )
    kind = fields.text("type")
    stamp = Stamp(rule="quote") if kind == "quote" else Stamp()
    content: Content
    match kind:
        case "qa" | "quote":
            content = Basic(fields.text("front"), fields.text("answer"))
        case "cloze":
            content = Cloze(fields.text("text"))
        case "tf":
            key = 0 if fields.flag("answer") else 1
            content = Choice(fields.text("statement"), ("True", "False"), (key,))
        case "mcq":
            content = Choice(fields.text("front"), fields.texts("options"), fields.whole("key"))
        case "matching":
            return Matching(fields.text("prompt"), fields.pairs("pairs"), evidence)
        case _:
            raise QuizgenError(
                f"the card's type is {kind!r}; write qa, quote, cloze, tf, mcq or matching"
            )
    return Card(name, content, evidence, stamp=stamp)


class _Fields:
    """A JSON object that says in a sentence what it lacks."""

    def __init__(self, value: Any, what: str) -> None:
        if not isinstance(value, dict):
            raise QuizgenError(f"{what} is no JSON object")
        self._fields = cast("dict[str, Any]", value)
        self._what = what

    def __bool__(self) -> bool:
        return bool(self._fields)

    def is_list(self, name: str) -> bool:
        return isinstance(self._fields.get(name), list)

    def text(self, name: str, *, wanted: bool = True) -> str:
        value = self._fields.get(name, None if wanted else "")
        if not isinstance(value, str):
            raise self._lacks(name, "a text")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            raise self._lacks(name, "a list of texts")
        return tuple(cast("list[str]", values))

    def flag(self, name: str) -> bool:
        value = self._fields.get(name)
        if not isinstance(value, bool):
            raise self._lacks(name, "true or false")
        return value

    def whole(self, name: str) -> tuple[int, ...]:
        values = self._list(name) if self.is_list(name) else [self._fields.get(name)]
        if not all(isinstance(each, int) and not isinstance(each, bool) for each in values):
            raise self._lacks(name, "the number of an option, counted from 0")
        return tuple(cast("list[int]", values))

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        for value in self._list(name):
            pair = cast("list[Any]", value) if isinstance(value, list) else []
            if len(pair) != 2 or not all(isinstance(side, str) for side in pair):
                raise self._lacks(name, "a list of pairs of texts")
            found.append((pair[0], pair[1]))
        return tuple(found)

    def inner(self, name: str, *, wanted: bool = True) -> _Fields:
        if name not in self._fields and wanted:
            raise self._lacks(name, "an object")
        return _Fields(self._fields.get(name) or {}, f"{name!r}")

    def objects(self, name: str) -> list[_Fields]:
        return [_Fields(value, f"an entry of {name!r}") for value in self._list(name)]

    def _list(self, name: str) -> list[Any]:
        value: Any = self._fields.get(name)
        if value is not None and not isinstance(value, list):
            raise self._lacks(name, "a list")
        return cast("list[Any]", value or [])

    def _lacks(self, name: str, kind: str) -> QuizgenError:
        return QuizgenError(f"{self._what} has no {name!r} that is {kind}")


def judge(case: Case) -> frozenset[str]:
    """Name the rules that fire on a case's card among the cards around it."""
    if isinstance(case.card, Matching):
        return frozenset(problem.rule for problem in checks.check_matching(case.card))
    contexts = [*(Context() for _ in case.deck), case.context]
    problems = checks.check_deck([*case.deck, case.card], contexts)
    return frozenset(problem.rule for problem in problems if problem.card == ASKED)
