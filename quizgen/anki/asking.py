"""Take the notes of any Anki collection for cards, as far as their templates tell what they ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from quizgen import cloze, markup
from quizgen.anki import html
from quizgen.anki.notes import AnkiNote, Template
from quizgen.exports.anki_notetypes import CHOICE
from quizgen.model import Basic, Card, Choice, Cloze, Content

Unjudged: TypeAlias = Literal["with a picture or a sound to ask by", "without a question"]

_PICTURED: Final = "with a picture or a sound to ask by"
_ASKS_NOTHING: Final = "without a question"
_FIELD: Final = re.compile(r"\{\{(?![#^/])((?:[^{}:]*:)*)\s*([^{}:]+?)\s*\}\}")
_NOT_SHOWN: Final = re.compile(r"\b(?:type|hint|tts)\b")  # filters that hide a field at first
_SECTION: Final = re.compile(r"\{\{([#^])\s*([^{}]+?)\s*\}\}(.*?)\{\{/\s*\2\s*\}\}", re.DOTALL)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_SPECIAL: Final = frozenset(("FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag"))
_BLANK: Final = re.compile(r"\{\{c\d+::")
_NESTED: Final = re.compile(r"\{\{c\d+::(?:(?!\}\}).)*\{\{c\d+::", re.DOTALL)
_BRACES: Final = re.compile(r"(\{\{c\d+::|\}\})")
_OCCLUSION: Final = re.compile(r"\{\{c\d+::image-occlusion:")
_COLONS: Final = re.compile(r"(?::|&#58;)(?:&#58;|<!--.*?-->:)")  # two that begin no hint
_TWO_COLONS: Final = "\u2237"
_ITEM: Final = re.compile(r"<li\b[^>]*>(.*?)</li>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one note asks: its cards as quizgen's, or why it has none that could be judged."""

    note: AnkiNote
    cards: tuple[Card, ...] = ()
    unjudged: Unjudged | Literal[""] = ""

    @property
    def deck(self) -> str:
        """Name the deck of the note's first card."""
        return self.note.cards[0].deck if self.note.cards else ""


def read(note: AnkiNote) -> Asked:
    """Say what a note asks.

    A cloze is a field that its template fills in; of any other note type each template asks
    with its front, and the answer is what is to be typed, else the first field with words that
    only its back shows. Text exports hold no templates: there the first field asks, and the
    second answers.
    """
    contents = tuple(dict.fromkeys(_contents(note)))
    said = tuple(content for content in contents if _has_words(content))
    if said:
        cards = tuple(Card(f"{note.guid} {at}", each, state="kept") for at, each in enumerate(said))
        return Asked(note, cards)
    shown = any(html.has_media(value) or _OCCLUSION.search(value) for value in note.values)
    return Asked(note, unjudged=_PICTURED if shown else _ASKS_NOTHING)


def words(note: AnkiNote) -> str:
    """Name a note by its first words, or by its guid where it has none."""
    for value in note.values:
        # Braces and colons that are no blank's are entities until the field is read as HTML.
        filled = html.text(cloze.filled(_unnested(value)))
        said = " ".join(markup.to_plain(filled).replace(_TWO_COLONS, "::").split())
        if said:
            return said if len(said) <= 60 else f"{said[:59].rstrip()}…"
    return note.guid


def _contents(note: AnkiNote) -> Iterator[Content]:
    if note.type.id == CHOICE.id and "Options" in note.fields:
        yield _choice(note.fields)
    elif note.type.blanked:
        yield from _cloze(note.fields.get(note.type.blanked, ""))
    elif note.type.templates:
        for template in note.type.templates:
            yield from _sides(template, note.fields)
    elif note.values and _BLANK.search(note.values[0]):
        yield from _cloze(note.values[0])
    elif len(note.values) > 1:
        yield from _basic(note.values[0], note.values[1])


