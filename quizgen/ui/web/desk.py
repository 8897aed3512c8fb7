"""Sit at one deck in the browser: the sitting, the queue, and what was last said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quizgen import review, sitting
from quizgen.errors import DeckChanged
from quizgen.identity import short_hash
from quizgen.model import Card
from quizgen.review import Session, Step
from quizgen.sitting import Sitting


@dataclass(slots=True)
class Desk:
    """What lies on the desk. All decisions are the core's; this holds where a person is."""

    seat: Sitting
    session: Session
    said: str = ""
    dropped: str = ""
    fresh: bool = False

    @classmethod
    def open(cls, path: Path, who: str) -> Desk:
        """Sit down at a deck and queue its drafts."""
        seat = sitting.sit_down(path, who)
        drafts = [card for card in seat.deck.cards if card.state == "draft"]
        return cls(seat, seat.start(), said="; ".join(seat.taste.sentences(drafts)))

    @property
    def path(self) -> Path:
        """Name the deck's file."""
        return self.seat.path

    def look_up(self) -> None:
        """Read what has changed on disk, and leave out what is gone.

        What was saved by the same request is fresh already.
        """
        if self.fresh:
            self.fresh = False
        elif self.seat.refresh():
            self.session = review.without_missing(self.session, self.seat.deck)

    def on_table(self) -> Card | None:
        """Return the card that is to be settled, passing over what a save found gone."""
        try:
            return self.seat.card(self.session.current) if self.session.current else None
        except DeckChanged:
            self.session = review.without_missing(self.session, self.seat.deck)
            return self.seat.card(self.session.current) if self.session.current else None

    def seen(self, card: Card) -> str:
        """Fingerprint a card's text, so that a decision lands on what the person saw."""
        return short_hash(self.seat.block(card.id), 12)

    def find(self, card: str, seen: str) -> Card:
        """Find the card of a form; raise `DeckChanged` if it is not as the person saw it."""
        found = self.seat.card(card)
        if seen != self.seen(found):
            raise DeckChanged(
                "This card was changed meanwhile, so nothing was done; this is how it stands now."
            )
        return found

    def do(self, step: Step, *, on: bool = False) -> None:
        """Save a step; `on` goes to the next card."""
        before = len(self.seat.deck.cards)
        self.seat.do(step)
        self.fresh = True
        self.said = step.said
        if len(self.seat.deck.cards) != before:
            self.session = review.without_missing(self.session, self.seat.deck)
        if on:
            self.session = review.go_on(self.session, self.seat.deck)
        elif step.card:
            self.session = review.go_to(self.session, step.card)

    def go_to(self, card: str) -> None:
        """Look at a card, one that is not there aside."""
        if card == self.session.current:
            return
        if any(each.id == card for each in self.seat.deck.cards):
            self.session = review.go_to(self.session, card)

    def turn(self, *, back: bool) -> None:
        """Take the last step back, or do it again, and look at its card."""
        step = self.seat.undo() if back else self.seat.redo()
        self.said = step.said
        self.session = review.without_missing(self.session, self.seat.deck)
        self.go_to(step.card)

    @property
    def can_undo(self) -> bool:
        """Claim that there is a step to take back, of an earlier session perhaps."""
        return any(name not in self.seat.passed for name in self.seat.stacks.done)

    @property
    def can_redo(self) -> bool:
        """Claim that there is a step to do again."""
        return any(name not in self.seat.passed for name in self.seat.stacks.undone)
