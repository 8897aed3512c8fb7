"""Keep every answer that was paid for, and what each server was found to understand."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Generator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from quizgen.errors import QuizgenError
from quizgen.llm.values import Usage

_FORMAT = 1
_BUSY = 30.0  # seconds to wait for another program's write, which takes milliseconds
_TABLES = """
CREATE TABLE IF NOT EXISTS answers (
    key BLOB PRIMARY KEY, value TEXT NOT NULL, model TEXT NOT NULL, stage TEXT NOT NULL,
    requests INTEGER NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL,
    cached_input INTEGER NOT NULL, cost TEXT, is_estimate INTEGER NOT NULL,
    made TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dialects (
    url TEXT NOT NULL, model TEXT NOT NULL, dialect TEXT NOT NULL, PRIMARY KEY (url, model)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is kept: its JSON, who gave it and what it took."""

    value: str
    usage: Usage
    model: str


def key(url: str, body: bytes) -> bytes:
    """Return the name of an answer: a hash of the address and of what was asked there."""
    return hashlib.sha256(url.encode() + b"\0" + body).digest()


class Cache:
    """A file of answers. Several programs may use it at once, and any may be killed at any time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._sentences():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Answers repeat what is in people's documents, so they are the owner's alone.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._file = sqlite3.connect(path, timeout=_BUSY, isolation_level=None)
        try:
            with self._sentences():
                self._prepare()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def find(self, key: bytes) -> Kept | None:
        """Return the answer of that name."""
        row = self._run(
            "SELECT value, model, requests, input, output, cached_input, cost, is_estimate"
            " FROM answers WHERE key = ?",
            key,
        )
        if row is None:
            return None
        value, model, requests, given, written, cached, cost, estimate = row
        paid = None if cost is None else Decimal(cost)
        return Kept(value, Usage(requests, given, written, cached, paid, bool(estimate)), model)

    def keep(self, key: bytes, kept: Kept, *, stage: str) -> None:
        """Write an answer; it is on the disk when this returns."""
        used = kept.usage
        self._run(
            "INSERT OR REPLACE INTO answers (key, value, model, stage,"
            " requests, input, output, cached_input, cost, is_estimate)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(key, kept.value, kept.model, stage, used.requests, used.input, used.output),
            *(used.cached_input, None if used.cost is None else str(used.cost), used.is_estimate),
        )

    def dialect(self, url: str, model: str) -> str:
        """Return what is remembered of a server and a model; "" for nothing."""
        row = self._run("SELECT dialect FROM dialects WHERE url = ? AND model = ?", url, model)
        return row[0] if row else ""

    def remember(self, url: str, model: str, dialect: str) -> None:
        """Write what a server and a model were found to understand."""
        self._run("INSERT OR REPLACE INTO dialects VALUES (?, ?, ?)", url, model, dialect)

    def _prepare(self) -> None:
        self._file.execute("PRAGMA journal_mode = WAL")
        # Answers cost money: they outlive a power cut, too, for a millisecond each.
        self._file.execute("PRAGMA synchronous = FULL")
        (found,) = self._file.execute("PRAGMA user_version").fetchone()
        if found not in {0, _FORMAT}:
            raise QuizgenError(
                f"{self.path} was written by another version of quizgen: "
                "use that one, or move the file away and pay for its answers again"
            )
        self._file.executescript(_TABLES)
        self._file.execute(f"PRAGMA user_version = {_FORMAT}")

    def _run(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        with self._sentences():
            return self._file.execute(statement, values).fetchone()

    @contextlib.contextmanager
    def _sentences(self) -> Generator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise QuizgenError(
                f"the file of answers {self.path} cannot be used: {error}; "
                "free space or rights, or move the file away if it is damaged"
            ) from error
