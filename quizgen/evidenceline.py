"""Write evidence as a blockquote of a deck, and read it back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from quizgen.model import Evidence, Match

_DASH = re.compile(r"> ?— ")
_BETWEEN = " · "
_MATCHES = get_args(Match)
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
    text = "\n".join(re.sub(r"^> ?", "", line) for line in lines[:-1]).strip()
    evidence = Evidence(text)
    for part in lines[-1][_dash_end(lines[-1]) :].strip().split(_BETWEEN):
        if part.strip():
            evidence = _with(evidence, part.strip())
    return evidence


def _dash_end(line: str) -> int:
    found = _DASH.match(line)
    return found.end() if found else 0


def _with(evidence: Evidence, part: str) -> Evidence:
    if part in _MATCHES:
        return replace(evidence, match=part)
    if time := _TIME.fullmatch(part):
        return replace(
            evidence,
            seconds=_seconds(time["linked"] or time["bare"]),
            link=_unescape(time["link"] or ""),
        )
    if link := _LINK.fullmatch(part):
        return replace(evidence, link=_unescape(link[1]))
    key, colon, value = part.partition(": ")
    if colon and key in ("note", "speaker", "document"):
        return replace(evidence, **{key: _unescape(value)})
    if place := _PLACE.fullmatch(part):
        first = int(place["first"])
        return replace(
            evidence,
            document=_unescape(place["document"]),
            lines=(first, int(place["last"] or first)),
        )
    if evidence.speaker:  # a second field nobody knows: keep it rather than lose it
        part = f"{evidence.note} {part}".strip()
        return replace(evidence, note=_unescape(part))
    return replace(evidence, speaker=_unescape(part))


def _seconds(time: str) -> int:
    total = 0
    for part in time.split(":"):
        total = total * 60 + int(part)
    return total


def _is_speaker(text: str) -> bool:
    return _with(Evidence(""), text).speaker == _unescape(text)


def _escape(text: str) -> str:
    r"""Hide the separator: `·` becomes `\·`; words stay on one line."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("·", "\\·")


def _unescape(text: str) -> str:
    return re.sub(r"\\([\\·])", r"\1", text)
