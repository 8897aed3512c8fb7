"""Read out of a card what it can be asked as, beyond the way the deck asks it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import assert_never

from quizgen import cloze, optionorder, words
from quizgen.model import Basic, Card, Choice, Cloze
from quizgen.quiz.sheet import Kind, Pairs

_QUOTED = re.compile(
    r"(?P<who>.{2,120}?)(?: ?[:：]) ?(?P<said>[“\"„«「『].+[”\"“»」』])[.!?。]?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between their marks, and who a card says them of; both as the deck has them."""

    said: str
    speaker: str


def kind_of(card: Card) -> Kind:
    """Say in which part of a quiz a card is asked as its deck asks it."""
    match card.content:
        case Basic():
            return "short"
        case Cloze(text=text):
            return "completion" if _is_completion(text) else "blank"
        case Choice(options=options, keys=keys):
            if optionorder.is_true_false(options):
                return "truefalse"
            return "choice" if len(keys) == 1 else "several"
        case _:
            assert_never(card.content)


def _is_completion(text: str) -> bool:
    found = _QUOTED.fullmatch(text.strip())
    return bool(found and cloze.is_cloze(found["said"]) and not cloze.is_cloze(found["who"]))


def quote(card: Card) -> Quote | None:
    """Return the quotation of a card whose evidence shows that this speaker said it.

    Only words that stand in a recording can be asked back from who said them.
    """
    if not isinstance(card.content, Cloze) or not card.evidence:
        return None
    found = _QUOTED.fullmatch(card.content.text.strip())
    first = card.evidence[0]
    is_sure = first.match in ("verbatim", "near") and not first.is_only_close
    if not found or not first.speaker or not is_sure or cloze.is_cloze(found["who"]):
        return None
    if not found["who"].casefold().startswith(first.speaker.casefold()):
        return None
    said = cloze.filled(found["said"])
    return None if first.speaker.casefold() in said.casefold() else Quote(said, first.speaker)


# --- terms and reasons -------------------------------------------------------

_SCENE = r"(?:In (?:the context of )?(?:“[^”]*”|[^,?]{2,80}), )?"
_TERM = (
    re.compile(rf"{_SCENE}[Ww]hat (?:is|are) (?:an? |the )?(?P<term>[^?,]{{2,50}})\?"),
    re.compile(r"Was (?:ist|sind) (?:(?:ein|eine|der|die|das) )?(?P<term>[^?,]{2,50})\?"),
    re.compile(r"¿Qué (?:es|son) (?:(?:un|una|el|la|los|las) )?(?P<term>[^?,]{2,50})\?"),
    re.compile(r"什么是(?P<term>[^？?，]{1,20})[？?]"),
    re.compile(r"(?P<term>[^？?，]{1,20})是什么[？?]"),
)
# "What is the limit of memory?" asks for a fact; a term is named, not described.
_DESCRIBED = re.compile(r"\b(?:of|for|in|by|between|that|which|von|für|zwischen|de|del|para)\b")
_WHY = re.compile(r"\b(?:why|warum|weshalb|wieso|por qué)\b|为什么|为何", re.IGNORECASE)
_SHORTEST = 4  # words of a definition; a shorter answer is a name or a number
_HAN = re.compile(r"[\u3400-\u9fff]")


def term(card: Card) -> str:
    """Return the term that a card asks the definition of; empty for any other card."""
    match card.content:
        case Basic(question=question, answer=answer):
            found = next((f for each in _TERM if (f := each.fullmatch(question.strip()))), None)
            if not found or _DESCRIBED.search(found["term"]) or not is_prose(answer):
                return ""
            name = found["term"].strip()
            return name if name[:1].isupper() else name[:1].upper() + name[1:]
        case _:
            return ""


def is_reason(card: Card) -> bool:
    """Claim that a card asks why, and its answer explains."""
    match card.content:
        case Basic(question=question, answer=answer):
            is_short = len(question) <= 160 and len(answer) <= 200
            return bool(_WHY.search(question)) and is_prose(answer) and is_short
        case _:
            return False


def is_prose(answer: str) -> bool:
    """Claim that an answer explains, in one line, and not only names."""
    long = len(_HAN.findall(answer)) >= 2 * _SHORTEST or words.word_count(answer) >= _SHORTEST
    return long and "\n" not in answer.strip()


# --- room for the answer -----------------------------------------------------

_BY_HAND = 44  # letters of ordinary handwriting on a line of 13 cm
_MOST_LINES = 10


def lines(answer: str) -> int:
    """Say how many ruled lines an answer takes by hand, with half as much again for wording."""
    letters = sum(2 if _HAN.match(letter) else 1 for letter in answer)
    if letters <= _BY_HAND // 2:
        return 1
    return min(_MOST_LINES, max(2, -(-letters * 3 // (2 * _BY_HAND))))


# --- pairs -------------------------------------------------------------------


def pair(card: Card, pairs: Pairs) -> tuple[str, str]:
    """Return the two sides that a card brings to a matching question; empty where it has none."""
    match card.content, pairs:
        case Basic(answer=answer), "term":
            return term(card), answer
        case Basic(question=question, answer=answer), "idea":
            return question, answer
        case Cloze(), "quote":
            found = quote(card)
            return (found.said, found.speaker) if found else ("", "")
        case _:
            return "", ""


def stem(card: Card) -> str:
    """Return the text that a card is asked with, its blanks as rules."""
    match card.content:
        case Basic(question=text) | Choice(stem=text):
            return text
        case Cloze(text=text):
            return cloze.visible(text)
        case _:
            assert_never(card.content)


def shown(card: Card) -> str:
    """Return the text that a card is asked with, and its options."""
    options = card.content.options if isinstance(card.content, Choice) else ()
    return "\n".join((stem(card), *options))
