"""Read a caption file: passages of speech, each with its second and its speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quizgen.layout import adverts, cuefile, facts, furniture, head, language, names, speech
from quizgen.layout.cuefile import Cue, CueFile, Said
from quizgen.layout.findings import Findings
from quizgen.layout.speakers import Cast
from quizgen.model import Piece

_LATER = 30
"""Seconds after which a passage ends with its sentence."""
_LATEST = 60
_MOST = 150
"""Words and seconds with which a passage ends where no sentence does."""
_SHOWN = 6
_ENDS = (*".!?…", '."', '?"', "!”", ".”", "?”")
_DASH = re.compile(r"[-–—]\s*(?=\S)")
_ASIDE = re.compile(r"\((?P<name>[^()]{3,48})\)$|\[(?P<other>[^\[\]]{3,48})\]$")
_SOUND = re.compile(r"(?:[♪♫]+[^♪♫]*[♪♫]*|[\[(][^\[\]()]{2,60}[\])]|[-–—\s>]+)$")
_ENOUGH = 3


@dataclass(slots=True)
class _Part:
    """Words of one voice; `anew` says that another one may speak them than those before."""

    at: int
    text: str
    name: str
    seconds: int
    anew: bool = False


@dataclass(slots=True)
class _Passage:
    name: str
    seconds: int
    parts: list[_Part] = field(default_factory=list[_Part])

    @property
    def words(self) -> int:
        return sum(len(part.text.split()) for part in self.parts)

    def ends_before(self, part: _Part) -> bool:
        """Claim that a part belongs to the next passage."""
        if part.name != self.name or part.anew:
            return True
        lasted = part.seconds - self.seconds
        if lasted >= _LATEST or self.words >= _MOST:
            return True
        return lasted >= _LATER and self.parts[-1].text.endswith(_ENDS)


def read(findings: Findings) -> None:
    """Read a caption file; the document's lines become the words, each where it stood.

    Times, tags and what a cue only shows again are left out of them, so that words can be found
    in their place where they run from one cue into the next.
    """
    file = cuefile.parse(findings.lines)
    _head(findings, file)
    parts = list(_voiced(findings, file.cues))
    _blank(findings, file, parts)
    findings.language = findings.language or language.guess(" ".join(part.text for part in parts))
    for passage in _passages(_without_adverts(findings, parts)):
        text = " ".join(part.text for part in passage.parts)
        span = (passage.parts[0].at, passage.parts[-1].at)
        kind = "turn" if passage.name else "caption"
        findings.pieces.append(Piece(kind, text, span, passage.name, passage.seconds))


def _head(findings: Findings, file: CueFile) -> None:
    """Read what stands around the cues: header, title, notes, times that cannot be read."""
    findings.title = file.title
    for at, what in file.told:
        key, colon, value = findings.lines[at - 1].partition(":")
        told = facts.of_key(key, value.strip()) if what == "caption header" and colon else None
        if told:
            findings.absorb(told, (at, at))
        else:
            findings.note((at, at), what)
    for at in file.above:
        line = findings.lines[at - 1].strip()
        if told := facts.read(line):
            findings.absorb(told, (at, at))
        elif not findings.title and not furniture.why(line, edge=True):
            findings.title = line
            findings.absorb(facts.of_title(line), (at, at), where="title")
        else:
            findings.drop((at, at), "a line above the captions")
    for span, why in file.apart:
        findings.drop(span, why)
    for at in file.broken:
        findings.drop((at, at), "a caption time that cannot be read")
    if file.broken:
        shown = ", ".join(map(str, file.broken[:_SHOWN])) + (
            ", …" if len(file.broken) > _SHOWN else ""
        )
        one = len(file.broken) == 1
        findings.notices.append(
            f"{len(file.broken)} caption time{'' if one else 's'} could not be read "
            f"(line{'' if one else 's'} {shown}): the words below were put to the time before"
        )


def _blank(findings: Findings, file: CueFile, parts: Sequence[_Part]) -> None:
    """Leave nothing but words in the document's lines."""
    lines = [""] * len(findings.lines)
    for at in (
        *file.above,
        *file.broken,
        *(n for (a, b), _ in file.apart for n in range(a, b + 1)),
    ):
        lines[at - 1] = findings.lines[at - 1]
    for gone in findings.dropped:
        lines[gone.lines[0] - 1] = lines[gone.lines[0] - 1] or gone.text
    for part in parts:
        lines[part.at - 1] = f"{lines[part.at - 1]} {part.text}".strip()
    findings.lines = tuple(lines)


