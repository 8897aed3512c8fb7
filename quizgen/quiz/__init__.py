"""Choose cards for paper, order and number them, and show the sheet with and without answers."""

from __future__ import annotations

from quizgen.quiz.choosing import Chosen, Wanted, choose
from quizgen.quiz.composing import compose, whole
from quizgen.quiz.reading import kind_of
from quizgen.quiz.sheet import (
    PARTS,
    Entry,
    Kind,
    Option,
    Order,
    Pairs,
    Part,
    Pick,
    Question,
    Quiz,
    Section,
    Sheet,
)
from quizgen.quiz.views import Write, key, student

__all__ = [
    "PARTS",
    "Chosen",
    "Entry",
    "Kind",
    "Option",
    "Order",
    "Pairs",
    "Part",
    "Pick",
    "Question",
    "Quiz",
    "Section",
    "Sheet",
    "Wanted",
    "Write",
    "choose",
    "compose",
    "key",
    "kind_of",
    "student",
    "whole",
]
