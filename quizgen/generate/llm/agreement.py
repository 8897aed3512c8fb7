"""Tell whether two answers to one question say the same, as far as code can tell."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from quizgen import words
from quizgen.generate.llm.ground import negations

Agreement: TypeAlias = Literal["same", "different", "unclear"]

_ENOUGH: Final = 0.8
"""Share of the shorter answer's words that the longer must have to be called the same."""
_SMALL: Final = frozenset({"of", "the", "and", "a", "an", "for", "in"})
_UNKNOWN: Final = frozenset({"", "?", "unknown", "unclear", "nottold", "none", "na", "dontknow"})


def compare(card: str, reader: str, question: str) -> Agreement:
    """Compare a card's answer with what a reader answered who had not seen it.

    What the question says already proves nothing, and a number or a "not" more decides.
    """
    if words.letters(reader) in _UNKNOWN:
        return "different"
    if words.letters(card) == words.letters(reader):
        return "same"
    if _spells_out(card, reader) or _spells_out(reader, card):
        return "same"
    if negations(card) % 2 != negations(reader) % 2:
        return "unclear"
    mine, theirs = words.numbers(card), words.numbers(reader)
    if mine and theirs and not mine & theirs:
        return "different"
    if mine and mine - theirs:
        return "unclear"
    asked = words.content_stems(question)
    one, other = words.content_stems(card), words.content_stems(reader)
    one, other = (one - asked or one), (other - asked or other)
    if not one or not other:
        return "unclear"
    shared = len(one & other)
    if mine and mine == theirs and min(len(one), len(other)) <= 2:
        return "same"
    # Most of what the card wants is there, and the reader did not say three things besides.
    if shared >= _ENOUGH * len(one) and len(other) <= 2 * len(one) + 3:
        return "same"
    if shared >= _ENOUGH * len(other) and 2 * shared >= len(one):
        return "same"
    return "unclear"


def _spells_out(short: str, long: str) -> bool:
    """Claim that one answer gives the letters and the other their words: DNA, RAM."""
    letters = short.strip(" .()")
    initials = "".join(word[0] for word in words.tokens(long) if word.casefold() not in _SMALL)
    return (
        len(letters) > 1
        and letters.isupper()
        and letters.isalpha()
        and (initials.upper() == letters)
    )
