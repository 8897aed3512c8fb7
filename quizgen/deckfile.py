"""Turn deck text into cards and back, one card at a time.

The grammar is in docs/deck-format.md. Everything here works on text in memory; positions are
offsets into that text, so that a change can replace one card's characters and leave the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quizgen import cardtext, frontmatter
from quizgen.errors import DeckChanged, DeckSyntaxError
from quizgen.model import Card, Deck, State
from quizgen.places import Place, Places

# Structure stands at the start of a line, and lines end with \n only: splitlines() would also
# break on form feeds and U+2028, which people paste.
_EVENT = re.compile(
    r"^(?:(?P<fence> {0,3}(?P<ticks>`{3,}(?=[^`\n]*$)|~{3,}))"
    r"|(?P<comment>[ \t]*<!--)"
    r"|(?P<heading>##?)(?=[ \t\r\n]|\Z))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A section's name and the offsets of its body, comments and blank lines included."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DeckText:
    """A deck as read: `places` are parallel to `deck.cards`, `errors` could not be read."""

    text: str
    deck: Deck
    places: Places
    sections: tuple[Section, ...]
    errors: tuple[DeckSyntaxError, ...] = ()

    def block(self, index: int) -> str:
        """Return the text of one card, stamp included."""
        place = self.places[index]
        return self.text[place.start : place.end]

    def index(self, card: str) -> int:
        """Find a card by its id; raise `DeckChanged` if it is not there."""
        for index, found in enumerate(self.deck.cards):
            if found.id == card:
                return index
        raise DeckChanged(f"the card ^{card} is no longer in the deck; nothing was written")


@dataclass(frozen=True, slots=True)
class Edit:
    """The text of one card before and after. Undo is the edit reversed.

    Without `before` a card is added, behind the card with the id `beside` or at the end of the
    deck; without `after` it is taken out.
    """

    card: str
    before: str
    after: str
    beside: str = ""

    def reversed(self) -> Edit:
        """Return the edit that takes this one back."""
        return Edit(self.card, self.after, self.before, self.beside)


# --- reading -----------------------------------------------------------------


def parse(text: str) -> DeckText:
    """Read a deck.

    Cards that cannot be read become `errors`, in file order, and the others go on.
    Raise `DeckSyntaxError` only where the front matter leaves no deck to speak of.
    """
    front = frontmatter.parse(text)
    body = front.body
    lines = _Lines(text)
    events, errors, readable = _events(text, body, lines)
    cards: list[Card] = []
    places: list[Place] = []
    sections: list[Section] = [Section("", body, len(text))]
    seen: set[str] = set()
    last = max((n for n, event in enumerate(events) if event[0] != "comment"), default=0)
    broken = bool(errors)
    for number, (kind, at, end) in enumerate(events):
        if kind == "section":
            sections[-1] = replace(sections[-1], end=at)
            name = text[at + 1 : end].strip()
            sections.append(Section(name, min(end + 1, len(text)), len(text)))
        if kind != "card":
            continue
        line = lines.number(at)
        stop, trailing, stamped = _card_end(text, events, number, readable)
        if broken and not stamped and number == last:
            continue  # it holds the fence or comment that is never closed
        try:
            card = cardtext.parse(text[at:stop], section=sections[-1].name)
            if trailing >= 0:
                raise DeckSyntaxError(
                    "these words stand after a card's stamp and belong to no card; "
                    "move them above the stamp, or begin a new card with `## `",
                    lines.number(trailing) - line + 1,
                )
        except DeckSyntaxError as error:
            errors.append(DeckSyntaxError(error.message, line + error.line - 1))
            continue
        if card.id and card.id in seen:
            errors.append(
                DeckSyntaxError(
                    f"the id ^{card.id} is already on another card; "
                    "delete the last line (the stamp) of the copy",
                    line,
                )
            )
            continue
        seen.add(card.id)
        cards.append(card)
        places.append(Place(at, stop, line))
    deck = described(front, cards)
    errors.sort(key=lambda error: error.line)
    return DeckText(text, deck, Places.of(places), tuple(sections), tuple(errors))


class _Lines:
    """Line numbers of ascending offsets, each counted once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset = 0
        self._line = 1

    def number(self, offset: int) -> int:
        if offset < self._offset:
            return self._text.count("\n", 0, offset) + 1
        self._line += self._text.count("\n", self._offset, offset)
        self._offset = offset
        return self._line


