"""Who did it, in which year, and what it is called: one answer each, and no hedge lost."""

from __future__ import annotations

import pytest

from quizgen.generate import offline
from quizgen.generate.offline import choose
from quizgen.model import Document, Draft, Passage, Person, Piece, Wish, Work

VOSS = Person("Ada Voss", "guest")
ASKED = (
    "In “Bread Science”, which term means “tendency of cooled starch to form crystals again in "
    "bread”?"
)


def drafts(text: str, *, title: str = "", people: tuple[Person, ...] = ()) -> list[Draft]:
    home = Document("page.txt", (text,), (Piece("section", text, (1, 1)),))
    work = Work("w", title, (home,), "2019-05-01", people)
    return list(offline.generate(Passage(work, home, home.pieces), Wish()))


def asked(text: str, **told: str) -> list[tuple[str, str]]:
    return [
        (choose.front_of(draft), choose.answer_of(draft))
        for draft in drafts(text, title=told.get("title", ""))
    ]


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "The lactic starter method, developed by Sven Hagberg in 1961, sorts sprouted rye.",
            "Who developed the lactic starter method in 1961?",
            "Sven Hagberg",
        ),
        (
            "Dough rheology was described by Jacopo Beccari and Carl Berg in 1745.",
            "Who described dough rheology in 1745?",
            "Jacopo Beccari and Carl Berg",
        ),
        (
            "In 1906 Mia Berg introduced the Uppsala method of drying sourdough.",
            "Who introduced the Uppsala method of drying sourdough in 1906?",
            "Mia Berg",
        ),
        (
            "Karl Lund argues that sourdough fermentation began in Egyptian breweries.",
            "Who argues that sourdough fermentation began in Egyptian breweries?",
            "Karl Lund",
        ),
        (
            "In 1887 the Uppsala Guild banned alum from rye bread.",
            "In which year did the Uppsala Guild ban alum from rye bread?",
            "1887",
        ),
        (
            "The Lund Mill was sold to the Uppsala Guild in 1911.",
            "In which year was the Lund Mill sold to the Uppsala Guild?",
            "1911",
        ),
    ],
)
def test_a_clause_is_asked_for_its_doer_or_its_year(text: str, question: str, answer: str):
    assert (question, answer) in asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "The lactic starter method, probably developed by Sven Hagberg in 1961, tells rye apart.",
        "The lactic starter method is said to have been introduced by Sven Hagberg in 1961.",
        "Dough rheology was not described by Jacopo Beccari in 1745.",
        "According to tradition, Mia Berg introduced the Uppsala method of drying sourdough.",
    ],
)
def test_what_is_only_thought_to_be_is_nobodys_deed(text: str):
    assert not [question for question, _ in asked(text) if question.startswith("Who")]


@pytest.mark.parametrize(
    "text",
    [
        "Mia Berg patented a fix in 1928.",
        "Mia Berg changed everything in 1945.",
        "The method was developed by Karl Lund.",
        "Mia Berg and her brother introduced the Uppsala method of drying sourdough.",
        "Ada Voss introduced the Uppsala method of drying sourdough.",
    ],
)
def test_deeds_that_tell_nothing_or_are_half_told_are_not_asked_for(text: str):
    made = drafts(text, people=(VOSS,))
    assert not [draft for draft in made if draft.rule in ("who_did", "who_by", "year")]


def test_two_years_of_one_clause_make_no_question_of_a_year():
    made = asked("The Uppsala Guild banned alum in 1887 and 1902.")
    assert not [question for question, _ in made if question.startswith("In which year")]


def test_a_definition_is_asked_for_its_term_and_a_name_is_not():
    (question, answer), *_ = asked(
        "A biga is a stiff mixture of flour and water with little yeast."
    )
    assert question == "What is a stiff mixture of flour and water with little yeast called?"
    assert answer == "Biga"
    # Of mills that grind rye there are many: only one of them is asked what it is.
    assert "called?" not in str(asked("Lund Mill is a mill of stone that grinds rye for Uppsala."))


def test_notes_without_articles_are_quoted_and_not_mended():
    text = "Retrogradation: tendency of cooled starch to form crystals again in bread"
    home = Document("page.txt", (text,), (Piece("bullet", text, (1, 1)),))
    work = Work("w", "Bread Science", (home,), "", ())
    made = list(offline.generate(Passage(work, home, home.pieces), Wish()))
    assert [(choose.front_of(draft), choose.answer_of(draft)) for draft in made] == [
        (
            ASKED,
            "Retrogradation",
        )
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "While rye dough rests, an enzyme called amylase breaks its starch into sugar.",
            "amylase",
        ),
        ("Millers remove the germ in a step known as degerming.", "degerming"),
        ("Rye contains sticky sugars called pentosans that hold a lot of water.", "pentosans"),
    ],
)
def test_what_something_is_called_is_hidden_whole(text: str, name: str):
    (draft,) = [draft for draft in drafts(text) if draft.rule == "called_cloze"]
    assert choose.answer_of(draft) == name


@pytest.mark.parametrize(
    "text",
    [
        "Used a program called Milltrack for weighing rye and drafts of recipes.",
        "These loaves are also forced into tins, called the Uppsala System.",
        "It is called a simple loaf.",
        "The bakers met in a room called a room for bakers.",
    ],
)
def test_a_name_without_a_subject_or_given_away_is_not_hidden(text: str):
    assert not [draft for draft in drafts(text) if draft.rule == "called_cloze"]


def test_a_title_in_capitals_is_written_as_a_person_would():
    text = "Karl Lund argues that cold dough ferments evenly. Slow dough and slow rye keep."
    made = str(asked(text, title="HOW SLOW DOUGH KEEPS"))
    assert "HOW SLOW" not in made
