"""Take a caption file apart, WebVTT or SubRip: its cues, and the words that each adds."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from quizgen.layout import shapes
from quizgen.model import Span

_TIME = (
    r"(?:(?P<h{0}>\d{{1,3}}):)?(?P<m{0}>\d{{1,2}}):(?P<s{0}>\d{{2}})(?:[.,](?P<f{0}>\d{{1,3}}))?"
)
_ARROW = re.compile(rf"\s*{_TIME.format(1)}\s*-{{1,2}}>\s*{_TIME.format(2)}(?:\s.*)?$")
_SPACED = re.compile(r"(?<=\d)\s*([:.,])\s*(?=\d)")
_BROKEN = re.compile(r".{0,40}\d.{0,40}-->")
_SIGNATURE = re.compile(r"\ufeff?WEBVTT(?:\s+-?\s*(?P<title>\S.*))?\s*$")
_BLOCK = re.compile(r"(?P<what>NOTE|STYLE|REGION)(?:\s|$)")
_NUMBER = re.compile(r"\s*\d{1,6}\s*$")
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,40})?\s+(?P<name>[^<>]{1,60})>")
_MARKUP = re.compile(
    r"</?(?:[bciuv]|ruby|rt|lang|font)(?:[.\s][^<>]{0,120})?>|<\d[\d:.]{3,14}>|\{\\[^{}]{1,40}\}",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_ABOVE = 6
"""Lines that a person may have pasted above a caption file: a title, an address."""
_BRIEF = 20
_SCREEN = 8
"""Lines that a cue shows at most of those before it."""
_ENOUGH = 3
_DENSE = 8
"""Filled lines that a cue has at most, on the whole: more of them are a page with times in it."""


class Said(NamedTuple):
    """Words on a line of a cue, and whose they are where a voice tag tells."""

    at: int
    text: str
    voice: str | None = None


@dataclass(slots=True)
class Cue:
    """What is shown at once, from a second on."""

    at: int
    seconds: int
    said: list[Said] = field(default_factory=list[Said])

    @property
    def texts(self) -> list[str]:
        """Give the words alone."""
        return [each.text for each in self.said]


@dataclass(slots=True)
class CueFile:
    """A caption file: its cues, and every line that is no words of theirs.

    `above` are lines before the first cue; `told` are times, numbers and header lines; `apart` are
    blocks for other programs; `broken` are times that cannot be read.
    """

    title: str = ""
    cues: list[Cue] = field(default_factory=list[Cue])
    above: list[int] = field(default_factory=list[int])
    told: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    apart: list[tuple[Span, str]] = field(default_factory=list[tuple[Span, str]])
    broken: list[int] = field(default_factory=list[int])


def claims(lines: Sequence[str]) -> bool:
    """Claim that all of the lines are one caption file, a title or address above it aside."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    if not filled:
        return False
    arrows = [at for at in filled if "->" in lines[at] and _seconds(lines[at]) is not None]
    if not arrows:
        return False
    first = lines[filled[0]].strip()
    begins = filled.index(arrows[0])
    if _SIGNATURE.match(first) or begins == 0 or (begins == 1 and _NUMBER.match(first)):
        return True
    above = [lines[at] for at in filled[:begins]]
    return (
        len(arrows) >= _ENOUGH
        and begins <= _ABOVE
        and len(filled) - begins <= _DENSE * len(arrows)
        and all(len(line.split()) <= _BRIEF for line in above)
        and not any(shapes.heading(lines[at]) for at in filled[begins:])
    )


def parse(lines: Sequence[str]) -> CueFile:
    """Take a caption file apart; words that stand between cues belong to the one before them.

    What is shown again by the next cue, as rolling captions are, is taken once.
    """
    found = CueFile()
    at = _header(lines, found)
    while at <= len(lines):
        line = lines[at - 1]
        after = lines[at] if at < len(lines) else ""
        opens = at == 1 or not lines[at - 2].strip()
        seconds = _seconds(line) if "->" in line else None
        if not line.strip():
            pass
        elif seconds is not None:
            found.cues.append(Cue(at, seconds))
            found.told.append((at, "time"))
        elif opens and (block := _BLOCK.match(line)) and "-->" not in after:
            end = _end(lines, at)
            what = "a note in the captions" if block["what"] == "NOTE" else "a caption style"
            found.apart.append(((at, end), what))
            at = end
        elif _is_name(line, after, opens=opens):
            found.told.append((at, "caption number"))
        elif _BROKEN.match(line):
            found.broken.append(at)
        elif found.cues:
            found.cues[-1].said += _said(at, line)
        else:
            found.above.append(at)
        at += 1
    _roll(found.cues)
    return found


