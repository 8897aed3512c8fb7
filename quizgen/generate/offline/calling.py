"""Ask what something is called, where a sentence gives it its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from quizgen import words
from quizgen.generate.offline import (
    clauses,
    common,
    defining,
    guards,
    hints,
    opening,
    wording,
)
from quizgen.generate.offline.drafts import cloze, shown
from quizgen.generate.offline.guards import LONGEST_FRONT, is_for_tasks, is_plain
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.tagging import Token, tokens
from quizgen.model import Draft, Piece

_GIVES: Final = re.compile(
    r"\b(?:(?<!well )(?<!best )known as|called|termed|dubbed|nicknamed|referred to as|so[- ]called)"
    r" (?:(?:the|an?) )?(?P<open>[\"“‘'])?(?P<name>[\w])"
)
_NAMED: Final = frozenset(
    {"AJ0", "NN0", "NN1", "NN2", "NN", "NP0", "UNC", "VVG", "VVN", "ORD", "POS"}
)
_LEANING: Final = re.compile(
    r"^(?:this|these|those|that|it|they|he|she|we|i|its|their)\b|\b(?:i|we|our|my|us)\b"
    r"|^(?:one|two|three|four|some|both|many|most|each) (?:of|can|is|are|was|were|may|will)\b"
    r"|\balso (?!called|known|termed|referred)|^\W|^\d|[#=/♮♭]",
    re.IGNORECASE,
)
_LEAST_AROUND: Final = 4


def called(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Ask for the name that a sentence gives to what it describes."""
    if is_for_tasks(piece.heading):
        return
    for sentence in wording.sentences(piece):
        if not _GIVES.search(sentence):
            continue
        said = opening.told(scene, wording.without_label(wording.tidy(sentence)))
        if not said or not is_plain(said) or _LEANING.search(said):
            continue
        first = tokens(said)[0] if tokens(said) else None
        # `Used a program called ...` lacks its subject, `these types` what it points to.
        if first is None or first.tag in ("VVD", "VVN", "VVZ", "VVB") or _points(said):
            continue
        yield from _hidden(scene, piece, sentence, said)


def _points(said: str) -> bool:
    """Claim that `this` or `these` stands for what the sentence itself has not named."""
    return any(
        words.stem(found[1]) not in words.content_stems(said[: found.start()])
        for found in re.finditer(r"\b(?:this|these|those|such) ([a-z-]+)", said)
    )


def _hidden(scene: Scene, piece: Piece, sentence: str, said: str) -> Iterator[Draft]:
    """Hide the name in its sentence."""
    for text in _short(scene, said):
        found = _GIVES.search(text)
        name = _name_at(text, tokens(text), found.start("name")) if found else ""
        if not found or not defining.is_term(name):
            continue
        begin = found.start("name")
        before, after = text[:begin], text[begin + len(name) :]
        if _tells(scene, name, f"{before} {after}") or text.count("(", 0, begin) > text.count(
            ")", 0, begin
        ):
            continue
        after = after if after.rstrip("\"”’'").endswith((".", "!")) else f"{after.rstrip(',;')}."
        lead = wording.introduced(scene, text, hidden=name)
        proof = shown(scene, piece, sentence)
        parts = (lead + before, name, after)
        yield from cloze(scene, piece, proof, parts, rule="called_cloze", tier="ready", hinted=True)
        return


def _short(scene: Scene, said: str) -> Iterator[str]:
    """Give the sentence, or what is left of it without its tail, where it has room."""
    room = LONGEST_FRONT - words.word_count(scene.credit_for(said))
    if words.word_count(said) <= room or words.word_count(said) <= LONGEST_FRONT:
        yield said
    else:
        yield clauses.without_tail(said, LONGEST_FRONT)


def _name_at(text: str, tagged: tuple[Token, ...], place: int) -> str:
    """Read the noun phrase that begins at a place, up to its quotation mark or its end."""
    first = next((at for at, token in enumerate(tagged) if token.start >= place), None)
    if first is None:
        return ""
    run = list(takewhile(lambda token: token.tag in _NAMED or token.text == "’s", tagged[first:]))
    while run and not (run[-1].is_noun or run[-1].tag in ("UNC", "VVG")):
        run.pop()
    # `zooxanthellae living inside its tissue`: a participle behind the name is none of it.
    for at, token in enumerate(run[1:], 1):
        if token.tag in ("VVG", "VVN") and at < len(run):
            following = tagged[first + at + 1] if first + at + 1 < len(tagged) else None
            if following is None or following.tag not in ("NN1", "NN2", "NN0", "NP0"):
                run = run[:at]
                break
    return text[run[0].start : run[-1].end] if run and run[0].start == place else ""


def _tells(scene: Scene, name: str, around: str) -> bool:
    """Claim that the rest, or the title, gives the name away, or tells too little for it."""
    known = common.stems(f"{scene.title} {scene.about} {scene.topic}")
    stems = common.stems(name)
    shared = words.content_stems(name) & words.content_stems(around)
    # `large brains ... the social brain hypothesis`: a word of several may stand in sight.
    short = len(name.split()) < 3
    return (
        not stems
        or stems <= known
        or guards.is_kin(name, f"{scene.title} {scene.about}")
        or (bool(shared) and (short or 2 * len(shared) >= len(words.content_stems(name))))
        or (hints.opens_alike(name, around) and short)
        or len(words.content_stems(around)) < _LEAST_AROUND
        or guards.is_kin(name, around)
    )
