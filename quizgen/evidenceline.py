"""Write evidence as a blockquote of a deck, and read it back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from quizgen.model import Evidence, Match, Span

_DASH = re.compile(r"> ?— ")
_BETWEEN = " · "
_BY_NAME: dict[str, Match] = {name: name for name in get_args(Match)}
_CLOCK = r"(?:\d+:[0-5]\d|\d+):[0-5]\d"
_TIME = re.compile(rf"(?:\[(?P<linked>{_CLOCK})\]\((?P<link>\S+)\)|(?P<bare>{_CLOCK}))")
_LINK = re.compile(r"\[link\]\((\S+)\)")
_PLACE = re.compile(r"(?P<document>.*\S):(?P<first>\d+)(?:-(?P<last>\d+))?", re.DOTALL)


def ends(line: str) -> bool:
    """Claim that a blockquote with this last line is evidence."""
    return bool(_DASH.match(line))


def clock(seconds: int) -> str:
    """Write seconds as people do: 5:07, 1:02:03."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def render(evidence: Evidence) -> str:
    """Write the words, then one line that says whose they are and where they stand."""
    words = "\n".join(f"> {line}" if line else ">" for line in evidence.text.split("\n"))
    said = f"> — {_BETWEEN.join(fields(evidence))}"
    return f"{words}\n{said}" if evidence.text else said


def fields(evidence: Evidence) -> list[str]:
    """List the parts of the last line: speaker, time, place, match, note."""
    parts: list[str] = []
    if evidence.speaker:
        speaker = _escape(evidence.speaker)
        parts.append(speaker if _is_speaker(speaker) else f"speaker: {speaker}")
    if evidence.seconds is not None:
        time = clock(evidence.seconds)
        parts.append(f"[{time}]({_escape(evidence.link)})" if evidence.link else time)
    elif evidence.link:
        parts.append(f"[link]({_escape(evidence.link)})")
    first, last = evidence.lines
    if evidence.document and first:
        span = f"{first}-{last}" if last != first else f"{first}"
        parts.append(f"{_escape(evidence.document)}:{span}")
    elif evidence.document:
        parts.append(f"document: {_escape(evidence.document)}")
    parts.append(evidence.match)
    if evidence.note:
        parts.append(f"note: {_escape(evidence.note)}")
    return parts


def parse(lines: Sequence[str]) -> Evidence:
    """Read a blockquote whose last line begins with a dash.

    A field that is no time, place, match or note is the speaker, so that people can write
    just `> — Dr Lin`.
    """
    text = "\n".join(line[2:] if line.startswith("> ") else line[1:] for line in lines[:-1])
    known = _Known()
    for part in lines[-1][_dash_end(lines[-1]) :].strip().split(_BETWEEN):
        if part.strip():
            known.take(part.strip())
    return Evidence(
        text.strip(),
        known.document,
        known.lines,
        known.speaker,
        known.seconds,
        known.link,
        known.match,
        known.note,
    )


def _dash_end(line: str) -> int:
    found = _DASH.match(line)
    return found.end() if found else 0


@dataclass(slots=True)
class _Known:
    """What the last line has said so far."""

    document: str = ""
    lines: Span = (0, 0)
    speaker: str = ""
    seconds: int | None = None
    link: str = ""
    match: Match = "page"
    note: str = ""

    def take(self, part: str) -> None:
        """Tell by its shape which field a part is."""
        if match := _BY_NAME.get(part):
            self.match = match
        # A look at the first letter, or at the last, spares most others.
        elif (part[:1] == "[" or part[:1].isdecimal()) and (time := _TIME.fullmatch(part)):
            self.seconds = _seconds(time["linked"] or time["bare"])
            self.link = _unescape(time["link"] or "")
        elif part.startswith("[link](") and (link := _LINK.fullmatch(part)):
            self.link = _unescape(link[1])
        elif part.startswith("note: "):
            self.note = _unescape(part[6:])
        elif part.startswith("speaker: "):
            self.speaker = _unescape(part[9:])
        elif part.startswith("document: "):
            self.document = _unescape(part[10:])
        elif part[-1:].isdecimal() and (place := _PLACE.fullmatch(part)):
            first = int(place["first"])
            self.document = _same(_unescape(place["document"]))
            self.lines = (first, int(place["last"] or first))
        elif self.speaker:  # a second field nobody knows: keep it rather than lose it
            self.note = _unescape(f"{self.note} {part}".strip())
        else:
            self.speaker = _same(_unescape(part))


@lru_cache(maxsize=256)
def _same(name: str) -> str:
    """Return one string for all that are alike: many cards have few speakers and documents."""
    return name


def _seconds(time: str) -> int:
    total = 0
    for part in time.split(":"):
        total = total * 60 + int(part)
    return total


def _is_speaker(text: str) -> bool:
    known = _Known()
    known.take(text)
    return known.speaker == _unescape(text)


def _escape(text: str) -> str:
    r"""Hide the separator: `·` becomes `\·`; words stay on one line."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("·", "\\·")


def _unescape(text: str) -> str:
    return re.sub(r"\\([\\·])", r"\1", text) if "\\" in text else text
