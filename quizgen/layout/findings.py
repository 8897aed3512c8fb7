"""Collect what is found in a document, so that every line is accounted for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from quizgen.layout import names
from quizgen.layout.facts import Facts
from quizgen.model import Dated, Document, Dropped, Field, Person, Piece, Span


@dataclass(slots=True)
class Findings:
    """What has been found so far; `places` is where each name stands among the people.

    `renamed` leads from the speakers' labels to the spelling that the head of the page has.
    """

    lines: tuple[str, ...]
    title: str = ""
    url: str = ""
    recording: str = ""
    minutes: int = 0
    language: str = ""
    pieces: list[Piece] = field(default_factory=list[Piece])
    metadata: list[Field] = field(default_factory=list[Field])
    dropped: list[Dropped] = field(default_factory=list[Dropped])
    dates: list[Dated] = field(default_factory=list[Dated])
    people: list[Person] = field(default_factory=list[Person])
    notices: list[str] = field(default_factory=list[str])
    places: dict[str, int] = field(default_factory=dict[str, int])
    renamed: dict[str, str] = field(default_factory=dict[str, str])

    def note(self, span: Span, what: str) -> None:
        """Record lines that say something about the document."""
        self.metadata.append(Field(span, what))

    def drop(self, span: Span, why: str, *, text: str = "") -> None:
        """Record words that will make no card; without `text`, all of the lines."""
        words = text or " ".join(" ".join(self.lines[span[0] - 1 : span[1]]).split())
        self.dropped.append(Dropped(span, words, why))

    def absorb(self, facts: Facts, span: Span, *, where: str = "") -> None:
        """Take over what a line says; an earlier claim of title, url or length stands."""
        place = f"line {span[0]}"
        self.title = self.title or facts.title
        self.url = self.url or facts.url
        self.recording = self.recording or facts.recording
        self.minutes = self.minutes or facts.minutes
        self.language = self.language or facts.language
        if facts.date:
            self.dates.append(Dated(facts.date, f"{where}, {place}" if where else place))
        for person in facts.people:
            self.meet(person)
        if facts.field:
            self.note(span, facts.field)

    def meet(self, person: Person) -> None:
        """Add a person, or what is new about one already known."""
        at = self.places.setdefault(names.fold(person.name), len(self.people))
        if at == len(self.people):
            self.people.append(person)
            return
        known = self.people[at]
        role = known.role if known.role in ("host", "guest") else person.role or known.role
        aliases = tuple(dict.fromkeys((*known.aliases, *person.aliases)))
        self.people[at] = replace(known, role=role, aliases=aliases)

    def document(self, path: str) -> Document:
        """Give everything found as one value, each list in the order of the lines."""
        url = self.url
        if self.recording and not url:
            url = f"https://www.youtube.com/watch?v={self.recording}"
        pieces = [self._renamed(piece) for piece in self.pieces]
        return Document(
            path=path,
            lines=self.lines,
            pieces=tuple(sorted(pieces, key=lambda piece: piece.lines[0])),
            title=self.title,
            url=url,
            recording=self.recording,
            minutes=self.minutes,
            language=self.language,
            dates=tuple(self.dates),
            people=tuple(self.people),
            metadata=tuple(sorted(self.metadata, key=lambda told: told.lines)),
            dropped=tuple(sorted(self.dropped, key=lambda gone: gone.lines)),
            notices=tuple(self.notices),
        )

    def _renamed(self, piece: Piece) -> Piece:
        name = self.renamed.get(piece.speaker, piece.speaker)
        return piece if name == piece.speaker else replace(piece, speaker=name)
