"""Choose among the cards that a piece could have: the surest first, few, no fact twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quizgen import cloze, words
from quizgen.generate.offline import common, measured
from quizgen.model import Basic, Choice, Cloze, Draft, Kind, Piece

MUST_HAVE: Final[frozenset[Kind]] = frozenset({"insight", "idea", "quote"})

_MOST: Final = 3
_LEAST_SECOND: Final = 0.45
_DOUBT: Final = 0.12


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
    """Keep what a reader should meet of a piece: the best few, no fact twice.

    `tier` still tells here whether the words of a draft passed the guards of its rule; one that
    did not is kept only of a piece that should not go without a card.
    """
    kept: list[Draft] = []
    wanted = piece.kind in MUST_HAVE
    for draft in sorted(made, key=lambda draft: -worth(draft)):
        sure = draft.tier == "ready"
        # A heading and what explains it are two sentences of an author: each may have its card.
        told = {other.evidence[0].text for other in kept}
        apart = draft.evidence[0].text not in told and worth(draft) >= _LEAST_SECOND
        if (sure or wanted) and (not kept or apart or sure) and _adds(draft, kept):
            kept.append(draft)
    return kept[:_MOST]


def worth(draft: Draft) -> float:
    """Rank a draft by its rule, its guards, and by how much its front and answer tell."""
    told = measured.rank(draft.rule) - (0 if draft.tier == "ready" else _DOUBT)
    telling = min(len(common.rare(front_of(draft))), 6)
    return told + 0.01 * telling + 0.02 * bool(common.rare(answer_of(draft)))


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
