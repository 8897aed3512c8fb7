from __future__ import annotations

import pytest

from quizgen import evidence, layout
from quizgen.layout import facts, shapes
from quizgen.model import Document, Person


def read(text: str) -> Document:
    return layout.recognise(text.split("\n"), "x.md")


def seen(text: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in read(text).pieces]


# --- numbers, headings, lists ---


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


def test_questions_keep_their_answers():
    page = "FAQ\n\nWhat is a mill?\n\nIt computes.\n\nIt prints too.\n\nWho built it?\n\nNobody.\n"
    assert [(piece.text, piece.answer) for piece in read(page).pieces] == [
        ("What is a mill?", "It computes.\n\nIt prints too."),
        ("Who built it?", "Nobody."),
    ]


def test_a_quotation_that_runs_over_marked_lines_is_one_and_is_found_in_them():
    note = "# Notes\n\n> Light drives *the cycle\n> of carbon* on this planet.\n> — Ada Vale\n"
    document = read(note)
    (quote,) = document.pieces
    assert (quote.kind, quote.text, quote.speaker, quote.lines) == (
        "quote",
        "Light drives the cycle of carbon on this planet.",
        "Ada Vale",
        (3, 4),
    )
    assert evidence.stands(evidence.of(document, quote.text, quote), document)


# --- facts ---


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


def test_numbered_speakers_are_not_taken_for_one_another():
    lines = [f"Speaker {1 + turn % 2}: Turn number {turn}." for turn in range(14)]
    assert len(read("\n".join([*lines, "Speaker 3: Hello."])).people) >= 2
    assert not read("\n".join(lines)).notices


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


# --- pages that lost their blank lines, and other pages' habits ---


def test_pictures_and_bold_hide_no_title_of_a_list():
    page = (
        "# Bread\n\n## 💡 Key Insights\n\n- Salt slows it.\n\n### 📊 **Insights from the Oven**\n\n"
        "- Steam keeps it soft.\n\n✨ Key Takeaways:\n\n- Wait.\n\n## 🎙️ Quotes Worth Sharing\n\n"
        "“Dough waits for nobody.” — Ada Voss\n"
    )
    assert seen(page) == [
        ("insight", "Salt slows it."),
        ("insight", "Steam keeps it soft."),
        ("insight", "Wait."),
        ("quote", "Dough waits for nobody."),
    ]
    page = "# Bread\n\n## 🕶️ **Ovens and Steam**\n\nSteam keeps the crust soft.\n"
    assert read(page).pieces[0].heading == "Ovens and Steam"


def test_show_notes_are_content():
    page = "Show Notes\n\n• Why dough waits\n• What salt does\n\nNotable Quotes\n\n“Wait.”\n"
    assert [kind for kind, _ in seen(page)] == ["bullet", "bullet", "quote"]


def test_lines_that_each_end_a_sentence_are_paragraphs_and_short_ones_between_headings():
    page = (
        "Notes on Bread\n"
        "The Dough and Its Time\n"
        "Dough rises because yeast eats sugar and breathes out gas. It does so all night long.\n"
        "Cold dough rises slowly, and its flavor is better for it.\n"
        "Salt and Water\n"
        "Salt binds water, so that less of it is left for the yeast.\n"
    )
    document = read(page)
    assert document.title == "Notes on Bread"
    assert [(piece.heading, len(piece.text.split("\n\n"))) for piece in document.pieces] == [
        ("The Dough and Its Time", 2),
        ("Salt and Water", 1),
    ]


def test_wrapped_prose_stays_one_paragraph():
    note = (
        "# Bread\n\nDough rises because yeast eats sugar and breathes\nout gas. Cold dough rises "
        "slowly, and\nAda Voss likes its flavor better for it. Salt binds\nwater.\n"
    )
    assert "\n\n" not in read(note).pieces[0].text


def test_lines_that_open_with_pictures_are_a_list():
    page = "# Bread\n\n🧂 Salt: it slows the yeast.\n⚙️ Mills: they warm the flour.\n"
    assert seen(page) == [
        ("bullet", "Salt: it slows the yeast."),
        ("bullet", "Mills: they warm the flour."),
    ]


