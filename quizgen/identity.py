"""Make the ids that survive edits, machines and years."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from dataclasses import replace

from quizgen import cardtext
from quizgen.model import Basic, Card, Choice, Cloze, Content, Draft

# Digits and lower-case letters that are hard to mistake for one another when read aloud.
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_CARD_LENGTH = 4
_ORIGIN_LENGTH = 10  # hex digits: 40 bits keep a million cards apart


def short_hash(text: str, length: int) -> str:
    """Hash text to `length` characters of the id alphabet."""
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), "big")
    letters: list[str] = []
    for _ in range(length):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(letters)


def question(content: Content) -> str:
    """Name the part of a card that a learner is asked."""
    match content:
        case Basic():
            return content.question
        case Cloze():
            return content.text
        case Choice():
            return content.stem


def origin(draft: Draft) -> str:
    """Hash what a draft was made from: its first evidence, its rule and its first wording.

    Paths take no part, so the same documents give the same cards on another machine.
    """
    words = draft.evidence[0].text if draft.evidence else ""
    said = "\x1f".join((" ".join(words.split()), draft.rule, question(draft.content)))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_ORIGIN_LENGTH]


def fingerprint(card: Card) -> str:
    """Hash what a person may edit of a card, so that an edit is noticed."""
    words = "\x1f".join((cardtext.render(replace(card, id="")), card.tier, *sorted(card.tags)))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_ORIGIN_LENGTH]


def card_id(deck: str, made_from: str, taken: Container[str]) -> str:
    """Derive a card's id from its deck and origin, longer where a shorter one is taken."""
    length = _CARD_LENGTH
    while (made := short_hash(f"{deck} {made_from}", length)) in taken:
        length += 1
        if length > 40:  # the hash has no more letters: the very same card twice
            made_from += "+"
            length = _CARD_LENGTH
    return made
