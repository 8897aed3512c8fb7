"""Settle drafts with one key each, on a terminal or over a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen import review, sitting
from quizgen.errors import DeckChanged, QuizgenError
from quizgen.model import Card
from quizgen.review import finding, progress
from quizgen.sitting import Sitting
from quizgen.ui import acts, changes, screen
from quizgen.ui.keys import Talk
from quizgen.ui.screen import Hint
from quizgen.ui.table import Table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_QUIT = ("q", "\x03", "\x04", "")


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its name on the screen, what it does in a sentence, and the doing.

    `suits` says whether it is worth its place on the screen now; the key works anyway, and
    `at_end` where no card is on the table too. `also` is another key that `?` explains with it.
    """

    keys: tuple[str, ...]
    label: str
    name: str
    explained: str
    act: Callable[[Table], None]
    suits: Callable[[Table], bool] = lambda _: True
    at_end: bool = False
    also: str = ""


def run(path: Path, console: Console, talk: Talk, who: str = "") -> Sitting:
    """Review a deck until the person leaves; return it as it then is.

    Every decision is on disk before the next card is shown.
    """
    import webbrowser  # noqa: PLC0415

    sat = sitting.sit_down(path, who)
    table = Table(sat, sat.start(), console, talk, webbrowser.open)
    unnamed = sum(not card.id for card in sat.deck.cards)
    if unnamed:
        table.notice = (
            f"{'1 card' if unnamed == 1 else f'{unnamed} cards'} of your own without a stamp "
            f"not shown; `quizgen check {path} --fix` gives it."
        )
    drafts = [card for card in sat.deck.cards if card.state == "draft"]
    if not table.notice:
        table.notice = "; ".join(sat.taste.sentences(drafts))
    if not table.session.order and not table.notice:
        table.notice = "Every card is settled; / shows others, as in: / state:kept"
    screened = console.is_terminal and not console.is_dumb_terminal
    whole = console.screen(hide_cursor=False) if screened else nullcontext()
    # Ctrl-C leaves, whatever it meets: what was decided is saved, what was not is not.
    with whole, suppress(KeyboardInterrupt):
        _go_through(table)
    return sat


def parting(sat: Sitting) -> list[str]:
    """Say what came of a review, and what to type next."""
    found = sat.summary()
    dropped = sum(found.dropped.values())
    edited = f"{found.edited} edited, " if found.edited else ""
    said = [
        f"{sat.path}: {found.kept} kept, {edited}{dropped} dropped, {found.left} left to review"
    ]
    said += [f"  {line}" for line in progress.details(found)]
    if found.left:
        said.append(f"Next: quizgen review {sat.path}")
    if found.kept:
        said.append(f"{'Or' if found.left else 'Next'}: quizgen export {sat.path} --to anki")
    return said


def _go_through(table: Table) -> None:
    while True:
        _show(table)
        key = table.talk.key()
        if key in _QUIT:
            break
        table.notice = ""
        try:
            _press(table, key)
        except QuizgenError as error:
            table.notice = str(error)
            table.sitting.refresh()


def _press(table: Table, key: str) -> None:
    if key.isdigit() and table.dropped:
        acts.give_reason(table, key)
        return
    found = next((each for each in KEYS if key in each.keys), None)
    if found is None:
        shown = key if key.isprintable() else "that"
        if key not in ("\n", "\r"):
            table.notice = f"{shown!r} is no key here; ? explains those that are."
        return
    if not table.session.current and not found.at_end:
        table.notice = "There is no card on the table; u goes back to the last one."
        return
    if found.act not in (acts.scroll_down, acts.scroll_up):
        table.scroll = 0
    if found.name not in ("drop", "reason"):
        table.dropped = ""
    found.act(table)


def _explain_keys(table: Table) -> None:
    rows = [(f"{key.label} {key.also}".strip(), key.explained) for key in KEYS if key.explained] + [
        ("q", "Leave; everything is saved.")
    ]
    screen.draw(table.console, screen.explained(table.console, rows, "Keys"))
    if not table.console.is_terminal:
        return
    if table.talk.key() == "/":
        fields = [(f"{name}:", meaning) for name, meaning in finding.FIELDS]
        screen.draw(table.console, screen.explained(table.console, fields, "Search fields"))
        table.talk.key()


