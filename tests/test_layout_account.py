"""Whatever realistic parts a document is put together from, each of its lines is accounted for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import evidence, layout
from quizgen.model import Document, Dropped, Field, Piece

SENTENCES = (
    "Salt slows the yeast because it binds the water.",
    "A levain is a piece of old dough that raises the next loaf.",
    "In 1834, 3 of the 12 ovens of Lyon were fired with vine cuttings.",
    "‘Wait,’ she said, and so we waited; nobody had a better idea.",
    "The **crust** browns at about 140 °C, *well* before the crumb is set.",
    "An over‑fermented dough tears (see the [window test](https://example.org/w_(1)) first).",
    "She weighs everything twice: flour, water, salt & patience…",
    "“Dough waits for nobody,” said my teacher. “Nobody waits for dough.”",
)
SPOKEN = (
    "What is it about rye?",
    "No.",
    "So, um, it has hardly any gluten, you know, and the bran cuts what there is.",
    "This show is sponsored by Oat & Sons. Use code CRUMB now. So what of wheat?",
    'My teacher once said, "Flour is a living thing and it does not like to be hurried at all."',
    "…and then it falls, because",
    "Thanks for listening, and hope to see you next time.",
)
SHOW = "Ada Voss: Slow Bread | The Crumb Podcast #12"
TITLES = ("Salt, yeast and time", "The Window Test", "HOW LYON BAKED, 1834", "3 Ovens", "RyeNet")
NAMES = ("Ada Voss", "Ben Marsh", "Chidi Okoro")
TOPICS = "Flour and water (autolyse, RyeNet)Wild yeast and its keepersHeat, steam and the crust"
FURNITURE = (
    "Save to Pod",
    "💌 Get it!\nhttps://example.org/x",
    "url:: https://example.org",
    "View all 505 summaries",
    "Skip to content",
    "Show more",
)

sentence = st.sampled_from(SENTENCES)
paragraph = st.lists(sentence, min_size=1, max_size=3).map(" ".join)
title = st.sampled_from(TITLES)
name = st.sampled_from(NAMES)
clock = st.integers(0, 5999).map(lambda at: f"{at // 60}:{at % 60:02}")


def apart(parts: Sequence[str]) -> str:
    return "\n\n".join(parts)


@st.composite
def numbered(draw: st.DrawFn) -> str:
    points = draw(st.lists(paragraph, min_size=2, max_size=4))
    return apart(["Key Insights", *(f"{at}\n\n{point}" for at, point in enumerate(points, 1))])


@st.composite
def ideas(draw: st.DrawFn) -> str:
    pairs = draw(st.lists(st.tuples(sentence, paragraph), min_size=1, max_size=3))
    count = draw(st.integers(0, 4))
    return apart(["IDEAS WORTH REMEMBERING", f"{count} ideas", *(apart(pair) for pair in pairs)])


@st.composite
def quotes(draw: st.DrawFn) -> str:
    style = draw(
        st.sampled_from(["{0}\n\n{1}", "“{0}” — {1}", "- “{0}” ({1}, 12:31)", "> {0}\n> — {1}"])
    )
    said = draw(st.lists(st.tuples(sentence, name), min_size=1, max_size=3))
    return apart(["WORDS WORTH SAVING", *(style.format(*each) for each in said), TOPICS])


@st.composite
def section(draw: st.DrawFn) -> str:
    heads = ("## {}", "{}", "**{}**", "{}:", "{}\n------", "### 💡 **{}**", "Lesson 2: {}")
    head = draw(st.sampled_from(heads)).format(draw(title))
    body = draw(st.lists(paragraph, max_size=2))
    marks = st.sampled_from(
        ["- ", "– ", "  * ", "1. ", "🧂 ", "-\n", "- Why:\n  - ", "- Q: ", "- A: "]
    )
    gap = draw(st.sampled_from(["\n", "\n\n", "\n  "]))
    items = gap.join(f"{draw(marks)}{each}" for each in draw(st.lists(sentence, max_size=3)))
    return apart([part for part in (head, *body, items) if part])


@st.composite
def outline(draw: st.DrawFn) -> str:
    items = draw(st.lists(st.tuples(clock, title), min_size=2, max_size=5))
    style = draw(st.sampled_from(["{0} {1}", "{0} - {1}", "- [{0}](https://youtu.be/x?t=1) {1}"]))
    lines = [style.format(*each) for each in items]
    blob = " ".join(f"{at} - {what}" for at, what in items)
    return draw(
        st.sampled_from(
            [
                "\n".join(["Chapters", "", *lines]),
                f"{SENTENCES[1]} LINKS: https://example.org OUTLINE: {blob} CONNECT: - Letter: x",
            ]
        )
    )


@st.composite
def speech(draw: st.DrawFn) -> str:
    style = draw(
        st.sampled_from(
            [
                "[{1}](https://youtu.be/q7Tm-Rc4_Zb?t=1)\n**{0}:** {2}",
                "**{0}:** {2}",
                "[{1}] {0}: {2}",
                "{0} ({1}):\n{2}",
                "{0}  {1}\n{2}",
                "{1}\n{2}",
                "{2}",
            ]
        )
    )
    turns = draw(st.lists(st.tuples(name, clock, st.sampled_from(SPOKEN)), min_size=1, max_size=8))
    return apart([style.format(*turn) for turn in turns])


@st.composite
def questions(draw: st.DrawFn) -> str:
    style = draw(st.sampled_from(["Q: {0}\nA: {1}", "{0}\n\n{1}", "{1}"]))
    asked = draw(st.lists(st.tuples(st.sampled_from(SPOKEN), sentence), min_size=1, max_size=3))
    return apart(["Common Questions", *(style.format(*each) for each in asked)])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    heads = (
        "",
        "---\nlayout: post\ntitle: Slow Bread\ndate: 2024-01-07\n---",
        f"{SHOW}\n\nThe CrumbThe Crumb\nArts7 min read65 min video\nMar 4, 2025|48,112 views|16",
        f"{SHOW}\n\nBen MarshhostAda Vossguest\nMay 7, 20201h 37mWatch on YouTube ↗",
        "Ich habe das Transkript nicht selbst geschrieben, und die Namen sind nicht immer richtig.",
    )
    kinds = (numbered(), ideas(), quotes(), section(), outline(), speech(), questions(), paragraph)
    parts = draw(st.lists(st.one_of(kinds), min_size=1, max_size=6))
    foot = draw(st.lists(st.sampled_from(FURNITURE), max_size=3))
    text = apart([draw(st.sampled_from(heads)), *parts, *foot])
    # Text that is copied out of a page may have lost its blank lines.
    lines = text.split("\n") if draw(st.booleans()) else text.replace("\n\n", "\n").split("\n")
    return layout.recognise(lines, "x.md")


@given(documents())
def test_every_line_of_a_document_is_accounted_for(document: Document):
    assert layout.unaccounted(document) == ()


@given(documents())
def test_every_paragraph_of_a_piece_is_evidence_that_stands(document: Document):
    for piece in document.pieces:
        for part in f"{piece.text}\n\n{piece.explanation}\n\n{piece.answer}".split("\n\n"):
            if part:
                assert evidence.stands(evidence.of(document, part, piece), document)


@given(documents())
def test_what_was_dropped_stands_in_its_lines(document: Document):
    for gone in document.dropped:
        first, last = gone.lines
        source = " ".join(" ".join(document.lines[first - 1 : last]).split())
        assert gone.why
        assert (
            evidence.stands(
                evidence.Evidence(text=gone.text, document=document.path, lines=gone.lines),
                document,
            )
            or gone.text in source
        )


@pytest.mark.parametrize(
    "document",
    [
        Document("x", ("a", "", "b", " "), pieces=(Piece("section", "a", (1, 1)),)),
        Document("x", ("b", "a"), metadata=(Field((2, 2), "title"),)),
        Document(
            "x", ("a", "b", "a"), dropped=(Dropped((1, 1), "a", "x"), Dropped((3, 3), "a", "x"))
        ),
    ],
)
def test_a_line_in_nothing_is_named(document: Document):
    assert [document.lines[at - 1] for at in layout.unaccounted(document)] == ["b"]
