from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import layout, readers, words
from quizgen.model import Document, Person, Piece


@dataclass(frozen=True, slots=True)
class Content:
    """What a document holds; `sections` are the seconds at which its parts begin."""

    name: str
    pieces: Mapping[str, int]
    title: str
    dates: tuple[tuple[str, str], ...]
    people: tuple[Person, ...]
    minutes: int = 0
    recording: str = ""
    sections: tuple[int, ...] = ()


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


def not_verbatim(document: Document) -> list[str]:
    """Give paragraphs of pieces that do not stand in their lines, white space and marks aside."""
    missing: list[str] = []
    for piece in document.pieces:
        lines = document.lines[piece.lines[0] - 1 : piece.lines[1]]
        source = bare(" ".join(re.sub(r"^\s*(?:>\s?)+", "", line) for line in lines))
        parts = f"{piece.text}\n\n{piece.explanation}\n\n{piece.answer}".split("\n\n")
        missing += [part for part in parts if bare(part) not in source]
    return missing


def bare(text: str) -> str:
    """Take the marks of Markdown out."""
    return " ".join(re.sub(r"[*_`~\\]", "", words.unmarked(" ".join(text.split()))).split())


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=40))
def test_every_line_is_a_piece_a_fact_or_dropped_with_a_reason(lines: list[str]):
    document = layout.recognise(lines, "x.md")
    assert layout.unaccounted(document) == ()
    assert all(gone.why and gone.text for gone in document.dropped)


@given(st.lists(st.sampled_from(LINES) | st.text(ODD, max_size=60), min_size=1, max_size=40))
def test_every_piece_stands_in_its_lines(lines: list[str]):
    document = readers.read(("x\n" + "\n".join(lines)).encode(), "x.md")
    assert layout.unaccounted(document) == ()
    assert not_verbatim(document) == []
    assert all(piece.text or piece.answer for piece in document.pieces)


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=40))
def test_reading_twice_gives_the_same(lines: list[str]):
    assert layout.recognise(lines, "x.md") == layout.recognise(lines, "x.md")


@pytest.mark.parametrize("name", NAMES)
def test_the_seeds_are_accounted_for_line_by_line(name: str):
    document = seed(name)
    assert layout.unaccounted(document) == ()
    assert not_verbatim(document) == []
    assert all("announces" not in notice for notice in document.notices)


# What is in each of our documents, as README.md beside them says it is.
INTERVIEW = "Maren Holt: How Memory Works | The Slow Study Podcast #41"
GUEST = Person("Maren Holt", "guest")
HOST = Person("Theo Abara", "host")
CONTENTS = (
    Content(
        "insights-page.txt",
        {"summary": 1, "insight": 12, "section": 5, "faq": 1},
        title=INTERVIEW,
        dates=(("2025-03-04", "line 7"),),
        people=(GUEST,),
        minutes=65,
    ),
    Content(
        "captions.txt",
        {"caption": 10},
        title=INTERVIEW,
        dates=(("2025-03-04", "line 2"),),
        people=(GUEST,),
        recording="q7Tm-Rc4_Zb",
    ),
    Content(
        "ideas-and-quotes.txt",
        {"chapter": 13, "summary": 4, "idea": 5, "quote": 5, "topic": 7},
        title=INTERVIEW,
        dates=(("2025-03-03", "line 9"),),
        people=(HOST, GUEST),
        minutes=64,
    ),
    Content(
        "transcript.md",
        {"section": 13, "turn": 151, "quote": 2},
        title="The Slow Study Podcast with Maren Holt",
        dates=(("2025-08-19", "front matter, line 4"),),
        people=(Person("Maren Holt", "guest", ("MMaren Holt",)), HOST),
        recording="q7Tm-Rc4_Zb",
        sections=(0, 161, 482, 970, 1477, 1940, 2240, 2645, 2913, 3168, 3330, 3552, 3700),
    ),
    Content(
        "lecture-notes.txt",
        {"chapter": 4, "section": 5, "topic": 10, "bullet": 13},
        title="Ines Valdahl (Scheduling Engineer) – Open Flashcard Day (Oct 2024)",
        dates=(("2024-10", "title, line 1"),),
        people=(Person("Ines Valdahl", "speaker"),),
    ),
)


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.name)
def test_each_of_our_documents_holds_what_is_in_it(content: Content):
    document = seed(content.name)
    assert kinds(document) == content.pieces
    assert document.title == content.title
    assert tuple((told.date, told.where) for told in document.dates) == content.dates
    assert document.people == content.people
    assert (document.minutes, document.recording) == (content.minutes, content.recording)
    assert document.language == "en"
    begun = tuple(piece.seconds for piece in of(document, "section") if piece.seconds is not None)
    assert begun == content.sections


