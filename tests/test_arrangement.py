from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quizgen import arrangement
from quizgen.model import Basic, Card, Evidence, Tier

FACTS = (
    ("What is a meander?", "A bend of a river that grows"),
    ("What is a delta?", "Land that a river lays down at its mouth"),
    ("Why does a dike move a flood downstream?", "The water has to go elsewhere"),
    ("What cools a stream?", "A beaver dam"),
)


def card(
    name: str, asked: str, answer: str, *, tier: Tier = "ready", rests: str = "", section: str = ""
) -> Card:
    found = (Evidence(rests or answer),)
    return Card(name, Basic(asked, answer), found, tier=tier, section=section)


def order(*cards: Card) -> str:
    return "".join(each.id for each in arrangement.arranged(cards))


def test_ready_cards_come_before_rough_ones():
    assert order(card("a", *FACTS[0], tier="rough"), card("b", *FACTS[1])) == "ba"


def test_cards_that_rest_on_the_same_words_stand_together():
    first, between = card("a", *FACTS[0], rests="one sentence"), card("b", *FACTS[1])
    assert order(first, between, card("c", *FACTS[2], rests="one  sentence")) == "acb"


def test_cards_that_ask_for_nearly_the_same_stand_together():
    like = card("c", "Where does a dike move a flood?", "Downstream, elsewhere")
    assert order(card("a", *FACTS[2]), card("b", *FACTS[1]), like) == "acb"


def test_a_rough_card_follows_the_ready_one_that_it_is_close_to():
    rough = card("c", "A dike moves a flood where?", "Downstream", tier="rough")
    assert order(rough, card("a", *FACTS[2]), card("b", *FACTS[1])) == "acb"


def test_sections_stay_in_the_order_of_the_documents():
    rough = card("a", *FACTS[0], tier="rough", section="One")
    assert order(
        rough, card("b", *FACTS[1], section="Two"), card("c", *FACTS[2], section="One")
    ) == ("cab")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(FACTS),
            st.sampled_from(["ready", "rough"]),
            st.sampled_from(["One", "Two"]),
            st.sampled_from(["", "the same words"]),
        )
    )
)
def test_every_card_comes_once_in_its_section(
    drawn: list[tuple[tuple[str, str], Tier, str, str]],
):
    cards = [
        card(str(number), *fact, tier=tier, rests=rests, section=section)
        for number, (fact, tier, section, rests) in enumerate(drawn)
    ]
    found = list(arrangement.arranged(cards))
    assert Counter(found) == Counter(cards)
    sections = [each.section for each in found]
    assert sections == sorted(sections, key=sections.index)
    assert list(dict.fromkeys(sections)) == list(dict.fromkeys(each.section for each in cards))
