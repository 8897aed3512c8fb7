"""Reviewing is one decision at a time, each saved, each undone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from sample import CELLS, PAGE

from quizgen import deckfile, readers, review, store, works
from quizgen.errors import DeckSyntaxError, QuizgenError
from quizgen.model import Basic, Cloze, Work
from quizgen.ui import keys, terminal

DRAFTS = CELLS.replace("^k7q2 kept", "^k7q2 draft")


def work() -> Work:
    (found,) = works.group([readers.read(PAGE.encode(), "../seeds/cells.md")])
    return found


def sit_down(path: Path, *answers: str, edited: str | None = None) -> str:
    """Review with the given keys and lines, as if typed; return what the screen showed."""
    waiting = list(answers)
    screen = io.StringIO()
    console = Console(file=screen, width=100, color_system=None)
    talk = keys.Talk(
        key=lambda: waiting.pop(0) if waiting else "",
        line=lambda _: waiting.pop(0) if waiting else "",
        editor=lambda text: edited if edited is not None else text,
    )
    terminal.run(path, work(), console, talk)
    return screen.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cells.md"
    path.write_bytes(DRAFTS.encode())
    return path


def states(path: Path) -> dict[str, str]:
    return {card.id: card.state for card in store.load(path).deck.cards}


def test_ready_drafts_come_first():
    swapped = DRAFTS.replace("draft ready", "draft rough").replace(
        "^m4x9 draft rough", "^m4x9 draft ready"
    )
    assert review.start(deckfile.parse(swapped).deck).queue == ("m4x9", "k7q2")


def test_one_key_settles_one_card(path: Path):
    sit_down(path, "k", "d", "3", "q")
    assert states(path) == {"k7q2": "kept", "m4x9": "dropped"}
    assert '"why": "trivial"' in store.log_path(path).read_text(encoding="utf-8")


def test_the_end_of_input_quits_and_keeps_what_was_decided(path: Path):
    sit_down(path, "k")
    assert states(path) == {"k7q2": "kept", "m4x9": "draft"}


def test_an_empty_line_settles_nothing(path: Path):
    sit_down(path, "\n", "\r", "q")
    assert states(path) == {"k7q2": "draft", "m4x9": "draft"}


def test_the_card_is_shown_with_its_evidence_and_place(path: Path):
    shown = sit_down(path, "q")
    assert "Each mitochondrion makes ATP by oxidative phosphorylation." in shown
    assert "Dr Lin" in shown
    assert "../seeds/cells.md:12-13" in shown


def test_control_codes_of_a_source_do_not_reach_the_terminal(path: Path):
    path.write_text(DRAFTS.replace("ATP, by", "\x1b[2JATP\x07, by"), encoding="utf-8")
    shown = sit_down(path, "q")
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_a_skipped_card_comes_last(path: Path):
    sit_down(path, "s", "k", "q")
    assert states(path) == {"k7q2": "draft", "m4x9": "kept"}


def test_undo_gives_the_file_back_byte_for_byte(path: Path):
    sit_down(path, "k", "d", "", "s", "u", "u", "u", "q")
    assert path.read_bytes() == DRAFTS.encode()


@given(st.lists(st.sampled_from(["kept", "dropped", "skip"]), max_size=6))
@settings(max_examples=30)
def test_undoing_everything_restores_the_deck(deeds: list[str]):
    parsed = deckfile.parse(DRAFTS)
    session = start = review.start(parsed.deck)
    for deed in deeds:
        if not session.current:
            break
        if deed == "skip":
            session = review.skip(session)
            continue
        session, edit = review.decide(session, parsed, "kept" if deed == "kept" else "dropped")
        parsed = deckfile.parse(deckfile.apply(parsed, [edit]))
    while session.done:
        session, edit = review.undo(session, parsed)
        if edit:
            parsed = deckfile.parse(deckfile.apply(parsed, [edit]))
    assert parsed.text == DRAFTS
    assert session.queue == start.queue


def test_an_edited_card_stays_on_the_table_to_be_kept(path: Path):
    block = deckfile.parse(DRAFTS).block(0).replace("ATP, by", "ATP, made by")
    sit_down(path, "e", "k", "q", edited=block)
    assert path.read_text(encoding="utf-8") == DRAFTS.replace("ATP, by", "ATP, made by").replace(
        "^k7q2 draft", "^k7q2 kept"
    )


def test_an_edit_that_is_no_card_is_refused_and_written_nowhere(path: Path):
    shown = sit_down(path, "e", "q", edited="just words")
    assert "a card begins with" in shown
    assert path.read_bytes() == DRAFTS.encode()


def test_a_card_deleted_in_an_editor_meanwhile_is_passed_over(path: Path):
    parsed = deckfile.parse(DRAFTS)
    session = review.start(parsed.deck)
    without = deckfile.parse(parsed.text.replace(parsed.block(0), ""))
    with pytest.raises(QuizgenError, match="no longer in the deck"):
        review.decide(session, without, "kept")


def test_a_question_typed_for_an_insight_gets_answer_evidence_and_id_from_the_code(path: Path):
    sit_down(path, "a", "What makes ATP?", "", "q")
    card = next(c for c in store.load(path).deck.cards if c.stamp.rule == "hand")
    assert isinstance(card.content, Basic)
    assert card.content.question == "What makes ATP?"
    assert len(card.content.answer.split()) <= 20
    assert card.evidence[0].text.startswith("Each mitochondrion makes ATP")
    assert (card.state, card.evidence[0].document, bool(card.id)) == (
        "kept",
        "../seeds/cells.md",
        True,
    )


def test_words_picked_from_an_insight_are_blanked(path: Path):
    sit_down(path, "a", "/oxidative phosphorylation/", "q")
    card = next(c for c in store.load(path).deck.cards if c.stamp.rule == "hand")
    assert isinstance(card.content, Cloze)
    assert "{{oxidative phosphorylation}}" in card.content.text


def test_words_that_are_not_in_the_evidence_are_refused(path: Path):
    shown = sit_down(path, "a", "/photosynthesis/", "q")
    assert "does not stand in the evidence" in shown
    assert path.read_bytes() == DRAFTS.encode()


def test_a_piece_with_a_ready_card_is_no_gap():
    deck = deckfile.parse(DRAFTS.replace("cells.md:12-13", "cells.md:7")).deck
    assert len(review.gaps(deckfile.parse(DRAFTS).deck, work())) == 4
    assert len(review.gaps(deck, work())) == 3


def test_an_edit_may_not_change_the_id():
    parsed = deckfile.parse(DRAFTS)
    session = review.start(parsed.deck)
    _, edit = review.edit(session, parsed, parsed.block(0).replace("^k7q2", "^zzzz"))
    with pytest.raises(DeckSyntaxError, match="must keep the id"):
        deckfile.apply(parsed, [edit])
