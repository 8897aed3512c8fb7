"""Make cards by rules: a table of them, no model, no network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from quizgen import words
from quizgen.generate.offline import (
    claims,
    dialogue,
    labels,
    people,
    quotes,
    rest,
    same,
    terms,
    trust,
)
from quizgen.generate.offline.reasons import why_not
from quizgen.generate.offline.scene import Scene, survey
from quizgen.model import Basic, Choice, Cloze, Draft, Kind, Passage, Piece, Wish

Make = Callable[[Piece, Scene], Iterator[Draft]]

__all__ = ["RULES", "Rule", "front_of", "generate", "why_not"]

_MOST_PER_SENTENCE: Final = 2
_MOST_PER_PIECE: Final = 4


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to make cards of a piece. `last` rules run only where no other made its point."""

    name: str
    kinds: frozenset[Kind]
    make: Make
    note: str
    last: bool = False


_PROSE: Final[frozenset[Kind]] = frozenset(
    {"summary", "insight", "idea", "section", "topic", "bullet", "faq"},
)
_LISTED: Final[frozenset[Kind]] = frozenset({"bullet", "insight", "idea", "summary"})
_SPOKEN: Final[frozenset[Kind]] = frozenset({"turn"})
_POINTS: Final[frozenset[Kind]] = frozenset({"insight", "idea"})

_MUST_HAVE: Final[frozenset[Kind]] = frozenset({"insight", "idea", "quote"})
_WEAK: Final = frozenset({"claim_object", "claim_subject", "claim_stranded"})

_ASIDE: Final = re.compile(r"\b(?:which|with|so|such as|(?<!only )(?:if|when)) …”$")
"""The end of a cue that asks for an aside, and not for what the sentence is about."""

RULES: Final = (
    Rule("quote", frozenset({"quote"}), quotes.quotes, "complete what somebody said"),
    Rule("label", _LISTED, labels.labels, "what a label stands for"),
    Rule("definition", _PROSE | _SPOKEN, terms.definitions, "what a term is"),
    Rule("who", _PROSE | _SPOKEN, people.deeds, "who made or found something"),
    Rule("report", _PROSE, people.reports, "what somebody holds about a topic"),
    Rule("claim", _PROSE, claims.claims, "what, why, how, where or when, by grammar"),
    Rule("host", _SPOKEN, dialogue.asked, "what an interviewer asked"),
    Rule("reason", _SPOKEN, dialogue.reasons, "why, where the speaker says why"),
    Rule("acronym", _PROSE | _SPOKEN, terms.acronyms, "what letters stand for"),
    Rule("number", frozenset({"bullet"}), rest.counted, "how many, under a heading", last=True),
    Rule("rest", _POINTS, rest.complete, "the rest of a point", last=True),
)


def generate(passage: Passage, wish: Wish) -> Iterator[Draft]:
    """Make drafts of every piece that the rules can read, the surest of a piece first."""
    english = passage.document.language.split("-")[0].casefold() in ("en", "")
    scene = survey(passage)
    known = same.Known()
    for piece in passage.pieces:
        if piece.is_heading:
            continue
        made: list[Draft] = []
        for rule in RULES:
            if piece.kind not in rule.kinds or not (english or piece.kind == "quote"):
                continue
            if rule.last and any(_makes_the_point(draft, piece) for draft in made):
                continue
            for draft in map(_trusted, rule.make(piece, scene)):
                if len(made) < _MOST_PER_PIECE and _adds(draft, made):
                    made.append(draft)
        for draft in _worth_offering(piece, scene, made):
            known.add(draft, front_of(draft), _answer(draft))
    yield from (draft for draft in known.drafts() if wish.rough or draft.tier == "ready")


def _trusted(draft: Draft) -> Draft:
    """Call rough what looks sure by its form and leans on its source by its words."""
    if isinstance(draft.content, Basic) and (whole := trust.trimmed(draft.content.answer)):
        draft = replace(draft, content=replace(draft.content, answer=whole))
    front, answer = front_of(draft), _answer(draft)
    doubtful = draft.rule.startswith(("claim", "who", "what", "report")) and (
        trust.leans(front) or trust.repeats(front, answer)
    )
    return replace(draft, tier="rough") if doubtful else draft


def _worth_offering(piece: Piece, scene: Scene, made: list[Draft]) -> list[Draft]:
    """Keep what a reader should meet: rough drafts only where a piece must not go without a card.

    Of bullets and prose a blind judge sent back more than half of the rough ones. Of an insight
    or idea the rest of its own sentence is a better rough question than its bare object.
    """
    if piece.kind not in _MUST_HAVE:
        return [draft for draft in made if draft.tier == "ready"]
    weak = [draft for draft in made if draft.rule in _WEAK]
    if not weak or piece.kind == "quote":
        return made
    completed = [
        draft
        for draft in rest.complete(piece, scene)
        if draft.rule == "complete" and not _ASIDE.search(front_of(draft))
    ]
    proof = {draft.evidence[0].text for draft in completed}
    kept = [d for d in made if d.rule not in _WEAK or d.evidence[0].text not in proof]
    ready = {draft.evidence[0].text for draft in kept if draft.tier == "ready"}
    return kept + [draft for draft in completed if draft.evidence[0].text not in ready]


def _makes_the_point(draft: Draft, piece: Piece) -> bool:
    """Claim that a draft rests on what a piece says first, and on more than its letters."""
    first = " ".join(piece.text.split())
    return draft.rule != "acronym" and draft.evidence[0].text in first


def front_of(draft: Draft) -> str:
    """Read the question of a draft."""
    match draft.content:
        case Basic(question=question):
            return question
        case Cloze(text=text):
            return text
        case Choice(stem=stem):
            return stem


def _adds(draft: Draft, made: list[Draft]) -> bool:
    """Claim that a draft asks for something that its piece has not been asked for."""
    same = [other for other in made if other.evidence[0].text == draft.evidence[0].text]
    if len(same) >= _MOST_PER_SENTENCE:
        return False
    answer = words.content_stems(_answer(draft))
    front = words.content_stems(front_of(draft))
    for other in same:
        # `Who made X?` and `What did Y make?` are one fact asked from both ends.
        if words.content_stems(_answer(other)) <= front and isinstance(draft.content, Basic):
            return False
    for other in made:
        known = words.content_stems(_answer(other))
        enough = 0.5 if other in same else 0.8
        if answer and known and len(answer & known) >= enough * min(len(answer), len(known)):
            return False
    return True


def _answer(draft: Draft) -> str:
    match draft.content:
        case Basic(answer=answer):
            return answer
        case Cloze(text=text):
            return " ".join(part.split("}}")[0] for part in text.split("{{")[1:])
        case Choice(options=options, keys=keys):
            return " ".join(options[key] for key in keys)
