from __future__ import annotations

import csv
import io
import re

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from sample import CELLS

from quizgen import deckfile
from quizgen.exports import Options
from quizgen.exports import csv as exporter
from quizgen.model import Deck

STARTS = re.compile(r"[=+\-@\t\r＝＋－＠]")


def rows(*decks: Deck) -> list[dict[str, str]]:
    data = exporter.export(decks, Options())[".csv"]
    text = data.decode("utf-8-sig")
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_a_row_tells_a_card_with_its_evidence() -> None:
    first, second = rows(deckfile.parse(CELLS).deck)
    assert first["question"] == "What does the mitochondrion produce for the cell?"
    assert first["answer"].startswith(r"ATP, by oxidative phosphorylation: about $\frac{30}{1}$")
    assert first["evidence"] == "Each mitochondrion makes ATP by oxidative phosphorylation."
    assert (first["speaker"], first["time"], first["lines"]) == ("Dr Lin", "12:31", "12-13")
    assert (first["document"], first["wording"]) == ("../seeds/cells.md", "verbatim")
    assert (first["state"], first["tags"], first["section"]) == ("kept", "energy", "Energy")
    assert second["state"] == "draft"
    assert second["options"] == "Ribosome\nMitochondrion"
    assert second["answer"] == "Mitochondrion"


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(0)",
        "-5 °C",
        "+49 30",
        "@SUM(1)",
        "=cmd|' /C calc'!A0",
        "fine;=1+1",
        'fine;"=1+1',
        "two lines\n=1+1",
        "＝1+1",
        '"=1+1"',
    ],
)
def test_no_cell_begins_what_a_spreadsheet_would_compute(text: str) -> None:
    disarmed = exporter.disarm(text)
    for cell in re.split(r"[;\n]", disarmed):
        assert not STARTS.match(cell.lstrip("\"' ")) or cell.startswith("'")
    assert exporter.arm(disarmed) == text


@given(st.text(st.sampled_from("=+-@'\" ;\t\r\n,aé＝"), max_size=12))
def test_an_apostrophe_is_taken_off_as_it_was_put_on(text: str) -> None:
    disarmed = exporter.disarm(text)
    assert exporter.arm(disarmed) == text
    assert not STARTS.match(disarmed)


@given(strategies.decks(), strategies.decks())
def test_every_card_of_any_decks_is_one_row(one: Deck, other: Deck) -> None:
    found = rows(one, other)
    assert [row["id"] for row in found] == [card.id for card in (*one.cards, *other.cards)]
    assert all(None not in row and len(row) == len(exporter.COLUMNS) for row in found)
    assert not any(STARTS.match(cell) for row in found for cell in row.values())
