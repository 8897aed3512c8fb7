"""Make the ids that survive edits, machines and years."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container
from dataclasses import replace

from quizgen import cardtext, cloze
from quizgen.model import Basic, Card, Choice, Cloze, Content, Draft, Stamp

# Digits and lower-case letters that are hard to mistake for one another when read aloud.
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_CARD_LENGTH = 4
_ORIGIN_LENGTH = 10  # hex digits: 40 bits keep a million cards apart
_NO_TOKEN = re.compile(r"[^A-Za-z0-9._/:@+-]+|-{2,}")


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


def answer(content: Content) -> str:
    """Name the part of a card that a learner is to say."""
    match content:
        case Basic():
            return content.answer
        case Cloze():
            return "; ".join(cloze.hidden(content.text))
        case Choice():
            return "; ".join(content.options[key] for key in content.keys)


def writer(stamp: Stamp) -> str:
    """Name the language model that wrote a card; empty for the rules and for a person."""
    named = (token.partition("=") for token in stamp.extra)
    return next((name for key, _, name in named if key == "model"), "")


def origin(draft: Draft) -> str:
    """Hash what a draft was made from: its first evidence, its rule and its first wording.

    Paths take no part, so the same documents give the same cards on another machine.
    """
    words = draft.evidence[0].text if draft.evidence else ""
    said = "\x1f".join((" ".join(words.split()), draft.rule, question(draft.content)))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_ORIGIN_LENGTH]


def stamp(draft: Draft) -> Stamp:
    """Say where a draft's card comes from; a model's name is written so that it ends no comment."""
    extra = (f"model={_NO_TOKEN.sub('_', draft.model)}",) if draft.model else ()
    return Stamp(draft.rule, origin(draft), extra=extra)


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
