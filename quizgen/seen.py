"""Say what was seen in a document: for a person in lines, for a program as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias

from quizgen import evidenceline, works
from quizgen.layout import account
from quizgen.model import Document, Dropped, Kind, Person, Piece, Span

Row: TypeAlias = dict[str, Any]

_WIDTH: Final = 88
_SPOKEN: Final[frozenset[Kind]] = frozenset({"turn", "caption"})
_PLURALS: Final[Mapping[Kind, str]] = {"summary": "summaries"}


def as_json(document: Document) -> Row:
    """Give every piece, fact and dropped line; `seconds` alone may be null.

    `date` is the one to show, and a post's own date is never it where the page names another.
    """
    return {
        "file": document.path,
        "title": document.title,
        "url": document.url,
        "date": works.date(document),
        "dates": [{"date": told.date, "where": told.where} for told in document.dates],
        "language": document.language,
        "participants": [{"name": who.name, "role": who.role} for who in document.people],
        "pieces": [_piece(piece) for piece in _streams(document.pieces)],
        "metadata": [
            {"lines": list(told.lines), "field": told.field} for told in document.metadata
        ],
        "dropped": [
            {"lines": list(gone.lines), "text": gone.text, "why": gone.why}
            for gone in document.dropped
        ],
    }


def _streams(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Join captions that have neither time nor speaker: where they were cut is our own doing."""
    held: list[Piece] = []
    for piece in pieces:
        if piece.kind == "caption" and piece.seconds is None and not piece.speaker:
            held.append(piece)
            continue
        if held:
            yield _joined(held)
            held = []
        yield piece
    if held:
        yield _joined(held)


def _joined(captions: Sequence[Piece]) -> Piece:
    text = " ".join(each.text for each in captions)
    return replace(captions[0], text=text, lines=(captions[0].lines[0], captions[-1].lines[1]))


def _piece(piece: Piece) -> Row:
    return {
        "kind": piece.kind,
        "text": piece.text,
        "lines": list(piece.lines),
        "speaker": piece.speaker,
        "seconds": piece.seconds,
        "heading": piece.heading,
        "answer": piece.answer,
        "explanation": piece.explanation,
    }


def as_lines(document: Document) -> Iterator[str]:
    """Give the facts, then each kind of piece in the order it first appears, then what was dropped.

    Speech is counted by speaker; all else has a line of its own, led by its place in the file.
    """
    yield document.path
    for name, value in _facts(document):
        if value:
            yield f"  {name:<10}{value}"
    kinds: dict[Kind, None] = {piece.kind: None for piece in document.pieces}
    for kind in kinds:
        found = [piece for piece in document.pieces if piece.kind == kind]
        yield f"  {len(found)} {kind if len(found) == 1 else plural(kind)}"
        if kind in _SPOKEN:
            yield from _speech(found)
        else:
            yield from (_line(piece.lines, _words(piece)) for piece in found)
    if document.dropped:
        yield "  dropped"
        yield from (_line(gone.lines, _gone(gone)) for gone in document.dropped)
    if lost := account.unaccounted(document):
        yield f"  not accounted for: {_count(len(lost), 'line')} {', '.join(map(str, lost))}"


def plural(kind: Kind) -> str:
    """Name several pieces of a kind."""
    return _PLURALS.get(kind, f"{kind}s")


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    yield "title", document.title
    yield "address", document.url
    shown = works.date(document)
    dates = [f"{told.date} ({told.where})" for told in document.dates]
    yield "date", f"{shown or 'of the recording unknown'}: {'; '.join(dates)}" if dates else ""
    yield "length", f"{document.minutes} min" if document.minutes else ""
    yield "people", "; ".join(map(_person, document.people))
    yield "language", document.language or "not told"


def _person(person: Person) -> str:
    role = f", {person.role}" if person.role else ""
    also = f" (also written {', '.join(person.aliases)})" if person.aliases else ""
    return f"{person.name}{role}{also}"


def _speech(pieces: list[Piece]) -> Iterator[str]:
    """Count speech by speaker, with where and when it begins and ends."""
    for speaker, count in Counter(piece.speaker for piece in pieces).most_common():
        said = [piece for piece in pieces if piece.speaker == speaker]
        words = sum(len(piece.text.split()) for piece in said)
        times = [piece.seconds for piece in said if piece.seconds is not None]
        when = f", {_clock(min(times))} to {_clock(max(times))}" if times else ""
        place = (said[0].lines[0], said[-1].lines[1])
        name = speaker or "nobody named"
        yield _line(place, f"{name}: {_count(count, 'passage')}, {_count(words, 'word')}{when}")


def _words(piece: Piece) -> str:
    when = f"{_clock(piece.seconds)} " if piece.seconds is not None else ""
    who = f"{piece.speaker}: " if piece.speaker else ""
    under = f"{piece.heading}: " if piece.kind in ("section", "bullet") and piece.heading else ""
    under = "" if piece.text.startswith(piece.heading) else under
    if piece.kind == "faq" and not piece.text:
        return f"(the question is missing) {piece.answer}"
    more = piece.explanation or piece.answer
    return f"{when}{who}{under}{piece.text}{f' — {more}' if more else ''}"


def _gone(gone: Dropped) -> str:
    return f"{gone.why}: {gone.text}"


def _line(lines: Span, text: str) -> str:
    first, last = lines
    place = f"{first}" if first == last else f"{first}-{last}"
    folded = " ".join(text.split())
    shown = folded if len(folded) <= _WIDTH else f"{folded[: _WIDTH - 1].rstrip()}…"
    return f"    {place:>9}  {shown}"


def _clock(seconds: int) -> str:
    return evidenceline.clock(seconds)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