def _has_words(content: Content) -> bool:
    """Claim that there is anything to judge."""
    match content:
        case Basic(question, answer):
            return bool(question or answer)
        case Cloze(text):
            return bool(text)
        case Choice(stem):
            return bool(stem)


def _cloze(value: str) -> Iterator[Content]:
    if not html.has_media(value) and not _OCCLUSION.search(value):
        yield Cloze(html.text(_unnested(value)))


def _unnested(value: str) -> str:
    """Take blanks inside of a blank, which only Anki knows, for their words.

    Two colons that were written so that they begin no hint become one sign.
    """
    value = _COLONS.sub(_TWO_COLONS, value)
    if not _NESTED.search(value):
        return value
    depth, parts = 0, list[str]()
    for part in _BRACES.split(value):
        opens, closes = bool(_BLANK.match(part)), part == "}}" and depth > 0
        inside = depth > (1 if closes else 0)
        depth += opens - closes
        if not (inside and (opens or closes)):
            parts.append(part)
    return "".join(parts)


def _basic(question: str, answer: str) -> Iterator[Content]:
    said = html.text(answer)
    # "What is this?" is a good question below a picture, and no rule can see that.
    if not html.has_media(question) and (said or not html.has_media(answer)):
        yield Basic(html.text(question), said)


def _choice(fields: Mapping[str, str]) -> Content:
    options = tuple(html.text(each) for each in _ITEM.findall(fields["Options"]))
    keys = (int(key) - 1 for key in fields.get("Keys", "").split() if key.isdecimal())
    return Choice(html.text(fields.get("Question", "")), options, tuple(sorted(keys)))


# --- templates ---------------------------------------------------------------


def _sides(template: Template, fields: Mapping[str, str]) -> Iterator[Content]:
    asked = _chosen(template.front, fields)
    if not any(_says(fields, name) for name in _used(asked)):
        return  # Anki makes no card of it
    front = _used(template.front)
    hidden = [name for name in _used(template.back, back=True) if name not in front]
    if not hidden:
        return
    sought = (*_typed(template.front), *hidden)
    answer = next((name for name in sought if _says(fields, name)), hidden[0])
    question = _FIELD.sub(lambda found: _value(found, fields), asked)
    yield from _basic(question, fields.get(answer, ""))


@lru_cache(maxsize=1024)
def _used(side: str, *, back: bool = False) -> tuple[str, ...]:
    """List the fields that a side shows, in order."""
    found = _FIELD.findall(_COMMENT.sub("", side))
    names = (name for filters, name in found if back or not _NOT_SHOWN.search(filters))
    return tuple(dict.fromkeys(name for name in names if name not in _SPECIAL))


def fronts(note: AnkiNote) -> str:
    """Give what a note's own fields say on its fronts, without the words of its templates."""
    names = dict.fromkeys(name for each in note.type.templates for name in _used(each.front))
    return " ".join(html.text(note.fields.get(name, "")) for name in names)


def _typed(front: str) -> Iterator[str]:
    """Yield the field whose words a front wants typed."""
    found = _FIELD.findall(_COMMENT.sub("", front))
    return (name for filters, name in found if "type:" in filters)


def _chosen(side: str, fields: Mapping[str, str]) -> str:
    """Take out of a side what Anki leaves out where a field is empty, or where it is not."""
    seen = _COMMENT.sub("", side)
    for _ in range(8):  # sections nest, never as deep
        chosen = _SECTION.sub(lambda found: _kept(found, fields), seen)
        if chosen == seen:
            break
        seen = chosen
    return seen


def _value(found: re.Match[str], fields: Mapping[str, str]) -> str:
    return "" if _NOT_SHOWN.search(found[1]) else fields.get(found[2], "")


def _kept(found: re.Match[str], fields: Mapping[str, str]) -> str:
    return found[3] if _says(fields, found[2]) == (found[1] == "#") else ""


def _says(fields: Mapping[str, str], name: str) -> bool:
    value = fields.get(name, "")
    return bool(value) and bool(html.text(value) or html.has_media(value))
