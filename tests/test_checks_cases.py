"""Labelled cards as a file, and what is said of the rules by them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quizgen import checks
from quizgen.checks import Matching, cases
from quizgen.checks.cases import Case, Score
from quizgen.model import Card, Choice

GOOD: dict[str, Any] = {
    "id": "a1",
    "card": {
        "type": "mcq",
        "front": "Which wood floats?",
        "options": ["Balsa", "Ebony", "Lignum vitae"],
        "key": 0,
        "evidence": {"text": "Balsa floats high.", "speaker": "Ida Koch"},
    },
    "flaws": [],
    "tolerated": ["clang-cue"],
}


def read(*lines: dict[str, Any] | str) -> tuple[list[Case], list[tuple[int, str]]]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return cases.read(text, rules=checks.RULES)


def changed(**card: Any) -> dict[str, Any]:
    return {**GOOD, "card": {**GOOD["card"], **card}}


def test_a_line_becomes_a_card_with_its_evidence_and_labels() -> None:
    (case,), errors = read(GOOD)

    assert not errors
    assert isinstance(case.card, Card)
    assert case.card.content == Choice(
        "Which wood floats?", ("Balsa", "Ebony", "Lignum vitae"), (0,)
    )
    assert case.card.evidence[0].speaker == "Ida Koch"
    assert case.tolerated == {"clang-cue"}


@pytest.mark.parametrize(
    "card",
    [
        {"type": "qa", "front": "Which wood floats high?", "answer": "Balsa"},
        {"type": "quote", "front": "Ida: “___”", "answer": "x", "quote": "x", "speaker": "Ida"},
        {"type": "cloze", "text": "{{c1::Balsa}} floats."},
        {"type": "tf", "statement": "Balsa floats.", "answer": True},
        {"type": "mcq", "front": "Which?", "options": ["a", "b", "c"], "key": [0, 1]},
        {"type": "matching", "prompt": "Match.", "pairs": [["a", "b"]]},
    ],
)
def test_every_type_of_card_can_be_read_and_judged(card: dict[str, Any]) -> None:
    (case,), errors = read({"id": "x", "card": card})

    assert not errors
    assert cases.judge(case) <= set(checks.RULES)


def test_pairs_to_be_matched_are_no_card() -> None:
    (case,), _ = read(
        {"id": "x", "card": {"type": "matching", "prompt": "P", "pairs": [["a", "b"]]}}
    )

    assert case.card == Matching("P", (("a", "b"),))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "this is no JSON: Expecting property name enclosed in double quotes at column 2"),
        ("[]", "the line is no JSON object"),
        ({"card": GOOD["card"]}, "the line has no 'id' that is a text"),
        ({"id": "x"}, "the line has no 'card' that is an object"),
        (
            changed(type="riddle"),
            "the card's type is 'riddle'; write qa, quote, cloze, tf, mcq or matching",
        ),
        (changed(options="Balsa"), "'card' has no 'options' that is a list"),
        (changed(options=[1]), "'card' has no 'options' that is a list of texts"),
        (changed(key="A"), "'card' has no 'key' that is the number of an option, counted from 0"),
        (changed(evidence="Balsa"), "'evidence' is no JSON object"),
        ({**GOOD, "flaws": ["ugly"]}, "there is no rule 'ugly'; `quizgen check --help` lists them"),
        (
            changed(type="tf", statement="x", answer="no"),
            "'card' has no 'answer' that is true or false",
        ),
        (
            changed(type="matching", prompt="x", pairs=[["a"]]),
            "'card' has no 'pairs' that is a list of pairs of texts",
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_go_on(
    line: dict[str, Any] | str, sentence: str
) -> None:
    found, errors = read(line, {**GOOD, "id": "other"})

    assert errors == [(1, sentence)]
    assert [case.id for case in found] == ["other"]


def test_an_id_that_stands_twice_is_an_error_and_blank_lines_are_none() -> None:
    _, errors = read(GOOD, "", GOOD)

    assert errors == [(3, "the id 'a1' stands on line 1 too")]


def test_what_is_tolerated_counts_neither_way() -> None:
    (case,), _ = read(GOOD)

    scores, clean, flagged = cases.measure([(case, frozenset({"clang-cue"}))])

    assert scores == [Score("all")]
    assert (clean, flagged) == (1, 0)


def test_precision_and_recall_count_what_is_right_wrong_and_missed() -> None:
    flawed, _ = read({**GOOD, "flaws": ["too-long", "clang-cue"], "tolerated": []})
    fine, _ = read({**GOOD, "tolerated": []})

    scores, clean, flagged = cases.measure(
        [(flawed[0], frozenset({"too-long"})), (fine[0], frozenset({"too-long"}))]
    )

    assert scores == [
        Score("clang-cue", 0, 0, 1),
        Score("too-long", 1, 1, 0),
        Score("all", 1, 1, 1),
    ]
    assert (scores[-1].precision, scores[-1].recall) == (0.5, 0.5)
    assert (clean, flagged) == (1, 1)
    assert list(cases.table(scores, clean, flagged))[-1].endswith("were flagged (100.0%)")


def test_no_cases_at_all_are_measured_too() -> None:
    assert list(cases.table(*cases.measure([])))[-1] == "0 of 0 cards without a flaw were flagged"


def test_the_card_is_judged_among_the_cards_around_it() -> None:
    twin = {"type": "qa", "front": "Which wood floats highest?", "answer": "Balsa"}
    (case,), _ = read({"id": "x", "card": twin, "context": {"deck": [twin]}})

    assert "near-duplicate" in cases.judge(case)
