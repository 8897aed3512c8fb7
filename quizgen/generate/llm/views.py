"""Lay a passage, and what is to be done with it, out for the prompts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final

from quizgen import cloze, identity
from quizgen.generate.llm import agreement, asking, examples, parts
from quizgen.generate.llm.captions import Stretch
from quizgen.generate.llm.judging import Judged, Refused
from quizgen.generate.llm.parts import Part, Passage
from quizgen.generate.llm.replies import Idea
from quizgen.generate.llm.wishes import MAIN, Wish
from quizgen.model import Basic, Choice, Cloze, Content, Work

LETTERS: Final = "ABCDEFGH"
_LETTERED: Final = re.compile(r"\W*([A-H])(?:[.):]|\s+[(—–-])")


def of_passage(passage: Passage, wish: Wish) -> dict[str, Any]:
    """Give what every prompt about a passage is filled with."""
    lines = [_line(number, part) for number, part in enumerate(passage.entries, 1)]
    texts = [line["text"] for line in lines]
    return {
        **of_work(passage.work),
        **of_wish(wish),
        "fence": asking.fence(passage.work.title, passage.before, *texts),
        "lines": lines[: len(passage.parts)],
        "also": lines[len(passage.parts) :],
        "before": passage.before,
        "gist": "" if any(part.run.kind == "summary" for part in passage.entries) else passage.gist,
        "spoken": passage.is_spoken,
    }


def of_work(work: Work) -> dict[str, Any]:
    """Give what is known of a work."""
    people = [f"{who.name} ({who.role})" if who.role else who.name for who in work.people]
    return {"title": work.title, "date": work.date, "year": work.date[:4], "people": people}


def of_wish(wish: Wish) -> dict[str, Any]:
    """Give what the person asked for, and examples of the kinds that are wanted."""
    return {
        "kinds": list(wish.kinds),
        "level": wish.level,
        "language": wish.language,
        "focus": wish.focus,
        "extra": wish.extra,
        "examples": [each for each in examples.GOOD if each.kind in wish.kinds],
        "mended": [each for each in examples.MENDED if each.good.kind in wish.kinds],
    }


def _line(number: int, part: Part) -> dict[str, Any]:
    # A label and what follows it are told apart, as on the page.
    blocks = [" ".join(block.split()) for block in part.text.split("\n\n") if block.strip()]
    text = ("\n" if part.run.kind == "section" else " — ").join(blocks)
    return {
        "number": number,
        "label": parts.label(part),
        "heading": part.piece.heading,
        "text": text,
    }


def of_outline(group: Sequence[Passage], wish: Wish) -> dict[str, Any]:
    """Give passages that follow each other as one source, their lines numbered through."""
    every = [part for passage in group for part in passage.entries]
    lines = [_line(number, part) for number, part in enumerate(every, 1)]
    view = of_passage(group[0], wish)
    fence = asking.fence(group[0].work.title, *(line["text"] for line in lines))
    return {**view, "lines": lines, "also": [], "fence": fence}


def of_ideas(
    ideas: Sequence[Idea], passage: Passage, former: Sequence[Refused] = ()
) -> list[dict[str, Any]]:
    """Give the ideas that are to have cards, numbered; words that are all of a line stand there.

    `former` are cards that were tried for them, and failed.
    """
    shown: list[dict[str, Any]] = []
    for number, idea in enumerate(ideas, 1):
        line = passage.entries[idea.line - 1].text if 0 < idea.line <= len(passage.entries) else ""
        is_line = 2 * len(idea.quote) > len(line)
        shown.append(
            {
                "number": number,
                "line": idea.line,
                "main": idea.importance >= MAIN,
                "idea": idea.idea,
                "quote": "" if is_line else idea.quote,
                "former": of_refused([each for each in former if each.idea == idea.idea]),
            }
        )
    return shown


def of_refused(refused: Sequence[Refused]) -> list[dict[str, Any]]:
    """Show cards that are sent back, each with its reasons."""
    return [
        {"number": number, "card": each.reply, "idea": each.idea, "reasons": each.reasons}
        for number, each in enumerate(refused, 1)
    ]


def of_return(passage: Passage, wish: Wish, refused: Sequence[Refused]) -> dict[str, Any]:
    """Give what mending is filled with: the lines that the cards rest on, and those around."""
    view = of_passage(passage, wish)
    numbers = {each.reply.line for each in refused}
    is_placed = all(0 < number <= len(passage.entries) for number in numbers)
    lost = any(each.gate == "evidence" for each in refused)
    if is_placed and not lost:
        near = {number + by for number in numbers for by in (-1, 0, 1)}
        also = {number for each in refused for number in each.reply.also}
        view["lines"] = [line for line in view["lines"] if line["number"] in near | also]
        view["also"] = [line for line in view["also"] if line["number"] in near | also]
    return {**view, "refused": of_refused(refused)}


def of_questions(cards: Sequence[Judged]) -> dict[str, Any]:
    """Show questions with their evidence, and nothing of their answers."""
    asked = [
        {"number": number, "evidence": each.window, **front(each.draft.content)}
        for number, each in enumerate(cards, 1)
    ]
    return {"questions": asked, "fence": _fence(asked)}


def of_guesses(cards: Sequence[Judged]) -> dict[str, Any]:
    """Show questions alone: neither their evidence nor their answers."""
    asked = [
        {"number": number, **front(each.draft.content)} for number, each in enumerate(cards, 1)
    ]
    return {"questions": asked, "fence": _fence(asked)}


def of_doubts(
    cards: Iterable[tuple[Judged, str, str, Sequence[str]]],
) -> dict[str, Any]:
    """Show cards whole, with what a reader answered, a stranger guessed, and what is doubted."""
    asked = [
        {
            "number": number,
            "evidence": each.window,
            **front(each.draft.content),
            "card_answer": identity.answer(each.draft.content),
            "reader_answer": answer,
            "guess": guess,
            "doubts": doubts,
        }
        for number, (each, answer, guess, doubts) in enumerate(cards, 1)
    ]
    return {"cards": asked, "fence": _fence(asked)}


def front(content: Content) -> dict[str, Any]:
    """Give what a learner sees before answering."""
    match content:
        case Basic(question):
            return {"question": question, "options": []}
        case Cloze(text):
            return {"question": f"Fill the blank: {cloze.visible(text)}", "options": []}
        case Choice(stem, options):
            lettered = list(zip(LETTERS, options, strict=False))
            return {"question": stem, "options": lettered}


def letters(said: str, content: Choice) -> set[str]:
    """Read which options an answer names, by their letters or else by their words."""
    bare = said.upper().translate(str.maketrans(dict.fromkeys("().,:;&", " "))).split()
    named = [word for word in bare if word not in ("AND", "OR")]
    # "A soft crust" names no option by its letter; "A. soft crust" and "A, C" do.
    if named and all(len(word) == 1 and word in LETTERS for word in named):
        return set(named)
    if first := _LETTERED.match(said):
        return {first[1]}
    options = zip(LETTERS, content.options, strict=False)
    alike = (
        letter
        for letter, option in options
        if agreement.compare(option, said, content.stem) == "same"
    )
    return set(islice(alike, 1))


def _fence(asked: Sequence[dict[str, Any]]) -> str:
    return identity.short_hash(repr(asked), 16)


def of_stretch(stretch: Stretch, work: Work, known: Sequence[str]) -> dict[str, Any]:
    """Give captions that are to be made readable, with the names that may be in them."""
    text = stretch.text
    return {**of_work(work), "names": known, "text": text, "fence": asking.fence(text)}
