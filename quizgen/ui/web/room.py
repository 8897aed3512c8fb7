"""Keep what one run of the page works on: the decks, and how the person wants to see them."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quizgen import store
from quizgen.errors import QuizgenError
from quizgen.sitting import Sitting
from quizgen.ui.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a deck is, or the sentence why that cannot be said."""

    key: str
    title: str
    path: Path
    kept: int = 0
    dropped: int = 0
    left: int = 0
    error: str = ""

    @property
    def all(self) -> int:
        """Count the deck's cards."""
        return self.kept + self.dropped + self.left


@dataclass(slots=True)
class Room:
    """The decks of a folder and those that were named.

    One lock lets requests pass one after the other: a person has two hands.
    """

    folder: Path
    named: tuple[Path, ...] = ()
    who: str = ""
    close: Callable[[], None] = lambda: None
    hide: bool = False
    paper: bool = False
    found: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    refused: list[str] = field(default_factory=list[str])
    lock: threading.RLock = field(default_factory=threading.RLock)
    _desks: dict[str, Desk] = field(default_factory=dict[str, Desk])
    _progress: dict[Path, tuple[tuple[int, int], Progress]] = field(
        default_factory=dict[Path, tuple[tuple[int, int], Progress]]
    )

    def key(self, path: Path) -> str:
        """Name a deck by what no address can turn into a path."""
        return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]

    def decks(self) -> tuple[Path, ...]:
        """List the decks, those that were named first, then the latest first."""
        named = {path.resolve() for path in self.named}
        others = [path for path in store.decks(self.folder) if path.resolve() not in named]
        others.sort(key=lambda path: -path.stat().st_mtime_ns)
        return (*self.named, *others)

    def desk(self, key: str) -> Desk:
        """Sit down at a deck; raise `QuizgenError` where there is none of this name."""
        known = self._desks.get(key)
        if known and known.path.exists():  # looking through the folder takes its time
            return known
        path = next((path for path in self.decks() if self.key(path) == key), None)
        if path is None:
            raise QuizgenError("this deck is not there any more; go back to the list of decks")
        self._desks[key] = Desk.open(path, self.who)
        return self._desks[key]

    def opened(self) -> tuple[Sitting, ...]:
        """List the sittings at the decks that were looked at."""
        return tuple(desk.seat for desk in self._desks.values())

    def progress(self) -> Sequence[Progress]:
        """Say of every deck how far it is, reading only those that have changed."""
        return [self._of(path) for path in self.decks()]

    def _of(self, path: Path) -> Progress:
        try:
            stat = path.stat()
            seen = (stat.st_mtime_ns, stat.st_size)
        except OSError:
            seen = (0, 0)
        known = self._progress.get(path)
        if known is None or known[0] != seen:
            known = (seen, self._read(path))
            self._progress[path] = known
        return known[1]

    def _read(self, path: Path) -> Progress:
        key = self.key(path)
        try:
            deck = store.load(path, tolerant=True).deck
        except QuizgenError as error:
            return Progress(key, path.stem, path, error=str(error))
        states = [card.state for card in deck.cards]
        return Progress(
            key,
            deck.title or path.stem,
            path,
            states.count("kept"),
            states.count("dropped"),
            states.count("draft"),
        )
