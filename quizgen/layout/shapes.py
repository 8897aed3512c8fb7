"""Tell what a single line is by its shape."""

from __future__ import annotations

import re
from typing import NamedTuple

from quizgen.words import unmarked

STAMP = r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3}(?!\d))?"
END = (".", "!", "?", "…", ";", ",")
MARKS = frozenset("-*–▪◦●○")
"""Marks of items that may stand alone on a line, their words on the next."""
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)$")
_BULLET = re.compile(r"\s*(?:[-*+•–·◦▪‣●○]|– )[ \t]+(?:\[[ xX]\][ \t]+)?(\S.*)$")
_ITEM = re.compile(r"\s*(\d{1,3})[.)][ \t]+(\S.*)$")
_NUMBER = re.compile(r"\s*#?(\d{1,3})[.)]?\s*$")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|(?:=\s*){3,}|[~•·⸻—]+\s*)$")
_STAMP_ALONE = re.compile(
    rf"\s*(?:\*\*)?[\[(]?({STAMP})[\])]?(?:\((\S+?)\))?(?:\*\*)?"
    rf"(?:\s*(?:-->|[-–—])\s*{STAMP})?\s*:?\s*$"
)
_STAMPED = re.compile(
    rf"\s*(?:[-*+•–]\s+)?(?:\*\*)?[\[(]?({STAMP})[\])]?(?:\((\S+?)\))?(?:\*\*)?"
    r"\s*(?:[-–—:|]\s*)?(\S.*)$"
)
_COUNTER = re.compile(
    r"\s*(\d{1,3})\s+(?:key\s+|main\s+|big\s+)?"
    r"(ideas?|quotes?|insights?|takeaways?|points?|chapters?|topics?|questions?)\s*$",
    re.IGNORECASE,
)
# Pictures that pages put in front of headings and items; arrows and dingbats are among them.
_PICTURE = (
    r"(?:[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d"
    r"\U0001f000-\U0001faff][\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]*|[0-9#*]\ufe0f?\u20e3)"
)
_PICTURES = re.compile(rf"\s*((?:{_PICTURE}\s*)+)")
_TRAILING_PICTURES = re.compile(rf"(?<!\s)(?:\s*{_PICTURE})+\s*$")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?\)$")
_WIKI_LINKS = re.compile(
    r"(?:(?:\*\*)?[\w /-]{2,30}:(?:\*\*)? ?)?\[\[[^\[\]]+\]\](?:, ?\[\[[^\[\]]+\]\])*\.?"
)
_URL = re.compile(r"(?:[^\s:]{1,30}(?: [^\s:]{1,30}){0,4}:?\s+)?<?https?://\S+>?\s*$")
_QUESTION = re.compile(
    r"\s*(?:\*\*)?(Q|Question|A|Answer)(?: ?\d{1,3})?(?P<mark>[:.])(?:\*\*)?[ \t]+(?P<said>\S.*)$"
)


class Stamped(NamedTuple):
    """A line with a time: where it stands in the recording, its link, and the rest."""

    seconds: int
    url: str
    text: str


def seconds(stamp: str) -> int:
    """Turn `1:02:03`, `62:03` or `0:08.5` into whole seconds."""
    total = 0
    for part in stamp.partition(".")[0].partition(",")[0].split(":"):
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
    return (len(match[1]), undecorated(words)) if words else None


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
    item = bullet(line)
    match = _QUESTION.match(item or line)
    # "A. Baker (1971)" in a list is an author, whose first name is not told.
    if match is None or (item and match["mark"] == "."):
        return None
    return match[1][0].casefold(), match["said"].rstrip()


def is_link(line: str) -> bool:
    """Claim that there is nothing on the line but an address, perhaps with its label."""
    text = line.strip()
    if len(text) > 400:
        return False
    address = _URL.match(text) or _LINK.match(text) or _WIKI_LINKS.fullmatch(text)
    return address is not None


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


def is_fragment(line: str) -> bool:
    """Claim that a line is a few words that end no sentence."""
    text = line.strip()
    return text != "" and len(text.split()) <= 12 and not text.endswith(END)


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


def picture(line: str) -> str:
    """Give the pictures that a line opens with, or nothing."""
    match = _PICTURES.match(line)
    return match[1] if match and match.end() < len(line) else ""


def undecorated(text: str) -> str:
    """Take pictures and emphasis from around the words of a heading."""
    bare = unwrap(text)
    bare = _PICTURES.sub("", bare, count=1) if picture(bare) else bare
    return unwrap(_TRAILING_PICTURES.sub("", bare)) or text


def unquote(text: str) -> str:
    """Strip quotation marks that enclose all of a text."""
    text = text.strip()
    close = _QUOTES.get(text[:1], "")
    inner = text[1:-1]
    if close and len(text) > 2 and text.endswith(close) and _closes(inner, text[0], close):
        return inner.strip()
    return text


def _closes(inner: str, start: str, close: str) -> bool:
    """Claim that each quotation inside of another one is closed there."""
    if start == close:
        return start not in inner
    depth = 0
    for character in inner:
        depth += (character == start) - (character == close)
        if depth < 0:
            return False
    return depth == 0


def fold(text: str) -> str:
    """Write every run of white space as one space."""
    return " ".join(text.split())
