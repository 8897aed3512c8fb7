from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import obsidian_grammar as grammar
import pytest
import strategies
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from quizgen import deckfile
from quizgen.cli import main
from quizgen.exports import Options
from quizgen.exports import obsidian as exporter
from quizgen.markup import obsidian
from quizgen.model import Basic, Card, Cloze, Deck, Evidence, State

DECK = r"""+++
format = 1
id = "k3v9qz"
title = "Cell biology: week 3"
sources = ["../seeds/cells.md"]
+++

# Energy

## What does the mitochondrion produce for the cell?

ATP, by oxidative phosphorylation: about $\frac{30}{1}$ per glucose.

> Each mitochondrion makes ATP by ==oxidative== phosphorylation :: mostly.
> — Dr Lin · [12:31](https://example.org/v?t=751) · ../seeds/cells.md:12-13 · verbatim

<!-- ^k7q2 kept ready rule=definition from=9f3a21 #energy #bio::cells -->

## Which organelle carries its own DNA?

- [ ] Ribosome
- [ ] Golgi apparatus
- [x] Mitochondrion

Why: it descends from a bacterium that a larger cell once engulfed.

<!-- ^m4x9 draft rough rule=choice from=77b0de -->

## Who described the citric acid cycle?

Hans Krebs

<!-- ^w8d2 kept ready -->

## The {{mitochondrion}} makes {{c2::ATP::energy}} in **every** cell.

> A mitochondrion makes ATP in every cell.
> — Dr Lin · page

<!-- ^c5r1 kept ready -->

## Energy is $E = {{mc^2}}$.

<!-- ^e6e6 kept ready -->
"""


def deck() -> Deck:
    return deckfile.parse(DECK).deck


def note(of: Deck, earlier: str = "") -> str:
    return exporter.export((of,), Options(earlier=earlier.encode()))[".md"].decode()


def shown(of: Deck) -> dict[str, grammar.Shown]:
    return {card.name: card for card in grammar.read(note(of))}


def test_every_card_is_read_back_by_its_name_in_the_order_of_the_deck() -> None:
    found = grammar.read(note(deck()))
    assert [card.name for card in found] == ["k7q2", "m4x9", "w8d2", "c5r1", "e6e6"]
    kinds = [card.kind for card in found]
    assert kinds == ["several", "several", "single", "cloze", "single"]


def test_evidence_is_shown_below_the_answer_and_is_no_card_of_its_own() -> None:
    card = shown(deck())["k7q2"]
    assert card.front == "What does the mitochondrion produce for the cell?"
    assert card.back.startswith(r"ATP, by oxidative phosphorylation: about $\frac{30}{1}$")
    assert "> Each mitochondrion makes ATP by =&#61;oxidative=&#61;" in card.back
    assert "Dr Lin · [12:31](https://example.org/v?t=751) · ../seeds/cells.md:12-13" in card.back
    assert card.back.endswith("#energy #bio/cells")


def test_the_evidence_of_a_cloze_stands_outside_its_card() -> None:
    card = shown(deck())["c5r1"]
    assert grammar.blanks(card.front) == ["mitochondrion", "ATP"]
    assert card.front.endswith("==ATP== (energy) in **every** cell.")
    assert "> A mitochondrion makes ATP in every cell.\n> — Dr Lin" in note(deck())


def test_a_blank_in_a_formula_is_asked_as_a_question() -> None:
    card = shown(deck())["e6e6"]
    assert (card.front, card.back) == ("Energy is $E = …$.", "Energy is $E = mc^2$.")


def test_a_choice_shows_its_options_before_and_the_right_one_after() -> None:
    card = shown(deck())["m4x9"]
    assert "- C) Mitochondrion" in card.front
    assert card.back.splitlines()[0] == "C) Mitochondrion"


def test_a_draft_is_marked_where_it_is_asked() -> None:
    marked = [card.name for card in grammar.read(note(deck())) if "not reviewed" in card.front]
    assert marked == ["m4x9"]


def test_the_note_is_a_deck_of_the_plug_in_by_its_tag() -> None:
    assert note(deck()).startswith("---\ntags:\n  - flashcards/cell-biology-week-3\n")


