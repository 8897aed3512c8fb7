"""Deck files are replaced whole, logged, and found again."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from sample import CELLS

from quizgen import deckfile, files, history, stamping, store
from quizgen.deckfile import Edit
from quizgen.errors import DeckChanged, DeckSyntaxError, QuizgenError
from quizgen.history import Event
from quizgen.model import Card, Deck, State
from quizgen.restamping import Restamped


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "decks" / "cells.md"
    path.parent.mkdir()
    path.write_bytes(CELLS.encode())
    return path


def keep(path: Path, card: str) -> store.Stored:
    parsed = store.load(path).parsed
    before = parsed.block(parsed.index(card))
    return store.save(path, [Edit(card, before, deckfile.restamp(before, state="kept"))])


def test_a_decision_changes_one_word_of_the_file(path: Path):
    keep(path, "m4x9")
    assert path.read_text(encoding="utf-8") == CELLS.replace("^m4x9 draft", "^m4x9 kept")


def test_every_card_is_logged_once(path: Path):
    keep(path, "m4x9")
    keep(path, "m4x9")
    log = store.log_path(path).read_text(encoding="utf-8")
    assert log.count('"made"') == 2
    assert history.read(log.encode()).made == {"k7q2": "9f3a21", "m4x9": "77b0de"}


def test_a_card_deleted_by_hand_is_remembered_as_gone(path: Path):
    keep(path, "m4x9")
    parsed = store.load(path).parsed
    path.write_text(parsed.text.replace(parsed.block(1), ""), encoding="utf-8")
    stored = store.load(path)
    assert stored.history.gone(card.id for card in stored.deck.cards) == {"77b0de": "m4x9"}


def test_a_log_cut_short_or_merged_badly_is_still_read():
    good = b'{"what": "made", "id": "a2", "from": "f1"}\n'
    assert history.read(good + b"<<<<<<< ours\n[1]\n" + b'{"what": "ma').made == {"a2": "f1"}


def test_a_new_line_of_the_log_never_joins_a_broken_one(tmp_path: Path):
    log = tmp_path / "x.log.jsonl"
    log.write_bytes(b'{"cut')
    files.append(log, [b'{"what": "made", "id": "a2"}\n'])
    assert history.read(log.read_bytes()).made == {"a2": ""}


def test_how_a_card_was_exported_is_known_again(path: Path):
    """The log tells it, though only a hash of it is kept in memory."""

    def change(current: store.Stored) -> Restamped:
        cards = enumerate(current.deck.cards)
        stamps = {at: replace(card, stamp=replace(card.stamp, mod="17-ab")) for at, card in cards}
        done.append(Restamped(current.parsed, stamps))
        return done[0]

    done: list[Restamped] = []
    texts = (Event("exported", "k7q2", text=next(each.blocks())[1]) for each in done)
    store.restamp(path, change, texts)
    stored = store.load(path)
    block = stored.parsed.block(0)
    assert "mod=17-ab" in block
    assert stored.history.exported["k7q2"].is_as(block)
    assert not stored.history.exported["k7q2"].is_as(block + " ")
    assert store.exported(path, {"k7q2", "m4x9"}) == {"k7q2": block}


def test_a_deck_that_is_only_tried_stays_as_it_is(path: Path):
    stamped = store.load(path).parsed

    def change(current: store.Stored) -> Restamped:
        card = current.deck.cards[0]
        return Restamped(current.parsed, {0: replace(card, id="other")}, "+++\n")

    store.restamp(path, change, [Event("kept", "k7q2")], write=False)
    assert path.read_bytes() == CELLS.encode()
    assert not store.log_path(path).exists()
    assert store.load(path).parsed == stamped


def test_a_deck_begun_again_forgets_the_old_one(tmp_path: Path):
    path = tmp_path / "x.md"
    card = deckfile.parse(CELLS).deck.cards[0]
    store.create(path, Deck("k3v9qz", "Cells", (), (card,)))
    path.unlink()
    store.create(path, Deck("k3v9qz", "Cells"))
    assert store.load(path).history.made == {}


def test_saving_over_a_changed_card_is_refused_and_writes_nothing(path: Path):
    with pytest.raises(DeckChanged):
        store.save(path, [Edit("m4x9", "## What it was?\n\nNo.", "## What it is?\n\nNo.")])
    assert path.read_bytes() == CELLS.encode()


def test_a_broken_deck_is_refused_with_its_file_and_line(path: Path):
    path.write_text(CELLS + "\n## Nothing below?\n", encoding="utf-8")
    with pytest.raises(DeckSyntaxError, match=r"cells\.md:29: this card has no answer"):
        store.load(path)


def test_a_deck_that_is_not_utf8_is_refused_with_its_line(path: Path):
    path.write_bytes(CELLS.encode() + "\n## Café?\n\nOui.\n".encode("latin-1"))
    with pytest.raises(DeckSyntaxError, match=r"cells\.md:29: .*UTF-8"):
        store.load(path)


def test_a_failed_write_leaves_the_old_deck_and_no_temporary_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(QuizgenError, match="the disk is full"):
        keep(path, "m4x9")
    assert path.read_bytes() == CELLS.encode()
    assert sorted(each.name for each in path.parent.iterdir()) == ["cells.md"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind no root")
def test_a_read_only_folder_gives_one_sentence(path: Path):
    path.parent.chmod(0o500)
    try:
        with pytest.raises(QuizgenError, match="you have no permission for the file"):
            keep(path, "m4x9")
    finally:
        path.parent.chmod(0o700)
    assert path.read_bytes() == CELLS.encode()


def test_what_a_killed_writer_left_is_swept_by_the_next(path: Path):
    (path.parent / ".cells.md.abc123.tmp").write_bytes(b"half a de")
    keep(path, "m4x9")
    assert not list(path.parent.glob(".*.tmp"))


def test_a_byte_order_mark_and_windows_lines_survive(path: Path):
    data = b"\xef\xbb\xbf" + CELLS.replace("\n", "\r\n").encode()
    path.write_bytes(data)
    keep(path, "m4x9")
    assert path.read_bytes() == data.replace(b"^m4x9 draft", b"^m4x9 kept")


def _add_ten(path: str, name: str) -> None:
    for number in range(10):
        card = Card(
            f"{name}{number}{number}{number}",
            deckfile.parse(CELLS).deck.cards[1].content,
            section="Energy",
        )
        store.update(Path(path), lambda stored, card=card: deckfile.add(stored.parsed, [card]))


def test_two_writers_at_once_lose_nothing(path: Path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_add_ten, args=(str(path), name)) for name in "bc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(store.load(path).deck.cards) == 22


def test_a_deck_is_found_by_its_id_and_by_its_sources(path: Path, tmp_path: Path):
    shelf = store.shelf(path.parent)
    assert store.find(shelf, "k3v9qz", []) == path
    assert store.find(shelf, "other2", [tmp_path / "seeds" / "cells.md"]) == path
    assert store.find(shelf, "other2", [tmp_path / "seeds" / "stars.md"]) is None


def test_the_latest_deck_is_the_one_written_last(path: Path):
    newer = path.with_name("newer.md")
    newer.write_text(CELLS, encoding="utf-8")
    os.utime(path, (1, 1))
    assert store.latest(path.parent) == newer
    with pytest.raises(QuizgenError, match="there is no deck"):
        store.latest(path.parent / "nowhere")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Dr Lin: Inside the Cell | Slow Biology #12", "dr-lin-inside-the-cell-slow-biology-12"),
        ("Über das Gedächtnis", "über-das-gedächtnis"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-deck"),
        ("???", "deck"),
        ("記憶", "記憶"),
    ],
)
def test_a_file_name_comes_from_the_title_and_is_safe(title: str, name: str):
    assert store.slug(title) == name


def test_a_hand_written_card_is_given_an_id_and_nothing_else_moves():
    text = CELLS + "\n## What is cytosol?\n\nThe fluid of the cell.\n"
    parsed = deckfile.parse(text)
    (edit,) = stamping.edits(parsed, (), None, 0)
    again = deckfile.parse(deckfile.apply(parsed, [edit]))
    assert again.text.startswith(text.rstrip("\n"))
    assert len(again.deck.cards[-1].id) == 4
    assert stamping.edits(again, (), None, 0) == []


def test_two_equal_hand_written_cards_get_two_ids():
    text = CELLS + "\n## What is cytosol?\n\nA fluid.\n" * 2
    parsed = deckfile.parse(text)
    again = deckfile.parse(deckfile.apply(parsed, stamping.edits(parsed, (), None, 0)))
    assert len({card.id for card in again.deck.cards}) == 4


def test_mod_moves_only_with_the_content_and_never_back():
    parsed = deckfile.parse(CELLS)

    def same(deck: Deck, card: Card) -> str:
        del deck
        return "5ac1" if card.id == "k7q2" else "77aa"

    def other(deck: Deck, card: Card) -> str:
        del deck, card
        return "ffff"

    (edit,) = stamping.edits(parsed, (), same, now=1_700_000_000)
    assert edit.card == "m4x9"
    assert "mod=1700000000-77aa" in edit.after

    edits = stamping.edits(parsed, (), other, now=1)
    assert "mod=1763688601-ffff" in edits[0].after


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_is_held_of_a_deck_is_what_is_on_the_disk_after_every_edit(path: Path, newline: str):
    """Only the bytes of an edited card are made anew, wherever the last edit was."""
    blocks = [
        f"## Wie heißt «{'é√𝒳'[n % 3] * n}»?\n\n数{n} — …\n\n<!-- ^c{n} draft ready -->\n"
        for n in range(12)
    ]
    text = CELLS[: CELLS.index("\n##")] + "\n" + "\n".join(blocks)
    path.write_bytes(text.replace("\n", newline).encode())
    stored = store.load(path)
    chance = random.Random(1)
    for number in range(60):
        card = f"c{chance.randrange(12)}"
        before = stored.parsed.block(stored.parsed.index(card))
        state: State = "kept" if "draft" in before else "draft"
        after = deckfile.restamp(before, state=state)
        after = after.replace("heißt", "nennt man" if number % 2 else "heißt 🙂")
        if number % 7 == 3:  # an editor writes too
            path.write_bytes(path.read_bytes().replace("数".encode(), "数々".encode(), 1))
            stored = store.reload(stored)
            before = stored.parsed.block(stored.parsed.index(card))
            after = deckfile.restamp(before, state=state)
        stored = store.save(path, [Edit(card, before, after)], known=stored)
        assert stored.data == path.read_bytes() == stored.parsed.text.encode()
        assert stored.parsed == deckfile.parse(stored.parsed.text)
