"""Write or update the deck of a work."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from quizgen import (
    cardtext,
    deckfile,
    documents,
    files,
    identity,
    pipeline,
    quoteaudit,
    store,
    works,
)
from quizgen.deckfile import Edit
from quizgen.errors import QuizgenError
from quizgen.generate import offline
from quizgen.history import Event, What
from quizgen.model import Card, Deck, Document, Generate, Wish, Work
from quizgen.pipeline import Memory, Outcome


@dataclass(frozen=True, slots=True)
class Made:
    """What making a deck came to.

    `names` gives each document as the person named it, by its path in the deck; `missing` are
    sources of the deck that are no longer there. `doubted` says of cards that the person settled
    what a document has against them.
    """

    path: Path
    work: Work
    outcome: Outcome
    before: int
    names: Mapping[str, str]
    missing: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Claim that there is no deck, since nothing worth a card was found."""
        return not self.before and not self.outcome.new


def deck(
    work: Work,
    folder: Path,
    known: Path | None,
    *,
    pasted: Mapping[str, bytes],
    generate: Generate = offline.generate,
    dry_run: bool = False,
) -> Made:
    """Make the cards of a work and add to its deck those that it does not have.

    `known` is the work's deck if it has one. `pasted` are documents that exist only in memory,
    by the path where they are to be kept; they are written with the first deck that uses them.
    The whole of an update happens under the deck's lock, so that it meets the deck as it is.
    """
    missing: tuple[str, ...] = ()
    if known:
        work, missing = _with_old_sources(work, store.load(known))
    path = known or store.new_path(folder, Deck(work.id, work.title))
    names = {store.relative(Path(doc.path), path): doc.path for doc in work.documents}
    work = replace(work, documents=_from_deck(work, path))
    if known:
        return _updated(Made(path, work, Outcome(), 0, names, missing), pasted, generate, dry_run)
    sources = tuple(document.path for document in work.documents)
    empty = Deck(work.id, work.title, sources)
    outcome = pipeline.make(work, generate, Wish(), Memory(empty), why_not=_why_not(generate))
    if outcome.new and not dry_run:
        _keep(pasted, names)
        store.create(path, replace(empty, cards=outcome.new), list(_told(outcome)))
    return Made(path, work, outcome, 0, names)


def _why_not(generate: Generate) -> pipeline.WhyNot | None:
    """Let the rules say why they made nothing; another generator has its own reasons."""
    return offline.why_not if generate is offline.generate else None


def _told(outcome: Outcome) -> Iterator[Event]:
    """Write down how each card was made, so that an edit by hand is noticed later."""
    for card in outcome.new:
        yield _event("made", card)
    for _, card in outcome.changed:
        yield _event("remade", card)


def _event(what: What, card: Card) -> Event:
    return Event(what, card.id, origin=card.stamp.origin, words=identity.fingerprint(card))


def _untouched(now: store.Stored) -> set[str]:
    """Name the drafts that stand in the deck letter for letter as they were made."""
    found: set[str] = set()
    for index, card in enumerate(now.deck.cards):
        made = now.history.words.get(card.id)
        if card.state != "draft" or made != identity.fingerprint(card):
            continue
        if now.parsed.block(index).strip() == cardtext.render(card):
            found.add(card.id)
    return found


def _updated(
    made: Made,
    pasted: Mapping[str, bytes],
    generate: Generate,
    dry_run: bool,  # noqa: FBT001
) -> Made:
    events: list[Event] = []

    def change(now: store.Stored) -> str:
        nonlocal made
        memory = Memory(
            now.deck,
            gone=now.history.gone(card.id for card in now.deck.cards),
            made=now.history.made,
            untouched=_untouched(now),
        )
        outcome = pipeline.make(made.work, generate, Wish(), memory, why_not=_why_not(generate))
        doubted = tuple(_doubted(now, outcome, made))
        made = replace(made, outcome=outcome, before=len(now.deck.cards), doubted=doubted)
        events[:] = _told(outcome)
        edits = [
            Edit(new.id, cardtext.render(old), cardtext.render(new)) for old, new in outcome.changed
        ]
        text = deckfile.apply(now.parsed, edits) if edits else now.parsed.text
        if outcome.new:
            text = deckfile.add(deckfile.parse(text), outcome.new)
        fresh = [doc.path for doc in made.work.documents if doc.path not in now.deck.sources]
        if not fresh:
            return text
        if not dry_run:
            _keep(pasted, made.names)
        return deckfile.set_sources(deckfile.parse(text), [*now.deck.sources, *fresh])

    if dry_run:
        change(store.load(made.path))
    else:
        store.update(made.path, change, events)
    return made


def _doubted(now: store.Stored, outcome: Outcome, made: Made) -> Iterator[str]:
    for doubt in outcome.doubts:
        line = now.parsed.places[now.parsed.index(doubt.card)].line
        here = f"{made.path}:{line}: ^{doubt.card}"
        if doubt.said.match == "near":
            place = quoteaudit.place(doubt.said, made.names)
            yield f"{here} is quoted not quite as it was said: “{doubt.said.text}” — {place}"
        else:
            yield f"{here} quotes what was never said like that; edit it, or drop it"


def _keep(pasted: Mapping[str, bytes], names: Mapping[str, str]) -> None:
    for name in names.values():
        if name in pasted:
            files.write(Path(name), pasted[name])


def _from_deck(work: Work, path: Path) -> tuple[Document, ...]:
    """Name documents as the deck does."""
    return tuple(
        replace(document, path=store.relative(Path(document.path), path))
        for document in work.documents
    )


def _with_old_sources(work: Work, stored: store.Stored) -> tuple[Work, tuple[str, ...]]:
    """Add the deck's other documents, so that new pages meet old transcripts.

    The order is the deck's, whatever the order in which a person names files today.
    """
    given = {Path(document.path).resolve(): document for document in work.documents}
    ordered: list[Document] = []
    missing: list[str] = []
    for source in stored.deck.sources:
        path = stored.path.parent / source
        here = given.pop(path.resolve(), None)
        try:
            # `decks/../talk.txt` is `talk.txt` to whoever reads the report.
            ordered.append(here or documents.read(Path(os.path.normpath(path))))
        except QuizgenError:
            missing.append(str(path))
    ordered += given.values()
    if tuple(ordered) != work.documents:
        work = works.together(tuple(ordered))
    return work, tuple(missing)
