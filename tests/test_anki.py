from __future__ import annotations

import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from browser import Page, opened
from click.testing import CliRunner
from hypothesis import given
from inspect_anki import inspect, visible
from strategies import decks

from quizgen.cli import main
from quizgen.errors import QuizgenError
from quizgen.exports import (
    FIELD_END,
    Options,
    Written,
    anki,
    anki_fields,
    anki_hashes,
    anki_names,
    anki_notetypes,
)
from quizgen.exports.anki_shelf import Shelf
from quizgen.markup import safe
from quizgen.model import Basic, Card, Choice, Cloze, Content, Deck, Evidence, Stamp

if TYPE_CHECKING:  # at run time it must come after anki.collection
    from anki.cards import Card as AnkiCard

LIN = Evidence(
    "Each mitochondrion makes ATP by oxidative phosphorylation.",
    *("../seeds/cells.md", (12, 13), "Dr Lin", 751, "https://example.org/v?t=751", "verbatim"),
)
WHAT = Card(
    "k7q2",
    Basic("What does the mitochondrion produce for the cell?", "ATP, by **oxidation**: $2^{n}$"),
    (LIN,),
    "kept",
    "ready",
    why="It holds the enzymes.",
    section="Energy",
    tags=("energy",),
    stamp=Stamp("definition", "9f3a21", "1763688600-5ac1"),
)
WHICH = Card(
    "m4x9",
    Choice(
        "Which organelle carries its own DNA?", ("Ribosome", "Mitochondrion", "Nucleolus"), (1,)
    ),
    (
        replace(LIN, match="near", note="They each make ATP."),
        Evidence("It carries DNA of its own.", "notes.md", (3, 3), match="condensed"),
    ),
    why="It descends from a bacterium.",
)
BLANKS = Card(
    "b2b2",
    Cloze("The {{mitochondrion}} makes {{c2::ATP::energy}}."),
    (Evidence("The mitochondrion makes ATP.", "cells.md", (5, 5), match="page"),),
    "kept",
)
TRUE = Card("t3t3", Choice("A virus is a cell.", ("True", "False"), (1,)), (), "kept")
BOTH = Card("p4p4", Choice("Which are primes?", ("2", "4", "5"), (0, 2)), (), "kept")
DECK = Deck("k3v9qz", "Cell biology, week 3", (), (WHAT, WHICH, BLANKS, TRUE, BOTH))


def package(*decks: Deck, options: Options | None = None) -> bytes:
    return anki.export(decks, options or Options())[".apkg"]


def changed(deck: Deck, index: int, card: Card) -> Deck:
    return replace(deck, cards=(*deck.cards[:index], card, *deck.cards[index + 1 :]))


def one(content: Content, **more: object) -> Deck:
    return replace(DECK, cards=(replace(Card("x1x1", content, (), "kept"), **more),))


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    made = Collection(str(tmp_path / "collection.anki2"))
    yield made
    made.close()


def take(collection: Collection, data: bytes, folder: Path) -> tuple[int, int, int]:
    """Import a package: new notes, updated ones, and those that clash."""
    path = folder / "deck.apkg"
    path.write_bytes(data)
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    request = ImportAnkiPackageRequest(package_path=str(path), options=options)
    log = collection.import_anki_package(request).log
    return len(log.new), len(log.updated), len(log.conflicting)


def test_every_card_arrives_once_and_shows_both_sides(tmp_path: Path) -> None:
    path = tmp_path / "cells.apkg"
    path.write_bytes(package(DECK))
    facts = inspect(path)
    assert (facts.notes, facts.cards, facts.blank) == (5, 6, ())
    assert facts.decks == ("Cell biology, week 3",)
    assert (facts.first.new, facts.second.new, facts.second.updated) == (5, 0, 0)


def test_the_back_shows_why_and_whose_words_make_it_true(
    collection: Collection, tmp_path: Path
) -> None:
    take(collection, package(DECK), tmp_path)
    backs = {card.note()["CardId"]: card.answer() for card in cards_of(collection)}
    what = visible(backs["k7q2"])
    assert "It holds the enzymes. Each mitochondrion makes ATP" in what
    assert what.endswith("Dr Lin · 12:31 · cells.md:12–13")
    assert '<a href="https://example.org/v?t=751">12:31</a>' in backs["k7q2"]
    assert "On the page: “They each make ATP.”" in visible(backs["m4x9"])
    assert "notes.md:3 · paraphrase" in visible(backs["m4x9"])
    assert "cells.md:5 · wording as on the page" in visible(backs["b2b2"])


