"""A card is called ready only where its words stand on their own."""

from __future__ import annotations

import pytest

from quizgen.generate.offline import trust


@pytest.mark.parametrize(
    "front",
    [
        "How does salt keep the signal from being heard?",
        "Who described the approach publicly in 1976?",
        "Why were rye loaves the first choice?",
        "Why did V1 fail?",
    ],
)
def test_a_definite_noun_that_nothing_narrows_leans_on_its_source(front: str):
    assert trust.leans(front)


@pytest.mark.parametrize(
    "front",
    [
        "How does salt slow the growth of yeast?",
        "Why does the brain tire?",
        "What is the limit of short-term memory?",
        "What does Ada Voss argue about “The dough and the oven”?",
        "Who published the first measurements of forgetting in 1885?",
    ],
)
def test_a_noun_that_is_narrowed_or_unique_does_not(front: str):
    assert not trust.leans(front)


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        (
            "Because the clock is promoting wakefulness even",
            "Because the clock is promoting wakefulness",
        ),
        ("A ban on child labour and, perhaps more importantly", "A ban on child labour"),
        ("Flour and water", "Flour and water"),
    ],
)
def test_an_answer_does_not_end_on_a_word_that_leans_on_the_next(answer: str, whole: str):
    assert trust.trimmed(answer) == whole


def test_a_report_that_begins_with_its_own_topic_gives_itself_away():
    assert trust.repeats(
        "What does Voss explain about a halt of the oven?", "A halt of the oven ruins bread"
    )
    assert not trust.repeats(
        "What does Voss explain about salt?", "Yeast slows when it meets brine"
    )
