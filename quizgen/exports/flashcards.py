"""Print flashcards on both sides of a sheet, front and back meeting, with Typst."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizgen import quiz
from quizgen.errors import QuizgenError
from quizgen.exports import (
    Options,
    cardstock,
    flashcard_split,
    flashcard_view,
    print_trouble,
    typesetting,
)
from quizgen.exports.flashcard_view import Side
from quizgen.exports.typesetting import Press
from quizgen.model import Deck
from quizgen.quiz import Question, Sheet, labels

_TEMPLATE = "flashcards.typ"
_MOST_LEAVES = 8  # pieces of cardboard that one card may take; a longer one is no flashcard
_SIZES = {"a7": "an A7 card", "business": "a business card", "index": "an index card"}

# Flashcards say how to answer where the question does not.
_HINTED: tuple[quiz.Kind, ...] = ("choice", "several", "truefalse", "blank", "completion")


@dataclass(slots=True, eq=False)
class _Cut:
    """A card's question, and what stands on its pieces of cardboard so far."""

    question: Question
    fronts: list[Side]
    backs: list[Side]

    @property
    def count(self) -> int:
        return max(len(self.fronts), len(self.backs))


def export(decks: tuple[Deck, ...], options: Options) -> Mapping[str, bytes]:
    """Print one deck in its own order; a card too long for one piece of cardboard takes several.

    Raises `QuizgenError` for a card that would take too many, for a character that no font has,
    and for a broken template.
    """
    (deck,) = decks
    if not deck.cards:
        raise QuizgenError("there is no card to print; keep some with `quizgen review`")
    sheet = quiz.compose(quiz.whole(deck, seed=options.seed))
    questions = {id(question.card): question for question in sheet.questions}
    cuts = [
        _Cut(question, [flashcard_view.front(question)], [flashcard_view.back(question)])
        for question in (questions[id(card)] for card in deck.cards)
    ]
    with typesetting.press(_TEMPLATE, options) as press:
        while True:
            printed, misfits = _printed(press, _view(sheet, cuts, options))
            if not misfits:
                return {".cards.pdf": printed}
            _cut_again(cuts, misfits, options)


def _view(sheet: Sheet, cuts: list[_Cut], options: Options) -> dict[str, Any]:
    words = sheet.labels
    stock = cardstock.stock(options.size, options.paper, single=options.single)
    leaves = [
        flashcard_view.leaf(cut.question.card, cut.fronts, cut.backs, at)
        | {
            "cut": number,
            "at": at,
            "hint": words.parts[cut.question.kind][0] if cut.question.kind in _HINTED else "",
        }
        for number, cut in enumerate(cuts)
        for at in range(cut.count)
    ]
    return {
        "title": sheet.title,
        "language": labels.primary(sheet.language),
        "rtl": sheet.is_rtl,
        "quotes": words.quotes,
        "labels": {
            "answer": words.columns[1],
            "draft": words.draft,
            "blank": words.spoken["blank"],
        },
        "leaves": leaves,
        "stock": {
            "card": stock.card,
            "page": stock.page,
            "fronts": stock.fronts(),
            "backs": stock.backs(options.flip),
        },
    }


def _printed(press: Press, view: dict[str, Any]) -> tuple[bytes, list[dict[str, Any]]]:
    """Print, or list the sides that do not fit in the smallest type."""
    inputs = {"view": json.dumps(view, ensure_ascii=False)}
    try:
        misfits = json.loads(press.compiler(inputs).query("<misfit>", field="value"))
        return (b"", misfits) if misfits else (press.pdf(inputs), [])
    except typesetting.typst_error() as error:
        named = tuple((f"card {leaf['id']}", leaf) for leaf in view["leaves"])
        sentence = print_trouble.explain_any(error.diagnostic or error.message, named, press.places)
        raise QuizgenError(sentence) from error


def _cut_again(cuts: list[_Cut], misfits: Sequence[dict[str, Any]], options: Options) -> None:
    """Cut every side that does not fit in two."""
    places: set[tuple[int, str, int]] = set()
    for misfit in misfits:
        # The end of a shorter side is repeated, so one may be named more than once.
        number, name = int(misfit["cut"]), str(misfit["side"])
        places.add((number, name, min(misfit["at"], len(_sides(cuts[number], name)) - 1)))
    for number, name, at in sorted(places, reverse=True):  # the last first, so the others stay
        sides = _sides(cuts[number], name)
        both = flashcard_split.halves(sides[at])
        if both is None or len(sides) >= _MOST_LEAVES:
            raise _too_long(cuts[number], name, options)
        sides[at : at + 1] = both


def _sides(cut: _Cut, name: str) -> list[Side]:
    return cut.fronts if name == "front" else cut.backs


def _too_long(cut: _Cut, name: str, options: Options) -> QuizgenError:
    larger = "" if options.size == "index" else "--size index, or "
    return QuizgenError(
        f"card {cut.question.card.id}: its {name} does not fit on {_SIZES[options.size]}, nor on "
        f"{_MOST_LEAVES} of them in the smallest type; use {larger}a shorter text"
    )
