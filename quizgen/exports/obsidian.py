"""Write decks as notes for the Spaced Repetition plug-in of Obsidian."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, assert_never

from quizgen import cloze, evidenceline, markup
from quizgen.exports import Options
from quizgen.markup import obsidian, tree
from quizgen.model import Basic, Card, Choice, Cloze, Content, Deck, Evidence

_DRAFT: Final = "*(draft, not reviewed)*"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WHOLE_LINES: Final = ("```", "<table>", "<hr>", "<p>", "<pre>", "<blockquote>")
_SCHEDULE: Final = re.compile(r"<!--SR:[^\n]*?-->")
_NAME: Final = re.compile(r" \^([A-Za-z0-9-]+)(?=\s*(?:<!--SR:|$))", re.MULTILINE)


def export(decks: tuple[Deck, ...], options: Options) -> Mapping[str, bytes]:
    """Write one deck as one note; what the plug-in wrote into the last one stays with its cards.

    A card with a short answer and nothing to show is one line, `question::answer`; one with
    evidence is a question, a line `?` and the answer above the evidence; a cloze is a paragraph
    with `==words==`, and its evidence a paragraph of its own, since the plug-in would show it
    before the answer. Every card ends in its id, as a block's name.
    """
    (deck,) = decks
    schedules = _schedules(options.earlier.decode("utf-8", "replace"))
    parts = [_head(deck)]
    section = ""
    for card in deck.cards:
        if card.section != section:
            section = card.section
            parts.append(f"# {obsidian.words(markup.to_plain(section))}" if section else "---")
        parts += _card(card, schedules)
    return {".md": ("\n\n".join(parts) + "\n").encode("utf-8")}


def _head(deck: Deck) -> str:
    """Write the properties, whose tag makes a deck of the note."""
    title = markup.words_to_plain(deck.title)
    level = re.sub(r"[^\w-]+", "-", title).strip("-_").lower()
    tag = f"flashcards/{level}" if level else "flashcards"
    return "\n".join(
        (
            *("---", "tags:", f"  - {tag}", f"quizgen: {deck.id}", "---", ""),
            "Made with quizgen. Change cards in its deck and export again: schedules stay.",
        )
    )


def _card(card: Card, schedules: Mapping[str, str]) -> Iterator[str]:
    """Yield the paragraph that is the card, and those that only go with it."""
    schedule = schedules.get(_name(card), "")
    hidden = obsidian.cloze(card.content.text) if isinstance(card.content, Cloze) else ""
    if hidden:
        draft = f"{_DRAFT}\n" if card.state == "draft" else ""
        yield _ended(draft + hidden, card, schedule)
        below = _below(card)
        if below:
            yield "\n".join(below)
        return
    front, back, ends_in_html = _sides(card.content)
    if card.state == "draft":
        first, newline, rest = front.partition("\n")
        front = f"{first} {_DRAFT}{newline}{rest}"
    below = _below(card, html=ends_in_html)
    # A colon beside the mark would make it another one.
    touches = front.endswith(":") or back.startswith(":")
    one_line = front and back and "\n" not in front + back
    one_line = one_line and not front.startswith(_WHOLE_LINES)
    if one_line and not below and not ends_in_html and not touches:
        yield _ended(f"{front}::{back}", card, schedule)
    else:
        sides = (front or "…", "?", back or "…", *below)
        yield _ended("\n".join(sides), card, schedule)


def _ended(text: str, card: Card, schedule: str) -> str:
    """End a card with its name, and with what the plug-in knows of it."""
    last = text.rpartition("\n")[2]
    # Behind a fence or a block of HTML the name needs a line of its own.
    apart = last.startswith(_WHOLE_LINES)
    name = _name(card)
    ended = f"{text}{chr(10) if apart else ''} ^{name}" if name else text
    return f"{ended}\n{schedule}" if schedule else ended


def _name(card: Card) -> str:
    return "".join(char for char in card.id if char.isascii() and char.isalnum())


def _schedules(earlier: str) -> dict[str, str]:
    """Find what the plug-in wrote behind each card of an earlier note, by the card's name."""
    found: dict[str, str] = {}
    for paragraph in re.split(r"\n[ \t]*\n", earlier.replace("\r\n", "\n")):
        schedule = _SCHEDULE.search(paragraph)
        names = _NAME.findall(paragraph[: schedule.start()]) if schedule else []
        if schedule and names:
            found[names[-1]] = schedule[0]
    return found


# --- what is asked -----------------------------------------------------------


def _sides(content: Content) -> tuple[str, str, bool]:
    match content:
        case Basic(question, answer):
            front, _ = obsidian.write(question)
            back, html = obsidian.write(answer)
            return front, back, html
        case Cloze(text):
            # In maths or code there can be no blank, so the sentence is asked as a question.
            front, _ = obsidian.write(cloze.visible(text, "…"))
            back, html = obsidian.write(cloze.filled(text))
            return front, back, html
        case Choice():
            return _choice(content)
        case _:
            assert_never(content)


def _choice(choice: Choice) -> tuple[str, str, bool]:
    stem, html = obsidian.write(choice.stem)
    options = [_option(option) for option in choice.options]
    letters = [_LETTERS[n] if n < len(_LETTERS) else f"{n + 1}" for n in range(len(options))]
    lettered = [f"{letter}) {option}" for letter, option in zip(letters, options, strict=True)]
    right = [lettered[key] for key in choice.keys if key < len(lettered)]
    listed = "<br>".join(lettered) if html else "\n".join(f"- {each}" for each in lettered)
    front = f"<p>{listed}</p>" if html else listed
    return f"{stem}\n{front}", "<br>".join(right), False


def _option(option: str) -> str:
    written, html = obsidian.write(option)
    return obsidian.words(markup.to_plain(option)) if html or "\n" in written else written


# --- what goes with it -------------------------------------------------------


def _below(card: Card, *, html: bool = False) -> list[str]:
    """Write why it matters, the evidence and the tags, below an answer."""
    lines: list[str] = []
    if card.why:
        why = obsidian.words(markup.to_plain(card.why))
        lines.append(f"> *{why}*" if not html else f"<p><em>{why}</em></p>")
    for evidence in card.evidence:
        said = obsidian.words(evidence.text)
        if html:
            plain = obsidian.words(" · ".join(evidenceline.fields(evidence)))
            lines.append(f"<blockquote>{said}<br>— {plain}</blockquote>")
        else:
            lines += [*([f"> {said}"] if said else []), f"> — {_place(evidence)}"]
    tags = " ".join(f"#{tag}" for tag in map(_tag, card.tags) if tag)
    if tags and lines and not html:
        lines[-1] += f" · {tags}"
    return lines


def _place(evidence: Evidence) -> str:
    parts: list[str] = []
    for part in evidenceline.fields(evidence):
        linked = re.fullmatch(r"\[([^\]]+)\]\((.+)\)", part)
        if linked and tree.is_link(evidence.link):
            parts.append(f"[{linked[1]}]({obsidian.address(evidence.link)})")
        else:
            parts.append(obsidian.words(linked[1] if linked else part))
    return " · ".join(parts)


def _tag(tag: str) -> str:
    written = re.sub(r"[^\w/-]+", "-", tag.replace("::", "/")).strip("-/")
    return written if re.search(r"[^\d]", written) else ""
