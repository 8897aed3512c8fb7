"""Read documents and write or update decks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from quizgen import coverage, deckfile, documents, files, pipeline, readers, store, works
from quizgen.commands import exporting
from quizgen.errors import QuizgenError
from quizgen.exports.table import EXPORTERS
from quizgen.generate import offline
from quizgen.model import Deck, Document, Wish, Work
from quizgen.pipeline import Outcome, Row


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
    found = [(work, documents.deck_of(work, shelf)) for work in works.group(reading.read)]
    written = [_deck(work, path, folder, reading, dry_run=dry_run) for work, path in found]
    decks = tuple(path for path in written if path)
    if decks and not dry_run:
        for name in formats:
            exporting.run(decks, name, exporting.Wanted(output=folder, drafts=True))
        click.echo(
            f"Next: quizgen review {decks[0]}" if len(decks) == 1 else "Next: quizgen review"
        )
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


@dataclass(slots=True)
class _Made:
    """What a run came to, filled in under the deck's lock."""

    outcome: Outcome | None = None
    known: int = 0


def _deck(
    work: Work, path: Path | None, folder: Path, reading: _Reading, *, dry_run: bool
) -> Path | None:
    """Write or update one work's deck, and report; None if there was nothing to write."""
    stored = store.load(path) if path else None
    if stored:
        work = _with_old_sources(work, stored)
        path = stored.path
    else:
        empty = Deck(work.id, work.title)
        path = store.new_path(folder, empty)
    display = {store.relative(Path(doc.path), path): doc.path for doc in work.documents}
    work = replace(
        work,
        documents=tuple(
            replace(doc, path=store.relative(Path(doc.path), path)) for doc in work.documents
        ),
    )
    made = _Made()

    def keep_pasted() -> None:
        for name in display.values():
            if name in reading.pasted:
                files.write(Path(name), reading.pasted[name])

    def change(now: store.Stored) -> str:
        outcome = _outcome(work, now.deck, now)
        made.outcome = outcome
        made.known = len(now.deck.cards)
        text = deckfile.add(now.parsed, outcome.new) if outcome.new else now.parsed.text
        fresh = [doc.path for doc in work.documents if doc.path not in now.deck.sources]
        if fresh and not dry_run:
            keep_pasted()
            text = deckfile.set_sources(deckfile.parse(text), [*now.deck.sources, *fresh])
        return text

    if stored and not dry_run:
        store.update(path, change)
    elif stored:
        change(stored)
    else:
        deck = Deck(work.id, work.title, tuple(doc.path for doc in work.documents))
        made.outcome = _outcome(work, deck, None)
        if made.outcome.new and not dry_run:
            keep_pasted()
            store.create(path, replace(deck, cards=made.outcome.new))
    outcome = made.outcome
    if outcome is None:
        raise AssertionError
    nothing = not stored and not outcome.new
    _report(work, path, outcome, made.known, display, dry_run=dry_run)
    return None if nothing else path


def _outcome(work: Work, deck: Deck, stored: store.Stored | None) -> Outcome:
    ids = [card.id for card in deck.cards]
    gone = stored.history.gone(ids) if stored else {}
    made = tuple(stored.history.made) if stored else ()
    return pipeline.make(work, offline.generate, Wish(), deck=deck, gone=gone, made=made)


def _with_old_sources(work: Work, stored: store.Stored) -> Work:
    """Add the deck's other documents, so that new pages meet old transcripts."""
    here = {Path(document.path).resolve() for document in work.documents}
    old: list[Document] = []
    for source in stored.deck.sources:
        path = stored.path.parent / source
        if path.resolve() in here:
            continue
        try:
            old.append(documents.read(path))
        except QuizgenError:
            click.echo(f"quizgen: {path}, a source of {stored.path}, is not there now", err=True)
    return works.together((*old, *work.documents)) if old else work


def _report(
    work: Work,
    path: Path,
    outcome: Outcome,
    known: int,
    display: dict[str, str],
    *,
    dry_run: bool,
) -> None:
    rows = [
        Row(display.get(row.document, row.document), row.piece, row.cards, row.why)
        for row in outcome.rows
    ]
    click.echo(work.title)
    if not outcome.new and not known:
        click.echo("  nothing worth a card was found, so no deck was written\n")
    else:
        ready = sum(card.tier == "ready" for card in outcome.new)
        would = "would have " if dry_run else ""
        new = f"{len(outcome.new)} new cards ({ready} ready, {len(outcome.new) - ready} rough)"
        click.echo(f"  {path}: {would}{new}, {known} there before\n")
    if rows:
        _columns(coverage.table(rows))
        for line in coverage.lines(rows):
            click.echo(f"  no card: {line}")
        click.echo("")


def _columns(table: list[list[str]]) -> None:
    widths = [max(len(row[n]) for row in table) for n in range(len(table[0]))]
    for row in table:
        first = row[0].ljust(widths[0])
        rest = "".join(
            f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)
        )
        click.echo(f"  {first}{rest}".rstrip())
