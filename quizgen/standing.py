"""Tell whether the evidence of cards still stands in their documents, and where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from quizgen import cardtext, evidence, words
from quizgen.errors import DeckSyntaxError
from quizgen.model import Card, Document, Evidence, Span

MARK: Final = "flag=evidence-gone"
"""The token in the stamp of a card whose evidence stands no longer in its document."""

_PLACE: Final = re.compile(r"(?<=:)(\d+)(?:-(\d+))?(?=\s*$)")
_BETWEEN: Final = " · "
_MARKED: Final = re.compile(rf"[ \t\r\n]+{MARK}(?=\s|-->)")
_BESIDE: Final = re.compile(
    r"^\s*(?:>\s?)*(?:(?:\*\*|__)[^*_\n]{1,60}?:?(?:\*\*|__):?"
    r"|\[?\(?(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d+)?(?:\s*-->.*)?\)?\]?(?:\(\S*\))?\s*$|\d+\s*$)"
)
"""A speaker's label, a time or a caption's number: they part words that belong together."""
_START: Final = 12  # words of the evidence that a sentence shows


@dataclass(frozen=True, slots=True)
class Standing:
    """How a card's evidence stands in its documents as they are now.

    `moved` gives new lines by the evidence's number, `lost` what stands nowhere. Passages that
    are only close prove nothing, and are never lost.
    """

    card: Card
    moved: Mapping[int, Span] = field(default_factory=dict[int, Span])
    lost: tuple[Evidence, ...] = ()

    @property
    def marks(self) -> bool:
        """Claim that the card is to bear the mark; a dropped card is given none."""
        return bool(self.lost) and (self.card.state != "dropped" or is_marked(self.card))

    @property
    def changes(self) -> bool:
        """Claim that the card's text in the deck is not what it should be."""
        return bool(self.card.id) and bool(self.moved or self.marks != is_marked(self.card))

    def now(self) -> Card:
        """Give the card with its evidence where it stands now, and its mark."""
        found = tuple(
            replace(each, lines=self.moved.get(number, each.lines))
            for number, each in enumerate(self.card.evidence)
        )
        extra = tuple(token for token in self.card.stamp.extra if token != MARK)
        stamp = replace(self.card.stamp, extra=(*extra, MARK) if self.marks else extra)
        return replace(self.card, evidence=found, stamp=stamp)


def is_marked(card: Card) -> bool:
    """Claim that a card bears the mark of evidence that is gone."""
    return MARK in card.stamp.extra


def survey(
    cards: Iterable[Card], documents: Sequence[Document], sources: Collection[str] = ()
) -> tuple[Standing, ...]:
    """Look for the evidence of cards in documents as they are now, one answer for each card.

    `sources` are paths of the deck's documents; of those not among `documents` nothing stands.
    Evidence from anywhere else, or without a document, is a person's own and not judged.
    """
    places = {document.path: _Places(document) for document in documents}
    absent = {source for source in sources if source not in places}
    return tuple(_standing(card, places, absent) for card in cards)


def gone(
    cards: Sequence[Card], documents: Sequence[Document], sources: Collection[str] = ()
) -> Iterator[tuple[int, str]]:
    """Yield the positions of cards that rest on words no longer there, and a sentence."""
    for at, standing in enumerate(survey(cards, documents, sources)):
        if standing.lost and standing.card.state != "dropped":
            yield at, sentence(standing, {document.path for document in documents})


def sentence(
    standing: Standing, present: Collection[str], names: Mapping[str, str] | None = None
) -> str:
    """Say which evidence of a card is gone; `names` gives documents as the person named them."""
    first = standing.lost[0]
    name = (names or {}).get(first.document, first.document)
    if first.document not in present:
        return f"its evidence is gone: {name} is not there"
    taken = first.text.split()
    start = " ".join(taken[:_START]) + ("…" if len(taken) > _START else "")
    return f"its evidence is gone: {name} no longer has “{start}”"


