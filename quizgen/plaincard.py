"""Read a card as quizgen writes it, by its shape alone.

Nearly every card of a large deck looks like this, and a look at the whole is many times faster
than a look at each line. `cardtext` reads all others, and these in the same way.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, cast

from quizgen import cloze, evidenceline
from quizgen.model import Basic, Card, Choice, Cloze, Content, Evidence, Stamp, State, Tier

# One line each, but for an answer's; no line begins with what might be structure, or escape it.
_SHAPE: Final = re.compile(
    r"## (?P<question>[^\n\r]*)\n\n"
    r"(?:(?P<options>(?:- \[[ x]\] [^\n\r]*\n)+)\n"
    r"|(?P<answer>(?:(?!Why:)[\w\"'(“‘„«$][^\n\r]*\n)+)\n)?"
    r"(?:Why: (?P<why>[^\n\r]*)\n\n)?"
    r"(?P<quotes>(?:(?:>[^\n\r]*\n)+\n)*)"
    r"<!-- \^(?P<id>[A-Za-z0-9]+) (?P<state>draft|kept|dropped) (?P<tier>ready|rough)"
    r"(?: rule=(?P<rule>\S*))?(?: from=(?P<origin>\S*))?(?: mod=(?P<mod>\S*))?"
    r"(?P<extra>(?: (?!(?:rule|from|mod)=)[A-Za-z][\w-]*=\S*)*)(?P<tags>(?: #\S+)*) -->"
)


def read(text: str, section: str = "") -> Card | None:
    """Read a card; None where it has another shape, or where something in it may be wrong."""
    found = _SHAPE.fullmatch(text)
    if not found:
        return None
    asked, options, answer, why, quotes, *stamp = found.groups()
    name, state, tier, rule, origin, mod, extra, tags = stamp
    content = _content(asked.strip(), answer, options)
    evidence = _evidence(quotes) if quotes else ()
    if content is None or evidence is None:
        return None
    return Card(
        name,
        content,
        evidence,
        cast("State", _same(state)),
        cast("Tier", _same(tier)),
        why.strip() if why else "",
        section,
        _tags(tags),
        Stamp(_same(rule or ""), origin or "", mod or "", _tokens(extra)),
    )


def _content(question: str, answer: str | None, options: str | None) -> Content | None:
    # A brace may be a blank's, or an escaped one.
    if answer:
        return Basic(question, answer.strip()) if question and "{{" not in question else None
    if options:
        return _choice(question, options[:-1].split("\n"))
    return Cloze(question) if cloze.is_cloze(question) else None


def _choice(stem: str, lines: list[str]) -> Choice | None:
    options = tuple(line[6:].strip() for line in lines)
    keys = tuple(place for place, line in enumerate(lines) if line[3] == "x")
    if not stem or not keys or "{{" in stem or not all(options):
        return None
    return Choice(stem, options, keys)


def _evidence(quotes: str) -> tuple[Evidence, ...] | None:
    """Read blockquotes; None where one of them is not evidence but a part of the answer."""
    blocks = [block.split("\n") for block in quotes[:-2].split("\n\n")]
    if not all(evidenceline.ends(lines[-1]) for lines in blocks):
        return None
    return tuple(map(evidenceline.parse, blocks))


@lru_cache(maxsize=1024)
def _tokens(written: str) -> tuple[str, ...]:
    return tuple(written.split())


@lru_cache(maxsize=1024)
def _tags(written: str) -> tuple[str, ...]:
    return tuple(tag[1:] for tag in written.split())


@lru_cache(maxsize=1024)
def _same(word: str) -> str:
    """Return one string for all that are alike, since there may be a hundred thousand."""
    return word
