"""Say in words what became of every piece of a work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from quizgen import quoteaudit, seen
from quizgen.model import Card, Document, Kind, Work
from quizgen.pipeline import COVERED, Row

FAULT: Final = "this is a fault of the generator, please report it"

SPEECH: Final = (
    "rules make no cards of what was only said; give a page about it too, or have a model write "
    "them (--with chat needs no key)"
)
_ALONE: tuple[Kind, ...] = ("insight", "idea", "quote", "faq")
"""Kinds of which every one without a card gets a line of its own."""


def table(rows: Sequence[Row]) -> list[list[str]]:
    """Count pieces with a card out of all, per document and kind; the first row is the header."""
    kinds: list[Kind] = [kind for kind in COVERED if any(row.piece.kind == kind for row in rows)]
    lines = [["document", *map(seen.plural, kinds)]]
    for document in dict.fromkeys(row.document for row in rows):
        cells = [document]
        for kind in kinds:
            mine = [r for r in rows if r.document == document and r.piece.kind == kind]
            done = sum(bool(row.cards) for row in mine)
            cells.append(f"{done}/{len(mine)}" if mine else "")
        lines.append(cells)
    return lines


def lines(rows: Iterable[Row]) -> list[str]:
    """Say of each piece without a card why it has none, lesser kinds together."""
    said: list[str] = []
    groups: dict[tuple[str, Kind, str], list[int]] = {}
    for row in rows:
        if row.cards:
            continue
        line = row.piece.lines[0]
        if row.piece.kind in _ALONE:
            words = _start(row.piece.text or row.piece.answer)
            said.append(f"{row.document}:{line}: {row.piece.kind} “{words}”: {row.why}")
        else:
            groups.setdefault((row.document, row.piece.kind, row.why), []).append(line)
    for (document, kind, why), places in groups.items():
        name = kind if len(places) == 1 else seen.plural(kind)
        where = "line" if len(set(places)) == 1 else "lines"
        numbers = ", ".join(str(line) for line in dict.fromkeys(places))
        said.append(f"{document}: {len(places)} {name} ({where} {numbers}): {why}")
    return said


def compared(rows: Sequence[Row], by_rules: Sequence[Row], cards: Sequence[Card]) -> str:
    """Say how a model's cards compare with those of the rules, which are given as `cards`.

    Rows of both must name their documents alike.
    """
    ready = sum(card.tier == "ready" for card in cards)
    told = f"the rules alone: {len(cards)} cards ({ready} ready)"
    if not rows:
        return told
    mine = {(row.document, row.piece) for row in rows if row.cards}
    theirs = [row for row in by_rules if row.cards]
    only = [row for row in theirs if (row.document, row.piece) not in mine]
    said = (
        f"{told}; of {len(rows)} pieces {len(mine)} have a card from the model, and"
        f" {len(theirs)} would have one from them"
    )
    if not only:
        return said
    places = ", ".join(dict.fromkeys(f"{row.document}:{row.piece.lines[0]}" for row in only))
    return f"{said}, of which the model has none for {len(only)} ({places})"


def unaccounted(work: Work, rows: Iterable[Row], names: Mapping[str, str]) -> str:
    """Say in a sentence which pieces have neither a card nor a reason; empty, as it should be.

    Every piece of the kinds that are counted is looked up, whatever the rows say. `names` gives
    each document as the person named it.
    """
    told = {(row.document, row.piece) for row in rows if row.cards or row.why.strip()}
    lost = [
        (document.path, piece)
        for document in work.documents
        for piece in document.pieces
        if piece.kind in COVERED and not piece.is_heading and (document.path, piece) not in told
    ]
    if not lost:
        return ""
    path, piece = lost[0]
    place = f"{names.get(path, path)}:{piece.lines[0]}"
    if len(lost) == 1:
        return f"{place}: this {piece.kind} has neither a card nor a reason: {FAULT}"
    return (
        f"{place}: this {piece.kind} and {len(lost) - 1} more of the work's pieces have neither "
        f"a card nor a reason: {FAULT}"
    )


def searched(work: Work, rows: Sequence[Row], names: Mapping[str, str]) -> list[str]:
    """Say what was done with documents that hold no piece of the kinds that are counted.

    `names` gives each document as the person named it.
    """
    listed = {row.document for row in rows}
    said: list[str] = []
    for document in work.documents:
        spoken = sum(piece.kind in ("turn", "caption") for piece in document.pieces)
        if document.path not in listed and spoken and not listed and len(work.documents) == 1:
            said.append(f"{names[document.path]}: {spoken} passages of speech: {SPEECH}")
        elif document.path not in listed and spoken:
            part = "" if quoteaudit.is_whole(document, work) else _part(document, work)
            said.append(
                f"{names[document.path]}: {spoken} passages of speech, searched for evidence{part}"
            )
        elif document.path not in listed:
            said.append(f"{names[document.path]}: nothing in it could become a card")
    return said


def _part(document: Document, work: Work) -> str:
    """Say how much of the recording a transcript holds, where it is surely not the whole."""
    words = quoteaudit.word_count(document)
    most = max(quoteaudit.word_count(each) for each in work.documents)
    of = f"{words:,} of {most:,} words" if most > words else f"{words:,} words"
    return f"; it is not the whole recording ({of})"


def _start(text: str, most: int = 8) -> str:
    words = text.split()
    return " ".join(words[:most]) + ("…" if len(words) > most else "")
