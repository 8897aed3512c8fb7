"""Tell what a single line is by its shape."""

from __future__ import annotations

import re
from typing import NamedTuple

from quizgen.words import unmarked

STAMP = r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d"
END = (".", "!", "?", "…", ";", ",")
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)$")
_BULLET = re.compile(r"\s*(?:[-*+•–·◦▪‣●○]|– )[ \t]+(?:\[[ xX]\][ \t]+)?(\S.*)$")
_ITEM = re.compile(r"\s*(\d{1,3})[.)][ \t]+(\S.*)$")
_NUMBER = re.compile(r"\s*#?(\d{1,3})[.)]?\s*$")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|(?:=\s*){3,}|[~•·⸻—]+\s*)$")
_STAMP_ALONE = re.compile(
    rf"\s*(?:\*\*)?[\[(]?({STAMP})[\])]?(?:\((\S+?)\))?(?:\*\*)?"
    rf"(?:\s*(?:-->|[-–—])\s*{STAMP})?\s*$"
)
_STAMPED = re.compile(
    rf"\s*(?:[-*+•–]\s+)?(?:\*\*)?[\[(]?({STAMP})[\])]?(?:\((\S+?)\))?(?:\*\*)?"
    r"\s*[-–—:|]?\s*(\S.*)$"
)
_COUNTER = re.compile(
    r"\s*(\d{1,3})\s+(?:key\s+|main\s+|big\s+)?"
    r"(ideas?|quotes?|insights?|takeaways?|points?|chapters?|topics?|questions?)\s*$",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?\)$")
_URL = re.compile(r"(?:[^\s:]{1,30}(?: [^\s:]{1,30}){0,4}:?\s+)?<?https?://\S+>?\s*$")
_QUESTION = re.compile(r"\s*(?:\*\*)?(Q|Question|A|Answer)(?: ?\d{1,3})?[:.](?:\*\*)?[ \t]+(\S.*)$")


class Stamped(NamedTuple):
    """A line with a time: where it stands in the recording, its link, and the rest."""

    seconds: int
    url: str
    text: str


def seconds(stamp: str) -> int:
    """Turn `1:02:03` or `62:03` into seconds."""
    total = 0
    for part in stamp.split(":"):
        total = total * 60 + int(part)
    return total


def heading(line: str) -> tuple[int, str] | None:
    """Take a Markdown heading apart into its level and its words."""
    match = _HEADING.match(line)
    if match is None:
        return None
    words = match[2].rstrip()
    bare = words.rstrip("#")
    if bare != words and bare.endswith((" ", "\t")):
        words = bare.rstrip()
    return (len(match[1]), unwrap(words)) if words else None


def bullet(line: str) -> str:
    """Give the words of a bulleted line, or nothing."""
    match = _BULLET.match(line)
    return match[1].rstrip() if match else ""


def numbered(line: str) -> tuple[int, str] | None:
    """Take `3. Words` apart."""
    match = _ITEM.match(line)
    return (int(match[1]), match[2].rstrip()) if match else None


def number(line: str) -> int:
    """Give the number that stands alone on a line, or 0."""
    match = _NUMBER.match(line)
    return int(match[1]) if match else 0


def is_rule(line: str) -> bool:
    """Claim that the line only separates."""
    return len(line) <= 200 and _RULE.match(line) is not None


def stamp(line: str) -> Stamped | None:
    """Read a time alone on its line, with or without a link."""
    match = _STAMP_ALONE.match(line) if len(line) <= 200 else None
    return Stamped(seconds(match[1]), match[2] or "", "") if match else None


def stamped(line: str) -> Stamped | None:
    """Read a line that begins with a time."""
    match = _STAMPED.match(line)
    return Stamped(seconds(match[1]), match[2] or "", match[3].rstrip()) if match else None


def counter(line: str) -> tuple[int, str] | None:
    """Read `5 ideas`: how many, and of what, in the singular."""
    match = _COUNTER.match(line)
    return (int(match[1]), match[2].casefold().rstrip("s")) if match else None


def question(line: str) -> tuple[str, str] | None:
    """Read a line that begins with `Q:` or `A:`; the first letter tells which."""
    match = _QUESTION.match(line)
    return (match[1][0].casefold(), match[2].rstrip()) if match else None


def is_link(line: str) -> bool:
    """Claim that there is nothing on the line but an address, perhaps with its label."""
    text = line.strip()
    return len(text) <= 400 and (_URL.match(text) is not None or _LINK.match(text) is not None)


def is_caps(line: str) -> bool:
    """Claim that a line is set in capitals, as headings are: commas and digits do not matter."""
    text = line.strip()
    if len(text) > 120:
        return False
    letters = [character for character in text if character.isalpha()]
    return (
        len(letters) >= 4
        and all(not letter.islower() for letter in letters)
        and any(letter.isupper() for letter in letters)
        and not text.endswith((".", "!", ";", ","))
    )


def is_title_case(text: str) -> bool:
    """Claim that most of the long words have a capital, as in a title."""
    words = [word.strip("\"'“”‘’()[]:,") for word in text.split()]
    long = [word for word in words if len(word) > 3]
    if not words or not words[0][:1].isupper():
        return False
    capital = sum(word[0].isupper() or not word[0].isalpha() for word in long)
    return capital * 10 >= len(long) * 6


def is_doubled(line: str) -> bool:
    """Claim that a line says the same twice without a break, as a copied logo does."""
    text = line.strip()
    half = len(text) // 2
    return 4 <= half <= 60 and text[:half].strip() == text[-half:].strip() and text[0].isupper()


def unwrap(text: str) -> str:
    """Strip emphasis, quotation marks or a link that span all of a text."""
    text = text.strip()
    for mark in ("**", "__", "*", "_"):
        inner = text[len(mark) : -len(mark)]
        if len(text) > 2 * len(mark) and text == f"{mark}{inner}{mark}" and mark not in inner:
            return unwrap(inner)
    match = _LINK.match(text)
    return match[1].strip() if match and match[1].strip() else text


def bold(line: str) -> str:
    """Give the words of a line that is bold as a whole and ends no sentence, or nothing."""
    text = line.strip()
    inner = text[2:-2]
    whole = text.startswith("**") and text.endswith("**") and "**" not in inner
    return unmarked(inner) if whole and inner.strip() else ""


def unquote(text: str) -> str:
    """Strip quotation marks that enclose all of a text."""
    text = text.strip()
    close = _QUOTES.get(text[:1], "")
    inner = text[1:-1]
    if close and len(text) > 2 and text.endswith(close) and not {text[0], close} & set(inner):
        return inner.strip()
    return text


def fold(text: str) -> str:
    """Write every run of white space as one space."""
    return " ".join(text.split())
