"""Choose cards, stamp them, run an exporter, write its files."""

from __future__ import annotations

import contextlib
import gc
import sys
import time
from collections.abc import Callable, Generator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from quizgen import checks, deckfile, files, stamping, store
from quizgen.commands import exporting_anki
from quizgen.errors import DeckSyntaxError, QuizgenError, UsageError
from quizgen.exports import Exporter, Options
from quizgen.exports.table import named
from quizgen.model import Card, Content, Deck

_STDOUT = Path("-")
_Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where an export goes, and what it holds.

    A `dry` one leaves the decks as they are; a `quiet` one does not say what an import would do.
    """

    output: Path | None = None
    drafts: bool = False
    options: Options = field(default_factory=Options)
    anki: exporting_anki.Wish = field(default_factory=exporting_anki.Wish)
    clock: Callable[[], float] = time.time
    dry: bool = False
    quiet: bool = False


def run(paths: tuple[Path, ...], name: str, wanted: Wanted) -> None:
    """Export decks in one format and name every file that was written."""
    with _few_collections():
        _run(paths, name, wanted)


@contextlib.contextmanager
def _few_collections() -> Generator[None]:
    """Let Python look for garbage rarely: nearly all that a large deck makes lives to the end."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _run(paths: tuple[Path, ...], name: str, wanted: Wanted) -> None:
    exporter = named(name)
    chosen, options = gather(paths, exporter, wanted)
    if exporter.together:
        stem = chosen[0][0].stem if len(chosen) == 1 else "decks"
        data = exporter.export(tuple(deck for _, deck in chosen), options)
        _write(data, _base(chosen[0][0].parent / stem, exporter, wanted, several=False), wanted)
        return
    if len(chosen) > 1 and wanted.output and not _is_folder(wanted.output):
        raise UsageError(f"several decks need a folder: -o {wanted.output}/")
    for path, deck in chosen:
        base = _base(path.with_suffix(""), exporter, wanted, several=len(chosen) > 1)
        place = base.with_name(base.name + exporter.suffix)
        if exporter.rereads and wanted.output != _STDOUT and place.is_file():
            options = replace(options, earlier=_earlier(place))
        _write(exporter.export((deck,), options), base, wanted)


def gather(
    paths: tuple[Path, ...], exporter: Exporter, wanted: Wanted
) -> tuple[list[tuple[Path, Deck]], Options]:
    """Load decks, stamp them, and cut them down to what may leave in a format."""
    options = replace(wanted.options, drafts=wanted.drafts)
    said = _said_before(paths, exporter, wanted)
    chosen: list[tuple[Path, Deck]] = []
    for path in paths:
        deck, options = _leaving(path, exporter, wanted, options, _say, said.get(path, set()))
        chosen.append((path, deck))
    return (_once(chosen) if exporter.together else chosen), options


def _earlier(place: Path) -> bytes:
    """Read what an export is to take the place of, unless that is a deck."""
    found = files.read(place)
    if found.removeprefix(b"\xef\xbb\xbf").startswith(b"+++"):
        raise UsageError(f"{place} is a deck, which no export may replace; name another file")
    return found


def leaving(path: Path, *, drafts: bool) -> Deck:
    """Load a deck with the cards that may be printed, each with an id."""
    wanted = Wanted(drafts=drafts)
    return _leaving(path, named("pdf"), wanted, wanted.options, _say)[0]


def one(path: Path, name: str, wanted: Wanted, tell: _Tell) -> Mapping[str, bytes]:
    """Export one deck and return its files' bytes by suffix; `tell` gets what is to be known."""
    exporter = named(name)
    options = replace(wanted.options, drafts=wanted.drafts)
    deck, options = _leaving(path, exporter, wanted, options, tell)
    return exporter.export((deck,), options)


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


def _leaving(
    path: Path,
    exporter: Exporter,
    wanted: Wanted,
    options: Options,
    tell: _Tell,
    skipped: AbstractSet[str] = frozenset(),
) -> tuple[Deck, Options]:
    """Load a deck with the cards that leave; for Anki with their media and how they are written."""
    if not exporter.to_anki:
        return _chosen(path, _stamped(path, exporter, wanted, tell), exporter, wanted), options
    ready = _for_anki(path, wanted, skipped, tell)
    options = replace(
        options,
        media={**options.media, **ready.media},
        written={**options.written, ready.deck.id: ready.written},
    )
    return _chosen(path, ready.deck, exporter, wanted), options


def _is_folder(path: Path) -> bool:
    return path.is_dir() or not path.suffix


def _base(default: Path, exporter: Exporter, wanted: Wanted, *, several: bool) -> Path:
    """Return the output path without its suffix."""
    beside = default.with_name(default.name + exporter.beside)
    if wanted.output in (None, _STDOUT):
        return beside
    if several or _is_folder(wanted.output):
        same = wanted.output.resolve() == default.parent.resolve()
        return wanted.output / (beside if same else default).name
    if wanted.output.suffix == exporter.suffix:
        return wanted.output.with_suffix("")
    raise UsageError(
        f"{wanted.output} should end in {exporter.suffix}, as {exporter.name} files do"
    )


