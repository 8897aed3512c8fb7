"""Tell who said a quotation, from what stands behind it or on the line below it."""

from __future__ import annotations

import re

from quizgen.layout import citations, names, shapes
from quizgen.layout.blocks import Block
from quizgen.layout.findings import Findings
from quizgen.model import Piece
from quizgen.words import unmarked

OPENS = ("“", '"', "„", "«", "”")
TIME = re.compile(rf"(?<![\d:])({shapes.STAMP})(?![\d:])")
TAIL = re.compile(r"\s*[\[(]([^()\[\]]{1,80})[\])]\s*$")
_SOURCE = re.compile(rf"\s+[—–-]\s*(?=[^\W\d_]|[\[(]?{shapes.STAMP})")
_PARTS = re.compile(r"\s*[,·•|;()\[\]]\s*")
# A name right behind the closing mark, perhaps without a space.
_BEHIND = re.compile(r"([“\"„«”].{12,}[”\"“»])\s*([A-Z][\w.'’ -]{2,40})")
_CLOSED = ('"', "”", "»", "’")
_DASHES = ("—", "–", "―", "--", "- ", "~")
_ON = re.compile(
    r" (?:about|after|at|before|describing|during|from|on|remembering|speaking|to|writing)\b"
    r"| in (?:an?|her|his|their|\d)"
)
_WORDS = 20
"""Words that a line has at most which says who said something."""
_SHORT = 4


def is_credit(line: str, above: str) -> bool:
    """Claim that a line says who said the words on the line above it.

    It is in italics as a whole, begins with a dash, or is no sentence below a quoted one.
    """
    text, said = line.strip(), above.strip()
    bare = unmarked(shapes.fold(text))
    if _is_italic(text):
        return not _is_italic(said)
    if text.startswith("- "):
        return not said.startswith("- ") and _is_brief(bare)
    if text.startswith(_DASHES):
        return not said.startswith(_DASHES)
    quoted = unmarked(shapes.fold(said)).endswith(_CLOSED[:3])
    return quoted and bare[:1].isupper() and _is_brief(bare) and not text.startswith(OPENS)


def stands_after(findings: Findings, block: Block) -> bool:
    """Claim that a line apart from a block quotation says who said it."""
    text = findings.lines[block.first - 1].strip()
    if block.shape not in ("paragraph", "bullet") or not block.is_single:
        return False
    dash = text.startswith(("—", "–", "―", "--")) and not shapes.is_rule(text)
    return (dash or _is_italic(text)) and _is_brief(block.text)


def who(line: str) -> tuple[str, int | None]:
    """Give the name on a line that says who said something, and when: each may be missing."""
    bare = unmarked(shapes.fold(line)).lstrip("—–―-~ ")
    name, seconds = credit(bare)
    seconds = citations.first(line) if seconds is None else seconds
    if name or seconds is not None:
        return name, seconds
    said_by = bare.partition(",")[0].partition("(")[0].strip()
    if names.is_full_name(person := _ON.split(said_by)[0]):
        return person, None
    # "— my grandmother" is nobody's name, but says who it was.
    dash = line.strip().startswith(_DASHES) and len(said_by.split()) <= _SHORT
    return (said_by if dash else "", None)


def below(block: Block) -> str:
    """Give the last line of an item if it says who said the quotation above it."""
    if not block.more:
        return ""
    above = block.more[-2] if len(block.more) > 1 else block.text
    line = block.more[-1].strip()
    words = unmarked(shapes.fold(line))
    told = len(block.more) > 1 or block.text.removesuffix(words).rstrip() != block.text
    above = above if len(block.more) > 1 else block.text.removesuffix(words)
    return line if told and is_credit(line, above) and block.text.endswith(words) else ""


def attributed(block: Block) -> Piece:
    """Read one block as a quote, with the speaker and the time that stand behind it."""
    text, speaker, seconds = block.text, "", None
    if line := below(block):
        text = text.removesuffix(unmarked(shapes.fold(line))).rstrip()
        speaker, seconds = who(line)
    tail = TAIL.search(text)
    if tail and (TIME.search(tail[1]) or text[: tail.start()].rstrip().endswith(_CLOSED)):
        found = credit(tail[1])
        if found != ("", None):
            text, (speaker, seconds) = text[: tail.start()], found
    cuts = [cut for cut in _SOURCE.finditer(text) if len(text) - cut.end() <= 60]
    if cuts and not speaker:
        name, at = credit(text[cuts[-1].end() :])
        if name or at is not None:
            text, speaker = text[: cuts[-1].start()], name
            seconds = at if seconds is None else seconds
    if not speaker and (behind := _BEHIND.fullmatch(text)) and names.is_full_name(behind[2]):
        text, speaker = behind[1], behind[2]
    said = shapes.unquote(shapes.unwrap(text))
    seconds = block.cited if seconds is None else seconds
    return Piece("quote", said, block.span, speaker=speaker, seconds=seconds)


def credit(text: str) -> tuple[str, int | None]:
    """Read who said something and when, in either order: `Ada Voss, 12:31`."""
    time = TIME.search(text)
    parts = [part.strip(" *_") for part in _PARTS.split(text) if part.strip(" *_")]
    name = next((part for part in parts[:2] if not TIME.search(part)), "")
    # After a time comes as often why the words were chosen, which is no name.
    after_time = bool(parts) and TIME.search(parts[0]) is not None
    known = names.is_full_name(name) if after_time else names.is_name(name)
    return (name if known else "", shapes.seconds(time[1]) if time else None)


def next_line(findings: Findings, quote: Piece, block: Block) -> tuple[bool, str]:
    """Tell whether a block says who said the quote above it, and give the name if it has one."""
    bare = block.text.lstrip("—–-~ ")
    if block.shape not in ("paragraph", "bullet") or not block.is_single:
        return False, ""
    if _is_italic(raw := findings.lines[block.first - 1].strip()):
        above = findings.lines[quote.lines[1] - 1]
        return (True, who(raw)[0]) if is_credit(raw, above) else (False, "")
    if len(bare) > 80:
        return False, ""
    known = next((one.name for one in findings.people if one.name == bare), "")
    if known or (bare != block.text and not bare.endswith((".", "!"))):
        return True, known or bare.partition(",")[0].strip()
    name = bare.partition(",")[0].partition("(")[0].strip(" *_")
    return (True, name) if names.is_full_name(name) else (False, "")


def _is_italic(line: str) -> bool:
    """Claim that a line is in italics from end to end."""
    mark, inner = line[:1], line[1:-1]
    return mark in ("*", "_") and line.endswith(mark) and inner.strip() != "" and mark not in inner


def _is_brief(text: str) -> bool:
    return len(text.split()) <= _WORDS and not text.endswith(shapes.END)
