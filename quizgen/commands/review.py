"""Settle the drafts of a deck."""

from __future__ import annotations

from pathlib import Path

import click

from quizgen import documents, store
from quizgen.ui import keys, terminal


@click.command()
@click.argument(
    "deck", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--terminal", "in_terminal", is_flag=True, help="Review here, one key each.")
def review(deck: Path | None, *, in_terminal: bool) -> None:
    """Settle the drafts of DECK, one key each; by default of the deck written last.

    k keeps a card, d drops it with a reason, e opens it in $EDITOR, s puts it last, u takes the
    last step back, a adds a card of your own, q quits. Every decision is saved at once.

    \b
    quizgen review
    quizgen review decks/talk.md --terminal
    printf 'k\\nk\\nd\\n1\\nq\\n' | quizgen review decks/talk.md --terminal
    """
    del in_terminal  # the only way there is; named so that scripts say what they mean
    from rich.console import Console  # noqa: PLC0415

    path = deck or store.latest(Path("decks"))
    stored = store.load(path)
    work = documents.of_deck(stored).work()
    console = Console(highlight=False, soft_wrap=False)
    with keys.talk() as talk:
        settled = terminal.run(path, work, console, talk)
    left = sum(card.state == "draft" for card in store.load(path).deck.cards)
    click.echo(f"{path}: {terminal.summary(settled, left)}")
    if settled:
        click.echo(f"Next: quizgen export {path} --to anki")
