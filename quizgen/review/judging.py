"""Say what speaks against a card, as it is or as a person is writing it."""

from __future__ import annotations

from quizgen import cardtext, checks
from quizgen.checks import mending, waivers
from quizgen.errors import DeckSyntaxError, QuizgenError
from quizgen.model import Card, Problem
from quizgen.review import editing, steps
from quizgen.review.editing import Parts

REASONS = ("wrong", "unclear", "trivial", "said elsewhere", "not for me")
"""Why a card is dropped; a person may say it in other words."""


def problems(card: Card, block: str, context: checks.Context) -> tuple[Problem, ...]:
    """List what the checks say of a card, without what the person waived."""
    waived = {waiver.rule for waiver in waivers.read(block)} - {"malformed"}
    return tuple(p for p in checks.check_card(card, context) if p.rule not in waived)


def of_text(text: str, before: str, context: checks.Context) -> tuple[Problem, ...]:
    """Judge a card's text while it is written; one that is no card yet says with which line.

    `before` is the text it had, whose stamp it keeps.
    """
    plain = text.replace("\r\n", "\n").strip("\n").rstrip()
    if not steps.stamp_of(plain):
        plain = f"{plain}\n\n{steps.stamp_of(before)}"
    try:
        card = cardtext.parse(plain)
    except DeckSyntaxError as error:
        return (Problem("syntax", "blocks", f"{error.message}.", line=error.line),)
    return problems(card, plain, context)


def of_parts(card: Card, parts: Parts, context: checks.Context) -> tuple[Problem, ...]:
    """Judge the fields of a form while they are filled in."""
    try:
        content = editing.content_of(parts)
    except QuizgenError as error:
        return (Problem("syntax", "blocks", f"{error}.", card.id),)
    return tuple(checks.check_card(editing.with_parts(card, parts, content), context))


def suggestion(
    card: Card, block: str, context: checks.Context, *, year: str = ""
) -> tuple[str, ...]:
    """Say what a mend would change; empty where there is none to accept."""
    made = mending.mend(card, block, context, year=year)
    return made.said if made.text != block else ()
