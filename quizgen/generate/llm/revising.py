"""Send cards back once for what checks and readers find, and drop what fails again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from quizgen import checks
from quizgen.generate.llm import judging, rereading, views
from quizgen.generate.llm.desk import Desk, Failed, Result
from quizgen.generate.llm.judging import Gate, Judged, Refused
from quizgen.generate.llm.parts import Passage
from quizgen.generate.llm.replies import Cards
from quizgen.generate.llm.rereading import Read
from quizgen.llm.values import Failure

PER_IDEA = 2  # an idea may have two directions


def distinct(cards: Sequence[Judged]) -> tuple[tuple[Judged, ...], tuple[Refused, ...]]:
    """Leave out cards that ask for the same fact as an earlier one of their passage."""
    told = {other: one for one, other in checks.twins([judging.card(c.draft) for c in cards])}
    good = tuple(card for at, card in enumerate(cards) if at not in told)
    reason = ("It asks for the same fact as another card of this passage.",)
    return good, tuple(_returned(cards[at], "twin", reason) for at in sorted(told))


# --- mending -----------------------------------------------------------------


async def mended(
    passage: Passage, good: Sequence[Judged], refused: Sequence[Refused], desk: Desk
) -> tuple[tuple[Judged, ...], tuple[Refused, ...], tuple[Failed, ...]]:
    """Send back once what may not be offered, and what has faults that a writer can mend."""
    final = tuple(each for each in refused if each.gate in ("planted", "count"))
    back = [each for each in refused if each not in final]
    flawed = [card for card in good if card.mendable]
    sent = [*back, *(_returned(card, "checks", card.mendable) for card in flawed)]
    if not sent:
        return tuple(good), final, ()
    answer = await _sent_back(passage, sent, desk)
    if isinstance(answer, Failed):
        return tuple(good), (*final, *back), (answer,)
    kept = list(good)
    lost = list(final)
    for at, each in enumerate(sent):
        anew = answer.get(at, ())
        sound = [card for card in anew if isinstance(card, Judged)]
        if at < len(back):
            kept += sound
            if not sound:
                lost.append(next((no for no in anew if isinstance(no, Refused)), each))
        elif sound:
            old = flawed[at - len(back)]
            if all(len(card.warnings) < len(old.warnings) for card in sound):
                place = kept.index(old)
                kept[place : place + 1] = sound
    return tuple(kept), tuple(lost), ()


def _returned(card: Judged, gate: Gate, reasons: tuple[str, ...]) -> Refused:
    return Refused(card.reply, gate, reasons, card.importance, card.idea)


async def _sent_back(
    passage: Passage, sent: Sequence[Refused], desk: Desk
) -> dict[int, tuple[Judged | Refused, ...]] | Failed:
    """Give what became of each card that was sent back; one that held two facts becomes two."""
    values = views.of_return(passage, desk.wish, sent)
    answer = await desk.put("mend", values, name=passage.name, schema=Cards)
    if isinstance(answer, Failure):
        return Failed(passage, "mend", answer.kind, answer.sentence)
    judged: dict[int, tuple[Judged | Refused, ...]] = {}
    for reply in answer.cards:
        at = reply.idea - 1
        if 0 <= at < len(sent) and len(judged.get(at, ())) < PER_IDEA:
            was = sent[at]
            anew = desk.judge(reply, passage, importance=was.importance, idea=was.idea)
            judged[at] = (*judged.get(at, ()), anew)
    return judged


# --- reading again -----------------------------------------------------------


async def tried(result: Result, desk: Desk, *, is_first: bool = True) -> Result:
    """Let readers try the cards; send back once what fails, and drop what fails again.

    What can be guessed is sent back as well, but not dropped: where its second wording is no
    better, the first is kept, and rough. Only the first cards of a passage are guessed at.
    """
    passage = result.passage
    read = await rereading.read(passage, result.cards, desk, guess=is_first)
    failed = [*result.failed, *read.failed]
    kept = _graded(read)
    refused = list(result.refused)
    faulty = [_returned(card, "reread", reasons) for card, reasons in read.faulty]
    known = [(card, _returned(card, "reread", reasons)) for card, reasons in read.known]
    sent = [*faulty, *(each for _, each in known)]
    anew = await _sent_back(passage, sent, desk) if sent and is_first else {}
    if isinstance(anew, Failed):
        failed.append(anew)
        anew = {}
    # The card that a new wording has to be better than.
    former = {len(faulty) + at: card for at, (card, _) in enumerate(known)}
    again = [
        card
        for at, cards in anew.items()
        for card in cards
        if isinstance(card, Judged) and _is_better(card, former.get(at))
    ]
    second = await rereading.read(passage, again, desk, guess=False) if again else Read()
    failed += second.failed
    kept += _graded(second)
    why = {id(card): reasons for card, reasons in second.faulty}
    good = {id(card) for card in again} - why.keys()
    for at, each in enumerate(sent):
        cards = anew.get(at, ())
        if any(id(card) in good for card in cards):
            continue
        if at in former:
            kept.append(replace(rough(former[at]), hint=each.reasons[0]))
        else:
            refused.append(_last(cards, why) or each)
    cards, twins = distinct(ordered(kept))
    return Result(passage, cards, (*refused, *twins), tuple(failed), result.aims)


def _graded(read: Read) -> list[Judged]:
    return [*map(_ready, read.agreed), *map(rough, read.unread)]


def _is_better(card: Judged, former: Judged | None) -> bool:
    """Claim that a card that could be guessed is another now, and no worse by the checks."""
    if former is None:
        return True
    is_other = views.front(card.draft.content) != views.front(former.draft.content)
    return is_other and len(card.warnings) <= len(former.warnings)


def _last(cards: Sequence[Judged | Refused], why: Mapping[int, tuple[str, ...]]) -> Refused | None:
    """Give the last wording of a card that failed twice, with its own fault."""
    for card in cards:
        if isinstance(card, Refused):
            return card
        if id(card) in why:
            return _returned(card, "reread", why[id(card)])
    return None


def rough(card: Judged) -> Judged:
    """Mark a card that nobody has read again."""
    return replace(card, draft=replace(card.draft, tier="rough"))


def _ready(card: Judged) -> Judged:
    tier = "rough" if card.warnings else "ready"
    return replace(card, draft=replace(card.draft, tier=tier))


def ordered(cards: Sequence[Judged]) -> list[Judged]:
    """Put cards in the order of their evidence."""
    return sorted(cards, key=_place)


def _place(card: Judged) -> tuple[str, int]:
    proof = card.draft.evidence[0]
    return proof.document, proof.lines[0]
