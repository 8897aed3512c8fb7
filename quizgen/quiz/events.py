"""Read events with dates out of cards, for putting into order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from quizgen import cloze, markup
from quizgen.model import Basic, Card, Cloze

When: TypeAlias = tuple[int, int, int]
"""Year, month and day; 0 where a date does not say."""

_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "jan feb mar apr mai jun jul aug sep oct nov dec",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for number, name in enumerate(names.split(), 1)
} | {"sept": 9, "jänner": 1, "setiembre": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>1\d{3}|20\d{2})"
_DATE = re.compile(
    rf"(?<![\w.,-])(?:"
    rf"(?P<iso>(?:1\d{{3}}|20\d{{2}})-\d{{2}}-\d{{2}})"
    rf"|(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:de )?)?(?P<m1>{_MONTH})\.?,? (?:de |of )?{_YEAR}"
    rf"|(?P<m2>{_MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>1\d{{3}}|20\d{{2}})"
    rf"|(?P<zh>(?:1\d{{3}}|20\d{{2}})年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?)"
    rf"|(?P<y3>1\d{{3}}|20\d{{2}})(?!年)"
    rf")(?![\w%]|[.,]\d|-\d)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:^|\s)(?:in|on|im Jahre?|im|am|en|el|since|by)(?: the year| el año)? $", re.IGNORECASE
)
_WHEN = re.compile(
    r"(?:When|In (?:which|what) year|On (?:which|what) (?:date|day)|Wann|In welchem Jahr"
    r"|¿Cuándo|¿En qué (?:año|fecha))\b|.*(?:哪一年|什么时候|何时)",
    re.IGNORECASE,
)
_WHO = re.compile(r"Who (?P<did>[a-z]\w+ed|wrote|made|built|found|led|won|began|gave|sang|drew) ")
_NAME = re.compile(r"[^\W\d_][^,;:?!]{1,60}")


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, said without its date; `is_question` where the card only asks for the date."""

    card: Card
    text: str
    date: str
    when: When
    is_question: bool = False


def read(card: Card) -> Event | None:
    """Return the event of a card that has exactly one date."""
    match card.content:
        case Basic(question=question, answer=answer):
            if _WHEN.match(question):
                found = _only(answer)
                if found and len(answer) <= len(found[0]) + 8:
                    return Event(
                        card, question, markup.to_plain(answer), found[1], is_question=True
                    )
                return None
            who = _WHO.match(question)
            if who and _NAME.fullmatch(answer) and question.endswith("?"):
                return _told(card, answer + question[3:-1])
            return None
        case Cloze(text=text):
            # What is said of a work, "Name (2024): …", dates the saying.
            return None if "): " in text else _told(card, cloze.filled(text))
        case _:
            return None


def _told(card: Card, sentence: str) -> Event | None:
    """Take the date out of a sentence, with the word that ties it on."""
    found = _only(sentence)
    if not found:
        return None
    date, when, start, end = found
    tie = _BEFORE.search(sentence, 0, start)
    if not tie:
        return None
    before, after = sentence[: tie.start()], sentence[end:]
    if not before.strip():  # "In 1885, Ebbinghaus published …"
        after = after.lstrip(" ,")
        after = after[:1].upper() + after[1:]
    text = f"{before}{after}".strip()
    return Event(card, text, date, when) if len(text) > len(date) else None


def _only(text: str) -> tuple[str, When, int, int] | None:
    """Find the one date of a text; two of them tell no order."""
    found = list(_DATE.finditer(text))
    if len(found) != 1 or text[found[0].start() - 1 : found[0].start()] == "(":
        return None
    date = found[0]
    return date[0], _when(date), date.start(), date.end()


def _when(date: re.Match[str]) -> When:
    if date["iso"]:
        year, month, day = map(int, date["iso"].split("-"))
    elif date["zh"]:
        year, month, day = ([*map(int, re.findall(r"\d+", date["zh"])), 0, 0])[:3]
    else:
        year = int(date["year"] or date["y2"] or date["y3"])
        month = _MONTHS.get((date["m1"] or date["m2"] or "").casefold(), 0)
        day = int(date["d1"] or date["d2"] or 0)
    return year, month, day


def can_follow(one: When, other: When) -> bool:
    """Claim that two dates have an order: a year alone has none with a day of that year."""
    return all(a and b for a, b in _parts(one, other))


def _parts(one: When, other: When) -> list[tuple[int, int]]:
    """Pair the parts of two dates up to the first in which they differ."""
    pairs: list[tuple[int, int]] = []
    for pair in zip(one, other, strict=True):
        pairs.append(pair)
        if pair[0] != pair[1]:
            return pairs
    return [(0, 0)]
