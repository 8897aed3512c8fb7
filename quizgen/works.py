"""Tell which documents are about one work, and give it one name, date and list of people."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import PurePath
from typing import Literal, TypeAlias

from quizgen import identity
from quizgen.layout import names, roles
from quizgen.model import Document, Person, Work

Grouping: TypeAlias = Literal["as told", "together", "apart"]
"""Whether documents are of one work as they themselves tell, or because a person says so."""

_ID_LENGTH = 6
_DAYS = 2
_MINUTES = 2
_TITLE_WORDS = 8
_FEWEST_WORDS = 3
_NAMED = 3
# A notebook that links notes by their names writes no title into them.
_NAMED_FILE = re.compile(r"[A-Z“\"'][^\s/]*(?: [^\s/]+){2,20}\.(?:md|markdown)")
_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a document says of its work; equal claims need to be compared only once."""

    recording: str
    date: str
    minutes: int


def group(documents: Sequence[Document], how: Grouping = "as told") -> tuple[Work, ...]:
    """Gather documents into works, in the order of their first documents.

    Documents are of one work if they name one recording, or bear one title and agree in date
    and length as far as both give them; and so are two that a third belongs with.
    """
    if how == "together":
        return (together(tuple(documents)),) if documents else ()
    if how == "apart":
        return tuple(map(alone, documents))
    parents = list(range(len(documents)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for one, other in _pairs(documents):
        first, second = sorted((root(one), root(other)))
        parents[second] = first
    members: dict[int, list[Document]] = {}
    for index, document in enumerate(documents):
        members.setdefault(root(index), []).append(document)
    return tuple(together(tuple(each)) for each in members.values())


def normalise(title: str) -> str:
    """Write a title so that spellings differing in case, marks or punctuation are equal."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", title).casefold()))


def name(document: Document) -> str:
    """Give a document's title, else its first telling heading, its speakers, its first words.

    A file whose name reads like a title, as a notebook's do, bears it.
    """
    if document.title:
        return document.title
    if _NAMED_FILE.fullmatch(file := PurePath(document.path).name):
        return PurePath(file).stem.strip()
    headings = (piece.heading for piece in document.pieces if piece.heading)
    if heading := next((each for each in headings if not roles.is_generic(each)), ""):
        return heading
    said = (piece for piece in document.pieces if piece.kind == "turn" and piece.speaker)
    if speakers := list(dict.fromkeys(piece.speaker for piece in said)):
        return _conversation(speakers)
    best_first = sorted(document.pieces, key=lambda piece: piece.kind != "summary")
    first = next((piece.text or piece.answer for piece in best_first), "")
    taken = first.split()[:_TITLE_WORDS]
    ends = [at for at, word in enumerate(taken, 1) if word.endswith((",", ".", ";", ":"))]
    cut = next((at for at in ends if at >= _FEWEST_WORDS), len(taken))
    return " ".join(taken[:cut]).rstrip(".,;:!? ")


def _conversation(speakers: Sequence[str]) -> str:
    """Name a conversation after those who take part in it."""
    if len(speakers) < 2:
        return f"Talk of {speakers[0]}" if speakers else ""
    *some, last = speakers[:_NAMED]
    others = " and others" if len(speakers) > _NAMED else ""
    return f"Conversation of {', '.join(some)}{',' if others else ' and'} {last}{others}"


def _pairs(documents: Sequence[Document]) -> Iterator[tuple[int, int]]:
    """Give pairs of documents that are about one work."""
    recordings: dict[str, int] = {}
    titles: dict[str, dict[_Claim, int]] = {}
    for index, document in enumerate(documents):
        if document.recording:
            yield recordings.setdefault(document.recording, index), index
        title = normalise(document.title)
        if title:
            claim = _Claim(document.recording, _date(document), document.minutes)
            claims = titles.setdefault(title, {})
            if _agree(title, claim, claim):
                yield claims.setdefault(claim, index), index
            else:
                claims.setdefault(claim, index)
    for title, claims in titles.items():
        for (one, first), (other, second) in combinations(claims.items(), 2):
            if _agree(title, one, other):
                yield first, second


def _agree(title: str, one: _Claim, other: _Claim) -> bool:
    """Claim that nothing two documents of one title say keeps them apart.

    A title of a single word ("Notes") says too little without a date.
    """
    if one.recording and other.recording:
        return one.recording == other.recording
    if one.minutes and other.minutes and abs(one.minutes - other.minutes) > _MINUTES:
        return False
    if one.date and other.date:
        return _near(one.date, other.date)
    return " " in title


def _near(one: str, other: str) -> bool:
    shared = min(len(one), len(other))
    if shared < len("2020-05-08"):
        return one[:shared] == other[:shared]
    try:
        days = dt.date.fromisoformat(one) - dt.date.fromisoformat(other)
    except ValueError:  # a page may claim the 31st of June
        return one == other
    return abs(days.days) <= _DAYS


def together(documents: tuple[Document, ...]) -> Work:
    """Take documents as one work, with the best title, date and names that they give it."""
    recording = next((each.recording for each in documents if each.recording), "")
    best = min(documents, key=_rank)
    title = name(best) or next((name(each) for each in documents if name(each)), "Untitled")
    date = _best_date(documents)
    return Work(
        id=identity.short_hash(recording or f"{normalise(title)} {date}", _ID_LENGTH),
        title=title,
        documents=documents,
        date=date,
        people=tuple(_people(documents)),
        recording=recording,
    )


def alone(document: Document) -> Work:
    """Take one document as a work, told apart by its file's name from others of its recording."""
    work = together((document,))
    file = PurePath(document.path).name
    told = work.recording or f"{normalise(work.title)} {work.date}"
    return replace(work, id=identity.short_hash(f"{told} alone {file}", _ID_LENGTH))


def _rank(document: Document) -> tuple[bool, bool, bool]:
    """Order documents by how well their titles name the work: a page before a post."""
    posted = any(told.where.startswith("front matter,") for told in document.dates)
    return (not document.title, posted, document.is_transcript)


def date(document: Document) -> str:
    """Give the date to show of one document, which is never the date of its own post."""
    return _best_date((document,))


def _date(document: Document) -> str:
    """Give the date that a document claims for the work; a post's own date is none."""
    own = [told.date for told in document.dates if not told.where.startswith("front matter,")]
    return max(own, key=len, default="")


def _best_date(documents: Sequence[Document]) -> str:
    """Give the most exact date that most documents claim for the work.

    A post's own date is worse than none: a card would date what somebody said by years too late.
    """
    claimed = Counter(date for each in documents if (date := _date(each)))
    return max(claimed, key=lambda date: (len(date), claimed[date]), default="")


def _people(documents: Sequence[Document]) -> list[Person]:
    """Merge the people of all documents: roles from whoever knows them, spellings as aliases."""
    people: list[Person] = []
    for document in sorted(documents, key=_names_well):
        for person in document.people:
            at = next((at for at, known in enumerate(people) if _same(known, person)), None)
            if at is None:
                people.append(person)
            else:
                people[at] = _both(people[at], person)
    return people


def _names_well(document: Document) -> tuple[bool, bool]:
    """Order documents by how well they spell names; a caption's title still comes before none."""
    given = {person.role for person in document.people}
    captions = any(piece.kind == "caption" for piece in document.pieces)
    return (captions, not {"host", "guest"} <= given)


def _same(one: Person, other: Person) -> bool:
    """Claim that two names are one person's: a letter may differ, and one name stand for both."""
    first, second = names.fold(one.name), names.fold(other.name)
    if first == second or names.is_misspelt(first, second):
        return True
    short, long = sorted((first.split(), second.split()), key=len)
    return len(short) == 1 < len(long) and short[0] in (long[0], long[-1])


def _both(one: Person, other: Person) -> Person:
    known = one.role in ("host", "guest", "author")
    role = one.role if known else other.role or one.role
    spelt, also = one.name, other.name
    if len(spelt.split()) == 1 < len(also.split()):
        spelt, also = also, spelt
    others = dict.fromkeys((*one.aliases, *other.aliases, also))
    return replace(
        one, name=spelt, role=role, aliases=tuple(alias for alias in others if alias != spelt)
    )
