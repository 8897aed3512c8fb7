from __future__ import annotations

import json
from enum import Enum
from typing import Annotated, Any, Literal, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_questions import Cards
from pydantic import BaseModel, Field

from quizgen.llm import output, schema
from quizgen.llm.output import Unusable

GOOD = {"cards": [{"question": "What carries heat?", "answer": "Moving air."}]}


class Level(Enum):
    EASY = "easy"
    HARD = "hard"


class Basic(BaseModel):
    kind: Literal["basic"]
    answer: Annotated[str, Field(pattern="^[A-Z]", min_length=2, max_length=80)]


class Choice(BaseModel):
    kind: Literal["choice"]
    options: Annotated[list[str], Field(min_length=2, max_length=6)]


class Draft(BaseModel):
    """A draft."""

    content: Basic | Choice
    level: Level = Level.EASY
    why: str | None = Field(default=None, description="Shown after answering.")
    weight: Annotated[float, Field(ge=0, le=1)] = 0.5


class Drafts(BaseModel):
    drafts: list[Draft]


class Tree(BaseModel):
    branches: list[Tree]


def keywords(node: Any) -> set[str]:
    """Return every keyword of a JSON Schema, but not the names of properties."""
    if isinstance(node, list):
        return {word for each in cast("list[Any]", node) for word in keywords(each)}
    if not isinstance(node, dict):
        return set()
    inside = cast("dict[str, Any]", node)
    values = {key: value for key, value in inside.items() if key != "enum"}
    values["properties"] = list(inside.get("properties", {}).values())
    return {*inside, *keywords(list(values.values()))}


def test_a_schema_is_flat_and_strict() -> None:
    found = schema.flat(Drafts)

    known = {"type", "enum", "description", "properties", "required", "items", "anyOf"}
    assert keywords(found) <= known | {"additionalProperties"}
    draft = found["properties"]["drafts"]["items"]
    assert draft["required"] == ["content", "level", "why", "weight"]
    assert draft["additionalProperties"] is False
    assert draft["properties"]["content"]["anyOf"][0]["properties"]["kind"]["enum"] == ["basic"]
    assert draft["properties"]["level"]["enum"] == ["easy", "hard"]
    assert draft["properties"]["why"]["description"] == "Shown after answering."


def test_a_schema_that_holds_itself_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="Tree holds itself"):
        schema.flat(Tree)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(GOOD),
        f"\ufeff {json.dumps(GOOD, indent=2)}\n",
        f"```json\n{json.dumps(GOOD)}\n```",
        f"Sure!\n\n```\n{json.dumps(GOOD)}\n```\nAnything else?",
        f'<think>{{"cards": []}} or so</think>\n\n{json.dumps(GOOD)}',
        f"<think>one</think><think>two</think>{json.dumps(GOOD)}",
        f"In the form {{...}}: {json.dumps(GOOD)} {{}}",
        f'Not {{"card": 1}} but {json.dumps(GOOD)}',
    ],
)
def test_what_stands_beside_the_answer_is_forgiven(text: str) -> None:
    assert output.read(text, Cards) == Cards.model_validate(GOOD)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no JSON object"),
        ("I cannot.", "no JSON object"),
        ("[]", "no JSON object"),
        ('{"cards": [{"question": "Why?", "answer": "So."}', "not JSON"),
        ('{"cards": NaN}', "NaN"),
        ('{"cards": [{"question": "Why?"}]}', "cards.0.answer: Field required"),
        ('{"cards": [{"question": "Why?", "answer": "\\ud83d"}]}', "half of a character"),
        ('{"a":' * 100_000, "too deeply"),
        ('{"cards":' + "[" * 900 + "]" * 900 + "}", ""),
        ('{"cards": ' + "9" * 5000 + "}", ""),
        ("{" * 100_000, "no JSON object"),
    ],
)
def test_what_is_wrong_with_the_answer_is_told(text: str, reason: str) -> None:
    found = output.read(text, Cards)

    assert isinstance(found, Unusable)
    assert reason in found.reason
    assert len(found.reason) < 1100


def test_an_answer_that_breaks_off_is_not_searched_for_smaller_ones() -> None:
    class Pair(BaseModel):
        question: str = ""

    assert isinstance(output.read('{"cards": [{"question": "Why?"}, {', Pair), Unusable)


def test_a_closing_thought_inside_an_answer_is_part_of_it() -> None:
    text = json.dumps({"cards": [{"question": "What ends a thought?", "answer": "</think>"}]})

    found = output.read(text, Cards)

    assert isinstance(found, Cards)
    assert found.cards[0].answer == "</think>"


def test_invisible_characters_are_taken_out() -> None:
    text = json.dumps({"cards": [{"question": "Wh\0y\x07?", "answer": "a\tb\nc\x9b"}]})

    found = output.read(text, Cards)

    assert isinstance(found, Cards)
    assert (found.cards[0].question, found.cards[0].answer) == ("Why?", "a\tb\nc")


@given(st.text() | st.text(alphabet='{}[]":,\\ntfu0d8 <think/>`'))
def test_no_output_raises(text: str) -> None:
    assert isinstance(output.read(text, Cards), Cards | Unusable)


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


@given(st.lists(st.tuples(words, words)), words)
def test_every_answer_is_read_as_it_was_meant(pairs: list[tuple[str, str]], after: str) -> None:
    cards = [{"question": question, "answer": answer} for question, answer in pairs]

    found = output.read(json.dumps({"cards": cards}) + after, Cards)

    assert isinstance(found, Cards)
    assert found.model_dump() == {"cards": cards}
