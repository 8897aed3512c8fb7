"""Find sponsor reads and self-promotion inside speech and prose."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quizgen.layout.findings import Findings
from quizgen.model import Span


class Advert(NamedTuple):
    """Where an advert stands, as offsets, and what it is."""

    start: int
    end: int
    why: str


ADVERT = "an advert"
SIGN_OFF = "a sign-off"
# A sponsor read is a story between two calls; this many words may stand between them.
BRIDGE = 220
NEAR = 40
SOON = 60
LONGEST = 120
"""Letters that a mark of an advert may have."""

_SHOW = r"(?:show|podcast|episode|video|program(?:me)?|channel|conversation)"
_PLATFORM = r"(?:youtube|spotify|patreon|itunes|apple podcasts?|twitter|instagram)"
_PAID = re.compile(
    rf"\b{_SHOW} is (?:presented|sponsored|supported|brought to you) by\b"
    r"|\b(?:presenting|our|today's|this week's|with these) sponsors?\b"
    r"|\buse (?:the |my |our )?(?:promo(?:tion)? |discount |offer |coupon )?code "
    r"(?!(?:from|to|in|that|for|you|here|we|on|as|with|is|and|above|below|base|which|it)\b)"
    r"|\busing (?:the )?(?:promo |discount )?code (?:[A-Z\"“]|lex\b)"
    r"|\b(?:promo|discount|coupon) code\b|\bget (?:\w+ )?(?:percent|dollars|%) off\b"
    r"|\b(?:sign up|go to|visit) \S{3,40}(?:\.com| dot com)\s?(?:/| slash )"
    rf"|\bsupport for (?:the|this|our|my) {_SHOW} (?:comes|is brought)\b"
    r"|\b(?:percent|%) off (?:your|the) |\bpromo code\b"
    r"|\b(?:ads|as) (?:right )?now(?:,| and)? (?:and )?(?:never|no)\b|\bads in the middle\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    rf"\bsubscribe (?:on|to (?:the|this|our|my) {_SHOW}|on your)\b"
    r"|\b(?:review|rate) it (?:with )?(?:five|5)[ -]stars?\b"
    rf"|\bsupport (?:it|us|me|this {_SHOW}|the {_SHOW}) (?:on|by|at)\b"
    rf"|\bsupporting (?:the|this) {_SHOW}\b|\bconnect with me on\b"
    rf"|\b(?:follow|find) (?:me|us) on {_PLATFORM}\b|\bhit the (?:like|bell|subscribe)\b"
    r"|\bcheck out (?:our|the) sponsors\b|\bleave (?:us )?a review\b"
    r"|\bsubscribe wherever you\b",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?:and )?(?:thanks|thank you)(?: so much)? for (?:listening|watching|tuning in)\b"
    r"|until next (?:week|time)\b|goodbye\b"
    r"|(?:i )?hope to see you next time\b|see you (?:next time|in the next)\b",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"doesn't hurt the listening experience|you get (?:ten|\d+) dollars|will also donate"
    r"|free trial|app store|google play|\bno (?:more )?ads\b|\btell (?:one|a) friend\b",
    re.IGNORECASE,
)
_RESUMES = re.compile(
    r"\b(?:here(?:'s| is) my conversation|enough of that|without further ado"
    r"|let's (?:get|jump|dive) "
    r"(?:back |right )?in|back to the (?:show|conversation|episode|interview))\b",
    re.IGNORECASE,
)
# A mark that stands beside adverts counts only there: talk of an app store may be the subject.
PAID, OWN, BESIDE = 3, 2, 1
_MARKS = ((PAID, _PAID), (OWN, _OWN), (BESIDE, _AROUND))
_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])")


def in_prose(text: str) -> tuple[Advert, ...]:
    """Find adverts in punctuated text, cut at sentence ends."""
    if not (_PAID.search(text) or _OWN.search(text) or _SIGN_OFF.search(text)):
        return ()
    sentences = tuple(split(text))
    marks: list[tuple[int, int]] = []
    spans: list[Advert] = []
    for index, (start, end) in enumerate(sentences):
        sentence = text[start:end]
        if weight := next((row for row, mark in _MARKS if mark.search(sentence)), 0):
            marks.append((index, weight))
        elif _SIGN_OFF.match(sentence):
            spans.append(Advert(start, end, SIGN_OFF))
    words = [0]
    for start, end in sentences:
        words.append(words[-1] + text.count(" ", start, end) + 1)
    spans += [
        Advert(sentences[first][0], sentences[last][1], ADVERT)
        for first, last in _bridge(marks, words)
    ]
    return tuple(_joined(sorted(spans), text))


def kept(findings: Findings, text: str, span: Span) -> Sequence[tuple[str, bool]]:
    """Give the parts of a text around adverts, which are dropped.

    Each part comes with whether it begins the text: what an advert interrupts stays in two.
    """
    parts: list[tuple[str, bool]] = []
    start = 0
    for advert in in_prose(text):
        if before := text[start : advert.start].strip():
            parts.append((before, start == 0))
        findings.drop(span, advert.why, text=text[advert.start : advert.end])
        start = advert.end
    if rest := text[start:].strip():
        parts.append((rest, start == 0))
    return parts


class Lines(NamedTuple):
    """Lines that an advert fills, as indexes, and how many letters of the last are its own."""

    first: int
    last: int
    letters: int


def in_captions(lines: Sequence[str]) -> tuple[Lines, ...]:
    """Find adverts in unpunctuated lines."""
    ends: list[int] = []
    words: list[int] = [0]
    length = 0
    for line in lines:
        length += len(line) + 1
        ends.append(length)
        words.append(words[-1] + len(line.split()))
    text = " ".join(lines)
    marks = [(index, weight) for weight, mark in _MARKS for index in _lines_of(mark, text, ends)]
    resumes = [match.start() for match in _RESUMES.finditer(text)]
    found: list[Lines] = []
    for first, marked in _bridge(marks, words):
        # Captions have no sentence to end with: the advert runs until the talk is announced,
        # where that comes soon, and else to the end of its last line.
        begin = ends[marked] - len(lines[marked]) - 1
        end = max((mark.end() for mark in _ends(text, begin, ends[marked])), default=begin)
        stop = next((at for at in resumes if at >= end), None)
        if stop is None or text.count(" ", ends[marked], stop) > SOON:
            stop = ends[marked] - 1
        last = bisect.bisect_left(ends, stop)
        letters = stop - (ends[last] - len(lines[last]) - 1)
        found.append(Lines(first, last, letters))
    return tuple(found)


def _ends(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """Find the marks of adverts that end in a stretch of text; they may begin before it."""
    for _, pattern in _MARKS:
        for match in pattern.finditer(text, max(0, start - LONGEST), stop):
            if match.end() > start:
                yield match


def split(text: str) -> Iterator[tuple[int, int]]:
    """Give the offsets of each sentence."""
    start = 0
    for stop in _SENTENCE.finditer(text):
        yield start, len(text[start : stop.end()].rstrip()) + start
        start = stop.end()
    if start < len(text):
        yield start, len(text)


def _bridge(marks: Sequence[tuple[int, int]], words: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Join marks that stand close together into spans of first and last unit.

    Two marks of paid promotion may have a story between them; others must nearly touch.
    """
    ordered = sorted(marks)
    paid = [at for at, weight in ordered if weight == PAID]
    told: set[int] = set()
    for at, after in itertools.pairwise(paid):
        if words[after] - words[at + 1] <= BRIDGE:
            told.update(range(at, after + 1))
    units = sorted({(at, weight) for at, weight in ordered} | {(at, PAID) for at in told})
    group: list[tuple[int, int]] = []
    for at, weight in units:
        if group and words[at] - words[group[-1][0] + 1] > NEAR:
            if any(earlier > BESIDE for _, earlier in group):
                yield group[0][0], group[-1][0]
            group = []
        group.append((at, weight))
    if any(weight > BESIDE for _, weight in group):
        yield group[0][0], group[-1][0]


def _lines_of(pattern: re.Pattern[str], text: str, ends: Sequence[int]) -> Iterator[int]:
    index = 0
    for match in pattern.finditer(text):
        while ends[index] <= match.start():
            index += 1
        yield index
        last = index
        while ends[last] < match.end():
            last += 1
        yield last


def _joined(spans: Sequence[Advert], text: str) -> Iterator[Advert]:
    """Join spans with nothing but white space between them."""
    held: Advert | None = None
    for span in spans:
        if held and (span.start <= held.end or not text[held.end : span.start].strip()):
            held = Advert(held.start, max(held.end, span.end), ADVERT)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held
