"""Read documents and write or update decks."""

from __future__ import annotations

import itertools
import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from quizgen import alignment, coverage, documents, files, making, quoteaudit, report, store
from quizgen.commands import exporting, reading
from quizgen.exports.table import EXPORTERS
from quizgen.making import Made
from quizgen.model import Work
from quizgen.quoteaudit import Audited

_FEWEST = 4
_SURELY = 0.75


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
@click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write what became of every piece as FILE.html and FILE.json.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be made; write nothing.")
@reading.grouping
def make(
    paths: tuple[str, ...],
    folder: Path,
    formats: tuple[str, ...],
    report_file: Path | None,
    *,
    dry_run: bool,
    together: bool,
    apart: bool,
) -> None:
    """Read documents (or - for pasted text) and write or update decks.

    One deck per work: documents about one talk share a deck. Run again, it changes nothing that
    is yours: edited cards keep their words, dropped and deleted ones stay away. A card whose
    evidence is gone from its document is marked, never deleted.

    \b
    quizgen make talk.txt transcript.md
    quizgen make notes/ --to anki --to pdf
    quizgen make notes/ --report coverage.html
    quizgen make - < page.txt
    """
    how = reading.how(together=together, apart=apart)
    given = reading.read(paths, folder)
    decks: list[Path] = []
    covered: list[report.Covered] = []
    faults: list[str] = []
    assigned = documents.assign(given.read, store.shelf(folder), how)
    if how == "as told":
        _hint([work for work, _ in assigned])
    for work, known in assigned:
        made = making.deck(work, folder, known, pasted=given.pasted, dry_run=dry_run)
        audited = quoteaudit.audit(made.work)
        _print(made, audited, dry_run=dry_run)
        place = "" if made.is_empty else str(made.path)
        names, rows = made.names, made.outcome.rows
        covered.append(report.Covered(made.work, rows, made.deck, place, names, audited))
        if fault := coverage.unaccounted(made.work, rows, names):
            faults.append(fault)
        if not made.is_empty:
            decks.append(made.path)
    if report_file:
        _write(report_file, covered, dry_run=dry_run)
    if decks and not dry_run:
        for name in formats:
            exporting.run(tuple(decks), name, exporting.Wanted(output=folder, drafts=True))
        click.echo(f"Next: quizgen review {decks[0]}")
    for fault in faults:
        click.echo(f"quizgen: {fault}", err=True)
    if given.failed or faults:
        raise click.exceptions.Exit(1)


def _hint(found: Sequence[Work]) -> None:
    """Say which page and transcript are probably about one talk, though neither tells."""
    talks = [work for work in found if any(each.is_transcript for each in work.documents)]
    pages = [work for work in found if work not in talks]
    for page, talk in itertools.product(pages, talks):
        told, points = alignment.likely(page, talk)
        if points >= _FEWEST and told >= _SURELY * points:
            files = shlex.join(each.path for each in (*page.documents, *talk.documents))
            click.echo(
                f"quizgen: {told} of {points} points of “{page.title}” are found in "
                f"“{talk.title}”; if they are about one talk: quizgen make --together {files}",
                err=True,
            )


def _write(path: Path, covered: Sequence[report.Covered], *, dry_run: bool) -> None:
    """Write the report beside itself in each of its shapes, whatever suffix the person gave."""
    stem = path.with_suffix("") if path.suffix.lower() in (".html", ".json") else path
    for suffix, data in report.write(covered).items():
        file = stem.with_name(stem.name + suffix)
        if not dry_run:
            files.write(file, data)
        click.echo(f"{file}: {'would have ' if dry_run else ''}what became of every piece")


def _print(made: Made, audited: Sequence[Audited], *, dry_run: bool) -> None:
    for path in made.missing:
        click.echo(f"quizgen: {path}, a source of {made.path}, is not there now", err=True)
    click.echo(made.work.title)
    for line in quoteaudit.lines(made.work, audited, made.names):
        click.echo(f"  {line}")
    if made.is_empty:
        click.echo("  nothing worth a card was found, so no deck was written\n")
    else:
        click.echo(f"  {made.path}: {_came_to(made, dry_run=dry_run)}")
        for line in (*made.doubted, *made.gone):
            click.echo(f"  {line}")
        click.echo("")
    rows = [replace(row, document=made.names[row.document]) for row in made.outcome.rows]
    if rows:
        _columns(coverage.table(rows))
        for line in coverage.lines(rows):
            click.echo(f"  no card: {line}")
    for line in coverage.searched(made.work, made.outcome.rows, made.names):
        click.echo(f"  {line}")
    click.echo("")


def _came_to(made: Made, *, dry_run: bool) -> str:
    """Say how many cards are new, how many drafts were remade, how many were there."""
    new = made.outcome.new
    ready = sum(card.tier == "ready" for card in new)
    would = "would have " if dry_run else ""
    cards = "1 new card" if len(new) == 1 else f"{len(new)} new cards"
    tiers = f" ({ready} ready, {len(new) - ready} rough)" if new else ""
    remade = f", {made.remade} remade" if made.remade else ""
    moved = f", {made.moved} moved with their lines" if made.moved else ""
    before = f", {made.before} there before" if made.before else ""
    return f"{would}{cards}{tiers}{remade}{moved}{before}"


def _columns(table: list[list[str]]) -> None:
    widths = [max(len(row[n]) for row in table) for n in range(len(table[0]))]
    for row in table:
        first = row[0].ljust(widths[0])
        rest = "".join(
            f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)
        )
        click.echo(f"  {first}{rest}".rstrip())
