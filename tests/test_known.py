from __future__ import annotations

from pathlib import Path

import pytest
import real_anki
from click.testing import CliRunner, Result
from sample import PAGE

from quizgen import deckfile, familiar
from quizgen.cli import main
from quizgen.model import Basic, Card


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cells.txt").write_text(PAGE)
    return tmp_path


def run(*args: str) -> Result:
    done = CliRunner().invoke(main, args)
    assert done.exit_code == 0, done.output
    return done


def cards() -> dict[str, Card]:
    (path,) = Path("decks").glob("*.md")
    return {card.id: card for card in deckfile.parse(path.read_text()).deck.cards}


def has(folder: Path, *notes: tuple[str, str]) -> str:
    """Export a collection that has notes."""
    with real_anki.collection(folder / "theirs") as theirs:
        for front, back in notes:
            real_anki.add(theirs, "Basic", "Old", {"Front": front, "Back": back})
        return str(real_anki.export(theirs, folder / "All.colpkg"))


def test_new_cards_that_anki_has_are_named_and_marked_and_none_is_dropped(home: Path) -> None:
    run("make", "cells.txt", "-o", "elsewhere")
    (path,) = Path("elsewhere").glob("*.md")
    plain = deckfile.parse(path.read_text()).deck.cards
    one = next(card.content for card in plain if isinstance(card.content, Basic))
    theirs = has(home, (f"<b>{one.question}</b>", one.answer), ("Who wrote Emma?", "Austen"))
    done = run("make", "cells.txt", "--known", theirs, "--report", "coverage.html")
    assert "1 of them in Anki already" in done.output
    assert f"“{one.question}” is in Anki already" in done.output
    marked = [card for card in cards().values() if familiar.is_marked(card)]
    assert [card.content for card in marked] == [one]
    assert {card.state for card in marked} == {"draft"}
    assert [card.id for card in cards().values()] == [card.id for card in plain]
    assert "draft, in Anki already" in Path("coverage.html").read_text()


def test_the_mark_is_shown_in_review_and_a_new_run_leaves_it(home: Path) -> None:
    run("make", "cells.txt", "-o", "elsewhere")
    (path,) = Path("elsewhere").glob("*.md")
    every = deckfile.parse(path.read_text()).deck.cards
    asked = [c.content for c in every if isinstance(c.content, Basic)]
    theirs = has(home, *((each.question, each.answer) for each in asked))
    run("make", "cells.txt", "--known", theirs)
    before = cards()
    assert sum(map(familiar.is_marked, before.values())) == len(asked)
    run("make", "cells.txt")
    assert cards() == before
    shown = CliRunner().invoke(main, ["review", "--terminal"], input="q")
    first = next(iter(before.values()))
    assert ("in Anki already" in shown.output) == familiar.is_marked(first)


def test_a_decks_own_notes_are_not_taken_for_the_persons(home: Path) -> None:
    run("make", "cells.txt", "--to", "anki")
    (package,) = Path("decks").glob("*.apkg")
    theirs = package.rename(home / "old.apkg")
    for path in Path("decks").iterdir():
        path.unlink()
    done = run("make", "cells.txt", "--known", str(theirs))
    assert "in Anki already" not in done.output


def test_a_card_is_known_by_question_and_answer_together() -> None:
    new = Card("a1", Basic("What does the mitochondrion make?", "ATP"))
    same = Card("x", Basic("What does every mitochondrion make?", "ATP."))
    other = Card("y", Basic("What does the ribosome make?", "Proteins"))
    assert familiar.find([new], [other]) == ()
    assert familiar.find([new], [other, same]) == (familiar.Familiar("a1", same),)
    assert familiar.marked(familiar.marked(new)) == familiar.marked(new)