def cards_of(collection: Collection) -> list[AnkiCard]:
    return [collection.get_card(card) for card in collection.find_cards("")]


def test_a_corrected_answer_updates_that_note_only(collection: Collection, tmp_path: Path) -> None:
    take(collection, package(DECK), tmp_path)
    better = replace(
        WHAT,
        content=Basic("What does it produce?", "ATP only."),
        stamp=replace(WHAT.stamp, mod="1763688601-77aa"),
    )
    added = replace(TRUE, id="n5n5")
    later = changed(DECK, 0, better)
    later = replace(later, cards=(*later.cards, added))
    assert take(collection, package(later), tmp_path) == (1, 1, 0)
    assert take(collection, package(later), tmp_path) == (0, 0, 0)


def test_a_persons_own_edit_outlives_an_export_of_an_unchanged_deck(
    collection: Collection, tmp_path: Path
) -> None:
    take(collection, package(DECK), tmp_path)
    note = collection.get_note(collection.find_notes("CardId:k7q2")[0])
    note["Answer"] = "my own words"
    note.tags.append("leech")
    collection.update_note(note)
    take(collection, package(DECK), tmp_path)
    note.load()
    assert (note["Answer"], "leech" in note.tags) == ("my own words", True)


def test_decks_exported_apart_do_not_take_each_others_notes(
    collection: Collection, tmp_path: Path
) -> None:
    other = replace(DECK, id="zzz999", title="Another week")
    assert take(collection, package(DECK), tmp_path) == (5, 0, 0)
    assert take(collection, package(other), tmp_path) == (5, 0, 0)
    assert take(collection, package(DECK, other), tmp_path) == (0, 0, 0)


def test_two_exports_of_one_deck_are_the_same_bytes_and_leave_no_file_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert package(DECK) == package(DECK)
    assert list(tmp_path.iterdir()) == []


def test_cards_are_learnt_in_the_order_of_the_deck() -> None:
    rows = rows_of(package(DECK), "select due from cards order by id")
    assert [due for (due,) in rows] == [1, 2, 3, 3, 4, 5]


def rows_of(data: bytes, query: str) -> list[tuple[object, ...]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_a_notes_name_and_time_come_from_its_stamp() -> None:
    rows = rows_of(package(DECK), "select guid, mod, tags from notes order by id")
    work = "quizgen::work::Cell_biology,_week_3"
    derived = "quizgen::section::Energy quizgen::speaker::Dr_Lin quizgen::kind::definition"
    assert rows[0] == (
        "k3v9qzQk7q2",
        1763688600,
        f" energy {work} {derived} ",
    )
    assert rows[1] == (
        "k3v9qzQm4x9",
        anki.FIRST_MOD,
        f" {work} quizgen::speaker::Dr_Lin quizgen::draft ",
    )


def test_a_draft_says_so_on_both_sides(collection: Collection, tmp_path: Path) -> None:
    take(collection, package(replace(DECK, cards=(WHICH,))), tmp_path)
    (card,) = cards_of(collection)
    assert "Draft, not reviewed" in visible(card.question())
    assert "Draft, not reviewed" in visible(card.answer())
    kept = replace(WHICH, state="kept")
    assert anki.fingerprint(DECK, kept) != anki.fingerprint(DECK, WHICH)


def test_a_fingerprint_changes_with_what_is_shown_and_with_nothing_else() -> None:
    same = replace(WHAT, tier="rough", stamp=Stamp("definition", "other", "1-x"))
    shown = (
        replace(WHAT, why="Because."),
        replace(WHAT, section="Cells"),
        replace(WHAT, tags=("atp",)),
        replace(WHAT, evidence=()),
        replace(WHAT, content=Basic("What does it make?", "ATP")),
    )
    fingerprint = anki.fingerprint(DECK, WHAT)
    assert re.fullmatch(r"[0-9a-f]{8}", fingerprint)
    assert anki.fingerprint(DECK, same) == fingerprint
    assert len({fingerprint, *(anki.fingerprint(DECK, card) for card in shown)}) == 6


def test_the_note_holds_the_fingerprint_it_was_exported_with(
    collection: Collection, tmp_path: Path
) -> None:
    take(collection, package(DECK), tmp_path)
    note = collection.get_note(collection.find_notes("CardId:k7q2")[0])
    assert note["Hash"].partition(".")[0] == anki.fingerprint(DECK, WHAT)


@pytest.mark.parametrize(
    ("deck", "words"),
    [
        (one(Cloze("No blank at all.")), "'x1x1' of 'Cell biology, week 3' would make no card"),
        (one(Cloze("Nothing {{}} hidden.")), "would make no card"),
        (one(Cloze("Nothing {{c0::nought}} hidden.")), "would make no card"),
        (one(Basic("", "An answer."), section="Energy"), "would make no card"),
        (one(Choice("Which?", ("a", "b"), ())), "has no right option"),
        (one(Basic("What?", "That."), id=""), "has no id yet"),
        (replace(DECK, cards=(WHAT, WHAT)), "two cards have the id 'k7q2'"),
        (replace(DECK, cards=()), "no card to export"),
    ],
)
def test_a_card_that_anki_could_not_show_stops_the_export(deck: Deck, words: str) -> None:
    with pytest.raises(QuizgenError, match=re.escape(words)):
        package(deck)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Cells::Energy", "Cells: Energy"),
        ("Default", "Default (quizgen)"),
        (" a \n b\x1f ", "a b"),
        ("", "Deck k3v9qz"),
    ],
)
def test_the_title_names_one_deck_of_its_own(title: str, name: str) -> None:
    assert anki_names.deck_name(replace(DECK, title=title)) == name


