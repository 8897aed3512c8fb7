"""What writing a work's cards came to: the drafts, and why a piece has none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from quizgen.generate.llm import planted, views
from quizgen.generate.llm.captions import Reading
from quizgen.generate.llm.desk import Aim, Failed, Result, Tally
from quizgen.generate.llm.judging import Gate, Judged, Refused
from quizgen.generate.llm.parts import Passage
from quizgen.generate.llm.wishes import MAIN
from quizgen.model import Draft, Generate, Piece, Work
from quizgen.model import Passage as Pieces
from quizgen.model import Wish as Common


@dataclass(frozen=True, slots=True)
class Made:
    """A draft, its document's path, and the pieces of pages that it settles as well."""

    document: str
    draft: Draft
    settles: tuple[tuple[str, Piece], ...] = ()
    importance: int = 2
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A main idea of the work; `why_not` is empty if a card asks for it."""

    aim: Aim
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """A card that was written and is not offered: where it stood, what it asked, and why."""

    document: str
    piece: Piece
    gate: Gate
    front: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What writing came to; `pending` are passages that were not finished, `tally` what was asked.

    A pending passage has no card: half of its work would be undone by the other half. `main`
    are the main ideas of what was finished.
    """

    work: Work
    made: tuple[Made, ...] = ()
    lost: tuple[Lost, ...] = ()
    failed: tuple[Failed, ...] = ()
    notices: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    pending: tuple[Failed, ...] = ()
    tally: Tally = field(default_factory=Tally)
    main: tuple[Told, ...] = ()

    @property
    def is_unbegun(self) -> bool:
        """Claim that no passage was finished, though there are some."""
        return bool(self.pending) and not self.passages

    def named(self, names: Mapping[str, str]) -> Written:
        """Name documents in sentences as the person does; `names` gives that by their paths."""
        every = "|".join(re.escape(path) for path in sorted(names, key=len, reverse=True))
        place = re.compile(rf"(?<!\S)({every})(?=:\d)")

        def renamed(said: str) -> str:
            return place.sub(lambda found: names[found[1]], said)

        def told(failed: Failed) -> Failed:
            return replace(failed, sentence=renamed(failed.sentence))

        return replace(
            self,
            notices=tuple(map(renamed, self.notices)),
            failed=tuple(map(told, self.failed)),
            pending=tuple(map(told, self.pending)),
            main=tuple(
                replace(each, aim=replace(each.aim, document=names.get(path, path)))
                for each in self.main
                for path in [each.aim.document]
            ),
        )

    def drafts(self, document: str) -> Iterator[Draft]:
        """Yield the drafts of a document, once for each of its pieces that they settle."""
        for each in self.made:
            if each.document == document:
                yield each.draft
            for path, piece in each.settles:
                if path == document:
                    yield _for_piece(each.draft, piece)

    @property
    def generate(self) -> Generate:
        """Give the drafts as a generator does, document by document."""

        def generate(passage: Pieces, wish: Common) -> Iterator[Draft]:
            for draft in self.drafts(passage.document.path):
                if wish.rough or draft.tier == "ready":
                    yield draft

        return generate

    def why_not(self, piece: Piece, passage: Pieces) -> str:
        """Say why a piece has no card."""
        path = passage.document.path
        for lost in self.lost:
            if lost.document == path and lost.piece == piece:
                return f"its card was dropped: {lost.reasons[0]}"
        for failed in (*self.failed, *self.pending):
            if _holds(failed.passage, path, piece):
                return failed.sentence
        if any(_holds(each, path, piece) for each in self.passages):
            return "the model found nothing in it that needs a card of its own"
        return "another transcript says the same"


def of(
    work: Work,
    results: Sequence[Result],
    *,
    readings: Iterable[Reading] = (),
    failed: Sequence[Failed] = (),
    pending: Sequence[Failed] = (),
    cards: int = 0,
    tally: Tally,
    model: str = "",
) -> Written:
    """Gather what became of passages; keep the best where a number of `cards` was asked for."""
    cards_made = [card for result in results for card in result.cards]
    made = [_made(card, model) for card in cards_made]
    lost = [_lost(each, result.passage) for result in results for each in result.refused]
    if cards:
        chosen, spare = _best(made, cards)
        cards_made = [card for card, each in zip(cards_made, made, strict=True) if each in chosen]
        made = chosen
        lost += spare
    passages = tuple(result.passage for result in results)
    notices = [*_notices(readings), *(n for passage in passages for n in planted.notices(passage))]
    return Written(
        work,
        tuple(made),
        tuple(lost),
        (*failed, *(each for result in results for each in result.failed)),
        tuple(dict.fromkeys(notices)),
        passages,
        tuple(pending),
        tally,
        tuple(_told(results, frozenset(card.idea for card in cards_made))),
    )


