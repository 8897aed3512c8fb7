"""Prepare a quiz for paper: the two views as JSON values that the Typst templates read."""

from __future__ import annotations

from typing import Any

from quizgen import quiz
from quizgen.exports import print_runs
from quizgen.quiz import Sheet

_SUSPECT = 34  # guessed lines; a Letter page holds 44 at their closest


def student(sheet: Sheet) -> dict[str, Any]:
    """Show what is asked; `long` questions may be taller than a page and are to be measured."""
    view = quiz.student(sheet, print_runs.blocks, print_runs.blanked)
    for question in _questions(view):
        texts = [question["prompt"], *(option["text"] for option in question["options"])]
        question["long"] = _height(texts) > _SUSPECT
    return _breakable(view)


def key(sheet: Sheet) -> dict[str, Any]:
    """Show what is right, and on which evidence."""
    view = quiz.key(sheet, print_runs.blocks)
    for question in _questions(view):
        texts = [question["why"], *(answer["text"] for answer in question["answers"])]
        quoted = sum(len(evidence["words"]) for evidence in question["evidence"]) // 25
        question["long"] = _height(texts) + quoted > _SUSPECT
        question["id"] = print_runs.plain(" ".join(question["ids"]), longest=10)
        for evidence in question["evidence"]:
            for field in ("words", "speaker", "place"):
                evidence[field] = print_runs.plain(evidence[field])
    return _breakable(view)


def _questions(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [question for section in view["sections"] for question in section["questions"]]


def _height(texts: list[list[print_runs.Block]]) -> int:
    return sum(print_runs.lines(text) + 1 for text in texts)


def _breakable(view: dict[str, Any]) -> dict[str, Any]:
    return view | {name: print_runs.plain(view[name]) for name in ("title", "running", "course")}
