"""Speech in the shapes that transcripts and captions have, and what only looks like it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import layout
from quizgen.layout import labels, shapes, speakers
from quizgen.model import Document

LONG = "Salt slows the yeast, and the dough gains the time that it needs to build its flavor."


def read(text: str) -> Document:
    document = layout.recognise(text.split("\n"), "x.md")
    assert layout.unaccounted(document) == ()
    return document


def said(text: str) -> list[tuple[str, str]]:
    """Give who says what in the turns of a text."""
    return [(piece.speaker, piece.text) for piece in read(text).pieces if piece.kind == "turn"]


def timed(text: str) -> list[tuple[int | None, str]]:
    pieces = read(text).pieces
    return [(piece.seconds, piece.text) for piece in pieces if piece.kind in ("turn", "caption")]


def roles(text: str) -> dict[str, str]:
    return {person.name: person.role for person in read(text).people}


def turns(*lines: str) -> str:
    return "\n\n".join(lines)


DEBATE = turns(
    "The Bread Debate",
    f"JANE SMITH: {LONG}",
    "PAUL BROWN: It does not.",
    "JANE SMITH: It does.",
    "PAUL BROWN: Prove it.",
)

# --- labels that come once ---


@pytest.mark.parametrize(
    "label", ["MARY JONES", "AUDIENCE MEMBER", "THE MODERATOR", "THE COURT", "Mr. GREEN"]
)
def test_a_label_that_comes_once_is_a_speakers_where_it_looks_like_the_others(label: str):
    text = turns(DEBATE, f"{label}: Is the oven hot?", "JANE SMITH: It is.")
    assert said(text)[-2:] == [(label, "Is the oven hot?"), ("JANE SMITH", "It is.")]


def test_everybody_may_speak_once_where_a_transcript_is_announced():
    text = turns(
        "TRANSCRIPT The Rye Hour",
        "TARA HALE: I do not really buy into this idea.",
        "DAVID WISE: A loaf is a loaf, and salt is salt.",
        "ANN LEE: And I am Ann Lee.",
    )
    assert [speaker for speaker, _ in said(text)] == ["TARA HALE", "DAVID WISE", "Ann Lee"]


@pytest.mark.parametrize(
    "line", ["Transcript", "Read the transcript here.", "Download the full transcript"]
)
def test_a_page_that_offers_a_transcript_is_none(line: str):
    text = turns("# Bread", line, "Sourdough Starter: It is kept for years.", "It is fed daily.")
    assert said(text) == []


def test_a_label_unlike_the_others_ends_the_turn_above_and_is_nobodys():
    text = turns(
        "Ann Lee: What is dough?",
        "Bob Ray: Flour and water.",
        "Ann Lee: And salt?",
        "Salt: that is for later.",
        "Bob Ray: Some salt slows it down.",
    )
    assert said(text)[2:4] == [("Ann Lee", "And salt?"), ("", "Salt: that is for later.")]


def test_words_with_a_colon_inside_a_turn_of_bold_labels_stay_in_it():
    text = turns(
        "**Ann Lee:** What is dough?",
        "**Bob Ray:** Two things.",
        "Flour: it gives the starch.",
        "**Ann Lee:** I see.",
    )
    assert said(text)[1] == ("Bob Ray", "Two things.\n\nFlour: it gives the starch.")


def test_a_headline_that_comes_again_and_again_speaks_to_nobody():
    head = "Introducing Crumb Weekly: Your Bread News, Now in Audio!"
    text = turns(head, head, "Friday at last.", head, "0:00", "if I may", "0:03", "say so")
    document = read(text)
    assert not any(piece.speaker for piece in document.pieces)
    assert document.people == ()


def test_a_title_in_capitals_with_a_colon_is_no_speaker():
    text = turns("LISTEN AND READ: The Transcript of the Bread Hearing", *DEBATE.split("\n\n")[1:])
    assert {speaker for speaker, _ in said(text)} == {"JANE SMITH", "PAUL BROWN"}


# --- questioners without a name ---


@pytest.mark.parametrize(("asks", "mark"), [("Q.  ", "."), ("Q: ", ":"), ("**Q:** ", ":")])
def test_a_question_among_labels_ends_the_answer_above(asks: str, mark: str):
    text = turns(
        "Media Day",
        f"{asks}What of the team{mark}\nTOM GREEN:  We won, and we will win again.",
        f"{asks}And the rain?\nTOM GREEN:  It fell.",
        f"{asks}And you?\nTOM GREEN:  I got wet.",
    )
    assert said(text)[:3] == [
        ("", f"What of the team{mark}"),
        ("TOM GREEN", "We won, and we will win again."),
        ("", "And the rain?"),
    ]


def test_an_initial_is_no_answer_where_nobody_asks():
    text = turns(DEBATE, "A. Lincoln liked his bread.", "JANE SMITH: He did.")
    assert said(text)[-2] == ("PAUL BROWN", "Prove it.\n\nA. Lincoln liked his bread.")


def test_questions_and_answers_without_other_labels_stay_questions():
    text = turns("Q: What is dough?", "A: Flour and water.", "Q: And salt?", "A: Later.")
    assert [(piece.kind, piece.text, piece.answer) for piece in read(text).pieces] == [
        ("faq", "What is dough?", "Flour and water."),
        ("faq", "And salt?", "Later."),
    ]


RUN_ON = (
    "1 Tape One Question: Please spell your name. Answer: B-o-b. Q: Where were you born? "
    "A: Here. Q: And when? A: In March. Q: What did you bake?\n\n2 2 A: Rye, mostly. Q: Why rye?"
)


def test_questions_that_run_on_in_a_line_are_cut():
    pieces = read(f"Interview with Bob\n\n{RUN_ON}").pieces
    asked = [(piece.text, piece.answer) for piece in pieces if piece.kind == "faq"]
    assert asked[1:3] == [("Where were you born?", "Here."), ("And when?", "In March.")]


def test_questions_that_run_on_are_turns_where_a_transcript_is_announced():
    parts = said(f"Interview with Bob\n\nTranscription\n\n{RUN_ON}")
    assert [text for _, text in parts][:4] == [
        "Please spell your name.",
        "B-o-b.",
        "Where were you born?",
        "Here.",
    ]
    assert parts[-2:] == [("", "Rye, mostly."), ("", "Why rye?")]


# --- what stands beside a name ---


def test_an_affiliation_or_a_role_beside_a_name_is_no_part_of_it():
    text = turns(
        "TERRY GROSS, HOST: Welcome to the show.",
        "Mr. JOHN NICHOLS (The Nation): Thank you.",
        "GROSS: What is dough?",
        "Mr. NICHOLS: Flour and water.",
        "AMY WALTER, The Rye Report: And salt.",
    )
    assert [speaker for speaker, _ in said(text)] == [
        "TERRY GROSS",
        "Mr. JOHN NICHOLS",
        "TERRY GROSS",
        "Mr. JOHN NICHOLS",
        "AMY WALTER",
    ]
    assert roles(text)["TERRY GROSS"] == "host"


@pytest.mark.parametrize(("short", "full"), [("SI", "Shaun Illing"), ("Shaun", "Shaun Illing")])
def test_initials_and_first_names_stand_for_the_full_name(short: str, full: str):
    text = turns(
        f"{full}: This begins an interview.",
        "Maurice Meyers: You are welcome.",
        f"{short}: Where were you born?",
        "Meyers: In a bakery.",
        f"{short}: And then?",
        "Meyers: I left.",
    )
    assert {speaker for speaker, _ in said(text)} == {full, "Maurice Meyers"}
    (person,) = [person for person in read(text).people if person.name == full]
    assert person.aliases == (short,)


def test_a_last_name_that_two_people_have_is_joined_to_neither():
    text = turns(
        "JANE SMITH: One.", "PAUL SMITH: Two.", "JANE SMITH: Three.", "PAUL SMITH: Four.",
        "SMITH: Five.",
    )  # fmt: skip
    assert said(text)[-1] == ("SMITH", "Five.")


def test_who_says_what_this_is_and_who_speaks_is_the_host():
    text = turns(DEBATE, "JANE SMITH: Hey, I am Jane Smith. This is Breadlab.")
    assert roles(text) == {"Jane Smith": "host", "PAUL BROWN": "speaker"}


def test_who_introduces_a_show_is_its_host_and_names_the_guest():
    text = turns(
        "0:00:13.8 **Adam Hale** Welcome to the Rye Hour. I’m Adam Hale and my guest is Jen Luker.",
        "0:00:21.9 **Jen Luker** Hello.",
        "0:00:23.0 **Adam Hale** So, what is dough?",
        "0:00:39.9 **Jen Luker** Flour and water.",
    )
    assert roles(text) == {"Adam Hale": "host", "Jen Luker": "guest"}


# --- other marks of a speaker ---


def test_a_name_in_capitals_is_spelt_as_the_head_of_the_page_spells_it():
    text = turns(
        "Second Loaf: the baker who was sure",
        "Guest: Professor Ruth Abel, food chemist",
        "Interviewer: Omar West",
        "",
        "OMAR WEST [00:14]: What does salt do to a dough?",
        "RUTH ABEL [00:19]: It slows the yeast, and it tightens the gluten.",
        "WEST [00:31]: And sugar?",
        "ABEL [00:36]: A little feeds it, a lot dries it out.",
    )
    assert roles(text) == {"Ruth Abel": "guest", "Omar West": "host"}
    assert {speaker for speaker, _ in said(text)} == {"Ruth Abel", "Omar West"}


def test_a_time_and_a_name_may_stand_in_one_run_of_bold():
    text = turns(
        "**Participants:** JUNE PARR (host), DR. FELIX AMES (food chemist)",
        "",
        "**[00:00:08] JUNE PARR:** You're listening to Kitchen Bench, I'm June Parr.",
        "",
        "**[00:00:22] FELIX AMES:** Hello June. Water takes the sour things out first.",
        "",
        "**[00:00:31] PARR:** And the bitter ones?",
    )
    assert roles(text)["June Parr"] == "host"
    assert [speaker for speaker, _ in said(text)] == ["June Parr", "FELIX AMES", "June Parr"]


def test_two_chevrons_change_the_speaker_and_quote_nobody():
    text = turns(
        "Council Meeting",
        ">> We will open the meeting.",
        ">> SPEAKER: So moved. >> Ann Lee: Second.",
        "I would like to thank him. >> Any comments?",
    )
    assert said(text) == [
        ("", "We will open the meeting."),
        ("", "So moved."),
        ("Ann Lee", "Second.\n\nI would like to thank him."),
        ("", "Any comments?"),
    ]


def test_a_quotation_within_a_quotation_is_no_change_of_speaker():
    text = "# Mail\n\n> I agree.\n>\n>> You said so.\n>> Did you?\n>> You did.\n"
    assert said(text) == []


def test_shifts_and_prompts_in_prose_are_no_chevrons():
    text = "Write a >> b to shift.\n\nOr b >> c.\n\nOr c >> d.\n\n>>> print(1)\n\n>>> print(2)"
    assert said(text) == []


def test_a_hearing_with_full_stops_after_its_labels_is_cut_at_each():
    text = (
        "(20:05:53) Senator MURRAY. Mr. Chairman, we have had no time. The CHAIRMAN. I beg your "
        "pardon.\n\nSenator McCAIN. I yield. The CHAIRMAN. Thank you."
    )
    assert said(text) == [
        ("Senator MURRAY", "Mr. Chairman, we have had no time."),
        ("The CHAIRMAN", "I beg your pardon."),
        ("Senator McCAIN", "I yield."),
        ("The CHAIRMAN", "Thank you."),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "**{name}** {words}",
        "**{name}**\n{words}",
        "**{name}**\n\n{words}",
        "{time} {name}\n{words}",
    ],
)
def test_names_without_a_colon_are_labels_where_they_take_turns(row: str):
    talk = [("Ann Lee", "What is dough?"), ("Bob Ray", "Flour and water.")] * 2
    rows = [
        row.format(name=name, words=words, time=f"00:0{at}")
        for at, (name, words) in enumerate(talk)
    ]
    assert said(turns("# A Show", *rows)) == talk


def test_a_list_is_speech_where_names_in_capitals_come_back_in_it():
    text = turns(
        "• ANN LEE: Nobody knows dough better than me.", "• I alone can bake it.",
        "• BOB RAY: You cannot.", "• ANN LEE: I can.", "• BOB RAY: Prove it.",
    )  # fmt: skip
    assert said(text)[:2] == [
        ("ANN LEE", "Nobody knows dough better than me.\n\nI alone can bake it."),
        ("BOB RAY", "You cannot."),
    ]


# --- times ---


@pytest.mark.parametrize(
    ("stamp", "seconds"),
    [("0:08.0", 8), ("0:00:13.8", 13), ("00:00:17.719", 17), ("00:00:17,719", 17)],
)
def test_parts_of_a_second_are_left_out(stamp: str, seconds: int):
    assert shapes.seconds(stamp) == seconds
    assert shapes.stamped(f"{stamp} Dough waits.") == (seconds, "", "Dough waits.")


VTT = """\
WEBVTT - Ready for Rye

