"""Read notes as the documentation of Obsidian's Spaced Repetition plug-in has them.

The grammar, with the plug-in's own settings: a line with `::` is a card, with `:::` two; a line
`?` parts question and answer, `??` the same both ways; `==words==` in a paragraph are blanks; a
blank line ends a card; what stands in a fence is only text; `<!--SR:…-->` behind a card is its
schedule, ` ^name` at the end of its text a block's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"`{3,}|~{3,}")
_SCHEDULE = re.compile(r"\n?<!--SR:.*?-->\s*\Z", re.DOTALL)
_NAME = re.compile(r"[ \n]\^([a-zA-Z0-9-]+)\Z")


@dataclass(frozen=True)
class Shown:
    """A card as the plug-in takes it: `back` is empty for a cloze."""

    kind: str
    front: str
    back: str
    name: str
    schedule: str


def read(note: str) -> list[Shown]:
    """Read the cards of a note, in order."""
    body = re.sub(r"\A---\n.*?\n---\n", "", note, flags=re.DOTALL)
    return [card for paragraph in _paragraphs(body) if (card := _card(paragraph))]


def _paragraphs(body: str) -> list[list[tuple[str, bool]]]:
    """Split into runs of lines without a blank one; a line is marked where it is in a fence."""
    found: list[list[tuple[str, bool]]] = [[]]
    fence = ""
    for line in body.split("\n"):
        if fence:
            found[-1].append((line, True))
            fence = "" if line.startswith(fence) else fence
        elif mark := _FENCE.match(line):
            fence = mark[0]
            found[-1].append((line, True))
        elif line.strip():
            found[-1].append((line, False))
        else:
            found.append([])
    return found


def _card(lines: list[tuple[str, bool]]) -> Shown | None:
    text = "\n".join(line for line, _ in lines)
    schedule = _SCHEDULE.search(text)
    text = text[: schedule.start()] if schedule else text
    name = _NAME.search(text)
    text = text[: name.start()] if name else text
    rest = (name[1] if name else "", schedule[0].strip() if schedule else "")
    live = [line for line, fenced in lines if not fenced]
    if any("::" in line for line in live):
        assert len(live) - bool(schedule) == 1, f"a line beside a single-line card: {live}"
        kind = "single reversed" if ":::" in text else "single"
        front, _, back = text.partition("::")
        assert "::" not in back
        return Shown(kind, front, back, *rest)
    marks = [line.strip() for line in live if line.strip() in ("?", "??")]
    if marks:
        assert marks == ["?"], live
        front, back = re.split(r"^[ \t]*\?[ \t]*$", text, maxsplit=1, flags=re.MULTILINE)
        assert not any("==" in line for line in live), live
        return Shown("several", front.strip("\n"), back.strip("\n"), *rest)
    if any(re.search("==.*?==", line) for line in live):
        return Shown("cloze", text, "", *rest)
    return None


def blanks(front: str) -> list[str]:
    """List the hidden words of a cloze."""
    return re.findall(r"==(.+?)==", front)
