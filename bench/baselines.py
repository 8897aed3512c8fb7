"""What quizgen is measured against, each run as a process of its own by run.py."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# genanki has no types.

from __future__ import annotations

import io
import json
import sqlite3
import sys
import tempfile
import time
import zipfile
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


def packing(count: str, _: str) -> None:
    """Print CPU seconds for a package of many notes: the least possible, from notes, from cards.

    The least is a bulk insert of rows that are ready, and a zip that packs nothing. Notes are
    fields that were written already; cards are what the exporter gets of a deck.
    """
    import generate  # noqa: PLC0415

    from quizgen import deckfile  # noqa: PLC0415
    from quizgen.exports import Options, anki  # noqa: PLC0415

    deck = deckfile.parse(generate.deck(int(count))[0]).deck
    written = {(deck.id, card.id): anki.write(deck, card) for card in deck.cards}
    from_notes = best(lambda: anki.export((deck,), Options(written=written)), 3)
    from_cards = best(lambda: anki.export((deck,), Options()), 3)
    notes, cards = rows(anki.export((deck,), Options())[".apkg"])
    print(json.dumps([best(lambda: floor(notes, cards), 3), from_notes, from_cards]))


Rows = list[tuple[object, ...]]


def rows(package: bytes) -> tuple[Rows, Rows]:
    """Take the rows of notes and cards out of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    notes = connection.execute("select * from notes").fetchall()
    return notes, connection.execute("select * from cards").fetchall()


def floor(notes: Rows, cards: Rows) -> None:
    """Write rows as plainly as SQLite and zip can."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        connection = sqlite3.connect(path)
        connection.execute(f"create table notes ({', '.join(f'n{at}' for at in range(11))})")
        connection.execute(f"create table cards ({', '.join(f'c{at}' for at in range(18))})")
        connection.executemany(f"insert into notes values ({', '.join('?' * 11)})", notes)
        connection.executemany(f"insert into cards values ({', '.join('?' * 18)})", cards)
        connection.commit()
        connection.close()
        with zipfile.ZipFile(Path(folder) / "x.apkg", "w") as archive:
            archive.write(path, "collection.anki2")


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
    if name == "packing":
        packing(first, second)
    else:
        {"genanki": plain_genanki, "parsing": parsing}[name](Path(first), Path(second))
