from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import layout, readers, words
from quizgen.model import Document, Piece

SEEDS = Path(__file__).parent.parent / "seeds"
NAMES = (
    "insights-page.txt",
    "captions.txt",
    "ideas-and-quotes.txt",
    "transcript.md",
    "lecture-notes.txt",
)
LINES = (
    "",
    "# Title",
    "## Head",
    "HEADING, IN CAPITALS",
    "Title Case Heading",
    "Topic:",
    "- a bullet",
    "– another",
    "1. one",
    "2. two",
    "1",
    "2",
    "42",
    "A sentence that ends here. And another one goes on.",
    "a wrapped line without any end",
    "TL;DR",
    "Key Insights",
    "5 ideas",
    "2 quotes",
    "WORDS WORTH SAVING",
    "Common Questions",
    "What is it?",
    "Topics",
    "Conclusion",
    "References",
    "Chapters",
    "0:00",
    "0:05 Introduction",
    "1:02:03 - The next part",
    "[0:00](https://youtu.be/q7Tm-Rc4_Zb?t=0)",
    "**Ada Lovelace:** Hello there.",
    "Ada: Hello.",
    "Charles: Good morning.",
    "[0:10] Ada: the mill",
    "Ada Lovelace  0:10",
    "Ada Lovelace",
    "> quoted words.",
    "> — Somebody",
    "```",
    "---",
    "===",
    "+++",
    "| a | b |",
    "https://example.org",
    "Save to Pod",
    "The ShowThe Show",
    "May 7, 20201h 37mWatch on YouTube ↗",
    "Kind: captions",
    "Language: en",
    "Thanks for listening. Use code LEARN for ten percent off your order. Subscribe to the show.",
    'And now some words from Alan Turing: "We can only see a short distance ahead, but we see."',
    "Q: What?",
    "A: That.",
    "Ada LovelacehostCharles Babbageguest",
    "Deep learning (A, B)Neural networks and brainsMore data and suchThe end of it",
    "Who it is OUTLINE: 0:00 - A 1:00 - B 2:00 - C LINKS: here",
    "Вот что получилось у меня.",
    "Date: 2024-03-02",
    ">",
    "—",
    "**",
)


ODD = st.characters(exclude_characters="\0", exclude_categories=["Cs"])


def seed(name: str) -> Document:
    return readers.read((SEEDS / name).read_bytes(), name)


def kinds(document: Document) -> Counter[str]:
    return Counter(piece.kind for piece in document.pieces)


def of(document: Document, kind: str) -> list[Piece]:
    return [piece for piece in document.pieces if piece.kind == kind]


def unaccounted(document: Document) -> list[str]:
    spans = [found.lines for found in (*document.pieces, *document.metadata, *document.dropped)]
    held = {at for first, last in spans for at in range(first, last + 1)}
    return [line for at, line in enumerate(document.lines, 1) if line.strip() and at not in held]


def not_verbatim(document: Document) -> list[str]:
    """Give paragraphs of pieces that do not stand in their lines, white space and marks aside."""
    missing: list[str] = []
    for piece in document.pieces:
        source = bare(" ".join(document.lines[piece.lines[0] - 1 : piece.lines[1]]))
        parts = f"{piece.text}\n\n{piece.explanation}\n\n{piece.answer}".split("\n\n")
        missing += [part for part in parts if bare(part) not in source]
    return missing


def bare(text: str) -> str:
    """Take the marks of Markdown out."""
    return " ".join(re.sub(r"[*_`~\\]", "", words.unmarked(" ".join(text.split()))).split())


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=40))
def test_every_line_is_a_piece_a_fact_or_dropped_with_a_reason(lines: list[str]):
    document = layout.recognise(lines, "x.md")
    assert unaccounted(document) == []
    assert all(gone.why and gone.text for gone in document.dropped)


@given(st.lists(st.sampled_from(LINES) | st.text(ODD, max_size=60), min_size=1, max_size=40))
def test_every_piece_stands_in_its_lines(lines: list[str]):
    document = readers.read(("x\n" + "\n".join(lines)).encode(), "x.md")
    assert unaccounted(document) == []
    assert not_verbatim(document) == []
    assert all(piece.text or piece.answer for piece in document.pieces)


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=40))
def test_reading_twice_gives_the_same(lines: list[str]):
    assert layout.recognise(lines, "x.md") == layout.recognise(lines, "x.md")


