"""Find questions of a quiz that give the answer of another away, or ask for the same fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import assert_never

from quizgen import checks, cloze, words
from quizgen.checks import giveaway
from quizgen.model import Basic, Card, Choice, Cloze
from quizgen.quiz import events, reading
from quizgen.quiz.sheet import Pick


def spoilt(picks: Sequence[Pick]) -> Iterator[tuple[int, int]]:
    """Yield the positions of questions that are given away, each with one that does it.

    What counts is what a sheet shows: a matching question shows every definition, an ordering
    every event, and a question about the speaker the whole quotation.
    """
    asked: list[giveaway.Asked] = []
    owners: list[int] = []
    phrases: list[str] = []
    texts: list[str] = []
    for at, pick in enumerate(picks):
        shown = (*pick.cards, *([pick.spare] if pick.spare else []))
        seen = "\n".join(_seen(card, pick) for card in shown)
        for card in pick.cards:
            front, back = _sides(card, pick)
            asked.append(giveaway.read(front, back, seen))
            owners.append(at)
            phrases.append(_folded(back))
            texts.append(_folded(seen))
    told: set[tuple[int, int]] = set()
    for one, other in (*giveaway.given(asked), *_phrased(asked, phrases, texts)):
        pair = owners[one], owners[other]
        if pair[0] != pair[1] and pair not in told:
            told.add(pair)
            yield pair


_DISTINCTIVE = 3  # stems of an answer that is known again wherever it stands


def _folded(text: str) -> str:
    return f" {' '.join(words.tokens(text)).casefold()} "


def _phrased(
    asked: Sequence[giveaway.Asked], phrases: Sequence[str], texts: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Yield answers of several words that stand elsewhere word for word, beside what asks."""
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        for pair in set(pairwise(text.split())):
            holders[pair].append(at)
    for at, phrase in enumerate(phrases):
        first = phrase.split()[:2]
        if len(first) < 2:
            continue
        for other in holders.get((first[0], first[1]), ()):
            cue = (asked[at].front - asked[at].back) & asked[other].seen
            is_told = bool(cue) or len(asked[at].back) >= _DISTINCTIVE
            if other != at and is_told and phrase in texts[other]:
                yield at, other


def doubles(cards: Sequence[Card]) -> Iterator[tuple[int, int]]:
    """Yield the positions of cards that ask for one fact: the one to keep, then the other."""
    yield from checks.twins(cards)


def _seen(card: Card, pick: Pick) -> str:
    match pick.kind:
        case "matching":
            return "\n".join(reading.pair(card, pick.pairs))
        case "ordering":
            event = events.read(card)
            return event.text if event else ""
        case "attribution":
            quote = reading.quote(card)
            return quote.said if quote else ""
        case "truefalse":
            return card.content.stem if isinstance(card.content, Choice) else ""
        case _:
            return reading.shown(card)


def _sides(card: Card, pick: Pick) -> tuple[str, str]:
    """Return what asks for an answer, and the answer; a bare true or false is none."""
    match pick.kind:
        case "attribution":
            quote = reading.quote(card)
            return (quote.said, quote.speaker) if quote else ("", "")
        case "matching":
            left, right = reading.pair(card, pick.pairs)
            return left, right
        case "truefalse":
            return "", ""
        case "ordering":
            event = events.read(card)
            return (event.text, event.date) if event else ("", "")
        case _:
            return _own_sides(card)


def _own_sides(card: Card) -> tuple[str, str]:
    match card.content:
        case Basic(question=question, answer=answer):
            return question, answer
        case Cloze(text=text):
            return cloze.visible(text), " ".join(cloze.hidden(text))
        case Choice(stem=stem, options=options, keys=keys):
            return stem, " ".join(options[key] for key in keys)
        case _:
            assert_never(card.content)
