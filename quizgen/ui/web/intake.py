"""Take in documents that a person pastes or drops, and make decks of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from quizgen import (
    coverage,
    documents,
    files,
    habits,
    making,
    markup,
    quoteaudit,
    seen,
    store,
    works,
)
from quizgen.commands import reading
from quizgen.errors import QuizgenError
from quizgen.making import Made
from quizgen.model import Document, Kind
from quizgen.works import Grouping

Given = tuple[str, bytes]
"""A document's name as its owner calls it, `-` for pasted text, and its bytes."""


def read(given: Sequence[Given], folder: Path) -> tuple[reading.Reading, list[str]]:
    """Read what was given; say of the rest why it cannot be read."""
    taken = reading.Reading()
    refused: list[str] = []
    sources = {path for entry in store.shelf(folder) for path in entry.sources}
    for name, data in given:
        try:
            if known := _kept(data, sources):
                taken.read.append(documents.read(known))
            else:
                reading.keep(taken, data, folder, name=name)
        except QuizgenError as error:
            shown = "The pasted text" if name == "-" else name
            refused.append(str(error).replace("- is empty", f"{shown} is empty", 1))
    return taken, refused


def _kept(data: bytes, sources: Iterable[Path]) -> Path | None:
    """Find a document of a deck with the very same bytes; a copy would be another document."""
    for path in sources:
        if path.is_file() and path.stat().st_size == len(data) and files.read(path) == data:
            return path
    return None


def make(taken: reading.Reading, folder: Path, how: Grouping) -> Iterator[Made]:
    """Make or update the deck of every work."""
    taste = habits.of_folder(folder)
    for work, known in documents.assign(taken.read, store.shelf(folder), how):
        yield making.deck(work, folder, known, pasted=taken.pasted, taste=taste)


def told(made: Made, key: str) -> dict[str, Any]:
    """Say what was found in a work and what became of it, as plain values."""
    rows = [replace(row, document=_name(made.names[row.document])) for row in made.outcome.rows]
    new = made.outcome.new
    ready = sum(card.tier == "ready" for card in new)
    audited = quoteaudit.audit(made.work)
    names = {inner: _name(outer) for inner, outer in made.names.items()}
    return {
        "key": key,
        "title": markup.words_to_plain(made.work.title),
        "date": made.work.date,
        "people": [markup.words_to_plain(person.name) for person in made.work.people],
        "documents": [_seen(document, names) for document in made.work.documents],
        "new": len(new),
        "ready": ready,
        "before": made.before,
        "remade": made.remade,
        "left": sum(card.state == "draft" for card in made.deck.cards),
        "empty": made.is_empty,
        "table": coverage.table(rows) if rows else [],
        "without": [*coverage.lines(rows), *coverage.searched(made.work, made.outcome.rows, names)],
        "quotes": list(quoteaudit.lines(made.work, audited, names)),
        "notes": [*made.doubted, *made.gone],
    }


def _seen(document: Document, names: dict[str, str]) -> dict[str, Any]:
    counts: dict[Kind, int] = {}
    for piece in document.pieces:
        counts[piece.kind] = counts.get(piece.kind, 0) + 1
    return {
        "name": names.get(document.path, _name(document.path)),
        "title": markup.words_to_plain(document.title),
        "date": works.date(document),
        "pieces": [
            f"{number} {kind if number == 1 else seen.plural(kind)}"
            for kind, number in counts.items()
        ],
        "dropped": len(document.dropped),
        "notices": list(document.notices),
    }


def _name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]
