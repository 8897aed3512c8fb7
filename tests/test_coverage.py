"""No piece of a work vanishes without a card or a line that says why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sample import PAGE

from quizgen import coverage, deckfile, documents, evidence, making, store, works
from quizgen.cli import main
from quizgen.making import Made
from quizgen.model import Basic, Document, Draft, Passage, Piece, Wish
from quizgen.pipeline import Row

QUOTES = """\
Dr Lin: Inside the Cell | Slow Biology #12

Ideas worth remembering

1 ideas

A cell wall of cellulose lets plant cells resist the pressure of water.

The rigid wall of cellulose keeps the shape of plant cells, <script>alert(1)</script> & all.

Words worth saving

1 quotes

A mitochondrion was once a bacterium of its own.

Dr Lin
"""


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("cells.txt").write_text(PAGE, encoding="utf-8")
    Path("quotes.txt").write_text(QUOTES, encoding="utf-8")
    return tmp_path


def quizgen(*args: str) -> Result:
    result = CliRunner().invoke(main, args, prog_name="quizgen")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def reported(*args: str) -> Any:
    result = quizgen("make", *args, "--report", "out/coverage.html")
    assert result.exit_code == 0, result.output
    assert "out/coverage.html: what became of every piece" in result.output
    return json.loads(Path("out/coverage.json").read_text(encoding="utf-8"))


# --- the account ---


def one_card(passage: Passage, wish: Wish) -> Iterator[Draft]:
    """Make a card of the first piece, and none of any other."""
    del wish
    piece = passage.pieces[0]
    found = evidence.of(passage.document, piece.text, piece)
    yield Draft(Basic("What makes ATP in a cell?", "Each mitochondrion"), (found,), piece, "one")


def silent(piece: Piece, passage: Passage) -> str:
    del piece, passage
    return " "


def made(why_not: Any) -> Made:
    work = works.together((documents.read(Path("cells.txt")),))
    return making.deck(work, Path("decks"), None, pasted={}, generate=one_card, why_not=why_not)


def test_a_generator_that_gives_no_reason_is_found_out():
    done = made(silent)
    said = coverage.unaccounted(done.work, done.outcome.rows, done.names)
    assert said.startswith("cells.txt:")
    assert "and 2 more of the work's pieces have neither a card nor a reason" in said
    assert said.endswith(coverage.FAULT)


def test_one_piece_that_vanished_is_named_with_its_place():
    done = made(None)
    rows = [row for row in done.outcome.rows if not row.piece.text.startswith("Ribosomes")]
    said = coverage.unaccounted(done.work, rows, done.names)
    assert re.match(r"cells\.txt:13: this insight has neither a card nor a reason", said)


def test_a_work_whose_every_piece_is_accounted_for_needs_no_sentence():
    done = made(None)
    assert coverage.unaccounted(done.work, done.outcome.rows, done.names) == ""


def test_a_headline_and_a_turn_are_no_pieces_to_account_for():
    heading = Piece("section", "Energy", (1, 1), heading="Energy")
    turn = Piece("turn", "Hello.", (2, 2), speaker="Dr Lin")
    work = works.together((Document("x.md", ("Energy", "Hello."), (heading, turn), title="Cells"),))
    assert coverage.unaccounted(work, (), {}) == ""


def test_the_table_counts_pieces_with_a_card_by_document_and_kind():
    insight = Piece("insight", "One.", (1, 1))
    rows = [
        Row("a.txt", insight, ("k7q2",)),
        Row("a.txt", Piece("quote", "Two.", (2, 2)), (), "no"),
    ]
    assert coverage.table(rows) == [["document", "insights", "quotes"], ["a.txt", "1/1", "0/1"]]
    assert coverage.lines(rows) == ["a.txt:2: quote “Two.”: no"]


# --- the report ---


def test_the_report_tells_every_piece_with_its_cards_or_a_reason():
    (work,) = reported("cells.txt", "quotes.txt")["works"]
    assert work["title"].startswith("Dr Lin: Inside the Cell")
    pieces = [piece for document in work["documents"] for piece in document["pieces"]]
    assert sum(piece["kind"] == "insight" for piece in pieces) == 4
    for piece in pieces:
        assert bool(piece["cards"]) != bool(piece["why"])
        assert re.fullmatch(r"(cells|quotes)\.txt:\d+(-\d+)?", piece["place"])
    (deck,) = store.decks(Path("decks"))
    ids = {card.id for card in store.load(deck).deck.cards}
    assert {card["id"] for piece in pieces for card in piece["cards"]} == ids
    assert work["deck"] == str(deck)
    counted = work["sources"][0]["pieces"]["insight"]
    assert counted["all"] == 4


def test_the_report_ticks_important_ideas_and_says_of_the_others_why_not():
    (work,) = reported("cells.txt", "quotes.txt")["works"]
    ideas = work["important"]
    assert 4 <= len(ideas) <= 10
    for idea in ideas:
        assert bool(idea["cards"]) != bool(idea["why"])
    (wall,) = [idea for idea in ideas if "cellulose" in idea["text"]]
    assert {each["file"] for each in (wall, *wall["also"])} == {"cells.txt", "quotes.txt"}


def test_the_report_tells_the_state_that_a_person_gave_a_card():
    reported("cells.txt")
    (deck,) = store.decks(Path("decks"))
    text = deck.read_text(encoding="utf-8")
    block = deckfile.parse(text).block(0)
    deck.write_text(text.replace(block, block.replace(" draft ", " kept ")), encoding="utf-8")
    (work,) = reported("cells.txt")["works"]
    assert work["cards"]["kept"] == 1
    states = [c["state"] for d in work["documents"] for p in d["pieces"] for c in p["cards"]]
    assert states.count("kept") == 1


def test_the_report_shows_a_card_with_blanks_as_a_learner_sees_it():
    (work,) = reported("cells.txt")["works"]
    asked = [c["question"] for d in work["documents"] for p in d["pieces"] for c in p["cards"]]
    assert any("____" in question for question in asked)
    assert not any("{{" in question for question in asked)


def test_several_works_share_one_report():
    other = PAGE.replace("Inside the Cell", "Rivers").replace("#12", "#13")
    Path("rivers.txt").write_text(other, encoding="utf-8")
    assert len(reported("cells.txt", "rivers.txt")["works"]) == 2


@pytest.mark.parametrize("name", ["r.html", "r.json", "r.HTML", "r"])
def test_both_files_are_written_whatever_suffix_is_given(name: str):
    quizgen("make", "cells.txt", "--report", name)
    assert {path.name for path in Path.cwd().glob("r.*")} == {"r.html", "r.json"}


def test_a_name_with_a_point_keeps_it():
    quizgen("make", "cells.txt", "--report", "week.3")
    assert {path.name for path in Path.cwd().glob("week*")} == {"week.3.html", "week.3.json"}


def test_a_dry_run_writes_no_report():
    result = quizgen("make", "cells.txt", "--dry-run", "--report", "r.html")
    assert "r.html: would have" in result.output
    assert not list(Path.cwd().glob("r.*"))


def test_two_reports_of_one_deck_are_the_same_bytes():
    reported("cells.txt", "quotes.txt")
    reported("cells.txt", "quotes.txt")
    before = Path("out/coverage.html").read_bytes(), Path("out/coverage.json").read_bytes()
    reported("quotes.txt", "cells.txt")
    assert (
        Path("out/coverage.html").read_bytes(),
        Path("out/coverage.json").read_bytes(),
    ) == before


class Outline(HTMLParser):
    """The tags of a page, and whether they are closed in order."""

    VOID = frozenset({"meta"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_one_well_formed_file_without_a_script_or_an_address():
    reported("cells.txt", "quotes.txt")
    page = Path("out/coverage.html").read_text(encoding="utf-8")
    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    tags = [tag for tag, _ in outline.seen]
    assert not {"script", "link", "img", "iframe"} & set(tags)
    assert not any("href" in given or "src" in given for _, given in outline.seen)
    assert "&lt;script&gt;" in page
    assert tags.count("details") == 2
    assert ("th", {"scope": "col"}) in outline.seen
    assert ("th", {"scope": "row"}) in outline.seen
    assert "prefers-color-scheme: dark" in page
    assert "width=device-width" in page
