"""Say what the person wants of the cards, and how the model is to be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from quizgen.generate.llm.asking import Fill

CardKind: TypeAlias = Literal["basic", "cloze", "choice"]
Density: TypeAlias = Literal["few", "normal", "many"]

KINDS: Final[tuple[CardKind, ...]] = ("basic", "cloze", "choice")
LEAST_WORTH: Final[dict[Density, int]] = {"few": 3, "normal": 2, "many": 1}
"""Importance from which an idea gets a card."""

FEWEST: Final[dict[Density, int]] = {"few": 1, "normal": 3, "many": 3}
"""Ideas that a passage has a card for, whatever their importance, if it has any."""

MAIN: Final = 4
"""Importance of a main idea of the whole work; the plan of a passage goes up to 3."""
MOST_MAIN: Final = 10
"""Main ideas of a work of one passage."""

OVERHEAD: Final = 7_000
"""Tokens that a prompt's rules, its ideas and its answer may take at the most."""

_ROOM: Final = 20_000
"""Tokens of a window that prompts and answers need; what is left may be thoughts."""
_THOUGHTS: Final = 10_000

_WORDS_PER_CARD: Final[dict[Density, tuple[int, int]]] = {
    "few": (90, 180),
    "normal": (45, 75),
    "many": (20, 45),
}
"""Words of a page, and of speech, for one card at the most."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person asked for.

    `cards` is how many in all, 0 for as many as are worth it. The texts are the person's own
    words, empty for the default; `language` is that of the cards, by its name.
    """

    cards: int = 0
    density: Density = "normal"
    kinds: tuple[CardKind, ...] = KINDS
    level: str = ""
    language: str = ""
    focus: str = ""
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the model is used.

    `window` is how many tokens a request and its answer may have together; `size` how many
    tokens of the source make a passage. Without `plan` the writer chooses by itself; without
    `guess` nobody tries the questions who has read nothing; without `reread` nobody tries them
    at all, and no card is ready.
    """

    fill: Fill
    window: int = 32_000
    size: int = 1_600
    plan: bool = True
    guess: bool = True
    reread: bool = True

    @property
    def thoughts(self) -> int:
        """Give the most tokens that a model may use up before an answer."""
        return max(0, min(_THOUGHTS, self.window - _ROOM))

    @property
    def limit(self) -> int:
        """Give the most estimated tokens of a passage that the window surely holds.

        Rules, examples and an answer take their share; a token has at least two bytes.
        """
        return max(80, min(3 * self.size, self.room))

    @property
    def room(self) -> int:
        """Give how many estimated tokens of a source a prompt may hold at the most."""
        return (self.window - OVERHEAD) * 2 * 2 // 7


def most(wish: Wish, words: int, *, spoken: bool) -> int:
    """Say how many cards so many words of a source may have at the most."""
    return max(FEWEST[wish.density], 2, round(words / _WORDS_PER_CARD[wish.density][spoken]))
