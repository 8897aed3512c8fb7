"""Have questions tried by somebody who has read nothing: what can be guessed teaches nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizgen import identity
from quizgen.generate.llm import agreement, views
from quizgen.generate.llm.asking import SPLITS
from quizgen.generate.llm.desk import Desk, Failed
from quizgen.generate.llm.judging import Judged
from quizgen.generate.llm.parts import Passage
from quizgen.generate.llm.replies import Guessed, Guesses
from quizgen.llm.values import Failure
from quizgen.model import Choice

_BATCH = 40
"""Questions tried at once: they are short, and one request does for a passage."""


@dataclass(frozen=True, slots=True)
class Hunch:
    """What a guess tells of a card: a sure hit, doubts, or a guess that may be the answer."""

    known: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    guess: str = ""


async def tried(
    passage: Passage, cards: Sequence[Judged], desk: Desk
) -> tuple[list[Guessed | None], list[Failed]]:
    """Have cards guessed; None stands for a card that no guess came for."""
    guesses: list[Guessed | None] = []
    failed: list[Failed] = []
    for start in range(0, len(cards), _BATCH):
        some, why = await _batch(passage, cards[start : start + _BATCH], desk)
        guesses += some
        failed += why
    return guesses, failed


async def _batch(
    passage: Passage, cards: Sequence[Judged], desk: Desk
) -> tuple[list[Guessed | None], list[Failed]]:
    values = {**views.of_work(passage.work), **views.of_guesses(cards)}
    answer = await desk.put("guess", values, name=passage.name, schema=Guesses)
    if isinstance(answer, Failure):
        if answer.kind in SPLITS and len(cards) > 1:
            half = len(cards) // 2
            first, why = await _batch(passage, cards[:half], desk)
            second, more = await _batch(passage, cards[half:], desk)
            return first + second, why + more
        failed = Failed(passage, "guess", answer.kind, answer.sentence)
        return [None] * len(cards), [failed]
    by_number = {each.number: each for each in answer.guesses}
    return [by_number.get(number) for number in range(1, len(cards) + 1)], []


def judge(card: Judged, guessed: Guessed) -> Hunch:
    """Compare a guess with a card's answer.

    Only what wording or common sense makes certain is a hint. Who has studied a subject may know
    the answer, a wild guess may hit it, and what a neighbour gives away is no fault of the card.
    Another answer is a rival if a reader of the evidence says so.
    """
    content = card.draft.content
    question, key = views.front(content)["question"], identity.answer(content)
    is_sure = guessed.sure == "certain" and not guessed.neighbour
    is_cheap = is_sure and guessed.by != "study"
    if isinstance(content, Choice):
        # Of three or four letters one is hit by chance as well: only the wording betrays a key.
        right = {views.LETTERS[at] for at in content.keys}
        is_hit = views.letters(guessed.guess, content) == right
        return Hunch(
            known(guessed.guess) if is_cheap and is_hit and guessed.by == "wording" else ()
        )
    match agreement.compare(key, guessed.guess, question):
        case "same":
            is_known, is_open = True, False
        case "unclear":
            is_known, is_open = False, True
        case "different":
            is_known, is_open = False, False
    if is_known and is_cheap:
        return Hunch(known(guessed.guess))
    told = [guessed.other] if guessed.sure != "wild" else []
    if is_sure and not is_cheap and not is_known:
        told.append(guessed.guess)
    rivals = [each for each in told if is_rival(each, (key,), question)]
    doubts = tuple(f"Does the answer “{each}” fit the question as well?" for each in rivals)
    return Hunch((), doubts, guessed.guess if is_open and is_cheap else "")


def is_rival(other: str, known: Sequence[str], question: str) -> bool:
    """Claim that an answer says something that none of the known ones has said."""
    if agreement.is_none(other):
        return False
    return all(agreement.compare(each, other, question) != "same" for each in known)


def known(guess: str) -> tuple[str, ...]:
    """Say that a card can be guessed, and what its writer may do about it."""
    return (
        f"Somebody who has not read the source answers “{guess}”.",
        (
            "Keep to the idea, and ask for its reason, mechanism, condition, number or named thing,"
            " or make it a card of another kind if that hides the answer better."
        ),
    )
