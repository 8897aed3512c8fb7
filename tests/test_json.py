from __future__ import annotations

import json

from hypothesis import given
from strategies import decks

from quizgen.exports import Options
from quizgen.exports import json as exporter
from quizgen.model import Basic, Card, Choice, Cloze, Deck, Evidence, Stamp

DECK = Deck(
    "k3v9qz",
    "Cell biology, week 3",
    ("../seeds/cells.md",),
    (
        Card(
            "k7q2",
            Basic("What does it make?", "**ATP**"),
            (
                Evidence(
                    "It makes ATP.", "cells.md", (3, 4), "Dr Lin", 0, "https://x.y", "near", "n"
                ),
            ),
            "kept",
            "ready",
            "Because.",
            "Energy",
            ("atp",),
            Stamp("definition", "9f3a21", "1763688600-5ac1"),
        ),
        Card("b2b2", Cloze("The {{cell}} holds {{c2::water::wet}}."), (Evidence("w"),), "dropped"),
        Card("m4x9", Choice("Which?", ("a", "b", "c"), (0, 2))),
    ),
)


def written(deck: Deck) -> bytes:
    (data,) = exporter.export((deck,), Options()).values()
    return data


def test_every_field_of_every_card_is_there_whatever_its_state() -> None:
    bare: dict[str, object] = {"why": "", "tier": "rough", "section": "", "tags": [], "rule": ""}
    assert json.loads(written(DECK)) == {
        "deck": {
            "id": "k3v9qz",
            "title": "Cell biology, week 3",
            "sources": ["../seeds/cells.md"],
        },
        "cards": [
            {
                "id": "k7q2",
                "kind": "basic",
                "front": "What does it make?",
                "back": "**ATP**",
                "options": [],
                "key": [],
                "why": "Because.",
                "state": "kept",
                "tier": "ready",
                "section": "Energy",
                "tags": ["atp"],
                "rule": "definition",
                "evidence": [
                    {
                        "text": "It makes ATP.",
                        "document": "cells.md",
                        "lines": [3, 4],
                        "speaker": "Dr Lin",
                        "seconds": 0,
                        "link": "https://x.y",
                        "match": "near",
                        "note": "n",
                    }
                ],
            },
            {
                "id": "b2b2",
                "kind": "cloze",
                "front": "The {{c1::cell}} holds {{c2::water::wet}}.",
                "back": "cell; water",
                "options": [],
                "key": [],
                **bare,
                "state": "dropped",
                "evidence": [
                    {
                        "text": "w",
                        "document": "",
                        "lines": [],
                        "speaker": "",
                        "seconds": "",
                        "link": "",
                        "match": "page",
                        "note": "",
                    }
                ],
            },
            {
                "id": "m4x9",
                "kind": "choice",
                "front": "Which?",
                "back": "a; c",
                "options": ["a", "b", "c"],
                "key": [0, 2],
                **bare,
                "state": "draft",
                "evidence": [],
            },
        ],
    }


def test_the_file_is_readable_by_people_and_ends_with_a_newline() -> None:
    text = written(Deck("d", "Zellbiologie für Anfänger — 細胞")).decode("utf-8")
    assert text.startswith(
        '{\n "deck": {\n  "id": "d",\n  "title": "Zellbiologie für Anfänger — 細胞"'
    )
    assert text.endswith("\n}\n")


def test_a_lone_surrogate_is_written_as_an_escape_and_read_back() -> None:
    data = written(Deck("d", "lone \ud800 \U0001f9ec"))
    assert json.loads(data.decode("utf-8"))["deck"]["title"] == "lone \ud800 \U0001f9ec"


@given(decks())
def test_nothing_is_null_and_every_card_is_written(deck: Deck) -> None:
    text = written(deck).decode("utf-8")
    cards = json.loads(text)["cards"]
    assert [card["id"] for card in cards] == [card.id for card in deck.cards]
    assert None not in [value for card in cards for value in card.values()]
    assert None not in [v for card in cards for row in card["evidence"] for v in row.values()]
