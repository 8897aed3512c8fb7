"""Write or update the deck of a work."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quizgen import (
    cardtext,
    deckfile,
    documents,
    familiar,
    files,
    history,
    identity,
    pipeline,
    quoteaudit,
    standing,
    store,
    works,
)
from quizgen.deckfile import DeckText, Edit
from quizgen.errors import QuizgenError
from quizgen.familiar import Familiar
from quizgen.generate import offline
from quizgen.history import Event
from quizgen.learning import Taste
from quizgen.model import Card, Deck, Document, Generate, Wish, Work
from quizgen.pipeline import Outcome, WhyNot
from quizgen.shelf import Memory


@dataclass(frozen=True, slots=True)
class Placed:
    """A work as its deck will hold it: documents named as the deck names them.

    `names` and `missing` are as in `Made`.
    """

    work: Work
    path: Path
    names: Mapping[str, str]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """What making a deck came to.

    `deck` is the deck as it now is; a dry run tells it as it would be. `names` gives each
    document as the person named it, by its path in the deck; `missing` are sources of the deck
    that are no longer there. `moved` counts cards whose evidence stands on other lines than it
    did, and `remade` drafts that were made anew for another reason. `doubted` says of cards that
    the person settled what a document has against them, `gone` of any card that its evidence
    stands no longer. `known` are new cards that the person has in Anki already.
    """

    path: Path
    work: Work
    outcome: Outcome
    deck: Deck
    before: int
    names: Mapping[str, str]
    missing: tuple[str, ...] = ()
    moved: int = 0
    remade: int = 0
    doubted: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    known: tuple[Familiar, ...] = ()

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
    why_not: WhyNot | None = None,
    told: str = "",
    taste: Taste | None = None,
    notes: Sequence[Card] = (),
    dry_run: bool = False,
) -> Made:
    """Make the cards of a work and add to its deck those that it does not have.

    `known` is the work's deck if it has one. `pasted` are documents that exist only in memory,
    by the path where they are to be kept; they are written with the first deck that uses them.
    `why_not` gives the generator's reasons; the rules have their own. `told` is what the deck's
    log is to remember of this run, `taste` what the person mostly rejects, to come later. `notes`
    are what the person has in Anki: new cards that ask for the same are marked, and made all the
    same.
    The whole of an update happens under the deck's lock, so that it meets the deck as it is.
    """
    placed = place(work, folder, known)
    work, path, names = placed.work, placed.path, placed.names
    if why_not is None and generate is offline.generate:
        why_not = offline.why_not

    puts_off = (taste or Taste()).puts_off
    found: tuple[Familiar, ...] = ()

    def make(memory: Memory) -> Outcome:
        nonlocal found
        outcome = pipeline.make(work, generate, Wish(), memory, why_not=why_not, puts_off=puts_off)
        found = familiar.find(outcome.new, notes)
        return _marked(outcome, found)

    sources = tuple(document.path for document in work.documents)
    empty = Deck(work.id, work.title, sources, language=_language(work))
    said = [Event("asked", why=told)] if told else []
    if known:
        made = Made(path, work, Outcome(), empty, 0, names, placed.missing)
        return replace(_updated(made, make, pasted, said, dry_run=dry_run), known=found)
    outcome = make(Memory(empty))
    fresh = replace(empty, cards=outcome.new)
    if outcome.new and not dry_run:
        _keep(pasted, names)
        store.create(path, fresh, [*said, *_told(outcome)])
    return Made(path, work, outcome, fresh, 0, names, known=found)


def _marked(outcome: Outcome, known: Sequence[Familiar]) -> Outcome:
    ids = {each.card for each in known}
    cards = (familiar.marked(card) if card.id in ids else card for card in outcome.new)
    return replace(outcome, new=tuple(cards)) if known else outcome


def by_rules(work: Work) -> Outcome:
    """Tell what the rules alone would make of a work, for comparison."""
    memory = Memory(Deck(work.id, work.title))
    return pipeline.make(work, offline.generate, Wish(), memory, why_not=offline.why_not)


def place(work: Work, folder: Path, known: Path | None) -> Placed:
    """Tell where a work's deck is or will be, and name the work's documents as the deck does."""
    missing: tuple[str, ...] = ()
    if known:
        work, missing = _with_old_sources(work, store.load(known))
    path = known or store.new_path(folder, Deck(work.id, work.title))
    names = {store.relative(Path(doc.path), path): doc.path for doc in work.documents}
    return Placed(replace(work, documents=_from_deck(work, path)), path, names, missing)


def _language(work: Work) -> str:
    """Return the language that all documents share; empty for English, and where they differ."""
    languages = {document.language for document in work.documents}
    return next(iter(languages - {"en"})) if len(languages) == 1 and languages != {"en"} else ""


def _told(outcome: Outcome) -> Iterator[Event]:
    """Write down how each card was made, so that an edit by hand is noticed later."""
    for card in outcome.new:
        yield history.of("made", card)
    for _, card in outcome.changed:
        yield history.of("remade", card)
    for card, origin in outcome.merged:
        yield Event("merged", card, origin=origin)


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
    make: Callable[[Memory], Outcome],
    pasted: Mapping[str, bytes],
    said: Sequence[Event],
    *,
    dry_run: bool,
) -> Made:
    events: list[Event] = []

    def change(now: store.Stored) -> str:
        nonlocal made
        cards = [card.id for card in now.deck.cards]
        untouched = _untouched(now)
        outcome = make(
            Memory(
                now.deck,
                origins=now.history.origins,
                made=now.history.made,
                deleted=tuple(now.history.deleted(cards)),
                untouched=untouched,
            )
        )
        moves = tuple(_moves(now.parsed, outcome))
        edits = [*moves, *_remakings(now.parsed, outcome)]
        text = deckfile.apply(now.parsed, edits) if edits else now.parsed.text
        events[:] = [*said, *_told(outcome), *_moved(moves, untouched)]
        if outcome.new:
            text = deckfile.add(deckfile.parse(text), outcome.new)
        fresh = [doc.path for doc in made.work.documents if doc.path not in now.deck.sources]
        if fresh:
            if not dry_run:
                _keep(pasted, made.names)
            text = deckfile.set_sources(deckfile.parse(text), [*now.deck.sources, *fresh])
        after = deckfile.parse(text)
        shifted = sum(_only_moved(old, new) for old, new in outcome.changed)
        made = replace(
            made,
            outcome=outcome,
            deck=after.deck,
            before=len(cards),
            moved=shifted + _count_moved(moves, outcome),
            remade=len(outcome.changed) - shifted,
        )
        seen = now.parsed if dry_run else after
        made = replace(made, doubted=tuple(_doubted(seen, made)), gone=tuple(_gone(seen, made)))
        return text

    if dry_run:
        change(store.load(made.path))
    else:
        store.update(made.path, change, events)
    return made


def _remakings(parsed: DeckText, outcome: Outcome) -> Iterator[Edit]:
    for old, new in outcome.changed:
        yield Edit(new.id, parsed.block(parsed.index(old.id)), cardtext.render(new))


def _moves(parsed: DeckText, outcome: Outcome) -> Iterator[Edit]:
    """Correct places and marks in the text of cards that are otherwise left as they are."""
    for each in outcome.standing:
        if each.changes:
            before = parsed.block(parsed.index(each.card.id))
            after = standing.rewritten(before, each)
            if after != before:
                yield Edit(each.card.id, before, after)


def _count_moved(edits: Iterable[Edit], outcome: Outcome) -> int:
    """Count the cards of which a place was corrected, and not only the mark."""
    elsewhere = {each.card.id for each in outcome.standing if each.moved}
    return sum(edit.card in elsewhere for edit in edits)


def _moved(edits: Iterable[Edit], untouched: Container[str]) -> Iterator[Event]:
    """Write down drafts that nobody has touched but this program, so that they stay so."""
    for edit in edits:
        if edit.card in untouched:
            yield history.of("remade", cardtext.parse(edit.after))


def _only_moved(old: Card, new: Card) -> bool:
    """Claim that a card differs from what it was by lines of its evidence alone."""
    if len(old.evidence) != len(new.evidence):
        return False
    pairs = zip(old.evidence, new.evidence, strict=True)
    there = tuple(replace(was, lines=now.lines) for was, now in pairs)
    return replace(old, evidence=there, stamp=new.stamp) == new and old.evidence != new.evidence


def _doubted(parsed: DeckText, made: Made) -> Iterator[str]:
    for doubt in made.outcome.doubts:
        here = _here(parsed, made, doubt.card)
        if doubt.said.match == "near":
            place = quoteaudit.place(doubt.said, made.names)
            yield f"{here} is quoted not quite as it was said: “{doubt.said.text}” — {place}"
        else:
            yield f"{here} quotes what was never said like that; edit it, or drop it"


def _gone(parsed: DeckText, made: Made) -> Iterator[str]:
    """Say of each card that rests on words no longer there what is missing."""
    absent = {store.relative(Path(path), made.path): path for path in made.missing}
    present = {document.path for document in made.work.documents}
    for each in made.outcome.standing:
        if each.lost and each.card.id and each.card.state != "dropped":
            why = standing.sentence(each, present, {**made.names, **absent})
            yield f"{_here(parsed, made, each.card.id)} {why}"


def _here(parsed: DeckText, made: Made, card: str) -> str:
    return f"{made.path}:{parsed.places[parsed.index(card)].line}: ^{card}"


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
            missing.append(os.path.normpath(path))
    ordered += given.values()
    if tuple(ordered) != work.documents:
        work = works.together(tuple(ordered))
    return work, tuple(missing)
