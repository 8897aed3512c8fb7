"""Say how the writer asks: through a function it is given, one prompt file for each stage."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypeVar

from quizgen import identity
from quizgen.errors import QuizgenError
from quizgen.llm.values import Answer, Failure, Request

if TYPE_CHECKING:
    from pydantic import BaseModel

    T = TypeVar("T", bound=BaseModel)

Stage: TypeAlias = Literal[
    "restore", "outline", "plan", "write", "mend", "guess", "reread", "settle"
]
Ask: TypeAlias = Callable[[Request[Any]], Awaitable[Answer[Any] | Failure]]
Fill: TypeAlias = Callable[[str, Mapping[str, Any]], str]
"""Fill the template of a name with values, as `render.fill` does."""

SPLITS: Final = frozenset({"truncated", "too_long"})
"""Kinds of failure that a smaller passage may cure."""

OUTPUT: Final[Mapping[str, int]] = {
    "restore": 2_500,
    "outline": 3_000,
    "plan": 4_000,
    "write": 6_000,
    "mend": 4_000,
    "guess": 2_500,
    "reread": 3_000,
    "settle": 2_000,
}
"""The most tokens that an answer may have, without the thoughts of a thinking model."""

_PROMPT: Final = re.compile(
    r"\s*version (?P<version>\d+)\s*\n=== system ===\n(?P<system>.*?)\n=== user ===\n(?P<user>.*)",
    re.DOTALL,
)
_FENCE_LETTERS: Final = 16


@dataclass(frozen=True, slots=True)
class Prompt:
    """A filled template: its version, what the model is told, and what it is given."""

    version: int
    system: str
    user: str


def prompt(fill: Fill, name: str, values: Mapping[str, Any]) -> Prompt:
    """Fill `prompts/NAME.j2`; raise `QuizgenError` where the file has lost its parts.

    Nothing of a source takes part in the first two parts, so no source can end them.
    """
    path = f"prompts/{name}.j2"
    found = _PROMPT.fullmatch(fill(path, values))
    if not found:
        raise QuizgenError(
            f"the template {path} must begin with `version N`, `=== system ===` and, further down,"
            " `=== user ===`, each on a line of its own; compare it with the one that is built in"
        )
    return Prompt(int(found["version"]), found["system"].strip(), found["user"].strip())


def request(
    fill: Fill,
    stage: Stage,
    values: Mapping[str, Any],
    *,
    name: str,
    schema: type[T],
    thoughts: int = 0,
) -> tuple[Request[T], int]:
    """Make the request of a stage, with its prompt's version; `name` is for people.

    `thoughts` is how many tokens a model may use up before its answer.
    """
    made = prompt(fill, stage, values)
    asked = Request(name, stage, made.system, made.user, schema, OUTPUT[stage] + thoughts)
    return asked, made.version


def fence(*texts: str) -> str:
    """Make a mark that no text between two of it can hold.

    It is a hash of the texts themselves, so that nobody can plant it in them, and the same
    input makes the same request.
    """
    return identity.short_hash("\x1f".join(texts), _FENCE_LETTERS)
