"""Make cards by rules: a table of them, no model, no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from quizgen.generate.offline import (
    alone,
    amounts,
    blanks,
    calling,
    choose,
    claims,
    common,
    dated,
    density,
    dialogue,
    facts,
    guards,
    holes,
    labels,
    listing,
    measured,
    named,
    narrow,
    people,
    quotes,
    rest,
    same,
    spelling,
    terms,
    torn,
    trust,
)
from quizgen.generate.offline.choose import front_of
from quizgen.generate.offline.reasons import why_not
from quizgen.generate.offline.scene import Scene, survey
from quizgen.model import Basic, Draft, Kind, Passage, Piece, Tier, Wish

Make = Callable[[Piece, Scene], Iterator[Draft]]

__all__ = ["RULES", "Make", "Rule", "front_of", "generate", "why_not"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to make cards of a piece. `last` rules run only where no other is sure."""

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

_NAMING: Final = frozenset({"name_cloze", "named_cloze", "person_cloze", "year_cloze"})
_TOLD: Final = 7

RULES: Final = (
    Rule("quote", frozenset({"quote"}), quotes.quotes, "complete what somebody said"),
    Rule("label", _LISTED, labels.labels, "what a label stands for"),
    Rule("definition", _PROSE | _SPOKEN, terms.definitions, "what a term is"),
    Rule("who", _PROSE | _SPOKEN, people.deeds, "who made or found something"),
    Rule("fact", _PROSE, facts.facts, "who did it, and in which year"),
    Rule("report", _PROSE, people.reports, "what somebody holds about a topic"),
    Rule("claim", _PROSE, claims.claims, "what, why, how, where or when, by grammar"),
    Rule("host", _SPOKEN, dialogue.asked, "what an interviewer asked"),
    Rule("reason", _SPOKEN, dialogue.reasons, "why, where the speaker says why"),
    Rule("acronym", _PROSE | _SPOKEN, terms.acronyms, "what letters stand for"),
    Rule("called", _PROSE, calling.called, "what a sentence says that something is called"),
    Rule("blank", _PROSE, blanks.blanks, "the most telling term of a sentence"),
    Rule("name", _PROSE, named.named, "the name that a sentence tells enough of"),
    Rule("year", _PROSE, dated.dated, "the year of an event that is named"),
    Rule("list", _PROSE, listing.lists, "three things that are listed"),
    Rule("amount", _PROSE, amounts.amounts, "how many or how much"),
    Rule("rest", _POINTS, rest.complete, "the term that a point quotes", last=True),
)


def generate(passage: Passage, wish: Wish) -> Iterator[Draft]:
    """Make drafts of every piece that the rules can read, the surest of a piece first."""
    english = passage.document.language.split("-")[0].casefold() in ("en", "")
    scene = survey(passage)
    known = same.Known()
    for piece in passage.pieces:
        if piece.is_heading or guards.is_meta(piece.heading):
            continue
        made: list[Draft] = []
        for rule in RULES:
            if piece.kind not in rule.kinds or not (english or piece.kind == "quote"):
                continue
            if rule.last and any(draft.tier == "ready" for draft in made):
                continue
            drafts = map(_trusted, rule.make(piece, scene))
            made += (draft for draft in drafts if not refusal(draft, scene))
        for draft in choose.best(piece, made):
            known.add(draft, front_of(draft), choose.answer_of(draft))
    told = (
        replace(draft, tier=_tier(draft))
        for draft in density.thinned([*known.drafts()], passage, choose.worth)
    )
    yield from (draft for draft in told if wish.rough or draft.tier == "ready")


def _tier(draft: Draft) -> Tier:
    """Call ready what its rule's guards are sure of, if blind readers have borne the rule out."""
    return measured.tier(draft.rule) if draft.tier == "ready" else "rough"


def refusal(draft: Draft, scene: Scene) -> str:
    """Say why a draft is not offered, or nothing.

    Its rule is off, a word of it is misspelt, it is too wide, or its front leans.
    """
    front, answer = front_of(draft), choose.answer_of(draft)
    lead = scene.lead(front)
    # Of `According to Ada Voss, what changed ...?` the answer is hers, however many there are.
    hers = scene.is_talk and bool(lead) and lead.startswith("According to ")
    if measured.is_off(draft.rule, told=hers):
        return "no rule that a strict reader trusts can ask for it"
    if draft.piece.kind == "quote":
        return ""
    if slip := spelling.slip_in(f"{front} {answer}", scene.slips):
        return spelling.sentence(slip)
    if broken := torn.fault(front, answer):
        return broken
    if wide := narrow.fault(draft.rule, front, answer, scene, lead=lead):
        return wide
    if hole := holes.fault(draft.rule, front, scene, lead=lead):
        return hole
    told = draft.rule in _NAMING and len(common.rare(front)) >= _TOLD
    return alone.fault(front, lead=lead, about=lead, told=told)


def _trusted(draft: Draft) -> Draft:
    """Call rough what looks sure by its form and leans on its source by its words."""
    if isinstance(draft.content, Basic) and (whole := trust.trimmed(draft.content.answer)):
        draft = replace(draft, content=replace(draft.content, answer=whole))
    front, answer = front_of(draft), choose.answer_of(draft)
    doubtful = draft.rule.startswith(("claim", "who", "what", "report", "contrast")) and (
        trust.leans(front) or trust.repeats(front, answer)
    )
    return replace(draft, tier="rough") if doubtful else draft
