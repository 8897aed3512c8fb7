"""The options that say how a language model writes the cards, and what a person wants of them."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from quizgen.errors import QuizgenError, UsageError
from quizgen.generate.llm.wishes import KINDS, CardKind, Wish
from quizgen.llm.settings import Options

if TYPE_CHECKING:
    from quizgen.generate.llm.written import Written
    from quizgen.llm.values import Stopped

INTERRUPTED = 130

_Command = TypeVar("_Command", bound=Callable[..., Any])
_SMALLEST = 10_000  # tokens: rules, examples and an answer take most of them


@dataclass(frozen=True, slots=True)
class Asked:
    """How cards are to be written; `by` is empty for the rules, which need no model.

    `window` is how many tokens a question and its answer may have, 0 for the default.
    """

    by: Literal["", "openai", "chat"] = ""
    wish: Wish = field(default_factory=Wish)
    server: Options = field(default_factory=Options)
    confirm_above: str = "0.50"
    is_confirmed: bool = False
    window: int = 0
    is_quick: bool = False
    answers: Path | None = None
    replies: Path | None = None
    templates: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a model wrote for each work, and why it stopped before the end if it did.

    `told` is what each deck's log is to remember. Both are empty where nothing was to be sent,
    since it is a dry run or the person said no.
    """

    written: tuple[Written, ...] = ()
    told: tuple[str, ...] = ()
    stopped: Stopped | None = None

    @property
    def is_short(self) -> bool:
        """Claim that a part of some work has no cards since a question got no answer."""
        return any(each.failed or each.pending for each in self.written)


_SERVER = (
    click.option(
        "--base-url",
        default="",
        metavar="URL",
        help="The server, as in http://127.0.0.1:11434/v1; else OPENAI_BASE_URL, else OpenAI.",
    ),
    click.option(
        "--timeout",
        type=float,
        metavar="SECONDS",
        help="The longest that one answer may take. [default: 300]",
    ),
)
_MODEL = (
    click.option(
        "--with",
        "by",
        type=click.Choice(["openai", "chat"]),
        help="Let a language model write the cards: by any server that speaks OpenAI's protocol, "
        "or by pasting prompts into a chat.",
    ),
    click.option("--model", default="", metavar="NAME", help="The model; else QUIZGEN_MODEL."),
    *_SERVER,
    click.option("--concurrency", type=int, metavar="N", help="Requests at once. [default: 4]"),
    click.option("--max-requests", type=int, metavar="N", help="Send no more requests than this."),
    click.option("--max-cost", default="", metavar="DOLLARS", help="Spend no more than this."),
    click.option(
        "--confirm-above",
        default="0.50",
        metavar="DOLLARS",
        show_default=True,
        help="Ask on a terminal before a run that is estimated to cost more.",
    ),
    click.option("-y", "--yes", is_flag=True, help="Do not ask."),
    click.option(
        "--window",
        type=click.IntRange(min=_SMALLEST),
        metavar="TOKENS",
        help="What the model takes in and writes at once. [default: 32000]",
    ),
    click.option(
        "--quick",
        is_flag=True,
        help="Neither plan nor read again: a third of the price, and every card rough.",
    ),
    click.option(
        "--answers",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Where answers are kept; else QUIZGEN_ANSWERS, else in the user's cache folder.",
    ),
    click.option(
        "--replies",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        help="With chat: write the prompts there as files, and read the replies that are there.",
    ),
    click.option(
        "--templates",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        help="Your own prompts: FOLDER/prompts/write.j2 takes the place of the one built in.",
    ),
)
_WISH = (
    click.option("--cards", type=click.IntRange(min=1), metavar="N", help="How many cards in all."),
    click.option("--dense", "density", flag_value="many", help="More cards, details too."),
    click.option("--sparse", "density", flag_value="few", help="Fewer cards, main ideas only."),
    click.option(
        "--kinds", default="", metavar="LIST", help="Some of basic,cloze,choice; else all."
    ),
    click.option("--level", default="", metavar="TEXT", help="As in “first-year students”."),
    click.option("--language", default="", metavar="NAME", help="The language of the cards."),
    click.option("--focus", default="", metavar="TEXT", help="As in “only the history”."),
    click.option("--instruction", default="", metavar="TEXT", help="Anything else you want."),
)
_WISHES = ("cards", "density", "kinds", "level", "language", "focus", "instruction")
_FOR_MODEL = ("model", "base_url", "timeout", "concurrency", "max_requests", "max_cost", "yes")
_FOR_BOTH = ("window", "answers", "templates")


