"""Settle the drafts of a deck, on a page or on the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from quizgen import store
from quizgen.ui import keys, terminal

_FOLDER = Path("decks")


@click.command()
@click.argument(
    "deck", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--terminal", "in_terminal", is_flag=True, help="Review here, one key each.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help="Serve the page on this port; by default on any free one.",
)
@click.option(
    "--as",
    "who",
    metavar="NAME",
    default="",
    help="How the log names you; by default QUIZGEN_NAME, or your login name.",
)
@click.option("--no-open", is_flag=True, help="Print the page's address, open no browser.")
def review(deck: Path | None, *, in_terminal: bool, who: str, port: int, no_open: bool) -> None:
    """Settle the drafts of DECK, one key each.

    A page opens in your browser, served on this computer for you alone: paste or drop a document,
    see what was found, review, fetch the Anki package, the sheet and its key. Without DECK it
    begins with the list of your decks. With --terminal the review is here, by default of the deck
    written last.

    k keeps a card, d drops it (a number then says why), e edits it while the checks speak, u takes
    back what you did, in earlier sessions too, a adds a card of your own, / searches, ? explains
    the other keys. Every decision is saved at once.

    \b
    quizgen review
    quizgen review decks/talk.md
    quizgen review decks/talk.md --terminal
    printf 'k\\nk\\nd\\n1\\nq\\n' | quizgen review decks/talk.md --terminal
    """
    if in_terminal:
        _in_terminal(deck or store.latest(_FOLDER), who)
    else:
        _on_a_page(deck, who, port, opens=not no_open)


def _on_a_page(deck: Path | None, who: str, port: int, *, opens: bool) -> None:
    from quizgen.ui.web import server  # noqa: PLC0415 - brings the web server along
    from quizgen.ui.web.room import Room  # noqa: PLC0415

    if deck:
        store.load(deck)  # a deck that cannot be read is told here, not on the page
    room = Room(deck.parent if deck else _FOLDER, (deck,) if deck else (), who)
    server.run(room, deck, port=port, opens=opens and server.can_open(), say=click.echo)
    for sat in room.opened():
        sat.refresh()
        for line in terminal.parting(sat):
            click.echo(line)


def _in_terminal(path: Path, who: str) -> None:
    from rich.console import Console  # noqa: PLC0415

    console = Console(highlight=False, soft_wrap=False)
    with keys.talk() as talk:
        sat = terminal.run(path, console, talk, who)
    for line in terminal.parting(sat):
        click.echo(line)
