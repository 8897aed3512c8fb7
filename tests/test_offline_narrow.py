"""A question is particular, tied to whose it is and when it was, and spelt as words are."""

from __future__ import annotations

import pytest

from quizgen.generate import offline
from quizgen.generate.offline import (
    choose,
    narrow,
    opening,
    scope,
    spelling,
    subject,
    sure,
    torn,
    wording,
)
from quizgen.generate.offline.scene import survey
from quizgen.model import Document, Draft, Passage, Person, Piece, Wish, Work


def passage(*told: tuple[str, str], title: str = "Unit 4") -> Passage:
    """Make a page of sections: a heading and the point below it."""
    pieces: list[Piece] = []
    lines: list[str] = []
    for heading, text in told:
        lines.append(text)
        at = len(lines)
        pieces.append(Piece("bullet", text, (at, at), heading=heading))
    home = Document("page.md", tuple(lines), tuple(pieces))
    return Passage(Work("w", title, (home,)), home, home.pieces)


def drafts(*told: tuple[str, str], title: str = "Unit 4") -> list[Draft]:
    return list(offline.generate(passage(*told, title=title), Wish()))


def questions(*told: tuple[str, str], title: str = "Unit 4") -> list[str]:
    made = drafts(*told, title=title)
    return [choose.front_of(draft) for draft in made if "____" not in choose.front_of(draft)]


@pytest.mark.parametrize(
    "slip", ["teh", "exhange", "determinatns", "employrs", "Britian", "deficeint", "goverment"]
)
def test_a_slip_of_the_pen_is_found(slip: str):
    assert spelling.slips(f"Millers saw that {slip} is what they had to pay for.") == {slip}


@pytest.mark.parametrize(
    "text",
    [
        "The centre of the colour wheel was analysed and labelled.",
        "Gliadins and glutenins bind; leukocytes cross the endothelium; maniples turn.",
        "Unsifted barley was remilled, and the miller's oversalted rye kept.",
        "See https://example.org/exhange and `teh` in $determinatns$.",
        "The varnish cracked in a montage of bleached crusts, and nobody balked.",
        "Bobby Fischer and Mia Hartley played at Wartburg.",
        "A determinatns is what a determinatns is.",
    ],
)
def test_terms_names_forms_and_what_is_said_twice_are_no_slips(text: str):
    assert not spelling.slips(text)


def test_a_slip_reaches_no_card_and_the_line_of_its_piece_says_so():
    right = "The Uppsala guild kept Swedish rye cheap because Danish barley flooded the market."
    wrong = right.replace("barley", "barley and Britian")
    assert drafts(("", right))
    page = passage(("", wrong))
    assert not list(offline.generate(page, Wish()))
    assert offline.why_not(page.pieces[0], page) == ("it has a word that looks misspelt: “Britian”")


def test_the_war_of_a_heading_opens_its_questions():
    said = "Because the Danish fleet failed, the millers of Scania were forced to ration barley."
    (question, *_) = questions(("The Great Barley War", f"{said} So went the Great Barley War."))
    assert question == (
        "In the Great Barley War, why were the millers of Scania forced to ration barley?"
    )
    page = passage(("World War I", said), ("Intro", said))
    scene, (first, second) = survey(page), page.pieces
    asked = "Why were the millers of Scania forced to ration barley?"
    led = "In World War I, why were the millers of Scania forced to ration barley?"
    assert scope.scoped(scene, first, asked) == led
    assert scope.scoped(scene, second, asked) == led, "the nearest heading above that names one"
    tied = "According to Ada Voss, why were millers forced to ration barley?"
    assert scope.scoped(scene, first, tied) == tied
    named = "Why did World War I end?"
    assert scope.scoped(scene, first, named) == named


