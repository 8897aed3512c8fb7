"""What becomes of a person's cards when a deck is exported, imported and changed, again and again.

Counts are what Anki's own backend reports of an import: new notes, updated ones, those that clash.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import real_anki
from anki_desk import DECK, Desk, sit_down
from click.testing import CliRunner

from quizgen import cli
from quizgen.commands import exporting
from quizgen.commands.exporting_anki import Wish
from quizgen.exports import Options

NOTES = 4


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Sit down with a deck that was exported, imported and studied once."""
    with sit_down(tmp_path) as found:
        assert found.sync() == (NOTES, 0, 0)
        found.study()
        yield found


def test_nothing_changed(desk: Desk) -> None:
    before, schedule = desk.text, desk.schedule()
    first = desk.export().read_bytes()
    assert desk.sync() == (0, 0, 0)
    assert desk.export().read_bytes() == first
    assert (desk.text, desk.schedule()) == (before, schedule)


def test_an_answer_changed(desk: Desk) -> None:
    schedule = desk.schedule()
    desk.write("A sac of water inside a cell", "A bag of water inside a cell")
    assert desk.sync() == (0, 1, 0)
    assert desk.note("v5v5")["Answer"] == "A bag of water inside a cell"
    assert desk.schedule() == schedule
    assert "1 card has changed since the last export" in desk.said
    assert "quizgen pull" in desk.said


def test_a_question_reworded(desk: Desk) -> None:
    schedule = desk.schedule()
    desk.write("What does the mitochondrion produce?", "What do mitochondria make?")
    desk.write("ATP, by **oxidation**: $2^{n}$", "ATP")
    assert desk.sync() == (0, 1, 0)
    assert desk.note("k7q2")["Question"] == "What do mitochondria make?"
    assert desk.schedule() == schedule


def test_a_card_added_and_another_changed(desk: Desk) -> None:
    desk.write("A sac of water", "A bag of water")
    desk.write("# Parts\n", "# Parts\n\n## Who found cells?\n\nRobert Hooke\n")
    assert desk.sync() == (1, 1, 0)
    assert "gave an id to a card that you wrote" in desk.said
    assert desk.sync() == (0, 0, 0)


def test_a_card_withdrawn_is_tagged_and_keeps_its_schedule(desk: Desk) -> None:
    schedule = desk.schedule()
    desk.write("^v5v5 kept", "^v5v5 dropped")
    assert desk.sync() == (0, 1, 0)
    assert "1 card is withdrawn (^v5v5)" in desk.said
    assert "quizgen::removed" in desk.note("v5v5").tags
    assert desk.schedule() == schedule
    assert desk.sync() == (0, 0, 0)


def test_a_card_deleted_from_the_deck_is_tagged_too(desk: Desk) -> None:
    schedule = desk.schedule()
    words = desk.text
    start = words.index("## What is a vacuole?")
    desk.deck.write_text(words[:start], encoding="utf-8")
    assert desk.sync() == (0, 1, 0)
    assert "quizgen::removed" in desk.note("v5v5").tags
    assert desk.note("v5v5")["Answer"] == "A sac of water inside a cell"
    assert desk.schedule() == schedule
    first = desk.export().read_bytes()
    assert desk.export().read_bytes() == first
    assert desk.sync() == (0, 0, 0)


def test_a_card_dropped_and_kept_again_loses_its_tag(desk: Desk) -> None:
    desk.write("^v5v5 kept", "^v5v5 dropped")
    assert desk.sync() == (0, 1, 0)
    desk.write("^v5v5 dropped", "^v5v5 kept")
    assert desk.sync() == (0, 1, 0)
    assert "quizgen::removed" not in desk.note("v5v5").tags


def test_a_card_of_another_kind_is_a_new_note_and_the_old_one_is_withdrawn(desk: Desk) -> None:
    schedule = desk.schedule()
    desk.write("A sac of water inside a cell", "- [x] A sac of water\n- [ ] A pore\n- [ ] A fibre")
    assert desk.sync() == (1, 1, 0)
    fresh = re.search(r"\^v5v5 is another kind .* it is \^(\w+) from now on", desk.said)
    assert fresh
    assert desk.note(fresh[1])["Answer"] == "A sac of water"
    assert "quizgen::removed" in desk.note("v5v5").tags
    assert "quizgen::removed" not in desk.note(fresh[1]).tags
    assert f"^{fresh[1]} kept ready" in desk.text
    assert "v5v5" not in desk.text
    assert schedule.items() <= desk.schedule().items()
    assert desk.sync() == (0, 0, 0)


