from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from quizgen import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("forty-six chromosomes", {46}),
        ("46% of them", {46}),
        ("a dozen eggs", {12}),
        ("1.5 billion people", {1.5e9}),
        ("one and a half billion people", {1.5e9}),
        ("the 15th century", {1400}),
        ("the fifteenth century", {1400}),
        ("the 1400s", {1400}),
        ("165,000 citations", {165_000}),
        ("two hundred and fifty-six cells", {256}),
        ("between 1914 and 1918", {1914, 1918}),
        ("12 to 14 percent", {12, 14}),
        ("three or four", {3, 4}),
        ("SM-2", {2}),
        ("a 5kg bag", {5}),
        ("one day the first of them came", set[float]()),
    ],
)
def test_numbers_in_digits_and_in_words_are_the_same(text: str, expected: set[float]):
    assert words.numbers(text) == expected


@given(st.integers(min_value=2, max_value=10**9))
def test_every_whole_number_is_read_back(number: int):
    assert words.numbers(f"about {number} of them") == {number}
    assert words.numbers(f"about {number:,} of them") == {number}


@given(st.text())
def test_reading_numbers_fails_on_no_text(text: str):
    assert all(isinstance(number, float) for number in words.numbers(text))


def test_folding_takes_away_what_a_typesetter_adds():
    assert words.norm("over‑sized  “cells” — ‘small’") == "over-sized \"cells\" - 'small'"


@given(st.text())
def test_folding_twice_changes_nothing(text: str):
    assert words.norm(words.norm(text)) == words.norm(text)


def test_sentences_end_neither_at_titles_nor_at_initials_nor_in_numbers():
    text = "Dr. Ada Voss met J. R. Lind at 3.5 km. “Really?” he said. No. 7 was late… and ill."
    assert [text[start:end] for start, end in words.sentences(text)] == [
        "Dr. Ada Voss met J. R. Lind at 3.5 km.",
        "“Really?” he said.",
        "No. 7 was late… and ill.",
    ]


@given(st.text(alphabet="aB .!?…\n\"'”0"))
def test_sentences_lose_only_white_space_and_keep_their_order(text: str):
    spans = words.sentences(text)
    kept = "".join("".join(text[start:end].split()) for start, end in spans)
    assert kept == "".join(text.split())
    assert spans == sorted(spans)


def test_a_paragraph_break_ends_a_sentence_without_a_full_stop():
    assert len(words.sentences("A heading\n\nIts text.")) == 2


def test_inflections_share_a_stem_and_hyphens_part_words():
    assert words.content_stems("over-grown cells’ walls") == words.content_stems(
        "Over grown cell wall"
    )


def test_words_that_carry_only_grammar_leave_no_stems():
    assert not words.content_stems("It is what they would have been to them, isn't it?")


def test_fillers_are_no_words_of_a_quotation():
    assert words.without_fillers("I mean, it, uh, works") == ", it, , works"


def test_punctuation_standing_alone_is_no_word():
    assert words.word_count("Yes – it works … or so") == 5


@given(st.text(alphabet="ab*_`$<>[]()#-+1.\\&;{}~|=!\"' \n"))
def test_source_text_is_shown_as_it_is_whatever_markup_it_resembles(text: str):
    line = " ".join(text.split())
    (*_, inline, _) = MarkdownIt("commonmark").parse(words.escape_markdown(text)) or (None, None)
    if inline is None:
        assert not line
        return
    shown = "".join(child.content for child in inline.children or [])
    assert {child.type for child in inline.children or []} <= {"text", "text_special"}
    assert shown == line


def test_two_braces_of_a_source_make_no_blank():
    assert words.escape_markdown("{{x}} costs $5") == r"\{{x}} costs \$5"


def test_a_wiki_link_shows_its_words_or_the_name_of_its_page():
    assert words.unmarked("See [[people/ada|Ada Reyes]] on [[notes/Rivers#Dikes]].") == (
        "See Ada Reyes on Rivers."
    )
