"""Turn a card as a model writes it into the content of a draft."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from quizgen import cloze, optionorder, words
from quizgen.generate.llm.replies import CardReply
from quizgen.generate.llm.wishes import CardKind
from quizgen.model import Basic, Choice, Cloze, Content

_MATHS: Final = re.compile(r"(\$(?=\S)[^$\n]*?(?<=[^\s\\])\$(?!\d))")
_LETTER: Final = re.compile(r"^\s*(?:[A-Ha-h][.)]|[-*•])\s+")
_FULL_STOP: Final = re.compile(r"(?<![.\s])\.$")
_MOST_OPTIONS: Final = 5
# Only of Latin letters: other scripts write words without spaces.
_INSIDE: Final = re.compile(r"[A-Za-z]\{\{")


def content(reply: CardReply, kinds: tuple[CardKind, ...]) -> Content | str:
    """Give the content of a card, or one sentence saying why it is none.

    The words are text: inline marks are taken off, and whatever would be structure is escaped;
    formulas stay.
    """
    kind = reply.kind
    if kind == "basic" and cloze.is_cloze(reply.question):
        kind = "cloze"
    if kind not in kinds:
        allowed = ", ".join(f"`{each}`" for each in kinds)
        return f"Its kind is `{kind}`, and only {allowed} is wanted."
    if not reply.question:
        return "The question is empty."
    if kind == "cloze":
        return _cloze(reply.question)
    if not reply.answer:
        return "The answer is empty."
    if kind == "choice":
        return _choice(reply)
    return Basic(plain(reply.question), _phrase(reply.answer))


def plain(text: str) -> str:
    """Write a model's words so that a deck shows them as they are; formulas stay formulas."""
    bare = words.unmarked(" ".join(text.split()))
    parts = _MATHS.split(bare)
    shown = "".join(part if at % 2 else _escaped(part) for at, part in enumerate(parts))
    # Only what begins a line is structure, and then the parts have been told apart from it.
    return shown.strip()


def _escaped(text: str) -> str:
    if not text.strip():
        return text
    left = " " if text[0].isspace() else ""
    right = " " if text[-1].isspace() else ""
    return f"{left}{words.escape_markdown(text)}{right}"


def _phrase(text: str) -> str:
    """Write an answer; a phrase of few words ends without a full stop."""
    shown = plain(text)
    return _FULL_STOP.sub("", shown) if words.word_count(shown) <= 4 else shown


def _cloze(text: str) -> Content | str:
    parts = cloze.parse(" ".join(text.split()))
    blanks = [part for part in parts if isinstance(part, cloze.Blank)]
    if not blanks:
        return "The sentence has no blank; write the hidden words as {{words}}."
    if _INSIDE.search(text):
        return "The blank begins inside a word; hide whole words."
    if len(blanks) > 1:
        return "The sentence has more than one blank; hide one phrase."
    built: list[str] = []
    for part in parts:
        if isinstance(part, str):
            built.append(_escaped(words.unmarked(part) if part.strip() else part))
        else:
            inside = plain(part.text)
            if not inside or "{" in inside or "}" in inside or "::" in inside:
                return "The blank hides nothing that can be shown; hide a phrase of words."
            built.append(f"{{{{{inside}}}}}")
    return Cloze(_spaced(parts, built))


def _spaced(parts: tuple[str | cloze.Blank, ...], built: list[str]) -> str:
    """Join the parts with the spaces that stood between them."""
    out = ""
    for part, shown in zip(parts, built, strict=True):
        if isinstance(part, str) and part[:1].isspace() and not shown[:1].isspace():
            shown = f" {shown}"  # noqa: PLW2901
        if isinstance(part, str) and part[-1:].isspace() and not shown[-1:].isspace():
            shown = f"{shown} "  # noqa: PLW2901
        out += shown
    return " ".join(out.split())


def _choice(reply: CardReply) -> Content | str:
    right = _phrase(_LETTER.sub("", reply.answer))
    wrong = [_phrase(_LETTER.sub("", option)) for option in reply.wrong]
    same = {words.letters(right)}
    kept: list[str] = []
    for option in wrong:
        # Models list the right option among the wrong ones now and then.
        if words.letters(option) and words.letters(option) not in same:
            same.add(words.letters(option))
            kept.append(option)
    if len(kept) < 2:
        return "It has fewer than two wrong options that differ from the right one."
    options = [right, *kept[: _MOST_OPTIONS - 1]]
    if optionorder.is_fixed(options):
        ordered = _ascending(options)
    else:
        # Models put the right option first; the order comes from the words, the same every time.
        ordered = sorted(options, key=lambda option: _shuffled(reply.question, option))
    return Choice(plain(reply.question), tuple(ordered), (ordered.index(right),))


def _shuffled(question: str, option: str) -> str:
    return hashlib.sha256(f"{question}\x1f{option}".encode("utf-8", "replace")).hexdigest()


def _ascending(options: list[str]) -> list[str]:
    """Put numbers in their order; what has none of its own stays as it came."""
    values = [min(words.numbers(option), default=None) for option in options]
    if any(value is None for value in values):
        return sorted(options, key=str.casefold)
    return [option for _, option in sorted(zip((v or 0.0 for v in values), options, strict=True))]
