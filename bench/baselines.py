"""What quizgen is measured against, each run as a process of its own by run.py."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# genanki has no types.

from __future__ import annotations

import io
import json
import resource
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


def decks(folder: Path, count: Path) -> None:
    """Make a deck and plain records of the same words, in a process that nobody weighs.

    What a process held when it started another is counted as that other's.
    """
    import generate  # noqa: PLC0415

    text, cards = generate.deck(int(count.name))
    (folder / "deck.md").write_text(text, encoding="utf-8")
    (folder / "records.json").write_text(json.dumps(cards), encoding="utf-8")


def packing(count: str, _: str) -> None:
    """Print CPU seconds for a package of many notes: two floors, and three of ours.

    The floor is a bulk insert of rows that are ready, and a zip that packs nothing; the other has
    its zip compressed as ours is. Ours are the same notes ready to be packed, cards that were
    written for Anki, as the command hands them on, and cards as a deck has them. The last figure
    is the memory that packing took, in megabytes.
    """
    import generate  # noqa: PLC0415

    from quizgen import deckfile  # noqa: PLC0415
    from quizgen.exports import Options, anki, anki_notetypes, anki_package  # noqa: PLC0415

    decks = (deckfile.parse(generate.deck(int(count))[0]).deck,)
    homes = anki.homes(decks)
    ready = Options(
        written={
            deck.id: {card.id: anki.write(deck, card) for card in deck.cards} for deck in decks
        }
    )
    looks = {each: anki_notetypes.look(each) for each in anki_notetypes.NOTE_TYPES}
    notes = list(anki.packed(decks, ready, homes))
    before = peak()
    package = anki_package.pack(dict.fromkeys(homes.values()), notes, looks)
    grown = peak() - before
    packed = best(lambda: anki_package.pack(dict.fromkeys(homes.values()), notes, looks), 3)
    from_written = best(lambda: anki.export(decks, ready), 3)
    from_cards = best(lambda: anki.export(decks, Options()), 3)
    rows_of_both = rows(package)
    least = best(lambda: floor(*rows_of_both), 3)
    alike = best(lambda: floor(*rows_of_both, zipfile.ZIP_DEFLATED), 3)
    print(json.dumps([least, alike, packed, from_written, from_cards, grown]))


def peak() -> float:
    """Return the most memory that this process has ever held, in megabytes."""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def notes(package: Path, _: Path) -> None:
    """Take all notes out of a package, which is the least that judging them takes."""
    rows(package.read_bytes())


def linting(package: Path, _: Path) -> None:
    """Judge the notes of a package; problems are no failure here."""
    from click.testing import CliRunner  # noqa: PLC0415

    from quizgen.cli import main  # noqa: PLC0415

    done = CliRunner().invoke(main, ["check", str(package), "--json"], catch_exceptions=False)
    if done.exit_code not in (0, 1) or not done.stdout:
        sys.exit(done.output)


Rows = list[tuple[object, ...]]


def rows(package: bytes) -> tuple[Rows, Rows]:
    """Take the rows of notes and cards out of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    notes = connection.execute("select * from notes").fetchall()
    return notes, connection.execute("select * from cards").fetchall()


def floor(notes: Rows, cards: Rows, compression: int = zipfile.ZIP_STORED) -> None:
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
        package = Path(folder) / "x.apkg"
        with zipfile.ZipFile(package, "w", compression, compresslevel=1) as archive:
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
        calls = {
            "decks": decks,
            "genanki": plain_genanki,
            "parsing": parsing,
            "notes": notes,
            "linting": linting,
        }
        calls[name](Path(first), Path(second))
