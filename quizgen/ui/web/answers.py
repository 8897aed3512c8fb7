"""Say what a request asks, and what it is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias
from urllib.parse import urlencode

from quizgen.ui.web.room import Room


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: what was given by name, and the files that came with it.

    `part` says that a script asks, which wants the inside of the page alone.
    """

    room: Room
    given: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    files: Sequence[tuple[str, bytes]] = ()
    part: bool = False

    def one(self, name: str) -> str:
        r"""Return a field, empty where there is none; forms send `\r\n` for every line's end."""
        found = self.given.get(name) or ("",)
        return found[-1].replace("\r\n", "\n")

    def all(self, name: str) -> list[str]:
        """Return every value of a field."""
        return [each for each in self.given.get(name, ()) if each]


@dataclass(frozen=True, slots=True)
class Answer:
    """A template with its values, or the address `to` go on to.

    `here` is the address of the page, which a script shows in its place.
    """

    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    to: str = ""
    here: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """A file; with a `name` it is saved, without one shown under its own `policy`."""

    data: bytes
    type: str
    name: str = ""
    policy: str = ""


def go(path: str, **query: str) -> Answer:
    """Go on to an address of ours."""
    asked = urlencode({key: value for key, value in query.items() if value})
    return Answer(to=f"{path}?{asked}" if asked else path)


Answers: TypeAlias = Callable[[Ask], Answer | Sent]


def _message(ask: Ask, sentence: str) -> Answer:
    return Answer("message.html", {"sentence": sentence, "deck": ask.one("deck")}, status=409)


@dataclass(frozen=True, slots=True)
class Page:
    """A row of the table of addresses; `refused` shows the sentence of an error."""

    method: Literal["GET", "POST"]
    path: str
    answer: Answers
    refused: Callable[[Ask, str], Answer] = _message
