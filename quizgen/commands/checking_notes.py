"""Judge the notes of an Anki collection, of which there is a file but no deck."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from quizgen import checks, files, words
from quizgen.anki import asking, packages
from quizgen.anki.asking import Asked
from quizgen.model import Problem

SUFFIXES = (".apkg", ".colpkg", ".txt", ".tsv")
_MOST_RULES = 6  # named in the summary
_NAMED = re.compile("(?<=”) \\(\0(\\d+)\0\\)")


@dataclass(frozen=True, slots=True)
class Found:
    """A problem of a note."""

    asked: Asked
    problem: Problem


def is_anki(path: Path) -> bool:
    """Claim that a file holds Anki's notes: a package, or a text export that is no deck."""
    if path.suffix.lower() not in SUFFIXES:
        return False
    if path.suffix.lower() in (".apkg", ".colpkg"):
        return True
    return not files.read(path).removeprefix(b"\xef\xbb\xbf").startswith(b"+++")


def run(paths: Sequence[Path], wanted: Callable[[str], bool], *, as_json: bool) -> bool:
    """Print the problems of all notes; return whether a note is broken."""
    told: list[tuple[Path, Found]] = []
    for path in paths:
        notes = packages.read(files.read(path), str(path)).notes
        asked = tuple(map(asking.read, notes))
        found = [each for each in judge(asked) if wanted(each.problem.rule)]
        told += [(path, each) for each in found]
        for line in _summary(asked, found):
            click.echo(f"{path}: {line}", err=True)
    if as_json:
        click.echo(json.dumps([_row(*each) for each in told], ensure_ascii=False, indent=2))
    else:
        for path, each in told:
            click.echo(_line(path, each))
    return any(each.problem.rule == "malformed" for _, each in told)


def judge(asked: Sequence[Asked]) -> Iterator[Found]:
    """Yield what is wrong with notes by whatever needs no evidence, in the order of the notes."""
    owners = [number for number, each in enumerate(asked) for _ in each.cards]
    # Guids may come twice and are nothing to read, so cards go by their place here.
    cards = (card for each in asked for card in each.cards)
    named = [replace(card, id=f"\0{at}\0") for at, card in enumerate(cards)]
    seen: set[tuple[int, str, str]] = set()
    found: list[tuple[int, Problem]] = []
    for problem in checks.check_deck(named):
        owner = owners[int(problem.card.strip("\0"))]
        other = _NAMED.search(problem.sentence)
        mate = owners[int(other[1])] if other else -1
        apart = mate >= 0 and asked[mate].deck != asked[owner].deck
        # Anki itself keeps the cards of one note apart, and decks are learnt at other times.
        if mate == owner or (apart and problem.rule == "cross-card-giveaway"):
            continue
        if (
            mate >= 0
            and problem.rule == "near-duplicate"
            and _only_templates_alike(asked[owner], asked[mate])
        ):
            continue
        where = f" in {asked[mate].deck}" if apart else ""
        sentence = _NAMED.sub(lambda _, where=where: where, problem.sentence)
        # A note that asks both ways has most of its faults twice.
        if (owner, problem.rule, sentence) not in seen:
            seen.add((owner, problem.rule, sentence))
            found.append((owner, replace(problem, card=asked[owner].note.guid, sentence=sentence)))
    found.sort(key=lambda each: each[0])
    for owner, problem in found:
        yield Found(asked[owner], problem)


def _only_templates_alike(one: Asked, other: Asked) -> bool:
    """Claim that two notes of one type share the words of their templates and none of their own."""
    if one.note.type.id != other.note.type.id:
        return False
    said, also = (words.content_stems(asking.fronts(each.note)) for each in (one, other))
    return bool(said and also) and not said & also


def _line(path: Path, found: Found) -> str:
    said = asking.words(found.asked.note)
    deck = found.asked.deck or "no deck"
    return f"{path}: {deck}: {said!r}: {found.problem.rule}: {found.problem.sentence}"


def _row(path: Path, found: Found) -> dict[str, str]:
    problem = found.problem
    return {
        "file": str(path),
        "deck": found.asked.deck,
        "note": found.asked.note.guid,
        "words": asking.words(found.asked.note),
        "rule": problem.rule,
        # What somebody learns is theirs: only what no card can show is more than advice.
        "severity": problem.severity if problem.rule == "malformed" else "warns",
        "sentence": problem.sentence,
    }


def _summary(asked: Sequence[Asked], found: Sequence[Found]) -> Iterator[str]:
    """Say how many notes were judged, which were not, and what is wrong most often."""
    why = Counter(each.unjudged for each in asked if each.unjudged)
    judged = len(asked) - sum(why.values())
    passed = ", ".join(f"{count:,} {reason}" for reason, count in why.most_common())
    yield f"{_notes(judged)} judged" + (f", not {passed}" if passed else "")
    notes = len({id(each.asked) for each in found})
    rules = Counter(each.problem.rule for each in found).most_common()
    if rules:
        named = ", ".join(f"{rule} {count:,}" for rule, count in rules[:_MOST_RULES])
        more = f" and {len(rules) - _MOST_RULES} more rules" if len(rules) > _MOST_RULES else ""
        yield f"{_notes(notes)} with problems: {named}{more}"


def _notes(count: int) -> str:
    return "1 note" if count == 1 else f"{count:,} notes"
