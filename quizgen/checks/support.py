"""Judge whether the evidence holds what a card wants recalled."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from quizgen.checks import _text, options, quantities
from quizgen.checks.acronyms import is_spelt_out
from quizgen.checks.cues import key_and_others
from quizgen.checks.recall import is_kin
from quizgen.checks.row import Context
from quizgen.model import Basic, Card, Choice

# --- numbers -----------------------------------------------------------------

_NAME_WITH_DIGITS: Final = re.compile(
    r"\b[^\W\d_]+-?\d[\w.]*|\d+(?=D\b)|^\s*\d+[.)]\s", re.MULTILINE
)
_CENTURY: Final = re.compile(r"\bcentur(?:y|ies)\b", re.IGNORECASE)
_DECADE: Final = re.compile(r"\b\d*0['’]?s\b")
_PREFIXED: Final = re.compile(r"(?<=\d)/\d+")


def number_mismatch(card: Card, context: Context) -> str:
    """Find numbers to be recalled that the evidence does not have."""
    shown = _text.face(card.content)
    if not card.evidence:
        return ""
    if shown.form == "truth":
        asked = shown.front if _text.is_said_to_be_true(card.content) else ""
    else:
        asked = shown.back
    if not asked or not _may_count(asked):
        return ""
    asked = _PREFIXED.sub(" ", _NAME_WITH_DIGITS.sub(" ", _text.bare(_asked(card, asked))))
    wanted = quantities.asked(asked)
    if not wanted:
        return ""
    evidence = _text.plain(_text.support(card, context))
    if wanted <= _text.numbers(evidence):
        return ""
    known = quantities.known(evidence)
    in_century = _CENTURY.search(f"{shown.front} {asked}") is not None
    span = 10 if _DECADE.search(asked) else 0
    for number in sorted(wanted):
        if number <= 4 and _only_counts(number, asked, known):
            continue
        if not _is_known(number, known, span=span, in_century=in_century):
            shown_as = f"{number:g}" if number < 1e6 else f"{number:,.0f}"
            return f"The number {shown_as} is not in the evidence: correct it or cite its source."
    return ""


def _only_counts(number: float, asked: str, known: frozenset[float]) -> bool:
    """Claim that "two cities" only counts what the evidence lists, and no number speaks against."""
    is_word = not any(map(str.isdigit, asked))
    return (
        is_word
        and len(_text.stems(asked)) >= 3
        and not any(2 <= value <= 12 and value != number for value in known)
    )


def _may_count(text: str) -> bool:
    return any(map(str.isdigit, text)) or bool(_text.numbers(text) or quantities.asked(text))


def _asked(card: Card, asked: str) -> str:
    # Numbers in an answer's code or maths may be steps of a calculation.
    return _text.bare(card.content.answer) if isinstance(card.content, Basic) else asked


def _is_known(number: float, known: frozenset[float], *, span: int, in_century: bool) -> bool:
    if number in known or any(abs(number - value) <= 1e-6 * abs(number) for value in known):
        return True
    if span and any(number <= value < number + span for value in known):
        return True
    if in_century:
        start = (number - 1) * 100 if number < 40 else number
        return any(start <= value <= start + 100 for value in known)
    return False


# --- answers the evidence does not give --------------------------------------

_FRACTION_ONLY: Final = re.compile(
    r"(?:about |roughly |nearly |almost )?(?!half (?!an?\b|of\b))\w+[ -]\w+(?: of it)?[.]?"
)
_YES_NO: Final = _text.vocabulary("yes no true false")
_BASES: Final = {
    form: base
    for base, *forms in (
        family.split()
        for family in """
            find found/lose lost loss/fall fell fallen/rise rose risen/grow grew grown growth
            keep kept/hold held/build built/buy bought/sell sold sale/break broke broken
            freeze froze frozen/leave left/lead led/bring brought/teach taught/catch caught
            fight fought/write wrote written/drive drove driven/speak spoke spoken speech
            choose chose chosen choice/wear wore worn/bear bore borne/tear tore torn
            shrink shrank shrunk/sink sank sunk/drink drank drunk/begin began begun/spin spun
            bend bent/spend spent/send sent/feed fed food/bleed bled blood/die dead death
            live life aliv/strong strength/long length/wide width/deep depth/high height/hot heat
            warm warmth/poor poverti/free freedom/child children/man men/woman women/foot feet
            tooth teeth/mous mice/see saw seen sight/greater larger bigger great larg big
            small littl tini/fast quick quicker rapid swift/begin start commenc/finish end conclud
            buy purchas/expens dear dearer costli/shut close/kid child/sick ill illness/huge vast
            annual year yearli/near close nearbi/rich wealthi wealth/kill death
        """.replace("\n", "/").split("/")
        if family.strip()
    )
    for form in forms
}
"""Stems that a stemmer keeps apart, by the one that stands for them all."""


_NEGATIVE: Final = re.compile(r"\b(?:not|except|never|cannot)\b|n't\b", re.IGNORECASE)


def unsupported_answer(card: Card, context: Context) -> str:
    """Find answers of which the evidence has not one word."""
    share, asked = _shared(card, context)
    if share == 0 and asked >= 2:
        return "The evidence has none of the answer's words: cite what makes it true, or drop it."
    if other := _option_told_instead(card):
        return f"The evidence has {other!r} and nothing of the right option: check the key."
    return ""


def _option_told_instead(card: Card) -> str:
    """Give the one wrong option whose own words stand in the evidence, where no right one's do."""
    key, others = key_and_others(card)
    if not others or not card.evidence or not isinstance(card.content, Choice):
        return ""
    if _text.numbers(key):  # "6" is told as "six"
        return ""
    if _NEGATIVE.search(card.content.stem) or any(map(options.is_pointing, (key, *others))):
        return ""
    known = frozenset(map(base, _text.stems(" ".join(each.text for each in card.evidence))))
    of_key, *of_others = (frozenset(map(base, _text.stems(option))) for option in (key, *others))
    shared = of_key.intersection(*of_others)
    told = [other for other, own in zip(others, of_others, strict=True) if shared < own <= known]
    is_told = any(_is_in(stem, known) for stem in of_key - shared)
    return told[0] if shared < of_key and not is_told and len(told) == 1 else ""