def test_the_land_of_a_title_opens_its_questions():
    said = "Rye fails in the Dalarna when the snow stays; millers then buy barley."
    page = passage(("Effects", said), title="Dalarna case study")
    asked = scope.scoped(survey(page), page.pieces[0], "Why do millers buy barley?")
    assert asked == "In the Dalarna, why do millers buy barley?"


@pytest.mark.parametrize(
    ("rule", "front", "answer"),
    [
        ("claim_why", "Why do bread prices increase?", "Due to higher demand"),
        ("claim_why", "Why do Swedish millers differ?", "Because of several reasons"),
        ("claim_how", "How do Danish mills sift?", "By using silk. tries to keep bran out"),
        ("claim_why", "Why does good bread make people happy?", "Because it is shared"),
        ("claim_why", "Why did Uppsala starve?", "Due to frost due to a late spring"),
        ("claim_subject", "What competed for barley from Scania?", "European millers"),
        ("claim_subject", "In “Rye”, what turns at 400 rounds -- that’s fast?", "The stones"),
        ("claim_enable", "What does most often in Scania as more shade allow rye to do?", "Rot"),
        ("claim_subject", "In “Rye”, what was the 1815 feud of Uppsala?", "The longest feud"),
        ("claim_why", "In “Rye”, why can a lot be milled in Scania?", "Because stones turn"),
        ("claim_why", "According to Ada Voss, why did Berg thrive?", "Because barley froze"),
        ("claim_why", "Why did the Uppsala guild fall?", "Because of rats, frost, and debts"),
        ("term_of", "What is the gap between the two Danish millstones called?", "Grind gap"),
        ("term_of", "In “Rye”, which term means “Pretty small amount of bran”?", "Farina"),
        ("term_of", "In “Rye”, what is a tool for feeding larger groups called?", "Bread"),
        ("term_of", "In “Rye”, what is a mix of flour and water called?", "Paste"),
        ("claim_called", "What was the quarrel of the two guilds known as?", "The Oat Feud"),
    ],
)
def test_what_holds_of_anything_or_says_nothing_is_not_asked(rule: str, front: str, answer: str):
    scene = survey(passage(("", "Rye keeps.")))
    assert narrow.fault(rule, front, answer, scene, lead="")


@pytest.mark.parametrize(
    ("rule", "front", "answer"),
    [
        ("claim_why", "Why did the Uppsala guild fall?", "Because Danish barley was cheaper"),
        (
            "claim_why",
            "In “How Rye Keeps”, why do levains with much bran resist mold?",
            "Because acetic acid hinders most fungi",
        ),
        ("term_of", "In “Rye”, which term means “a dough that rests before salt”?", "Autolyse"),
        ("claim_called", "In the Oat War, what was the siege known as?", "The Long Fast"),
    ],
)
def test_what_is_particular_is_asked(rule: str, front: str, answer: str):
    scene = survey(passage(("", "Rye keeps.")))
    assert not narrow.fault(rule, front, answer, scene, lead="")


def test_a_note_without_its_articles_makes_no_question():
    scene = survey(passage(("", "Two glaciers met, and coarse flour froze.")))
    bare = "Why does glacier lose its Danish load?"
    assert narrow.fault("claim_why", bare, "Because warm Danish rain melts it", scene, lead="")
    mass = "Why does flour lose its Danish smell?"
    assert not narrow.fault("claim_why", mass, "Because warm Danish rain spoils it", scene, lead="")


def test_a_title_that_says_only_what_kind_of_page_it_is_opens_nothing():
    said = "Old rye keeps."
    assert wording.titled(survey(passage(("", said), title="Podcast Notes"))) == ""
    assert wording.titled(survey(passage(("", said), title="5th - early 3rd BCE: Rye Feuds"))) == ""
    assert wording.titled(survey(passage(("", said), title="Bread and Corrosion"))) != ""


