"""Print quizzes and their keys as tagged PDF, with Typst."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from quizgen.errors import QuizgenError
from quizgen.exports import Options, print_trouble, print_view, typesetting
from quizgen.quiz import Sheet

if TYPE_CHECKING:
    import typst

_PAPERS = {"a4": "a4", "letter": "us-letter"}

_ROOM = {"ordinary": 44, "large": 18, "two": 13}
"""Letters that fit beside a blank on a line."""

# A last page that is nearly empty is saved by setting the rest closer, where that is enough.
_NEARLY_EMPTY = 0.35
_CLOSER = ("0.85", "0.7")
_MOST_QUESTIONS = 150  # beyond, one page in so many is not worth a second layout, nor its memory


def print_sheets(sheets: tuple[Sheet, ...], options: Options) -> Mapping[str, bytes]:
    """Print the versions of a quiz: the students' sheets, and the keys with every evidence.

    Versions stand one after another in one file, or `apart`. Raises `QuizgenError` for a
    character that no font has, and for a broken template.
    """
    if options.apart and len(sheets) > 1:
        return {
            f".{sheet.version}{suffix}": data
            for sheet in sheets
            for suffix, data in _printed((sheet,), options).items()
        }
    return _printed(sheets, options)


def _printed(sheets: tuple[Sheet, ...], options: Options) -> dict[str, bytes]:
    room = _ROOM["large" if options.large else "two" if options.columns == 2 else "ordinary"]
    return {
        ".pdf": _print("quiz.typ", sheets, print_view.students(sheets, room=room), options),
        ".key.pdf": _print("key.typ", sheets, print_view.keys(sheets), options),
    }


def _print(name: str, sheets: tuple[Sheet, ...], view: dict[str, Any], options: Options) -> bytes:
    inputs = {
        "view": json.dumps(view, ensure_ascii=False),
        "paper": _PAPERS[options.paper],
        "large": str(int(options.large)),
        "columns": str(1 if options.large else options.columns),
    }
    questions = sum(shown["count"] for shown in view["sheets"])
    with typesetting.press(name, options) as press:
        if questions > _MOST_QUESTIONS:
            press.forget()
        try:
            airs = ["1"] * len(sheets)
            if questions <= _MOST_QUESTIONS:
                airs = _airs(lambda airs: press.compiler(inputs | {"air": " ".join(airs)}), airs)
            return press.pdf(inputs | {"air": " ".join(airs)})
        except typesetting.typst_error() as error:
            sentence = print_trouble.explain(
                error.diagnostic or error.message, view=view, sheets=sheets, places=press.places
            )
            raise QuizgenError(sentence) from error


def _airs(compiler: Callable[[list[str]], typst.Compiler], airs: list[str]) -> list[str]:
    """Choose how far apart questions or answers of each version stand, as factors."""
    first = _ends(compiler(airs))
    wasteful = {at for at, (pages, full) in first.items() if pages > 1 and full <= _NEARLY_EMPTY}
    for air in _CLOSER:
        if not wasteful:
            break
        tried = [air if at in wasteful else now for at, now in enumerate(airs)]
        ends = _ends(compiler(tried))
        saved = {at for at in wasteful if ends.get(at, first[at])[0] < first[at][0]}
        airs = [air if at in saved else now for at, now in enumerate(airs)]
        wasteful -= saved
    return airs


def _ends(compiler: typst.Compiler) -> dict[int, tuple[int, float]]:
    """Find the last page of each version, and how full it is."""
    try:
        found = json.loads(compiler.query("<end>", field="value"))
    except RuntimeError:  # without a place in the template; compiling will fail with one
        return {}
    # A person's template need not have the marks.
    return {end["version"]: (end["page"], end["full"]) for end in found}
