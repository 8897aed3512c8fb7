"""What is on a printed sheet: its question numbers, its words, its fonts, its tags."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pypdfium2 has types for some of its names only.

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
from pypdf.generic import ArrayObject, DictionaryObject

NUMBER = re.compile(r"(\d{1,4})[.)](?:\s|$)")
# Numbers of one to four digits end at the same place or begin there; options stand further in.
COLUMN = 14.0


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """`numbers` are the question numbers in reading order; `text` is folded for searching."""

    pages: int
    numbers: tuple[int, ...]
    tagged: bool
    title: str
    loose_fonts: tuple[str, ...]
    text: str


def folded(text: str) -> str:
    """Reduce text to its letters and digits, so that line breaks and ligatures hide nothing."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _fonts(resources: Any, seen: set[int]) -> Iterator[Any]:
    """Yield the fonts that a page and the forms drawn on it name, each once."""
    for kind in ("/Font", "/XObject"):
        named = resources.get(kind, {})
        for reference in named.get_object().values() if named else ():
            entry = reference.get_object()
            if id(entry) in seen:
                continue
            seen.add(id(entry))
            if kind == "/Font":
                yield entry
            elif "/Resources" in entry:
                yield from _fonts(entry["/Resources"].get_object(), seen)


def _is_embedded(font: Any) -> bool:
    if font.get("/Subtype") == "/Type3":  # drawn by the file itself
        return True
    within = font.get("/DescendantFonts", ArrayObject())
    described = [font, *(part.get_object() for part in within.get_object())]
    descriptors = [
        part["/FontDescriptor"].get_object() for part in described if "/FontDescriptor" in part
    ]
    return any(
        f"/FontFile{kind}" in descriptor for descriptor in descriptors for kind in ("", "2", "3")
    )


def _starts(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, str]]:
    """Yield left edge, height and words of each line of text on a page."""
    text = page.get_textpage()
    for index in range(text.count_rects()):
        left, _, right, top = text.get_rect(index)
        if right > left:
            yield left, top, text.get_text_bounded(*text.get_rect(index)).strip()


def inspect(path: Path) -> PdfFacts:
    """Read a sheet with two libraries: one for what is drawn, one for how it is built."""
    drawn = pypdfium2.PdfDocument(path)
    found: list[tuple[float, int]] = []
    words: list[str] = []
    for page in drawn:
        for left, _, text in sorted(_starts(page), key=lambda start: -start[1]):
            if number := NUMBER.match(text):
                found.append((left, int(number[1])))
        words.append(page.get_textpage().get_text_bounded())
    edge = min((left for left, _ in found), default=0.0)
    built = pypdf.PdfReader(path)
    root: Any = built.trailer["/Root"].get_object()
    marks = root.get("/MarkInfo", DictionaryObject()).get_object()
    seen: set[int] = set()
    fonts = [font for page in built.pages for font in _fonts(page["/Resources"].get_object(), seen)]
    return PdfFacts(
        pages=len(drawn),
        numbers=tuple(number for left, number in found if left <= edge + COLUMN),
        tagged=bool(marks.get("/Marked")) and "/StructTreeRoot" in root,
        title=str((built.metadata or {}).get("/Title", "")),
        loose_fonts=tuple(
            sorted(str(font.get("/BaseFont")) for font in fonts if not _is_embedded(font))
        ),
        text=folded("".join(words)),
    )
