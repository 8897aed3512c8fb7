"""Write the answer key as a Word document: every answer with its evidence and its card."""

# python-docx has types for a part of itself, and no public way to its elements.
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from pathlib import Path
from typing import Any

from quizgen import quiz
from quizgen.exports import docx_file, docx_layout, docx_text, print_runs
from quizgen.exports.docx_file import Look
from quizgen.exports.docx_text import Place
from quizgen.quiz import Sheet

_STRIP = 10  # answers in a row, so that a marker can lay the strip beside a sheet
_COLUMNS = (10.0, 0.0, 12.0, 47.0, 18.0)  # mm; the second takes what is left


def write(sheet: Sheet, look: Look, reference: Path | None) -> bytes:
    """Write the key of one version."""
    view = quiz.key(sheet, print_runs.blocks)
    words = view["labels"]
    document = docx_file.begin(look, f"{words['answer_key']}: {view['title']}", reference)
    place = Place(document, is_rtl=look.is_rtl)
    band = place.paragraph("Quiz Band")
    docx_layout.tabs(band, (look.width - 2, "right", False))
    band.add_run(words["answer_key"].upper())
    band.add_run(f"\t{view['version_text']} · {view['form_text']} · {view['points_text']}")
    place.paragraph("Title", view["title"])
    if view["course"]:
        place.paragraph("Subtitle", view["course"])
    if view["drafts"]:
        told = place.paragraph("Normal")
        told.add_run(f"{words['draft']}. ").bold = True
        told.add_run(view["drafts_text"])
    answered = [question for section in view["sections"] for question in section["questions"]]
    _strip(place, [question for question in answered if question["marks"]], view, look)
    for section in view["sections"]:
        heading = place.paragraph("Heading 1", section["heading"])
        docx_layout.tabs(heading, (look.width, "right", False))
        docx_text.add(heading, f"\t{section['points_text']}", "Quiz Points")
        _answers(place, section["questions"], view, look)
    place.paragraph("Quiz Source")  # a table does not end a document
    docx_layout.pages(document, view, look, words["answer_key"].upper())
    return docx_file.finish(document)


def _strip(place: Place, ticked: list[dict[str, Any]], view: dict[str, Any], look: Look) -> None:
    """Write the letters to tick, ten to a row."""
    if not ticked:
        return
    place.paragraph("Heading 1", view["labels"]["quick_marking"])
    columns = min(_STRIP, len(ticked))
    table = place.table(-(-len(ticked) // columns), columns)
    table.style = place.document.styles["Table Grid"]
    questions = iter(ticked)
    for row in table.rows:
        docx_layout.whole(row)
        for cell, question in zip(row.cells, questions, strict=False):
            paragraph = Place(place.document, cell).paragraph("Quiz Cell")
            docx_text.add(paragraph, f"{question['number']}\u2002", "Quiz Points")
            docx_text.add(paragraph, question["marks"], "Quiz Letter")
    docx_layout.width(table, [look.width / max(columns, _STRIP / 2)] * columns)


def _answers(
    place: Place, questions: list[dict[str, Any]], view: dict[str, Any], look: Look
) -> None:
    rest = look.width - sum(_COLUMNS)
    table = place.table(1, len(_COLUMNS))
    docx_layout.ruled(table)
    docx_layout.shifted(table, 0, is_rtl=place.is_rtl)
    (first,) = table.rows
    for cell, head in zip(first.cells, view["labels"]["columns"], strict=True):
        told = Place(place.document, cell).paragraph("Quiz Source")
        told.add_run(head).bold = True
    docx_layout.as_heading(first)
    for question in questions:
        for name in question["ids"]:
            row = table.add_row()
            docx_layout.whole(row)
            _row(place, row, question, name, view)
    docx_layout.width(table, tuple(width or rest for width in _COLUMNS))


def _row(place: Place, row: Any, question: dict[str, Any], name: str, view: dict[str, Any]) -> None:
    """Write what one card of a question answers; only a matching or an ordering has several."""
    number, answer, points, source, card = (
        Place(place.document, cell, place.is_rtl) for cell in row.cells
    )
    answers = [each for each in question["answers"] if each["id"] == name]
    evidence = [each for each in question["evidence"] if each["id"] == name]
    if name == question["ids"][0]:
        number.paragraph("Quiz Cell").add_run(f"{question['number']}").bold = True
        points.paragraph("Quiz Cell").add_run(f"{question['points']}")
    _answer(answer, question | {"answers": answers, "evidence": evidence}, view)
    _sources(source, evidence, view)
    told = card.paragraph("Quiz Source")
    told.add_run(name)
    if any(each["draft"] for each in answers):
        told.add_run(f"\n{view['labels']['draft']}").bold = True


def _answer(place: Place, question: dict[str, Any], view: dict[str, Any]) -> None:
    several = question["kind"] in ("blank", "completion") and len(question["answers"]) > 1
    for at, answer in enumerate(question["answers"], 1):
        mark = answer["letter"] or (str(at) if several else "")
        label: list[print_runs.Run] = [{"text": f"{mark}\u2002", "strong": True}] if mark else []
        told = [{"text": " — "}, *_runs(answer["told"])] if answer["told"] else []
        _labelled(place, label, answer["text"], told)
    if question["why"]:
        docx_text.write(place, question["why"], "Quiz Source")
    opening, closing = view["labels"]["quotes"]
    for evidence in question["evidence"]:
        if evidence["words"]:
            words = f"{opening}{evidence['words']}{closing}"
            docx_text.runs(place.paragraph("Quiz Source"), [{"text": words}], is_rtl=place.is_rtl)


def _runs(blocks: list[print_runs.Block]) -> list[print_runs.Run]:
    return [run for block in blocks for run in block.get("runs", [])]


def _labelled(
    place: Place,
    label: list[print_runs.Run],
    blocks: list[print_runs.Block],
    told: list[print_runs.Run],
) -> None:
    first, *rest = blocks or [{"block": "paragraph", "runs": []}]
    if first["block"] == "paragraph":
        first = first | {"runs": [*label, *first["runs"], *([] if rest else told)]}
        docx_text.write(place, [first, *rest], "Quiz Cell")
        return
    docx_text.write(place, [{"block": "paragraph", "runs": [*label, *told]}], "Quiz Cell")
    docx_text.write(place, [first, *rest], "Quiz Cell")


def _sources(place: Place, found: list[dict[str, Any]], view: dict[str, Any]) -> None:
    """Write who said it, when, and where it stands."""
    for evidence in found:
        paragraph = place.paragraph("Quiz Source")
        said = [evidence["speaker"], "" if evidence["link"] else evidence["time"]]
        paragraph.add_run(", ".join(part for part in said if part)).bold = True
        if evidence["link"]:
            before = ", " if evidence["speaker"] else ""
            paragraph.add_run(before).bold = True
            time = paragraph.add_run(evidence["time"] or "link")
            docx_text.linked(paragraph, time, evidence["link"])
        if evidence["place"]:
            line = paragraph.add_run()
            if any(said) or evidence["link"]:
                line.add_break()
            line.add_text(print_runs.plain(evidence["place"]))
    if not found:
        place.paragraph("Quiz Source").add_run(view["labels"]["by_hand"])
