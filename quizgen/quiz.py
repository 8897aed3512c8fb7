"""Compose a printed quiz out of cards: what is asked, in which order, for how many points."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, assert_never

from quizgen import cloze, evidenceline, markup, optionorder, words
from quizgen.model import Basic, Card, Choice, Cloze, Deck, Evidence

Kind: TypeAlias = Literal["choice", "several", "truefalse", "blank", "short"]
Write: TypeAlias = Callable[[str], Any]
"""Turns a card's Markdown into what a format prints: a tree of runs, or HTML."""


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the table of parts: how one kind of question is headed and marked."""

    kind: Kind
    heading: str
    instruction: str
    points: int


PARTS = (
    Part("choice", "Multiple choice", "Fill in ONE circle for each question.", 1),
    Part("several", "Choose all that apply", "Fill in EVERY box that is correct.", 2),
    Part("truefalse", "True or false", "Fill in T if the statement is true, F if it is false.", 1),
    Part(
        "blank",
        "Fill in the blank",
        "Write what is missing on each line. All lines have the same length, whatever the answer.",
        1,
    ),
    Part("short", "Short answer", "Answer in your own words.", 2),
)


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to tick, under the letter that the sheet gives it."""

    letter: str
    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A card under its number on the sheet."""

    number: int
    card: Card
    points: int
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The questions of one part; never empty."""

    part: Part
    questions: tuple[Question, ...]

    @property
    def points(self) -> int:
        """Add up what the questions are worth."""
        return sum(question.points for question in self.questions)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A composed quiz; `form` tells one printing from another."""

    title: str
    course: str
    version: str
    form: str
    sections: tuple[Section, ...]

    @property
    def points(self) -> int:
        """Add up the whole sheet."""
        return sum(section.points for section in self.sections)

    @property
    def questions(self) -> tuple[Question, ...]:
        """List every question, in the order of the numbers."""
        return tuple(question for section in self.sections for question in section.questions)


def compose(deck: Deck, *, seed: str, version: str = "A", course: str = "") -> Sheet:
    """Order, number and letter the cards of a deck.

    A question's place comes from a hash of seed, version and card id, so that removing one
    leaves the others in their order.
    """
    ordered = sorted(deck.cards, key=lambda card: _draw(seed, version, _name(card)))
    sections: list[Section] = []
    number = 1
    for part in PARTS:
        cards = [card for card in ordered if kind_of(card) == part.kind]
        if cards:
            questions = tuple(
                Question(at, card, part.points, _options(card, seed, version))
                for at, card in enumerate(cards, number)
            )
            sections.append(Section(part, questions))
            number += len(cards)
    asked = [f"{_name(q.card)}{q.options!r}" for section in sections for q in section.questions]
    form = f"{version}-{_draw(deck.id, seed, version, *asked)[:4].upper()}"
    title, line = (markup.words_to_plain(text) for text in (deck.title, course))
    return Sheet(title, line, version, form, tuple(sections))


def kind_of(card: Card) -> Kind:
    """Say in which part of a quiz a card is asked."""
    match card.content:
        case Basic():
            return "short"
        case Cloze():
            return "blank"
        case Choice(options=options, keys=keys):
            if optionorder.is_true_false(options):
                return "truefalse"
            return "choice" if len(keys) == 1 else "several"
        case _:
            assert_never(card.content)


def _draw(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _name(card: Card) -> str:
    return card.id or repr(card.content)


# --- options -----------------------------------------------------------------


def _options(card: Card, seed: str, version: str) -> tuple[Option, ...]:
    if not isinstance(card.content, Choice):
        return ()
    options, keys = card.content.options, card.content.keys
    if kind_of(card) == "truefalse":
        order = sorted(range(2), key=lambda at: optionorder.bare(options[at]) != "true")
        return tuple(Option("TF"[at], options[n], n in keys) for at, n in enumerate(order))
    order = _shuffled(options, lambda at: _draw(seed, version, _name(card), str(at)))
    return tuple(Option(_letter(at), options[n], n in keys) for at, n in enumerate(order))


def _shuffled(options: Sequence[str], draw: Callable[[int], str]) -> list[int]:
    """Order the options by lot; a scale stays as it is, "all of the above" where it stands."""
    if optionorder.is_fixed(options):
        return list(range(len(options)))
    pinned = optionorder.pinned(options)
    lots = iter(sorted((at for at in range(len(options)) if at not in pinned), key=draw))
    return [at if at in pinned else next(lots) for at in range(len(options))]


def _letter(at: int) -> str:
    return (_letter(at // 26 - 1) if at >= 26 else "") + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[at % 26]


# --- views -------------------------------------------------------------------


def student(sheet: Sheet, write: Write, blanked: Write) -> dict[str, Any]:
    """Show a sheet as plain values with no answers in them, so that no template can leak.

    `blanked` writes a cloze as a learner sees it.
    """
    return _head(sheet) | {
        "sections": [
            _heading(section)
            | {"questions": [_asked(question, write, blanked) for question in section.questions]}
            for section in sheet.sections
        ]
    }


def key(sheet: Sheet, write: Write) -> dict[str, Any]:
    """Show the answers of a sheet with their points and evidence, as plain values."""
    return _head(sheet) | {
        "sections": [
            _heading(section) | {"questions": [_answered(q, write) for q in section.questions]}
            for section in sheet.sections
        ]
    }


def _head(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "running": _shortened(sheet.title),
        "course": sheet.course,
        "version": sheet.version,
        "form": sheet.form,
        "points": sheet.points,
        "count": len(sheet.questions),
        "drafts": sum(question.card.state == "draft" for question in sheet.questions),
    }


_RUNNING = 60  # letters that leave room for a name in the head of a page


def _shortened(title: str) -> str:
    if len(title) <= _RUNNING:
        return title
    return title[: _RUNNING - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _heading(section: Section) -> dict[str, Any]:
    part = section.part
    return {
        "kind": part.kind,
        "heading": part.heading,
        "instruction": part.instruction,
        "points": section.points,
    }


def _asked(question: Question, write: Write, blanked: Write) -> dict[str, Any]:
    lines = 0
    match question.card.content:
        case Basic(question=text, answer=answer):
            prompt = write(text)
            lines = 2 if words.word_count(answer) <= 10 else 3
        case Cloze(text=text):
            prompt = blanked(text)
        case Choice(stem=text):
            prompt = write(text)
        case _:
            assert_never(question.card.content)
    return {
        "number": question.number,
        "points": question.points,
        "prompt": prompt,
        "options": [
            {"letter": option.letter, "text": write(option.text)} for option in question.options
        ],
        "lines": lines,
    }


def _answered(question: Question, write: Write) -> dict[str, Any]:
    card = question.card
    marks = [option.letter for option in question.options if option.right]
    match card.content:
        case Basic(answer=answer):
            answers = [("", answer)]
        case Cloze(text=text):
            answers = [("", hidden) for hidden in cloze.hidden(text)]
        case Choice():
            answers = [(option.letter, option.text) for option in question.options if option.right]
        case _:
            assert_never(card.content)
    return {
        "number": question.number,
        "points": question.points,
        "id": markup.words_to_plain(card.id),
        "draft": card.state == "draft",
        "marks": "".join(marks),
        "answers": [{"letter": letter, "text": write(text)} for letter, text in answers],
        "why": write(card.why),
        "evidence": [_source(evidence) for evidence in card.evidence],
    }


def _source(evidence: Evidence) -> dict[str, Any]:
    first, last = evidence.lines
    span = "" if not first else f":{first}" if first == last else f":{first}-{last}"
    is_web = evidence.link.startswith(("https://", "http://"))
    plain = markup.words_to_plain
    return {
        # Where something was probably said is worth a look on the key, and no proof to print.
        "words": "" if evidence.is_only_close else plain(evidence.text),
        "speaker": plain(evidence.speaker),
        "time": "" if evidence.seconds is None else evidenceline.clock(evidence.seconds),
        "link": plain(evidence.link) if is_web else "",
        "place": plain(evidence.document) + span if evidence.document else "",
    }
