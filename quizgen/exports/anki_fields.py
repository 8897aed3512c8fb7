"""Write one card as the fields of an Anki note."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, assert_never

from quizgen import evidenceline, markup, optionorder
from quizgen.exports.anki_notetypes import BASIC, CHOICE, CLOZE, NoteType
from quizgen.model import Basic, Card, Choice, Cloze, Content, Evidence, Match

_DRAFT: Final = "Draft, not reviewed"
_WORDING: Final[dict[Match, str]] = {
    "verbatim": "",
    "near": "",
    "condensed": "paraphrase",
    "page": "wording as on the page",
}


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


def write(card: Card) -> dict[str, str]:
    """Write the fields of a card that have something in them, by name."""
    first, *others = card.evidence or (Evidence(""),)
    fields = _content(card.content) | {
        "Why": markup.to_anki(card.why),
        "Evidence": markup.words_to_anki(first.text),
        "Source": _source(first, _heard(card.evidence)) if card.evidence else "",
        "More": "".join(_quoted(evidence) for evidence in others),
        "Section": markup.to_anki(card.section),
        "Notice": _DRAFT if card.state == "draft" else "",
        "CardId": markup.words_to_anki(card.id),
    }
    return {name: html for name, html in fields.items() if html}


def _content(content: Content) -> dict[str, str]:
    match content:
        case Basic():
            return {
                "Question": markup.to_anki(content.question),
                "Answer": markup.to_anki(content.answer),
            }
        case Cloze():
            return {"Text": markup.cloze_to_anki(content.text)}
        case Choice():
            return _choice(content)
        case _:
            assert_never(content)


def _choice(choice: Choice) -> dict[str, str]:
    options = [markup.to_anki(option) for option in choice.options]
    right = [options[key] for key in choice.keys if 0 <= key < len(options)]
    plain = [markup.to_plain(option) for option in choice.options]
    # Shuffling these would only make a learner look twice.
    fixed = optionorder.is_fixed(plain) or optionorder.pinned(plain)
    order = ' data-order="fixed"' if fixed else ""
    several = len(right) > 1
    return {
        "Question": markup.to_anki(choice.stem),
        "Options": f'<ol class="options"{order}>{_list_items(options)}</ol>',
        "Answer": f"<ul>{_list_items(right)}</ul>" if several else "".join(right),
        "Keys": " ".join(str(key + 1) for key in choice.keys),
        "Several": "Choose all that apply" if several else "",
    }


def _list_items(items: Iterable[str]) -> str:
    return "".join(f'<li dir="auto">{item}</li>' for item in items)


def _quoted(evidence: Evidence) -> str:
    words = markup.words_to_anki(evidence.text)
    return f'<blockquote dir="auto">{words}</blockquote><p class="source">{_source(evidence)}</p>'


def _heard(evidence: tuple[Evidence, ...]) -> str:
    """Link the place in the recording that a page's words probably come from."""
    first, *others = evidence
    close = next((each for each in others if each.is_only_close and _time(each)), None)
    if first.speaker or first.seconds is not None or close is None:
        return ""
    speaker = markup.words_to_anki(close.speaker)
    return f"{speaker}, around {_time(close)}" if speaker else f"around {_time(close)}"


def _source(evidence: Evidence, heard: str = "") -> str:
    """Say who said it, when and where, and how far the words can be trusted."""
    parts = (
        markup.words_to_anki(evidence.speaker),
        _time(evidence),
        heard,
        _place(evidence),
        _WORDING[evidence.match],
    )
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
