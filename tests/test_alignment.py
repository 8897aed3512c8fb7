from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import alignment, evidence, pipeline, readers, works
from quizgen.model import Basic, Deck, Document, Draft, Passage, Person, Piece, Wish, Work
from quizgen.shelf import Memory

SEEDS = Path(__file__).parent.parent / "seeds"
RECORDED = ("transcript.md", "captions.txt")
PAGES = ("insights-page.txt", "ideas-and-quotes.txt")

TALK = (
    ("Ben Marsh", "Does salt slow yeast down, and does the weather matter for a loaf?"),
    ("Ada Voss", "It does. Salt draws water out of the cells, so yeast grows more slowly. Wait."),
    ("Ben Marsh", "And the oven? How hot should the stone be for a good crust?"),
    ("Ada Voss", "Hot. I bake at 260 degrees for thirteen minutes. Steam keeps the skin soft."),
    ("Ben Marsh", "Tell me about the miller you visited in the mountains."),
    ("Ada Voss", "He grinds rye between granite wheels. The bran stays coarse. It tastes of hay."),
    ("Ben Marsh", "What would you tell somebody who begins tomorrow?"),
    ("Ada Voss", "Buy a scale. Cups lie, grams do not. Write every loaf down in a notebook."),
)


def turns(talk: tuple[tuple[str, str], ...] = TALK, path: str = "talk.md") -> Document:
    lines: list[str] = []
    pieces: list[Piece] = []
    for number, (speaker, text) in enumerate(talk):
        seconds = number * 20
        lines += [f"[0:{seconds}](https://youtu.be/abcdEFGH_12?t={seconds})", f"{speaker}: {text}"]
        lines.append("")
        spot = (len(lines) - 1, len(lines) - 1)
        pieces.append(Piece("turn", text, spot, speaker=speaker, seconds=seconds))
    return Document(path, tuple(lines), tuple(pieces), recording="abcdEFGH_12")


def captions(text: str, path: str = "captions.txt") -> Document:
    """Write words as automatic captions do: seven to a line, no punctuation, no time."""
    spoken = "".join(char for char in text.casefold() if char.isalnum() or char == " ").split()
    lines = tuple(" ".join(spoken[at : at + 7]) for at in range(0, len(spoken), 7))
    pieces = tuple(
        Piece("caption", " ".join(lines[at : at + 11]), (at + 1, min(at + 11, len(lines))))
        for at in range(0, len(lines), 11)
    )
    return Document(path, lines, pieces)


LOAVES = ("sourdough of rye", "baguette of white wheat")
PEOPLE = (Person("Ben Marsh", "host"), Person("Ada Voss", "guest"))
WHOLE = " ".join(text for _, text in TALK)
INDEX = alignment.index(Work("w", "Bread", (turns(),), people=PEOPLE))


def found(statement: Piece | str, index: alignment.Index = INDEX) -> evidence.Evidence:
    aligned = alignment.best(statement, index)
    assert aligned is not None
    assert aligned.score >= alignment.FLOOR
    home = next(each for each in index.work.documents if each.path == aligned.evidence.document)
    assert evidence.stands(aligned.evidence, home)
    return aligned.evidence


def seed(*names: str) -> Work:
    documents = [readers.read((SEEDS / name).read_bytes(), name) for name in names]
    return works.together(tuple(documents))


# --- the place ---------------------------------------------------------------


def test_a_statement_finds_who_said_it_and_when_in_which_words():
    heard = found("Rye is ground between granite wheels, which leaves the bran coarse.")
    assert heard.text == "He grinds rye between granite wheels. The bran stays coarse."
    assert (heard.speaker, heard.seconds, heard.match) == ("Ada Voss", 100, "verbatim")
    assert heard.link == "https://www.youtube.com/watch?v=abcdEFGH_12&t=100s"
    assert heard.lines == (17, 17)


def test_the_answer_is_found_and_not_the_host_s_question_in_the_page_s_words():
    statement = "Salt slows yeast down because it draws water out, whatever the weather."
    assert found(statement).text.startswith("Salt draws water out of the cells")
    strangers = replace(INDEX.work, people=())
    assert found(statement, alignment.index(strangers)).speaker == "Ben Marsh"


def test_a_number_is_one_whether_in_digits_or_in_words():
    statement = "Voss keeps bread in the oven for 13 minutes at two hundred and sixty degrees."
    assert found(statement).text.startswith("I bake at 260 degrees for thirteen minutes.")


def test_the_question_tells_which_of_two_like_answers_is_meant():
    talk = (
        ("Ben Marsh", "How long does sourdough from rye rest in your kitchen?"),
        ("Ada Voss", "Overnight, under a towel. I never hurry it."),
        *TALK[4:],
        ("Ben Marsh", "And how long does a baguette from white wheat rest in your kitchen?"),
        ("Ada Voss", "Overnight, under a towel. I never hurry it."),
    )
    index = alignment.index(Work("w", "Bread", (turns(talk),), people=PEOPLE))
    rye, wheat = (f"A {each} rests overnight, never hurried, under a towel." for each in LOAVES)
    assert (found(rye, index).seconds, found(wheat, index).seconds) == (20, 140)


