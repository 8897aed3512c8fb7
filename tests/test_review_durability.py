"""What was acknowledged is on disk, whatever is killed and whoever else writes."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from quizgen import deckfile, review, sitting, store
from quizgen.errors import DeckChanged, QuizgenError
from quizgen.model import Basic, Card, Deck, Stamp, State

if sys.platform == "win32":
    pytest.skip("there is no fork on Windows", allow_module_level=True)

STATES: tuple[State, ...] = ("kept", "dropped", "draft")


def deck(path: Path, count: int) -> Path:
    cards = tuple(
        Card(f"c{n}", Basic(f"What is {n}?", f"Number {n}"), stamp=Stamp(rule="claim"))
        for n in range(count)
    )
    path.write_text(deckfile.render(Deck("abcdef", "Many", (), cards)), encoding="utf-8")
    sat = sitting.sit_down(path, "nobody")  # what is imported late is there before a fork
    sat.do(review.flag(sat.parsed, "c0"))
    sat.undo()
    return path


def in_a_child(work: Callable[[Callable[[str], None]], None]) -> tuple[int, int]:
    """Fork; return the child and what it says through a pipe."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - this is the other process

        def say(said: str) -> None:
            os.write(writing, f"{said}\n".encode())

        work(say)
        os._exit(0)
    os.close(writing)
    return child, reading


def heard(reading: int) -> list[list[str]]:
    said = b""
    while more := os.read(reading, 65_536):
        said += more
    os.close(reading)
    return [line.split() for line in said.decode().splitlines()]


def states(path: Path) -> dict[str, str]:
    return {card.id: card.state for card in store.load(path).deck.cards}


def test_no_acknowledged_decision_is_lost_to_kills(tmp_path: Path):
    path = deck(tmp_path / "deck.md", 30)
    chance = random.Random(3)
    expected = states(path)
    for life in range(12):

        def work(say: Callable[[str], None], who: str = f"life {life}") -> None:
            dice = random.Random(who)
            sat = sitting.sit_down(path, who)
            while True:
                card = dice.choice(sat.deck.cards)
                others: list[State] = [each for each in STATES if each != card.state]
                state = dice.choice(others)
                say(f"doing {card.id} {state}")
                sat.do(review.decide(sat.parsed, card.id, state))
                say(f"did {card.id} {state}")

        child, reading = in_a_child(work)
        said = b""
        wanted = chance.randint(1, 6)
        while said.count(b"did ") < wanted:
            said += os.read(reading, 4096)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = [line.split() for line in said.decode().splitlines()] + heard(reading)
        done = [(card, state) for what, card, state in lines if what == "did"]
        begun = lines[-1][1] if lines[-1][0] == "doing" else ""
        expected |= dict(done)
        now = states(path)
        assert {c: s for c, s in now.items() if c != begun} == {
            c: s for c, s in expected.items() if c != begun
        }
        expected = now
        told = store.load(path).history.told
        assert sum(event.who == f"life {life}" for event in told) >= len(done)
    sat = sitting.sit_down(path, "last")
    sat.do(review.flag(sat.parsed, "c1"))
    assert list(tmp_path.glob(".*.tmp")) == []


def test_two_reviewers_at_once_lose_no_decision_and_share_none(tmp_path: Path):
    path = deck(tmp_path / "deck.md", 70)
    shares = ([f"c{n}" for n in range(40)], [f"c{n}" for n in range(30, 70)])
    children: list[tuple[int, int]] = []
    for number, share in enumerate(shares):

        def work(say: Callable[[str], None], mine: list[str] = share, n: int = number) -> None:
            sat = sitting.sit_down(path, f"reviewer {n}")
            for card in mine:
                if sat.card(card).state != "draft":
                    continue
                try:
                    sat.do(review.decide(sat.parsed, card, STATES[n]))
                except DeckChanged:
                    continue
                say(f"{card} {STATES[n]}")

        children.append(in_a_child(work))
    done = [(card, state) for _, reading in children for card, state in heard(reading)]
    for child, _ in children:
        os.waitpid(child, 0)
    assert sorted(done) == sorted(states(path).items())
    assert len({event.step for event in store.load(path).history.told if event.step}) == 72 - 1


