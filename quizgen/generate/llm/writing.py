"""Make the cards of one passage: plan, write, mend what the checks send back, read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizgen import checks
from quizgen.generate.llm import asking, ground, judging, passages, planted, rereading, views
from quizgen.generate.llm.desk import Desk, Failed, Result
from quizgen.generate.llm.judging import Gate, Judged, Refused
from quizgen.generate.llm.parts import Passage
from quizgen.generate.llm.replies import CardReply, Cards, Idea, Plan
from quizgen.generate.llm.wishes import LEAST_WORTH, most
from quizgen.llm.values import Failure

_PER_IDEA = 2  # an idea may have two directions


@dataclass(frozen=True, slots=True)
class Order:
    """A passage to be worked on, and how many cards it may have."""

    passage: Passage
    most: int


async def work(order: Order, desk: Desk) -> tuple[Result, ...]:
    """Make the cards of a passage; one that is too long for an answer is cut in two and retried."""
    result = await _work(order, desk)
    if not (isinstance(result, Failed) and result.kind in asking.SPLITS):
        return (
            (Result(order.passage, failed=(result,)),) if isinstance(result, Failed) else (result,)
        )
    parts = passages.halves(order.passage)
    if len(parts) < 2:
        return (Result(order.passage, failed=(result,)),)
    results: list[Result] = []
    for part in parts:
        share = most(desk.wish, part.word_count, spoken=part.is_spoken)
        results += await work(Order(part, max(2, min(share, order.most))), desk)
    return tuple(results)


async def _work(order: Order, desk: Desk) -> Result | Failed:
    passage = order.passage
    ideas: Sequence[Idea] = ()
    if desk.settings.plan:
        planned = await _planned(order, desk)
        if isinstance(planned, Failed):
            return planned
        ideas = planned
        if not ideas:
            return Result(passage)
    written = await _written(order, ideas, desk)
    if isinstance(written, Failed):
        return written
    good, refused = _parted(written)
    good, refused, failed = await _mended(passage, good, refused, desk)
    good, twins = distinct(good)
    refused = (*refused, *twins)
    if not desk.settings.reread or not good:
        rough = tuple(_ranked(card, is_ready=False) for card in good)
        return Result(passage, rough, refused, failed)
    return await _reread(Result(passage, good, refused, failed), desk)


# --- planning and writing ----------------------------------------------------


async def _planned(order: Order, desk: Desk) -> tuple[Idea, ...] | Failed:
    passage = order.passage
    values = {**views.of_passage(passage, desk.wish), "most": order.most}
    plan = await desk.put("plan", values, name=passage.name, schema=Plan)
    if isinstance(plan, Failure):
        return Failed(passage, "plan", plan.kind, plan.sentence)
    least = LEAST_WORTH[desk.wish.density]
    ideas: list[Idea] = []
    for idea in plan.ideas:
        if not idea.idea or idea.importance < least or planted.is_planted(idea.quote):
            continue
        found = ground.find(idea.quote, passage, line=idea.line)
        # The writer quotes anew, and is held to that; a slip here costs no idea.
        ideas.append(_placed(idea, found, passage))
    best = sorted(range(len(ideas)), key=lambda at: (-ideas[at].importance, at))[: order.most]
    return tuple(ideas[at] for at in sorted(best))


def _placed(idea: Idea, found: ground.Found | None, passage: Passage) -> Idea:
    """Give an idea the words and the line that the source really has, or none."""
    if found is None:
        return idea.model_copy(update={"quote": "", "line": 0})
    line = ground.number(found, passage)
    quote = " ".join(found.part.text[found.start : found.end].split())
    return idea.model_copy(update={"quote": quote, "line": line})


async def _written(
    order: Order, ideas: Sequence[Idea], desk: Desk
) -> list[Judged | Refused] | Failed:
    passage = order.passage
    values = {
        **views.of_passage(passage, desk.wish),
        "most": order.most,
        "ideas": views.of_ideas(ideas, passage),
    }
    answer = await desk.put("write", values, name=passage.name, schema=Cards)
    if isinstance(answer, Failure):
        return Failed(passage, "write", answer.kind, answer.sentence)
    count: dict[int, int] = {}
    judged: list[Judged | Refused] = []
    for reply in answer.cards[: _PER_IDEA * max(order.most, len(ideas))]:
        known = 1 <= reply.idea <= len(ideas)
        count[reply.idea] = count.get(reply.idea, 0) + 1
        if known and count[reply.idea] > _PER_IDEA:
            judged.append(Refused(reply, "count", ("It is the third card of one idea.",)))
            continue
        meant = ideas[reply.idea - 1] if known else Idea()
        judged.append(_judge(reply, passage, desk, importance=meant.importance, idea=meant.idea))
    return judged


def _judge(
    reply: CardReply, passage: Passage, desk: Desk, *, importance: int, idea: str
) -> Judged | Refused:
    return judging.judge(
        reply,
        passage,
        kinds=desk.wish.kinds,
        glossary=desk.glossary,
        importance=importance,
        idea=idea,
    )


def _parted(
    judged: Sequence[Judged | Refused],
) -> tuple[tuple[Judged, ...], tuple[Refused, ...]]:
    good = tuple(each for each in judged if isinstance(each, Judged))
    refused = tuple(each for each in judged if isinstance(each, Refused))
    return good, refused


def distinct(cards: Sequence[Judged]) -> tuple[tuple[Judged, ...], tuple[Refused, ...]]:
    """Leave out cards that ask for the same fact as an earlier one of their passage."""
    told = {other: one for one, other in checks.twins([judging.card(c.draft) for c in cards])}
    good = tuple(card for at, card in enumerate(cards) if at not in told)
    reason = ("It asks for the same fact as another card of this passage.",)
    return good, tuple(Refused(cards[at].reply, "twin", reason) for at in sorted(told))


# --- mending -----------------------------------------------------------------


async def _mended(
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
        if 0 <= at < len(sent) and len(judged.get(at, ())) < _PER_IDEA:
            was = sent[at]
            anew = _judge(reply, passage, desk, importance=was.importance, idea=was.idea)
            judged[at] = (*judged.get(at, ()), anew)
    return judged


# --- reading again -----------------------------------------------------------


async def _reread(result: Result, desk: Desk) -> Result:
    """Let a reader try the cards; send back once what fails, and drop what fails again."""
    passage = result.passage
    read = await rereading.read(passage, result.cards, desk)
    failed = [*result.failed, *read.failed]
    kept = [_ranked(card, is_ready=True) for card in read.agreed]
    kept += [_ranked(card, is_ready=False) for card in read.unread]
    refused = list(result.refused)
    if read.faulty:
        sent = [_returned(card, "reread", reasons) for card, reasons in read.faulty]
        anew = await _sent_back(passage, sent, desk)
        if isinstance(anew, Failed):
            failed.append(anew)
            refused += sent
        else:
            again = [card for cards in anew.values() for card in cards if isinstance(card, Judged)]
            second = await rereading.read(passage, again, desk)
            failed += second.failed
            kept += [_ranked(card, is_ready=True) for card in second.agreed]
            kept += [_ranked(card, is_ready=False) for card in second.unread]
            why = {id(card): reasons for card, reasons in second.faulty}
            for at, each in enumerate(sent):
                cards = anew.get(at, ())
                if any(isinstance(card, Judged) and id(card) not in why for card in cards):
                    continue
                last = next(iter(cards), each)
                reasons = last.reasons if isinstance(last, Refused) else why[id(last)]
                refused.append(replace(each, reasons=reasons))
    good, twins = distinct(sorted(kept, key=_place))
    return Result(passage, good, (*refused, *twins), tuple(failed))


def _ranked(card: Judged, *, is_ready: bool) -> Judged:
    ready = is_ready and not card.warnings
    return replace(card, draft=replace(card.draft, tier="ready" if ready else "rough"))


def _place(card: Judged) -> tuple[str, int]:
    proof = card.draft.evidence[0]
    return proof.document, proof.lines[0]
