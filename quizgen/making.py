"""Write or update the deck of a work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from quizgen import deckfile, documents, files, pipeline, store, works
from quizgen.errors import QuizgenError
from quizgen.generate import offline
from quizgen.model import Deck, Document, Generate, Wish, Work
from quizgen.pipeline import Outcome


@dataclass(frozen=True, slots=True)
class Made:
    """What making a deck came to.

    `names` gives each document as the person named it, by its path in the deck; `missing` are
    sources of the deck that are no longer there.
    """

    path: Path
    work: Work
    outcome: Outcome
    before: int
    names: Mapping[str, str]
    missing: tuple[str, ...] = ()

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
        return _updated(Made(path, work, _NOTHING, 0, names, missing), pasted, generate, dry_run)
    sources = tuple(document.path for document in work.documents)
    empty = Deck(work.id, work.title, sources)
    outcome = pipeline.make(work, generate, Wish(), deck=empty, gone={}, why_not=_why_not(generate))
    if outcome.new and not dry_run:
        _keep(pasted, names)
        store.create(path, replace(empty, cards=outcome.new))
    return Made(path, work, outcome, 0, names)


def _why_not(generate: Generate) -> pipeline.WhyNot | None:
    """Let the rules say why they made nothing; another generator has its own reasons."""
    return offline.why_not if generate is offline.generate else None


_NOTHING = Outcome((), (), ())


def _updated(
    made: Made,
    pasted: Mapping[str, bytes],
    generate: Generate,
    dry_run: bool,  # noqa: FBT001
) -> Made:
    def change(now: store.Stored) -> str:
        nonlocal made
        outcome = pipeline.make(
            made.work,
            generate,
            Wish(),
            deck=now.deck,
            gone=now.history.gone(card.id for card in now.deck.cards),
            made=tuple(now.history.made),
            why_not=_why_not(generate),
        )
        made = replace(made, outcome=outcome, before=len(now.deck.cards))
        text = deckfile.add(now.parsed, outcome.new) if outcome.new else now.parsed.text
        fresh = [doc.path for doc in made.work.documents if doc.path not in now.deck.sources]
        if not fresh:
            return text
        if not dry_run:
            _keep(pasted, made.names)
        return deckfile.set_sources(deckfile.parse(text), [*now.deck.sources, *fresh])

    if dry_run:
        change(store.load(made.path))
    else:
        store.update(made.path, change)
    return made


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
    """Add the deck's other documents, so that new pages meet old transcripts."""
    here = {Path(document.path).resolve() for document in work.documents}
    old: list[Document] = []
    missing: list[str] = []
    for source in stored.deck.sources:
        path = stored.path.parent / source
        if path.resolve() in here:
            continue
        try:
            old.append(documents.read(path))
        except QuizgenError:
            missing.append(str(path))
    together = works.together((*old, *work.documents)) if old else work
    return together, tuple(missing)
