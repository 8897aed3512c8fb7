# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pypdfium2 has types for some of its names only.

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw
import pytest
from inspect_pdf import PdfFacts, folded, inspect
from pypdf.generic import DictionaryObject
from quiz_sample import card, sheet

from quizgen import render
from quizgen.errors import QuizgenError
from quizgen.exports import Options, print_maths, print_runs, table
from quizgen.model import Basic, Card, Choice, Cloze, Content, Deck, Evidence
from quizgen.quiz import Pick

TOLD = Evidence("Glaciers carve deep troughs.", "seeds/ice.md", (3, 4), "Ida Holm", 61)
KINDS: tuple[Content, ...] = (
    Choice("What carved the fjords?", ("Glaciers", "Rivers", "Wind", "Waves"), (0,)),
    Choice("Which are moraines?", ("Lateral", "Medial", "Volcanic", "Tidal"), (0, 1)),
    Choice("Ice flows under its own weight.", ("True", "False"), (0,)),
    Cloze("A hollow at the head of a glacier is a {{cirque}}, a sharp ridge an {{arête}}."),
    Basic("Why is glacier ice *blue*?", "It soaks up red light."),
)
LONG = "The ice came down the valley and turned at the rock. " * 160


def deck(*contents: Content, title: str = "Ice and rock") -> Deck:
    cards = tuple(
        Card(f"c{at:03}", content, (TOLD,), "kept", why="Seen in every valley.")
        for at, content in enumerate(contents)
    )
    return Deck("k1", title, (), cards)


def printed(asked: Deck, **options: object) -> Mapping[str, bytes]:
    return table.named("pdf").export((asked,), Options(**options))  # type: ignore[arg-type]


def place(folder: Path, name: str) -> Path:
    (folder / "print").mkdir(parents=True)
    return folder / "print" / name


def facts(data: bytes, folder: Path) -> PdfFacts:
    path = folder / "sheet.pdf"
    path.write_bytes(data)
    return inspect(path)


