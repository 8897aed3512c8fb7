from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_script import TALK, page, raw_passage, transcript, work

from quizgen import evidence, words
from quizgen.generate.llm import agreement, ground, passages
from quizgen.generate.llm.parts import Passage
from quizgen.model import Document, Piece

PASSAGE = passages.cut(work(page(), transcript()), size=1600, limit=4000)[0]
SALT = "Salt draws water out of the yeast cells, so the dough rises more slowly."


def found(quote: str, line: int = 0, passage: Passage = PASSAGE) -> ground.Found:
    result = ground.find(quote, passage, line=line)
    assert result is not None
    return result


def test_words_are_found_with_speaker_place_and_time_by_code() -> None:
    proof = found(SALT, line=1).evidence

    assert (proof.text, proof.speaker, proof.seconds) == (SALT, "Ada Voss", 20)
    assert (proof.document, proof.lines, proof.match) == ("talk.md", (3, 3), "verbatim")


@pytest.mark.parametrize(
    "quote",
    [
        "“Salt draws water out of the yeast cells,” ",
        "[2] salt draws WATER  out of\nthe yeast cells",
        "Ada Voss, 0:20: Salt draws water out of the yeast cells, so the dough rises more slowly.",
        "[2] ada voss: “Salt draws water out of the yeast cells”",
        "Salt draws water … the dough rises more slowly",
        "Salt draws water [...] rises more slowly.",
        "Salt draws water out of the yeast cells so the dough rises more slowly",
        "Salt draw water out of the yeast cells, so the dough rises more slowly.",
    ],
)
def test_quotes_spaces_case_cuts_and_slips_are_forgiven(quote: str) -> None:
    assert found(quote).evidence.text == SALT


@pytest.mark.parametrize(
    "quote",
    [
        "Salt kills the yeast cells and so the dough never rises.",
        "I bake at 250 degrees for thirteen minutes.",
        "The bran does get hot between them, and so the oil in it keeps its taste.",
        "I bake at 260 degrees for 30 minutes.",
        "yeast",
        "",
        "…",
        "alt draws water",
    ],
)
def test_inventions_other_numbers_lost_negations_and_scraps_are_not_found(quote: str) -> None:
    assert ground.find(quote, PASSAGE) is None


def test_evidence_is_the_whole_sentence_with_its_hedge() -> None:
    proof = found("humid weather probably matters less than bakers claim").evidence

    assert proof.text == "I think humid weather probably matters less than bakers claim."


def test_a_line_that_the_model_names_only_settles_which_of_two_places_is_meant() -> None:
    twice = (("Ada Voss", "Flour is alive. It breathes."), ("Ben Marsh", "Flour is alive. Really?"))
    (passage,) = passages.cut(work(transcript(twice)), size=600, limit=900)

    assert found("Flour is alive.", 2, passage).evidence.speaker == "Ben Marsh"
    assert found("Flour is alive.", 99, passage).evidence.speaker == "Ada Voss"
    assert found("Flour is alive.", -3, passage).evidence.speaker == "Ada Voss"


def test_words_of_two_speakers_are_no_quote() -> None:
    assert ground.find("for a loaf? It does. Salt draws water", PASSAGE) is None


def test_restored_captions_give_the_captions_own_words_as_evidence() -> None:
    proof = found("salt draws water out of the yeast cells", passage=raw_passage()).evidence

    assert proof.text.startswith("so ada vos says that salt draws water out")
    assert proof.note.startswith("read as: So Ada Voss says that salt draws water")
    assert evidence.stands(proof, raw_passage().work.documents[0])


def test_a_quote_that_runs_on_into_the_next_numbered_line_is_found() -> None:
    said = tuple(("Ada Voss", f"Loaf number {n} was baked on a stone.") for n in range(30))
    (passage,) = passages.cut(work(transcript(said)), size=1600, limit=4000)
    lines = [" ".join(part.text.split()) for part in passage.parts]
    last, first = lines[0].split(". ")[-1], lines[1].split(". ")[0]
    both = found(f"{last} {first}.", 1, passage)

    assert len(lines) > 2
    assert both.evidence.text == f"{last} {first}."
    assert ground.number(both, passage) == 1


SPOKEN = [text for _, text in TALK]


@given(st.sampled_from(SPOKEN), st.data())
def test_every_run_of_whole_words_is_found_and_stands(text: str, data: st.DataObject) -> None:
    said = text.split()
    first = data.draw(st.integers(0, max(0, len(said) - 4)))
    last = data.draw(st.integers(min(first + 3, len(said)), len(said)))
    proof = ground.find(" ".join(said[first:last]), PASSAGE)

    if words.word_count(" ".join(said[first:last]).strip("\"“”'‘’")) >= 3:
        assert proof is not None
        assert evidence.stands(proof.evidence, PASSAGE.work.documents[1])


@given(st.text(max_size=80) | st.lists(st.sampled_from(" ".join(SPOKEN).split())).map(" ".join))
def test_whatever_is_found_stands_in_its_document(quote: str) -> None:
    result = ground.find(quote, PASSAGE)

    if result is not None:
        homes = {document.path: document for document in PASSAGE.work.documents}
        assert evidence.stands(result.evidence, homes[result.evidence.document])


# --- comparing answers -------------------------------------------------------


@pytest.mark.parametrize(
    ("card", "reader", "verdict"),
    [
        ("It draws water out of them", "draws water out of the cells", "same"),
        ("Steam", "steam.", "same"),
        ("About 95 percent", "95%", "same"),
        ("260 degrees", "280 degrees", "different"),
        ("Steam", "?", "different"),
        ("Steam", "", "different"),
        ("The bran stays cool", "The bran does not stay cool", "unclear"),
        ("Fear", "Dread", "unclear"),
        ("RAM", "random access memory", "same"),
        ("Bank of England", "BOE", "unclear"),
    ],
)
def test_answers_are_compared_by_words_numbers_and_negations(
    card: str, reader: str, verdict: str
) -> None:
    assert agreement.compare(card, reader, "What happens in the oven?") == verdict


def test_a_quote_that_joins_a_label_to_what_follows_rests_on_what_follows() -> None:
    lines = ("Persistence:", "", "The bond of carbon and fluorine does not break down in soil.")
    piece = Piece("topic", "Persistence", (1, 3), explanation=lines[2])
    (passage,) = passages.cut(work(Document("x.md", lines, (piece,))), size=600, limit=900)

    proof = found(f"Persistence — {lines[2]}", 1, passage).evidence
    assert (proof.text, proof.lines) == (lines[2], (3, 3))
