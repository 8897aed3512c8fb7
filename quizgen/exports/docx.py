"""Write a quiz and its key as Word documents, for people who edit before they print."""

# python-docx has types for a part of itself, and no public way to its elements.
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizgen import quiz, render
from quizgen.exports import Options, docx_file, docx_key, docx_layout, docx_text, print_runs
from quizgen.exports.docx_file import Look
from quizgen.exports.docx_text import Place
from quizgen.quiz import Sheet

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

_REFERENCE = Path("print", "reference.docx")
_BUBBLES = {"choice": "Quiz Option", "several": "Quiz Box"}


def print_sheets(sheets: tuple[Sheet, ...], options: Options) -> Mapping[str, bytes]:
    """Write each version as a sheet and a key; a file that is edited holds one version."""
    written: dict[str, bytes] = {}
    for sheet in sheets:
        version = f".{sheet.version}" if len(sheets) > 1 else ""
        look = Look(options.paper, options.large, sheet.language, sheet.is_rtl)
        reference = _reference(options.templates)
        written[f"{version}.docx"] = _student(sheet, look, reference)
        written[f"{version}.key.docx"] = docx_key.write(sheet, look, reference)
    return written


def _reference(templates: Path | None) -> Path | None:
    found = (place / _REFERENCE for place in render.folders(templates))
    return next((path for path in found if path.is_file()), None)


def _student(sheet: Sheet, look: Look, reference: Path | None) -> bytes:
    view = quiz.student(sheet, print_runs.blocks, print_runs.blanked)
    document = docx_file.begin(look, view["title"], reference)
    place = Place(document, is_rtl=look.is_rtl)
    _head(place, view, look)
    for section in view["sections"]:
        place.paragraph("Heading 1", section["heading"])
        told = place.paragraph("Quiz Part", section["instruction"])
        docx_layout.tabs(told, (look.width, "right", False))
        docx_text.add(told, f"\t{section['points_text']}", "Quiz Points")
        if section["bank"]:
            _bank(place, section["bank"])
        for question in section["questions"]:
            _question(place, question, section["kind"], view, look)
    docx_layout.pages(document, view, look, f"{view['labels']['name']} ____________________")
    return docx_file.finish(document)


# --- the head of the sheet ---------------------------------------------------


def _head(place: Place, view: dict[str, Any], look: Look) -> None:
    words = view["labels"]
    place.paragraph("Title", view["title"])
    told = [view["course"], view["version_text"], view["minutes_text"]]
    told += [words["draft"]] if view["drafts"] else []
    place.paragraph("Subtitle", " · ".join(part for part in told if part))
    wide = look.width
    fields = place.paragraph("Quiz Fields")
    docx_layout.tabs(
        fields,
        *((wide * 0.45, "left", True), (wide * 0.48, "left", False)),
        *((wide * 0.63, "left", True), (wide * 0.66, "left", False)),
        *((wide * 0.83, "left", True), (wide, "right", False)),
    )
    labels = f"{words['name']} \t\t{words['group']} \t\t{words['date']} \t\t"
    fields.add_run(labels)
    fields.add_run(f"{words['score']} ____ / {view['points']}").bold = True
    told = place.paragraph("Quiz Instructions")
    told.add_run(f"{words['instructions']} ").bold = True
    told.add_run(view["instructions"])
    if view["drafts"]:
        told.add_run(f" {words['draft']}. ").bold = True
        told.add_run(view["drafts_text"])


def _bank(place: Place, bank: list[list[print_runs.Block]]) -> None:
    paragraph = place.paragraph("Quiz Bank")
    for at, blocks in enumerate(bank):
        if at:
            paragraph.add_run(" \u2003 ")
        for block in blocks:
            docx_text.runs(paragraph, block.get("runs", []), is_rtl=place.is_rtl)


# --- questions ---------------------------------------------------------------


def _question(
    place: Place, question: dict[str, Any], kind: str, view: dict[str, Any], look: Look
) -> None:
    prompt = docx_text.write(place, question["prompt"], "Quiz Question", "Quiz Text")
    docx_layout.tabs(prompt, (look.width, "right", False))
    mark = "\u200e" if look.is_rtl else ""
    points = f"{mark}{question['points_text']}{mark}".replace(" ", "\u00a0")
    docx_text.add(prompt, f"\t{points}", "Quiz Points")
    match kind:
        case "choice" | "several":
            for option in question["options"]:
                docx_text.write(place, option["text"], _BUBBLES[kind], "Quiz Text")
        case "truefalse":
            verdict = place.paragraph("Quiz Verdict")
            verdict.add_run("\u2003\u2003".join(f"○ {o['letter']}" for o in question["options"]))
        case "matching":
            _matching(place, question, look)
        case "ordering":
            for entry in question["entries"]:
                written = docx_text.write(place, entry["text"], "Quiz Item", "Quiz Text")
                _before(written, "☐\t")
        case "attribution":
            docx_text.write(place, question["quote"], "Quiz Quotation")
            line = place.paragraph("Quiz Verdict")
            line.add_run(f"{view['labels']['speaker']} ")
            docx_text.blank(line, 60)
        case _:
            for _ in range(question["lines"]):
                place.paragraph("Quiz Line")
    # The last paragraph lets go of what follows, unless it is a table, which does so itself.
    docx_layout.end_of_group(place.document)


def _before(paragraph: Paragraph, text: str, style: str = "") -> None:
    run = docx_text.add(paragraph, text, style)
    first: Any = paragraph._p.xpath("./*[not(self::w:pPr)]")[0]
    first.addprevious(run._r)


def _matching(place: Place, question: dict[str, Any], look: Look) -> None:
    """Write two columns as a table; the right one is a list lettered by the word processor."""
    entries, options = question["entries"], question["options"]
    rows = max(len(entries), len(options))
    table = place.document.add_table(rows, 2)
    wide = look.width - docx_file.NUMBER
    left = wide * _share(entries, options)
    docx_layout.width(table, (left, wide - left))
    number = docx_file.lettered(place.document, question["number"])
    docx_layout.shifted(table, docx_file.NUMBER, is_rtl=place.is_rtl)
    for row, entry, option in zip_longest(table.rows, entries, options):
        docx_layout.whole(row)
        left, right = (Place(place.document, cell, place.is_rtl) for cell in row.cells)
        if entry:
            written = docx_text.write(left, entry["text"], "Quiz Pair")
            _before(written, "\t")
            _before(written, "\u00a0" * 10, "Quiz Blank")
        if option:
            written = docx_text.write(right, option["text"], "Quiz Cell")
            docx_layout.numbered(written, number)
    docx_layout.tie_rows(table)


def _share(entries: list[dict[str, Any]], options: list[dict[str, Any]]) -> float:
    """Give each column room by its longest text, within reason."""
    left, right = (
        max(map(_letters, (side["text"] for side in column)), default=1) + 10
        for column in (entries, options)
    )
    return min(0.6, max(0.3, left / (left + right)))


def _letters(blocks: list[print_runs.Block]) -> int:
    return sum(len(run.get("text", "")) for block in blocks for run in block.get("runs", []))
