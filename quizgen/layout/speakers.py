"""Find who speaks in a transcript, from the labels in front of the turns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from quizgen.layout import labels, names, shapes
from quizgen.layout.labels import Label


class Line(NamedTuple):
    """A line that may hold speech; `opens` says that nothing runs on into it."""

    at: int
    text: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks: the label of every line that has one, and what each label stands for.

    A label in `said` with no name ends the turn before it and begins one of nobody.
    """

    said: Mapping[int, Label] = field(default_factory=dict[int, Label])
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    roles: Mapping[str, str] = field(default_factory=dict[str, str])
    misspelt: tuple[tuple[str, str], ...] = ()


class _Seen(NamedTuple):
    line: Line
    label: Label


_FREQUENT = 40
_HEAD = 15
_SAYS = re.compile(r"\btranscri(?:pt|pts|ption|bed)\b", re.IGNORECASE)
_OFFERS = re.compile(
    r"\b(?:read|get|download|available|see|view|edit|click|show|copy|search)\b", re.IGNORECASE
)
_ANNOUNCES = 16
"""Words that a line which announces a transcript may have."""
_LOWER = re.compile(r"\b[a-z][a-z'’]+\b")
_WHOLE = (*".!?…-—–\"”’')]",)
_SPOKEN = 8
"""Words from which something after a label is speech, even where no sentence ends."""
_INTRODUCES = re.compile(
    r"\b(?:[Ww]elcome (?:back )?to\b|[Tt]his is (?:the )?[A-Z]"
    r"|(?:your hosts?|show|podcast|program)\b)"
)
_GUEST = re.compile(r"\b[Mm]y guests?(?: today| this time| this week)?(?: is| are|,)? ")


def cast(lines: Sequence[Line]) -> Cast:
    """Tell which labels are speakers'; the cast is empty where the lines are no transcript.

    Definitions and "Note:" have the shape of a label too, but seldom come back, and hardly
    ever take turns.
    """
    seen = [_Seen(line, label) for line in lines if (label := labels.read(line.text))]
    seen = _without_headlines(_open_forms(seen, lines))
    firm = [one for one in seen if not one.label.loose]
    counts = Counter(one.label.name for one in firm)
    meant = _meant(counts)
    joined = Counter[str]()
    for name, count in counts.items():
        joined[meant[name]] += count
    known = _known(firm, joined, meant, lines) or _announced(firm, lines)
    if not known:
        return Cast()
    told = {name: meant[name] for name in counts if meant[name] in known}
    known |= _alike(firm, told, _lower(lines))
    told = {name: meant[name] for name in counts if meant[name] in known or name in known}
    said = dict(_said(seen, told, lines))
    spoken = {label.name for label in said.values()}
    return Cast(
        said,
        {name: who for name, who in told.items() if who in spoken},
        _roles(said),
        tuple(
            (name, who)
            for name, who in told.items()
            if names.is_misspelt(name, who) and who in spoken
        ),
    )


def says_transcript(lines: Sequence[Line]) -> int:
    """Give the number of the line near the top that announces a transcript, or 0."""
    filled = (line for line in lines if line.text.strip())
    for line, _ in zip(filled, range(_HEAD), strict=False):
        brief = len(line.text) <= 200 and len(line.text.split()) <= _ANNOUNCES
        if brief and _SAYS.search(line.text) and not _OFFERS.search(line.text):
            return line.at
    return 0


def _open_forms(seen: Sequence[_Seen], lines: Sequence[Line]) -> list[_Seen]:
    """Drop labels with neither colon nor closing time where they do not take turns.

    `0:05 Introduction` is a chapter, and bold words at the start of a line are a term.
    """
    texts = {line.at: line.text for line in lines}
    kept: list[_Seen] = []
    for form in ("bold", "time"):
        found = [one for one in seen if one.label.form == form]
        if form == "time":
            # Words stand below it, and no other time.
            found = [one for one in found if _is_over_words(one.line.at, texts)]
        counts = Counter(one.label.name for one in found)
        back = [
            name
            for name, count in counts.items()
            if count >= 2
            and (
                names.is_full_name(name)
                or labels.is_part(name)
                or any(one.label.seconds is not None for one in found if one.label.name == name)
            )
        ]
        turns = [one for one in found if one.label.name in back]
        changes = sum(one.label.name != two.label.name for one, two in pairwise(turns))
        if len(turns) >= 3 and len(back) >= 2 and changes * 2 >= len(turns) - 1:
            kept += found
    kept += [one for one in seen if one.label.form == "colon"]
    return sorted(kept)


