from __future__ import annotations

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import anki_connect
import pytest
import real_anki
from anki.collection import Collection
from click.testing import CliRunner, Result

from quizgen.anki import connect
from quizgen.cli import main
from quizgen.errors import QuizgenError

DECK = """\
+++
format = 1
id = "k3v9qz"
title = "Cell biology"
sources = []
+++

## What does the mitochondrion produce for the cell?

ATP

<!-- ^k7q2 kept ready -->

## The {{ribosome}} makes proteins.

<!-- ^c5r1 kept ready -->

## Which organelle has its own DNA?

The mitochondrion

<!-- ^m4x9 draft ready -->
"""


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Collection]:
    with real_anki.collection(tmp_path / "theirs") as opened:
        yield opened


@pytest.fixture(params=[False, True], ids=["new add-on", "old add-on"])
def port(theirs: Collection, request: pytest.FixtureRequest) -> Iterator[int]:
    with anki_connect.listening(theirs, is_old=request.param) as found:
        yield found


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "cells.md"
    path.write_text(DECK)
    return path


def push(deck: Path, port: int, *more: str) -> Result:
    return CliRunner().invoke(main, ["push", str(deck), "--port", str(port), *more])


def change(deck: Path, before: str, after: str) -> None:
    text = deck.read_text()
    assert before in text
    deck.write_text(text.replace(before, after))


def answer(of: Collection, card: str) -> str:
    (found,) = of.find_notes(f"CardId:{card}")
    return of.get_note(found)["Answer"]


def edit(of: Collection, card: str, words: str) -> None:
    """Change an answer as a person does who edits some time after the export."""
    (found,) = of.find_notes(f"CardId:{card}")
    note = of.get_note(found)
    note["Answer"] = words
    of.update_note(note)


def test_a_dry_run_tells_what_will_be_new_and_writes_nothing(
    theirs: Collection, port: int, deck: Path
) -> None:
    done = push(deck, port, "--dry-run", "--drafts")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "new: What does the mitochondrion produce for the cell?",
        "new: The ribosome makes proteins.",
        "new: Which organelle has its own DNA?",
        "3 new, 0 updated, 0 tagged, 0 unchanged, 0 left as they are in Anki",
    ]
    assert deck.read_text() == DECK
    assert [path.name for path in deck.parent.glob("cells*")] == ["cells.md"]
    assert theirs.note_count() == 0


def test_a_dry_run_names_what_was_deleted_or_became_another_kind(
    theirs: Collection, port: int, deck: Path
) -> None:
    push(deck, port, "--yes")
    change(deck, "ATP\n", "- [x] ATP\n- [ ] DNA\n- [ ] RNA\n")
    change(deck, "## The {{ribosome}} makes proteins.\n\n<!-- ^c5r1 kept ready", "<!--")
    change(deck, "<!-- mod", "<!-- was mod")
    before = deck.read_text()
    done = push(deck, port, "--dry-run")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "new: What does the mitochondrion produce for the cell?",
        "withdrawn, tagged quizgen::removed: What does the mitochondrion produce for the cell?",
        "withdrawn, tagged quizgen::removed: The ribosome makes proteins.",
        "1 new, 0 updated, 2 tagged, 0 unchanged, 0 left as they are in Anki",
    ]
    assert deck.read_text() == before


def test_pushing_again_changes_nothing(theirs: Collection, port: int, deck: Path) -> None:
    assert push(deck, port, "--yes").stdout.splitlines()[-1] == "Anki has them: 2 cards"
    assert theirs.note_count() == 2
    again = push(deck, port, "--yes").stdout.splitlines()
    assert again == ["0 new, 0 updated, 0 tagged, 2 unchanged, 0 left as they are in Anki"]


def test_a_push_after_an_import_updates_and_makes_no_duplicate(
    theirs: Collection, port: int, deck: Path
) -> None:
    CliRunner().invoke(main, ["export", str(deck), "--to", "anki"])
    assert real_anki.take(theirs, deck.with_suffix(".apkg")) == (2, 0, 0)
    (card,) = theirs.find_cards("CardId:k7q2")
    theirs.sched.set_due_date([card], "5")
    due = theirs.get_card(card).due
    change(deck, "\nATP\n", "\nATP, by oxidation\n")
    done = push(deck, port, "--yes")
    assert "0 new, 1 updated, 0 tagged, 1 unchanged" in done.stdout
    assert answer(theirs, "k7q2") == "ATP, by oxidation"
    assert theirs.get_card(card).due == due
    assert theirs.note_count() == 2


def test_a_withdrawn_card_is_tagged_and_stays(theirs: Collection, port: int, deck: Path) -> None:
    push(deck, port, "--yes")
    change(deck, "^k7q2 kept", "^k7q2 dropped")
    done = push(deck, port, "--yes")
    assert "withdrawn, tagged quizgen::removed: What does the mitochondrion" in done.stdout
    assert theirs.note_count() == 2
    assert len(theirs.find_notes("tag:quizgen::removed CardId:k7q2")) == 1


def test_a_withdrawn_card_that_anki_lacks_is_not_sent(
    theirs: Collection, port: int, deck: Path
) -> None:
    CliRunner().invoke(main, ["export", str(deck), "--to", "anki"])
    change(deck, "^k7q2 kept", "^k7q2 dropped")
    push(deck, port, "--yes")
    assert theirs.note_count() == 1


def test_what_was_changed_in_anki_alone_stays_and_is_no_news(
    theirs: Collection, port: int, deck: Path
) -> None:
    push(deck, port, "--yes")
    edit(theirs, "k7q2", "ATP, of course")
    assert "0 updated, 0 tagged, 2 unchanged" in push(deck, port, "--yes").stdout
    assert answer(theirs, "k7q2") == "ATP, of course"