def test_an_insights_page():
    page = seed("insights-page.txt")
    assert [piece.number for piece in of(page, "insight")] == list(range(1, 13))
    assert "\n\n" in of(page, "insight")[5].text
    assert of(page, "insight")[9].text.startswith("4 difficulties")
    assert of(page, "faq")[0].text == ""
    assert of(page, "section")[1].heading == "BERLIN, 1885, AND THE CURVE OF FORGETTING"


def test_an_ideas_and_quotes_page():
    page = seed("ideas-and-quotes.txt")
    assert all(piece.explanation for piece in of(page, "idea"))
    assert [piece.speaker for piece in of(page, "quote")] == ["Maren Holt"] * 4 + ["Theo Abara"]
    chapters = of(page, "chapter")
    assert (chapters[0].text, chapters[0].seconds) == ("Introduction", 0)
    assert (chapters[-1].text, chapters[-1].seconds) == ("Three habits", 3693)


def test_a_transcript():
    talk = seed("transcript.md")
    turns = of(talk, "turn")
    assert {piece.speaker for piece in turns} == {"Theo Abara", "Maren Holt"}
    assert all(piece.seconds is not None and piece.heading for piece in turns)
    quotes = [(piece.speaker, piece.seconds) for piece in of(talk, "quote")]
    assert quotes == [("Ebbinghaus", 1477), ("William James", 3796)]
    assert talk.notices == (
        "the speaker label 'MMaren Holt' was read as 'Maren Holt'",
        "lines 7-9 are in German and were left out: they may say how this text was made",
    )
    spoken = " ".join(piece.text for piece in talk.pieces)
    assert "Tallowleaf" not in spoken
    assert "leave you with some words" not in spoken


def test_a_sections_title_is_its_text_and_the_heading_of_its_turns():
    talk = seed("transcript.md")
    sections = of(talk, "section")
    assert all(piece.text == piece.heading for piece in sections)
    headings = dict.fromkeys(piece.heading for piece in of(talk, "turn"))
    assert [piece.text for piece in sections] == list(headings)


def test_one_speaker_in_a_row_is_one_turn():
    turns = of(seed("transcript.md"), "turn")
    for before, after in pairwise(turns):
        same = before.speaker == after.speaker and before.heading == after.heading
        assert not same or before.lines[1] < after.lines[0]
    assert any("\n\n" in piece.text for piece in turns)


def test_captions():
    captions = seed("captions.txt")
    passages = of(captions, "caption")
    assert captions.url == "https://www.youtube.com/watch?v=q7Tm-Rc4_Zb"
    assert all(40 <= len(piece.text.split()) <= 125 for piece in passages)
    assert all(one.lines[1] < other.lines[0] for one, other in pairwise(passages))
    said = " ".join(piece.text for piece in passages)
    assert "pencils" not in said
    assert "Settings" not in said
    assert said.endswith("if you")


def test_lecture_notes():
    notes = seed("lecture-notes.txt")
    assert [piece.seconds for piece in of(notes, "chapter")] == [8, 461, 985, 1672]
    assert any(gone.why == "a stock conclusion" for gone in notes.dropped)
    rules = next(piece for piece in of(notes, "topic") if piece.text == "Rules of the Box")
    assert rules.heading == "The Box That Counts by Centimetres"
    assert of(notes, "bullet")[0].heading == "Rules of the Box"
