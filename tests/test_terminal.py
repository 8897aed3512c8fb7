"""The review on a real terminal: single keys, an editor, a screen."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample import CELLS

from quizgen import store

if sys.platform == "win32":
    pytest.skip("there is no pty on Windows", allow_module_level=True)

import pty

_STEERING = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>])")


class Screen:
    """A program on a pseudo-terminal; reading blocks until what is awaited was printed."""

    def __init__(self, folder: Path, editor: str) -> None:
        self.child, self.handle = pty.fork()
        if self.child == 0:  # pragma: no cover - this is the other process
            os.chdir(folder)
            os.environ |= {"TERM": "xterm", "EDITOR": editor, "COLUMNS": "90", "LINES": "40"}
            os.execv(
                sys.executable,
                [sys.executable, "-m", "quizgen", "review", "--terminal", "cells.md"],
            )

    def until(self, words: str) -> str:
        data = b""
        while words not in (seen := _STEERING.sub("", data.decode(errors="replace"))):
            assert select.select([self.handle], [], [], 30)[0], f"no {words!r}: {seen[-300:]!r}"
            try:
                data += os.read(self.handle, 4096)
            except OSError:  # the program has ended
                pytest.fail(f"no {words!r} in {seen[-300:]!r}")
        return seen

    def press(self, keys: str) -> None:
        os.write(self.handle, keys.encode())


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    (tmp_path / "cells.md").write_text(CELLS.replace("^k7q2 kept", "^k7q2 draft"), encoding="utf-8")
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i.bak 's/ATP, by/ATP, made by/' \"$1\"\n", encoding="utf-8")
    editor.chmod(0o755)
    screen = Screen(tmp_path, str(editor))
    yield screen
    os.close(screen.handle)
    os.kill(screen.child, signal.SIGKILL)
    os.waitpid(screen.child, 0)


def test_a_key_needs_no_enter_and_an_edit_opens_the_editor(screen: Screen, tmp_path: Path):
    shown = screen.until("q quit")
    assert "What does the mitochondrion produce" in shown
    screen.press("E")
    assert "ATP, made by" in screen.until("q quit")
    screen.press("k")
    assert "Which organelle carries its own DNA?" in screen.until("q quit")
    screen.press("d")
    screen.until("Why? 1 wrong")
    screen.press("1q")
    screen.until("1 kept, 1 edited, 1 dropped, 0 left")

    deck = store.load(tmp_path / "cells.md").deck
    assert [card.state for card in deck.cards] == ["kept", "dropped"]
    assert "made by" in (tmp_path / "cells.md").read_text(encoding="utf-8")
    assert '"why": "wrong"' in (tmp_path / "cells.log.jsonl").read_text(encoding="utf-8")


def test_keys_typed_ahead_are_not_lost(screen: Screen, tmp_path: Path):
    screen.until("q quit")
    screen.press("kkq")
    screen.until("2 kept, 0 dropped, 0 left")
    assert [card.state for card in store.load(tmp_path / "cells.md").deck.cards] == ["kept"] * 2


def test_arrows_typed_ahead_are_so_many_keys_and_settle_nothing(screen: Screen, tmp_path: Path):
    screen.until("q quit")
    screen.press("\x1b[C\x1b[D\x1b[C\x1bOD\x1b[Ck")
    screen.until("Kept ^m4x9")
    assert [card.state for card in store.load(tmp_path / "cells.md").deck.cards] == [
        "draft",
        "kept",
    ]


def test_an_unknown_key_settles_nothing_and_does_not_quit(screen: Screen):
    screen.until("q quit")
    screen.press("\x1b[24~ß")
    assert "is no key here" in screen.until("'ß' is no key here")


def test_control_c_leaves_with_what_was_decided(screen: Screen, tmp_path: Path):
    screen.until("q quit")
    screen.press("k")
    screen.until("Kept ^k7q2")
    screen.press("\x03")
    screen.until("1 kept, 0 dropped, 1 left")
    assert store.load(tmp_path / "cells.md").deck.cards[0].state == "kept"
