"""Hold what lies on the table while a person reviews at a terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizgen import review
from quizgen.model import Card
from quizgen.review.steps import Step
from quizgen.sitting import Sitting
from quizgen.ui.face import Look
from quizgen.ui.keys import Talk

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(slots=True)
class Table:
    """What lies on the table, and what the screen shows of it."""

    sitting: Sitting
    session: review.Session
    console: Console
    talk: Talk
    browse: Callable[[str], object]
    answered: bool = True
    hiding: bool = False
    scroll: int = 0
    more: bool = False
    dropped: str = ""
    notice: str = ""
    passed: set[str] = field(default_factory=set[str])

    @property
    def card(self) -> Card:
        """Return the card on the table; raise `DeckChanged` if it is gone."""
        return self.sitting.card(self.session.current)

    @property
    def look(self) -> Look:
        """Say how to lay out on this screen."""
        has_styles = self.console.is_terminal and not self.console.is_dumb_terminal
        return Look(self.console, self.console.width, has_styles, self.answered)

    def do(self, step: Step) -> None:
        """Save a step."""
        before = len(self.sitting.deck.cards)
        self.sitting.do(step)
        if len(self.sitting.deck.cards) < before:
            self.session = review.without_missing(self.session, self.sitting.deck)

    def go_on(self) -> None:
        """Go on to the next card to settle."""
        self.session = review.go_on(self.session, self.sitting.deck)
        self.answered = not self.hiding

    def look_at(self, card: str) -> None:
        """Look at a card, if it is in the deck."""
        self.session = review.without_missing(self.session, self.sitting.deck)
        if any(each.id == card for each in self.sitting.deck.cards):
            self.session = review.go_to(self.session, card)
        self.answered = True

    def clear(self) -> None:
        """Make room for an editor."""
        if self.console.is_terminal and not self.console.is_dumb_terminal:
            self.console.clear()

    def wait(self, said: str) -> None:
        """Say that something takes its time, before it does."""
        self.console.print(said, style="yellow", markup=False)

    def open_gaps(self) -> list[review.Gap]:
        """List the passages without a ready card that were not passed over."""
        return [gap for gap in self.sitting.gaps() if gap.id not in self.passed]
