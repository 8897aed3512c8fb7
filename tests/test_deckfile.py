"""A deck is a text file that its owner edits; nothing in it moves unless asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import CELLS
from strategies import LINES, TRAPS, WORDS, cards, decks

from quizgen import cardtext, cloze, deckfile, plaincard
from quizgen.errors import DeckChanged, DeckSyntaxError
from quizgen.model import Basic, Card, Choice, Cloze, Content, Deck, Evidence, Stamp
from quizgen.restamping import Restamped, restamped


@given(cards())
def test_a_card_reads_back_as_it_was_written(card: Card):
    assert cardtext.parse(cardtext.render(card)) == card


@given(cards(), st.data())
def test_a_card_is_read_alike_by_its_shape_and_by_its_lines(card: Card, data: st.DataObject):
    lines = cardtext.render(card).split("\n")
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at : at + data.draw(st.integers(0, 1))] = [data.draw(TRAPS | WORDS)]
    text = "\n".join(lines)
    found = plaincard.read(text, "Energy")
    assert found is None or found == cardtext.by_lines(text, section="Energy")


@pytest.mark.parametrize(
    "content",
    [
        Basic("What does the organelle make?", "ATP, by oxidative phosphorylation.\n(Mostly.)"),
        Cloze("Each {{mitochondrion}} makes {{c2::ATP::a molecule}}."),
        Choice("Which organelle has its own DNA?", ("Ribosome", "Mitochondrion"), (1,)),
    ],
)
def test_a_card_of_every_kind_is_read_by_its_shape(content: Content):
    evidence = Evidence("It makes ATP.", "../cells.md", (12, 13), "Dr Lin", 751, match="verbatim")
    stamp = Stamp("definition", "9f3a21", "1763688600-5ac1", ("model=m-1",))
    shown = (evidence, replace(evidence, speaker="", note="a page"))
    card = Card("k7q2", content, shown, "kept", "ready", "It descends.", "", ("a", "b"), stamp)
    assert plaincard.read(cardtext.render(card)) == card
    assert plaincard.read(cardtext.render(replace(card, evidence=(), why="", tags=()))) is not None


@given(decks())
@settings(max_examples=50)
def test_a_deck_reads_back_as_it_was_written(deck: Deck):
    parsed = deckfile.parse(deckfile.render(deck))
    assert not parsed.errors
    assert parsed.deck == deck


@given(decks(smallest=2), st.data())
@settings(max_examples=50)
def test_an_edit_leaves_every_other_character_alone(deck: Deck, data: st.DataObject):
    parsed = deckfile.parse(deckfile.render(deck))
    number = data.draw(st.integers(0, len(parsed.deck.cards) - 1))
    new = replace(data.draw(cards()), id=parsed.deck.cards[number].id)
    place, before = parsed.places[number], parsed.block(number)

    text = deckfile.apply(parsed, [deckfile.Edit(new.id, before, cardtext.render(new))])

    assert text[: place.start] == parsed.text[: place.start]
    assert text.endswith(parsed.text[place.end :])
    again = deckfile.parse(text)
    assert not again.errors
    assert cardtext.parse(again.block(number)) == replace(new, section="")
    undone = deckfile.Edit(new.id, before, cardtext.render(new)).reversed()
    assert deckfile.apply(again, [undone]) == parsed.text


@given(decks(), st.lists(cards(section="Energy"), min_size=1, max_size=3))
@settings(max_examples=50)
def test_added_cards_leave_the_old_ones_alone(deck: Deck, new: list[Card]):
    taken = {card.id for card in deck.cards}
    fresh = tuple({card.id: card for card in new if card.id not in taken}.values())
    parsed = deckfile.parse(deckfile.render(deck))

    again = deckfile.parse(deckfile.add(parsed, fresh))

    assert not again.errors
    assert {card.id: card for card in again.deck.cards} == {
        card.id: card for card in (*deck.cards, *fresh)
    }
    for number in range(len(deck.cards)):
        assert parsed.block(number) in again.text


@given(LINES)
def test_any_text_is_read_or_refused_with_a_line(text: str):
    parsed = deckfile.parse('+++\nformat = 1\nid = "k3v9qz"\ntitle = "T"\n+++\n' + text)
    assert all(error.line >= 1 for error in parsed.errors)


@given(st.integers(0, len(CELLS)))
def test_a_deck_cut_anywhere_keeps_its_whole_cards(cut: int):
    try:
        parsed = deckfile.parse(CELLS[:cut])
    except DeckSyntaxError as error:
        assert error.line == 1
        return
    whole = deckfile.parse(CELLS)
    for number, place in enumerate(whole.places):
        if place.end < cut:
            assert parsed.deck.cards[number] == whole.deck.cards[number]


def test_a_code_fence_in_an_option_closes_where_it_is_moved_to():
    card = Card("a2", Choice("Which?", ("# one\n```\n  ```", "two"), (1,)), state="kept")
    assert cardtext.parse(cardtext.render(card)) == card
    text = CELLS + "\n" + cardtext.render(card)
    assert not deckfile.parse(text).errors


def test_the_example_of_the_format_reads_as_two_cards():
    first, second = deckfile.parse(CELLS).deck.cards

    assert first.evidence[0].speaker == "Dr Lin"
    assert first.evidence[0].seconds == 751
    assert first.tags == ("energy",)
    assert second.content == Choice(
        "Which organelle carries its own DNA?", ("Ribosome", "Mitochondrion"), (1,)
    )


def test_carriage_returns_survive_an_edit():
    text = CELLS.replace("\n", "\r\n")
    parsed = deckfile.parse(text)
    before = parsed.block(1)
    edited = deckfile.apply(
        parsed, [deckfile.Edit("m4x9", before, deckfile.restamp(before, state="kept"))]
    )
    assert edited == text.replace("^m4x9 draft", "^m4x9 kept")


def test_a_hand_written_card_is_kept_and_needs_no_stamp():
    text = CELLS + "\n## What is *cytosol*?\n\nThe fluid of the cell.\n\n<!-- ask Ana -->\n"
    parsed = deckfile.parse(text)
    card = parsed.deck.cards[-1]

    assert (card.id, card.state, card.content) == (
        "",
        "kept",
        Basic("What is *cytosol*?", "The fluid of the cell."),
    )
    assert parsed.block(2) == "## What is *cytosol*?\n\nThe fluid of the cell."


def test_a_card_inside_a_comment_or_a_code_fence_is_no_card():
    text = CELLS + "\n<!--\n## Not yet?\n\nNo.\n-->\n\n## Code?\n\n```\n# x\n## y\n```\n"
    parsed = deckfile.parse(text)
    assert parsed.deck.cards[-1].content == Basic("Code?", "```\n# x\n## y\n```")
    assert len(parsed.deck.cards) == 3


@pytest.mark.parametrize(
    ("question", "hidden"),
    [
        ("The square is {{x^{2}}}.", ("x^{2}",)),
        ("{{c2::Mitochondria::organelle}} make {{ATP}}.", ("Mitochondria", "ATP")),
        ("{{std::vector}} grows.", ("std::vector",)),
    ],
)
def test_blanks_balance_braces_and_take_hints(question: str, hidden: tuple[str, ...]):
    parsed = cardtext.parse(f"## {question}")
    assert parsed.content == Cloze(question)
    assert cloze.hidden(question) == hidden


def test_escaped_braces_are_no_blank():
    assert cardtext.parse("## What does \\{{x}} mean?\n\nA slot.").content == Basic(
        "What does {{x}} mean?", "A slot."
    )


@pytest.mark.parametrize(
    ("tail", "line", "says"),
    [
        ("\n## Nothing below?\n", 29, "no answer"),
        ("\n## Which?\n\n- [ ] a\n- [ ] b\n", 31, "no option is marked"),
        ("\n## Code?\n\n```\nopen\n", 31, "never closed"),
        ("\n<!-- open\n", 29, "never closed"),
        ("\n## Copy?\n\nYes, a copy.\n\n<!-- ^k7q2 kept -->\n", 29, "already on another card"),
        ("\n## Q?\n\nA.\n\n<!-- ^zz99 kept -->\n\nlost words\n", 35, "belong to no card"),
        ("\n## {{a}} b\n\nanswer\n", 31, "no answer below it"),
        ("\n##\n\nanswer\n", 29, "no question"),
        ("\n## Q?\n\nA.\n\n<!-- ^ kept -->\n", 33, "no id"),
    ],
)
def test_an_error_names_its_line_and_spares_the_other_cards(tail: str, line: int, says: str):
    parsed = deckfile.parse(CELLS + tail)
    (error,) = parsed.errors
    assert (error.line, says in error.message) == (line, True), error
    assert len(parsed.deck.cards) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# no front matter",
        "+++\nformat = 1\n",
        '+++\nformat = 2\nid = "a"\ntitle = "b"\n+++\n',
        "+++\nformat = 1\n+++\n",
        "+++\nformat = = 1\n+++\n",
        '+++\nformat = 1\nid = "a"\ntitle = "b"\nsources = 3\n+++\n',
    ],
)
def test_a_file_that_is_no_deck_is_refused_in_a_sentence(text: str):
    with pytest.raises(DeckSyntaxError):
        deckfile.parse(text)


def test_an_edit_of_a_changed_card_is_refused():
    parsed = deckfile.parse(CELLS)
    with pytest.raises(DeckChanged):
        deckfile.apply(parsed, [deckfile.Edit("k7q2", "## Old words?", "## New words?")])


def test_an_edit_must_leave_one_card_with_its_id():
    parsed = deckfile.parse(CELLS)
    before = parsed.block(0)
    with pytest.raises(DeckSyntaxError):
        deckfile.apply(parsed, [deckfile.Edit("k7q2", before, before.replace("^k7q2", "^zzzz"))])
    with pytest.raises(DeckSyntaxError):
        deckfile.apply(parsed, [deckfile.Edit("k7q2", before, before + "\n\n## Two?\n\nYes.")])


def test_a_stamp_changes_token_by_token():
    block = "## Q?\n\nA.\n\n<!--   ^k7q2  draft mine=yes rough #a  -->"
    assert deckfile.restamp(block, state="dropped", mod="17-ab") == (
        "## Q?\n\nA.\n\n<!--   ^k7q2  dropped mine=yes rough mod=17-ab #a  -->"
    )


def test_sources_change_in_place():
    parsed = deckfile.parse(CELLS.replace("sources = [", "sources = [ # mine\n  "))
    text = deckfile.set_sources(parsed, ["../seeds/cells.md", "b.txt"])
    assert text == CELLS.replace('"../seeds/cells.vtt"', '"b.txt"')


@given(decks(smallest=1), st.data())
def test_a_deck_restamped_is_the_deck_read_anew(deck: Deck, data: st.DataObject) -> None:
    parsed = deckfile.parse(deckfile.render(deck))
    chosen = data.draw(st.sets(st.integers(0, len(parsed.deck.cards) - 1)))
    front = deckfile.set_anki(parsed, "A::B", ["reverse"] if chosen else [])
    stamps = {
        index: replace(card, stamp=replace(card.stamp, mod="1800000000-abcd"))
        for index, card in enumerate(parsed.deck.cards)
        if index in chosen
    }
    now = Restamped(parsed, stamps, front)
    written = deckfile.parse(b"".join(now.encoded()).decode())
    assert written.deck == now.deck
    texts = {
        index: (block, card)
        for (index, card), (_, block) in zip(stamps.items(), now.blocks(), strict=True)
    }
    assert all(written.block(index) == block for index, (block, _) in texts.items())
    known = restamped(parsed, texts)
    assert known == deckfile.parse(known.text)
