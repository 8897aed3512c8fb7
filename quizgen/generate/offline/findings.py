"""Ask what a finding with a name shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quizgen.generate.offline import cutting, halves, lexicon, questions
from quizgen.generate.offline.causes import Offer
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import lowered

_SHOWING: Final = lexicon.gathered(
    "show demonstrate reveal prove suggest mean state predict describe explain hold imply say warn"
)
_FINDINGS: Final = lexicon.gathered(
    """
    bias conjecture curve dilemma doctrine effect experiment fallacy hypothesis illusion law
    maxim model paradox phenomenon principle problem puzzle razor rule study survey test theorem
    theory trial trap
    """
)


def shown(scene: Scene, said: str) -> Iterator[Offer]:
    """Offer `What does the ... effect show?` of a phenomenon, a law, a study with a name."""
    told = halves.claim(said)
    if told is None or not halves.stands(told) or told.clause.is_negative:
        return
    clause, part = told.clause, told.part
    if clause.verb not in _SHOWING or clause.form not in ("third", "plural", "past", "modal"):
        return
    if len(part) < 4 or bare(part[0]) not in ("that", "how", "why"):
        return
    if not _is_named(clause.subject):
        return
    kept = part[1:] if bare(part[0]) == "that" else part
    answer = cutting.shortened(" ".join(kept), questions.LONGEST)
    if answer:
        asked = questions.inverted(clause, "What", ())
        yield asked.replace(clause.subject, lowered(scene, clause.subject), 1), answer, "shows"


def _is_named(subject: str) -> bool:
    """Claim that a subject is a finding that goes by a name: `The Zeigarnik effect`."""
    said = [bare(word) for word in subject.split()]
    end = next(
        (at for at, word in enumerate(said) if at and word in lexicon.PREPOSITIONS), len(said)
    )
    named = any(word[:1].isupper() for word in subject.split()[1:end]) or end > 2
    return said[end - 1].removesuffix("s") in _FINDINGS and named