def test_a_dropped_card_of_another_kind_is_withdrawn_as_it_was(desk: Desk) -> None:
    desk.write("A sac of water inside a cell", "- [x] A sac of water\n- [ ] A pore\n- [ ] A fibre")
    desk.write("^v5v5 kept", "^v5v5 dropped")
    assert desk.sync() == (0, 1, 0)
    assert "quizgen::removed" in desk.note("v5v5").tags
    assert desk.sync() == (0, 0, 0)


def test_a_card_of_another_kind_is_left_alone_by_pull(desk: Desk) -> None:
    desk.write("A sac of water inside a cell", "- [x] A sac of water\n- [ ] A pore\n- [ ] A fibre")
    assert desk.sync() == (1, 1, 0)
    before = desk.text
    assert desk.pull().exit_code == 0
    assert desk.text == before


def test_a_card_that_was_never_exported_is_not_withdrawn(tmp_path: Path) -> None:
    with sit_down(tmp_path) as desk:
        desk.write("^v5v5 kept", "^v5v5 dropped")
        assert desk.sync() == (NOTES - 1, 0, 0)
        assert "withdrawn" not in desk.said


def test_a_withdrawn_card_sleeps_where_anki_does_not_know_it(tmp_path: Path) -> None:
    with sit_down(tmp_path) as desk:
        desk.export()  # never imported
        desk.write("^v5v5 kept", "^v5v5 dropped")
        assert desk.sync() == (NOTES, 0, 0)
        assert [card.queue for card in desk.note("v5v5").cards()] == [-1]
        assert [card.queue for card in desk.note("k7q2").cards()] == [0]


def test_a_template_changed(desk: Desk, tmp_path: Path) -> None:
    before = desk.schedule()
    (tmp_path / "own" / "anki").mkdir(parents=True)
    style = "/* mod 1800000000 */\n.card { color: teal }\n"
    (tmp_path / "own" / "anki" / "style.css").write_text(style, encoding="utf-8")
    desk.options = Options(templates=tmp_path / "own")
    assert desk.sync() == (0, 0, 0)
    note_types = [desk.anki.models.by_name(f"Quizgen {name}") for name in ("Basic", "Cloze")]
    assert [found["css"] if found else "" for found in note_types] == [
        ".card { color: teal }",
        ".card { color: teal }",
    ]
    assert desk.schedule() == before


def test_a_persons_own_style_in_anki_stays(desk: Desk) -> None:
    note_type = desk.anki.models.by_name("Quizgen Basic")
    assert note_type
    note_type["css"] += "\n.card { color: plum }"
    desk.anki.models.update_dict(note_type)
    desk.write("A sac of water", "A bag of water")
    assert desk.sync() == (0, 1, 0)
    found = desk.anki.models.by_name("Quizgen Basic")
    assert found
    assert "plum" in found["css"]


def test_a_deck_renamed_stays_one_deck_until_a_person_says_otherwise(desk: Desk) -> None:
    desk.write('title = "Cell biology, week 3"', 'title = "Cells"')
    assert desk.sync() == (0, 0, 0)
    assert decks(desk) == {"Cell biology, week 3"}
    desk.write('anki_deck = "Cell biology, week 3"', 'anki_deck = "School::Cell biology, week 3"')
    desk.write("# Parts\n", "# Parts\n\n## Who found cells?\n\nRobert Hooke\n")
    assert desk.sync() == (1, 0, 0)
    assert decks(desk) == {"Cell biology, week 3", "School::Cell biology, week 3"}


def decks(desk: Desk) -> set[str]:
    return {desk.anki.decks.name(desk.anki.get_card(card).did) for card in desk.anki.find_cards("")}


def test_a_deck_renamed_in_anki_keeps_its_cards_there(desk: Desk) -> None:
    deck = desk.anki.decks.by_name("Cell biology, week 3")
    assert deck
    desk.anki.decks.rename(deck, "Exams::Cells")
    desk.write("A sac of water", "A bag of water")
    assert desk.sync() == (0, 1, 0)
    assert decks(desk) == {"Exams::Cells"}


def test_a_card_edited_in_anki_alone_keeps_the_persons_words(desk: Desk) -> None:
    desk.edit("v5v5", Answer="my own words")
    desk.tag("v5v5", "leech")
    assert desk.sync() == (0, 0, 0)
    assert desk.note("v5v5")["Answer"] == "my own words"
    assert "leech" in desk.note("v5v5").tags


