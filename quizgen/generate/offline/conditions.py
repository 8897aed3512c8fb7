"""Ask what is so under the condition that a claim begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import common, cutting, halves, questions, verbs
from quizgen.generate.offline.causes import Offer
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import lowered

_WHEN: Final = re.compile(
    r"^(?P<join>If|When|Once|Unless|Where|Wherever|Whenever|As soon as|As long as) "
    r"(?P<if>[^,;:]+), (?:then )?(?P<then>[^;:]+)$"
)
_WITHOUT: Final = re.compile(
    r"^(?P<join>Without|Under|Above|Below) (?P<if>[^,;:]+), (?P<then>[^;:]+)$"
)
_FORMS: Final = frozenset({"object", "aim", "enable", "stranded", "role", "content"})
_CHANGING: Final = frozenset(
    {"rise", "fall", "increase", "decrease", "grow", "drop", "shrink", "change", "expand"}
    | {"decline", "double", "jump", "collapse", "improve", "worsen", "slow", "become", "turn"}
)
_PERSONAL: Final = re.compile(r"\b(?:it|they|them|its|their|he|she|his|her|him)\b", re.IGNORECASE)
_LONGEST: Final = 14
_LEAST: Final = 5
_RARE: Final = 2


def consequences(scene: Scene, said: str) -> Iterator[Offer]:
    """Offer `When ..., what does ...?` of a full claim whose condition opens its sentence."""
    match = _WHEN.match(said) or _WITHOUT.match(said)
    then = halves.claim(match["then"]) if match else None
    if match is None or then is None or not halves.stands(then):
        return
    condition = match["if"]
    bare_noun = match.re is _WITHOUT
    if words.word_count(condition) > _LONGEST or halves.POINTING.search(condition):
        return
    if _PERSONAL.search(condition) or not (bare_noun or halves.claim(condition)):
        return
    offers = [
        (asked.question, asked.answer)
        for asked in questions.ask(then.clause)
        if asked.form in _FORMS
    ]
    for question, answer in (*offers[:1], *_deed(then)):
        told = question.replace(then.clause.subject, lowered(scene, then.clause.subject), 1)
        asked = f"{match['join']} {condition}, {told[0].lower()}{told[1:]}"
        shown, said_too = words.content_stems(asked), words.content_stems(answer)
        enough = len(shown) >= _LEAST and len(common.rare(asked)) >= _RARE
        if enough and len(said_too) >= 2 and not shown & said_too:
            yield asked, answer, "if"
            return


def _deed(then: halves.Claim) -> Iterator[tuple[str, str]]:
    """Ask what a thing does: `When the heat lasts, what do corals do?`."""
    clause = then.clause
    auxiliaries = {"third": "does", "plural": "do", "past": "did"}
    if clause.form not in auxiliaries or clause.is_negative or clause.mids or not then.part:
        return
    answer = cutting.shortened(" ".join((clause.verb, *then.part)), questions.LONGEST)
    if clause.verb in _CHANGING or clause.verb in verbs.LINKING:
        return
    if answer and len(words.content_stems(answer)) > 1:
        yield f"What {auxiliaries[clause.form]} {clause.subject} do?", answer
