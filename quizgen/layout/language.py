"""Guess the language of a text from its commonest words and its script."""

from __future__ import annotations

from collections import Counter

STOP_WORDS = {
    "en": frozenset("the of and to in is that it for with as was on are this not by from".split()),  # noqa: SIM905
    "de": frozenset("der die und das ist nicht ein eine zu den mit sich auf von dem auch".split()),  # noqa: SIM905
    "fr": frozenset("le les des et est une que dans pour qui pas sur plus par du au ce".split()),  # noqa: SIM905
    "es": frozenset("el los las y es una que en por con para del se no como más su".split()),  # noqa: SIM905
}
NAMES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "ru": "Russian"}
_ENOUGH = 20_000


def guess(text: str) -> str:
    """Give `en`, `de`, `fr`, `es` or `ru`, or nothing where another language is likelier.

    A text too short to say counts as English.
    """
    sample = text[:_ENOUGH].casefold()
    if is_cyrillic(sample):
        return "ru"
    words = Counter(sample.split())
    total = sum(words.values())
    votes = {language: sum(words[word] for word in stop) for language, stop in STOP_WORDS.items()}
    best = max(votes, key=lambda language: votes[language])
    # Running text has one stop word in four; notes in keywords have fewer, so only a text
    # of some length without any can be told to be in a language not listed here.
    if votes[best] < total * 0.04:
        return "" if total >= 60 or not _is_latin(sample) else "en"
    return "en" if votes["en"] == votes[best] else best


def is_cyrillic(text: str) -> bool:
    """Claim that most letters are Cyrillic."""
    cyrillic = sum("Ѐ" <= character <= "ӿ" for character in text)
    return cyrillic * 2 > sum(character.isalpha() for character in text)


def differs(text: str, language: str) -> bool:
    """Claim that a paragraph is plainly in another language than its document."""
    if is_cyrillic(text):
        return language != "ru"
    return len(text.split()) >= 12 and guess(text) not in (language, "")


def leans(text: str, language: str, other: str) -> bool:
    """Claim that even a short text has more of the common words of one language than of another."""
    words = text.casefold().replace(":", " ").split()
    one, two = (STOP_WORDS.get(each, frozenset()) for each in (language, other))
    return sum(word in one for word in words) > sum(word in two for word in words)


def _is_latin(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(character < "\u0250" for character in letters) * 2 >= len(letters)
