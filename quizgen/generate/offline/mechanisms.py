"""Ask how something comes about, where a claim says by doing what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from quizgen import words
from quizgen.generate.offline import cutting, halves, lexicon, questions, tagging
from quizgen.generate.offline.causes import Offer
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import lowered

_BY: Final = re.compile(
    r"^(?P<effect>[^;:]+?),? (?P<means>(?:(?:possibly|perhaps|probably|partly|mainly|largely"
    r"|mostly|chiefly) )?by (?:not )?(?P<deed>[a-z]+ing)\b[^;:]+)$"
)
_OPENS: Final = frozenset({"begin", "start", "end", "open", "close", "finish", "continue", "mark"})
_ANSWERING: Final = frozenset({"respond", "react", "reply", "proceed", "help"})
_TRYING: Final = frozenset({"try", "attempt", "seek", "learn", "manage", "aim"})
_LEANING: Final = re.compile(r"\b(?:this|these|those|such|it|they|them|he|she|him)\b")
_LEAST: Final = 3


def means(scene: Scene, said: str) -> Iterator[Offer]:
    """Offer `How ...?` of a full claim that ends in the deed by which it comes about."""
    match = _BY.match(said)
    effect = halves.claim(match["effect"]) if match else None
    if match is None or effect is None or effect.is_cut or not halves.stands(effect):
        return
    clause = effect.clause
    vague = clause.verb in _OPENS or (clause.verb in _ANSWERING and not effect.part)
    if clause.form == "be" or vague or clause.is_negative:
        return
    # `a tool that works by ...`, `tried to win by ...`: the deed may belong to the nearer verb.
    part = [bare(word) for word in effect.part]
    tries = clause.verb in _TRYING and part[:1] == ["to"]
    if any(word in lexicon.RELATIVES or word == "to" for word in part[tries:]):
        return
    if not any(token.tag in ("VVG", "VHG", "VDG") for token in _deed(match)):
        return
    kept = cutting.first_part(tuple(match["means"].split()))
    answer = cutting.shortened(_without_clause(" ".join(kept)), questions.LONGEST)
    asked = questions.inverted(clause, "How", effect.part)
    asked = asked.replace(clause.subject, lowered(scene, clause.subject), 1)
    if answer and not _LEANING.search(answer) and len(words.content_stems(asked)) >= _LEAST:
        yield asked, answer, "how"


def _deed(match: re.Match[str]) -> list[tagging.Token]:
    taken = tagging.tokens(match.string)
    return [token for token in taken if token.start == match.start("deed")]


def _without_clause(text: str) -> str:
    """Cut `..., and the bran swells` and `... and widened its port` from what was done."""
    taken = tagging.tokens(text)
    for before, token in pairwise(taken):
        if before.tag == "CJC" and token.is_finite:
            return text[: before.start].rstrip(" ,")
    return text
