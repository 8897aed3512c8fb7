"""Put drafts together, with the sentence that they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import evidence, words
from quizgen.generate.offline import guards, hints, wording
from quizgen.generate.offline.scene import Scene
from quizgen.model import Basic, Cloze, Content, Draft, Evidence, Piece, Tier

_ASIDE: Final = re.compile(
    r"\s*\((?:see|cf\.?|figs?\.?|table|chapter|page) [^()]*\)", re.IGNORECASE
)
_FORMULA: Final = re.compile(r"\\[a-zA-Z]{2,}|[_^]\{|\$[A-Za-z\\]")
_CLOCK: Final = re.compile(r"(?:\s*,)?\s*\[\d{1,2}:\d{2}(?::\d{2})?(?:\s?[-–]\s?[\d:]+)?\]")
_STOPPED: Final = re.compile(r"[.!]([\"”’]?)\?$")
_SECTIONS: Final = {
    "summary": "Summary",
    "insight": "Key insights",
    "idea": "Ideas",
    "quote": "Quotes",
    "faq": "Questions",
}


def basic(
    scene: Scene, piece: Piece, sentence: str, question: str, answer: str, *, rule: str, tier: Tier
) -> Iterator[Draft]:
    """Draft a question and answer that rest on a sentence of a piece, if they pass."""
    back = wording.sentence_case(_CLOCK.sub("", _ASIDE.sub("", answer)))
    question = _STOPPED.sub(r"\1?", _CLOCK.sub("", question))
    # A formula is written out for the eye: cut into a question it is noise.
    if _FORMULA.search(f"{question} {back}"):
        return
    if words.word_count(back) == guards.LONGEST_BACK + 1:
        back = wording.sentence_case(re.sub(r"^(?:The|An?|That) ", "", back))
    if guards.fits(question, back):
        content = Basic(words.escape_markdown(question), words.escape_markdown(back))
        yield draft(scene, piece, (shown(scene, piece, sentence),), content, rule=rule, tier=tier)


def cloze(
    scene: Scene,
    piece: Piece,
    proof: Evidence,
    parts: tuple[str, str, str],
    *,
    rule: str,
    tier: Tier,
    hinted: bool = True,
) -> Iterator[Draft]:
    """Draft a sentence with its middle part hidden, its first letters shown where asked."""
    before, hidden, after = (_CLOCK.sub("", part) for part in parts)
    after = re.sub(r"[,;:\s—–]+(?=[.”]*$)", "", after)
    if any(_FORMULA.search(part) for part in parts):
        return
    if any(brace in part for part in parts for brace in ("{{", "}}", "::")):
        return
    if 1 <= words.word_count(hidden) <= 6 and any(words.content_stems(hidden)):
        spelled = words.word_count(hidden) == 1 and hints.opens_alike(hidden, before + after)
        hint = hints.of(hidden) if hinted and not spelled else ""
        inside = f"c1::{_escaped(hidden)}::{hint}" if hint else _escaped(hidden)
        text = f"{_escaped(before)}{{{{{inside}}}}}{_escaped(after)}"
        yield draft(scene, piece, (proof,), Cloze(text), rule=rule, tier=tier)


def _escaped(text: str) -> str:
    """Escape a part of a line, its outer spaces kept."""
    if not text.strip():
        return text
    left = " " if text[0].isspace() else ""
    right = " " if text[-1].isspace() else ""
    return left + words.escape_markdown(text) + right


def shown(scene: Scene, piece: Piece, sentence: str) -> Evidence:
    """Make evidence of a sentence of a piece."""
    return evidence.of(scene.passage.document, sentence, piece, work=scene.passage.work)


def draft(
    scene: Scene,
    piece: Piece,
    proof: tuple[Evidence, ...],
    content: Content,
    *,
    rule: str,
    tier: Tier,
) -> Draft:
    """Put a draft together."""
    section = wording.headline(scene, piece.heading) or _SECTIONS.get(piece.kind, "")
    return Draft(
        content, proof, piece, rule=rule, tier=tier, section=wording.sentence_case(section)
    )
