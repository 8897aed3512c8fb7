from __future__ import annotations

import pytest

from quizgen import layout
from quizgen.layout import adverts, facts, shapes
from quizgen.model import Document, Person


def read(text: str) -> Document:
    return layout.recognise(text.split("\n"), "x.md")


def seen(text: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in read(text).pieces]


# --- numbers, headings, lists ---


def test_a_number_alone_on_its_line_is_no_insight_unless_it_continues_the_run():
    page = "Key Insights\n\n1\n\nThe answer is\n\n42\n\n2\n\nThe next point stands here.\n"
    assert seen(page) == [
        ("insight", "The answer is\n\n42"),
        ("insight", "The next point stands here."),
    ]


def test_the_last_insight_does_not_swallow_the_prose_below():
    page = "Key Insights\n\n1\n\nOne point.\n\n2\n\nTwo points.\n\nThis is prose again.\n"
    assert seen(page)[-1] == ("section", "This is prose again.")


def test_a_sentence_in_capitals_inside_prose_is_no_heading():
    piece = read("The sign read\nDO NOT FEED THE BEARS\nand nobody did.").pieces[0]
    assert (piece.kind, piece.heading) == ("section", "")


@pytest.mark.parametrize(
    "heading", ["BERLIN, 1885, AND AFTER", "WHAT IT’S ABOUT: A VIEW", "3 BOXES IN 50 YEARS"]
)
def test_capitals_with_marks_and_digits_are_a_heading(heading: str):
    assert read(f"{heading}\n\nHe learned lists of syllables.").pieces[0].heading == heading


def test_headings_give_their_prose_and_bullets_a_place():
    note = (
        "# Cells\n\n## Energy\n\nIt makes ATP in\nthe matrix.\n\n- one\n  goes on\n* two\n1. three"
    )
    document = read(note)
    assert document.title == "Cells"
    assert [(piece.kind, piece.heading, piece.text) for piece in document.pieces] == [
        ("section", "Energy", "It makes ATP in the matrix."),
        ("bullet", "Energy", "one goes on"),
        ("bullet", "Energy", "two"),
        ("bullet", "Energy", "three"),
    ]


def test_plain_notes_have_headings_without_marks():
    note = "Plant notes\n\nLight reactions\n\nThey take place in the thylakoid membrane.\n"
    document = read(note)
    assert document.title == "Plant notes"
    assert document.pieces[0].heading == "Light reactions"


def test_a_comment_in_code_is_no_heading():
    document = read("# Loops\n\nA loop repeats its body.\n\n```\n# no heading\n```\n")
    assert [piece.kind for piece in document.pieces] == ["section"]
    assert document.dropped[0].why == "code"


def test_one_paragraph_is_a_section_without_heading():
    assert seen("Plants turn light into sugar.") == [("section", "Plants turn light into sugar.")]


def test_words_like_photonet_stay_whole_where_topics_run_together():
    line = "Early vision (PhotoNet, AlexNet)Learning in neural networksMemory and its limits"
    assert [text for _, text in seen(f"Topics\n\n{line}")] == [
        "Early vision (PhotoNet, AlexNet)",
        "Learning in neural networks",
        "Memory and its limits",
    ]


def test_a_page_that_announces_more_than_it_holds_is_told_on():
    page = "IDEAS WORTH REMEMBERING\n\n3 ideas\n\nA claim stands here.\n\nIt is explained here.\n"
    assert read(page).notices == (
        "the page announces 3 under 'IDEAS WORTH REMEMBERING', and 1 were found",
    )


def test_a_quote_of_several_sentences_with_a_quote_inside_is_one():
    page = "Quotes\n\nWe thought, ‘This is it.’ Nope, on it went.\n\nAda Lovelace\n"
    quote = read(page).pieces[0]
    assert quote.text == "We thought, ‘This is it.’ Nope, on it went."
    assert quote.speaker == "Ada Lovelace"


def test_an_answer_without_its_question_invents_none():
    faq = read("Common Questions\n\nThe mill computes and the store remembers.\n").pieces[0]
    assert (faq.kind, faq.text) == ("faq", "")
    assert faq.answer.startswith("The mill")


def test_questions_keep_their_answers():
    page = "FAQ\n\nWhat is a mill?\n\nIt computes.\n\nIt prints too.\n\nWho built it?\n\nNobody.\n"
    assert [(piece.text, piece.answer) for piece in read(page).pieces] == [
        ("What is a mill?", "It computes.\n\nIt prints too."),
        ("Who built it?", "Nobody."),
    ]


def test_a_quotation_that_runs_over_marked_lines_is_not_cut():
    note = "# Notes\n\n> Light drives the cycle\n> of carbon on this planet.\n"
    document = read(note)
    assert document.pieces == ()
    assert {gone.why for gone in document.dropped} == {"a quotation that runs over a line"}


# --- facts ---


