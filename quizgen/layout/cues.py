"""Read speech that is cut by times: caption files, table rows, and times within a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from quizgen.layout import labels, names, shapes
from quizgen.layout.facts import Facts
from quizgen.layout.speakers import Line

Shape: TypeAlias = Literal[
    "label",
    "spoken",
    "stamp",
    "stamped",
    "chapter",
    "paragraph",
    "question",
    "answer",
    "heading",
    "fact",
    "furniture",
]


class Part(NamedTuple):
    """A part of a line of speech: what it is, its words, who says them and when.

    `runs_on` says that it continues the words before it; `name` is a speaker, or the reason
    why something is furniture.
    """

    shape: Shape
    text: str
    name: str = ""
    seconds: int | None = None
    facts: Facts | None = None
    runs_on: bool = False


Parts: TypeAlias = Mapping[int, tuple[Part, ...]]

ENOUGH = 3
"""Lines of one shape that make it a habit of the text."""
_STAMP = shapes.STAMP
_ARROW = re.compile(rf"\s*({_STAMP})\s*-{{1,2}}>\s*{_STAMP}(?:\s.*)?$")
_CUE = re.compile(r"\s*\d{1,6}\s*$")
_FILE = re.compile(r"\ufeff?WEBVTT(?:\s+-?\s*(?P<title>\S.*))?$")
_VOICE = re.compile(r"\s*<v(?:\.[\w.-]{1,40})? (?P<name>[^<>]{1,60})>(?P<text>.*?)(?:</v>)?\s*$")
_ROW = re.compile(
    rf"\s*(?:\|\s*)?({_STAMP})\s*\|(?:\s*(?P<name>[^|\s][^|]{{0,59}})\|)?"
    r"\s*(?P<text>[^|\s][^|]*)\|?\s*$"
)
_LED = re.compile(rf"\s*([A-Z][a-z]+(?: [a-z]{{1,12}}){{0,3}})\s+({_STAMP})(?:\s+(\S.*)|\s*)$")
_CLOCK = re.compile(r"\s*\d{1,2}:\d\d ?[AaPp]\.?[Mm]\.?\s*$")
_SHORT = re.compile(r"\s*(\d{1,3}):(\d)(?:\s+(?P<text>[^\W\d_].*)|\s*)$")
_SYMBOLS = re.compile(r"[^\w\s\"'“‘’(\[<…¿¡$€£#@&*_—–-]+(?:\s+[^\w\s\"'“‘’(\[<…$€£#@&*_—–-]+)*\s+")
_TAIL = re.compile(r"(?:\[?<a [^<>]{0,200}>[^<>]{0,12}</a>\]?|\[[A-Z]{1,4}\])\s*$")
_INSIDE = re.compile(rf"\[({_STAMP})\](?!\()")
_OUTLINE = re.compile(rf"(?<![\d:\[(])({_STAMP})(?![\d:\])])\s*[-–—:]?\s*")
_CAPITALS = re.compile(r"\b[A-Z]{4,}:")
_DAY = "time of day"
_APART = 20
"""Seconds between two chapters at the least."""


def read(lines: Sequence[Line]) -> dict[int, tuple[Part, ...]]:
    """Find the lines whose times cut speech, and give what each of them holds."""
    found: dict[int, tuple[Part, ...]] = {}
    for reader in (_decorated, _led, _rows, _clocks, _short, _outlines, _captions):
        found |= reader(lines)
    return found


def inside(text: str) -> Iterator[tuple[int | None, str]]:
    """Cut a text at the times in brackets that stand in it."""
    start, seconds = 0, None
    for match in _INSIDE.finditer(text):
        if before := text[start : match.start()].strip():
            yield seconds, before
        start, seconds = match.end(), shapes.seconds(match[1])
    if rest := text[start:].strip():
        yield seconds, rest


def _captions(lines: Sequence[Line]) -> Parts:
    """Read a pasted VTT or SRT file: numbers, arrows, and the words below them."""
    by_place = {line.at: line.text for line in lines}
    arrows = {line.at: match for line in lines if (match := _ARROW.match(line.text))}
    if len(arrows) < ENOUGH:
        return {}
    found: dict[int, tuple[Part, ...]] = {}
    first = next((line for line in lines if line.text.strip()), None)
    if first and (head := _FILE.match(first.text.strip())):
        title = (head["title"] or "").strip()
        found[first.at] = (Part("fact", first.text, facts=Facts("title", title=title)),)
    for at, arrow in arrows.items():
        found[at] = (Part("stamp", arrow[0].strip(), seconds=shapes.seconds(arrow[1])),)
        if _CUE.match(by_place.get(at - 1, "")) and not by_place.get(at - 2, "").strip():
            found[at - 1] = (Part("fact", by_place[at - 1], facts=Facts("caption number")),)
        below = at + 1
        while by_place.get(below, "").strip() and below not in arrows and below + 1 not in arrows:
            text = by_place[below].strip()
            voice = _VOICE.match(text)
            said = voice["text"].strip() if voice else text
            name = voice["name"].strip() if voice else ""
            found[below] = (Part("spoken", said, name, runs_on=below > at + 1 and not voice),)
            below += 1
    return found


def _rows(lines: Sequence[Line]) -> Parts:
    """Read a transcript that is a table: a time in the first cell, words in the last."""
    rows = [(line.at, match) for line in lines if (match := _ROW.match(line.text))]
    if len(rows) < ENOUGH:
        return {}
    long = sum(len(match["text"].split()) for _, match in rows) >= 6 * len(rows)
    found: dict[int, tuple[Part, ...]] = {}
    for at, match in rows:
        name = (match["name"] or "").strip()
        if name and not (names.is_name(name) or labels.is_numbered(name)):
            continue
        shape: Shape = "label" if name else "spoken" if long else "stamped"
        found[at] = (Part(shape, match["text"].strip(), name, shapes.seconds(match[1])),)
    return found


def _led(lines: Sequence[Line]) -> Parts:
    """Read lines on which the same few words stand in front of the time."""
    rows = [(line.at, match) for line in lines if (match := _LED.match(line.text))]
    often = Counter(match[1] for _, match in rows)
    rows = [(at, match) for at, match in rows if often[match[1]] >= ENOUGH]
    times = [shapes.seconds(match[2]) for _, match in rows]
    words = sum(len((match[3] or "").split()) for _, match in rows)
    rises = all(one <= two for one, two in pairwise(times))
    if not rows or not rises or 0 < words < 12 * len(rows):
        return {}
    return {
        at: (Part("spoken" if match[3] else "stamp", match[3] or match[0], seconds=seconds),)
        for (at, match), seconds in zip(rows, times, strict=True)
    }


def _clocks(lines: Sequence[Line]) -> Parts:
    """Take out the times of day between the parts of a broadcast."""
    found = [line for line in lines if _CLOCK.match(line.text)]
    if len(found) < 2:
        return {}
    return {line.at: (Part("fact", line.text, facts=Facts(_DAY)),) for line in found}


def has_clocks(parts: Parts) -> bool:
    """Claim that times of day divide the text, as they do a recorded broadcast."""
    held = (part.facts for found in parts.values() for part in found)
    return any(facts is not None and facts.field == _DAY for facts in held)


def _short(lines: Sequence[Line]) -> Parts:
    """Read `0:0` as a time where others stand like it: alone on their lines, or before words."""
    alone = sum(shapes.stamp(line.text) is not None for line in lines)
    before = sum(shapes.stamped(line.text) is not None for line in lines)
    found: dict[int, tuple[Part, ...]] = {}
    for line in lines:
        match = _SHORT.match(line.text)
        if match is None or (before if match["text"] else alone) < ENOUGH:
            continue
        shape: Shape = "stamped" if match["text"] else "stamp"
        text = match["text"] or line.text
        found[line.at] = (Part(shape, text, seconds=int(match[1]) * 60 + int(match[2])),)
    return found


def _decorated(lines: Sequence[Line]) -> Parts:
    """Take off the button that stands before or behind the words of nearly every caption."""
    rows = [(line.at, row) for line in lines if (row := shapes.stamped(line.text))]
    if len(rows) < 5:
        return {}
    led = sum(_SYMBOLS.match(row.text) is not None for _, row in rows) * 10 >= len(rows) * 8
    tailed = sum(_TAIL.search(row.text) is not None for _, row in rows) * 10 >= len(rows) * 8
    if not (led or tailed):
        return {}
    found: dict[int, tuple[Part, ...]] = {}
    for at, row in rows:
        text = _SYMBOLS.sub("", row.text, count=1) if led and _SYMBOLS.match(row.text) else row.text
        text = _TAIL.sub("", text) if tailed else text
        if text.strip():
            found[at] = (Part("spoken", text.strip(), seconds=row.seconds),)
    return found


def _outlines(lines: Sequence[Line]) -> Parts:
    """Cut a line that holds nothing but an outline: rising times, each with a few words."""
    found: dict[int, tuple[Part, ...]] = {}
    for line in lines:
        times = list(_OUTLINE.finditer(line.text)) if line.text.count(":") >= 4 else []
        if len(times) < 4 or len(line.text[: times[0].start()].split()) > 4:
            continue
        seconds = [shapes.seconds(time[1]) for time in times]
        ends = [time.start() for time in times[1:]] + [len(line.text)]
        titles = [
            line.text[time.end() : end].strip() for time, end in zip(times, ends, strict=True)
        ]
        rises = all(two - one >= _APART for one, two in pairwise(seconds))
        brief = all(1 <= len(title.split()) <= 30 for title in titles)
        if not rises or not brief or _CAPITALS.search(line.text, times[0].end()):
            continue
        head = line.text[: times[0].start()].strip(" :-–—*_#")
        parts = [Part("heading", head)] if head else []
        parts += [
            Part("chapter", title, seconds=second)
            for title, second in zip(titles, seconds, strict=True)
        ]
        found[line.at] = tuple(parts)
    return found
