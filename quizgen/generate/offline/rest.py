"""Make sure that a point has a card where no better rule made one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quizgen import words
from quizgen.generate.offline import cutting, grammar, lexicon, verbs
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.drafts import basic, cloze, shown
from quizgen.generate.offline.guards import LONGEST_FRONT, fits, is_plain
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import heading_of, sentence_case, spans
from quizgen.model import Draft, Piece

# Behind another joint (`with`, `which`, `so`, `making`) a strict reader found many ends that fit.
_JOINTS: Final = (
    r" (?:due to|because(?: of)?|rather than)",
    r", (?:but|and) only (?:when|if|after)",
    r" but",
    r" from",
    r",? whereas",
)
_MID_PHRASE: Final = frozenset({"than", "as", "by", "from", "that", "if", "when", "with"})
_LEAD: Final = re.compile(r"^(?:While|Although|Though|If|When|Because|Once|Unless|Since) [^,]+, ")
_QUOTED: Final = re.compile(r"[‘'\"“]([\w -]{5,40}?)[’'\"”](?=[\s,.;)])")
_SYSTEM: Final = re.compile(
    r"\b(?:like|such as|called|named|known as) ([A-Z][\w-]*(?: [A-Z][\w-]*)*)"
)


_COUNT: Final = re.compile(
    r"(?<![\w.-])\d(?:[\d,.]*\d)?(?![\w-])(?: (?:percent|days?|years?))?",
)


def complete(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Ask for the rest of a point, or for the term in it, from its own words."""
    for text in (piece.text, piece.explanation, piece.answer):
        for sentence in spans(text):
            if is_plain(sentence):
                made = next(_completed(piece, scene, sentence), None)
                if made is not None:
                    yield made
                    return


def _completed(piece: Piece, scene: Scene, sentence: str) -> Iterator[Draft]:
    yield from _contrast(piece, scene, sentence)
    yield from _term(piece, scene, sentence)
    yield from _continued(piece, scene, sentence)


def _prompt(scene: Scene, cue: str) -> str:
    owner = f"Complete {_possessive(scene)} point" if scene.guest else "Complete the point"
    year = f" ({scene.year})" if scene.guest and scene.year else ""
    return f"{owner}{year}: “{_single(cue)} …”"


def _possessive(scene: Scene) -> str:
    return f"{scene.guest}’" if scene.guest.endswith("s") else f"{scene.guest}’s"


def _single(text: str) -> str:
    return text.translate(str.maketrans({"“": "‘", "”": "’", '"': "’"})).strip()


def _contrast(piece: Piece, scene: Scene, sentence: str) -> Iterator[Draft]:
    """Ask for the main clause after `While ...,` and its like."""
    match = _LEAD.match(sentence)
    if match is None or words.word_count(match.group()) < 4:
        return
    rest = tuple(sentence[match.end() :].rstrip(".").split())
    answer = " ".join(cutting.first_part(rest)).rstrip(",;")
    if 3 <= words.word_count(answer) <= 14:
        cue = _prompt(scene, match.group())
        yield from basic(scene, piece, sentence, cue, answer, rule="complete", tier="rough")


def _term(piece: Piece, scene: Scene, sentence: str) -> Iterator[Draft]:
    """Hide a term that the sentence puts in quotation marks, or a name it gives as an example."""
    proof = shown(scene, piece, sentence)
    if words.word_count(sentence) > LONGEST_FRONT - 3:
        sentence = " ".join(cutting.first_part(tuple(sentence.split()))).rstrip(",;.") + "."
    if not 8 <= words.word_count(sentence) <= LONGEST_FRONT:
        return
    for pattern in (_QUOTED, _SYSTEM):
        match = pattern.search(sentence)
        if match is None or match.start() < 12:
            continue
        begin, end = match.span(1)
        before, hidden, after = sentence[:begin], sentence[begin:end], sentence[end:]
        shared = words.content_stems(hidden) & words.content_stems(before + after)
        if 2 * len(shared) >= len(words.content_stems(hidden)):
            continue
        parts = (_said(scene) + before, hidden, after)
        yield from cloze(scene, piece, proof, parts, rule="term_cloze", tier="rough")


def _said(scene: Scene) -> str:
    return f"{scene.credit}: " if scene.guest else ""


def _continued(piece: Piece, scene: Scene, sentence: str) -> Iterator[Draft]:
    plain = sentence.rstrip(".")
    for joint in _JOINTS:
        for match in re.finditer(joint + r"\b(?= )", plain):
            cue = plain[: match.end()]
            lead = _LEAD.match(cue)
            if lead and words.word_count(cue) > 24:
                cue = sentence_case(cue[lead.end() :])
            if _is_inside(plain[match.end() :]) or not _is_whole(plain, match):
                continue
            back = " ".join(cutting.first_part(tuple(plain[match.end() :].split())))
            back = cutting.shortened(back, 20)
            asked = _prompt(scene, cue)
            if words.word_count(back) >= 3 and words.word_count(cue) >= 5 and fits(asked, back):
                rule = "contrast" if _pins(cue) else "complete"
                if rule == "complete" and match.group().split()[-1] in ("but", "from"):
                    continue
                yield from basic(scene, piece, sentence, asked, back, rule=rule, tier="rough")


def _pins(cue: str) -> bool:
    """Claim that a cue says what its end is set against, so that few ends fit."""
    return (
        re.search(r"\bnot\b[^.;]{4,60} but$|\brather than$|\bdistinguish\b.* from$", cue)
        is not None
    )


def _is_whole(plain: str, match: re.Match[str]) -> bool:
    """Claim that a cut falls between a clause and what is added to it.

    Else the verb of the sentence is still to come, and the cue is a part of its subject.
    """
    if match.group().split()[-1] not in _MID_PHRASE:
        return True
    before = _LEAD.sub("", plain[: match.start()])
    if grammar.parse(f"{before} so far") is None and not _has_verb(before.split()[1:]):
        return False
    if match.group().split()[-1] not in ("by", "from", "of", "than"):
        return True
    return not _has_verb(cutting.first_part(tuple(plain[match.end() :].split())))


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


def counted(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Hide the number of a bullet, with the heading that says what is counted."""
    heading = heading_of(scene, piece)
    for sentence in spans(piece.text):
        numbers = list(_COUNT.finditer(sentence))
        numbers = [found for found in numbers if found.group() not in ("0", "1")]
        if not numbers or len(numbers) > 2 or words.word_count(sentence) > 25:
            return
        if "scale" in sentence or not is_plain(sentence) or grammar.parse(sentence) is None:
            return
        begin, end = numbers[0].span()
        if len(words.content_stems(sentence[:begin])) < 2:
            return
        proof = shown(scene, piece, sentence)
        lead = f"{heading}: " if heading else ""
        parts = (f"{lead}{sentence[:begin]}", sentence[begin:end], sentence[end:])
        yield from cloze(scene, piece, proof, parts, rule="number_cloze", tier="rough")
        return
