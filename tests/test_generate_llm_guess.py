from __future__ import annotations

from typing import Any

import pytest
from llm_script import PLAN, Model, agreeing, card, guessing, settings, write

from quizgen.generate.llm import agreement, views
from quizgen.generate.llm.written import summary
from quizgen.llm.values import Failure, Request
from quizgen.model import Basic, Choice

KEY = "It draws water out of them"
SOUND: dict[str, Any] = {
    "plan": PLAN,
    "write": {"cards": [card()]},
    "reread": agreeing(),
    "mend": {"cards": []},
}


def model(**script: Any) -> Model:
    return Model({**SOUND, **script})


def test_the_stranger_sees_the_questions_and_neither_evidence_nor_answers() -> None:
    asked = model()
    write(asked.ask)

    request = next(each for each in asked.asked if each.stage == "guess")
    assert card()["question"] in request.user
    assert "draws water" not in request.user
    assert "Ada Voss: Bread" in request.user
    assert [each.stage for each in asked.asked].count("guess") == 1


BETTER = card(question="What does salt take from yeast cells, so that a dough is slowed?")
WORSE: list[Any] = [
    {"cards": []},
    {"cards": [card()]},
    {"cards": [card(quote="Salt is a mineral that no baker can do without.")]},
    Failure("timeout", "it took too long"),
]


@pytest.mark.parametrize("by", ["wording", "sense"])
@pytest.mark.parametrize("mend", WORSE)
def test_a_card_that_can_be_guessed_is_written_anew_once_and_kept_rough_if_that_fails(
    by: str, mend: Any
) -> None:
    asked = model(guess=guessing(KEY, by), mend=mend)
    written = write(asked.ask)

    assert asked.stages == ["plan", "write", "guess", "reread", "mend"]
    told = f"fault: Somebody who has not read the source answers “{KEY}”."
    assert told in asked.asked[4].user
    (made,) = written.made
    assert (made.draft.content, made.draft.tier) == (Basic(card()["question"], KEY), "rough")
    assert written.lost == ()
    assert any(line.startswith("1 of them rough, as somebody") for line in summary(written))


def test_a_card_is_guessed_at_once_and_its_new_wording_is_only_read() -> None:
    asked = model(guess=guessing(KEY, "wording"), mend={"cards": [BETTER]})
    (made,) = write(asked.ask).made

    assert asked.stages == ["plan", "write", "guess", "reread", "mend", "reread"]
    assert (made.draft.content, made.draft.tier) == (Basic(BETTER["question"], KEY), "ready")


def test_a_new_wording_that_its_evidence_does_not_answer_gives_way_to_the_first() -> None:
    def read(request: Request[Any]) -> Any:
        is_new = BETTER["question"] in request.user
        return agreeing("?" if is_new else KEY)(request)

    written = write(
        model(guess=guessing(KEY, "wording"), mend={"cards": [BETTER]}, reread=read).ask
    )

    (made,) = written.made
    assert (made.draft.content, made.draft.tier) == (Basic(card()["question"], KEY), "rough")


@pytest.mark.parametrize(
    "more", [{"sure": "likely"}, {"sure": "wild"}, {"sure": ""}, {"neighbour": True}]
)
def test_only_a_certain_guess_that_no_neighbour_gives_away_counts(more: dict[str, Any]) -> None:
    asked = model(guess=guessing(KEY, "sense", **more))

    assert [made.draft.tier for made in write(asked.ask).made] == ["ready"]
    assert "mend" not in asked.stages


def test_no_second_try_of_who_knows_nothing_is_a_rival() -> None:
    asked = model(guess=guessing("It cools", other="It feeds on them", sure="wild"))
    write(asked.ask)

    assert "settle" not in asked.stages


def test_who_has_studied_a_subject_may_know_its_textbook_facts() -> None:
    written = write(model(guess=guessing(KEY, "study")).ask)

    assert [made.draft.tier for made in written.made] == ["ready"]


