"""Mend in a card's text what is surely wrong and surely safe to change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from quizgen import cardtext
from quizgen.checks.opinions import missing_attribution
from quizgen.checks.row import Context
from quizgen.checks.speech import is_nameless
from quizgen.errors import DeckSyntaxError
from quizgen.model import Basic, Card, Cloze


@dataclass(frozen=True, slots=True)
class Mended:
    """A card's text as it ought to be, and what was changed of it."""

    text: str
    said: tuple[str, ...]


def mend(card: Card, block: str, context: Context, *, year: str = "") -> Mended:
    """Mend a card's text; evidence, code, maths, comments and the stamp stay as they are.

    Of a card that a person kept only the typography changes, and a dropped one stays as it is.
    """
    if card.state == "dropped":
        return Mended(block, ())
    text, said = _set(card, block)
    if card.state == "draft":
        attributed = _attribute(card, text, context, year)
        said += ["credited to its speaker"] if attributed != text else []
        text = attributed
    return Mended(text, tuple(said)) if _is_the_same_card(block, text) else Mended(block, ())


def _is_the_same_card(before: str, after: str) -> bool:
    """Claim that a mended text is still a card of its kind, with its evidence and its options."""
    try:
        old, new = cardtext.parse(before), cardtext.parse(after)
    except DeckSyntaxError:
        return False
    return (old.id, old.evidence, type(old.content)) == (new.id, new.evidence, type(new.content))


# --- typography --------------------------------------------------------------

_ENGLISH: Final = re.compile(
    r"\b(?:the|an?|of|to|and|in|is|are|was|were|what|which|who|how|why|does|do|did)\b",
    re.IGNORECASE,
)
_KEPT: Final = re.compile(
    r"(?P<code>(?<!`)(`+)(?!`).+?(?<!`)\2(?!`))|\$\$.+?\$\$|\$[^$\n]+\$|\]\([^)]*\)|<[^>\s]+>"
    r"|https?://\S+|\\."
)
_Mend = tuple[str, re.Pattern[str], "str | Callable[[re.Match[str]], str]"]
_MENDS: Final[tuple[_Mend, ...]] = (
    ("a doubled space", re.compile(r"(?<=\S) {2,}(?=\S)"), " "),
    # French sets a space before some of these; " .5" and " ..." are something else.
    ("a space before punctuation", re.compile(r"(?<=[\w)”’]) (?=[,.?!;](?:\s|$))"), ""),
    ("a hyphen for a dash", re.compile(r"(?<=[^\W\d_][\w)”’,]) - (?=[^\W\d_])"), " – "),
    ("three dots", re.compile(r"(?<=[\w\s”’\"])\.\.\.(?=[\s”’\"?]|$)"), "…"),
)
_AUX: Final = (
    r"(?:is|are|was|were|do|does|did|can|could|will|would|should|must|has|have|had|may|might)"
)
_QUESTION: Final = re.compile(
    rf"(?:(?:In|According to|On|At|For|Under|Of) [^,?]+, )?"
    rf"(?:(?:what|who|whom|where|when|why|how) {_AUX}"
    rf"|(?:which|what|whose|how (?:many|much|long|far|old|often|large|big|deep|high|tall|fast))"
    rf"(?: [\w'’-]+){{1,4}} {_AUX})\b[^?.!:…]*[\w)”\"*`$]",
    re.IGNORECASE,
)
_UNFINISHED: Final = re.compile(r"(?:\b(?:the|an?|or|and)|_{2,})$", re.IGNORECASE)
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")


def _set(card: Card, block: str) -> tuple[str, list[str]]:
    """Set the lines of a card that are prose; say what was mended, each kind once."""
    said: dict[str, None] = {}
    lines = block.split("\n")
    closing = comment = ""
    for number, line in enumerate(lines):
        if comment:
            comment = "" if "-->" in line else comment
            continue
        fence = _FENCE.match(line)
        if closing or fence:
            is_end = closing and fence and fence[1].startswith(closing)
            closing = "" if is_end else closing or (fence[1] if fence else "")
            continue
        if line.lstrip().startswith("<!--"):
            comment = "" if "-->" in line else "open"
            continue
        if not _is_prose(line):
            continue
        body = line.removesuffix("\r")
        fixed = _line(body, said)
        if number == 0:
            fixed = _asked(card, fixed, said)
        lines[number] = fixed + line[len(body) :]
    return "\n".join(lines), list(said)


def _is_prose(line: str) -> bool:
    return not line.startswith((">", "    ", "\t", "|")) and " | " not in line


def _line(line: str, said: dict[str, None]) -> str:
    if not _ENGLISH.search(line):
        return line
    parts: list[str] = []
    at = 0
    for kept in _KEPT.finditer(line):
        parts += [line[at : kept.start()], kept[0]]
        at = kept.end()
    parts.append(line[at:])
    for index in range(0, len(parts), 2):
        for name, pattern, replacement in _MENDS:
            # The ends of a part touch code or maths, where a space may be meant.
            mended = pattern.sub(replacement, parts[index])
            if mended != parts[index]:
                parts[index] = mended
                said[name] = None
    return "".join(parts)


def _asked(card: Card, line: str, said: dict[str, None]) -> str:
    """Give a question its mark, where nothing but a question can be meant."""
    question = line.removeprefix("##").strip()
    if isinstance(card.content, Cloze) or not _QUESTION.fullmatch(question):
        return line
    if _UNFINISHED.search(question):
        return line
    said["a missing question mark"] = None
    return line.rstrip() + "?"


# --- attribution -------------------------------------------------------------

_OPENS: Final = re.compile(r"(?:What|Which|Who|Whom|Whose|Why|How|When|Where|In|On|At|For) ")


def _attribute(card: Card, block: str, context: Context, year: str) -> str:
    if not isinstance(card.content, Basic) or not missing_attribution(card, context):
        return block
    speakers = {evidence.speaker.strip() for evidence in card.evidence if evidence.speaker.strip()}
    head, rest = block[:2], block[2:].lstrip(" \t")
    if len(speakers) != 1 or not _OPENS.match(rest):
        return block
    (speaker,) = speakers
    if is_nameless(speaker):
        return block
    when = f" ({year})" if year else ""
    return f"{head} According to {speaker}{when}, {rest[0].lower()}{rest[1:]}"
