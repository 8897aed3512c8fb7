"""Tell whether two answers to one question say the same, as far as code can tell."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from quizgen import words
from quizgen.generate.llm.ground import negations

Agreement: TypeAlias = Literal["same", "different", "unclear"]

_ENOUGH: Final = 0.6
"""Share of the shorter answer's stems that the longer must have to be called the same."""
_ROOT: Final = 4  # letters that stems of one word have in common
_OPPOSITES: Final = tuple(
    (frozenset(left.split()), frozenset(right.split()))
    for left, right in (
        ("before earlier", "after later"),
        ("more higher greater above", "less fewer lower smaller below"),
        (
            "increase increases increased rise rises rose",
            "decrease decreases decreased fall falls fell",
        ),
        ("raise raises raised", "lower lowers lowered reduce reduces reduced"),
        ("inside within inner", "outside outer"),
        ("first oldest", "last latest newest"),
        ("gain gains gained", "lose loses lost"),
        ("faster sooner", "slower"),
        ("easier", "harder"),
        ("all every always both", "none never neither"),
    )
)
_SMALL: Final = frozenset({"of", "the", "and", "a", "an", "for", "in"})
_UNKNOWN: Final = frozenset({"", "?", "unknown", "unclear", "nottold", "none", "na", "dontknow"})


def compare(card: str, reader: str, question: str) -> Agreement:
    """Compare a card's answer with what a reader answered who had not seen it.

    What the question says already proves nothing, and a number or a "not" more decides.
    """
    if is_none(reader):
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
    shorter, longer = sorted((one, other), key=len)
    shared = sum(any(_is_akin(each, more) for more in longer) for each in shorter)
    if mine and mine == theirs and len(shorter) <= 2:
        return "same"
    # Most of what the shorter says is in the longer, which does not say three things besides.
    is_most = shared >= _ENOUGH * len(shorter) and len(longer) <= 2 * len(shorter) + 3
    return "same" if is_most and not _is_opposed(card, reader) else "unclear"


def _is_akin(one: str, other: str) -> bool:
    """Claim that stems are of one word: "thin" and "thinner"."""
    return one == other or (min(len(one), len(other)) >= _ROOT and one[:_ROOT] == other[:_ROOT])


def _is_opposed(one: str, other: str) -> bool:
    """Claim that one text says "before" where the other says "after"."""
    mine, theirs = (frozenset(text.casefold().split()) for text in (one, other))
    return any(
        (left & mine and right & theirs - mine) or (right & mine and left & theirs - mine)
        for left, right in _OPPOSITES
    )


def is_none(answer: str) -> bool:
    """Claim that an answer says that there is none."""
    return words.letters(answer) in _UNKNOWN


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
