"""Caption files, WebVTT and SubRip, are read as what was said, each word once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import evidence, readers
from quizgen.layout import cuefile
from quizgen.model import Document
from quizgen.readers import subtitles

ROLLING = """\
WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.310 align:start position:0%
{gap}
so<00:00:00.400><c> today</c><00:00:00.640><c> we</c><00:00:00.800><c> bake</c>

00:00:02.310 --> 00:00:02.320 align:start position:0%
so today we bake
{gap}

00:00:02.320 --> 00:00:04.630 align:start position:0%
so today we bake
never<00:00:02.560><c> again</c>

00:00:04.630 --> 00:00:04.640 align:start position:0%
never again
{gap}

00:00:04.640 --> 00:00:06.630 align:start position:0%
never again
never<00:00:04.900><c> again</c>

00:00:06.630 --> 00:00:06.640 align:start position:0%
never again
{gap}

00:00:06.640 --> 00:00:09.000 align:start position:0%
never again
said<00:00:06.900><c> the</c><00:00:07.200><c> old</c><00:00:07.300><c> baker</c>
"""
ONCE = "so today we bake never again never again said the old baker"


def read(text: str, path: str = "talk.vtt") -> Document:
    return readers.read(text.encode(), path)


def said(document: Document) -> list[tuple[str, int | None, str]]:
    return [(piece.speaker, piece.seconds, piece.text) for piece in document.pieces]


def srt(*texts: str) -> str:
    cues = (
        f"{at}\n00:00:{at:02},000 --> 00:00:{at + 1:02},000\n{text}\n"
        for at, text in enumerate(texts, 1)
    )
    return "\n".join(cues)


# --- words ---


@pytest.mark.parametrize("gap", [" ", ""], ids=["as downloaded", "stripped by an editor"])
def test_rolling_captions_say_each_word_once_and_twice_what_was_said_twice(gap: str):
    document = read(ROLLING.format(gap=gap))
    assert said(document) == [("", 0, ONCE)]
    assert document.language == "en"


def test_rolling_captions_pasted_as_text_are_read_alike():
    assert said(read(ROLLING.format(gap=" "), "-")) == [("", 0, ONCE)]


def test_a_caption_that_grows_is_kept_in_its_longest_form_and_from_its_first_second():
    document = read(srt("Rye", "Rye rises", "Rye rises slowly", "and"), "talk.srt")
    assert said(document) == [("", 1, "Rye rises slowly and")]


def test_lines_that_come_back_in_a_file_that_does_not_roll_stay():
    document = read(srt("Yes.", "Yes.", "Is it?", "It is.", "No doubt.", "None.", "Good."), "a.srt")
    assert said(document) == [("", 1, "Yes. Yes. Is it? It is. No doubt. None. Good.")]


def test_tags_places_and_entities_are_no_words():
    text = srt(
        r"{\an8}<i>Rye</i> &amp; <font color=\"#fff\">wheat</font>", "&lt;salt&gt; too\u200b"
    )
    assert said(read(text, "a.srt")) == [("", 1, "Rye & wheat <salt> too")]


def test_what_is_less_than_something_is_no_tag():
    assert said(read(srt("a < b and c > d"), "a.srt")) == [("", 1, "a < b and c > d")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(end: str):
    text = "\ufeff" + srt("Rye rises.", "Wheat waits.").replace("\n", end)
    assert said(read(text, "a.srt")) == [("", 1, "Rye rises. Wheat waits.")]


@pytest.mark.parametrize(
    "arrow",
    [
        "00:00:07,000 --> 00:00:09,000",
        "00:07.000 --> 00:09.000",
        "0:00:07 --> 0:00:09",
        "00: 00: 07, 000 --> 00: 00: 09, 000",
        "00:00:07.000 -> 00:00:09.000 line:0 position:50%",
    ],
)
def test_times_are_read_in_the_spellings_that_tools_write(arrow: str):
    assert said(read(f"1\n{arrow}\nRye rises.\n", "a.srt")) == [("", 7, "Rye rises.")]


def test_cues_without_blank_lines_between_them_are_parted_by_number_and_time():
    text = srt("In 1984", "2", "came rye.").replace("\n\n", "\n")
    assert said(read(text, "a.srt")) == [("", 1, "In 1984 2 came rye.")]


def test_sounds_are_dropped_and_named():
    document = read(srt("[Music]", "Rye rises.", "(applause)", "♪ la la ♪"), "a.srt")
    assert said(document) == [("", 2, "Rye rises.")]
    assert [gone.text for gone in document.dropped] == ["[Music]", "(applause)", "♪ la la ♪"]


def test_an_advert_is_dropped_and_what_follows_is_a_passage_of_its_own():
    document = read(
        srt(
            "Rye rises.",
            "This episode is brought to you by Oven.",
            "Use the code RYE to get 10 percent off.",
            "Wheat waits.",
        ),
        "a.srt",
    )
    assert said(document) == [("", 1, "Rye rises."), ("", 4, "Wheat waits.")]
    assert [gone.why for gone in document.dropped] == ["an advert"]


# --- passages ---


def test_a_passage_ends_with_a_sentence_about_half_a_minute_on():
    cues = (
        f"{at}\n00:{at // 60:02}:{at % 60:02},000 --> 00:{at // 60:02}:{at % 60 + 4:02},000\n"
        f"Loaf {at} is baked{'.' if at % 15 == 0 else ''}\n"
        for at in range(0, 100, 5)
    )
    starts = [piece.seconds for piece in read("\n".join(cues), "a.srt").pieces]
    assert starts == [0, 35, 65, 95]


def test_words_that_run_from_one_cue_into_the_next_are_found_in_their_lines():
    document = read(srt("Rye rises when it", "is left alone. Wheat", "does not."), "a.srt")
    found = evidence.of(document, "Rye rises when it is left alone.", document.pieces[0])
    assert found.lines == (3, 7)
    assert evidence.stands(found, document)


# --- who speaks ---


def test_voice_tags_name_the_speakers():
    document = read(
        "WEBVTT\n\nc1\n00:01.000 --> 00:04.000\n<v.loud Ann Lee>Rye?</v> <v Bob Ray>Rye.\n\n"
        "c2\n00:05.000 --> 00:06.000\n<v Bob Ray>And wheat,\nlater.</v>\n"
    )
    assert said(document) == [("Ann Lee", 1, "Rye?"), ("Bob Ray", 1, "Rye. And wheat, later.")]
    assert {person.name for person in document.people} == {"Ann Lee", "Bob Ray"}


@pytest.mark.parametrize(
    "style", ["{name}: {words}", ">> {name}: {words}", "{upper}: {words}", "({name})\n{words}"]
)
def test_speakers_are_named_by_labels_in_many_styles(style: str):
    talk = [
        ("Ann Lee", "Does rye rise?"),
        ("Bob Ray", "It does, when it is warm."),
        ("Ann Lee", "And wheat, does it rise too?"),
        ("Bob Ray", "It rises much sooner than rye."),
        ("Ann Lee", "Then why do we bake rye at all?"),
        ("Bob Ray", "It keeps for a week in the pantry."),
    ]
    texts = [style.format(name=name, upper=name.upper(), words=words) for name, words in talk]
    document = read(srt(*texts), "a.srt")
    assert [(name.title(), text) for name, _, text in said(document)] == talk


def test_a_speaker_goes_on_until_the_next_label():
    talk = ["ANN: Does rye", "rise?", "BOB: It does,", "when warm.", "ANN: And wheat?", "BOB: No."]
    assert [(name, text) for name, _, text in said(read(srt(*talk * 2), "a.srt"))][:2] == [
        ("ANN", "Does rye rise?"),
        ("BOB", "It does, when warm."),
    ]


def test_dashes_part_two_voices():
    document = read(srt("- Does it rise?\n- It does.", "Good."), "a.srt")
    assert [text for _, _, text in said(document)] == ["Does it rise?", "It does. Good."]


# --- what stands around ---


def test_header_notes_and_styles_are_told_apart_from_words():
    document = read(
        "WEBVTT - Rye for All\nX-TIMESTAMP-MAP=LOCAL:0\n\nSTYLE\n::cue { color: red }\n\n"
        "NOTE made by hand,\nnot by a machine\n\nintro\n00:01.000 --> 00:04.000\nRye rises.\n"
    )
    assert document.title == "Rye for All"
    assert said(document) == [("", 1, "Rye rises.")]
    assert [(gone.lines, gone.why) for gone in document.dropped] == [
        ((4, 5), "a caption style"),
        ((7, 8), "a note in the captions"),
    ]


def test_title_and_address_pasted_above_captions_are_read():
    document = read(f"Rye for All\nhttps://example.org/rye\n\n{srt('Rye.', 'Yes.', 'Now.')}", "-")
    assert (document.title, document.url) == ("Rye for All", "https://example.org/rye")
    assert said(document) == [("", 1, "Rye. Yes. Now.")]


def test_a_page_with_a_few_times_in_it_is_no_caption_file():
    page = (
        "# Bread\n\nRye rises slowly.\n\n" + srt("Rye.", "Yes.", "Now.") + "\n## After\n\nIt rests."
    )
    assert not cuefile.claims(page.split("\n"))
    assert not cuefile.claims(["a --> b", "1 --> 2"])


def test_a_time_that_cannot_be_read_is_named_and_its_words_are_kept():
    text = srt("Rye rises.", "It rests.", "It bakes.").replace("00:00:02,000 -->", "00:0x:02 -->")
    document = read(text, "a.srt")
    assert said(document) == [("", 1, "Rye rises. It rests. It bakes.")]
    assert document.notices == (
        "1 caption time could not be read (line 6): the words below were put to the time before",
    )


# --- file names ---


@pytest.mark.parametrize(
    ("file", "title", "video"),
    [
        ("Rye for All [b4f_ldK2mQs].en.vtt", "Rye for All", "b4f_ldK2mQs"),
        ("Rye for All-b4f_ldK2mQs.en-US.srt", "Rye for All", "b4f_ldK2mQs"),
        ("rye_for_all.srt", "rye for all", ""),
        ("bread-sourdoughs.vtt", "bread sourdoughs", ""),
        ("captions.vtt", "", ""),
        ("2009-08-09.vtt", "", ""),
    ],
)
def test_a_caption_files_name_tells_title_and_recording(file: str, title: str, video: str):
    assert subtitles.named(file) == (title, video)


def test_a_title_in_the_file_comes_before_the_files_name():
    text = "WEBVTT - Rye for All\n\n00:01.000 --> 00:04.000\nRye.\n"
    assert read(text, "some other name.vtt").title == "Rye for All"


# --- whatever comes ---

PIECES = st.sampled_from(
    [
        *("WEBVTT", "WEBVTT - Rye", "NOTE x", "STYLE", "1", "2", "cue-7", "", "", " "),
        *("00:01.000 --> 00:02.000", "00:00:05,000 --> 00:00:07,000", "00:0x --> 00:09"),
        *(
            "Rye rises.",
            "Rye rises. Slowly",
            "ANN: Rye?",
            ">> Yes.",
            "- No.",
            "[Music]",
            "(Ann Lee)",
        ),
        *("<v Ann>Rye</v>", "<c> a</c><00:00:01.500>b", "&amp;", "Kind: captions", "5 > 3 --> x"),
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=30))
def test_every_line_of_a_caption_file_is_told_said_or_dropped(lines: list[str]):
    text = "\n".join([*lines, "", "00:00:09,000 --> 00:00:10,000", "The end."])
    document = read(text)
    held = {
        at
        for each in (*document.pieces, *document.metadata, *document.dropped)
        for at in range(each.lines[0], each.lines[1] + 1)
    }
    filled = (at for at, line in enumerate(text.split("\n"), 1) if line.strip())
    assert [at for at in filled if at not in held] == []


@given(
    st.lists(
        st.from_regex(
            re.compile(r"[A-Za-z]{1,6}( [a-z]{1,6}){0,4}[.?]?", re.ASCII), fullmatch=True
        ),
        min_size=3,
        max_size=20,
    )
)
def test_words_of_plain_captions_are_all_kept_in_order(texts: list[str]):
    document = read(srt(*(f"{text} {at}." for at, text in enumerate(texts))), "a.srt")
    words = " ".join(f"{text} {at}." for at, text in enumerate(texts))
    assert " ".join(piece.text for piece in document.pieces) == words
