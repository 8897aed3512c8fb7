"""Put a card, the keys and where one stands onto a screen of any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizgen import familiar, review
from quizgen.review import progress
from quizgen.ui import face, prose
from quizgen.ui.face import Look

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from quizgen.model import Card
    from quizgen.sitting import Sitting

WIDE = 110
"""Columns from which evidence stands beside the card."""

_LINES_OF_KEYS = 2
_BAR = 10
_NARROW = 24  # columns that tell too little of a card


@dataclass(frozen=True, slots=True)
class Hint:
    """A key that can be pressed now, and what it does in a word."""

    key: str
    name: str


def draw(console: Console, lines: Sequence[Text]) -> None:
    """Show lines in place of what was on the screen, in one write, so that nothing flickers."""
    from rich.console import Group  # noqa: PLC0415

    if not console.is_terminal or console.legacy_windows or console.is_dumb_terminal:
        if console.is_terminal:
            console.clear()
        console.print(Group(*lines), soft_wrap=True)
        return
    with console.capture() as captured:
        for line in lines:
            console.print(line, no_wrap=True, crop=True, overflow="crop", soft_wrap=False)
    text = captured.get().replace("\n", "\x1b[K\n")
    console.file.write(f"\x1b[H{text.removesuffix(chr(10))}\x1b[J\r\n")
    console.file.flush()


def card(
    console: Console,
    sitting: Sitting,
    session: review.Session,
    *,
    answered: bool,
    scroll: int,
    footer: Sequence[Text],
) -> tuple[list[Text], bool]:
    """Lay out the card on the table; the second value tells whether more can be scrolled to."""
    from rich.text import Text  # noqa: PLC0415

    shown = sitting.card(session.current)
    has_styles = console.is_terminal and not console.is_dumb_terminal
    look = Look(console, console.width, has_styles, answered)
    if console.width >= WIDE and not prose.has_right_to_left(sitting.block(shown.id)):
        body = _beside(sitting, shown, look)
    else:
        body = [*face.left(sitting, shown, look)]
        if rest := face.right(sitting, shown, look):
            body += [Text(""), *rest]
    head = _header(console, sitting, session, shown)
    if not console.is_terminal:
        return [*head, *body, Text(""), *footer], False
    room = console.height - len(head) - len(footer) - 2
    return [*head, *_scrolled(body, room, scroll), *footer], len(body) > room + scroll


def _scrolled(body: list[Text], room: int, scroll: int) -> list[Text]:
    """Cut a body to the lines that there are, and fill them, so that the keys stay in place."""
    from rich.text import Text  # noqa: PLC0415

    room = max(3, room)
    if len(body) <= room:
        return [*body, *[Text("")] * (room + 1 - len(body))]
    start = max(0, min(scroll, len(body) - room))
    seen = body[start : start + room]
    below = len(body) - start - room
    more = f"… {below} more lines: ↓" if below else "↑ for what is above"
    return [*seen, Text(more, "dim")]


def _beside(sitting: Sitting, shown: Card, look: Look) -> list[Text]:
    from rich.text import Text  # noqa: PLC0415

    half = (look.width - 3) // 2
    one = Look(look.console, half, look.styles, look.answered)
    lefts = face.left(sitting, shown, one)
    rights = face.right(sitting, shown, one)
    lines: list[Text] = []
    for number in range(max(len(lefts), len(rights))):
        line = lefts[number].copy() if number < len(lefts) else Text("")
        if number < len(rights):
            line.pad_right(max(0, half - line.cell_len + 3))
            line = line.append_text(rights[number])
        lines.append(line)
    return lines


def _header(console: Console, sitting: Sitting, session: review.Session, shown: Card) -> list[Text]:
    from rich.text import Text  # noqa: PLC0415

    now = sitting.standing()
    place = f"{session.at + 1} of {len(session.order)}"
    marks = [place, "kept" if shown.state == "kept" else shown.state, shown.tier]
    if shown.state == "draft":
        marks.remove("draft")
    if shown.stamp.rule:
        marks.append(prose.plain(shown.stamp.rule))
    if review.is_flagged(shown):
        marks.append("for later")
    if familiar.is_marked(shown):
        marks.append("in Anki already")
    if shown.section:
        marks.append(prose.plain(shown.section))
    said = f"{_bar(now, console)} {progress.sentence(now)}"
    room = console.width - len(said) - 2
    line = Text(" · ".join(marks), "bold" if shown.state == "draft" else "bold reverse")
    if session.search.text:
        line.append(f" · /{session.search.text}", "yellow")
    if room < _NARROW:
        line.truncate(console.width, overflow="ellipsis")
        more = Text(said, "cyan")
        more.truncate(console.width, overflow="ellipsis")
        return [line, more, Text("")]
    line.truncate(room, overflow="ellipsis")
    line.pad_right(max(2, console.width - line.cell_len - len(said)))
    line.append(said, "cyan")
    return [line, Text("")]


def _bar(now: progress.Standing, console: Console) -> str:
    drawn = progress.bar(now, _BAR)
    return drawn.replace("█", "#").replace("░", ".") if console.options.ascii_only else drawn


def footer(console: Console, hints: Sequence[Hint], notice: str) -> list[Text]:
    """Lay out the notice and the keys, on two lines at most; what has no room is behind `?`."""
    from rich.text import Text  # noqa: PLC0415

    lines = prose.wrapped(Text(prose.plain(notice), "yellow"), console.width, console)
    lines = lines[:3] if notice else []
    row = Text()
    rows: list[Text] = []
    for hint in hints:
        said = Text(hint.key, "bold").append(f" {hint.name}", "dim")
        if row.cell_len and row.cell_len + 2 + said.cell_len > console.width:
            rows.append(row)
            row = Text()
        row.append("  " if row.cell_len else "").append_text(said)
    return [*lines, *[*rows, row][:_LINES_OF_KEYS]]


def explained(console: Console, rows: Sequence[tuple[str, str]], title: str) -> list[Text]:
    """Lay out keys or fields with what they do."""
    from rich.text import Text  # noqa: PLC0415

    lines = [Text(title, "bold"), Text("")]
    wide = max(len(key) for key, _ in rows)
    for key, said in rows:
        for number, line in enumerate(prose.wrapped(Text(said), console.width - wide - 4, console)):
            start = Text(f" {key.rjust(wide) if not number else ' ' * wide}  ", "bold")
            lines.append(start.append_text(line))
    return lines


def summed(console: Console, sitting: Sitting) -> list[Text]:
    """Lay out what came of a deck."""
    from rich.text import Text  # noqa: PLC0415

    said = progress.lines(sitting.summary())
    lines = [Text("Every card that is shown here is settled.", "bold"), Text("")]
    for line in said:
        lines += prose.wrapped(Text(prose.plain(line)), console.width, console)
    return [*lines, Text("")]
