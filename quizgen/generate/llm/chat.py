"""Write cards through any chat: one prompt to paste for each passage, one reply to read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, cast

from quizgen.checks import glossary
from quizgen.errors import QuizgenError
from quizgen.generate.llm import asking, judging, revising, stages, views
from quizgen.generate.llm.desk import Result
from quizgen.generate.llm.judging import Judged, Refused
from quizgen.generate.llm.parts import Passage
from quizgen.generate.llm.replies import Cards
from quizgen.generate.llm.wishes import Settings, Wish, most
from quizgen.model import Work

_FENCE: Final = re.compile(r"```[\w-]*[ \t]*\n(.*?)(?:\n[ \t]*```|\Z)", re.DOTALL)
_TRAILING: Final = re.compile(r",(?=\s*[\]}])")
_LONGEST: Final = 400_000


def cut(work: Work, wish: Wish, settings: Settings) -> tuple[Passage, ...]:
    """Cut a work into passages, one prompt for each; raw captions are read as they are."""
    return tuple(order.passage for order in stages.ordered(work, wish, settings))


def prompt(passage: Passage, wish: Wish, settings: Settings) -> str:
    """Write one prompt that needs nothing else."""
    share = most(wish, passage.word_count, spoken=passage.is_spoken)
    values = {**views.of_passage(passage, wish), "most": share}
    made = asking.prompt(settings.fill, "chat", values)
    return f"{made.system}\n\n{made.user}\n"


def read(reply: str, passage: Passage, wish: Wish) -> Result:
    """Read a pasted reply: JSON alone, in a fence or amid prose, whole or cut off.

    Raise `QuizgenError` where it holds no card at all. No card is ready: nobody read it again.
    """
    cards = Cards.model_validate({"cards": list(_rows(reply))}).cards
    if not cards:
        raise QuizgenError(
            "the reply holds no cards; copy the whole of it, the block of JSON included"
        )
    names = glossary.collect(passage.work.documents, passage.work.people)
    judged = [judging.judge(card, passage, kinds=wish.kinds, glossary=names) for card in cards]
    good, twins = revising.distinct([each for each in judged if isinstance(each, Judged)])
    refused = (*(each for each in judged if isinstance(each, Refused)), *twins)
    return Result(passage, good, refused)


def _rows(reply: str) -> Iterator[dict[str, Any]]:
    """Yield every object of a reply that looks like a card, wherever it stands."""
    text = reply[:_LONGEST]
    for part in (*(found[1] for found in _FENCE.finditer(text)), text):
        rows = list(_cards(_TRAILING.sub("", part))) or list(_cards(_straight(part)))
        if rows:
            yield from rows
            return


def _straight(text: str) -> str:
    """Take curly quotation marks, which chats put into code, for straight ones."""
    return _TRAILING.sub("", text.translate(str.maketrans("“”„", '"""')))


def _cards(text: str) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder(strict=False)
    at = text.find("{")
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            # Perhaps the outer object is cut off, and the cards in it are whole.
            at = text.find("{", at + 1)
            continue
        yield from _found(value)
        at = text.find("{", end)


def _found(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in cast("list[Any]", value):
            yield from _found(each)
    elif isinstance(value, dict):
        row = cast("dict[str, Any]", value)
        if "question" in row:
            yield row
        else:
            for inner in row.values():
                if isinstance(inner, list):
                    yield from _found(inner)
