"""Find the lines of a document that are speech, and cut each into what its speakers say."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quizgen.layout import cues, fences, labels, names, shapes, speakers
from quizgen.layout.cues import ENOUGH, Part
from quizgen.layout.labels import Label
from quizgen.layout.speakers import Cast, Line


@dataclass(frozen=True, slots=True)
class Speech:
    """What each line of speech holds, and who speaks; all of it empty where nobody does."""

    parts: Mapping[int, tuple[Part, ...]] = field(default_factory=dict[int, tuple[Part, ...]])
    cast: Cast = field(default_factory=Cast)

    @property
    def people(self) -> tuple[str, ...]:
        """Name everyone who speaks, in order."""
        said = (part.name for parts in self.parts.values() for part in parts if part.shape in _SAID)
        return tuple(dict.fromkeys(name for name in said if name))


_SAID = ("label", "spoken")
_STOPS = (*".!?…:—–-\"”’')]>",)
_CHEVRONS = re.compile(r"(?:^|(?<=\s))>>(?!>)\s?")
_AFTER_CHEVRONS = re.compile(r"(?:^\s*|[.!?…\"”-]\s)>>(?!>)\s?(?=\S)")
_ITEM = re.compile(r"\s*(?:[-*+•–·◦▪‣●○]|\d{1,3}[.)])[ \t]+")
_ADDRESSED = re.compile(
    r"(?:(?<=\s)|^)(?P<name>(?:The|Mr\.|Ms\.|Mrs\.|Dr\.|Senator|Representative|Chairman|Chairwoman"
    r"|Judge|Justice|Secretary|General|Admiral|Governor|Mayor)"
    r" [A-Z][A-Za-z'’-]{0,20}[A-Z]{2}(?: [A-Z]{2,20})?)\. +(?=[A-Z\"“\[(])"
)
_ASKED = re.compile(r"(?:(?<=\s)|^)(?P<who>Q|A|Question|Answer): +(?=\S)")
_PAGE = re.compile(r"[\s\d]{0,8}$")
_STAGE = re.compile(r"\s*(?:\[[^\[\]]{2,60}\]|\([^()]{2,60}\))\s*$")
_AGENDA = re.compile(r"\s*\[(\d{1,2}\. [^\[\]]{2,80})\]\s*$")
_TRANSCRIPT = re.compile(r"\s*(?:full |episode )*transcript\s?\([^()]{2,60}\)\s*$", re.IGNORECASE)
_PLAYER = re.compile(rf"\s*{shapes.STAMP}(?:\s*/\s*|\s+){shapes.STAMP}\s*$")
_WORDS = re.compile(r"[^\W\d_]{3}")
_FENCES = ("```", "~~~")
_CAST_ENOUGH = 2


def find(lines: Sequence[str], start: int = 1) -> Speech:
    """Find speech from line `start` on."""
    open_lines = tuple(_open(lines, start))
    headings = sum(shapes.heading(line) is not None for line in lines[start - 1 :])
    parts = cues.read(open_lines)
    rest = [line for line in open_lines if line.at not in parts]
    chevrons = _chevrons(rest, enough=1 if cues.has_clocks(parts) else ENOUGH)
    if chevrons:
        parts |= chevrons
        parts |= _capitals(rest, parts)
        parts |= _marks(rest, parts)
        return Speech(parts)
    if addressed := _addressed(rest):
        parts |= addressed
        return Speech(parts | _marks(rest, parts))
    listed = _listed(rest)
    found = speakers.cast(listed or rest)
    timed = any(shapes.stamp(line.text) for line in open_lines)
    if not timed and _is_template(found, headings):
        found = Cast()
    if found.said:
        # Where nobody asks, "A. Lincoln" is no answer.
        asking = any(shapes.question(line.text) and "Q" in line.text[:4] for line in rest)
        for line in listed or rest:
            if label := found.said.get(line.at):
                parts[line.at] = tuple(_turn(label))
            elif asking and (asked := _question(line)):
                parts[line.at] = (Part("label", asked),)
            elif shapes.question(line.text):
                parts[line.at] = (Part("paragraph", line.text.strip()),)
            elif listed and line.text.strip():
                parts[line.at] = (Part("spoken", line.text.strip()),)
            elif cut := _cut(line):
                parts[line.at] = cut
        parts |= _marks(rest, parts)
    else:
        parts |= _asked(rest, announced=speakers.says_transcript(open_lines) > 0)
        parts |= _timed(rest)
        if sum(part.shape in ("stamp", "spoken") for held in parts.values() for part in held) > 2:
            parts |= _marks(rest, parts)
    return Speech(parts, found)


def _open(lines: Sequence[str], start: int) -> Iterator[Line]:
    """Give the lines that may hold speech: no code, comments or headings."""
    fence = ""
    above = ""
    bare = fences.around_words(lines)
    for at in range(start, len(lines) + 1):
        line = "" if at in bare else lines[at - 1]
        text = line.strip()
        if fence:
            fence = "" if text.endswith(fence) else fence
        elif text.startswith(_FENCES):
            fence = text[:3]
        elif text.startswith("<!--"):
            fence = "" if text.endswith("-->") else "-->"
        elif shapes.heading(line) is None:
            opens = not above or above.endswith(_STOPS) or shapes.stamp(above) is not None
            yield Line(at, line, opens)
        above = text


def _is_template(found: Cast, headings: int) -> bool:
    """Claim that labels fill a form under each of many headings, and nobody takes turns."""
    timed = any(label.seconds is not None for label in found.said.values())
    return not timed and headings * 2 >= len(found.said) > 0 and headings > _CAST_ENOUGH


def _turn(label: Label) -> Iterator[Part]:
    """Give a labelled line, cut at the times within it."""
    cut = list(cues.inside(label.text)) or [(None, "")]
    for index, (seconds, text) in enumerate(cut):
        if index:
            yield Part("spoken", text, label.name, seconds)
        else:
            at = label.seconds if seconds is None else seconds
            yield Part("label", text, label.name, at)


def _cut(line: Line) -> tuple[Part, ...]:
    """Cut a line of a turn that has no label at the times within it."""
    if shapes.bullet(line.text) or "[" not in line.text:
        return ()
    found = list(cues.inside(line.text))
    if all(seconds is None for seconds, _ in found):
        return ()
    return tuple(
        Part("paragraph" if seconds is None else "spoken", text, "", seconds)
        for seconds, text in found
    )


def _question(line: Line) -> str:
    """Give what a questioner without a name asks, or a witness answers."""
    asked = shapes.question(line.text) if line.opens else None
    return asked[1] if asked else ""


# --- marks that stand for a change of speaker ---


def _chevrons(lines: Sequence[Line], *, enough: int) -> dict[int, tuple[Part, ...]]:
    """Read `>>`, with which captions mark a change of speaker; one `>` is a quotation."""
    marks = sum(len(_AFTER_CHEVRONS.findall(line.text)) for line in lines)
    single = sum(
        (text[0] == ">" and text[1:2] != ">") or text.startswith(">>>")
        for line in lines
        if (text := line.text.strip())
    )
    if marks < enough or single:
        return {}
    found: dict[int, tuple[Part, ...]] = {}
    for line in lines:
        before, *said = _CHEVRONS.split(line.text.strip())
        if not said:
            continue
        before = before.strip()
        parts = [Part("spoken", before, runs_on=not line.opens)] if before else []
        for text in filter(None, map(str.strip, said)):
            label = labels.read(text)
            if label is None or label.form != "colon" or label.loose:
                parts.append(Part("label", text))
                continue
            name = "" if labels.is_nobody(label.name) else label.name
            parts.append(Part("label", label.text, name, label.seconds))
        if parts:
            found[line.at] = tuple(parts)
    return found


def _capitals(
    lines: Sequence[Line], parts: Mapping[int, tuple[Part, ...]]
) -> dict[int, tuple[Part, ...]]:
    """Keep lines in capitals from being headings where everything is in capitals."""
    said = [part.text for held in parts.values() for part in held if part.shape == "label"]
    if sum(text.isupper() for text in said) * 2 < len(said):
        return {}
    first = min(parts)
    return {
        line.at: (Part("spoken", line.text.strip(), runs_on=not line.opens),)
        for line in lines
        if line.at > first and line.at not in parts and line.text.isupper()
        if shapes.stamp(line.text) is None and not _STAGE.match(line.text)
    }


def _addressed(lines: Sequence[Line]) -> dict[int, tuple[Part, ...]]:
    """Read the record of a hearing: `Senator MURRAY. Thank you.`, often several in a line."""
    matches = {line.at: list(_ADDRESSED.finditer(line.text)) for line in lines}
    spelt = Counter(match["name"] for found in matches.values() for match in found)
    if spelt.total() < ENOUGH:
        return {}
    usual: dict[str, str] = {}
    for name, _ in spelt.most_common():
        usual.setdefault(names.fold(name), name)
    found: dict[int, tuple[Part, ...]] = {}
    for line in lines:
        called = matches[line.at]
        if not called:
            continue
        before = line.text[: called[0].start()].strip()
        clock = shapes.stamp(before) if before else None
        parts: list[Part] = []
        if clock:
            parts.append(Part("stamp", before, seconds=clock.seconds))
        elif before:
            parts.append(Part("paragraph", before, runs_on=not line.opens))
        ends = [match.start() for match in called[1:]] + [len(line.text)]
        for match, end in zip(called, ends, strict=True):
            name = usual[names.fold(match["name"])]
            parts.append(Part("label", line.text[match.end() : end].strip(), name))
        found[line.at] = tuple(parts)
    return found


def _asked(lines: Sequence[Line], *, announced: bool) -> dict[int, tuple[Part, ...]]:
    """Cut questions and answers that run on in a line.

    They are turns where a transcript is announced, and else questions with their answers.
    """
    matches = {line.at: list(_ASKED.finditer(line.text)) for line in lines}
    letters = [match["who"][0] for found in matches.values() for match in found]
    turns = sum(one != two for one, two in itertools.pairwise(letters))
    inner = sum(len(found) - 1 for found in matches.values() if found)
    if letters.count("Q") < ENOUGH or letters.count("A") < ENOUGH or inner < ENOUGH:
        return {}
    if turns * 2 < len(letters):
        return {}
    cut: dict[int, tuple[Part, ...]] = {}
    for line in lines:
        found = matches[line.at]
        if not found:
            continue
        before = line.text[: found[0].start()].strip()
        parts = [Part("paragraph", before)] if not _PAGE.match(before) else []
        ends = [match.start() for match in found[1:]] + [len(line.text)]
        for match, end in zip(found, ends, strict=True):
            text = line.text[match.end() : end].strip()
            asks = match["who"][0] == "Q"
            parts.append(Part("label" if announced else "question" if asks else "answer", text))
        cut[line.at] = tuple(parts)
    return cut


def _timed(lines: Sequence[Line]) -> dict[int, tuple[Part, ...]]:
    """Cut paragraphs that begin with a time and have others within."""
    found = {
        line.at: list(cues.inside(line.text))
        for line in lines
        if line.text.lstrip().startswith("[") and shapes.stamped(line.text)
    }
    if sum(len(cut) - 1 for cut in found.values() if cut) < _CAST_ENOUGH:
        return {}
    return {
        at: tuple(Part("spoken", text, "", seconds) for seconds, text in cut)
        for at, cut in found.items()
        if cut and cut[0][0] is not None
    }


def _listed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Give the lines without their bullets or numbers where a list is speech, or nothing.

    Nearly all of the text is one list then, and names in capitals stand before its words.
    """
    filled = [line for line in lines if line.text.strip()]
    items = [line for line in filled if _ITEM.match(line.text)]
    first = next((index for index, line in enumerate(filled) if line in items[:1]), 0)
    if len(items) < ENOUGH or len(items) * 10 < (len(filled) - first) * 9:
        return ()
    bare = tuple(
        Line(line.at, line.text[match.end() :], opens=True)
        for line in items
        if (match := _ITEM.match(line.text))
    )
    seen = [label for line in bare if (label := labels.read(line.text)) and not label.loose]
    capitals = [label.name for label in seen if labels.is_caps(label.name)]
    back = len(capitals) > len(set(capitals))
    if not back or len(capitals) < len(seen):
        return ()
    if len(set(capitals)) < _CAST_ENOUGH and not speakers.says_transcript(lines):
        return ()
    return tuple(line for line in lines if line.at < items[0].at) + bare


def _marks(
    lines: Sequence[Line], parts: Mapping[int, tuple[Part, ...]]
) -> dict[int, tuple[Part, ...]]:
    """Take what stands in brackets on its own line out of the speech: laughter, an agenda item."""
    found: dict[int, tuple[Part, ...]] = {}
    for line in lines:
        if line.at in parts:
            continue
        if _TRANSCRIPT.match(line.text):
            found[line.at] = (Part("heading", "Transcript"),)
        if _PLAYER.match(line.text):
            found[line.at] = (Part("furniture", line.text.strip(), "where a player stands"),)
        if not _STAGE.match(line.text) or shapes.stamp(line.text):
            continue
        if item := _AGENDA.match(line.text):
            found[line.at] = (Part("heading", item[1]),)
        elif _WORDS.search(line.text):
            found[line.at] = (Part("furniture", line.text.strip(), "a stage mark"),)
    return found
