"""What quizgen is measured against, each run as a process of its own by run.py."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# genanki has no types.

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path


def plain_genanki(records: Path, package: Path) -> None:
    """Put the records into an Anki package as genanki's own README does it."""
    import genanki  # noqa: PLC0415

    fields = ("question", "answer", "evidence", "place")
    model = genanki.Model(
        1607392319,
        "Plain",
        fields=[{"name": name} for name in fields],
        templates=[
            {
                "name": "Card 1",
                "qfmt": "{{question}}",
                "afmt": "{{FrontSide}}<hr id=answer>{{answer}}<p>{{evidence}}<p>{{place}}",
            }
        ],
    )
    deck = genanki.Deck(2059400110, "Plain")
    for record in json.loads(records.read_text(encoding="utf-8")):
        deck.add_note(genanki.Note(model=model, fields=[record[name] for name in fields]))
    genanki.Package(deck).write_to_file(str(package))


def best(call: Callable[[], object], tries: int = 5) -> float:
    """Return the least CPU seconds that `call` took; the rest is the machine's business."""
    seconds: list[float] = []
    for _ in range(tries):
        start = time.process_time()
        call()
        seconds.append(time.process_time() - start)
    return min(seconds)


def parsing(deck: Path, records: Path) -> None:
    """Print the CPU seconds of reading the same cards as a deck and as JSON."""
    from quizgen import deckfile  # noqa: PLC0415

    text, rows = deck.read_text(encoding="utf-8"), records.read_text(encoding="utf-8")
    found = len(deckfile.parse(text).deck.cards)
    expected = len(json.loads(rows))
    if found != expected:
        sys.exit(f"the deck has {found} cards instead of {expected}")
    print(json.dumps([best(lambda: deckfile.parse(text)), best(lambda: json.loads(rows))]))


if __name__ == "__main__":
    name, first, second = sys.argv[1:]
    {"genanki": plain_genanki, "parsing": parsing}[name](Path(first), Path(second))
