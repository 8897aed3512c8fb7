"""Judge the options of a choice card."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Card, Choice

_POINTING: Final = _text.any_of(
    r"(?:all|none|both|any|n?either|each)(?: (?:one|two|three|four))?(?: of)?"
    r" ?(?:the |these |those )?(?:above|these|those|them|options|choices|answers|others?)"
    r"(?: options| answers)?",
    r"(?:all|none|both) of it",
    r"all (?:three|four)",
    r"both",
)
_LETTER: Final = re.compile(r"\(?[a-f1-5]\)?(?: only)?", re.IGNORECASE)
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
    names_letters = not any(map(_LETTER.fullmatch, plain)) and not all(
        map(_LETTERS.fullmatch, plain)
    )
    for option in plain:
        if _POINTING.fullmatch(option) or (names_letters and _LETTERS.fullmatch(option)):
            return f"The option {option!r} points at the others: write one that stands by itself."
    return ""


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
_DIGITS: Final = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "twelve": "12",
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
    text = words.norm(_text.plain(option)).casefold().strip(" .,;!?\"'")
    text = text.replace(" percent", "%").replace(" per cent", "%").replace(" %", "%")
    text = re.sub(r"^(?:the|an?)\s+", "", text)
    text = _SYNONYMS.get(text, text)
    return " ".join(_singular(_DIGITS.get(word, word)) for word in text.split())


def _singular(word: str) -> str:
    # Only plurals: a stemmer makes one of "organ" and "organic".
    if len(word) < 5 or not word.isalpha() or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word.removesuffix("s")


# --- grammar -----------------------------------------------------------------

_ARTICLE_END: Final = re.compile(r"(?<![/\w])(an?)\s*(?:_{2,}|…|\.{3})?\s*[.:]?$", re.IGNORECASE)
_VERB_END: Final = re.compile(r"\b(are|were|is|was)\s*(?:_{2,}|…|\.{3})?\s*[.:]?$", re.IGNORECASE)
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