_Event = tuple[str, int, int]  # kind (section, card, stamp, comment), start, end of line or comment


def _events(text: str, body: int, lines: _Lines) -> tuple[list[_Event], list[DeckSyntaxError], int]:
    """Find the structure; the last value is how far the text can be read."""
    events: list[_Event] = []
    skip = body
    for found in _EVENT.finditer(text, body):
        if found.start() < skip:
            continue
        if found["heading"]:
            end = _line_end(text, found.end())
            kind = "section" if found["heading"] == "#" else "card"
            events.append((kind, found.start(), end))
        elif found["comment"]:
            close = text.find("-->", found.end())
            if close < 0:
                line = lines.number(found.start())
                error = DeckSyntaxError("this comment is never closed; add `-->`", line)
                return events, [error], found.start()
            skip = close + 3
            stamp = text[found.end() : close].lstrip(" \t").startswith("^")
            events.append(("stamp" if stamp else "comment", found.start(), skip))
        else:
            ticks = found["ticks"]
            closing = re.compile(rf"^ {{0,3}}{ticks[0]}{{{len(ticks)},}}[ \t]*\r?$", re.MULTILINE)
            close = closing.search(text, _line_end(text, found.end()))
            if not close:
                error = DeckSyntaxError(
                    f"this code fence is never closed; add a line {ticks!r} where the code ends",
                    lines.number(found.start()),
                )
                return events, [error], found.start()
            skip = close.end()
    return events, [], len(text)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _card_end(
    text: str, events: Sequence[_Event], number: int, readable: int
) -> tuple[int, int, bool]:
    """Return where a card ends, where words stand after its stamp (or -1), if it has a stamp."""
    start = events[number][1]
    comments: list[_Event] = []
    limit = readable
    stamp = -1
    for index in range(number + 1, len(events)):  # a slice would copy the rest of the deck
        event = events[index]
        if event[0] in ("card", "section"):
            limit = event[1]
            break
        comments.append(event)
        if event[0] == "stamp":
            stamp = event[2]
    if stamp >= 0:
        return stamp, _words_after(text, stamp, limit, comments), True
    # without a stamp the card ends with its last words; comments after them stand on their own
    end = limit
    for _, at, after in reversed(comments):
        if text[after:end].strip():
            break
        end = at
    return start + len(text[start:end].rstrip()), -1, False


def _words_after(text: str, stamp: int, limit: int, comments: Iterable[_Event]) -> int:
    at = stamp
    for _, start, after in [*comments, ("", limit, limit)]:
        if start < at:
            continue
        if words := text[at:start].strip():
            return text.index(words, at)
        at = after
    return -1


# --- writing -----------------------------------------------------------------


def render(deck: Deck) -> str:
    """Write a whole new deck: sections in the order of their first card."""
    parts = [frontmatter.render(deck)]
    by_section: dict[str, list[Card]] = {"": []}
    for card in deck.cards:
        by_section.setdefault(card.section, []).append(card)
    for name, cards in by_section.items():
        if name:
            parts.append(f"# {name}\n")
        parts.extend(cardtext.render(card) + "\n" for card in cards)
    return "\n".join(parts)


def add(parsed: DeckText, cards: Sequence[Card]) -> str:
    """Return the text with new cards at the end of their sections, new sections last."""
    newline = "\r\n" if "\r\n" in parsed.text else "\n"
    ends = {section.name: section for section in reversed(parsed.sections)}
    groups: dict[str, list[str]] = {}
    for card in cards:
        groups.setdefault(card.section, []).append(cardtext.render(card))
    inserts: list[tuple[int, int, str]] = []
    for name, blocks in groups.items():
        section = ends.get(name)
        if section:
            begin = section.start
            at = begin + len(parsed.text[begin : section.end].rstrip())
        else:
            at = len(parsed.text.rstrip())
            blocks.insert(0, f"# {name}")
        before = "\n" if at and parsed.text[at - 1] == "\n" else "\n\n"
        after = "" if parsed.text[at:].strip(" \t\r") else "\n"
        words = (before + "\n\n".join(blocks) + after).replace("\n", newline)
        inserts.append((at, at, words))
    return spliced(parsed.text, inserts)


