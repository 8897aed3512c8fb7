"""Show a sheet as plain values: without answers for students, with evidence for the key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, NamedTuple, TypeAlias, assert_never

from quizgen import cloze, evidenceline, markup
from quizgen.model import Basic, Card, Choice, Cloze, Evidence
from quizgen.quiz import labels
from quizgen.quiz.sheet import Question, Section, Sheet

Write: TypeAlias = Callable[[str], Any]
"""Turns a card's Markdown into what a format prints: a tree of runs, or HTML."""


def student(sheet: Sheet, write: Write, blanked: Write) -> dict[str, Any]:
    """Show a sheet as plain values with no answers in them, so that no template can leak.

    `blanked` writes a cloze as a learner sees it.
    """
    return _head(sheet) | {
        "sections": [
            _heading(section, sheet)
            | {
                "bank": [write(text) for text in section.bank],
                "questions": [_asked(each, sheet, write, blanked) for each in section.questions],
            }
            for section in sheet.sections
        ]
    }


def key(sheet: Sheet, write: Write) -> dict[str, Any]:
    """Show the answers of a sheet with their points and evidence, as plain values."""
    return _head(sheet) | {
        "sections": [
            _heading(section, sheet)
            | {"questions": [_answered(each, sheet, write) for each in section.questions]}
            for section in sheet.sections
        ]
    }


def _head(sheet: Sheet) -> dict[str, Any]:
    words = sheet.labels
    count = len(sheet.questions)
    drafts = sum(any(_is_draft(card) for card in each.cards) for each in sheet.questions)
    return {
        "title": sheet.title,
        "running": _shortened(sheet.title),
        "course": sheet.course,
        "version": sheet.version,
        "version_text": words.version.replace("{n}", sheet.version),
        "form": sheet.form,
        "form_text": words.form.replace("{n}", sheet.form),
        "points": sheet.points,
        "points_text": labels.counted(words.point, sheet.points),
        "count": count,
        "minutes": sheet.minutes,
        "minutes_text": words.minutes.replace("{n}", str(sheet.minutes)),
        "instructions": sheet.instructions or words.read_on,
        "drafts": drafts,
        "drafts_text": labels.counted(words.draft_questions, drafts, of=count) if drafts else "",
        "language": sheet.language,
        "rtl": sheet.is_rtl,
        "labels": asdict(words),
    }


def _is_draft(card: Card) -> bool:
    return card.state == "draft"


_RUNNING = 60  # letters that leave room for a name in the head of a page


