"""Put in what an opening `It` means: the subject before it, where it can only be that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from quizgen.generate.offline import grammar, lexicon, wording
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.guards import is_resolved
from quizgen.generate.offline.scene import Scene

_OPENING: Final = re.compile(r"(?P<word>It|They|Its|Their) (?P<rest>\S.*)$", re.DOTALL)
# `It is true that ...`, `It takes a year to ...`: there the word means nothing.
_EMPTY: Final = re.compile(
    r"(?:is|was|will be|would be|may be|seems|appears|turns|turned|follows|remains)(?: \w+){0,2}"
    r" (?:that|to|who|whether)\b|(?:takes|took|helps|matters|happens)\b"
)
_LONGEST: Final = 10
_LOOSE: Final = frozenset(
    {"there", "one", "another", "all", "both", "more", "less", "most", "least", "far"}
)
_AS_SAID: Final = frozenset({"be", "passive"})
_OTHERS: Final = frozenset({"a", "an", "the", "one", "its", "another", "each", "every"})


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence as it can be understood alone, and the words of the source that say so."""

    said: str
    proof: str


def sentences(scene: Scene, text: str) -> Iterator[Told]:
    """Yield the sentences of a text, each with the one before where it needs it."""
    taken = list(wording.spans(text))
    if taken:
        yield Told(taken[0], taken[0])
    for before, sentence in pairwise(taken):
        whole = in_full(scene, before, sentence)
        # What was left out between the two would break the span.
        near = f"{before} {sentence}" in " ".join(text.split())
        yield Told(whole, f"{before} {sentence}") if whole and near else Told(sentence, sentence)


def in_full(scene: Scene, before: str, sentence: str) -> str:
    """Put the subject of `before` for the pronoun that opens a sentence, or give nothing.

    Only a subject that nothing else of its sentence rivals is taken: what something is, or what
    is done to it, names no second thing that `It` could mean.
    """
    opening = _OPENING.match(sentence)
    clause = grammar.parse(wording.without_label(before)) if opening else None
    if opening is None or clause is None or _EMPTY.match(opening["rest"]):
        return ""
    subject, many = clause.subject, opening["word"] in ("They", "Their")
    several = _is_many(subject) or clause.form == "plural" or clause.aux in ("are", "were")
    if clause.lead or not _is_one_thing(scene, subject) or several != many:
        return ""
    told = [bare(word) for word in clause.rest]
    rival = any(_is_many(word) for word in told) if many else bool(_OTHERS & set(told))
    if clause.form not in _AS_SAID and rival:
        return ""
    owner = opening["word"] in ("Its", "Their")
    mark = "’" if subject.endswith("s") else "’s"
    return f"{subject}{mark * owner} {opening['rest']}"


def _is_one_thing(scene: Scene, subject: str) -> bool:
    """Claim that words name one thing, told apart, and nobody."""
    said = [bare(word) for word in subject.split()]
    refused = lexicon.PRONOUNS | lexicon.RELATIVES | _LOOSE
    people = {part for person in scene.passage.work.people for part in person.name.split()}
    return (
        len(said) <= _LONGEST
        and not {"and", "or"} & set(said)
        and not refused & set(said)
        and not people & set(re.split(r"[\s’']+", subject))
        and not wording.names(subject)
        and is_resolved(subject)
    )


def _is_many(subject: str) -> bool:
    """Claim that the noun of a phrase, before what hangs on it, is a plural."""
    said = [bare(word) for word in subject.split()]
    end = next(
        (at for at, word in enumerate(said) if at and word in lexicon.PREPOSITIONS), len(said)
    )
    head = said[end - 1]
    return head in lexicon.PLURALS or (
        head.endswith("s") and not head.endswith(("ss", "us", "is", "ics", "'s", "’s"))
    )
