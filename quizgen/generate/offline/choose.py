"""Choose among the cards that a piece could have: the surest first, few, no fact twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quizgen import cloze, words
from quizgen.generate.offline import common
from quizgen.model import Basic, Choice, Cloze, Draft, Kind, Piece

MUST_HAVE: Final[frozenset[Kind]] = frozenset({"insight", "idea", "quote"})

_ACCEPTED: Final = {
    "acronym": 0.98,
    "label_when": 0.95,
    "label_who": 0.95,
    "who_did": 0.92,
    "what_did": 0.92,
    "claim_how": 0.9,
    "claim_why": 0.86,
    "claim_when": 0.86,
    "claim_role": 0.9,
    "claim_enable": 0.88,
    "definition": 0.88,
    "name_cloze": 0.87,
    "subject_cloze": 0.86,
    "term_cloze": 0.85,
    "claim_where": 0.85,
    "claim_cleft": 0.85,
    "claim_content": 0.8,
    "claim_doer": 0.8,
    "amount_cloze": 0.75,
    "claim_subject": 0.75,
    "label_what": 0.75,
}
"""The share of a rule's ready cards that a strict reader took unedited, the sure ones of a sort."""

_AS_ROUGH: Final = {
    "claim_enable": 0.7,
    "subject_cloze": 0.66,
    "name_cloze": 0.64,
    "claim_why": 0.62,
    "claim_how": 0.6,
    "term_cloze": 0.55,
    "claim_doer": 0.5,
    "claim_content": 0.5,
    "amount_cloze": 0.5,
    "claim_subject": 0.45,
    "contrast": 0.4,
    "report_about": 0.4,
    "claim_object": 0.35,
}
"""The same share of what a rule made of words that its guards do not trust."""

_MOST: Final = 2
_LEAST_SECOND: Final = 0.56
_MOST_OF_PROSE: Final = 3


def front_of(draft: Draft) -> str:
    """Read the question of a draft."""
    match draft.content:
        case Basic(question=question):
            return question
        case Cloze(text=text):
            return "".join(_plain(part) for part in cloze.parse(text))
        case Choice(stem=stem):
            return stem


def _plain(part: str | cloze.Blank) -> str:
    return part if isinstance(part, str) else f"{{{{{part.text}}}}}"


def answer_of(draft: Draft) -> str:
    """Read what a draft asks for."""
    match draft.content:
        case Basic(answer=answer):
            return answer
        case Cloze(text=text):
            return " ".join(cloze.hidden(text))
        case Choice(options=options, keys=keys):
            return " ".join(options[key] for key in keys)


def best(piece: Piece, made: Sequence[Draft]) -> list[Draft]:
    """Keep what a reader should meet of a piece; a rough one only where it must not go without."""
    kept: list[Draft] = []
    ranked = sorted(made, key=lambda draft: -_worth(draft))
    for draft in (draft for draft in ranked if draft.tier == "ready"):
        if _adds(draft, kept):
            kept.append(draft)
    if piece.kind not in MUST_HAVE:
        return kept[:_MOST_OF_PROSE]
    # A heading and what explains it are two sentences of an author: each may have its card.
    rough = [draft for draft in ranked if draft.tier == "rough" and _adds(draft, kept)]
    told = {draft.evidence[0].text for draft in kept}
    if not kept:
        kept, told = rough[:1], {draft.evidence[0].text for draft in rough[:1]}
    if piece.explanation and len(told) == 1:
        others = (draft for draft in rough if draft.evidence[0].text not in told)
        kept += [draft for draft in others if _worth(draft) >= _LEAST_SECOND][:1]
    return kept[:_MOST]


def _worth(draft: Draft) -> float:
    """Rank a draft by how its rule has done, and by how much its front and answer tell."""
    measured = _ACCEPTED.get(draft.rule, 0.5)
    if draft.tier == "rough":
        measured = _AS_ROUGH.get(draft.rule, 0.3)
    telling = min(len(common.rare(front_of(draft))), 6)
    return measured + 0.01 * telling + 0.02 * bool(common.rare(answer_of(draft)))


def _adds(draft: Draft, made: Sequence[Draft]) -> bool:
    """Claim that a draft asks for something that its piece has not been asked for."""
    answer = words.content_stems(answer_of(draft))
    front = words.content_stems(front_of(draft))
    for other in made:
        known = words.content_stems(answer_of(other))
        same = other.evidence[0].text == draft.evidence[0].text
        # `Who made X?` and `What did Y make?` are one fact asked from both ends.
        if same and (known <= front or answer <= words.content_stems(front_of(other))):
            return False
        enough = 0.5 if same else 0.8
        if answer and known and len(answer & known) >= enough * min(len(answer), len(known)):
            return False
    return True
