"""Write one card as the fields of an Anki note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, assert_never

from quizgen import cloze, evidenceline, markup, optionorder
from quizgen.exports.anki_notetypes import BASIC, CHOICE, CLOZE, NoteType
from quizgen.model import Basic, Card, Choice, Cloze, Content, Evidence, Match

_DRAFT: Final = "Draft, not reviewed"
_REMOVED: Final = "Withdrawn from its deck"
_WORDING: Final[dict[Match, str]] = {
    "verbatim": "",
    "near": "",
    "condensed": "paraphrase",
    "page": "wording as on the page",
}
_LONGEST_TYPED: Final = 60  # letters; more is no answer to type but an essay
_TERM: Final = re.compile(
    r"What (?:(?P<be>is|are|was|were)|does|do) (?:an? |(?P<the>the ))?(?P<term>[^?,;:]{2,60}?)"
    r"(?(be)| (?:mean|stand for))(?: in [\w ]+)?\?"
)
_LEAST_DEFINED: Final = 2  # words; `56` and `Paris` define nothing
_BY_HAND: Final = frozenset({"hand", ""})
_DEFINING: Final = frozenset({"definition", "acronym", *_BY_HAND})
_BLANK: Final = re.compile(r"\{\{c(\d+)::(?!\}\})")
_LEAST_TOLD: Final = 3  # letters of an answer; "no" stands in any title


@dataclass(frozen=True, slots=True)
class Setting:
    """What a note's fields depend on beside its card.

    `media` gives the names that files have in Anki, by their paths in the deck.
    """

    work: str = ""
    type_in: bool = False
    reverse: bool = False
    media: Mapping[str, str] = field(default_factory=dict[str, str])


def note_type(content: Content) -> NoteType:
    """Choose the note type of a card's kind."""
    match content:
        case Basic():
            return BASIC
        case Cloze():
            return CLOZE
        case Choice():
            return CHOICE
        case _:
            assert_never(content)


def write(card: Card, setting: Setting) -> dict[str, str]:
    """Write the fields of a card that have something in them, by name."""
    fields = _content(card.content, setting)
    if card.why:
        fields["Why"] = markup.to_anki(card.why, setting.media)
    if card.evidence:
        _add_evidence(fields, card.evidence)
    _add_context(fields, card, setting)
    if card.state != "kept":
        fields["Notice"] = _DRAFT if card.state == "draft" else _REMOVED
    fields["CardId"] = markup.words_to_anki(card.id)
    return {name: html for name, html in fields.items() if html}


def ordinals(note_type: NoteType, fields: Mapping[str, str]) -> tuple[int, ...]:
    """Tell which of its cards a note has; none where nothing in it is asked."""
    first = fields.get(note_type.fields[0])
    if not first:
        return ()
    if note_type.is_cloze:
        return tuple(sorted({int(found) - 1 for found in _BLANK.findall(first)} - {-1}))
    return (0, 1) if note_type is BASIC and fields.get("Reverse") else (0,)


# --- what is asked -----------------------------------------------------------


def _content(content: Content, setting: Setting) -> dict[str, str]:
    match content:
        case Basic():
            return {
                "Question": markup.to_anki(content.question, setting.media),
                "Answer": markup.to_anki(content.answer, setting.media),
            }
        case Cloze():
            return {"Text": markup.cloze_to_anki(content.text, setting.media)}
        case Choice():
            return _choice(content, setting)
        case _:
            assert_never(content)


def _choice(choice: Choice, setting: Setting) -> dict[str, str]:
    options = [markup.to_anki(option, setting.media) for option in choice.options]
    right = [options[key] for key in choice.keys if 0 <= key < len(options)]
    plain = [markup.to_plain(option) for option in choice.options]
    # Shuffling these would only make a learner look twice.
    fixed = optionorder.is_fixed(plain) or optionorder.pinned(plain)
    order = ' data-order="fixed"' if fixed else ""
    several = len(right) > 1
    return {
        "Question": markup.to_anki(choice.stem, setting.media),
        "Options": f'<ol class="options"{order}>{_list_items(options)}</ol>',
        "Answer": f"<ul>{_list_items(right)}</ul>" if several else "".join(right),
        "Keys": " ".join(str(key + 1) for key in choice.keys),
        "Several": "Choose all that apply" if several else "",
    }


def _list_items(items: Iterable[str]) -> str:
    return "".join(f'<li dir="auto">{item}</li>' for item in items)


# --- where it stands ---------------------------------------------------------


