"""What a document, a piece, evidence, a draft, a card, a deck and a problem are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal[
    "summary",
    "insight",
    "idea",
    "quote",
    "section",
    "topic",
    "bullet",
    "faq",
    "chapter",
    "turn",
    "caption",
]
State: TypeAlias = Literal["draft", "kept", "dropped"]
Tier: TypeAlias = Literal["ready", "rough"]
Match: TypeAlias = Literal["verbatim", "near", "condensed", "page"]
Severity: TypeAlias = Literal["blocks", "warns"]
Span: TypeAlias = tuple[int, int]
"""First and last line, 1-based and inclusive."""


# --- documents ---------------------------------------------------------------


_HEARD_PART: Final = 4
"""One part in so many of a transcript, at the least, is speech; the rest is a page above it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A typed part of a document.

    `text` is verbatim up to white space and inline marks: a line break in the source is one
    space here, a paragraph break is a blank line, and `**bold**` is bold. For an idea `text` is
    the claim and `explanation` what follows it; for a faq `text` is the question (empty where
    the page lost it) and `answer` what follows it. `seconds` is the place in the recording,
    where the document gives it.
    """

    kind: Kind
    text: str
    lines: Span
    speaker: str = ""
    seconds: int | None = None
    heading: str = ""
    explanation: str = ""
    answer: str = ""
    number: int = 0

    @property
    def is_heading(self) -> bool:
        """Claim that this is a transcript's section: a heading and a time, and no prose."""
        return self.kind == "section" and self.text == self.heading


@dataclass(frozen=True, slots=True)
class Dated:
    """A date a document claims, as `YYYY-MM-DD` (or `YYYY-MM`, `YYYY`), and where it says so."""

    date: str
    where: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who takes part: `role` is host, guest, speaker, author or empty."""

    name: str
    role: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """Lines that say something about the document: title, date, url, participants, length."""

    lines: Span
    field: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words that will make no card, and why: furniture, advert, counter, empty heading."""

    lines: Span
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """One source file, read.

    `path` is the file as the person named it. `lines` are the source's own lines, so that
    evidence can be checked against them; those of a caption file hold only the words, each line
    in its place. `recording` identifies what was recorded
    (a YouTube video id), `minutes` is its length, 0 when unknown.
    """

    path: str
    lines: tuple[str, ...]
    pieces: tuple[Piece, ...] = ()
    title: str = ""
    url: str = ""
    recording: str = ""
    minutes: int = 0
    language: str = "en"
    dates: tuple[Dated, ...] = ()
    people: tuple[Person, ...] = ()
    metadata: tuple[Field, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def is_transcript(self) -> bool:
        """Claim that this document holds the spoken words themselves."""
        heard = sum(len(piece.text) for piece in self.pieces if piece.kind in ("turn", "caption"))
        # A page that lists the minutes of a talk is not what was said in it.
        return bool(heard) and _HEARD_PART * heard >= sum(
            len(piece.text) + len(piece.explanation) + len(piece.answer) for piece in self.pieces
        )


@dataclass(frozen=True, slots=True)
class Work:
    """What one or several documents are about; one deck per work.

    `date` is the one date to show (`YYYY-MM-DD`, or less, or empty); every claim stays in
    its document.
    """

    id: str
    title: str
    documents: tuple[Document, ...]
    date: str = ""
    people: tuple[Person, ...] = ()
    recording: str = ""

    @property
    def guests(self) -> tuple[Person, ...]:
        """Name those whose views the work is about: everyone who is not the host."""
        return tuple(person for person in self.people if person.role != "host")


# --- cards -------------------------------------------------------------------

CLOSEST = "closest passage of the recording"
"""The note of evidence that was found by its likeness to a page's words."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim span of a document that makes a card true.

    `lines` is `(0, 0)` where a person wrote evidence without a place. `match` says how sure
    the wording is: `verbatim` and `near` were found in a transcript (`near`: the page's own
    wording differs and is in `note`), `condensed` is a page's paraphrase of a quote, `page`
    is the document's own prose.
    """

    text: str
    document: str = ""
    lines: Span = (0, 0)
    speaker: str = ""
    seconds: int | None = None
    link: str = ""
    match: Match = "page"
    note: str = ""

    @property
    def is_only_close(self) -> bool:
        """Claim that this is where a page's words were probably said, and proves nothing."""
        return self.note == CLOSEST


@dataclass(frozen=True, slots=True)
class Basic:
    """A question and its answer, both in the deck's Markdown."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Cloze:
    """A sentence with blanks, `{{word}}` or `{{c2::word::hint}}`, as the deck writes it."""

    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A stem and its options; `keys` are the 0-based indexes of the right ones, ascending."""

    stem: str
    options: tuple[str, ...]
    keys: tuple[int, ...]


Content: TypeAlias = Basic | Cloze | Choice


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a card came from.

    `origin` is the hash of first evidence, rule and original question (`from=` in the deck);
    `mod` is `<UTC seconds>-<hash of what was exported>`; `extra` are tokens that this version
    does not know and keeps.
    """

    rule: str = ""
    origin: str = ""
    mod: str = ""
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A draft that has passed the blocking checks, or a card that a person wrote.

    `id` is empty only for a hand-written card that has not been stamped yet.
    """

    id: str
    content: Content
    evidence: tuple[Evidence, ...] = ()
    state: State = "draft"
    tier: Tier = "rough"
    why: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    stamp: Stamp = field(default_factory=Stamp)


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards of one work, in file order.

    `sources` are paths relative to the deck; `language` is a code such as `de`, empty for English.
    `anki_deck` is its name in Anki once it has been exported there, and `anki_options` what its
    notes are to have there: `type-in`, `reverse`, `subdecks`.
    """

    id: str
    title: str
    sources: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    language: str = ""
    anki_deck: str = ""
    anki_options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a generator claims. No identity, no state.

    `piece` is what the card was made from, and tells the coverage report which piece it
    settles. The evidence is checked against its document before a card exists. `model` names
    the language model that wrote it, if one did.
    """

    content: Content
    evidence: tuple[Evidence, ...]
    piece: Piece
    rule: str
    tier: Tier = "rough"
    why: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    model: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check says of a card: one sentence that a person can act on."""

    rule: str
    severity: Severity
    sentence: str
    card: str = ""
    line: int = 0


# --- generating --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive pieces of one document, with the work they belong to as context."""

    work: Work
    document: Document
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person asked for, beyond the defaults."""

    rough: bool = True


Generate: TypeAlias = Callable[[Passage, Wish], Iterator[Draft]]
