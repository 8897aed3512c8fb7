"""Lay out a Word document where python-docx has no word for it: fields, tabs, rows of tables."""

# python-docx has types for a part of itself, and no public way to its elements.
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from quizgen.exports.docx_file import Look, element, style_id

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_TWIPS = 1440 / 25.4  # in a millimetre


def pages(document: Document, view: dict[str, Any], look: Look, right: str) -> None:
    """Write what stands above and below every page, but above the first."""
    section = document.sections[0]
    running = section.header.paragraphs[0]
    tabs(running, (look.width, "right", False))
    running.add_run(f"{view['running']} · {view['version_text']}\t{right}")
    mark = "\u200e" if look.is_rtl else ""  # keeps the numbers between the words of another script
    before, _, rest = view["labels"]["page"].partition("{page}")
    between, _, after = rest.partition("{pages}")
    for foot in (section.footer, section.first_page_footer):
        paragraph = foot.paragraphs[0]
        paragraph._p.style = style_id(document, "Footer")
        tabs(paragraph, (look.width / 2, "center", False), (look.width, "right", False))
        paragraph.add_run(f"{view['course']}\t{view['form_text']}\t{mark}{before}{mark}")
        field(paragraph, "PAGE")
        paragraph.add_run(f"{mark}{between}{mark}")
        field(paragraph, "NUMPAGES")
        paragraph.add_run(f"{mark}{after}")


# --- paragraphs ---------------------------------------------------------------


def field(paragraph: Paragraph, code: str) -> None:
    """Write a field that the word processor fills in, such as the page's number."""
    for kind in ("begin", "", "separate", "1", "end"):
        run: Any = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            run._r.append(element("w:fldChar", fldCharType=kind))
        elif kind:
            run.add_text(kind)
        else:
            told = element("w:instrText")
            told.text = f" {code} "
            run._r.append(told)


def tabs(paragraph: Paragraph, *stops: tuple[float, str, bool]) -> None:
    """Set tab stops: their place in mm, `left`, `center` or `right`, and whether a line leads."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    sides = {
        "left": WD_TAB_ALIGNMENT.LEFT,
        "center": WD_TAB_ALIGNMENT.CENTER,
        "right": WD_TAB_ALIGNMENT.RIGHT,
    }
    for place, side, is_ruled in stops:
        leader = WD_TAB_LEADER.LINES if is_ruled else WD_TAB_LEADER.SPACES
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(place), sides[side], leader)


def end_of_group(document: Document) -> None:
    """Let a page end after the last paragraph, whose style ties it to the next."""
    last = document.element.body[-2]  # before the settings of the page
    if last.tag.endswith("}p"):
        last.get_or_add_pPr().get_or_add_keepNext().val = False


def numbered(paragraph: Paragraph, number: int) -> None:
    """Put a paragraph into a list of its own."""
    properties: Any = paragraph._p.get_or_add_pPr()
    told = element("w:numPr")
    told.append(element("w:ilvl", val=0))
    told.append(element("w:numId", val=number))
    properties.insert_element_before(
        told, *("w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    )


# --- tables ------------------------------------------------------------------


def as_heading(row: Any) -> None:
    """Repeat a row of a table at the top of every page, and tell screen readers what it is."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))
    _tie(row)


def whole(row: Any) -> None:
    """Keep a row of a table on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def width(table: Any, columns: Sequence[float]) -> None:
    """Set the widths of columns, in mm, for word processors that read either place."""
    from docx.shared import Mm  # noqa: PLC0415

    table.autofit = False
    for column, millimetres in zip(table.columns, columns, strict=True):
        column.width = Mm(millimetres)
    for row in table.rows:
        for cell, millimetres in zip(row._tr.tc_lst, columns, strict=True):
            cell.width = Mm(millimetres)


def tie_rows(table: Any) -> None:
    """Keep the rows of a table on one page."""
    for row in list(table.rows)[:-1]:
        _tie(row)


def _tie(row: Any) -> None:
    for paragraph in row._tr.xpath("./w:tc/w:p"):
        paragraph.get_or_add_pPr().get_or_add_keepNext()


def fitted(table: Any, letters: Sequence[int]) -> None:
    """Make a table as wide as its place, its columns by the letters of the longest cells."""
    table.autofit = True
    properties = table._tbl.tblPr
    whole_width = properties.find(element("w:tblW").tag)
    properties.replace(whole_width, element("w:tblW", w=_WHOLE, type="pct"))
    shares = [round(_WHOLE * each / sum(letters)) for each in letters]
    for column, share in zip(table._tbl.tblGrid.gridCol_lst, shares, strict=True):
        column.set(element("w:gridCol", w=0).keys()[0], str(share))
    for row in table.rows:
        for cell, share in zip(row._tr.tc_lst, shares, strict=True):
            given = cell.get_or_add_tcPr()
            for old in list(given):
                given.remove(old)
            given.append(element("w:tcW", w=share, type="pct"))


_WHOLE = 5000  # fiftieths of a per cent, as the format counts


def shifted(table: Any, millimetres: float, *, is_rtl: bool) -> None:
    """Move a table in from the margin; where text runs to the left, its first column is right."""
    properties = table._tbl.tblPr
    if is_rtl:
        first = element("w:bidiVisual")
        style = properties.find(first.tag.replace("bidiVisual", "tblStyle"))
        if style is None:
            properties.insert(0, first)
        else:
            style.addnext(first)
    shift = element("w:tblInd", w=round(millimetres * _TWIPS), type="dxa")
    layout = properties.find(first_of(properties, ("tblBorders", "shd", "tblLayout", "tblLook")))
    if layout is None:
        properties.append(shift)
    else:
        layout.addprevious(shift)


def first_of(properties: Any, names: Sequence[str]) -> str:
    """Return the tag of the first child that has one of these names; empty where none has."""
    found = (each.tag for each in properties if each.tag.rpartition("}")[2] in names)
    return next(found, "none")


def ruled(table: Any) -> None:
    """Draw a line below every row, and none between columns."""
    borders = element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz=4, space=0, color="B3B3B3"))
    properties = table._tbl.tblPr
    place = properties.find(first_of(properties, ("shd", "tblLayout", "tblCellMar", "tblLook")))
    if place is None:
        properties.append(borders)
    else:
        place.addprevious(borders)