def _write(data: Mapping[str, bytes], base: Path, wanted: Wanted) -> None:
    if wanted.output == _STDOUT:
        if len(data) != 1:
            raise UsageError("this format writes two files; name a file or folder with -o")
        sys.stdout.buffer.write(next(iter(data.values())))
        return
    is_named = wanted.output is not None and not _is_folder(wanted.output) and len(data) == 1
    for suffix, content in data.items():
        path = wanted.output if is_named and wanted.output else base.with_name(base.name + suffix)
        files.write(path, content)
        click.echo(f"wrote {path}")


def _chosen(path: Path, deck: Deck, exporter: Exporter, wanted: Wanted) -> Deck:
    """Cut a deck down to the cards that may leave, and refuse what would leave broken."""
    if exporter.every_state:
        return deck
    states = ("kept", "draft") if wanted.drafts else ("kept",)
    withdrawn = ("dropped",) if exporter.to_anki else ()
    cards = tuple(card for card in deck.cards if card.state in (*states, *withdrawn))
    if not cards:
        if any(card.state == "draft" for card in deck.cards):
            raise QuizgenError(
                f"{path}: no card is kept yet; settle its drafts with `quizgen review {path}`, "
                "or export them marked as drafts with --drafts"
            )
        raise QuizgenError(f"{path}: there is no card to export")
    return replace(deck, cards=cards)


def _said_before(
    paths: tuple[Path, ...], exporter: Exporter, wanted: Wanted
) -> dict[Path, set[str]]:
    """Name the cards that `_once` will leave out, which must not be stamped as exported."""
    if not exporter.to_anki or len(paths) == 1:
        return {}
    seen: dict[Content, Path] = {}
    states = ("kept", "draft") if wanted.drafts else ("kept",)
    return {
        path: {
            card.id
            for card in store.load(path).deck.cards
            if card.state in states and seen.setdefault(card.content, path) != path
        }
        for path in paths
    }


def _for_anki(
    path: Path, wanted: Wanted, skipped: AbstractSet[str], tell: _Tell
) -> exporting_anki.Ready:
    """Stamp a deck for Anki, once it is known that no kept card is broken."""
    broken: set[str] = set()
    staying = set(skipped)

    def check(current: store.Stored) -> None:
        broken.update(_broken(current, wanted, tell))
        staying.update(broken)

    ready = exporting_anki.ready(
        path,
        wanted.anki,
        int(wanted.clock()),
        drafts=wanted.drafts,
        skipped=staying,
        check=check,
        write=not wanted.dry,
        tell=not wanted.quiet,
    )
    return replace(ready, deck=_without(ready.deck, broken))


def _stamped(path: Path, exporter: Exporter, wanted: Wanted, tell: _Tell) -> Deck:
    """Load a deck, giving ids to hand-written cards."""
    broken: set[str] = set()

    def change(current: store.Stored) -> str:
        if not exporter.every_state:
            broken.update(_broken(current, wanted, tell))
        parsed = current.parsed
        edits = stamping.edits(parsed, current.history.made, None, 0)
        written = sum(not edit.card for edit in edits)
        if written:
            cards = "a card" if written == 1 else f"{written} cards"
            tell(f"{path}: gave an id to {cards} that you wrote")
        return deckfile.apply(parsed, edits)

    return _without(store.update(path, change).deck, broken)


def _without(deck: Deck, broken: set[str]) -> Deck:
    return replace(deck, cards=tuple(card for card in deck.cards if card.id not in broken))


def _once(chosen: list[tuple[Path, Deck]]) -> list[tuple[Path, Deck]]:
    """Leave out of a package what an earlier deck in it says in the very same words."""
    seen: dict[Content, Path] = {}
    decks: list[tuple[Path, Deck]] = []
    for path, deck in chosen:
        cards: list[Card] = []
        for card in deck.cards:
            withdrawn = card.state == "dropped"
            first = path if withdrawn else seen.setdefault(card.content, path)
            if first == path:
                cards.append(card)
            else:
                click.echo(f"{path}: ^{card.id} left out, {first} has the same card", err=True)
        decks.append((path, replace(deck, cards=tuple(cards))))
    return [(path, deck) for path, deck in decks if deck.cards]


def _broken(stored: store.Stored, wanted: Wanted, tell: _Tell) -> set[str]:
    """Name the drafts that are too broken to leave; a kept card that is stops the export."""
    broken: set[str] = set()
    for card, place in zip(stored.deck.cards, stored.parsed.places, strict=True):
        if card.state == "dropped" or (card.state == "draft" and not wanted.drafts):
            continue
        sentence = checks.malformed(card)
        if sentence and card.state == "kept":
            raise DeckSyntaxError(f"{sentence} Nothing was exported.", place.line, str(stored.path))
        if sentence:
            broken.add(card.id)
            tell(f"{stored.path}:{place.line}: draft left out: {sentence}")
    return broken
