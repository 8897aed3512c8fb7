"""Ask what an interviewer asked, where the guest's answer stands on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import cutting, grammar, lexicon, questions
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.drafts import basic
from quizgen.generate.offline.guards import is_plain, is_resolved
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import attributed, spans, without_opening
from quizgen.model import Draft, Piece

_WHAT_IS: Final = re.compile(
    r"(?:^|[,.] |\b(?:[Ss]ay|[Aa]nd|ask),? )[Ww]hat(?: is|’s|'s|s| are| was| were) "
    r"(?P<term>(?:an? |the )?[\w-]+(?: [\w-]+){0,3}?)"
    r"(?=\?|, which|, exactly|, then|, and|, precisely)",
)
_HOW: Final = re.compile(
    r"(?:^|[,.] )(?P<question>(?:How|Why) (?:do|does|did|can|should|would|is|are) "
    r"[^?.,]{15,110})\?$",
)
_MEAN: Final = re.compile(
    r"what (?:do you|you) mean by (?:an? |the )?(?P<term>[\w-]+(?: [\w-]+){0,2})\b", re.IGNORECASE
)
_DODGE: Final = re.compile(
    r"\b(?:don't know|not sure|hard to (?:say|tell)|good question)\b", re.IGNORECASE
)


def asked(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Take an interviewer's question whose answer begins with what was asked for."""
    host = scene.before.get(piece)
    if host is None or not piece.speaker or host.speaker == piece.speaker:
        return
    if scene.guest and piece.speaker != scene.guest:
        return
    for question in list(spans(host.text))[-2:]:
        yield from _what_is(piece, scene, question)
        yield from _how(piece, scene, question)
        yield from _meant(piece, scene, question)


def _what_is(piece: Piece, scene: Scene, question: str) -> Iterator[Draft]:
    found = list(_WHAT_IS.finditer(question))
    if not found or not is_resolved(found[-1]["term"]):
        return
    term = found[-1]["term"]
    wanted = words.content_stems(term)
    for sentence in list(spans(piece.text))[:3]:
        said = without_opening(sentence)
        match = re.match(
            r"(?P<subject>(?:[\w'’-]+ ){1,6}?)(?P<verb>is|are|was|were|means) (?P<what>.+)$", said
        )
        if not match or not wanted or not wanted <= words.content_stems(match["subject"]):
            continue
        rest = cutting.first_part(tuple(match["what"].rstrip(".").split()))
        if bare(rest[0]) not in ("a", "an", "the", "when") or len(rest) < 4:
            return
        if any(bare(word) in lexicon.EVALUATIVE for word in rest[1:4]):
            return
        answer = cutting.shortened(" ".join(rest), questions.LONGEST)
        verb = "is" if match["verb"] == "means" else match["verb"]
        front = f"What {verb} {term}?"
        yield from basic(scene, piece, sentence, front, answer, rule="host_what_is", tier="ready")
        return


def _how(piece: Piece, scene: Scene, question: str) -> Iterator[Draft]:
    match = _HOW.search(question)
    if not match or _DODGE.search(piece.text[:120]):
        return
    plain = re.sub(r"\byou\b", "", match["question"])
    if not is_resolved(plain) or re.search(r"\bthat\b", plain):
        return
    sentence = next(spans(piece.text), "")
    answer = without_opening(sentence).rstrip(".")
    if match["question"].startswith("Why") and " because " in answer:
        answer = answer[answer.index(" because ") + 1 :]
    shared = words.content_stems(answer) & words.content_stems(plain)
    if re.search(r"\b(?:in|of|for|at|from) that \w|\bI think\b", answer):
        return
    enough = answer.startswith("because") or bool(shared)
    if enough and words.word_count(answer) >= 4 and not answer.endswith(("…", "...")):
        front = attributed(scene, f"{match['question']}?")
        yield from basic(scene, piece, sentence, front, answer, rule="host_how", tier="rough")


def _meant(piece: Piece, scene: Scene, question: str) -> Iterator[Draft]:
    match = _MEAN.search(question)
    sentence = next(spans(piece.text), "")
    answer = without_opening(sentence).rstrip(".")
    if not match or not scene.guest or not is_resolved(match["term"]):
        return
    fragment = not re.match(r"(?:i|we|you|it|that|this|what)\b", answer, re.IGNORECASE)
    if fragment and words.word_count(answer) >= 3:
        year = f" ({scene.year})" if scene.year else ""
        about = f" in {scene.topic}" if scene.topic else ""
        front = f"What does {scene.guest}{year} mean by “{match['term']}”{about}?"
        yield from basic(scene, piece, sentence, front, answer, rule="host_meant", tier="rough")


def reasons(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Ask why, where a speaker gives the reason in the same sentence."""
    if scene.guest and piece.speaker and piece.speaker != scene.guest:
        return
    for sentence in spans(piece.text):
        said = without_opening(sentence)
        if not is_plain(said[:1].upper() + said[1:]) or " because " not in said:
            continue
        clause = grammar.parse(said)
        if clause is None or not is_resolved(clause.subject) or len(clause.subject.split()) > 8:
            continue
        for offer in questions.ask(clause):
            bad = re.search(r"\b(?:i|you|we|my|your|this|that's)\b", offer.answer, re.IGNORECASE)
            if offer.form != "why" or bad or not is_resolved(offer.question):
                continue
            small = offer.question.replace(
                clause.subject, clause.subject[:1].lower() + clause.subject[1:]
            )
            front = attributed(scene, small)
            if len(words.content_stems(offer.question)) >= 2:
                yield from basic(
                    scene, piece, sentence, front, offer.answer, rule="guest_why", tier="rough"
                )
