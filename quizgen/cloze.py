"""Read the blanks of a cloze, as the deck writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_OPENING = re.compile(r"(\\*)\{\{")
_BRACE = re.compile(r"[{}]")
_NUMBER = re.compile(r"c(\d{1,3})::")


@dataclass(frozen=True, slots=True)
class Blank:
    """Words to be hidden; blanks with the same number are hidden together."""

    number: int
    text: str
    hint: str = ""


@lru_cache(maxsize=4096)  # every rule that reads a card asks again
def parse(text: str) -> tuple[str | Blank, ...]:
    r"""Split a question into literal text and blanks, in order.

    Braces balance, so `{{x^{2}}}` is one blank. `\{{` is literal. Opening braces that are never
    closed are text; blanks without a number are numbered 1, 2… by their position.
    """
    parts: list[str | Blank] = []
    literal: list[str] = []
    position = blanks = 0
    for opening in _OPENING.finditer(text):
        if opening.start() < position:
            continue
        literal.append(text[position : opening.start()])
        if opening[1]:
            literal.append(opening[1][1:] + "{{")
            position = opening.end()
            continue
        end = _closing(text, opening.end())
        if end < 0:
            literal.append(text[opening.start() :])
            position = len(text)
            break
        if "".join(literal):
            parts.append("".join(literal))
        literal = []
        blanks += 1
        parts.append(_blank(text[opening.end() : end], blanks))
        position = end + 2
    literal.append(text[position:])
    if "".join(literal):
        parts.append("".join(literal))
    return tuple(parts)


def _closing(text: str, start: int) -> int:
    depth = 0
    for brace in _BRACE.finditer(text, start):
        if brace[0] == "{":
            depth += 1
        elif depth:
            depth -= 1
        else:
            return brace.start() if text.startswith("}}", brace.start()) else -1
    return -1


def _blank(inside: str, position: int) -> Blank:
    numbered = _NUMBER.match(inside)
    if not numbered:
        return Blank(position, inside)
    words, _, hint = inside[numbered.end() :].partition("::")
    return Blank(int(numbered[1]), words, hint)


def is_cloze(text: str) -> bool:
    """Claim that a question has at least one blank."""
    return "{{" in text and any(isinstance(part, Blank) for part in parse(text))


def hidden(text: str) -> tuple[str, ...]:
    """List the hidden words, in order."""
    return tuple(part.text for part in parse(text) if isinstance(part, Blank))


def visible(text: str, blank: str = "____") -> str:
    """Show what a learner sees before answering."""
    return "".join(part if isinstance(part, str) else blank for part in parse(text))


def filled(text: str) -> str:
    """Show the sentence with every blank filled in."""
    return "".join(part if isinstance(part, str) else part.text for part in parse(text))


def escape(text: str) -> str:
    """Write text that is no cloze so that its braces stay literal."""
    return _OPENING.sub(lambda found: "\\" + found[0], text)


def unescape(text: str) -> str:
    """Reverse `escape`."""
    return re.sub(r"\\(\\*\{\{)", r"\1", text)
