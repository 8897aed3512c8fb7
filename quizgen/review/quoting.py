"""Show evidence in its place: its words marked, with two lines of the document around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal, TypeAlias

from quizgen import cloze, words
from quizgen.model import Basic, Card, Choice, Cloze, Document, Evidence

Mark: TypeAlias = Literal["around", "evidence", "answer"]
_AROUND: Final = 2  # lines with words in them, before and after
_ANSWER: Final[list[Mark]] = ["answer"]
_NO_PROSE: Final = re.compile(r"\[[\d:. ]*\]\([^)]*\)|[\W\d_]+")
"""Times, links of times and numbers say nothing of what was said around."""
_LONGEST: Final = 600  # letters of a line around it that are shown


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a line, and whether they are the evidence or even the answer in it."""

    text: str
    mark: Mark = "around"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document; the number is 0 where the document is not there."""

    number: int
    runs: tuple[Run, ...]

    @property
    def is_around(self) -> bool:
        """Claim that no word of the line is evidence."""
        return all(run.mark == "around" for run in self.runs)


def view(found: Evidence, document: Document | None, card: Card) -> tuple[Line, ...]:
    """Show evidence inside its document, or alone where the document has it no longer."""
    answer = _answer_stems(card)
    if document is None or not _is_inside(found, document):
        return tuple(
            Line(0, tuple(_marked(line, range(len(line)), answer)))
            for line in found.text.split("\n")
        )
    first, last = found.lines
    lines = document.lines
    inside = lines[first - 1 : last]
    spans = _spans(found.text, inside)
    if not any(spans):
        return view(found, None, card)
    before = _nearest(lines, range(first - 2, -1, -1))[::-1]
    after = _nearest(lines, range(last, len(lines)))
    return (
        *(Line(at + 1, (Run(_short(lines[at])),)) for at in before),
        *(
            Line(first + number, tuple(_marked(line, spans[number], answer)))
            for number, line in enumerate(inside)
            if line.strip()
        ),
        *(Line(at + 1, (Run(_short(lines[at])),)) for at in after),
    )


def _is_inside(found: Evidence, document: Document) -> bool:
    first, last = found.lines
    return 0 < first <= last <= len(document.lines)


def _nearest(lines: Sequence[str], numbers: Iterable[int]) -> list[int]:
    found: list[int] = []
    for at in numbers:
        if len(found) == _AROUND:
            break
        if len(words.letters(_NO_PROSE.sub("", lines[at]))) > 1:
            found.append(at)
    return found


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _spans(text: str, lines: Sequence[str]) -> list[range]:
    """Find on each line the letters of the evidence; marks and line breaks make no difference."""
    wanted = words.letters(words.unmarked(text))
    stream: list[str] = []
    places: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        for at, letter in enumerate(line):
            for folded in words.letters(letter):
                stream.append(folded)
                places.append((number, at))
    start = "".join(stream).find(wanted) if wanted else -1
    spans = [range(0)] * len(lines)
    if start < 0:
        return spans
    for number, run in groupby(places[start : start + len(wanted)], key=lambda place: place[0]):
        offsets = [at for _, at in run]
        end = offsets[-1] + 1
        while end < len(lines[number]) and lines[number][end] in ".,;:!?…\"'”’)":
            end += 1
        spans[number] = range(offsets[0], end)
    return spans


def _marked(line: str, span: range, answer: frozenset[str]) -> Iterator[Run]:
    """Cut a line at the ends of the evidence, and the evidence at the words of the answer."""
    if span.start > 0:
        yield Run(line[: span.start])
    inside = line[span.start : span.stop]
    marks: list[Mark] = ["evidence"] * len(inside)
    at = 0
    for word in inside.split():
        at = inside.index(word, at)
        if words.content_stems(word) & answer:
            marks[at : at + len(word)] = _ANSWER * len(word)
        at += len(word)
    at = 0
    for mark, run in groupby(marks):
        length = len(list(run))
        yield Run(inside[at : at + length], mark)
        at += length
    if line[span.stop :]:
        yield Run(line[span.stop :])


def _answer_stems(card: Card) -> frozenset[str]:
    match card.content:
        case Basic(answer=answer):
            said = answer
        case Cloze(text):
            said = " ".join(cloze.hidden(text))
        case Choice(options=options, keys=keys):
            said = " ".join(options[key] for key in keys)
    return words.content_stems(said)
