"""The tagger tells the words of a sentence apart, and where each stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.generate.offline import grammar, tagging


@pytest.mark.parametrize(
    ("sentence", "word", "tag"),
    [
        ("Bakers flood the ovens with vapour.", "flood", "VV"),
        ("The flood of vapour softens the crust.", "flood", "NN1"),
        ("Wet bran keeps a levain sweet.", "keeps", "VVZ"),
        ("Bacteria produce acids when bran is wet.", "produce", "VVB"),
        ("A levain can’t rise in the cold.", "n’t", "XX0"),
        ("A levain cannot rise in the cold.", "not", "XX0"),
        ("The miller’s bran is coarse.", "’s", "POS"),
    ],
)
def test_a_word_is_told_by_its_sentence(sentence: str, word: str, tag: str):
    tags = {token.text: token.tag for token in tagging.tokens(sentence)}
    assert tags[word].startswith(tag)


def test_nothing_and_no_sentence_at_all_have_no_words():
    assert tagging.tokens("") == ()
    assert tagging.tokens("word " * 1000) == ()


@given(st.text(max_size=120))
def test_every_token_stands_where_it_says_and_no_letter_is_lost(sentence: str):
    tokens = tagging.tokens(sentence)
    assert all(sentence[token.start : token.end] == token.text for token in tokens)
    if tokens:
        told = "".join(token.text for token in tokens)
        assert [*told] == [letter for letter in sentence if not letter.isspace()]


@pytest.mark.parametrize(
    ("sentence", "subject", "verb"),
    [
        ("Bakers flood the ovens with vapour", "Bakers", "flood"),
        (
            "Bakers who reread a recipe remember less of it",
            "Bakers who reread a recipe",
            "remember",
        ),
        ("Guilds, which bought all rye, fed the town", "Guilds", "feed"),
        ("A steel valve greatly reduced the loss of steam", "A steel valve", "reduce"),
        ("In 1931 the guild lowered the price of rye", "", ""),
        ("The first baker to wake walks in the dark", "", ""),
        ("Bread of rye, though it is dark, and cakes", "", ""),
    ],
)
def test_a_verb_that_the_lists_do_not_know_is_found_or_nothing_is(
    sentence: str, subject: str, verb: str
):
    clause = grammar.parse(sentence)
    assert ((clause.subject, clause.verb) if clause else ("", "")) == (subject, verb)


@given(
    st.lists(
        st.sampled_from(
            ["bakers,", "flood;", "the", "that", "is,", "has", "been", "not", "“rye”", "4"]
        )
    )
)
def test_no_order_of_words_breaks_the_parser(words: list[str]):
    clause = grammar.parse_part(" ".join(words))
    assert clause is None or clause.subject


@pytest.mark.parametrize(
    ("word", "is_everyday"),
    [("Dough", True), ("Smallpox", True), ("Darwin", False), ("May", False)],
)
def test_a_word_that_may_be_a_name_is_not_everyday(word: str, *, is_everyday: bool):
    assert tagging.is_everyday(word) == is_everyday
