"""Read and write the log beside a deck: what was made, edited, merged, dropped and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, cast, get_args

What: TypeAlias = Literal["begun", "made", "remade", "edited", "merged", "draft", "kept", "dropped"]
_WHAT: tuple[What, ...] = get_args(What)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a card; `what` is `begun` where a deck starts anew.

    `words` is the fingerprint of a card as it was made, so that an edit by hand is noticed.
    """

    what: What
    card: str = ""
    why: str = ""
    origin: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What a deck remembers of cards that it may no longer hold.

    `made` gives the newest origin of every id ever given out, `origins` the id of every origin,
    `words` the fingerprints of cards as they were made or last remade.
    """

    made: dict[str, str] = field(default_factory=dict[str, str])
    origins: dict[str, str] = field(default_factory=dict[str, str])
    words: dict[str, str] = field(default_factory=dict[str, str])

    def gone(self, present: Iterable[str]) -> dict[str, str]:
        """Return id by origin of the cards that were made and are no longer there."""
        here = set(present)
        return {origin: card for origin, card in self.origins.items() if card not in here}

    def after(self, events: Iterable[Event]) -> History:
        """Return what is remembered once these things have happened too."""
        made, origins, words = dict(self.made), dict(self.origins), dict(self.words)
        for event in events:
            if event.what == "begun":
                made, origins, words = {}, {}, {}
            elif event.what in ("made", "remade") and event.card:
                made[event.card] = event.origin
                if event.origin:
                    origins[event.origin] = event.card
                if event.words:
                    words[event.card] = event.words
        return History(made, origins, words)


def write(events: Iterable[Event], now: str) -> bytes:
    """Write events as JSON lines; `now` is UTC as ISO 8601."""
    lines: list[str] = []
    for event in events:
        named = {
            "id": event.card,
            "from": event.origin,
            "words": event.words,
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
            )


def _fields(line: str) -> dict[str, str]:
    try:
        event: Any = json.loads(line) if line.strip() else {}
    except ValueError:
        return {}
    if not isinstance(event, dict):
        return {}
    return {str(key): str(value) for key, value in cast("dict[Any, Any]", event).items()}