def _add_context(fields: dict[str, str], card: Card, setting: Setting) -> None:
    """Say on the front which work and section a card is from, unless that gives its answer away."""
    if card.section or setting.work:
        answers = _answers(card.content)
        if card.section and not _tells(card.section, answers):
            fields["Section"] = markup.to_anki(card.section)
        if setting.work and not _tells(setting.work, answers):
            fields["Work"] = markup.words_to_anki(setting.work)
    if isinstance(card.content, Basic):
        if setting.type_in:
            fields["Typed"] = _typed(card.content)
        if setting.reverse and card.stamp.rule in _DEFINING:
            by_rule = card.stamp.rule not in _BY_HAND
            fields["Reverse"] = _term(card.content, by_rule=by_rule)


def _answers(content: Content) -> Iterable[str]:
    match content:
        case Basic():
            return (content.answer,)
        case Cloze():
            return cloze.hidden(content.text)
        case Choice():
            return (content.options[key] for key in content.keys if key < len(content.options))
        case _:
            assert_never(content)


def _tells(context: str, answers: Iterable[str]) -> bool:
    folded = context.casefold()
    for answer in answers:
        told = answer.casefold().strip(" .")
        if len(told) >= _LEAST_TOLD and told in folded:
            return True
    return False


def _typed(content: Basic) -> str:
    """Return an answer that a learner can type letter by letter, empty if it is none."""
    plain = markup.to_plain(content.answer)
    if plain != content.answer.strip() or "\n" in plain or len(plain) > _LONGEST_TYPED:
        return ""
    return markup.words_to_anki(plain.rstrip("."))


def _term(content: Basic, *, by_rule: bool) -> str:
    """Return the term that a definition's question asks for, empty if its answer names it.

    A person who asks for the something of something asks for a property more often than for a
    definition; a rule for definitions does not.
    """
    found = _TERM.fullmatch(markup.to_plain(content.question))
    if not found or found["term"].casefold() in content.answer.casefold():
        return ""
    is_property = found["the"] and " of " in found["term"] and not by_rule
    if is_property or len(content.answer.split()) < _LEAST_DEFINED:
        return ""
    return markup.words_to_anki(found["term"])


# --- whose words make it true ------------------------------------------------


def _add_evidence(fields: dict[str, str], evidence: tuple[Evidence, ...]) -> None:
    first, *others = evidence
    fields["Evidence"] = markup.words_to_anki(first.text)
    fields["Speaker"] = markup.words_to_anki(first.speaker)
    fields["Time"] = _time(first) or _heard(evidence)
    fields["Source"] = _source(first)
    fields["More"] = "".join(map(_quoted, others))


def _quoted(evidence: Evidence) -> str:
    said = markup.words_to_anki(evidence.text)
    parts = (markup.words_to_anki(evidence.speaker), _time(evidence), _source(evidence))
    line = " · ".join(part for part in parts if part)
    return f'<blockquote dir="auto">{said}</blockquote><p class="source">{line}</p>'


def _heard(evidence: tuple[Evidence, ...]) -> str:
    """Link the place in the recording that a page's words probably come from."""
    first, *others = evidence
    close = next((each for each in others if each.is_only_close and _time(each)), None)
    if first.speaker or close is None:
        return ""
    speaker = markup.words_to_anki(close.speaker)
    return f"{speaker}, around {_time(close)}" if speaker else f"around {_time(close)}"


def _source(evidence: Evidence) -> str:
    """Say where the words stand, and how far their wording can be trusted."""
    parts = (_place(evidence), _WORDING[evidence.match])
    line = " · ".join(part for part in parts if part)
    if not evidence.note:
        return line
    note = markup.words_to_anki(evidence.note)
    if evidence.match == "near":
        note = f"On the page: “{note}”"
    return f'{line}<br><span class="note" dir="auto">{note}</span>'


def _time(evidence: Evidence) -> str:
    clock = "" if evidence.seconds is None else evidenceline.clock(evidence.seconds)
    address = markup.address_to_anki(evidence.link)
    return f'<a href="{address}">{clock or "link"}</a>' if address else clock


def _place(evidence: Evidence) -> str:
    """Name the file without its folders, which mean nothing on another machine."""
    if not evidence.document:
        return ""
    name = evidence.document.rstrip("/").rpartition("/")[2]
    first, last = evidence.lines
    lines = f"{first}–{last}" if last > first else f"{first}"
    return markup.words_to_anki(f"{name}:{lines}" if first else name)
