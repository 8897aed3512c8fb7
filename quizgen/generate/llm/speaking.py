"""Have the checks speak of a model's card: more than of others, and not where they mistake it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import checks, words
from quizgen.checks.row import Context
from quizgen.generate.llm import ground
from quizgen.generate.llm.parts import Passage
from quizgen.model import Basic, Card, Choice, Cloze, Draft, Problem

RULE: Final = "llm"
COUNT: Final = "llm-count"
"""The rule of answers that are lists: another question mends them."""

_QUOTED: Final = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_QUOTED_WORDS: Final = 4  # fewer are a term or a title
_NUMBER: Final = re.compile(r"^The number (\d+) is not in the evidence")
_MISHEARD: Final = re.compile(r"^['“\"]?([^'’”\"]+)['”\"]? looks like .* misheard")
_COUNTED: Final = re.compile(
    r"\b(?:two|three|both|each|pair|couple|either|[23]|four|several)\b", re.IGNORECASE
)
_ITEM: Final = r"[^,;:.]{2,60}"
_THREE: Final = re.compile(rf"{_ITEM}(?:[,;] {_ITEM})+,? (?:and|or|&) {_ITEM}")
_TWO: Final = re.compile(rf"{_ITEM}(?: and | & |; ){_ITEM}")
# A verb ends like a plural ("which effect makes"), so only what follows at once is read as one.
_PLURAL: Final = re.compile(r"\bwhich\s+(?:other\s+|kinds\s+of\s+)?[a-z]{3,}(?<![sui])s\b")
_ITEM_WORDS: Final = 6
_REST: Final = re.compile(r"^(?:Besides|Apart from|Aside from|In addition to|Beyond)\b[^?]*\?")
_LAST: Final = re.compile(r"(?:,|\w) (?:[\w-]+ ){0,3}(?:and|or) \{\{[^{}]+\}\}")
_FIRST: Final = re.compile(r"\{\{[^{}]+\}\}(?:, [\w-]+(?: [\w-]+){0,2})*,? (?:and|or) ")


def problems(draft: Draft, card: Card, passage: Passage, context: Context) -> Iterator[Problem]:
    """Yield what is wrong with a draft; `card` is the draft as the card that it would be."""
    proof = draft.evidence[0]
    if ground.is_too_long(proof):
        yield Problem(RULE, "blocks", "`quote` is too long: copy the one sentence that proves it.")
    for problem in checks.check_card(card, context):
        yield from _heard(problem, draft, passage)
    yield from _misquoted(draft, passage)
    yield from _uncounted(draft)
    yield from _left_over(draft)


# --- where a check is mistaken -----------------------------------------------


def _heard(problem: Problem, draft: Draft, passage: Passage) -> Iterator[Problem]:
    """Give a problem as it is, as a doubt, or not at all where a model's card is sound."""
    match problem.rule:
        case "negative-stem" if not isinstance(draft.content, Choice):
            # Among options a negation is easy to overlook; a question alone is read to its end.
            return
        case "asr-noise" if _is_spelt_so(problem, passage):
            return
        case "number-mismatch" if _is_year(problem, passage):
            # What is said of today is asked as of the year of the work.
            return
        case _:
            yield problem


def _is_year(problem: Problem, passage: Passage) -> bool:
    found = _NUMBER.match(problem.sentence)
    return bool(found and found[1] == passage.work.date[:4])


def _is_spelt_so(problem: Problem, passage: Passage) -> bool:
    """Claim that people wrote a word as the card has it: only captions are misheard."""
    found = _MISHEARD.match(problem.sentence)
    if not found:
        return False
    written = [part.text for part in passage.entries if part.run.kind != "caption"]
    heard = " ".join((passage.work.title, *written))
    return bool(re.search(rf"\b{re.escape(found[1])}\b", heard))


# --- what the checks leave to the writer -------------------------------------


def _misquoted(draft: Draft, passage: Passage) -> Iterator[Problem]:
    """Find words in quotation marks that nobody said."""
    match draft.content:
        case Basic(question, answer):
            sides = (question, answer)
        case Choice(stem, options):
            sides = (stem, *options)
        case blank:
            sides = (blank.text.replace("{{", "").replace("}}", ""),)
    for quoted in (found for side in sides for found in _QUOTED.findall(side)):
        is_title = words.letters(quoted) in words.letters(passage.work.title)
        if words.word_count(quoted) < _QUOTED_WORDS or is_title:
            continue
        if not ground.is_said(quoted, passage):
            yield Problem(
                RULE,
                "blocks",
                f"“{quoted}” is in quotation marks, and the source has it otherwise.",
            )


def _uncounted(draft: Draft) -> Iterator[Problem]:
    """Find answers of several things where the question does not say how many."""
    if not isinstance(draft.content, Basic):
        return
    question, answer = draft.content.question, draft.content.answer.strip(" .")
    if answer.count(",") >= 3 or answer.count(";") >= 2:
        yield Problem(COUNT, "warns", "The answer is a list: ask for one thing.")
        return
    items = [item for item in re.split(r"[,;]|\b(?:and|or)\b|&", answer) if item.strip()]
    if _COUNTED.search(question) or any(words.word_count(item) > _ITEM_WORDS for item in items):
        return
    is_three = len(items) == 3 and _THREE.fullmatch(answer)
    is_two = len(items) == 2 and _TWO.fullmatch(answer) and _PLURAL.search(question.casefold())
    if is_three or is_two:
        count = "three" if is_three else "two"
        yield Problem(
            COUNT,
            "warns",
            f"The answer names {count} things: let the question say so (“which {count} …”), or"
            " ask for one.",
        )


def _left_over(draft: Draft) -> Iterator[Problem]:
    """Find questions for what is left of a list, which most things of its kind would complete."""
    match draft.content:
        case Cloze(text) if not _COUNTED.search(text):
            is_left = bool(_LAST.search(text) or _FIRST.search(text))
        case Basic(question):
            is_left = bool(_REST.match(question) and not _COUNTED.search(question))
        case _:
            is_left = False
    if is_left:
        yield Problem(
            COUNT,
            "warns",
            "It asks for what is left of a list, and others would complete it as well: ask for one"
            " thing by what it alone does, is or causes.",
        )
