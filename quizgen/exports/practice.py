"""Write a page on which a learner answers and checks: one file, and no request to anyone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizgen import markup, quiz, render
from quizgen.cloze import Blank
from quizgen.exports import Options, practice_words
from quizgen.markup import blanks, safe
from quizgen.quiz import Question, Sheet

if TYPE_CHECKING:
    from markupsafe import Markup


def print_sheets(sheets: tuple[Sheet, ...], options: Options) -> Mapping[str, bytes]:
    """Write each version as a page of its own; the answers are in it, hidden until checked."""
    made: dict[str, bytes] = {}
    for sheet in sheets:
        mark = f".{sheet.version}" if len(sheets) > 1 else ""
        made[f"{mark}.practice.html"] = _page(sheet, options.templates)
    return made


def _page(sheet: Sheet, templates: Path | None) -> bytes:
    script = render.find("html/practice.js", templates).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    values = _view(sheet) | {"script": script, "digest": digest}
    return render.fill("html/practice.html", values, templates=templates).encode()


def _view(sheet: Sheet) -> dict[str, Any]:
    words = practice_words.of(sheet.language)
    view = quiz.student(sheet, markup.to_html, lambda text: _fillable(text, words))
    answers = quiz.key(sheet, markup.to_html)
    questions = iter(sheet.questions)
    for section, told in zip(view["sections"], answers["sections"], strict=True):
        for shown, answer in zip(section["questions"], told["questions"], strict=True):
            shown.update(_checked(next(questions)), told=answer)
    return view | {"words": words, "spoken": practice_words.spoken(sheet.language)}


def _checked(question: Question) -> dict[str, Any]:
    """Say what is right: the letters to choose, or what belongs to each entry."""
    return {
        "right": " ".join(option.letter for option in question.options if option.right),
        "choices": [option.letter for option in question.options],
        "places": [entry.answer for entry in question.entries],
        "speaker": "\n".join(_names(question)) if question.kind == "attribution" else "",
    }


def _names(question: Question) -> list[str]:
    """List what a speaker may be called: the name, and its last part."""
    speaker = markup.words_to_plain(question.card.evidence[0].speaker)
    return list(dict.fromkeys((speaker, speaker.rpartition(" ")[2])))


# --- blanks ------------------------------------------------------------------


def _fillable(text: str, words: dict[str, str]) -> Markup:
    """Write a cloze with a field in the place of each blank, and below it where that cannot be.

    A blank in a formula stays a ruled space there.
    """
    from markupsafe import Markup  # noqa: PLC0415

    _, hidden = blanks.mark(text)
    waiting = list(enumerate(hidden, 1))

    def shown(blank: Blank) -> str:
        number, found = next(pair for pair in waiting if pair[1] == blank)
        waiting.remove((number, found))
        return _field(found, number, len(hidden), words)

    html = markup.blanked_html(text, shown)
    below = "".join(
        f'<p class="below">{_field(blank, number, len(hidden), words, named=True)}</p>'
        for number, blank in waiting
    )
    return Markup(f"{html}{below}")  # noqa: S704 - the target escapes all text


def _field(
    blank: Blank, number: int, count: int, words: dict[str, str], *, named: bool = False
) -> str:
    name = words["blank"].replace("{n}", str(number)).replace("{of}", str(count))
    hint = safe.for_page(markup.to_plain(blank.hint))
    right = safe.for_page(markup.to_plain(blank.text))
    label = f"{safe.for_page(name)}: " if named else ""
    # All fields are equally long, whatever the answer.
    return (
        f'{label}<input type="text" class="part" size="16" data-right="{right}" '
        f'aria-label="{safe.for_page(name)}{": " if hint else ""}{hint}" autocomplete="off" '
        f'autocapitalize="off" spellcheck="false">{f" ({hint})" if hint else ""}'
    )
