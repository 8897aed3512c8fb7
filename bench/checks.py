"""Print what checking a deck costs per card, each size against the smallest of the same run.

Every size is a process of its own, so that no memory of a smaller one helps a larger.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import generate

from quizgen import checks
from quizgen.model import Basic, Card, Choice, Cloze, Content, Evidence

SIZES = (1_000, 10_000, 100_000)


def content(fact: str, number: int, chance: random.Random) -> Content:
    """Turn a fact into a card of one of three kinds."""
    claim, _, reason = fact.rpartition(", ")
    match number % 3:
        case 0:
            return Basic(f"Why does {claim[0].lower()}{claim[1:]} ({number})?", reason)
        case 1:
            told = claim.split()
            told[-1] = "{{" + told[-1] + "}}"
            return Cloze(f"{' '.join(told)}, {reason} ({number}).")
        case _:
            options = [reason, *(generate.sentence(chance).rpartition(", ")[2] for _ in range(3))]
            return Choice(f"Why does {claim[0].lower()}{claim[1:]} ({number})?", (*options,), (0,))


def cards(count: int) -> Iterator[Card]:
    """Make cards whose words are as common in a large deck as in a small one."""
    chance = random.Random(1)
    for number in range(count):
        fact = generate.sentence(chance)
        evidence = Evidence(fact, "talk.md", (number + 1, number + 1), "Ada Larsen")
        yield Card(f"c{number:06x}", content(fact, number, chance), (evidence,), "kept")


def judge(count: int) -> None:
    """Check so many cards together; print the CPU seconds and the number of problems."""
    deck = list(cards(count))
    contexts = [checks.Context(window=card.evidence[0].text) for card in deck]
    start = time.process_time()
    found = sum(1 for _ in checks.check_deck(deck, contexts))
    print(time.process_time() - start, found)


def main() -> None:
    """Print the table."""
    os.environ["PYTHONHASHSEED"] = "0"
    print("| measured | CPU s | problems | per card | against each of 1,000 |")
    print("|---|--:|--:|--:|--:|")
    first = 0.0
    for count in SIZES:
        done = subprocess.run(
            [sys.executable, str(Path(__file__)), str(count)], capture_output=True, check=True
        )
        seconds, found = (float(part) for part in done.stdout.split())
        each = seconds / count
        first = first or each
        cells = (f"{seconds:.2f}", f"{found:,.0f}", f"{each * 1e6:.0f} µs", f"{each / first:.2f}x")
        print(f"| check {count:,} cards | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        judge(int(sys.argv[1]))
    else:
        main()
