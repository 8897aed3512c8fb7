"""The tagger tells the words of a sentence apart, and where each stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.generate.offline import tagging


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
