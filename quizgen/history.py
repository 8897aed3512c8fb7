"""Read and write the log beside a deck: what was made, edited, merged, dropped and why."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter
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
    "undone",
    "redone",
]
_WHAT: tuple[What, ...] = get_args(What)
_DONE: tuple[What, ...] = ("edited", "draft", "kept", "dropped", "undone", "redone")
_HASH = 8
_KEYS = {
    "id": "card",
    "from": "origin",
    "words": "words",
    "text": "text",
    "rests": "rests",
    "section": "section",
    "mod": "mod",
    "why": "why",
    "who": "who",
    "step": "step",
    "was": "was",
    "before": "before",
    "after": "after",
    "beside": "beside",
}
"""The fields of an event, by their keys in the log."""
_SAID = attrgetter(*_KEYS.values())
_QUOTED = json.JSONEncoder(ensure_ascii=False).encode


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

    What a person does in a review is a `step`, which may touch several cards and is taken back as
    one: `who` did it, `was` is the state before a decision, and `before` and `after` are the
    card's text where more changed than its state (see `deckfile.Edit`, also for `beside`).
    `undone` and `redone` name the step that they take back or do again. `at` is when, UTC.
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

    who: str = ""
    step: str = ""
    was: str = ""
    before: str = ""
    after: str = ""
    beside: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """That a card went to Anki, and how it was written in the deck then.

    `withdrawn` is its `mod` since it left the deck. Of its text only a hash is kept, since most of
    them are never asked for: `texts` finds them in the log again.
    """

    hash: bytes
    section: str
    withdrawn: str = ""

    def is_as(self, text: str) -> bool:
        """Claim that a card is still written as it was."""
        return self.hash == _exact(text)


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
    and the hash of what they rested on. `exported` has the cards that may be in Anki. `told` is
    what was done to cards since the deck began, in the order of the log.
    """

    made: dict[str, str] = field(default_factory=dict[str, str])
    origins: dict[str, str] = field(default_factory=dict[str, str])
    words: dict[str, str] = field(default_factory=dict[str, str])
    texts: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    exported: dict[str, Exported] = field(default_factory=dict[str, Exported])
    told: tuple[Event, ...] = ()

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
        made, origins = dict(self.made), dict(self.origins)
        fingerprints, texts = dict(self.words), dict(self.texts)
        exported = dict(self.exported)
        told: list[Event] = []
        earlier = self.told
        for event in events:
            if event.what == "begun":
                made, origins, fingerprints, texts, exported = {}, {}, {}, {}, {}
                told, earlier = [], ()
            elif event.what in ("made", "remade") and event.card:
                made[event.card] = event.origin
                if event.origin:
                    origins[event.origin] = event.card
                if event.words:
                    fingerprints[event.card] = event.words
                if event.text:
                    texts[event.card] = (event.text, event.rests)
            elif event.what == "merged" and event.card and event.origin:
                origins.setdefault(event.origin, event.card)
            elif event.what == "exported" and event.text:
                exported[event.card] = Exported(_exact(event.text), event.section)
            elif event.what == "withdrawn" and event.card in exported:
                exported[event.card] = replace(exported[event.card], withdrawn=event.mod)
            elif event.what == "gone":
                exported.pop(event.card, None)
            if event.step or event.what in _DONE:
                told.append(event)
        return History(made, origins, fingerprints, texts, exported, (*earlier, *told))


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


def _exact(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def texts(data: bytes, cards: Container[str], known: dict[str, str]) -> None:
    """Find in a part of a log how cards were last exported, and add that to what is `known`."""
    if b'"exported"' not in data and b'"begun"' not in data:
        return
    for event in events(data):
        if event.what == "begun":
            known.clear()
        elif event.what == "exported" and event.text and event.card in cards:
            known[event.card] = event.text


def _card(text: str) -> Card | None:
    try:
        return cardtext.parse(text)
    except DeckSyntaxError:  # a merge has spoilt the line
        return None


def write(events: Iterable[Event], now: str) -> Iterator[bytes]:
    """Write events as JSON lines; `now` is UTC as ISO 8601, for those that do not say when."""
    for event in events:
        said = zip(_KEYS, _SAID(event), strict=True)
        more = [f', "{key}": {_QUOTED(value)}' for key, value in said if value]
        line = f'{{"at": {_QUOTED(event.at or now)}, "what": "{event.what}"{"".join(more)}}}\n'
        yield line.encode("utf-8", "replace")


def read(data: bytes) -> History:
    """Read a log, passing over lines that a merge or a kill has spoilt."""
    return History().after(events(data))


def events(data: bytes) -> Iterator[Event]:
    """Read the lines of a log."""
    for line in io.BytesIO(data):
        fields = _fields(line.decode("utf-8", "replace"))
        if fields.get("what") in _WHAT:
            known = {
                _KEYS[key]: said if isinstance(said, str) else str(said)
                for key, said in fields.items()
                if key in _KEYS
            }
            yield Event(fields["what"], **known, at=str(fields.get("at", "")))


def _fields(line: str) -> dict[str, Any]:
    try:
        event: Any = json.loads(line) if line.strip() else {}
    except ValueError:
        return {}
    return cast("dict[str, Any]", event) if isinstance(event, dict) else {}