def test_questions_and_answers_may_be_items():
    page = "# Bread\n\n- Q: What slows yeast?\n- A: Salt does.\n- Q: And cold?\n- A: Cold too.\n"
    assert [(piece.kind, piece.text, piece.answer) for piece in read(page).pieces] == [
        ("faq", "What slows yeast?", "Salt does."),
        ("faq", "And cold?", "Cold too."),
    ]


def test_a_heading_right_under_an_item_is_no_part_of_it():
    page = (
        "# Bread\n\nHow Ada Voss Works\n- Weighs everything twice\n- Never opens the oven\n"
        "Tools of the Bakery\n- A scale\n- A blade that was\nsharpened yesterday\n"
    )
    assert [(piece.heading, piece.text) for piece in read(page).pieces] == [
        ("How Ada Voss Works", "Weighs everything twice"),
        ("How Ada Voss Works", "Never opens the oven"),
        ("Tools of the Bakery", "A scale"),
        ("Tools of the Bakery", "A blade that was sharpened yesterday"),
    ]


def test_an_item_that_introduces_deeper_ones_is_their_heading():
    page = (
        "# Bread\n\n## Flour\n\n- What weakens gluten:\n  - Bran cuts it.\n  - Acid dissolves it.\n"
        "- Rye has little of it.\n"
    )
    assert [(piece.kind, piece.heading, piece.text) for piece in read(page).pieces] == [
        ("topic", "Flour", "What weakens gluten"),
        ("bullet", "What weakens gluten", "Bran cuts it."),
        ("bullet", "What weakens gluten", "Acid dissolves it."),
        ("bullet", "Flour", "Rye has little of it."),
    ]


def test_an_indented_paragraph_below_an_item_is_part_of_it():
    page = "# Bread\n\n- Salt works.\n  \n  It slows yeast.\n  It tightens gluten.\n- Wait.\n"
    assert [text for _, text in seen(page)] == [
        "Salt works.\n\nIt slows yeast. It tightens gluten.",
        "Wait.",
    ]


def test_an_item_in_quotation_marks_with_a_name_behind_it_is_a_quote():
    page = (
        "# Bread\n\n## The night\n\n- “Dough waits for nobody, as I know.” – Dr. Ada Voss\n"
        "- “I said ‘wait’ until they waited, and then they baked.”Ben Marsh\n- “Wait” is a word.\n"
    )
    assert [(piece.kind, piece.speaker) for piece in read(page).pieces] == [
        ("quote", "Dr. Ada Voss"),
        ("quote", "Ben Marsh"),
        ("bullet", ""),
    ]


def test_quotes_in_lines_without_blanks_between_are_several():
    page = (
        "Quotes Worth Repeating\n“I let go of “shoulds” and baked at last.” Ada Voss\n"
        "“The oven is hot and I am not afraid of it.” Ben Marsh\n\nWhere to buy flour\n"
    )
    assert [
        (piece.text, piece.speaker) for piece in read(page).pieces if piece.kind == "quote"
    ] == [
        ("I let go of “shoulds” and baked at last.", "Ada Voss"),
        ("The oven is hot and I am not afraid of it.", "Ben Marsh"),
    ]


@pytest.mark.parametrize(
    ("line", "date", "minutes"),
    [
        ("April 26, 2024 64 mins", "2024-04-26", 64),
        ("2024/9/24", "2024-09-24", 0),
        ("🗓️ 23 June 2025", "2025-06-23", 0),
        ("⏱️ 45 minutes", "", 45),
        ("Released Friday, 21st June 2024", "2024-06-21", 0),
        ("Saturday, June 22, 2024", "2024-06-22", 0),
        ("This article was published on November 4, 2019", "2019-11-04", 0),
        ("[Recording date: May 15, 2025.]", "2025-05-15", 0),
        ("Episode Date: September 11, 2025", "2025-09-11", 0),
    ],
)
def test_dates_and_lengths_are_read_with_what_pages_put_around_them(
    line: str, date: str, minutes: int
):
    found = facts.read(line)
    assert found
    assert (found.date, found.minutes) == (date, minutes)


@pytest.mark.parametrize("line", ["45 minutes", "Bake for 45 minutes", "4/5 of it"])
def test_a_length_of_something_else_is_no_fact(line: str):
    assert facts.read(line) is None


