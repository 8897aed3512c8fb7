"""Read documents and write or update decks."""

from __future__ import annotations

import itertools
import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from quizgen import alignment, coverage, documents, making, quoteaudit, store
from quizgen.commands import exporting, reading
from quizgen.exports.table import EXPORTERS
from quizgen.making import Made
from quizgen.model import Work

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
@click.option("--dry-run", is_flag=True, help="Show what would be made; write nothing.")
@reading.grouping
def make(
    paths: tuple[str, ...],
    folder: Path,
    formats: tuple[str, ...],
    *,
    dry_run: bool,
    together: bool,
    apart: bool,
) -> None:
    """Read documents (or - for pasted text) and write or update decks.

    One deck per work: documents about one talk share a deck. Run again, it changes nothing that
    is there: edited cards keep their words, dropped and deleted ones stay away.

    \b
    quizgen make talk.txt transcript.md
    quizgen make notes/ --to anki --to pdf
    quizgen make - < page.txt
    """
    how = reading.how(together=together, apart=apart)
    given = reading.read(paths, folder)
    decks: list[Path] = []
    assigned = documents.assign(given.read, store.shelf(folder), how)
    if how == "as told":
        _hint([work for work, _ in assigned])
    for work, known in assigned:
        made = making.deck(work, folder, known, pasted=given.pasted, dry_run=dry_run)
        _report(made, dry_run=dry_run)
        if not made.is_empty:
            decks.append(made.path)
    if decks and not dry_run:
        for name in formats:
            exporting.run(tuple(decks), name, exporting.Wanted(output=folder, drafts=True))
        click.echo(f"Next: quizgen review {decks[0]}")
    if given.failed:
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


def _report(made: Made, *, dry_run: bool) -> None:
    for path in made.missing:
        click.echo(f"quizgen: {path}, a source of {made.path}, is not there now", err=True)
    click.echo(made.work.title)
    for line in quoteaudit.lines(made.work, quoteaudit.audit(made.work), made.names):
        click.echo(f"  {line}")
    if made.is_empty:
        click.echo("  nothing worth a card was found, so no deck was written\n")
    else:
        click.echo(f"  {made.path}: {_came_to(made, dry_run=dry_run)}")
        for doubt in made.doubted:
            click.echo(f"  {doubt}")
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
    remade = f", {len(made.outcome.changed)} remade" if made.outcome.changed else ""
    before = f", {made.before} there before" if made.before else ""
    return f"{would}{cards}{tiers}{remade}{before}"


def _columns(table: list[list[str]]) -> None:
    widths = [max(len(row[n]) for row in table) for n in range(len(table[0]))]
    for row in table:
        first = row[0].ljust(widths[0])
        rest = "".join(
            f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)
        )
        click.echo(f"  {first}{rest}".rstrip())
