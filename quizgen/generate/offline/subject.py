"""Name what a work is about, so that a question can say it."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.generate.offline import common, lexicon, verbs
from quizgen.generate.offline.lexicon import gathered
from quizgen.model import Document, Work

_PARTS: Final = re.compile(r"\s*[:|–—]\s*|\s+-\s+")
_NUMBERED: Final = re.compile(r"[#№]\s?\d+|\bep(?:isode)?\.? ?\d+\b|\([^)]*\)", re.IGNORECASE)
_BRACKETED: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_LEADING: Final = re.compile(
    r"^(?:an? )?(?:(?:introduction|intro|guide|overview) (?:to|of)|the (?:science|story|history|art"
    r"|nature|basics|fundamentals|power|problem) of|understanding|all about) ",
    re.IGNORECASE,
)
HOUSE: Final = gathered(
    """
    agenda book chat class conversation course edition episode essay exam explained guide interview
    lecture lectures lesson live meeting minutes note notes overview part podcast q&a season series
    session show special summary talk talks transcript video webinar website
    """,
)
_ENDINGS: Final = ("tion", "ment", "ism", "ics", "ing", "ogy", "ness", "ity", "cycle", "theory")
_SMALL: Final = lexicon.PREPOSITIONS | {"a", "an", "the", "and", "or"}
_MOST: Final = 9
_CHAPTER: Final = re.compile(r"^(?:(?:chapter|lecture|part|unit|week) )?[\d.]+[:.] ", re.IGNORECASE)
_PERIOD: Final = re.compile(
    r"(?:the )?(?:(?:early|mid|late) )?(?:\d+(?:st|nd|rd|th)?[ –-]*)*"
    r"(?:BCE?|CE|AD|century|centuries)",
    re.IGNORECASE,
)
_CODE: Final = re.compile(
    r"^(?:the )?(?:chapter|class|day|lecture|lesson|module|part|section|session|topic|unit|week)s? "
    r"(?:\d+|[IVXL]+|one|two|three)[a-z]?$|\b[A-Z]\d+[A-Z]+\d+\b",
    re.IGNORECASE,
)
_EPISODE: Final = re.compile(r"[#№]\s?\d+|\bep(?:isode)?\.? ?\d+\b", re.IGNORECASE)


def of(work: Work, document: Document, *, text: str) -> str:
    """Say what a work is about as `on sleep` or `in “How Memory Works”`, or nothing.

    A part of the title names the subject if it is no person and no show, and if the document
    itself, whose words `text` holds, keeps to its words.
    """
    people = [person.name for person in work.people]
    folded = text.casefold()
    title = calm(_CHAPTER.sub("", work.title or document.title))
    parts = split(title)
    # What carries the number of an episode is the name of its show.
    shown = [part for part in parts if not _EPISODE.search(part)] or parts
    if any(map(is_period, parts)):
        return ""
    subtitled = f"{shown[0]}: {shown[1]}" if len(shown) > 1 else ""
    subtitled = subtitled if subtitled in _BRACKETED.sub("", title) else ""
    for part in (subtitled, *shown):
        named = _NUMBERED.sub("", part).strip(" ,.-0123456789")
        taken = [word.strip(",.;:!?").casefold() for word in named.split()]
        if (
            is_code(part)
            or not 1 <= len(taken) <= _MOST
            or any(name in named or named in name for name in people)
        ):
            continue
        if (
            set(taken) & HOUSE
            or not is_balanced(named)
            or any(mark in named for mark in '"“”')
            or not named.isascii()
        ):
            continue
        stems = words.content_stems(named)
        told = sum(folded.count(word[:6]) >= 3 for word in taken if word not in words.STOPWORDS)
        whole = len(taken) > 2 and told > 0
        if stems and (whole or told * 2 >= len(stems)) and _is_thing(taken, text):
            return _worded(named, text)
    return ""


def split(title: str) -> list[str]:
    """Cut a title into its parts, without `(Chapters 1–3)` and the marks of a whole quotation."""
    whole = title.strip()
    if len(whole) > 1 and whole[0] in "'‘" and whole[-1] in "'’":
        whole = whole[1:-1]
    return _PARTS.split(_BRACKETED.sub("", whole).strip())


def is_balanced(title: str) -> bool:
    """Claim that each bracket and each quotation mark of a title is closed."""
    return (
        title.count("(") == title.count(")")
        and title.count("[") == title.count("]")
        and not re.match(r"['‘](?!.*['’](?:\W|$))", title)
    )


def is_period(part: str) -> bool:
    """Claim that a part of a title says only when: it is a line of notes, and no title."""
    return _PERIOD.fullmatch(part.strip()) is not None


def is_code(part: str) -> bool:
    """Claim that a title or a heading holds what only its course knows: `Lecture 1`, `S1W1`."""
    return _CODE.search(part.strip()) is not None


def calm(title: str) -> str:
    """Write a title that is all in capitals as a person would write it."""
    if not title.isupper() or " " not in title:
        return title
    taken = title.casefold().split()
    return " ".join(
        word if at and word in _SMALL else word[:1].upper() + word[1:]
        for at, word in enumerate(taken)
    )


def _is_thing(taken: list[str], text: str) -> bool:
    """Claim that words name a thing, and no person or place whom a title puts first."""
    return any(
        common.is_common(word) or word.endswith(_ENDINGS) or _is_small(word, text)
        for word in taken
        if word not in _SMALL
    )


def _worded(named: str, text: str) -> str:
    bare = _LEADING.sub("", named)
    plain = [word.strip(",.;!?").casefold() for word in bare.split()]
    acts = any(
        word in lexicon.AUXILIARIES
        or word in lexicon.RELATIVES
        or word == "using"
        or (at and word in verbs.THIRD and not verbs.is_noun_too(verbs.THIRD[word]))
        for at, word in enumerate(plain)
    )
    opens = len(plain) > 1 and (plain[0].endswith("ing") or plain[0] in verbs.BASES)
    asks = plain[0] in lexicon.RELATIVES or plain[0] in ("who", "what", "how", "why")
    # `Researchers enhanced ...` is a sentence about the work, and not what it is called.
    if any(word in verbs.PAST for word in plain[1:4]) and not asks:
        return ""
    # `the Ocean's Slow Snow` is what somebody called a work, and no subject.
    linked = (
        any(word in lexicon.PREPOSITIONS for word in plain)
        or any(mark in bare for mark in ("'s ", "’s "))
    ) and not _is_small(named.lower(), text)
    if acts or opens or linked or len(plain) > 5 or any(mark in named for mark in ",:?"):
        return f"in “{named}”"
    if _is_small(bare.lower(), text):
        return f"on {bare.lower()}"
    said = re.sub(r"^(?:The|A|An)\b", lambda found: found[0].lower(), bare)
    article = not said.startswith(("the ", "a ")) and f" the {said}" in text
    if article or said.startswith(("the ", "a ")):
        return f"on the {said}" if article else f"on {said}"
    return f"in “{said}”" if " " in said else f"on {said}"


def _is_small(word: str, text: str) -> bool:
    """Claim that a document writes a word in small letters amid a sentence."""
    return re.search(rf"(?<=[a-z,;] ){re.escape(word)}\b", text) is not None
