"""Kill a run of questions to a model again and again, and count what is paid for twice.

What is under way at a kill is lost, and nothing else may be: so after each kill no more than
`CONCURRENCY` of what was paid for may be missing from the file of answers.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import llm_server

COUNT = 300
KILLS = 50
CONCURRENCY = 8
LATENCY = 0.05
CLIENT = Path(__file__).parent / "llm_client.py"


def main() -> None:
    """Kill, run to the end, run once more, and tell."""
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder, llm_server.serving(LATENCY) as server:
        answers = Path(folder) / "answers.sqlite"
        lost = [life(server, answers, chance) for _ in range(KILLS)]
        _, good, requests = run(server, answers)
        _, again, none = run(server, answers)
        paid = server.asked.total()
    print(f"{COUNT} questions, {KILLS} kills, {CONCURRENCY} at once")
    print(f"paid for: {paid}; under way at a kill: {sum(lost)}, at most {max(lost)} at one")
    print(f"last run: {good} answers, {requests} requests; once more: {again}, {none} requests")
    is_sound = paid == COUNT + sum(lost) and max(lost) <= CONCURRENCY
    sys.exit(not (is_sound and good == again == COUNT and none == 0))


def life(server: llm_server.Server, answers: Path, chance: random.Random) -> int:
    """Start a run, kill it after a few questions, and return how many answers that cost."""
    before, had = server.asked.total(), kept(answers)
    wanted = before + chance.randint(1, 12)
    client = subprocess.Popen(command(server, answers), stdout=subprocess.DEVNULL)
    while server.asked.total() < wanted and client.poll() is None:
        time.sleep(0.001)
    time.sleep(chance.random() * LATENCY)
    client.kill()
    client.wait()
    time.sleep(2 * LATENCY)
    return (server.asked.total() - before) - (kept(answers) - had)


def kept(answers: Path) -> int:
    """Count the answers in the file, as another program would."""
    if not answers.exists():
        return 0
    with closing(sqlite3.connect(answers)) as file:
        if not file.execute("SELECT 1 FROM sqlite_master WHERE name = 'answers'").fetchone():
            return 0
        return file.execute("SELECT count(*) FROM answers").fetchone()[0]


def run(server: llm_server.Server, answers: Path) -> tuple[float, int, int]:
    """Run to the end, and return the seconds, the answers and the requests."""
    output = subprocess.run(
        command(server, answers), check=True, capture_output=True, text=True
    ).stdout
    took, good, requests = output.split()
    return float(took), int(good), int(requests)


def command(server: llm_server.Server, answers: Path) -> list[str]:
    """Return what starts a run."""
    return [sys.executable, str(CLIENT), server.url, str(answers), str(COUNT), str(CONCURRENCY)]


if __name__ == "__main__":
    main()