@pytest.mark.parametrize("name", NAMES)
def test_the_seeds_are_accounted_for_line_by_line(name: str):
    document = seed(name)
    assert unaccounted(document) == []
    assert not_verbatim(document) == []
    assert document.language == "en"
    assert all("announces" not in notice for notice in document.notices)


def test_an_insights_page():
    page = seed("insights-page.txt")
    assert kinds(page) == {"insight": 12, "section": 5, "summary": 1, "faq": 1}
    assert page.title == "Maren Holt: How Memory Works | The Slow Study Podcast #41"
    assert (page.minutes, page.dates[0].date) == (65, "2025-03-04")
    assert [(person.name, person.role) for person in page.people] == [("Maren Holt", "guest")]
    assert [piece.number for piece in of(page, "insight")] == list(range(1, 13))
    assert "\n\n" in of(page, "insight")[5].text
    assert of(page, "insight")[9].text.startswith("4 difficulties")
    assert of(page, "faq")[0].text == ""
    assert of(page, "section")[1].heading == "BERLIN, 1885, AND THE CURVE OF FORGETTING"


def test_an_ideas_and_quotes_page():
    page = seed("ideas-and-quotes.txt")
    assert kinds(page) == {"chapter": 13, "topic": 7, "idea": 5, "quote": 5, "summary": 4}
    assert {(person.name, person.role) for person in page.people} == {
        ("Theo Abara", "host"),
        ("Maren Holt", "guest"),
    }
    assert (page.minutes, page.dates[0].date) == (64, "2025-03-03")
    assert all(piece.explanation for piece in of(page, "idea"))
    assert [piece.speaker for piece in of(page, "quote")] == ["Maren Holt"] * 4 + ["Theo Abara"]
    chapters = of(page, "chapter")
    assert (chapters[0].text, chapters[0].seconds) == ("Introduction", 0)
    assert (chapters[-1].text, chapters[-1].seconds) == ("Three habits", 3693)


def test_a_transcript():
    talk = seed("transcript.md")
    turns = of(talk, "turn")
    assert len(of(talk, "chapter")) == 13
    assert {piece.speaker for piece in turns} == {"Theo Abara", "Maren Holt"}
    assert all(piece.seconds is not None and piece.heading for piece in turns)
    assert {piece.speaker for piece in of(talk, "quote")} == {"William James", "Ebbinghaus"}
    assert talk.recording == "q7Tm-Rc4_Zb"
    assert [person.role for person in talk.people] == ["guest", "host"]
    assert "the speaker label 'MMaren Holt' was read as 'Maren Holt'" in talk.notices
    assert any(gone.why == "in another language" for gone in talk.dropped)
    spoken = " ".join(piece.text for piece in talk.pieces)
    assert "Tallowleaf" not in spoken
    assert "leave you with some words" not in spoken


def test_one_speaker_in_a_row_is_one_turn():
    turns = of(seed("transcript.md"), "turn")
    for before, after in pairwise(turns):
        same = before.speaker == after.speaker and before.heading == after.heading
        assert not same or before.lines[1] < after.lines[0]
    assert any("\n\n" in piece.text for piece in turns)


def test_captions():
    captions = seed("captions.txt")
    passages = of(captions, "caption")
    assert kinds(captions) == {"caption": len(passages)}
    assert captions.url == "https://www.youtube.com/watch?v=q7Tm-Rc4_Zb"
    assert all(40 <= len(piece.text.split()) <= 125 for piece in passages)
    assert all(one.lines[1] < other.lines[0] for one, other in pairwise(passages))
    said = " ".join(piece.text for piece in passages)
    assert "pencils" not in said
    assert "Settings" not in said
    assert said.endswith("if you")


def test_lecture_notes():
    notes = seed("lecture-notes.txt")
    assert kinds(notes) == {"bullet": 13, "topic": 10, "section": 5, "chapter": 4}
    assert [piece.seconds for piece in of(notes, "chapter")] == [8, 461, 985, 1672]
    assert notes.dates[0].date == "2024-10"
    assert [(one.name, one.role) for one in notes.people] == [("Ines Valdahl", "speaker")]
    assert any(gone.why == "a stock conclusion" for gone in notes.dropped)
    rules = next(piece for piece in of(notes, "topic") if piece.text == "Rules of the Box")
    assert rules.heading == "The Box That Counts by Centimetres"
    assert of(notes, "bullet")[0].heading == "Rules of the Box"
