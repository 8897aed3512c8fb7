"""Turn a work into cards: generate, check, tell old from new, account for every piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from quizgen import checks, evidence, identity
from quizgen.model import (
    Card,
    Deck,
    Document,
    Draft,
    Evidence,
    Generate,
    Kind,
    Passage,
    Piece,
    Problem,
    Stamp,
    Wish,
    Work,
)

COVERED: tuple[Kind, ...] = (
    "insight",
    "idea",
    "quote",
    "summary",
    "section",
    "topic",
    "bullet",
    "faq",
)
_MOST_EVIDENCE = 3  # further places of one fact would bury the card


WhyNot: TypeAlias = Callable[[Piece, Passage], str]


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one piece: its cards, or why it has none."""

    document: str
    piece: Piece
    cards: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What making a deck came to.

    `new` are the cards to add, in the order of the documents; `known` are ids that drafts of
    this run turned out to be; `rows` account for every piece that could have been a card.
    """

    new: tuple[Card, ...]
    known: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Verdict:
    draft: Draft
    document: str
    card: str = ""
    why: str = ""


@dataclass(slots=True)
class _Memory:
    """What the deck and its log know: cards by origin, and origins dropped by hand."""

    by_origin: Mapping[str, str]
    gone: Mapping[str, str]
    by_words: Mapping[str, Sequence[Card]]
    taken: set[str] = field(default_factory=set[str])


def make(
    work: Work,
    generate: Generate,
    wish: Wish,
    *,
    deck: Deck,
    gone: Mapping[str, str],
    made: Sequence[str] = (),
    why_not: WhyNot | None = None,
) -> Outcome:
    """Make the cards that a work's deck does not have yet.

    `deck` may be empty; its id takes part in new ids. `gone` gives ids by origin of cards that
    were made once and deleted by hand, and `made` all ids that were ever given out. `why_not`
    says why the generator has nothing for a piece.
    """
    memory = _Memory(
        by_origin={card.stamp.origin: card.id for card in deck.cards if card.stamp.origin},
        gone=gone,
        by_words=_by_words(deck),
        taken={*made, *(card.id for card in deck.cards)},
    )
    verdicts: list[_Verdict] = []
    fresh: dict[str, Card] = {}
    origins: dict[str, str] = {}
    documents = {document.path: document for document in work.documents}
    for document, draft in _drafts(work, generate, wish):
        verdict = _Verdict(draft, document.path)
        verdicts.append(verdict)
        card, problems = _checked(draft, documents)
        if problems:
            verdict.why = problems[0].sentence
            continue
        verdict.card, verdict.why = _remembered(card, memory, origins)
        if verdict.card or verdict.why:
            continue
        card = replace(card, id=identity.card_id(deck.id, card.stamp.origin, memory.taken))
        memory.taken.add(card.id)
        fresh[card.id] = card
        origins[card.stamp.origin] = card.id
        verdict.card = card.id
    cards = _merged(fresh, verdicts)
    known = tuple(
        dict.fromkeys(v.card for v in verdicts if v.card and v.card not in cards and not v.why)
    )
    return Outcome(tuple(cards.values()), known, tuple(_rows(work, verdicts, why_not)))


def _drafts(work: Work, generate: Generate, wish: Wish) -> Iterator[tuple[Document, Draft]]:
    for document in work.documents:
        for draft in generate(Passage(work, document, document.pieces), wish):
            yield document, draft


def _checked(draft: Draft, documents: Mapping[str, Document]) -> tuple[Card, list[Problem]]:
    card = Card(
        id="",
        content=draft.content,
        evidence=draft.evidence,
        tier=draft.tier,
        why=draft.why,
        section=draft.section,
        tags=draft.tags,
        stamp=Stamp(rule=draft.rule, origin=identity.origin(draft)),
    )
    if not draft.evidence or not all(
        found.document in documents and evidence.stands(found, documents[found.document])
        for found in draft.evidence
    ):
        missing = Problem("evidence", "blocks", "its evidence does not stand in the document")
        return card, [missing]
    context = checks.Context(window=window(draft.evidence, documents))
    problems = [p for p in checks.check_card(card, context) if p.severity == "blocks"]
    return card, problems


def window(found: Sequence[Evidence], documents: Mapping[str, Document]) -> str:
    """Return a card's first evidence with two lines of its document on either side."""
    if not found or found[0].document not in documents:
        return " ".join(each.text for each in found)
    first, last = found[0].lines
    lines = documents[found[0].document].lines[max(0, first - 3) : last + 2]
    return " ".join(part for part in (found[0].text, *lines) if part.strip())


def _remembered(card: Card, memory: _Memory, fresh: Mapping[str, str]) -> tuple[str, str]:
    """Return the id that this draft already has, or the reason why it stays away."""
    origin = card.stamp.origin
    if known := memory.by_origin.get(origin):
        return known, ""
    if origin in memory.gone:
        return "", f"its card ^{memory.gone[origin]} was deleted by hand"
    near = (old for found in card.evidence for old in memory.by_words.get(found.text, ()))
    for old in near:
        if any(checks.twins((old, card))):
            return old.id, ""
    return fresh.get(origin, ""), ""


def _by_words(deck: Deck) -> Mapping[str, Sequence[Card]]:
    found: dict[str, list[Card]] = {}
    for card in deck.cards:
        for each in card.evidence:
            found.setdefault(each.text, []).append(card)
    return found


def _merged(fresh: Mapping[str, Card], verdicts: Sequence[_Verdict]) -> dict[str, Card]:
    """Make one card, with the evidence of both, of two that ask for the same fact.

    The ready one stays, else the first.
    """
    cards = dict(fresh)
    best_first = sorted(cards.values(), key=lambda card: card.tier != "ready")
    for first, second in checks.twins(best_first):
        kept, other = best_first[first].id, best_first[second].id
        if kept not in cards or other not in cards:
            continue
        extra = tuple(found for found in cards[other].evidence if found not in cards[kept].evidence)
        both = (cards[kept].evidence + extra)[:_MOST_EVIDENCE]
        cards[kept] = replace(cards[kept], evidence=both)
        del cards[other]
        for verdict in verdicts:
            if verdict.card == other:
                verdict.card = kept
    return cards


def _rows(work: Work, verdicts: Sequence[_Verdict], why_not: WhyNot | None) -> Iterator[Row]:
    settled: dict[tuple[str, Piece], list[_Verdict]] = {}
    for verdict in verdicts:
        settled.setdefault((verdict.document, verdict.draft.piece), []).append(verdict)
    for document in work.documents:
        for piece in document.pieces:
            if piece.kind not in COVERED:
                continue
            found = settled.get((document.path, piece), [])
            cards = tuple(dict.fromkeys(verdict.card for verdict in found if verdict.card))
            why = "" if cards else next((v.why for v in found if v.why), "")
            if not cards and not why:
                passage = Passage(work, document, document.pieces)
                why = why_not(piece, passage) if why_not else "no rule fits its words"
            yield Row(document.path, piece, cards, why)