def thinly_supported(card: Card, context: Context) -> str:
    """Find answers of which the evidence has too few words to tell that it says so."""
    share, asked = _shared(card, context)
    # A statement also holds the question's words, which the evidence has anyway.
    least = 0.51 if _text.is_truth(card.content) else 0.4
    if asked and share < least and not (share == 0 and asked >= 2):
        return "The evidence has few of the answer's words: check that it says so."
    return ""


@lru_cache(maxsize=4)  # both rules of a card ask
def _shared(card: Card, context: Context) -> tuple[float, int]:
    """Measure how much of an answer the evidence has, and how many words that answer counts."""
    shown = _text.face(card.content)
    if not card.evidence or _text.is_quote(card):
        return 1.0, 0
    if shown.form == "truth":
        asked = shown.front if _text.is_said_to_be_true(card.content) else ""
    else:
        asked = shown.back
    if isinstance(card.content, Choice) and (
        _NEGATIVE.search(shown.front) or options.is_pointing(asked)
    ):
        return 1.0, 0
    if quantities.asked(asked) and _FRACTION_ONLY.fullmatch(asked):
        return 1.0, 0
    stems = frozenset(base(stem) for stem in _text.stems(asked) if not _is_number(stem))
    # What the question already says proves nothing of the answer.
    stems = stems - _text.stems(shown.front) if shown.form == "question" else stems
    stems -= _YES_NO
    # "11 km": the number is another rule's affair, and units have several spellings.
    is_measure = _text.numbers(asked) and not asked.casefold().startswith("half ")
    if not stems or (len(stems) == 1 and is_measure):
        return 1.0, 0
    evidence = _text.support(card, context)
    known = frozenset(map(base, _text.stems(evidence)))
    # A source that has introduced Ferdinand de Lesseps goes on to call him Lesseps.
    surnames = frozenset(map(base, map(_text.stem, _SURNAME.findall(asked))))
    if surnames & known:
        return 1.0, len(stems)
    found = sum(1 for stem in stems if _is_in(stem, known) or _is_told(stem, asked, evidence))
    return found / len(stems), len(stems)


_SURNAME: Final = re.compile(
    r"\b(?!The\b|An?\b|In\b)[A-ZÀ-Þ][\w’'-]+ (?:de |van |von |der |[A-ZÀ-Þ]\. )*([A-ZÀ-Þ][\w’-]+)"
)


def _is_told(stem: str, asked: str, evidence: str) -> bool:
    """Claim that a stem is of an acronym whose words the evidence has."""
    letters = stem.upper()
    return len(stem) <= 6 and letters in asked and is_spelt_out(letters, evidence)


def base(stem: str) -> str:
    """Give the stem that stands for all of its family: found is find, larger is greater."""
    return _BASES.get(stem, stem)


def _is_number(stem: str) -> bool:
    return stem[0].isdigit() or bool(_text.numbers(stem))


def _is_in(stem: str, known: frozenset[str]) -> bool:
    return stem in known or any(
        is_kin(stem, other) or (len(stem) >= 4 and stem[:4] == other[:4]) for other in known
    )
