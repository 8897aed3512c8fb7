"""Reading back: what a person changed in Anki comes into the deck, and nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import real_anki
from anki_desk import DECK, Desk, sit_down
from click.testing import CliRunner

from quizgen import cli
from quizgen.model import Basic, Choice, Cloze

FORMATS = (".apkg", ".colpkg", ".txt")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with sit_down(tmp_path) as found:
        assert found.sync() == (4, 0, 0)
        yield found


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_round_trip_without_a_change_is_no_change(desk: Desk, suffix: str) -> None:
    before = desk.deck.read_bytes()
    log = desk.deck.with_name("cells.log.jsonl").read_bytes()
    desk.study()
    found = desk.pull(suffix=suffix)
    assert found.exit_code == 0
    assert found.stdout == f"{desk.deck}: changed 0, 4 the same\n"
    assert desk.deck.read_bytes() == before
    assert desk.deck.with_name("cells.log.jsonl").read_bytes() == log


@pytest.mark.parametrize("suffix", FORMATS)
def test_words_edited_in_anki_come_into_the_deck_and_leave_all_else(
    desk: Desk, suffix: str
) -> None:
    before = desk.text
    desk.edit("k7q2", Answer=r"<b>ATP</b>,<br>that is \(x^2\) &lt; 3", Why="")
    desk.edit("b2b2", Text="The {{c1::ribosome}} makes {{c2::protein::chains}}.")
    found = desk.pull(suffix=suffix)
    assert found.exit_code == 0
    assert "answer: “ATP, by **oxidation**: $2^{n}$” becomes “**ATP**,\\ that is" in found.stdout
    assert "explanation removed: “it holds the enzymes.”" in found.stdout
    card = desk.card("k7q2")
    assert card.content == Basic(
        "What does the mitochondrion produce?", "**ATP**,\\\nthat is $x^2$ < 3"
    )
    assert (card.why, card.tags, card.state) == ("", ("energy",), "kept")
    assert card.evidence[0].speaker == "Dr Lin"
    assert desk.card("b2b2").content == Cloze("The {{ribosome}} makes {{c2::protein::chains}}.")
    assert "<!-- mine: ask Dr Lin -->" in desk.text
    assert "<!-- The exam skips mitosis. -->" in desk.text
    for name in ("m4x9", "v5v5"):
        assert block(desk.text, name) == block(before, name)
    assert desk.pull(suffix=suffix).stdout.startswith(f"{desk.deck}: changed 0")


def block(text: str, name: str) -> str:
    end = text.index(f"^{name}")
    return text[text.rindex("\n## ", 0, end) : end]


def test_what_is_read_back_is_exported_and_imported_without_a_loss(desk: Desk) -> None:
    desk.edit("v5v5", Answer="my own words")
    desk.pull()
    assert desk.sync() == (0, 1, 0)
    assert desk.note("v5v5")["Answer"] == "my own words"
    assert desk.sync() == (0, 0, 0)
    assert desk.pull().stdout == f"{desk.deck}: changed 0, 4 the same\n"


def test_options_edited_in_anki_come_into_the_deck_with_their_keys(desk: Desk) -> None:
    note = desk.note("m4x9")
    options = note["Options"].replace("Nucleolus", "Chloroplast")
    desk.edit("m4x9", Options=options, Keys="2 3")
    assert desk.pull().exit_code == 0
    assert desk.card("m4x9").content == Choice(
        "Which organelle carries its own DNA?",
        ("Ribosome", "Mitochondrion", "Chloroplast"),
        (1, 2),
    )


def test_tags_flags_and_suspensions_come_into_the_deck(desk: Desk) -> None:
    desk.tag("k7q2", "leech", "exam::june")
    (card,) = desk.note("k7q2").cards()
    desk.anki.set_user_flag_for_cards(1, [card.id])
    desk.anki.sched.suspend_cards([card.id, desk.note("b2b2").cards()[0].id])
    found = desk.pull()
    assert "tag added: “exam::june”" in found.stdout
    assert "tag removed: “energy”" in found.stdout
    assert set(desk.card("k7q2").tags) == {"leech", "exam::june"}
    assert "anki=flag-red,suspended" in desk.card("k7q2").stamp.extra
    assert "anki=suspended-1" in desk.card("b2b2").stamp.extra
    desk.anki.set_user_flag_for_cards(0, [card.id])
    desk.anki.sched.unsuspend_cards([card.id])
    desk.pull()
    assert desk.card("k7q2").stamp.extra == ()
    assert desk.sync() == (0, 1, 0)  # the tags, which Anki has already


def test_only_the_deck_changed_and_the_deck_is_left_alone(desk: Desk) -> None:
    desk.write("A sac of water", "A bag of water")
    before = desk.text
    found = desk.pull()
    assert found.exit_code == 0
    assert "1 newer in the deck" in found.stdout
    assert desk.text == before


def test_both_changed_another_field_and_both_are_kept(desk: Desk) -> None:
    desk.write("Why: it holds the enzymes.", "Why: it holds all the enzymes.")
    desk.edit("k7q2", Answer="ATP")
    assert desk.pull().exit_code == 0
    card = desk.card("k7q2")
    assert card.content == Basic("What does the mitochondrion produce?", "ATP")
    assert card.why == "it holds all the enzymes."
    assert desk.sync() == (0, 1, 0)
    assert desk.note("k7q2")["Why"] == "it holds all the enzymes."


@pytest.mark.parametrize(
    ("prefer", "words"), [("anki", "A sack of water"), ("deck", "A bag of water inside a cell")]
)
def test_both_changed_the_same_field_and_the_person_chooses(
    desk: Desk, prefer: str, words: str
) -> None:
    desk.write("A sac of water", "A bag of water")
    desk.edit("v5v5", Answer="A sack of water")
    before = desk.text
    found = desk.pull()
    assert found.exit_code == 1
    assert (
        "answer changed on both sides: the deck has “A bag of water inside a cell”, "
        "Anki has “A sack of water”"
    ) in found.stdout
    assert "--prefer anki or --prefer deck" in found.stderr
    assert desk.text == before
    assert desk.pull("--prefer", prefer).exit_code == 0
    assert desk.card("v5v5").content == Basic("What is a vacuole?", words)
    assert desk.sync() == (0, 1, 0)
    assert desk.note("v5v5")["Answer"] == words


def test_evidence_edited_in_anki_stays_the_sources_own_words(desk: Desk) -> None:
    before = desk.text
    desk.edit("k7q2", Evidence="Whatever I like.")
    found = desk.pull()
    assert "Evidence edited in Anki; the deck keeps the source's own words" in found.stdout
    assert desk.text == before


def test_what_a_deck_cannot_say_is_left_in_anki_and_named(desk: Desk) -> None:
    before = desk.text
    desk.edit("v5v5", Answer='A sac <img src="paste-1.png">')
    found = desk.pull()
    assert found.exit_code == 1
    told = "^v5v5: answer: Anki has a picture, which a deck cannot say; the deck keeps its own"
    assert f"{told}: write it there by hand, or --prefer deck\n" in found.stdout
    kept = desk.pull("--prefer", "deck")
    assert kept.exit_code == 0
    assert f"{told}\n" in kept.stdout
    assert desk.text == before


def test_a_card_not_yet_imported_is_not_taken_for_deleted(desk: Desk) -> None:
    desk.write("# Parts\n", "# Parts\n\n## Who found cells?\n\nRobert Hooke\n")
    desk.export()
    before = desk.text
    found = desk.pull()
    assert "1 exported but not in theirs.apkg" in found.stdout
    assert "not imported yet, or deleted" in found.stdout
    assert desk.text == before


def test_deletions_wait_where_a_person_says_so(desk: Desk) -> None:
    desk.anki.remove_notes([desk.note("v5v5").id])
    before = desk.text
    desk.pull("--keep-missing")
    assert desk.text == before
    found = desk.pull()
    assert "^v5v5: deleted in Anki: dropped here, and not exported again" in found.stdout
    assert "dropped" in desk.text


def test_a_dry_run_says_it_all_and_changes_nothing(desk: Desk) -> None:
    desk.edit("v5v5", Answer="my own words")
    desk.anki.remove_notes([desk.note("k7q2").id])
    before = desk.text
    found = desk.pull("--dry-run")
    assert "would change 1, 2 the same, 1 deleted in Anki" in found.stdout
    assert desk.text == before


def test_windows_line_ends_and_odd_spacing_stay(tmp_path: Path) -> None:
    with sit_down(tmp_path) as desk:
        words = DECK.replace("\n", "\r\n").replace(
            "kept ready rule=choice", "kept  ready rule=choice"
        )
        desk.deck.write_bytes(words.encode())
        desk.sync()
        desk.edit("v5v5", Answer="my own words")
        before = desk.deck.read_bytes()
        desk.pull()
        after = desk.deck.read_bytes()
        assert b"\n" not in after.replace(b"\r\n", b"")
        assert after.replace(b"my own words", b"A sac of water inside a cell") == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04no", "is no Anki package"),
        (b"#separator:tab\nfront\tback\n", "holds no card of"),
    ],
)
def test_a_file_that_does_not_help_is_told_in_a_sentence(
    desk: Desk, content: bytes, words: str
) -> None:
    file = desk.folder / "x.apkg" if content[:2] == b"PK" else desk.folder / "x.txt"
    file.write_bytes(content)
    found = CliRunner().invoke(cli.main, ["pull", str(file), "--deck", str(desk.deck)])
    assert found.exit_code == 1
    assert words in found.stderr


def test_the_deck_is_found_in_decks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.edit("v5v5", Answer="my own words")
    file = real_anki.export(desk.anki, desk.folder / "all.apkg")
    monkeypatch.chdir(desk.folder)
    found = CliRunner().invoke(cli.main, ["pull", str(file)])
    assert found.exit_code == 0
    assert desk.card("v5v5").content == Basic("What is a vacuole?", "my own words")
