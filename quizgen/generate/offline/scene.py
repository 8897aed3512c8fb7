"""What every rule needs to know about a passage, and the guards every draft passes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from quizgen import evidence, words
from quizgen.generate.offline import spelling, subject
from quizgen.model import Passage, Piece

_TALKING: Final = frozenset({"guest", "speaker"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A passage with what was worked out about it once.

    `guest` is the one person whose views the work holds, or empty; `year` is empty when
    unknown; `lower` are words that the document writes in lower case and `roots` the first
    letters of the longer ones, `upper` words that it writes with capitals inside, `proper` words
    that it begins with one amid a sentence; `topic` is what the work says it is about, in its
    own words; `before` gives the turn before a turn; `spread` counts the pieces in which the
    stem of a word stands; `slips` are words that look misspelt;
    `about` names the work's subject behind a person: `on deep learning`.
    """

    passage: Passage
    guest: str
    year: str
    topic: str
    lower: frozenset[str]
    roots: frozenset[str]
    upper: frozenset[str]
    proper: frozenset[str]
    before: Mapping[Piece, Piece]
    spread: Mapping[str, int]
    about: str
    spoken: evidence.Transcript
    slips: frozenset[str]

    @property
    def title(self) -> str:
        """Name the source of something, without marks that a quotation would trip over."""
        title = self.passage.work.title or self.passage.document.title or "the source"
        return subject.calm(title).translate(str.maketrans('“”"', "‘’’"))

    @property
    def credit(self) -> str:
        """Name whose view something is, with the year: `Ada Voss (2019)`, or nothing."""
        return self.dated(self.guest) if self.guest else ""

    @property
    def is_talk(self) -> bool:
        """Claim that the work is what one person said to others: each answer is that person's."""
        people = self.passage.work.people or self.passage.document.people
        return any(person.name == self.guest and person.role in _TALKING for person in people)

    def credit_for(self, sentence: str) -> str:
        """Name whose view a sentence is, or nothing where it names the guest itself."""
        named = bool(self.guest) and self.guest.split()[-1] in sentence
        return "" if named else self.credit

    def lead(self, front: str) -> str:
        """Take the words with which a front begins that say whose view it is, and about what."""
        starts = [f"According to {self.credit}", self.credit] if self.guest else []
        starts += [f"{self.about[:1].upper()}{self.about[1:]}", self.about.removeprefix("in ")]
        for start in filter(None, starts):
            if front.startswith(start):
                rest = front[len(start) :].removeprefix(f" {self.about}").lstrip(":, ")
                return front[: len(front) - len(rest)]
        return ""

    def dated(self, name: str) -> str:
        """Put the year of the work behind the name of someone who takes part in it."""
        here = any(evidence.same_person(name, person.name) for person in self.passage.work.people)
        return f"{name} ({self.year})" if self.year and here else name


class _Same:
    """A passage as a key: comparing all of its words would take as long as surveying it."""

    __slots__ = ("passage",)

    def __init__(self, passage: Passage) -> None:
        self.passage = passage

    def __hash__(self) -> int:
        return id(self.passage.pieces)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Same):
            return NotImplemented
        one, two = self.passage, other.passage
        return one.pieces is two.pieces and one.document is two.document and one.work is two.work


def page_text(passage: Passage) -> str:
    """Join all that the pieces of a passage say."""
    return "\n".join(
        part for piece in passage.pieces for part in (piece.text, piece.explanation, piece.answer)
    )


def survey(passage: Passage) -> Scene:
    """Work out once what the rules ask about a passage."""
    return _survey(_Same(passage))


@lru_cache(maxsize=4)
def _survey(same: _Same) -> Scene:
    passage = same.passage
    text = page_text(passage)
    found = re.findall(r"[A-Za-z][\w’'-]*", text)
    lower = frozenset(word for word in found if word.islower())
    upper = frozenset(
        word for word in found if len(word) > 1 and not word[1:].islower() and not word.islower()
    )
    quotes = any(piece.kind == "quote" for piece in passage.pieces)
    guests = _answering(passage)
    return Scene(
        passage=passage,
        guest=guests[0] if len(guests) == 1 else "",
        year=passage.work.date[:4],
        topic=_topic(passage, text),
        lower=lower,
        roots=frozenset(word[:6] for word in lower if len(word) > 6),
        upper=upper,
        proper=frozenset(re.findall(r"(?<=[a-z,] )[A-Z][\w’'-]+", text)) - lower,
        before=dict(_turns(passage)),
        spread=Counter(
            stem
            for piece in passage.pieces
            for stem in words.content_stems(f"{piece.text} {piece.explanation} {piece.answer}")
        ),
        about=subject.of(passage.work, passage.document, text=text),
        spoken=evidence.transcript(passage.work) if quotes else evidence.Transcript(),
        slips=frozenset() if _is_speech(passage) else spelling.slips(text),
    )


def _is_speech(passage: Passage) -> bool:
    """Claim that a machine wrote down what somebody said: its slips are not of the pen."""
    return all(piece.kind == "turn" for piece in passage.pieces)


def _turns(passage: Passage) -> Iterator[tuple[Piece, Piece]]:
    turns = [piece for piece in passage.pieces if piece.kind == "turn"]
    for former, latter in pairwise(turns):
        yield latter, former


def _answering(passage: Passage) -> list[str]:
    """Name those whose views the work holds: guests, or whoever does not ask the questions."""
    people = passage.work.guests or passage.document.people
    names = [person.name for person in people if person.role != "host"]
    if len(names) < 2:
        return names
    turns = [piece for piece in passage.pieces if piece.kind == "turn"]
    return [
        name
        for name in names
        if 3 * sum(turn.text.rstrip().endswith("?") for turn in turns if turn.speaker == name)
        < sum(1 for turn in turns if turn.speaker == name)
        or not turns
    ]


def _topic(passage: Passage, text: str) -> str:
    """Take from the title what the work is about, if its text keeps saying so."""
    people = [person.name for person in passage.work.people]
    folded = text.casefold()
    for part in re.split(r"[:|–—]| - ", passage.work.title or passage.document.title):
        named = re.sub(r"\([^)]*\)|#\d+", "", part).strip()
        if not named or any(name and name in named for name in people):
            continue
        taken = [word.strip(",.;") for word in named.split()]
        for length in range(min(4, len(taken)), 0, -1):
            phrase = " ".join(taken[:length]).casefold()
            whole = length == len(taken)
            if (
                (length > 1 or (whole and len(phrase) > 6))
                and phrase in text
                and folded.count(phrase) >= 3
            ):
                return phrase
    return ""
