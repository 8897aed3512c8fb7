"""Tell code between fences from a transcript or prose that somebody pasted between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizgen.layout import labels

_OPENS = re.compile(r"\s{0,3}(?P<mark>`{3,}|~{3,}) ?(?:te?xt|text|plain|transcript)?\s*$")
_SAID = 3
"""Lines with a speaker's label from which on fenced text is a transcript."""
_LONG = 8
"""Words that a line of prose has on the average, at least."""
_STOPS = (*".!?…:", '."', '?"')


def around_words(lines: Sequence[str]) -> frozenset[int]:
    """Give the numbers of the fences, without a language, that stand around words."""
    found: set[int] = set()
    at = 1
    while at <= len(lines):
        opened = _OPENS.match(lines[at - 1]) if lines[at - 1].lstrip()[:1] in ("`", "~") else None
        if opened is None:
            # Another fence holds code, whatever stands in it.
            at = (
                _end(lines, at) + 1 if lines[at - 1].lstrip().startswith(("```", "~~~")) else at + 1
            )
            continue
        end = _end(lines, at)
        inside = [text for line in lines[at : end - 1] if (text := line.strip())]
        if end <= len(lines) and _is_said(inside):
            found |= {at, end}
        at = end + 1
    return frozenset(found)


def _end(lines: Sequence[str], at: int) -> int:
    """Give the line of the closing fence, or one beyond the last line."""
    mark = lines[at - 1].lstrip()[:3]
    for end in range(at + 1, len(lines) + 1):
        text = lines[end - 1].strip()
        if text.startswith(mark) and not text.strip(mark[0]):
            return end
    return len(lines) + 1


def _is_said(inside: Sequence[str]) -> bool:
    if len(inside) < _SAID:
        return False
    said = sum(
        label is not None and not label.loose and len(label.text.split()) >= _SAID
        for label in map(labels.read, inside)
    )
    ended = sum(line.endswith(_STOPS) for line in inside)
    words = sum(len(line.split()) for line in inside)
    prose = words >= _LONG * len(inside) and ended * 10 >= len(inside) * 7
    return prose or (said >= _SAID and said * 3 >= len(inside))
