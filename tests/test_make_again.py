"""A document that joins a deck tells drafts more, and a person's cards nothing they did not ask."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizgen import deckfile, store
from quizgen.cli import main
from quizgen.model import Card

PAGE = """\
Ada Reyes: Rivers and Floods | Water Talk #7

Mar 4, 2024

Key Insights

1

A meander grows because water runs faster along its outer bank and carries the soil there away.

2

A dike moves a flood downstream, because the water that it keeps out has to go somewhere else.

Words worth saving

2 quotes

A river never forgets where it used to run, and it will come back.

Ada Reyes

The price of straightening rivers for a century is a flood every spring.

Ada Reyes
"""
SPOKEN = """\
# Ada Reyes: Rivers and Floods | Water Talk #7

[0:00](https://youtu.be/riverTalk07?t=0)
**Sam Cole:** Welcome to Water Talk, with Ada Reyes. Why do rivers bend at all?

[0:31](https://youtu.be/riverTalk07?t=31)
**Ada Reyes:** Water runs faster along the outer bank of a bend, and so it carries the soil there
away, and the meander grows. On the inner bank it is slow, and there the gravel settles.

[1:12](https://youtu.be/riverTalk07?t=72)
**Sam Cole:** And what happens when a town builds on the old bed?

[1:20](https://youtu.be/riverTalk07?t=80)
**Ada Reyes:** It floods. A river never really forgets where it used to run, and it will come back.
In the valley where I grew up they had straightened every bend by about nineteen thirty, and the
bill for the dikes arrives every single spring.
"""
# No offline rule reads German: only the quotations of such a page are asked for, confirmed or not.
FLUSS = """\
Ada Reyes: Flüsse und Fluten | Wasser im Gespräch #7

Mar 4, 2024

Key Insights

1

Ein Mäander wächst, weil das Wasser an seinem äußeren Ufer schneller fließt und die Erde mitnimmt.

Words worth saving

2 quotes

Ein Fluss vergisst nie, wo er früher einmal floss, und er kommt zurück.

Ada Reyes

Der Preis für die begradigten Flüsse ist eine Flut in jedem Frühling.

Ada Reyes
"""
GESPROCHEN = """\
# Ada Reyes: Flüsse und Fluten | Wasser im Gespräch #7

[0:00](https://youtu.be/riverTalk07?t=0)
**Sam Cole:** Willkommen bei Wasser im Gespräch, mit Ada Reyes. Warum ist ein Fluss nicht gerade?

[0:31](https://youtu.be/riverTalk07?t=31)
**Ada Reyes:** Das Wasser fließt am äußeren Ufer schneller, und so nimmt es die Erde von dort mit,
und der Mäander wächst. Am inneren Ufer ist es langsam, und dort bleibt der Kies liegen.

[1:12](https://youtu.be/riverTalk07?t=72)
**Sam Cole:** Und was geschieht, wenn eine Stadt auf dem alten Bett gebaut wird?

[1:20](https://youtu.be/riverTalk07?t=80)
**Ada Reyes:** Sie steht im Wasser. Ein Fluss vergisst ja nie, wo er früher einmal floss, und er
kommt zurück. In dem Tal, aus dem ich bin, waren um neunzehnhundertdreißig alle Flüsse begradigt,
und die Rechnung für die Deiche kommt in jedem einzelnen Frühling.
"""


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(PAGE, encoding="utf-8")
    Path("spoken.md").write_text(SPOKEN, encoding="utf-8")
    Path("fluss.txt").write_text(FLUSS, encoding="utf-8")
    Path("gespräch.md").write_text(GESPROCHEN, encoding="utf-8")


def quizgen(*args: str) -> Result:
    result = CliRunner().invoke(main, args, prog_name="quizgen")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def the_deck() -> Path:
    (path,) = store.decks(Path("decks"))
    return path


def cards() -> dict[str, Card]:
    return {card.id: card for card in store.load(the_deck()).deck.cards}


def of_quote(words: str) -> Card:
    (found,) = [card for card in cards().values() if words in card.evidence[0].text]
    return found


def rewrite(old: str, new: str) -> str:
    text = the_deck().read_text(encoding="utf-8")
    assert old in text
    the_deck().write_text(text.replace(old, new, 1), encoding="utf-8")
    return the_deck().read_text(encoding="utf-8")


def test_a_transcript_that_joins_corrects_the_drafts_of_a_page():
    quizgen("make", "fluss.txt")
    before = cards()
    assert of_quote("vergisst nie").evidence[0].match == "page"
    quizgen("make", "fluss.txt", "gespräch.md")
    after = cards()
    assert before.keys() <= after.keys()
    near = of_quote("vergisst ja nie")
    assert near.id in before
    assert near.evidence[0].match == "near"
    assert near.evidence[0].seconds == 80
    assert (
        near.evidence[0].note
        == "Ein Fluss vergisst nie, wo er früher einmal floss, und er kommt zurück."
    )
    condensed = of_quote("begradigten")
    assert condensed.id in before
    assert condensed.evidence[0].match == "condensed"
    assert condensed.stamp.rule == "quote_paraphrase"


def test_a_transcript_that_joins_gives_drafts_a_speaker_and_a_second():
    quizgen("make", "page.txt")
    quizgen("make", "page.txt", "spoken.md")
    why = next(c for c in cards().values() if c.evidence[0].text.startswith("A meander"))
    first, heard = why.evidence
    assert first.document == "../page.txt"
    assert (heard.speaker, heard.seconds, heard.match) == ("Ada Reyes", 31, "verbatim")
    assert heard.text.startswith("Water runs faster along the outer bank")
    assert heard.note == "closest passage of the recording"


def test_what_was_learned_is_learned_once():
    quizgen("make", "page.txt")
    quizgen("make", "page.txt", "spoken.md")
    text = the_deck().read_bytes()
    quizgen("make", "spoken.md")
    quizgen("make", "page.txt")
    assert the_deck().read_bytes() == text


def test_a_kept_quotation_stays_as_it_is_and_the_report_doubts_it():
    quizgen("make", "fluss.txt")
    card = of_quote("begradigten")
    mine = deckfile.parse(rewrite(f"^{card.id} draft", f"^{card.id} kept"))
    said = quizgen("make", "fluss.txt", "gespräch.md").output
    assert cards()[card.id].evidence == card.evidence
    assert re.search(rf"decks/\S+:\d+: \^{card.id} .* never said", said)
    assert mine.block(mine.index(card.id)) in the_deck().read_text(encoding="utf-8")


def test_a_draft_whose_words_a_person_changed_is_theirs():
    quizgen("make", "fluss.txt")
    card = of_quote("vergisst nie")
    rewrite("vergisst nie, wo er früher", "vergisst nie, sagt sie, wo er früher")
    quizgen("make", "fluss.txt", "gespräch.md")
    assert cards()[card.id].evidence[0].match == "page"


def test_a_draft_with_a_comment_in_it_is_a_persons():
    quizgen("make", "fluss.txt")
    card = of_quote("vergisst nie")
    rewrite(f"<!-- ^{card.id}", f"<!-- ask Ada -->\n\n<!-- ^{card.id}")
    quizgen("make", "fluss.txt", "gespräch.md")
    assert "<!-- ask Ada -->" in the_deck().read_text(encoding="utf-8")
    assert cards()[card.id].evidence[0].match == "page"


def test_a_deck_without_its_log_is_a_persons():
    quizgen("make", "fluss.txt")
    store.log_path(the_deck()).unlink()
    quizgen("make", "fluss.txt", "gespräch.md")
    assert [c.evidence[0].match for c in cards().values() if c.stamp.rule == "quote_complete"] == [
        "page",
        "page",
    ]


def test_a_remade_draft_that_is_deleted_stays_away_even_without_the_transcript():
    quizgen("make", "fluss.txt")
    quizgen("make", "fluss.txt", "gespräch.md")
    card = of_quote("begradigten")
    parsed = deckfile.parse(the_deck().read_text(encoding="utf-8"))
    rewrite(parsed.block(parsed.index(card.id)), "")
    Path("gespräch.md").unlink()
    quizgen("make", "fluss.txt")
    assert card.id not in cards()
    assert not any("begradigten" in card.evidence[0].text for card in cards().values())


def test_lines_that_moved_move_in_every_card_and_nothing_else_does():
    quizgen("make", "fluss.txt")
    card = of_quote("vergisst nie")
    other = of_quote("begradigten")
    rewrite(f"<!-- ^{other.id} draft", f"<!--  so  she said -->\n\n<!--   ^{other.id} kept")
    before = the_deck().read_text(encoding="utf-8")
    Path("fluss.txt").write_text(FLUSS.replace("\n\nMar", "\n\n\n\nMar"), encoding="utf-8")
    said = quizgen("make", "fluss.txt").output
    assert re.search(r" 0 new cards, (\d+) moved with their lines, \1 there before", said)
    assert cards()[card.id].evidence[0].lines == (17, 17)
    assert cards()[other.id].evidence[0].lines == (21, 21)
    place = r"(?<=fluss\.txt:)\d+(?:-\d+)?"
    after = the_deck().read_text(encoding="utf-8")
    assert re.sub(place, "", after) == re.sub(place, "", before)
    assert quizgen("make", "fluss.txt").output.count("moved") == 0


def test_a_draft_whose_lines_moved_is_still_one_that_nobody_has_touched():
    quizgen("make", "fluss.txt")
    card = of_quote("vergisst nie")
    Path("fluss.txt").write_text(FLUSS.replace("\n\nMar", "\n\n\n\nMar"), encoding="utf-8")
    quizgen("make", "fluss.txt")
    quizgen("make", "fluss.txt", "gespräch.md")
    assert cards()[card.id].evidence[0].match == "near"


# --- evidence that is gone ---

NEVER = "Ein Fluss vergisst nie, wo er früher einmal floss, und er kommt zurück."


def test_a_card_whose_evidence_is_gone_is_marked_until_the_words_stand_again():
    quizgen("make", "fluss.txt")
    card = of_quote("vergisst nie")
    rewrite(f"^{card.id} draft", f"^{card.id} kept")
    whole = the_deck().read_bytes()
    Path("fluss.txt").write_text(FLUSS.replace(NEVER, "Flüsse sind alt."), encoding="utf-8")
    said = quizgen("make", "fluss.txt").output
    assert re.search(
        rf"  decks/\S+:\d+: \^{card.id} its evidence is gone: fluss\.txt no longer has “Ein Fluss ",
        said,
    )
    marked = the_deck().read_text(encoding="utf-8")
    stamp = next(line for line in marked.split("\n") if f"^{card.id}" in line)
    assert stamp.startswith(f"<!-- ^{card.id} kept ")
    assert " flag=evidence-gone" in stamp
    assert cards()[card.id].evidence[0].text == NEVER
    Path("fluss.txt").write_text(FLUSS, encoding="utf-8")
    assert "evidence" not in quizgen("make", "fluss.txt").output
    restored = cards()[card.id]
    assert "flag=evidence-gone" not in restored.stamp.extra
    parsed = deckfile.parse(whole.decode())
    assert parsed.block(parsed.index(card.id)) in the_deck().read_text(encoding="utf-8")


def test_a_draft_whose_piece_is_gone_is_marked_and_not_deleted():
    quizgen("make", "fluss.txt")
    card = of_quote("vergisst nie")
    Path("fluss.txt").write_text(FLUSS.replace(f"{NEVER}\n\nAda Reyes\n\n", ""), encoding="utf-8")
    quizgen("make", "fluss.txt")
    assert cards()[card.id].stamp.extra == ("flag=evidence-gone",)
    assert cards()[card.id].state == "draft"


def test_the_report_names_a_document_that_is_not_there():
    quizgen("make", "fluss.txt", "gespräch.md")
    near = of_quote("vergisst ja nie")
    Path("gespräch.md").unlink()
    said = quizgen("make", "fluss.txt").output
    if near.id in cards() and cards()[near.id].evidence[0].match == "near":
        assert f"^{near.id} its evidence is gone: gespräch.md is not there" in said
    assert "gespräch.md, a source of" in said


def test_a_dropped_card_is_not_marked():
    quizgen("make", "fluss.txt")
    card = of_quote("vergisst nie")
    rewrite(f"^{card.id} draft", f"^{card.id} dropped")
    Path("fluss.txt").write_text(FLUSS.replace(NEVER, "Flüsse sind alt."), encoding="utf-8")
    said = quizgen("make", "fluss.txt").output
    assert cards()[card.id].stamp.extra == ()
    assert f"^{card.id}" not in said


def test_a_dry_run_names_what_is_gone_where_the_deck_now_has_it():
    quizgen("make", "fluss.txt")
    before = the_deck().read_bytes()
    Path("fluss.txt").write_text(FLUSS.replace(NEVER, "Flüsse sind alt."), encoding="utf-8")
    said = quizgen("make", "fluss.txt", "--dry-run").output
    card = of_quote("vergisst nie")
    assert the_deck().read_bytes() == before
    line = before.decode()[: before.decode().index(f"^{card.id}")].rindex("\n## ")
    number = before.decode().count("\n", 0, line + 1) + 1
    assert f"{the_deck()}:{number}: ^{card.id} its evidence is gone" in said


# --- what is known again ---


def test_a_sentence_that_changed_a_little_remakes_its_draft_and_adds_none():
    quizgen("make", "page.txt")
    why = next(c for c in cards().values() if c.evidence[0].text.startswith("A meander"))
    changed = PAGE.replace("water runs faster along", "fast water runs along")
    Path("page.txt").write_text(changed, encoding="utf-8")
    said = quizgen("make", "page.txt").output
    assert " 0 new cards" in said
    assert "fast water runs along" in cards()[why.id].evidence[0].text


def test_a_deleted_card_stays_away_when_its_sentence_changes_a_little():
    quizgen("make", "page.txt")
    why = next(c for c in cards().values() if c.evidence[0].text.startswith("A meander"))
    parsed = deckfile.parse(the_deck().read_text(encoding="utf-8"))
    rewrite(parsed.block(parsed.index(why.id)), "")
    changed = PAGE.replace("soil there away", "soil of the bank away")
    Path("page.txt").write_text(changed, encoding="utf-8")
    said = quizgen("make", "page.txt").output
    assert " 0 new cards" in said
    assert f"its card ^{why.id} was deleted by hand" in said


def test_a_card_that_a_person_wrote_without_a_stamp_is_not_made_again():
    quizgen("make", "page.txt", "--dry-run")
    quizgen("make", "page.txt")
    why = next(c for c in cards().values() if c.evidence[0].text.startswith("A meander"))
    text = the_deck().read_text(encoding="utf-8")
    parsed = deckfile.parse(text)
    mine = parsed.block(parsed.index(why.id)).rsplit("\n\n", 1)[0]
    the_deck().unlink()
    the_deck_text = f"{text[: parsed.places[0].start]}{mine}\n"
    deck = Path("decks") / "mine.md"
    store.log_path(deck).unlink(missing_ok=True)
    deck.write_text(the_deck_text, encoding="utf-8")
    said = quizgen("make", "page.txt").output
    assert "a card that you wrote asks for it" in said
    assert deck.read_text(encoding="utf-8").count(mine) == 1


# --- together and apart ---


def test_a_page_and_a_transcript_of_other_titles_are_offered_as_one_work():
    seeds = Path(__file__).parent.parent / "seeds"
    page = (seeds / "insights-page.txt").read_text(encoding="utf-8")
    Path("notes on memory.txt").write_text(
        page.replace(
            "Maren Holt: How Memory Works | The Slow Study Podcast #41",
            "Maren Holt: Notes on Recall",
        ),
        encoding="utf-8",
    )
    said = quizgen("make", "notes on memory.txt", str(seeds / "transcript.md"), "--dry-run").stderr
    assert "points of “Maren Holt: Notes on Recall” are found in “The Slow Study" in said
    assert "quizgen make --together 'notes on memory.txt'" in said
    said = quizgen("make", "page.txt", str(seeds / "transcript.md"), "--dry-run").stderr
    assert "--together" not in said


def test_documents_that_a_person_puts_together_stay_together():
    Path("other.txt").write_text(
        "Notes on the same evening\n\nKey Insights\n\n1\n\nA dike moves the flood downstream "
        "because the water that it keeps out has to go somewhere else.\n",
        encoding="utf-8",
    )
    quizgen("make", "page.txt", "other.txt", "--together")
    text = the_deck().read_bytes()
    assert store.load(the_deck()).deck.sources == ("../page.txt", "../other.txt")
    quizgen("make", "other.txt", "page.txt")
    assert the_deck().read_bytes() == text


def test_documents_that_a_person_keeps_apart_stay_apart():
    quizgen("make", "page.txt", "spoken.md", "--apart")
    decks = {path: path.read_bytes() for path in store.decks(Path("decks"))}
    sources = {store.load(path).deck.sources for path in decks}
    assert sources <= {("../page.txt",), ("../spoken.md",)}
    assert len({store.load(path).deck.id for path in decks}) == len(decks)
    quizgen("make", "page.txt", "--apart")
    assert {path: path.read_bytes() for path in store.decks(Path("decks"))} == decks


def test_together_and_apart_exclude_each_other():
    result = quizgen("make", "page.txt", "--together", "--apart")
    assert result.exit_code == 2
    assert "cannot both" in result.output