def _header(lines: Sequence[str], found: CueFile) -> int:
    """Read the signature with what stands right below it; give the line after them."""
    at = next((at for at, line in enumerate(lines, 1) if line.strip()), 1)
    signature = _SIGNATURE.match(lines[at - 1].strip()) if lines else None
    if signature is None:
        return 1
    found.title = (signature["title"] or "").strip()
    end = _end(lines, at)
    for told in range(at, end + 1):
        if _seconds(lines[told - 1]) is not None:
            return told
        found.told.append((told, "caption header"))
    return end + 1


def _end(lines: Sequence[str], at: int) -> int:
    """Give the last line of the block that line `at` begins."""
    while at < len(lines) and lines[at].strip():
        at += 1
    return at


def _is_name(line: str, after: str, *, opens: bool) -> bool:
    """Claim that a line right above a time numbers or names the cue."""
    if "->" not in after or (_seconds(after) is None and not _BROKEN.match(after)):
        return False
    return _NUMBER.match(line) is not None or (opens and len(line.split()) == 1)


def _seconds(line: str) -> int | None:
    """Read the time at which a cue begins; translated files put spaces into it."""
    if len(line) > 200:
        return None
    match = _ARROW.match(line) or _ARROW.match(_SPACED.sub(r"\1", line))
    if match is None:
        return None
    return int(match["h1"] or 0) * 3600 + int(match["m1"]) * 60 + int(match["s1"])


def _said(at: int, line: str) -> Iterator[Said]:
    """Give the words of a line, in as many parts as it has voices."""
    start, name = 0, None
    for voice in _VOICE.finditer(line):
        if text := _plain(line[start : voice.start()]):
            yield Said(at, text, name)
        start, name = voice.end(), shapes.fold(html.unescape(voice["name"]))
    if text := _plain(line[start:]):
        yield Said(at, text, name)


def _plain(text: str) -> str:
    """Take tags, places on the screen and entities out of a cue's words."""
    return shapes.fold(_INVISIBLE.sub("", html.unescape(_MARKUP.sub("", text))))


# --- captions that roll --------------------------------------------------------


def _roll(cues: Sequence[Cue]) -> None:
    """Take out of each cue what the one before it showed already, in a file where that is usual.

    Two cues overlap line by line, so a line that was truly said twice stays twice; where a line
    grows from cue to cue, its longest form stays.
    """
    full = [cue for cue in cues if cue.said]
    pairs = list(pairwise(full))
    again = sum(_overlap(one.texts, two.texts) > 0 for one, two in pairs)
    grows = sum(_grows(one, two) for one, two in pairs)
    if again + grows < 2 or (again + grows) * 3 < len(pairs):
        return
    before: list[str] = []
    last: Cue | None = None
    for cue in full:
        shown = cue.texts
        if last is not None and last.said and _grows(last, cue):
            # The words began when their first letters were shown.
            cue.seconds = last.seconds
            last.said.clear()
        else:
            del cue.said[: _overlap(before, shown)]
        before = shown
        last = cue if cue.said else last


def _overlap(before: Sequence[str], shown: Sequence[str]) -> int:
    """Count the lines with which one cue ends and the next one begins."""
    longest = min(len(before), len(shown), _SCREEN)
    return next((n for n in range(longest, 0, -1) if [*before[-n:]] == [*shown[:n]]), 0)


def _grows(one: Cue, two: Cue) -> bool:
    """Claim that a cue shows the whole of the one before it, and more behind it."""
    first, second = " ".join(one.texts), " ".join(two.texts)
    return len(one.said) == 1 and second.startswith(f"{first} ") and two.said[0].text != first
