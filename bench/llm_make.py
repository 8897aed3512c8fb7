"""Compare the wall time of `quizgen make --with openai` with the ideal.

The ideal is requests x latency / concurrency: a server that is never left waiting. Reading, the
checks and the search for evidence come on top, and the last passages leave some places empty.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

MODEL = Path(__file__).parent.parent / "tests" / "good_model.py"
PASSAGES = 200
LATENCY = 1.0
CONCURRENCY = 8
GOAL = 1.1
WORDS = (
    ("miller", "baker", "farmer", "weaver", "potter", "cooper", "sailor", "mason", "smith"),
    ("granite wheel", "copper kettle", "willow basket", "linen sail", "clay oven", "oak barrel"),
    ("keeps its shape", "stays cool", "holds water", "bends easily", "dries slowly"),
    ("in wet summers", "near the coast", "on steep slopes", "under old bridges", "after a flood"),
)


def main() -> None:
    """Run it once, run it again, print a row, and fail above the goal."""
    with tempfile.TemporaryDirectory() as folder, serving() as url:
        talk = Path(folder) / "talk.md"
        talk.write_text(speech(PASSAGES), encoding="utf-8")
        took, told = run(url, talk)
        again, once_more = run(url, talk)
    done = re.search(r"(\d+) of \1 passages, (\d+) cards", told)
    sent = re.search(r"tiny-1: (\d+) requests", told)
    assert done, told
    assert sent, told
    ideal = int(sent[1]) * LATENCY / CONCURRENCY
    ratio = took / ideal
    cells = (
        done[1],
        done[2],
        sent[1],
        f"{ideal:.1f}",
        f"{took:.1f}",
        f"{ratio:.3f}",
        f"{again:.1f}",
    )
    print("| passages | cards | requests | ideal (s) | took (s) | ratio | again (s) |")
    print("|---|---|---|---|---|---|---|")
    print(f"| {' | '.join(cells)} |")
    sys.exit("nothing was sent" not in once_more or ratio > GOAL)


@contextlib.contextmanager
def serving() -> Generator[str]:
    """Run a model in a process of its own, and give its address."""
    command = [sys.executable, str(MODEL), str(LATENCY)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as model:
        assert model.stdin
        assert model.stdout
        yield model.stdout.readline().strip()
        model.stdin.close()


def run(url: str, talk: Path) -> tuple[float, str]:
    """Make the deck; return the seconds that it took and what was told."""
    command = [sys.executable, "-m", "quizgen", "make", talk.name, "--with", "openai"]
    command += ["--model", "tiny-1", "--base-url", url, "--concurrency", str(CONCURRENCY)]
    env = {**os.environ, "QUIZGEN_ANSWERS": str(talk.with_name("answers.sqlite"))}
    start = time.monotonic()
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=talk.parent, env=env
    )
    took = time.monotonic() - start
    assert done.returncode == 0, done.stderr[-2000:]
    return took, done.stderr


def speech(passages: int) -> str:
    """Write a talk of about so many passages, no two sentences of it the same."""
    lines: list[str] = []
    facts = itertools.product(range(99), *WORDS)
    for turn in range(passages * 4):
        said = [
            f"In valley {number} every {who} knows that a {what} {does} {where}."
            for number, who, what, does, where in itertools.islice(facts, 20)
        ]
        lines.append(f"**{('Ada Voss', 'Ben Marsh')[turn % 2]}:** {' '.join(said)}\n")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