def test_a_deck_edited_in_an_editor_is_read_again_and_the_decision_lands_or_is_refused(
    tmp_path: Path,
):
    path = deck(tmp_path / "deck.md", 5)
    sat = sitting.sit_down(path, "ada")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Number 3", "Number three"), encoding="utf-8")
    sat.do(review.decide(sat.parsed, "c1", "kept"))
    assert "Number three" in path.read_text(encoding="utf-8")
    assert sat.card("c3").content == Basic("What is 3?", "Number three")

    path.write_text(
        path.read_text(encoding="utf-8").replace("Number 4", "Number four"), encoding="utf-8"
    )
    before = path.read_bytes()
    with pytest.raises(DeckChanged, match="changed meanwhile"):
        sat.do(review.decide(sat.parsed, "c4", "kept"))
    assert path.read_bytes() == before
    sat.do(review.decide(sat.parsed, "c4", "kept"))
    assert states(path)["c4"] == "kept"


def test_a_log_that_was_merged_or_lost_is_read_anew(tmp_path: Path):
    path = deck(tmp_path / "deck.md", 4)
    sat = sitting.sit_down(path, "ada")
    sat.do(review.decide(sat.parsed, "c0", "kept"))
    log = store.log_path(path)
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    theirs = lines[-1].replace('"ada"', '"bo"').replace("c0", "c1")
    log.write_text("".join([*lines[:-1], theirs, lines[-1]]), encoding="utf-8")
    sat.refresh()
    assert [event.who for event in sat.stored.history.told][-2:] == ["bo", "ada"]
    log.unlink()
    sat.do(review.decide(sat.parsed, "c2", "kept"))
    again = sitting.sit_down(path, "ada")
    assert again.undo().card == "c2"
    with pytest.raises(QuizgenError, match="nothing to take back"):
        again.undo()


def test_a_line_that_is_still_being_written_is_read_when_it_is_whole(tmp_path: Path):
    path = deck(tmp_path / "deck.md", 3)
    sat = sitting.sit_down(path, "ada")
    known = len(sat.stored.history.told)
    line = b'{"at": "2030-01-01T00:00:00Z", "what": "kept", "id": "c1", "who": "bo", "step": "s"}\n'
    log = store.log_path(path)
    with log.open("ab") as file:
        file.write(line[:40])
    sat.refresh()
    assert len(sat.stored.history.told) == known
    with log.open("ab") as file:
        file.write(line[40:])
    sat.refresh()
    assert sat.stored.history.told[-1].who == "bo"


def test_a_full_disk_or_a_read_only_folder_is_one_sentence_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = deck(tmp_path / "deck.md", 3)
    before = path.read_bytes()
    sat = sitting.sit_down(path, "ada")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(QuizgenError, match="the disk is full"):
            sat.do(review.decide(sat.parsed, "c1", "kept"))
    assert path.read_bytes() == before
    assert list(tmp_path.glob(".*.tmp")) == []
    sat.do(review.decide(sat.parsed, "c1", "kept"))
    assert states(path)["c1"] == "kept"


def test_a_hand_written_card_is_passed_over_and_not_lost(tmp_path: Path):
    path = deck(tmp_path / "deck.md", 2)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n## Mine?\n\nYes, mine.\n")
    sat = sitting.sit_down(path, "ada")
    assert sat.start("state:all").order == ("c0", "c1")
    sat.do(review.decide(sat.parsed, "c1", "dropped"))
    assert path.read_text(encoding="utf-8").endswith("\n## Mine?\n\nYes, mine.\n")
    assert replace(sat.deck.cards[2], section="").content == Basic("Mine?", "Yes, mine.")
