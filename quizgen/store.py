"""Be the only reader and writer of deck files."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from quizgen import deckfile, files, history
from quizgen.deckfile import DeckText, Edit
from quizgen.errors import DeckSyntaxError, QuizgenError
from quizgen.history import Event, History
from quizgen.model import Deck

_FRONT = 65_536  # bytes that surely hold a deck's front matter
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stored:
    """A deck file as it was when it was read."""

    path: Path
    parsed: DeckText
    history: History

    @property
    def deck(self) -> Deck:
        """Return the deck itself."""
        return self.parsed.deck


def load(path: Path, *, tolerant: bool = False) -> Stored:
    """Read a deck file and its log.

    Raise `DeckSyntaxError` with the file and line of the first card that cannot be read;
    a `tolerant` caller gets the others and finds the errors in `parsed.errors`.
    """
    text = _decode(files.read(path), path)
    try:
        parsed = deckfile.parse(text)
    except DeckSyntaxError as error:
        raise DeckSyntaxError(error.message, error.line, str(path)) from None
    if parsed.errors and not tolerant:
        first, more = parsed.errors[0], len(parsed.errors) - 1
        hint = f" (and {more} more; `quizgen check {path}` lists them)" if more else ""
        raise DeckSyntaxError(first.message + hint, first.line, str(path))
    log = log_path(path)
    return Stored(path, parsed, history.read(files.read(log) if log.exists() else b""))


def log_path(path: Path) -> Path:
    """Name the log that stands beside a deck."""
    return path.with_name(f"{path.stem}.log.jsonl")


def create(path: Path, deck: Deck, events: Sequence[Event] = ()) -> None:
    """Write a new deck and begin its log; raise `QuizgenError` if the file is there."""
    with files.locked(path):
        if path.exists():
            raise QuizgenError(f"{path} is already there; nothing was written")
        files.write(path, deckfile.render(deck).encode(), alone=True)
        _log(path, deck, History(), [Event("begun", origin=deck.id), *events])


def update(
    path: Path,
    change: Callable[[Stored], str | DeckText],
    events: Sequence[Event] = (),
    *,
    check: bool = True,
    write: bool = True,
) -> Stored:
    """Change a deck under its lock and return it as it now is.

    `change` gets the deck as it is on disk and returns the new text, already read where it knows
    what that says; it may raise to refuse, and may add to `events`, which are written after the
    deck.
    A text that is the same is not written. With `check`, a text that cannot be read back is
    refused, whatever made it. Without `write` nothing on the disk changes, and the deck that is
    returned is the one that would be there.
    """
    with files.locked(path):
        stored = load(path, tolerant=not check)
        changed = change(stored)
        text = changed if isinstance(changed, str) else changed.text
        if text != stored.parsed.text:
            try:
                parsed = deckfile.parse(changed) if isinstance(changed, str) else changed
            except DeckSyntaxError as error:
                raise DeckSyntaxError(error.message, error.line, str(path)) from None
            if len(parsed.errors) > len(stored.parsed.errors):
                error = parsed.errors[0]
                raise DeckSyntaxError(error.message, error.line, str(path))
            if write:
                files.write(path, text.encode(), alone=True)
        else:
            parsed = stored.parsed
        return Stored(path, parsed, _log(path, parsed.deck, stored.history, events, write=write))


def save(path: Path, edits: Sequence[Edit], events: Sequence[Event] = ()) -> Stored:
    """Put edits into a deck file; raise `DeckChanged` if a card is no longer what it was."""
    return update(path, lambda stored: deckfile.apply(stored.parsed, edits), events, check=False)


def _log(
    path: Path, deck: Deck, known: History, events: Sequence[Event], *, write: bool = True
) -> History:
    """Append events, and a `made` for every card that the log does not know yet.

    The deck is written first: a kill in between leaves a card without a line, which the next
    writer adds, and never a line without its card, which would read as dropped by hand.
    """
    told = {*known.made, *(event.card for event in events if event.what == "made")}
    made = [
        Event("made", card.id, origin=card.stamp.origin)
        for card in deck.cards
        if card.id and card.id not in told
    ]
    wanted = [*events, *made]
    if wanted and write:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        files.append(log_path(path), history.write(wanted, now))
    return known.after(wanted)


def _decode(data: bytes, path: Path) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DeckSyntaxError(
            "this deck is not UTF-8 from here on; save it as UTF-8 in your editor", line, str(path)
        ) from None


# --- finding decks -----------------------------------------------------------


def decks(folder: Path) -> Iterator[Path]:
    """Yield the deck files of a folder, in order of name."""
    for path in sorted(folder.glob("*.md")):
        if path.is_file() and is_deck(path):
            yield path


def is_deck(path: Path) -> bool:
    """Claim that a file begins as decks do, so that it is never read as a document."""
    return bool(re.match(rb"(?:\xef\xbb\xbf)?\+\+\+[ \t]*\r?\nformat[ \t]*=", _head(path)))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_FRONT)
    except OSError:
        return b""


def latest(folder: Path) -> Path:
    """Find the deck that was written last; raise `QuizgenError` if there is none."""
    found = max(decks(folder), key=lambda path: path.stat().st_mtime_ns, default=None)
    if found is None:
        raise QuizgenError(
            f"there is no deck in {folder}; make one with `quizgen make PATH`, or name a deck"
        )
    return found


@dataclass(frozen=True, slots=True)
class Entry:
    """What a deck's front matter says, with its sources as real paths."""

    path: Path
    id: str
    title: str
    sources: frozenset[Path]


def shelf(folder: Path) -> tuple[Entry, ...]:
    """Look once at every deck of a folder; one that cannot be read is passed over."""
    entries: list[Entry] = []
    for path in decks(folder):
        head = _head(path).decode("utf-8", "replace")
        try:
            deck = deckfile.parse(head[: head.find("\n+++", 4) + 5]).deck
        except DeckSyntaxError:
            continue
        sources = frozenset((folder / source).resolve() for source in deck.sources)
        entries.append(Entry(path, deck.id, deck.title, sources))
    return tuple(entries)


def find(entries: Sequence[Entry], deck_id: str, documents: Iterable[Path]) -> Path | None:
    """Find the deck of a work: the one with its id, else one made from one of its documents."""
    wanted = {path.resolve() for path in documents}
    for entry in entries:
        if entry.id == deck_id:
            return entry.path
    return next((entry.path for entry in entries if entry.sources & wanted), None)


def new_path(folder: Path, deck: Deck, suffix: str = ".md") -> Path:
    """Choose a free file name from a deck's title."""
    stem = slug(deck.title)
    path = folder / f"{stem}{suffix}"
    return folder / f"{stem}-{deck.id}{suffix}" if path.exists() else path


def slug(title: str) -> str:
    """Make a file name that every system accepts and a person recognises."""
    folded = unicodedata.normalize("NFKC", title).lower()
    words = re.findall(r"[^\W_]+", folded.replace("'", "").replace("’", ""))
    name = ""
    for word in words:
        if len(name) + len(word) > 60:
            break
        name = f"{name}-{word}" if name else word[:60]
    if not name:
        return "deck"
    return f"{name}-deck" if _RESERVED.fullmatch(name) else name


def relative(path: Path, deck: Path) -> str:
    """Write a document's path as a deck does: relative, with `/`, never absolute."""
    try:
        return Path(os.path.relpath(path.resolve(), deck.resolve().parent)).as_posix()
    except ValueError:  # another drive on Windows
        return path.name
