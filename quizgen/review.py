"""Go through drafts, one decision at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizgen import cardtext, cloze, deckfile, identity, words
from quizgen.deckfile import DeckText, Edit
from quizgen.errors import QuizgenError
from quizgen.model import (
    Basic,
    Card,
    Cloze,
    Content,
    Deck,
    Document,
    Draft,
    Evidence,
    Piece,
    Stamp,
    State,
    Work,
)

_LONGEST_ANSWER = 20  # words, by the rubric


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done; `edit` is empty for a skip."""

    card: str
    edit: Edit | None


@dataclass(frozen=True, slots=True)
class Session:
    """The ids still to settle, the current one first, and the steps that can be undone."""

    queue: tuple[str, ...]
    done: tuple[Step, ...] = ()

    @property
    def current(self) -> str:
        """Return the id of the card on the table, empty when all are settled."""
        return self.queue[0] if self.queue else ""


def start(deck: Deck) -> Session:
    """Queue the drafts of a deck, ready ones first, otherwise in file order."""
    drafts = [card for card in deck.cards if card.state == "draft"]
    drafts.sort(key=lambda card: card.tier != "ready")
    return Session(tuple(card.id for card in drafts))


def decide(session: Session, parsed: DeckText, state: State) -> tuple[Session, Edit]:
    """Settle the current card and go on to the next."""
    before = parsed.block(parsed.index(session.current))
    edit = Edit(session.current, before, deckfile.restamp(before, state=state))
    step = Step(session.current, edit)
    return Session(session.queue[1:], (*session.done, step)), edit


def edit(session: Session, parsed: DeckText, after: str) -> tuple[Session, Edit]:
    """Give the current card new text; it stays on the table to be settled.

    Raise `DeckSyntaxError` if the text is no card.
    """
    before = parsed.block(parsed.index(session.current))
    cardtext.parse(after)
    made = Edit(session.current, before, after.strip("\n"))
    return replace(session, done=(*session.done, Step(session.current, made))), made


def skip(session: Session) -> Session:
    """Put the current card at the end of the queue."""
    step = Step(session.current, None)
    return Session((*session.queue[1:], session.current), (*session.done, step))


def undo(session: Session, parsed: DeckText) -> tuple[Session, Edit | None]:
    """Take the last step back; the edit to save is None where nothing had been written.

    The card goes back as it was, unless it was changed in the deck since.
    """
    if not session.done:
        return session, None
    step = session.done[-1]
    queue = (step.card, *(card for card in session.queue if card != step.card))
    back = step.edit.reversed() if step.edit else None
    if back:
        parsed.index(back.card)
    return Session(queue, session.done[:-1]), back


# --- adding a card -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gap:
    """An insight, idea or quote that no ready card rests on, with its evidence."""

    piece: Piece
    evidence: Evidence


def gaps(deck: Deck, work: Work) -> tuple[Gap, ...]:
    """List the pieces that deserve a card and have none that is ready or a person's own."""
    good = [c for c in deck.cards if c.state != "dropped" and (c.tier == "ready" or not c.id)]
    return tuple(
        Gap(piece, _evidence(document, piece))
        for document in work.documents
        for piece in document.pieces
        if piece.kind in ("insight", "idea", "quote")
        and not any(_rests_on(card, document, piece) for card in good)
    )


def _rests_on(card: Card, document: Document, piece: Piece) -> bool:
    first, last = piece.lines
    return any(
        found.document == document.path and first <= found.lines[0] <= last
        for found in card.evidence
    )


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


def add(deck: Deck, gap: Gap, content: Content, taken: Sequence[str]) -> Card:
    """Make a kept card of a person's words; evidence and identity are the code's."""
    draft = Draft(content, (gap.evidence,), gap.piece, rule="hand")
    made_from = identity.origin(draft)
    used = {*taken, *(card.id for card in deck.cards)}
    return Card(
        id=identity.card_id(deck.id, made_from, used),
        content=content,
        evidence=(gap.evidence,),
        state="kept",
        tier="ready",
        section=_section(deck, gap),
        stamp=Stamp(rule="hand", origin=made_from),
    )


def _section(deck: Deck, gap: Gap) -> str:
    """Put the card where its neighbours are: with the cards of the same or the nearest lines."""
    near = [
        (abs(found.lines[0] - gap.evidence.lines[0]), card.section)
        for card in deck.cards
        for found in card.evidence
        if found.document == gap.evidence.document
    ]
    return min(near, default=(0, ""))[1]


def basic(question: str, answer: str) -> Content:
    """Make a basic card of two lines that a person typed."""
    if not question.strip() or not answer.strip():
        raise QuizgenError("a card needs a question and an answer")
    return Basic(question.strip(), answer.strip())
