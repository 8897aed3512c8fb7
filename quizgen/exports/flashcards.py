"""Print flashcards on both sides of a sheet, front and back meeting, with Typst."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

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
_AT_ONCE = 150  # cards measured in one run; 300 MB
_MOST_LEAVES = 8  # pieces of cardboard that one card may take; a longer one is no flashcard
_SIZES = {"a7": "an A7 card", "business": "a business card", "index": "an index card"}

# Flashcards say how to answer where the question does not.
_HINTED: tuple[quiz.Kind, ...] = ("choice", "several", "truefalse", "blank", "completion")


_Where: TypeAlias = tuple[int, str]
"""Which piece of cardboard, and which side of it."""
_Fit: TypeAlias = dict[str, Any]


@dataclass(slots=True, eq=False)
class _Cut:
    """A card's question, and what stands on its pieces of cardboard so far.

    `fits` are the sizes that the template has measured, by piece and side; none before it has.
    """

    question: Question
    fronts: list[Side]
    backs: list[Side]
    fits: dict[_Where, _Fit]

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
        _Cut(question, [flashcard_view.front(question)], [flashcard_view.back(question)], {})
        for question in (questions[id(card)] for card in deck.cards)
    ]
    with typesetting.press(_TEMPLATE, options) as press:
        waiting: list[_Cut] = cuts
        while waiting:
            for at in range(0, len(waiting), _AT_ONCE):
                _measure(press, sheet, waiting[at : at + _AT_ONCE], options)
            waiting = [cut for cut in waiting if not all(fit["size"] for fit in cut.fits.values())]
            for cut in waiting:
                _cut_again(cut, options)
        view = _view(sheet, cuts, options)
        with _explained(view, press):
            return {".cards.pdf": press.pdf(_inputs(view))}


def _view(
    sheet: Sheet, cuts: Sequence[_Cut], options: Options, *, measuring: bool = False
) -> dict[str, Any]:
    words = sheet.labels
    stock = cardstock.stock(options.size, options.paper, single=options.single)
    leaves = [
        flashcard_view.leaf(cut.question.card, cut.fronts, cut.backs, at, cut.fits)
        | {
            "cut": number,
            "at": at,
            "hint": words.parts[cut.question.kind][0] if cut.question.kind in _HINTED else "",
        }
        for number, cut in enumerate(cuts)
        for at in range(cut.count)
    ]
    return {
        "measuring": measuring,
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


def _inputs(view: dict[str, Any]) -> dict[str, str]:
    return {"view": json.dumps(view, ensure_ascii=False)}


def _measure(press: Press, sheet: Sheet, cuts: Sequence[_Cut], options: Options) -> None:
    """Let the template say how large each side can be set."""
    view = _view(sheet, cuts, options, measuring=True)
    found: list[_Fit] = []
    with _explained(view, press):
        try:
            found = json.loads(press.compiler(_inputs(view)).query("<fit>", field="value"))
        except RuntimeError:  # without a place in the template; printing fails with one
            press.pdf(_inputs(view))
            raise
    for fit in found:
        cut = cuts[int(fit["cut"])]
        cut.fits[fit["at"], fit["side"]] = fit
    if len(cuts) == _AT_ONCE:
        press.forget()


@contextmanager
def _explained(view: dict[str, Any], press: Press) -> Generator[None]:
    """Name the card that Typst complains of."""
    try:
        yield
    except typesetting.typst_error() as error:
        named = tuple((f"card {leaf['id']}", leaf) for leaf in view["leaves"])
        sentence = print_trouble.explain_any(error.diagnostic or error.message, named, press.places)
        raise QuizgenError(sentence) from error


def _cut_again(cut: _Cut, options: Options) -> None:
    """Cut in two every side of a card that does not fit in the smallest type."""
    # The end of a shorter side is repeated, so one may be named more than once.
    places = {
        (name, min(at, len(_sides(cut, name)) - 1))
        for (at, name), fit in cut.fits.items()
        if not fit["size"]
    }
    for name, at in sorted(places, reverse=True):  # the last first, so the others stay
        sides = _sides(cut, name)
        both = flashcard_split.halves(sides[at])
        if both is None or len(sides) >= _MOST_LEAVES:
            raise _too_long(cut, name, options)
        sides[at : at + 1] = both
    cut.fits.clear()


def _sides(cut: _Cut, name: str) -> list[Side]:
    return cut.fronts if name == "front" else cut.backs


def _too_long(cut: _Cut, name: str, options: Options) -> QuizgenError:
    larger = "" if options.size == "index" else "--size index, or "
    return QuizgenError(
        f"card {cut.question.card.id}: its {name} does not fit on {_SIZES[options.size]}, nor on "
        f"{_MOST_LEAVES} of them in the smallest type; use {larger}a shorter text"
    )