def test_an_address_is_the_pages_own_only_above_its_content():
    body = "Dough rises because yeast eats sugar and breathes out gas, and it does so all night.\n"
    above = read(f"# Bread\n\nhttps://example.org/bread\n\n{body}")
    below = read(f"# Bread\n\n{body}\n🎙️ Get the full notes here!\nhttps://example.org/offer\n")
    assert (above.url, below.url) == ("https://example.org/bread", "")
    assert [gone.why for gone in below.dropped] == ["a call to follow a link", "a link"]
    assert read("# Bread\n\nhttps://example.org/loaf.png\n\nIt rises.\n").url == ""


def test_properties_of_linked_notes_are_facts():
    note = (
        'title:: "Why Dough Waits (highlights)"\nauthor:: [[Ada Voss]]\ncategory:: #articles\n'
        "url:: https://example.org/dough\n\n- Salt slows it. ([View Highlight](https://example.org/h/1))\n"
        "- [[yeast]]\n"
    )
    document = read(note)
    assert (document.title, document.url) == (
        "Why Dough Waits (highlights)",
        "https://example.org/dough",
    )
    assert document.people == (Person("Ada Voss", "author"),)
    assert [piece.text for piece in document.pieces] == ["Salt slows it."]


def test_a_label_says_what_its_line_is():
    page = (
        "# Bread\n\nTL;DR: Dough needs time.\n\n"
        "Favorite Quote: “Dough waits for nobody, ever.” — Ada Voss\n\n"
        "Key takeaway: Salt slows yeast.\n\nNote: it is cold today.\n"
    )
    assert [(piece.kind, piece.text) for piece in read(page).pieces] == [
        ("summary", "Dough needs time."),
        ("quote", "Dough waits for nobody, ever."),
        ("insight", "Salt slows yeast."),
        ("section", "Note: it is cold today."),
    ]


def test_numbered_lessons_are_headings():
    page = "# Bread\n\nLesson 1: I love a long and cold rise!\n\n- It is slow.\n- It is sour.\n"
    assert {piece.heading for piece in read(page).pieces} == {
        "Lesson 1: I love a long and cold rise!"
    }


def test_of_two_headings_over_a_list_the_nearer_is_its_own():
    page = (
        "Baking Notes\n\nLecture 1: Flour and Water\n\nAims of the Course\n\n- Weigh it.\n- Wait.\n"
    )
    assert {piece.heading for piece in read(page).pieces} == {"Aims of the Course"}


def test_a_title_that_the_head_repeats_is_the_title():
    page = (
        "Home\n\nAda Voss on Bread and Time\n\nMar 4, 2025\n\nAda Voss on Bread and Time\n\n"
        "Dough rises because yeast eats sugar and breathes out gas.\n"
    )
    document = read(page)
    assert document.title == "Ada Voss on Bread and Time"
    assert "the title again" in {gone.why for gone in document.dropped}


@pytest.mark.parametrize(
    "line",
    [
        "Available transcripts are automatically generated. Complete accuracy is not guaranteed.",
        "Click on a timestamp to play from that location",
        '<iframe src="https://example.org/embed" width="100%"></iframe>',
        "4.8 • 642 Ratings",
        "N/A views",
        "cover of episode Ada Voss on Bread",
    ],
)
def test_lines_about_the_page_are_no_content(line: str):
    document = read(f"# Bread\n\n{line}\n\nDough rises because yeast eats sugar.\n")
    assert [gone.text for gone in document.dropped] == [line]


def test_the_line_above_a_pages_logo_or_date_is_its_title_and_the_one_before_a_button():
    page = (
        "Watch summary\n\nRivers, again\n\nMar 4, 2025|48,112 views\n\nKey Insights\n\n1\n\nOne.\n"
    )
    assert read(page).title == "Rivers, again"


# --- headings and titles told by what stands around them ---


def test_a_sentence_between_a_heading_and_its_list_is_no_heading():
    page = (
        "Ada Voss and Her Short Talks\n\nThe full talks are for those who subscribe to them, as "
        "ever.\n\nReasons to Wait | Episode #4\n\n"
        "This Short comes from an hour with Dr. Ben Marsh (Bread Notes)\n\n"
        "- Cold dough rises slowly.\n- Salt slows it too.\n"
    )
    assert [(piece.kind, piece.heading) for piece in read(page).pieces[1:]] == [
        ("section", "Reasons to Wait | Episode #4"),
        ("bullet", "Reasons to Wait | Episode #4"),
        ("bullet", "Reasons to Wait | Episode #4"),
    ]


