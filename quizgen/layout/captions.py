"""Read raw captions: short lines without sentences, speakers or times."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.layout import adverts, facts, furniture, language, shapes
from quizgen.layout.findings import Findings
from quizgen.model import Piece

WORDS = 80
"""A passage closes when it has this many words."""
_HEADER = 10


def claims(lines: Sequence[str]) -> bool:
    """Claim that the lines are captions: many, short, cut anywhere, hardly a blank line."""
    filled = [line.strip() for line in lines if line.strip()]
    if any(line.casefold() == "kind: captions" for line in filled[:_HEADER]):
        return True
    count = len(filled)
    if count < 30 or (len(lines) - count) * 10 > count:
        return False
    ended = sum(line.endswith((".", "!", "?", ":")) for line in filled)
    lower = sum(line[0].islower() or line[0].isdigit() for line in filled)
    words = sum(len(line.split()) for line in filled)
    length = sum(map(len, filled))
    # Where each line stands below its time, the times are worth keeping: no raw captions.
    marks = (shapes.bullet, shapes.stamped, shapes.stamp)
    marked = sum(any(mark(line) for mark in marks) for line in filled)
    return (
        length <= 50 * count
        and words >= 3 * count
        and ended * 100 <= 35 * count
        and lower * 100 >= 60 * count
        and marked * 20 <= count
    )


def read(findings: Findings) -> None:
    """Cut captions into passages at line ends, without header, footer and adverts."""
    lines = findings.lines
    filled = [at for at, line in enumerate(lines, start=1) if line.strip(" \t>")]
    for at, line in enumerate(lines, start=1):
        if line.strip() and not line.strip(" \t>"):
            # A mark of quotation with nothing behind it.
            findings.drop((at, at), "no words in it")
    start = _header(findings, filled)
    end = len(filled)
    while end > start and (reason := _beside(lines[filled[end - 1] - 1])):
        findings.drop((filled[end - 1], filled[end - 1]), reason)
        end -= 1
    body = filled[start:end]
    texts = [shapes.fold(lines[at - 1]) for at in body]
    findings.language = findings.language or language.guess(" ".join(texts))
    index = 0
    for advert in adverts.in_captions(texts):
        _passages(findings, body[index : advert.first], texts[index : advert.first])
        whole = texts[advert.last]
        texts[advert.last] = whole[: advert.letters].rstrip()
        said = " ".join(texts[advert.first : advert.last + 1])
        findings.drop((body[advert.first], body[advert.last]), adverts.ADVERT, text=said)
        # The talk may go on amid the advert's last line.
        texts[advert.last] = whole[advert.letters :]
        index = advert.last + (not texts[advert.last])
    _passages(findings, body[index:], texts[index:])


def _header(findings: Findings, filled: Sequence[int]) -> int:
    """Read title and facts above the captions; give how many lines they take."""
    for index, at in enumerate(filled[:_HEADER]):
        line = findings.lines[at - 1].strip()
        told = facts.read(line)
        if told:
            findings.absorb(told, (at, at))
        elif index == 0 and line[0].isupper() and not line.endswith(shapes.END):
            findings.title = line
            findings.absorb(facts.of_title(line), (at, at), where="title")
        elif reason := _beside(line):
            findings.drop((at, at), reason)
        else:
            return index
    return min(_HEADER, len(filled))


def _beside(line: str) -> str:
    """Say why a line above or below captions is none, or nothing.

    Captions are in lower case, so a few words with a capital are a button or a heading.
    """
    line = line.strip()
    if reason := furniture.why(line, edge=True):
        return reason
    words = line.split()
    alone = len(words) <= 3 and words[0] not in ("I", "I'm", "I've", "I'll", "I'd")
    return "furniture" if alone and words[0].istitle() and not line.endswith(shapes.END) else ""


def _passages(findings: Findings, body: Sequence[int], texts: Sequence[str]) -> None:
    """Divide lines into passages of nearly equal length, none of them a mere tail."""
    left = sum(len(text.split()) for text in texts)
    first = 0
    held = 0
    for index, text in enumerate(texts):
        count = len(text.split())
        held += count
        left -= count
        last = index + 1 == len(texts)
        if last or (held >= WORDS and left >= WORDS // 2):
            words = " ".join(texts[first : index + 1])
            findings.pieces.append(Piece("caption", words, (body[first], body[index])))
            first, held = index + 1, 0