def test_what_was_changed_on_both_sides_is_left_as_it_is_in_anki(
    theirs: Collection, port: int, deck: Path
) -> None:
    push(deck, port, "--yes")
    edit(theirs, "k7q2", "ATP, of course")
    change(deck, "\nATP\n", "\nATP, by oxidation\n")
    change(deck, "The {{ribosome}} makes", "A {{ribosome}} makes")
    done = push(deck, port, "--yes")
    assert "changed in Anki too, left as it is there until you `quizgen pull`: " in done.stdout
    assert "0 new, 1 updated, 0 tagged, 0 unchanged, 1 left as they are in Anki" in done.stdout
    assert answer(theirs, "k7q2") == "ATP, of course"


def test_a_card_of_another_deck_with_the_same_id_is_not_taken_for_it(
    theirs: Collection, port: int, deck: Path
) -> None:
    push(deck, port, "--yes")
    other = deck.with_name("other.md")
    text = DECK.replace("k3v9qz", "w2w2w2").replace("Cell biology", "Harbours")
    other.write_text(text)
    assert "2 new, 0 updated" in push(other, port, "--yes").stdout
    assert theirs.note_count() == 4
    change(other, "^k7q2 kept", "^k7q2 dropped")
    assert "0 new, 0 updated, 1 tagged" in push(other, port, "--yes").stdout
    assert "0 tagged, 2 unchanged" in push(deck, port, "--yes").stdout


@pytest.mark.parametrize(
    ("profiles", "told"),
    [(("Ada",), False), (("Ada", "Lin"), True)],
    ids=["one", "two"],
)
def test_the_open_profile_is_named_where_there_are_several(
    theirs: Collection, deck: Path, profiles: tuple[str, ...], *, told: bool
) -> None:
    with anki_connect.listening(theirs, profiles=profiles) as port:
        done = push(deck, port, "--dry-run")
    assert done.exit_code == 0, done.output
    assert ("the profile that is open in Anki: Ada" in done.stdout) == told


def test_an_addon_that_cannot_name_profiles_is_good_enough(theirs: Collection, deck: Path) -> None:
    with anki_connect.listening(theirs, without=("getActiveProfile",), profiles=("A", "B")) as port:
        assert push(deck, port, "--yes").stdout.splitlines()[-1] == "Anki has them: 2 cards"


def test_a_newer_look_goes_along_without_a_changed_card(
    theirs: Collection, port: int, deck: Path, tmp_path: Path
) -> None:
    push(deck, port, "--yes")
    edit(theirs, "k7q2", "ATP, of course")
    own = tmp_path / "mine" / "anki"
    own.mkdir(parents=True)
    (own / "style.css").write_text("/* mod 1895000000 */\n.card { color: teal }\n")
    mine = ("--templates", str(own.parent))
    told = "the look of your cards in Anki becomes as here: Quizgen Basic, Quizgen Cloze"
    assert told in push(deck, port, "--dry-run", *mine).stdout.splitlines()
    assert push(deck, port, "--yes", *mine).stdout.splitlines()[-1] == "Anki has the new look"
    for name in ("Quizgen Basic", "Quizgen Cloze"):
        model = theirs.models.by_name(name)
        assert model
        assert model["css"] == ".card { color: teal }"
    assert answer(theirs, "k7q2") == "ATP, of course"
    assert told not in push(deck, port, "--yes", *mine).stdout
    assert theirs.note_count() == 2


def test_nothing_is_sent_unasked(theirs: Collection, port: int, deck: Path) -> None:
    done = push(deck, port)
    assert done.exit_code == 2
    assert "nobody is here to be asked" in done.stderr
    assert theirs.note_count() == 0
    assert deck.read_text() == DECK


# --- when it cannot be done --------------------------------------------------


def test_a_closed_anki_is_told_in_a_sentence(deck: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    done = push(deck, closed, "--yes")
    assert done.exit_code == 1
    assert "Anki is closed, or has no AnkiConnect: start Anki" in done.stderr
    assert "2055492159" in done.stderr
    assert deck.read_text() == DECK


def test_a_busy_anki_is_told_in_a_sentence() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        with pytest.raises(QuizgenError, match="Anki is busy: it has not answered"):
            connect.connect(deaf.getsockname()[1], patience=0.05)


def test_a_profile_that_is_not_open_is_told_in_a_sentence(deck: Path) -> None:
    with anki_connect.listening(None) as port:
        assert "Anki has no profile open" in push(deck, port, "--yes").stderr


def test_a_key_that_the_addon_wants_is_told_and_taken(
    theirs: Collection, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with anki_connect.listening(theirs, key="secret") as port:
        assert "put it into ANKICONNECT_KEY" in push(deck, port, "--yes").stderr
        monkeypatch.setenv("ANKICONNECT_KEY", "secret")
        assert push(deck, port, "--yes").exit_code == 0


def test_an_old_addon_is_told_in_a_sentence(theirs: Collection, deck: Path) -> None:
    with anki_connect.listening(theirs, without=("importPackage",)) as port:
        done = push(deck, port, "--yes")
    assert done.exit_code == 1
    assert "this AnkiConnect is too old" in done.stderr


@pytest.mark.parametrize("body", [b"<html>", b"null", b"[]", b'{"result": 6}', b""])
def test_another_program_on_the_port_is_told_in_a_sentence(body: bytes) -> None:
    class Other(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            del format, args

    with (
        anki_connect.serving(Other) as port,
        pytest.raises(QuizgenError, match="is not AnkiConnect"),
    ):
        connect.connect(port)