# --- who speaks ----------------------------------------------------------------


def _voiced(findings: Findings, cues: Sequence[Cue]) -> Iterator[_Part]:
    """Give every line of the cues to who says it: by voice tag, by label, else to nobody."""
    said = [(cue, each) for cue in cues for each in cue.said]
    tagged = list(dict.fromkeys(each.voice for _, each in said if each.voice))
    if tagged:
        head.participants(findings, tagged, Cast())
        yield from _tagged(findings, said)
        return
    asides = _asides(each.text for _, each in said)
    lines = [""] * len(findings.lines)
    for _, each in said:
        name = _aside(each.text)
        lines[each.at - 1] = f"{name}:" if name in asides else each.text
    heard = speech.find(lines)
    findings.notices += head.mended(heard.cast.misspelt)
    head.participants(findings, [*dict.fromkeys((*heard.people, *asides))], heard.cast)
    name, anew = "", False
    dashes = {cue.at for cue in cues if cue.said and all(map(_DASH.match, cue.texts))}
    for cue, each in said:
        if (called := _aside(each.text)) in asides:
            name, anew = called, True
            findings.note((each.at, each.at), "speaker")
            continue
        if _SOUND.match(each.text):
            findings.drop((each.at, each.at), "a sound, no words", text=each.text)
            continue
        found = heard.parts.get(each.at, ())
        labelled = [part for part in found if part.shape in ("label", "spoken")]
        if not any(part.shape == "label" for part in labelled):
            dashed = cue.at in dashes
            text = _DASH.sub("", each.text, count=1) if dashed else each.text
            yield _Part(each.at, text, name, cue.seconds, anew or dashed)
            anew = False
            continue
        for part in labelled:
            if part.shape == "label":
                name, anew = part.name, True
            if part.text:
                yield _Part(each.at, part.text, findings.renamed.get(name, name), cue.seconds, anew)
                anew = False
            else:
                findings.note((each.at, each.at), "speaker")
        name = findings.renamed.get(name, name)


def _tagged(findings: Findings, said: Sequence[tuple[Cue, Said]]) -> Iterator[_Part]:
    """Follow voice tags; a line without one in the same cue is the same voice's."""
    cue_before, name = None, ""
    for cue, each in said:
        if each.voice is not None:
            name = each.voice
        elif cue is not cue_before:
            name = ""
        cue_before = cue
        if _SOUND.match(each.text):
            findings.drop((each.at, each.at), "a sound, no words", text=each.text)
        else:
            yield _Part(each.at, each.text, findings.renamed.get(name, name), cue.seconds)


def _asides(texts: Iterator[str]) -> set[str]:
    """Find names that stand in brackets on lines of their own, above the words, again and again."""
    counts = Counter(name for text in texts if (name := _aside(text)))
    often = {name for name, count in counts.items() if count >= _ENOUGH}
    return often if len(often) > 1 else set()


def _aside(text: str) -> str:
    match = _ASIDE.match(text)
    name = (match["name"] or match["other"]) if match else ""
    return name if names.is_full_name(name) else ""


# --- passages ------------------------------------------------------------------


def _without_adverts(findings: Findings, parts: Sequence[_Part]) -> list[_Part]:
    """Drop sponsor reads and self-promotion; what follows one is a passage of its own."""
    kept: list[_Part] = []
    index = 0
    texts = [part.text for part in parts]
    for advert in adverts.in_captions(texts):
        kept += parts[index : advert.first]
        last = parts[advert.last]
        said = [*texts[advert.first : advert.last], last.text[: advert.letters].rstrip()]
        span = (parts[advert.first].at, last.at)
        findings.drop(span, adverts.ADVERT, text=" ".join(filter(None, said)))
        rest = last.text[advert.letters :].strip()
        if rest:
            kept.append(_Part(last.at, rest, last.name, last.seconds, anew=True))
        elif advert.last + 1 < len(parts):
            parts[advert.last + 1].anew = True
        index = advert.last + 1
    return kept + list(parts[index:])


def _passages(parts: Sequence[_Part]) -> list[_Passage]:
    """Join what one voice says in a row into passages of about half a minute."""
    found: list[_Passage] = []
    for part in parts:
        if not found or found[-1].ends_before(part):
            found.append(_Passage(part.name, part.seconds))
        found[-1].parts.append(part)
    return found
