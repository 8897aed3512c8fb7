"""Settle the drafts of a deck."""

from __future__ import annotations

from pathlib import Path

import click

from quizgen import store
from quizgen.ui import keys, terminal


@click.command()
@click.argument(
    "deck", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--terminal", "in_terminal", is_flag=True, help="Review here, one key each.")
@click.option(
    "--as",
    "who",
    metavar="NAME",
    default="",
    help="How the log names you; by default QUIZGEN_NAME, or your login name.",
)
def review(deck: Path | None, *, in_terminal: bool, who: str) -> None:
    """Settle the drafts of DECK, one key each; by default of the deck written last.

    k keeps a card, d drops it (a number then says why), e edits it while the checks speak, u takes
    back what you did, in earlier sessions too, a adds a card of your own, / searches, ? explains
    the other keys, q quits. Every decision is saved at once.

    \b
    quizgen review
    quizgen review decks/talk.md --terminal
    printf 'k\\nk\\nd\\n1\\nq\\n' | quizgen review decks/talk.md --terminal
    """
    del in_terminal  # the only way there is; named so that scripts say what they mean
    from rich.console import Console  # noqa: PLC0415

    path = deck or store.latest(Path("decks"))
    console = Console(highlight=False, soft_wrap=False)
    with keys.talk() as talk:
        sat = terminal.run(path, console, talk, who)
    for line in terminal.parting(sat):
        click.echo(line)
