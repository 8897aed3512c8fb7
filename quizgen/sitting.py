"""Sit down with a deck to review it: hold it as it is on disk, and save every step at once."""

from __future__ import annotations

import contextlib
import getpass
import os
import secrets
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from quizgen import checks, documents, habits, pipeline, review, store
from quizgen.checks import glossary
from quizgen.deckfile import DeckText
from quizgen.errors import DeckChanged, QuizgenError
from quizgen.history import Event
from quizgen.learning import Taste
from quizgen.model import Card, Deck, Document, Problem, Work
from quizgen.review import judging, likeness, quoting
from quizgen.review.steps import Step


@dataclass(slots=True)
class Sitting:
    """A deck that a person goes through.

    It is the one value of a review that changes: everything a person does goes through `do`,
    `undo` or `redo`, which return once it is on disk. Not for several threads at once.
    """

    stored: store.Stored
    who: str
    sources: documents.Sources
    work: Work | None
    taste: Taste = field(default_factory=Taste)
    decided_at: list[float] = field(default_factory=list[float])
    passed: set[str] = field(default_factory=set[str])
    _latest: str = ""
    _names: frozenset[str] | None = None
    _text: str | None = None
    _at: dict[str, int] = field(default_factory=dict[str, int])
    _counted: tuple[Deck, review.Counts] | None = None
    _stacked: tuple[tuple[Event, ...], review.Stacks] | None = None
    _judged: dict[str, tuple[str, tuple[Problem, ...]]] = field(
        default_factory=dict[str, tuple[str, tuple[Problem, ...]]]
    )
    _likeness: likeness.Index | None = None

    @property
    def path(self) -> Path:
        """Name the deck's file."""
        return self.stored.path

    @property
    def parsed(self) -> DeckText:
        """Return the deck's text as last read."""
        return self.stored.parsed

    @property
    def deck(self) -> Deck:
        """Return the deck as last read."""
        return self.stored.deck

    @property
    def taken(self) -> frozenset[str]:
        """Name every id that was ever given out, so that none is given out again."""
        return frozenset(self.stored.history.made)

    def card(self, card: str) -> Card:
        """Find a card; raise `DeckChanged` if it is not there."""
        return self.deck.cards[self._index(card)]

    def block(self, card: str) -> str:
        """Return a card's text in the deck."""
        return self.parsed.block(self._index(card))

    def _index(self, card: str) -> int:
        """Find a card, most often where it was: cards rarely come or go in a review."""
        cards = self.deck.cards
        at = self._at.get(card, -1)
        if not 0 <= at < len(cards) or cards[at].id != card:
            self._at = {each.id: number for number, each in enumerate(cards) if each.id}
            at = self._at.get(card, -1)
        return at if at >= 0 else self.parsed.index(card)

    # --- saving --------------------------------------------------------------

    def refresh(self) -> bool:
        """Read what has changed on disk; return whether anything has."""
        before = self.parsed
        self.stored = store.reload(self.stored)
        return self.parsed is not before

    def do(self, step: Step) -> None:
        """Save a step, so that a crash after this loses nothing.

        Raise `DeckChanged`, with nothing written, if one of its cards is no longer what it was;
        the deck is then as it is on disk, and the person can look again.
        """
        if not step.edits:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        # A reason that is given afterwards belongs to the step that it explains.
        is_reason = all(edit.before == edit.after for edit in step.edits) and self._latest
        name = step.marks or (self._latest if is_reason else secrets.token_hex(6))
        events = [replace(e, who=self.who, step=name, at=now) for e in step.events]
        try:
            self.stored = store.save(self.path, step.edits, events, known=self.stored)
        except QuizgenError as error:
            self.refresh()
            if isinstance(error, DeckChanged):
                raise DeckChanged(self._meanwhile(step) or str(error)) from None
            raise
        self._latest = "" if step.marks else name
        if any(event.what in ("kept", "dropped") for event in step.events):
            self.decided_at.append(time.monotonic())

    def _meanwhile(self, step: Step) -> str:
        """Say what became of the card that a step was about, as far as the log tells."""
        for edit in step.edits:
            if not any(card.id == edit.card for card in self.deck.cards):
                continue
            now = self.card(edit.card).state
            if self.block(edit.card) == edit.before:
                continue
            who = next(
                (e.who for e in reversed(self.stored.history.told) if e.card == edit.card), ""
            )
            by = f" by {who}" if who and who != self.who else ""
            return (
                f"the card ^{edit.card} was changed meanwhile{by}, and is {now} now; "
                "nothing was written: look at it again"
            )
        return ""

    def undo(self) -> Step:
        """Take this person's last step back, of an earlier session too; return what was done.

        Raise `QuizgenError` where there is none or a card was changed since; that step then
        stays, and the next time the one before it is taken back.
        """
        return self._turn(back=True)

    def redo(self) -> Step:
        """Do again what was last taken back."""
        return self._turn(back=False)

    def _turn(self, *, back: bool) -> Step:
        self.refresh()
        told = self.stored.history.told
        found = review.stacks(told, self.who)
        names = found.done if back else found.undone
        name = next((each for each in reversed(names) if each not in self.passed), "")
        try:
            turn = review.undo if back else review.redo
            step = turn(self.parsed, told, self.who, self.passed)
            if step is None:
                said = "take back" if back else "do again"
                raise QuizgenError(f"There is nothing to {said}.")
            self.do(step)
        except DeckChanged:
            self.passed.add(name)
            raise
        return step

    def start(self, text: str = "") -> review.Session:
        """Queue the cards of a search, by default every draft.

        Raise `UsageError` for a search that cannot be read.
        """
        return review.start(
            self.deck, review.search(text), judge=self.problems, later=self.taste.puts_off
        )

    # --- looking -------------------------------------------------------------

    def document(self, path: str) -> Document | None:
        """Return a document of the deck, None where it is not there."""
        return next((each for each in self.sources.documents if each.path == path), None)

    def context(self, card: Card) -> checks.Context:
        """Say of a card what its documents tell of it."""
        found = {document.path: document for document in self.sources.documents}
        people = self.work.people if self.work else ()
        if self._names is None:
            self._names = glossary.collect(self.sources.documents, people)
        if self._text is None:
            self._text = "\n".join("\n".join(each.lines) for each in self.sources.documents)
        window = pipeline.window(card.evidence, found)
        return checks.Context(self._names, window, self._text, people)

    def problems(self, card: Card) -> tuple[Problem, ...]:
        """List what the checks say of a card; each wording is judged once."""
        block = self.block(card.id)
        known = self._judged.get(card.id)
        if known is None or known[0] != block:
            known = (block, judging.problems(card, block, self.context(card)))
            self._judged[card.id] = known
        return known[1]

    @property
    def year(self) -> str:
        """Return the year of the work, empty when unknown."""
        return (self.work.date if self.work else "")[:4]

    def suggestion(self, card: Card) -> tuple[str, ...]:
        """Say what a mend of a card would change."""
        return judging.suggestion(card, self.block(card.id), self.context(card), year=self.year)

    def similar(self, card: Card) -> tuple[Card, ...]:
        """List the cards most like one, dropped ones aside."""
        if self._likeness is None or len(self._likeness.stems) < len(self.deck.cards):
            self._likeness = likeness.index(self.deck.cards)
        names = likeness.similar(card, self._likeness)
        here = [each for each in self.deck.cards if each.id in names] if names else []
        alive = {each.id: each for each in here if each.state != "dropped"}
        return tuple(alive[each] for each in names if each in alive)

    def views(self, card: Card) -> tuple[tuple[quoting.Line, ...], ...]:
        """Show each evidence of a card in its document."""
        return tuple(
            quoting.view(found, self.document(found.document), card) for found in card.evidence
        )

    def gaps(self) -> tuple[review.Gap, ...]:
        """List the pieces without a ready card; none where the documents are gone."""
        return review.gaps(self.deck, self.work) if self.work else ()

    def standing(self) -> review.Standing:
        """Say where the person stands."""
        counts = self._counted[1] if self._counted else review.Counts()
        if self._counted is None or self._counted[0] is not self.deck:
            before = self._counted[0].cards if self._counted else ()
            counts = review.recount(counts, before, self.deck.cards)
            self._counted = (self.deck, counts)
        return review.standing(counts, self.decided_at)

    @property
    def stacks(self) -> review.Stacks:
        """Name the steps that this person can take back, and do again."""
        told = self.stored.history.told
        if self._stacked is None or self._stacked[0] is not told:
            self._stacked = (told, review.stacks(told, self.who))
        return self._stacked[1]

    def summary(self) -> review.Summary:
        """Sum up what became of the deck."""
        return review.summary(self.deck, self.stored.history.told)


def sit_down(path: Path, who: str = "") -> Sitting:
    """Open a deck for review; `who` is how the log names the person, by default the login name."""
    stored = store.load(path)
    sources = documents.of_deck(stored)
    taste = habits.of_folder(path.parent, stored)
    return Sitting(stored, who or name(), sources, sources.work(), taste)


def name() -> str:
    """Say who is at the keyboard: QUIZGEN_NAME, or the login name."""
    if said := os.environ.get("QUIZGEN_NAME", "").strip():
        return said
    with contextlib.suppress(OSError, KeyError):  # a user id in a container need not have a name
        return getpass.getuser()
    return "someone"