def test_the_whole_of_an_idea_is_looked_for_and_not_its_claim_alone():
    idea = Piece("idea", "Measure.", (1, 3), explanation="Grams do not lie, cups do: buy a scale.")
    assert found(idea).seconds == 140


def test_what_nobody_says_is_found_nowhere():
    assert alignment.best("Parliament raised the duty on imported tea in 1767.", INDEX) is None
    assert alignment.best("Water boils sooner on high mountains.", INDEX) is None
    assert alignment.best("", INDEX) is None
    assert alignment.best("It is what it is.", INDEX) is None


def test_a_work_without_a_recording_has_no_passages():
    page = Document(
        "page.txt", ("Salt slows yeast.",), (Piece("insight", "Salt slows yeast.", (1, 1)),)
    )
    index = alignment.index(Work("w", "Bread", (page,)))
    assert alignment.best(page.pieces[0], index) is None
    assert alignment.passages("Salt slows yeast.", alignment.index(Work("w", "Bread", ()))) == ()


def test_passages_lie_apart_and_the_best_comes_first():
    statement = "Granite wheels grind rye; cups lie, grams do not."
    ranked = alignment.passages(statement, INDEX, most=2)
    assert len(ranked) == 2
    assert ranked[0] == alignment.best(statement, INDEX)
    assert ranked[0].score >= ranked[1].score
    assert ranked[0].evidence.lines != ranked[1].evidence.lines


# --- captions ----------------------------------------------------------------


def test_captions_without_a_full_stop_give_a_short_passage_without_a_time():
    index = alignment.index(Work("w", "Bread", (captions(WHOLE),)))
    heard = found("Rye is ground between granite wheels, which leaves the bran coarse.", index)
    assert "grinds rye between granite wheels the bran stays coarse" in heard.text
    assert len(heard.text.split()) <= 60
    assert (heard.speaker, heard.seconds, heard.link) == ("", None, "")


def test_turns_are_quoted_before_captions_and_weigh_the_same_beside_them():
    both = Work("w", "Bread", (captions(WHOLE), turns()), people=PEOPLE)
    for statement in ("Rye is ground between granite wheels.", "Cups lie: buy a scale, use grams."):
        aligned = alignment.best(statement, alignment.index(both))
        assert aligned == alignment.best(statement, INDEX)


def test_captions_are_quoted_for_what_the_turns_leave_out():
    more = (
        WHOLE
        + " and my grandmother kept her starter in a copper kettle behind the stove all winter"
    )
    both = Work("w", "Bread", (turns(), captions(more)), people=PEOPLE)
    statement = "Her grandmother kept the starter in a copper kettle behind the stove."
    assert found(statement, alignment.index(both)).document == "captions.txt"


# --- words that stand in the document ------------------------------------------


def test_an_advert_or_a_heading_between_two_sentences_is_never_quoted_over():
    lines = (
        "**Ada Voss:** Salt draws water out of the cells.",
        "This talk is brought to you by Kettle and Sons.",
        "So the yeast grows slowly, and the crumb gets tight.",
    )
    pieces = tuple(
        Piece(
            "turn", lines[at].removeprefix("**Ada Voss:** "), (at + 1, at + 1), speaker="Ada Voss"
        )
        for at in (0, 2)
    )
    index = alignment.index(Work("w", "Bread", (Document("talk.md", lines, pieces),)))
    heard = found(
        "Salt draws water out of cells, so that yeast grows slowly and crumb is tight.", index
    )
    assert "Kettle" not in heard.text
    assert heard.lines == (3, 3)


WORD = st.sampled_from(
    ["salt", "yeast", "slow", "rye", "260", "oven", "never", "Ada's", "you-know", "X"]
)
SPOKEN = st.lists(
    st.tuples(
        st.lists(WORD, min_size=1, max_size=90), st.sampled_from([".", "?", "...", "", ' "ok."'])
    ),
    min_size=1,
    max_size=5,
).map(lambda parts: " ".join(" ".join(some).capitalize() + end for some, end in parts))


@given(st.lists(st.tuples(st.sampled_from(["Ada Voss", "Ben Marsh"]), SPOKEN), max_size=8), SPOKEN)
def test_every_passage_stands_in_its_document(talk: list[tuple[str, str]], statement: str):
    spoken = turns(tuple(talk))
    heard = captions(" ".join(text for _, text in talk))
    index = alignment.index(Work("w", "Bread", (heard, spoken), people=PEOPLE))
    home = {each.path: each for each in index.work.documents}
    for aligned in alignment.passages(statement, index):
        assert evidence.stands(aligned.evidence, home[aligned.evidence.document])
        assert aligned.evidence.match == "verbatim"


