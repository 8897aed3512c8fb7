"""Judge whether an answer is one thing or a list."""

from __future__ import annotations

import re
from typing import Final

from quizgen import cloze, words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Basic, Card, Cloze

_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BULLET: Final = re.compile(r"(?m)^\s*(?:[-*+•]|\(?\d{1,2}[.)])\s+")
_BREAK: Final = re.compile(r"\s*(?:;|\n|,(?!\d{3}\b)(?!\s*(?:Jr|Sr|Inc|Ltd)\b)|\s/\s)\s*")
_LAST: Final = re.compile(r"(?:and|or|&)\s+", re.IGNORECASE)
_AND: Final = re.compile(r"\s+(?:and|&)\s+")
# "Crosby, Stills, Nash & Young" is one name.
_FIRM: Final = re.compile(
    r"[A-ZÀ-Þ][\w'’-]+(?:, [A-ZÀ-Þ][\w'’-]+)+,? (?:&|and) (?:[A-ZÀ-Þ][\w'’-]+|[A-Z][a-z]+ [A-Z]\w+)"
)
_ASKS_FOR_A_NAME: Final = _text.any_of(
    r"\b(?:which|what|name (?:of )?the) (?:\w+ ){0,3}?(?:band|group|quartet|firm|company|duo|trio"
    r"|supergroup|publisher|partnership|law firm)\b",
)


def long_list(card: Card, context: Context) -> str:
    """Find answers that list more than four things."""
    count = _items(card, context)
    if count > 4:
        return f"The answer lists {count} things: make a card of each, or ask for the rule behind."
    return ""


def list_of_four(card: Card, context: Context) -> str:
    """Find answers that list four things."""
    if _items(card, context) == 4:
        return "The answer lists four things: ask for three at most, or make a card of each."
    return ""


def _items(card: Card, context: Context) -> int:
    match card.content:
        case Basic(question, answer):
            if _text.is_quote(card) or _is_name(question, answer):
                return 0
            phrases = (answer,)
        case Cloze(text):
            phrases = cloze.hidden(text)
        case _:
            return 0
    return max((_count(phrase, context.glossary) for phrase in phrases), default=0)


def _is_name(question: str, answer: str) -> bool:
    is_firm = _FIRM.fullmatch(_text.plain(answer).strip(" ."))
    return bool(is_firm and _ASKS_FOR_A_NAME.search(question))


def _count(phrase: str, glossary: frozenset[str]) -> int:
    """Count the short things a phrase lists, one where it is a name or a sentence."""
    flat = _BULLET.sub("", _BRACKETS.sub(" ", _text.bare(phrase)))
    if _text.norm(flat).strip(" .").casefold() in {entry.casefold() for entry in glossary}:
        return 1
    parts = _parts(flat.strip())
    short = [part for part in parts if 0 < words.word_count(part) <= 4]
    return len(short) if len(short) > 3 and len(short) >= 0.7 * len(parts) else 1


def _parts(flat: str) -> list[str]:
    """Cut a list; where commas part its members, "and" does so only before the last."""
    parts = [part.strip(" .") for part in _BREAK.split(flat)]
    if len(parts) == 1:
        return _AND.split(parts[0])
    if _LAST.match(parts[-1]):
        return [*parts[:-1], _LAST.sub("", parts[-1], count=1)]
    return [*parts[:-1], *_AND.split(parts[-1], maxsplit=1)]
