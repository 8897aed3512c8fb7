from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_script import RAW, READABLE, TALK, page, raw, transcript, work

from quizgen import words
from quizgen.generate.llm import captions, passages
from quizgen.generate.llm.parts import Part, Passage, of_document, tokens
from quizgen.model import Document, Kind, Piece

SENTENCES = st.lists(
    st.sampled_from(
        [
            "Rye is ground between granite wheels.",
            "Why would anybody do that?",
            "The bran stays coarse, and the flour tastes of hay; nobody knows quite why it does.",
            "No.",
            "It rises 2.5 times, says Dr. Lin.",
            "Ünïcode — “quoted”\nand broken over lines…",
            "слово " * 30,
        ]
    ),
    min_size=1,
    max_size=14,
).map(" ".join)
KINDS: tuple[Kind, ...] = ("insight", "idea", "section", "bullet", "faq", "summary", "topic")


@st.composite
def documents(draw: st.DrawFn) -> Document:
    pieces: list[Piece] = []
    lines: list[str] = []
    is_spoken = draw(st.booleans())
    for _ in range(draw(st.integers(1, 12))):
        text = draw(SENTENCES).strip()
        heading = draw(st.sampled_from(["", "Flour", "Oven"]))
        lines.append(" ".join(text.split()))
        spot = (len(lines), len(lines))
        if is_spoken:
            speaker = draw(st.sampled_from(["Ada Voss", "Ben Marsh"]))
            pieces.append(Piece("turn", text, spot, speaker=speaker, heading=heading))
        else:
            kind = draw(st.sampled_from(KINDS))
            pieces.append(Piece(kind, text, spot, heading=heading, explanation=draw(SENTENCES)))
    name = draw(st.sampled_from(["a.md", "b.md", "c.md"]))
    return Document(name, tuple(lines), tuple(pieces))


def solid(text: str) -> str:
    return "".join(text.split())


def whole(document: Document) -> str:
    return solid("".join(part.source for part in of_document(document)))


def shown(made: tuple[Passage, ...]) -> str:
    return solid("".join(part.source for passage in made for part in passage.parts))


@given(documents(), st.integers(60, 900))
def test_every_word_is_in_exactly_one_passage(document: Document, size: int) -> None:
    made = passages.cut(work(document), size=size, limit=2 * size)

    assert shown(made) == whole(document)


@given(documents(), st.integers(60, 900))
def test_no_passage_is_longer_than_its_limit(document: Document, size: int) -> None:
    made = passages.cut(work(document), size=size, limit=size)

    for passage in made:
        spare = 8 * sum(len(part.pieces) + 1 for part in passage.parts)
        assert sum(tokens(part.text) for part in passage.parts) <= max(size, 60) + spare


@given(documents())
def test_halves_hold_what_the_whole_held(document: Document) -> None:
    for passage in passages.cut(work(document), size=400, limit=900):
        parts = passages.halves(passage)

        assert shown(parts) == shown((passage,))
        assert len(parts) in (1, 2)


def test_no_passage_ends_inside_a_sentence() -> None:
    long = " ".join(f"Loaf number {n} was baked on a stone, and it rose well." for n in range(200))
    made = passages.cut(work(transcript((("Ada Voss", long),))), size=300, limit=600)

    assert len(made) > 5
    assert all(passage.parts[-1].source.rstrip().endswith(".") for passage in made)


def test_a_cut_falls_on_a_section_rather_than_into_one() -> None:
    texts = [
        f"Sentence {n} about the matter is here to fill the room that it has." for n in range(16)
    ]
    pieces = tuple(
        Piece("bullet", text, (at + 1, at + 1), heading="Flour" if at < 7 else "Oven")
        for at, text in enumerate(texts)
    )
    made = passages.cut(work(Document("x.md", tuple(texts), pieces)), size=200, limit=600)

    assert [{p.heading for part in each.parts for p in part.pieces} for each in made] == [
        {"Flour"},
        {"Oven"},
    ]


def test_a_page_goes_along_with_the_speech_that_it_reports_and_not_twice() -> None:
    stray = "Sourdough was known in Egypt long before anybody wrote about it. " * 20
    both = work(page((*page().lines, stray.strip())), transcript())
    made = passages.cut(both, size=1600, limit=4000)

    spoken, alone = made
    assert [part.text for part in spoken.also] == list(page().lines)
    assert [part.text for part in alone.parts] == [stray.strip()]


def test_scraps_of_a_page_go_along_with_the_last_passage() -> None:
    stray = page(("Bread", "Flour"))
    made = passages.cut(work(stray, transcript()), size=1600, limit=4000)

    assert [part.text for part in made[-1].also] == ["Bread", "Flour"]


def test_captions_of_a_talk_that_has_a_transcript_are_not_read_again() -> None:
    heard = " ".join(text for _, text in TALK).casefold().replace(".", "").replace(",", "")
    raw = Document("raw.txt", (heard,), (Piece("caption", heard, (1, 1)),))
    made = passages.cut(work(raw, transcript()), size=1600, limit=4000)

    assert {part.run.document.path for each in made for part in each.entries} == {"talk.md"}
    assert captions.stretches(work(raw, transcript())) == ()


def test_another_talk_of_the_same_person_is_read() -> None:
    other = transcript(
        (("Ada Voss", "Potatoes keep best in a dark cellar at four degrees."),), "b.md"
    )
    made = passages.cut(work(transcript(), other), size=1600, limit=4000)

    assert {part.run.document.path for each in made for part in each.parts} == {"talk.md", "b.md"}


