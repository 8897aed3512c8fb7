"""Put in whom an opening `He` or `She` means: the one person of the sentence before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from quizgen.generate.offline import antecedents, fitting, propers, wording
from quizgen.generate.offline.antecedents import Told
from quizgen.generate.offline.scene import Scene

_PERSONAL: Final = re.compile(
    r"(?P<lead>(?:In \d{4}|(?:In|On|By) [A-Z]\w+ (?:\d{1,2}, )?\d{4}), )?(?P<word>He|She|he|she) "
    r"(?P<rest>[a-z]\S* .*)$",
    re.DOTALL,
)


def sentences(scene: Scene, text: str) -> Iterator[Told]:
    """Yield the sentences of a text, each with the one before where it needs it."""
    spans = list(wording.spans(text))
    whole = {
        latter: found
        for former, latter in pairwise(spans)
        if (found := _named(scene, former, latter))
        and f"{former} {latter}" in " ".join(text.split())
    }
    for told in antecedents.sentences(scene, text):
        found = whole.get(told.said)
        yield Told(found[0], f"{found[1]} {told.said}") if found else told


def _named(scene: Scene, before: str, sentence: str) -> tuple[str, str] | None:
    """Put the name of the one person of a sentence for the pronoun that opens the next."""
    opening = _PERSONAL.match(sentence)
    if opening is None:
        return None
    names = [name for name in propers.find(scene, before) if name.is_person]
    surnames = {name.text.split()[-1] for name in names}
    first = names[0] if names else None
    if first is None or len(surnames) != 1 or not _is_subject(before, first):
        return None
    if fitting.is_person(first.text) or "." in first.text:
        return f"{opening['lead'] or ''}{first.text} {opening['rest']}", before
    return None


def _is_subject(before: str, name: propers.Name) -> bool:
    """Claim that a sentence tells of a person: its name opens it, or a date before."""
    lead = before[: name.begin]
    return re.fullmatch(r"(?:[^,]{0,40}, )?(?:[A-Z]?[a-z-]+ ){0,4}", lead) is not None and bool(
        re.match(r" [a-z]|, |[’']s| \(", before[name.end :])
    )