def test_a_card_edited_in_anki_is_safe_once_it_is_read_back(desk: Desk) -> None:
    desk.edit("v5v5", Answer="my <b>own</b> words")
    assert desk.pull().exit_code == 0
    desk.write("my **own** words", "my **own** better words")
    assert desk.sync() == (0, 1, 0)
    assert desk.note("v5v5")["Answer"] == "my <strong>own</strong> better words"


def test_a_card_deleted_in_anki_does_not_come_back_once_that_is_read_back(desk: Desk) -> None:
    desk.anki.remove_notes([desk.note("v5v5").id])
    assert desk.pull().exit_code == 0
    assert desk.card("v5v5").state == "dropped"
    assert desk.sync() == (0, 0, 0)
    assert not desk.anki.find_notes("CardId:v5v5")
    desk.write("^v5v5 dropped", "^v5v5 kept")
    assert desk.sync() == (1, 0, 0)


def test_a_card_deleted_in_the_deck_and_in_anki_does_not_come_back(desk: Desk) -> None:
    desk.deck.write_text(desk.text[: desk.text.index("## What is a vacuole?")], encoding="utf-8")
    assert desk.sync() == (0, 1, 0)
    desk.anki.remove_notes([desk.note("v5v5").id])
    assert desk.pull().exit_code == 0
    assert desk.sync() == (0, 0, 0)
    assert "withdrawn" not in desk.said


def test_cards_reviewed_in_anki_keep_their_schedule(desk: Desk) -> None:
    desk.study()
    schedule = desk.schedule()
    assert all(reps for *_, reps, _ in schedule.values())
    desk.write("A sac of water", "A bag of water")
    desk.write("The {{ribosome}} builds", "A {{ribosome}} builds")
    assert desk.sync() == (0, 2, 0)
    assert desk.schedule() == schedule


def test_another_machine_and_another_file_name_export_the_same_notes(desk: Desk) -> None:
    first = desk.export().read_bytes()
    place = desk.folder / "another" / "decks" / "renamed.md"
    place.parent.mkdir(parents=True)
    shutil.move(desk.deck, place)
    shutil.copytree(place.parent, desk.deck.parent, dirs_exist_ok=True)
    (desk.deck.parent / "renamed.md").rename(desk.deck)
    assert desk.export().read_bytes() == first


def test_options_for_anki_hold_until_a_person_says_otherwise(desk: Desk) -> None:
    wish = Wish({"type-in": True, "reverse": True})
    assert desk.take(desk.export(wish)) == (0, 1, 0)
    assert desk.note("v5v5")["Typed"] == "A sac of water inside a cell"
    assert desk.note("v5v5")["Reverse"] == "vacuole"
    assert len(desk.note("v5v5").cards()) == 2
    assert desk.note("k7q2")["Typed"] == ""
    assert desk.sync() == (0, 0, 0)
    assert 'anki_options = ["type-in", "reverse"]' in desk.text


def test_sections_become_subdecks_and_folders_parents(tmp_path: Path) -> None:
    with sit_down(tmp_path) as desk:
        (tmp_path / "decks" / "biology").mkdir()
        place = tmp_path / "decks" / "biology" / "cells.md"
        shutil.move(desk.deck, place)
        place.rename(desk.deck)
        desk.take(desk.export(Wish({"subdecks": True}, "School::Biology")))
        assert decks(desk) == {
            "School::Biology::Cell biology, week 3::Energy",
            "School::Biology::Cell biology, week 3::Parts",
        }
        assert re.search(r"^anki_deck = \"School::Biology::Cell", desk.text, re.MULTILINE)


def test_a_card_that_another_deck_says_already_is_not_taken_for_deleted(tmp_path: Path) -> None:
    with sit_down(tmp_path) as desk:
        other = DECK.replace("k3v9qz", "k3v9qy").replace("week 3", "week 4")
        second = desk.deck.with_name("other.md")
        second.write_text(other.replace("## What is a vacuole?", "## What is a sac?"), "utf-8")
        wanted = exporting.Wanted(tmp_path / "both.apkg")
        exporting.run((desk.deck, second), "anki", wanted)
        assert desk.take(tmp_path / "both.apkg") == (NOTES + 1, 0, 0)
        before = second.read_bytes()
        file = real_anki.export(desk.anki, tmp_path / "theirs.apkg")
        arguments = ["pull", str(file), "--deck", str(second)]
        found = CliRunner().invoke(cli.main, arguments, catch_exceptions=False)
        assert found.stdout == f"{second}: changed 0, 1 the same\n"
        assert second.read_bytes() == before
