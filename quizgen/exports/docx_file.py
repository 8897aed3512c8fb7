"""Make a Word document with the styles, numbering and pages of a quiz, and its bytes."""

# python-docx has types for a part of itself, and no public way to its elements.
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from docx.document import Document

_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no zone; equal on any day
_PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
_MARGINS = {"left": 22.0, "right": 18.0, "top": 20.0, "bottom": 22.0}
_EAST = {"zh": "Microsoft YaHei", "ja": "Yu Gothic", "ko": "Malgun Gothic"}
GREY, PALE = "595959", "737373"

Kind: TypeAlias = Literal["paragraph", "character"]


@dataclass(frozen=True, slots=True)
class Look:
    """What a document looks like: paper, sizes in points, language and direction."""

    paper: Literal["a4", "letter"]
    large: bool
    language: str
    is_rtl: bool

    @property
    def size(self) -> float:
        """Return the size of ordinary text."""
        return 18 if self.large else 11

    @property
    def width(self) -> float:
        """Return the width between the margins, in mm."""
        return _PAPERS[self.paper][0] - _MARGINS["left"] - _MARGINS["right"]


def begin(look: Look, title: str, reference: Path | None = None) -> Document:
    """Begin an empty document; a person's `reference` brings its own styles and page."""
    import docx  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    document = docx.Document(str(reference) if reference else None)
    for old in document.element.body.xpath("./*[not(self::w:sectPr)]"):
        old.getparent().remove(old)
    if not reference:
        page = document.sections[0]
        page.page_width, page.page_height = (Mm(length) for length in _PAPERS[look.paper])
        page.left_margin, page.right_margin = Mm(_MARGINS["left"]), Mm(_MARGINS["right"])
        page.top_margin, page.bottom_margin = Mm(_MARGINS["top"]), Mm(_MARGINS["bottom"])
        page.header_distance, page.footer_distance = Mm(10), Mm(10)
    document.sections[0].different_first_page_header_footer = True
    if look.is_rtl:
        settings: Any = document.sections[0]._sectPr
        grid = settings.find(_tag("docGrid"))  # the schema wants it last
        if grid is None:
            _append(settings, "w:bidi")
        else:
            grid.addprevious(element("w:bidi"))
    _tell(document, title, look)
    _style_all(document, look, keep=bool(reference))
    _number(document)
    return document


def finish(document: Document) -> bytes:
    """Return the document's bytes, the same for the same content on any day."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as given, zipfile.ZipFile(packed, "w") as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(name))
    return packed.getvalue()


def element(name: str, **values: object) -> Any:
    """Make an element of WordprocessingML, such as `w:shd`."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    made: Any = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def _append(parent: Any, name: str, **values: object) -> Any:
    made = element(name, **values)
    parent.append(made)
    return made


def _tell(document: Document, title: str, look: Look) -> None:
    """Write the metadata: a title and a language, and nobody's name."""
    told = document.core_properties
    told.title, told.language = title, look.language
    told.author = told.last_modified_by = told.comments = told.keywords = ""
    told.created = told.modified = _DATE
    told.revision = 1
    settings: Any = document.settings.element
    for setting in settings.iter(_tag("compatSetting")):
        if setting.get(_tag("name")) == "compatibilityMode":
            setting.set(_tag("val"), "15")  # less is shown as an old document


# --- styles ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    """A row of the table of styles; sizes are shares of the text's, spaces are points."""

    name: str
    base: str = "Normal"
    kind: Kind = "paragraph"
    size: float = 1.0
    sans: bool = False
    bold: bool | None = None
    italic: bool | None = None
    colour: str = ""
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0  # mm
    hanging: float = 0.0
    line: float = 0.0  # mm between ruled lines
    keep: bool = False
    border: str = ""
    fill: str = ""


