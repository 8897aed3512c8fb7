"""Serve the page on a port of this machine, as the command does, in a thread."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from quizgen.ui.web import server
from quizgen.ui.web.guard import OPEN, Keys
from quizgen.ui.web.room import Room


@dataclass(frozen=True)
class Site:
    """A page that is being served."""

    room: Room
    keys: Keys

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.keys.port}"

    @property
    def entrance(self) -> str:
        return f"{self.origin}{OPEN}?secret={self.keys.page}"

    def review(self, path: Path) -> str:
        return f"{self.origin}/review?deck={self.room.key(path)}"


@contextmanager
def served(folder: Path, *named: Path) -> Generator[Site]:
    """Serve a folder's decks until the block ends."""
    with server.listen(0) as taken:
        keys = Keys(taken.getsockname()[1])
        room = Room(folder, named)
        running = server.make(room, keys)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [taken]})
        thread.start()
        try:
            yield Site(room, keys)
        finally:
            running.should_exit = True
            thread.join()
