"""What comes back from a server: bytes, what a model wrote, or why it wrote nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from quizgen.llm.ladder import Part
from quizgen.llm.values import Kind, Usage


@dataclass(frozen=True, slots=True)
class Received:
    """An answer over HTTP: `headers` are in lower case, the body is unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Said:
    """What a model wrote, and what that took: None where the server does not count."""

    text: str
    usage: Usage | None
    model: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no output.

    `again`: the same request may go better after `wait` seconds. `stops`: every other request
    would go the same way. `refuses`: a part of the body that the server does not take, or the
    output mode. `usage` is what it took all the same, `is_paid` that it took an unknown sum.
    """

    kind: Kind
    cause: str
    status: int = 0
    again: bool = False
    wait: float | None = None
    stops: bool = False
    refuses: Part | None = None
    refuses_mode: bool = False
    usage: Usage | None = None
    is_paid: bool = False

    @property
    def is_vague(self) -> bool:
        """Claim that the server turned the request down without a reason that is known here."""
        return self.kind == "server" and self.status in {400, 422, 501}


Reply: TypeAlias = Said | Trouble


def spoken(text: str) -> str:
    """Cut a server's words to one line that is safe to show."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= 200 else f"{line[:199]}…"
