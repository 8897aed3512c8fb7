"""Numbers as an answer writes them and as speech says them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.checks import quantities


@pytest.mark.parametrize(
    ("evidence", "number"),
    [
        ("Its points are eleven and a quarter degrees apart.", 11.25),
        ("They stand two and three quarters metres high.", 2.75),
        ("Pi is about three point one four.", 3.14),
        ("It fell in nineteen eighty-four.", 1984),
        ("He died in eighteen oh six.", 1806),
        ("The hall opened in nineteen hundred.", 1900),
        ("A third of the brain is busy with sight.", 33),
        ("Three quarters of them hatch.", 75),
        ("One in five has it.", 20),
        ("It took 3½ hours.", 3.5),
        ("Cut a strip of 2 1/2 inches.", 2.5),
        ("They sold half a million copies.", 500_000),
        ("A quarter of a million came.", 250_000),
        ("The grant was 40k.", 40_000),
        ("The king reigned for a fortnight.", 14),
        ("The dose was doubled.", 2),
    ],
)
def test_a_number_said_in_words_is_known(evidence: str, number: float) -> None:
    assert any(abs(number - value) < 1e-6 for value in quantities.known(evidence))


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ("A third", {1 / 3}),
        ("Two thirds of its weight", {2 / 3}),
        ("Half", {0.5}),
        ("A third person", set[float]()),
        ("One", set[float]()),
        ("1,435 mm", {1435.0}),
        ("A fifth column", set[float]()),
    ],
)
def test_an_answer_asks_for_the_numbers_it_states(answer: str, numbers: set[float]) -> None:
    assert quantities.asked(answer) == numbers


@given(st.integers(min_value=2, max_value=10**12))
def test_a_number_in_digits_is_known_as_itself_with_separators_and_without(number: int) -> None:
    wanted = quantities.asked(f"about {number}")

    assert wanted <= quantities.known(f"There were {number} of them.")
    assert wanted <= quantities.known(f"There were {number:,} of them.")


@given(st.text(max_size=60))
def test_any_text_has_numbers_or_none(text: str) -> None:
    assert all(isinstance(value, float) for value in quantities.asked(text))
    assert all(isinstance(value, float) for value in quantities.known(text))
