"""An insight that gives its cause, its contrast or its subject a sentence before has a card."""

from __future__ import annotations

import pytest

from quizgen.generate import offline
from quizgen.generate.offline import antecedents, choose, guards, measured
from quizgen.generate.offline.scene import survey
from quizgen.model import Document, Draft, Kind, Passage, Person, Piece, Wish, Work

VOSS = Person("Ada Voss", "guest")
TITLE = "Ada Voss: How Rye Keeps | The Bread Show #4"


def passage(text: str, *, kind: Kind = "insight", title: str = TITLE) -> Passage:
    lines = (text, "Rye keeps. Old rye keeps longer. Wet rye keeps, and rye is cheap.")
    pieces = (Piece(kind, text, (1, 1)), Piece("section", lines[1], (2, 2)))
    home = Document("page.txt", lines, pieces)
    people = (VOSS,) if VOSS.name in title else ()
    return Passage(Work("w", title, (home,), "2019-05-01", people), home, home.pieces)


def drafts(text: str, *, kind: Kind = "insight", title: str = TITLE) -> list[Draft]:
    made = offline.generate(passage(text, kind=kind, title=title), Wish())
    return [draft for draft in made if draft.piece.kind == kind]


def asked(text: str, *, title: str = TITLE) -> list[tuple[str, str]]:
    lead = "According to Ada Voss (2019) in “How Rye Keeps”, "
    return [
        (
            choose.front_of(draft)
            .removeprefix(lead)
            .removeprefix("According to Ada Voss (2019), "),
            choose.answer_of(draft),
        )
        for draft in drafts(text, title=title)
    ]


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            (
                "Wild yeasts tend to eat the nearest sugar, so a stiff levain only grows when "
                "millers add coarse bran."
            ),
            "why does a stiff levain only grow when millers add coarse bran?",
            "Because wild yeasts tend to eat the nearest sugar",
        ),
        (
            "Since wet bran keeps a levain sweet, Danish bakers add coarse bran to sourdough.",
            "why do Danish bakers add coarse bran to sourdough?",
            "Because wet bran keeps a levain sweet",
        ),
        (
            "Steam keeps the crust soft, which is why Danish bakers fill brick ovens with vapour.",
            "why do Danish bakers fill brick ovens with vapour?",
            "Because steam keeps the crust soft",
        ),
        (
            "Rye bread spread through guilds of bakers, not through printed manuals.",
            "what did rye bread spread through, rather than printed manuals?",
            "Guilds of bakers",
        ),
        (
            "Steam is not cheap, so brick ovens do not use much vapour.",
            "why do brick ovens not use much vapour?",
            "Because steam is not cheap",
        ),
        (
            "Coarse bran has been moistened for hours, possibly because its husks cut the gluten.",
            "why has coarse bran been moistened for hours?",
            "Possibly because its husks cut the gluten",
        ),
        (
            "Sour dough slows mold, since acetic acid, she says, hinders most fungi.",
            "why does sour dough slow mold?",
            "Because acetic acid hinders most fungi",
        ),
        (
            "Danish guilds kept the price of rye low by buying the whole harvest in August.",
            "how did Danish guilds keep the price of rye low?",
            "By buying the whole harvest in August",
        ),
        (
            "Danish peasant women marched to the Uppsala granary to demand unsifted barley.",
            "who marched to the Uppsala granary to demand unsifted barley?",
            "Danish peasant women",
        ),
        (
            "Dough that is kept cold for a whole night is called a retarded levain.",
            "what is dough that is kept cold for a whole night called?",
            "A retarded levain",
        ),
        (
            "The Uppsala experiment showed that stale bran doubles the acid of a levain.",
            "what did the Uppsala experiment show?",
            "Stale bran doubles the acid of a levain",
        ),
        (
            "When governments tax the coarse bran, guilds of bakers smuggle oats over the border.",
            "when governments tax the coarse bran, what do guilds of bakers do?",
            "Smuggle oats over the border",
        ),
    ],
)
def test_a_claim_with_its_cause_its_contrast_or_its_condition_is_asked_for_it(
    text: str, question: str, answer: str
):
    assert (question, answer) in asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Since 1931 bakers of the Uppsala guild fold their rye with steel scrapers.",
        "This keeps the crust soft, which is why bakers flood brick ovens with vapour.",
        "Bakers of rye are patient, so they should rest their levains.",
        "Rye is sown late, and wheat is sown early, whereas oats can wait, so rye needs less rain.",
        "Each levain is fed twice, so each loaf holds about ten times more acid.",
        "The crust was thin, so the crust did not work.",
        "Rye spread not because millers liked it.",
    ],
)
def test_no_why_is_asked_of_a_date_a_pronoun_advice_or_half_a_cause(text: str):
    assert not [question for question, _ in asked(text) if question.startswith("why")]


