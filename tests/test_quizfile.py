from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import quiz
from quizgen.errors import QuizgenError
from quizgen.model import Basic, Card, Choice, Cloze, Deck, State
from quizgen.quiz import quizfile
from quizgen.quiz.quizfile import Asked, Layout, QuizFile

MOON = Card("moon", Choice("What pulls the tides most?", ("Sun", "Moon"), (1,)), state="kept")
WHY = Card("why", Basic("Why two tides?", "The Earth turns under two bulges."), state="kept")
GAP = Card("gap", Cloze("The tides return after {{12}} hours."), state="kept")
DECK = Deck("k3v9qz", "Tides", cards=(MOON, WHY, GAP))
FILE = QuizFile(
    "Tides",
    ("../decks/tides.md",),
    (Asked("choice", ("moon",), 1), Asked("short", ("why",), 3)),
)
PICKS = (quiz.Pick("choice", (MOON,), 1), quiz.Pick("short", (WHY,), 3))


def written(file: QuizFile = FILE, picks: tuple[quiz.Pick, ...] = PICKS) -> str:
    return quizfile.render(file, picks, "tides.quiz.toml")


def refused(text: str, *, deck: Deck = DECK) -> str:
    with pytest.raises(QuizgenError) as raised:
        quizfile.resolve(quizfile.parse(text, "tides.quiz.toml"), [deck], "tides.quiz.toml")
    return str(raised.value)


def without_lines(file: QuizFile) -> QuizFile:
    return replace(file, questions=tuple(replace(each, line=0) for each in file.questions))


NASTY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(NASTY, NASTY, NASTY, st.booleans(), st.sampled_from(["easy first", "as listed"]))
def test_what_is_written_reads_back_the_same(
    title: str,
    instructions: str,
    seed: str,
    bank: bool,  # noqa: FBT001 - hypothesis fills it in
    order: quiz.Order,
) -> None:
    file = replace(
        FILE,
        title=title,
        instructions=instructions,
        seed=seed,
        word_bank=bank,
        order=order,
        layout=Layout(("pdf", "html"), "letter", large=True, columns=2, fonts=("a.ttf",)),
    )

    assert without_lines(quizfile.parse(written(file), "x")) == file


def test_a_comment_recalls_each_question_on_one_line() -> None:
    nasty = replace(WHY, content=Basic("Why\n\x00two \ud800 tides, " + "and " * 40, "a"))

    text = written(picks=(PICKS[0], quiz.Pick("short", (nasty,))))

    assert '{ kind = "choice", card = "moon", points = 1 },  # What pulls the tides most?' in text
    assert "# Why two" in text
    quizfile.parse(text, "x")


def test_a_quiz_file_finds_its_cards_and_keeps_their_points() -> None:
    asked = quizfile.resolve(quizfile.parse(written(), "x"), [DECK], "x")

    assert asked.picks == PICKS
    assert quiz.compose(asked).points == 4


def test_order_as_listed_is_the_order_of_the_file() -> None:
    file = replace(FILE, questions=tuple(reversed(FILE.questions)), order="as listed")

    sheet = quiz.compose(quizfile.resolve(file, [DECK], "x"), "B")

    assert [question.card.id for question in sheet.questions] == ["why", "moon"]


@pytest.mark.parametrize("state", ["dropped", "draft"])
def test_a_card_that_may_not_be_asked_is_a_sentence_with_its_line(state: State) -> None:
    deck = replace(DECK, cards=(MOON, replace(WHY, state=state)))

    said = refused(written(), deck=deck)

    assert said.startswith("tides.quiz.toml:17: card ^why ")
    assert ("dropped" if state == "dropped" else "draft that nobody has reviewed") in said


def test_a_missing_card_is_a_sentence_with_its_line() -> None:
    assert refused(written(), deck=replace(DECK, cards=(MOON,))) == (
        "tides.quiz.toml:17: card ^why is in none of the quiz's decks; take it out of `questions`, "
        "or bring the card back"
    )


def test_two_decks_with_one_id_need_the_decks_name() -> None:
    other = replace(DECK, id="other", cards=(MOON,))
    assert quizfile.reference(MOON, DECK, [DECK, other]) == "k3v9qz/moon"
    assert quizfile.reference(WHY, DECK, [DECK, other]) == "why"

    with pytest.raises(QuizgenError, match="k3v9qz/moon or other/moon"):
        quizfile.resolve(FILE, [DECK, other], "x")
    named = replace(FILE, questions=(Asked("choice", ("other/moon",)),))
    assert quizfile.resolve(named, [DECK, other], "x").picks[0].cards == (MOON,)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format = 1", "format = 2", "`format = 2`"),
        ("format = 1", "format = ", "this is not TOML"),
        ('title = "Tides"', "title = 7", "`title` must be a text in quotation marks, not 7"),
        ('course = ""', 'corse = ""', "there is no 'corse' here"),
        ('paper = "a4"', 'paper = "a3"', "`paper` is one of a4, letter, not 'a3'"),
        ("columns = 1", "columns = true", "`columns` is one of 1, 2"),
        ("word_bank = false", 'word_bank = "no"', "`word_bank` must be true or false"),
        ('versions = ["A"]', "versions = [1]", "`versions` must be a list such as"),
        ("points = 3", "points = -3", ":17: `points` must be a number"),
        ("points = 3", "pionts = 3", ":17: there is no 'pionts' here"),
        ('kind = "short"', 'kind = "essay"', ":17: `kind` is one of choice, several"),
        ('kind = "short"', 'kind = "blank"', ":17: card ^why is asked as short, not as blank"),
        ('kind = "short"', 'kind = "ordering"', ":17: an ordering needs at least two cards"),
        ('kind = "short"', 'kind = "attribution"', "has no quotation whose evidence names"),
        ('kind = "short"', 'kind = "matching"', "a matching needs pairs: term, quote or idea"),
        ('card = "why", ', "", "a question needs `card`"),
        ("questions = [", "questions = [ 5,", "a question is written"),
    ],
)
def test_a_slip_in_the_file_is_a_sentence(old: str, new: str, said: str) -> None:
    assert said in refused(written().replace(old, new, 1))


def test_a_file_without_questions_is_a_sentence() -> None:
    assert "at least one question" in refused("format = 1\nquestions = []\n")
