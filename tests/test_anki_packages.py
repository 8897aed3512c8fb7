from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import real_anki
import zstandard
from anki.collection import Collection
from hypothesis import given
from hypothesis import strategies as st

from quizgen.anki import packages, plaintext, wire
from quizgen.anki.notes import AnkiCard, AnkiNote
from quizgen.errors import QuizgenError

FORMATS = ("new.apkg", "old.apkg", "new.colpkg", "old.colpkg")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Export what a person has in every way that Anki offers."""
    place = tmp_path_factory.mktemp("anki")
    with real_anki.collection(place / "theirs") as theirs:
        fill(theirs)
        for name in (*FORMATS, "notes.txt"):
            real_anki.export(theirs, place / name, legacy=name.startswith("old"))
        yield place


def fill(theirs: Collection) -> None:
    question = 'Where does "the\tcycle" run?'
    fields = {"Front": question, "Back": "In the <b>matrix</b>.<br>\nNot &lt;here&gt;."}
    real_anki.add(theirs, "Basic", "Biology::Cells", fields, "exam", "cells::energy")
    blanks = {"Text": "{{c1::Rome}} and {{c2::Carthage}}", "Back Extra": ""}
    cards = real_anki.add(theirs, "Cloze", "History", blanks).cards()
    theirs.set_user_flag_for_cards(2, [cards[0].id])
    theirs.sched.suspend_cards([cards[1].id])
    both = {"Front": "水", "Back": "mizu"}
    real_anki.add(theirs, "Basic (and reversed card)", "Japanese", both)


def read(path: Path) -> dict[str, AnkiNote]:
    found = packages.read(path.read_bytes(), str(path))
    return {note.values[0]: note for note in found.notes}


@pytest.mark.parametrize("name", FORMATS)
def test_every_package_tells_notes_cards_types_and_decks(name: str, folder: Path) -> None:
    notes = read(folder / name)
    cycle = notes['Where does "the\tcycle" run?']
    assert cycle.fields["Back"] == "In the <b>matrix</b>.<br>\nNot &lt;here&gt;."
    assert cycle.tags == ("cells::energy", "exam")
    assert cycle.type.name == "Basic"
    assert cycle.type.fields == ("Front", "Back")
    assert [template.front for template in cycle.type.templates] == ["{{Front}}"]
    assert "{{FrontSide}}" in cycle.type.templates[0].back
    assert ".card" in cycle.type.css
    assert cycle.cards == (AnkiCard(0, "Biology::Cells"),)
    assert cycle.mod > 1_700_000_000
    blanks = notes["{{c1::Rome}} and {{c2::Carthage}}"]
    assert blanks.type.is_cloze
    assert blanks.type.blanked == "Text"
    assert blanks.cards == (
        AnkiCard(0, "History", flag=2),
        AnkiCard(1, "History", suspended=True),
    )
    assert [card.ordinal for card in notes["水"].cards] == [0, 1]
    assert len(notes) == 3


def test_a_text_export_tells_the_same_notes_by_the_same_guids(folder: Path) -> None:
    whole, text = read(folder / "new.apkg"), read(folder / "notes.txt")
    for first, note in whole.items():
        same = text[first]
        assert (same.guid, same.type.name, same.tags) == (note.guid, note.type.name, note.tags)
        assert [value.strip() for value in same.values[: len(note.values)]] == [
            value.strip() for value in note.values
        ]
        assert {card.deck for card in same.cards} == {card.deck for card in note.cards}
    assert not packages.read((folder / "notes.txt").read_bytes(), "notes.txt").tells_cards


def test_a_card_in_a_filtered_deck_is_told_by_its_home(tmp_path: Path) -> None:
    with real_anki.collection(tmp_path / "theirs") as theirs:
        fill(theirs)
        filtered = theirs.sched.get_or_create_filtered_deck(0)  # pyright: ignore[reportArgumentType]
        filtered.name = "Cramming"
        filtered.config.search_terms[0].search = "deck:History"
        theirs.sched.add_or_update_filtered_deck(filtered)
        notes = read(real_anki.export(theirs, tmp_path / "all.colpkg"))
    assert notes["{{c1::Rome}} and {{c2::Carthage}}"].cards[0].deck == "History"


def test_other_separators_fixed_columns_and_plain_text_are_read() -> None:
    data = (
        "\ufeff#separator:Semicolon\n#html:false\n#columns:Front;Back;Tags\n#notetype:Basic\n"
        "#deck:Biology\n#tags column:3\n# no header: a comment begins a card; x < y\n"
        '"two\nlines";"a ""quote""";one two\n'
    )
    first, second = plaintext.notes(data.encode(), "x.txt")
    assert first.values == ("# no header: a comment begins a card", " x &lt; y")
    assert second.fields == {"Front": "two<br>lines", "Back": 'a "quote"'}
    assert (second.type.name, second.tags) == ("Basic", ("one", "two"))
    assert second.cards == (AnkiCard(0, "Biology"),)


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "x.apkg", "it is no zip file"),
        (b"PK\x03\x04 and no more", "x.apkg", "it is damaged"),
        (zipped(readme__txt=b"hello"), "x.apkg", "without a collection"),
        (zipped(collection__anki2=b"no database at all"), "x.apkg", "cannot be read"),
        (zipped(collection__anki21b=b"no zstd"), "x.apkg", "it is damaged"),
        (zipped(collection__anki21b=zstandard.compress(b"x")), "x.apkg", "cannot be read"),
        (b"\xff\xfe", "x.txt", "x.txt:1: this is not UTF-8"),
        (b"a\0b", "x.txt", "is no text"),
        (b"#separator:tab\n", "x.txt", "holds no notes"),
    ],
)
def test_what_is_no_export_of_anki_is_told_in_a_sentence(
    data: bytes, name: str, words: str
) -> None:
    with pytest.raises(QuizgenError, match=words):
        packages.read(data, name)


@given(st.binary(max_size=200), st.sampled_from(["x.apkg", "x.txt"]))
def test_no_bytes_at_all_make_a_traceback(data: bytes, name: str) -> None:
    for each in (data, b"PK\x03\x04" + data, zipped(collection__anki2=data)):
        try:
            packages.read(each, name)
        except QuizgenError as error:
            assert name in str(error)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize("name", FORMATS)
def test_a_cut_off_package_is_told_in_a_sentence(name: str, cut: float, folder: Path) -> None:
    data = (folder / name).read_bytes()
    with pytest.raises(QuizgenError, match="is no Anki package"):
        packages.read(data[: int(len(data) * cut)], name)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_message_or_a_value_error(data: bytes) -> None:
    try:
        found = wire.fields(data)
    except ValueError:
        return
    assert all(isinstance(value, int | bytes) for value in found.values())


def test_numbers_and_strings_of_a_message_are_read() -> None:
    found = wire.fields(b"\x08\x96\x01\x12\x03abc\x1d\x00\x00\x00\x00")
    assert (wire.number(found, 1), wire.text(found, 2)) == (150, "abc")
    assert (wire.number(found, 2), wire.text(found, 9)) == (0, "")
