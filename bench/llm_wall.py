"""Compare the wall time of many questions to a model with the ideal.

The ideal is questions x latency / concurrency: a server that is never left waiting. A new server
is asked one question alone at first, which costs one latency.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import llm_server

COUNT = 200
GOAL = 1.1
CLIENT = Path(__file__).parent / "llm_client.py"


def main() -> None:
    """Print a row for each latency and concurrency, and fail above the goal."""
    print("| questions | latency (s) | at once | ideal (s) | took (s) | ratio | again (s) |")
    print("|---|---|---|---|---|---|---|")
    worst = 0.0
    for latency, concurrency in ((0.5, 4), (0.5, 8), (1.0, 10)):
        ideal = COUNT * latency / concurrency
        with tempfile.TemporaryDirectory() as folder, llm_server.serving(latency) as server:
            took = asked(server, folder, concurrency, sent=COUNT)
            again = asked(server, folder, concurrency, sent=0)
        worst = max(worst, took / ideal)
        cells = (COUNT, latency, concurrency, ideal, took, f"{took / ideal:.3f}", again)
        print(f"| {' | '.join(str(cell) for cell in cells)} |", flush=True)
    sys.exit(worst > GOAL)


def asked(server: llm_server.Server, folder: str, concurrency: int, *, sent: int) -> float:
    """Ask in a process of its own, and return the seconds that its questions took."""
    answers = Path(folder) / "answers.sqlite"
    command = [sys.executable, CLIENT, server.url, answers, str(COUNT), str(concurrency)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    took, good, requests = output.split()
    assert (int(good), int(requests)) == (COUNT, sent), output
    return float(took)


if __name__ == "__main__":
    main()
