"""Find words that look misspelt, so that a slip of a page does not reach a card in silence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from string import ascii_lowercase
from typing import Final

from quizgen.generate.offline import tagging
from quizgen.generate.offline.lexicon import gathered

_WORD: Final = re.compile(
    r"(?<![\w'’/.@#-])[A-Z][a-z]+(?=-[A-Z])|(?<![\w'’/.@#-])[A-Za-z]+(?![\w'’/@-])"
)
_NO_WORDS: Final = re.compile(r"https?:\S+|www\.\S+|`[^`]*`|\$[^$]+\$|<[^>]*>")
_SMALL: Final = gathered(
    "and for from have that the their them then they this those to was were what when which with"
)
"""Words so frequent that their letters in another order are a slip: `teh`, `ot`, `taht`."""
_SHORTEST: Final = 7
_SHORTEST_NAME: Final = 7
_TELLING_NAME: Final = 9
_STEM: Final = 3
_ENDINGS: Final = (
    *("s", "es", "d", "ed", "ing", "ly", "er", "ers", "or", "ors", "al", "ally", "ity", "ic"),
    *("able", "ist", "ists", "ism", "tion", "ion", "y", "ies", "ation", "like", "less", "ful"),
    *("ness", "ize", "ized", "izing", "ise", "ised", "ising", "ive", "ous", "ment", "ments", "est"),
)
_VARIANTS: Final = (("our", "or"), ("re", "er"), ("ise", "ize"), ("yse", "yze"), ("ll", "l"))
"""Endings and middles that one side of the Atlantic writes so and the other so."""


def slips(text: str) -> frozenset[str]:
    """Give the words of a document that are one slip of the pen from a word that is known.

    A word is known to the tagger, built on one that is, or said more than once. What is unknown
    and like no other word may be a term; what differs in its first letter or its ending only is
    one more often than not.
    """
    said = _WORD.findall(_NO_WORDS.sub(" ", text))
    often = Counter(word.casefold() for word in said)
    return frozenset(
        word
        for word in dict.fromkeys(said)
        if often[word.casefold()] == 1 and _is_slip(word, often)
    )


def sentence(slip: str) -> str:
    """Say what is wrong with a piece that holds a slip, as a clause without a full stop."""
    return f"it has a word that looks misspelt: “{slip}”"


def slip_in(text: str, slips_of_page: frozenset[str]) -> str:
    """Give the first word of a text that its document's slips hold, or nothing."""
    return next((word for word in _WORD.findall(text) if word in slips_of_page), "")


def _is_slip(word: str, often: Counter[str]) -> bool:
    plain = word.casefold()
    if _is_known(plain):
        return False
    if word.islower() and len(word) < _SHORTEST:
        return any(sorted(plain) == sorted(small) for small in _SMALL if plain[0] in small[:2])
    if word.islower() and len(word) >= _SHORTEST:
        return any(tagging.knows_plain(other) or often[other] > 1 for other in _others(plain))
    # Of names there are many, and Fischer is no Fisher: only beside its like is one odd.
    if not word.istitle() or len(word) < _SHORTEST_NAME:
        return False
    least = 1 if len(word) >= _TELLING_NAME else 2
    swapped = any(tagging.knows(other) for other in _swapped(plain))
    return swapped or any(often[other] >= least for other in _others(plain))


def _others(word: str) -> Iterator[str]:
    return (other for other in _near(word) if not _is_variant(word, other))


def _swapped(word: str) -> Iterator[str]:
    for at in range(1, len(word) - 2):
        if word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _near(word: str) -> Iterator[str]:
    """Give what a letter too many, too few or out of turn inside of a word may have been."""
    yield from _swapped(word)
    for at in range(1, len(word) - 1):
        # A letter too many is one that stands there already: varnish is no vanish.
        if word[at] in (word[at - 1], word[max(0, at - 2)], word[at + 1]):
            yield word[:at] + word[at + 1 :]
    for at in range(1, len(word)):
        yield from (word[:at] + letter + word[at:] for letter in ascii_lowercase)


def _is_variant(word: str, other: str) -> bool:
    return other == word or any(
        word.replace(one, two) == other or word.replace(two, one) == other for one, two in _VARIANTS
    )


def _is_known(word: str) -> bool:
    """Claim that a word is known, or one with an ending, or two of them in one."""
    if tagging.knows(word) or _is_formed(word):
        return True
    return any(
        tagging.knows(word[:at]) and (tagging.knows(word[at:]) or _is_formed(word[at:]))
        for at in range(_STEM, len(word) - _STEM + 1)
    )


def _is_formed(word: str) -> bool:
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _STEM:
            continue
        doubled = len(stem) > _STEM and stem[-1] == stem[-2]
        if any(map(tagging.knows, (stem, f"{stem}e", f"{stem}y", stem[:-1] if doubled else stem))):
            return True
    return False
