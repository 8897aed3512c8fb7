"""Hide the most telling term of a sentence: a name, an amount, a word few texts hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from quizgen import words
from quizgen.generate.offline import (
    antecedents,
    clauses,
    common,
    fitting,
    lexicon,
    phrases,
    sure,
    trust,
    wording,
)
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.drafts import cloze, shown
from quizgen.generate.offline.guards import LONGEST_FRONT, is_for_tasks
from quizgen.generate.offline.lexicon import gathered
from quizgen.generate.offline.phrases import Phrase
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.tagging import tokens
from quizgen.model import Draft, Piece, Tier

# A reader guesses these from whatever else the sentence says of history or geography.
_PLACES: Final = gathered(
    """
    africa america asia australia austria britain canada china earth egypt england europe france
    germany greece india ireland israel italy japan london mexico paris russia spain states
    ukraine world
    """
)
_MEASURES: Final = re.compile(
    r"percent|%|°|degree|meter|metre|mile|hour|minute|second|day|week|month|year|gram|pound|ton|"
    r"litre|liter|watt|hertz|dollar|euro|million|billion|trillion|[$€£]",
)
_AGEING: Final = re.compile(r"\b(?:still|currently|now|recently|nowadays|new|latest)\b")
_DEEDS: Final = gathered(
    """
    advanced argued built calculated coined composed created demonstrated derived described
    designed developed devised discovered established formulated founded identified introduced
    invented isolated launched measured patented pioneered predicted proposed proved published
    replicated showed shown wrote written
    """
)
_DEED_BEHIND: Final = re.compile(
    rf",? (?:\([^)]*\) |first |later |who |writing |working |in |an? |the |[\w,-]+ ){{0,9}}?"
    rf"(?:{'|'.join(sorted(_DEEDS))})\b"
)
_MADE: Final = re.compile(
    r"[’']s [^.,;]{3,40},? (?:patented|published|proposed|introduced|built|written) |"
    r"[’']s (?:[\w’‘'“-]+ ){0,4}?(?:1[5-9]\d\d|20\d\d|account|book|concept|condenser|design"
    r"|discovery|essay|experiments?|formula|hypothesis|idea|law|method|model|notion|novel|paper|principle"
    r"|proof|report|smelting|study|theorem|theory|thesis|trial|vaccine|work)\b"
)
_YEAR: Final = re.compile(r"\b1[5-9]\d\d\b|\b20\d\d\b")
_LEAST_AROUND: Final = 6
_SHORT_LABEL: Final = 2
_DATED_LEAST: Final = 5


@dataclass(frozen=True, slots=True)
class _Gap:
    """A phrase to hide in a text that stands alone, and how much speaks for it."""

    text: str
    phrase: Phrase
    weight: float
    is_subject: bool


def blanks(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Hide the term that each sentence of a piece is most about, the surest sentence first."""
    if is_for_tasks(piece.heading):
        return
    gaps: list[tuple[str, _Gap]] = []
    for text in (piece.text, piece.explanation, piece.answer):
        for told in antecedents.sentences(scene, text):
            sentence = told.said
            # `Rights-based: Parker was used ...`: the word before the colon says whose view it is.
            if 0 < words.word_count(wording.labelled(sentence)[0]) <= _SHORT_LABEL:
                continue
            gap = _best(scene, sentence, least=_LEAST_AROUND) or _best(scene, sentence, least=3)
            if gap and (gap.is_subject or _left(gap) >= 3):
                gaps.append((told.proof, gap))
    for sentence, gap in sorted(gaps, key=lambda found: -found[1].weight):
        yield from _drafted(scene, piece, sentence, gap)


def _left(gap: _Gap) -> int:
    """Count the rare words that stay in sight."""
    found = gap.phrase
    return len(common.rare(f"{gap.text[: found.begin]} {gap.text[found.end :]}"))


def _drafted(scene: Scene, piece: Piece, sentence: str, gap: _Gap) -> Iterator[Draft]:
    found = gap.phrase
    before, after = gap.text[: found.begin], gap.text[found.end :]
    tier: Tier = "ready" if _is_sure(scene, gap) else "rough"
    lead = wording.introduced(scene, gap.text, hidden=found.text)
    sort = {"number": "amount", "name": "name", "term": "subject" if gap.is_subject else "term"}
    person = (
        found.sort == "name" and tier == "ready" and fitting.is_person(found.text) and _does(gap)
    )
    named = fitting.gives_name(gap.text, found)
    rule = "person_cloze" if person else "called_cloze" if named else f"{sort[found.sort]}_cloze"
    parts = (lead + before, found.text, after)
    proof = shown(scene, piece, sentence)
    # The first letter of an everyday word is as good as the word.
    plain = found.sort == "term" and common.is_common(found.text)
    yield from cloze(
        scene,
        piece,
        proof,
        parts,
        rule=rule,
        tier=tier,
        # One person did it: letters would only give it away.
        hinted=not (plain or person),
    )


