"""Write decks in another format."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from quizgen.commands import exporting, exporting_anki
from quizgen.exports import Flip, Options, Paper, Size
from quizgen.exports.table import EXPORTERS

_FORMATS = "\n".join(f"{row.name:12}{row.title} ({row.suffix})" for row in EXPORTERS)
_HELP = f"""Write DECK in another format.

Kept cards leave; drafts only with --drafts, and then marked as drafts.

\b
{_FORMATS}

\b
quizgen export decks/talk.md --to anki
quizgen export decks/talk.md --to pdf --paper letter -o handouts/
quizgen export decks/*.md --to anki -o all.apkg
quizgen export decks/talk.md --to flashcards --size business
"""


@click.command(help=_HELP)
@click.argument(
    "decks",
    nargs=-1,
    required=True,
    metavar="DECK...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option(
    "--to",
    "name",
    required=True,
    type=click.Choice([exporter.name for exporter in EXPORTERS]),
    help="The format.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A file, a folder, or - for standard output; by default beside the deck.",
)
@click.option("--drafts", is_flag=True, help="Add drafts, visibly marked.")
@click.option(
    "--paper",
    type=click.Choice(get_args(Paper)),
    default="a4",
    show_default=True,
    help="The size of a printed quiz.",
)
@click.option("--seed", default="1", show_default=True, help="Orders printed questions.")
@click.option("--course", default="", help="A line under the title of a printed quiz.")
@click.option(
    "--type-in/--no-type-in",
    default=None,
    help="Anki: type short answers; holds for the deck until you say otherwise.",
)
@click.option(
    "--reverse/--no-reverse",
    default=None,
    help="Anki: also ask for the term of a definition; holds likewise.",
)
@click.option(
    "--subdecks/--no-subdecks",
    default=None,
    help="Anki: a subdeck for each section; holds likewise.",
)
@click.option("--parent", help='Anki: the deck above this one, "Biology" or "School::Biology".')
@click.option(
    "--size",
    type=click.Choice(get_args(Size)),
    default="a7",
    show_default=True,
    help="The size of flashcards: A7, a business card, or 3 by 5 inches.",
)
@click.option(
    "--flip",
    type=click.Choice(get_args(Flip)),
    default="long",
    show_default=True,
    help="The edge of the paper that your printer flips it on, for flashcards.",
)
@click.option(
    "--one-per-page", "single", is_flag=True, help="Pages of one flashcard, for card stock."
)
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
def export(
    decks: tuple[Path, ...],
    name: str,
    output: Path | None,
    paper: Paper,
    seed: str,
    course: str,
    size: Size,
    flip: Flip,
    fonts: tuple[Path, ...],
    templates: Path | None,
    parent: str | None,
    *,
    drafts: bool,
    single: bool,
    type_in: bool | None,
    reverse: bool | None,
    subdecks: bool | None,
) -> None:
    """Write DECK in another format."""
    options = Options(
        seed=seed,
        paper=paper,
        course=course,
        templates=templates,
        size=size,
        flip=flip,
        fonts=fonts,
        single=single,
    )
    asked = {"type-in": type_in, "reverse": reverse, "subdecks": subdecks}
    wish = exporting_anki.Wish(
        {option: on for option, on in asked.items() if on is not None}, parent
    )
    exporting.run(decks, name, exporting.Wanted(output, drafts, options, wish))