@pytest.mark.parametrize(
    ("tags", "written"),
    [
        (("two words", 'a"b', "x*"), ("two_words", "a_b", "x_")),
        (("biology::cells", ":::odd::", ":"), ("biology::cells", "odd")),
        (("ü", "ü", "हिन्दी"), ("ü", "हिन्दी")),
    ],
)
def test_tags_are_written_as_anki_takes_them(
    tags: tuple[str, ...], written: tuple[str, ...]
) -> None:
    assert (
        anki_names.tags(
            Deck("d", ""), replace(WHAT, tags=tags, evidence=(), section="", stamp=Stamp())
        )[:-1]
        == written
    )


HOSTILE = (
    *("List<int> x < y & z &amp;amp; </div>", "<script>alert(1)</script><iframe src=//a>"),
    *("std::vector<std::string>", "a\x1fb\x00c\x0bd", "lone \ud800 surrogate", "שלום עולם: מה זה?"),
    *(
        "细胞膜的主要成分是什么？",
        "{{c1::x}} {{Question}} {{#Tags}}",
        "[anki:tts lang=en]hi[/anki:tts]",
    ),
    *("[sound:x.mp3] [latex]\\alpha[/latex] [$]x[/$]", "\\(live?\\) \\[no\\]"),
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_of_a_document_arrive_intact_and_inert(
    words: str, collection: Collection, tmp_path: Path
) -> None:
    evidence = (Evidence(words, words, (1, 2), words, 3, "http://x.y/[{", "near", words),) * 2
    contents = (
        Basic(f"Q {words}", f"A {words}"),
        Cloze("Q " + words.replace("{{", "\\{{") + " {{std::x<y>}} $x^{2^{n}} = {{4}}$"),
        Choice(f"Q {words}", (words, f"{words} 2"), (0,)),
    )
    cards = tuple(
        Card(f"h{index}", content, evidence, "kept", why=words, section=words, tags=(words,))
        for index, content in enumerate(contents)
    )
    assert take(collection, package(Deck("h", words, (), cards)), tmp_path) == (3, 0, 0)
    assert collection.card_count() == 4
    shown = " ".join(safe.clean(words).split())
    for card in cards_of(collection):
        output = card.render_output()
        assert not output.question_av_tags
        assert not output.answer_av_tags
        assert not re.search(r"<(iframe|img|int)\b|alert\(1\)</script>", output.answer_text)
        source = visible(card.note()["Evidence"])
        assert unescape(source.replace("\\ ", "\\")) == shown
        assert shown in unescape(visible(card.answer()).replace("\\ ", "\\"))


def test_a_hostile_deck_arrives_whole_and_inert(tmp_path: Path) -> None:
    deck = tmp_path / "hostile.md"
    deck.write_bytes((CASES / "anki-hostile.md").read_bytes())
    done = CliRunner().invoke(main, ["export", str(deck), "--to", "anki"])
    assert done.exit_code == 0, done.output
    found = inspect(tmp_path / "hostile.apkg")
    assert (found.notes, found.first.new, found.second.duplicate) == (11, 11, 11)
    assert (found.blank, found.live) == ((), ())
    assert found.due == tuple(range(1, 12))
    assert found.decks == ('Templates: a: b "x" <b>&amp;</b>',)
    (learnt,) = [back for front, back in found.shown if "List&lt;int&gt;" in front]
    assert "&lt;script&gt;alert(&#x27;seed&#x27;)&lt;/script&gt; says" in learnt


@given(decks(smallest=1))
def test_any_deck_exports_or_says_which_card_cannot(deck: Deck) -> None:
    try:
        data = package(deck)
    except QuizgenError as error:
        assert any(repr(card.id) in str(error) for card in deck.cards)
        return
    (notes,) = rows_of(data, "select count() from notes")[0]
    assert notes == len(deck.cards)
    assert rows_of(data, "select id from notes where id not in (select nid from cards)") == []


CASES = Path(__file__).parent / "cases"


@pytest.mark.real("chromium")
def test_options_stand_in_the_same_order_on_both_sides_and_the_right_ones_are_marked(
    collection: Collection, tmp_path: Path
) -> None:
    take(collection, package(replace(DECK, cards=(WHICH, TRUE, BOTH))), tmp_path)
    cards = {
        card.note()["CardId"]: (card.question(), card.answer()) for card in cards_of(collection)
    }
    with opened(tmp_path / "chromium") as browser:
        shown = browser.page()
        for name, right in (("m4x9", ["Mitochondrion"]), ("t3t3", ["False"]), ("p4p4", ["2", "5"])):
            front, back = (options(shown, side, tmp_path) for side in cards[name])
            assert [words for _, words in front] == [words for _, words in back]
            assert sorted(words for kind, words in back if kind == "right") == right
            assert {kind for kind, _ in front} == {""}
            assert not shown.run("document.querySelector('.key').checkVisibility()")
        asked = options(shown, cards["t3t3"][0], tmp_path)
        assert [words for _, words in asked] == ["True", "False"]
        shown.send("Emulation.setScriptExecutionDisabled", value=True)
        asked = options(shown, cards["m4x9"][1], tmp_path)
        assert [words for _, words in asked] == ["Ribosome", "Mitochondrion", "Nucleolus"]
        assert shown.run("document.querySelector('.key .answer').innerText") == "Mitochondrion"
        assert shown.run("document.querySelector('.key').checkVisibility()")


def options(shown: Page, side: str, folder: Path) -> list[tuple[str, str]]:
    """List the options as a browser shows them: how each is marked, and its words."""
    path = folder / "card.html"
    path.write_text(f"<!doctype html><meta charset=utf-8>{side}", encoding="utf-8")
    shown.open(path.as_uri())
    found: list[list[str]] = shown.run(
        "[...document.querySelectorAll('ol.options > li')]"
        ".map(one => [one.className, one.innerText])"
    )
    return [(kind, words.strip()) for kind, words in found]


def test_a_template_of_ones_own_takes_the_place_of_the_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "anki").mkdir()
    style = "/* mod 1795999777 */\n.card { color: teal }\n"
    (tmp_path / "anki" / "style.css").write_text(style, encoding="utf-8")
    data = package(DECK, options=Options(templates=tmp_path))
    models = json.loads(str(rows_of(data, "select models from col")[0][0]))
    assert {model["css"] for model in models.values()} == {".card { color: teal }"}
    assert {model["mod"] for model in models.values()} == {1795999777}


