"""Read the documents that a person names, or that a deck was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quizgen import files, readers, store, works
from quizgen.errors import QuizgenError, UsageError
from quizgen.model import Document, Work

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PASSED_OVER = re.compile(r"(?:readme|license|licence|changelog|contributing)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A document file; `asked` is False for one that was met in a folder."""

    path: Path
    asked: bool = True


def find(names: Sequence[str], decks: Path) -> tuple[list[Found], list[str]]:
    """Turn what was typed into document files and sentences about what was passed over.

    Folders are searched for documents, below hidden folders and the decks' own excepted, and decks
    are never read as documents. Raise `UsageError` for an address or a path that is not there.
    """
    found: list[Found] = []
    notices: list[str] = []
    for name in names:
        if _ADDRESS.match(name):
            raise UsageError(
                f"quizgen fetches nothing from the network: open {name} in a browser, copy the "
                "page's text, and give it to `quizgen make -`"
            )
        path = Path(name)
        if path.is_dir():
            inside = [Found(file, asked=False) for file in _inside(path, decks)]
            if not inside:
                kinds = ", ".join(sorted(readers.suffixes()))
                raise QuizgenError(f"{name} holds no documents; quizgen reads {kinds} files")
            for each in inside:
                if _PASSED_OVER.match(each.path.name):
                    notices.append(f"{each.path} was passed over: name it to have it read")
                else:
                    found.append(each)
        elif not path.exists():
            raise UsageError(f"{name} does not exist; check the spelling")
        elif store.is_deck(path):
            raise UsageError(
                f"{name} is a deck, not a document; did you mean `quizgen review {name}`?"
            )
        else:
            found.append(Found(path))
    unique = {each.path.resolve(): each for each in reversed(found)}
    return [each for each in found if unique[each.path.resolve()] is each], notices


def _inside(folder: Path, decks: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            if path.resolve() != decks.resolve():
                yield from _inside(path, decks)
        elif path.suffix.lower() in readers.suffixes() and not store.is_deck(path):
            yield path


def read(path: Path) -> Document:
    """Read one document; raise `QuizgenError` with a sentence where it cannot be."""
    return readers.read(files.read(path), str(path))


@dataclass(frozen=True, slots=True)
class Sources:
    """The documents a deck was made from, by their paths in the deck, and those not there."""

    documents: tuple[Document, ...]
    missing: tuple[str, ...]

    def work(self) -> Work | None:
        """Take them as one work, as the deck does; None if there is nothing left to read."""
        return works.together(self.documents) if self.documents else None


def of_deck(stored: store.Stored) -> Sources:
    """Read what a deck was made from, as it is now."""
    documents: list[Document] = []
    missing: list[str] = []
    for source in stored.deck.sources:
        path = stored.path.parent / source
        try:
            documents.append(replace(read(path), path=source))
        except QuizgenError:
            missing.append(source)
    return Sources(tuple(documents), tuple(missing))


def assign(
    read: Sequence[Document], shelf: Sequence[store.Entry], how: works.Grouping
) -> list[tuple[Work, Path | None]]:
    """Gather documents into works, each with its deck if it has one.

    Where documents stand in decks already, their decks decide: what a person once put together
    or kept apart stays so without being said again.
    """
    if how == "apart":
        found = [(work, _own_deck(work, shelf)) for work in works.group(read, how)]
    else:
        found = [
            (part, deck_of(part, shelf))
            for work in works.group(read, how)
            for part in (_parted(work, shelf) if how == "as told" else (work,))
        ]
    joined: dict[Path, Work] = {}
    for work, path in found:
        if path in joined:
            joined[path] = works.together((*joined[path].documents, *work.documents))
        elif path:
            joined[path] = work
    assigned: list[tuple[Work, Path | None]] = []
    for work, path in found:
        if path is None:
            assigned.append((work, None))
        elif path in joined:
            assigned.append((joined.pop(path), path))
    return assigned


def _parted(work: Work, shelf: Sequence[store.Entry]) -> list[Work]:
    """Part documents that stand in different decks; the others go with the first of them."""
    owned: dict[Path | None, list[Document]] = {}
    for document in work.documents:
        owned.setdefault(_owner(document, shelf), []).append(document)
    if len(owned) == 1:
        return [work]
    free = owned.pop(None, [])
    own = store.find(shelf, work.id, ())
    best = own if own in owned else next(iter(owned))
    owned[best] += free
    return [works.together(tuple(documents)) for documents in owned.values()]


def _owner(document: Document, shelf: Sequence[store.Entry]) -> Path | None:
    path = Path(document.path).resolve()
    return next((entry.path for entry in shelf if path in entry.sources), None)


def _own_deck(work: Work, shelf: Sequence[store.Entry]) -> Path | None:
    """Find the deck of a document that stands alone: a deck that has no other document."""
    sources = frozenset(Path(document.path).resolve() for document in work.documents)
    for entry in shelf:
        if entry.id == work.id or entry.sources == sources:
            return entry.path
    return None


def deck_of(work: Work, shelf: Sequence[store.Entry]) -> Path | None:
    """Find the deck that a work belongs to: by id, by a shared document, or as the same work.

    A deck made from a page alone is thus found again when the recording's transcript comes.
    """
    path = store.find(shelf, work.id, [Path(document.path) for document in work.documents])
    if path:
        return path
    titles = {works.normalise(document.title) for document in work.documents if document.title}
    for entry in shelf:
        if works.normalise(entry.title) not in titles:
            continue
        sources = of_deck(store.load(entry.path, tolerant=True))
        if sources.documents and len(works.group([*sources.documents, *work.documents])) == 1:
            return entry.path
    return None
