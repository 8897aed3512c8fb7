"""Judge whether speech and its transcription have left their noise in a card."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Basic, Card

_NOISE: Final = _text.any_of(
    r"\b(?:uh+|um+|uhm+|erm+|hmm+)\b(?!-)",
    r",\s*(?:you know|like|I mean),",
    r"\[(?:music|applause|laughter|inaudible|crosstalk|noise|laughs)\]",
    # A change of speaker in captions; "n >> 1" is maths and "cin >> x" code.
    r"(?:^|[.?!…,\"”]\s*)>>|>>\s*(?-i:[A-Z][a-z])",
    # A lone "i" is also an index; with these verbs it is the pronoun.
    r"\b(?-i:i) (?:think|was|am|mean|have|don't|would|guess|believe|know|had|can)\b",
    r"\b(?-i:i)['’](?:m|ve|d|ll)\b",
)


_DOUBLED: Final = _text.any_of(
    r"\b(the|an?|of|to|in|and|is|about|for|with|it|was|we|they|you|what|are|on|at|or|but|this)"
    r" \1\b(?!-)",
)


def asr_noise(card: Card, _context: Context) -> str:
    """Find what speech and its transcription leave in a text: fillers, doublings, tags."""
    masked = [_text.bare(_text.plain(part)) for part in _text.fields(card.content)]
    for text in masked:
        told = text.casefold().split()
        # Two equal words side by side are rarer than the pattern is slow.
        is_doubled = any(map(str.startswith, told[1:], told))
        if found := _NOISE.search(text) or (_DOUBLED.search(text) if is_doubled else None):
            return f"{found[0].strip(' ,')!r} is noise of speech: write the sentence out cleanly."
    if _is_raw(masked[0], 7):
        return "The front has neither capitals nor punctuation: write the sentence out cleanly."
    return ""


def _is_raw(text: str, length: int) -> bool:
    """Claim that a text is a caption line as machines write it."""
    return (
        text == text.lower()
        and words.word_count(text) >= length
        and not re.search(r"[.,;:?!…\"“”]", text)
        and any(char.isascii() and char.isalpha() for char in text)
    )


def misheard(card: Card, context: Context) -> str:
    """Find answers that rest on a raw caption line or look like a name of the source misspelt."""
    back = _text.face(card.content).back
    if not back:
        return ""
    if name := _only_heard(card, context):
        return f"“{name}” {ONLY_HEARD}"
    if context.glossary and isinstance(card.content, Basic):
        names = _names(context.glossary)
        for token in _candidates(back):
            if name := _nearest(token, names):
                return f"{token!r} looks like {name!r} misheard: check the spelling."
    return ""


ONLY_HEARD: Final = "rests on captions without capitals alone: check that it was heard right."
"""The end of a warning that only a person who listens can settle, and no rewriting."""


def _only_heard(card: Card, context: Context) -> str:
    """Give a name in a card for which raw captions are the only witness."""
    proofs = card.evidence
    # A page's notes may lack capitals and full stops, and were still written by somebody.
    if not proofs or any(e.match == "page" or not _is_raw(_text.norm(e.text), 6) for e in proofs):
        return ""
    shown = _text.face(card.content)
    spelt = {part.casefold() for name in context.glossary for part in _text.tokens(name)}
    spelt |= {part.casefold() for who in context.people for part in _text.tokens(who.name)}
    inner = (word for part in (shown.front, shown.back) for word in _text.tokens(part)[1:])
    return next(
        (word for word in inner if word[0].isupper() and len(word) > 2 and _is_new(word, spelt)), ""
    )


def _is_new(word: str, spelt: set[str]) -> bool:
    low = word.casefold().removesuffix("'s").removesuffix("’s")
    return low not in spelt and low not in words.STOPWORDS


def _candidates(back: str) -> list[str]:
    found = [word for word in _text.tokens(back) if len(word) >= 5 and word[0].isupper()]
    joined = "".join(_text.tokens(back))
    return [*found, joined] if 1 < words.word_count(back) <= 3 else found


@lru_cache(maxsize=16)
def _names(glossary: frozenset[str]) -> dict[str, dict[str, str]]:
    """Sort the single words of a glossary by first letter, and by all the others.

    Each key leads from folded words to their spellings.
    """
    names: dict[str, dict[str, str]] = {}
    for entry in sorted(glossary):
        for word in _text.tokens(entry):
            if len(word) >= 5 and word[0].isupper():
                folded = _plainly(word)
                names.setdefault(folded[0], {})[folded] = word
                names.setdefault(folded[1:], {})[folded] = word
    return names


def _plainly(word: str) -> str:
    """Fold a word and take its accents off."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def _nearest(token: str, names: dict[str, dict[str, str]]) -> str:
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    folded = _plainly(token).removesuffix("'s")
    near = names.get(folded[0], {})
    elsewhere = names.get(folded[1:], {}) if len(folded) >= 6 else {}
    if folded not in near and elsewhere:  # Yuclid
        return next(iter(elsewhere.values()))
    # Vegner is heard like Wegener.
    for first in _HEARD_ALIKE.get(folded[0], "") if len(folded) >= 6 else "":
        for name, spelt in names.get(first, {}).items():
            if OSA.distance(folded[1:], name[1:], score_cutoff=1) <= 1 and len(name) >= 6:
                return spelt
    # A name and its plural or adjective are no misspelling of each other: Dane, Danes.
    if any(folded.startswith(name) or name.startswith(folded) for name in near):
        return ""
    # Two letters of seven; names like Austria and Australia are a reason only to warn.
    most = 1 if len(folded) < 7 else 2
    return next(
        (
            spelt
            for name, spelt in near.items()
            if (found := OSA.distance(folded, name, score_cutoff=2)) <= most
            or (found <= 2 and _sound(folded) == _sound(name))
        ),
        "",
    )


_HEARD_ALIKE: Final = {
    one: "".join(
        group.replace(one, "") for group in ("vw", "ckq", "sz", "gj", "iy") if one in group
    )
    for one in "vwckqszgjiy"
}
_SOUNDS: Final = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556", "aeiouyhw'’-")


def _sound(name: str) -> str:
    """Reduce a name to how its consonants sound, as Soundex does."""
    return re.sub(r"(.)\1+", r"\1", name.translate(_SOUNDS))
