from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import real_anki
from anki.collection import Collection, ImportCsvRequest
from click.testing import CliRunner
from sample import CELLS

from quizgen import deckfile
from quizgen.anki import packages
from quizgen.cli import main
from quizgen.exports import Options, anki, tsv
from quizgen.model import Basic, Card, Cloze, Deck

if TYPE_CHECKING:
    from anki.import_export_pb2 import ImportResponse

NASTY = Card(
    "n5n5",
    Basic('Tab\there, "quotes" and <int>', "# no comment\n\n- a; b\n- `x\ty`"),
    state="kept",
)
BLANKS = Card("b2b2", Cloze("The {{mitochondrion}} makes {{c2::ATP::energy}}."), state="kept")
CHOICE, *_ = (card for card in deckfile.parse(CELLS).deck.cards if card.id == "m4x9")
DECK = Deck("k3v9qz", "Cells: week 3", cards=(NASTY, BLANKS, CHOICE), anki_deck="Bio::Cells")


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Collection]:
    """Give a collection that has learnt quizgen's note types from a package."""
    with real_anki.collection(tmp_path / "theirs") as opened:
        first = replace(DECK, id="first", anki_deck="First")
        package = tmp_path / "first.apkg"
        package.write_bytes(anki.export((first,), Options())[".apkg"])
        assert real_anki.take(opened, package) == (3, 0, 0)
        yield opened


def take(into: Collection, folder: Path, deck: Deck) -> ImportResponse.Log:
    """Import a file as Anki's dialog proposes to, going by its headers."""
    path = folder / "notes.txt"
    path.write_bytes(tsv.export((deck,), Options())[".txt"])
    metadata = into.get_csv_metadata(str(path), None)
    return into.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log


def test_anki_imports_the_notes_into_their_types_decks_and_tags(
    theirs: Collection, tmp_path: Path
) -> None:
    log = take(theirs, tmp_path, DECK)
    assert (len(log.new), len(log.updated), len(log.conflicting)) == (3, 0, 0)
    (found,) = theirs.find_notes('"deck:Bio::Cells" "note:Quizgen Choice" tag:quizgen::draft')
    note = theirs.get_note(found)
    assert note["Question"] == "Which organelle carries its own DNA?"
    assert note["Notice"] == "Draft, not reviewed"
    assert len(theirs.find_cards('"deck:Bio::Cells" "note:Quizgen Cloze"')) == 2


def test_importing_again_updates_and_makes_no_duplicate(theirs: Collection, tmp_path: Path) -> None:
    take(theirs, tmp_path, DECK)
    reworded = replace(BLANKS, content=Cloze("Mitochondria make {{ATP}}."))
    log = take(theirs, tmp_path, replace(DECK, cards=(NASTY, reworded, CHOICE)))
    assert (len(log.new), len(log.updated)) == (0, 1)
    assert theirs.note_count() == 6
    (found,) = theirs.find_notes('"deck:Bio::Cells" "note:Quizgen Cloze"')
    assert theirs.get_note(found)["Text"] == "Mitochondria make {{c1::ATP}}."


def test_a_package_of_the_same_deck_finds_its_notes_again(
    theirs: Collection, tmp_path: Path
) -> None:
    take(theirs, tmp_path, DECK)
    package = tmp_path / "same.apkg"
    package.write_bytes(anki.export((DECK,), Options())[".apkg"])
    assert real_anki.take(theirs, package) == (0, 0, 0)


def test_text_and_package_agree_on_guid_type_tags_and_every_field() -> None:
    data = tsv.export((DECK,), Options())[".txt"], anki.export((DECK,), Options())[".apkg"]
    text, packed = (
        packages.read(*each).notes for each in zip(data, ("x.txt", "x.apkg"), strict=True)
    )
    assert len(text) == len(packed) == 3
    for one, other in zip(text, packed, strict=True):
        assert (one.guid, one.type.name, one.tags) == (other.guid, other.type.name, other.tags)
        assert one.values[: len(other.values)] == other.values
        assert not any(one.values[len(other.values) :])
        assert one.cards[0].deck == other.cards[0].deck == "Bio::Cells"


def test_what_was_withdrawn_does_not_come_back_as_new(tmp_path: Path) -> None:
    path = tmp_path / "cells.md"
    path.write_text(CELLS.replace("- [x]", "- [ ] Golgi apparatus\n- [x]"))
    run = CliRunner().invoke
    assert run(main, ["export", str(path), "--to", "tsv", "--drafts"]).exit_code == 0
    dropped = path.read_text().replace("^k7q2 kept", "^k7q2 dropped")
    path.write_text(dropped)
    done = run(main, ["export", str(path), "--to", "tsv", "--drafts"])
    assert done.exit_code == 0, done.output
    (left,) = packages.read((tmp_path / "cells.txt").read_bytes(), "cells.txt").notes
    assert left.type.name == "Quizgen Choice"
