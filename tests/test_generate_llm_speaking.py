from __future__ import annotations

from typing import Any

import pytest
from llm_script import card, raw_passage, transcript, work

from quizgen.generate.llm import judging, passages
from quizgen.generate.llm.judging import Judged, Refused
from quizgen.generate.llm.parts import Passage
from quizgen.generate.llm.replies import CardReply
from quizgen.generate.llm.wishes import KINDS


def of(*said: str) -> Passage:
    talk = tuple(("Ada Voss", each) for each in said)
    (passage,) = passages.cut(work(transcript(talk)), size=1600, limit=4000)
    return passage


def judged(passage: Passage, question: str, answer: str, **fields: Any) -> Judged | Refused:
    quote = fields.pop("quote", passage.entries[0].text)
    reply = card(line=1, quote=quote, question=question, answer=answer, **fields)
    return judging.judge(CardReply.model_validate(reply), passage, kinds=KINDS)


def warned(found: Judged | Refused) -> list[str]:
    assert isinstance(found, Judged), found.reasons
    return [problem.sentence for problem in found.warnings]


SALTED = of("Salted doughs resist by slow yeast, tight gluten and cool water in every bakery.")
LISTS = [
    ("How does a salted dough resist in a bakery?", "By slow yeast, tight gluten and cool water"),
    ("Which conditions does a salted dough resist by?", "Tight gluten and cool water"),
    ("By what does a salted dough resist?", "slow yeast, tight gluten, or cool water"),
]


@pytest.mark.parametrize(("question", "answer"), LISTS)
def test_an_answer_of_several_things_is_sent_back_if_the_question_does_not_count_them(
    question: str, answer: str
) -> None:
    found = judged(SALTED, question, answer)

    assert isinstance(found, Judged)
    assert any("let the question say so" in told for told in found.mendable)


SOUND = [
    ("In which three ways does a salted dough resist?", "Slow yeast, tight gluten and cool water"),
    ("Which two conditions make a salted dough resist?", "Tight gluten and cool water"),
    ("What makes a salted dough resist?", "Tight gluten and cool water"),
    ("Which property of gluten makes a salted dough resist?", "It is tight"),
    (
        "Why does a salted dough resist in a bakery?",
        "Its gluten gets tight, which slows the yeast that would lift it, and cools the water",
    ),
]


@pytest.mark.parametrize(("question", "answer"), SOUND)
def test_an_answer_that_is_counted_or_one_thing_is_not(question: str, answer: str) -> None:
    assert not any(
        "let the question say so" in told for told in warned(judged(SALTED, question, answer))
    )


def test_a_list_of_four_is_sent_back() -> None:
    passage = of("A loaf wants flour, water, salt, yeast and patience in equal parts, they say.")
    found = judged(
        passage, "What does a loaf want, they say?", "Flour, water, salt, yeast and patience"
    )

    assert isinstance(found, Judged | Refused)
    said = found.mendable if isinstance(found, Judged) else found.reasons
    assert any("list" in told for told in said)


def test_a_negation_in_a_question_without_options_is_no_fault() -> None:
    passage = of(
        "It seemed plausible, it did not seem certain, that steam lowers the price of bread."
    )
    question = "Which effect of steam seemed plausible though not certain to Ada Voss (2019)?"

    assert not any(
        "negative" in told for told in warned(judged(passage, question, "A lower price of bread"))
    )


def test_a_negation_above_options_is_one() -> None:
    passage = of("Rye, spelt and wheat are sown in autumn, and oats are sown in spring near here.")
    wrong = ["Rye", "Spelt", "Wheat"]
    found = judged(
        passage, "Which grain is not sown in autumn near here?", "Oats", kind="choice", wrong=wrong
    )

    assert any("negative" in told for told in warned(found))


def test_the_year_of_the_work_needs_no_evidence() -> None:
    passage = of(
        "I think the ovens of the future will be very similar to the ovens that exist today."
    )
    answer = "They will be very similar to those of 2019"
    found = judged(
        passage, "How different does Ada Voss think the ovens of the future will be?", answer
    )

    assert isinstance(found, Judged)
    other = judged(
        passage,
        "How different does Ada Voss think future ovens will be?",
        answer.replace("19", "23"),
    )
    assert isinstance(other, Refused)
    assert "2023" in other.reasons[0]


def test_a_name_that_people_wrote_so_is_not_misheard() -> None:
    passage = of(
        "The French bakers of the north bake in stone ovens.",
        "France bought rye from Spain when the harvest of wheat had failed in the north.",
    )
    question = "From which country was rye bought after the failed harvest of wheat in France?"
    found = judged(passage, question, "Spain", quote=passage.entries[0].text.split(". ")[1])

    assert not any("misheard" in told for told in warned(found))


def test_a_name_that_only_captions_have_stays_in_doubt() -> None:
    found = judged(
        raw_passage(),
        "What keeps a crust soft in the ovens of Krakow?",
        "Steam",
        quote="She bakes at 260 degrees, and and steam keeps the crust soft",
    )

    assert isinstance(found, Judged)
    assert found.warnings


LEFT = [
    ("Besides stiffening the dough, which quality does salt give a loaf?", "Its taste"),
    ("Soreness, fever and {{fatigue}} are the common side effects of the vaccine.", ""),
    ("Ada Voss calls the drawings of the mill very exact and {{visual}}.", ""),
]
LEFT_SAID = {
    LEFT[0]: "Besides stiffening the dough, salt gives a loaf its taste, whatever the flour.",
    LEFT[1]: "Soreness, fever and fatigue are the common side effects of the vaccine.",
    LEFT[2]: "I would call the drawings of the mill very exact and visual, said Ada Voss.",
}


@pytest.mark.parametrize("asked", LEFT)
def test_what_is_left_of_a_list_is_sent_back(asked: tuple[str, str]) -> None:
    question, answer = asked
    kind = "basic" if answer else "cloze"
    found = judged(of(LEFT_SAID[asked]), question, answer, kind=kind)

    assert any("left of a list" in told for told in warned(found))


def test_the_last_of_a_counted_list_may_be_asked_for() -> None:
    question = "Making cheese needs three things: milk, micro-organisms and {{rennet}}."
    said = "Making cheese needs three things: milk, micro-organisms and rennet, nothing else."
    found = judged(of(said), question, "", kind="cloze")

    assert not any("left of a list" in told for told in warned(found))