def test_pictures_and_sounds_go_along_under_the_name_of_their_content(
    collection: Collection, tmp_path: Path
) -> None:
    card = replace(
        WHAT,
        content=Basic("What is ![a cell](img/Cell 1.PNG)?".replace(" 1", "%201"), "![](a.mp3)"),
    )
    media = {("k3v9qz", "img/Cell 1.PNG"): b"\x89PNG one", ("k3v9qz", "a.mp3"): b"ID3 two"}
    deck = replace(DECK, cards=(card,))
    assert take(collection, package(deck, options=Options(media=media)), tmp_path) == (1, 0, 0)
    (shown,) = cards_of(collection)
    names = sorted(path.name for path in Path(collection.media.dir()).iterdir())
    assert [re.fullmatch(r"[0-9a-f]{24}\.(png|mp3)", name) is not None for name in names] == [
        True,
        True,
    ]
    assert f'<img src="{next(name for name in names if name.endswith("png"))}" alt="a cell">' in (
        shown.question()
    )
    assert len(shown.answer_av_tags()) == 1
    found = collection.media.check()
    assert (list(found.missing), list(found.unused)) == ([], [])


def test_a_context_that_gives_the_answer_away_is_left_out() -> None:
    card = replace(WHAT, content=Basic("What is this week about?", "Cell biology"))
    rows = rows_of(package(replace(DECK, cards=(card,))), "select flds from notes")
    fields = str(rows[0][0]).split("\x1f")
    names = anki_notetypes.BASIC.fields
    assert fields[names.index("Work")] == ""
    assert fields[names.index("Section")] == "Energy"