PAIRS = (
    ("Weigh the flour.", "A cup holds more on one day than on another. A scale does not care."),
    ("Trust the dough.", "Clocks know nothing of your kitchen. Press it, and see if it springs."),
    ("Cold is a friend.", "It gives the bakers their sleep. It gives the crust its color too."),
    ("Steam before heat.", "A dry crust sets at once. A wet one has time to grow."),
)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_short_sentences_that_take_turns_with_longer_texts_are_their_headings(between: str):
    page = between.join(
        ["Notes on Bread", "How to begin", *(line for two in PAIRS for line in two)]
    )
    assert [(piece.heading, piece.text) for piece in read(page).pieces] == list(PAIRS)


def test_a_short_paragraph_now_and_then_is_no_heading():
    page = "\n\n".join(["# Bread", *(line for two in PAIRS[:3] for line in two)])
    (piece,) = read(page).pieces
    assert piece.heading == ""


def test_a_heading_below_a_long_item_is_told_from_a_wrapped_line_by_the_room_above_it():
    item = "- Bakers who sell their bread a day later let it stand for one hour more"
    longer = f"{item}, in autumn and in winter"
    page = f"# Bread\n\n{longer}\n{item}\nTools and Tables\n- A scale\n"
    last = read(page).pieces[-1]
    assert (last.heading, last.text) == ("Tools and Tables", "A scale")
    wrapped = read(f"# Bread\n\n{item}\nTools and Tables\n- A scale\n")
    assert wrapped.pieces[0].text.endswith("Tools and Tables")


def test_a_label_that_stands_under_several_headings_hides_none():
    page = (
        "Baking Club\n\n3.\n\nAbsences:\n\nMinutes:\n\nBen Marsh was ill, and sent a loaf.\n\n"
        "4.\n\nThe new oven (if any):\n\nMinutes:\n\nIt was asked what an oven costs.\n"
    )
    document = read(page)
    assert [(piece.text, piece.explanation) for piece in document.pieces] == [
        ("Absences", "Ben Marsh was ill, and sent a loaf."),
        ("The new oven (if any)", "It was asked what an oven costs."),
    ]
    assert [gone.text for gone in document.dropped] == ["3.", "4."]


def test_the_number_of_an_episode_is_no_title():
    page = (
        "Make yourself at home on this page!\n\nSeason Two Episode 6\n\nSeason Two Episode 6\n\n"
        "Bread, A Matter of Time\n\nHere Ada Voss kills a sourdough, and learns to bake.\n"
    )
    assert read(page).title == "Bread, A Matter of Time"


def test_a_numbered_line_below_show_and_date_is_the_title():
    page = (
        "The Bread Hour - March 04, 2025\n\n#12 - Why dough waits for nobody\n\n"
        "Dough rises because yeast eats sugar and breathes out gas.\n"
    )
    document = read(page)
    assert document.title == "#12 - Why dough waits for nobody"
    assert [told.date for told in document.dates] == ["2025-03-04"]
    rules = "Rules of the Oven - March 04, 2025\n\n#1 - Weigh the flour\n\n#2 - Trust the dough\n"
    assert read(rules).title != "#1 - Weigh the flour"


def test_the_first_line_over_parts_with_questions_is_their_title():
    page = (
        "Frequently asked questions about the bakery\nOf Ovens & Dough\n"
        "Q: What slows yeast?\nA: Salt does.\n\nCold does too.\n"
    )
    document = read(page)
    assert document.title == "Frequently asked questions about the bakery"
    assert [(piece.text, piece.answer) for piece in document.pieces] == [
        ("What slows yeast?", "Salt does.\n\nCold does too.")
    ]


def test_a_line_without_a_picture_ends_a_list_of_pictures():
    page = (
        "# Bread\n\nFlour and Salt\n🧂 Salt slows the yeast.\n⚙️ Mills warm the flour.\n"
        "Heat and Steam\n🔥 Steam keeps the crust soft.\n💨 It leaves by the door.\n"
    )
    assert [(piece.heading, piece.text) for piece in read(page).pieces] == [
        ("Flour and Salt", "Salt slows the yeast."),
        ("Flour and Salt", "Mills warm the flour."),
        ("Heat and Steam", "Steam keeps the crust soft."),
        ("Heat and Steam", "It leaves by the door."),
    ]


