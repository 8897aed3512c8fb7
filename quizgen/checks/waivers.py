"""Read which rules a person waives for a card, and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

_FENCE: Final = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_COMMENT: Final = re.compile(r"[ \t]*<!--(?P<said>.*?)-->", re.DOTALL)
_WAIVE: Final = re.compile(
    r"\s*waive\b\s*(?P<rule>[\w-]*)\s*(?P<colon>:?)\s*(?P<why>.*?)\s*", re.DOTALL
)
_FIRM: Final = frozenset(("malformed",))


@dataclass(frozen=True, slots=True)
class Waiver:
    """One comment that begins with `waive`; `line` counts from 0, the text's first."""

    rule: str
    why: str
    line: int


def read(text: str) -> tuple[Waiver, ...]:
    """List the waivers of a card, or of the text between cards; code fences hold none."""
    return tuple(
        Waiver(found["rule"], found["why"] if found["colon"] else "", line)
        for line, said in _comments(text)
        if (found := _WAIVE.fullmatch(said))
    )


def trouble(waiver: Waiver, rules: Collection[str]) -> str:
    """Say what is wrong with a waiver, empty when nothing is."""
    example = "`<!-- waive vague-question: the heading is the question -->`"
    if not waiver.rule:
        return f"A waiver names a rule and a reason: {example}."
    if waiver.rule not in rules:
        return f"There is no rule {waiver.rule!r} to waive: `quizgen check --help` lists the rules."
    if waiver.rule in _FIRM:
        return f"{waiver.rule!r} cannot be waived: an export refuses the card, so mend it."
    if not waiver.why:
        return f"The waiver of {waiver.rule!r} has no reason: write one after a colon."
    return ""


def _comments(text: str) -> Iterator[tuple[int, str]]:
    """Yield the comments that begin a line outside code, with the number of that line."""
    if "<!--" not in text:
        return
    at = line = 0
    closing = ""
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        fence = _FENCE.match(text, at, end)
        if closing:
            if fence and fence[1].startswith(closing) and not text[fence.end() : end].strip():
                closing = ""
        elif fence:
            closing = fence[1]
        elif found := _COMMENT.match(text, at):
            yield line, found["said"]
            line += text.count("\n", at, found.end())
            end = text.find("\n", found.end())
            end = len(text) if end < 0 else end
        at, line = end + 1, line + 1
