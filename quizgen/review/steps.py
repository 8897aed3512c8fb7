"""Say what a person's decision changes in a deck, so that it can be saved and taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from quizgen import cardtext, history, identity
from quizgen.deckfile import DeckText, Edit
from quizgen.history import Event
from quizgen.model import Card, Content, Draft, Evidence, Piece, Stamp, State

LATER = "flag=later"
"""The token in the stamp of a card that a person has put off."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a person does to one card or several.

    `card` is the one to look at afterwards, `said` what to tell the person. Without edits there
    is nothing to save. `marks` is set by an undo or a redo: the step it is about.
    """

    card: str
    said: str
    edits: tuple[Edit, ...] = ()
    events: tuple[Event, ...] = ()
    marks: str = ""


def nothing(card: str, said: str = "Nothing was changed.") -> Step:
    """Make a step that changes nothing."""
    return Step(card, said)


# --- deciding ----------------------------------------------------------------


def decide(parsed: DeckText, card: str, state: State, why: str = "") -> Step:
    """Keep a card, drop it or make it a draft again; raise `DeckChanged` if it is not there."""
    edit, event = _decided(parsed, card, state, why)
    reason = f": {why}" if why else ""
    said = {"kept": "Kept", "dropped": "Dropped", "draft": "A draft again"}[state]
    return Step(card, f"{said} ^{card}{reason}.", (edit,), (event,))


def explain(parsed: DeckText, card: str, why: str) -> Step:
    """Say why a card was dropped, after it was."""
    index = parsed.index(card)
    block, state = parsed.block(index), parsed.deck.cards[index].state
    event = Event("dropped", card, why, was=state)
    return Step(card, f"Dropped ^{card}: {why}.", (Edit(card, block, block),), (event,))


def decide_all(parsed: DeckText, cards: Iterable[str], state: State, why: str = "") -> Step:
    """Decide on several cards alike, in one step."""
    both = [_decided(parsed, card, state, why) for card in cards]
    if not both:
        return nothing("", "There is no such card.")
    said = f"{'Kept' if state == 'kept' else 'Dropped'} {_cards(len(both))}."
    edits = tuple(edit for edit, _ in both)
    return Step(edits[0].card, said, edits, tuple(event for _, event in both))


def _decided(parsed: DeckText, card: str, state: State, why: str) -> tuple[Edit, Event]:
    index = parsed.index(card)
    before, was = parsed.block(index), parsed.deck.cards[index]
    after = cardtext.restamp(before, state=state)
    event = Event(state, card, why, was=was.state)
    if LATER in was.stamp.extra:  # what is decided is no longer put off
        now = cardtext.parse(after)
        extra = tuple(token for token in now.stamp.extra if token != LATER)
        after = restamped(after, replace(now, stamp=replace(now.stamp, extra=extra)))
    if LATER in was.stamp.extra or cardtext.restamp(after, state=was.state) != before:
        event = replace(event, before=before, after=after)
    return Edit(card, before, after), event


def _cards(count: int) -> str:
    return "1 card" if count == 1 else f"{count} cards"


# --- the stamp ---------------------------------------------------------------


def flag(parsed: DeckText, card: str) -> Step:
    """Put a card off, or take that back; the mark is in its stamp, for everyone to see."""
    index = parsed.index(card)
    before, was = parsed.block(index), parsed.deck.cards[index]
    on = LATER not in was.stamp.extra
    extra = (*was.stamp.extra, LATER) if on else _without(was.stamp.extra, LATER)
    after = restamped(before, replace(was, stamp=replace(was.stamp, extra=extra)))
    said = "flagged for later" if on else "no longer flagged"
    return changed(card, before, after, why=said, said=f"^{card} is {said}.")


def is_flagged(card: Card) -> bool:
    """Claim that a person has put a card off."""
    return LATER in card.stamp.extra


def restamped(block: str, card: Card) -> str:
    """Return a card's text with its stamp written anew, and nothing else changed."""
    start = block.rindex("<!--")
    return block[:start] + cardtext.render_stamp(card)


def stamp_of(block: str) -> str:
    """Return the stamp at the end of a card's text, empty where there is none."""
    start = block.rfind("<!--")
    stamp = block[start:] if start >= 0 else ""
    return stamp if stamp[4:].lstrip().startswith("^") else ""


def _without(tokens: tuple[str, ...], token: str) -> tuple[str, ...]:
    return tuple(each for each in tokens if each != token)


# --- parts of a step ---------------------------------------------------------


def changed(card: str, before: str, after: str, *, why: str = "", said: str = "") -> Step:
    """Make the step of one card that has other words now."""
    if before == after:
        return nothing(card)
    event = Event("edited", card, why, before=before, after=after)
    return Step(card, said or f"Changed ^{card}.", (Edit(card, before, after),), (event,))


def added(parsed: DeckText, card: Card, beside: str, *, block: str = "") -> Step:
    """Make the step of one card that is new, behind another."""
    text = as_in(parsed, block or cardtext.render(card))
    event = replace(history.of("made", card), after=text, beside=beside)
    edit = Edit(card.id, "", text, beside)
    return Step(card.id, f"Added ^{card.id}, {card.state}.", (edit,), (event,))


def joined(said: str, *steps: Step) -> Step:
    """Make one step of several; the first says which card to look at."""
    return Step(
        steps[0].card,
        said,
        tuple(edit for step in steps for edit in step.edits),
        tuple(event for step in steps for event in step.events),
    )


def born(
    parsed: DeckText, content: Content, evidence: tuple[Evidence, ...], taken: Collection[str]
) -> Card:
    """Make a card of a person's words, with an identity of its own."""
    draft = Draft(content, evidence, Piece("insight", "", (0, 0)), rule="hand")
    made_from = identity.origin(draft)
    used = {*taken, *(card.id for card in parsed.deck.cards)}
    name = identity.card_id(parsed.deck.id, made_from, used)
    stamp = Stamp(rule="hand", origin=made_from)
    return Card(name, content, evidence, state="kept", tier="ready", stamp=stamp)


def as_in(parsed: DeckText, block: str) -> str:
    """Write a card's text with the line ends of its deck."""
    plain = block.replace("\r\n", "\n")
    return plain.replace("\n", "\r\n") if "\r\n" in parsed.text else plain
