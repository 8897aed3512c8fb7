"""Give a card other words: as parts, as plain text, as another kind of card."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from quizgen import cardtext, checks, cloze, deckfile, evidenceline, words
from quizgen.checks import mending
from quizgen.deckfile import DeckText
from quizgen.errors import DeckSyntaxError, QuizgenError
from quizgen.model import Basic, Card, Choice, Cloze, Content, Deck
from quizgen.review import steps
from quizgen.review.steps import Step

Kind: TypeAlias = Literal["basic", "cloze", "choice"]
_COMMENT = re.compile(r"^[ \t]*<!--(?![ \t]*\^).*?-->[ \t]*$", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_DISTRACTORS = 3
_FRONT = '+++\nformat = 1\nid = "x"\ntitle = "x"\nsources = []\n+++\n'


@dataclass(frozen=True, slots=True)
class Parts:
    """A card as fields of a form.

    `keys` are the 0-based indexes of the right options; with options there is no answer, and with
    `{{blanks}}` in the question there is neither.
    """

    question: str
    answer: str = ""
    options: tuple[str, ...] = ()
    keys: tuple[int, ...] = ()
    why: str = ""
    tags: tuple[str, ...] = ()


def kind_of(content: Content) -> Kind:
    """Name the kind of a card."""
    match content:
        case Basic():
            return "basic"
        case Cloze():
            return "cloze"
        case Choice():
            return "choice"


def parts_of(card: Card) -> Parts:
    """Take a card apart."""
    match card.content:
        case Basic(question, answer):
            return Parts(cloze.escape(question), answer, why=card.why, tags=card.tags)
        case Cloze(text):
            return Parts(text, why=card.why, tags=card.tags)
        case Choice(stem, options, keys):
            return Parts(cloze.escape(stem), "", options, keys, card.why, card.tags)


def content_of(parts: Parts) -> Content:
    """Put a card together; raise `QuizgenError` where a part is missing or too much."""
    question, answer = parts.question.strip(), parts.answer.strip()
    options = tuple(option.strip() for option in parts.options)
    if not question:
        raise QuizgenError("this card has no question")
    if options:
        if answer:
            raise QuizgenError("a card has an answer or options, not both")
        if cloze.is_cloze(question):
            raise QuizgenError("a card has blanks or options, not both")
        if not all(options):
            raise QuizgenError("an option is empty")
        if not parts.keys or not all(0 <= key < len(options) for key in parts.keys):
            raise QuizgenError("no option is marked as right")
        return Choice(cloze.unescape(question), options, tuple(sorted(set(parts.keys))))
    if cloze.is_cloze(question):
        if answer:
            raise QuizgenError("a card with {{blanks}} has no other answer")
        return Cloze(question)
    if not answer:
        raise QuizgenError("this card has no answer")
    return Basic(cloze.unescape(question), answer)


# --- other words -------------------------------------------------------------


def plain(block: str) -> str:
    """Return a card's text as a person edits it: without its stamp."""
    stamp = steps.stamp_of(block)
    return block[: len(block) - len(stamp)].rstrip().replace("\r\n", "\n")


def written(card: Card, parts: Parts) -> str:
    """Write the fields of a form as a person edits a card, finished or not."""
    body = [f"## {parts.question}"]
    if parts.options:
        boxes = ("x" if number in parts.keys else " " for number in range(len(parts.options)))
        pairs = zip(boxes, parts.options, strict=True)
        body.append("\n".join(f"- [{box}] {option}" for box, option in pairs))
    body += [parts.answer] if parts.answer else []
    body += [f"Why: {parts.why}"] if parts.why else []
    return "\n\n".join((*body, *(evidenceline.render(found) for found in card.evidence)))


def recast(parsed: DeckText, card: str, parts: Parts, taken: Collection[str] = ()) -> Step:
    """Give a card the words of a form; a card of another kind takes its place.

    Raise `QuizgenError` where the parts make no card. `taken` are ids once given out.
    """
    index = parsed.index(card)
    before, was = parsed.block(index), parsed.deck.cards[index]
    now = with_parts(was, parts, content_of(parts))
    if now == was:
        return steps.nothing(card)
    if type(now.content) is not type(was.content):
        return _as_another(parsed, was, now, taken)
    if replace(now, tags=was.tags) == was:
        return steps.changed(card, before, steps.restamped(before, now))
    return steps.changed(card, before, steps.as_in(parsed, _with_comments(before, now)))


def with_parts(card: Card, parts: Parts, content: Content) -> Card:
    """Return a card as a form would have it."""
    tags = card.tags if parts.tags == card.tags else _tags(parts.tags, card.tags)
    return replace(card, content=content, why=parts.why.strip(), tags=tags)


def retag(parsed: DeckText, card: str, tags: tuple[str, ...]) -> Step:
    """Give a card other tags."""
    was = parsed.deck.cards[parsed.index(card)]
    return recast(parsed, card, replace(parts_of(was), tags=tags))


