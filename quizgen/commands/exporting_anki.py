"""Get a deck ready for Anki: its name there, what changed, what was withdrawn, its media."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from quizgen import cardtext, deckfile, files, identity, markup, stamping, store
from quizgen.commands import exporting_kinds
from quizgen.errors import DeckSyntaxError, QuizgenError
from quizgen.exports import Written
from quizgen.history import Event
from quizgen.model import Basic, Card, Choice, Cloze, Deck
from quizgen.restamping import Restamped

_HOME = "decks"
"""The folder of decks, below which folders are subjects."""
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks of a deck in Anki; it holds until they ask for something else.

    `options` maps `type-in`, `reverse` and `subdecks` to on or off. `parent` is the deck above.
    """

    options: Mapping[str, bool] = field(default_factory=dict[str, bool])
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A deck as it is to leave: withdrawn cards are among its cards, as dropped ones.

    `media` and `written` are what `Options` says of them.
    """

    deck: Deck
    media: Mapping[tuple[str, str], bytes]
    written: Mapping[str, Written]


def ready(
    path: Path,
    wish: Wish,
    now: int,
    *,
    drafts: bool,
    skipped: Container[str],
    check: Callable[[store.Stored], object],
    write: bool = True,
    tell: bool = True,
) -> Ready:
    """Stamp a deck for Anki and write down what leaves; say what a person should know of it.

    `skipped` are cards that will not leave this time; `check` may raise to refuse the deck.
    Without `write` the deck's file and its log stay as they are; without `tell` it is not said
    what importing the package would do.
    """
    from quizgen.exports import anki, anki_hashes, anki_names  # noqa: PLC0415 - heavy libraries
    from quizgen.exports.anki_shelf import Shelf  # noqa: PLC0415

    media: dict[str, bytes] = {}
    written = Shelf()
    happened: list[Iterable[Event]] = []
    decks: list[Deck] = []

    def change(current: store.Stored) -> Restamped:
        check(current)
        parted = exporting_kinds.part(current)
        current = parted.stored
        _say_parted(path, parted.names)
        deck = _named(path, current.deck, wish)
        leaving = [card for card in deck.cards if _may_leave(card, drafts=drafts)]
        media.update(_media(current, leaving))
        names = {name: anki.media_name(name, data) for name, data in media.items()}
        write_for_anki = anki.writer(deck, names)

        def fingerprint(_: Deck, card: Card) -> str:
            stays = card.id in skipped or (card.state == "draft" and not drafts)
            if stays or (card.state == "dropped" and anki_names.GONE in card.stamp.extra):
                return card.stamp.mod.partition("-")[2]
            note = write_for_anki(card)
            written.put(card.id, note)
            return anki_hashes.whole(note.hash)

        stamps = stamping.stamped(current.parsed, current.history.made, fingerprint, now)
        _say(path, current, stamps, tell=tell)
        front = deckfile.set_anki(current.parsed, deck.anki_deck, deck.anki_options)
        stamped = Restamped(current.parsed, stamps, front)
        gone = _gone(current)
        withdrawn = tuple(_withdrawn(current, gone, now))
        happened.extend((parted.events, _exported(stamped), withdrawn))
        deleted = _deleted(current, gone, withdrawn)
        decks.append(replace(stamped.deck, cards=(*_staying(stamped.deck.cards), *deleted)))
        return stamped

    store.restamp(path, change, (event for events in happened for event in events), write=write)
    (deck,) = decks
    if tell:
        _say_withdrawn(path, [card for card in deck.cards if card.state == "dropped"])
    return Ready(deck, {(deck.id, name): data for name, data in media.items()}, written)


def _staying(cards: Iterable[Card]) -> Iterator[Card]:
    from quizgen.exports import anki  # noqa: PLC0415

    return (card for card in cards if card.state != "dropped" or anki.is_withdrawn(card))


def _may_leave(card: Card, *, drafts: bool) -> bool:
    return card.state == "kept" or (drafts and card.state == "draft")


# --- its name ----------------------------------------------------------------


def _named(path: Path, deck: Deck, wish: Wish) -> Deck:
    """Give a deck the name and options that it has in Anki from now on."""
    from quizgen.exports import anki_names  # noqa: PLC0415 - brings markdown-it along

    leaf = anki_names.work(deck)
    if wish.parent is not None:
        name = f"{wish.parent}::{leaf}" if wish.parent.strip(": ") else leaf
        if deck.anki_deck and name != deck.anki_deck:
            click.echo(
                f"{path}: new cards go to {name!r}; those that are in {deck.anki_deck!r} stay "
                "there until you move them in Anki",
                err=True,
            )
    else:
        name = deck.anki_deck or "::".join([*_subjects(path), leaf])
    options = dict.fromkeys(deck.anki_options, True) | dict(wish.options)
    chosen = tuple(option for option, on in options.items() if on)
    return replace(deck, anki_deck=name, anki_options=chosen)


def _subjects(path: Path) -> Iterator[str]:
    """Name the folders between `decks` and a deck, which are its parents in Anki."""
    folders = path.resolve().parent.parts
    if _HOME in folders:
        last = len(folders) - 1 - folders[::-1].index(_HOME)
        yield from (name.replace("::", ":") for name in folders[last + 1 :])


# --- what changed ------------------------------------------------------------


def _say(path: Path, current: store.Stored, stamps: Mapping[int, Card], *, tell: bool) -> None:
    cards = current.deck.cards
    written = sum(not cards[index].id for index in stamps)
    if written:
        given = "a card" if written == 1 else f"{written} cards"
        click.echo(f"{path}: gave an id to {given} that you wrote", err=True)
    changed = sum(bool(cards[index].stamp.mod) for index in stamps)
    if changed and tell:
        said = "1 card has" if changed == 1 else f"{changed} cards have"
        click.echo(
            f"{path}: {said} changed since the last export and will replace what Anki has, "
            "edits made there included; to bring those in first, export the deck from Anki and "
            "run `quizgen pull FILE.apkg`",
            err=True,
        )


def _say_parted(path: Path, names: Mapping[str, str]) -> None:
    for old, new in names.items():
        click.echo(
            f"{path}: ^{old} is another kind of card than it was, which Anki takes for no update: "
            f"it is ^{new} from now on, a new note, and the old one is withdrawn",
            err=True,
        )


def _exported(stamped: Restamped) -> Iterator[Event]:
    """Write down what leaves, so that a card deleted from the deck can still be withdrawn."""
    for card, (_, block) in zip(stamped.stamps.values(), stamped.blocks(), strict=True):
        if card.stamp.mod:
            yield Event("exported", card.id, text=block, section=card.section)


def _gone(current: store.Stored) -> dict[str, Card]:
    """Find the cards that were exported and are no longer in the deck, as they last were."""
    here = {card.id for card in current.deck.cards}
    exported = current.history.exported
    gone = [name for name in exported if name not in here]
    texts = store.exported(current.path, frozenset(gone))
    read = ((name, _read(texts.get(name, ""), exported[name].section)) for name in gone)
    return {name: card for name, card in read if card}


def _withdrawn(current: store.Stored, gone: Mapping[str, Card], now: int) -> Iterator[Event]:
    """Give cards that were deleted from the deck after an export the time when that was seen."""
    for name, card in gone.items():
        if not current.history.exported[name].withdrawn:
            mod = max(now, stamping.seconds(card) + 1)
            yield Event("withdrawn", name, mod=f"{mod}-withdrawn")


def _deleted(
    current: store.Stored, gone: Mapping[str, Card], withdrawn: Iterable[Event]
) -> Iterator[Card]:
    """Yield the cards that were deleted, as withdrawn ones."""
    mods = {event.card: event.mod for event in withdrawn}
    for name, card in gone.items():
        mod = mods.get(name) or current.history.exported[name].withdrawn
        yield replace(card, state="dropped", stamp=replace(card.stamp, mod=mod))


def _read(text: str, section: str) -> Card | None:
    try:
        return cardtext.parse(text, section=section)
    except DeckSyntaxError:  # a merge has spoilt the line of the log
        return None


def _say_withdrawn(path: Path, cards: Iterable[Card]) -> None:
    names = [f"^{card.id}" for card in cards]
    if not names:
        return
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    said = "1 card is" if len(names) == 1 else f"{len(names)} cards are"
    click.echo(
        f"{path}: {said} withdrawn ({' '.join(names[:_MOST_NAMED])}{more}): Anki keeps them with "
        "their schedule and shows them under tag:quizgen::removed, where you may delete them",
        err=True,
    )


# --- media -------------------------------------------------------------------


def media_names(current: store.Stored) -> dict[str, str]:
    """Name a deck's pictures and sounds as Anki does, but for those that are missing."""
    from quizgen.exports import anki  # noqa: PLC0415

    names: dict[str, str] = {}
    for card in current.deck.cards:
        for name in (found for text in _texts(card) for found in markup.media(text)):
            file = current.path.parent / name
            if name not in names and file.is_file():
                names[name] = anki.media_name(name, files.read(file))
    return names


def _media(current: store.Stored, cards: Iterable[Card]) -> Iterator[tuple[str, bytes]]:
    """Read the pictures and sounds of cards; raise where one is missing, before anything leaves."""
    for card in cards:
        for name in dict.fromkeys(found for text in _texts(card) for found in markup.media(text)):
            file = current.path.parent / name
            inside = file.resolve().is_relative_to(current.path.parent.resolve())
            if not inside or not file.is_file():
                where = f"{current.path}: ^{card.id}" if card.id else f"{current.path}"
                question = markup.to_plain(identity.question(card.content))[:60]
                raise QuizgenError(
                    f"{where} ({question!r}) shows {name!r}, which is not in the deck's folder; "
                    "put it there, or take it out of the card. Nothing was exported."
                )
            yield name, files.read(file)


def _texts(card: Card) -> Iterator[str]:
    match card.content:
        case Basic():
            yield from (card.content.question, card.content.answer)
        case Cloze():
            yield card.content.text
        case Choice():
            yield from (card.content.stem, *card.content.options)
    yield card.why
