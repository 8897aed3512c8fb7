"""Cut the documents of a work into passages along their sections and turns, losing nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from quizgen import words
from quizgen.generate.llm import retold
from quizgen.generate.llm.parts import (
    BYTES_PER_TOKEN,
    SPOKEN,
    Part,
    Passage,
    by_piece,
    joined,
    of_document,
    tokens,
)
from quizgen.model import Work

_BEFORE: Final = 45  # words of what went before
_GIST: Final = 70  # words of the work's own summary
_ATOM: Final = 0.25  # share of a passage above which a piece is cut at its sentences
_LINE: Final = 60  # words of speech after which a new numbered line begins at a sentence
_LONGEST_LINE: Final = 120  # words; without full stops a line ends somewhere
_SCRAPS: Final = 0.1  # share of a passage below which leftovers go along with the last one

# What a cut costs, by what stands there; a passage of half or twice the size costs 0.25 or 1.
_NEW_DOCUMENT: Final = -0.6
_NEW_HEADING: Final = 0.0
_NEW_RUN: Final = 0.15
_NEW_PIECE: Final = 0.3
_NEW_SENTENCE: Final = 0.6


# --- cutting -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Atom:
    """What no cut parts, and what a cut in front of it costs."""

    part: Part
    cost: float
    tokens: int


def cut(
    work: Work, *, size: int, limit: int, restored: Mapping[str, tuple[Part, ...]] | None = None
) -> tuple[Passage, ...]:
    """Cut a work into passages of about `size` estimated tokens and never more than `limit`.

    `restored` gives, by the path of a document, readable parts to use in place of its captions.
    What a page says of a passage of the transcript goes along with that passage.
    """
    limit = max(limit, 60)
    size = min(size, limit)
    spoken = [document for document in retold.ranked(work) if document.is_transcript]
    told = retold.Told()
    atoms: list[_Atom] = []
    for document in spoken:
        readable = (restored or {}).get(document.path)
        parts = readable if readable is not None else tuple(of_document(document))
        parts = tuple(told.new(parts)) if told.grams else parts
        told.add(parts)
        atoms += _atoms(parts, size=size, limit=limit)
    main = [_joined(group) for group in _packed(atoms, size, limit)]
    pages = [d for d in work.documents if not d.is_transcript]
    along, alone = retold.along(work, pages, main, limit)
    atoms = [a for parts in alone for a in _atoms(parts, size=size, limit=limit)]
    rest = [_joined(group) for group in _packed(atoms, size, limit)]
    if main and len(rest) == 1 and sum(tokens(p.text) for p in rest[0]) < _SCRAPS * size:
        along[-1] = (*along[-1], *rest.pop())
    gist = _gist(work)
    made = [Passage(work, parts, also) for parts, also in zip(main, along, strict=True)]
    made += [Passage(work, parts) for parts in rest]
    return tuple(
        replace(passage, before=_before(made[at - 1], passage) if at else "", gist=gist)
        for at, passage in enumerate(made)
    )


def halves(passage: Passage) -> tuple[Passage, ...]:
    """Cut a passage in two; one that is a single sentence stays as it is."""
    total = sum(tokens(part.text) for part in passage.parts)
    atoms = _atoms(passage.parts, size=max(4, total // 3), limit=max(4, math.ceil(0.6 * total)))
    if len(atoms) < 2:
        return (passage,)
    sums: list[int] = []
    for atom in atoms:
        sums.append((sums[-1] if sums else 0) + atom.tokens)
    at = min(range(1, len(atoms)), key=lambda at: abs(2 * sums[at - 1] - sums[-1]))
    first, second = _joined(atoms[:at]), _joined(atoms[at:])
    one = replace(passage, parts=first)
    other = replace(passage, parts=second, also=())
    return (one, replace(other, before=_before(one, other)))


def _atoms(parts: Sequence[Part], *, size: int, limit: int) -> list[_Atom]:
    atoms: list[_Atom] = []
    last: Part | None = None
    for part in parts:
        for piece in by_piece(part):
            whole = tokens(piece.text) <= max(_ATOM * size, 30)
            cuts = [piece] if whole else _sentences(piece, limit=min(limit, int(_ATOM * size)))
            for at, each in enumerate(cuts):
                cost = _NEW_SENTENCE if at else _cost(last, each)
                atoms.append(_Atom(each, cost, tokens(each.text) + 8))
            last = piece
    return atoms


def _cost(before: Part | None, part: Part) -> float:
    """Price a cut in front of a part by what begins there."""
    if before is None:
        return 0.0
    if before.run.document is not part.run.document:
        return _NEW_DOCUMENT
    if before.piece.heading != part.piece.heading:
        return _NEW_HEADING
    if before.run is part.run:
        # A restored caption is a sentence of a stream, and ends where a sentence ends.
        return _NEW_PIECE
    return _NEW_RUN if part.text.rstrip().endswith("?") or not part.run.speaker else _NEW_PIECE


def _sentences(part: Part, *, limit: int) -> list[Part]:
    """Cut a long piece at its sentences, and a sentence longer than a passage between words."""
    if part.shown:
        return [part]
    spans: list[tuple[int, int]] = []
    for start, end in words.sentences(part.source):
        spans += _stretches(part.source, start, end, limit)
    if not spans:
        return [part]
    # White space between the spans belongs to the span before it: nothing is lost.
    edges = [0, *(start for start, _ in spans[1:]), len(part.source)]
    return [
        replace(part, start=part.start + start, end=part.start + end)
        for start, end in pairwise(edges)
    ]


def _stretches(text: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    most = max(24, int(limit * BYTES_PER_TOKEN))
    while len(text[start:end].encode("utf-8", "replace")) > most:
        room = text[start : start + most].encode("utf-8", "replace")[:most]
        reach = start + max(1, len(room.decode("utf-8", "ignore")))
        at = max(text.rfind(" ", start, reach), text.rfind("\n", start, reach))
        stop = at + 1 if at > start else reach
        yield start, stop
        start = stop
    yield start, end


def _packed(atoms: Sequence[_Atom], size: int, limit: int) -> list[Sequence[_Atom]]:
    """Choose the cuts that cost least together."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(atoms) + 1):
        total = 0
        options: list[tuple[float, int]] = []
        for start in range(end - 1, -1, -1):
            total += atoms[start].tokens
            if total > limit and start < end - 1:
                break
            # What is left over at the very end may be small at no great cost.
            off = (total - size) / size
            cost = off * off + (max(0.0, atoms[start].cost) if start else 0.0)
            cost += min(0.0, atoms[start].cost) if start else 0.0
            options.append((best[start][0] + cost, start))
        best.append(min(options, key=lambda option: (option[0], option[1])))
    groups: list[Sequence[_Atom]] = []
    end = len(atoms)
    while end:
        start = best[end][1]
        groups.append(atoms[start:end])
        end = start
    return groups[::-1]


