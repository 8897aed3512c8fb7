"""Keep blanks few: so many for a document's length, one year for a section, no name too often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final

from quizgen import words
from quizgen.generate.offline import choose, common
from quizgen.model import Draft, Passage

_PER_THOUSAND: Final = 12
_LEAST: Final = 6
_SAME_ANSWER: Final = 2
_COUNTED: Final = frozenset(
    {"name_cloze", "named_cloze", "person_cloze", "year_cloze", "amount_cloze"}
)


def thinned(
    drafts: Sequence[Draft], passage: Passage, worth: Callable[[Draft], float]
) -> list[Draft]:
    """Drop the blanks of least worth where there are more than a learner wants of a document."""
    length = sum(words.word_count(f"{p.text} {p.explanation} {p.answer}") for p in passage.pieces)
    room = max(_LEAST, _PER_THOUSAND * length // 1000)
    told_of: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    years: set[str] = set()
    kept: set[int] = set()
    ranked = sorted(range(len(drafts)), key=lambda at: -worth(drafts[at]))
    for at in ranked:
        draft = drafts[at]
        if draft.rule not in _COUNTED:
            kept.add(at)
            continue
        answer = words.letters(choose.answer_of(draft))
        crowded = draft.rule == "year_cloze" and draft.piece.heading in years
        front = common.rare(choose.front_of(draft)) - common.rare(choose.answer_of(draft))
        # Two sentences about one doer that share a term are likely to tell one deed.
        again = any(front & other for other in told_of[answer])
        if room <= 0 or crowded or again or len(told_of[answer]) >= _SAME_ANSWER:
            continue
        room -= 1
        told_of[answer].append(front)
        years |= {draft.piece.heading} if draft.rule == "year_cloze" else set()
        kept.add(at)
    return [draft for at, draft in enumerate(drafts) if at in kept]
