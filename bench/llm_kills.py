"""Kill `quizgen make --with openai` again and again, and count what is paid for twice.

What is under way at a kill is lost, and nothing else may be: of the answers that the server has
given no more than `CONCURRENCY` may be missing from the file of answers after each kill, and the
deck in the end is the one that a run in peace makes. Then Ctrl-C is pressed a few times: each
run has to end within `SOON` seconds, say so by its exit status, and leave a deck that is whole.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from llm_make import speech

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import good_model
from faulty_server import FaultyServer, serving

PASSAGES = int(sys.argv[1]) if len(sys.argv) > 1 else 300
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 50
STOPS = 10
CONCURRENCY = 8
LATENCY = 0.05
SOON = 2.0
TALK = "talk.md"


def main() -> None:
    """Kill, run to the end, run once more, stop by Ctrl-C, and tell."""
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder, serving(good_model.answer) as server:
        server.latency = LATENCY
        calm, killed, stopped = (Path(folder) / name for name in ("calm", "killed", "stopped"))
        for each in (calm, killed, stopped):
            each.mkdir()
            (each / TALK).write_text(speech(PASSAGES), encoding="utf-8")
        start = time.monotonic()
        finish(server, calm)
        took, requests = time.monotonic() - start, len(server.asked)
        server.asked.clear()
        step = max(1, requests // (KILLS + 1))
        lost = [life(server, killed, chance.randint(1, 2 * step - 1)) for _ in range(KILLS)]
        finish(server, killed)
        twice = paid_twice(server)
        before = len(server.asked)
        finish(server, killed)
        again = len(server.asked) - before
        # What is under way when it is stopped goes on to its end, if that is near.
        step = max(1, requests // (STOPS + 1) - CONCURRENCY)
        waits = [stop(server, stopped, step) for _ in range(STOPS)]
        is_same = cards(calm) == cards(killed)
        is_whole = 0 < cards(stopped) <= cards(calm)
    print(
        f"{PASSAGES} passages, {requests} requests in peace ({took:.0f} s), {CONCURRENCY} at once"
    )
    print(f"{KILLS} kills: paid for {twice} twice, {max(lost)} at most at one; once more: {again}")
    print(f"decks of as many cards: {is_same}; whole after Ctrl-C: {is_whole}")
    print(
        f"{STOPS} times Ctrl-C: {max(waits):.2f} s at most, {sum(waits) / STOPS:.2f} s on average"
    )
    is_sound = max(lost) <= CONCURRENCY and twice <= sum(lost) and not again
    sys.exit(not (is_sound and is_same and is_whole and max(waits) <= SOON))


def life(server: FaultyServer, folder: Path, wanted: int) -> int:
    """Start a run, kill it when it has sent so much, and return how many answers that cost."""
    before, had = len(server.asked), kept(folder)
    with begun(server, folder) as run:
        _await(run, server, before + wanted)
        run.kill()
    time.sleep(3 * LATENCY)
    return (len(server.asked) - before) - (kept(folder) - had)


def stop(server: FaultyServer, folder: Path, wanted: int) -> float:
    """Start a run, press Ctrl-C when it has sent so much, and return the seconds that it takes."""
    before = len(server.asked)
    with begun(server, folder) as run:
        _await(run, server, before + wanted)
        run.send_signal(signal.SIGINT)
        start = time.monotonic()
        assert run.wait(60) == 130, run.returncode
        return time.monotonic() - start


def finish(server: FaultyServer, folder: Path) -> None:
    """Run to the end."""
    with begun(server, folder) as run:
        assert run.wait() == 0, run.returncode


@contextlib.contextmanager
def begun(server: FaultyServer, folder: Path) -> Generator[subprocess.Popen[bytes]]:
    """Start a run of the command, as a person does."""
    command = [sys.executable, "-m", "quizgen", "make", TALK, "--with", "openai"]
    command += ["--model", "tiny-1", "--base-url", server.url, "--concurrency", str(CONCURRENCY)]
    env = {**os.environ, "QUIZGEN_ANSWERS": str(folder / "answers.sqlite")}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, env=env, stdout=quiet, stderr=quiet) as run:
        yield run


def _await(run: subprocess.Popen[bytes], server: FaultyServer, count: int) -> None:
    while len(server.asked) < count and run.poll() is None:
        time.sleep(0.005)


def kept(folder: Path) -> int:
    """Count the answers in the file, as another program would."""
    answers = folder / "answers.sqlite"
    if not answers.exists():
        return 0
    with closing(sqlite3.connect(answers)) as file:
        if not file.execute("SELECT 1 FROM sqlite_master WHERE name = 'answers'").fetchone():
            return 0
        return file.execute("SELECT count(*) FROM answers").fetchone()[0]


def paid_twice(server: FaultyServer) -> int:
    """Count the requests whose like was sent before."""
    asked = Counter(json.dumps(each.body) for each in server.asked)
    return asked.total() - len(asked)


def cards(folder: Path) -> int:
    """Count the cards of a deck."""
    (deck,) = (path for path in (folder / "decks").glob("*.md"))
    return deck.read_text(encoding="utf-8").count("rule=llm")


if __name__ == "__main__":
    main()
