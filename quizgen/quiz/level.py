"""Guess how hard a question is, from how it is asked."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

from quizgen import cloze, words
from quizgen.model import Basic, Cloze
from quizgen.quiz import reading
from quizgen.quiz.sheet import Pick

Level: TypeAlias = Literal["easy", "medium", "hard"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)

_RECOGNISED = ("choice", "truefalse", "attribution")
_LONG = 12  # words of an answer that is more than a name or a phrase


def of(pick: Pick) -> int:
    """Return 0 for easy, 1 for medium, 2 for hard.

    To recognise is easier than to recall, a hinted blank easier than a bare one, a name easier
    than a reason; several answers or steps are harder than one.
    """
    card = pick.cards[0]
    if pick.kind in _RECOGNISED:
        return 0
    match card.content:
        case Cloze(text=text) if len(pick.cards) == 1:
            blanks = [part for part in cloze.parse(text) if isinstance(part, cloze.Blank)]
            return min(2, len(blanks) - 1 + (not all(blank.hint for blank in blanks)))
        case Basic(answer=answer) if pick.kind == "short":
            is_long = words.word_count(answer) > _LONG
            return 2 if is_long or reading.is_reason(card) else 1
        case _:
            return 1


def name(pick: Pick) -> Level:
    """Return the level's name."""
    return LEVELS[of(pick)]
