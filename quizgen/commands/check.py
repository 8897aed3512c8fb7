"""Print every problem of a deck with its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from quizgen import checks, deckfile, documents, pipeline, stamping, store
from quizgen.model import Problem


@click.command()
@click.argument(
    "decks",
    nargs=-1,
    required=True,
    metavar="DECK...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option("--fix", is_flag=True, help="Mend what is safe: give cards that you wrote their ids.")
def check(decks: tuple[Path, ...], *, fix: bool) -> None:
    """Print every problem of DECK as `file:line: rule: sentence`.

    Exit status 1 if a card cannot be read or is broken; warnings are for you to judge.

    \b
    quizgen check decks/talk.md
    quizgen check decks/*.md --fix
    """
    broken = False
    for path in decks:
        if fix:
            _fix(path)
        stored = store.load(path, tolerant=True)
        for error in stored.parsed.errors:
            broken = True
            click.echo(f"{path}:{error.line}: syntax: {error.message}")
        for problem in _problems(stored):
            broken = broken or problem.rule == "malformed"
            click.echo(f"{path}:{problem.line}: {problem.rule}: {problem.sentence}")
    if broken:
        raise click.exceptions.Exit(1)


def _fix(path: Path) -> None:
    stored = store.load(path)
    edits = stamping.edits(stored.parsed, stored.history.made, None, 0)
    if edits:
        store.save(path, edits)
        click.echo(f"{path}: gave an id to {len(edits)} cards that you wrote")


def _problems(stored: store.Stored) -> list[Problem]:
    """Check every card that is not dropped, with the words around its evidence where they are."""
    found = {doc.path: doc for doc in documents.of_deck(stored).documents}
    named = [replace(card, id=card.id or f" {n}") for n, card in enumerate(stored.deck.cards)]
    by_id = dict(zip((card.id for card in named), stored.parsed.places, strict=True))
    cards = [card for card in named if card.state != "dropped"]
    contexts = [checks.Context(window=pipeline.window(card.evidence, found)) for card in cards]
    problems = [_placed(each, by_id[each.card]) for each in checks.check_deck(cards, contexts)]
    return sorted(problems, key=lambda problem: problem.line)


def _placed(problem: Problem, place: deckfile.Place) -> Problem:
    return Problem(problem.rule, problem.severity, problem.sentence, problem.card, place.line)
