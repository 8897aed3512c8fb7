"""A blank hides the most telling term of a text that stands alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import cloze
from quizgen.generate import offline
from quizgen.generate.offline import (
    blanks,
    choose,
    clauses,
    common,
    hints,
    opening,
    phrases,
    scene,
    subject,
    sure,
    terms,
)
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


def shown(sentence: str, room: int) -> list[str]:
    work, home = work_of(point(sentence), people=(VOSS,))
    seen = scene.survey(Passage(work, home, home.pieces))
    return list(clauses.shown(seen, sentence, room))


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
    assert shown(sentence, 30) == [f"{short}."]


def test_no_cut_leaves_a_list_or_a_reason_half_said():
    banned = (
        "The bakery guild banned bran, chalk, and sawdust because loaves that held them, which "
        "were cheap to bake and heavy to carry, ruined the name of every honest baker in town."
    )
    kept = (
        "The old trial showed that loaves with salt, rolls with caraway, and plain flat breads "
        "could keep for a week when they were wrapped in linen and left in a cool dry cellar."
    )
    for text in (*shown(banned, 26), *shown(kept, 26)):
        assert not text.endswith(("chalk.", "salt.", "caraway.", "them.", "because."))


def test_a_clause_that_lost_its_noun_is_not_shown():
    sentence = (
        "Rye loaves keep for weeks in a cool cellar, but they lose their crust by the morning."
    )
    assert not any(text.startswith("They") for text in shown(sentence, 30))


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
    found = shown(" ".join(heap) + ".", room)
    assert len(set(found)) == len(found)
    assert all(len(text.split()) <= room for text in found)


# --- what is hidden, and how sure it is ---------------------------------------


def test_a_name_with_particulars_around_it_makes_a_card():
    (draft,) = drafts(
        point("Karl Lund's folding scraper, patented in 1931, reduced the waste of sticky dough.")
    )
    assert draft.rule == "person_cloze"
    assert isinstance(draft.content, Cloze)
    # Nobody else did it: the letters of the name would only give it away.
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


def test_a_text_that_leans_on_its_source_makes_no_card():
    leaning = "The plan rested on Karl Lund, who baked spelt, barley and caraway at Uppsala."
    assert drafts(point(leaning)) == []


def test_a_point_has_three_cards_at_most():
    text = (
        "Karl Lund invented the folding dough scraper in 1931. Mia Berg founded the rye school of "
        "Uppsala in 1956. Otto Falk described the windowpane test in 1972. Ida Holm introduced the "
        "cold retarder in 1980."
    )
    made = drafts(point(text))
    assert len(made) == 3


def test_blanks_are_verbatim():
    text = "Karl Lund's folding scraper, patented in 1931, reduced the waste of sticky dough."
    work, home = work_of(point(text))
    found = scene.survey(Passage(work, home, home.pieces))
    for draft in blanks.blanks(home.pieces[0], found):
        assert isinstance(draft.content, Cloze)
        assert cloze.filled(draft.content.text) in text


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
    """Give the fronts of a quotation that a transcript of its work confirms."""
    _, page = work_of(Piece("quote", text, (1, 1), speaker=speaker))
    _, heard = work_of(Piece("turn", text, (1, 1), speaker=speaker))
    documents = (page, replace(heard, path="talk.md"))
    work = Work("w", "", documents, "2019-05-01", (MARSH, VOSS))
    made = offline.generate(Passage(work, page, page.pieces), Wish())
    return [choose.front_of(draft) for draft in made]


def test_a_quotation_hides_the_picture_that_it_draws_and_no_item_of_a_list():
    (front,) = quoted("Salt doesn’t feed the dough, it just guards the crust in a padlock.")
    assert "{{padlock}}" in front
    (front,) = quoted("A starter is a pet that eats flour, water, and patience.")
    assert not any(f"{{{{{item}}}}}" in front for item in ("flour", "water", "patience"))


def test_the_word_that_describes_a_hidden_thing_stays_in_sight():
    (front,) = quoted("I’d trade ten clever ovens for one hotter kiln.")
    assert "hotter {{kiln}}" in front


@pytest.mark.parametrize(
    "line",
    [
        "Mill foreman on the strike of the bakers, 1911",
        "Karl Lund is a Danish baker, author, and professor of rye at Uppsala.",
        "Berg et al. 2005: weigh the salt of one loaf every day for a week.",
    ],
)
def test_a_caption_and_a_biography_are_no_quotation(line: str):
    assert quoted(line) == []


def test_a_host_s_own_life_makes_no_card_and_says_why():
    said = "I used to bake at night, and honestly I can’t remember most of that year."
    quote = Piece("quote", said, (1, 1), speaker="Ben Marsh")
    work, home = work_of(quote, people=(MARSH, VOSS))
    passage = Passage(work, home, home.pieces)
    assert list(offline.generate(passage, Wish())) == []
    assert offline.why_not(home.pieces[0], passage) == "it is small talk of the host"


# --- hints, openings, and what a term tells of itself -------------------------


@pytest.mark.parametrize(
    ("hidden", "hint"),
    [
        ("drawer", "d…"),
        ("hotter stone", "h… s…"),
        ("90 percent", ""),
        ("GPU", ""),
        ("it", ""),
    ],
)
def test_a_hint_is_the_first_letter_of_every_word_and_never_a_number(hidden: str, hint: str):
    assert hints.of(hidden) == hint


@given(st.text(alphabet="abcde fgh-’", min_size=1, max_size=30))
def test_no_hint_gives_a_word_away(hidden: str):
    said = hints.of(hidden)
    assert all(len(part) == 2 and part.endswith("…") for part in said.split())


def test_a_quotation_s_blank_carries_its_hint():
    quote = Piece("quote", "Gutes Brot braucht vor allem etwas Geduld.", (1, 1), "Ada Voss")
    work, home = work_of(quote, people=(MARSH, VOSS))
    home = replace(home, language="de")
    (draft,) = offline.generate(
        Passage(replace(work, documents=(home,)), home, home.pieces), Wish()
    )
    assert isinstance(draft.content, Cloze)
    assert "Geduld::e… G…}}" in draft.content.text


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("However, rye keeps longer than wheat.", "Rye keeps longer than wheat."),
        ("However, subsequent trials showed that rye keeps.", ""),
        ("The process needs a warm cellar.", ""),
        ("The process of malting needs a warm cellar.",) * 2,
        ("Voss describes a mill on the Tyne.", ""),
        ("Voss argues that rye keeps longer than wheat.", "Rye keeps longer than wheat."),
        ("Meanwhile, this changed the trade.", ""),
    ],
)
def test_an_opening_is_stripped_or_refused(sentence: str, said: str):
    work, home = work_of(point(sentence), people=(VOSS,))
    assert opening.told(scene.survey(Passage(work, home, home.pieces)), sentence) == said


def test_no_text_keeps_a_subordinate_clause_without_its_main_one():
    sentence = (
        "In 1985, when a small flood reached the lower mill of the valley and the wheels stopped, "
        "killing the trade for years, the bakers of the town walked to Uppsala to beg for flour, "
        "salt and seed."
    )
    assert not any(text.startswith("In 1985, when") for text in shown(sentence, 26))


def test_a_term_whose_parts_tell_its_meaning_is_not_asked_for():
    assert terms.is_told_by("antifoam", "an agent that keeps foaming wort calm") is False
    assert terms.is_told_by("antivenom", "a drug against the venom of snakes")
