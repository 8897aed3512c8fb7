"""A decision is a step: pure, told to the log, taken back byte for byte."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import CELLS, PAGE
from strategies import cards

from quizgen import cardtext, checks, deckfile, history, readers, reparsing, review, works
from quizgen.deckfile import DeckText
from quizgen.errors import DeckChanged, DeckSyntaxError, QuizgenError, UsageError
from quizgen.history import Event, History
from quizgen.model import Basic, Card, Choice, Cloze, Deck, Problem, Work
from quizgen.review import finding, judging, likeness, progress, quoting
from quizgen.review.steps import Step

DRAFTS = CELLS.replace("^k7q2 kept", "^k7q2 draft")
PARSED = deckfile.parse(DRAFTS)
KINDS: tuple[review.Kind, ...] = ("basic", "cloze", "choice")


def work() -> Work:
    (found,) = works.group([readers.read(PAGE.encode(), "../seeds/cells.md")])
    return found


class Shelf:
    """A deck and its log in memory, saved to as a sitting saves to disk."""

    def __init__(self, text: str = DRAFTS) -> None:
        self.parsed = deckfile.parse(text)
        self.history = History()
        self.steps = 0

    def do(self, step: Step, who: str = "ada") -> Step:
        self.parsed = deckfile.parse(deckfile.apply(self.parsed, step.edits))
        self.steps += 1
        name = step.marks or f"s{self.steps}"
        events = [replace(event, who=who, step=name) for event in step.events]
        self.history = self.history.after(
            history.events(b"".join(history.write(events, "2024-05-08")))
        )
        return step

    def undo(self, who: str = "ada") -> bool:
        step = review.undo(self.parsed, self.history.told, who)
        if step:
            self.do(step, who)
        return step is not None

    def redo(self, who: str = "ada") -> bool:
        step = review.redo(self.parsed, self.history.told, who)
        if step:
            self.do(step, who)
        return step is not None


def after(step: Step, parsed: DeckText = PARSED) -> Deck:
    return deckfile.parse(deckfile.apply(parsed, step.edits)).deck


def named(deck: Deck, card: str) -> Card:
    return next(each for each in deck.cards if each.id == card)


# --- going through -----------------------------------------------------------


def test_ready_drafts_come_first():
    swapped = DRAFTS.replace("draft ready", "draft rough").replace(
        "^m4x9 draft rough", "^m4x9 draft ready"
    )
    assert review.start(deckfile.parse(swapped).deck).order == ("m4x9", "k7q2")


def test_what_a_person_mostly_rejects_comes_after_the_rest():
    session = review.start(PARSED.deck, later=lambda card: card.stamp.rule == "definition")
    assert session.order == ("m4x9", "k7q2")


def test_a_card_that_was_put_off_comes_again_after_the_others():
    session = review.start(PARSED.deck)
    session = review.skip(session, PARSED.deck)
    assert session.current == "m4x9"
    decided = after(review.decide(PARSED, "m4x9", "kept"))
    session = review.go_on(session, decided)
    assert session.current == "k7q2"
    settled = after(review.decide_all(PARSED, ["m4x9", "k7q2"], "kept"))
    assert review.go_on(session, settled).current == ""


def test_back_and_next_look_at_settled_cards_too():
    deck = after(review.decide(PARSED, "k7q2", "kept"))
    session = review.go_on(review.start(PARSED.deck), deck)
    assert session.current == "m4x9"
    assert review.back(session).current == "k7q2"
    assert review.following(review.back(session)).current == "m4x9"


def test_a_card_deleted_meanwhile_leaves_the_queue():
    session = review.start(PARSED.deck)
    left = deckfile.parse(DRAFTS.replace(PARSED.block(0), "")).deck
    assert review.without_missing(session, left).order == ("m4x9",)
    assert review.without_missing(session, left).current == "m4x9"


# --- deciding, changing, taking back -----------------------------------------


def test_a_decision_changes_one_word_of_the_deck():
    step = review.decide(PARSED, "k7q2", "dropped", "trivial")
    assert deckfile.apply(PARSED, step.edits) == DRAFTS.replace("^k7q2 draft", "^k7q2 dropped")
    assert step.events[0] == Event("dropped", "k7q2", "trivial", was="draft")


def test_a_card_that_is_gone_is_refused():
    without = deckfile.parse(DRAFTS.replace(PARSED.block(0), ""))
    with pytest.raises(DeckChanged, match="no longer in the deck"):
        review.decide(without, "k7q2", "kept")


def deeds(parsed: DeckText, number: int, deed: str) -> Step | None:
    """Do something to a card, as far as it can be done."""
    if not parsed.deck.cards:
        return None
    card = parsed.deck.cards[number % len(parsed.deck.cards)]
    other = parsed.deck.cards[(number + 1) % len(parsed.deck.cards)]
    try:
        match deed:
            case "kept" | "dropped":
                return review.decide(parsed, card.id, deed, "wrong")
            case "flag":
                return review.flag(parsed, card.id)
            case "tag":
                return review.retag(parsed, card.id, (*card.tags, "new one"))
            case "merge":
                return review.merge(parsed, card.id, other.id)
            case "split":
                return review.split(parsed, card.id, review.halves(card))
            case "basic" | "cloze" | "choice":
                parts = review.as_kind(parsed.deck, card, deed)
                return review.recast(parsed, card.id, parts)
            case "ask":
                parts = replace(review.parts_of(card), question="Asked anew ## so")
                return review.recast(parsed, card.id, parts)
            case _:
                text = review.plain(parsed.block(parsed.index(card.id)))
                return review.rewrite(parsed, card.id, f"{text}\n\nWhy: since it is.")
    except QuizgenError:
        return None


DEEDS = ("kept", "dropped", "flag", "tag", "merge", "split", *KINDS, "ask", "why")


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(DEEDS)), max_size=8))
@settings(max_examples=60)
def test_undoing_everything_restores_the_deck_and_redoing_everything_the_work(
    deeds_done: list[tuple[int, str]],
):
    shelf = Shelf()
    for number, deed in deeds_done:
        step = deeds(shelf.parsed, number, deed)
        if step and step.edits:
            shelf.do(step)
    worked = shelf.parsed.text
    while shelf.undo():
        pass
    assert shelf.parsed.text == DRAFTS
    while shelf.redo():
        pass
    assert shelf.parsed.text == worked


@given(cards(), st.sampled_from(DEEDS))
@settings(max_examples=150)
def test_whatever_is_done_to_a_nasty_card_can_be_taken_back(card: Card, deed: str):
    text = deckfile.render(Deck("k3v9qz", "Nasty", (), (card,)))
    shelf = Shelf(text)
    step = deeds(shelf.parsed, 0, deed)
    if step and step.edits:
        shelf.do(step)
        assert shelf.parsed.errors == ()
        assert shelf.undo()
    assert shelf.parsed.text == text


def test_two_people_take_back_their_own_steps():
    shelf = Shelf()
    shelf.do(review.decide(shelf.parsed, "k7q2", "kept"), "ada")
    shelf.do(review.decide(shelf.parsed, "m4x9", "dropped"), "bo")
    assert shelf.undo("ada")
    assert [card.state for card in shelf.parsed.deck.cards] == ["draft", "dropped"]
    assert not shelf.undo("ada")


def test_a_new_step_puts_an_end_to_what_could_be_done_again():
    shelf = Shelf()
    shelf.do(review.decide(shelf.parsed, "k7q2", "kept"))
    shelf.undo()
    shelf.do(review.decide(shelf.parsed, "m4x9", "kept"))
    assert not shelf.redo()


def test_taking_back_a_decision_keeps_what_was_edited_since():
    shelf = Shelf()
    shelf.do(review.decide(shelf.parsed, "k7q2", "kept"))
    edited = shelf.parsed.text.replace("ATP, by", "ATP, made by")
    shelf.parsed = deckfile.parse(edited)
    shelf.undo()
    assert shelf.parsed.text == edited.replace("^k7q2 kept", "^k7q2 draft")


def test_a_change_is_not_taken_back_over_a_later_one():
    shelf = Shelf()
    shelf.do(review.retag(shelf.parsed, "k7q2", ("energy", "exam")))
    shelf.parsed = deckfile.parse(shelf.parsed.text.replace("ATP, by", "ATP, made by"))
    with pytest.raises(DeckChanged, match="was changed since"):
        shelf.undo()


def test_an_export_between_does_not_hinder_taking_back():
    shelf = Shelf()
    shelf.do(review.retag(shelf.parsed, "k7q2", ("energy", "exam")))
    shelf.parsed = deckfile.parse(
        shelf.parsed.text.replace("mod=1763688600-5ac1", "mod=1763699999-9999")
    )
    assert shelf.undo()
    assert shelf.parsed.text == DRAFTS.replace("mod=1763688600-5ac1", "mod=1763699999-9999")


# --- editing -----------------------------------------------------------------


@given(cards())
@settings(max_examples=100)
def test_taking_a_card_apart_and_putting_it_together_changes_nothing(card: Card):
    text = deckfile.render(Deck("k3v9qz", "Nasty", (), (card,)))
    parsed = deckfile.parse(text)
    step = review.recast(parsed, card.id, review.parts_of(parsed.deck.cards[0]))
    assert deckfile.apply(parsed, step.edits) == text


def test_a_form_leaves_the_comments_of_a_person_in_the_card():
    text = DRAFTS.replace("Why: it", "<!-- waive length-cue: ours -->\n\nWhy: it")
    parsed = deckfile.parse(text)
    parts = replace(review.parts_of(parsed.deck.cards[1]), question="Which has DNA of its own?")
    changed = deckfile.apply(parsed, review.recast(parsed, "m4x9", parts).edits)
    assert "<!-- waive length-cue: ours -->" in changed
    assert "## Which has DNA of its own?" in changed


def test_plain_text_needs_no_stamp_and_may_not_have_anothers():
    text = review.plain(PARSED.block(0)).replace("ATP, by", "ATP, made by")
    assert "<!--" not in text
    changed = deckfile.apply(PARSED, review.rewrite(PARSED, "k7q2", text).edits)
    assert changed == DRAFTS.replace("ATP, by", "ATP, made by")
    with pytest.raises(DeckSyntaxError, match="must keep the id"):
        review.rewrite(PARSED, "k7q2", PARSED.block(0).replace("^k7q2", "^zzzz"))


def test_windows_line_ends_survive_an_edit():
    parsed = deckfile.parse(DRAFTS.replace("\n", "\r\n"))
    parts = replace(review.parts_of(parsed.deck.cards[0]), answer="ATP.\nAnd heat.")
    changed = deckfile.apply(parsed, review.recast(parsed, "k7q2", parts).edits)
    assert changed.count("\n") == changed.count("\r\n")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (review.Parts(" ", "ATP"), "no question"),
        (review.Parts("What makes ATP?"), "no answer"),
        (review.Parts("Which?", "ATP", ("a", "b"), (0,)), "not both"),
        (review.Parts("Which?", "", ("a", ""), (0,)), "empty"),
        (review.Parts("Which?", "", ("a", "b")), "right"),
        (review.Parts("The {{cell}}", "ATP"), "no other answer"),
    ],
)
def test_parts_that_make_no_card_are_refused_with_a_sentence(parts: review.Parts, sentence: str):
    with pytest.raises(QuizgenError, match=sentence):
        review.content_of(parts)
    assert judging.of_parts(PARSED.deck.cards[0], parts, checks.Context())[0].rule == "syntax"


def test_problems_are_told_while_a_card_is_written():
    block = PARSED.block(0)
    context = checks.Context()
    said = judging.of_text("## Is ATP made there?\n\nYes", block, context)
    assert "yes-no-question" in {problem.rule for problem in said}
    (broken,) = judging.of_text("## \n\nYes", block, context)
    assert (broken.rule, broken.line) == ("syntax", 1)


def test_a_waived_rule_is_silent_in_a_review():
    asked = "## Is ATP made there?\n\nYes\n\n<!-- waive yes-no-question: so asked -->"
    said = judging.of_text(asked, PARSED.block(0), checks.Context())
    assert "yes-no-question" not in {problem.rule for problem in said}


def test_a_suggested_mend_is_accepted_in_one_step():
    text = DRAFTS.replace("for the cell?", "for  the cell?")
    parsed = deckfile.parse(text)
    card, block = parsed.deck.cards[0], parsed.block(0)
    assert judging.suggestion(card, block, checks.Context()) == ("a doubled space",)
    step = review.mend(parsed, "k7q2", checks.Context())
    assert deckfile.apply(parsed, step.edits) == DRAFTS


# --- one and two cards, other kinds ------------------------------------------


def test_a_card_of_another_kind_has_a_new_id_and_the_old_one_is_withdrawn():
    parts = review.as_kind(PARSED.deck, PARSED.deck.cards[1], "basic")
    step = review.recast(PARSED, "m4x9", parts)
    deck = after(step)
    fresh = named(deck, step.card)
    assert fresh.content == Basic("Which organelle carries its own DNA?", "Mitochondrion")
    assert fresh.id not in ("k7q2", "m4x9")
    assert (fresh.state, fresh.section) == ("draft", "Energy")
    assert named(deck, "m4x9").state == "dropped"
    assert [card.id for card in deck.cards] == ["k7q2", "m4x9", fresh.id]


def test_a_cloze_is_offered_in_the_words_of_the_evidence():
    parsed = deckfile.parse(DRAFTS.replace("ATP, by", "oxidative phosphorylation\n\n<!-- by"))
    parsed = deckfile.parse(
        DRAFTS.replace(
            "ATP, by oxidative phosphorylation: about $\\frac{30}{1}$ per glucose.", "ATP"
        )
    )
    parts = review.as_kind(parsed.deck, parsed.deck.cards[0], "cloze")
    assert parts.question == "Each mitochondrion makes {{ATP}} by oxidative phosphorylation."


def test_options_are_offered_from_answers_of_other_cards():
    parts = review.as_kind(PARSED.deck, PARSED.deck.cards[0], "choice")
    assert parts.keys == (0,)
    assert isinstance(review.content_of(replace(parts, options=("ATP", "ADP"))), Choice)


def test_merging_joins_evidence_and_drops_the_other_as_merged():
    twin = DRAFTS.replace(
        "Why: it descends",
        "> Mitochondria have DNA.\n> — Dr Lin · 13:00 · page\n\nWhy: it descends",
    )
    parsed = deckfile.parse(twin)
    step = review.merge(parsed, "k7q2", "m4x9")
    deck = after(step, parsed)
    assert [found.text for found in named(deck, "k7q2").evidence] == [
        "Each mitochondrion makes ATP by oxidative phosphorylation.",
        "Mitochondria have DNA.",
    ]
    assert named(deck, "m4x9").state == "dropped"
    assert step.events[-1].why == "merged into ^k7q2"
    assert step.card == "k7q2"


def test_a_card_split_in_two_keeps_its_id_on_the_first_and_its_evidence_on_both():
    text = "## What does it make?\n\nATP\n\n## How?\n\nBy oxidative phosphorylation"
    step = review.split(PARSED, "k7q2", text)
    deck = after(step)
    assert len(deck.cards) == 3
    second = deck.cards[1]
    assert second.evidence == PARSED.deck.cards[0].evidence
    assert (second.state, second.tags, second.stamp.rule) == ("draft", ("energy",), "hand")
    with pytest.raises(DeckSyntaxError, match="two cards"):
        review.split(PARSED, "k7q2", "## What does it make?\n\nATP")


# --- adding ------------------------------------------------------------------


def test_a_question_typed_for_an_insight_gets_answer_evidence_and_id_from_the_code():
    gap = review.gaps(PARSED.deck, work())[0]
    step = review.add(PARSED, gap, review.asked(gap, "What makes ATP?"))
    card = named(after(step), step.card)
    assert isinstance(card.content, Basic)
    assert len(card.content.answer.split()) <= 20
    assert card.evidence[0].text.startswith("Each mitochondrion makes ATP")
    assert (card.state, card.section, card.stamp.rule) == ("kept", "Energy", "hand")


def test_words_picked_from_an_insight_are_blanked():
    gap = review.gaps(PARSED.deck, work())[0]
    content = review.blanked(gap.evidence.text, ["oxidative phosphorylation"])
    assert isinstance(content, Cloze)
    assert "{{oxidative phosphorylation}}" in content.text
    with pytest.raises(QuizgenError, match="does not stand in the evidence"):
        review.blanked(gap.evidence.text, ["photosynthesis"])


def test_a_piece_with_a_ready_card_is_no_gap():
    deck = deckfile.parse(DRAFTS.replace("cells.md:12-13", "cells.md:7")).deck
    assert len(review.gaps(PARSED.deck, work())) == 4
    assert len(review.gaps(deck, work())) == 3


def test_notes_without_insights_offer_their_bullets():
    notes = "# Cells\n\n- Mitochondria make most of the ATP.\n- Ribosomes build proteins.\n"
    (found,) = works.group([readers.read(notes.encode(), "../seeds/notes.md")])
    offered = review.gaps(PARSED.deck, found)
    assert [gap.piece.kind for gap in offered] == ["bullet", "bullet"]
    step = review.add(PARSED, offered[1], review.asked(offered[1], "What do ribosomes build?"))
    assert named(after(step), step.card).evidence[0].text == "Ribosomes build proteins."


def test_an_id_once_given_out_is_not_given_out_again():
    gap = review.gaps(PARSED.deck, work())[0]
    content = review.asked(gap, "What makes ATP?")
    first = review.add(PARSED, gap, content).card
    assert review.add(PARSED, gap, content, (first,)).card != first


# --- searching ---------------------------------------------------------------


def ids(text: str, deck: Deck = PARSED.deck) -> list[str]:
    def judge(card: Card) -> tuple[Problem, ...]:
        return (Problem("length-cue", "warns", "."),) if card.id == "m4x9" else ()

    return [card.id for card in finding.found(deck.cards, review.search(text), judge)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["k7q2", "m4x9"]),
        ("organelle", ["m4x9"]),
        ("OXIDATIVE atp", ["k7q2"]),
        ("kind:choice", ["m4x9"]),
        ("kind:choice,basic", ["k7q2", "m4x9"]),
        ("-kind:choice", ["k7q2"]),
        ("rule:definition", ["k7q2"]),
        ("tag:#energy", ["k7q2"]),
        ("section:energy state:all", ["k7q2", "m4x9"]),
        ('speaker:"dr lin"', ["k7q2"]),
        ("tier:rough", ["m4x9"]),
        ("problem:any", ["m4x9"]),
        ("problem:length-cue", ["m4x9"]),
        ("is:clean", ["k7q2"]),
        ("state:kept", []),
        ("id:^m4x9", ["m4x9"]),
        ("nowhere", []),
    ],
)
def test_a_search_shows_what_it_says(text: str, expected: list[str]):
    assert ids(text) == expected


def test_a_field_that_there_is_not_is_named():
    with pytest.raises(UsageError, match="no 'colour' to search by"):
        review.search("colour:red")


def test_only_clean_drafts_are_kept_together():
    session = review.start(PARSED.deck)
    judge = {"m4x9": (Problem("length-cue", "warns", "."),)}
    clean = review.clean(review.shown(session, PARSED.deck), lambda card: judge.get(card.id, ()))
    assert clean == ["k7q2"]


# --- looking -----------------------------------------------------------------


def test_evidence_stands_in_its_lines_with_its_words_and_the_answer_marked():
    document = work().documents[0]
    found = replace(
        PARSED.deck.cards[0].evidence[0],
        text="Each mitochondrion makes ATP by oxidative phosphorylation",
        lines=(7, 7),
    )
    card = replace(PARSED.deck.cards[0], content=Basic("What is made?", "ATP"))
    lines = quoting.view(found, document, card)
    inside = next(line for line in lines if not line.is_around)
    assert inside.number == 7
    assert [run.text for run in inside.runs if run.mark == "answer"] == ["ATP"]
    assert inside.runs[-1] == quoting.Run(
        ", which is why muscle cells hold thousands of them."[1:], "around"
    )
    assert [line.number for line in lines] == [1, 3, 7, 11, 15]


def test_evidence_whose_document_is_gone_is_shown_alone():
    card = PARSED.deck.cards[0]
    (line,) = quoting.view(card.evidence[0], None, card)
    assert line.number == 0
    assert "".join(run.text for run in line.runs) == card.evidence[0].text


@given(cards())
def test_showing_evidence_never_loses_a_letter(card: Card):
    for found in card.evidence:
        lines = quoting.view(found, None, card)
        said = "\n".join("".join(run.text for run in line.runs) for line in lines)
        assert said == found.text


def test_similar_cards_are_found_and_their_difference_marked():
    twin = PARSED.block(0).replace("^k7q2", "^zzzz").replace("for the cell?", "for a cell?")
    deck = deckfile.parse(f"{DRAFTS}\n{twin}\n").deck
    known = likeness.index(deck.cards)
    assert likeness.similar(named(deck, "k7q2"), known) == ("zzzz",)
    one, other = (likeness.text_of(named(deck, card)) for card in ("k7q2", "zzzz"))
    marked = [run.text.strip() for run in likeness.difference(one, other) if run.differs]
    assert marked == ["a"]
    assert "".join(run.text for run in likeness.difference(one, other)) == other


@given(st.lists(cards(), max_size=6), st.lists(cards(), max_size=6), st.data())
def test_counting_what_changed_comes_to_what_counting_all_does(
    before: list[Card], other: list[Card], data: st.DataObject
):
    known = progress.recount(progress.Counts(), (), before)
    both = zip(before, other, strict=False)
    now = [data.draw(st.sampled_from(pair)) for pair in both] if len(other) < 6 else other
    assert progress.recount(known, before, now) == progress.recount(progress.Counts(), (), now)


def test_a_pace_comes_from_the_middle_gap_and_a_pause_says_nothing():
    deck = Deck("x", "x", (), tuple(replace(PARSED.deck.cards[0], id=f"c{n}") for n in range(60)))
    now = progress.standing(
        progress.recount(progress.Counts(), (), deck.cards), [0, 10, 20, 500, 510, 520]
    )
    assert (now.left, now.minutes) == (60, 10)
    assert (
        progress.standing(progress.recount(progress.Counts(), (), deck.cards), [0, 10]).minutes == 0
    )
    assert progress.sentence(now) == "0 decided · 60 left · about 10 min"


def test_a_summary_counts_reasons_and_the_acceptance_of_rules():
    shelf = Shelf()
    shelf.do(review.retag(shelf.parsed, "k7q2", ("exam",)))
    shelf.do(review.decide(shelf.parsed, "k7q2", "kept"))
    shelf.do(review.decide(shelf.parsed, "m4x9", "dropped", "trivial"))
    found = review.summary(shelf.parsed.deck, shelf.history.told)
    assert (found.kept, found.edited, found.left) == (1, 1, 0)
    assert found.dropped == {"trivial": 1}
    assert [(row.name, row.kept, row.dropped) for row in found.rules] == [
        ("choice", 0, 1),
        ("definition", 1, 0),
    ]


# --- reading again -----------------------------------------------------------

PIECES = st.sampled_from(
    ["## x", "\n", "\n\n", "# s", "```", "<!--", "-->", "kept", "<!-- ^zzzz kept -->", "> q", "***"]
)


@given(st.integers(0, len(CELLS)), st.integers(0, 60), st.lists(PIECES, max_size=3))
@settings(max_examples=300)
def test_a_deck_read_again_is_the_deck_read_anew(start: int, length: int, pieces: list[str]):
    text = CELLS[:start] + "".join(pieces) + CELLS[start + length :]

    def told(read: DeckText) -> tuple[object, ...]:
        errors = [str(error) for error in read.errors]
        return (read.text, read.deck, read.places, read.sections, errors)

    known = deckfile.parse(CELLS)
    try:
        anew = told(deckfile.parse(text))
    except DeckSyntaxError as error:
        with pytest.raises(DeckSyntaxError) as raised:
            reparsing.reparse(known, text)
        assert str(raised.value) == str(error)
    else:
        assert told(reparsing.reparse(known, text)) == anew


def test_a_block_keeps_every_token_of_its_stamp_when_flagged():
    text = DRAFTS.replace("rule=choice", "rule=choice x-odd=1")
    shelf = Shelf(text)
    shelf.do(review.flag(shelf.parsed, "m4x9"))
    assert review.is_flagged(named(shelf.parsed.deck, "m4x9"))
    assert "x-odd=1" in shelf.parsed.text
    shelf.do(review.decide(shelf.parsed, "m4x9", "kept"))
    assert not review.is_flagged(named(shelf.parsed.deck, "m4x9"))
    assert cardtext.parse(shelf.parsed.block(1)).stamp.extra == ("x-odd=1",)