def test_a_year_glued_to_hours_is_four_digits():
    told = facts.read("May 7, 20201h 37mWatch on YouTube ↗")
    assert told
    assert (told.date, told.minutes) == ("2020-05-07", 97)


def test_a_category_glued_to_minutes_gives_the_length_and_not_the_reading_time():
    told = facts.read("Science & Technology6 min read98 min video")
    assert told
    assert told.minutes == 98


def test_glued_participants_have_their_roles():
    told = facts.read("Ada LovelacehostCharles Babbageguest")
    assert told
    assert told.people == (Person("Ada Lovelace", "host"), Person("Charles Babbage", "guest"))


@pytest.mark.parametrize(
    "line",
    [
        "The engine was begun in May 1834 and never finished.",
        "Cell biology (Mar 2022)",
        "In 2010 everything changed for good",
        "Note: the mill is the part that computes.",
    ],
)
def test_a_sentence_or_a_title_with_a_date_is_no_line_of_facts(line: str):
    assert facts.read(line) is None


def test_a_posts_date_is_marked_as_such():
    document = read(
        "---\ntitle: Engines: the sequel\ndate: 2024-01-07 10:05\n---\n\nIt computes.\n"
    )
    assert document.title == "Engines: the sequel"
    assert [(told.date, told.where) for told in document.dates] == [
        ("2024-01-07", "front matter, line 3")
    ]


# --- speech ---


PLAIN = """\
Ada: What does the mill do?
Charles: It computes.
Ada: I see.
Charles: Good.
Ada: And the store?
Charles: It remembers."""
STAMPED = """\
[0:05] Ada Lovelace: What?
[0:09] Charles Babbage: It computes.
[1:02:03] Ada Lovelace: I see."""
BOLD = """\
**Ada Lovelace:** What?

**Charles Babbage:** It computes.

**Ada Lovelace:** I see."""
ABOVE = """\
Ada Lovelace  0:05
What?

Charles Babbage  0:09
It computes.

Ada Lovelace  1:02
Yes."""
BRACKETED = """\
Ada Lovelace (00:05):
What?

Charles Babbage (00:09):
It computes.

Ada Lovelace (01:02):
I see."""


@pytest.mark.parametrize("speech", [PLAIN, STAMPED, BOLD, ABOVE, BRACKETED])
def test_speakers_are_found_in_each_style_of_transcript(speech: str):
    document = read(speech)
    assert {piece.kind for piece in document.pieces} == {"turn"}
    assert document.pieces[1].speaker.startswith("Charles")
    assert document.pieces[1].text == "It computes."


def test_definitions_are_no_transcript():
    note = "Osmosis: water moves.\nDiffusion: anything moves.\nNote: slowly.\nNote: always.\n"
    assert all(piece.kind != "turn" for piece in read(note).pieces)


def test_times_alone_on_their_lines_place_the_words_below():
    panel = "0:00\nso today we talk about\n0:04\nhow the engine works\n0:09\nand what it is for\n"
    assert [(piece.kind, piece.seconds, piece.text) for piece in read(panel).pieces] == [
        ("caption", 0, "so today we talk about"),
        ("caption", 4, "how the engine works"),
        ("caption", 9, "and what it is for"),
    ]


def test_a_turn_without_a_time_has_the_one_before_and_times_may_step_back():
    speech = (
        "1:05\n**Ada Lovelace:** What?\n\n**Charles Babbage:** It computes.\n\n"
        "0:59\n**Ada Lovelace:** I see."
    )
    assert [piece.seconds for piece in read(speech).pieces] == [65, 65, 59]


def test_numbered_speakers_are_not_taken_for_one_another():
    lines = [f"Speaker {1 + turn % 2}: Turn number {turn}." for turn in range(14)]
    assert len(read("\n".join([*lines, "Speaker 3: Hello."])).people) >= 2
    assert not read("\n".join(lines)).notices


def test_a_speaker_begins_anew_after_an_advert():
    speech = (
        "**Ada Lovelace:** The mill computes. This show is sponsored by Acme Ink.\n\n"
        "**Ada Lovelace:** And the store?\n\n**Ada Lovelace:** It remembers.\n\n"
        "**Charles Babbage:** It does."
    )
    assert [piece.text for piece in read(speech).pieces] == [
        "The mill computes.",
        "And the store?\n\nIt remembers.",
        "It does.",
    ]


# --- adverts ---


def test_an_advert_is_cut_out_of_a_turn_and_the_rest_stays():
    said = (
        "The mill computes. This show is sponsored by Acme Ink. Ink was made in China long ago. "
        "Use code MILL for ten percent off your order. Now, what is the store?"
    )
    kept = [said[: advert.start] + said[advert.end :] for advert in adverts.in_prose(said)]
    assert kept == ["The mill computes.  Now, what is the store?"]


