"""Have any chat write cards: give a person the prompts, and take the replies that they paste."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import click

from quizgen import files, identity
from quizgen.commands import asking, writing
from quizgen.commands.asking import Asked, Outcome
from quizgen.errors import QuizgenError, UsageError
from quizgen.generate.llm import chat, written
from quizgen.generate.llm.desk import Failed, Result, Tally
from quizgen.generate.llm.parts import Passage, tokens
from quizgen.generate.llm.wishes import Settings, Wish
from quizgen.llm import cache
from quizgen.llm.cache import Cache, Kept
from quizgen.llm.values import Stopped, Usage
from quizgen.model import Work
from quizgen.ui import keys

_SIZE = 2_400  # tokens of the source in a prompt: a person would rather paste five than ten
_BETWEEN = "==="
_OPEN = "its prompt has no reply yet"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One prompt to paste: `work` is the place of its work, `number` its own among `total`."""

    work: int
    passage: Passage
    prompt: str
    number: int
    total: int

    @property
    def name(self) -> str:
        """Name the files of a prompt so that a changed document takes no old reply."""
        width = len(str(self.total))
        return f"{self.number:0{width}}-{identity.short_hash(self.prompt, 6)}"


# How a reply comes in: empty where there is none. It is asked again after a bad one.
_Take = Callable[[_Sheet], str]


def run(works: Sequence[Work], asked: Asked, *, dry_run: bool, is_pasted: bool) -> Outcome:
    """Write the cards of works from replies that a person, or a script, brings."""
    if is_pasted and not asked.replies:
        raise UsageError("standard input holds the document: give the replies by --replies FOLDER")
    prompting = replace(writing.prompting(asked), size=_SIZE)
    sheets = list(_sheets(works, asked.wish, prompting))
    if dry_run:
        size = sum(tokens(sheet.prompt) for sheet in sheets)
        prompts = "1 prompt" if len(sheets) == 1 else f"{len(sheets)} prompts"
        click.echo(f"{prompts} to paste, {size:,} tokens in all")
        return Outcome()
    results: dict[int, Result] = {}
    stopped: Stopped | None = None
    try:
        if asked.replies:
            _from_files(sheets, asked.replies, asked.wish, results)
        else:
            _from_person(sheets, asking.answers(asked.answers), asked.wish, results)
    except KeyboardInterrupt:
        stopped = Stopped("interrupted", "interrupted: what you pasted is kept")
    if not stopped and len(results) < len(sheets):
        left = len(sheets) - len(results)
        stopped = Stopped("budget", f"{left} of {len(sheets)} prompts have no reply yet")
    if stopped:
        click.echo(f"quizgen: {stopped}", err=True)
    gathered = (_gathered(at, work, sheets, results, asked) for at, work in enumerate(works))
    return Outcome(tuple(gathered), ("",) * len(works), stopped)


def _sheets(works: Sequence[Work], wish: Wish, prompting: Settings) -> Iterator[_Sheet]:
    cut = [chat.cut(work, wish, prompting) for work in works]
    total = sum(map(len, cut))
    number = 0
    for at, passages in enumerate(cut):
        for passage in passages:
            number += 1
            yield _Sheet(at, passage, chat.prompt(passage, wish, prompting), number, total)


def _gathered(
    at: int, work: Work, sheets: Sequence[_Sheet], results: dict[int, Result], asked: Asked
) -> written.Written:
    mine = [sheet for sheet in sheets if sheet.work == at]
    done = [results[sheet.number] for sheet in mine if sheet.number in results]
    pending = [
        Failed(sheet.passage, "write", "interrupted", _OPEN)
        for sheet in mine
        if sheet.number not in results
    ]
    return written.of(
        work, done, pending=pending, cards=asked.wish.cards, tally=Tally(), model="chat"
    )


# --- replies as files --------------------------------------------------------


def _from_files(
    sheets: Sequence[_Sheet], folder: Path, wish: Wish, results: dict[int, Result]
) -> None:
    for sheet in sheets:
        prompt, reply = (folder / f"{sheet.name}.{kind}.txt" for kind in ("prompt", "reply"))
        if not prompt.exists():
            files.write(prompt, sheet.prompt.encode("utf-8", "replace"))
        if not reply.exists():
            continue
        try:
            text = files.read(reply).decode("utf-8", "replace")
            results[sheet.number] = chat.read(text, sheet.passage, wish)
        except QuizgenError as error:
            click.echo(f"quizgen: {reply}: {error}", err=True)
    if len(results) == len(sheets):
        return
    first = next(sheet.name for sheet in sheets if sheet.number not in results)
    click.echo(
        f"quizgen: the prompts are in {folder}; save the reply to {first}.prompt.txt as "
        f"{first}.reply.txt, and so on, and run the same command again",
        err=True,
    )


# --- replies from a terminal or a pipe ---------------------------------------


def _from_person(
    sheets: Sequence[_Sheet], answers: Path, wish: Wish, results: dict[int, Result]
) -> None:
    is_terminal = sys.stdin.isatty()
    with ExitStack() as stack:
        kept = stack.enter_context(Cache(answers))
        read = stack.enter_context(keys.pasting()) if is_terminal else None
        take = partial(_pasted, read) if read else _Pipe().take
        for sheet in sheets:
            key = cache.key("chat", sheet.prompt.encode("utf-8", "replace"))
            if known := kept.find(key):
                results[sheet.number] = chat.read(known.value, sheet.passage, wish)
                continue
            found = _taken(sheet, take, wish, again=is_terminal)
            if found:
                reply, results[sheet.number] = found
                kept.keep(key, Kept(reply, Usage(), "chat"), stage="chat")
                cards = len(results[sheet.number].cards)
                click.echo(f"quizgen: {cards} cards from this reply", err=True)


def _taken(sheet: _Sheet, take: _Take, wish: Wish, *, again: bool) -> tuple[str, Result] | None:
    while reply := take(sheet):
        try:
            return reply, chat.read(reply, sheet.passage, wish)
        except QuizgenError as error:
            click.echo(f"quizgen: {error}", err=True)
            if not again:
                return None
    return None


def _pasted(read: Callable[[], str], sheet: _Sheet) -> str:
    click.echo(sheet.prompt)
    end = "Ctrl-Z and Enter" if sys.platform == "win32" else "Ctrl-D"
    click.echo(
        f"quizgen: prompt {sheet.number} of {sheet.total} ends here; give it to your chat, paste "
        f"the whole reply below and press {end} ({end} alone passes over it, Ctrl-C stops)",
        err=True,
    )
    return read().strip()


class _Pipe:
    """Replies on standard input, in the order of the prompts that are open, parted by `===`."""

    def __init__(self) -> None:
        self._replies = _parted(sys.stdin.buffer.read().decode("utf-8", "replace"))

    def take(self, sheet: _Sheet) -> str:
        """Give the next reply; where there is none, write the prompt out instead."""
        reply = next(self._replies, "")
        if not reply:
            click.echo(f"{sheet.prompt}\n{_BETWEEN}")
        return reply


def _parted(text: str) -> Iterator[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        if line.strip() == _BETWEEN:
            yield "\n".join(lines).strip()
            lines = []
        else:
            lines.append(line)
    if any(line.strip() for line in lines):
        yield "\n".join(lines).strip()