def rewrite(parsed: DeckText, card: str, text: str, taken: Collection[str] = ()) -> Step:
    """Give a card the text that a person wrote, with its stamp or without.

    Raise `DeckSyntaxError` if the text is no card or has another's stamp.
    """
    index = parsed.index(card)
    before, was = parsed.block(index), parsed.deck.cards[index]
    after = text.replace("\r\n", "\n").strip("\n").rstrip()
    if not steps.stamp_of(after):
        after = f"{after}\n\n{steps.stamp_of(before)}"
    now = cardtext.parse(after)
    if now.id != card:
        raise DeckSyntaxError(f"the stamp must keep the id ^{card}", after.count("\n") + 1)
    if type(now.content) is not type(was.content):
        return _as_another(parsed, was, now, taken)
    return steps.changed(card, before, steps.as_in(parsed, after))


def mend(parsed: DeckText, card: str, context: checks.Context, *, year: str = "") -> Step:
    """Accept the mend that the checks suggest, if there is one."""
    index = parsed.index(card)
    before = parsed.block(index)
    made = mending.mend(parsed.deck.cards[index], before, context, year=year)
    said = ", ".join(made.said)
    return steps.changed(card, before, made.text, why=f"mended: {said}", said=f"Mended: {said}.")


def _tags(tags: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """Make words that a stamp can hold of what was typed; tags that a card has stay as they are."""
    said: dict[str, None] = {}
    for tag in tags:
        plain = re.sub(r"[\s#<>]+", "-", tag.strip().lstrip("#")).strip("-")
        if tag in known or plain:
            said[tag if tag in known else plain] = None
    return tuple(said)


def _with_comments(before: str, now: Card) -> str:
    """Write a card anew, with the comments that a person left in it above its stamp."""
    text = cardtext.render(now)
    if _FENCE.search(before):  # what looks like a comment may be code
        kept = [found for found in _COMMENT.findall(before) if found not in text]
    else:
        kept = _COMMENT.findall(before)
    if not kept:
        return text
    stamp = cardtext.render_stamp(now)
    said = "\n\n".join(found.replace("\r\n", "\n") for found in kept)
    return f"{text[: len(text) - len(stamp)]}{said}\n\n{stamp}"


# --- another kind ------------------------------------------------------------


def _as_another(parsed: DeckText, was: Card, now: Card, taken: Collection[str]) -> Step:
    """Withdraw a card for one of another kind, since Anki cannot change a note's type."""
    kind = kind_of(now.content)
    fresh = steps.born(parsed, now.content, now.evidence, taken)
    fresh = replace(fresh, state=was.state, tier=was.tier, why=now.why, tags=now.tags)
    fresh = replace(fresh, section=was.section)
    gone = steps.decide(parsed, was.id, "dropped", f"now ^{fresh.id}, a {kind} card")
    made = steps.added(parsed, fresh, was.id)
    return steps.joined(f"^{fresh.id}, a {kind} card, takes the place of ^{was.id}.", made, gone)


def as_kind(deck: Deck, card: Card, kind: Kind) -> Parts:
    """Offer a card as another kind, for a person to finish."""
    parts = parts_of(card)
    if kind == kind_of(card.content):
        return parts
    question, answer = _asked(card)
    match kind:
        case "basic":
            return replace(parts, question=question, answer=answer, options=(), keys=())
        case "cloze":
            text = _blanked(card, question, answer)
            return replace(parts, question=text, answer="", options=(), keys=())
        case "choice":
            options = (answer, *_others(deck, card, answer))
            return replace(parts, question=question, answer="", options=options, keys=(0,))


def _asked(card: Card) -> tuple[str, str]:
    match card.content:
        case Basic(question, answer):
            return cloze.escape(question), answer
        case Cloze(text):
            return cloze.visible(text), ", ".join(cloze.hidden(text))
        case Choice(stem, options, keys):
            return cloze.escape(stem), "; ".join(options[key] for key in keys)


def _blanked(card: Card, question: str, answer: str) -> str:
    """Hide the answer in the evidence, where it stands there word for word."""
    said = card.evidence[0].text if card.evidence else ""
    at = said.casefold().find(answer.casefold())
    if not answer or at < 0 or len(said.casefold()) != len(said):
        return f"{question} {{{{{answer}}}}}"
    head, tail = said[:at], said[at + len(answer) :]
    hidden = said[at : at + len(answer)]
    return f"{cloze.escape(head)}{{{{{hidden}}}}}{cloze.escape(tail)}"


def _others(deck: Deck, card: Card, answer: str) -> list[str]:
    """Find answers of other cards that are about as long, as wrong options to begin with."""
    length = words.word_count(answer)
    near: dict[str, tuple[bool, int]] = {}
    for other in deck.cards:
        if other.id == card.id or other.state == "dropped" or isinstance(other.content, Choice):
            continue
        said = _asked(other)[1]
        if said and said.casefold() != answer.casefold() and "\n" not in said:
            away = abs(words.word_count(said) - length)
            near.setdefault(said, (other.section != card.section, away))
    return sorted(near, key=lambda said: (near[said][1], near[said][0]))[:_DISTRACTORS]


# --- two cards and one -------------------------------------------------------


def merge(parsed: DeckText, kept: str, other: str) -> Step:
    """Give one card the evidence and the tags of another, which is dropped as merged."""
    index = parsed.index(kept)
    before, one = parsed.block(index), parsed.deck.cards[index]
    two = parsed.deck.cards[parsed.index(other)]
    if kept == other:
        raise QuizgenError("a card cannot be merged with itself")
    known = {" ".join(found.text.split()) for found in one.evidence}
    more = tuple(found for found in two.evidence if " ".join(found.text.split()) not in known)
    tags = tuple(dict.fromkeys((*one.tags, *two.tags)))
    now = replace(one, evidence=(*one.evidence, *more), tags=tags, why=one.why or two.why)
    gone = steps.decide(parsed, other, "dropped", f"merged into ^{kept}")
    said = f"Merged ^{other} into ^{kept}, with its evidence."
    if now == one:
        return replace(steps.joined(said, gone), card=kept)
    after = steps.as_in(parsed, _with_comments(before, now))
    return steps.joined(said, steps.changed(kept, before, after, why=f"merged ^{other}"), gone)


def halves(card: Card) -> str:
    """Offer a card as two, as plain text, for a person to finish."""
    match card.content:
        case Basic(question, answer):
            said = re.split(r";\s+|(?<=[.!?])\s+(?=[A-Z])|\s*\n\s*", answer, maxsplit=1)
            contents: tuple[Content, ...] = tuple(
                Basic(question, part) for part in (said if len(said) == 2 else (answer, answer))
            )
        case Cloze(text):
            contents = tuple(
                Cloze(_only(text, number)) for number in range(max(2, len(cloze.hidden(text))))
            )
        case Choice():
            contents = (card.content, card.content)
    return "\n\n".join(
        cardtext.render(replace(card, id="", content=content)) for content in contents
    )


def _only(text: str, number: int) -> str:
    """Leave one blank of a text; of a text with one blank, that."""
    parts = cloze.parse(text)
    blanks = sum(isinstance(part, cloze.Blank) for part in parts)
    said: list[str] = []
    at = 0
    for part in parts:
        if isinstance(part, str):
            said.append(cloze.escape(part))
        else:
            is_it = at == number or blanks == 1
            said.append(f"{{{{{part.text}}}}}" if is_it else cloze.escape(part.text))
            at += 1
    return "".join(said)


def split(parsed: DeckText, card: str, text: str, taken: Collection[str] = ()) -> Step:
    """Make several cards of one: the first that is written stays the card, the others are new.

    Raise `DeckSyntaxError` if the text does not hold at least two cards, of which the first is of
    the card's kind.
    """
    index = parsed.index(card)
    before, was = parsed.block(index), parsed.deck.cards[index]
    written = _written(text)
    first = _stamped(written[0][1], steps.stamp_of(before))
    if type(cardtext.parse(first).content) is not type(was.content):
        raise DeckSyntaxError(f"the first card must stay a {kind_of(was.content)} card", 1)
    made = [steps.changed(card, before, steps.as_in(parsed, first), why="split")]
    used = set(taken)
    for read, block in written[1:]:
        fresh = steps.born(parsed, read.content, read.evidence or was.evidence, used)
        fresh = replace(
            fresh, state=was.state, tier=was.tier, why=read.why, tags=was.tags, section=was.section
        )
        used.add(fresh.id)
        told = [] if read.evidence else [evidenceline.render(found) for found in was.evidence]
        whole = "\n\n".join((block.rstrip(), *told, cardtext.render_stamp(fresh)))
        made.append(steps.added(parsed, fresh, card, block=whole))
    names = ", ".join(f"^{step.card}" for step in made[1:])
    return replace(steps.joined(f"Split ^{card}: {names} {_are(made)} new.", *made), card=card)


def _written(text: str) -> list[tuple[Card, str]]:
    body = text.replace("\r\n", "\n").strip("\n")
    read = deckfile.parse(f"{_FRONT}{body}\n")
    down = _FRONT.count("\n")
    if read.errors:
        raise DeckSyntaxError(read.errors[0].message, read.errors[0].line - down)
    if len(read.deck.cards) < 2:
        raise DeckSyntaxError("two cards are wanted, each beginning with `## ` and a question", 1)
    found = [(each, read.block(at)) for at, each in enumerate(read.deck.cards)]
    if any(each.id for each, _ in found):
        raise DeckSyntaxError("the stamps are not yours to write; take them out", 1)
    return found


def _stamped(block: str, stamp: str) -> str:
    return f"{block.rstrip()}\n\n{stamp}"


def _are(made: list[Step]) -> str:
    return "is" if len(made) == 2 else "are"
