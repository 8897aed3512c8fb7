"""A work about bread, and a model that answers as it is told."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import Any

from quizgen import render
from quizgen.generate.llm import captions, passages, stages
from quizgen.generate.llm.asking import Ask
from quizgen.generate.llm.parts import Passage
from quizgen.generate.llm.wishes import Settings, Wish
from quizgen.generate.llm.written import Written
from quizgen.llm.values import Answer, Failure, Request, Usage
from quizgen.model import Document, Person, Piece, Work

PEOPLE = (Person("Ben Marsh", "host"), Person("Ada Voss", "guest"))
TALK = (
    ("Ben Marsh", "Does salt slow yeast down, and does the weather matter for a loaf?"),
    (
        "Ada Voss",
        (
            "It does. Salt draws water out of the yeast cells, so the dough rises more slowly. I"
            " think humid weather probably matters less than bakers claim."
        ),
    ),
    ("Ben Marsh", "And the oven? How hot should the stone be for a good crust?"),
    (
        "Ada Voss",
        (
            "Hot. I bake at 260 degrees for thirteen minutes. Steam keeps the crust soft, so the"
            " loaf can open before the skin sets."
        ),
    ),
    ("Ben Marsh", "Tell me about the miller you visited in the mountains."),
    (
        "Ada Voss",
        (
            "He grinds rye between granite wheels. The bran does not get hot between them, and so"
            " the oil in it keeps its taste."
        ),
    ),
)
INSIGHTS = (
    "Salt slows a dough because it draws water out of the yeast cells.",
    "Granite wheels keep the taste of rye because the bran stays cool.",
)

Reply = Mapping[str, Any] | Failure
Script = Mapping[str, Reply | Callable[[Request[Any]], Reply]]


def transcript(talk: tuple[tuple[str, str], ...] = TALK, path: str = "talk.md") -> Document:
    lines: list[str] = []
    pieces: list[Piece] = []
    for number, (speaker, text) in enumerate(talk):
        lines += [f"**{speaker}:** {text}", ""]
        spot = (len(lines) - 1, len(lines) - 1)
        pieces.append(
            Piece("turn", text, spot, speaker=speaker, seconds=20 * number, heading="Bread")
        )
    return Document(path, tuple(lines), tuple(pieces), title="Bread", people=PEOPLE)


def page(insights: tuple[str, ...] = INSIGHTS, path: str = "page.txt") -> Document:
    lines = tuple(insights)
    pieces = tuple(
        Piece("insight", text, (at, at), number=at) for at, text in enumerate(insights, 1)
    )
    return Document(path, lines, pieces, title="Bread", people=PEOPLE)


def work(*documents: Document) -> Work:
    return Work("w", "Ada Voss: Bread", documents or (transcript(),), "2019-03-01", PEOPLE)


def card(**fields: Any) -> dict[str, Any]:
    """Write a sound card about salt, with whatever a test wants otherwise."""
    sound = {
        "idea": 1,
        "quote": "Salt draws water out of the yeast cells, so the dough rises more slowly.",
        "line": 2,
        "kind": "basic",
        "question": "By what effect on yeast cells does salt slow the rise of a dough?",
        "answer": "It draws water out of them",
    }
    return {**sound, **fields}


IDEA = {"quote": TALK[1][1][9:80], "line": 2, "idea": "Salt slows a dough.", "importance": 2}
PLAN = {"ideas": [IDEA]}


def agreeing(answer: str = "It draws water out of the cells") -> Callable[[Request[Any]], Reply]:
    """Read every question and answer it so."""

    def read(request: Request[Any]) -> Reply:
        numbers = re.findall(r"^question (\d+):", request.user, re.MULTILINE)
        return {"answers": [{"number": number, "answer": answer} for number in numbers]}

    return read


def guessing(
    guess: str = "?", by: str = "study", other: str = "", **more: Any
) -> Callable[[Request[Any]], Reply]:
    """Guess so at every question."""

    def guessed(request: Request[Any]) -> Reply:
        numbers = re.findall(r"^question (\d+):", request.user, re.MULTILINE)
        row = {"guess": guess, "by": by, "sure": "certain", "other": other, **more}
        return {"guesses": [{"number": number, **row} for number in numbers]}

    return guessed


class Model:
    """A model that follows a script, and remembers what it was asked."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.asked: list[Request[Any]] = []

    async def ask(self, request: Request[Any]) -> Answer[Any] | Failure:
        self.asked.append(request)
        reply = self.script.get(request.stage, guessing() if request.stage == "guess" else {})
        reply = reply(request) if callable(reply) else reply
        if isinstance(reply, Failure):
            return reply
        return Answer(request.schema.model_validate(reply), Usage())

    @property
    def stages(self) -> list[str]:
        return [request.stage for request in self.asked]


def settings(**changes: Any) -> Settings:
    return Settings(fill=render.fill, **changes)


def write(
    ask: Ask, *documents: Document, wish: Wish | None = None, use: Settings | None = None
) -> Written:
    return asyncio.run(stages.write(work(*documents), wish or Wish(), ask, use or settings()))


RAW = (
    "so ada vos says that salt draws water out of the yeast cells and the dough rises more slowly",
    "she bakes at 260 degrees and and steam keeps the crust soft for a while you know",
)
READABLE = (
    "So Ada Voss says that salt draws water out of the yeast cells, and the dough rises more"
    " slowly. She bakes at 260 degrees, and and steam keeps the crust soft for a while, you know."
)


def raw() -> Work:
    pieces = tuple(Piece("caption", text, (at, at)) for at, text in enumerate(RAW, 1))
    return work(Document("raw.txt", RAW, pieces))


def raw_passage() -> Passage:
    """Give raw captions as a passage that has been made readable."""
    (stretch,) = captions.stretches(raw())
    reading = captions.read(stretch, READABLE, ["vos -> Voss"], captions.names(raw()))
    document = stretch.run.document
    shown = {"raw.txt": captions.parts(document, [reading])}
    (passage,) = passages.cut(work(document), size=600, limit=900, restored=shown)
    return passage