def test_an_address_right_below_a_call_is_no_part_of_its_words():
    half = "\n\n".join(f"Dough number {number} rises slowly in the cold." for number in range(20))
    page = f"# Bread\n\n{half}\n\n💃 Bake with us!\nhttps://example.org/us\n\n{half}\n"
    gone = [one.why for one in read(page).dropped]
    assert gone == ["a call to follow a link", "a link"]


# --- the head of a site's page ---


def _page(*head: str) -> Document:
    body = ("", "TL;DR", "Salt slows yeast, and time does the rest.", "", "KEY INSIGHTS", "")
    insights = ("1. Salt slows yeast", "It draws water out of the cells.", "", "2. Time is food")
    return read("\n".join((*head, *body, *insights, "Enzymes need hours to free sugar.", "")))


def test_a_row_of_buttons_is_no_title_and_a_row_of_facts_tells_who_and_when():
    page = _page(
        "Home   Explore   Shows   Pricing   Log in",
        "",
        "BREAD WITHOUT HURRY: HOW TIME MAKES FLAVOUR",
        "The Quiet Oven  ·  Episode 88  ·  Host: Dana Ode  ·  Guest: Lionel Brand, a miller"
        "  ·  Mar 14, 2023  ·  58 min listen · 6 min read",
    )
    assert page.title == "BREAD WITHOUT HURRY: HOW TIME MAKES FLAVOUR"
    assert [person.name for person in page.people] == ["Dana Ode", "Lionel Brand"]
    assert [dated.date for dated in page.dates] == ["2023-03-14"]
    assert page.minutes == 58


def test_the_path_above_a_title_is_furniture():
    page = _page("Podbook / Food & Drink / Slow Oven", "", "**How time makes a loaf — and salt**")
    assert page.title == "How time makes a loaf — and salt"
    assert ("Podbook / Food & Drink / Slow Oven", "furniture") in {
        (gone.text, gone.why) for gone in page.dropped
    }


def test_a_book_s_author_stands_below_its_title():
    page = _page(
        "BOOKS IN BRIEF                     Search | My library | Upgrade",
        "",
        "The Patient Loaf",
        "Salt, Water and Time in the Village Bakery",
        "by A. B. Miller (1938)",
        "History  |  Reading time: 7 minutes  |  ★ 4.5",
    )
    assert page.title == "The Patient Loaf"
    assert [(person.name, person.role) for person in page.people] == [("A. B. Miller", "author")]


def test_the_first_line_of_an_insight_is_its_heading_where_the_next_word_had_room():
    page = _page("How time makes a loaf")
    assert [piece.text for piece in page.pieces if piece.kind == "insight"] == [
        "Salt slows yeast\n\nIt draws water out of the cells.",
        "Time is food\n\nEnzymes need hours to free sugar.",
    ]


def test_captions_below_their_times_keep_them():
    lines = [
        f"0:{second:02}\nand in year {second} the grass held soil" for second in range(0, 59, 2)
    ]
    head = "The Dust Bowl (auto-generated captions)\nKind: captions  Language: en\n\n"
    document = read(head + "\n".join(lines) + "\n")
    assert [piece.seconds for piece in document.pieces[:3]] == [0, 2, 4]
    assert not any(piece.text[:1].isdigit() for piece in document.pieces)


def test_a_wrapped_line_is_no_heading():
    page = read(
        "Key insights\n\n"
        "1. Salt slows the yeast of a dough and tightens its\n"
        "Gluten at the same time, says the baker.\n\n"
        "2. Time is food for those who wait.\n"
    )
    assert page.pieces[0].text.startswith("Salt slows the yeast of a dough and tightens its Gluten")


# --- what sites and notebooks put around their words ---


def test_front_matter_names_its_authors_in_a_list_and_sums_up_its_page():
    note = (
        "---\ntitle: Rye\nauthors:\n  - ann-de-lee\n  - 'Bob Ray'\nsummary: >\n"
        "  Rye rises more slowly\n  than wheat does.\ntags:\n  - bread\n---\n\n"
        "What Ann de Lee says of dough is that it waits.\n"
    )
    document = read(note)
    assert [person.name for person in document.people] == ["Ann de Lee", "Bob Ray"]
    summary = document.pieces[0]
    assert (summary.kind, summary.text) == ("summary", "Rye rises more slowly than wheat does.")
    assert evidence.stands(evidence.of(document, summary.text, summary), document)
    assert layout.unaccounted(document) == ()