def server(command: _Command) -> _Command:
    """Add the options that say which server is asked."""
    return _added(command, _SERVER)


def options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a language model, and give the command what they say as `asked`."""

    @functools.wraps(command)
    def wrapped(**given: Any) -> None:
        mine = {name: given.pop(name) for name in _NAMES}
        command(**given, asked=_asked(mine))

    return _added(wrapped, (*_MODEL, *_WISH))


_NAMES = ("by", *_FOR_MODEL, "confirm_above", "quick", "replies", *_FOR_BOTH, *_WISHES)


def _added(command: _Command, rows: tuple[Callable[[Any], Any], ...]) -> _Command:
    for row in reversed(rows):
        command = row(command)
    return command


def _asked(given: Mapping[str, Any]) -> Asked:
    by: Literal["", "openai", "chat"] = given["by"] or ""
    for name in (*_WISHES, *_FOR_BOTH, *_FOR_MODEL, "quick", "replies"):
        if given[name] not in ("", None, False):
            _refuse(name, by)
    return Asked(
        by,
        _wish(given),
        Options(
            base_url=given["base_url"],
            model=given["model"],
            timeout=given["timeout"],
            concurrency=given["concurrency"],
            max_requests=given["max_requests"],
            max_cost=given["max_cost"],
        ),
        confirm_above=given["confirm_above"],
        is_confirmed=given["yes"],
        window=given["window"] or 0,
        is_quick=given["quick"],
        answers=given["answers"],
        replies=given["replies"],
        templates=given["templates"],
    )


def _refuse(name: str, by: str) -> None:
    """Refuse an option that would do nothing: the rules know no wishes, a chat no server."""
    option = {"density": "--dense and --sparse"}.get(name, f"--{name.replace('_', '-')}")
    if not by:
        raise UsageError(f"{option} is for a language model: add --with openai, or --with chat")
    if by == "chat" and (name in _FOR_MODEL or name == "quick"):
        raise UsageError(f"{option} is for a server: --with openai")
    if by == "openai" and name == "replies":
        raise UsageError(f"{option} is for a chat: --with chat")


def _wish(given: Mapping[str, Any]) -> Wish:
    return Wish(
        cards=given["cards"] or 0,
        density=given["density"] or "normal",
        kinds=_kinds(given["kinds"]),
        level=_line(given["level"]),
        language=_line(given["language"]),
        focus=_line(given["focus"]),
        extra=_line(given["instruction"]),
    )


def _kinds(given: str) -> tuple[CardKind, ...]:
    wanted = {each.strip().casefold() for each in given.split(",")} - {""}
    if unknown := sorted(wanted - set(KINDS)):
        raise UsageError(f"--kinds {unknown[0]!r} is none of {', '.join(KINDS)}")
    return tuple(kind for kind in KINDS if kind in wanted) or KINDS


def _line(given: str) -> str:
    return " ".join(given.split())


def answers(chosen: Path | None, environ: Mapping[str, str] = os.environ) -> Path:
    """Tell where answers are kept that were paid for."""
    named = environ.get("QUIZGEN_ANSWERS", "").strip()
    if chosen or named:
        return chosen or Path(named).expanduser()
    return _caches(environ) / "quizgen" / "answers.sqlite"


def _caches(environ: Mapping[str, str]) -> Path:
    xdg = environ.get("XDG_CACHE_HOME", "").strip()
    if xdg and Path(xdg).is_absolute():
        return Path(xdg)
    if sys.platform == "win32" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"])
    try:
        home = Path.home()
    except RuntimeError:
        raise QuizgenError(
            "there is no home folder to keep answers in: name a file by --answers"
        ) from None
    return home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"
