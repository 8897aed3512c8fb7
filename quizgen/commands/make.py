"""Read documents and write or update decks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from quizgen import coverage, documents, files, making, readers, store, works
from quizgen.commands import exporting
from quizgen.errors import QuizgenError
from quizgen.exports.table import EXPORTERS
from quizgen.making import Made
from quizgen.model import Document


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH... | -")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("decks"),
    show_default=True,
    help="The folder for decks.",
)
@click.option(
    "--to",
    "formats",
    multiple=True,
    type=click.Choice([exporter.name for exporter in EXPORTERS]),
    help="Export at once, drafts included and marked; may be given again.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be made; write nothing.")
def make(paths: tuple[str, ...], folder: Path, formats: tuple[str, ...], *, dry_run: bool) -> None:
    """Read documents (or - for pasted text) and write or update decks.

    One deck per work: documents about one talk share a deck. Run again, it changes nothing that
    is there: edited cards keep their words, dropped and deleted ones stay away.

    \b
    quizgen make talk.txt transcript.md
    quizgen make notes/ --to anki --to pdf
    quizgen make - < page.txt
    """
    reading = _read(paths, folder)
    shelf = store.shelf(folder)
    decks: list[Path] = []
    for work in works.group(reading.read):
        known = documents.deck_of(work, shelf)
        made = making.deck(work, folder, known, pasted=reading.pasted, dry_run=dry_run)
        _report(made, dry_run=dry_run)
        if not made.is_empty:
            decks.append(made.path)
    if decks and not dry_run:
        for name in formats:
            exporting.run(tuple(decks), name, exporting.Wanted(output=folder, drafts=True))
        click.echo(f"Next: quizgen review {decks[0]}")
    if reading.failed:
        raise click.exceptions.Exit(1)


@dataclass(slots=True)
class _Reading:
    """The documents of a run; `pasted` are files still to be written, by path."""

    read: list[Document] = field(default_factory=list[Document])
    pasted: dict[str, bytes] = field(default_factory=dict[str, bytes])
    failed: bool = False


def _read(paths: Sequence[str], folder: Path) -> _Reading:
    """Read what can be read, and say of each of the others why it cannot."""
    found, notices = documents.find([path for path in paths if path != "-"], folder)
    for notice in notices:
        click.echo(f"quizgen: {notice}", err=True)
    reading = _Reading()
    for each in found:
        try:
            reading.read.append(documents.read(each.path))
        except QuizgenError as error:
            reading.failed = True
            click.echo(f"quizgen: {error}", err=True)
    if "-" in paths:
        _paste(reading, folder)
    for document in reading.read:
        for notice in document.notices:
            click.echo(f"quizgen: {notice}", err=True)
    return reading


def _paste(reading: _Reading, folder: Path) -> None:
    """Read standard input; it will be kept beside its deck, under the name of its title."""
    if sys.stdin.isatty():
        click.echo("Paste the text, then press Ctrl-D (Ctrl-Z and Enter on Windows).", err=True)
    data = sys.stdin.buffer.read()
    document = readers.read(data, "-")
    stem = store.slug(document.title or _first_words(document))
    number = 1
    while True:
        path = folder / f"{stem}{'' if number == 1 else f'-{number}'}.txt"
        if not path.exists():
            reading.pasted[str(path)] = data
            break
        if files.read(path) == data:
            break
        number += 1
    reading.read.append(replace(document, path=str(path)))


def _first_words(document: Document) -> str:
    text = next((piece.text or piece.heading for piece in document.pieces), "")
    return " ".join(text.split()[:6])


def _report(made: Made, *, dry_run: bool) -> None:
    for path in made.missing:
        click.echo(f"quizgen: {path}, a source of {made.path}, is not there now", err=True)
    click.echo(made.work.title)
    new = made.outcome.new
    if made.is_empty:
        click.echo("  nothing worth a card was found, so no deck was written\n")
    else:
        ready = sum(card.tier == "ready" for card in new)
        would = "would have " if dry_run else ""
        cards = "1 new card" if len(new) == 1 else f"{len(new)} new cards"
        tiers = f" ({ready} ready, {len(new) - ready} rough)" if new else ""
        before = f", {made.before} there before" if made.before else ""
        click.echo(f"  {made.path}: {would}{cards}{tiers}{before}\n")
    rows = [replace(row, document=made.names[row.document]) for row in made.outcome.rows]
    if rows:
        _columns(coverage.table(rows))
        for line in coverage.lines(rows):
            click.echo(f"  no card: {line}")
    for line in coverage.searched(made.work, made.outcome.rows, made.names):
        click.echo(f"  {line}")
    click.echo("")


def _columns(table: list[list[str]]) -> None:
    widths = [max(len(row[n]) for row in table) for n in range(len(table[0]))]
    for row in table:
        first = row[0].ljust(widths[0])
        rest = "".join(
            f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)
        )
        click.echo(f"  {first}{rest}".rstrip())
