"""The review in a real terminal: what stands on the screen, at the sizes that people have."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from sample import CELLS, PAGE

from quizgen import store

pytestmark = pytest.mark.real("tmux")
DRAFTS = CELLS.replace("^k7q2 kept", "^k7q2 draft")


class Tmux:
    """A terminal of a size, in which the review of a deck runs."""

    def __init__(self, folder: Path, size: tuple[int, int], text: str, **env: str) -> None:
        self.deck = folder / "decks" / "cells.md"
        self.deck.parent.mkdir()
        self.deck.write_text(text, encoding="utf-8")
        (folder / "seeds").mkdir()
        (folder / "seeds" / "cells.md").write_text(PAGE, encoding="utf-8")
        self._socket = str(folder / "tmux")
        command = [sys.executable, "-m", "quizgen", "review", str(self.deck), "--terminal"]
        settings = {"QUIZGEN_NAME": "ada", **env}
        said = " ".join(f"{name}={value}" for name, value in settings.items())
        width, height = size
        self._run(
            *("-f", os.devnull, "new-session", "-d", "-x", f"{width}", "-y", f"{height}"),
            f"env -u COLUMNS -u LINES {said} {shlex.join(command)}; cat",
        )

    def _run(self, *arguments: str) -> str:
        command = ["tmux", "-u", "-S", self._socket, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def press(self, *keys: str) -> None:
        self._run("send-keys", *keys)

    def until(self, words: str) -> list[str]:
        """Return the screen once it shows these words; tmux tells of no change, so it is asked."""
        deadline = time.monotonic() + 30
        while words not in (shown := self._run("capture-pane", "-p")):
            assert time.monotonic() < deadline, f"no {words!r} in\n{shown}"
        return shown.split("\n")

    def close(self) -> None:
        self._run("kill-server")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Tmux]:
    tmux = Tmux(tmp_path, (80, 24), DRAFTS)
    yield tmux
    tmux.close()


def test_a_card_its_evidence_and_the_keys_fit_on_a_small_screen(small: Tmux):
    lines = small.until("q quit")
    assert lines[0].startswith("1 of 2 · ready · definition · Energy")
    assert "2 left" in lines[0]
    assert "What does the mitochondrion produce for the cell?" in lines
    assert "│ Each mitochondrion makes ATP by oxidative phosphorylation." in lines
    assert lines[23].endswith("q quit") or lines[22].endswith("q quit")


def test_a_whole_review_by_keys(small: Tmux):
    small.until("q quit")
    small.press("k")
    small.until("Kept ^k7q2")
    small.press("d")
    small.until("Why? 1 wrong 2 unclear 3 trivial 4 said elsewhere 5 not for me")
    small.press("3")
    small.until("dropped: 1 trivial")
    small.press("u")
    small.until("Took back dropping ^m4x9")
    small.press("q")
    small.until("0 dropped, 1 left")
    assert [card.state for card in store.load(small.deck).deck.cards] == ["kept", "draft"]


def test_a_card_is_edited_in_place_while_the_checks_speak(small: Tmux):
    small.until("q quit")
    small.press("e")
    small.until("Ctrl-S saves")
    small.press("-l", " Is it so?")
    small.press("C-c")
    small.until("Nothing was changed.")
    small.press("e")
    small.until("Ctrl-S saves")
    small.press(*["Up"] * 9, "C-a", "C-k")
    small.until("line 1: ")
    small.press("-l", "## What does a mitochondrion make?")
    small.press("C-s")
    small.until("What does a mitochondrion make?")
    small.until("q quit")
    assert "## What does a mitochondrion make?\n" in small.deck.read_text(encoding="utf-8")


def test_every_key_is_explained_on_a_small_screen(small: Tmux):
    small.until("q quit")
    small.press("?")
    lines = small.until("Leave; everything is saved.")
    assert lines[0] == "Keys"


def test_evidence_stands_beside_the_card_on_a_wide_screen(tmp_path: Path):
    tmux = Tmux(tmp_path, (160, 50), DRAFTS, NO_COLOR="1")
    lines = tmux.until("q quit")
    tmux.close()
    beside = next(line for line in lines if "What does the mitochondrion" in line)
    assert "│ Each mitochondrion makes ATP" in beside


def test_wide_letters_keep_the_columns_and_right_to_left_ones_stand_alone(tmp_path: Path):
    (tmp_path / "wide").mkdir()
    (tmp_path / "rtl").mkdir()
    text = DRAFTS.replace("ATP, by", "線粒體是細胞中製造能量的結構，" * 9)
    tmux = Tmux(tmp_path / "wide", (120, 40), text)
    lines = tmux.until("q quit")
    tmux.close()
    bars = {cell_len(line[: line.index("│")]) for line in lines if "│" in line}
    assert bars == {61}
    tmux = Tmux(tmp_path / "rtl", (120, 40), DRAFTS.replace("ATP, by", "مرحبا بالعالم"))
    lines = tmux.until("q quit")
    tmux.close()
    assert any(line.startswith("│ Each mitochondrion") for line in lines)
