from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_script import card, page, settings, transcript, work

from quizgen.errors import QuizgenError
from quizgen.generate.llm import chat
from quizgen.generate.llm.wishes import Wish

(PASSAGE,) = chat.cut(work(page(), transcript()), Wish(), settings())
GOOD = json.dumps({"cards": [card()]})
OTHER = card(
    question="Why can a loaf open before its skin sets in a wet oven?",
    answer="Steam keeps the crust soft",
    quote="Steam keeps the crust soft, so the loaf can open before the skin sets.",
)


def test_a_prompt_holds_the_rules_the_source_and_the_shape_of_the_answer() -> None:
    text = chat.prompt(PASSAGE, Wish(focus="only salt"), settings())

    assert "Only this is wanted: only salt" in text
    assert "[2] Ada Voss, 0:20: It does. Salt draws water" in text
    assert '{"cards": [{"quote"' in text
    assert "===" not in text


@pytest.mark.parametrize(
    "reply",
    [
        GOOD,
        f"Here you are!\n\n```json\n{GOOD}\n```\nTell me if you want more.",
        f"```\n{GOOD}",
        f"Sure. {GOOD} Enjoy!",
        json.dumps([card()]),
        json.dumps(card()),
        json.dumps({"result": {"x": 1}, "cards": [card()]}, indent=2),
        GOOD.replace("}]}", "},]}"),
        GOOD.replace('"', "”"),
        GOOD[:-2],
        f'{{"cards": [{json.dumps(card())}, {{"quote": "cut off he',
    ],
    ids=[
        *("bare", "fenced", "open fence", "prose", "list", "single"),
        *("wrapped", "trailing comma", "curly quotes", "end missing", "cut off"),
    ],
)
def test_a_reply_is_read_however_it_was_pasted(reply: str) -> None:
    result = chat.read(reply, PASSAGE, Wish())

    assert [card.draft.evidence[0].speaker for card in result.cards] == ["Ada Voss"]
    assert result.refused == ()


def test_a_pasted_card_is_rough_since_nobody_read_it_again() -> None:
    assert chat.read(GOOD, PASSAGE, Wish()).cards[0].draft.tier == "rough"


def test_pasted_cards_pass_the_same_gates() -> None:
    bad = card(quote="Salt is made of yeast and nothing else at all.")
    result = chat.read(json.dumps({"cards": [OTHER, bad, card(), card()]}), PASSAGE, Wish())

    assert len(result.cards) == 2
    assert [refused.gate for refused in result.refused] == ["evidence", "twin"]


@pytest.mark.parametrize("reply", ["", "I cannot help with that.", "{}", "[]", '{"cards": []}'])
def test_a_reply_without_cards_says_what_to_do(reply: str) -> None:
    with pytest.raises(QuizgenError, match="copy the whole of it"):
        chat.read(reply, PASSAGE, Wish())


@given(st.text(max_size=300) | st.text(alphabet='{}[]",:\\ \n`cards question', max_size=300))
def test_no_reply_breaks_the_reading(reply: str) -> None:
    try:
        result = chat.read(reply, PASSAGE, Wish())
    except QuizgenError:
        return
    assert result.cards == ()