def _is_over_words(at: int, texts: Mapping[int, str]) -> bool:
    below = next((texts[at + step] for step in (1, 2) if texts.get(at + step, "").strip()), "")
    return bool(below) and shapes.stamped(below) is None and shapes.stamp(below) is None


def _without_headlines(seen: Sequence[_Seen]) -> list[_Seen]:
    """Drop what is repeated with the same words behind it: a headline with a colon."""
    said: dict[str, list[str]] = {}
    for one in seen:
        said.setdefault(one.label.name, []).append(one.label.text)
    headlines = {
        name
        for name, texts in said.items()
        if len(texts) >= 2 and len(set(texts)) == 1 and len(texts[0].split()) >= 4
    }
    return [one for one in seen if one.label.name not in headlines]


def _known(
    firm: Sequence[_Seen],
    joined: Mapping[str, int],
    meant: Mapping[str, str],
    lines: Sequence[Line],
) -> set[str]:
    """Give the names that take turns, or nothing where too few do."""
    sure = {meant[one.label.name] for one in firm if one.label.sure}
    known = {
        name
        for name, count in joined.items()
        if count >= 2 or (name in sure and (names.is_full_name(name) or labels.is_part(name)))
    }
    turns = sum(joined[name] for name in known)
    text = sum(1 for line in lines if line.text.strip() and shapes.stamp(line.text) is None)
    if turns < 3 or max(joined[name] for name in known) < 2 or turns * 10 < text:
        return set()
    if not any(name in sure or names.is_full_name(name) for name in known):
        # One-word labels without a time need to take turns all through the text.
        often = [name for name in known if joined[name] >= 3]
        if len(often) < 2 or turns * 10 < text * 4:
            return set()
    return known


def _announced(firm: Sequence[_Seen], lines: Sequence[Line]) -> set[str]:
    """Give full names in front of speech, each perhaps once, where a transcript is announced."""
    above = says_transcript(lines)
    if not above:
        return set()
    # A button does not say what a page is: below it, only capitals and titles tell a name.
    button = any(line.at == above and len(line.text.strip(" •*-").split()) == 1 for line in lines)
    lower = _lower(lines)
    counts = Counter(one.label.name for one in firm)
    return {
        one.label.name
        for one in firm
        if one.line.at > above
        and one.line.opens
        and (one.label.text.endswith(_WHOLE) or len(one.label.text.split()) >= _SPOKEN)
        and (
            labels.has_honour(one.label.name)
            or (
                names.is_full_name(one.label.name)
                and (labels.is_caps(one.label.name) or not button)
                and not set(labels.core(one.label.name)) & lower
            )
            or (labels.is_caps(one.label.name) and counts[one.label.name] >= 2)
        )
    }


def _lower(lines: Sequence[Line]) -> frozenset[str]:
    """Collect the words that the text writes in lower case: they are nobody's name."""
    return frozenset(word for line in lines for word in _LOWER.findall(line.text))


def _alike(firm: Sequence[_Seen], told: Mapping[str, str], lower: frozenset[str]) -> set[str]:
    """Give the labels that come once and look like those of the speakers."""
    known = [one.label for one in firm if one.label.name in told]
    styles = {_style(label) for label in known}
    capitals = all(labels.is_caps(label.name) or label.role for label in known)
    return {
        one.label.name
        for one in firm
        if one.line.opens
        and _style(one.label) in styles
        and (
            one.label.sure
            or (capitals and labels.is_caps(one.label.name))
            or labels.is_part(one.label.name)
            or labels.has_honour(one.label.name)
            or (not capitals and not set(labels.core(one.label.name)) & lower)
        )
    }


