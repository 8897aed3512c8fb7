"""Read the label in front of a turn of speech, in each of the forms that transcripts give it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizgen.layout import names, shapes

Form: TypeAlias = Literal["colon", "bold", "time"]
"""What ends a label: a colon, the end of bold type, or a time with the words below it."""


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label as a line has it, and the words after it, which may be none.

    `sure` labels are bold or stand beside a time; others are a name with a colon. A label is
    `loose` where something stands behind a name that nothing else tells from other words.
    """

    name: str
    text: str
    seconds: int | None
    sure: bool
    form: Form = "colon"
    role: str = ""
    loose: bool = False


_HONOURS = """attorney capt captain chair chairman chairwoman chief col colonel congressman
    congresswoman dame dr father gen general gov governor judge justice lady lord mayor minister
    miss mr mrs ms president prof professor rep representative rev reverend sec secretary sen
    senator sir sister"""
HONOURS = frozenset(_HONOURS.split())
"""Words before a name that are no part of it."""
ROLES = {
    "anchor": "host",
    "co-host": "host",
    "guest": "guest",
    "host": "host",
    "interviewer": "host",
    "moderator": "host",
    "presenter": "host",
}
_PARTS = """announcer applicant attendee audience caller chorus clerk counsel court defendant
    female interviewee juror male man member narrator operator panelist participant patient person
    reporter respondent speaker student teacher translator unidentified unknown voice witness
    woman"""
_PARTS_PLAYED = frozenset(_PARTS.split()) | frozenset(ROLES)
_DEGREE = re.compile(
    r"(?:(?:ph|psy|ed|dr|sc|j|m|ll|d)\.? ?d|m\.?d|d\.?(?:o|d\.?s|v\.?m|phil)"
    r"|m\.?(?:a|s|sc|b\.?a|p\.?h|f\.?a)|b\.?(?:a|s|sc)|ll\.?[bm]|r\.?n|jr|sr|i{2,3}|esq|cpa|frs|cbe|obe|mbe|lcsw|lmft)\.?"
    r"(?:,? |$)",
    re.IGNORECASE,
)
"""A degree, an order or a `Jr.` behind a name."""
_BETWEEN = frozenset("and at by for from in is of on or that the to with".split())  # noqa: SIM905
_NOBODY = frozenset(
    """applause clip cut laughter music sfx silence sound speaker unidentified unknown
    video""".split()  # noqa: SIM905
)
_LABELLED = re.compile(
    # A time and a name may be in one run of bold: `**[0:12] ADA:** Yes.`
    rf"\s*(?:>>\s?)?(?:(?:\*\*|__)(?=[\[(]))?"
    rf"(?:[\[(]?(?P<before>{shapes.STAMP})[\])]?\s*(?:[-–—]\s*)?)?"
    r"(?P<bold>\*\*|__)?(?P<name>[^\W\d_][^:*_\[\]()\n]{0,59}?)"
    r"(?:\s*\((?P<aside>[^():\n]{1,40})\))?"
    rf"(?:(?P<shut>\*\*|__)?\s*[\[(](?P<after>{shapes.STAMP})[\])])?"
    r"(?:(?P<colon>(?:\*\*|__)?:(?:\*\*|__)?)|(?<=[\])]))(?:\s+(?P<text>\S.*)|\s*)$"
)
_NAME_TIME = re.compile(
    rf"\s*(?P<bold>\*\*)?(?P<name>[^\W\d_][^:*_\[\]()\n]{{0,47}}?)(?:\*\*)?"
    rf"(?:\s+|\s*[-–—•·|]\s*)(?P<after>{shapes.STAMP})\s*$"
)
_TIME_NAME = re.compile(
    rf"\s*[\[(]?(?P<before>{shapes.STAMP})[\])]?\s*(?:[-–—|]\s*)?(?P<name>[^\W\d_][^:*_\[\]()\n]{{0,47}})$"
)
_BOLD = re.compile(
    rf"\s*(?:[\[(]?(?P<before>{shapes.STAMP})[\])]?\s*(?:[-–—]\s*)?)?"
    r"\*\*(?P<name>[^\W\d_][^:*_\[\]()\n]{0,47})\*\*(?:\s+(?P<text>\S.*)|\s*)$"
)
_TIME_FIRST = re.compile(rf"[\[(]({shapes.STAMP})[\])]\s*(?!\()")
_OFFICE = re.compile(r"(?:THE|The) [A-Z][A-Z'’-]+(?: [A-Z]{2,})?$")
_NUMBERED = re.compile(r"([A-Za-z]+) (?:\d{1,3}|[A-Z]|#\d{1,3})$")


