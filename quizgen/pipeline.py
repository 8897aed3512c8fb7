"""Turn a work into cards: generate, check, tell old from new, account for every piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from quizgen import alignment, arrangement, checks, evidence, identity, shelf, standing, words
from quizgen.model import (
    CLOSEST,
    Card,
    Document,
    Draft,
    Evidence,
    Generate,
    Kind,
    Passage,
    Person,
    Piece,
    Problem,
    Wish,
    Work,
)
from quizgen.shelf import Memory, Wanted
from quizgen.standing import Standing

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
_SAME_PASSAGE = 0.6
"""Share of a card's words that the passage has where a page's piece was said."""
_PLACED: tuple[Kind, ...] = ("insight", "idea", "section")
"""Kinds whose place in the recording can be told; a topic or a summary is said everywhere."""
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
class Doubt:
    """A card that a person settled, and words in a transcript that speak against its quotation."""

    card: str
    said: Evidence


@dataclass(frozen=True, slots=True)
class Outcome:
    """What making a deck came to.

    `new` are the cards to add, their sections in the order of the documents; `changed` are drafts
    that nobody has touched, before and after; `merged` are the origins of twins by the id that
    speaks for them; `doubts` are settled or edited cards that a new document contradicts;
    `standing` tells of every other card of the deck where its evidence is now; `rows` account
    for every piece that could have been a card.
    """

    new: tuple[Card, ...] = ()
    changed: tuple[tuple[Card, Card], ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    standing: tuple[Standing, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(slots=True)
class _Verdict:
    """What is to be said of a draft: `origin` names the card that it became."""

    draft: Draft
    document: str
    origin: str = ""
    why: str = ""


def make(
    work: Work,
    generate: Generate,
    wish: Wish,
    memory: Memory,
    *,
    why_not: WhyNot | None = None,
    puts_off: Callable[[Card], bool] = lambda _: False,
) -> Outcome:
    """Make the cards that a work's deck does not have yet, and remake drafts nobody touched.

    The deck may be empty; its id takes part in new ids. `why_not` says why the generator has
    nothing for a piece. New cards that the person `puts_off` come last of their sections.
    """
    spoken = alignment.index(work)
    verdicts, wanted = _wanted(work, generate, wish, spoken)
    wanted = _merged(wanted, verdicts)
    taken = {*memory.made, *(card.id for card in memory.deck.cards)}
    ids: dict[str, str] = {}
    stays_away: dict[str, str] = {}
    new: list[Card] = []
    changed: list[tuple[Card, Card]] = []
    merged: list[tuple[str, str]] = []
    doubts: list[Doubt] = []
    for found in shelf.sort(wanted, memory):
        card, old = found.wanted.card, found.old
        origin = card.stamp.origin
        recorded = {old.stamp.origin} if old else set[str]()
        if old and not old.id:
            stays_away[origin] = "a card that you wrote asks for it"
            continue
        if old:
            ids[origin] = old.id
            if found.fresh:
                changed.append((old, found.fresh))
                recorded.add(origin)
            elif old.id not in memory.untouched and (said := _contradicted(old, card)):
                doubts.append(Doubt(old.id, said))
        elif found.gone:
            stays_away[origin] = f"its card ^{found.gone} was deleted by hand"
        else:
            ids[origin] = identity.card_id(memory.deck.id, origin, taken)
            taken.add(ids[origin])
            new.append(replace(card, id=ids[origin]))
            recorded.add(origin)
        merged += [
            (found.gone or ids[origin], each)
            for each in found.wanted.origins
            if each not in recorded and each not in memory.origins
        ]
    remade = {old.id for old, _ in changed}
    stay = [card for card in memory.deck.cards if card.id not in remade]
    return Outcome(
        new=tuple(arrangement.arranged(new, puts_off)),
        changed=tuple(changed),
        merged=tuple(merged),
        doubts=tuple(doubts),
        standing=standing.survey(stay, work.documents, memory.deck.sources),
        rows=tuple(_rows(work, verdicts, ids, stays_away, why_not, spoken)),
    )


def _contradicted(old: Card, fresh: Card) -> Evidence | None:
    """Give what was really said, where a settled card quotes a page that has it otherwise."""
    first = next(iter(fresh.evidence), None)
    if first is None or first.match not in ("near", "condensed"):
        return None
    quoted = old.stamp.rule.startswith("quote") and all(e.match == "page" for e in old.evidence)
    return first if quoted and old.state != "dropped" else None


def _wanted(
    work: Work, generate: Generate, wish: Wish, spoken: alignment.Index
) -> tuple[list[_Verdict], list[Wanted]]:
    documents = {document.path: document for document in work.documents}
    verdicts: list[_Verdict] = []
    wanted: dict[str, Wanted] = {}
    for document, draft in _drafts(work, generate, wish):
        verdict = _Verdict(draft, document.path)
        verdicts.append(verdict)
        card, problems = _checked(draft, documents, work.people)
        if problems:
            verdict.why = problems[0].sentence
            continue
        verdict.origin = card.stamp.origin
        if heard := _heard(draft, spoken):
            card = replace(card, evidence=(*card.evidence, heard))
        said = [each for found in card.evidence for each in (found.text, found.note)]
        said = [shelf.folded(each) for each in (*said, draft.piece.text) if each]
        wanted.setdefault(verdict.origin, Wanted(card, [verdict.origin], said))
    return verdicts, list(wanted.values())


def _heard(draft: Draft, spoken: alignment.Index) -> Evidence | None:
    """Find where in the recording the words of a page were said; a quote is looked for elsewhere.

    The passage is the closest, and no proof: its note says so to whoever reads the card.
    """
    first = draft.evidence[0]
    if first.match != "page" or draft.piece.kind not in _PLACED:
        return None
    found = alignment.best(first.text, spoken) if draft.piece.kind != "idea" else None
    found = found or alignment.best(draft.piece, spoken)
    return replace(found.evidence, note=CLOSEST) if found else None


def _drafts(work: Work, generate: Generate, wish: Wish) -> Iterator[tuple[Document, Draft]]:
    for document in work.documents:
        for draft in generate(Passage(work, document, document.pieces), wish):
            yield document, draft


def _checked(
    draft: Draft, documents: Mapping[str, Document], people: tuple[Person, ...]
) -> tuple[Card, list[Problem]]:
    card = Card(
        id="",
        content=draft.content,
        evidence=draft.evidence,
        tier=draft.tier,
        why=draft.why,
        section=draft.section,
        tags=draft.tags,
        stamp=identity.stamp(draft),
    )
    if not draft.evidence or not all(
        found.document in documents and evidence.stands(found, documents[found.document])
        for found in draft.evidence
    ):
        missing = Problem("evidence", "blocks", "its evidence does not stand in the document")
        return card, [missing]
    context = checks.Context(window=window(draft.evidence, documents), people=people)
    problems = [p for p in checks.check_card(card, context) if p.severity == "blocks"]
    return card, problems


def window(found: Sequence[Evidence], documents: Mapping[str, Document]) -> str:
    """Return a card's first evidence with two lines of its document on either side.

    Speakers' labels are left out: a neighbour's name would make any attribution look right.
    """
    if not found or found[0].document not in documents:
        return " ".join(each.text for each in found)
    document = documents[found[0].document]
    first, last = found[0].lines
    lines = document.lines[max(0, first - 3) : last + 2]
    if document.is_transcript:
        lines = tuple(evidence.unlabelled(line, document) for line in lines)
    return " ".join(part for part in (found[0].text, *lines) if part.strip())


def _merged(wanted: Sequence[Wanted], verdicts: Sequence[_Verdict]) -> list[Wanted]:
    """Make one card, with the evidence of both, of two that ask for the same fact.

    The ready one stays, else the first.
    """
    cards = {one.card.stamp.origin: one for one in wanted}
    best_first = sorted(wanted, key=lambda one: one.card.tier != "ready")
    for first, second in checks.twins([one.card for one in best_first]):
        kept = best_first[first].card.stamp.origin
        other = best_first[second].card.stamp.origin
        if kept not in cards or other not in cards:
            continue
        one, twin = cards[kept], cards.pop(other)
        one.card = replace(one.card, evidence=_both(one.card.evidence, twin.card.evidence))
        one.origins += twin.origins
        one.words += twin.words
        for verdict in verdicts:
            if verdict.origin == other:
                verdict.origin = kept
    return list(cards.values())


def _both(first: Sequence[Evidence], second: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Join the evidence of twins: proof before passages that are only close, no words twice."""
    every = sorted((*first[1:], *second), key=lambda found: found.is_only_close)
    kept = list(first[:1])
    for found in every:
        told = any(
            found.document == known.document
            and (found.text in known.text or known.text in found.text or found.is_only_close)
            for known in kept
        )
        if not told and len(kept) < _MOST_EVIDENCE:
            kept.append(found)
    return tuple(kept)


