"""Bring into a deck what a person changed in Anki."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from quizgen import stamping
from quizgen.anki import difference, rewriting
from quizgen.anki.difference import Change, Difference, Prefer
from quizgen.anki.notes import AnkiNote, AnkiNotes
from quizgen.deckfile import DeckText, Edit
from quizgen.errors import DeckSyntaxError
from quizgen.exports import anki_hashes, anki_names, anki_notetypes
from quizgen.history import Event, History
from quizgen.model import Card


@dataclass(frozen=True, slots=True)
class Pulled:
    """One card that Anki has otherwise than the deck, with the line of its question."""

    card: str
    line: int
    changes: tuple[Change, ...]
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Pull:
    """What reading a file of Anki's back into a deck comes to.

    `found` counts notes of this deck, `newer` those for which the deck has what Anki has not got
    yet, `absent` the exported cards that are not in the file and may not have been imported.
    """

    cards: tuple[Pulled, ...]
    events: tuple[Event, ...]
    found: int
    newer: int
    absent: tuple[str, ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """List the edits that bring the deck up to what Anki has."""
        return tuple(pulled.edit for pulled in self.cards if pulled.edit)

    @property
    def conflicts(self) -> int:
        """Count the cards about which the person has to decide."""
        return sum(any(change.conflict for change in each.changes) for each in self.cards)


def owned(notes: AnkiNotes, deck: str) -> dict[str, AnkiNote]:
    """Return the notes that were exported from a deck, by the ids of their cards."""
    prefix = f"{deck}Q"
    return {
        note.guid.removeprefix(prefix): note for note in notes.notes if note.guid.startswith(prefix)
    }


def pull(
    parsed: DeckText,
    history: History,
    notes: AnkiNotes,
    *,
    media: Mapping[str, str],
    prefer: Prefer = "",
    deletions: bool = True,
) -> Pull:
    """Compare a deck with the notes of a file, three ways for each card.

    `media` gives names in Anki by paths in the deck; `prefer` settles what both sides changed.
    """
    theirs = owned(notes, parsed.deck.id)
    cards: list[Pulled] = []
    events: list[Event] = []
    absent: list[tuple[int, Card]] = []
    newer = found = latest = 0
    for index, card in enumerate(parsed.deck.cards):
        note = theirs.get(card.id)
        if note is None:
            if card.id and stamping.seconds(card) and _is_expected(card):
                absent.append((index, card))
            continue
        found += 1
        told = difference.compare(
            parsed.deck,
            card,
            note,
            media=media,
            prefer=prefer,
            tells_cards=notes.tells_cards,
        )
        newer += told.newer
        if anki_hashes.whole(_hash(note)) == card.stamp.mod.partition("-")[2]:
            latest = max(latest, stamping.seconds(card))
        if told.changes:
            pulled, event = _pulled(parsed, index, told)
            cards.append(pulled)
            events += event
    missing: list[str] = []
    for index, card in absent if found else ():
        # A card that left with or before one that has arrived has arrived with it; one that was
        # withdrawn has no business there.
        if deletions and (stamping.seconds(card) <= latest or card.state == "dropped"):
            pulled, event = _gone(parsed, index, card)
            cards.append(pulled)
            events += event
        else:
            missing.append(card.id)
    if found and deletions:
        events += _gone_from_both(parsed, history, theirs)
    cards.sort(key=lambda each: each.line)
    return Pull(tuple(cards), tuple(events), found, newer, tuple(missing))


def _is_expected(card: Card) -> bool:
    return card.state != "dropped" or anki_names.GONE not in card.stamp.extra


def _hash(note: AnkiNote) -> str:
    """Find what a note says it was exported as, by the field's name or by its place."""
    if "Hash" in note.type.fields:
        return note.fields.get("Hash", "")
    known = {row.name: row.fields.index("Hash") for row in anki_notetypes.NOTE_TYPES}
    place = known.get(note.type.name, -1)
    return note.values[place] if 0 <= place < len(note.values) else ""


def _pulled(parsed: DeckText, index: int, told: Difference) -> tuple[Pulled, list[Event]]:
    card = parsed.deck.cards[index]
    block = parsed.block(index)
    line = parsed.places[index].line
    pulled = Pulled(card.id, line, told.changes)
    if told.card == card:
        return pulled, []
    try:
        text = rewriting.rewritten(block, card, told.card)
    except DeckSyntaxError as error:
        return _refused(pulled, str(error)), []
    edit = Edit(card.id, block, text)
    return replace(pulled, edit=edit), [Event("edited", card.id, why="in Anki")]


def _refused(pulled: Pulled, why: str) -> Pulled:
    """Leave a card alone whose words in Anki would be no card in a deck."""
    changes = tuple(replace(change, taken=False, conflict=True) for change in pulled.changes)
    said = Change(f"would be no card in a deck ({why}); edit the deck by hand", taken=False)
    return replace(pulled, changes=(*changes, said))


def _gone(parsed: DeckText, index: int, card: Card) -> tuple[Pulled, list[Event]]:
    """Drop a card that the person deleted in Anki, so that it does not come back."""
    extra = tuple(
        token for token in card.stamp.extra if not token.startswith(f"{difference.MARK}=")
    )
    stamp = replace(card.stamp, extra=(*extra, anki_names.GONE))
    after = replace(card, state="dropped", stamp=stamp)
    block = parsed.block(index)
    edit = Edit(card.id, block, rewriting.restamped(block, after))
    change = Change("deleted in Anki: dropped here, and not exported again")
    events = [Event("gone", card.id)]
    if card.state != "dropped":
        events.append(Event("dropped", card.id, why="deleted in Anki"))
    return Pulled(card.id, parsed.places[index].line, (change,), edit), events


def _gone_from_both(
    parsed: DeckText, history: History, theirs: Mapping[str, AnkiNote]
) -> Iterator[Event]:
    """Tell of cards deleted from the deck that Anki does not have either, or not any more."""
    here = {card.id for card in parsed.deck.cards}
    for name in history.exported:
        if name not in here and name not in theirs:
            yield Event("gone", name)
