"""Read documents and write or update decks."""

from __future__ import annotations

import itertools
import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen import (
    alignment,
    coverage,
    documents,
    files,
    habits,
    making,
    quoteaudit,
    report,
    store,
)
from quizgen.commands import asking, exporting, reading
from quizgen.commands import known as familiar
from quizgen.commands.asking import INTERRUPTED, Asked
from quizgen.errors import QuizgenError
from quizgen.exports.table import EXPORTERS
from quizgen.generate import offline
from quizgen.learning import Taste
from quizgen.making import Made
from quizgen.model import Work
from quizgen.pipeline import Outcome
from quizgen.quoteaudit import Audited

if TYPE_CHECKING:
    from quizgen.generate.llm.written import Written

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
@click.option(
    "--known",
    "anki_files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="An Anki package: mark new cards that you have there already. May be given again.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Show what would be made, and what a model would cost; write and send nothing.",
)
@click.option(
    "--no-learn",
    is_flag=True,
    help="Do not put off new cards of the sorts that you mostly dropped in reviews.",
)
@reading.grouping
@asking.options
def make(
    paths: tuple[str, ...],
    folder: Path,
    formats: tuple[str, ...],
    report_file: Path | None,
    anki_files: tuple[Path, ...],
    *,
    dry_run: bool,
    no_learn: bool,
    together: bool,
    apart: bool,
    asked: Asked,
) -> None:
    """Read documents (or - for pasted text) and write or update decks.

    One deck per work: documents about one talk share a deck. Run again, it changes nothing that
    is yours: edited cards keep their words, dropped and deleted ones stay away. A card whose
    evidence is gone from its document is marked, never deleted.

    Cards are made by rules, with no key and no network; --with openai has a language model on any
    server write them, and checks every word of it.

    \b
    quizgen make talk.txt transcript.md
    quizgen make notes/ --to anki --to pdf
    quizgen make notes/ --report coverage.html
    quizgen make talk.txt --known "All Decks.colpkg"
    quizgen make - < page.txt
    quizgen make talk.txt --with openai --model gpt-5-mini --dry-run
    """
    how = reading.how(together=together, apart=apart)
    given = reading.read(paths, folder)
    taste = Taste() if no_learn else habits.of_folder(folder)
    notes = familiar.read(anki_files)
    decks: list[Path] = []
    covered: list[report.Covered] = []
    faults: list[str] = []
    assigned = documents.assign(given.read, store.shelf(folder), how)
    if how == "as told":
        _hint([work for work, _ in assigned])
    outcome = _asked(assigned, folder, asked, dry_run=dry_run, is_pasted="-" in paths)
    is_interrupted = bool(outcome and outcome.stopped and outcome.stopped.kind == "interrupted")
    for at, (work, known) in enumerate(assigned):
        written = outcome.written[at] if outcome and outcome.written else None
        if outcome and (written is None or written.is_unbegun):
            continue
        made = making.deck(
            work,
            folder,
            known,
            pasted=given.pasted,
            notes=familiar.of_others(notes, work, known),
            generate=written.generate if written else offline.generate,
            why_not=written.why_not if written else None,
            told=outcome.told[at] if outcome else "",
            taste=taste,
            dry_run=dry_run,
        )
        # Who pressed Ctrl-C waits for the deck, and not for a comparison of half of it.
        by_rules = None if is_interrupted or not written else making.by_rules(made.work)
        audited = quoteaudit.audit(made.work)
        _print(made, audited, taste, dry_run=dry_run)
        if written:
            _print_written(written, made, by_rules)
        place = "" if made.is_empty else str(made.path)
        names, rows = made.names, made.outcome.rows
        told = report.Covered(
            made.work, rows, made.deck, place, names, audited, by_rules.rows if by_rules else ()
        )
        covered.append(told)
        if fault := coverage.unaccounted(made.work, rows, names):
            faults.append(fault)
        if not made.is_empty:
            decks.append(made.path)
    if report_file and covered:
        # The decks are written by now, and what else was asked for does not wait on a report.
        try:
            _write(report_file, covered, dry_run=dry_run)
        except QuizgenError as error:
            faults.append(f"the report was not written: {error}")
    if decks and not dry_run:
        for name in formats:
            exporting.run(tuple(decks), name, exporting.Wanted(output=folder, drafts=True))
        click.echo(f"Next: quizgen review {decks[0]}")
    for fault in faults:
        click.echo(f"quizgen: {fault}", err=True)
    if is_interrupted:
        raise click.exceptions.Exit(INTERRUPTED)
    if given.failed or faults or (outcome and outcome.is_short):
        raise click.exceptions.Exit(1)


# --- with a model ------------------------------------------------------------


def _asked(
    assigned: Sequence[tuple[Work, Path | None]],
    folder: Path,
    asked: Asked,
    *,
    dry_run: bool,
    is_pasted: bool,
) -> asking.Outcome | None:
    """Have a model write the cards of all works at once, each named as its deck will name it."""
    if not asked.by or not assigned:
        return None
    placed = [making.place(work, folder, known) for work, known in assigned]
    works = [each.work for each in placed]
    if asked.by == "chat":
        from quizgen.commands import pasting  # noqa: PLC0415 - what writes by rules needs neither

        outcome = pasting.run(works, asked, dry_run=dry_run, is_pasted=is_pasted)
    else:
        from quizgen.commands import writing  # noqa: PLC0415

        outcome = writing.run(works, asked, dry_run=dry_run)
    pairs = zip(outcome.written, placed, strict=bool(outcome.written))
    return replace(outcome, written=tuple(one.named(each.names) for one, each in pairs))


# --- what is told ------------------------------------------------------------


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


def _print(made: Made, audited: Sequence[Audited], taste: Taste, *, dry_run: bool) -> None:
    for path in made.missing:
        click.echo(f"quizgen: {path}, a source of {made.path}, is not there now", err=True)
    click.echo(made.work.title)
    for line in quoteaudit.lines(made.work, audited, made.names):
        click.echo(f"  {line}")
    if made.is_empty:
        click.echo("  no card was found that stands by itself, so no deck was written\n")
    else:
        click.echo(f"  {made.path}: {_came_to(made, dry_run=dry_run)}")
        for line in taste.sentences(made.outcome.new):
            click.echo(f"  {line} (--no-learn switches this off)")
        for line in (*made.doubted, *made.gone, *familiar.lines(made)):
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


def _print_written(written: Written, made: Made, by_rules: Outcome | None) -> None:
    """Say what a model's work came to, beside what the rules alone would have made."""
    from quizgen.generate.llm import written as summing  # noqa: PLC0415

    for notice in written.notices:
        click.echo(f"quizgen: {notice}", err=True)
    for line in summing.summary(written):
        click.echo(f"  {line}")
    if by_rules is not None:
        rows, others = (
            [replace(row, document=made.names[row.document]) for row in each]
            for each in (made.outcome.rows, by_rules.rows)
        )
        click.echo(f"  {coverage.compared(rows, others, by_rules.new)}")
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
    known = f", {len(made.known)} of them in Anki already" if made.known else ""
    return f"{would}{cards}{tiers}{known}{remade}{moved}{before}"


def _columns(table: list[list[str]]) -> None:
    widths = [max(len(row[n]) for row in table) for n in range(len(table[0]))]
    for row in table:
        first = row[0].ljust(widths[0])
        rest = "".join(
            f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)
        )
        click.echo(f"  {first}{rest}".rstrip())