def apply(parsed: DeckText, edits: Iterable[Edit]) -> str:
    """Return the text with each edited card replaced and every other character as it was.

    Raise `DeckChanged` if a card is no longer what the edit was made on, and
    `DeckSyntaxError` (with a line counted from the card's first) if what it became is no card.
    """
    changes: list[tuple[int, int, str]] = []
    edits = tuple(edits)
    wanted = {name for edit in edits for name in (edit.card, edit.beside) if name}
    indexes = {
        card.id: number for number, card in enumerate(parsed.deck.cards) if card.id in wanted
    }
    unnamed: dict[str, list[int]] = {}
    if not all(edit.card for edit in edits):
        for number, card in enumerate(parsed.deck.cards):
            if not card.id:
                unnamed.setdefault(parsed.block(number), []).insert(0, number)
    for edit in edits:
        if not edit.before:
            changes.append(_added(parsed, edit, indexes))
            continue
        same = unnamed.get(edit.before)
        index = indexes.get(edit.card) if edit.card else same.pop() if same else None
        if index is None or parsed.block(index) != edit.before:
            raise DeckChanged(
                f"the card {'^' + edit.card if edit.card else 'without a stamp'} was changed or "
                "removed meanwhile; nothing was written"
            )
        place = parsed.places[index]
        start = place.start if edit.after else _gap(parsed.text, place.start)
        changes.append((start, place.end, _checked(edit)))
    return spliced(parsed.text, changes)


def set_anki(parsed: DeckText, deck: str, options: Sequence[str]) -> str:
    """Return the front matter with the deck's name and options in Anki; empty if they are so."""
    front = parsed.text[: parsed.sections[0].start]
    changed = frontmatter.set_anki(front, deck, options)
    return "" if changed == front else changed


def described(front: frontmatter.Front, cards: Iterable[Card]) -> Deck:
    """Make a deck of what its front matter says and of its cards."""
    return Deck(
        id=front.id,
        title=front.title,
        sources=front.sources,
        cards=tuple(cards),
        language=front.language,
        anki_deck=front.anki_deck,
        anki_options=front.anki_options,
    )


def _checked(edit: Edit) -> str:
    """Return what a card becomes; raise `DeckSyntaxError` if that is no card, or another."""
    if edit.after and cardtext.parse(edit.after).id != edit.card and edit.card:
        raise DeckSyntaxError(
            f"the stamp must keep the id ^{edit.card}", edit.after.count("\n") + 1
        )
    return edit.after


def _added(parsed: DeckText, edit: Edit, indexes: Mapping[str, int]) -> tuple[int, int, str]:
    if edit.card in indexes:
        raise DeckChanged(f"the card ^{edit.card} is already in the deck; nothing was written")
    index = indexes.get(edit.beside)
    at = len(parsed.text.rstrip()) if index is None else parsed.places[index].end
    newline = "\r\n" if "\r\n" in parsed.text else "\n"
    return at, at, newline * 2 + _checked(edit)


def _gap(text: str, start: int) -> int:
    """Return where the blank line begins that was set before a card when it was added."""
    for gap in ("\r\n\r\n", "\n\n"):
        if text.endswith(gap, 0, start):
            return start - len(gap)
    return start


def spliced(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """Replace spans that do not overlap; spans at one place keep their order."""
    parts: list[str] = []
    position = 0
    for start, end, words in sorted(changes, key=lambda change: change[:2]):
        parts += (text[position:start], words)
        position = end
    parts.append(text[position:])
    return "".join(parts)


def restamp(block: str, *, state: State | None = None, mod: str = "", new_id: str = "") -> str:
    """Return a card's text with its stamp changed token by token, and nothing else.

    `new_id` gives a hand-written card, which has no stamp yet, its first one.
    """
    if not new_id:
        return cardtext.restamp(block, state=state, mod=mod)
    card = cardtext.parse(block)
    newline = "\r\n" if "\r\n" in block else "\n"
    stamp = replace(card.stamp, mod=mod)
    card = replace(card, id=new_id, state=state or card.state, stamp=stamp)
    return f"{block.rstrip()}{newline * 2}{cardtext.render_stamp(card)}"


def set_sources(parsed: DeckText, sources: Sequence[str]) -> str:
    """Return the text with the front matter's `sources` replaced, its other lines untouched."""
    return frontmatter.set_sources(parsed.text, sources)
