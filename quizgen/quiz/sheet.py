"""Say what a quiz is before it is composed, and what a composed sheet is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from quizgen.model import Basic, Card, Choice, Cloze
from quizgen.quiz.labels import ENGLISH, Labels

Kind: TypeAlias = Literal[
    "choice",
    "several",
    "truefalse",
    "blank",
    "completion",
    "attribution",
    "matching",
    "ordering",
    "short",
]
Pairs: TypeAlias = Literal["", "term", "quote", "idea"]
"""What a matching question pairs: terms and definitions, quotes and speakers, ideas and reasons."""

Order: TypeAlias = Literal["easy first", "as listed"]


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the table of parts: what one kind of question is worth, and how long it takes.

    Both hold for a question, or for each of its blanks, pairs or events.
    """

    kind: Kind
    points: int
    seconds: int


# In the order of a sheet: recognising comes before recalling, recalling before explaining.
PARTS = (
    Part("choice", 1, 50),
    Part("several", 2, 75),
    Part("truefalse", 1, 25),
    Part("blank", 1, 40),
    Part("completion", 1, 50),
    Part("attribution", 1, 40),
    Part("matching", 1, 30),
    Part("ordering", 1, 25),
    Part("short", 2, 60),
)


# --- before composing --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pick:
    """A question that a quiz is to ask: its kind, and the cards that it asks.

    Only matching and ordering have several `cards`; `spare` is the card whose answer joins a
    matching question and fits none of its pairs. With `points` 0 the table of parts decides.
    """

    kind: Kind
    cards: tuple[Card, ...]
    points: int = 0
    pairs: Pairs = ""
    spare: Card | None = None


@dataclass(frozen=True, slots=True)
class Quiz:
    """What is asked, under which title, and the seed that orders it."""

    title: str
    picks: tuple[Pick, ...]
    seed: str = "1"
    course: str = ""
    instructions: str = ""
    language: str = "en"
    order: Order = "easy first"
    word_bank: bool = False


# --- after composing ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """An answer under the letter that the sheet gives it; the spare of a matching is not right."""

    letter: str
    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands beside a slot: a side of a pair, or an event; `answer` belongs into the slot.

    `told` is shown on the key: the other side of the pair, or the date.
    """

    text: str
    answer: str
    told: str
    card: Card


@dataclass(frozen=True, slots=True)
class Question:
    """A question under its number.

    `options` are lettered answers: those of a choice, and the right column of a matching.
    `entries` are its left column, or the events to be ordered. `quote` are the words whose
    speaker is asked for. `lines` is how many ruled lines the answer takes.
    """

    number: int
    kind: Kind
    cards: tuple[Card, ...]
    points: int
    seconds: int = 0
    options: tuple[Option, ...] = ()
    entries: tuple[Entry, ...] = ()
    pairs: Pairs = ""
    quote: str = ""
    lines: int = 0

    @property
    def card(self) -> Card:
        """Return the card that is asked, or the first of them."""
        return self.cards[0]

    @property
    def has_spare(self) -> bool:
        """Claim that one lettered answer of a matching fits nothing."""
        return self.kind == "matching" and len(self.options) > len(self.entries)

    @property
    def stem(self) -> str:
        """Return the Markdown that a card itself asks with; a cloze still has its braces."""
        match self.card.content:
            case Basic(question=text) | Cloze(text=text) | Choice(stem=text):
                return text
            case _:
                assert_never(self.card.content)


@dataclass(frozen=True, slots=True)
class Section:
    """The questions of one kind; never empty. `bank` are the words to choose from, if any."""

    kind: Kind
    questions: tuple[Question, ...]
    bank: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """Add up what the questions are worth."""
        return sum(question.points for question in self.questions)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A composed quiz; `form` tells one printing from another."""

    title: str
    course: str
    version: str
    form: str
    sections: tuple[Section, ...]
    instructions: str = ""
    language: str = "en"
    is_rtl: bool = False
    labels: Labels = ENGLISH

    @property
    def points(self) -> int:
        """Add up the whole sheet."""
        return sum(section.points for section in self.sections)

    @property
    def minutes(self) -> int:
        """Estimate how long the sheet takes, rounded up to five minutes beyond ten."""
        minutes = -(-sum(question.seconds for question in self.questions) // 60)
        return minutes if minutes <= 10 else -(-minutes // 5) * 5

    @property
    def questions(self) -> tuple[Question, ...]:
        """List every question, in the order of the numbers."""
        return tuple(question for section in self.sections for question in section.questions)
