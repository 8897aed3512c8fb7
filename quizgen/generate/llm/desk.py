"""What the stages of one passage share, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from quizgen.generate.llm import asking, judging
from quizgen.generate.llm.asking import Ask, Stage
from quizgen.generate.llm.judging import Judged, Refused
from quizgen.generate.llm.parts import Passage
from quizgen.generate.llm.replies import CardReply
from quizgen.generate.llm.wishes import Settings, Wish
from quizgen.llm.values import Answer, Failure, Usage

if TYPE_CHECKING:
    from pydantic import BaseModel

    T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Failed:
    """A part of the work that has no cards because a question got no answer."""

    passage: Passage
    stage: Stage
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Aim:
    """A main idea of a work, which ought to have a card, and where the work says it."""

    idea: str
    document: str
    line: int


@dataclass(slots=True)
class Tally:
    """What was asked about one work, which only grows.

    `kept` counts the questions whose answers were there before; `usage` is what the others took.
    """

    requests: int = 0
    kept: int = 0
    usage: Usage = field(default_factory=Usage)
    prompts: dict[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class Desk:
    """What the stages of every passage share."""

    wish: Wish
    settings: Settings
    ask: Ask
    glossary: frozenset[str]
    tally: Tally
    model: str = ""

    async def put(
        self, stage: Stage, values: Mapping[str, Any], *, name: str, schema: type[T]
    ) -> T | Failure:
        """Ask the question of a stage; raise `Stopped` where the run must end."""
        fill, thoughts = self.settings.fill, self.settings.thoughts
        made, version = asking.request(
            fill, stage, values, name=name, schema=schema, thoughts=thoughts
        )
        self.tally.requests += 1
        self.tally.prompts[stage] = version
        answer = await self.ask(made)
        if isinstance(answer, Answer) and answer.is_cached:
            self.tally.kept += 1
        else:
            self.tally.usage += answer.usage
        return answer if isinstance(answer, Failure) else answer.value

    def judge(
        self, reply: CardReply, passage: Passage, *, importance: int, idea: str
    ) -> Judged | Refused:
        """Ground a card and check it as this person wishes."""
        kinds, known = self.wish.kinds, self.glossary
        return judging.judge(
            reply, passage, kinds=kinds, glossary=known, importance=importance, idea=idea
        )


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a passage, and the main ideas that lie in it."""

    passage: Passage
    cards: tuple[Judged, ...] = ()
    refused: tuple[Refused, ...] = ()
    failed: tuple[Failed, ...] = ()
    aims: tuple[Aim, ...] = ()
