"""Show what was seen in documents, and what was dropped."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from quizgen import seen, works
from quizgen.commands import reading
from quizgen.model import Work


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH... | -")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list, for other programs.")
@reading.grouping
def read(paths: tuple[str, ...], *, as_json: bool, together: bool, apart: bool) -> None:
    """Show what is seen in documents: title, dates, people, pieces, and what is dropped and why.

    Every line of a document is in a piece, in its metadata, dropped with a reason, or blank.

    \b
    quizgen read talk.txt
    quizgen read --json notes/ > seen.json
    """
    how = reading.how(together=together, apart=apart)
    given = reading.read(paths, Path("decks"))
    read = [replace(each, path="-") if each.path in given.pasted else each for each in given.read]
    if as_json:
        rows = [seen.as_json(document) for document in read]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for document in read:
            click.echo("\n".join(seen.as_lines(document)) + "\n")
        if len(read) > 1:
            _works(works.group(read, how))
    if given.failed:
        raise click.exceptions.Exit(1)


def _works(found: tuple[Work, ...]) -> None:
    """Say which documents are about one work, since they will share a deck."""
    click.echo("1 work" if len(found) == 1 else f"{len(found)} works")
    for work in found:
        date = f", {work.date}" if work.date else ""
        click.echo(f"  {work.title}{date}")
        for document in work.documents:
            click.echo(f"    {document.path}")
