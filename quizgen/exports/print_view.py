"""Prepare a quiz for paper: the two views as JSON values that the Typst templates read."""

from __future__ import annotations

import re
from functools import partial
from itertools import zip_longest
from typing import Any

from quizgen import quiz
from quizgen.exports import print_runs
from quizgen.quiz import Sheet, labels

_NARROW = 14  # letters of large print in the column of sources
_WHOLE = ("matching", "ordering")  # which may leave much of the page before empty
_SUSPECT = 34  # guessed lines; a Letter page holds 44 at their closest


def students(sheets: tuple[Sheet, ...], *, room: int) -> dict[str, Any]:
    """Show what is asked; `long` questions may be taller than a page and are to be measured.

    `room` is how many letters fit beside a blank.
    """
    return {"sheets": [_student(sheet, room) for sheet in sheets]}


def keys(sheets: tuple[Sheet, ...]) -> dict[str, Any]:
    """Show what is right, and on which evidence."""
    return {"sheets": [_key(sheet) for sheet in sheets]}


def _student(sheet: Sheet, room: int) -> dict[str, Any]:
    view = quiz.student(sheet, print_runs.blocks, partial(print_runs.blanked, room=room))
    after = [asked.kind for asked in sheet.questions[1:]]
    for question, asked, following in zip_longest(_questions(view), sheet.questions, after):
        sides = [*question["options"], *question["entries"]]
        texts = [question["prompt"], question["quote"], *(side["text"] for side in sides)]
        question["long"] = _height(texts) + question["lines"] * 2 > _SUSPECT
        question["pairs"] = asked.pairs
        question["before_whole"] = following in _WHOLE
    return _breakable(view)


def _key(sheet: Sheet) -> dict[str, Any]:
    view = quiz.key(sheet, print_runs.blocks)
    for question in _questions(view):
        texts = [question["why"]]
        texts += [answer[side] for answer in question["answers"] for side in ("text", "told")]
        quoted = sum(len(evidence["words"]) for evidence in question["evidence"]) // 25
        places = 3 * len(question["evidence"])
        question["long"] = _height(texts) + quoted + places > _SUSPECT
        for evidence in question["evidence"]:
            evidence["words"] = print_runs.plain(evidence["words"])
            for field in ("speaker", "place"):
                evidence[field] = print_runs.plain(evidence[field], longest=_NARROW)
        for answer in question["answers"]:
            answer["card"] = print_runs.plain(answer["id"], longest=10)
    return _breakable(view)


def _questions(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [question for section in view["sections"] for question in section["questions"]]


def _height(texts: list[list[print_runs.Block]]) -> int:
    return sum(print_runs.lines(text) + 1 for text in texts)


_USED = ("parts", "tasks", "point", "pt", "draft_questions")  # by `quiz.views` already


def _breakable(view: dict[str, Any]) -> dict[str, Any]:
    told = ("title", "running", "course", "instructions")
    lang = labels.primary(view["language"])
    return (
        view
        | {name: print_runs.plain(view[name]) for name in told}
        | {"labels": {name: view["labels"][name] for name in view["labels"] if name not in _USED}}
        # Typst wants a code of two or three letters.
        | {"lang": lang if re.fullmatch("[a-z]{2,3}", lang) else "en"}
    )
