"""Compose a sheet out of a quiz: its order, numbers, letters and points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from quizgen import cloze, markup, optionorder
from quizgen.model import Basic, Card, Choice, Cloze, Deck
from quizgen.quiz import events, labels, level, reading
from quizgen.quiz.lots import draw, names
from quizgen.quiz.sheet import (
    PARTS,
    Entry,
    Kind,
    Option,
    Part,
    Pick,
    Question,
    Quiz,
    Section,
    Sheet,
)

_PART: Final[dict[Kind, Part]] = {part.kind: part for part in PARTS}


def whole(deck: Deck, *, seed: str = "1", course: str = "") -> Quiz:
    """Ask every card of a deck, each as the deck asks it."""
    picks = tuple(Pick(reading.kind_of(card), (card,)) for card in deck.cards)
    return Quiz(deck.title, picks, seed, course, language=deck.language or "en")


def compose(quiz: Quiz, version: str = "A") -> Sheet:
    """Order, number and letter the questions of a quiz.

    A question's place comes from how hard it is, then from a hash of seed, version and card id,
    so that removing one leaves the others in their order.
    """
    words = labels.of(quiz.language)
    sections: list[Section] = []
    number = 1
    for kind, picks in _parts(quiz, version):
        questions = tuple(
            _question(pick, at, quiz.seed, version) for at, pick in enumerate(picks, number)
        )
        bank = _bank(questions, quiz, version) if quiz.word_bank and kind == "blank" else ()
        sections.append(Section(kind, questions, bank))
        number += len(questions)
    asked = [f"{names(q.cards)}{q.options!r}" for section in sections for q in section.questions]
    form = f"{version}-{draw(quiz.title, quiz.seed, version, *asked)[:4].upper()}"
    title, course, told = (
        markup.words_to_plain(text) for text in (quiz.title, quiz.course, quiz.instructions)
    )
    texts = (reading.shown(card) for pick in quiz.picks for card in pick.cards)
    is_rtl = labels.is_rtl(quiz.language, texts)
    if is_rtl and not labels.is_rtl("", [words.name]):
        words = labels.framed(words)
    return Sheet(title, course, version, form, tuple(sections), told, quiz.language, is_rtl, words)


class _Part(NamedTuple):
    kind: Kind
    picks: list[Pick]


def _parts(quiz: Quiz, version: str) -> list[_Part]:
    """Sort what is asked into parts; in the order of the list if the quiz says so."""
    picks: Sequence[Pick] = quiz.picks
    kinds: Sequence[Kind] = [part.kind for part in PARTS]
    if quiz.order == "as listed":
        kinds = list(dict.fromkeys(pick.kind for pick in picks))
    else:
        picks = sorted(
            picks, key=lambda p: (level.of(p), draw(quiz.seed, version, *names(p.cards)))
        )
    parts = [_Part(kind, [pick for pick in picks if pick.kind == kind]) for kind in kinds]
    return [part for part in parts if part.picks]


# --- questions ---------------------------------------------------------------


def _question(pick: Pick, number: int, seed: str, version: str) -> Question:
    part = _PART[pick.kind]
    times = units(pick)
    points = pick.points or part.points * times
    question = Question(number, pick.kind, pick.cards, points, seconds(pick))
    match pick.kind:
        case "matching":
            return _matching(question, pick, seed, version)
        case "ordering":
            return _ordering(question, seed, version)
        case "attribution":
            said = reading.quote(pick.cards[0])
            return replace(question, quote=said.said if said else "", lines=1)
        case "short":
            return replace(question, lines=_lines(pick.cards[0]))
        case _:
            return replace(question, options=_options(pick.cards[0], pick.kind, seed, version))


def units(pick: Pick) -> int:
    """Count what a question is marked by: blanks, pairs, events; or the question itself."""
    match pick.kind, pick.cards[0].content:
        case (("matching" | "ordering"), _):
            return len(pick.cards)
        case _, Cloze(text=text) if pick.kind != "attribution":
            return max(1, len(cloze.hidden(text)))
        case _:
            return 1


def seconds(pick: Pick) -> int:
    """Estimate how long a question takes."""
    part = _PART[pick.kind]
    if pick.kind == "short":
        return part.seconds + 15 * _lines(pick.cards[0])
    return part.seconds * units(pick)


def _lines(card: Card) -> int:
    content = card.content
    return reading.lines(markup.to_plain(content.answer)) if isinstance(content, Basic) else 2


def _options(card: Card, kind: Kind, seed: str, version: str) -> tuple[Option, ...]:
    if not isinstance(card.content, Choice):
        return ()
    options, keys = card.content.options, card.content.keys
    if kind == "truefalse":
        order = sorted(range(2), key=lambda at: not optionorder.says_true(options[at]))
        return tuple(Option("TF"[at], options[n], n in keys) for at, n in enumerate(order))
    order = _shuffled(options, lambda at: draw(seed, version, *names((card,)), str(at)))
    return tuple(Option(_letter(at), options[n], n in keys) for at, n in enumerate(order))


def _shuffled(options: Sequence[str], lot: Callable[[int], str]) -> list[int]:
    """Order the options by lot; a scale stays as it is, "all of the above" where it stands."""
    if optionorder.is_fixed(options):
        return list(range(len(options)))
    pinned = optionorder.pinned(options)
    lots = iter(sorted((at for at in range(len(options)) if at not in pinned), key=lot))
    return [at if at in pinned else next(lots) for at in range(len(options))]


def _letter(at: int) -> str:
    return (_letter(at // 26 - 1) if at >= 26 else "") + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[at % 26]


# --- questions out of several cards ------------------------------------------


def _matching(question: Question, pick: Pick, seed: str, version: str) -> Question:
    cards = sorted(question.cards, key=lambda card: draw(seed, version, "left", *names((card,))))
    pairs = [(card, *reading.pair(card, pick.pairs)) for card in cards]
    texts = {right: True for _, _, right in pairs}
    if pick.spare:
        texts.setdefault(reading.pair(pick.spare, pick.pairs)[1], False)
    order = sorted(texts, key=lambda text: draw(seed, version, "right", text))
    options = tuple(Option(_letter(at), text, texts[text]) for at, text in enumerate(order))
    letters = {option.text: option.letter for option in options}
    entries = tuple(Entry(left, letters[right], right, card) for card, left, right in pairs)
    return replace(question, options=options, entries=entries, pairs=pick.pairs)


def _ordering(question: Question, seed: str, version: str) -> Question:
    found = sorted(filter(None, map(events.read, question.cards)), key=lambda event: event.when)
    entries = [Entry(each.text, str(at), each.date, each.card) for at, each in enumerate(found, 1)]
    drawn = sorted(entries, key=lambda each: draw(seed, version, *names((each.card,))))
    if drawn == entries:  # the lot may be the right order, which asks nothing
        drawn.reverse()
    return replace(question, entries=tuple(drawn))


def _bank(questions: Sequence[Question], quiz: Quiz, version: str) -> tuple[str, ...]:
    hidden = {
        text: True
        for question in questions
        if isinstance(question.card.content, Cloze)
        for text in cloze.hidden(question.card.content.text)
    }
    return tuple(sorted(hidden, key=lambda text: draw(quiz.seed, version, "bank", text)))
