"""Take steps back and do them again, from what the log tells."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from quizgen import cardtext
from quizgen.deckfile import DeckText, Edit
from quizgen.errors import DeckChanged
from quizgen.history import Event
from quizgen.model import State
from quizgen.review.steps import Step

_SAID = {"kept": "keeping", "dropped": "dropping", "draft": "making a draft of"}


@dataclass(frozen=True, slots=True)
class Stacks:
    """A person's steps by their names: `done` can be taken back and `undone` done again.

    The last is the next to go.
    """

    done: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()


def stacks(told: Iterable[Event], who: str) -> Stacks:
    """Sort out one person's steps; a new step puts an end to what could be done again.

    Logs that were merged are in the order of their times.
    """
    done: list[str] = []
    undone: list[str] = []
    for event in sorted(told, key=lambda event: event.at):
        if event.who != who or not event.step:
            continue
        if event.what == "undone":
            if event.step in done:
                done.remove(event.step)
                undone.append(event.step)
        elif event.what == "redone":
            if event.step in undone:
                undone.remove(event.step)
                done.append(event.step)
        elif not done or done[-1] != event.step:
            done.append(event.step)
            undone.clear()
    return Stacks(tuple(done), tuple(undone))


def undo(
    parsed: DeckText, told: tuple[Event, ...], who: str, passed: Container[str] = ()
) -> Step | None:
    """Take a person's last step back; None where there is none.

    Raise `DeckChanged` if a card was changed since. `passed` are steps that could not be taken
    back, and are left as they are.
    """
    name = next((n for n in reversed(stacks(told, who).done) if n not in passed), "")
    return _back(parsed, _of(told, name), name) if name else None


def redo(
    parsed: DeckText, told: tuple[Event, ...], who: str, passed: Container[str] = ()
) -> Step | None:
    """Do again what was last taken back; None where there is nothing."""
    name = next((n for n in reversed(stacks(told, who).undone) if n not in passed), "")
    return _again(parsed, _of(told, name), name) if name else None


def _of(told: Iterable[Event], name: str) -> list[Event]:
    return [e for e in told if e.step == name and e.what not in ("undone", "redone")]


def _back(parsed: DeckText, events: list[Event], name: str) -> Step:
    edits = [_turned(parsed, _reverse(event)) for event in reversed(_deeds(events))]
    said = f"Took back {_deed(events)}."
    about = Event("undone", events[0].card, step=name)
    return Step(events[0].card, said, tuple(edits), (about,), name)


def _again(parsed: DeckText, events: list[Event], name: str) -> Step:
    edits = [_turned(parsed, event) for event in _deeds(events)]
    about = Event("redone", events[0].card, step=name)
    return Step(events[0].card, f"Did again: {_deed(events)}.", tuple(edits), (about,), name)


def _deeds(events: list[Event]) -> list[Event]:
    """Leave out what only gave a reason later."""
    return [event for event in events if event.before != event.after or event.was != event.what]


def _reverse(event: Event) -> Event:
    turned = replace(event, before=event.after, after=event.before)
    if event.what in ("kept", "dropped", "draft"):
        state: State = "kept" if event.was == "kept" else "draft"
        state = "dropped" if event.was == "dropped" else state
        turned = replace(turned, what=state, was=event.what)
    return turned


def _turned(parsed: DeckText, event: Event) -> Edit:
    """Make the edit of one event on the deck as it is now."""
    card = event.card
    if not event.before and event.after:
        if any(each.id == card for each in parsed.deck.cards):
            raise DeckChanged(f"the card ^{card} is in the deck again; nothing was written")
        return Edit(card, "", event.after, event.beside)
    index = parsed.index(card)
    now, block = parsed.deck.cards[index], parsed.block(index)
    if event.before:
        # An export may have stamped the card since; that is no reason to refuse.
        mod = now.stamp.mod
        if cardtext.restamp(event.before, mod=mod) != block:
            raise DeckChanged(
                f"the card ^{card} was changed since, so that step stays as it is; "
                "press again for the one before it"
            )
        after = cardtext.restamp(event.after, mod=mod) if event.after else ""
        return Edit(card, block, after, event.beside)
    if now.state != event.was:
        raise DeckChanged(
            f"the card ^{card} is {now.state} by now, so that step stays as it is; "
            "press again for the one before it"
        )
    state: State = "kept" if event.what == "kept" else "draft"
    state = "dropped" if event.what == "dropped" else state
    return Edit(card, block, cardtext.restamp(block, state=state))


def _deed(events: list[Event]) -> str:
    first = events[0]
    if len({event.card for event in events}) > 1:
        if all(event.what == first.what for event in events):
            return f"{_SAID.get(first.what, first.what)} {len(events)} cards"
        return f"what was done to ^{first.card} and {len(events) - 1} more"
    if first.what == "made":
        return f"adding ^{first.card}"
    return f"{_SAID.get(first.what, 'a change of')} ^{first.card}"
