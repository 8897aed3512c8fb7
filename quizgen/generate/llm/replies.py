"""What a model may answer: flat schemas that forgive small slips and believe nothing.

Numbers of lines and ideas only point; whatever they point at is looked up by code.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict

_DIGITS: Final = re.compile(r"-?\d+")
_LONGEST: Final = 4_000  # characters of a field; more is a runaway answer
_MOST: Final = 120  # rows of a list
_KINDS: Final = {
    "qa": "basic",
    "q&a": "basic",
    "question": "basic",
    "basic": "basic",
    "cloze": "cloze",
    "fill": "cloze",
    "blank": "cloze",
    "choice": "choice",
    "mcq": "choice",
    "multiple": "choice",
}


def _text(value: Any) -> Any:
    """Read a missing text as empty, a list as its lines, and fold white space."""
    if value is None:
        return ""
    if isinstance(value, list):
        value = " ".join(str(each) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, bool | int | float):
        value = str(value)
    if not isinstance(value, str):
        return value
    # A lone surrogate or a control character would break the deck file.
    clean = value.encode("utf-8", "ignore").decode("utf-8")
    return " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in clean).split())


def _field(value: Any) -> Any:
    """Read a text of one card: a runaway one is cut, and fails its checks."""
    text = _text(value)
    return text[:_LONGEST] if isinstance(text, str) else text


def _number(value: Any) -> Any:
    """Read the first number of `[12]` or `line 12`; 0 where there is none."""
    if isinstance(value, list):
        value = value[0] if value else 0  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, str):
        found = _DIGITS.search(value)
        return int(found.group()[:9]) if found else 0
    if isinstance(value, float):
        return int(value)
    return 0 if value is None else value  # pyright: ignore[reportUnknownVariableType]


def _texts(value: Any) -> Any:
    """Read a single text as a list of one, and leave out what is empty."""
    if value is None:
        return []
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        return value
    texts = [_text(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
    return [text for text in texts if text]


def _numbers(value: Any) -> Any:
    """Read a single number as a list of one."""
    if value is None or value == "":
        return []
    return [_number(each) for each in (value if isinstance(value, list) else [value])]  # pyright: ignore[reportUnknownVariableType]


def _kind(value: Any) -> Any:
    word = re.split(r"[\s_-]", str(value or "basic").strip().casefold())[0]
    return _KINDS.get(word, "basic")


def _ground(value: Any) -> Any:
    """Read what a guess rests on; anything unknown costs a card nothing."""
    word = str(value or "").strip().casefold()
    return next((each for each in ("wording", "sense") if word.startswith(each)), "study")


def _sure(value: Any) -> Any:
    """Read how sure a guess is; anything unknown costs a card nothing."""
    word = str(value or "").strip().casefold()
    return next((each for each in ("certain", "likely") if word.startswith(each)), "wild")


def _rows(value: Any) -> Any:
    """Leave out rows that are no objects, and take a single one for a list."""
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return [] if value is None else value
    return [row for row in value if isinstance(row, dict)][:_MOST]  # pyright: ignore[reportUnknownVariableType]


Text: TypeAlias = Annotated[str, BeforeValidator(_field)]
Prose: TypeAlias = Annotated[str, BeforeValidator(_text)]
Number: TypeAlias = Annotated[int, BeforeValidator(_number)]
Texts: TypeAlias = Annotated[list[str], BeforeValidator(_texts)]
Numbers: TypeAlias = Annotated[list[int], BeforeValidator(_numbers)]
Ground: TypeAlias = Annotated[Literal["wording", "sense", "study"], BeforeValidator(_ground)]
Sure: TypeAlias = Annotated[Literal["certain", "likely", "wild"], BeforeValidator(_sure)]
Flag: TypeAlias = Annotated[bool, BeforeValidator(bool)]
Kind: TypeAlias = Annotated[Literal["basic", "cloze", "choice"], BeforeValidator(_kind)]


class _Reply(BaseModel):
    """Settings of every answer: fields that nobody asked for are passed over."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, frozen=True)


class Idea(_Reply):
    """Something worth learning, and the words that say it."""

    quote: Text = ""
    line: Number = 0
    idea: Text = ""
    importance: Number = 2


class Plan(_Reply):
    """What a passage holds that is worth a card."""

    ideas: Annotated[list[Idea], BeforeValidator(_rows)] = []


class CardReply(_Reply):
    """A card, evidence first: a model that has copied the words writes what they say."""

    idea: Number = 0
    quote: Text = ""
    line: Number = 0
    also: Numbers = []
    kind: Kind = "basic"
    answer: Text = ""
    question: Text = ""
    wrong: Texts = []
    why: Text = ""


class Cards(_Reply):
    """The cards of a passage, or those that were asked for again."""

    cards: Annotated[list[CardReply], BeforeValidator(_rows)] = []


class Guessed(_Reply):
    """What somebody answers who has read nothing: the likeliest answer, and a rival of it.

    `neighbour` says that another question of the same list gives it away.
    """

    number: Number = 0
    guess: Text = ""
    by: Ground = "study"
    sure: Sure = "wild"
    neighbour: Flag = False
    other: Text = ""


class Guesses(_Reply):
    """A stranger's guesses."""

    guesses: Annotated[list[Guessed], BeforeValidator(_rows)] = []


class Answered(_Reply):
    """What a reader who sees only the evidence says of a question."""

    number: Number = 0
    answer: Text = ""
    other: Text = ""
    unfounded: Text = ""
    unclear: Text = ""
    weak_options: Numbers = []


class Readings(_Reply):
    """A reader's answers."""

    answers: Annotated[list[Answered], BeforeValidator(_rows)] = []


class Settled(_Reply):
    """What a reader who sees question, answer and evidence says of a doubt."""

    number: Number = 0
    fault: Text = ""
    same: bool = True
    supported: bool = True
    one_answer: bool = True
    guessed: bool = False


class Verdicts(_Reply):
    """A reader's verdicts."""

    verdicts: Annotated[list[Settled], BeforeValidator(_rows)] = []


class Restored(_Reply):
    """Captions with punctuation, and the names that were repaired: `heard -> meant`."""

    text: Prose = ""
    names: Texts = []
