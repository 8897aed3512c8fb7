"""Write the cards of a work with a model: restore captions, cut, and work on every passage."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quizgen.checks import glossary
from quizgen.generate.llm import captions, passages, planted, views, writing
from quizgen.generate.llm.asking import Ask
from quizgen.generate.llm.captions import Reading, Stretch
from quizgen.generate.llm.desk import Desk, Failed, Tally
from quizgen.generate.llm.judging import Gate, Judged, Refused
from quizgen.generate.llm.parts import Part, Passage
from quizgen.generate.llm.replies import Restored
from quizgen.generate.llm.wishes import Settings, Wish, most
from quizgen.generate.llm.writing import Order
from quizgen.llm.values import Failure
from quizgen.model import Draft, Generate, Piece, Work
from quizgen.model import Passage as Pieces
from quizgen.model import Wish as Common

_SPARE = 1.25  # cards asked for where a number is wanted: some do not pass


@dataclass(frozen=True, slots=True)
class Made:
    """A draft, its document's path, and the pieces of pages that it settles as well."""

    document: str
    draft: Draft
    settles: tuple[tuple[str, Piece], ...] = ()
    importance: int = 2


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
    """What writing came to; `prompts` gives the version of every prompt that was used."""

    work: Work
    made: tuple[Made, ...] = ()
    lost: tuple[Lost, ...] = ()
    failed: tuple[Failed, ...] = ()
    notices: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    requests: int = 0
    prompts: tuple[tuple[str, int], ...] = ()

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
        for failed in self.failed:
            if _holds(failed.passage, path, piece):
                return failed.sentence
        if any(_holds(each, path, piece) for each in self.passages):
            return "the model found nothing in it that needs a card of its own"
        return "another transcript says the same"


async def write(work: Work, wish: Wish, ask: Ask, settings: Settings) -> Written:
    """Write the cards of a work; what fails is told and costs the other passages nothing.

    The same answers give the same drafts, in the order of the passages.
    """
    tally = Tally()
    desk = Desk(wish, settings, ask, glossary.collect(work.documents, work.people), tally)
    readings, failures = await _restored(work, desk)
    orders = ordered(work, wish, settings, readings)
    groups = await asyncio.gather(*(writing.work(order, desk) for order in orders))
    results = [result for group in groups for result in group]
    made = [_made(card) for result in results for card in result.cards]
    lost = [_lost(each, result.passage) for result in results for each in result.refused]
    if wish.cards:
        made, spare = _best(made, wish.cards)
        lost += spare
    notices = [*_notices(readings), *(n for o in orders for n in planted.notices(o.passage))]
    return Written(
        work,
        tuple(made),
        tuple(lost),
        (*failures, *(failed for result in results for failed in result.failed)),
        tuple(dict.fromkeys(notices)),
        tuple(result.passage for result in results),
        tally.requests,
        tuple(sorted(tally.prompts.items())),
    )


def ordered(
    work: Work, wish: Wish, settings: Settings, readings: Sequence[Reading] = ()
) -> tuple[Order, ...]:
    """Cut a work into passages, and say how many cards each may have."""
    shown = {
        document.path: captions.parts(document, readings)
        for document in work.documents
        if any(reading.stretch.run.document is document for reading in readings)
    }
    cut = passages.cut(work, size=settings.size, limit=settings.limit, restored=shown)
    counts = [passage.word_count for passage in cut]
    orders: list[Order] = []
    for passage, count in zip(cut, counts, strict=True):
        share = most(wish, count, spoken=passage.is_spoken)
        if wish.cards:
            share = max(1, round(_SPARE * wish.cards * count / max(1, sum(counts))))
        orders.append(Order(passage, share))
    return tuple(orders)


# --- captions ----------------------------------------------------------------


async def _restored(work: Work, desk: Desk) -> tuple[list[Reading], list[Failed]]:
    cut = captions.stretches(work)
    known = captions.names(work) if cut else ()
    answers = await asyncio.gather(*(_read(stretch, work, known, desk) for stretch in cut))
    readings: list[Reading] = []
    failed: list[Failed] = []
    for stretch, answer in zip(cut, answers, strict=True):
        if isinstance(answer, Failure):
            parts = (Part(stretch.run, stretch.start, stretch.end),)
            failed.append(Failed(Passage(work, parts), "restore", answer.kind, answer.sentence))
            readings.append(captions.unread(stretch, answer.sentence))
        else:
            readings.append(answer)
    return readings, failed


async def _read(
    stretch: Stretch, work: Work, known: Sequence[str], desk: Desk
) -> Reading | Failure:
    values = views.of_stretch(stretch, work, known)
    answer = await desk.put("restore", values, name=stretch.name, schema=Restored)
    if isinstance(answer, Failure):
        return answer
    return captions.read(stretch, answer.text, answer.names, known)


def _notices(readings: Iterable[Reading]) -> Iterator[str]:
    for reading in readings:
        if reading.refused:
            yield f"{reading.stretch.name} is read as the captions have it: {reading.refused}"
        for heard, meant in reading.repaired:
            yield f"{reading.stretch.name}: “{heard}” is shown to the model as “{meant}”"


# --- what came of it ---------------------------------------------------------


def _made(card: Judged) -> Made:
    return Made(card.draft.evidence[0].document, card.draft, card.settles, card.importance)


def _lost(refused: Refused, passage: Passage) -> Lost:
    entries = passage.entries
    at = refused.reply.line - 1
    part = entries[at] if 0 <= at < len(entries) else entries[0]
    front = refused.reply.question
    return Lost(part.run.document.path, part.piece, refused.gate, front, refused.reasons)


def _best(made: Sequence[Made], count: int) -> tuple[list[Made], list[Lost]]:
    """Keep as many cards as were asked for: ready ones first, then the more important."""
    order = sorted(
        range(len(made)),
        key=lambda at: (made[at].draft.tier != "ready", -made[at].importance, at),
    )
    kept = frozenset(order[:count])
    reason = (f"more cards were written than the {count} that were asked for",)
    lost = [
        Lost(each.document, each.draft.piece, "count", _front(each.draft), reason)
        for at, each in enumerate(made)
        if at not in kept
    ]
    return [each for at, each in enumerate(made) if at in kept], lost


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


def summary(written: Written) -> Iterator[str]:
    """Say in lines what was made, dropped and not answered, like reasons together."""
    ready = sum(each.draft.tier == "ready" for each in written.made)
    yield (
        f"{len(written.made)} cards ({ready} ready) from {len(written.passages)} passages,"
        f" {written.requests} requests"
    )
    counts: dict[str, int] = {}
    for lost in written.lost:
        counts[_GATES[lost.gate]] = counts.get(_GATES[lost.gate], 0) + 1
    yield from (f"{count} dropped: {why}" for why, count in counts.items())
    said: dict[str, int] = {}
    for failed in written.failed:
        said[failed.sentence] = said.get(failed.sentence, 0) + 1
    yield from (f"{s} (×{n})" if n > 1 else s for s, n in said.items())


_GATES: dict[Gate, str] = {
    "form": "no card of a kind that was asked for",
    "evidence": "the words it relied on are not in the source",
    "checks": "a check blocks it",
    "reread": "a reader who saw only the evidence answered otherwise, or found a fault",
    "planted": "it rests on words that speak to a language model",
    "twin": "it asks for the same fact as another",
    "count": "more than were asked for",
}