def rewritten(block: str, standing: Standing) -> str:
    """Return a card's text with places corrected and its mark set or taken away, no more.

    A place that cannot be told from the rest of its line stays as it is.
    """
    for number, lines in standing.moved.items():
        block = _moved(block, number, lines)
    return _marked(block, marks=standing.marks)


# --- finding words again -----------------------------------------------------


def _standing(card: Card, places: Mapping[str, _Places], absent: Collection[str]) -> Standing:
    moved: dict[int, Span] = {}
    lost: list[Evidence] = []
    for number, found in enumerate(card.evidence):
        here = places.get(found.document)
        if not found.text.strip() or not (here or found.document in absent):
            continue
        lines = here.find(found) if here else None
        if lines is None:
            lost += [] if found.is_only_close else [found]
        elif found.lines not in (lines, (0, 0)):
            moved[number] = lines
    return Standing(card, moved, tuple(lost))


class _Places:
    """Where words stand in a document; its letters are gathered when they are first needed."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._streams: tuple[_Stream, ...] = ()

    def find(self, found: Evidence) -> Span | None:
        """Find the lines on which evidence stands, its own first and then the nearest."""
        if evidence.stands(found, self._document):
            return found.lines
        if not self._streams:
            lines = self._document.lines
            self._streams = (_Stream(lines), _Stream([_BESIDE.sub("", line) for line in lines]))
        wanted = words.letters(words.unmarked(found.text))
        spans = {span for stream in self._streams for span in stream.spans(wanted)}
        near = sorted(spans, key=lambda span: (abs(span[0] - found.lines[0]), span))
        here = (replace(found, lines=span) for span in near)
        return next((each.lines for each in here if evidence.stands(each, self._document)), None)


class _Stream:
    """The letters of lines, one after another."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._starts: list[int] = []
        parts: list[str] = []
        length = 0
        for line in lines:
            self._starts.append(length)
            parts.append(words.letters(words.unmarked(line)))
            length += len(parts[-1])
        self._letters = "".join(parts)

    def spans(self, wanted: str) -> Iterator[Span]:
        at = self._letters.find(wanted) if wanted else -1
        while at >= 0:
            yield bisect_right(self._starts, at), bisect_right(self._starts, at + len(wanted) - 1)
            at = self._letters.find(wanted, at + 1)


# --- changing a card's text --------------------------------------------------


def _moved(block: str, number: int, lines: Span) -> str:
    """Change the place in the last line of one evidence block, found by what the change does."""
    before = cardtext.parse(block)
    found = before.evidence[number]
    wanted = tuple(
        replace(each, lines=lines) if at == number else each
        for at, each in enumerate(before.evidence)
    )
    rows = block.split("\n")
    for at, row in enumerate(rows):
        if not row.startswith(">"):
            continue
        changed = _placed(row, found.lines, lines)
        if changed == row:
            continue
        after = "\n".join((*rows[:at], changed, *rows[at + 1 :]))
        try:
            read = cardtext.parse(after)
        except DeckSyntaxError:
            continue
        if read == replace(before, evidence=wanted):
            return after
    return block


def _placed(row: str, old: Span, new: Span) -> str:
    fields = row.split(_BETWEEN)
    for at, text in enumerate(fields):
        place = _PLACE.search(text)
        if place and (int(place[1]), int(place[2] or place[1])) == old:
            span = f"{new[0]}-{new[1]}" if new[0] != new[1] else f"{new[0]}"
            fields[at] = text[: place.start()] + span + text[place.end() :]
            break
    return _BETWEEN.join(fields)


def _marked(block: str, *, marks: bool) -> str:
    """Set or take away the mark in a card's stamp, before its tags and behind all else."""
    start = block.rfind("<!--")
    head, stamp = block[:start], block[start:]
    if start < 0 or not stamp[4:].lstrip().startswith("^") or marks == bool(_MARKED.search(stamp)):
        return block
    if marks:
        return head + re.sub(r"(?=\s+#\S|\s*-->)", f" {MARK}", stamp, count=1)
    return head + _MARKED.sub("", stamp)
