"""What is asked of a model, what comes back, and what it took."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, Literal, TypeAlias, TypeVar

from quizgen.errors import QuizgenError

if TYPE_CHECKING:
    from pydantic import BaseModel

Kind: TypeAlias = Literal[
    "truncated",  # cut at the limit of its length: ask about less
    "refused",  # by the model or a filter before it
    "invalid",  # not what was asked for, even when asked again
    "too_long",  # the question does not fit the model's window
    "timeout",
    "server",
    "quota",
    "auth",
    "model",
    "budget",
    "interrupted",
]
T = TypeVar("T", bound="BaseModel")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Request(Generic[T]):
    """One question to a model.

    `name` is what a person calls the passage, `stage` the step of the work. Neither is sent.
    """

    name: str
    stage: str
    system: str
    user: str
    schema: type[T]
    max_output_tokens: int


@dataclass(frozen=True, slots=True)
class Usage:
    """Requests sent, tokens and money they took; `cost` is None where no price is known."""

    requests: int = 0
    input: int = 0
    output: int = 0
    cached_input: int = 0
    cost: Decimal | None = Decimal(0)
    is_estimate: bool = False

    def __add__(self, other: Usage) -> Usage:
        known = self.cost is not None and other.cost is not None
        return Usage(
            self.requests + other.requests,
            self.input + other.input,
            self.output + other.output,
            self.cached_input + other.cached_input,
            (self.cost or Decimal(0)) + (other.cost or Decimal(0)) if known else None,
            self.is_estimate or other.is_estimate,
        )


@dataclass(frozen=True, slots=True)
class Answer(Generic[T_co]):
    """A validated answer; `usage` is what it took when it was paid for, `model` who gave it."""

    value: T_co
    usage: Usage
    model: str = ""
    is_cached: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer, in a sentence that names the passage; `usage` is paid anyway."""

    kind: Kind
    sentence: str
    usage: Usage = Usage()


class Stopped(QuizgenError):  # noqa: N818
    """End the whole run, since every further request would fail for the same reason."""

    def __init__(self, kind: Kind, sentence: str) -> None:
        super().__init__(sentence)
        self.kind: Kind = kind