def _shortened(title: str) -> str:
    if len(title) <= _RUNNING:
        return title
    return title[: _RUNNING - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _heading(section: Section, sheet: Sheet) -> dict[str, Any]:
    heading, instruction = sheet.labels.parts[section.kind]
    return {
        "kind": section.kind,
        "heading": heading,
        "instruction": instruction,
        "points": section.points,
        "points_text": labels.counted(sheet.labels.point, section.points),
    }


# --- what is asked -----------------------------------------------------------


def _asked(question: Question, sheet: Sheet, write: Write, blanked: Write) -> dict[str, Any]:
    words = sheet.labels
    task = _task(question, sheet)
    if task:
        prompt = write(task)
    elif isinstance(question.card.content, Cloze):
        prompt = blanked(question.stem)
    else:
        prompt = write(question.stem)
    return {
        "number": question.number,
        "points": question.points,
        "points_text": labels.counted(words.pt, question.points),
        "prompt": prompt,
        "quote": write(question.quote) if question.quote else [],
        "options": [
            {"letter": _letter(question, option.letter, sheet), "text": write(option.text)}
            for option in question.options
        ],
        "entries": [{"text": write(entry.text)} for entry in question.entries],
        "lines": question.lines,
        "lines_text": labels.counted((words.spoken["line"], words.spoken["lines"]), question.lines),
    }


def _task(question: Question, sheet: Sheet) -> str:
    """Say what to do where no card brings a prompt."""
    tasks = sheet.labels.tasks
    match question.kind:
        case "matching":
            spare = f" {sheet.labels.one_spare}" if question.has_spare else ""
            return tasks[question.pairs] + spare
        case "ordering":
            is_asked = isinstance(question.card.content, Basic) and all(
                entry.text == _basic_question(entry.card) for entry in question.entries
            )
            task = tasks["dates" if is_asked else "events"]
            return task.replace("{n}", str(len(question.entries)))
        case "attribution":
            return tasks["attribution"]
        case _:
            return ""


def _basic_question(card: Card) -> str:
    return card.content.question if isinstance(card.content, Basic) else ""


def _letter(question: Question, letter: str, sheet: Sheet) -> str:
    """Letter the two bubbles of a statement in the sheet's language."""
    if question.kind != "truefalse":
        return letter
    return sheet.labels.true_false["TF".index(letter)]


# --- what is right -----------------------------------------------------------


class _Answer(NamedTuple):
    """An answer under its letter or number; `told` is what belongs to it, `card` what it is of."""

    letter: str
    text: str
    told: str
    card: Card


def _answered(question: Question, sheet: Sheet, write: Write) -> dict[str, Any]:
    answers = _answers(question, sheet)
    cards = {_id(answer.card): answer.card for answer in answers}
    several = len(question.cards) > 1
    return {
        "number": question.number,
        "kind": question.kind,
        "points": question.points,
        "ids": list(cards),
        "draft": any(map(_is_draft, cards.values())),
        "marks": _marks(question, sheet),
        "answers": [
            {
                "letter": answer.letter,
                "text": write(answer.text),
                "told": write(answer.told) if answer.told else [],
                "id": _id(answer.card),
                "draft": _is_draft(answer.card),
            }
            for answer in answers
        ],
        "why": write("" if several else question.card.why),
        "evidence": [
            _source(evidence) | {"id": name}
            for name, card in cards.items()
            for evidence in card.evidence
        ],
    }


def _id(card: Card) -> str:
    return markup.words_to_plain(card.id)


def _marks(question: Question, sheet: Sheet) -> str:
    """Return what stands in bubbles or slots, from the top; empty where words are written."""
    if question.entries:
        return "".join(entry.answer for entry in question.entries)
    right = (option for option in question.options if option.right)
    return "".join(_letter(question, option.letter, sheet) for option in right)


def _answers(question: Question, sheet: Sheet) -> list[_Answer]:
    entries = question.entries
    if question.kind == "ordering":
        entries = tuple(sorted(entries, key=lambda entry: int(entry.answer)))
    if entries:
        return [_Answer(each.answer, each.text, each.told, each.card) for each in entries]
    card = question.card
    if question.kind == "attribution":
        return [_Answer("", card.evidence[0].speaker, "", card)]
    match card.content:
        case Basic(answer=answer):
            return [_Answer("", answer, "", card)]
        case Cloze(text=text):
            return [_Answer("", hidden, "", card) for hidden in cloze.hidden(text)]
        case Choice():
            return [
                _Answer(_letter(question, option.letter, sheet), option.text, "", card)
                for option in question.options
                if option.right
            ]
        case _:
            assert_never(card.content)


def _source(evidence: Evidence) -> dict[str, Any]:
    first, last = evidence.lines
    span = "" if not first else f":{first}" if first == last else f":{first}-{last}"
    is_web = evidence.link.startswith(("https://", "http://"))
    plain = markup.words_to_plain
    return {
        # Where something was probably said is worth a look on the key, and no proof to print.
        "words": "" if evidence.is_only_close else plain(evidence.text),
        "speaker": plain(evidence.speaker),
        "time": "" if evidence.seconds is None else evidenceline.clock(evidence.seconds),
        "link": plain(evidence.link) if is_web else "",
        "place": plain(evidence.document) + span if evidence.document else "",
    }
