"""Ask what a thing is or does, rather than another, where a claim sets the two apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import cutting, grammar, lexicon, questions
from quizgen.generate.offline.causes import Offer
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.guards import is_resolved
from quizgen.generate.offline.halves import POINTING
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import lowered

_RATHER: Final = re.compile(
    r"^(?P<kept>[^,;:]+?),? (?:and not|but not|not|rather than) "
    r"(?:(?P<link>on|by|from|through|with|in|at|for) )?(?P<other>[^,;:]+)$"
)
_LONGEST_OTHER: Final = 6


def contrasts(scene: Scene, said: str) -> Iterator[Offer]:
    """Offer `What ..., rather than ...?` of a claim that says what something is, and is not."""
    clause = grammar.parse(said)
    if clause is None or clause.is_negative or clause.lead or clause.aside:
        return
    match = _RATHER.match(" ".join(clause.rest))
    if match is None or not is_resolved(clause.subject) or POINTING.search(" ".join(clause.rest)):
        return
    kept, link, other = match["kept"].split(), match["link"] or "", match["other"]
    if words.word_count(other) > _LONGEST_OTHER or any(
        bare(word) in lexicon.AUXILIARIES | lexicon.RELATIVES | lexicon.PRONOUNS
        for word in (*kept, *other.split())
    ):
        return
    small = lowered(scene, clause.subject)
    if clause.form == "be" and clause.aux in ("is", "are", "was", "were") and not link:
        alike = _article(kept[0]) and _article(other.split()[0])
        body: tuple[str, ...] = ()
    elif link and bare(kept[0]) == link and clause.form in ("third", "plural", "past", "modal"):
        alike, body, kept = len(kept) > 1, (link,), kept[1:]
    else:
        return
    answer = cutting.shortened(" ".join(kept), questions.LONGEST)
    if alike and answer:
        asked = questions.inverted(clause, "What", body).replace(clause.subject, small, 1)
        yield f"{asked.rstrip('?')}, rather than {other}?", answer, "contrast"


def _article(word: str) -> bool:
    return bare(word) in ("a", "an", "the")
