"""Send a folder of real documents through every format, and look at what comes out.

    real_input.py DOCUMENTS [--inspectors FOLDER]

Decks are made, exported to JSON, Anki, paper and HTML, and each file is opened by its consumer.
JSON is quizgen's own word on what there is; the others must agree with it. A folder with
`import_check.py` or `pdf_check.py` in it has them look too. Nothing outside a temporary folder
is written. The exit status is 1 where a claim fails.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import inspect_anki
import inspect_pdf
from inspect_pdf import folded

QUIZGEN = str(Path(sys.executable).parent / "quizgen")
Finding: TypeAlias = tuple[str, str]
"""A claim, and what speaks against it; empty where it holds."""

# Shorter answers ("two", "in 1912") stand on a sheet by chance.
TELLING = 30


@dataclass(frozen=True, slots=True)
class Exported:
    """A deck as JSON says it is: the cards that leave with `--drafts`, dropped ones not."""

    path: Path
    title: str
    cards: tuple[dict[str, Any], ...]


def anki_cards(card: dict[str, Any]) -> int:
    """Count what Anki shows: one for each note, one for each number of a cloze."""
    return len(blanks(card)) or 1


def unrepeated(decks: Iterable[Exported]) -> list[dict[str, Any]]:
    """List the cards of one package: what an earlier deck says in the same words is left out."""
    first: dict[str, Path] = {}
    kept: list[dict[str, Any]] = []
    for deck in decks:
        for card in deck.cards:
            words = json.dumps([card[key] for key in ("kind", "front", "back", "options", "key")])
            if first.setdefault(words, deck.path) == deck.path:
                kept.append(card)
    return kept


def blanks(card: dict[str, Any]) -> set[str]:
    """Name the numbers of a cloze's blanks; none for other cards."""
    return set(re.findall(r"\{\{c(\d+)::", card["front"])) if card["kind"] == "cloze" else set()


def quizgen(*arguments: str | Path) -> None:
    """Run a command as a person does; stop with its words where it fails."""
    call([QUIZGEN, *map(str, arguments)])


def call(command: list[str]) -> str:
    """Return what a command prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}exit {done.returncode}")
    return done.stdout


def load(path: Path) -> Exported:
    """Read a deck's JSON."""
    read = json.loads(path.read_text(encoding="utf-8"))
    cards = tuple(card for card in read["cards"] if card["state"] != "dropped")
    return Exported(path, read["deck"]["title"], cards)


def secrets(deck: Exported) -> list[str]:
    """List what a sheet must not say, where it is too long to stand there by chance."""
    asked = folded("\n".join(" ".join([shown(card), *card["options"]]) for card in deck.cards))
    texts = [filled(card) if card["kind"] == "cloze" else card["back"] for card in deck.cards]
    letters = [folded(text) for text in texts if "$" not in text]
    return [text for text in letters if len(text) >= TELLING and text not in asked]


def answers(deck: Exported) -> list[str]:
    """List what a key must say; formulas are drawn, so their letters cannot be looked for."""
    texts = [text for card in deck.cards for text in (hidden(card) or [card["back"]])]
    return [folded(text) for text in texts if "$" not in text]


def shown(card: dict[str, Any]) -> str:
    """Return what a question shows before it is answered."""
    return re.sub(r"\{\{c\d+::.*?\}\}", " ____ ", card["front"])


def hidden(card: dict[str, Any]) -> list[str]:
    """List the words that a cloze hides; none for other cards."""
    is_cloze = card["kind"] == "cloze"
    return re.findall(r"\{\{c\d+::(.*?)(?:::[^}]*)?\}\}", card["front"]) if is_cloze else []


def filled(card: dict[str, Any]) -> str:
    """Return a cloze as a whole sentence."""
    return re.sub(r"\{\{c\d+::(.*?)(?:::[^}]*)?\}\}", r"\1", card["front"])


def examine_json(decks: list[Exported]) -> Iterator[Finding]:
    """Check that there are cards, each with an id of its own and evidence from a document."""
    cards = [card for deck in decks for card in deck.cards]
    ids = [card["id"] for card in cards]
    bare = [card["id"] for card in cards if not card["evidence"]]
    yield f"{len(decks)} decks hold {len(cards)} cards", "" if cards else "no cards"
    yield "every card has an id of its own", ", ".join(repeated(ids))
    yield "every card has evidence", ", ".join(bare)


def repeated(names: list[str]) -> list[str]:
    """Name what occurs more than once."""
    return sorted({name for name in names if names.count(name) > 1})


def examine_anki(package: Path, decks: list[Exported]) -> Iterator[Finding]:
    """Check what Anki's backend made of a package against the JSON."""
    facts = inspect_anki.inspect(package)
    once = unrepeated(decks)
    notes, cards = len(once), sum(map(anki_cards, once))
    yield f"Anki: {notes} notes", differs(facts.notes, notes) or differs(facts.first.new, notes)
    yield f"Anki: {cards} cards", differs(facts.cards, cards)
    again = (facts.second.new, facts.second.updated, facts.second.conflicting)
    yield "Anki: a second import changes nothing", differs(again, (0, 0, 0))
    yield "Anki: every card shows a question and an answer", ", ".join(facts.blank)


