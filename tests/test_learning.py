"""What a person mostly drops comes later, and is said to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner
from sample import PAGE

from quizgen import arrangement, cli, deckfile, learning, review, sitting, store
from quizgen.learning import Taste
from quizgen.model import Basic, Card, Cloze, Content, Deck, Stamp, State


def card(name: str, rule: str, state: State, content: Content | None = None) -> Card:
    content = content or Basic(f"What is {name}?", name)
    return Card(name, content, state=state, tier="ready", stamp=Stamp(rule=rule))


def settled(rule: str, kept: int, dropped: int, content: Content | None = None) -> list[Card]:
    return [
        card(f"{rule}{n}", rule, "kept" if n < kept else "dropped", content)
        for n in range(kept + dropped)
    ]


def taste(*cards: Card, why: str = "") -> Taste:
    reasons = {each.id: why for each in cards if each.state == "dropped"}
    return learning.taste([(cards, reasons)])


def test_a_rule_that_is_mostly_dropped_is_put_off_and_one_that_is_kept_is_not():
    found = taste(*settled("blank", 2, 9), *settled("claim", 9, 2), why="trivial")
    assert found.puts_off(card("x", "blank", "draft"))
    assert not found.puts_off(card("x", "claim", "draft"))
    assert found.sentences([card("x", "blank", "draft")]) == [
        "cards of the rule blank come later: you dropped 9 of 11, mostly as trivial"
    ]


def test_a_few_decisions_are_no_habit():
    assert taste(*settled("blank", 0, 4)) == Taste()
    assert taste(*settled("blank", 4, 5)) == Taste()


def test_cards_dropped_for_the_sake_of_others_say_nothing():
    assert taste(*settled("blank", 0, 9), why="merged into ^abcd") == Taste()
    assert taste(*settled("blank", 0, 9), why="said elsewhere") == Taste()


def test_a_persons_own_cards_and_drafts_say_nothing():
    assert taste(*settled("hand", 0, 9), *[card(f"d{n}", "blank", "draft") for n in range(9)]) == (
        Taste()
    )


def test_a_kind_is_judged_apart_from_the_rules_that_are_rejected_anyway():
    cloze = Cloze("The {{cell}} lives.")
    one_rule = taste(*settled("blank", 0, 9, cloze), *settled("acronym", 5, 1, cloze))
    assert set(one_rule.rules) == {"blank"}
    assert one_rule.kinds == {}
    rows = [each for n in range(4) for each in settled(f"r{n}", 1, 3, cloze)]
    assert taste(*rows).kinds["cloze"].sentence == "cloze cards come later: you dropped 12 of 16"


def test_what_is_put_off_ends_its_section():
    cards = [
        replace(card("bad", "blank", "draft"), section="One"),
        replace(card("good", "claim", "draft"), section="One"),
        replace(card("other", "claim", "draft"), section="Two"),
    ]
    found = arrangement.arranged(cards, lambda each: each.stamp.rule == "blank")
    assert [each.id for each in found] == ["good", "bad", "other"]


def test_make_puts_off_what_was_dropped_in_other_decks_and_says_so(tmp_path: Path):
    dislikes = Deck("other2", "Another talk", (), tuple(settled("acronym", 0, 9)))
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "other.md").write_text(deckfile.render(dislikes), encoding="utf-8")
    page = tmp_path / "cells.txt"
    page.write_text(PAGE, encoding="utf-8")

    def made(*options: str) -> str:
        ran = CliRunner().invoke(cli.main, ["make", str(page), "-o", str(folder), *options])
        assert ran.exit_code == 0, ran.output
        return ran.output

    assert "come later" not in made("--no-learn", "--dry-run")
    said = made()
    assert "cards of the rule acronym come later: you dropped 9 of 9 (--no-learn" in said
    deck = next(store.load(path) for path in store.decks(folder) if path.name != "other.md")
    rules = [each.stamp.rule for each in deck.deck.cards]
    assert rules[-1] == "acronym"
    first = sitting.sit_down(deck.path, "ada")
    assert first.card(first.start().order[-1]).stamp.rule == "acronym"


def test_a_reason_given_in_a_review_is_learnt_from(tmp_path: Path):
    path = tmp_path / "deck.md"
    cards = [card(f"blank{n}", "blank", "draft") for n in range(7)]
    path.write_text(deckfile.render(Deck("abcdef", "A talk", (), tuple(cards))), encoding="utf-8")
    sat = sitting.sit_down(path, "ada")
    for each in cards[:6]:
        sat.do(review.decide(sat.parsed, each.id, "dropped", "unclear"))
    again = sitting.sit_down(path, "ada")
    assert again.taste.rules["blank"].why == "unclear"