def test_a_name_that_a_site_writes_as_an_address_gets_its_capitals():
    assert [person.name for person in read("---\nauthors:\n- ada-vale\n---\nRye.\n").people] == [
        "Ada Vale"
    ]


def test_a_few_words_about_a_page_in_its_front_matter_are_no_summary():
    assert seen("---\nsummary: about bread\n---\n\nRye rises.\n") == [("section", "Rye rises.")]


def test_prose_behind_a_list_that_a_colon_introduced_goes_on_with_its_part():
    page = (
        "# Bread\n\n## Key Takeaways\n\nRye rises slowly.\n\nIt needs three things:\n\n"
        "- warmth\n- water\n\nWheat rises at once.\n\n## Salt\n\nIt does two things:\n\n"
        "1. it slows yeast\n2. it firms dough\n\nToo much of it kills yeast.\n"
    )
    document = read(page)
    assert [(piece.kind, piece.text) for piece in document.pieces if piece.kind == "insight"] == [
        ("insight", "Rye rises slowly."),
        ("insight", "Wheat rises at once."),
    ]
    (section,) = [piece for piece in document.pieces if piece.kind == "section"]
    assert (section.heading, section.text) == ("Salt", "Too much of it kills yeast.")


@pytest.mark.parametrize(
    "markup",
    [
        "<pre>\ngraph LR\n  A --> B\n</pre>",
        "<svg>\n<path d='M0'/>\n</svg>",
        "::mermaid\n<PRE>x</PRE>\n::",
        ":::tip{open}",
        "![A loaf](loaves/rye (2).png)",
        "undefined",
        "« Back to the index",
        "Scroll down for the transcript",
    ],
)
def test_markup_and_leftovers_of_a_site_are_no_words_of_its_page(markup: str):
    document = read(f"# Bread\n\nRye rises slowly.\n\n{markup}\n\nWheat does not wait.\n")
    assert "\n\n".join(piece.text for piece in document.pieces) == (
        "Rye rises slowly.\n\nWheat does not wait."
    )


def test_an_item_of_a_few_words_names_what_the_deeper_ones_are_about():
    page = "# Flour\n\n- Rye\n    - rises slowly\n    - tastes of earth\n- It keeps well in a jar\n"
    assert [(piece.kind, piece.heading, piece.text) for piece in read(page).pieces] == [
        ("topic", "", "Rye"),
        ("bullet", "Rye", "rises slowly"),
        ("bullet", "Rye", "tastes of earth"),
        ("bullet", "", "It keeps well in a jar"),
    ]


def test_a_box_of_a_notebook_is_prose_unless_it_is_one_for_quotations():
    page = (
        "# Bread\n\n> [!note] Warmth\n> Rye rises in a warm\n> kitchen.\n>\n"
        "> Wheat does anywhere.\n"
        "\n> [!quote]+ Ada Vale\n> Dough waits for nobody.\n\n> [!abstract]\n> Bread is patience.\n"
        "\n> [!info] About\n> - **Released:** May 7, 2020\n"
    )
    document = read(page)
    assert [(piece.kind, piece.heading, piece.text) for piece in document.pieces] == [
        ("section", "Warmth", "Rye rises in a warm kitchen.\n\nWheat does anywhere."),
        ("quote", "Ada Vale", "Dough waits for nobody."),
        ("summary", "", "Bread is patience."),
    ]
    assert [told.date for told in document.dates] == ["2020-05-07"]
    assert layout.unaccounted(document) == ()


def test_lines_of_a_quotation_that_end_their_sentences_are_quotes_of_their_own():
    page = "# Bread\n\n> Dough waits for nobody.\n> Rye\n> is patient.\n>\n> So\n> am I\n"
    assert seen(page) == [
        ("quote", "Dough waits for nobody."),
        ("quote", "Rye is patient."),
        ("quote", "So am I"),
    ]


def test_a_page_names_the_speakers_of_its_talks_with_links():
    page = "# Bread Day\n\n2015-12-15 in Lund, Sweden\n\nby [Ada Vale](https://x.org) and Bob Ray\n"
    document = read(page + "\n- Rye rises slowly when it is cold.\n")
    assert [person.name for person in document.people] == ["Ada Vale", "Bob Ray"]
    assert [told.date for told in document.dates] == ["2015-12-15"]


