"""Cards that show a model what is wanted, in subjects that nobody's documents are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from quizgen.generate.llm.wishes import CardKind


@dataclass(frozen=True, slots=True)
class Example:
    """A card and the words that it rests on; `speaker` is empty for a page's own prose."""

    source: str
    kind: CardKind
    question: str
    answer: str
    wrong: tuple[str, ...] = ()
    speaker: str = ""
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class Mended:
    """A card as it is often written, what is wrong with it, and as it ought to be."""

    bad: str
    bad_answer: str
    fault: str
    good: Example


GOOD: Final = (
    Example(
        "I think guilds probably did more to keep outsiders away than to keep quality up.",
        "basic",
        "According to Mira Halvorsen (2017), what did medieval guilds probably do more than keep"
        " quality up?",
        "Keep outsiders away",
        speaker="Mira Halvorsen",
        lesson="a view: person, year and “probably” are kept",
    ),
    Example(
        "Counterpoint joins melodies that are independent in rhythm and contour, and monody sets"
        " one melody over chords.",
        "cloze",
        "Counterpoint joins melodies that are {{independent}} in rhythm and contour.",
        "",
        lesson="the blank is the word that makes the definition",
    ),
    Example(
        "Contour ploughing follows the level lines of a slope, so each furrow holds back the"
        " water that would carry soil downhill.",
        "choice",
        "How does contour ploughing save soil on a slope?",
        "Each furrow holds back running water",
        ("Each furrow lets roots grow deeper", "The ridges shade the ground from sun",
         "The lines shorten the path of the plough"),
        lesson="wrong options of one kind and length, believable, and false by the source",
    ),
)  # fmt: skip

MENDED: Final = (
    Mended(
        "What is important about groynes?",
        "They cause erosion downdrift",
        "many answers fit: name the point that is asked for",
        Example(
            "A groyne traps the sand that drifts along the shore, so the beach downdrift of it is"
            " starved and erodes.",
            "basic",
            "Why does the beach downdrift of a groyne erode?",
            "The groyne traps the sand that would feed it",
        ),
    ),
    Mended(
        "Why do violin makers age spruce for years instead of using it fresh?",
        "So that it is stable and dry",
        "common sense tells it: ask for the part that surprises",
        Example(
            "Spruce is aged for years because its resin crystallises slowly, which leaves the wood"
            " stiffer at the same weight.",
            "basic",
            "Which slow change in spruce makes it stiffer while a violin maker lets it age?",
            "Its resin crystallises",
        ),
    ),
    Mended(
        "According to Mira Halvorsen (2017), why did salt roads decline?",
        "Customs posts and canals",
        "a plain fact needs no name; two items, and the question does not say so",
        Example(
            "The salt roads declined because customs posts multiplied and canals carried salt"
            " more cheaply.",
            "basic",
            "Which two developments made the salt roads decline?",
            "Customs posts multiplied; canals carried salt more cheaply",
        ),
    ),
)
