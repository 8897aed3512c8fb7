"""Compare a card with its note three ways: the deck, Anki, and what was last exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias, assert_never

from quizgen.anki import fieldtext
from quizgen.anki.fieldtext import Read
from quizgen.anki.notes import AnkiCard, AnkiNote
from quizgen.exports import anki_fields, anki_hashes, anki_names
from quizgen.exports.anki_fields import Setting
from quizgen.exports.anki_notetypes import NoteType
from quizgen.model import Basic, Card, Choice, Cloze, Content, Deck

Prefer: TypeAlias = Literal["", "anki", "deck"]

SUSPENDED: Final = "suspended"
FLAGS: Final = ("", "red", "orange", "green", "blue", "pink", "turquoise", "purple")
MARK: Final = "anki"
"""The key of the stamp's token that says what Anki has of a card: `anki=flag-red,suspended`."""

_NAMES: Final = {
    "Question": "question",
    "Text": "question",
    "Answer": "answer",
    "Options": "options",
    "Keys": "right options",
    "Why": "explanation",
}


@dataclass(frozen=True, slots=True)
class Change:
    """Something that Anki has otherwise than the deck, in a person's words.

    `taken` says that the deck's card becomes as in Anki; `conflict` that the person has to choose,
    since both sides have changed, or Anki has what a deck cannot say, which `lost` names.
    """

    what: str
    before: str = ""
    after: str = ""
    taken: bool = True
    conflict: bool = False
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What reading back one card comes to: the card as it should be, and why.

    `newer` says that the deck has what Anki does not have yet.
    """

    card: Card
    changes: tuple[Change, ...] = ()
    newer: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """A note's fields by name, and which of them have changed since the last export, on each side.

    `unknown` says that the note does not tell what was exported, so that both may have changed.
    """

    deck: Mapping[str, str]
    anki: Mapping[str, str]
    in_deck: frozenset[str]
    in_anki: frozenset[str]


def compare(
    deck: Deck,
    card: Card,
    note: AnkiNote,
    *,
    media: Mapping[str, str],
    prefer: Prefer = "",
    tells_cards: bool = True,
) -> Difference:
    """Compare one card with its note; `media` gives names in Anki by paths in the deck."""
    note_type = anki_fields.note_type(card.content)
    fields = _fields(note, note_type)
    setting = Setting(
        work=anki_names.work(deck),
        type_in="type-in" in deck.anki_options,
        reverse="reverse" in deck.anki_options,
        media=media,
    )
    written = anki_fields.write(card, setting)
    sides = _sides(
        note_type,
        written,
        fields,
        deck_tags=anki_names.tags(deck, card),
        anki_tags=note.tags,
    )
    paths = {name: path for path, name in media.items()}
    after, changes = _content(card, sides, paths, prefer)
    tags, tagged = _tags(card, note, sides)
    after = replace(after, tags=tags)
    changes += tagged
    changes += _others(note_type, sides)
    if tells_cards:
        extra = _marked(card.stamp.extra, note.cards)
        if extra != card.stamp.extra:
            changes.append(Change("flag or suspension", _said(card.stamp.extra), _said(extra)))
            after = replace(after, stamp=replace(after.stamp, extra=extra))
    return Difference(after, tuple(changes), bool(sides.in_deck))


def _fields(note: AnkiNote, note_type: NoteType) -> Mapping[str, str]:
    """Name the fields of a note; a text export does not."""
    if set(note_type.fields) <= set(note.type.fields):
        return note.fields
    return dict(zip(note_type.fields, note.values, strict=False))


def _sides(
    note_type: NoteType,
    written: Mapping[str, str],
    fields: Mapping[str, str],
    *,
    deck_tags: tuple[str, ...],
    anki_tags: tuple[str, ...],
) -> Sides:
    base = fields.get("Hash", "")
    ours = anki_hashes.write(note_type, written, deck_tags)
    theirs = anki_hashes.write(note_type, fields, anki_tags)
    return Sides(
        written,
        fields,
        anki_hashes.changed(note_type, base, ours),
        anki_hashes.changed(note_type, base, theirs),
    )


# --- words -------------------------------------------------------------------


def _content(
    card: Card, sides: Sides, media: Mapping[str, str], prefer: Prefer
) -> tuple[Card, list[Change]]:
    """Take into a card the words that changed in Anki, and in Anki alone."""
    changes: list[Change] = []
    content = card.content
    why = card.why
    for name in anki_fields.note_type(content).taken:
        before, after = sides.deck.get(name, ""), sides.anki.get(name, "")
        if name not in sides.in_anki or fieldtext.shows_the_same(before, after):
            continue
        if isinstance(content, Choice) and name in ("Answer", "Keys"):
            continue  # both follow from the options
        read = _read(name, after, media)
        told = Change(_NAMES[name], _shown(before, name, media), read.text)
        if not read.text.strip() and name != "Why":
            changes.append(replace(told, what=f"{_NAMES[name]} emptied in Anki", taken=False))
        elif not read.faithful:
            lost = ", ".join(read.lost) or "markup"
            changes.append(replace(told, taken=False, conflict=prefer != "deck", lost=lost))
        elif name in sides.in_deck and prefer != "anki":
            changes.append(replace(told, taken=False, conflict=prefer != "deck"))
        else:
            lost = f" (without {', '.join(read.lost)})" if read.lost else ""
            changes.append(replace(told, what=told.what + lost))
            if name == "Why":
                why = read.text
            else:
                content = _with(content, name, after, read.text, media)
    if isinstance(content, Choice):
        content, more = _right_options(content, sides, prefer)
        changes += more
    return replace(card, content=content, why=why), changes


def _read(name: str, html: str, media: Mapping[str, str]) -> Read:
    if name == "Text":
        return fieldtext.read_cloze(html, media)
    if name == "Options":
        found = [fieldtext.read(item, media) for item in fieldtext.items(html)]
        return Read(
            "\n".join(each.text for each in found),
            tuple(dict.fromkeys(lost for each in found for lost in each.lost)),
            all(each.faithful and each.text for each in found),
        )
    return fieldtext.read(html, media)


def _shown(html: str, name: str, media: Mapping[str, str]) -> str:
    return _read(name, html, media).text


def _with(content: Content, name: str, html: str, text: str, media: Mapping[str, str]) -> Content:
    match content:
        case Basic() if name == "Question":
            return replace(content, question=text)
        case Basic():
            return replace(content, answer=text)
        case Cloze():
            return Cloze(text)
        case Choice() if name == "Question":
            return replace(content, stem=text)
        case Choice():
            options = tuple(fieldtext.read(item, media).text for item in fieldtext.items(html))
            return replace(content, options=options)
        case _:
            assert_never(content)


def _right_options(content: Choice, sides: Sides, prefer: Prefer) -> tuple[Choice, list[Change]]:
    """Take over which options are right, unless that names one that is not there."""
    count = len(content.options)
    keys = content.keys
    told: list[Change] = []
    if "Keys" in sides.in_anki and sides.deck.get("Keys") != sides.anki.get("Keys"):
        found = sides.anki.get("Keys", "").split()
        wanted = sorted({int(key) - 1 for key in found if key.isdecimal()})
        valid = bool(wanted) and wanted[0] >= 0 and wanted[-1] < count
        both = "Keys" in sides.in_deck and prefer != "anki"
        change = Change("right options", sides.deck.get("Keys", ""), " ".join(found))
        if valid and not both:
            keys = tuple(wanted)
            told.append(change)
        else:
            told.append(replace(change, taken=False, conflict=not both or prefer != "deck"))
    elif "Answer" in sides.in_anki and "Options" not in sides.in_anki:
        what = "answer of a choice, which is made from its options; edit an option instead"
        told.append(Change(what, taken=False, conflict=True))
    kept = tuple(key for key in keys if key < count)
    if kept:
        return replace(content, keys=kept), told
    # The right option was taken out in Anki: the card would have none.
    told.append(Change("right option removed in Anki", taken=False, conflict=True))
    return content, told


def _others(note_type: NoteType, sides: Sides) -> list[Change]:
    """Name what was edited in Anki in fields that only an export writes."""
    if anki_hashes.OTHERS not in sides.in_anki or anki_hashes.OTHERS in sides.in_deck:
        return []
    names = [
        name
        for name in note_type.shown
        if name not in note_type.taken
        and not fieldtext.shows_the_same(sides.deck.get(name, ""), sides.anki.get(name, ""))
    ]
    if not names:
        return []
    what = f"{', '.join(names)} edited in Anki; the deck keeps the source's own words"
    return [Change(what, taken=False)]


# --- tags, flags, suspension -------------------------------------------------


def _tags(card: Card, note: AnkiNote, sides: Sides) -> tuple[tuple[str, ...], list[Change]]:
    """Take over tags: Anki's where only Anki changed them, all of both where both did."""
    theirs = [tag for tag in note.tags if not tag.startswith(anki_names.OURS)]
    mine = {anki_names.plain_tag(tag).casefold(): tag for tag in card.tags}
    here = {tag.casefold() for tag in theirs}
    if anki_hashes.TAGS not in sides.in_anki:
        return card.tags, []
    added = [tag for tag in theirs if tag.casefold() not in mine]
    gone = [] if anki_hashes.TAGS in sides.in_deck else [t for t in mine if t not in here]
    tags = (*(tag for key, tag in mine.items() if key not in gone), *added)
    changes = [Change("tag", after=tag) for tag in added]
    changes += [Change("tag", before=mine[key]) for key in gone]
    return (tags if changes else card.tags), changes


def _marked(extra: tuple[str, ...], cards: tuple[AnkiCard, ...]) -> tuple[str, ...]:
    """Say in a stamp's tokens what Anki has of a card beside its words."""
    marks = [f"flag-{FLAGS[flag]}" for flag in sorted({card.flag for card in cards} - {0})]
    asleep = sum(card.suspended for card in cards)
    # A withdrawn card comes asleep; that is no decision of the person's.
    if asleep:
        marks.append(SUSPENDED if asleep == len(cards) else f"{SUSPENDED}-{asleep}")
    rest = tuple(token for token in extra if not token.startswith(f"{MARK}="))
    return (*rest, f"{MARK}={','.join(marks)}") if marks else rest


def _said(extra: tuple[str, ...]) -> str:
    found = next((token for token in extra if token.startswith(f"{MARK}=")), "")
    return found.partition("=")[2].replace(",", ", ")
