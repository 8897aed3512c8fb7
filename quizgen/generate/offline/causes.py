"""Ask why, where a claim gives its cause, and what, where it sets one thing against another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import cutting, grammar, lexicon, questions
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.guards import is_resolved
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import lowered

Offer = tuple[str, str, str]

_WHY: Final = re.compile(r"^(?P<cause>[^;:]+?), (?:which|that) is why (?P<effect>[^;:,]+)$")
_SO: Final = re.compile(r"^(?P<cause>[^;:,]+), so (?!that\b)(?P<effect>[^;:,]+)$")
_SINCE: Final = re.compile(r"^(?:Because|Since) (?P<cause>[^;:,]+), (?P<effect>[^;:,]+)$")
_REASON: Final = re.compile(
    r"^The (?:main |real |only |simple |first )?reason (?:why |that )?(?P<effect>[^;:,]+?) is that "
    r"(?P<cause>[^;:,]+)$"
)
_AIM: Final = re.compile(r"^(?P<effect>[^;:,]+) so that (?P<cause>[^;:,]+)$")
_CAUSAL: Final = re.compile(r"\b(?:because|since|so that|due to|which is why|if)\b", re.IGNORECASE)
_POINTING: Final = re.compile(
    r"\b(?:this|these|those|such|here|then|also|others?|some)\b", re.IGNORECASE
)
_RATHER: Final = re.compile(
    r"^(?P<kept>[^,;:]+?),? (?:and not|but not|not|rather than) "
    r"(?:(?P<link>on|by|from|through|with|in|at|for) )?(?P<other>[^,;:]+)$"
)
_OUGHT: Final = frozenset({"must", "should", "shall"})
_DATED: Final = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_LONGEST_OTHER: Final = 6
_LEAST: Final = 3


def reasons(scene: Scene, said: str) -> Iterator[Offer]:
    """Offer `Why ...?` of a full claim whose cause stands beside it as a full claim too."""
    for pattern, join in (
        (_WHY, "because"),
        (_SO, "because"),
        (_SINCE, "because"),
        (_REASON, "because"),
        (_AIM, "so that"),
    ):
        match = pattern.match(said)
        if match is None:
            continue
        cause, effect = match["cause"], match["effect"]
        clause, other = grammar.parse(effect), grammar.parse(cause)
        # In `Since 1990, ...` and `Because of rain, ...` no claim is the cause.
        if clause is None or other is None or (pattern is _SINCE and _DATED.match(cause)):
            continue
        if not _is_effect(clause) or _POINTING.search(cause) or _CAUSAL.search(cause):
            continue
        own = bare(other.subject) in ("it", "they") and pattern in (_SINCE, _REASON)
        if not own and not is_resolved(other.subject):
            continue
        small = cause if pattern in (_AIM, _SINCE, _REASON) else lowered(scene, cause)
        answer = f"{join} {small}".rstrip(" ,;")
        if words.word_count(answer) > questions.LONGEST:
            continue
        asked = questions.inverted(clause, "Why", clause.rest)
        asked = asked.replace(clause.subject, lowered(scene, clause.subject), 1)
        if len(words.content_stems(effect)) >= _LEAST:
            yield asked, answer, "why"


def _is_effect(clause: grammar.Clause) -> bool:
    """Claim that one asks why a clause is so: it is told by itself, and no advice."""
    first = bare(clause.subject.split()[0])
    loose = first in lexicon.PRONOUNS or not is_resolved(clause.subject)
    said = " ".join((clause.subject, *clause.rest))
    return not (
        loose
        or clause.is_negative
        or clause.lead
        or clause.aside
        or clause.aux in _OUGHT
        or _CAUSAL.search(said)
        or re.search(r"\b(?:it|they|them|its|their|he|she|his|her)\b", said)
        or _POINTING.search(said)
    )


def contrasts(scene: Scene, said: str) -> Iterator[Offer]:
    """Offer `What ..., rather than ...?` of a claim that says what something is, and is not."""
    clause = grammar.parse(said)
    if clause is None or clause.is_negative or clause.lead or clause.aside:
        return
    match = _RATHER.match(" ".join(clause.rest))
    if match is None or not is_resolved(clause.subject) or _POINTING.search(" ".join(clause.rest)):
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
