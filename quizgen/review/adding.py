"""Add a card where an insight, an idea, a quote or a note has none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from quizgen import cloze, identity, words
from quizgen.deckfile import DeckText
from quizgen.errors import QuizgenError
from quizgen.model import Basic, Card, Cloze, Content, Deck, Document, Draft, Evidence, Piece, Work
from quizgen.review import steps
from quizgen.review.steps import Step

_LONGEST_ANSWER = 20  # words, by the rubric
_WORTH_A_CARD = ("insight", "idea", "quote")


@dataclass(frozen=True, slots=True)
class Gap:
    """A piece of a document that no ready card rests on, with its evidence."""

    piece: Piece
    evidence: Evidence

    @property
    def id(self) -> str:
        """Name the gap, so that a form can say which is meant."""
        found = self.evidence
        return identity.short_hash(f"{found.document} {found.lines} {found.text}", 8)


def gaps(deck: Deck, work: Work) -> tuple[Gap, ...]:
    """List the pieces that deserve a card and have none that is ready or a person's own.

    They are insights, ideas and quotes; notes, which have none of these, are told in bullets.
    """
    good = [c for c in deck.cards if c.state != "dropped" and (c.tier == "ready" or not c.id)]
    resting: dict[str, list[int]] = {}
    for card in good:
        for found in card.evidence:
            resting.setdefault(found.document, []).append(found.lines[0])
    return tuple(
        Gap(piece, _evidence(document, piece))
        for document in work.documents
        for piece in _deserving(document)
        if not any(
            piece.lines[0] <= line <= piece.lines[1] for line in resting.get(document.path, ())
        )
    )


def _deserving(document: Document) -> list[Piece]:
    found = [piece for piece in document.pieces if piece.kind in _WORTH_A_CARD]
    return found or [piece for piece in document.pieces if piece.kind == "bullet"]


def _evidence(document: Document, piece: Piece) -> Evidence:
    return Evidence(
        text=" ".join(f"{piece.text} {piece.explanation}".split()),
        document=document.path,
        lines=piece.lines,
        speaker=piece.speaker,
        seconds=piece.seconds,
    )


def answer_for(gap: Gap) -> str:
    """Offer an answer from the piece's own words, cut at a clause to what a card can hold."""
    text = gap.piece.explanation or gap.piece.text
    if words.word_count(text) <= _LONGEST_ANSWER:
        return text
    kept = " ".join(text.split()[:_LONGEST_ANSWER])
    clause = max(kept.rfind(mark) for mark in (", ", "; ", ": ", ". "))
    return (kept[:clause] if clause > len(kept) // 3 else kept).rstrip(",;:. ")


def blanked(text: str, hidden: Sequence[str]) -> Content:
    """Make a cloze of a text by hiding words in it; raise `QuizgenError` if they are not there."""
    made = cloze.escape(text)
    for phrase in hidden:
        at = made.lower().find(phrase.lower())
        if at < 0 or not phrase.strip():
            raise QuizgenError(f"{phrase!r} does not stand in the evidence; copy the words from it")
        made = f"{made[:at]}{{{{{made[at : at + len(phrase)]}}}}}{made[at + len(phrase) :]}"
    return Cloze(made)


def asked(gap: Gap, question: str, answer: str = "") -> Content:
    """Make a question of a person's words; an empty answer is the one on offer."""
    if not question.strip():
        raise QuizgenError("a card needs a question")
    return Basic(question.strip(), answer.strip() or answer_for(gap))


def add(parsed: DeckText, gap: Gap, content: Content, taken: Collection[str] = ()) -> Step:
    """Add a kept card of a person's words; evidence and identity are the code's.

    It comes behind the card whose evidence is nearest. `taken` are ids once given out.
    """
    card = steps.born(parsed, content, (gap.evidence,), taken)
    draft = Draft(content, (gap.evidence,), gap.piece, rule="hand")
    card = replace(card, stamp=replace(card.stamp, origin=identity.origin(draft)))
    near = _nearest(parsed.deck, gap)
    card = replace(card, section=near.section if near else "")
    return steps.added(parsed, card, near.id if near else "")


def _nearest(deck: Deck, gap: Gap) -> Card | None:
    line = gap.evidence.lines[0]
    near = [
        (abs(found.lines[0] - line), found.lines[0] > line, -at)
        for at, card in enumerate(deck.cards)
        if card.id
        for found in card.evidence
        if found.document == gap.evidence.document
    ]
    return deck.cards[-min(near)[2]] if near else None
