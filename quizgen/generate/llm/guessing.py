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
    """What a guess tells of a card: a sure fault, doubts, and a guess that may be the answer."""

    fault: str = ""
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

    Who has studied a subject may know the answer: only wording and common sense are faults.
    Another answer is a rival if a reader of the evidence says so.
    """
    content = card.draft.content
    question, key = views.front(content)["question"], identity.answer(content)
    is_cheap = guessed.by != "study"
    if isinstance(content, Choice):
        # Of three or four letters one is hit by chance as well: only the wording betrays a key.
        right = {views.LETTERS[at] for at in content.keys}
        is_hit = views.letters(guessed.guess, content) == right
        return Hunch(_guessable(guessed) if is_hit and guessed.by == "wording" else "")
    match agreement.compare(key, guessed.guess, question):
        case "same":
            is_known, is_open = True, False
        case "unclear":
            is_known, is_open = False, True
        case "different":
            is_known, is_open = False, False
    if is_known and is_cheap:
        return Hunch(_guessable(guessed))
    told = [guessed.other]
    if not is_cheap and not is_known:
        told.append(guessed.guess)
    rivals = [each for each in told if is_rival(each, (key,), question)]
    doubts = tuple(f"Does the answer “{each}” fit the question as well?" for each in rivals)
    return Hunch("", doubts, guessed.guess if is_open and is_cheap else "")


def is_rival(other: str, known: Sequence[str], question: str) -> bool:
    """Claim that an answer says something that none of the known ones has said."""
    if agreement.is_none(other):
        return False
    return all(agreement.compare(each, other, question) != "same" for each in known)


def _guessable(guessed: Guessed) -> str:
    why = "its wording suggests it" if guessed.by == "wording" else "common sense suggests it"
    return (
        f"Who has not read the source guesses “{guessed.guess}”, for {why}: take the hint out of"
        " the question, or ask for the part of the idea that surprises."
    )
