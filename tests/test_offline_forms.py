"""A contrast, three things, a number are asked for; no blank gives itself away."""

from __future__ import annotations

import pytest

from quizgen import cloze
from quizgen.generate import offline
from quizgen.generate.offline import amounts, choose, listing
from quizgen.generate.offline.scene import survey
from quizgen.model import Basic, Cloze, Document, Draft, Passage, Person, Piece, Wish, Work

VOSS = Person("Ada Voss", "guest")
TITLE = "Ada Voss: How Rye Keeps | The Bread Show #4"


def drafts(text: str, *, people: tuple[Person, ...] = (VOSS,), title: str = TITLE) -> list[Draft]:
    lines = (text, "Rye keeps. Old rye keeps longer. Wet rye keeps, and rye is cheap.")
    pieces = (Piece("insight", text, (1, 1)), Piece("section", lines[1], (2, 2)))
    home = Document("page.txt", lines, pieces)
    work = Work("w", title, (home,), "2019-05-01", people)
    return [
        draft
        for draft in offline.generate(Passage(work, home, home.pieces), Wish())
        if draft.piece.kind == "insight"
    ]


def asked(text: str) -> list[tuple[str, str]]:
    return [
        (draft.content.question, draft.content.answer)
        for draft in drafts(text)
        if isinstance(draft.content, Basic)
    ]


def hidden(text: str) -> list[str]:
    return [choose.answer_of(draft) for draft in drafts(text) if isinstance(draft.content, Cloze)]


def made_by(make: offline.Make, text: str, *, date: str = "2019-05-01") -> list[str]:
    """Give what a rule by itself would hide of a text, whatever else could be asked of it."""
    home = Document("page.txt", (text,), (Piece("insight", text, (1, 1)),))
    passage = Passage(Work("w", TITLE, (home,), date, (VOSS,)), home, home.pieces)
    return [choose.answer_of(draft) for draft in make(home.pieces[0], survey(passage))]


def test_a_contrast_shows_its_first_half():
    (question, answer), *_ = asked(
        "Trials in Uppsala show that small mills capture bran and husks, while larger ones begin "
        "to sift germ, grit and flour dust."
    )
    assert question == (
        "According to Ada Voss (2019) in “How Rye Keeps”, while small mills capture bran and "
        "husks, what do larger ones begin to do?"
    )
    assert answer == "Sift germ, grit and flour dust"


def test_three_reasons_are_announced():
    (question, answer), *_ = asked(
        "Rye loaves are unreliable due to cold ovens, uneven milling, and ergot in the grain."
    )
    assert "for which three reasons are rye loaves unreliable?" in question
    assert answer == "Due to cold ovens, uneven milling, and ergot in the grain"


def test_three_things_in_brackets_are_hidden_with_their_letters():
    (draft,) = drafts("Most old tools (scraper, peel, couche) existed for centuries at Uppsala.")
    assert draft.rule == "list_cloze"
    assert isinstance(draft.content, Cloze)
    assert "{{c1::scraper, peel, couche::s… p… c…}}" in draft.content.text


@pytest.mark.parametrize(
    "text",
    [
        "Most old tools (scraper, peel) existed for centuries at Uppsala.",
        "Most old tools (e.g. scraper, peel, couche and more) existed at Uppsala.",
        "Most old scrapers (scraper, peel, couche) existed for centuries at Uppsala.",
    ],
)
def test_examples_and_pairs_are_no_list_of_three(text: str):
    assert made_by(listing.lists, text) == []


def test_the_one_number_of_a_sentence_is_hidden_where_its_words_tell_what_is_counted():
    said = (
        "Levain bakers in Uppsala collected about 70,900 kernels of spelt for a christening loaf."
    )
    assert made_by(amounts.amounts, said) == ["70,900"]


@pytest.mark.parametrize(
    "text",
    [
        "Levain bakers in Uppsala collected 3 kernels of spelt for a christening loaf.",
        "Levain bakers in Uppsala collected 40 to 60 kernels of spelt for a christening loaf.",
        "Levain bakers in Uppsala collected 40 kernels of spelt and 70 husks for a christening.",
        "Levain bakers in Uppsala founded a christening guild for spelt 1,300 years ago.",
        "Levain bakers in Uppsala collect spelt by Article 40 of a christening guild.",
        "Levain bakers in Uppsala collected 40 kernels of spelt for two christening loaves.",
    ],
)
def test_small_numbers_ranges_names_and_one_of_several_are_not(text: str):
    assert made_by(amounts.amounts, text) == []


def test_what_happened_at_no_known_time_is_not_counted():
    said = (
        "Levain bakers in Uppsala collected about 70,900 kernels of spelt for a christening loaf."
    )
    assert made_by(amounts.amounts, said, date="") == []


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("A study of the Bran in Light memorial of Uppsala counted 400 moths a night.", "Bran"),
        ("A survey of 500 levains, published in Cerealia in 2021, found wild lactobacilli.",
         "Cerealia"),
        ("In the commenda, recorded in Visby from 1155, an investor supplied spelt and bran.",
         "Visby"),
        ("Slow-wave kneading appears to help gluten, as strands of Uppsala dough realign.",
         "Slow-wave kneading appears"),
        ("Young starlings kept to spelt and bran at Uppsala, whereas adults turned to ergot.",
         "Young starlings"),
        ("Uppsala's Fyris mill of 1810 was small by milling standards, yet fed 40,000 bakers.",
         "Uppsala"),
        ("Agreements among Uppsala bakers to rig spelt and bran prices are per se violations.",
         "se violations"),
        ("A contractor, J. Olaf Lund, supplied brittle spelt to the Fyris mill in 1810.",
         "Olaf Lund"),
        ("Levain is harder than yeast: Uppsala bakers failed in 1810 and in 1911.", "Levain"),
        ("Rights-based: Parker ground spelt and bran at Uppsala without leave.", "Parker"),
    ],
)  # fmt: skip
def test_no_blank_hides_a_part_of_a_name_a_place_of_print_or_what_its_rest_gives_away(
    text: str, refused: str
):
    assert refused not in hidden(text)


def test_a_person_s_name_needs_no_letters_and_a_thing_s_does():
    (lund,) = [
        draft
        for draft in drafts("Karl Lund's folding scraper, patented in 1931, saved sticky dough.")
        if draft.rule == "person_cloze"
    ]
    assert isinstance(lund.content, Cloze)
    (blank,) = [part for part in cloze.parse(lund.content.text) if not isinstance(part, str)]
    assert not blank.hint


def test_a_view_of_a_work_without_a_guest_names_the_work():
    text = "Sticky levain gave Uppsala a lead over Visby through spelt, bran and deep cellars."
    made = drafts(text, people=(), title="How Rye Keeps")
    assert made
    for draft in made:
        assert choose.front_of(draft).startswith(("“How Rye Keeps”: ", "In “How Rye Keeps”, "))
