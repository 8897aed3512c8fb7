"""Write a quiz and its key as pages to print from a browser: one file each, no script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from quizgen import markup, quiz, render
from quizgen.cloze import Blank
from quizgen.exports import Options
from quizgen.markup import safe
from quizgen.quiz import Sheet

if TYPE_CHECKING:
    from markupsafe import Markup

_PAPERS = {"a4": "A4", "letter": "letter"}
_COLUMNS = ((4, 13), (2, 34))
"""Columns of options, and the letters of the longest one that fits."""


def print_sheets(sheets: tuple[Sheet, ...], options: Options) -> Mapping[str, bytes]:
    """Write the students' page without answers, and the key with the evidence.

    Each version has pages of its own: a browser numbers the pages of a whole file.
    """
    made: dict[str, bytes] = {}
    for sheet in sheets:
        mark = f".{sheet.version}" if len(sheets) > 1 else ""
        made[f"{mark}.html"] = _fill("html/quiz.html", _student(sheet), options)
        made[f"{mark}.key.html"] = _fill("html/key.html", _key(sheet), options)
    return made


def _fill(name: str, view: dict[str, Any], options: Options) -> bytes:
    values = view | {
        "paper": _PAPERS[options.paper],
        "large": options.large,
        "two_columns": options.columns == 2 and not options.large,
        "css": {
            "running": _in_css(f"{view['running']} · {view['version_text']}"),
            "draft": _in_css(f" · {view['labels']['draft']}") if view["drafts"] else "",
            "course": _in_css(view["course"]),
            "form": _in_css(view["form_text"]),
            "name": _in_css(view["labels"]["name"]),
            "key": _in_css(f"{view['labels']['answer_key'].upper()} · {view['version_text']}"),
            "page": _page_in_css(view["labels"]["page"]),
        },
    }
    return render.fill(name, values, templates=options.templates).encode()


def _student(sheet: Sheet) -> dict[str, Any]:
    blanked = partial(_blanked, spoken=sheet.labels.spoken["blank"])
    view = quiz.student(sheet, markup.to_html, blanked)
    asked = [question for section in view["sections"] for question in section["questions"]]
    for shown, question in zip(asked, sheet.questions, strict=True):
        letters = [len(markup.to_plain(option.text)) for option in question.options]
        shown["columns"] = _columns(max(letters, default=0))
        shown["pairs"] = question.pairs
    return view


def _page_in_css(label: str) -> str:
    """Write "Page 1 of 4" with the counters of CSS."""
    parts = re.split(r"\{(pages?)\}", label)
    return " ".join(
        f"counter({part})" if at % 2 else f'"{_in_css(part)}"' for at, part in enumerate(parts)
    )


def _columns(letters: int) -> int:
    return next((columns for columns, most in _COLUMNS if letters <= most), 1)


def _key(sheet: Sheet) -> dict[str, Any]:
    view = quiz.key(sheet, markup.to_html)
    answered = [question for section in view["sections"] for question in section["questions"]]
    for question in answered:
        question["rows"] = list(_rows(question))
    return view | {"ticked": [question for question in answered if question["marks"]]}


def _rows(question: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give each card of a question a row: its answers, and the evidence of these."""
    for card in question["ids"]:
        yield {
            name: [entry for entry in question[name] if entry["id"] == card]
            for name in ("answers", "evidence")
        } | {"id": card}


def _blanked(text: str, spoken: str) -> Markup:
    """Write a cloze as a learner sees it, its hints in parentheses behind the blanks."""
    from markupsafe import Markup  # noqa: PLC0415

    # Padding makes the length, and the fixed space ties the line to the word and comma beside it.
    gap = f'<span class="gap" role="img" aria-label="{safe.for_page(spoken)}">&nbsp;</span>'

    def shown(blank: Blank) -> str:
        return f"{gap} ({safe.for_page(blank.hint)})" if blank.hint else gap

    html = str(markup.blanked_html(text, shown))
    tied = html.replace(f" {gap}", f"&nbsp;{gap}")
    # Blanks in a row may part.
    tied = tied.replace(f"</span>&nbsp;{gap}", f"</span> {gap}")
    return Markup(tied)  # noqa: S704 - the target escapes all text


def _in_css(text: str) -> str:
    r"""Write text for a CSS string: letters as they are, all else as `\hex `."""
    return "".join(
        letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):x} "
        for letter in text
    )
