"""Making a deck again touches nothing that a person did."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample import PAGE

from quizgen import deckfile, documents, store
from quizgen.cli import main

SEEDS = Path(__file__).parent.parent / "seeds"
MEMORY = ("insights-page.txt", "captions.txt", "ideas-and-quotes.txt", "transcript.md")


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cells.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


def quizgen(*args: str, text: str | bytes = "") -> Result:
    given = text.encode() if isinstance(text, str) else text
    result = CliRunner().invoke(main, args, input=io.BytesIO(given), prog_name="quizgen")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def deck_path() -> Path:
    (path,) = store.decks(Path("decks"))
    return path


def text() -> str:
    return deck_path().read_text(encoding="utf-8")


def make() -> str:
    result = quizgen("make", "cells.txt")
    assert result.exit_code == 0, result.output
    return result.output


def test_a_page_becomes_a_deck_of_drafts_that_show_their_evidence():
    make()
    deck = store.load(deck_path()).deck
    assert deck.sources == ("../cells.txt",)
    assert deck.cards
    for card in deck.cards:
        assert card.state == "draft"
        assert card.evidence[0].text in " ".join(PAGE.split())
        assert card.evidence[0].document == "../cells.txt"


def test_every_insight_has_a_card_or_a_line_that_says_why_not():
    output = make()
    evidence = {e.lines[0] for card in store.load(deck_path()).deck.cards for e in card.evidence}
    told = {int(line) for line in re.findall(r"no card: cells\.txt:(\d+): insight", output)}
    insights = documents.read(Path("cells.txt")).pieces
    assert len(insights) == 4
    for piece in insights:
        first, last = piece.lines
        assert (first in told) != bool(evidence & {*range(first, last + 1)})


def test_making_again_changes_no_byte():
    everything = ("make", "cells.txt", *(str(SEEDS / name) for name in MEMORY))
    quizgen(*everything)
    before = {path: path.read_bytes() for path in Path("decks").iterdir()}
    quizgen(*everything)
    assert {path: path.read_bytes() for path in Path("decks").iterdir()} == before


def test_edited_words_stay():
    make()
    card = store.load(deck_path()).deck.cards[0]
    block = deckfile.parse(text()).block(0)
    stamp = block.split("\n")[-1]
    mine = text().replace(block, f"## My own words?\n\nMy own answer.\n\n{stamp}")
    deck_path().write_text(mine, encoding="utf-8")
    make()
    assert text() == mine
    assert store.load(deck_path()).deck.cards[0].id == card.id


def test_a_dropped_card_stays_dropped():
    make()
    dropped = text().replace(" draft ", " dropped ", 1)
    deck_path().write_text(dropped, encoding="utf-8")
    make()
    assert text() == dropped


def test_a_deleted_card_stays_away_and_the_report_says_so():
    make()
    block = deckfile.parse(text()).block(0)
    without = text().replace(block, "")
    deck_path().write_text(without, encoding="utf-8")
    output = make()
    assert text() == without
    assert "deleted by hand" in output or "4/4" in output


def test_a_card_that_a_person_wrote_stays():
    make()
    mine = text() + "\n## What is cytosol?\n\nThe fluid of the cell.\n"
    deck_path().write_text(mine, encoding="utf-8")
    make()
    assert text() == mine


def test_a_deck_is_found_under_any_name():
    make()
    deck_path().rename("decks/renamed.md")
    make()
    assert [path.name for path in store.decks(Path("decks"))] == ["renamed.md"]


def test_the_same_documents_give_the_same_ids_elsewhere(desk: Path):
    make()
    first = text()
    other = desk / "elsewhere"
    other.mkdir()
    shutil.copy("cells.txt", other)
    os.chdir(other)
    make()
    assert text() == first


def test_a_dry_run_writes_nothing():
    result = quizgen("make", "cells.txt", "--dry-run")
    assert "would have" in result.output
    assert not Path("decks").exists()


def test_a_pasted_page_is_kept_beside_its_deck():
    quizgen("make", "-", text=PAGE)
    deck = store.load(deck_path()).deck
    (source,) = deck.sources
    assert (Path("decks") / source).read_text(encoding="utf-8") == PAGE
    before = text()
    quizgen("make", "-", text=PAGE)
    assert text() == before
    assert len(list(Path("decks").glob("*.txt"))) == 1


def test_documents_about_one_lecture_share_a_deck():
    result = quizgen("make", *(str(SEEDS / name) for name in MEMORY))
    assert result.exit_code == 0, result.output
    deck = store.load(deck_path()).deck
    assert len(deck.sources) == 4
    assert len(deck.cards) >= 15


def test_a_document_added_later_joins_the_deck_and_moves_no_card():
    quizgen("make", str(SEEDS / "insights-page.txt"))
    deck_path().write_text(text().replace(" draft ", " kept "), encoding="utf-8")
    before = deckfile.parse(text())
    quizgen("make", str(SEEDS / "transcript.md"), str(SEEDS / "captions.txt"))
    after = store.load(deck_path()).deck
    assert len(after.sources) == 3
    assert len(after.cards) > len(before.deck.cards)
    assert all(before.block(n) in text() for n in range(len(before.deck.cards)))


def test_no_card_rests_on_an_advert_or_on_furniture():
    quizgen("make", *(str(SEEDS / name) for name in MEMORY))
    said = text().casefold()
    for word in ("sponsor", "subscribe", "promo", "discount", "patreon", "views"):
        assert word not in said


def test_a_folder_is_searched_and_its_decks_are_no_documents():
    make()
    result = quizgen("make", ".")
    assert result.exit_code == 0, result.output
    assert len(list(store.decks(Path("decks")))) == 1


def test_one_bad_file_does_not_stop_the_others():
    Path("empty.txt").write_bytes(b"")
    result = quizgen("make", "empty.txt", "cells.txt")
    assert result.exit_code == 1
    assert "empty.txt is empty" in result.output
    assert deck_path()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind no root")
def test_a_read_only_folder_gives_one_sentence(desk: Path):
    desk.chmod(0o500)
    try:
        result = quizgen("make", "cells.txt")
    finally:
        desk.chmod(0o700)
    assert result.exit_code == 1
    assert "you have no permission" in result.output


def test_export_needs_a_kept_card_and_names_the_review():
    make()
    result = quizgen("export", str(deck_path()), "--to", "anki")
    assert result.exit_code == 1
    assert "quizgen review" in result.output
    assert not list(Path("decks").glob("*.apkg"))


def test_two_exports_are_the_same_bytes():
    make()
    deck_path().write_text(text().replace(" draft ", " kept "), encoding="utf-8")
    outputs: list[dict[str, bytes]] = []
    for folder in ("one", "two"):
        for name in ("anki", "pdf", "html", "json"):
            result = quizgen("export", str(deck_path()), "--to", name, "-o", f"{folder}/")
            assert result.exit_code == 0, result.output
        outputs.append({path.name: path.read_bytes() for path in Path(folder).iterdir()})
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) == 6


def test_the_student_sheet_holds_no_answer():
    make()
    deck_path().write_text(text().replace(" draft ", " kept "), encoding="utf-8")
    quizgen("export", str(deck_path()), "--to", "html", "-o", "out/")
    quizgen("export", str(deck_path()), "--to", "json", "-o", "-")
    (student,) = (path for path in Path("out").glob("*.html") if ".key." not in path.name)
    page = student.read_text(encoding="utf-8")
    data = json.loads(quizgen("export", str(deck_path()), "--to", "json", "-o", "-").stdout_bytes)
    for card in data["cards"]:
        if len(card["back"].split()) > 3:  # a short name may stand in another question
            assert card["back"] not in page


def test_a_broken_kept_card_stops_the_export_loudly():
    make()
    deck_path().write_text(
        text() + "\n## Which?\n\n- [x] one\n- [ ] one\n- [ ] <b>two\n", encoding="utf-8"
    )
    result = quizgen("export", str(deck_path()), "--to", "anki")
    assert result.exit_code == 1
    assert f"{deck_path()}:" in result.output


def test_an_address_is_not_fetched():
    result = quizgen("make", "https://example.org/talk")
    assert result.exit_code == 2
    assert "quizgen make -" in result.output


def test_the_readme_shows_what_really_comes_out(desk: Path):
    readme = (SEEDS.parent / "README.md").read_text(encoding="utf-8")
    shutil.copytree(SEEDS, desk / "seeds")
    for session in readme.split("```console\n")[1:]:
        typed, *shown = session.split("```")[0].strip().split("\n")
        dry = ["--dry-run"] if typed.endswith(" seeds") else []
        result = quizgen(*typed.removeprefix("$ quizgen ").split(), *dry)
        assert "\n".join(shown) in result.output
    card = readme.split("```markdown\n")[1].split("```")[0].strip()
    assert card in text()
    page = readme.split("```text\n")[1].split("```")[0]
    assert " ".join(page.split()) in " ".join(Path(SEEDS / "insights-page.txt").read_text().split())


def test_the_committed_deck_is_what_its_document_makes(desk: Path):
    (committed,) = store.decks(SEEDS.parent / "decks")
    shutil.copytree(SEEDS, desk / "seeds")
    shutil.copytree(committed.parent, desk / "decks")
    before = text()
    result = quizgen("make", "seeds/lecture-notes.txt")
    assert " 0 new cards" in result.output
    assert text() == before


def test_one_fact_told_in_two_documents_is_one_card_with_both_as_evidence():
    quizgen("make", *(str(SEEDS / name) for name in MEMORY))
    cards = store.load(deck_path()).deck.cards
    (chunk,) = [card for card in cards if getattr(card.content, "answer", "") == "Chunk"]
    assert len({found.document for found in chunk.evidence}) == 2


def test_a_report_that_cannot_be_written_costs_no_deck_and_no_export():
    result = quizgen("make", "cells.txt", "--to", "csv", "--report", "cells.txt/coverage.html")

    assert result.exit_code == 1
    assert "the report was not written: cells.txt/coverage.html" in result.output
    assert "Next: quizgen review" in result.output
    assert deck_path().exists()
    assert list(Path("decks").glob("*.csv"))
