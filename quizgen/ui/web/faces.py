"""Write one card as plain values for the page's templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, assert_never

from quizgen import cloze, evidenceline, familiar, markup, review, words
from quizgen.cloze import Blank
from quizgen.markup import safe
from quizgen.model import Basic, Card, Choice, Cloze, Evidence, Match, Problem, State
from quizgen.review import likeness
from quizgen.review.quoting import Line, Run

KINDS: Final[dict[review.Kind, str]] = {
    "basic": "question and answer",
    "cloze": "words to fill in",
    "choice": "choice",
}
"""The kinds of cards, as a person is told of them."""

STATES: Final[dict[State, str]] = {"draft": "draft", "kept": "kept", "dropped": "dropped"}
_NEAR: Final = 240  # letters of a long turn on either side of the evidence

_WORDING: Final[dict[Match, str]] = {
    "verbatim": "verbatim",
    "near": "nearly verbatim",
    "condensed": "a paraphrase",
    "page": "the page’s own words",
}


def face(card: Card) -> dict[str, Any]:
    """Show a card as it will look in use: `front` and `back` are HTML."""
    options: list[dict[str, Any]] = []
    match card.content:
        case Basic(question, told):
            front, back = markup.to_html(question), markup.to_html(told)
        case Cloze(text):
            front, back = markup.blanked_html(text, _blank), markup.filled_html(text, _word)
        case Choice(stem, texts, keys):
            front, back = markup.to_html(stem), markup.to_html("")
            options = [
                {"text": markup.to_html(text), "right": at in keys} for at, text in enumerate(texts)
            ]
        case _:
            assert_never(card.content)
    kind = review.kind_of(card.content)
    return {
        "id": card.id,
        "title": summary(card),
        "answer": answer(card),
        "kind": kind,
        "kind_name": KINDS[kind],
        "state": card.state,
        "state_name": STATES[card.state],
        "later": review.is_flagged(card),
        "in_anki": familiar.is_marked(card),
        "tier": card.tier,
        "rule": card.stamp.rule.replace("_", " "),
        "front": front,
        "back": back,
        "options": options,
        "why": markup.to_html(card.why),
        "section": markup.words_to_plain(card.section),
        "tags": [markup.words_to_plain(tag) for tag in card.tags],
    }


def _blank(blank: Blank) -> str:
    return f'<span class="cloze">[{safe.for_page(blank.hint) if blank.hint else "…"}]</span>'


def _word(blank: Blank, inside: str) -> str:
    del blank
    return f'<mark class="cloze">{inside}</mark>'


def summary(card: Card) -> str:
    """Say what a card asks on one line, its blanks as lines."""
    match card.content:
        case Basic(question=text) | Choice(stem=text):
            return " ".join(markup.to_plain(text).split())
        case Cloze(text):
            return " ".join(markup.to_plain(cloze.visible(text, "____")).split())
        case _:
            assert_never(card.content)


def answer(card: Card) -> str:
    """Say a card's answer on one line."""
    match card.content:
        case Basic(answer=text):
            return " ".join(markup.to_plain(text).split())
        case Cloze(text):
            return ", ".join(markup.to_plain(word) for word in cloze.hidden(text))
        case Choice(options=options, keys=keys):
            right = (options[key] for key in keys if 0 <= key < len(options))
            return "; ".join(markup.to_plain(option) for option in right)
        case _:
            assert_never(card.content)


def evidence(found: Sequence[Evidence], views: Sequence[Sequence[Line]]) -> list[dict[str, Any]]:
    """Show every evidence of a card in its place; the `first` with a link is opened by a key."""
    shown = [_shown(each, view) for each, view in zip(found, views, strict=True)]
    first = next((at for at, each in enumerate(shown) if each["link"]), -1)
    return [each | {"first": at == first} for at, each in enumerate(shown)]


def _shown(found: Evidence, view: Sequence[Line]) -> dict[str, Any]:
    """Say who said evidence, when and where, and how far its wording can be trusted."""
    first, last = found.lines
    plain = markup.words_to_plain
    name = plain(found.document.rstrip("/").rpartition("/")[2])
    numbers = f"lines {first}–{last}" if last > first else f"line {first}"
    is_web = found.link.startswith(("https://", "http://"))
    return {
        "lines": [
            {
                "around": line.is_around,
                "runs": [{"text": _shown_run(run), "mark": run.mark} for run in _near(line)],
            }
            for line in view
        ],
        "placed": not found.document or any(line.number for line in view),
        "speaker": plain(found.speaker),
        "time": "" if found.seconds is None else evidenceline.clock(found.seconds),
        "link": plain(found.link) if is_web else "",
        "place": f"{name}, {numbers}" if first else name,
        "match": "closest passage of the recording"
        if found.is_only_close
        else _WORDING[found.match],
        "note": "" if found.is_only_close else plain(found.note),
    }


def _near(line: Line) -> tuple[Run, ...]:
    """Cut a long turn down to what stands next to the evidence in it."""
    runs = line.runs
    if line.is_around:
        return runs
    kept: list[Run] = []
    for at, run in enumerate(runs):
        text = run.text
        if run.mark == "around" and len(text) > _NEAR:
            text = (
                f"… {text[-_NEAR:].partition(' ')[2]}"
                if at == 0
                else f"{text[:_NEAR].rpartition(' ')[0]} …"
            )
        kept.append(Run(text, run.mark))
    return tuple(kept)


def _shown_run(run: Run) -> str:
    """Take control characters out of a part of a line, and a page's marks out of what is around.

    The spaces at its ends stay.
    """
    text = safe.clean(run.text).replace("\n", " ")
    if run.mark != "around" or not text.strip():
        return text
    bare = words.unmarked(text).strip()
    return f"{text[: len(text) - len(text.lstrip())]}{bare}{text[len(text.rstrip()) :]}"


def problem(found: Problem) -> dict[str, str]:
    """Say what is wrong with a card."""
    return {"rule": found.rule, "severity": found.severity, "sentence": found.sentence}


def like(one: Card, other: Card) -> dict[str, Any]:
    """Show a card beside another, with what differs marked."""
    pairs = ((summary(one), summary(other)), (answer(one), answer(other)))
    question, told = (
        [{"text": run.text, "other": run.differs} for run in likeness.difference(*pair)]
        for pair in pairs
    )
    return {"id": other.id, "question": question, "answer": told, "state_name": STATES[other.state]}
