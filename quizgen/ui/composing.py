"""Edit text on the terminal, with what the checks say of it at every key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from quizgen.ui import prose

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

Judge = Callable[[str], Sequence[str]]
"""Say in sentences what is wrong with a text."""

_MOST = 4  # sentences below the text: the rest would push it off a small screen


def compose(text: str, judge: Judge, title: str) -> str | None:
    """Let a person edit text; return None where it is to stay as it was.

    Enter begins a line, Ctrl-S saves, Ctrl-C leaves.
    """
    from prompt_toolkit import PromptSession  # noqa: PLC0415
    from prompt_toolkit.application import get_app  # noqa: PLC0415

    def below() -> StyleAndTextTuples:
        said = list(judge(get_app().current_buffer.text))
        shown = [prose.plain(line) for line in said[:_MOST]]
        if len(said) > _MOST:
            shown.append(f"and {len(said) - _MOST} more")
        state = "\n".join(f"! {line}" for line in shown) or "nothing to complain of"
        return [("", f"{state}\nCtrl-S saves · Ctrl-C leaves it as it was")]

    session: PromptSession[str] = PromptSession(
        multiline=True,
        key_bindings=_keys(),
        bottom_toolbar=below,
        enable_open_in_editor=False,
        refresh_interval=0,
    )
    try:
        return session.prompt(f"{title}\n", default=text)
    except (KeyboardInterrupt, EOFError):
        return None


def _keys() -> KeyBindings:
    from prompt_toolkit.key_binding import KeyBindings  # noqa: PLC0415

    keys = KeyBindings()

    def save(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    for key in (("c-s",), ("escape", "enter")):
        keys.add(*key)(save)
    return keys
