"""At the terminal every decision is a key, saved before the next card is shown."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from sample import CELLS, PAGE

from quizgen import store
from quizgen.markup import linear
from quizgen.model import Basic, Choice, Cloze
from quizgen.ui import keys, prose, terminal

DRAFTS = CELLS.replace("^k7q2 kept", "^k7q2 draft")


class Desk:
    """A deck with its document, and a person who types."""

    def __init__(self, folder: Path, text: str = DRAFTS) -> None:
        self.path = folder / "decks" / "cells.md"
        self.path.parent.mkdir()
        self.path.write_bytes(text.encode())
        (folder / "seeds").mkdir()
        (folder / "seeds" / "cells.md").write_text(PAGE, encoding="utf-8")
        self.parting: list[str] = []
        self.composed: list[list[str]] = []

    def sit(self, *answers: str, edited: str | None = None, width: int = 100) -> str:
        """Press keys and type lines; return what the screen showed."""
        waiting = list(answers)
        shown = io.StringIO()
        console = Console(file=shown, width=width, color_system=None)

        def compose(text: str, judge: keys.Judge, _title: str) -> str | None:
            after = edited if edited is not None else text
            self.composed.append(list(judge(after)))
            return after

        def line(_prompt: str, text: str) -> str:
            return waiting.pop(0) if waiting else text

        talk = keys.Talk(
            key=lambda: waiting.pop(0) if waiting else "",
            line=line,
            compose=compose,
            editor=lambda text: edited if edited is not None else text,
        )
        self.parting = terminal.parting(terminal.run(self.path, console, talk, "ada"))
        return shown.getvalue()

    @property
    def states(self) -> dict[str, str]:
        return {card.id: card.state for card in store.load(self.path).deck.cards}

    @property
    def log(self) -> str:
        return store.log_path(self.path).read_text(encoding="utf-8")

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# --- deciding ----------------------------------------------------------------


def test_one_key_settles_one_card_and_a_number_says_why_it_was_dropped(desk: Desk):
    desk.sit("k", "d", "3", "q")
    assert desk.states == {"k7q2": "kept", "m4x9": "dropped"}
    assert '"why": "trivial", "who": "ada"' in desk.log


def test_a_reason_may_be_given_in_words_or_not_at_all(desk: Desk):
    desk.sit("d", "r", "the book says otherwise", "d", "q")
    assert '"why": "the book says otherwise"' in desk.log
    assert desk.states == {"k7q2": "dropped", "m4x9": "dropped"}
    assert desk.parting[1] == "  dropped: 1 the book says otherwise, 1 no reason given"


def test_a_number_without_a_dropped_card_settles_nothing(desk: Desk):
    assert "'3' is no key here" in desk.sit("3", "q")
    assert desk.text == DRAFTS


def test_the_end_of_input_quits_and_keeps_what_was_decided(desk: Desk):
    desk.sit("k")
    assert desk.states == {"k7q2": "kept", "m4x9": "draft"}


def test_an_empty_line_and_an_unknown_key_settle_nothing(desk: Desk):
    desk.sit("\n", "\r", "up", "escape", "w", "q")
    assert desk.text == DRAFTS


def test_a_skipped_card_comes_last_and_a_flagged_one_stays_flagged(desk: Desk):
    shown = desk.sit("s", "f", "q")
    assert desk.states == {"k7q2": "draft", "m4x9": "draft"}
    assert "flag=later" in desk.text
    assert "^m4x9 is flagged for later" in shown
    assert "1 for later" in shown


def test_all_that_are_clean_are_kept_after_a_count_and_a_yes(desk: Desk):
    assert "Nothing was kept" in desk.sit("K", "n", "q")
    assert desk.text == DRAFTS
    assert "u takes all of it back" in desk.sit("K", "y", "u", "q")
    assert desk.text == DRAFTS


def test_undo_reaches_into_earlier_sessions_and_redo_follows(desk: Desk):
    desk.sit("k", "d", "2", "q")
    worked = desk.text
    shown = desk.sit("u", "u", "u", "q")
    assert "Took back dropping ^m4x9" in shown
    assert "There is nothing to take back" in shown
    assert desk.text == DRAFTS
    desk.sit("U", "U", "q")
    assert desk.text == worked


def test_two_reviewers_at_once_lose_nothing_and_are_told_of_each_other(desk: Desk):
    waiting = ["k", "k", "q"]
    talks: list[str] = []

    def key() -> str:
        if not talks:  # while the first card is on the screen, somebody else settles it
            talks.append("bo")
            other = keys.Talk(lambda: typed.pop(0), lambda _, t: t, lambda t, _, __: t, lambda t: t)
            typed = ["d", "q"]
            terminal.run(desk.path, Console(file=io.StringIO()), other, "bo")
        return waiting.pop(0)

    shown = io.StringIO()
    console = Console(file=shown, width=100, color_system=None)
    talk = keys.Talk(key, lambda _, t: t, lambda t, _, __: t, lambda t: t)
    terminal.run(desk.path, console, talk, "ada")
    assert "was changed meanwhile by bo, and is dropped now" in " ".join(shown.getvalue().split())
    assert desk.states == {"k7q2": "kept", "m4x9": "draft"}


# --- changing ----------------------------------------------------------------


def test_an_edited_card_stays_on_the_table_to_be_kept(desk: Desk):
    text = DRAFTS[DRAFTS.index("## What") : DRAFTS.index("<!-- ^k7q2")]
    desk.sit("e", "k", "q", edited=text.replace("ATP, by", "ATP, made by"))
    assert desk.text == DRAFTS.replace("ATP, by", "ATP, made by").replace(
        "^k7q2 draft", "^k7q2 kept"
    )
    assert '"what": "edited"' in desk.log


def test_the_checks_speak_while_a_card_is_edited(desk: Desk):
    desk.sit("e", "q", edited="## Is it made there?\n\nYes")
    assert any(line.startswith("yes-no-question: ") for line in desk.composed[0])


def test_an_edit_that_is_no_card_is_refused_and_written_nowhere(desk: Desk):
    assert "a card begins with" in desk.sit("E", "q", edited="just words")
    assert desk.text == DRAFTS


def test_tags_are_changed_on_one_line(desk: Desk):
    desk.sit("t", "energy exam #week3", "q")
    assert "#energy #exam #week3 -->" in desk.text


def test_a_choice_becomes_a_basic_card_with_an_id_of_its_own(desk: Desk):
    shown = desk.sit("right", "c", "b", "q")
    cards = store.load(desk.path).deck.cards
    assert [card.state for card in cards] == ["draft", "dropped", "draft"]
    assert isinstance(cards[2].content, Basic)
    assert f"^{cards[2].id}, a basic card, takes the place of ^m4x9" in shown


def test_a_card_is_split_in_an_editor(desk: Desk):
    desk.sit("x", "q", edited="## What does it make?\n\nATP\n\n## How?\n\nBy oxidation")
    assert len(store.load(desk.path).deck.cards) == 3


def test_a_similar_card_stands_beside_with_its_difference_and_is_merged_by_a_key(tmp_path: Path):
    block = DRAFTS[DRAFTS.index("## What") : DRAFTS.index("## Which")]
    twin = block.replace("^k7q2", "^zzzz").replace("for the cell", "for a cell")
    desk = Desk(tmp_path, DRAFTS.replace(block, block + twin))
    shown = desk.sit("g", "q")
    assert "like ^zzzz, draft: What does the mitochondrion produce for [a] cell?" in shown
    assert desk.states == {"k7q2": "draft", "zzzz": "dropped", "m4x9": "draft"}


def test_a_question_typed_for_an_insight_becomes_a_card(desk: Desk):
    desk.sit("a", "What makes ATP?", "", "q")
    card = next(c for c in store.load(desk.path).deck.cards if c.stamp.rule == "hand")
    assert isinstance(card.content, Basic)
    assert card.evidence[0].document == "../seeds/cells.md"
    assert card.state == "kept"


def test_words_picked_from_an_insight_are_blanked(desk: Desk):
    desk.sit("a", "/oxidative phosphorylation/", "q")
    card = next(c for c in store.load(desk.path).deck.cards if c.stamp.rule == "hand")
    assert isinstance(card.content, Cloze)


def test_a_deck_whose_documents_are_gone_is_reviewed_all_the_same(desk: Desk):
    (desk.path.parent.parent / "seeds" / "cells.md").unlink()
    shown = desk.sit("a", "k", "q")
    assert "documents are gone" in shown
    assert desk.states["k7q2"] == "kept"


# --- showing -----------------------------------------------------------------


def test_the_card_is_shown_with_its_evidence_place_and_link(desk: Desk):
    shown = desk.sit("q")
    assert "Each mitochondrion makes ATP by oxidative phosphorylation." in shown
    assert "— Dr Lin · 12:31 · ../seeds/cells.md:12-13 · verbatim" in shown
    assert "https://example.org/v?t=751" in shown
    assert "about 30/1 per glucose" in shown
    assert "1 of 2 · ready · definition · Energy" in shown


def test_control_codes_of_a_source_do_not_reach_the_terminal(tmp_path: Path):
    text = DRAFTS.replace("ATP, by", "\x1b[2JATP\x07, \u202eby").replace("Dr Lin", "Dr \x9bLin")
    shown = Desk(tmp_path, text).sit("q")
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(shown)


def test_a_question_can_come_first_and_space_shows_the_answer(desk: Desk):
    shown = desk.sit("v", " ", "q")
    _, _, asked, answered = shown.split("1 of 2 · ")
    assert "phosphorylation" not in asked
    assert "oxidative phosphorylation" in answered


def test_a_search_shows_settled_cards_and_one_without_result_is_told(desk: Desk):
    desk.sit("k", "q")
    assert "1 of 1 · kept · ready" in desk.sit("/", "state:kept", "q")
    assert "No card is found by 'nowhere'" in desk.sit("/", "nowhere", "q")
    assert "no 'colour' to search by" in desk.sit("/", "colour:red", "q")


def test_every_key_is_explained(desk: Desk):
    shown = desk.sit("?", "q")
    for key in terminal.KEYS:
        assert key.explained in shown
    assert len({each for key in terminal.KEYS for each in key.keys}) == sum(
        len(key.keys) for key in terminal.KEYS
    )


def test_the_end_tells_what_came_of_it_and_what_to_type(desk: Desk):
    shown = desk.sit("k", "d", "1", "q")
    assert "Every card that is shown here is settled." in shown
    assert desk.parting == [
        f"{desk.path}: 1 kept, 1 dropped, 0 left to review",
        "  dropped: 1 wrong",
        "  kept by rule: choice 0 of 1, definition 1 of 1",
        f"Next: quizgen export {desk.path} --to anki",
    ]


def test_no_line_is_wider_than_the_screen_whatever_the_script(tmp_path: Path):
    text = DRAFTS.replace("ATP, by", "線粒體是細胞中製造能量的結構" * 8 + " مرحبا بالعالم " * 9)
    for width in (40, 80, 160):
        (tmp_path / str(width)).mkdir()
        desk = Desk(tmp_path / str(width), text)
        console = Console(file=io.StringIO(), width=width, height=24, color_system=None)
        lines = prose.wrapped(prose.styled(text), width, console)
        assert max(line.cell_len for line in lines) <= width
        assert max(cell_len(line) for line in desk.sit("q", width=width).split("\n")) <= width


def test_what_is_read_from_the_right_is_set_at_the_right():
    console = Console(width=40)
    (line,) = prose.wrapped(Text("مرحبا بالعالم"), 40, console)
    assert line.cell_len == 40
    assert line.plain.startswith(" ")
    assert prose.is_right_to_left("«שלום» is Hebrew")
    assert not prose.is_right_to_left("Hebrew is «שלום»")


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        (r"\frac{30}{1}", "30/1"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        ("x^{2n}", "x²ⁿ"),
        (r"\alpha_i \leq \sqrt{2}", "αᵢ ≤ √2"),
        (r"\text{speed} = \frac{d}{t}", "speed = d/t"),
        (r"\broken{", r"\broken{"),
        ("a < b", "a < b"),
    ],
)
def test_maths_is_written_on_one_line(tex: str, line: str):
    assert linear.convert(tex) == line


def test_options_are_marked_without_colour(tmp_path: Path):
    shown = Desk(tmp_path).sit("k", "q")
    assert "○ Ribosome" in shown
    assert "● Mitochondrion" in shown
    assert isinstance(store.load(tmp_path / "decks" / "cells.md").deck.cards[1].content, Choice)
