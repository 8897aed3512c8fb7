"""Settle drafts with one key each, on a terminal or over a pipe."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen import cloze, deckfile, evidenceline, familiar, review, store
from quizgen.errors import DeckChanged, QuizgenError
from quizgen.history import Event
from quizgen.model import Basic, Card, Choice, Cloze, Evidence, State, Work
from quizgen.review import Gap, Session
from quizgen.ui.keys import Talk

if TYPE_CHECKING:
    from rich.console import Console

KEYS = (
    ("k", "keep"),
    ("d", "drop"),
    ("e", "edit"),
    ("s", "skip"),
    ("u", "undo"),
    ("a", "add a card"),
    ("q", "quit"),
)
REASONS = ("wrong", "unclear", "trivial", "said elsewhere", "not for me")
_HELP = "   ".join(f"{key} {name}" for key, name in KEYS)
_QUIT = ("q", "\x03", "\x04", "\x1b", "")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(slots=True)
class Table:
    """What lies on the table: the deck as last read, the queue, the pieces without a card."""

    stored: store.Stored
    session: Session
    console: Console
    talk: Talk
    work: Work | None
    total: int
    settled: dict[str, State] = field(default_factory=dict[str, State])
    notice: str = ""
    passed: set[Gap] = field(default_factory=set[Gap])


def run(path: Path, work: Work | None, console: Console, talk: Talk) -> dict[str, State]:
    """Review a deck until its drafts are settled or the person quits; return what was decided.

    `work` is the deck's documents as read now, None where they are gone; without them no card
    can be added. Every decision is on disk before the next card is shown.
    """
    stored = store.load(path)
    session = review.start(stored.deck)
    table = Table(stored, session, console, talk, work, len(session.queue))
    while _show_next(table):
        key = talk.key()
        if key in _QUIT:
            break
        try:
            _act(table, key)
        except QuizgenError as error:
            _tell(table, str(error))
            table.stored = store.load(path)
    _say_notice(table)
    return table.settled


def _show_next(table: Table) -> bool:
    """Show the next draft, else say what could still be added; False when there is neither."""
    while table.session.current:
        try:
            _show(table)
        except DeckChanged as error:  # the card was deleted in an editor meanwhile
            _tell(table, str(error))
            table.session = Session(table.session.queue[1:], table.session.done)
        else:
            return True
    found = _open_gaps(table)
    if found:
        _say(table, f"All drafts are settled; {len(found)} pieces have no ready card.")
        _say(table, "a add a card   u undo   q quit")
        _say_notice(table)
    return bool(found)


def _act(table: Table, key: str) -> None:
    if key == "a":
        _add(table)
    elif key == "u":
        _undo(table)
    elif not table.session.current:
        _tell(table, "There is no card on the table.")
    elif key == "k":
        _decide(table, "kept", "")
    elif key == "d":
        _decide(table, "dropped", _reason(table))
    elif key == "e":
        _edit(table)
    elif key in ("s", " "):
        table.session = review.skip(table.session)
    else:
        _tell(table, f"{key!r} is no key here.")


def _decide(table: Table, state: State, why: str) -> None:
    session, edit = review.decide(table.session, table.stored.parsed, state)
    _save(table, edit, Event(state, edit.card, why))
    table.session = session
    table.settled[edit.card] = state


def _save(table: Table, edit: deckfile.Edit, event: Event) -> None:
    try:
        table.stored = store.save(table.stored.path, [edit], [event])
    except QuizgenError:
        table.stored = store.load(table.stored.path)
        raise


def _reason(table: Table) -> str:
    offered = "  ".join(f"{number} {reason}" for number, reason in enumerate(REASONS, 1))
    said = table.talk.line(f"Why? {offered}, or your words, or Enter: ").strip()
    if said.isdigit() and 1 <= int(said) <= len(REASONS):
        return REASONS[int(said) - 1]
    return said


def _edit(table: Table) -> None:
    parsed = table.stored.parsed
    before = parsed.block(parsed.index(table.session.current))
    after = table.talk.editor(before.replace("\r\n", "\n") + "\n")
    if after is None or after.strip() == before.strip():
        _tell(table, "Nothing was changed.")
        return
    if "\r\n" in before:
        after = after.replace("\n", "\r\n")
    session, edit = review.edit(table.session, parsed, after.strip("\r\n"))
    _save(table, edit, Event("edited", edit.card))
    table.session = session


def _undo(table: Table) -> None:
    if not table.session.done:
        _tell(table, "There is nothing to undo.")
        return
    card = table.session.done[-1].card
    session, edit = review.undo(table.session, table.stored.parsed)
    if edit:
        _save(table, edit, Event("draft", card, "undone"))
        table.settled.pop(card, None)
    table.session = session


def _open_gaps(table: Table) -> list[Gap]:
    if table.work is None:
        return []
    return [g for g in review.gaps(table.stored.deck, table.work) if g not in table.passed]


def _add(table: Table) -> None:
    if table.work is None:
        _tell(table, "The deck's documents are gone; without them no card can be made.")
        return
    found = _open_gaps(table)
    if not found:
        _tell(table, "Every insight, idea and quote has a ready card or one of your own.")
        return
    gap = found[0]
    _say(table, "")
    _show_evidence(table, gap.evidence, style="")
    said = table.talk.line(
        f"Type a question, or /words/ to blank them, or Enter to pass ({len(found)} left): "
    ).strip()
    if not said:
        table.passed.add(gap)
        return
    hidden = re.findall(r"/([^/]+)/", said) if said.startswith("/") else []
    if hidden:
        content = review.blanked(gap.evidence.text, hidden)
    else:
        offered = review.answer_for(gap)
        answer = table.talk.line(f"Answer [{offered}]: ").strip()
        content = review.basic(said, answer or offered)
    made: list[Card] = []

    def change(stored: store.Stored) -> str:
        taken = tuple(stored.history.made)
        made.append(review.add(stored.deck, gap, content, taken))
        return deckfile.add(stored.parsed, made)

    table.stored = store.update(table.stored.path, change)
    table.settled[made[0].id] = "kept"
    _tell(table, f"Added ^{made[0].id}, kept.")


# --- showing -----------------------------------------------------------------


def _say(table: Table, text: str, style: str = "dim") -> None:
    table.console.print(_plain(text), style=style, markup=False, highlight=False)


def _tell(table: Table, text: str) -> None:
    """Say something below the next card, since showing it clears the screen."""
    table.notice = text


def _say_notice(table: Table) -> None:
    if table.notice:
        _say(table, table.notice, style="yellow")
    table.notice = ""


def _show(table: Table) -> None:
    deck = table.stored.deck
    card = deck.cards[table.stored.parsed.index(table.session.current)]
    left = len(table.session.queue)
    if table.console.is_terminal:
        table.console.clear()
    place = f"{table.total - left + 1} of {table.total}" if left <= table.total else f"{left} left"
    known = " · in Anki already" if familiar.is_marked(card) else ""
    said = f"{place} · {card.tier} · {card.stamp.rule}{known}"
    table.console.rule(f"[dim]{said}[/]", align="left")
    question, answer = _sides(card)
    _say(table, question, style="bold")
    _say(table, "")
    _say(table, answer, style="green")
    if card.why:
        _say(table, f"Why: {card.why}")
    for found in card.evidence:
        _say(table, "")
        _show_evidence(table, found)
    _say(table, "")
    _say(table, _HELP)
    _say_notice(table)


def _sides(card: Card) -> tuple[str, str]:
    match card.content:
        case Basic(question, answer):
            return question, answer
        case Cloze(text):
            return cloze.visible(text), ", ".join(cloze.hidden(text))
        case Choice(stem, options, keys):
            marks = (
                f"{'●' if number in keys else '○'} {option}"
                for number, option in enumerate(options)
            )
            return stem, "\n".join(marks)


def _show_evidence(table: Table, found: Evidence, style: str = "dim") -> None:
    fields = evidenceline.fields(replace(found, link=""))
    said = [field for field in fields if field != "page"]
    _barred(table, found.text, style)
    _barred(table, f"— {' · '.join(said)}", "dim italic")
    if found.link:
        _barred(table, found.link, "dim")


def _barred(table: Table, text: str, style: str) -> None:
    """Print a text with a bar before each of its lines, wrapped ones too."""
    from rich.text import Text  # noqa: PLC0415

    for line in Text(_plain(text)).wrap(table.console, max(20, table.console.width - 2)):
        _say(table, f"│ {line.plain.rstrip()}", style=style)


def _plain(text: str) -> str:
    """Keep a source's control codes from steering the terminal."""
    return _CONTROL.sub("", text)


def summary(settled: dict[str, State], left: int) -> str:
    """Say in one line what a review came to."""
    kept = sum(state == "kept" for state in settled.values())
    dropped = sum(state == "dropped" for state in settled.values())
    return f"{kept} kept, {dropped} dropped, {left} left to review"
