"""A front names nothing that only its source could tell apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.generate.offline import alone


@pytest.mark.parametrize(
    "front",
    [
        "{{Gravity}} sets the ranking, because weight grows faster than strength.",
        "{{Lund}} had built the ovens six times stronger than needed.",
        "The replacement, opened in 1950, used a {{stone vault}} 33 feet deep.",
        "How do bakers avoid the awkward gap?",
        "On May 3, 1967, one arch broke, and the entire oven dropped into the {{Fyris River}}.",
        "{{Lund}}'s book of 1202 introduced the method to many bakers of Europe.",
        "{{Salt}} was perhaps less precious than the legend holds.",
    ],
)
def test_a_definite_noun_that_nothing_tells_apart_is_named(front: str):
    assert "is not told apart" in alone.fault(front)


@pytest.mark.parametrize(
    "front",
    [
        "{{Amylase}} tests announced in 2017 dated its crumbs to several centuries.",
        "A 2014 trial of Uppsala found that they reduce {{staling}} by half.",
        "What did its bakers call a {{levain}}?",
        "Wild algae of the family Lundia live inside its cells and feed {{yeast}}.",
    ],
)
def test_a_pronoun_needs_a_noun_of_its_number_before_it(front: str):
    assert "has no noun before it" in alone.fault(front)


@pytest.mark.parametrize(
    "front",
    [
        "{{Mia Berg}} had made a similar case for rye more than four centuries earlier.",
        "Bran gave way to malt, and {{rye}} was milled again.",
        "Hot ash destroyed the mills of {{Uppsala}} on May 8.",
        "A vault collapsed in the north and buried {{Karl Lund}}.",
        "Another trial of rye was led by {{Mia Berg}}.",
    ],
)
def test_what_points_back_or_to_no_certain_thing_is_refused(front: str):
    assert alone.fault(front)


@pytest.mark.parametrize(
    "front",
    [
        "News pulse: {{Mia Berg}} founded the rye school of Uppsala.",
        "Rye -> malt -> {{kvass}} in three days.",
        "Never answered the letters of {{Mia Berg}}.",
        "Source 2 places the mill at {{Uppsala}}.",
        "At 128 DTE a loaf of rye affects {{staling}}.",
        "Why did V1 fail?",
    ],
)
def test_marks_of_the_page_and_letters_of_the_house_are_refused(front: str):
    assert alone.fault(front)


@pytest.mark.parametrize(
    "front",
    [
        "The {{outer crust}} of a loaf keeps the crumb of rye moist.",
        "{{Innocent passage}} lets foreign vessels cross the sea without harm to peace.",
        "{{Measles}} requires wide immunity to stop its spread.",
        "Mia Berg founded the first rye school of Uppsala, and {{Karl Lund}} paid its rent.",
        "In Genoa's Lund mill the {{stone vaults}} were cased in lime, so cracks were hidden.",
        "The 1833 Act banned the {{night shift}}.",
        "What is the windowpane test?",
        "According to Ada Voss (2019), why does bread dough rise?",
        "DNA and {{RNA}} hold the plan of a cell that lives in the soil.",
        "Guidance of the Rye Institute (RI) warns of {{ergot}}; the RI was founded in 1911.",
    ],
)
def test_what_is_unique_narrowed_or_named_before_stands_alone(front: str):
    assert alone.fault(front) == ""


def test_what_a_front_is_about_tells_its_nouns_apart():
    front = "Ada Voss (2019) in “The Oven”: {{Stone}} warms the oven."
    lead = "Ada Voss (2019) in “The Oven”: "
    assert alone.fault(front)
    assert alone.fault(front, lead=lead, about=lead) == ""


@given(st.text(alphabet="the A aits {}_.,:“”'’ of which", max_size=80))
def test_no_text_breaks_the_guard(front: str):
    assert isinstance(alone.fault(front), str)