1
00:00:01.000 --> 00:00:04.000
<v Ann Lee>Dough waits for nobody. Am

2
00:00:04.200 --> 00:00:07.000
<v Ann Lee>I right?

3
00:00:08.000 --> 00:00:09.000
<v Bob Ray>You are."""
SRT = """\
1
00:00:00,500 --> 00:00:02,900
Words Of The Talk
- that go on

2
00:00:03,500 --> 00:00:05,900
1984

3
00:00:06,500 --> 00:00:08,900
was a book"""


def test_a_pasted_caption_file_gives_captions_with_their_speakers():
    document = read(VTT)
    assert document.title == "Ready for Rye"
    assert [
        (piece.kind, piece.speaker, piece.seconds, piece.text) for piece in document.pieces
    ] == [
        ("turn", "Ann Lee", 1, "Dough waits for nobody. Am I right?"),
        ("turn", "Bob Ray", 8, "You are."),
    ]
    assert {person.name for person in document.people} == {"Ann Lee", "Bob Ray"}


def test_numbers_and_arrows_of_captions_are_no_insights():
    assert [(piece.kind, piece.seconds, piece.text) for piece in read(SRT).pieces] == [
        ("caption", 0, "Words Of The Talk - that go on 1984 was a book"),
    ]


def test_a_table_of_times_and_words_is_speech():
    rows = [f"| 0:{at:02}.0 | {LONG} |" for at in (0, 8, 14)]
    cut = f"| 0:20.5 | {LONG}"
    assert timed("\n".join([*rows, cut])) == [(0, LONG), (8, LONG), (14, LONG), (20, LONG)]


def test_a_table_without_times_is_none():
    text = "# Bread\n\n| 1:2 | rye | dark |\n|---|---|---|\n| 2:3 | wheat | light |\n\nIt rises."
    assert timed(text) == []


@pytest.mark.parametrize("label", ["{name}: ({time})", "{name} ({time}):", "{name}  {time}"])
def test_a_time_behind_a_label_is_no_word_of_the_turn(label: str):
    talk = [("Mayor Breed", "00:00"), ("Speaker 1", "00:17"), ("Mayor Breed", "01:31")]
    text = turns(*(f"{label.format(name=name, time=time)}\n{LONG}" for name, time in talk))
    assert timed(text) == [(0, LONG), (17, LONG), (91, LONG)]
    assert [speaker for speaker, _ in said(text)] == [name for name, _ in talk]


def test_a_new_time_begins_a_new_turn_of_the_same_speaker():
    text = turns(
        f"Ann Lee: (00:37)\n{LONG}", f"Ann Lee: (01:11)\n{LONG}", f"Ann Lee: (02:20)\n{LONG}"
    )
    assert timed(text) == [(37, LONG), (71, LONG), (140, LONG)]


def test_a_label_that_comes_again_without_a_later_time_goes_on():
    text = turns(
        "[0:10] Ann Lee: One.", "Ann Lee: Two.", "[0:12] Ann Lee: Three.", "[0:15] Bob Ray: Four."
    )
    assert timed(text) == [(10, "One.\n\nTwo.\n\nThree."), (15, "Four.")]


def test_times_in_brackets_cut_the_words_they_stand_among():
    text = turns(
        "Out of the Oven",
        "[00:00:00] This is a show. [00:00:05] My name is Eric, I'm the [00:00:07] host of it.",
    )
    assert timed(text) == [
        (0, "This is a show."),
        (5, "My name is Eric, I'm the"),
        (7, "host of it."),
    ]


def test_a_time_within_a_turn_begins_a_part_of_it():
    text = turns(
        "**Ann Lee:** One. [00:01:05] Two.",
        "**Bob Ray:** Three.",
        "**Ann Lee:** Four.",
    )
    assert timed(text)[:2] == [(None, "One."), (65, "Two.")]
    assert said(text)[1] == ("Ann Lee", "Two.")


def test_times_that_cite_a_talk_in_notes_cut_nothing():
    text = "# Notes\n\nDough waits [2:05] and salt slows it [3:10], as Ada says [4:00].\n"
    assert [(piece.kind, piece.seconds, piece.text) for piece in read(text).pieces] == [
        ("section", 125, "Dough waits and salt slows it, as Ada says.")
    ]


def test_the_same_words_before_every_time_are_part_of_the_time():
    lines = [f"Starting point is 00:0{at}:40 {LONG}" for at in range(3)]
    assert timed(turns("A Show", "\n".join(lines))) == [(40, LONG), (100, LONG), (160, LONG)]


def test_an_outline_in_one_line_gives_its_chapters():
    text = turns(
        "Rye Hour 12: Secrets",
        "See how at:",
        "SHOW NOTES: 1:05 Welcome 3:10 Guests: Ann (EP. 4) 4:15 Any problems? 9:20 Who is next",
    )
    chapters = [piece for piece in read(text).pieces if piece.kind == "chapter"]
    assert [(piece.seconds, piece.text) for piece in chapters] == [
        (65, "Welcome"),
        (190, "Guests: Ann (EP. 4)"),
        (255, "Any problems?"),
        (560, "Who is next"),
    ]


def test_times_of_day_are_no_words_of_a_broadcast():
    text = "11:16 am\nwe bake it now. >> good morning, everyone.\n11:17 am\nthank you all."
    assert [piece.text for piece in read(text).pieces][-1] == (
        "good morning, everyone.\n\nthank you all."
    )


def test_buttons_behind_every_caption_are_taken_off():
    rows = [
        f'00:00:{at:02} ◼ ► words that go on [<a href="https://example.org/{at}">TS</a>]'
        for at in range(5, 45, 5)
    ]
    assert {text for _, text in timed("\n".join(rows))} == {"words that go on"}


# --- around the speech ---


def test_what_stands_above_the_first_label_is_no_turn():
    text = turns(
        "Breed Press Conference",
        "The mayor held a press conference on rye. Read the transcript here.",
        f"Mayor Breed: (00:00)\n{LONG}",
        "Speaker 1: (00:17)\nGood.",
        "Mayor Breed: (00:21)\nFine.",
    )
    assert [piece.kind for piece in read(text).pieces] == ["section", "turn", "turn", "turn"]


def test_a_host_without_a_label_speaks_above_the_first():
    text = turns(
        "Transcript of the Rye Hour",
        "This is the Rye Hour. I'm Terry. My guest bakes.",
        "Mr. JOHN NICHOLS (The Nation): Well, I think it is a much older art than that.",
    )
    assert said(text)[0] == ("", "This is the Rye Hour. I'm Terry. My guest bakes.")


def test_a_stage_mark_on_its_own_line_is_not_spoken():
    text = turns("(Intro music: guitar)", DEBATE, "[APPLAUSE]", "JANE SMITH: Thank you.")
    assert "APPLAUSE" not in " ".join(words for _, words in said(text))
    assert {gone.text for gone in read(text).dropped} >= {"[APPLAUSE]", "(Intro music: guitar)"}


# --- what only looks like speech ---

NOTES = {
    "definitions": turns(
        "# Cells", "Osmosis: water moves.", "Diffusion: anything moves.", "Note: slowly.",
        "Note: always.", "Example: tea.", "Example: ink.", "Step 1: wait.", "Step 2: wait more.",
    ),
    "definitions in capitals": turns(
        "LIGHT REACTIONS: They make ATP in the thylakoid.",
        "CALVIN CYCLE: It makes sugar in the stroma.",
        "ELECTRON TRANSPORT: It pumps protons.",
    ),
    "a recipe": turns(
        "# Rye", "Prep: 10 minutes", "Cook: 1 hour", "Rye Flour: 500 g", "Sea Salt: 10 g",
        "Step 1: Mix it.", "Step 2: Wait.", "Step 3: Bake it.",
    ),
    "bold terms": turns(
        "# Bread", "**Bulk Ferment** is the first rise.", "**Final Proof** is the second.",
        "**Bulk Ferment** takes four hours.", "**Oven Spring** is the last.",
    ),
    "a form under each heading": turns(
        "## Rye", "Main Idea: it is dense.", "Common Mistake: too wet.",
        "## Wheat", "Main Idea: it is light.", "Common Mistake: too dry.",
        "## Spelt", "Main Idea: it is old.", "Common Mistake: too long.",
    ),
    "a dialogue within prose": (
        'She said: "What is dough?" And he said: "Flour and water." So she asked again: "Why?"\n\n'
        "He shrugged. Nobody had asked him that: not once, in all those years."
    ),
    "chapters": "0:00 Introduction\n2:38 Why Dough Waits\n5:00 Introduction\n9:12 Why Dough Waits",
    "bullets with names": turns(
        "# Minutes", "- Ann: bring salt", "- Bob: buy flour", "- Ann: preheat the oven",
        "The next meeting is on Monday.",
    ),
    "citations": turns(
        "# Papers", "Smith (2019): dough waits.", "Smith (2019): salt slows.",
        "Jones (2020): heat ends both.", "Jones (2020): so does cold.",
    ),
    "dated timetable": "Bus at 10:15 to Rye\nBus at 11:15 to Rye\nBus at 12:15 to Rye",
}  # fmt: skip


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES.keys())
def test_notes_have_no_speakers(note: str):
    document = read(note)
    assert document.people == ()
    assert not any(piece.kind in ("turn", "caption") for piece in document.pieces)


@pytest.mark.parametrize(
    "line",
    ["Note: wait.", "Step 1: wait.", "Example: tea.", "and so: on", "To Be Or Not: that", "x: y"],
)
def test_ordinary_words_with_a_colon_are_no_label(line: str):
    assert labels.read(line) is None


@given(
    st.lists(
        st.sampled_from(
            [
                "ANN LEE: Yes.", "Ann: no", "Q. Why?", "A: So.", ">> Hello.", ">> BOB: a >> b",
                "", "1", "00:00:01,5 --> 00:00:02,5", "<v Ann Lee>Yes", "| 0:01 | words |",
                "[0:01] a [0:02] b", "Mr. LEE. I yield. The CHAIR. No.", "**Ann Lee** hi",
                "[3. RYE.]", "(music)", "WEBVTT", "9:00 am", "0:0", "• ANN LEE: Yes.", "## Rye",
                "0:05 Bob", "0:01.5 hi", "0:05 0:10", "Starting point is 0:05 words that go on",
            ]
        ),
        min_size=1,
        max_size=40,
    )
)  # fmt: skip
def test_every_line_of_mixed_speech_is_accounted_for(lines: list[str]):
    document = layout.recognise(lines, "x.md")
    assert layout.unaccounted(document) == ()
    assert all(piece.text or piece.answer for piece in document.pieces)


STARTS = ("0:05", "| 0:05 |", "Ann Lee", "Ann Lee:", "**Ann Lee**", ">>", "Q:", "• Ann", "WEBVTT")


def test_a_long_transcript_is_read_at_once():
    lines = [f"{('ANN LEE', 'BOB RAY')[at % 2]}: {LONG} [crosstalk] {LONG}" for at in range(500)]
    lines += ["SMITH " * 400, "(" * 500, "**" * 500, "0:" * 500, "[0:01] " * 300, "<v " * 300]
    lines += [f"{start}{' ' * 3000}{end}" for start in STARTS for end in ("", "x")]
    began = time.perf_counter()
    layout.recognise(lines, "x.md")
    assert time.perf_counter() - began < 2


def test_an_empty_text_has_no_cast():
    assert speakers.cast(()) == speakers.Cast()
