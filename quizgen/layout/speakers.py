"""Find who speaks in a transcript, from the labels in front of the turns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizgen.layout import names, shapes


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label as a line has it, and the words after it, which may be none.

    `sure` labels are bold or stand beside a time; others are a name with a colon.
    """

    name: str
    text: str
    seconds: int | None
    sure: bool


_FREQUENT = 40
_LABELLED = re.compile(
    rf"\s*(?:>>\s?)?(?:[\[(]?(?P<before>{shapes.STAMP})[\])]?\s*[-–—]?\s*)?"
    r"(?P<bold>\*\*|__)?(?P<name>[^\W\d_][^:*_\[\]()\n]{0,47}?)"
    rf"(?:(?P<shut>\*\*|__)?\s*[\[(](?P<after>{shapes.STAMP})[\])])?"
    r"(?:(?:\*\*|__)?:(?:\*\*|__)?|(?<=[\])]))(?:\s+(?P<text>\S.*)|\s*)$"
)
_NAME_TIME = re.compile(
    rf"\s*(?P<bold>\*\*)?(?P<name>[^\W\d_][^:*_\[\]()\n]{{0,47}}?)(?:\*\*)?"
    rf"(?:\s+|\s*[-–—•·|]\s*)(?P<after>{shapes.STAMP})\s*$"
)


def label(line: str) -> Label | None:
    """Read the label in front of a turn, whoever it names."""
    match = _LABELLED.match(line) or _NAME_TIME.match(line)
    if match is None:
        return None
    found = match.groupdict()
    name = found["name"].strip()
    stamp = found.get("before") or found["after"]
    if not names.is_name(name):
        return None
    seconds = shapes.seconds(stamp) if stamp else None
    return Label(name, (found.get("text") or "").rstrip(), seconds, bool(stamp or found["bold"]))


def known(lines: Sequence[str]) -> Mapping[str, str]:
    """Give every label that is a speaker's, with the name it stands for.

    The mapping is empty where the lines are no transcript: definitions and "Note:" have the
    shape of a label too, but seldom come back, and hardly ever take turns.
    """
    found = [seen for line in lines if (seen := label(line)) is not None]
    counts = Counter(seen.name for seen in found)
    sure = {seen.name for seen in found if seen.sure}
    speakers = {
        name
        for name, count in counts.items()
        if count >= 2 or (name in sure and names.is_full_name(name))
    }
    turns = sum(counts[name] for name in speakers)
    text = sum(1 for line in lines if line.strip() and shapes.stamp(line) is None)
    if turns < 3 or max(counts[name] for name in speakers) < 2 or turns * 10 < text:
        return {}
    if not any(name in sure or names.is_full_name(name) for name in speakers):
        # One-word labels without a time need to take turns all through the text.
        often = [name for name in speakers if counts[name] >= 3]
        if len(often) < 2 or turns * 10 < text * 4:
            return {}
    often = [name for name, _ in counts.most_common(_FREQUENT)]
    meant = {name: _misspelt(name, counts, often) for name in counts}
    return {name: meant[name] or name for name in counts if name in speakers or meant[name]}


def _misspelt(name: str, counts: Mapping[str, int], often: Sequence[str]) -> str:
    """Give the frequent label that a rare one is one letter away from, or nothing."""
    if counts[name] > 2:
        return ""
    plenty = max(5, counts[name] * 5)
    near = (other for other in often if counts[other] >= plenty)
    return next((other for other in near if names.is_misspelt(name, other)), "")
