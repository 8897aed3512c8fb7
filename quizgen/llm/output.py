"""Turn what a model wrote into a validated value, or say why that cannot be done."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    T = TypeVar("T", bound=BaseModel)

_THOUGHT = re.compile(r"\A.*</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_HALF = re.compile("[\ud800-\udfff]")
_OBJECT = re.compile(r"\{\s*[\"}]")
# Invisible, of no use in a card, and poison to XML, terminals and C strings.
_CONTROLS = {code: None for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r"}


@dataclass(frozen=True, slots=True)
class Unusable:
    """What is wrong with an output, in words for the model."""

    reason: str


def read(text: str, schema: type[T]) -> T | Unusable:
    """Return the value in a model's output: the first object in it that is one.

    Thoughts before it, a code fence around it and words beside it are forgiven. Nothing in it
    is, and an object that breaks off is never searched for smaller ones.
    """
    text = text.removeprefix("\ufeff").lstrip()
    if not text.startswith("{"):
        text = _THOUGHT.sub("", text)
    first: Unusable | None = None
    at = 0
    while found := _OBJECT.search(text, at):
        value, at = _decoded(text, found.start())
        if not isinstance(value, Unusable):
            value = _validated(value, schema)
        if not isinstance(value, Unusable):
            return value
        first = first or value
    return first or Unusable("it holds no JSON object")


def _decoded(text: str, at: int) -> tuple[Any, int]:
    """Return what the object at a place holds, and where to go on from."""
    # not strict: servers that constrain a model's output let raw line breaks into strings
    decoder = json.JSONDecoder(strict=False, parse_constant=_refuse)
    try:
        value, end = decoder.raw_decode(text, at)
        # as text again, since pydantic finds lone surrogates and numbers without end only there
        return json.dumps(_clean(value), allow_nan=False), end
    except RecursionError:
        return Unusable("it is nested too deeply"), len(text)
    except ValueError as error:
        return Unusable(f"it is not JSON: {str(error)[:120]}"), len(text)


def _validated(text: str, schema: type[T]) -> T | Unusable:
    from pydantic import ValidationError  # noqa: PLC0415

    try:
        return schema.model_validate_json(text)
    except ValidationError as error:
        return Unusable(_complaints(error))


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        if _HALF.search(value):
            raise ValueError("it holds half of a character, such as an emoji")
        return value.translate(_CONTROLS)
    if isinstance(value, list):
        return [_clean(each) for each in cast("list[Any]", value)]
    if isinstance(value, Mapping):
        return {_clean(key): _clean(each) for key, each in cast("dict[str, Any]", value).items()}
    return value


def _complaints(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    lines = [f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in found[:5]]
    return "; ".join(line.removeprefix(": ")[:200] for line in lines)
