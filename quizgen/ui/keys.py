"""Ask a person: one key, one line, a text in an editor."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from quizgen.errors import QuizgenError

_END = b"\x04"


@dataclass(frozen=True, slots=True)
class Talk:
    """How to ask. `key` and `line` return an empty string at the end of input, which means quit."""

    key: Callable[[], str]
    line: Callable[[str], str]
    editor: Callable[[str], str | None]


@contextmanager
def talk() -> Generator[Talk]:
    """Ask on this process's terminal, or read one line per answer from a pipe."""
    if not sys.stdin.isatty():
        yield Talk(lambda: _piped()[:1], _prompted, _editor)
    elif sys.platform == "win32":
        yield Talk(_getchar, _line, _editor)
    else:
        with _terminal() as asked:
            yield asked


@contextmanager
def pasting() -> Generator[Callable[[], str]]:
    """Give a function that reads a long paste from a terminal, up to Ctrl-D.

    On Windows it ends at Ctrl-Z and Enter. A terminal that hands over whole lines would cut them
    at 4,096 bytes, and a reply is often one line; it is switched once, since what is typed ahead
    while it hands over lines would lose its Ctrl-D.
    """
    if sys.platform == "win32":
        yield sys.stdin.read
        return
    import termios  # noqa: PLC0415 - there is none on Windows

    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    single = termios.tcgetattr(handle)
    single[3] &= ~termios.ICANON
    termios.tcsetattr(handle, termios.TCSADRAIN, single)
    ahead = b""

    def read() -> str:
        nonlocal ahead
        data, ahead = ahead, b""
        while _END not in data and (part := os.read(handle, 65536)):
            data += part
        said, _, ahead = data.partition(_END)
        return said.decode("utf-8", "replace")

    try:
        yield read
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


@contextmanager
def _terminal() -> Generator[Talk]:
    """Switch the terminal to single keys for the whole review.

    Switching for each key, as click does, throws away what is typed ahead.
    """
    import termios  # noqa: PLC0415 - there is none on Windows
    import tty  # noqa: PLC0415

    handle = sys.stdin.fileno()
    lines = termios.tcgetattr(handle)

    @contextmanager
    def cooked() -> Generator[None]:
        termios.tcsetattr(handle, termios.TCSADRAIN, lines)
        try:
            yield
        finally:
            tty.setcbreak(handle, termios.TCSADRAIN)

    tty.setcbreak(handle, termios.TCSADRAIN)
    try:
        yield Talk(lambda: _read_key(handle), cooked()(_line), cooked()(_editor))
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, lines)


def _read_key(handle: int) -> str:
    """Read one key; arrows and the like, which send several bytes, are one unknown key."""
    try:
        data = os.read(handle, 1)
        if data == b"\x1b" or data >= b"\x80":
            while select.select([handle], [], [], 0)[0]:
                data += os.read(handle, 1)
    except (KeyboardInterrupt, OSError):
        return ""
    return data.decode("utf-8", "replace")


def _getchar() -> str:
    try:
        return click.getchar()
    except (KeyboardInterrupt, EOFError):
        return ""


def _line(prompt: str) -> str:
    try:
        return input(prompt)
    except (KeyboardInterrupt, EOFError):
        print()  # noqa: T201 - end the prompt's line
        return ""


def _piped() -> str:
    """Read one line; an empty line is a key too (Enter), the end of input is none."""
    line = sys.stdin.readline()
    return line.strip() or line[:1]


def _prompted(prompt: str) -> str:
    print(prompt, end="", flush=True)  # noqa: T201
    line = sys.stdin.readline()
    print(line.rstrip("\n"))  # noqa: T201
    return line.rstrip("\n")


def _editor(text: str) -> str | None:
    try:
        return click.edit(text, extension=".md", require_save=False)
    except click.ClickException as error:
        raise QuizgenError(
            f"{error.message}; set EDITOR to the editor you use, such as EDITOR=nano"
        ) from error
