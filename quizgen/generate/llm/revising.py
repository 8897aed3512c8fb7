"""Send cards back once for what checks and readers find, and drop what fails again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quizgen import checks
from quizgen.generate.llm import judging, rereading, views
from quizgen.generate.llm.desk import Desk, Failed, Result
from quizgen.generate.llm.judging import Gate, Judged, Refused
from quizgen.generate.llm.parts import Passage
from quizgen.generate.llm.replies import Cards
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
        anew, reasons = answer.get(at, ()), each.reasons
        sound = [card for card in anew if isinstance(card, Judged)]
        if at < len(back):
            kept += sound
            if not sound:
                reasons = next((no.reasons for no in anew if isinstance(no, Refused)), reasons)
                lost.append(replace(each, reasons=reasons))
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


async def tried(result: Result, desk: Desk, *, sends_back: bool = True) -> Result:
    """Let readers try the cards; send back once what fails, and drop what fails again."""
    passage = result.passage
    read = await rereading.read(passage, result.cards, desk)
    failed = [*result.failed, *read.failed]
    kept = [_ready(card) for card in read.agreed]
    kept += [rough(card) for card in read.unread]
    refused = list(result.refused)
    sent = [_returned(card, "reread", reasons) for card, reasons in read.faulty]
    if sent and not sends_back:
        refused += sent
    elif sent:
        anew = await _sent_back(passage, sent, desk)
        if isinstance(anew, Failed):
            failed.append(anew)
            refused += sent
        else:
            again = [card for cards in anew.values() for card in cards if isinstance(card, Judged)]
            second = await rereading.read(passage, again, desk)
            failed += second.failed
            kept += [_ready(card) for card in second.agreed]
            kept += [rough(card) for card in second.unread]
            why = {id(card): reasons for card, reasons in second.faulty}
            for at, each in enumerate(sent):
                cards = anew.get(at, ())
                if any(isinstance(card, Judged) and id(card) not in why for card in cards):
                    continue
                last = next(iter(cards), each)
                reasons = last.reasons if isinstance(last, Refused) else why[id(last)]
                refused.append(replace(each, reasons=reasons))
    good, twins = distinct(ordered(kept))
    return Result(passage, good, (*refused, *twins), tuple(failed), result.aims)


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