@pytest.mark.parametrize("recorded", RECORDED)
def test_every_passage_of_the_seeds_stands_in_its_document(recorded: str):
    work = seed(recorded, *PAGES)
    index = alignment.index(work)
    home = {each.path: each for each in work.documents}
    aligned = [
        each
        for document in work.documents
        for piece in document.pieces
        for each in alignment.passages(piece, index)
    ]
    assert len(aligned) > 30
    assert all(evidence.stands(each.evidence, home[each.evidence.document]) for each in aligned)


# --- the seeds -----------------------------------------------------------------

SAID = {
    ("insight", 1): "takes that ease as a sign of knowledge",
    ("insight", 2): "recalling something from memory makes it last longer",
    ("insight", 3): "42 against 56",
    ("insight", 4): "leaves more routes back to a memory",
    ("insight", 5): "with multiple choice you should always show the answer",
    ("insight", 6): "58 percent after twenty minutes",
    ("insight", 7): "spent 70 hours learning lists",
    ("insight", 8): "only about 5 to 10 percent of the year",
    ("insight", 9): "an obstacle that slows you down",
    ("insight", 10): "four that everybody names",
    ("insight", 11): "the blocked group solved 89 percent",
    ("insight", 12): "argued for about four",
    ("idea", 1): "42 against 56",
    ("idea", 2): "Savings is the share of the original effort",
    ("idea", 3): "the best gap was not a fixed number of days",
    ("idea", 4): "four that everybody names",
    ("idea", 5): "landscapes by twelve painters",
}
FOREIGN = (
    "The keel of a viking ship was cut from a single oak.",
    "A central bank lends to commercial banks overnight against collateral.",
    "In chess the king may castle only if it has not moved and is not in check.",
    "Sound travels faster through steel than through air.",
    "The treaty of 1648 ended thirty years of war in the German states.",
    "Photosynthesis stores the energy of light in the bonds of sugar.",
    "A sonnet has fourteen lines, and the turn often comes after the eighth.",
    "Erosion by glaciers leaves valleys with the shape of a U.",
    "Vaccines train the immune system without causing the disease.",
    "The compiler rejects a program whose types do not agree.",
)


def test_every_insight_and_idea_of_the_seeds_is_found_where_it_was_said():
    index = alignment.index(seed("transcript.md", *PAGES))
    pieces = {
        (piece.kind, piece.number): piece
        for document in index.work.documents
        for piece in document.pieces
        if piece.kind in ("insight", "idea")
    }
    assert pieces.keys() == SAID.keys()
    for which, said in SAID.items():
        heard = found(pieces[which], index)
        assert said in heard.text, which
        assert heard.speaker == "Maren Holt"
        assert heard.seconds is not None


@pytest.mark.parametrize("recorded", RECORDED)
def test_statements_of_other_subjects_are_found_nowhere_in_the_seeds(recorded: str):
    index = alignment.index(seed(recorded, *PAGES))
    assert [each for each in FOREIGN if alignment.best(each, index)] == []


def test_what_was_said_after_the_captions_end_is_not_found_in_them():
    index = alignment.index(seed("captions.txt", *PAGES))
    insights = [
        piece for each in index.work.documents for piece in each.pieces if piece.kind == "insight"
    ]
    assert all(alignment.best(insight, index) for insight in insights[:3])
    # The fourth comes right after the end, in the same words about the same effect.
    assert not any(alignment.best(insight, index) for insight in insights[4:])


# --- a page's statement that the recording's cards ask for ---------------------


def test_a_page_s_insight_without_a_card_names_the_card_that_asks_what_was_said_there():
    insight = Piece("insight", "Salt slows yeast because it draws water out of cells.", (1, 1))
    oven = Piece("insight", "The stone should be at 260 degrees for a good crust.", (3, 3))
    page = Document("page.txt", (insight.text, "", oven.text), (insight, oven))
    work = Work("w", "Bread", (page, turns()), people=PEOPLE)
    said = found(insight, alignment.index(work))

    def generate(passage: Passage, _: Wish) -> Iterator[Draft]:
        if passage.document.path == said.document:
            question = "By what does salt make the yeast of a dough grow more slowly?"
            content = Basic(question, "It draws water out of the cells")
            yield Draft(content, (said,), passage.document.pieces[1], rule="llm")

    outcome = pipeline.make(work, generate, Wish(), Memory(Deck("d", "Bread")))

    (card,) = outcome.new
    why = {row.piece: row.why for row in outcome.rows}
    assert why[insight].startswith(f"what was said there is asked by ^{card.id};")
    assert "asked by" not in why[oven]
