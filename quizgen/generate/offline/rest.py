"""Make sure that a point has a card where no better rule made one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quizgen import words
from quizgen.generate.offline import clauses, common, cutting, lexicon, opening, verbs, wording
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.drafts import basic, cloze, shown
from quizgen.generate.offline.guards import LONGEST_FRONT, fits, is_plain
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import tidy, without_label
from quizgen.model import Draft, Piece

_JOINT: Final = re.compile(
    r"\bnot\b[^.;]{4,60} but(?= )|\brather than(?= )|\bdistinguish\b.* from(?= )"
)
_QUOTED: Final = re.compile(r"[‘'\"“]([\w -]{5,40}?)[’'\"”](?=[\s,.;)])")
_SYSTEM: Final = re.compile(
    r"\b(?:called|named|known as) ([A-Z][\w-]*(?: [A-Z][\w-]*)*)(?![\w-]| (?:of|in|for|on) )"
)


_COUNT: Final = re.compile(
    r"(?<![\w.-])\d(?:[\d,.]*\d)?(?![\w-])(?: (?:percent|days?|years?))?",
)


def complete(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Ask for the term in a point, or for what it is set against, in its own words."""
    for sentence in wording.sentences(piece):
        said = opening.told(scene, without_label(tidy(sentence)))
        if said and is_plain(said):
            made = next(_completed(piece, scene, (sentence, said)), None)
            if made is not None:
                yield made
                return


def _completed(piece: Piece, scene: Scene, told: tuple[str, str]) -> Iterator[Draft]:
    yield from _term(piece, scene, told)
    yield from _against(piece, scene, told)


def _prompt(scene: Scene, cue: str) -> str:
    owner = f"Complete {_possessive(scene)} point" if scene.guest else "Complete the point"
    year = f" ({scene.year})" if scene.guest and scene.year else ""
    return f"{owner}{year}: “{_single(cue)} …”"


def _possessive(scene: Scene) -> str:
    return f"{scene.guest}’" if scene.guest.endswith("s") else f"{scene.guest}’s"


def _single(text: str) -> str:
    return text.translate(str.maketrans({"“": "‘", "”": "’", '"': "’"})).strip()


def _term(piece: Piece, scene: Scene, told: tuple[str, str]) -> Iterator[Draft]:
    """Hide a term that the sentence puts in quotation marks, or a name it gives as an example."""
    proof, sentence = shown(scene, piece, told[0]), told[1]
    if words.word_count(sentence) > LONGEST_FRONT - 3:
        sentence = clauses.without_tail(sentence, LONGEST_FRONT)
    if not 8 <= words.word_count(sentence) <= LONGEST_FRONT:
        return
    for pattern in (_QUOTED, _SYSTEM):
        match = pattern.search(sentence)
        if match is None or match.start() < 12:
            continue
        begin, end = match.span(1)
        before, hidden, after = sentence[:begin], sentence[begin:end], sentence[end:]
        if not common.rare(hidden):
            continue
        shared = words.content_stems(hidden) & words.content_stems(before + after)
        if 2 * len(shared) >= len(words.content_stems(hidden)):
            continue
        parts = (_said(scene) + before, hidden, after)
        yield from cloze(scene, piece, proof, parts, rule="term_cloze", tier="rough")


def _said(scene: Scene) -> str:
    return f"{scene.credit}: " if scene.guest else ""


def _against(piece: Piece, scene: Scene, told: tuple[str, str]) -> Iterator[Draft]:
    """Ask for the end of a sentence that says what it is not: few ends fit."""
    plain = told[1].rstrip(".")
    for match in _JOINT.finditer(plain):
        cue, behind = plain[: match.end()], plain[match.end() :]
        if _is_inside(behind) or _has_verb(behind.split()) or len(common.rare(cue)) < 3:
            continue
        back = " ".join(cutting.first_part(tuple(behind.split())))
        asked = _prompt(scene, cue)
        if words.word_count(back) >= 2 and words.word_count(cue) >= 8 and fits(asked, back):
            yield from basic(scene, piece, told[0], asked, back, rule="contrast", tier="rough")


def _has_verb(said: Sequence[str]) -> bool:
    plain = [bare(word) for word in said]
    for at, word in enumerate(plain):
        if word in lexicon.RELATIVES:
            return False
        sure = word in verbs.THIRD and not verbs.is_noun_too(verbs.THIRD[word])
        passive = at + 1 < len(plain) and plain[at + 1] in lexicon.PREPOSITIONS
        if word in lexicon.AUXILIARIES or sure or (word in verbs.PAST and not passive):
            return True
        if word.removesuffix("n't") in lexicon.AUXILIARIES | {"did", "do"}:
            return True
    return False


def _is_inside(following: str) -> bool:
    """Claim that a joint stands within an aside, after which the main verb is still to come."""
    for match in re.finditer(r", (\w+)", following):
        word = match.group(1)
        if word in lexicon.AUXILIARIES or word in verbs.THIRD or word in verbs.BASES:
            return True
    return False
