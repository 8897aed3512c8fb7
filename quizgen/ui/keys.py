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
from quizgen.ui import composing
from quizgen.ui.composing import Judge

_SPLIT = 0.05  # seconds by which a slow line may part a sequence

NAMED = {
    b"\x1b[A": "up",
    b"\x1b[B": "down",
    b"\x1b[C": "right",
    b"\x1b[D": "left",
    b"\x1bOA": "up",
    b"\x1bOB": "down",
    b"\x1bOC": "right",
    b"\x1bOD": "left",
    b"\x1b[5~": "page up",
    b"\x1b[6~": "page down",
    b"\x1b": "escape",
    b"\xe0H": "up",
    b"\xe0P": "down",
    b"\xe0M": "right",
    b"\xe0K": "left",
}
"""Keys that send more than a letter, by what a terminal sends."""

_END = b"\x04"
_HEED = 0.5  # seconds in which a Ctrl-C is heeded at the latest


@dataclass(frozen=True, slots=True)
class Talk:
    """How to ask. `key` and `line` return an empty string at the end of input, which means quit.

    `line` shows a prompt and what is already there to change; `compose` edits text while it is
    judged, under a title, and `editor` in the person's own editor: None leaves it as it was.
    """

    key: Callable[[], str]
    line: Callable[[str, str], str]
    compose: Callable[[str, Judge, str], str | None]
    editor: Callable[[str], str | None]


@contextmanager
def talk() -> Generator[Talk]:
    """Ask on this process's terminal, or read one line per answer from a pipe."""
    if not sys.stdin.isatty():
        yield Talk(_piped, _prompted, lambda text, _, __: _editor(text), _editor)
    elif sys.platform == "win32":
        yield Talk(_getchar, _line, composing.compose, _editor)
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
    import select  # noqa: PLC0415 - of files only where there are terminals
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
        while _END not in data:
            # A Ctrl-C that comes just before a wait without end would be heard after it.
            while not select.select([handle], [], [], _HEED)[0]:
                pass
            if not (part := os.read(handle, 65536)):
                break
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
        yield Talk(
            lambda: _read_key(handle),
            cooked()(_line),
            cooked()(composing.compose),
            cooked()(_editor),
        )
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, lines)


def _read_key(handle: int) -> str:
    """Read one key; one that sends several bytes is one key, by its name where it has one."""
    try:
        data = os.read(handle, 1)
        if data == b"\x1b":
            data += _sequence(handle)
        elif data >= b"\xc0":  # the first byte of a letter says how many it has
            length = 2 if data < b"\xe0" else 3 if data < b"\xf0" else 4
            while len(data) < length and (more := os.read(handle, 1)):
                data += more
    except (KeyboardInterrupt, OSError):
        return ""
    return NAMED.get(data, data.decode("utf-8", "replace"))


def _sequence(handle: int) -> bytes:
    """Read what follows an escape, up to the letter or sign that ends a sequence."""
    data = b""
    while select.select([handle], [], [], _SPLIT)[0] and (more := os.read(handle, 1)):
        data += more
        if len(data) > 1 and b"@" <= more <= b"~":
            break
        if len(data) == 1 and more not in b"[O":
            break
    return data


def _getchar() -> str:
    try:
        typed = click.getchar()
        return NAMED.get(typed.encode("latin-1", "replace"), typed)
    except (KeyboardInterrupt, EOFError):
        return ""


def _line(prompt: str, text: str = "") -> str:
    """Ask for a line; `text` is there to be changed, where the system can do it."""
    try:
        with _filled_in(text):
            return input(prompt)
    except (KeyboardInterrupt, EOFError):
        print()  # noqa: T201 - end the prompt's line
        return ""


@contextmanager
def _filled_in(text: str) -> Generator[None]:
    try:
        import readline  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        yield
        return
    readline.set_startup_hook(lambda: readline.insert_text(text))
    try:
        yield
    finally:
        readline.set_startup_hook()


def _piped() -> str:
    """Read one line: a key, or the name of one; an empty line is a key too, the end is none."""
    line = sys.stdin.readline()
    said = line.strip() or line[:1]
    return said if said in NAMED.values() else said[:1]


def _prompted(prompt: str, _text: str = "") -> str:
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