def test_a_passage_says_what_went_before() -> None:
    long = " ".join(f"Loaf number {n} was baked on a stone." for n in range(100))
    made = passages.cut(work(transcript((("Ada Voss", long),))), size=300, limit=600)

    for former, passage in pairwise(made):
        assert passage.before.startswith("Ada Voss: … ")
        end = passage.before.split("… ", 1)[1]
        assert " ".join(part.text.strip() for part in former.parts).endswith(end)


def test_headings_chapters_and_adverts_are_no_material() -> None:
    pieces = (
        Piece("section", "Oven", (1, 1), heading="Oven", seconds=3),
        Piece("chapter", "Flour", (2, 2), seconds=9),
        Piece("insight", "Steam keeps a crust soft.", (3, 3)),
    )
    document = Document("x.md", ("Oven", "Flour", "Steam keeps a crust soft."), pieces)
    made = passages.cut(work(document), size=100, limit=100)

    assert [part.text for each in made for part in each.parts] == ["Steam keeps a crust soft."]


def test_a_work_without_material_has_no_passages() -> None:
    assert passages.cut(work(Document("x.md", ())), size=100, limit=100) == ()


# --- captions ----------------------------------------------------------------


def restored(text: str, *names: str) -> captions.Reading:
    (stretch,) = captions.stretches(raw())
    return captions.read(stretch, text, names, captions.names(raw()))


def readable(reading: captions.Reading) -> list[Part]:
    return list(captions.parts(reading.stretch.run.document, [reading]))


def test_punctuation_and_a_listed_name_are_taken_over() -> None:
    reading = restored(READABLE, "vos -> Voss")

    assert [part.text for part in readable(reading)] == [
        (
            "So Ada Voss says that salt draws water out of the yeast cells, and the dough rises"
            " more slowly."
        ),
        "She bakes at 260 degrees, and and steam keeps the crust soft for a while, you know.",
    ]
    assert reading.repaired == (("vos", "Voss"),)


@pytest.mark.parametrize("names", [(), ("vos -> Vossen",), ("vos -> Gates",)])
def test_a_name_that_is_not_listed_or_not_known_is_put_back(names: tuple[str, ...]) -> None:
    meant = names[0].split("-> ")[1] if names else "Voss"
    reading = restored(READABLE.replace("Voss", meant), *names)

    assert "Ada vos says" in readable(reading)[0].text
    assert reading.repaired == ()


def test_a_word_that_was_changed_left_out_or_added_is_put_back() -> None:
    text = READABLE.replace("more slowly", "less slowly").replace("and and", "and")
    reading = restored(text, "vos -> Voss")

    said = " ".join(part.text for part in readable(reading))
    assert words.letters(said) == words.letters(" ".join(RAW).replace("vos ", "voss "))


def test_an_answer_that_changes_much_is_not_taken_at_all() -> None:
    reading = restored("Ada Voss says a lot about bread and about the water in the cells.")

    assert reading.refused.startswith("the model changed")
    assert words.letters(" ".join(p.text for p in readable(reading))) == words.letters(
        " ".join(RAW)
    )


@given(st.lists(st.sampled_from([*READABLE.split(), "not", "never", "300", "…", "—"]), max_size=60))
def test_whatever_a_model_answers_the_letters_stay_the_captions_own(heard: list[str]) -> None:
    reading = restored(" ".join(heard))

    said = "".join(part.text for part in readable(reading))
    assert words.letters(said) == words.letters("".join(RAW))


def captions_of(*lines: str, title: str = "Ada Voss: Bread") -> captions.Stretch:
    pieces = tuple(Piece("caption", text, (at, at)) for at, text in enumerate(lines, 1))
    made = replace(work(Document("raw.txt", lines, pieces)), title=title)
    (stretch,) = captions.stretches(made)
    return stretch


TOLD = "the miller kazimir spoke of rye and then [Music] kasimeer said that bran stays cool"


def test_bracketed_noise_is_no_word_and_dashes_and_colons_may_be_added() -> None:
    stretch = captions_of(TOLD)
    better = "The miller Kazimir spoke of rye — and then Kazimir said that: bran stays cool."
    reading = captions.read(stretch, better, ["kasimeer -> Kazimir"], ())

    assert "Music" not in stretch.text
    assert [part.text for part in readable(reading)] == [better]
    assert reading.repaired == (("kasimeer", "Kazimir"),)


def test_a_word_that_sounds_like_none_in_the_captions_is_not_put_for_another() -> None:
    reading = captions.read(captions_of(TOLD), TOLD.replace("rye", "Bran"), ["rye -> Bran"], ())

    assert reading.repaired == ()


def test_words_of_a_title_that_the_captions_have_are_not_listed_as_names() -> None:
    stretch = captions_of(*RAW, title="Dough and Salt by Krizhevsky")
    listed = captions.names(replace(work(stretch.run.document), title="Salt by Krizhevsky"))

    assert "Krizhevsky" in listed
    assert "Salt" not in listed


def test_restored_captions_are_numbered_in_lines_of_some_sentences() -> None:
    said = [f"loaf number {n} was baked on a stone by the miller of the town" for n in range(40)]
    stretch = captions_of(*said)
    text = " ".join(f"{line.capitalize()}." for line in said)
    shown = {
        "raw.txt": captions.parts(stretch.run.document, [captions.read(stretch, text, (), ())])
    }
    (passage,) = passages.cut(work(stretch.run.document), size=1600, limit=4000, restored=shown)
    counts = [words.word_count(part.text) for part in passage.parts]

    assert len(counts) > 5
    assert all(60 <= count < 90 for count in counts[:-1])
