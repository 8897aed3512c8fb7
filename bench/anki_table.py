"""Import decks with Anki's own backend and print what arrived; exit with 1 where anything is amiss.

    PYTHONPATH=tests python bench/anki_table.py

The decks are those that `quizgen make` draws from seeds/, one with every kind of card, one with
hostile text, and one of ten thousand cards. Each is exported twice and imported twice. `blank`
are sides that show nothing, `live` what would act and is no template's own, `order` whether cards
are learnt in the order of the deck.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from inspect_anki import inspect

from quizgen import store

HERE = Path(__file__).parent.parent
QUIZGEN = str(Path(sys.executable).parent / "quizgen")
CASES = ("anki-cards.md", "anki-hostile.md")
MANY = 10_000
HEAD = "| deck | sent | new | clash | cards | again | blank | live | order | same bytes |"


def decks(folder: Path) -> Iterator[Path]:
    """Write the decks to be tried."""
    run("make", HERE / "seeds", "-o", folder / "seeds")
    yield from sorted((folder / "seeds").glob("*.md"))
    for name in CASES:
        copy = folder / name
        copy.write_bytes((HERE / "tests" / "cases" / name).read_bytes())
        yield copy
    many = folder / "ten-thousand.md"
    head = '+++\nformat = 1\nid = "mny"\ntitle = "Ten thousand"\nsources = []\n+++\n'
    card = "\n## Which number has the square {}?\n\nThe number {}\n\n<!-- ^n{:05} kept ready -->\n"
    cards = (card.format(number * number, number, number) for number in range(MANY))
    many.write_text(head + "".join(cards), encoding="utf-8")
    yield many


def run(*arguments: str | Path) -> None:
    """Run quizgen, which must succeed."""
    subprocess.run([QUIZGEN, *map(str, arguments)], check=True, capture_output=True)


def row(deck: Path) -> tuple[str, bool]:
    """Export and import a deck, and say what came of it and whether all is well."""
    packages = [deck.with_suffix(f".{number}.apkg") for number in (1, 2)]
    for package in packages:
        run("export", deck, "--to", "anki", "--drafts", "-o", package)
    same = packages[0].read_bytes() == packages[1].read_bytes()
    sent = sum(card.state != "dropped" for card in store.load(deck).deck.cards)
    found = inspect(packages[1])
    first, again = found.first, found.second
    ordered = found.due == tuple(range(1, sent + 1))
    amiss = (first.conflicting, again.new + again.updated, len(found.blank), len(found.live))
    yes = {True: "yes", False: "no"}
    told = (
        f"| {deck.stem[:24]} | {sent} | {first.new} | {amiss[0]} | {found.cards} | {amiss[1]} "
        f"| {amiss[2]} | {amiss[3]} | {yes[ordered]} | {yes[same]} |"
    )
    arrived = (first.new, found.notes, first.updated, first.duplicate) == (sent, sent, 0, 0)
    return told, arrived and ordered and same and not any(amiss)


def main() -> None:
    """Print the table."""
    print(HEAD)
    print(f"|{'---|' * (HEAD.count('|') - 1)}")
    is_well = True
    with tempfile.TemporaryDirectory() as name:
        for deck in decks(Path(name)):
            told, well = row(deck)
            is_well &= well
            print(told, flush=True)
    sys.exit(not is_well)


if __name__ == "__main__":
    main()
