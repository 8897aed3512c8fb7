"""Any chat writes the cards: prompts out, pasted replies in."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import good_model
import pytest
from click.testing import CliRunner, Result
from faulty_server import Asked, serving

from quizgen import store
from quizgen.cli import main
from quizgen.model import Card

SEEDS = Path(__file__).parent.parent / "seeds"
PAGE = SEEDS / "insights-page.txt"
TALK = SEEDS / "transcript.md"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUIZGEN_ANSWERS", str(tmp_path / "cache" / "answers.sqlite"))
    for source in (PAGE, TALK):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    return tmp_path


def quizgen(*args: str, text: str = "") -> Result:
    result = CliRunner().invoke(main, args, input=io.BytesIO(text.encode()), prog_name="quizgen")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def chat(*args: str, source: str = TALK.name, text: str = "") -> Result:
    return quizgen("make", source, "--with", "chat", *args, text=text)


def reply(prompt: str) -> str:
    """Answer a prompt as a chat does, with words around the block of JSON."""
    messages = [{"role": "system", "content": "Write study cards"}]
    messages += [{"role": "user", "content": prompt}]
    sent = good_model.answer(Asked("", {}, {"messages": messages}))
    said = json.loads(sent.body)["choices"][0]["message"]["content"]
    return f"Here are the cards.\n\n```json\n{said}\n```\nShall I make more?"


def cards() -> tuple[Card, ...]:
    (path,) = store.decks(Path("decks"))
    return store.load(path).deck.cards


# --- files -------------------------------------------------------------------


def test_prompts_are_written_as_files_and_replies_beside_them_are_read() -> None:
    first = chat("--replies", "talk")
    prompts = sorted(Path("talk").glob("*.prompt.txt"))

    assert (first.exit_code, Path("decks").exists()) == (1, False)
    assert "have no reply yet" in first.stderr
    assert len(prompts) > 2
    for prompt in prompts[:-1]:
        answer = reply(prompt.read_text(encoding="utf-8"))
        Path(str(prompt).replace(".prompt.", ".reply.")).write_text(answer, encoding="utf-8")
    second = chat("--replies", "talk")
    some = cards()
    last = str(prompts[-1])
    Path(last.replace(".prompt.", ".reply.")).write_text(
        reply(prompts[-1].read_text(encoding="utf-8")), encoding="utf-8"
    )
    third = chat("--replies", "talk")

    assert (second.exit_code, third.exit_code) == (1, 0)
    assert 0 < len(some) < len(cards())
    assert {(card.tier, card.stamp.extra) for card in cards()} == {("rough", ("model=chat",))}


def test_a_reply_without_cards_is_named_and_the_others_are_read() -> None:
    chat("--replies", "talk")
    first, *others = sorted(Path("talk").glob("*.prompt.txt"))
    for prompt in others:
        answer = reply(prompt.read_text(encoding="utf-8"))
        Path(str(prompt).replace(".prompt.", ".reply.")).write_text(answer, encoding="utf-8")
    bad = Path(str(first).replace(".prompt.", ".reply."))
    bad.write_text("I am sorry, I cannot do that.", encoding="utf-8")
    result = chat("--replies", "talk")

    assert result.exit_code == 1
    assert f"{bad}: the reply holds no cards" in result.stderr
    assert cards()


# --- pipes -------------------------------------------------------------------


def test_an_empty_pipe_gets_the_prompts_and_a_pipe_of_replies_makes_the_deck() -> None:
    first = chat()
    prompts = [
        each for each in re.split(r"^===$", first.stdout, flags=re.MULTILINE) if each.strip()
    ]
    second = chat(text="\n===\n".join(map(reply, prompts)))
    before = cards()
    third = chat()

    assert (first.exit_code, second.exit_code, third.exit_code) == (1, 0, 0)
    assert len(before) > 10
    assert cards() == before
    assert "[1] " not in third.stdout, "what was pasted once is not asked for again"


def test_what_was_pasted_is_checked_like_any_model() -> None:
    lie = {
        "cards": [
            {
                "kind": "basic",
                "quote": "The moon is made of rye bread, as every miller knows.",
                "line": 1,
                "question": "Of what is the moon made, according to every miller?",
                "answer": "Rye bread",
            }
        ]
    }
    result = chat(source=PAGE.name, text=json.dumps(lie))

    assert "not in the source" in result.stdout
    assert not Path("decks").exists()


def test_a_dry_run_counts_prompts_and_writes_nothing() -> None:
    result = chat("--dry-run", "--replies", "talk")

    assert re.search(r"\d prompts to paste, [\d,]+ tokens in all", result.stdout)
    assert not Path("talk").exists()
    assert not Path("cache").exists()


def test_what_cannot_be_together_is_said() -> None:
    for args, told in (
        (("--model", "m"), "--with openai"),
        (("--quick",), "--with openai"),
    ):
        result = chat(*args)
        assert (result.exit_code, told in result.stderr) == (2, True)
    pasted = quizgen("make", "-", "--with", "chat", text=PAGE.read_text(encoding="utf-8"))
    assert (pasted.exit_code, "--replies" in pasted.stderr) == (2, True)


# --- a terminal --------------------------------------------------------------


class Terminal:
    """A person at a terminal: what is seen, and what is typed."""

    def __init__(self, *args: str) -> None:
        self.seen = ""
        self.handle, theirs = pty.openpty()
        self.run = subprocess.Popen(
            [sys.executable, "-m", "quizgen", *args],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
        )
        os.close(theirs)

    def until(self, text: str) -> None:
        """Read until something is seen."""
        end = time.monotonic() + 60
        at = len(self.seen)
        while text not in self.seen[at:]:
            assert time.monotonic() < end, self.seen[-2000:]
            if select.select([self.handle], [], [], 1)[0]:
                self.seen += self._read()

    def type(self, text: str) -> None:
        """Type or paste, while reading what is echoed, as a terminal does."""
        data = text.encode()
        while data:
            _, ready, _ = select.select([], [self.handle], [], 5)
            assert ready
            data = data[os.write(self.handle, data[:1024]) :]
            while select.select([self.handle], [], [], 0)[0]:
                self.seen += self._read()

    def end(self) -> int:
        """Read to the end, and return the exit status."""
        end = time.monotonic() + 60
        with contextlib.suppress(OSError):
            while True:
                assert time.monotonic() < end, self.seen[-2000:]
                if select.select([self.handle], [], [], 1)[0]:
                    if not (part := self._read()):
                        break
                    self.seen += part
        return self.run.wait(timeout=60)

    def _read(self) -> str:
        return os.read(self.handle, 65536).decode("utf-8", "replace")


@contextlib.contextmanager
def terminal(*args: str) -> Generator[Terminal]:
    opened = Terminal(*args)
    try:
        yield opened
    finally:
        opened.run.kill()
        opened.run.wait()
        os.close(opened.handle)


def test_a_person_pastes_a_long_line_tries_again_and_stops() -> None:
    prompts = chat().stdout.split("\n===\n")
    with terminal("make", TALK.name, "--with", "chat") as person:
        person.until("press Ctrl-D")
        person.type("Sorry, no.\x04")
        person.until("the reply holds no cards")
        person.until("press Ctrl-D")
        long = json.dumps(json.loads(re.findall(r"```json\n(.*?)\n```", reply(prompts[0]))[0]))
        assert len(long) > 4096, "longer than a terminal hands over at once"
        person.type(f"{long}\x04")
        person.until("cards from this reply")
        person.until("press Ctrl-D")
        person.run.send_signal(signal.SIGINT)
        status = person.end()

    assert status == 130
    assert "Traceback" not in person.seen
    assert cards()


def test_a_dear_run_is_confirmed_on_a_terminal_and_a_no_sends_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none-of-this-is-sent")
    dear = ("--with", "openai", "--model", "gpt-4o", "--confirm-above", "0.01")
    with terminal("make", TALK.name, *dear) as person:
        person.until("Send it?")
        person.type("n\n")
        status = person.end()

    assert (status, "nothing was sent" in person.seen) == (0, True)
    assert re.search(r"about \$0\.\d\d+ \(genai-prices", person.seen)
    assert not (tmp_path / "cache").exists()


def test_a_bar_shows_passages_cards_and_what_is_left() -> None:
    with serving(good_model.answer, latency=0.02) as server:
        options = ("--with", "openai", "--model", "m", "--base-url", server.url)
        with terminal("make", TALK.name, *options) as person:
            status = person.end()

    assert (status, "Send it?" in person.seen) == (0, False), "nothing to pay on this machine"
    assert "answers by JSON schema" in person.seen
    assert re.search(r"passages .*\d+/5.* \d+ cards.*left", person.seen)
