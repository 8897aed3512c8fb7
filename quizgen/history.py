"""Read and write the log beside a deck: what was made, edited, merged, dropped and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias, cast, get_args

from quizgen import cardtext, identity
from quizgen.errors import DeckSyntaxError
from quizgen.model import Card

What: TypeAlias = Literal[
    "begun",
    "asked",
    "made",
    "remade",
    "edited",
    "merged",
    "draft",
    "kept",
    "dropped",
    "exported",
    "withdrawn",
    "gone",
]
_WHAT: tuple[What, ...] = get_args(What)
_HASH = 8


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a card; `what` is `begun` where a deck starts anew.

    `asked` tells what a language model was asked for the deck, and what that took.
    `words` is the fingerprint of a card as it was made, so that an edit by hand is noticed;
    `text` is what it asked, and `rests` a hash of the words that it rests on, so that it is known
    again after it was deleted. `merged` gives a card the origin of one that asks for the same.
    `exported` has a card's whole text as it went to Anki, with its section and its `mod`;
    `withdrawn` gives one that was deleted from the deck since then another `mod`, and `gone` says
    that the person deleted it in Anki too.
    """

    what: What
    card: str = ""
    why: str = ""
    origin: str = ""
    words: str = ""
    text: str = ""
    rests: str = ""
    section: str = ""
    mod: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """A card as it last went to Anki; `withdrawn` is its `mod` since it left the deck."""

    text: str
    section: str
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A card that a person deleted, as it was made, without its evidence."""

    card: Card
    rests: str


@dataclass(frozen=True, slots=True)
class History:
    """What a deck remembers of cards that it may no longer hold.

    `made` gives the newest origin of every id ever given out, `origins` the id of every origin,
    `words` the fingerprints of cards as they were made or last remade, `texts` what they then asked
    and the hash of what they rested on. `exported` has the cards that may be in Anki.
    """

    made: dict[str, str] = field(default_factory=dict[str, str])
    origins: dict[str, str] = field(default_factory=dict[str, str])
    words: dict[str, str] = field(default_factory=dict[str, str])
    texts: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    exported: dict[str, Exported] = field(default_factory=dict[str, Exported])

    def gone(self, present: Iterable[str]) -> dict[str, str]:
        """Return id by origin of the cards that were made and are no longer there."""
        here = set(present)
        return {origin: card for origin, card in self.origins.items() if card not in here}

    def deleted(self, present: Iterable[str]) -> Iterator[Deleted]:
        """Yield the cards that were made and are no longer there, as far as the log tells them."""
        here = set(present)
        for card, (text, rests) in self.texts.items():
            if card not in here and (read := _card(text)):
                yield Deleted(read, rests)

    def after(self, events: Iterable[Event]) -> History:
        """Return what is remembered once these things have happened too."""
        after = History(
            dict(self.made),
            dict(self.origins),
            dict(self.words),
            dict(self.texts),
            dict(self.exported),
        )
        for event in events:
            if event.what == "begun":
                after = History()
            elif event.what in ("made", "remade") and event.card:
                after.made[event.card] = event.origin
                if event.origin:
                    after.origins[event.origin] = event.card
                if event.words:
                    after.words[event.card] = event.words
                if event.text:
                    after.texts[event.card] = (event.text, event.rests)
            elif event.what == "merged" and event.card and event.origin:
                after.origins.setdefault(event.origin, event.card)
            elif event.what == "exported" and event.text:
                after.exported[event.card] = Exported(event.text, event.section)
            elif event.what == "withdrawn" and event.card in after.exported:
                was = after.exported[event.card]
                after.exported[event.card] = replace(was, withdrawn=event.mod)
            elif event.what == "gone":
                after.exported.pop(event.card, None)
        return after


def of(what: What, card: Card) -> Event:
    """Write down a card as it was made or made anew."""
    bare = replace(card, evidence=(), why="", tags=())
    return Event(
        what,
        card.id,
        origin=card.stamp.origin,
        words=identity.fingerprint(card),
        text=cardtext.render(bare),
        rests=hashed(card.evidence[0].text) if card.evidence else "",
    )


def hashed(words: str) -> str:
    """Hash words so that two places which hold the same can be told, white space aside."""
    return identity.short_hash(" ".join(words.split()), _HASH)


def _card(text: str) -> Card | None:
    try:
        return cardtext.parse(text)
    except DeckSyntaxError:  # a merge has spoilt the line
        return None


def write(events: Iterable[Event], now: str) -> bytes:
    """Write events as JSON lines; `now` is UTC as ISO 8601."""
    lines: list[str] = []
    for event in events:
        named = {
            "id": event.card,
            "from": event.origin,
            "words": event.words,
            "text": event.text,
            "rests": event.rests,
            "section": event.section,
            "mod": event.mod,
            "why": event.why,
        }
        fields = {"at": now, "what": event.what} | {key: named[key] for key in named if named[key]}
        lines.append(json.dumps(fields, ensure_ascii=False) + "\n")
    return "".join(lines).encode("utf-8", "replace")


def read(data: bytes) -> History:
    """Read a log, passing over lines that a merge or a kill has spoilt."""
    return History().after(_events(data.decode("utf-8", "replace")))


def _events(text: str) -> Iterator[Event]:
    for line in text.split("\n"):
        fields = _fields(line)
        if fields.get("what") in _WHAT:
            yield Event(
                cast("What", fields["what"]),
                card=fields.get("id", ""),
                why=fields.get("why", ""),
                origin=fields.get("from", ""),
                words=fields.get("words", ""),
                text=fields.get("text", ""),
                rests=fields.get("rests", ""),
                section=fields.get("section", ""),
                mod=fields.get("mod", ""),
            )


def _fields(line: str) -> dict[str, str]:
    try:
        event: Any = json.loads(line) if line.strip() else {}
    except ValueError:
        return {}
    if not isinstance(event, dict):
        return {}
    return {str(key): str(value) for key, value in cast("dict[Any, Any]", event).items()}
