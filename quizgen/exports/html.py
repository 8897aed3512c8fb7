"""Write a quiz and its key as pages to print from a browser: one file each, no script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quizgen import markup, quiz, render
from quizgen.cloze import Blank
from quizgen.exports import Options
from quizgen.markup import safe
from quizgen.quiz import Sheet

if TYPE_CHECKING:
    from markupsafe import Markup

_PAPERS = {"a4": "A4", "letter": "letter"}
# Padding makes the length, and the fixed space ties the line to the word and comma beside it.
_BLANK = '<span class="gap" role="img" aria-label="blank">&nbsp;</span>'
_COLUMNS = ((4, 13), (2, 34))
"""Columns of options, and the letters of the longest one that fits."""


def print_sheets(sheets: tuple[Sheet, ...], options: Options) -> Mapping[str, bytes]:
    """Print the versions of a quiz: the students' sheets, and the keys with the evidence."""
    sheet = sheets[0]
    return {
        ".html": _fill("html/quiz.html", _student(sheet), options),
        ".key.html": _fill("html/key.html", _key(sheet), options),
    }


def _fill(name: str, view: dict[str, Any], options: Options) -> bytes:
    values = view | {
        "paper": _PAPERS[options.paper],
        "running_css": _in_css(view["running"]),
        "course_css": _in_css(view["course"]),
    }
    return render.fill(name, values, templates=options.templates).encode()


def _student(sheet: Sheet) -> dict[str, Any]:
    view = quiz.student(sheet, markup.to_html, _blanked)
    asked = [question for section in view["sections"] for question in section["questions"]]
    for shown, question in zip(asked, sheet.questions, strict=True):
        letters = [len(markup.to_plain(option.text)) for option in question.options]
        shown["columns"] = _columns(max(letters, default=0))
    return view


def _columns(letters: int) -> int:
    return next((columns for columns, most in _COLUMNS if letters <= most), 1)


def _key(sheet: Sheet) -> dict[str, Any]:
    view = quiz.key(sheet, markup.to_html)
    for section in view["sections"]:
        for question in section["questions"]:
            question["id"] = " ".join(question["ids"])
    answered = [question for section in view["sections"] for question in section["questions"]]
    return view | {"ticked": [question for question in answered if question["marks"]]}


def _blanked(text: str) -> Markup:
    """Write a cloze as a learner sees it, its hints in parentheses behind the blanks."""
    from markupsafe import Markup  # noqa: PLC0415

    html = str(markup.blanked_html(text, _with_hint))
    tied = html.replace(f" {_BLANK}", f"&nbsp;{_BLANK}")
    # Blanks in a row may part.
    tied = tied.replace(f"</span>&nbsp;{_BLANK}", f"</span> {_BLANK}")
    return Markup(tied)  # noqa: S704 - the target escapes all text


def _with_hint(blank: Blank) -> str:
    return f"{_BLANK} ({safe.for_page(blank.hint)})" if blank.hint else _BLANK


def _in_css(text: str) -> str:
    r"""Write text for a CSS string: letters as they are, all else as `\hex `."""
    return "".join(
        letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):x} "
        for letter in text
    )