def _show(table: Table) -> None:
    """Show the card on the table; one deleted meanwhile is passed over."""
    from rich.text import Text  # noqa: PLC0415

    while table.session.current:
        try:
            lines, table.more = screen.card(
                table.console,
                table.sitting,
                table.session,
                answered=table.answered,
                scroll=table.scroll,
                footer=_footer(table),
            )
        except DeckChanged as error:
            table.notice = str(error)
            table.session = review.without_missing(table.session, table.sitting.deck)
        else:
            screen.draw(table.console, lines)
            return
    gaps = len(table.open_gaps())
    lines = screen.summed(table.console, table.sitting)
    if gaps:
        is_one = gaps == 1
        said = f"{gaps} {'passage has' if is_one else 'passages have'} no ready card: a adds one."
        lines += [Text(said, "bold"), Text("")]
    screen.draw(table.console, [*lines, *_footer(table)])


def _footer(table: Table) -> list[Text]:
    return screen.footer(table.console, list(_hints(table)), table.notice)


def _hints(table: Table) -> Iterator[Hint]:
    """Name the keys that are of use now; the way out and the help have their place first of all."""
    at_end = not table.session.current
    for key in KEYS:
        if key.name and (key.at_end or not at_end) and key.suits(table):
            yield Hint(key.label, key.name)
    yield Hint("q", "quit")


def _current(table: Table) -> Card | None:
    card = table.session.current
    return next((each for each in table.sitting.deck.cards if each.id == card), None)


def _has_mend(table: Table) -> bool:
    card = _current(table)
    return bool(card and table.sitting.suggestion(card))


def _has_like(table: Table) -> bool:
    card = _current(table)
    return bool(card and table.sitting.similar(card))


def _has_link(table: Table) -> bool:
    card = _current(table)
    return bool(card and any(found.link for found in card.evidence))


KEYS = (
    Key(("k",), "k", "keep", "Keep the card.", acts.keep),
    Key(("d",), "d", "drop", "Drop the card; a number then says why, or r in your words.",
        acts.drop),
    Key(("r",), "r", "reason", "", acts.say_why, lambda table: bool(table.dropped), at_end=True),
    Key(("e",), "e", "edit", "Edit the card, checked as you type; E uses your $EDITOR.",
        changes.edit, also="E"),
    Key(("E",), "E", "", "", changes.edit_outside),
    Key(("u",), "u", "undo", "Take a step back, of earlier sessions too; U does it again.",
        acts.undo, at_end=True, also="U"),
    Key(("U", "\x12"), "U", "", "", acts.redo, at_end=True),
    Key(("s",), "s", "skip", "Put the card off to the end.", acts.skip),
    Key((" ",), "space", "", "Show the answer, or skip the card.", acts.space),
    Key(("f",), "f", "flag", "Flag the card for later, for every reviewer to see.", acts.flag),
    Key(("right", "n"), "→ ←", "next, back", "Look at the next card, or the one before (n, p).",
        acts.look_on, at_end=True),
    Key(("left", "p"), "←", "", "", acts.back, at_end=True),
    Key(("m",), "m", "mend", "Accept the mend that the checks suggest.", changes.mend, _has_mend),
    Key(("g",), "g", "merge", "Merge a similar card into this one.", changes.merge, _has_like),
    Key(("a",), "a", "add", "Add a card where a passage has none.", changes.add, at_end=True),
    Key(("t",), "t", "tags", "Change the tags.", changes.retag),
    Key(("c",), "c", "kind", "Make it a basic card, a cloze or a choice.", changes.change_kind),
    Key(("x",), "x", "split", "Make two cards of it.", changes.split),
    Key(("o",), "o", "open", "Open the recording at the second.", acts.open_link, _has_link),
    Key(("/",), "/", "search", "Show other cards, by words and fields such as state:kept.",
        acts.search, at_end=True),
    Key(("K",), "K", "keep clean", "Keep all that are shown and have no problem.",
        acts.keep_clean),
    Key(("v",), "v", "", "Show the question first, or both at once.", acts.hide),
    Key(("down", "page down"), "↓ ↑", "", "Show the rest of a long card.", acts.scroll_down),
    Key(("up", "page up"), "↑", "", "", acts.scroll_up),
    Key(("?",), "?", "help", "Explain the keys; then / explains the fields of a search.",
        _explain_keys, at_end=True),
)  # fmt: skip
"""Every key, in the order of the screen; those without a name are found by `?` alone."""
