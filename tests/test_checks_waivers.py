"""Comments that waive a rule for one card."""

from __future__ import annotations

import pytest

from quizgen import checks
from quizgen.checks import waivers
from quizgen.checks.waivers import Waiver


def test_a_waiver_is_a_comment_with_a_rule_and_a_reason() -> None:
    text = (
        "## What is so special?\n\n<!-- waive vague-question: the heading\n  asks it -->\n\nIt is."
    )

    assert waivers.read(text) == (Waiver("vague-question", "the heading\n  asks it", 2),)
    assert waivers.trouble(waivers.read(text)[0], checks.RULES) == ""


def test_several_waivers_of_a_card_are_read_with_their_lines() -> None:
    text = (
        "## Q\n<!-- waive too-long: a law -->\n<!-- waived? no -->\nA\n<!-- waive clang-cue: x -->"
    )

    assert [(each.rule, each.line) for each in waivers.read(text)] == [
        ("too-long", 1),
        ("clang-cue", 4),
    ]


def test_code_holds_no_waivers() -> None:
    text = (
        "## Q\n\n```html\n<!-- waive too-long: code -->\n```\n\nA <!-- waive too-long: inline -->"
    )

    assert waivers.read(text) == ()


@pytest.mark.parametrize(
    ("comment", "start"),
    [
        ("<!-- waive -->", "A waiver names a rule and a reason"),
        ("<!-- waive vague-question -->", "The waiver of 'vague-question' has no reason"),
        ("<!-- waive vague-question: -->", "The waiver of 'vague-question' has no reason"),
        ("<!-- waive nonsense: because -->", "There is no rule 'nonsense' to waive"),
        ("<!-- waive malformed: it is fine -->", "'malformed' cannot be waived"),
    ],
)
def test_a_waiver_that_waives_nothing_says_what_it_lacks(comment: str, start: str) -> None:
    (waiver,) = waivers.read(comment)

    assert waivers.trouble(waiver, checks.RULES).startswith(start)