@pytest.mark.parametrize(
    ("question", "answer", "rule", "term"),
    [
        ("What is a vacuole?", "A sac of water", "hand", "vacuole"),
        ("What is the Krebs cycle?", "A ring of reactions", "hand", "Krebs cycle"),
        ("What does ATP stand for?", "Adenosine triphosphate", "acronym", "ATP"),
        ("What is the law of demand?", "More is asked at less", "definition", "law of demand"),
        ("What is the capital of France?", "Paris, on the Seine", "hand", ""),
        ("What does this print?", "One, two, three", "hand", ""),
        ("What is 7 × 8?", "56", "hand", ""),
    ],
)
def test_only_a_definition_asks_for_its_term_too(
    question: str, answer: str, rule: str, term: str
) -> None:
    card = Card("k7q2", Basic(question, answer), stamp=Stamp(rule=rule))
    fields = anki_fields.write(card, anki_fields.Setting(reverse=True))
    assert fields.get("Reverse", "") == term


def test_decks_of_one_export_learn_their_cards_in_order(
    collection: Collection, tmp_path: Path
) -> None:
    other = replace(DECK, id="zzz999", title="Another week", anki_deck="School::Another week")
    subdecks = replace(DECK, anki_options=("subdecks",))
    assert take(collection, package(subdecks, other), tmp_path) == (10, 0, 0)
    found = {collection.decks.name(card.did) for card in cards_of(collection)}
    assert found == {
        "Cell biology, week 3",
        "Cell biology, week 3::Energy",
        "School::Another week",
    }
    described = collection.decks.by_name("School::Another week")
    assert described
    assert described["desc"] == "Made with quizgen."


def test_a_hash_tells_which_field_has_changed() -> None:
    basic = anki_notetypes.BASIC
    fields = {"Question": "Q", "Answer": "A", "Evidence": "E", "CardId": "x"}
    before = anki_hashes.write(basic, fields, ("b", "a"))
    assert anki_hashes.changed(basic, before, anki_hashes.write(basic, fields, ("a", "b"))) == set()
    for name, expected in (("Answer", "Answer"), ("Evidence", "others")):
        after = anki_hashes.write(basic, fields | {name: "other"}, ("a", "b"))
        assert anki_hashes.changed(basic, before, after) == {expected}
    assert anki_hashes.changed(basic, before, anki_hashes.write(basic, fields, ())) == {"tags"}
    assert len(anki_hashes.changed(basic, "", before)) == 5
    composed = anki_hashes.write(basic, fields | {"Answer": "caf\u00e9"}, ())
    assert anki_hashes.write(basic, fields | {"Answer": "cafe\u0301"}, ()) == composed


def test_what_was_written_for_anki_comes_off_the_shelf_as_it_was_put_there():
    shelf = Shelf()
    written = {
        f"c{number}": Written(
            FIELD_END.join(("Qué – 漢字?", str(number), "")),
            f" tag{number} " if number % 3 else "",
            f"{number:08x}.1f2e..",
            tuple(range(number % 4)),
        )
        for number in range(700)
    }
    for card, each in written.items():
        shelf.put(card, each)
    assert dict(shelf) == written
    assert [shelf[card] for card in reversed(written)] == list(reversed(written.values()))
    assert "c700" not in shelf
    shelf.put("c3", written["c4"])
    assert shelf["c3"] == written["c4"]
    assert len(shelf) == len(written)


def test_a_temporary_folder_that_is_gone_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    card = Card("k7q2", Basic("Which organelle makes ATP?", "The mitochondrion."), state="kept")
    with pytest.raises(QuizgenError, match="temporary folder"):
        anki.export((Deck("k3v9qz", "Cells", (), (card,)),), Options())
