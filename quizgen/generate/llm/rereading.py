"""Have cards answered by a reader who sees only their evidence, and say which of them fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quizgen import identity
from quizgen.generate.llm import agreement, views
from quizgen.generate.llm.desk import Desk, Failed
from quizgen.generate.llm.judging import DOUBTS, Judged
from quizgen.generate.llm.parts import Passage
from quizgen.generate.llm.replies import Answered, Readings, Settled, Verdicts
from quizgen.llm.values import Failure
from quizgen.model import Choice

_BATCH = 16
"""Questions tried at once; a longer list is answered worse towards its end."""


@dataclass(slots=True)
class Read:
    """What a reader made of cards: agreed, faulty with the reasons, or not read at all."""

    agreed: list[Judged] = field(default_factory=list[Judged])
    faulty: list[tuple[Judged, tuple[str, ...]]] = field(
        default_factory=list[tuple[Judged, tuple[str, ...]]]
    )
    unread: list[Judged] = field(default_factory=list[Judged])
    failed: list[Failed] = field(default_factory=list[Failed])


@dataclass(frozen=True, slots=True)
class _Open:
    """A card about which neither code nor the first reading has the last word."""

    card: Judged
    answer: str
    doubts: tuple[str, ...]


async def read(passage: Passage, cards: Sequence[Judged], desk: Desk) -> Read:
    """Try cards in batches; what no answer came for stays unread."""
    result = Read()
    doubted: list[_Open] = []
    for start in range(0, len(cards), _BATCH):
        doubted += await _batch(passage, cards[start : start + _BATCH], desk, result)
    if doubted:
        await _settle(passage, doubted, desk, result)
    return result


async def _batch(
    passage: Passage, cards: Sequence[Judged], desk: Desk, result: Read
) -> list[_Open]:
    """Try a batch; give the cards about which something is left to settle."""
    values = {**views.of_work(passage.work), **views.of_questions(cards)}
    readings = await desk.put("reread", values, name=passage.name, schema=Readings)
    if isinstance(readings, Failure):
        if readings.kind in ("truncated", "too_long") and len(cards) > 1:
            half = len(cards) // 2
            first = await _batch(passage, cards[:half], desk, result)
            return first + await _batch(passage, cards[half:], desk, result)
        result.failed.append(Failed(passage, "reread", readings.kind, readings.sentence))
        result.unread += cards
        return []
    answers = {answer.number: answer for answer in readings.answers}
    open_cards: list[_Open] = []
    for number, card in enumerate(cards, 1):
        answer = answers.get(number)
        if answer is None:
            result.unread.append(card)
            continue
        faults, doubts = judge(card, answer)
        if faults:
            result.faulty.append((card, faults))
        elif doubts:
            open_cards.append(_Open(card, answer.answer, doubts))
        else:
            result.agreed.append(card)
    return open_cards


def judge(card: Judged, answer: Answered) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell what is surely wrong with a card by a reader's answer, and what is in doubt."""
    content = card.draft.content
    faults: list[str] = []
    doubts = [p.sentence for p in card.warnings if p.rule in DOUBTS]
    if isinstance(content, Choice):
        faults += _options(content, answer)
    else:
        question, key = views.front(content)["question"], identity.answer(content)
        match agreement.compare(key, answer.answer, question):
            case "different":
                said = f"“{answer.answer}”" if answer.answer.strip("? ") else "that it cannot tell"
                faults += [
                    f"A reader who saw the question and the quote answered {said}.",
                    "Ask so that the quote gives your answer.",
                ]
            case "unclear":
                doubts.append("Do both answers say the same?")
            case "same":
                pass
        if answer.other and _is_other(answer.other, (key, answer.answer), question):
            doubts.append(f"Does the answer “{answer.other}” fit the question as well?")
    if answer.given_away and _is_guessed(card, answer):
        faults.append(f"The question hands its answer over: “{answer.given_away}”.")
    if answer.unclear:
        faults.append(f"“{answer.unclear}” cannot be understood without the source.")
    return tuple(faults), tuple(doubts)


def _is_other(other: str, known: Sequence[str], question: str) -> bool:
    """Claim that a second answer says something that neither the card nor the reader has said."""
    return all(agreement.compare(each, other, question) != "same" for each in known)


def _is_guessed(card: Judged, answer: Answered) -> bool:
    """Claim that words which are said to give the answer away have done so.

    A right guess alone is no fault: it may be what everybody who knows the subject knows.
    """
    content = card.draft.content
    if not answer.guess:
        return True
    if isinstance(content, Choice):
        tried = answer.model_copy(update={"answer": answer.guess, "weak_options": []})
        return not _options(content, tried)
    question = views.front(content)["question"]
    return agreement.compare(identity.answer(content), answer.guess, question) == "same"


def _options(content: Choice, answer: Answered) -> list[str]:
    right = {views.LETTERS[key] for key in content.keys}
    said = answer.answer.replace("(", " ").replace(")", " ").replace(".", " ").replace(",", " ")
    letters = {word.upper() for word in said.split() if word.upper() in views.LETTERS[:8]}
    letters = {letter for letter in letters if len(letter) == 1}
    if not letters:
        by_words = [
            views.LETTERS[at]
            for at, option in enumerate(content.options)
            if agreement.compare(option, answer.answer, content.stem) == "same"
        ]
        letters = set(by_words[:1])
    faults: list[str] = []
    if letters > right:
        faults.append("A wrong option is right as well: put one in its place that is false.")
    elif letters != right:
        faults.append("A reader who saw the quote chose another option: mend question or options.")
    weak = [at for at in answer.weak_options if 1 <= at <= len(content.options)]
    weak = [at for at in weak if at - 1 not in content.keys]
    if len(weak) > 1 or (weak and len(content.options) < 4):
        named = ", ".join(f"“{content.options[at - 1]}”" for at in weak)
        faults.append(f"Nobody would choose {named}: write wrong options that tempt.")
    return faults


async def _settle(passage: Passage, cards: Sequence[_Open], desk: Desk, result: Read) -> None:
    doubts = views.of_doubts([(each.card, each.answer, each.doubts) for each in cards])
    values = {**views.of_work(passage.work), **doubts}
    verdicts = await desk.put("settle", values, name=passage.name, schema=Verdicts)
    if isinstance(verdicts, Failure):
        result.failed.append(Failed(passage, "settle", verdicts.kind, verdicts.sentence))
        result.unread += [each.card for each in cards]
        return
    settled = {verdict.number: verdict for verdict in verdicts.verdicts}
    for number, each in enumerate(cards, 1):
        verdict = settled.get(number)
        if verdict is None:
            result.unread.append(each.card)
        elif faults := _faults(verdict, each):
            result.faulty.append((each.card, faults))
        else:
            result.agreed.append(_freed(each.card))


def _faults(verdict: Settled, each: _Open) -> tuple[str, ...]:
    faults: list[str] = []
    if not verdict.same:
        faults.append(f"A reader who saw the question and the quote answered “{each.answer}”.")
    if not verdict.supported:
        faults.append("The quote does not say so, or not so surely.")
    if not verdict.one_answer:
        faults.append("Another answer fits as well: say in the question what rules it out.")
    if faults and verdict.fault:
        faults.append(verdict.fault)
    return tuple(faults)


def _freed(card: Judged) -> Judged:
    """Take back the doubts that a reader has settled in the card's favour."""
    return replace(card, warnings=tuple(p for p in card.warnings if p.rule not in DOUBTS))
