from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizgen import cli, deckfile
from quizgen.model import Basic, Card, Choice, Deck, Evidence


def card(name: str, at: int, **changes: str) -> Card:
    told = Evidence(f"The gate of lock {at} lifts {at + 3} barges.", "locks.md", (at, at))
    asked = Choice(
        f"How many barges does lock {at} of the {name} canal lift?",
        (f"{at + 2} barges", f"{at + 3} barges", f"{at + 9} barges"),
        (1,),
    )
    content = asked if at % 2 else Basic(f"Who dug the {name} canal?", f"Engineer {name.title()}")
    return Card(name, content, (told,), **{"state": "kept", **changes})  # type: ignore[arg-type]


NAMES = ("arlberg", "bruges", "corinth", "danube", "elbing", "finow", "gota", "huron")


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    cards = (*(card(name, at) for at, name in enumerate(NAMES)), card("rhine", 8, state="draft"))
    path = tmp_path / "decks" / "canals.md"
    path.parent.mkdir()
    text = deckfile.render(Deck("k3v9qz", "Canals", (), cards))
    path.write_text(text, encoding="utf-8")
    return Path("decks/canals.md")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, ["quiz", *map(str, arguments)], catch_exceptions=False)


def test_a_quiz_is_a_file_a_sheet_and_a_key(deck: Path) -> None:
    done = run(deck, "--count", 6)

    assert done.exit_code == 0
    assert "Canals: 6 questions" in done.stdout
    out = sorted(path.name for path in Path("out").iterdir())
    assert out == ["canals.key.pdf", "canals.pdf", "canals.quiz.toml"]


def test_a_quiz_file_prints_to_the_same_bytes(deck: Path) -> None:
    run(deck, "--count", 6, "--versions", "A,B", "--to", "pdf", "--to", "html", "--paper", "letter")
    before = {path.name: path.read_bytes() for path in Path("out").iterdir()}

    done = run("out/canals.quiz.toml")

    assert done.exit_code == 0
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == before
    assert {"canals.A.pdf", "canals.B.key.pdf", "canals.A.html"} <= before.keys()


def test_an_edited_quiz_file_is_printed_as_edited_and_never_overwritten(deck: Path) -> None:
    run(deck, "--count", 6, "--to", "html")
    file = Path("out/canals.quiz.toml")
    lines = file.read_text(encoding="utf-8").replace('title = "Canals"', 'title = "Week 3"')
    edited = "\n".join(line for line in lines.split("\n") if '"gota"' not in line)
    file.write_text(edited, encoding="utf-8")

    assert run(file).exit_code == 0
    again = run(deck, "--count", 6)

    assert "<h1>Week 3</h1>" in Path("out/canals.html").read_text(encoding="utf-8")
    assert again.exit_code == 1
    assert "already there and holds another quiz" in again.stderr
    assert file.read_text(encoding="utf-8") == edited
    assert run(deck, "--count", 6, "--replace").exit_code == 0


def test_drafts_are_asked_only_on_request_and_marked(deck: Path) -> None:
    run(deck, "--count", 20, "--to", "html")
    kept = Path("out/canals.html").read_text(encoding="utf-8")
    run(deck, "--count", 20, "--to", "html", "--drafts", "--replace")
    drafts = Path("out/canals.html").read_text(encoding="utf-8")

    assert "rhine" not in kept
    assert "rhine" in drafts
    assert "Draft: not reviewed" in drafts


def test_what_the_command_line_says_of_a_quiz_file_holds_once(deck: Path) -> None:
    run(deck, "--count", 4)
    before = Path("out/canals.quiz.toml").read_bytes()

    done = run("out/canals.quiz.toml", "--to", "html", "--language", "de", "-o", "once")

    assert done.stdout.count("wrote once/") == 2
    assert "Lösungen" in Path("once/canals.key.html").read_text(encoding="utf-8")
    assert Path("out/canals.quiz.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--kinds", "essay"), "--kinds: there is no 'essay'"),
        (("--level", "brutal"), "--level: there is no 'brutal'"),
        (("--versions", "A/B"), "versions are letters or numbers"),
        (("-o", "sheet.pdf"), "should be a folder, or end in .quiz.toml"),
    ],
)
def test_wrong_usage_is_a_sentence(deck: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(deck, *arguments)

    assert done.exit_code == 2
    assert said in done.stderr
    assert not Path("out").exists()


def test_wishes_that_nothing_fits_write_nothing(deck: Path) -> None:
    done = run(deck, "--tags", "none")

    assert done.exit_code == 1
    assert "no kept card fits these wishes" in done.stderr
    assert not Path("out").exists()


def test_a_quiz_file_chooses_nothing_anew(deck: Path) -> None:
    run(deck, "--count", 4)

    assert run("out/canals.quiz.toml", "--count", 3).exit_code == 2
    assert run("out/canals.quiz.toml", deck).exit_code == 2


def test_a_missing_deck_or_card_is_a_sentence(deck: Path) -> None:
    run(deck, "--count", 8)
    text = deck.read_text(encoding="utf-8")
    deck.write_text(text.replace("^gota ", "^gone "), encoding="utf-8")
    without = run("out/canals.quiz.toml")
    deck.rename("decks/moved.md")
    moved = run("out/canals.quiz.toml")

    assert without.exit_code == moved.exit_code == 1
    assert "card ^gota is in none of the quiz's decks" in without.stderr
    assert "its deck ../decks/canals.md is not there" in moved.stderr


def test_a_dry_run_says_what_would_be_asked(deck: Path) -> None:
    done = run(deck, "--count", 3, "--dry-run")

    assert "3 questions" in done.stdout
    assert not Path("out").exists()