def _best(scene: Scene, sentence: str, *, least: int) -> _Gap | None:
    room = LONGEST_FRONT - words.word_count(scene.credit_for(sentence))
    texts = [text for text in clauses.shown(scene, sentence, room) if _is_told_of(text)]
    # What happened in a year is a fact, and nobody's view: it may stand without a name.
    if not texts and _YEAR.search(sentence):
        texts = [
            text for text in clauses.shown(scene, sentence, LONGEST_FRONT) if _is_told_of(text)
        ]
    gaps = [
        _Gap(text, found, _weight(scene, text, found), fitting.is_subject(text, found))
        for text in texts
        for found in phrases.find(scene, text)
        if fitting.is_answerable(scene, text, found, least=least)
    ]
    return max(gaps, key=lambda gap: gap.weight, default=None)


def _is_told_of(text: str) -> bool:
    """Claim that a sentence has a verb, which the caption of a picture has not."""
    tagged = tokens(text)
    return not tagged or any(token.is_verb and token.tag != "VVG" for token in tagged)


def _weight(scene: Scene, text: str, found: Phrase) -> float:
    """Say how well a phrase serves as an answer: what it is, where it stands, what is left."""
    rare = common.rare(found.text)
    score = {"name": 3.0, "number": 1.6, "term": 0.0}[found.sort]
    score += min(len(rare), 3) + 0.5 * ("-" in found.text or "‑" in found.text)
    score += 2.5 * fitting.is_subject(text, found) + 0.5 * (found.first == 0)
    around = f"{text[: found.begin]} {text[found.end :]}"
    score += 4.0 * fitting.is_called(text, found)
    score += 0.3 * min(len(common.rare(around)), 6)
    told = sum(scene.spread.get(stem, 0) > 1 for stem in rare)
    score += 0.5 * min(told, 2)
    return score - 0.6 * (words.word_count(found.text) > 3)


def _is_sure(scene: Scene, gap: _Gap) -> bool:
    """Claim that a reader who knows the subject has one answer."""
    found = gap.phrase
    around = f"{gap.text[: found.begin]} {gap.text[found.end :]}"
    if (not scene.year and _AGEING.search(around)) or trust.leans(around.replace("  ", " ____ ")):
        return False
    rare = len(common.rare(around) - common.rare(found.text))
    # Somebody named all over a page is its author, whom every card would have for an answer.
    alone = gap.is_subject and found.sort == "name" and " " not in found.text
    if alone and any(scene.spread.get(stem, 0) > 3 for stem in common.stems(found.text)):
        return False
    if rare < 3 or _PLACES & {bare(part) for part in found.text.split()}:
        return False
    if fitting.is_called(gap.text, found):
        return True
    match found.sort:
        case "number":
            return False
        case "name":
            person = fitting.is_person(found.text)
            dated = " " in found.text and found.before not in lexicon.PREPOSITIONS
            if dated and rare >= _DATED_LEAST and _YEAR.search(around):
                return True
            return _does(gap) if person else _is_told(gap, rare=rare)
        case _:
            return gap.is_subject and found.before != "the" and _is_told(gap, rare=rare)


def _does(gap: _Gap) -> bool:
    """Claim that a person is told by one work of theirs: `X proposed in 1842`, `X's 1998 paper`."""
    found = gap.phrase
    behind = gap.text[found.end :]
    if _MADE.match(behind):
        return True
    if gap.is_subject:
        return found.after in _DEEDS or _DEED_BEHIND.match(behind) is not None
    made = bare(gap.text[: found.begin].rsplit(maxsplit=2)[-2]) if found.first > 1 else ""
    return found.before == "by" and made in _DEEDS


def _is_told(gap: _Gap, *, rare: int) -> bool:
    """Claim that a sentence is about its hidden subject, and says of it what few things share."""
    found = gap.phrase
    behind = gap.text[found.end :]
    opens = gap.is_subject or (found.first == 0 and not found.before)
    if not opens or (re.match(r" (?:is|was|are|were) (?:an?|the) ", behind) and rare < 5):
        return False
    # `Advantages that any species can use` may be a thing with its relative clause, and no more.
    acts = sum(bare(word) in lexicon.AUXILIARIES for word in gap.text.split())
    if found.after in ("that", "which", "who") and acts < 2:
        return False
    return rare >= 4 and not sure.is_loose(found.after, rare=rare)
