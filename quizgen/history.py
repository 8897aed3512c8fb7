"""Read and write the log beside a deck: what was made, edited, merged, dropped and why."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, cast

What: TypeAlias = Literal["begun", "made", "edited", "merged", "draft", "kept", "dropped"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a card; `what` is `begun` where a deck starts anew."""

    what: What
    card: str = ""
    why: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What a deck remembers of cards that it may no longer hold: origins by id."""

    made: dict[str, str]

    def gone(self, present: Iterable[str]) -> dict[str, str]:
        """Return id by origin of the cards that were made and are no longer there."""
        here = set(present)
        return {origin: card for card, origin in self.made.items() if card not in here and origin}


def write(events: Iterable[Event], now: str) -> bytes:
    """Write events as JSON lines; `now` is UTC as ISO 8601."""
    lines: list[str] = []
    for event in events:
        named = {"id": event.card, "from": event.origin, "why": event.why}
        fields = {"at": now, "what": event.what} | {key: named[key] for key in named if named[key]}
        lines.append(json.dumps(fields, ensure_ascii=False) + "\n")
    return "".join(lines).encode("utf-8", "replace")


def read(data: bytes) -> History:
    """Read a log, passing over lines that a merge or a kill has spoilt."""
    made: dict[str, str] = {}
    for line in data.decode("utf-8", "replace").split("\n"):
        event = _fields(line)
        if event.get("what") == "begun":
            made = {}
        elif event.get("what") == "made" and event.get("id"):
            made[event["id"]] = event.get("from", "")
    return History(made)


def _fields(line: str) -> dict[str, str]:
    try:
        event: Any = json.loads(line) if line.strip() else {}
    except ValueError:
        return {}
    if not isinstance(event, dict):
        return {}
    return {str(key): str(value) for key, value in cast("dict[Any, Any]", event).items()}
