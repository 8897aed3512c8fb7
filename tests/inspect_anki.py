"""What Anki's own backend makes of a package, in a collection that is thrown away."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

if TYPE_CHECKING:  # at run time it must come after anki.collection
    from anki.cards import Card


@dataclass(frozen=True, slots=True)
class Import:
    """What one import reports: notes by what became of them."""

    new: int
    updated: int
    duplicate: int
    conflicting: int


@dataclass(frozen=True, slots=True)
class AnkiFacts:
    """What is in the collection after importing twice, and what each import said.

    `blank` are the notes with a card whose question or answer shows nothing; `shown` is
    everything a learner reads, question then answer, one pair for each card. `live` is what would
    act in a client and is not in the note type's own templates.
    """

    notes: int
    cards: int
    decks: tuple[str, ...]
    first: Import
    second: Import
    blank: tuple[str, ...]
    shown: tuple[tuple[str, str], ...]
    live: tuple[str, ...]
    due: tuple[int, ...]


_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)
_ACTS = (
    *("applet", "audio", "base", "button", "embed", "form", "iframe", "input", "link", "meta"),
    *("object", "script", "style", "svg", "video"),
)


class _Live(HTMLParser):
    """Collect the elements and attributes of a page that do anything."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            address = value or ""
            follows = name == "href" and not address.startswith(("http://", "https://"))
            loads = name == "src" and ":" in address
            if name.startswith("on") or follows or loads:
                self.found.append(f"{name}={value}")


def _live(card: Card) -> list[str]:
    side = card.template()
    own = set(_SCRIPT.findall(f"{side['qfmt']}{side['afmt']}"))
    output = card.render_output()
    parser = _Live()
    for text in (output.question_text, output.answer_text):
        parser.feed(_SCRIPT.sub(lambda found: "" if found[0] in own else found[0], text))
    sounds = [*output.question_av_tags, *output.answer_av_tags]
    return parser.found + [f"plays {each}" for each in sounds]


def _import(collection: Collection, package: Path) -> Import:
    # What Anki's dialog has ticked for someone who has never opened it.
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    request = ImportAnkiPackageRequest(package_path=str(package.resolve()), options=options)
    log = collection.import_anki_package(request).log
    return Import(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))


def visible(html: str) -> str:
    """Reduce a rendered side to the words and media a learner sees."""
    text = re.sub(r"<(style|script)\b.*?</\1>", "", html, flags=re.DOTALL | re.IGNORECASE)
    text = re.sub(r"<(?!img\b)[^>]*>", " ", text).replace("&nbsp;", " ")
    return " ".join(text.split())


def inspect(package: Path) -> AnkiFacts:
    """Import a package twice into a new collection and say what happened."""
    with tempfile.TemporaryDirectory(prefix="quizgen-anki-") as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        try:
            first = _import(collection, package)
            second = _import(collection, package)
            cards = [collection.get_card(card) for card in collection.find_cards("")]
            shown = [(card, visible(card.question()), visible(card.answer())) for card in cards]
            used = {collection.decks.name(card.did) for card in cards}
            return AnkiFacts(
                notes=collection.note_count(),
                cards=len(cards),
                decks=tuple(sorted(used)),
                first=first,
                second=second,
                blank=tuple(
                    card.note().guid for card, front, back in shown if not front or not back
                ),
                shown=tuple((front, back) for _, front, back in shown),
                live=tuple(each for card in cards for each in _live(card)),
                due=tuple(sorted({card.due for card in cards})),
            )
        finally:
            collection.close()