NUMBER, OPTION = 9.0, 11.5  # mm: the column of question numbers, and that of letters
_STYLES = (
    _Style("Normal"),
    _Style("Title", size=1.72, sans=True, bold=True, after=2),
    _Style("Subtitle", size=0.82, sans=True, colour=GREY, after=6, italic=False),
    _Style(
        "Heading 1", size=1.12, sans=True, bold=True, before=19, after=3, keep=True, border="bottom"
    ),
    _Style("Header", size=0.73, sans=True, colour=GREY),
    _Style("Footer", size=0.73, sans=True, colour=GREY),
    _Style("Quiz Fields", size=0.82, sans=True, before=12, after=10),
    _Style(
        "Quiz Instructions", size=0.87, sans=True, before=4, after=6, border="band", fill="F2F2F2"
    ),
    _Style("Quiz Part", size=0.9, sans=True, italic=True, after=2, keep=True),
    _Style("Quiz Bank", before=6, after=6, border="box", keep=True),
    _Style("Quiz Question", before=11, indent=NUMBER, hanging=NUMBER, keep=True),
    _Style("Quiz Text", before=4, indent=NUMBER, keep=True),
    _Style("Quiz Option", before=3, indent=NUMBER + OPTION, hanging=OPTION, keep=True),
    _Style(
        "Quiz Box", base="Quiz Option", before=3, indent=NUMBER + OPTION, hanging=OPTION, keep=True
    ),
    _Style("Quiz Item", before=3, indent=NUMBER + 7, hanging=7, keep=True),
    _Style("Quiz Verdict", before=3, indent=NUMBER, keep=True),
    _Style("Quiz Cell", before=2, after=2),
    _Style("Quiz Pair", before=2, after=2, indent=13, hanging=13),
    _Style("Quiz Line", indent=NUMBER, line=8.5, border="lines", keep=True),
    _Style("Quiz Code", before=4, after=4, indent=NUMBER, keep=True, fill="F2F2F2"),
    _Style("Quiz Quotation", before=4, indent=NUMBER + 4, keep=True, border="left"),
    _Style(
        "Quiz Band",
        size=1.05,
        sans=True,
        bold=True,
        colour="FFFFFF",
        after=14,
        border="band",
        fill="1F1F1F",
    ),
    _Style("Quiz Source", size=0.75, sans=True, colour=GREY, before=2),
    _Style("Quiz Points", kind="character", size=0.73, sans=True, colour=GREY),
    _Style("Quiz Letter", kind="character", sans=True, bold=True, size=0.9),
    _Style("Quiz Blank", kind="character"),
    _Style("Quiz Code Words", kind="character", size=0.92),
)


def _style_all(document: Document, look: Look, *, keep: bool) -> None:
    """Write the styles; with `keep`, those that a person's document has stay as they are."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415

    if not keep:
        _defaults(document, look)
        _clear(document)
    for row in _STYLES:
        known = row.name in document.styles
        if known and keep:
            continue
        kind = WD_STYLE_TYPE.PARAGRAPH if row.kind == "paragraph" else WD_STYLE_TYPE.CHARACTER
        style: Any = (
            document.styles[row.name] if known else document.styles.add_style(row.name, kind)
        )
        if row.kind == "paragraph" and row.name != "Normal":
            style.base_style = document.styles[row.base]
        style.quick_style = True
        style.hidden = False
        _font(style, row, look)
        if row.kind == "paragraph":
            _paragraph(style, row, look)
    if not keep:
        underlined: Any = document.styles["Quiz Blank"]
        underlined.font.underline = True


def style_id(document: Document, name: str) -> str:
    """Return what a paragraph calls its style; python-docx looks through all of them each time."""
    if name.startswith("Quiz "):
        return name.replace(" ", "")
    style: Any = document.styles[name]
    return str(style.style_id)


_NEEDED = ("Default Paragraph Font", "Normal Table", "No List", "Table Grid")


def _clear(document: Document) -> None:
    """Remove python-docx's hundred other styles, so that those of a quiz are easy to find."""
    needed = {*_NEEDED, *(row.name for row in _STYLES)}
    for style in list(document.styles):
        if style.name not in needed:
            style.delete()
    for link in document.styles.element.xpath("./w:style/w:link | ./w:style/w:next"):
        link.getparent().remove(link)


def _defaults(document: Document, look: Look) -> None:
    styles: Any = document.styles.element
    found = styles.find(f".//{_tag('rPrDefault')}/{_tag('rPr')}")
    for name in ("lang", "rFonts"):  # fonts of a theme would win over ours
        for old in found.findall(_tag(name)):
            found.remove(old)
    found.insert(0, element("w:rFonts", ascii="Cambria", hAnsi="Cambria", cs="Times New Roman"))
    primary = look.language.partition("-")[0]
    east = look.language if primary in _EAST else "zh-CN"
    right = look.language if look.is_rtl else "ar-SA"
    found.append(element("w:lang", val=look.language, eastAsia=east, bidi=right))