def _joined(atoms: Sequence[_Atom]) -> tuple[Part, ...]:
    """Read neighbouring spans of one run as one part again, speech in lines of some sentences."""
    parts: list[Part] = []
    for atom in atoms:
        both = joined(parts[-1], atom.part) if parts and not _is_full(parts[-1]) else None
        if both is None:
            parts.append(atom.part)
        else:
            parts[-1] = both
    return tuple(parts)


def _is_full(part: Part) -> bool:
    """Claim that a line of speech is long enough to be named by its number."""
    if part.run.kind not in SPOKEN:
        return False
    count = words.word_count(part.text)
    ends = part.text.rstrip("\"”’') \n")[-1:] in (".", "?", "!", "…")
    return count >= _LONGEST_LINE or (count >= _LINE and ends)


# --- what goes along ---------------------------------------------------------


def _before(former: Passage, passage: Passage) -> str:
    """Give the end of what went before in the same document, with who said it."""
    last = former.parts[-1]
    if last.run.document is not passage.parts[0].run.document:
        return ""
    said = (part.text.split() for part in former.parts if part.run is last.run)
    taken = [word for each in said for word in each]
    cut_off = "… " if len(taken) > _BEFORE else ""
    who = f"{last.run.speaker}: " if last.run.speaker else ""
    return f"{who}{cut_off}{' '.join(taken[-_BEFORE:])}"


def _gist(work: Work) -> str:
    """Say in the words of a page what the work is about."""
    told = (p.text for document in work.documents for p in document.pieces if p.kind == "summary")
    taken = next(filter(None, told), "").split()
    return " ".join(taken[:_GIST]) + ("…" if len(taken) > _GIST else "")