def words(data: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    return " ".join(" ".join(pages).replace("\u200b", "").replace("\u2060", "").split())


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
@pytest.mark.parametrize("rounds", [1, 5])
def test_a_sheet_is_tagged_numbered_and_on_the_paper_asked_for(
    tmp_path: Path, paper: str, size: tuple[int, int], rounds: int
) -> None:
    made = printed(deck(*KINDS * rounds), paper=paper)

    for suffix, data in made.items():
        found = facts(data, tmp_path)
        assert found.tagged
        assert found.title == "Ice and rock"
        assert found.loose_fonts == ()
        for at, page in enumerate(pypdfium2.PdfDocument(data), 1):
            assert tuple(map(round, page.get_size())) == size
            assert f"Page {at} of {found.pages}" in page.get_textpage().get_text_bounded()
        if suffix == ".pdf":
            assert found.numbers == tuple(range(1, 5 * rounds + 1))


def test_the_students_sheet_holds_no_answer_and_the_key_holds_all(tmp_path: Path) -> None:
    made = printed(deck(*KINDS))

    student, key = (facts(data, tmp_path).text for data in made.values())

    for secret in ("cirque", "arête", "soaks up red", TOLD.text, "Ida Holm", "ice.md", "every val"):
        assert folded(secret) not in student
        assert folded(secret) in key


def test_the_same_deck_prints_to_the_same_bytes_anywhere(tmp_path: Path) -> None:
    program = (
        "import hashlib, sys; sys.path[:0] = sys.argv[1:]\n"
        "from quizgen.exports import Options, table\n"
        "import test_pdf\n"
        "made = table.named('pdf').export((test_pdf.deck(*test_pdf.KINDS),), Options())\n"
        "print([hashlib.sha256(data).hexdigest() for data in made.values()])"
    )
    tests = Path(__file__).parent

    def run(zone: str, folder: Path) -> str:
        command = [sys.executable, "-c", program, str(tests), str(tests.parent)]
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": str(len(zone))}
        return subprocess.run(
            command, cwd=folder, env=environment, check=True, capture_output=True, text=True
        ).stdout

    assert run("Asia/Tokyo", tmp_path) == run("America/Lima", tests) != ""


def test_a_question_taller_than_a_page_loses_nothing(tmp_path: Path) -> None:
    code = "```\n" + "\n".join(f"step {n} of the core" for n in range(90)) + "\n```"
    asked = deck(*KINDS, Basic(f"{LONG} The end is here.", "Yes."), Basic(code, "Yes."))

    data = printed(asked)[".pdf"]

    shown = words(data)
    assert shown.count("turned at the rock") == 160
    assert "The end is here." in shown
    assert all(f"step {n} of the core" in shown for n in range(90))
    assert facts(data, tmp_path).numbers == tuple(range(1, 8))


def test_long_evidence_loses_nothing_in_the_key() -> None:
    asked = deck(KINDS[4])
    long = replace(asked.cards[0], evidence=(replace(TOLD, text=f"{LONG} That is all."),))

    shown = words(printed(replace(asked, cards=(long,)))[".key.pdf"])

    assert shown.count("turned at the rock") == 160
    assert "That is all." in shown


def test_long_words_and_addresses_stay_on_the_page() -> None:
    wide = "https://example.org/" + "very_long_part/" * 12 + "x" * 300
    asked = deck(Basic(wide, wide), Choice(wide, (wide, wide), (0,)), title=wide)

    for data in printed(asked, course=wide).values():
        for page in pypdfium2.PdfDocument(data):
            right_edge = page.get_width() - 17 / 25.4 * 72
            lines = page.get_textpage()
            count = int(lines.count_rects())  # pyright: ignore[reportUnknownArgumentType]
            boxes = [lines.get_rect(at) for at in range(count)]
            assert max(box[2] for box in boxes) < right_edge


@pytest.mark.parametrize(
    "payload",
    [
        '#read("/etc/passwd")',
        "<script>alert(1)</script>",
        r"\input{/etc/passwd}",
        "{{7*7}}",
        '#eval("1") $ x ] [ } {',
        "= not a heading // not a comment",
    ],
)
def test_payloads_print_literally(payload: str) -> None:
    asked = deck(Basic(payload, payload), Choice(payload, (payload, "b"), (0,)), title=payload)

    for data in printed(asked, course=payload).values():
        assert words(data).count(payload) >= 3


def test_control_characters_and_lone_surrogates_are_cleaned() -> None:
    nasty = Basic("sl\x00ow \ud800ice\x1b &#12;&#10; \u2028end", "a\x07b")

    shown = words(printed(deck(nasty, title="Ti\x00tle\ud800"))[".pdf"])

    assert "slow ice" in shown
    assert "Title" in shown


def test_a_character_no_font_has_names_card_character_and_remedy() -> None:
    with pytest.raises(QuizgenError) as raised:
        printed(deck(*KINDS, Basic("What does 氷河 mean? 🧊", "Glacier.")))

    said = str(raised.value)
    assert said.startswith("card c005 (question 5): no font here has ")
    assert '"氷' in said
    assert "--font" in said
    assert "--to html" in said


def test_a_character_missing_from_the_title_or_the_key_is_placed_too() -> None:
    with pytest.raises(QuizgenError, match="the title or the course line: no font here has"):
        printed(deck(*KINDS, title="氷河"))
    with pytest.raises(QuizgenError, match=r"card c000 \(question 1\): no font here has"):
        printed(deck(Basic("What is ice called in Japan?", "氷")))


def test_greek_arrows_ticks_and_cyrillic_have_a_font() -> None:
    assert "α → ✓ ∀ Ж ½ …" in words(printed(deck(Basic("α → ✓ ∀ Ж ½ …", "b")))[".pdf"])


def test_drafts_are_marked_in_the_head_the_instructions_and_the_key() -> None:
    asked = deck(*KINDS)
    mixed = replace(asked, cards=(replace(asked.cards[0], state="draft"), *asked.cards[1:]))

    made = printed(mixed)

    assert words(made[".pdf"]).count("Draft: not reviewed") >= 2
    assert "1 question of 5 has not been checked" in words(made[".pdf"])
    assert "Draft: not reviewed" in words(made[".key.pdf"])
    assert "Draft" not in words(printed(asked)[".pdf"])


def test_blanks_lines_and_maths_speak_to_a_screen_reader() -> None:
    data = printed(deck(*KINDS, Basic(r"Is $\frac{1}{2}$ right?", "Yes.")))[".pdf"]

    spoken = alternatives(data)

    assert spoken.count("blank") == 2
    assert spoken.count("1 line for your answer") == 2
    assert r"\frac{1}{2}" in spoken
    assert "blank for your name" in spoken


def alternatives(data: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    found = (reader.get_object(number) for number in range(1, int(str(reader.trailer["/Size"]))))
    return [
        str(entry["/Alt"])
        for entry in found
        if isinstance(entry, DictionaryObject) and "/Alt" in entry
    ]


def test_a_nearly_empty_last_page_is_saved_by_closer_setting(tmp_path: Path) -> None:
    last = ""
    for count in range(20, 40):
        asked = deck(*KINDS[2:3] * count)
        sheet = pypdfium2.PdfDocument(printed(asked)[".pdf"])
        last = sheet[len(sheet) - 1].get_textpage().get_text_bounded()
        if len(sheet) > 1:
            break

    # Once a second page is needed, it holds more than the one question that did not fit.
    assert last.count(" pt") > 3


def test_a_deck_without_cards_names_the_remedy() -> None:
    with pytest.raises(QuizgenError, match="quizgen review"):
        printed(deck())


def test_without_typst_the_message_names_html(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)

    with pytest.raises(QuizgenError, match="--to html"):
        printed(deck(*KINDS))


def test_one_template_can_be_overridden_and_the_rest_stay(tmp_path: Path) -> None:
    mine = (
        render.find("print/quiz.typ")
        .read_text(encoding="utf-8")
        .replace('say(quiz, "notes")', "[Ideas]")
    )
    place(tmp_path, "quiz.typ").write_text(mine, encoding="utf-8")

    made = printed(deck(*KINDS), templates=tmp_path)

    assert "Ideas" in words(made[".pdf"])
    assert made[".key.pdf"] == printed(deck(*KINDS))[".key.pdf"]


def test_the_changed_settings_in_the_docs_print_as_they_say(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "print.md").read_text(encoding="utf-8")
    example = page.partition("```typst\n")[2].partition("```")[0]
    place(tmp_path, "settings.typ").write_text(example, encoding="utf-8")

    shown = words(printed(deck(*KINDS), templates=tmp_path)[".pdf"])

    assert "Mark / 8" in shown
    assert "Teacher" in shown
    assert "about" not in shown


@pytest.mark.parametrize("text", ["= Hello\n#nobody\n", "= Hello\n#let x = (\n"])
def test_a_broken_template_is_told_with_its_file_and_line(tmp_path: Path, text: str) -> None:
    place(tmp_path, "quiz.typ").write_text(text, encoding="utf-8")

    with pytest.raises(QuizgenError) as raised:
        printed(deck(*KINDS), templates=tmp_path)

    assert str(raised.value).startswith(f"{tmp_path / 'print' / 'quiz.typ'}:2: ")


def test_a_template_cannot_read_outside_its_folder(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hush", encoding="utf-8")
    mine = tmp_path / "mine"
    place(mine, "quiz.typ").write_text(f'#read("{secret}")', encoding="utf-8")

    with pytest.raises(QuizgenError, match=r"quiz\.typ:1: "):
        printed(deck(*KINDS), templates=mine)


# --- runs --------------------------------------------------------------------


def runs(markdown: str) -> list[print_runs.Run]:
    return [run for block in print_runs.blocks(markdown) for run in block["runs"]]


def test_text_becomes_runs_without_markup() -> None:
    assert runs("Ice *flows*, **slowly**, like `tar`.") == [
        {"text": "Ice "},
        {"text": "flows", "emph": True},
        {"text": ", "},
        {"text": "slowly", "strong": True},
        {"text": ", like "},
        {"text": "tar", "code": True},
        {"text": "."},
    ]


def test_links_are_to_the_web_only() -> None:
    assert runs("[a](https://example.org) [b](file:///etc/passwd)") == [
        {"text": "a", "link": "https://example.org"},
        {"text": " "},
        {"text": "b"},
    ]


def test_lists_tables_quotes_and_code_keep_their_shape() -> None:
    text = "3. x\n4. y\n\n> z\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```py\nice = 1\n```\n\n---"

    listed, quoted, table, code, rule = print_runs.blocks(text)

    assert (listed["ordered"], listed["start"], len(listed["items"])) == (True, 3, 2)
    assert quoted["blocks"][0]["runs"] == [{"text": "z"}]
    assert (table["align"], len(table["rows"])) == (["left", "right"], 2)
    assert code["text"] == "ice = 1"
    assert rule == {"block": "rule"}


def blanked(text: str) -> str:
    shown = {"\u00a0": "~", "\u2060": "+"}
    (block,) = print_runs.blanked(text)
    text = "".join("___" if "blank" in run else run["text"] for run in block["runs"])
    return "".join(shown.get(letter, letter) for letter in text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The ice is {{blue}}, mostly.", "The ice is~+___+, mostly."),
        ("It lasted just over {{eight}} days.", "It lasted just over~+___+~days."),
        ("In the far-off land of the {{Sami}}.", "In the far-off~land~of~the~+___+."),
        ("{{Ice}} floats.", "___+~floats."),
        ("a {{b}} and {{c}} d e", "a~+___ and~+___ d e"),
        ("({{c1::x::a hint}})", "(+___ (a hint))"),
        ("so {{a}} {{b}} {{c}} it is", "so~+___ ___ ___ it is"),
    ],
)
def test_a_blank_is_tied_to_its_neighbours(text: str, shown: str) -> None:
    assert blanked(text) == shown


def test_a_blank_inside_bold_code_and_maths_is_a_blank_too() -> None:
    for text in ("**x {{a}}**", "`x {{a}}`", "$x^{{a}}$", "```\nx {{a}}\n```", "[{{a}}](y)"):
        (block,) = print_runs.blanked(text)
        assert sum("blank" in run for run in block["runs"]) == 1
        assert "a" not in "".join(run.get("text", "") for run in block["runs"])


def test_a_blank_where_nothing_is_printed_makes_the_text_plain() -> None:
    (block,) = print_runs.blanked("see [x](https://example.org/{{a}})")

    assert sum("blank" in run for run in block["runs"]) == 1


def test_a_formula_is_drawn_with_its_source_and_its_place_on_the_line() -> None:
    drawing = print_maths.draw(r"\frac{30}{1}", shown=False)

    assert drawing["source"] == r"\frac{30}{1}"
    assert 0 < drawing["depth"] < drawing["height"]


@pytest.mark.parametrize("source", ["", "{", r"\frac{1}", "x^2^3", r"\text{氷}", "a & b", "_"])
def test_a_formula_that_cannot_be_drawn_is_printed_as_its_source(source: str) -> None:
    assert print_maths.draw(source, shown=False) == {}


def bases(page: Any) -> dict[str, float]:
    """Find how high on a page each run of text stands."""
    shown = page.get_textpage()
    found: list[Any] = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=shown)
    return {run.extract().strip(): run.get_matrix().f for run in found}


def test_a_blank_on_the_first_line_leaves_it_beside_its_number() -> None:
    asked = deck(Cloze("Hollows: {{cirques}} and others."), Basic("What is an arête?", "A ridge."))

    (page,) = pypdfium2.PdfDocument(printed(asked)[".pdf"])

    found = bases(page)
    assert found["1."] == pytest.approx(found["and"], abs=0.6)


@pytest.mark.parametrize("large", [True, False])
def test_what_a_matching_leaves_of_a_page_is_ruled_for_notes(*, large: bool) -> None:
    long = " that the ice carried and dropped at its edge" * (3 if large else 9)
    terms = [card(f"te{at}", Basic(f"What is till {at}?", f"Rubble {at}{long}")) for at in range(4)]
    short = [
        Pick("truefalse", (card(f"tf{at}", Choice(f"Ice {at} melts.", ("True", "False"), (0,))),))
        for at in range(5 if large else 12)
    ]
    matching = Pick("matching", tuple(terms[:3]), pairs="term", spare=terms[3])

    data = table.printer("pdf").print((sheet(*short, matching),), Options(large=large))[".pdf"]

    first, second, *_ = (
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)
    )
    assert "Notes" in first
    assert "Matching" not in first
    assert "Matching" in second
    assert "Name" in second  # it is the page after, not one of notes between
