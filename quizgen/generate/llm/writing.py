"""Make the cards of one passage: plan, write, have them tried, and ask again for what matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quizgen.generate.llm import asking, ground, passages, planted, revising, views
from quizgen.generate.llm.desk import Aim, Desk, Failed, Result
from quizgen.generate.llm.judging import Judged, Refused
from quizgen.generate.llm.parts import POINTS, Passage
from quizgen.generate.llm.replies import Cards, Idea, Plan
from quizgen.generate.llm.wishes import FEWEST, LEAST_WORTH, MAIN, MOST_MAIN, most
from quizgen.llm.values import Failure

_POINT = 60  # words of a listed point that a writer is shown again


@dataclass(frozen=True, slots=True)
class Order:
    """A passage to be worked on, and how many cards it may have.

    `main` are the main ideas of the work that lie in it, where these were asked for before;
    a passage that `is_whole` is all of its work, and names them in its own plan.
    """

    passage: Passage
    most: int
    main: tuple[Idea, ...] = ()
    is_whole: bool = False


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
        share = max(2, min(share, order.most))
        main = tuple(idea for idea in order.main if ground.find(idea.quote, part))
        results += await work(replace(order, passage=part, most=share, main=main), desk)
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
    good, refused, failed = await revising.mended(passage, *_parted(written), desk)
    good, twins = revising.distinct(good)
    aims = tuple(_aim(idea, passage) for idea in ideas if idea.importance >= MAIN)
    result = Result(passage, good, (*refused, *twins), failed, aims)
    if not desk.settings.reread:
        return replace(result, cards=tuple(map(revising.rough, good)))
    result = await revising.tried(result, desk) if good else result
    missing = [*_missing(ideas, result), *_untold(result, desk)] if desk.settings.plan else []
    return await _again(replace(order, most=len(missing)), missing, result, desk)


# --- planning and writing ----------------------------------------------------


async def _planned(order: Order, desk: Desk) -> tuple[Idea, ...] | Failed:
    passage = order.passage
    values = {
        **views.of_passage(passage, desk.wish),
        "most": order.most,
        "main": views.of_ideas(order.main, passage),
        "whole": order.is_whole,
        "most_main": MOST_MAIN,
    }
    plan = await desk.put("plan", values, name=passage.name, schema=Plan)
    if isinstance(plan, Failure):
        return Failed(passage, "plan", plan.kind, plan.sentence)
    least, fewest = LEAST_WORTH[desk.wish.density], FEWEST[desk.wish.density]
    ideas = list(order.main)
    listed = [each for each in plan.ideas if each.idea and not planted.is_planted(each.quote)]
    # Of a passage that has none worth it by that measure the best are taken all the same.
    by_worth = sorted(listed, key=lambda each: -each.importance)
    spared = by_worth[: max(0, fewest - len(ideas))]
    for idea in listed:
        if idea.importance < least and not any(idea is each for each in spared):
            continue
        found = ground.find(idea.quote, passage, line=idea.line)
        # The writer quotes anew, and is held to that; a slip here costs no idea.
        counted = sum(each.importance >= MAIN for each in ideas)
        is_main = order.is_whole and idea.importance >= MAIN - 1 and counted < MOST_MAIN
        graded = idea.model_copy(
            update={"importance": MAIN if is_main else min(idea.importance, MAIN - 1)}
        )
        ideas.append(placed(graded, found, passage))
    best = sorted(range(len(ideas)), key=lambda at: (-ideas[at].importance, at))
    main = sum(idea.importance >= MAIN for idea in ideas)
    chosen = [ideas[at] for at in best[: max(order.most, main)]]
    return tuple(sorted(chosen, key=lambda idea: idea.line or len(passage.entries) + 1))


def placed(idea: Idea, found: ground.Found | None, passage: Passage) -> Idea:
    """Give an idea the words and the line that the source really has, or none."""
    if found is None:
        return idea.model_copy(update={"quote": "", "line": 0})
    line = ground.number(found, passage)
    quote = " ".join(found.part.text[found.start : found.end].split())
    return idea.model_copy(update={"quote": quote, "line": line})


def _aim(idea: Idea, passage: Passage) -> Aim:
    at = idea.line - 1
    part = passage.entries[at] if 0 <= at < len(passage.entries) else passage.entries[0]
    return Aim(idea.idea, part.run.document.path, part.piece.lines[0])


async def _written(
    order: Order, ideas: Sequence[Idea], desk: Desk, *, former: Sequence[Refused] = ()
) -> list[Judged | Refused] | Failed:
    """Have cards written for ideas; `former` are cards for them that have failed."""
    passage = order.passage
    values = {
        **views.of_passage(passage, desk.wish),
        "most": order.most,
        "ideas": views.of_ideas(ideas, passage, former),
    }
    answer = await desk.put("write", values, name=passage.name, schema=Cards)
    if isinstance(answer, Failure):
        return Failed(passage, "write", answer.kind, answer.sentence)
    count: dict[int, int] = {}
    judged: list[Judged | Refused] = []
    for reply in answer.cards[: revising.PER_IDEA * max(order.most, len(ideas))]:
        known = 1 <= reply.idea <= len(ideas)
        count[reply.idea] = count.get(reply.idea, 0) + 1
        if known and count[reply.idea] > revising.PER_IDEA:
            judged.append(Refused(reply, "count", ("It is the third card of one idea.",)))
            continue
        meant = ideas[reply.idea - 1] if known else Idea()
        judged.append(desk.judge(reply, passage, importance=meant.importance, idea=meant.idea))
    return judged


def _parted(
    judged: Sequence[Judged | Refused],
) -> tuple[tuple[Judged, ...], tuple[Refused, ...]]:
    good = tuple(each for each in judged if isinstance(each, Judged))
    refused = tuple(each for each in judged if isinstance(each, Refused))
    return good, refused


# --- what matters and has no card --------------------------------------------


def _missing(ideas: Sequence[Idea], result: Result) -> Iterator[Idea]:
    """Give main ideas that have no card, and whose fact no other card asks for."""
    told = {card.idea for card in result.cards}
    told |= {each.idea for each in result.refused if each.gate in ("twin", "planted")}
    yield from (idea for idea in ideas if idea.importance >= MAIN and idea.idea not in told)


def _untold(result: Result, desk: Desk) -> Iterator[Idea]:
    """Give points that a page has chosen to list and no card rests on."""
    if desk.wish.focus or desk.wish.density == "few":
        return
    passage = result.passage
    places = [
        *((p.document, p.lines) for card in result.cards for p in card.draft.evidence),
        *((path, piece.lines) for card in result.cards for path, piece in card.settles),
    ]
    proven = {(path, n) for path, (first, last) in places for n in range(first, last + 1)}
    meant = {(aim.document, aim.line) for aim in result.aims}
    for number, part in enumerate(passage.entries, 1):
        first, last = part.piece.lines
        lines = {(part.run.document.path, line) for line in range(first, last + 1)}
        is_told = lines & (proven | meant)
        if part.run.kind not in POINTS or is_told or planted.is_planted(part.text):
            continue
        said = " ".join(part.text.split()[:_POINT])
        yield Idea(quote="", line=number, idea=said, importance=MAIN - 1)


async def _again(order: Order, ideas: Sequence[Idea], result: Result, desk: Desk) -> Result:
    """Ask once more for cards of ideas that ought to have one; these are not sent back again."""
    if not ideas:
        return result
    passage = order.passage
    meant = {idea.idea for idea in ideas}
    former = [each for each in result.refused if each.idea in meant]
    written = await _written(order, ideas, desk, former=former)
    if isinstance(written, Failed):
        return replace(result, failed=(*result.failed, written))
    good, refused = _parted(written)
    # A card that asks for what another asks already is no second one.
    both, twins = revising.distinct((*result.cards, *good))
    fresh = tuple(card for card in both if card not in result.cards)
    more = Result(passage, fresh, (*refused, *twins))
    more = await revising.tried(more, desk, is_first=False) if fresh else more
    cards, twins = revising.distinct(revising.ordered((*result.cards, *more.cards)))
    told = {card.idea for card in more.cards}
    refused = tuple(each for each in result.refused if each.idea not in told)
    return replace(
        result,
        cards=cards,
        refused=(*refused, *more.refused, *twins),
        failed=(*result.failed, *more.failed),
    )
