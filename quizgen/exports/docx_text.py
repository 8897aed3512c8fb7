"""Write the text of cards into a Word document: paragraphs, blanks, code, tables, formulas."""

# python-docx has types for a part of itself, and no public way to its elements.
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizgen.exports import docx_file, docx_layout, omml
from quizgen.exports.docx_file import element
from quizgen.exports.print_runs import Block, Run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

BLANK = "\u00a0" * 32  # about 32 mm, underlined; it is written over, or on
_INVISIBLE = str.maketrans("", "", "\u200b\u2060")  # they help Typst, and hinder who edits


@dataclass(frozen=True, slots=True)
class Place:
    """Where paragraphs go: the document itself, or a cell of a table."""

    document: Document
    cell: _Cell | None = None
    is_rtl: bool = False

    def paragraph(self, style: str, text: str = "") -> Paragraph:
        """Add a paragraph; the first of a cell is there already."""
        paragraph = self._unused() or (self.cell or self.document).add_paragraph()
        paragraph._p.style = docx_file.style_id(self.document, style)
        if text:
            paragraph.add_run(text)
        return paragraph

    def _unused(self) -> Paragraph | None:
        if self.cell is None:
            return None
        cell: Any = self.cell._tc
        is_unused = not cell.xpath("./w:tbl | ./w:p[2] | ./w:p/*")
        return self.cell.paragraphs[0] if is_unused else None

    def table(self, rows: int, columns: int) -> Any:
        """Add a table without rules."""
        if self.cell is not None:
            return self.cell.add_table(rows, columns)
        return self.document.add_table(rows, columns)


def write(place: Place, blocks: Sequence[Block], style: str, then: str = "") -> Paragraph:
    """Write blocks, the first in `style` and the others in `then`; return the first paragraph."""
    first: Paragraph | None = None
    for block in blocks:
        now = style if first is None else then or style
        written = _block(place, block, now, is_first=first is None)
        first = first or written
    return first or place.paragraph(style)


def _block(place: Place, block: Block, style: str, *, is_first: bool) -> Paragraph:
    match block["block"]:
        case "paragraph":
            paragraph = place.paragraph(style)
            runs(paragraph, block["runs"], is_rtl=place.is_rtl)
            return paragraph
        case "code":
            head = place.paragraph(style) if is_first and _is_numbered(style) else None
            lines = block["text"].translate(_INVISIBLE).split("\n")
            paragraph = place.paragraph("Quiz Code")
            if place.cell is not None:
                paragraph.paragraph_format.left_indent = 0
            for at, line in enumerate(lines):
                run = add(paragraph, "", "Quiz Code Words")
                if at:
                    run.add_break()
                words = line.lstrip(" ")
                run.add_text("\u00a0" * (len(line) - len(words)) + words)
            return head or paragraph
        case "list":
            return _list(place, block, style, is_first=is_first)
        case "quote":
            head = place.paragraph(style) if is_first and _is_numbered(style) else None
            return head or write(place, block["blocks"], "Quiz Quotation")
        case "table":
            head = place.paragraph(style if _is_numbered(style) else "Quiz Source")
            _table(place, block)
            return head
        case _:
            return place.paragraph(style)


def _is_numbered(style: str) -> bool:
    return style in ("Quiz Question", "Quiz Option", "Quiz Box")


def _list(place: Place, block: Block, style: str, *, is_first: bool) -> Paragraph:
    """Write a list that stands in a card, its marks as text: its numbers are the card's own."""
    first: Paragraph | None = place.paragraph(style) if is_first and _is_numbered(style) else None
    for at, item in enumerate(block["items"], block["start"]):
        mark = f"{at}.\u00a0" if block["ordered"] else "•\u00a0"
        marked = _marked(item, mark)
        written = write(place, marked, "Quiz Text" if place.cell is None else style)
        first = first or written
    return first or place.paragraph(style)


def _marked(item: list[Block], mark: str) -> list[Block]:
    label: Run = {"text": mark}
    if item and item[0]["block"] == "paragraph":
        return [item[0] | {"runs": [label, *item[0]["runs"]]}, *item[1:]]
    return [{"block": "paragraph", "runs": [label]}, *item]


def _table(place: Place, block: Block) -> None:
    rows = block["rows"]
    table = place.table(len(rows), len(rows[0]))
    table.style = place.document.styles["Table Grid"]
    letters = [max(map(_letters, column)) for column in zip(*rows, strict=True)]
    docx_layout.fitted(table, letters)
    for at, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            bold = [run | {"strong": True} for run in text] if at == 0 else text
            inside = Place(place.document, cell, place.is_rtl)
            write(inside, [{"block": "paragraph", "runs": bold}], "Quiz Cell")
        if at == 0:
            docx_layout.as_heading(row)


def _letters(cell: list[Run]) -> int:
    return min(60, max(8, sum(len(run.get("text", "")) for run in cell)))


# --- runs --------------------------------------------------------------------


def runs(paragraph: Paragraph, all_runs: Sequence[Run], *, is_rtl: bool = False) -> None:
    """Write runs at the end of a paragraph."""
    for run in all_runs:
        if "maths" in run:
            _maths(paragraph, run["maths"]["source"])
        elif "blank" in run:
            blank(paragraph)
        elif "break" in run:
            paragraph.add_run().add_break()
        else:
            _words(paragraph, run, is_rtl=is_rtl)


def add(paragraph: Paragraph, text: str, style: str = "") -> Any:
    """Write a run in one of a quiz's own styles."""
    run: Any = paragraph.add_run(text)
    if style:
        run._r.style = style.replace(" ", "")
    return run


def blank(paragraph: Paragraph, width: int = len(BLANK)) -> None:
    """Write an underlined space that no line may break."""
    add(paragraph, BLANK[:1] * width, "Quiz Blank")


def _words(paragraph: Paragraph, run: Run, *, is_rtl: bool) -> None:
    text = run["text"].translate(_INVISIBLE)
    added = add(paragraph, text, "Quiz Code Words" if "code" in run else "")
    if run.get("strong"):
        added.bold = True
    if run.get("emph"):
        added.italic = True
    if is_rtl and runs_left(text):
        added._r.get_or_add_rPr().append(element("w:rtl"))
    if "link" in run:
        linked(paragraph, added, run["link"])


def runs_left(text: str) -> bool:
    """Claim that a text has letters that are written from right to left."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def linked(paragraph: Paragraph, run: Any, address: str) -> None:
    """Make a run a link."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    name = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element("w:hyperlink")
    link.set(qn("r:id"), name)
    run._r.addprevious(link)
    link.append(run._r)
    run.font.underline = True


def _maths(paragraph: Paragraph, source: str) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415

    written = omml.convert(source)
    if written:
        made: Any = parse_xml(written)
        paragraph._p.append(made)
    else:
        add(paragraph, source, "Quiz Code Words")
