"""Hide the one number of a sentence that says by itself what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import clauses, common, lexicon, verbs, wording
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.drafts import cloze, shown
from quizgen.generate.offline.guards import LONGEST_FRONT, is_for_tasks
from quizgen.generate.offline.scene import Scene
from quizgen.model import Draft, Piece

_NUMBER: Final = re.compile(r"(?<![\w.,/:–-])\d(?:[\d,.]*\d)?(?![\w:/–-]|\.\d)")
_YEARLIKE: Final = re.compile(r"1[0-9]\d\d|20\d\d")
_RANGE: Final = re.compile(r"^ (?:to|or|and|by|×|x) (?:about )?\d|^[-–]\d")
_NAMED: Final = re.compile(r"(?:[A-Z][\w’'-]*|No\.|article|section|chapter|page|version|type) $")
_UNIT: Final = re.compile(
    r"^ (?:percent|million|billion|trillion|thousand|per\b|degrees?|(?:[a-z-]+ ){0,2}[a-z]{3,}s\b"
    r"|feet\b|people\b)|^ ?%|^°"
)
_ROUGH: Final = 10
"""A smaller number is soon guessed, or stands for `a few`."""


def amounts(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Ask how many or how much, where a sentence holds one number and says all about it."""
    if is_for_tasks(piece.heading):
        return
    for sentence in wording.sentences(piece):
        yield from _counted(piece, scene, sentence)


def _counted(piece: Piece, scene: Scene, sentence: str) -> Iterator[Draft]:
    room = LONGEST_FRONT - words.word_count(scene.credit_for(sentence))
    for said in clauses.shown(scene, sentence, room):
        found = list(_numbers(said))
        if len(found) != 1:
            continue
        begin, end = found[0]
        before, hidden, after = said[:begin], said[begin:end], said[end:]
        if not _is_asked(before, hidden, after) or _is_undated(scene, said):
            continue
        lead = wording.introduced(scene, said, hidden=hidden)
        proof = shown(scene, piece, sentence)
        parts = (lead + before, hidden, after)
        yield from cloze(
            scene, piece, proof, parts, rule="amount_cloze", tier="ready", hinted=False
        )
        return


def _numbers(said: str) -> Iterator[tuple[int, int]]:
    """Yield where the numbers of a sentence stand that are no years of a date."""
    for found in _NUMBER.finditer(said):
        before = said[: found.start()]
        dated = _YEARLIKE.fullmatch(found.group()) and not _UNIT.match(said[found.end() :])
        day = re.search(
            r"(?:January|February|March|April|May|June|July|August|September|October|November"
            r"|December) $",
            before,
        )
        year = _YEARLIKE.fullmatch(found.group()) and re.search(
            r"\b(?:[Ii]n|since|by|until|from) $", before
        )
        if not dated and not day and not year:
            yield found.span()


def _is_undated(scene: Scene, said: str) -> bool:
    """Claim that a sentence tells of what happened, and neither it nor its work of when."""
    past = any(bare(word) in verbs.PAST for word in said.split())
    return past and not scene.year and _YEARLIKE.search(said) is None


def _is_asked(before: str, hidden: str, after: str) -> bool:
    """Claim that what is counted stands in sight, and that the number is no mere order or name."""
    value = float(hidden.replace(",", ""))
    exact = "." in hidden or value > _ROUGH
    if not exact or not _UNIT.match(after) or _RANGE.match(after) or _NAMED.search(before):
        return False
    previous = bare(before.rsplit(maxsplit=1)[-1]) if before.strip() else ""
    if re.match(
        r" (?:\w+ )?(?:years?|months?|weeks?|days?) (?:ago|later|after|before|earlier)\b", after
    ):
        return False
    if previous in ("and", "or", "to", "between", "from", "of") and previous != "of":
        return False
    rest = f"{before} {after}"
    written = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
    if written & {bare(word) for word in rest.split()} or re.search(r"\bhalf\b|\bquarter\b", rest):
        return False
    # What has a name needs less to be told by.
    least = 3 if re.search(r"(?<=[a-z,] )[A-Z][a-z]{2}", rest) else 4
    return len(common.rare(rest)) >= least and not lexicon.HEDGED & {previous}
