"""Compose a printed quiz out of decks, or print one again from its file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeVar, get_args

import click

from quizgen.commands import quizzing
from quizgen.errors import UsageError
from quizgen.exports import Paper
from quizgen.exports.table import PRINTERS
from quizgen.quiz import Kind
from quizgen.quiz.choosing import COUNT, Wanted
from quizgen.quiz.level import LEVELS, Level

_Word = TypeVar("_Word", Kind, Level)
_KINDS: tuple[Kind, ...] = get_args(Kind)
_FORMATS = "\n".join(f"{row.name:9}{row.title}" for row in PRINTERS)
_HELP = f"""Compose a quiz out of DECKs' kept cards, with its key.

Chooses questions that cover the main ideas, each fact once, and writes what it chose to
NAME.quiz.toml. Edit that file, keep it in git, and give it instead of a DECK to print it again.

\b
{_FORMATS}

\b
quizgen quiz decks/talk.md
quizgen quiz decks/talk.md --count 12 --kinds choice,blank,short --versions A,B,C
quizgen quiz decks/talk.md --minutes 20 --paper letter --large
quizgen quiz out/talk.quiz.toml

Kinds: {", ".join(_KINDS)}.
"""


@click.command(help=_HELP)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="DECK... | FILE.quiz.toml",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A folder, or the quiz file.  [default: out, or beside the quiz file]",
)
@click.option(
    "--to",
    "formats",
    multiple=True,
    type=click.Choice([printer.name for printer in PRINTERS]),
    help="A format; may be given again.  [default: pdf]",
)
@click.option(
    "--count", type=click.IntRange(1), default=None, help=f"How many questions.  [default: {COUNT}]"
)
@click.option("--minutes", type=click.IntRange(1), help="How long it may take.")
@click.option("--kinds", help="Kinds of questions, with commas between.")
@click.option("--level", "levels", help=f"How hard: {', '.join(LEVELS)}; with commas between.")
@click.option("--sections", multiple=True, help="Part of a section's name; may be given again.")
@click.option("--tags", help="Cards with one of these tags, with commas between.")
@click.option("--versions", help="Versions in different orders, such as A,B,C.")
@click.option("--seed", help="Chooses and orders the questions.  [default: 1]")
@click.option("--title", help="The title.  [default: the deck's]")
@click.option("--course", help="A line under the title.")
@click.option("--instructions", help="What the sheet tells students to do.")
@click.option("--language", help="The sheet's own words: en, de, es, zh.  [default: the deck's]")
@click.option("--word-bank", is_flag=True, default=None, help="Print the missing words in a box.")
@click.option("--paper", type=click.Choice(get_args(Paper)), help="The paper.  [default: a4]")
@click.option("--large", is_flag=True, default=None, help="Large print.")
@click.option("--columns", type=click.Choice(["1", "2"]), help="Columns.  [default: 1]")
@click.option("--one-file", is_flag=True, default=None, help="All versions in one PDF.")
@click.option(
    "--font",
    "fonts",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="A font for letters that the built-in ones lack: a file or folder; may be given again.",
)
@click.option(
    "--templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder whose templates take the place of the built-in ones.",
)
@click.option("--drafts", is_flag=True, default=None, help="Ask drafts too, visibly marked.")
@click.option("--replace", is_flag=True, help="Write a quiz file anew that is there already.")
@click.option("--dry-run", is_flag=True, help="Say what would be asked; write nothing.")
def quiz(
    paths: tuple[Path, ...],
    output: Path | None,
    formats: tuple[str, ...],
    count: int | None,
    minutes: int | None,
    kinds: str | None,
    levels: str | None,
    sections: tuple[str, ...],
    tags: str | None,
    versions: str | None,
    seed: str | None,
    title: str | None,
    course: str | None,
    instructions: str | None,
    language: str | None,
    paper: Paper | None,
    columns: Literal["1", "2"] | None,
    fonts: tuple[Path, ...],
    templates: Path | None,
    *,
    word_bank: bool | None,
    large: bool | None,
    one_file: bool | None,
    drafts: bool | None,
    replace: bool,
    dry_run: bool,
) -> None:
    """Compose a quiz out of decks, or print one again from its file."""
    changes = {
        "seed": seed,
        "title": title,
        "course": course,
        "instructions": instructions,
        "language": language,
        "versions": _listed(versions) or None,
        "word_bank": word_bank,
        "drafts": drafts,
    }
    layout = {
        "to": formats or None,
        "paper": paper,
        "large": large,
        "columns": int(columns) if columns else None,
        "one_file": one_file,
    }
    wishes = quizzing.Wishes(
        output,
        {name: value for name, value in changes.items() if value is not None},
        {name: value for name, value in layout.items() if value is not None},
        fonts,
        templates,
        replace=replace,
        dry_run=dry_run,
    )
    wanted = Wanted(
        count if count is not None else (COUNT if minutes is None else 10_000),
        minutes or 0,
        _of("--kinds", kinds, _KINDS),
        sections,
        _listed(tags),
        _of("--level", levels, LEVELS),
    )
    files = [path for path in paths if path.name.endswith(".toml")]
    if files and len(paths) > 1:
        raise UsageError(f"{files[0]} names its decks itself; give it alone")
    if files and wanted != Wanted():
        raise UsageError(
            f"{files[0]} says what is asked; edit it, or give its decks to choose anew"
        )
    if files:
        quizzing.again(files[0], wishes)
    else:
        quizzing.compose(paths, wanted, wishes)


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _of(option: str, text: str | None, choices: Iterable[_Word]) -> tuple[_Word, ...]:
    """Take apart a list of fixed words; raise `UsageError` for another."""
    known = {str(choice): choice for choice in choices}
    for part in _listed(text):
        if part not in known:
            raise UsageError(f"{option}: there is no {part!r}; what there is: {', '.join(known)}")
    return tuple(known[part] for part in _listed(text))
