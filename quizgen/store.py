"""Be the only reader and writer of deck files."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from quizgen import deckfile, files, history, reparsing
from quizgen.deckfile import DeckText, Edit
from quizgen.errors import DeckSyntaxError, QuizgenError
from quizgen.history import Event, History
from quizgen.model import Deck
from quizgen.restamping import Restamped

_ENDING = 64  # bytes of the log by which it is known to have only grown
_FRONT = 65_536  # bytes that surely hold a deck's front matter
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stored:
    """A deck file as it was when it was read.

    `data` are its bytes; `logged` is how much of the log has been read, and how that part ends.
    `mark` is an offset in the text and the same place in the bytes: edits tend to be near the last.
    """

    path: Path
    parsed: DeckText
    history: History
    data: bytes = b""
    logged: tuple[int, bytes] = (0, b"")
    mark: tuple[int, int] = (0, 0)

    @property
    def deck(self) -> Deck:
        """Return the deck itself."""
        return self.parsed.deck


def load(path: Path, *, tolerant: bool = False) -> Stored:
    """Read a deck file and its log.

    Raise `DeckSyntaxError` with the file and line of the first card that cannot be read;
    a `tolerant` caller gets the others and finds the errors in `parsed.errors`.
    """
    return _load(path, None, tolerant=tolerant)


def reload(known: Stored) -> Stored:
    """Read a deck again, as far as it has changed."""
    return _load(known.path, known, tolerant=False)


def _load(path: Path, known: Stored | None, *, tolerant: bool, once: bool = False) -> Stored:
    """Read a deck; what is read but `once` is not kept as bytes too."""
    data = files.read(path)
    mark = (0, 0)
    if known and data == known.data:
        parsed, mark = known.parsed, known.mark
    else:
        text = _decode(data, path)
        data = b"" if once else data
        parsed = _parse(text, path, known.parsed if known else None)
    if parsed.errors and not tolerant:
        first, more = parsed.errors[0], len(parsed.errors) - 1
        hint = f" (and {more} more; `quizgen check {path}` lists them)" if more else ""
        raise DeckSyntaxError(first.message + hint, first.line, str(path))
    return _with_log(Stored(path, parsed, History(), data, mark=mark), known)


def _parse(
    text: str, path: Path, known: DeckText | None, touched: tuple[int, int] | None = None
) -> DeckText:
    try:
        return reparsing.reparse(known, text, touched) if known else deckfile.parse(text)
    except DeckSyntaxError as error:
        raise DeckSyntaxError(error.message, error.line, str(path)) from None


def _with_log(stored: Stored, known: Stored | None) -> Stored:
    """Read the log, or what was added to it since it was last read."""
    log = log_path(stored.path)
    size, ending = known.logged if known else (0, b"")
    if not log.exists():
        return replace(stored, history=History(), logged=(0, b""))
    more = files.tail(log, size - len(ending)) if known else b""
    if known and more == ending:
        return replace(stored, history=known.history, logged=known.logged)
    if known and more.startswith(ending):
        past, parts = known.history, iter((more[len(ending) :],))
    else:  # it is read for the first time, was merged, or begins anew
        past, parts, size, ending = History(), files.chunks(log), 0, b""

    def events() -> Iterator[Event]:
        nonlocal size, ending
        for part in parts:
            whole = _whole_lines(part)
            size, ending = size + len(whole), (ending + whole[-_ENDING:])[-_ENDING:]
            yield from history.events(whole)

    told = past.after(events())
    return replace(stored, history=told, logged=(size, ending))


def _whole_lines(log: bytes) -> bytes:
    """Leave out a last line that another program is still writing."""
    end = log.rfind(b"\n") + 1
    return log if any(history.events(log[end:])) else log[:end]


def exported(path: Path, cards: Collection[str]) -> dict[str, str]:
    """Read again how cards were written when they last went to Anki."""
    texts: dict[str, str] = {}
    log = log_path(path)
    for part in files.chunks(log) if cards and log.exists() else ():
        history.texts(part, cards, texts)
    return texts


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
    return _update(path, change, events, None, check=check, write=write)


def restamp(
    path: Path,
    change: Callable[[Stored], Restamped],
    events: Iterable[Event] = (),
    *,
    write: bool = True,
) -> None:
    """Put stamps on a deck under its lock, however large it is, without a second copy of it.

    `change` gets the deck as it is on disk; it may raise to refuse. `events` are taken one by one
    as they are written, after the deck. Without `write` nothing on the disk changes.
    """
    with files.locked(path):
        stored = _load(path, None, tolerant=False, once=True)
        now = change(stored)
        if not write:
            return
        if now.front or now.stamps or now.parsed is not stored.parsed:
            files.write(path, now.encoded(), alone=True)
        _log(path, now.deck, stored.history, events)


def save(
    path: Path, edits: Sequence[Edit], events: Sequence[Event] = (), *, known: Stored | None = None
) -> Stored:
    """Put edits into a deck file; raise `DeckChanged` if a card is no longer what it was.

    `known` is the deck as it was last read, so that only what has changed is read again.
    """

    def change(stored: Stored) -> str:
        return deckfile.apply(stored.parsed, edits)

    return _update(path, change, events, known, check=False, edits=edits)


def _update(
    path: Path,
    change: Callable[[Stored], str | DeckText],
    events: Sequence[Event],
    known: Stored | None,
    *,
    check: bool,
    write: bool = True,
    edits: Sequence[Edit] = (),
) -> Stored:
    with files.locked(path):
        stored = _load(path, known, tolerant=not check)
        changed = change(stored)
        touched = _touched(stored.parsed, edits)
        if isinstance(changed, str):
            parsed = _parse(changed, path, stored.parsed, touched)
        else:
            parsed = changed
        if len(parsed.errors) > len(stored.parsed.errors):
            error = parsed.errors[0]
            raise DeckSyntaxError(error.message, error.line, str(path))
        data, mark = stored.data, stored.mark
        if parsed.text != stored.parsed.text:
            data, mark = _encoded(stored, parsed.text, touched)
            if write:
                files.write(path, data, alone=True)
        # Cards that the log knew when the deck was last read need not be looked for again.
        seen = known is not None and stored.parsed is known.parsed and stored.logged == known.logged
        fresh = [edit.card for edit in edits] if seen and edits else None
        if not write:
            return replace(stored, parsed=parsed)
        _log(path, parsed.deck, stored.history, events, fresh)
        return _with_log(replace(stored, parsed=parsed, data=data, mark=mark), stored)


def _touched(parsed: DeckText, edits: Sequence[Edit]) -> tuple[int, int] | None:
    """Return between which offsets one edit of a card changes a deck; None where it may be more."""
    if len(edits) != 1 or not edits[0].card or not edits[0].before or not edits[0].after:
        return None
    place = parsed.places[parsed.index(edits[0].card)]
    return place.start, place.end


def _encoded(
    stored: Stored, text: str, touched: tuple[int, int] | None
) -> tuple[bytes, tuple[int, int]]:
    """Write the text of a deck as bytes, and mark where it changed.

    Outside of what an edit touches the bytes are there already: encoding megabytes of them again
    would take most of the time of a decision.
    """
    if touched is None:
        return text.encode(), (0, 0)
    was = stored.parsed.text
    start, end = touched
    known, at = stored.mark
    between = len(was[min(known, start) : max(known, start)].encode())
    at += between if start >= known else -between
    behind = at + len(was[start:end].encode())
    fresh = text[start : end + len(text) - len(was)].encode()
    old = memoryview(stored.data)
    return b"".join((old[:at], fresh, old[behind:])), (start, at)


def _log(
    path: Path,
    deck: Deck,
    known: History,
    events: Iterable[Event],
    fresh: Sequence[str] | None = None,
) -> None:
    """Append events, and a `made` for every card that the log does not know yet.

    The deck is written first: a kill in between leaves a card without a line, which the next
    writer adds, and never a line without its card, which would read as dropped by hand.
    `fresh` are the only cards that the log may not know; None where it may be any.
    """
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = history.write(_with_made(deck, known, events, fresh), now)
    if first := next(lines, b""):
        files.append(log_path(path), chain((first,), lines))


def _with_made(
    deck: Deck, known: History, events: Iterable[Event], fresh: Sequence[str] | None
) -> Iterator[Event]:
    told: set[str] = set()
    for event in events:
        if event.what == "made":
            told.add(event.card)
        yield event
    if fresh is not None and all(card in known.made or card in told for card in fresh):
        return
    for card in deck.cards:
        if card.id and card.id not in known.made and card.id not in told:
            yield Event("made", card.id, origin=card.stamp.origin)


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