@pytest.mark.parametrize("guess", [guessing("It cools", other="It feeds on them"), guessing("")])
@pytest.mark.parametrize("one_answer", [True, False])
def test_a_rival_answer_is_settled_by_who_has_the_evidence(guess: Any, *, one_answer: bool) -> None:
    settle = {"verdicts": [{"number": 1, "one_answer": one_answer}]}
    asked = model(guess=guess, settle=settle)
    written = write(asked.ask)

    is_doubted = "settle" in asked.stages
    if is_doubted:
        request = next(each for each in asked.asked if each.stage == "settle")
        assert "Does the answer “It feeds on them” fit the question as well?" in request.user
    assert len(written.made) == int(one_answer or not is_doubted)


@pytest.mark.parametrize("is_guessed", [True, False])
def test_a_guess_that_may_be_the_answer_in_other_words_is_settled(*, is_guessed: bool) -> None:
    settle = {"verdicts": [{"number": 1, "guessed": is_guessed}]}
    asked = model(guess=guessing("The cells lose moisture", "sense"), settle=settle)
    written = write(asked.ask)

    request = next(each for each in asked.asked if each.stage == "settle")
    assert "a stranger's guess: The cells lose moisture" in request.user
    assert [made.draft.tier for made in written.made] == ["rough" if is_guessed else "ready"]


def test_a_wrong_guess_by_common_sense_costs_nothing() -> None:
    asked = model(guess=guessing("?", "sense"))

    assert [made.draft.tier for made in write(asked.ask).made] == ["ready"]
    assert "settle" not in asked.stages


@pytest.mark.parametrize("guess", [{"guesses": []}, Failure("timeout", "it took too long")])
def test_cards_that_nobody_guessed_at_are_rough(guess: Any) -> None:
    written = write(model(guess=guess).ask)

    assert [made.draft.tier for made in written.made] == ["rough"]


def test_without_guesses_a_request_less_is_sent() -> None:
    asked = model()
    written = write(asked.ask, use=settings(guess=False))

    assert asked.stages == ["plan", "write", "reread"]
    assert [made.draft.tier for made in written.made] == ["ready"]


def test_a_claim_of_the_question_that_its_evidence_lacks_is_settled() -> None:
    claims = {
        "answers": [{"number": 1, "answer": KEY, "unfounded": "that salt slows the rise"}],
    }
    settle = {"verdicts": [{"number": 1, "supported": False}]}
    asked = model(reread=claims, settle=settle)

    assert write(asked.ask).made == ()
    assert "that salt slows the rise" in next(r for r in asked.asked if r.stage == "settle").user


# --- what is the same answer -------------------------------------------------

OPTIONS = Choice("Why?", ("A soft crust", "The cold oven", "Dry flour"), (0,))


@pytest.mark.parametrize(
    ("said", "letters"),
    [
        ("A", "A"),
        ("a, c", "AC"),
        ("B and C", "BC"),
        ("(C)", "C"),
        ("B. The cold oven", "B"),
        ("B (the cold oven)", "B"),
        ("a cold oven", "B"),
        ("A dry flour", "C"),
        ("?", ""),
    ],
)
def test_options_are_read_by_their_letters_or_their_words(said: str, letters: str) -> None:
    assert views.letters(said, OPTIONS) == set(letters)


SAME = [
    ("Flying buttresses had replaced its bracing", "Flyers have replaced its bracing"),
    ("Gross domestic product (GDP)", "GDP (gross domestic product)"),
    ("It makes the wall thinner", "It makes the tower's wall more thin"),
]


@pytest.mark.parametrize(("card_says", "reader_says"), SAME)
def test_near_equal_answers_are_the_same(card_says: str, reader_says: str) -> None:
    assert agreement.compare(card_says, reader_says, "Why is it so?") == "same"


DOUBTFUL = [
    ("It raises the pressure", "It lowers the pressure"),
    ("The defeat of the fleet", "The victory of the fleet"),
    ("It is not stable", "It is stable"),
    ("Before the long war", "After the long war"),
    ("Fewer errors in each line", "More errors in each line"),
]


@pytest.mark.parametrize(("card_says", "reader_says"), DOUBTFUL)
def test_answers_of_the_same_words_and_another_meaning_are_not_called_the_same(
    card_says: str, reader_says: str
) -> None:
    assert agreement.compare(card_says, reader_says, "What then?") != "same"


def test_other_numbers_are_other_answers() -> None:
    assert agreement.compare("In 1944", "In 1945", "When?") == "different"
    assert agreement.compare("Two of them", "Both", "How many?") != "different"