def _style(label: Label) -> tuple[str, bool, bool]:
    return (label.form, label.sure, label.seconds is not None)


def _said(
    seen: Sequence[_Seen], told: Mapping[str, str], lines: Sequence[Line]
) -> list[tuple[int, Label]]:
    """Name the speaker of each labelled line.

    A plain label that is nobody's ends the turn above it among plain labels; among bold ones
    it is an ordinary word with a colon.
    """
    found: list[tuple[int, Label]] = []
    texts = {line.at: line.text for line in lines}
    plain = any(not one.label.sure and one.label.name in told for one in seen)
    for line, label in seen:
        if label.name in told:
            name = "" if labels.is_nobody(label.name) else told[label.name]
            found.append((line.at, replace(label, name=name)))
        elif line.opens and plain and not label.sure and label.form == "colon":
            found.append((line.at, Label("", texts[line.at].strip(), None, sure=False)))
    return found


def _meant(counts: Mapping[str, int]) -> Mapping[str, str]:
    """Give the name that each label stands for: misspelt, shortened, or as it is."""
    often = [name for name, _ in Counter(counts).most_common(_FREQUENT)]
    full = [name for name in counts if len(labels.core(name)) >= 2]
    first: dict[str, str] = {}
    for name in often:
        first.setdefault(names.fold(name), name)
    meant: dict[str, str] = {}
    for name in counts:
        same = first.get(names.fold(name), name)
        meant[name] = _misspelt(name, counts, often) or _in_full(same, full) or same
    return meant


def _misspelt(name: str, counts: Mapping[str, int], often: Sequence[str]) -> str:
    """Give the frequent label that a rare one is one letter away from, or nothing."""
    if counts[name] > 2:
        return ""
    plenty = max(5, counts[name] * 5)
    near = (other for other in often if counts[other] >= plenty)
    return next((other for other in near if names.is_misspelt(name, other)), "")


def _in_full(name: str, full: Sequence[str]) -> str:
    """Give the one full name that a first name, a last name or initials stand for, or nothing."""
    if labels.is_numbered(name) or labels.is_part(name):
        return ""
    short = labels.core(name)
    found = {
        names.fold(other): other
        for other in full
        if not labels.is_part(other) and _shortens(name, short, other)
    }
    return next(iter(found.values())) if len(found) == 1 else ""


def _shortens(name: str, short: tuple[str, ...], other: str) -> bool:
    whole = labels.core(other)
    if len(short) >= len(whole):
        return False
    if labels.has_honour(name) and labels.has_honour(other):
        one, two = (part.split()[0].rstrip(".").casefold() for part in (name, other))
        if one != two:
            return False
    initials = "".join(word[0] for word in whole)
    return short in (whole[: len(short)], whole[-len(short) :]) or (
        labels.is_caps(name) and len(short) == 1 and short[0] == initials
    )


def _roles(said: Mapping[int, Label]) -> Mapping[str, str]:
    """Tell hosts and guests by their labels, and by how they introduce themselves."""
    roles: dict[str, str] = {}
    people = {label.name for label in said.values() if label.name}
    for label in said.values():
        if label.name and label.role:
            roles.setdefault(label.name, label.role)
    for label in said.values():
        first = names.fold(label.text).split()
        if not label.name or not first:
            continue
        own = labels.core(label.name)
        if _INTRODUCES.search(label.text) and any(
            f"{am} {own[0]}" in " ".join(first) for am in ("i m", "i am")
        ):
            roles.setdefault(label.name, "host")
        for match in _GUEST.finditer(label.text):
            after = tuple(names.fold(label.text[match.end() : match.end() + 60]).split())
            for name in people:
                whole = labels.core(name)
                if len(whole) >= 2 and after[: len(whole)] == whole:
                    roles.setdefault(name, "guest")
    return roles
