"""Have cards tried without their evidence and with nothing else, and say which of them fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quizgen import identity
from quizgen.generate.llm import agreement, guessing, views
from quizgen.generate.llm.asking import SPLITS
from quizgen.generate.llm.desk import Desk, Failed
from quizgen.generate.llm.guessing import Hunch, is_rival
from quizgen.generate.llm.judging import DOUBTS, Judged
from quizgen.generate.llm.parts import Passage
from quizgen.generate.llm.replies import Answered, Readings, Settled, Verdicts
from quizgen.llm.values import Failure
from quizgen.model import Choice

_BATCH = 20
"""Questions tried at once; a longer list is answered worse towards its end."""


@dataclass(slots=True)
class Read:
    """What a reader made of cards: agreed, faulty with the reasons, or not read at all.

    `known` are sound but for one thing: who has not read the source answers them too.
    """

    agreed: list[Judged] = field(default_factory=list[Judged])
    faulty: list[tuple[Judged, tuple[str, ...]]] = field(
        default_factory=list[tuple[Judged, tuple[str, ...]]]
    )
    known: list[tuple[Judged, tuple[str, ...]]] = field(
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
    hunch: Hunch | None

    @property
    def guess(self) -> str:
        return self.hunch.guess if self.hunch else ""


@dataclass(frozen=True, slots=True)
class _Try:
    """A card to be tried with its evidence, and what a guess without it came to, if one came."""

    card: Judged
    hunch: Hunch | None


async def read(
    passage: Passage, cards: Sequence[Judged], desk: Desk, *, guess: bool = True
) -> Read:
    """Try cards without their evidence and with it; what no answer came for stays unread.

    What has been guessed at once is not guessed at again: a stranger guesses something each time.
    """
    result = Read()
    hunches: list[Hunch | None] = [Hunch()] * len(cards)
    if guess and desk.settings.guess and cards:
        guesses, failed = await guessing.tried(passage, cards, desk)
        result.failed += failed
        pairs = zip(cards, guesses, strict=True)
        hunches = [guessing.judge(card, guess) if guess else None for card, guess in pairs]
    tries = [_Try(card, hunch) for card, hunch in zip(cards, hunches, strict=True)]
    doubted: list[_Open] = []
    for start in range(0, len(tries), _BATCH):
        doubted += await _batch(passage, tries[start : start + _BATCH], desk, result)
    if doubted:
        await _settle(passage, doubted, desk, result)
    return result


async def _batch(passage: Passage, tries: Sequence[_Try], desk: Desk, result: Read) -> list[_Open]:
    """Try a batch; give the cards about which something is left to settle."""
    cards = [each.card for each in tries]
    values = {**views.of_work(passage.work), **views.of_questions(cards)}
    readings = await desk.put("reread", values, name=passage.name, schema=Readings)
    if isinstance(readings, Failure):
        if readings.kind in SPLITS and len(tries) > 1:
            half = len(tries) // 2
            first = await _batch(passage, tries[:half], desk, result)
            return first + await _batch(passage, tries[half:], desk, result)
        result.failed.append(Failed(passage, "reread", readings.kind, readings.sentence))
        result.unread += cards
        return []
    answers = {answer.number: answer for answer in readings.answers}
    open_cards: list[_Open] = []
    for number, each in enumerate(tries, 1):
        card, answer = each.card, answers.get(number)
        if answer is None:
            result.unread.append(card)
            continue
        faults, doubts = judge(card, answer, each.hunch or Hunch())
        if faults:
            result.faulty.append((card, faults))
        elif doubts or (each.hunch and each.hunch.guess):
            open_cards.append(_Open(card, answer.answer, doubts, each.hunch))
        else:
            _passed(card, each.hunch, result)
    return open_cards


def _passed(card: Judged, hunch: Hunch | None, result: Read) -> None:
    """Put a card that its evidence answers where the guess at it belongs."""
    if hunch is None:
        result.unread.append(card)
    elif hunch.known:
        result.known.append((card, hunch.known))
    else:
        result.agreed.append(card)


def judge(card: Judged, answer: Answered, hunch: Hunch) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell what is surely wrong with a card by what readers said, and what is in doubt."""
    content = card.draft.content
    faults: list[str] = []
    warnings = [p for p in card.warnings if p.rule in DOUBTS]
    doubts: list[str] = []
    if isinstance(content, Choice):
        faults += _options(content, answer)
    else:
        question, key = views.front(content)["question"], identity.answer(content)
        match agreement.compare(key, answer.answer, question):
            case "different":
                is_none = agreement.is_none(answer.answer)
                said = "that it cannot tell" if is_none else f"“{answer.answer}”"
                faults += [
                    f"A reader who saw the question and the quote answered {said}.",
                    "Ask so that the quote gives your answer.",
                ]
            case "unclear":
                doubts.append("Do both answers say the same?")
            case "same":
                # Who saw the evidence alone has found the answer in it.
                warnings = [p for p in warnings if p.rule != "unsupported-answer"]
        if is_rival(answer.other, (key, answer.answer), question):
            doubts.append(f"Does the answer “{answer.other}” fit the question as well?")
    if answer.unfounded:
        doubts.append(f"Do the sentences say what the question claims: “{answer.unfounded}”?")
    if answer.unclear:
        faults.append(f"“{answer.unclear}” cannot be understood without the source.")
    doubts += [*(p.sentence for p in warnings), *hunch.doubts]
    return tuple(faults), tuple(dict.fromkeys(doubts))


def _options(content: Choice, answer: Answered) -> list[str]:
    right = {views.LETTERS[key] for key in content.keys}
    letters = views.letters(answer.answer, content)
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
    doubts = views.of_doubts([(each.card, each.answer, each.guess, each.doubts) for each in cards])
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
            is_known = each.guess and verdict.guessed
            hunch = Hunch(guessing.known(each.guess)) if is_known else each.hunch
            _passed(_freed(each.card), hunch, result)


def _faults(verdict: Settled, each: _Open) -> tuple[str, ...]:
    faults: list[str] = []
    if not verdict.one_answer:
        faults += [
            f"Another answer fits as well{_because(verdict.fault)}.",
            "Say in the question what rules it out, or ask for what only your answer can be.",
        ]
    if not verdict.same:
        faults.append(f"A reader who saw the question and the quote answered “{each.answer}”.")
    if not verdict.supported:
        faults.append(f"The source does not say so, or not so surely{_because(verdict.fault)}.")
    return tuple(faults)


def _because(fault: str) -> str:
    return f": {fault.rstrip('.')}" if fault else ""


def _freed(card: Judged) -> Judged:
    """Take back the doubts that a reader has settled in the card's favour."""
    return replace(card, warnings=tuple(p for p in card.warnings if p.rule not in DOUBTS))