def _rows(
    work: Work,
    verdicts: Sequence[_Verdict],
    ids: Mapping[str, str],
    stays_away: Mapping[str, str],
    why_not: WhyNot | None,
    spoken: alignment.Index,
) -> Iterator[Row]:
    settled: dict[tuple[str, Piece], list[_Verdict]] = {}
    for verdict in verdicts:
        settled.setdefault((verdict.document, verdict.draft.piece), []).append(verdict)
    asked = [(v.draft.evidence[0], ids[v.origin]) for v in verdicts if v.origin in ids]
    for document in work.documents:
        for piece in document.pieces:
            if piece.kind not in COVERED or piece.is_heading:
                continue
            found = settled.get((document.path, piece), [])
            cards = tuple(dict.fromkeys(ids[v.origin] for v in found if v.origin in ids))
            reasons = (v.why or stays_away.get(v.origin, "") for v in found)
            why = "" if cards else next((reason for reason in reasons if reason), "")
            if not cards and not why:
                passage = Passage(work, document, document.pieces)
                why = why_not(piece, passage) if why_not else "no rule fits its words"
                if there := _asked_where_it_was_said(piece, asked, spoken):
                    why = f"{there}; of its own words, {why}"
            yield Row(document.path, piece, cards, why)


def _asked_where_it_was_said(
    piece: Piece, asked: Sequence[tuple[Evidence, str]], spoken: alignment.Index
) -> str:
    """Name the cards that rest on the passage of the recording which a page's piece reports."""
    found = alignment.best(piece, spoken) if piece.kind in _PLACED else None
    if found is None:
        return ""
    first, last = found.evidence.lines
    said = words.content_stems(found.evidence.text)
    cards = dict.fromkeys(
        card
        for evidence, card in asked
        if evidence.document == found.evidence.document
        and evidence.lines[0] <= last
        and first <= evidence.lines[1]
        and _share(words.content_stems(evidence.text), said) >= _SAME_PASSAGE
    )
    if not cards:
        return ""
    named = ", ".join(f"^{card}" for card in cards)
    return f"what was said there is asked by {named}"


def _share(some: frozenset[str], known: frozenset[str]) -> float:
    return len(some & known) / len(some) if some else 0.0