def read(line: str) -> Label | None:
    """Read the label in front of a turn, whoever it names."""
    for pattern, form in _FORMS:
        match = pattern.match(line)
        if match is None:
            continue
        found = {"text": "", "before": None, "after": None, "aside": None, "bold": None}
        found |= match.groupdict()
        if found.get("aside") and not (found["colon"] or found["after"]):
            continue
        if label := _whose(found, form):
            return label
    return None


def is_caps(name: str) -> bool:
    """Claim that a label is in capitals."""
    return name.isupper()


def is_numbered(name: str) -> bool:
    """Claim that a label counts people who have no name: `Speaker 2`."""
    match = _NUMBERED.match(name)
    return match is not None and match[1].casefold() in _PARTS_PLAYED


def is_part(name: str) -> bool:
    """Claim that a label names a part that somebody plays, and not a person."""
    words = [word.strip(".").casefold() for word in name.split()]
    return _OFFICE.match(name) is not None or all(
        word in _PARTS_PLAYED or word in HONOURS or word.isdecimal() for word in words
    )


def is_nobody(name: str) -> bool:
    """Claim that a label tells nothing about who speaks."""
    return all(word in _NOBODY for word in name.casefold().split())


def core(name: str) -> tuple[str, ...]:
    """Give the words of a name without the titles before it, all in lower case."""
    words = names.fold(name).split()
    start = 0
    while start < len(words) - 1 and words[start] in HONOURS:
        start += 1
    return tuple(words[start:])


def without_honours(name: str) -> str:
    """Take "Dr" and "Professor" off a name that goes on with two words or more."""
    words = name.split()
    while len(words) > 2 and words[0].rstrip(".").casefold() in HONOURS:
        words.pop(0)
    return " ".join(words)


def has_honour(name: str) -> bool:
    """Claim that a title such as `Mr.` or `Senator` stands before a name."""
    words = name.split()
    return len(words) > 1 and words[0].rstrip(".").casefold() in HONOURS


def _whose(found: dict[str, str | None], form: Form) -> Label | None:
    written = (found["name"] or "").strip()
    name, _, beside = written.partition(",")
    name, beside = name.strip(), (found["aside"] or beside).strip()
    while degree := _DEGREE.match(beside):
        beside = beside[degree.end() :].lstrip(", ")
    if len(beside.split()) > 5 or not _may_speak(name):
        return None
    text = (found["text"] or "").rstrip()
    stamp = found["before"] or found["after"]
    if stamp is None and (first := _TIME_FIRST.match(text)):
        stamp, text = first[1], text[first.end() :]
    role = next((ROLES[word] for word in names.fold(beside).split() if word in ROLES), "")
    plain = (is_caps(name) and len(name.split()) > 1) or has_honour(name) or role or stamp
    own = next((ROLES[word] for word in names.fold(name).split() if word in ROLES), "")
    return Label(
        name,
        text,
        shapes.seconds(stamp) if stamp else None,
        bool(stamp or found["bold"] or form == "bold"),
        form,
        role or own,
        loose=bool(beside) and not plain,
    )


def _may_speak(name: str) -> bool:
    if is_numbered(name) or _OFFICE.match(name):
        return True
    return names.is_name(name) and not _BETWEEN & set(name.casefold().split())


_FORMS: tuple[tuple[re.Pattern[str], Form], ...] = (
    (_LABELLED, "colon"),
    (_NAME_TIME, "colon"),
    (_TIME_NAME, "time"),
    (_BOLD, "bold"),
)
