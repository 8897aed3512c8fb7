"""What `check --fix` may change of a card's text, and what it leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import cards

from quizgen import cardtext
from quizgen.checks import Context, mending
from quizgen.checks.mending import Mended
from quizgen.errors import DeckSyntaxError
from quizgen.model import Card, Person

KEPT = "<!-- ^c001 kept ready rule=insight -->"
DRAFT = "<!-- ^c001 draft ready rule=insight -->"


def mended(block: str, context: Context | None = None, year: str = "") -> Mended:
    return mending.mend(cardtext.parse(block), block, context or Context(), year=year)


def of(question: str, answer: str = "The keel", stamp: str = KEPT) -> str:
    evidence = "> The keel  holds - it .\n> — Ida Koch · a.md:3 · verbatim"
    return f"## {question}\n\n{answer}\n\n{evidence}\n\n{stamp}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("What holds  the boat on course?", "What holds the boat on course?"),
        ("What holds the boat , and how?", "What holds the boat, and how?"),
        ("What is the keel - in short - for?", "What is the keel – in short – for?"),
        ("What is the keel for", "What is the keel for?"),
        ("In a gale, what does the keel do", "In a gale, what does the keel do?"),
        ("Which part of the boat is heaviest", "Which part of the boat is heaviest?"),
        ("What comes after the words “Call me ...”?", "What comes after the words “Call me …”?"),
    ],
)
def test_what_is_surely_wrong_is_mended(before: str, after: str) -> None:
    found = mended(of(before))

    assert found.text == of(after)
    assert len(found.said) == 1


@pytest.mark.parametrize(
    "question",
    [
        "What does `a  -  b ...` give in the shell?",
        "What is $a  -  b ,$ the start of?",
        "Pourquoi la mer est-elle salée ?",
        "When the wind drops, the boat drifts",
        "How to tie a bowline",
        "What a keel is",
        "What is 3 - 2 in the end?",
        "What is the name of the",
        "Complete the rule: what is ____",
        'Why is "straight" typing kept as it is?',
        "What does ..5 mean to the parser?",
    ],
)
def test_what_may_be_meant_stays(question: str) -> None:
    assert mended(of(question)) == Mended(of(question), ())


def test_tables_code_fences_and_comments_are_left_alone() -> None:
    code = "| the  a | b |\n|---|---|\n\n```\nthe  x - y\n```"
    answer = f"{code}\n\n<!-- the  note - mine -->\n\nIt is  fine"

    found = mended(of("What is the table?", answer))

    assert found.text == of("What is the table?", answer.replace("is  fine", "is fine"))


def test_of_a_kept_card_only_the_typography_changes_and_of_a_dropped_one_nothing() -> None:
    opinion = "\n\n> I think the keel matters most.\n> — Ida Koch · a.md:3 · verbatim\n\n"
    asked = "## What  matters most in the boat?\n\nThe keel" + opinion

    assert mended(asked + KEPT).text == (asked + KEPT).replace("What  m", "What m")
    assert "## According to Ida Koch, what matters" in mended(asked + DRAFT).text
    assert mended(asked + DRAFT.replace("draft", "dropped")).said == ()


def test_an_opinion_is_credited_with_its_year() -> None:
    block = (
        "## Which knot is the best?\n\nThe bowline\n\n"
        "> I think the bowline is the best knot.\n> — Ida Koch · a.md:3 · verbatim\n\n" + DRAFT
    )

    found = mended(block, year="2021")

    assert found.text.startswith("## According to Ida Koch (2021), which knot is the best?\n")
    assert found.said == ("credited to its speaker",)


@pytest.mark.parametrize("speaker", ["", "Speaker 2", "Host"])
def test_an_opinion_of_nobody_known_is_not_credited(speaker: str) -> None:
    label = f"{speaker} · " if speaker else ""
    block = (
        "## Which knot is the best?\n\nThe bowline\n\n"
        f"> I think the bowline is the best knot.\n> — {label}a.md:3 · verbatim\n\n" + DRAFT
    )

    assert mended(block) == Mended(block, ())


def test_a_nickname_in_the_question_credits_its_speaker() -> None:
    block = (
        "## Which knot does Lex think is the best?\n\nThe bowline\n\n"
        "> I think the bowline is the best knot.\n> — Alexei Orlov · a.md:3 · verbatim\n\n" + DRAFT
    )
    known = Context(people=(Person("Alexei Orlov", aliases=("Lex",)),))

    assert mended(block, known).said == ()


def test_windows_line_ends_stay() -> None:
    block = of("What is  the keel for?").replace("\n", "\r\n")

    assert mended(block).text == block.replace("is  the", "is the")


@given(cards())
def test_mending_keeps_what_a_card_is_and_is_done_once(card: Card) -> None:
    block = cardtext.render(card)
    try:
        read = cardtext.parse(block)
    except DeckSyntaxError:
        return

    once = mending.mend(read, block, Context())
    again = mending.mend(cardtext.parse(once.text), once.text, Context())

    after = cardtext.parse(once.text)
    assert (after.id, after.state, after.evidence, after.tags) == (
        read.id,
        read.state,
        read.evidence,
        read.tags,
    )
    assert type(after.content) is type(read.content)
    assert again.text == once.text
    assert bool(once.said) == (once.text != block)
