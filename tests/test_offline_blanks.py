"""A blank hides the most telling term of a text that stands alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.generate import offline
from quizgen.generate.offline import blanks, choose, clauses, common, phrases, scene, subject, sure
from quizgen.model import Cloze, Document, Draft, Kind, Passage, Person, Piece, Wish, Work

VOSS = Person("Ada Voss", "guest")
MARSH = Person("Ben Marsh", "host")


def work_of(
    *pieces: Piece, title: str = "", people: tuple[Person, ...] = ()
) -> tuple[Work, Document]:
    lines: list[str] = []
    laid: list[Piece] = []
    for piece in pieces:
        parts = [part for part in (piece.text, piece.explanation, piece.answer) if part]
        laid.append(replace(piece, lines=(len(lines) + 1, len(lines) + len(parts))))
        lines += parts
    home = Document("page.txt", tuple(lines), tuple(laid))
    return Work("w", title, (home,), "2019-05-01", people), home


def point(text: str, kind: Kind = "insight") -> Piece:
    return Piece(kind, text, (1, 1))


def drafts(*pieces: Piece, title: str = "", people: tuple[Person, ...] = ()) -> list[Draft]:
    work, home = work_of(*pieces, title=title, people=people)
    return list(offline.generate(Passage(work, home, home.pieces), Wish()))


def fronts(*pieces: Piece, title: str = "", people: tuple[Person, ...] = ()) -> list[str]:
    return [choose.front_of(draft) for draft in drafts(*pieces, title=title, people=people)]


def named(sentence: str) -> list[str]:
    work, home = work_of(point(sentence))
    found = scene.survey(Passage(work, home, home.pieces))
    return [phrase.text for phrase in phrases.find(found, sentence)]


# --- which phrases a sentence holds -------------------------------------------


def test_names_terms_and_amounts_are_found_without_their_verbs_and_articles():
    sentence = "The miller Karl Lund heated the spelt bran to 90 percent of its scorching point."
    assert named(sentence) == ["Karl Lund", "spelt bran", "90 percent"]


def test_a_verb_between_two_nouns_parts_them():
    assert named("Amylase suppresses gluten in a wet rye.")[:2] == ["Amylase", "gluten"]


def test_what_everybody_says_of_everything_is_no_term():
    assert named("Good things take more time than many people think.") == []


@pytest.mark.parametrize("word", ["time", "important", "children", "processes"])
def test_everyday_words_are_common(word: str):
    assert common.is_common(word)


@pytest.mark.parametrize("word", ["amylase", "sourdough", "retina"])
def test_learned_words_are_not(word: str):
    assert not common.is_common(word)


# --- which texts stand alone --------------------------------------------------


def test_a_long_sentence_is_cut_where_something_is_only_added_to_it():
    sentence = (
        "Amylase breaks starch into sugar while the dough rests overnight, which feeds the yeast "
        "for many hours and leaves the crumb of a plain rye loaf moist for about nine days longer "
        "than that of a loaf which was baked at once."
    )
    short = "Amylase breaks starch into sugar while the dough rests overnight"
    assert list(clauses.shown(sentence, 30)) == [
        f"{short}, which feeds the yeast for many hours.",
        f"{short}.",
    ]


def test_no_cut_leaves_a_list_or_a_reason_half_said():
    banned = (
        "The bakery guild banned bran, chalk, and sawdust because loaves that held them, which "
        "were cheap to bake and heavy to carry, ruined the name of every honest baker in town."
    )
    kept = (
        "The old trial showed that loaves with salt, rolls with caraway, and plain flat breads "
        "could keep for a week when they were wrapped in linen and left in a cool dry cellar."
    )
    for text in (*clauses.shown(banned, 26), *clauses.shown(kept, 26)):
        assert not text.endswith(("chalk.", "salt.", "caraway.", "them.", "because."))


def test_a_clause_that_lost_its_noun_is_not_shown():
    sentence = (
        "Rye loaves keep for weeks in a cool cellar, but they lose their crust by the morning."
    )
    assert not any(text.startswith("They") for text in clauses.shown(sentence, 30))


WORDS = st.sampled_from(
    [
        "the",
        "rye",
        "of",
        "loaf,",
        "and",
        "which",
        "bakers",
        "baked;",
        "because",
        "Lund",
        "is",
        "that",
        "in",
        "1931",
        "dough",
        "rises,",
        "but",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=40), st.integers(8, 32))
def test_every_text_fits_and_none_comes_twice(heap: list[str], room: int):
    found = list(clauses.shown(" ".join(heap) + ".", room))
    assert len(set(found)) == len(found)
    assert all(len(text.split()) <= room for text in found)


# --- what is hidden, and how sure it is ---------------------------------------


def test_a_name_with_particulars_around_it_makes_a_ready_card():
    (draft,) = drafts(
        point("Karl Lund's folding scraper, patented in 1931, reduced the waste of sticky dough.")
    )
    assert draft.tier == "ready"
    assert isinstance(draft.content, Cloze)
    assert draft.content.text.startswith("{{Karl Lund}}'s folding scraper")


def test_the_subject_is_hidden_rather_than_an_everyday_word():
    (front,) = fronts(point("The Falkites of 1811 to 1816 were not simply hostile to technology."))
    assert "{{Falkites}}" in front


def test_one_thing_of_a_list_is_never_hidden():
    for front in fronts(
        point("Smallpox, measles, and influenza reached the valley after the war.")
    ):
        assert "{{Smallpox}}" not in front
        assert "{{measles}}" not in front


def test_a_name_that_a_sentence_gives_is_what_is_hidden():
    (front, *_) = fronts(
        point("Bakers rest the mixed flour and water for an hour, a pause known as the autolyse.")
    )
    assert "{{autolyse}}" in front


def test_what_the_work_is_about_is_not_hidden():
    made = fronts(
        point("Sourdough rises on wild yeast and lactic bacteria for twenty hours."),
        title="Ada Voss: Sourdough",
    )
    assert not any("{{Sourdough}}" in front for front in made)


def test_a_formula_makes_no_blank():
    assert not any(
        "$" in front for front in fronts(point("Amylase $T_c$ limits the starch of rye."))
    )


def test_a_text_that_leans_on_its_source_is_rough():
    (draft, *_) = drafts(
        point("The plan rested on Karl Lund, who baked spelt, barley and caraway at Uppsala.")
    )
    assert draft.tier == "rough"


def test_a_point_has_two_cards_at_most_and_a_rough_one_only_alone():
    text = (
        "Karl Lund invented the folding dough scraper in 1931. Mia Berg founded the rye school of "
        "Uppsala in 1956. Otto Falk described the windowpane test in 1972."
    )
    made = drafts(point(text))
    assert len(made) == 2
    assert {draft.tier for draft in made} == {"ready"}


def test_blanks_are_verbatim():
    text = "Karl Lund's folding scraper, patented in 1931, reduced the waste of sticky dough."
    work, home = work_of(point(text))
    found = scene.survey(Passage(work, home, home.pieces))
    for draft in blanks.blanks(home.pieces[0], found):
        assert isinstance(draft.content, Cloze)
        assert draft.content.text.replace("{{", "").replace("}}", "") in text


# --- what a work is about -----------------------------------------------------


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("Ada Voss: The Science of Sourdough | The Bread Show #4", "on sourdough"),
        ("Ada Voss: How Sourdough Rises | The Bread Show #4", "in “How Sourdough Rises”"),
        ("Ada Voss | The Bread Show #4", ""),
        ("Weekly meeting notes", ""),
    ],
)
def test_a_title_says_what_its_work_is_about(title: str, about: str):
    text = "Good sourdough rises slowly. A sourdough needs time. Wet sourdough rises and rises."
    work, home = work_of(point(text), title=title, people=(VOSS,))
    assert subject.of(work, home, text=text) == about


def test_a_front_without_terms_of_its_own_says_what_it_is_about():
    made = fronts(
        point("Bakers like sourdough. Old sourdough keeps. No sourdough is quick.", "section"),
        point("Length rests on patience because haste makes a poor crumb."),
        title="Ada Voss: Sourdough | The Bread Show #4",
        people=(VOSS,),
    )
    assert any("Ada Voss (2019) on sourdough" in front for front in made)


# --- which questions have one answer ------------------------------------------


@pytest.mark.parametrize(
    ("form", "question", "answer"),
    [
        ("subject", "What enables larger batches?", "Less memory"),
        ("subject", "What shows the skill of a baker?", "The crumb of a loaf"),
        ("subject", "What was banned by the guild of Uppsala in 1811?", "Bran, chalk and sawdust"),
        ("content", "What does a certificate demonstrate?", "A baker passed and that he paid"),
        ("where", "Where were loaves kept?", "In linen"),
    ],
)
def test_questions_with_many_answers_are_not_sure(form: str, question: str, answer: str):
    assert not sure.is_sure(form, question, answer, known=frozenset())


def test_a_particular_question_with_a_term_for_an_answer_is_sure():
    question = "What can be diverted through the bran sluice of a mill?"
    assert sure.is_sure("subject", question, "Spelt husks", known=frozenset())


def test_two_things_are_announced():
    answer = "Sticky hands and torn crusts"
    assert sure.counted("object", "What does a scraper prevent?", answer) == (
        "Which two things does a scraper prevent?"
    )


# --- quotations ---------------------------------------------------------------


def quoted(text: str, speaker: str = "Ada Voss") -> list[str]:
    return fronts(Piece("quote", text, (1, 1), speaker=speaker), people=(MARSH, VOSS))


def test_a_quotation_hides_a_deed_and_no_everyday_word_at_its_end():
    (front,) = quoted("Salt doesn’t feed the dough, it just guards the crust in a drawer.")
    assert "{{feed the dough}}" in front


def test_a_host_s_own_life_makes_no_card_and_says_why():
    said = "I used to bake at night, and honestly I can’t remember most of that year."
    quote = Piece("quote", said, (1, 1), speaker="Ben Marsh")
    work, home = work_of(quote, people=(MARSH, VOSS))
    passage = Passage(work, home, home.pieces)
    assert list(offline.generate(passage, Wish())) == []
    assert offline.why_not(home.pieces[0], passage) == "it is small talk of the host"
