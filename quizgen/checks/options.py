"""Judge the options of a choice card."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Card, Choice

_POINTING: Final = _text.any_of(
    r"(?:all|none|both|any|n?either|each)(?: (?:one|two|three|four))?(?: of)?"
    r" ?(?:the |these |those )?(?:above|these|those|them|options|choices|answers|others?)"
    r"(?: options| answers)?",
    r"(?:all|none|both) of it",
    r"(?:both|all|either|neither)(?: of)? the (?:first|last|other|former|latter)"
    r"(?: one| two| three)?",
    r"all (?:three|four)",
    r"both",
)
_LETTER: Final = re.compile(r"\(?[a-f1-5]\)?(?: only)?", re.IGNORECASE)
_HAS_LETTER: Final = re.compile(r"(?<!\w)[A-Fa-f1-5](?!\w)")
_TOGETHER: Final = re.compile(
    r"(?:(?:both|either|neither) )?(?P<a>.+?),? (?:and|or|nor|&) (?P<b>.+)", re.IGNORECASE
)
_LETTERS: Final = re.compile(
    r"(?:only |both |neither )?(?:options? |answers? )?"
    r"\(?[a-f1-5]\)?(?:, ?\(?[a-f1-5]\)?)*,? (?:and|&|or|nor) \(?[a-f1-5]\)?"
    r"(?: only| are correct| are right)?",
    re.IGNORECASE,
)


def all_none_above(card: Card, _context: Context) -> str:
    """Find options that only point at the other options."""
    match card.content:
        case Choice(_, options):
            plain = [_text.plain(option).strip(" .!") for option in options]
        case _:
            return ""
    # Where other options are letters too (blood groups, vitamins), "A and B" is content.
    names_letters = not all(
        _LETTERS.fullmatch(option) or _HAS_LETTER.search(option) for option in plain
    ) and not any(_HAS_LETTER.search(option) for option in plain if not _LETTERS.fullmatch(option))
    for option in plain:
        points = is_pointing(option) or _joins_others(option, plain)
        if points or (names_letters and _LETTERS.fullmatch(option)):
            return f"The option {option!r} points at the others: write one that stands by itself."
    return ""


def is_pointing(option: str) -> bool:
    """Claim that an option only points at the others: "none of the above"."""
    return _POINTING.fullmatch(option.strip(" .!")) is not None


def _joins_others(option: str, plain: list[str]) -> bool:
    """Claim that an option is two others together: "both Spain and Portugal"."""
    if not (found := _TOGETHER.fullmatch(option)):
        return False
    shortest = min(len(found["a"]), len(found["b"]))
    others = [other for other in plain if other != option and len(other) < len(option)]
    if len(others) < 2 or min(map(len, others)) > shortest + 4:  # "the", and a space
        return False
    folded = {fold(other) for other in others}
    return fold(found["a"]) in folded and fold(found["b"]) in folded


_SYNONYMS: Final = {
    alias: name
    for name, *aliases in (
        ("carbon dioxide", "co2", "co₂"),
        ("water", "h2o", "h₂o"),
        ("sodium chloride", "nacl", "table salt", "common salt"),
        ("oxygen", "o2", "o₂"),
        ("united states", "usa", "us", "united states of america", "u.s", "u.s.a"),
        ("united kingdom", "uk", "u.k"),
        ("european union", "eu"),
        ("deoxyribonucleic acid", "dna"),
        ("ribonucleic acid", "rna"),
        ("artificial intelligence", "ai"),
        ("world war i", "first world war", "world war one", "wwi", "world war 1"),
        ("world war ii", "second world war", "world war two", "wwii", "world war 2"),
        ("true", "yes"),
        ("false", "no"),
    )
    for alias in aliases
}
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MEASURE: Final = re.compile(r"(?P<figure>\d+(?:\.\d+)?) ?(?P<unit>[^\W\d]+)")
_UNITS: Final = {
    name: (base, factor)
    for base, *rows in (
        ("m", "mm millimetres millimeters 0.001", "cm centimetres centimeters 0.01"),
        ("m", "m metres meters 1", "km kilometres kilometers 1000"),
        ("g", "mg milligrams 0.001", "g grams grammes 1", "kg kilograms kilos 1000"),
        ("l", "ml millilitres milliliters 0.001", "cl 0.01", "l litres liters 1"),
        ("min", "min minutes 1", "h hours 60"),
    )
    for row in rows
    for *names, factor in [row.split()]
    for name in names
}


def duplicate_options(card: Card, _context: Context) -> str:
    """Find two options that say the same."""
    if not isinstance(card.content, Choice):
        return ""
    seen: dict[str, str] = {}
    for option in card.content.options:
        folded = fold(option)
        if folded and folded in seen:
            return f"Two options say the same, {option!r}: replace one."
        seen[folded] = option
    return ""


def fold(option: str) -> str:
    """Fold an option so that two that say the same are equal."""
    # In code and maths `List` is not `list`, and letter and sign count.
    if "`" in option or "$" in option:
        return " ".join(option.split())
    plain = _text.norm(_text.plain(option)).strip(" .,;!?\"'")
    # In mW and MW, in m and M, the case tells.
    kept = " ".join(map(_cased, plain.split()))
    text = _THOUSANDS.sub("", kept)
    text = text.replace(" percent", "%").replace(" per cent", "%").replace(" %", "%")
    text = re.sub(r"^(?:the|an?)\s+", "", text)
    text = _SYNONYMS.get(text.casefold(), text)
    told = text.split()
    if any(map(_may_be_number, told)):
        told = _in_digits(told)
    text = " ".join(map(_singular, told))
    measure = _MEASURE.fullmatch(text)
    if measure and measure["unit"] in _UNITS:
        base, factor = _UNITS[measure["unit"]]
        return f"{float(measure['figure']) * float(factor):g} {base}"
    return text


@lru_cache(maxsize=16_384)
def _cased(word: str) -> str:
    is_symbol = word.isalpha() and (len(word) == 1 or (len(word) <= 3 and not word[1:].islower()))
    return word if is_symbol else word.casefold()


def _in_digits(told: list[str]) -> list[str]:
    """Write numbers in words as digits."""
    written: list[str] = []
    run: list[str] = []
    for word in (*told, ""):
        parts = word.split("-")
        if word.isascii() and all(part.isalpha() and _is_number(part) for part in parts):
            run.append(word)
            continue
        if run:
            values = _text.numbers(" ".join(run))
            written += [f"{value:g}" for value in values] if len(values) == 1 else run
            run = []
        written.append(word)
    return [word for word in written if word]


@lru_cache(maxsize=16_384)
def _may_be_number(word: str) -> bool:
    return word.isascii() and any(part.isalpha() and _is_number(part) for part in word.split("-"))


@lru_cache(maxsize=16_384)
def _is_number(word: str) -> bool:
    return word in ("hundred", "thousand", "million", "billion") or bool(_text.numbers(word))


@lru_cache(maxsize=16_384)
def _singular(word: str) -> str:
    # Only plurals: a stemmer makes one of "organ" and "organic".
    if len(word) < 5 or not word.isalpha() or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word.removesuffix("s")


# --- grammar -----------------------------------------------------------------

_ARTICLE_END: Final = re.compile(r"(?<![/\w])(an?)\s*(?:_{2,}|…|\.{3})?\s*[.:]?$", re.IGNORECASE)
_VERB_END: Final = re.compile(
    r"\b(are|were|is|was)(?: the)?\s*(?:_{2,}|…|\.{3})?\s*[.:]?$", re.IGNORECASE
)
_ARTICLE: Final = re.compile(r"(?:an?|the|one|each|every|its|his|her|their)\s", re.IGNORECASE)
_SOUNDS_VOWEL: Final = _text.any_of(
    r"hour|honest|honou?r|heir|8|11\b|18\b",
    # "University", "use" and "one" begin with a consonant; "uninformed" and "umbrella" do not.
    r"(?!uni(?!n|m)|us(?:e|ag|u)|ut[ei]|eu|one\b|once|ubi|ur[aei][nl])[aeiou]",
)
_LETTER_NAMES: Final = frozenset("AEFHILMNORSX")


def grammar_cue(card: Card, _context: Context) -> str:
    """Find stems whose last word rules options out by grammar alone."""
    match card.content:
        case Choice(stem, options, keys) if not _text.is_truth(card.content) and "?" not in stem:
            stem = _text.plain(stem)
            plain = [_text.plain(option).strip() for option in options]
        case _:
            return ""
    if article := _ARTICLE_END.search(stem):
        wants_vowel = article[1].casefold() == "an"
        if not stem[: article.start()].rstrip().endswith("(") and any(
            option and _sounds_vowel(option) != wants_vowel for option in plain
        ):
            return f"The stem ends in {article[1]!r}, which not every option fits: write 'a/an'."
    elif (verb := _VERB_END.search(stem)) and len(keys) == 1 and keys[0] < len(plain):
        wants_plural = verb[1].casefold() in ("are", "were")
        fitting = [_is_plural(option) == wants_plural for option in plain]
        if fitting.count(True) == 1 and fitting[keys[0]] and _all_countable(plain):
            return f"Only the right option fits {verb[1]!r}: give every option the same number."
    return ""


def _sounds_vowel(option: str) -> bool:
    first = option.split(maxsplit=1)[0].strip("\"'“‘(`*")
    if len(first) == 1 or first[:3].isupper():  # spelt out: an MRI, a UV lamp
        return first[:1].upper() in _LETTER_NAMES or first == "8"
    return _SOUNDS_VOWEL.match(first) is not None


def _is_plural(option: str) -> bool:
    if _ARTICLE.match(option):
        return False
    last = re.split(r"\s(?:of|in|that|with|for|which|to|from)\s", option)[0].split()[-1:]
    word = last[0].casefold() if last else ""
    return " and " in option or (
        word.endswith("s") and not word.endswith(("ss", "us", "is", "ics"))
    )


def _all_countable(options: list[str]) -> bool:
    return all(len(option.split()) <= 4 and option.replace(" ", "").isalpha() for option in options)
