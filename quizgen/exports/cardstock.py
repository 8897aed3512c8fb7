"""Say where flashcards stand on their sheets, and where a back stands to meet its front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from quizgen.exports import Flip, Paper, Size

Place: TypeAlias = tuple[float, float]
"""Left and top edge of a card on its page, in mm."""

# Millimetres, wide and high. Both business cards, and their places, are those of perforated
# sheets of ten; index cards are 5 by 3 inches.
_CARDS: dict[tuple[Size, Paper], Place] = {
    ("a7", "a4"): (105.0, 74.0),
    ("a7", "letter"): (105.0, 74.0),
    ("business", "a4"): (85.0, 55.0),
    ("business", "letter"): (88.9, 50.8),
    ("index", "a4"): (127.0, 76.2),
    ("index", "letter"): (127.0, 76.2),
}
_PAPERS: dict[Paper, Place] = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
_SLIVER = 3.0  # millimetres; less than this is shared out among the cards, not cut off
_ROUNDING = 0.01


@dataclass(frozen=True, slots=True)
class Stock:
    """Cards of one size on pages of another, in mm; they stand in the middle, edge to edge."""

    card: Place
    page: Place
    columns: int
    rows: int

    @property
    def count(self) -> int:
        """Say how many cards a page holds."""
        return self.columns * self.rows

    @property
    def corner(self) -> Place:
        """Find where the first card begins."""
        return (
            (self.page[0] - self.columns * self.card[0]) / 2,
            (self.page[1] - self.rows * self.card[1]) / 2,
        )

    def fronts(self) -> tuple[Place, ...]:
        """List the places of the fronts, row by row."""
        return tuple(
            self._place(column, row) for row in range(self.rows) for column in range(self.columns)
        )

    def backs(self, flip: Flip) -> tuple[Place, ...]:
        """List the places of the backs, in the order of their fronts.

        A page that turns about its upright edge swaps left and right; one that turns about its
        upper edge swaps top and bottom. Which of them is the long edge is up to the page.
        """
        is_upright = self.page[0] <= self.page[1]
        if is_upright == (flip == "long"):
            return tuple(
                self._place(self.columns - 1 - column, row)
                for row in range(self.rows)
                for column in range(self.columns)
            )
        return tuple(
            self._place(column, self.rows - 1 - row)
            for row in range(self.rows)
            for column in range(self.columns)
        )

    def _place(self, column: int, row: int) -> Place:
        left, top = self.corner
        return round(left + column * self.card[0], 3), round(top + row * self.card[1], 3)


def stock(size: Size, paper: Paper, *, single: bool = False) -> Stock:
    """Lay as many cards on a page as it holds, upright or lying; `single` pages are one card."""
    card = _CARDS[size, paper]
    if single:
        return Stock(card, card, 1, 1)
    wide, high = _PAPERS[paper]
    layouts = [_filled(card, (wide, high))]
    if size != "business":  # perforated sheets are upright
        layouts.append(_filled(card, (high, wide)))
    return max(layouts, key=lambda layout: layout.count)  # upright, where both hold as many


def _filled(card: Place, page: Place) -> Stock:
    columns, rows = (int((page[at] + _ROUNDING) // card[at]) for at in (0, 1))
    grown = tuple(
        page[at] / count if page[at] - count * card[at] < _SLIVER else card[at]
        for at, count in enumerate((columns, rows))
    )
    return Stock((grown[0], grown[1]), page, columns, rows)