def test_a_line_of_the_source_gives_the_address_and_is_no_heading():
    line = "Source: Vale et al., [On Rye](https://x.org/rye) (2022)"
    document = read(f"# Rye\n\n{line}\n\n## Dough\n\nIt waits.\n")
    assert document.url == "https://x.org/rye"
    assert document.dropped == ()


def test_chapters_right_above_the_speech_are_chapters():
    page = (
        "0:0 Welcome\n0:41 Rye\n2:05 Wheat\n3:50 Goodbye\n\n0:00.0 | Rye is what\n"
        "0:02.5 | we bake today\n0:05.5 | and wheat later\n"
    )
    document = read(page)
    assert [(each.kind, each.seconds) for each in document.pieces if each.kind == "chapter"] == [
        ("chapter", 0),
        ("chapter", 41),
        ("chapter", 125),
        ("chapter", 230),
    ]
    assert [each.text for each in document.pieces if each.kind == "caption"] == [
        "Rye is what",
        "we bake today",
        "and wheat later",
    ]


def test_a_line_that_introduces_what_is_gone_still_says_what_it_says():
    page = (
        "# Rye\n\nSince then the harvest fell by half:\n\n![chart](x.png)\n"
        "Chart: The Rye Office\n\n## Wheat\n\nIt grew.\n"
    )
    document = read("# Oats\n\n" + "They are eaten.\n\n" * 15 + page + "\nIt rests.\n" * 15)
    assert ("topic", "Since then the harvest fell by half") in [
        (piece.kind, piece.text) for piece in document.pieces
    ]


def test_a_transcript_between_fences_is_a_transcript():
    talk = "\n\n".join(
        f"[0:{at:02}] {name}: {said}"
        for at, (name, said) in enumerate(
            [("Ann", "Does rye rise?"), ("Bob", "It does, slowly.")] * 3
        )
    )
    document = read(
        f"# Bread\n\nThis is what we said.\n\n```\n{talk}\n```\n\n```py\nx: int = 1\n```\n"
    )
    assert [(p.speaker, p.seconds) for p in document.pieces if p.kind == "turn"][:2] == [
        ("Ann", 0),
        ("Bob", 1),
    ]
    assert [gone.why for gone in document.dropped] == ["a fence around words"] * 2 + ["code"]


def test_code_between_fences_without_a_language_stays_code():
    page = (
        "# Loops\n\nA loop repeats.\n\n```\nname: rye\nkind: flour\nmill: stone\nfor x in y:\n```\n"
    )
    assert [gone.why for gone in read(page).dropped] == ["code"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_plain_lines_right_below_a_line_with_a_colon_are_its_list(gap: str):
    books = ["The Rye Field (Page 38)", "Wheat by Bob Ray (Page 39)", "Flour by Cy Moe (Page 40)"]
    long = "The dough stood in a warm place for as long as anybody in the house could remember it. "
    prose = "\n".join(long * 3 for _ in range(12))
    document = read(f"{prose}\nBook listing:{gap}{gap.join(books)}\n\n## After\n\nIt rests.\n")
    assert [(each.heading, each.text) for each in document.pieces if each.kind == "bullet"] == [
        ("Book listing", book) for book in books
    ]


# --- degrees behind the names of those who speak ---


@pytest.mark.parametrize("degree", ["Ph.D.", "PsyD", "M.D.", "MSc", "Jr.", "M.D., Ph.D.", "RN"])
def test_a_degree_behind_a_name_does_not_give_the_words_to_somebody_else(degree: str):
    talk = (
        f"**Ada Voss, {degree}:** Why does the dough rise more slowly when the night is cold?\n\n"
        "**Ben Marsh:** Because the yeast feeds more slowly, and the acids go on forming.\n\n"
        f"**Ada Voss, {degree}:** So a cold night gives the loaf its taste, as I always say.\n\n"
        "**Ben Marsh:** It does, and it gives the baker an hour more of sleep besides.\n"
    )
    turns = [piece for piece in read(talk).pieces if piece.kind == "turn"]

    assert [turn.speaker for turn in turns] == ["Ada Voss", "Ben Marsh"] * 2
    assert not any("Voss" in turn.text for turn in turns)