def test_a_remark_before_a_sentence_is_taken_off_and_an_adverb_within_is_not():
    scene = survey(passage(("", "Rye keeps.")))
    assert opening.told(scene, "Luckily, barley keeps.") == "Barley keeps."
    few = "Surprisingly few mills sift."
    assert opening.told(scene, few) == few


@pytest.mark.parametrize(
    ("front", "answer"),
    [
        ("How does 2019) the miller start (Ada Voss?", "By sifting"),
        ("Ada Voss in “Rye (Chapters”: ____ was milled.", "Barley"),
        ("Why did rye keep?", 'Because "old crust'),
        ("How did millers calm them or down?", "By bread"),
        ("What often keeps Danish rye?", "Bran OR germ"),
    ],
)
def test_halves_of_brackets_and_slips_of_a_page_are_found(front: str, answer: str):
    assert torn.fault(front, answer)


def test_whole_brackets_and_quotations_pass():
    assert not torn.fault("Why did “rye” (the grain [Secale]) keep?", 'Because of "old" bran')


@pytest.mark.parametrize(
    "asked",
    [
        "Why does Danish rye may rise?",
        "Why were mills in Scania cheap and the millers usually weren't rich?",
        "Why did the Uppsala guild succeed precisely?",
    ],
)
def test_two_verbs_or_half_a_sentence_are_no_question(asked: str):
    assert torn.asked(asked)


@pytest.mark.parametrize(
    "asked",
    [
        "Why does rye that may rise keep?",
        "Why do millers think that barley and rye were cheap?",
        "How can a mill of Scania grind bran and germ?",
        "Why did the guild ban free will and wine?",
    ],
)
def test_a_clause_within_a_question_is_no_second_verb(asked: str):
    assert not torn.asked(asked)


def test_three_ways_are_asked_for_by_their_number():
    ways = "by soaking bran, heating germ, and sifting flour"
    assert sure.counted("how", "How do mills slow rancidity?", ways) == (
        "In which three ways do mills slow rancidity?"
    )
    assert (
        sure.counted("how", "How do mills slow it?", "by soaking bran") == "How do mills slow it?"
    )


@pytest.mark.parametrize(
    "said",
    [
        "Good bread is when what the miller meant to grind finds its way into the crust.",
        "MRB is a traumatic phase of one's life in the mills of Uppsala.",
        "The Uppsala formula is an abstraction that captures the essence of old barley.",
        "Crust% is the percentage of loaves baked CS is the average of crusts per oven.",
    ],
)
def test_what_somebody_likens_a_thing_to_is_no_definition(said: str):
    assert not {draft.rule for draft in drafts(("", said))} & {"definition", "term_of"}


def test_a_thing_that_is_counted_is_asked_for_with_its_article():
    (question,) = questions(
        ("", "Crumb-flow diagram is a visual model of a mill in which grains flow to sieves.")
    )
    assert question.endswith("hat is a crumb-flow diagram?")


def test_a_term_of_a_book_is_tied_to_its_book():
    said = "Unaided sifting is the art of reading bran or the crust."
    home = Document("page.md", (said,), (Piece("bullet", said, (1, 1)),))
    people = (Person("Ada Voss", "author"), Person("Otto Falk", "author"))
    work = Work("w", "How to Read a Loaf: The Guide", (home,), people=people)
    (draft,) = offline.generate(Passage(work, home, home.pieces), Wish())
    assert choose.front_of(draft).startswith("In “How to Read a Loaf”, what is the art of ")


@pytest.mark.parametrize("label", ["Lecture 1", "WEEK 12", "S1W1 SG Milling", "Unit IV"])
def test_the_number_of_a_lesson_says_nothing(label: str):
    assert subject.is_code(label)
    assert wording.titled(survey(passage(("", "Rye keeps."), title=label))) == ""


@pytest.mark.parametrize("title", ["Week of Rye", "PSYC 365: Milling", "Class Struggle", "B12"])
def test_a_title_with_a_number_may_say_something(title: str):
    assert not subject.is_code(title)
