"""Read a caption file: passages of speech, each with its second and its speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quizgen.layout import adverts, cuefile, cuevoices, facts, furniture, language
from quizgen.layout.cuefile import CueFile
from quizgen.layout.cuevoices import Part
from quizgen.layout.findings import Findings
from quizgen.model import Piece

_LATER = 30
"""Seconds after which a passage ends with its sentence."""
_LATEST = 60
_MOST = 150
"""Words and seconds with which a passage ends where no sentence does."""
_SHOWN = 6
_ENDS = (*".!?…", '."', '?"', "!”", ".”", "?”")


@dataclass(slots=True)
class _Passage:
    name: str
    seconds: int
    parts: list[Part] = field(default_factory=list[Part])

    @property
    def words(self) -> int:
        return sum(len(part.text.split()) for part in self.parts)

    def ends_before(self, part: Part) -> bool:
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
    parts = list(cuevoices.parts(findings, file.cues))
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


def _blank(findings: Findings, file: CueFile, parts: Sequence[Part]) -> None:
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


# --- passages ------------------------------------------------------------------


def _without_adverts(findings: Findings, parts: Sequence[Part]) -> list[Part]:
    """Drop sponsor reads and self-promotion; what follows one is a passage of its own."""
    kept: list[Part] = []
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
            kept.append(Part(last.at, rest, last.name, last.seconds, anew=True))
        elif advert.last + 1 < len(parts):
            parts[advert.last + 1].anew = True
        index = advert.last + 1
    return kept + list(parts[index:])


def _passages(parts: Sequence[Part]) -> list[_Passage]:
    """Join what one voice says in a row into passages of about half a minute."""
    found: list[_Passage] = []
    for part in parts:
        if not found or found[-1].ends_before(part):
            found.append(_Passage(part.name, part.seconds))
        found[-1].parts.append(part)
    return found
