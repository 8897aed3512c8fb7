"""Tag the words of an English sentence: what each is, and the word it is a form of.

The tags are those of the British National Corpus (C5): `NN1` a noun, `NN2` its plural, `VVZ` a
verb in the third person, `VVD` in the past, `VVN` a participle, `VBZ` and `VHZ` forms of `be` and
`have`, `VM0` a modal, `AJ0` an adjective, `AV0` an adverb, `PRP` and `PRF` prepositions, `CJC`,
`CJS` and `CJT` conjunctions, `PNP` a pronoun, `XX0` a negation, `PUN` a mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol, cast

_TOKEN: Final = re.compile(
    r"\d(?:[\d,.:]*\d)?(?:%|[a-z]{1,2}\b)?"  # 4,000 and 1990s and 12%
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    r"|[^\W_]+(?:[-‑'’&/][^\W_]+)*"  # slow-wave, Voss’s
    r"|\.\.\.|[^\w\s]|_",
)
_CLITIC: Final = re.compile(
    r"(?:n['’]t|['’](?:s|re|ve|ll|d|m)|(?<=^can)not)$",
    re.IGNORECASE,
)
# What the tagger was trained on writes these marks as a typewriter does.
_TYPED: Final = str.maketrans("’‘“”‑–—…", "''\"\"----")
_LONGEST: Final = 30
"""Letters of a word that the tagger takes apart: its time grows with their cube."""
_MOST: Final = 200
"""Tokens of a sentence; what is longer is none."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of a sentence, and where it stands: `sentence[start:end]` is its text."""

    text: str
    lemma: str
    tag: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """Give the word in small letters."""
        return self.text.casefold()

    @property
    def is_mark(self) -> bool:
        """Claim that this is no word."""
        return self.tag.startswith("PU")

    @property
    def is_noun(self) -> bool:
        """Claim that this is a noun or a name."""
        return self.tag in ("NN", "NN0", "NN1", "NN2", "NP0")

    @property
    def is_verb(self) -> bool:
        """Claim that this is a form of a verb, auxiliaries and participles among them."""
        return self.tag[:2] in ("VB", "VD", "VH", "VM", "VV")

    @property
    def is_finite(self) -> bool:
        """Claim that this is a form of a verb that makes a clause: no infinitive, no participle."""
        return self.is_verb and self.tag[2] in "BDZ0"


@lru_cache(maxsize=4096)
def tokens(sentence: str) -> tuple[Token, ...]:
    """Tag a sentence; what has no words, or more than any sentence has, gives nothing."""
    spans = tuple(_cut(sentence))
    if not 0 < len(spans) <= _MOST:
        return ()
    said = [_known(sentence[start:end]) for start, end in spans]
    try:
        tagged = _tagger().tag_sent(said, taglevel=1)
    except KeyError:  # no row of tags leads through all its words
        return ()
    return tuple(
        Token(sentence[start:end], lemma, tag, start, end)
        for (start, end), (_, lemma, tag) in zip(spans, tagged, strict=True)
    )


def knows(word: str) -> bool:
    """Claim that a word, in small letters, is among those that the tagger was trained on."""
    return word in _tagger().cache


def knows_plain(word: str) -> bool:
    """Claim that a word, in small letters, is known as more than a name."""
    if not knows(word):
        return False
    return any(tag != "NP0" for tag, _ in _tagger().tag_word(word, casesensitive=False))


@lru_cache(maxsize=4096)
def is_everyday(word: str) -> bool:
    """Claim that a word is known to the tagger, and never as a name."""
    tagger = _tagger()
    if word.casefold() not in tagger.cache:
        return False
    tags = {tag for tag, _ in tagger.tag_word(word.casefold(), casesensitive=False)}
    # `Hawaiian`, `Danish`: what is of a place or a people keeps its capital.
    of_place = word.endswith(("an", "ish", "ese"))
    return "NP0" not in tags and bool(
        tags & {"NN0", "NN1", "NN2", "AJC", "VVG"} or ("AJ0" in tags and not of_place)
    )


def _cut(sentence: str) -> list[tuple[int, int]]:
    """Cut a sentence into words and marks, `don’t` and `Voss’s` in two."""
    spans: list[tuple[int, int]] = []
    for found in _TOKEN.finditer(sentence):
        start, end = found.span()
        clitic = _CLITIC.search(found.group())
        if clitic and clitic.start():
            middle = start + clitic.start()
            spans += [(start, middle), (middle, end)]
        else:
            spans.append((start, end))
    return spans


def _known(word: str) -> str:
    typed = word.translate(_TYPED)
    return typed if len(typed) <= _LONGEST else typed[-_LONGEST:]


class _Tagger(Protocol):
    cache: Mapping[str, object]

    def tag_word(self, word: str, *, casesensitive: bool) -> list[tuple[str, float]]: ...

    def tag_sent(self, sent: Sequence[str], taglevel: int) -> list[tuple[str, str, str]]: ...


@lru_cache(maxsize=1)
def _tagger() -> _Tagger:
    # With numpy it takes a tenth of a second, which only who makes cards without a model pays.
    from HanTa import HanoverTagger  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]

    return cast("_Tagger", HanoverTagger.HanoverTagger("morphmodel_en.pgz"))
