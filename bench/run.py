"""Print one table of what quizgen costs, each row against a baseline of the same run.

Every measurement is a process of its own: CPU seconds (user and system) and peak memory are
what the operating system says of it. Nothing is written outside a temporary folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import generate
import review

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
QUIZGEN = str(Path(sys.executable).parent / "quizgen")
# Linux counts in kilobytes, macOS in bytes.
MEGABYTE = 1 << 20 if sys.platform == "darwin" else 1 << 10
CARDS = 10_000
CHECKED = (1_000, 10_000, 100_000)
EXPORTED = (1_000, CARDS, 100_000)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: CPU seconds, peak megabytes, and what it printed."""

    seconds: float
    megabytes: float
    output: str


def measure(*command: str | Path) -> Cost:
    """Run a command to its end and weigh it; a failing command ends the benchmark."""
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(
            [str(part) for part in command], stdout=output, stderr=output, stdin=subprocess.DEVNULL
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
    if child.returncode:
        sys.exit(f"{' '.join(str(part) for part in command)}\n{text}exit {child.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / MEGABYTE, text)


def row(what: str, cost: Cost, *, compared: str = "", ratio: str = "") -> None:
    """Print a line of the table at once, since the next one may take a while."""
    cells = (what, f"{cost.seconds:.2f}", f"{cost.megabytes:.0f}", compared, ratio)
    print(f"| {' | '.join(cells)} |", flush=True)


def make(folder: Path, into: Path) -> Cost:
    """Weigh `quizgen make` over a folder of documents."""
    return measure(QUIZGEN, "make", folder, "-o", into)


def reading() -> None:
    """Weigh reading each document alone, against starting quizgen and doing nothing."""
    start = measure(QUIZGEN, "read", "--help").seconds
    folders = [SEEDS]
    if theirs := os.environ.get("QUIZGEN_DOCUMENTS"):
        folders.append(Path(theirs).resolve())
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix not in (".txt", ".md") or path.name == "README.md":
                continue
            cost = measure(QUIZGEN, "read", "--json", path)
            row(
                f"read, {path.name[:24]}, {path.stat().st_size / 1000:.0f} kB",
                cost,
                compared="read --help",
                ratio=f"{cost.seconds / start:.1f}x",
            )


def making(scratch: Path) -> None:
    """Weigh making decks from few and many documents; the cost of one must not grow."""
    sources = {"seeds/": SEEDS}
    if theirs := os.environ.get("QUIZGEN_DOCUMENTS"):
        sources["QUIZGEN_DOCUMENTS"] = Path(theirs).resolve()
    for number, (name, folder) in enumerate(sources.items()):
        files = [path for path in folder.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1000
        cost = make(folder, scratch / f"decks-{number}")
        row(
            f"make, {name}: {len(files)} documents, {size:.0f} kB",
            cost,
            compared="per 100 kB",
            ratio=f"{cost.seconds / size * 100:.2f} s",
        )
    first = 0.0
    for count in (10, 50, 200):
        folder = scratch / f"documents-{count}"
        size = generate.write(count, folder) / 1000
        cost = make(folder, scratch / f"decks-{count}-generated")
        each = cost.seconds / count
        first = first or each
        row(
            f"make, {count} generated documents, {size:.0f} kB",
            cost,
            compared="each, and against each of 10",
            ratio=f"{each * 1000:.0f} ms, {each / first:.2f}x",
        )
        shutil.rmtree(folder)


def exporting(scratch: Path) -> None:
    """Weigh decks on their way to Anki against genanki alone, and parsing against JSON."""
    for count in EXPORTED:
        exporting_one(scratch / f"export-{count}", count)
    folder = scratch / f"export-{CARDS}"
    linting(folder / "ours.apkg")
    pushing(folder / "deck.md", folder / "ours.apkg")
    # The export stamps the deck; what is parsed is what a person has afterwards.
    deck, records = folder / "deck.md", folder / "records.json"
    cost = measure(sys.executable, HERE / "baselines.py", "parsing", deck, records)
    parse, loads = json.loads(cost.output)
    row(
        f"parse a deck of {CARDS:,} cards ({parse:.2f} s a time)",
        cost,
        compared="json.loads of the same words",
        ratio=f"{parse / loads:.0f}x",
    )


def exporting_one(folder: Path, count: int) -> None:
    """Weigh the whole command on one deck, twice, and what of it is packing."""
    folder.mkdir()
    deck, records = folder / "deck.md", folder / "records.json"
    ours, plain = folder / "ours.apkg", folder / "plain.apkg"
    measure(sys.executable, HERE / "baselines.py", "decks", folder, str(count))
    baseline = measure(sys.executable, HERE / "baselines.py", "genanki", records, plain)
    row(f"plain genanki, {count:,} cards from JSON", baseline)
    packing = measure(sys.executable, HERE / "baselines.py", "packing", str(count), "")
    floor, alike, notes, written, whole, grown = json.loads(packing.output)
    for what in ("export --to anki", "the same again, nothing changed:"):
        cost = measure(QUIZGEN, "export", deck, "--to", "anki", "-o", ours)
        size = ours.stat().st_size / plain.stat().st_size
        row(
            f"{what} {count:,} cards",
            cost,
            compared="plain genanki: CPU, file size; bulk insert",
            ratio=f"{cost.seconds / baseline.seconds:.2f}x, {size:.2f}x; "
            f"{cost.seconds / floor:.0f}x",
        )
    row(
        f"pack {count:,} notes ({notes:.3f} s, {grown:.0f} MB more than they take), "
        f"from a deck's written cards ({written:.3f} s), and write these too ({whole:.3f} s)",
        packing,
        compared=f"bulk insert and stored zip ({floor:.3f} s); zip as ours ({alike:.3f} s)",
        ratio=f"{notes / floor:.1f}x, {written / floor:.1f}x, {whole / floor:.1f}x; "
        f"{notes / alike:.1f}x, {written / alike:.1f}x, {whole / alike:.1f}x",
    )


def linting(package: Path) -> None:
    """Weigh judging the notes of a package, duplicates among them, against reading its text."""
    theirs = package.with_name("theirs.apkg")
    shutil.copyfile(package, theirs)
    plain = measure(sys.executable, HERE / "baselines.py", "notes", theirs, theirs)
    cost = measure(sys.executable, HERE / "baselines.py", "linting", theirs, theirs)
    row(
        f"check FILE.apkg, {CARDS:,} notes",
        cost,
        compared="its notes out of SQLite",
        ratio=f"{cost.seconds / plain.seconds:.1f}x",
    )


def pushing(deck: Path, package: Path) -> None:
    """Weigh the preview of a push into a collection that has the deck, against an export."""
    sys.path.append(str(HERE.parent / "tests"))
    import anki_connect  # noqa: PLC0415 - Anki's backend takes its time
    import real_anki  # noqa: PLC0415

    export = measure(QUIZGEN, "export", deck, "--to", "anki", "-o", package)
    with real_anki.collection(deck.parent / "theirs") as theirs:
        real_anki.take(theirs, package)
        with anki_connect.listening(theirs) as port:
            cost = measure(QUIZGEN, "push", deck, "--dry-run", "--port", str(port))
    row(
        f"push --dry-run, {CARDS:,} notes that Anki has",
        cost,
        compared="export --to anki",
        ratio=f"{cost.seconds / export.seconds:.1f}x",
    )


def checking() -> None:
    """Weigh every check on decks that differ only in size."""
    first = 0.0
    for count in CHECKED:
        cost = measure(sys.executable, HERE / "checks.py", str(count))
        seconds, _ = map(float, cost.output.split())
        each = seconds / count
        first = first or each
        row(
            f"check {count:,} cards ({each * 1e6:.0f} µs each)",
            cost,
            compared=f"each of {CHECKED[0]:,}",
            ratio=f"{each / first:.2f}x",
        )


def reviewing(scratch: Path) -> None:
    """Time keys in a review of a large deck against those of a small one, on a pseudo-terminal."""
    small = review.pace(100, 50, scratch / "100")
    for count in (1_000, CARDS):
        found = review.pace(count, 200, scratch / f"{count}")
        cells = (
            f"review, {count:,} cards: key to next card",
            f"{found.most / 1000:.3f} (95 of 100)",
            "",
            "a deck of 100 cards",
            f"{found.most / small.most:.1f}x",
        )
        print(f"| {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Print the table."""
    # A hash order of its own in every process would move the figures.
    os.environ["PYTHONHASHSEED"] = "0"
    print("| measured | CPU s | peak MB | compared with | ratio |")
    print("|---|--:|--:|---|--:|")
    nothing = measure(sys.executable, "-c", "pass")
    row("Python, doing nothing", nothing)
    cost = measure(QUIZGEN, "--help")
    ratio = f"{cost.seconds / nothing.seconds:.1f}x"
    row("quizgen --help", cost, compared="Python, doing nothing", ratio=ratio)
    reading()
    checking()
    with tempfile.TemporaryDirectory(prefix="quizgen-bench-") as folder:
        making(Path(folder))
        exporting(Path(folder))
        reviewing(Path(folder))


if __name__ == "__main__":
    main()