@pytest.mark.parametrize(
    "text",
    [
        "“Faith comes by hearing” was a verse that guilds of rye bakers liked to sing.",
        "Bread of rye begins by soaking the coarse bran in water.",
        "Uppsala guild formed long chain of brick ovens due to the price of peat.",
        "Reform of guilds works best when it starts with small, reversible changes.",
    ],
)
def test_half_a_quotation_a_beginning_half_a_list_and_a_terse_note_are_not_asked_for(text: str):
    assert not [each for each in asked(text) if each[0].startswith(("how", "when", "why"))]


def test_the_subject_of_the_sentence_before_stands_for_it_and_both_are_the_evidence():
    text = "A stiff levain is dough with little water. It rises because wild yeast eats bran."
    (draft,) = [draft for draft in drafts(text) if draft.rule == "claim_why"]
    assert "does a stiff levain rise" in choose.front_of(draft)
    assert draft.evidence[0].text == text


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("Mia Berg founded a rye school.", "It closed in 1931."),
        ("A stiff levain lifts the crumb.", "It ferments in a day."),
        ("Rye and wheat are grains.", "It keeps for a week."),
        ("A levain is a dough.", "They keep for a week."),
        ("A levain is a dough.", "It is true that rye keeps."),
        ("In a cold mill, the floor is a store.", "It keeps rye dry."),
        ("More telling is the crust of rye.", "It keeps for a week."),
    ],
)
def test_a_pronoun_that_could_mean_two_things_nobody_or_nothing_stays(before: str, sentence: str):
    assert not antecedents.in_full(survey(passage(before)), before, sentence)


@pytest.mark.parametrize(
    ("answer", "question"),
    [
        ("Calcification", "What frees carbon dioxide for each unit of calcium carbonate made?"),
        ("San Francisco", "F. sanfranciscensis was found in the bread of which town?"),
        ("bacterial resistance", "“How Bacteria Beat the Drugs”: it killed 1.27 million people."),
    ],
)
def test_a_word_of_the_same_root_in_the_question_tells_the_answer(answer: str, question: str):
    assert guards.is_kin(answer, question)


@pytest.mark.parametrize(
    "text",
    [
        "For a long time bakers doubted the only letter on kvass, from 1883, in Uppsala.",
        "A Bible tied up paper, type and money of Wittenberg for many months in 1522.",
        "A study in The Lancet estimated that in 2019 ergot killed many people.",
        "Mia Berg (1934) no, since loaves of the Uppsala guild had stayed up after the war.",
        "Bakers who rush have “a pathetic but praiseworthy tendency to burn before baking”.",
        "Medicine later found a use for it as an antidote to thallium and caesium.",
        "What bakers did after 1940 was to turn up the heat of every oven at once.",
    ],
)
def test_adverbials_papers_fragments_and_lines_of_nobody_make_no_card(text: str):
    assert not drafts(text, kind="section", title="How Bakers Work")


def test_of_two_people_who_did_it_both_are_asked_for():
    text = "In 1974 Mia Berg and Karl Lund described the Uppsala method of trading rye for ovens."
    pairs = asked(text, title="How Bakers Trade")
    assert [answer for question, answer in pairs if question.startswith("Who")] == [
        "Mia Berg and Karl Lund"
    ]


def test_a_word_of_one_field_is_asked_with_it_and_letters_too():
    assert asked("qualification is the process of adding accidentals on the staff.", title="") == []
    text = "tetrachord is a group of four notes in sequence."
    assert asked(text, title="Music Theory") == [
        ("In “Music Theory”, what is a group of four notes in sequence called?", "Tetrachord")
    ]
    letters = "Rye is sold by the Baltic Grain Index (BGI) in most ports."
    assert "BGI" not in str(asked(letters, title=""))


def test_what_blind_readers_refused_is_guarded_against_or_its_rule_is_off():
    for row in measured.TABLE:
        accepted, judged = row.before
        if judged >= measured.LEAST and 2 * accepted < judged and not row.off:
            assert 10 * row.rejected <= row.judged, row.rule
