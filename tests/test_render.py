from __future__ import annotations

from pathlib import Path

import pytest

from quizgen import render
from quizgen.errors import QuizgenError, UsageError


def test_a_persons_file_takes_the_place_of_one_template_and_the_rest_stay(tmp_path: Path) -> None:
    (tmp_path / "print").mkdir()
    (tmp_path / "print" / "quiz.typ").write_text("= Mine", encoding="utf-8")

    assert render.find("print/quiz.typ", tmp_path) == tmp_path / "print" / "quiz.typ"
    assert render.find("print/key.typ", tmp_path) == render.folder() / "print" / "key.typ"


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        render.folders(tmp_path / "nowhere")


def test_a_template_that_is_not_there_is_named() -> None:
    with pytest.raises(QuizgenError, match=r"no template 'poster\.typ'"):
        render.find("poster.typ")


@pytest.mark.parametrize("name", ["page.html", "page.html.j2", "page.txt"])
def test_values_are_escaped_whatever_the_template_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{{ word }}", encoding="utf-8")

    filled = render.fill(name, {"word": "<script>"}, templates=tmp_path)

    assert filled == "&lt;script&gt;"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("one\n{{ nobody }}\n", "'nobody' is undefined"),
        ("one\n{% if %}\n", "Expected an expression"),
        ("one\n{{ 1 + 'a' }}\n", "unsupported operand"),
        ("one\n{{ 1 // 0 }}\n", "by zero"),
    ],
)
def test_a_broken_template_is_told_with_its_file_and_line(
    tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "page.html").write_text(text, encoding="utf-8")

    with pytest.raises(QuizgenError, match=says) as raised:
        render.fill("page.html", {}, templates=tmp_path)

    assert str(raised.value).startswith(f"{tmp_path / 'page.html'}:2: ")


def test_an_included_template_is_the_one_that_is_blamed(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{% include 'part.html' %}", encoding="utf-8")
    (tmp_path / "part.html").write_text("\n\n{{ nobody }}", encoding="utf-8")

    with pytest.raises(QuizgenError) as raised:
        render.fill("page.html", {}, templates=tmp_path)

    assert str(raised.value).startswith(f"{tmp_path / 'part.html'}:3: ")


def test_values_are_never_read_as_a_template(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{{ word }}", encoding="utf-8")

    assert render.fill("page.html", {"word": "{{7*7}}"}, templates=tmp_path) == "{{7*7}}"
