"""Ask what a thing is called, where a claim describes it and then gives its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import halves, tagging
from quizgen.generate.offline.causes import Offer
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import lowered

_CALLING: Final = {"called": "", "termed": "", "dubbed": "", "known": "as"}
_LONGEST_NAME: Final = 5
_LEAST: Final = 2


def names(scene: Scene, said: str) -> Iterator[Offer]:
    """Offer `What is ... called?` of a thing that is described well enough to have one name."""
    told = halves.claim(said)
    if told is None or not told.part or not halves.stands(told):
        return
    clause, part = told.clause, told.part
    verb = clause.verb
    if clause.form in ("be", "passive") and not verb:
        verb, part = bare(part[0]), part[1:]
    if verb not in _CALLING or clause.is_negative or clause.aux not in ("is", "are", "was", "were"):
        return
    preposition = _CALLING[verb]
    if preposition and bare(part[0] if part else "") != preposition:
        return
    name = _name(part[1:] if preposition else part)
    described = words.content_stems(clause.subject)
    if not name or len(described) < _LEAST or described & words.content_stems(name):
        return
    asked = " ".join(word for word in (clause.aux, *clause.mids) if word)
    subject = lowered(scene, clause.subject)
    yield f"What {asked} {subject} {verb}{f' {preposition}' * bool(preposition)}?", name, "called"


def _name(part: tuple[str, ...]) -> str:
    """Take the name from the words behind the verb, without what is told of it."""
    text = " ".join(part)
    for token in tagging.tokens(text):
        told = token.tag in ("DTQ", "PNQ", "CJT", "CJS", "CJC", "PRP", "AVQ", "PUN", "VVG", "VVN")
        if told or token.is_finite:
            text = text[: token.start]
            break
    name = text.strip(" ,;:\"“”‘’'")
    tokens = tagging.tokens(name)
    fits = 0 < words.word_count(name) <= _LONGEST_NAME and tokens[-1].is_noun
    return name if fits else ""
