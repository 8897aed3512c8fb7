"""`quizgen read` shows everything that a document holds, to people and to programs."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result

from quizgen.cli import main
from quizgen.model import Kind

SEEDS = Path(__file__).parent.parent / "seeds"
DOCUMENTS = sorted(path for path in SEEDS.iterdir() if path.name != "README.md")


def quizgen(*args: str, text: str = "") -> Result:
    given = io.BytesIO(text.encode())
    result = CliRunner().invoke(main, args, input=given, prog_name="quizgen")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def seen(*paths: str | Path) -> list[dict[str, Any]]:
    result = quizgen("read", "--json", *map(str, paths))
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_line_of_a_seed_is_seen_dropped_or_blank(path: Path):
    (row,) = seen(path)
    held = {
        line
        for each in (*row["pieces"], *row["metadata"], *row["dropped"])
        for line in range(each["lines"][0], each["lines"][1] + 1)
    }
    lines = path.read_text(encoding="utf-8").split("\n")
    assert [at for at, line in enumerate(lines, 1) if line.strip() and at not in held] == []


def test_the_json_has_these_fields_and_no_others():
    rows = seen(*DOCUMENTS)
    assert [row["file"] for row in rows] == [str(path) for path in DOCUMENTS]
    for row in rows:
        assert list(row) == [
            "file",
            "title",
            "url",
            "date",
            "dates",
            "language",
            "participants",
            "pieces",
            "metadata",
            "dropped",
        ]
        for piece in row["pieces"]:
            assert list(piece) == [
                "kind",
                "text",
                "lines",
                "speaker",
                "seconds",
                "heading",
                "answer",
                "explanation",
            ]
            assert piece["kind"] in get_args(Kind)
        assert all(set(told) == {"date", "where"} for told in row["dates"])
        assert all(set(who) == {"name", "role"} for who in row["participants"])
        assert all(set(told) == {"lines", "field"} for told in row["metadata"])
        assert all(set(gone) == {"lines", "text", "why"} for gone in row["dropped"])


def test_captions_without_times_are_one_stream():
    (row,) = seen(SEEDS / "captions.txt")
    assert [piece["kind"] for piece in row["pieces"]] == ["caption"]


def test_a_posts_own_date_is_shown_with_where_it_stands_and_not_taken_for_the_talks():
    (row,) = seen(SEEDS / "transcript.md")
    assert row["date"] == ""
    assert row["dates"] == [{"date": "2025-08-19", "where": "front matter, line 4"}]
    assert row["url"].startswith("https://www.youtube.com/watch?v=")


def test_people_see_pieces_by_kind_and_what_was_dropped_and_why():
    shown = quizgen("read", str(SEEDS / "ideas-and-quotes.txt")).output
    assert "people    Theo Abara, host; Maren Holt, guest" in shown
    assert "date      2025-03-03: 2025-03-03 (line 9)" in shown
    assert "\n  5 ideas\n" in shown
    assert "a link for skipping: Skip to content" in shown


def test_several_documents_are_sorted_into_works():
    shown = quizgen("read", str(SEEDS)).stdout
    assert "\n2 works\n" in shown
    assert "\n1 work\n" in quizgen("read", str(SEEDS), "--together").stdout
    assert "\n5 works\n" in quizgen("read", str(SEEDS), "--apart").stdout


def test_a_paste_is_read_and_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    result = quizgen("read", "-", text="Key Insights\n\n1\n\nOne thing.\n\n2\n\nAnother thing.\n")
    assert result.stdout.startswith("-\n")
    assert "2 insights" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_shown(tmp_path: Path):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "good.txt").write_text("Cells\n\nThey hold water.\n", encoding="utf-8")
    result = quizgen("read", str(tmp_path))
    assert result.exit_code == 1
    assert "empty.txt is empty" in result.stderr
    assert "good.txt" in result.stdout
