"""What a source says is printed as it is, in every kind of question and every format."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pypdfium2 has types for some of its names only.

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pypdf
import pypdfium2
import pytest
from quiz_sample import card, sheet

from quizgen.exports import Options, table
from quizgen.model import Basic, Card, Choice, Cloze, Evidence
from quizgen.quiz import Pick

PAYLOADS = (
    '#read("/etc/passwd")',
    "<script>alert(1)</script>",
    r"\input{/etc/passwd}",
    "$(id)",
    "</w:t><w:br/>",
    "'-alert(1)-'",
)
FORMATS = ("pdf", "html", "docx", "practice")
ELEMENTS = ("script", "img", "svg", "iframe", "object")


def told(words: str, speaker: str) -> Evidence:
    return Evidence(words, "ice.vtt", (9, 9), speaker, 95, match="verbatim")


def said(name: str, words: str, blank: str, speaker: str) -> Card:
    text = f"{speaker}: “{words} {{{{{blank}}}}}”"
    return card(name, Cloze(text), told(f"{words} {blank}", speaker))


def picks(payload: str) -> dict[str, Pick]:
    """Put the payload wherever a kind prints the words of a card."""
    hostile = told(payload, payload)
    # A date, or a question word, must stay for cards to be an ordering, or a matching.
    events = [
        card(f"ev{at}", Basic(f"Who carved {payload} in {year}?", f"Ida {at} {payload}"), hostile)
        for at, year in enumerate((1840, 1888, 1911))
    ]
    terms = [
        card(f"te{at}", Basic(f"What is ice {at} {payload}?", f"Rock {at} {payload}"), hostile)
        for at in range(4)
    ]
    quotes = [said(f"qu{at}", f"Ice {at} {payload}", "melts", f"Per {at}") for at in range(4)]
    ideas = [
        card(f"wh{at}", Basic(f"Why does {payload} {at} melt?", f"Warm {at} {payload}"), hostile)
        for at in range(4)
    ]
    options = (payload, f"not {payload}", "ice")
    return {
        "choice": Pick("choice", (card("ch", Choice(payload, options, (0,)), hostile),)),
        "several": Pick("several", (card("se", Choice(payload, options, (0, 1)), hostile),)),
        "truefalse": Pick(
            "truefalse", (card("tf", Choice(payload, ("True", "False"), (0,)), hostile),)
        ),
        "blank": Pick("blank", (card("bl", Cloze(f"{payload} is {{{{ice}}}}."), hostile),)),
        "completion": Pick("completion", (said("co", payload, "flows", payload),)),
        "attribution": Pick("attribution", (said("at", payload, "flows", "Ida Holm"),)),
        "term": Pick("matching", tuple(terms[:3]), pairs="term", spare=terms[3]),
        "quote": Pick("matching", tuple(quotes[:3]), pairs="quote", spare=quotes[3]),
        "idea": Pick("matching", tuple(ideas[:3]), pairs="idea", spare=ideas[3]),
        "ordering": Pick("ordering", tuple(events)),
        "short": Pick("short", (card("sh", Basic(payload, payload), hostile, why=payload),)),
    }


class Page(HTMLParser):
    """The words of a page that are not its own script, and the elements it is made of."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.words = ""
        self.elements: list[str] = []
        self.links: list[str] = []
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words += data


def shown(name: str, data: bytes) -> str:
    """Return the words of a file, after making sure that nothing in it can run."""
    if name.endswith(".html"):
        page = Page(data)
        ours = ["script"] if name.endswith(".practice.html") else []
        assert [tag for tag in page.elements if tag in ELEMENTS] == ours
        assert [link for link in page.links if not link.startswith("#")] == []
        return page.words
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            body = parts.read("word/document.xml")
            assert not any(
                b'TargetMode="External"' in parts.read(part) for part in parts.namelist()
            )
        return "".join(ET.fromstring(body).itertext())
    root = pypdf.PdfReader(io.BytesIO(data)).root_object
    assert not {"/JavaScript", "/OpenAction", "/AA"} & set(root)
    pages = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_bounded() for page in pages)


def bare(text: str) -> str:
    """Leave out what line breaks add."""
    return re.sub(r"[\s\u200b\u2060\ufffe]", "", text)


def printed(form: str, payload: str) -> Mapping[str, bytes]:
    asked = sheet(*picks(payload).values(), title=f"Ice {payload}")
    return table.printer(form).print((asked,), Options())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_looks_like_code_is_printed_as_it_is_in_every_kind(form: str, payload: str) -> None:
    for name, data in printed(form, payload).items():
        words = bare(shown(name, data))
        # Each kind shows it at least once; the pairs of a matching, several times.
        assert words.count(bare(payload)) >= len(picks(payload)), name
        assert "root:" not in words