@pytest.mark.parametrize(
    "said",
    [
        "You can use code from the library, and the code runs on Google Play devices.",
        "The sponsors of the bill presented by the senator wanted a free trial in court.",
        "People subscribe to a theory. Reviews of it give five stars.",
        "Every app store takes a share; Apple takes thirty percent.",
    ],
)
def test_words_of_commerce_alone_make_no_advert(said: str):
    assert adverts.in_prose(said) == ()


# --- shapes ---


def test_stamps_become_seconds():
    assert shapes.seconds("1:02:03") == 3723
    assert shapes.seconds("97:05") == 5825


def test_emphasis_and_links_round_a_whole_text_are_stripped():
    assert shapes.unwrap("**The mill**") == "The mill"
    assert shapes.unwrap("[The mill](https://example.org/a_(b))") == "The mill"
    assert shapes.unwrap("**The** mill **computes**") == "**The** mill **computes**"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The cell is the unit of life, and it is not the smallest thing there is.", "en"),
        ("Die Zelle ist die kleinste Einheit des Lebens, und sie ist nicht einfach.", "de"),
        ("La cellule est une unité de la vie, et les plantes en ont dans leurs feuilles.", "fr"),
        ("La célula es la unidad de la vida, y los seres vivos se componen de ella.", "es"),
        ("Клетка является единицей жизни.", "ru"),
    ],
)
def test_the_language_is_told_by_its_common_words(text: str, language: str):
    assert read(text).language == language


# --- marks within the words ---


def test_inline_marks_are_no_words_of_a_piece():
    page = (
        '# Bread\n\nIt *always* needs **time**, [salt](https://example.org/a_(b) "Salt") '
        "&amp; `flour`;<br> the rest is __free__.\n"
    )
    (piece,) = read(page).pieces
    assert piece.text == "It always needs time, salt & flour; the rest is free."


def test_formulas_and_names_with_underscores_keep_their_marks():
    page = "# Heat\n\nAt $T_{hot}$ and $T_{cold}$ the field rye_dough_test is 2 * 3 * 4.\n"
    assert read(page).pieces[0].text == (
        "At $T_{hot}$ and $T_{cold}$ the field rye_dough_test is 2 * 3 * 4."
    )


def test_a_bold_line_over_its_item_stays_apart_from_it():
    page = "# Bread\n\n1. **The sponge**  \n   A sponge is a wet dough.\n2. **Salt**  \n   Later.\n"
    first, _ = read(page).pieces
    assert first.text == "The sponge\n\nA sponge is a wet dough."


def test_a_dash_under_a_quotation_gives_its_speaker_and_time():
    page = (
        "# Bread\n\n## Notable Quotes\n\n"
        '> "Dough waits for nobody."\n>\n'
        "> — [2:05](https://example.org/v?t=125s) &middot; *why it stayed with me*\n\n"
        "> Flour is patient.\n> — Ada Voss, 3:10\n"
    )
    said = [(piece.text, piece.speaker, piece.seconds) for piece in read(page).pieces]
    assert said == [("Dough waits for nobody.", "", 125), ("Flour is patient.", "Ada Voss", 190)]


@pytest.mark.parametrize(
    ("line", "speaker", "seconds"),
    [
        ('- "Dough waits for nobody." — Ada Voss', "Ada Voss", None),
        ('- "Dough waits for nobody." (Ada Voss, 12:31)', "Ada Voss", 751),
        ('- "Dough waits for nobody." [12:31]', "", 751),
        ('- "Dough waits for nobody." — Ada Voss (1:00:01)', "Ada Voss", 3601),
    ],
)
def test_a_quote_may_carry_speaker_and_time_on_its_line(
    line: str, speaker: str, seconds: int | None
):
    (quote,) = read(f"# Bread\n\n## Quotes\n\n{line}\n").pieces
    assert (quote.text, quote.speaker, quote.seconds) == (
        "Dough waits for nobody.",
        speaker,
        seconds,
    )


def test_an_author_s_comment_makes_no_piece():
    page = "# Bread\n\nDough rises slowly.\n\n<!--\n- an old list\n-->\n\nIt falls at once.\n"
    assert [piece.text for piece in read(page).pieces] == [
        "Dough rises slowly.\n\nIt falls at once."
    ]


def test_the_language_of_a_notebook_is_not_that_of_its_words():
    page = "---\nkernel:\n  language: python\n---\n\n# Heat\n\nThe heat flows to the cold side.\n"
    assert read(page).language == "en"
    assert read("---\nlanguage: german\n---\n\n# Brot\n\nDas Brot.\n").language == "de"


def test_speakers_in_front_matter_may_stand_in_brackets():
    page = '---\nspeakers: ["Ada Voss"]\nvideo_id: "q7Tm-Rc4_Zb"\n---\n\n# Bread\n\nIt rises.\n'
    document = read(page)
    assert [person.name for person in document.people] == ["Ada Voss"]
    assert document.recording == "q7Tm-Rc4_Zb"
