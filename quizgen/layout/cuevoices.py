"""Tell who says the words of a caption file: by voice tags, by labels, by names in brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quizgen.layout import head, labels, names, speech
from quizgen.layout.cuefile import Cue, Said
from quizgen.layout.findings import Findings
from quizgen.layout.speakers import Cast

_DASH = re.compile(r"[-–—]\s*(?=\S)")
_CHEVRONS = ">>"
_ASIDE = re.compile(r"\((?P<name>[^()]{3,48})\)$|\[(?P<other>[^\[\]]{3,48})\]$")
_SOUND = re.compile(r"(?:[♪♫]+[^♪♫]*[♪♫]*|[\[(][^\[\]()]{2,60}[\])])$")
_ENOUGH = 3


@dataclass(slots=True)
class Part:
    """Words of one voice; `anew` says that another one may speak them than those before."""

    at: int
    text: str
    name: str
    seconds: int
    anew: bool = False


def parts(findings: Findings, cues: Sequence[Cue]) -> Iterator[Part]:
    """Give every line of the cues to who says it, or to nobody; drop sounds."""
    said = [(cue, each) for cue in cues for each in _words(findings, cue)]
    if tagged := list(dict.fromkeys(each.voice for _, each in said if each.voice)):
        head.participants(findings, tagged, Cast())
        yield from _tagged(findings, said)
    else:
        yield from _labelled(findings, said)


def _words(findings: Findings, cue: Cue) -> Iterator[Said]:
    """Give the lines of a cue that hold words."""
    for each in cue.said:
        if not any(map(str.isalnum, each.text)):
            findings.drop((each.at, each.at), "no words in it", text=each.text)
        elif _SOUND.match(each.text) and not _aside(each.text):
            findings.drop((each.at, each.at), "a sound, no words", text=each.text)
        else:
            yield each


def _tagged(findings: Findings, said: Sequence[tuple[Cue, Said]]) -> Iterator[Part]:
    """Follow voice tags; a line without one is of the same voice only within its cue."""
    before, name = None, ""
    for cue, each in said:
        if each.voice is not None:
            name = each.voice
        elif cue is not before:
            name = ""
        before = cue
        yield Part(each.at, each.text, findings.renamed.get(name, name), cue.seconds)


def _labelled(findings: Findings, said: Sequence[tuple[Cue, Said]]) -> Iterator[Part]:
    """Follow labels; what has none is of the voice before it."""
    often = _asides(each.text for _, each in said)
    named = {each.at: name for _, each in said if (name := _aside(each.text)) in often}
    heard = speech.find(_paragraphs(findings, said, named))
    findings.notices += head.mended(heard.cast.misspelt)
    head.participants(findings, list(dict.fromkeys((*heard.people, *often))), heard.cast)
    dashed = {at for at, texts in _texts(said).items() if all(map(_DASH.match, texts))}
    name, anew = "", False
    for cue, each in said:
        if each.at in named:
            name, anew = named[each.at], anew or named[each.at] != name
            findings.note((each.at, each.at), "speaker")
            continue
        found = [part for part in heard.parts.get(each.at, ()) if part.shape in ("label", "spoken")]
        if not any(part.shape == "label" for part in found):
            dash = cue.at in dashed
            text = _DASH.sub("", each.text, count=1) if dash else each.text
            if _aside(text):
                findings.drop((each.at, each.at), "a sound, no words", text=text)
                continue
            yield Part(each.at, text, name, cue.seconds, anew or dash)
            anew = False
            continue
        for part in found:
            if part.shape == "label":
                name, anew = findings.renamed.get(part.name, part.name), True
            text = part.text if _CHEVRONS in each.text else _behind(each.text)
            if text:
                yield Part(each.at, text, name, cue.seconds, anew)
                anew = False
            else:
                findings.note((each.at, each.at), "speaker")


def _paragraphs(
    findings: Findings, said: Sequence[tuple[Cue, Said]], named: Mapping[int, str]
) -> list[str]:
    """Put all that follows a label on its line: a caption's line is too short to tell a turn.

    Chevrons stand within lines as well, which then stay as they are.
    """
    lines = [""] * len(findings.lines)
    apart = any(_CHEVRONS in each.text for _, each in said)
    opened: list[str] = []
    at = 0
    for _, each in said:
        called = named.get(each.at)
        if apart or called or not opened or _behind(each.text) is not None:
            if at:
                lines[at - 1] = " ".join(opened)
            opened, at = [], each.at
        opened.append(f"{called}:" if called else each.text)
    if at:
        lines[at - 1] = " ".join(opened)
    return lines


def _behind(text: str) -> str | None:
    """Give the words behind a label, or None for a line that has none."""
    label = labels.read(text)
    return label.text if label and label.form == "colon" else None


def _texts(said: Sequence[tuple[Cue, Said]]) -> Mapping[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for cue, each in said:
        texts.setdefault(cue.at, []).append(each.text)
    return texts


def _asides(texts: Iterator[str]) -> frozenset[str]:
    """Find names that stand in brackets on lines of their own, above the words, again and again."""
    counts = Counter(name for text in texts if (name := _aside(text)))
    often = frozenset(name for name, count in counts.items() if count >= _ENOUGH)
    return often if len(often) > 1 else frozenset()


def _aside(text: str) -> str:
    match = _ASIDE.match(text)
    name = (match["name"] or match["other"]) if match else ""
    return name if names.is_full_name(name) else ""
