# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# python-docx has types for a part of itself.

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import docx as word
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from inspect_pdf import folded
from quiz_sample import PICKS, SECRETS, SHORT, TRUE, card, sheet
from strategies import decks

from quizgen.exports import Options, docx, omml
from quizgen.model import Basic, Deck, Evidence
from quizgen.quiz import Pick, Sheet, compose, whole


def written(asked: Sheet, **options: object) -> tuple[bytes, bytes]:
    made = docx.print_sheets((asked,), Options(**options))  # type: ignore[arg-type]
    assert list(made) == [".docx", ".key.docx"]
    return made[".docx"], made[".key.docx"]


def opened(data: bytes) -> Any:
    return word.Document(io.BytesIO(data))


def parts(data: bytes) -> str:
    """Return everything in the file, metadata and all."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return "".join(
            file.read(name).decode() for name in file.namelist() if not name.endswith(".jpeg")
        )


def styles(data: bytes) -> list[str]:
    return [str(paragraph.style.name) for paragraph in opened(data).paragraphs]


def words(data: bytes) -> str:
    body: Any = opened(data).element.body
    return "".join(text.text or "" for text in body.iter(qn("w:t")))


def test_the_students_file_holds_no_answer_and_the_key_holds_all() -> None:
    student, key = written(sheet())

    for secret in SECRETS:
        assert folded(secret) not in folded(parts(student))
        assert folded(secret) in folded(words(key))


def test_every_question_is_numbered_by_the_word_processor() -> None:
    asked = sheet()

    data = written(asked)[0]

    assert styles(data).count("Quiz Question") == len(asked.questions)
    assert styles(data).count("Quiz Option") == 3
    assert styles(data).count("Quiz Box") == 3
    assert not re.search(r"\b1\.", words(data))
    numbered = opened(data).styles["Quiz Question"].element.pPr.numPr.numId.val
    levels = opened(data).part.numbering_part.element.xpath(
        f"./w:abstractNum[@w:abstractNumId=../w:num[@w:numId={numbered}]/w:abstractNumId/@w:val]"
        "/w:lvl/w:pStyle/@w:val"
    )
    assert levels == ["QuizQuestion", "QuizOption", "QuizBox"]


def test_a_question_stays_with_what_belongs_to_it_and_lets_the_next_go() -> None:
    document = opened(written(sheet(Pick("choice", (PICKS[0].cards[0],)), PICKS[8]))[0])

    tied = [
        (paragraph.style.name, paragraph.paragraph_format.keep_with_next)
        for paragraph in document.paragraphs
        if paragraph.style.name in ("Quiz Question", "Quiz Option", "Quiz Line")
    ]

    assert tied[:4] == [
        ("Quiz Question", None),
        ("Quiz Option", None),
        ("Quiz Option", None),
        ("Quiz Option", False),
    ]
    assert tied[-1] == ("Quiz Line", False)
    for name in ("Heading 1", "Quiz Part", "Quiz Question", "Quiz Option", "Quiz Line"):
        assert document.styles[name].paragraph_format.keep_with_next


def test_a_matching_is_a_table_whose_answers_are_lettered_anew() -> None:
    twice = (PICKS[6], replace(PICKS[6], cards=PICKS[6].cards[:2], spare=PICKS[6].cards[2]))

    tables = opened(written(sheet(*twice))[0]).tables

    assert [len(table.rows) for table in tables] in ([4, 3], [3, 4])
    lists = [set(table._tbl.xpath(".//w:numId/@w:val")) for table in tables]
    assert all(len(one) == 1 for one in lists)
    assert lists[0] != lists[1]


def test_pages_are_counted_and_the_second_asks_for_the_name() -> None:
    document = opened(written(sheet())[0])

    (section,) = document.sections
    assert "Name" in section.header.paragraphs[0].text
    assert not section.first_page_header.paragraphs[0].text
    for foot in (section.footer, section.first_page_footer):
        told = foot._element.xpath(".//w:instrText/text()")
        assert [each.strip() for each in told] == ["PAGE", "NUMPAGES"]


def test_metadata_names_the_quiz_and_nobody() -> None:
    for data in written(sheet()):
        told = opened(data).core_properties
        assert told.title.endswith("Ice and rock")
        assert not told.author + told.comments + told.last_modified_by


def test_the_same_quiz_is_written_to_the_same_bytes() -> None:
    assert written(sheet()) == written(sheet())


def test_versions_are_files_of_their_own() -> None:
    made = docx.print_sheets((sheet(), replace(sheet(), version="B")), Options())

    assert list(made) == [".A.docx", ".A.key.docx", ".B.docx", ".B.key.docx"]


@pytest.mark.parametrize(("paper", "width"), [("a4", 210), ("letter", 215.9)])
def test_paper_and_large_print(paper: str, width: float) -> None:
    document = opened(written(sheet(), paper=paper, large=True)[0])

    assert document.sections[0].page_width.mm == pytest.approx(width, abs=0.1)
    assert document.styles["Normal"].font.size.pt == 18
    assert not document.styles["Quiz Part"].font.italic


def test_drafts_are_marked() -> None:
    draft = replace(SHORT, state="draft")

    for data in written(sheet(Pick("short", (draft,)))):
        assert "Draft: not reviewed" in words(data)


def test_words_of_other_scripts_keep_their_direction_and_language() -> None:
    arabic = card("ar01", Basic("ما هو النهر الجليدي؟", "كتلة من الجليد تتحرك ببطء"))
    data = written(sheet(Pick("short", (arabic,)), title="الجليد", language="ar"))[0]
    document = opened(data)

    assert document.styles["Quiz Question"].element.pPr.find(qn("w:bidi")) is not None
    (prompt,) = (p for p in document.paragraphs if p.style.name == "Quiz Question")
    assert prompt.runs[0]._r.rPr.find(qn("w:rtl")) is not None
    assert 'w:bidi="ar"' in parts(data)

    chinese = card("zh01", Basic("什么是冰川？", "缓慢移动的冰体"))
    data = written(sheet(Pick("short", (chinese,)), title="冰川", language="zh-CN"))[0]
    assert "什么是冰川" in words(data)
    assert "简答题" in words(data)
    assert 'w:eastAsia="zh-CN"' in parts(data)
    assert 'w:eastAsia="Microsoft YaHei"' in parts(data)


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "</w:t><w:br/>",
        '#read("/etc/passwd")',
        r"\{{7\*7}}",
        '=cmd|"/c calc"!A1',
        "[click](javascript:alert)",
        "![](http://example.org/x.png)",
    ],
)
def test_what_looks_like_markup_is_text_and_nothing_is_linked(payload: str) -> None:
    told = Evidence(payload, "seeds/ice.md", (1, 1), payload, 3, "javascript:alert(1)")
    hostile = card("pa01", Basic(f"Ice {payload}", payload), told, why=payload)

    for data in written(sheet(Pick("short", (hostile,)), title=payload)):
        assert "TargetMode" not in parts(data)
    shown = words(written(sheet(Pick("short", (hostile,)), title=payload))[1])
    assert payload in shown


def test_a_formula_is_office_maths_and_a_broken_one_its_source() -> None:
    asked = card("fo02", Basic(r"Is $\frac{a}{b}$ like $\frac{a$ ?", r"$$\sum_{i=1}^n i^2$$"))

    student, key = written(sheet(Pick("short", (asked,))))

    found = opened(student).element.body.xpath(".//m:oMath/m:f")
    assert len(found) == 1
    assert r"\frac{a" in words(student)
    assert opened(key).element.body.xpath(".//m:nary/m:e/m:sSup")


@pytest.mark.parametrize(
    ("tex", "path"),
    [
        (r"x_i^2", "m:sSubSup"),
        (r"\sqrt[3]{x}", "m:rad/m:deg/m:r"),
        (r"\left(\begin{matrix}a&b\\c&d\end{matrix}\right)", "m:d/m:e/m:m/m:mr"),
        (r"\int_0^1 f\,dx", "m:nary/m:naryPr/m:chr"),
        (r"\hat{x}", "m:acc"),
        (r"\overline{ab}", "m:bar"),
        (r"\binom{n}{k}", "m:f/m:fPr/m:type"),
        (r"\lim_{x\to0} x", "m:limLow/m:lim"),
    ],
)
def test_each_form_of_a_formula_has_its_element(tex: str, path: str) -> None:
    made = ET.fromstring(omml.convert(tex))

    assert made.find(path, {"m": made.tag[1:].partition("}")[0]}) is not None


@given(decks(smallest=1))
@settings(max_examples=20, deadline=None)
def test_any_deck_makes_a_file_that_opens(deck: Deck) -> None:
    for data in written(compose(whole(deck))):
        assert opened(data).paragraphs


def test_control_characters_and_lone_surrogates_are_left_out() -> None:
    asked = card("x1", Basic("Ice\x00 \ud800melts?", "At\x1f 0 \udfffdegrees"))

    student, key = written(sheet(Pick("short", (asked,)), title="Ice\ud800\x07"))

    assert "Ice melts?" in words(student)
    assert "At 0 degrees" in words(key)


def test_a_document_of_ones_own_brings_its_styles(tmp_path: Path) -> None:
    own = opened(written(sheet())[0])
    own.styles["Quiz Question"].font.name = "Comic Neue"
    (tmp_path / "print").mkdir()
    own.save(str(tmp_path / "print" / "reference.docx"))

    data = written(sheet(Pick("truefalse", (TRUE,))), templates=tmp_path)[0]

    assert opened(data).styles["Quiz Question"].font.name == "Comic Neue"
    assert styles(data).count("Quiz Question") == 1
    assert "fjords" not in words(data)


@pytest.mark.real("soffice")
def test_a_word_processor_opens_and_prints_it(tmp_path: Path) -> None:
    student, key = written(sheet())
    (tmp_path / "quiz.docx").write_bytes(student)
    (tmp_path / "key.docx").write_bytes(key)

    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"),
            *("--convert-to", "pdf", "--outdir", tmp_path),
            *(tmp_path / "quiz.docx", tmp_path / "key.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    pages = [
        page.get_textpage().get_text_bounded()
        for page in pypdfium2.PdfDocument(tmp_path / "quiz.pdf")
    ]
    for at, page in enumerate(pages, 1):
        assert f"Page {at} of {len(pages)}" in page
    printed = " ".join(" ".join(pages).split())
    assert all(f"{number}. " in printed for number in range(1, 11))
    assert "A Rivers" in printed or "A Glaciers" in printed or "A Wind" in printed
    assert "☐" in printed
    told = pypdfium2.PdfDocument(tmp_path / "key.pdf")
    assert "ANSWER KEY" in told[0].get_textpage().get_text_bounded()
