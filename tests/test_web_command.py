"""The command that serves the page: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from sample import CELLS

from quizgen import store

DRAFTS = CELLS.replace("^k7q2 kept", "^k7q2 draft")

if sys.platform == "win32":
    pytest.skip("there is no such signal on Windows", allow_module_level=True)


class Serving:
    """The command, running; `open` asks its page as a browser does."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "quizgen", "review", "--no-open", *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"QUIZGEN_NAME": "Ada"},
        )
        assert self.process.stdout
        self.address = self.process.stdout.readline().removeprefix("Open ").strip()
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def open(self, address: str, form: str = "") -> str:
        with self._opener.open(address, form.encode() or None, timeout=30) as answer:
            return answer.read().decode()

    def keep(self) -> str:
        """Keep the card on the table; return its id once the page has said that it is kept."""
        page = self.open(self.address)
        acts = page[page.index('class="acts"') :]
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', acts)
        form = "&".join(f"{name}={value}" for name, value in [*hidden, ("do", "keep")])
        self.open(re.sub(r"/open.*", "/act", self.address), form)
        return dict(hidden)["card"]


@contextmanager
def serving(folder: Path, *arguments: str) -> Generator[Serving]:
    running = Serving(folder, *arguments)
    try:
        yield running
    finally:
        running.process.kill()
        running.process.communicate()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cells.md"
    path.write_text(DRAFTS, encoding="utf-8")
    return path


def test_ctrl_c_ends_a_review_with_what_it_came_to(path: Path):
    with serving(path.parent, "cells.md") as running:
        running.keep()
        running.process.send_signal(signal.SIGINT)
        said, _ = running.process.communicate(timeout=30)
    assert running.process.returncode == 0
    assert "1 kept, 0 dropped, 1 left" in said
    assert "quizgen export cells.md --to anki" in said
    assert "Traceback" not in said
    log = [json.loads(line) for line in store.log_path(path).read_text().splitlines()]
    assert {event.get("who") for event in log if event["what"] == "kept"} == {"Ada"}


def test_a_killed_review_has_saved_what_it_said_it_saved(path: Path):
    with serving(path.parent, "cells.md") as running:
        kept = running.keep()
        running.process.send_signal(signal.SIGKILL)
        running.process.wait(30)
    cards = {card.id: card.state for card in store.load(path).deck.cards}
    assert cards[kept] == "kept"


def test_without_a_deck_the_page_begins_with_where_to_put_a_document(tmp_path: Path):
    with serving(tmp_path) as running:
        page = running.open(running.address)
        assert "Paste a text" in page
        token = re.findall(r'name="token" value="([^"]+)"', page)[0]
        running.open(re.sub(r"/open.*", "/close", running.address), f"token={token}")
        assert running.process.wait(30) == 0


def test_a_deck_that_cannot_be_read_is_told_at_once(path: Path):
    path.write_text(DRAFTS.replace("ATP, by", "```\nATP, by"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "quizgen", "review", "--no-open", "cells.md"],
        cwd=path.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "cells.md:" in done.stderr
