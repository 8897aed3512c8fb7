"""What stands beside a page's words and is none of them: who said it, when, of whom, and tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import evidence, layout, readers, words
from quizgen.model import Document, Piece


def read(page: str) -> Document:
    document = readers.read(page.encode(), "page.md")
    assert layout.unaccounted(document) == ()
    for piece in document.pieces:
        assert_stands(document, piece)
    return document


def assert_stands(document: Document, piece: Piece) -> None:
    for part in (piece.text, piece.explanation, piece.answer):
        for start, end in words.sentences(part):
            assert evidence.stands(evidence.of(document, part[start:end], piece), document)


def quotes(page: str) -> list[tuple[str, str]]:
    return [(piece.text, piece.speaker) for piece in read(page).pieces if piece.kind == "quote"]


# --- who said it ---


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("_Evening Crumb, 1957_", "Evening Crumb"),
        ("*Journeyman baker describing the ovens of Lyon, 1834*", ""),
        ("_Report of the Guild of Millers, 1866_", ""),
        ("_Dr. Ada Voss on her first winter, 1915_", "Dr. Ada Voss"),
        ("— Ada Voss", "Ada Voss"),
        ("— *Ada Voss, The Slow Loaf*", "Ada Voss"),
        ("— my grandmother", "my grandmother"),
        ("- Ada Voss, The Slow Loaf", "Ada Voss"),
        ("Ada Voss, baker", "Ada Voss"),
    ],
)
def test_the_last_line_of_a_quotation_says_who_said_it(line: str, speaker: str):
    said = [("Dough waits for nobody.", speaker)]
    assert quotes(f'# Bread\n\nIt rises.\n\n> "Dough waits for nobody."\n> {line}\n') == said
    assert quotes(f'# Bread\n\n## Best Quotes\n\n- "Dough waits for nobody."\n  {line}\n') == said


def test_who_said_it_may_stand_apart_below_the_quotation():
    page = (
        "# Bread\n\n> Flour remembers the mill.\n\n– Ada Voss #person, *The Slow Loaf* #quote\n\n"
        "Salt slows the yeast.\n\n> Dough waits for nobody.\n\n_Evening Crumb, 1957_\n"
    )
    assert quotes(page) == [
        ("Flour remembers the mill.", "Ada Voss"),
        ("Dough waits for nobody.", "Evening Crumb"),
    ]
    assert [piece.text for piece in read(page).pieces if piece.kind != "quote"] == [
        "Salt slows the yeast."
    ]


def test_a_quotation_that_is_a_list_or_all_in_italics_names_nobody():
    assert quotes("# Bread\n\n> - Salt slows it.\n> - Cold slows it.\n") == [
        ("- Salt slows it.", ""),
        ("- Cold slows it.", ""),
    ]
    assert quotes("# Bread\n\n> *Dough waits.*\n> *Flour does not.*\n") == [
        ("Dough waits.", ""),
        ("Flour does not.", ""),
    ]


def test_a_second_quoted_sentence_is_no_attribution():
    page = '# Bread\n\n> "Dough waits for nobody."\n> "Flour waits for all"\n'
    assert [text for text, _ in quotes(page)] == ["Dough waits for nobody.", "Flour waits for all"]


def test_a_list_of_quotes_keeps_the_last_one_though_nobody_s_name_is_told():
    page = (
        '# Bread\n\n## Quotes\n\n- "Dough waits for nobody."\n  _Ada Voss, 1915_\n'
        '- "Flour remembers the mill."\n  _A miller during the flood, 1834_\n'
    )
    assert quotes(page) == [
        ("Dough waits for nobody.", "Ada Voss"),
        ("Flour remembers the mill.", ""),
    ]


# --- of whom it is ---

LEAD = (
    "Ada M. Voss is a Norwegian baker and author. She has taught at the Bergen School of Bread "
    "since 1998 and founded two mills."
)
BOX = "- **Born**: 1961 , Bergen\n- **Spouse**: Ben Marsh\n- **Ovens**: Three\n"


def test_the_life_of_somebody_is_no_quotation():
    (piece,) = read(f"# Slow Bread\n\n> {LEAD}\n").pieces
    assert (piece.kind, piece.text) == ("section", LEAD)


@pytest.mark.parametrize(
    "said",
    [
        "Gluten Networks are a web of two proteins that hold the gas.",
        "I am a baker and an author, and so is everybody I know.",
        "Ada Voss is a baker, and we all want to be one when we see her at work.",
        "Bread is a teacher of patience.",
    ],
)
def test_a_quotation_that_tells_no_life_stays_one(said: str):
    assert quotes(f"# Slow Bread\n\n> {said}\n") == [(said, "")]
    assert quotes(f"# Slow Bread\n\n> {LEAD}\n> — Ben Marsh\n") == [(LEAD, "Ben Marsh")]


def test_facts_about_a_person_are_no_points_of_a_page():
    page = (
        f"# Slow Bread\n\nNorwegian baker\n\n> {LEAD}\n\n"
        f"Source: [Wikipedia](https://example.org/ada)\n\n{BOX}\n## Points\n\n- Salt slows yeast.\n"
    )
    document = read(page)
    assert [piece.text for piece in document.pieces] == ["Salt slows yeast."]
    assert {gone.why for gone in document.dropped} == {"facts about a person"}


def test_facts_about_a_person_may_stand_below_their_labels():
    page = (
        "# Slow Bread\n\nSalt slows the yeast, and cold does too.\n\nBorn\nMay 4, 1961\nBergen\n"
        "Occupation\nBaker\nSpouse\nBen Marsh\n\n## Points\n\nCold dough rises slowly.\n"
    )
    assert [piece.text for piece in read(page).pieces] == [
        "Salt slows the yeast, and cold does too.",
        "Cold dough rises slowly.",
    ]


def test_labels_that_stand_before_sentences_are_points():
    page = (
        "# Guilds\n\n- **Education**: Apprentices slept above the oven for seven years.\n"
        "- **Residence**: A master lived above his shop and paid no rent.\n"
        "- **Height**: Ovens grew taller after the fire.\n"
    )
    assert len(read(page).pieces) == 3


# --- when it was said ---


def test_times_that_cite_a_recording_are_no_words_and_the_first_places_them():
    page = (
        "# Bread\n\nSalt binds the water of the dough [00:18:56], [00:19:00]. Cold slows it "
        "[00:20:01] and keeps the crumb.\n\n- Rye has hardly any gluten [21:05].\n"
    )
    assert [(piece.text, piece.seconds) for piece in read(page).pieces] == [
        ("Salt binds the water of the dough. Cold slows it and keeps the crumb.", 1136),
        ("Rye has hardly any gluten.", 1265),
    ]


def test_many_cited_times_make_no_outline_of_a_paragraph():
    cited = " ".join(f"Dough number {at} rose well [00:0{at}:10]." for at in range(1, 7))
    (piece,) = read(f"# Bread\n\n{cited}\n").pieces
    assert (piece.kind, piece.seconds) == ("section", 70)


def test_times_that_all_end_in_no_seconds_are_minutes_and_seconds():
    page = "# Bread\n\n- It rises [01:30:00].\n- It falls [12:05:00].\n- It bakes [14:30:00].\n"
    assert [piece.seconds for piece in read(page).pieces] == [90, 725, 870]


def test_a_time_that_is_part_of_its_sentence_stays():
    assert words.unmarked("At [12:05] the oven is lit.") == "At [12:05] the oven is lit."
    assert words.unmarked("It [rises](12:05) at 12:05.") == "It rises at 12:05."


# --- how a notebook files it ---


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ada Voss #person had built a mill.", "Ada Voss had built a mill."),
        ("A levain is old dough #baking/bread #method", "A levain is old dough"),
        ("Ask Ada Voss #person, who knows.", "Ask Ada Voss, who knows."),
        ("The #SlowBread movement began here.", "The #SlowBread movement began here."),
        ("We wrote it in C# and F# for issue #12.", "We wrote it in C# and F# for issue #12."),
        ("The #1 crust has the colour #c68642.", "The #1 crust has the colour #c68642."),
        ("Write `#include` on top.", "Write #include on top."),
        ("# A heading", "# A heading"),
        ("![[Dough#Rising]] It rises.", "It rises."),
    ],
)
def test_tags_are_no_words_where_they_only_file_them(text: str, said: str):
    assert words.unmarked(text) == said


def test_a_tag_is_no_part_of_a_heading():
    document = read("# Bread\n\n## Ada Voss #person\n\nShe weighs everything twice.\n")
    assert document.pieces[0].heading == "Ada Voss"


PARTS = (
    "Salt binds water [1:05].",
    "Ada Voss #person weighs it",
    "the #SlowBread idea",
    "#baking",
    "`#define`",
    "[0:12] cold",
    "dough [00:01:02], [00:01:04], and",
    "at [3:04] it",
    "C# and #12",
    "**Why:**Salt slows it.",
)


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=8), st.sampled_from((" ", "\n")))
def test_whatever_stands_beside_the_words_evidence_of_them_stands(parts: list[str], gap: str):
    read(f"# Bread\n\nDough waits for\n{gap.join(parts)}\n")


# --- labels and headings ---


def test_a_bold_label_stays_apart_from_its_sentence():
    page = (
        "# Bread\n\n- **News of the mill:**The wheel turns again.\n"
        "- **Baking day** The oven is lit at four.\n- **Ada** Voss weighs everything twice.\n"
    )
    assert [piece.text for piece in read(page).pieces] == [
        "News of the mill: The wheel turns again.",
        "Baking day\n\nThe oven is lit at four.",
        "Ada Voss weighs everything twice.",
    ]


ROWS = "0:00.0 | so today we talk about |\n0:22.6 | how the dough rises |\n0:29.3 | by night |\n"


def test_the_end_of_a_list_above_timed_rows_is_no_heading_of_them():
    links = "The Slow Loaf\nThe Crumb Letter\nLearn to Bake With Rye\n"
    for above in (links, "Learn to Bake With Rye\n\nClick on a timestamp to play\n\n"):
        captions = [one for one in read(f"{above}{ROWS}").pieces if one.kind == "caption"]
        assert [piece.heading for piece in captions] == ["", "", ""]


def test_a_heading_right_above_timed_rows_stays_one():
    page = f"# The Crumb\n\nThe Night Shift\n\n{ROWS}"
    assert {piece.heading for piece in read(page).pieces} == {"The Night Shift"}