def test_a_new_export_keeps_what_the_plug_in_knows_of_every_card() -> None:
    first = note(deck())
    studied = first.replace("^k7q2\n", "^k7q2\n<!--SR:!2026-11-21,4,270-->\n")
    studied = studied.replace("^c5r1\n", "^c5r1\n<!--SR:!2026-12-01,9,250!2026-12-03,11,250-->\n")
    changed = deck()
    reworded = Basic("What do mitochondria produce?", "ATP")
    cards = (replace(changed.cards[0], content=reworded), *changed.cards[2:])
    again = {card.name: card for card in grammar.read(note(replace(changed, cards=cards), studied))}
    assert again["k7q2"].front == "What do mitochondria produce?"
    assert again["k7q2"].schedule == "<!--SR:!2026-11-21,4,270-->"
    assert again["c5r1"].schedule == "<!--SR:!2026-12-01,9,250!2026-12-03,11,250-->"
    assert again["w8d2"].schedule == ""
    assert note(deck(), studied) == studied


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Two `std::vector` and `x == y`", "Two <code>std&#58;&#58;vector</code> and "),
        ("`= this.file` runs", "<code>&#61; this&#46;file</code> runs"),
        ("`$= dv.pages()` runs", "<code>&#36;&#61; dv&#46;pages&#40;&#41;</code> runs"),
        ("see [[Other note]] and ![[x]]", r"see \[\[Other note]] and !\[\[x]]"),
        ("a #tag and C# and #1", r"a \#tag and C# and \#1"),
        (r"\# no heading", r"\# no heading"),
        ("x < y & z", "x &lt; y &amp; z"),
        ("50%% off", "50%&#37; off"),
        (r"snake_case \_x\_", r"snake_case \_x\_"),
        ("-5 °C", r"\-5 °C"),
        ("?", r"\?"),
        ("One.\n\nTwo.", "One.<br><br>Two."),
        ("- a\n\n- b", "- a\n- b"),
        ("```dataviewjs\nrun()\n```", "```\nrun()\n```"),
        ("```python\nx\n```", "```python\nx\n```"),
        ("[site](https://a.org/b_(c)) [bad](javascript:x)", "[site](https://a.org/b_%28c%29) bad"),
        ("$a == b$", "$a ={}= b$"),
    ],
)
def test_nothing_in_a_card_acts_in_obsidian(text: str, written: str) -> None:
    assert obsidian.write(text)[0].startswith(written)


def test_words_behind_a_table_are_kept() -> None:
    text, html = obsidian.write("Before.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nAfter *it*.\n\n- x")
    assert html
    table = "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"
    assert text == f"Before.\n{table}\n<p>After it.</p>\n<p>x</p>"


NASTY = st.lists(
    st.sampled_from(
        (
            *(
                ":::",
                "::",
                "?",
                "??",
                "==",
                "x",
                " ",
                "\n",
                "\n\n",
                "```",
                "~~~",
                "`",
                "<!--",
                "-->",
            ),
            *("| a |\n|---|", "- ", "1. ", "> ", "# ", "#t", "[[", "]]", "$", "{{", "}}", "^id"),
            *("%%", ";;", "**", "---", "+++", "\t", "&#58;&#58;", "\\", "水", "a == b"),
            "<!--SR:!x-->",
        )
    ),
    max_size=12,
).map("".join)


@given(NASTY, NASTY, st.sampled_from(get_args(State)), st.lists(NASTY, max_size=2))
def test_whatever_a_card_says_it_is_one_card(
    front: str, back: str, state: State, said: list[str]
) -> None:
    evidence = tuple(Evidence(words, speaker=words, note=words) for words in said)
    card = Card("a1", Basic(f"Q{front}", f"A{back}"), evidence, state, why=back)
    after = Card("z9", Basic("Last?", "Yes"), state="kept")
    found = grammar.read(note(Deck("d1", "T", cards=(card, after))))
    assert [each.name for each in found] == ["a1", "z9"]
    assert found[0].kind in ("single", "several")
    assert found[0].schedule == ""


@given(NASTY, NASTY)
def test_whatever_a_cloze_says_it_is_one_card_with_its_blanks(before: str, inside: str) -> None:
    card = Card("a1", Cloze(f"T {before} {{{{{inside or 'w'}}}}} end"), state="kept")
    after = Card("z9", Basic("Last?", "Yes"), state="kept")
    found = grammar.read(note(Deck("d1", "T", cards=(card, after))))
    assert [each.name for each in found] == ["a1", "z9"]


@given(strategies.decks())
def test_every_card_of_any_deck_is_read_back(of: Deck) -> None:
    named = [card.id for card in of.cards if card.id]
    assert [card.name for card in grammar.read(note(of)) if card.name] == named


def test_the_deck_itself_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "cells.md"
    path.write_text(DECK)
    run = CliRunner().invoke
    done = run(main, ["export", str(path), "--to", "obsidian"])
    assert done.output.endswith(f"wrote {tmp_path / 'cells.obsidian.md'}\n")
    vault = tmp_path / "Cells.md"
    assert run(main, ["export", str(path), "--to", "obsidian", "-o", str(vault)]).exit_code == 0
    assert [card.name for card in grammar.read(vault.read_text())] == [
        "k7q2",
        "w8d2",
        "c5r1",
        "e6e6",
    ]
    folder = run(main, ["export", str(path), "--to", "obsidian", "-o", str(tmp_path)])
    assert folder.output.endswith(f"wrote {tmp_path / 'cells.obsidian.md'}\n")
    refused = run(main, ["export", str(path), "--to", "obsidian", "-o", str(path)])
    assert refused.exit_code == 2
    assert "is a deck, which no export may replace" in refused.output
    assert path.read_text() == DECK
