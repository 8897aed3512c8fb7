"""Judge whether an option gives itself away by its length or its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.recall import is_kin
from quizgen.checks.row import Context
from quizgen.model import Card, Choice


def key_and_others(card: Card) -> tuple[str, list[str]]:
    """Give the one right option and the wrong ones without markup; none where keys are several."""
    match card.content:
        case Choice(_, options, (key,)) as choice if not _text.is_truth(choice) and 0 <= key < len(
            options
        ):
            plain = [_text.plain(option) for option in options]
            return plain[key], plain[:key] + plain[key + 1 :]
        case _:
            return "", []


def length_cue(card: Card, _context: Context) -> str:
    """Find right options that stand out by their length."""
    key, others = key_and_others(card)
    if not others or _POINTS_AT_OTHERS.search(key) or _FIGURES.match(key):
        return ""
    length, lengths = words.word_count(key), [words.word_count(other) for other in others]
    if length >= 1.5 * sum(lengths) / len(lengths) and length >= max(lengths) + 3:
        return (
            f"The right option has {length} words and the longest other {max(lengths)}:"
            " make them of like length."
        )
    return ""


_FIGURES: Final = re.compile(r"(?:\w+ ){0,2}[$€£]?\d")
_FEWEST_CHOICES: Final = 6  # of fewer, half may be the longest by chance


def length_pattern(cards: Sequence[Card]) -> Iterator[tuple[int, str]]:
    """Yield the first choice card of a deck in which the longest option is mostly the right one."""
    longest: list[int] = []
    count = 0
    for at, card in enumerate(cards):
        key, others = key_and_others(card)
        if not others:
            continue
        count += 1
        if words.word_count(key) > max(map(words.word_count, others)):
            longest.append(at)
    if count >= _FEWEST_CHOICES and 2 * len(longest) > count:
        share = f"{len(longest)} of the deck's {count} choice cards"
        yield longest[0], f"The longest option is right in {share}: lengthen wrong ones."


# --- words of the question ---------------------------------------------------

_INFLECTED: Final = re.compile(r"\w+(?:ed|ing|s)")
_CAUSE: Final = re.compile(r"\b(?:why|how)\b", re.IGNORECASE)


def clang_cue(card: Card, _context: Context) -> str:
    """Find right options that alone repeat a word of the question."""
    key, others = key_and_others(card)
    if not others or not isinstance(card.content, Choice):
        return ""
    stem = _text.plain(card.content.stem)
    asked = _long(stem)
    echo = next((word for word in _long(key) if _repeats(word, asked)), "")
    if not echo or any(_repeats(word, asked) for other in others for word in _long(other)):
        return ""
    # "Why is it cooked? It keeps cooking" takes the verb up because it must.
    taken_up = _INFLECTED.fullmatch(echo) and echo not in stem.casefold() and _CAUSE.search(stem)
    # Henry VIII after Henry VII is another man.
    if taken_up or re.search(rf"\b{re.escape(echo)} (?:[IVX]+|\d+)\b", key, re.IGNORECASE):
        return ""
    return f"Of the options only the right one repeats {echo!r} of the question: reword one."


def _long(text: str) -> list[str]:
    """List the content words of a text that are long enough to be recognised."""
    return [
        part.casefold()
        for token in _text.tokens(text)
        for part in token.split("-")
        if len(part) >= 4 and part.casefold() not in words.STOPWORDS and not part[0].isdigit()
    ]


def _repeats(word: str, asked: Sequence[str]) -> bool:
    stem = _text.stem(word)
    for other in asked:
        family = _text.stem(other)
        short, long = sorted((stem, family), key=len)
        if stem == family or is_kin(stem, family):
            return True
        if _is_made_of(stem, family) or _is_made_of(family, stem):
            return True
        # "Magnetic" in "magnetometer" is heard; "water" in "watercress" less so.
        most = 3 if len(short) < 6 else 6
        if len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= most:
            return True
    return False


_INSTRUMENT: Final = re.compile(
    r"(\w{4,}?)o?(?:graph|gram|meter|met|scope|scop|phone|phon|logi|log|logist|phobia|cyt"
    r"|derm)\w{0,3}"
)


def _is_made_of(long: str, other: str) -> bool:
    """Claim that a learned word is built on another: a seismograph on seismic."""
    found = _INSTRUMENT.fullmatch(long) if long[:4] == other[:4] else None
    return found is not None and other.startswith(found[1]) and len(other) - len(found[1]) <= 3


# --- absolutes ---------------------------------------------------------------

_EVER: Final = re.compile(r"(?<!almost )(?<!nearly )\b(?:always|never)\b(?! mind)", re.IGNORECASE)
_TOTAL: Final = re.compile(
    r"(?<!at )(?<!after )(?<!above )(?<!not )(?<!nearly )(?<!almost )\ball\b(?! but\b| right\b)"
    r"|\b(?:none|must|entirely|completely|impossible)\b"
    r"|(?<!almost )(?<!nearly )(?<!not )\b(?:every|everyone|everybody|everything|everywhere)\b"
    r"|(?<!not )\bonly\b(?! if\b)"
    r"|\bno\b(?! longer\b| more\b| fewer\b| less\b| later\b| sooner\b| \d)",
    re.IGNORECASE,
)
_IN_OPTION: Final = re.compile(
    r"(?<!almost )(?<!nearly )\b(?:always|never|none|only)\b"
    r"|(?<!at )(?<!after )(?<!above )(?<!not )(?<!nearly )(?<!almost )\ball\b(?! but\b| right\b)",
    re.IGNORECASE,
)
# In the middle of a sentence, "All Saints' Day" and "Only Fools and Horses" are names.
_NAMED_ALL: Final = re.compile(
    r"(?<=[\w,;:] )(?:All|Every|Only|No|Never|Always|None|Everybody|Everyone|Everything)['’]?s?"
    r"(?: [A-Z][\w'’]*)+"
)
_COUNTS: Final = _text.any_of(r"\bhow (?:many|much|often)\b|\bnumber of\b")
_LETTER_ONLY: Final = re.compile(r"\(?[A-H1-9]\)? only|only \(?[A-H1-9]\)?")
_POINTS_AT_OTHERS: Final = _text.any_of(r"\b(?:all|none|both|any) of (?:the|these|those|them)\b")


def absolute_terms(card: Card, _context: Context) -> str:
    """Find words such as "always", which a reader who guesses takes for the mark of a lie."""
    if not isinstance(card.content, Choice):
        return ""
    if _text.is_truth(card.content):
        statement = _NAMED_ALL.sub(" “” ", _text.face(card.content).masked)
        found = _EVER.search(statement)
        if not found and not _text.is_said_to_be_true(card.content):
            found = _TOTAL.search(statement)
        return f"{found[0]!r} gives the statement away: say it without." if found else ""
    key, others = key_and_others(card)
    if not others or (_IN_OPTION.search(key) and not _is_title(key)):
        return ""
    for other in others:
        found = None if _is_title(other) else _IN_OPTION.search(other)
        if other.strip(" .").casefold() == "none" and _counts(card.content.stem, key):
            continue  # "none" is a number here
        if found and not _LETTER_ONLY.fullmatch(other) and not _POINTS_AT_OTHERS.search(other):
            return f"{found[0]!r} gives the option {other!r} away as wrong: say it without."
    return ""


def _is_title(option: str) -> bool:
    """Claim that an option is the title of a work: "All's Well That Ends Well"."""
    told = _text.tokens(option)
    return len(told) >= 3 and all(
        word[0].isupper() or word in words.FUNCTION_WORDS for word in told
    )


def _counts(stem: str, key: str) -> bool:
    return bool(_COUNTS.search(stem) or _text.numbers(key))
