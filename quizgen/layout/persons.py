"""Find what encyclopedias say about a person, which a page shows beside its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from quizgen.layout import facts, names, shapes
from quizgen.model import Span
from quizgen.words import unmarked

FACTS: Final = "facts about a person"

_OWN: Final = frozenset(
    """academic advisors|affiliation|alma mater|born|children|citizenship|date of birth|descendants
    |died|doctoral advisor|doctoral students|education|grandchildren|great-grandchildren
    |grandparents|height|nationality|net worth|notable students|occupation|occupations|parents
    |partner|partners|place of birth|political party|residence|siblings|spouse|spouses|spouse(s)
    |years active""".replace("\n    ", "").split("|")
)
"""Labels of facts that only a person has."""
_OTHER: Final = frozenset(
    """awards|books|employer|fields|genre|genres|influenced|influenced by|influences|instruments
    |institutions|known for|labels|movies|nickname|notable work|notable works|organizations founded
    |organization founded|religion|research interests|source|thesis|tv shows|website
    |websites""".replace("\n    ", "").split("|")
)
_PAIR: Final = re.compile(
    r"\s*(?:[-*•–] +)?(?:\*\*|__)?(?P<label>[A-Z][A-Za-z ()-]{2,30}?)"
    r"(?:(?:\*\*|__)?:(?:\*\*|__)?[ \t]+|\t+)(?P<value>\S.*)$"
)
_LONGEST: Final = 40
"""Words that the value of a fact has at most; lists of awards are long."""
_TITLES: Final = frozenset(("dr", "dr.", "prof", "prof.", "professor", "sir", "dame", "lord"))
_FIRST_PERSON: Final = re.compile(r"\b(?:I|[Mm]y|[Ww]e|[Oo]ur|[Mm]e|[Uu]s)\b")
_LEAD: Final = re.compile(
    r"(?P<name>[^.,()“”\"]{2,20}(?:\.? [^.,()“”\" ]{1,24}\.?){1,6}?)(?: \([^()]{2,120}\))?"
    r"(?:, [^,.]{2,90},)? (?:is|was) (?P<what>[^.!?]{4,240})"
)
_CALLING: Final = re.compile(
    r"\b(?:\w{4,}(?:ologist|icist|ician|orian|omist|ist|eur)|academic|activist|actor|actress"
    r"|advis[eo]r|architect|athlete|attorney|author|biotechnician|broadcaster|business(?:wo)?man"
    r"|CEO|chef|chemist|coach|comedian|composer|(?:co-?)?founder|designer|developer|diplomat"
    r"|director|doctor|editor|engineer|executive|expert|film-?maker|host|inventor|investor|judge"
    r"|lawyer|lecturer|mathematician|musician|officer|painter|philosopher|physician|podcaster"
    r"|poet|politician|president|producer|professor|programmer|researcher|scholar|singer|surgeon"
    r"|teacher|writer)s?\b",
    re.IGNORECASE,
)


def is_biography(text: str) -> bool:
    """Claim that a text begins as an encyclopedia's article on somebody does."""
    lead = _LEAD.match(text)
    if lead is None or _FIRST_PERSON.search(text) or not _CALLING.search(lead["what"]):
        return False
    called = [word for word in lead["name"].split() if word.casefold() not in _TITLES]
    return names.is_full_name(" ".join(called[:5]))


def boxes(lines: Sequence[str], filled: Sequence[int]) -> Iterator[Span]:
    """Find the tables of facts about a person: labels with values beside or below them."""
    yield from _beside(lines, filled)
    yield from _below(lines, filled)


def _beside(lines: Sequence[str], filled: Sequence[int]) -> Iterator[Span]:
    for paired, run in groupby(filled, key=lambda at: _label(lines[at - 1]) != ""):
        places = list(run)
        if not paired:
            continue
        labels = [_label(lines[at - 1]) for at in places]
        known = sum(label in _OWN or label in _OTHER for label in labels)
        own = sum(label in _OWN for label in labels)
        if known >= 2 and own and known * 2 >= len(labels):
            yield places[0], places[-1]


def _label(line: str) -> str:
    """Give the label of a fact, in small letters; what says something of the page is none."""
    pair = _PAIR.match(line)
    if pair is None:
        return ""
    value = unmarked(pair["value"]).strip()
    long = len(value.split()) > _LONGEST or (value.endswith((".", "!", "?")) and " " in value)
    return "" if long or facts.read(line) else pair["label"].strip().casefold()


def _below(lines: Sequence[str], filled: Sequence[int]) -> Iterator[Span]:
    """Find labels alone on their lines, each with a line or two of value below."""
    texts = [lines[at - 1].strip().rstrip(":") for at in filled]
    chain: list[int] = []
    for index in [*(at for at, text in enumerate(texts) if _is_known(text)), len(texts) + 9]:
        if chain and not (
            2 <= index - chain[-1] <= 4 and all(map(_is_value, texts[chain[-1] + 1 : index]))
        ):
            end = chain[-1] + 1
            own = sum(texts[at].casefold() in _OWN for at in chain)
            if len(chain) >= 3 and own >= 2 and end < len(texts) and _is_value(texts[end]):
                yield filled[chain[0]], filled[end]
            chain = []
        chain.append(index)


def _is_known(text: str) -> bool:
    return text[:1].isupper() and (text.casefold() in _OWN or text.casefold() in _OTHER)


def _is_value(text: str) -> bool:
    plain = shapes.heading(text) is None and not shapes.bullet(text)
    return plain and len(text.split()) <= 12 and not text.endswith((".", "!", "?"))
