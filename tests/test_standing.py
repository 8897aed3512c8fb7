"""Where evidence stands today, and what changes in a card's text when it stands elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import cards

from quizgen import cardtext, standing
from quizgen.model import CLOSEST, Basic, Card, Document, Evidence
from quizgen.standing import MARK, Standing

PAGE = """\
# Notes on rivers

A **meander** grows because water carries
the soil of its [outer bank](https://example.org/bank) away.

A wetland delays a flood.

A wetland delays a flood.
"""
SPOKEN = """\
**Sam Cole:** Why do rivers bend?

[0:31](https://youtu.be/riverTalk07?t=31)
**Ada Reyes:** Water runs faster along the outer bank.

[0:44](https://youtu.be/riverTalk07?t=44)
**Ada Reyes:** And so the meander grows.
"""
BLOCK = """\
## Why does a meander grow?

Because water carries the soil away,  they say.
<!-- ask Ada: see page.md:3-4 -->

> A meander grows because water carries the soil of its outer bank away.
> — Ada Reyes ·   page.md:3-4 · page

> A wetland delays a flood.
> — page.md:6 · page · note: page.md:6

<!-- ^k7q2 kept   rule=claim mine=1 #rivers -->"""


def document(text: str, path: str = "page.md") -> Document:
    return Document(path, tuple(text.split("\n")))


def card(*found: Evidence, state: str = "kept") -> Card:
    made = Card("k7q2", Basic("Why?", "Because."), found)
    return replace(made, state="dropped") if state == "dropped" else replace(made, state="kept")


def on_page(text: str, first: int, last: int = 0, path: str = "page.md") -> Evidence:
    return Evidence(text, path, (first, last or first))


def surveyed(one: Card, *documents: Document, sources: tuple[str, ...] = ()) -> Standing:
    (found,) = standing.survey((one,), documents, sources)
    return found


MEANDER = "A meander grows because water carries the soil of its outer bank away."


def test_words_that_stand_where_they_stood_need_nothing():
    found = surveyed(card(on_page(MEANDER, 3, 4)), document(PAGE))
    assert not found.changes
    assert not found.lost


def test_words_are_found_on_other_lines_through_links_emphasis_and_line_breaks():
    found = surveyed(card(on_page(MEANDER, 12, 13)), document("\n\n" + PAGE))
    assert found.moved == {0: (5, 6)}
    assert found.now().evidence[0].lines == (5, 6)


def test_of_two_places_the_nearer_is_taken():
    wetland = "A wetland delays a flood."
    assert surveyed(card(on_page(wetland, 5)), document(PAGE)).moved == {0: (6, 6)}
    assert surveyed(card(on_page(wetland, 9)), document(PAGE)).moved == {0: (8, 8)}


def test_speech_is_found_over_the_label_and_the_time_between_two_turns():
    said = "Water runs faster along the outer bank. And so the meander grows."
    found = surveyed(card(on_page(said, 40, 43, "talk.md")), document(SPOKEN, "talk.md"))
    assert found.moved == {0: (4, 7)}


def test_a_word_that_changed_is_a_word_that_is_gone():
    found = surveyed(card(on_page(MEANDER.replace("soil", "sand"), 3, 4)), document(PAGE))
    assert [lost.text for lost in found.lost] == [MEANDER.replace("soil", "sand")]
    assert found.marks
    assert MARK in found.now().stamp.extra


def test_the_closest_passage_of_a_recording_is_no_proof_and_never_lost():
    close = replace(on_page("Never said.", 3), note=CLOSEST)
    assert not surveyed(card(close), document(PAGE)).lost


@pytest.mark.parametrize(
    "found",
    [
        Evidence("Said at dinner.", speaker="Dr Lin"),
        Evidence("Elsewhere.", "another-book.md", (3, 3)),
        Evidence("", "page.md", (3, 3)),
    ],
)
def test_evidence_that_a_person_brought_from_elsewhere_is_not_judged(found: Evidence):
    assert surveyed(card(found), document(PAGE), sources=("page.md",)) == Standing(card(found))


def test_of_a_source_that_is_not_there_nothing_stands():
    found = surveyed(card(on_page(MEANDER, 3, 4)), sources=("page.md",))
    assert standing.sentence(found, ()) == "its evidence is gone: page.md is not there"


def test_a_dropped_card_gets_no_mark_and_keeps_one_it_has():
    lost = on_page("Never said.", 3)
    assert not surveyed(card(lost, state="dropped"), document(PAGE)).changes
    marked = card(lost, state="dropped")
    marked = replace(marked, stamp=replace(marked.stamp, extra=(MARK,)))
    assert not surveyed(marked, document(PAGE)).changes


def test_a_check_can_name_every_card_whose_evidence_is_gone():
    cards = (card(on_page(MEANDER, 3, 4)), card(on_page("Never said at all.", 3)))
    assert list(standing.gone(cards, (document(PAGE),))) == [
        (1, "its evidence is gone: page.md no longer has “Never said at all.”")
    ]


# --- the text of a card ---


def rewritten(moved: dict[int, tuple[int, int]], *, lost: bool = False, block: str = BLOCK) -> str:
    found = cardtext.parse(block)
    gone = found.evidence[:1] if lost else ()
    return standing.rewritten(block, Standing(found, moved, gone))


def test_only_the_place_of_the_evidence_that_moved_changes():
    assert rewritten({0: (5, 6)}) == BLOCK.replace("  page.md:3-4 ·", "  page.md:5-6 ·")
    assert rewritten({1: (9, 9)}) == BLOCK.replace("— page.md:6 ·", "— page.md:9 ·")


def test_a_mark_stands_before_the_tags_and_goes_without_a_trace():
    marked = rewritten({}, lost=True)
    assert marked == BLOCK.replace("mine=1 #rivers", f"mine=1 {MARK} #rivers")
    assert rewritten({}, lost=True, block=marked) == marked
    assert rewritten({}, block=marked) == BLOCK


def test_line_ends_of_another_system_stay():
    block = BLOCK.replace("\n", "\r\n")
    assert rewritten({0: (5, 6)}, block=block) == rewritten({0: (5, 6)}).replace("\n", "\r\n")
    assert rewritten({}, lost=True, block=block).count("\r\n") == block.count("\r\n")


def test_a_card_without_a_stamp_is_left_alone():
    block = BLOCK.rsplit("\n\n", 1)[0]
    assert rewritten({}, lost=True, block=block) == block
    assert not Standing(cardtext.parse(block), {0: (5, 6)}).changes


@given(cards(), st.data())
def test_any_card_reads_afterwards_as_it_should(one: Card, data: st.DataObject):
    placed = [at for at, found in enumerate(one.evidence) if found.document and found.lines[0]]
    moved = {at: (7, 7 + data.draw(st.integers(0, 3))) for at in placed if data.draw(st.booleans())}
    lost = one.evidence[:1] if data.draw(st.booleans()) else ()
    block = cardtext.render(one)
    one = cardtext.parse(block)
    wanted = Standing(one, moved, lost)
    after = standing.rewritten(block, wanted)
    assert cardtext.parse(after) == wanted.now()
    assert cardtext.render(wanted.now()) == after
    masked = re.compile(rf"\d+| {MARK}")
    assert len(block.split("\n")) == len(after.split("\n"))
    assert sum(
        masked.sub("", was) != masked.sub("", now)
        for was, now in zip(block.split("\n"), after.split("\n"), strict=True)
    ) <= len(moved)