def _tag(name: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415

    return qn(f"w:{name}")


def _font(style: Any, row: _Style, look: Look) -> None:
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    properties = style.element.get_or_add_rPr()
    for old in list(properties):
        properties.remove(old)
    is_code = row.name.startswith("Quiz Code")
    if row.sans or is_code or row.name == "Normal" or look.large:
        western = "Arial" if look.large else "Calibri" if row.sans else "Cambria"
        western = "Consolas" if is_code else western
        names = {
            "ascii": western,
            "hAnsi": western,
            "cs": "Arial" if look.large else "Times New Roman",
        }
        east = _EAST.get(look.language.partition("-")[0])
        properties.append(element("w:rFonts", **names, **({"eastAsia": east} if east else {})))
    if row.kind == "paragraph" or row.size != 1:
        smallest = 14 if look.large else 8
        style.font.size = Pt(round(2 * max(smallest, look.size * row.size)) / 2)
        half = round(2 * style.font.size.pt)
        properties.append(element("w:szCs", val=half))
    if row.bold is not None:
        style.font.bold = row.bold
        if row.bold:
            properties.append(element("w:bCs"))
    if row.italic is not None:
        style.font.italic = row.italic and not look.large
    if row.colour:
        style.font.color.rgb = RGBColor.from_string(row.colour)
    _sort(properties)


def _paragraph(style: Any, row: _Style, look: Look) -> None:
    from docx.enum.text import WD_LINE_SPACING  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    properties = style.element.get_or_add_pPr()
    for old in list(properties):
        properties.remove(old)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(row.before), Pt(row.after)
    form.keep_with_next = row.keep
    form.keep_together = True
    form.widow_control = True
    form.line_spacing = 1.2
    grown = look.size / 11
    if row.line:
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Mm(12 if look.large else row.line)
    if row.indent:
        form.left_indent, form.first_line_indent = (
            Mm(row.indent * grown),
            Mm(-row.hanging * grown),
        )
    if row.border:
        properties.append(_borders(row.border, row.fill))
    if row.border in ("box", "band"):  # which stands outside the text it is around
        form.left_indent = form.right_indent = Mm(2)
    if row.fill:
        properties.append(element("w:shd", val="clear", color="auto", fill=row.fill))
    if row.name == "Heading 1":
        properties.append(element("w:outlineLvl", val=0))
    if look.is_rtl:
        properties.append(element("w:bidi"))
    _sort(properties)


def _borders(kind: str, fill: str) -> Any:
    borders = element("w:pBdr")
    sides, size, space, colour = {
        "bottom": (("bottom",), 8, 2, "000000"),
        "left": (("left",), 8, 8, PALE),
        "box": (_AROUND, 4, 4, PALE),
        "band": (_AROUND, 4, 5, fill),
        "lines": (("bottom", "between"), 4, 0, PALE),
    }[kind]
    for side in sides:
        _append(borders, f"w:{side}", val="single", sz=size, space=space, color=colour)
    return borders


_AROUND = ("top", "left", "bottom", "right")

# The schema wants the properties of a run, and of a paragraph, in this order.
# fmt: off
_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "u", "rtl", "lang",
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
    "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "bidi",
    "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "jc", "textDirection", "textAlignment", "outlineLvl", "rPr",
)
# fmt: on


def _sort(properties: Any) -> None:
    ordered = sorted(properties, key=lambda each: _ORDER.index(each.tag.rpartition("}")[2]))
    for each in ordered:
        properties.append(each)


# --- numbering ---------------------------------------------------------------

_LEVELS = (
    ("Quiz Question", "decimal", "%1."),
    ("Quiz Option", "upperLetter", "○\u2002%2"),
    ("Quiz Box", "upperLetter", "☐\u2002%3"),
)
_LIST, _ANSWERS = 7000, 7001  # numbers of our own lists, far from those of a person's document


def _number(document: Document) -> None:
    """Let the word processor count: questions, and below each its options from A."""
    numbering: Any = document.part.numbering_part.element
    questions = element("w:abstractNum", abstractNumId=_LIST)
    _append(questions, "w:multiLevelType", val="multilevel")
    for level, (style, form, text) in enumerate(_LEVELS):
        where: Any = document.styles[style]
        made = _level(level, form, text)
        made.insert(2, element("w:pStyle", val=where.style_id))
        questions.append(made)
    answers = element("w:abstractNum", abstractNumId=_ANSWERS)
    _append(answers, "w:multiLevelType", val="singleLevel")
    letters = _level(0, "upperLetter", "%1")
    letters.append(_indented(OPTION * 0.8))
    answers.append(letters)
    first = next((each for each in numbering if each.tag == _tag("num")), None)
    for made in (questions, answers):
        if first is None:
            numbering.append(made)
        else:
            first.addprevious(made)
    _append(_append(numbering, "w:num", numId=_LIST), "w:abstractNumId", val=_LIST)
    for level, (style, _, _) in enumerate(_LEVELS):
        where = document.styles[style]
        properties = where.element.get_or_add_pPr()
        numbered = element("w:numPr")
        if level:
            _append(numbered, "w:ilvl", val=level)
        _append(numbered, "w:numId", val=_LIST)
        properties.append(numbered)
        _sort(properties)


def _level(level: int, form: str, text: str) -> Any:
    made = element("w:lvl", ilvl=level)
    _append(made, "w:start", val=1)
    _append(made, "w:numFmt", val=form)
    _append(made, "w:lvlText", val=text)
    _append(made, "w:lvlJc", val="left")
    return made


def _indented(hanging: float) -> Any:
    properties = element("w:pPr")
    twips = round(hanging * 1440 / 25.4)
    _append(properties, "w:ind", left=twips, hanging=twips)
    return properties


def lettered(document: Document, number: int) -> int:
    """Begin a list of lettered answers at A, and return what its paragraphs name it by."""
    numbering: Any = document.part.numbering_part.element
    name = _ANSWERS + number
    made = _append(numbering, "w:num", numId=name)
    _append(made, "w:abstractNumId", val=_ANSWERS)
    anew = _append(made, "w:lvlOverride", ilvl=0)
    _append(anew, "w:startOverride", val=1)
    return name