def examine_pdf(student: Path, key: Path, deck: Exported) -> Iterator[Finding]:
    """Check a sheet and its key against the JSON."""
    sheet, solved = inspect_pdf.inspect(student), inspect_pdf.inspect(key)
    name, count = student.name, len(deck.cards)
    wanted = tuple(range(1, count + 1))
    leaked = [text for text in secrets(deck) if text in sheet.text]
    absent = [text for text in answers(deck) if text not in solved.text]
    yield f"{name}: {count} questions, each number once", differs(sheet.numbers, wanted)
    yield f"{name}: no answer is on the sheet", "; ".join(leaked[:3])
    yield f"{key.name}: every answer is in the key", "; ".join(absent[:3])
    for facts, path in ((sheet, student), (solved, key)):
        yield f"{path.name}: tagged", "" if facts.tagged else "not tagged"
        yield f"{path.name}: has a title", "" if facts.title else "no title"
        yield f"{path.name}: fonts inside", ", ".join(facts.loose_fonts)


def examine_html(page: Path, deck: Exported) -> Iterator[Finding]:
    """Check that a page runs nothing, fetches nothing and gives nothing away."""
    source = page.read_text(encoding="utf-8")
    body = re.sub(r"<style\b.*?</style>", "", source, flags=re.DOTALL)
    text = folded(inspect_anki.visible(body))
    active = re.findall(r"<script\b|\son\w+=|javascript:", body, re.IGNORECASE)
    fetched = re.findall(r"(?:src|srcset|<link[^>]*href)=[\"']?(?!data:)[^\s>]+", body)
    leaked = [secret for secret in secrets(deck) if secret in text]
    yield f"{page.name}: nothing runs", ", ".join(active)
    yield f"{page.name}: nothing is fetched", ", ".join(fetched)
    yield f"{page.name}: no answer is on the page", "; ".join(leaked[:3])


def examine_from_outside(inspector: Path, *arguments: str | Path) -> Iterator[Finding]:
    """Have a program that is not ours look at a file."""
    if not inspector.is_file():
        return
    done = subprocess.run(
        [sys.executable, str(inspector), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    claim = f"{inspector.name} {' '.join(Path(argument).name for argument in arguments)}"
    yield claim, "" if done.returncode == 0 else done.stdout[-3000:] + done.stderr[-3000:]


def differs(seen: object, wanted: object) -> str:
    """Say how two values differ; nothing where they do not."""
    return "" if seen == wanted else f"{seen} instead of {wanted}"


def findings(documents: Path, scratch: Path, inspectors: Path) -> Iterator[Finding]:
    """Make, export and look, in the order in which a failure explains the next one."""
    made, package, again = scratch / "decks", scratch / "all.apkg", scratch / "again.apkg"
    quizgen("make", documents, "-o", made)
    paths = sorted(made.glob("*.md"))
    if not paths:
        yield "make writes decks", "no deck was made"
        return
    for name in ("json", "pdf", "html"):
        quizgen("export", *paths, "--to", name, "--drafts", "-o", f"{scratch / name}/")
    for target in (package, again):
        quizgen("export", *paths, "--to", "anki", "--drafts", "-o", target)
    decks = [load(scratch / "json" / f"{path.stem}.json") for path in paths]
    yield from examine_json(decks)
    yield from examine_anki(package, decks)
    same = package.read_bytes() == again.read_bytes()
    yield "Anki: exporting again gives the same bytes", "" if same else "they differ"
    yield from examine_from_outside(inspectors / "import_check.py", package, "--strict")
    for path, deck in zip(paths, decks, strict=True):
        sheet = scratch / "pdf" / f"{path.stem}.pdf"
        yield from examine_pdf(sheet, sheet.with_suffix(".key.pdf"), deck)
        yield from examine_from_outside(
            inspectors / "pdf_check.py",
            *(sheet, "--questions", str(len(deck.cards)), "--no-text"),
            *("--require-tagged", "--require-page-labels"),
        )
        yield from examine_html(scratch / "html" / f"{path.stem}.html", deck)


def report(found: Iterable[Finding], clock: Callable[[], float] = time.monotonic) -> int:
    """Print every claim with its verdict, and the sum; return the exit status."""
    start, passed, failed = clock(), 0, 0
    for claim, against in found:
        passed, failed = (passed, failed + 1) if against else (passed + 1, failed)
        verdict = f"FAIL {claim}: {against}" if against else f"ok   {claim}"
        sys.stdout.write(f"{verdict}\n")
        sys.stdout.flush()
    sys.stdout.write(f"\nreal input, {clock() - start:.1f} s:\n{passed} passed, {failed} failed\n")
    return 1 if failed or not passed else 0


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("documents", type=Path)
    parser.add_argument("--inspectors", type=Path, default=Path("no such folder"))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quizgen-real-") as folder:
        sys.exit(report(findings(chosen.documents, Path(folder), chosen.inspectors)))


if __name__ == "__main__":
    main()
