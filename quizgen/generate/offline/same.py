"""Keep one card of one fact, however often a document says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from quizgen import words
from quizgen.model import Draft

_ALIKE: Final = 0.75
"""Of all stems of two cards, how many they share when they tell one fact."""
_CROWD: Final = 24


@dataclass(slots=True)
class _Kept:
    draft: Draft
    stems: frozenset[str]
    numbers: frozenset[float]
    negative: bool
    also: list[Draft] = field(default_factory=list[Draft])


@dataclass(slots=True)
class Known:
    """The drafts of a document so far; further tellings of a fact stand behind its first.

    A later telling gives the same card again for its own piece, so that the piece is not
    without one. A ready draft takes the place of a rough one.
    """

    kept: list[_Kept] = field(default_factory=list[_Kept])
    fronts: dict[str, _Kept] = field(default_factory=dict[str, _Kept])
    sentences: dict[str, _Kept] = field(default_factory=dict[str, _Kept])
    by_stem: defaultdict[str, list[_Kept]] = field(
        default_factory=lambda: defaultdict[str, list[_Kept]](list)
    )

    def add(self, draft: Draft, front: str, answer: str) -> None:
        """Take a draft in."""
        said = f"{front} {answer}"
        new = _Kept(draft, words.content_stems(said), words.numbers(said), _is_negative(said))
        letters = words.letters(front)
        sentence = words.letters(draft.evidence[0].text)
        told = self.sentences.get(sentence)
        again = told if told and told.draft.piece != draft.piece else None
        old = self.fronts.get(letters) or again or self._twin(new)
        if old is None:
            self.fronts[letters] = new
            self.sentences.setdefault(sentence, new)
            self.kept.append(new)
            for stem in new.stems:
                self.by_stem[stem].append(new)
            return
        if draft.tier == "ready" and old.draft.tier == "rough":
            old.draft, draft = draft, old.draft
        if draft.piece != old.draft.piece:
            old.also.append(draft)

    def drafts(self) -> Iterator[Draft]:
        """Give every draft that is kept, and again for each other piece that says the same."""
        for one in self.kept:
            yield one.draft
            for piece in dict.fromkeys(other.piece for other in one.also):
                yield replace(one.draft, piece=piece)

    def _twin(self, new: _Kept) -> _Kept | None:
        rare = sorted(new.stems, key=lambda stem: (len(self.by_stem[stem]), stem))
        near = {id(one): one for stem in rare for one in self.by_stem[stem][-_CROWD:]}
        return next((one for one in near.values() if _is_same(one, new)), None)


def _is_same(one: _Kept, other: _Kept) -> bool:
    if one.draft.piece == other.draft.piece or one.negative != other.negative:
        return False
    if one.numbers != other.numbers:
        return False
    shared = len(one.stems & other.stems)
    return shared >= 3 and shared >= _ALIKE * len(one.stems | other.stems)


def _is_negative(text: str) -> bool:
    plain = {word.casefold() for word in words.tokens(text)}
    return bool(plain & {"not", "no", "never", "cannot", "without"}) or "n't" in text