def summary(written: Written) -> Iterator[str]:
    """Say in lines what was made, dropped and not answered, like reasons together."""
    ready = sum(each.draft.tier == "ready" for each in written.made)
    yield (
        f"{_count(len(written.made), 'card')} ({ready} ready) from"
        f" {_count(len(written.passages), 'passage')}"
    )
    if hinted := sum(bool(each.hint) for each in written.made):
        yield f"{hinted} of them rough, as somebody who has not read the source may answer so"
    if written.main:
        missing = [each for each in written.main if each.why_not]
        total = len(written.main)
        yield f"{total - len(missing)} of {_count(total, 'main idea')} with a card"
        for each in missing:
            place = f"{each.aim.document}:{each.aim.line}"
            yield f"no card for a main idea: {place}: “{each.aim.idea}”: {each.why_not}"
    counts: dict[str, int] = {}
    for lost in written.lost:
        counts[_GATES[lost.gate]] = counts.get(_GATES[lost.gate], 0) + 1
    yield from (f"{count} dropped: {why}" for why, count in counts.items())
    said: dict[str, int] = {}
    for failed in written.failed:
        said[failed.sentence] = said.get(failed.sentence, 0) + 1
    yield from (f"{s} (×{n})" if n > 1 else s for s, n in said.items())
    if written.pending:
        yield f"{_count(len(written.pending), 'passage')} still to do; the same command goes on"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _notices(readings: Iterable[Reading]) -> Iterator[str]:
    for reading in readings:
        if reading.refused:
            yield f"{reading.stretch.name} is read as the captions have it: {reading.refused}"
        for heard, meant in reading.repaired:
            yield f"{reading.stretch.name}: “{heard}” is shown to the model as “{meant}”"


def _told(results: Sequence[Result], ideas: frozenset[str]) -> Iterator[Told]:
    """Say of each main idea whether one of the ideas with a card is it, or else why not."""
    for result in results:
        for aim in result.aims:
            twins = (r for r in result.refused if r.idea == aim.idea and r.gate == "twin")
            if aim.idea in ideas or any(twins):
                yield Told(aim)
                continue
            reasons = [_said(each) for each in result.refused if each.idea == aim.idea]
            if any(card.idea == aim.idea for card in result.cards):
                reasons = ["more cards were written than were asked for"]
            yield Told(aim, reasons[-1] if reasons else "no good question was found for it")


def _made(card: Judged, model: str) -> Made:
    draft = replace(card.draft, model=model)
    return Made(draft.evidence[0].document, draft, card.settles, card.importance, card.hint)


def _lost(refused: Refused, passage: Passage) -> Lost:
    entries = passage.entries
    at = refused.reply.line - 1
    part = entries[at] if 0 <= at < len(entries) else entries[0]
    front = refused.reply.question
    return Lost(
        part.run.document.path,
        part.piece,
        refused.gate,
        front,
        (_said(refused), *refused.reasons[1:]),
    )


def _said(refused: Refused) -> str:
    """Say why a card was dropped, to a person rather than to its writer."""
    if refused.gate == "evidence":
        return "the words that it quoted are not in the source"
    return refused.reasons[0]


def _best(made: Sequence[Made], count: int) -> tuple[list[Made], list[Lost]]:
    """Keep as many cards as were asked for: those of main ideas first, then the ready ones."""
    order = sorted(
        range(len(made)),
        key=lambda at: _rank(made[at], at),
    )
    kept = frozenset(order[:count])
    reason = (f"more cards were written than the {count} that were asked for",)
    lost = [
        Lost(each.document, each.draft.piece, "count", _front(each.draft), reason)
        for at, each in enumerate(made)
        if at not in kept
    ]
    return [each for at, each in enumerate(made) if at in kept], lost


def _rank(each: Made, at: int) -> tuple[bool, bool, int, int]:
    return each.importance < MAIN, each.draft.tier != "ready", -each.importance, at


def _front(draft: Draft) -> str:
    return str(views.front(draft.content)["question"])


def _for_piece(draft: Draft, piece: Piece) -> Draft:
    """Let a draft speak for another piece: its card is the same, and settles both."""
    return replace(draft, piece=piece)


def _holds(passage: Passage, path: str, piece: Piece) -> bool:
    return any(
        part.run.document.path == path and any(piece == each for each in part.pieces)
        for part in passage.entries
    )


_GATES: Final[dict[Gate, str]] = {
    "form": "no card of a kind that was asked for",
    "evidence": "the words it relied on are not in the source",
    "checks": "a check blocks it",
    "reread": "a reader who saw only the evidence answered otherwise, or found a fault",
    "planted": "it rests on words that speak to a language model",
    "twin": "it asks for the same fact as another",
    "count": "more than were asked for",
}
