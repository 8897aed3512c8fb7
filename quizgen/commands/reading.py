"""Read what a person names on the command line, and say of the rest why it cannot be read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any, TypeVar

import click

from quizgen import documents, files, readers, store
from quizgen.errors import QuizgenError, UsageError
from quizgen.model import Document
from quizgen.works import Grouping

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Reading:
    """The documents of a run; `pasted` are files still to be written, by path."""

    read: list[Document] = field(default_factory=list[Document])
    pasted: dict[str, bytes] = field(default_factory=dict[str, bytes])
    failed: bool = False


def grouping(command: _Command) -> _Command:
    """Add the options that override which documents are about one work."""
    apart = click.option("--apart", is_flag=True, help="One deck for each document.")
    together = click.option("--together", is_flag=True, help="One deck for all documents given.")
    return together(apart(command))


def how(*, together: bool, apart: bool) -> Grouping:
    """Turn the two options into one wish; raise `UsageError` for both."""
    if together and apart:
        raise UsageError("--together and --apart cannot both be true; give one of them")
    return "together" if together else "apart" if apart else "as told"


def read(paths: Sequence[str], folder: Path) -> Reading:
    """Read what can be read; sentences about the others and about guesses go to stderr.

    A paste on standard input is named as the file in `folder` that is to keep it.
    """
    found, notices = documents.find([path for path in paths if path != "-"], folder)
    for notice in notices:
        click.echo(f"quizgen: {notice}", err=True)
    reading = Reading()
    for each in found:
        try:
            reading.read.append(documents.read(each.path))
        except QuizgenError as error:
            reading.failed = True
            click.echo(f"quizgen: {error}", err=True)
    if "-" in paths:
        keep(reading, pasted(), folder)
    for document in reading.read:
        for notice in document.notices:
            # Of several documents none could tell whose line 7 is meant.
            where = "" if notice.startswith(document.path) else f"{document.path}: "
            click.echo(f"quizgen: {where}{notice}", err=True)
    return reading


def pasted() -> bytes:
    """Read all of standard input, telling a person at a terminal how to end it."""
    if sys.stdin.isatty():
        click.echo("Paste the text, then press Ctrl-D (Ctrl-Z and Enter on Windows).", err=True)
    return sys.stdin.buffer.read()


def keep(reading: Reading, data: bytes, folder: Path, *, name: str = "-") -> None:
    """Read a document that has no file yet; it will be kept in `folder`, beside its deck.

    `name` is what its owner calls the file, folders aside; without one its title names it.
    """
    called = PurePath(name.replace("\\", "/")).name or "-"
    document = readers.read(data, called)
    given = called != "-"
    stem = store.slug(PurePath(called).stem if given else document.title or _first_words(document))
    suffix = PurePath(called).suffix.lower() if given else ""
    number = 1
    while True:
        path = folder / f"{stem}{'' if number == 1 else f'-{number}'}{suffix or '.txt'}"
        there = reading.pasted.get(str(path))
        if there is None and not path.exists():
            reading.pasted[str(path)] = data
            break
        if (files.read(path) if there is None else there) == data:
            break
        number += 1
    reading.read.append(replace(document, path=str(path)))


def _first_words(document: Document) -> str:
    text = next((piece.text or piece.heading for piece in document.pieces), "")
    return " ".join(text.split()[:6])
