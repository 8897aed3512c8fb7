"""Ask who did something, what somebody did, and what somebody holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import common, cutting, facts, grammar, lexicon, verbs, wording
from quizgen.generate.offline.drafts import basic
from quizgen.generate.offline.guards import is_resolved
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import attributed, heading_of, lowered
from quizgen.model import Draft, Piece, Tier

_PERSON: Final = r"[A-Z][\w’'-]+(?: [A-Z]\.)?(?: (?:de|van|von|der|la|le))?(?: [A-Z][\w’-]+){1,2}"
_DEEDS: Final = (
    "invented|wrote|discovered|founded|developed|introduced|proposed|created|designed|coined|"
    "published|built|proved|formulated|pioneered|devised|described|replicated|isolated|composed|"
    "painted|established|launched|patented|identified|predicted|measured"
)
_DID: Final = re.compile(
    r"(?:^|[,;:] |^In (?P<year>\d{4}),? |\b(?:and|when|that|until) )"
    rf"(?P<who>{_PERSON}(?:, {_PERSON})*(?:,? and {_PERSON})?)"
    rf" (?:first |later |then |also )?(?P<verb>{_DEEDS})"
    r"(?P<when> in \d{4})? (?P<what>that |(?:the|an?|his|her|their|these|\w+) .+)$",
)
_REPORTS: Final = (
    "argues|suggests|notes|emphasizes|emphasises|believes|posits|claims|contends|explains|predicts|"
    "warns|stresses|thinks|maintains|asserts|observes|concludes|holds|insists|says|adds|suspects|"
    "points out|acknowledges|recommends|advocates|expects|proposes"
)
# `What does X conclude about Y?` has as many answers as X has thoughts on it.
_TIERS: Final[dict[str, Tier]] = {"report_about": "rough"}
_REPORT: Final = re.compile(
    rf"^(?:[A-Z]\w+, )?(?P<who>(?:[A-Z][\w’-]+ ){{0,2}}[A-Z][\w’-]+) (?:also |further |then )?"
    rf"(?P<verb>{_REPORTS}) (?P<what>.+)$",
)


def deeds(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Ask who made, found or wrote something; or, where it is a claim, what they claimed."""
    for sentence in wording.sentences(piece):
        match = _DID.search(sentence.rstrip("."))
        if match is None or _takes_part(scene, match["who"]) or sentence.endswith("?"):
            continue
        # What is only thought to be somebody's deed is nobody's.
        if facts.UNSURE.search(sentence):
            continue
        # `Lloyd Shapley and Herbert Scarf`: of two people the second is half an answer.
        before = sentence[: match.start("who")].split()
        if before[-1:] == ["and"] and before[-2:-1] and before[-2][:1].isupper():
            continue
        verb = match["verb"]
        when = match["when"] or (f" in {match['year']}" if match["year"] else "")
        if match["what"].startswith("that "):
            said = cutting.first_part(tuple(match["what"].split()[1:]))
            asked = f"What did {match['who']} {verbs.PAST.get(verb, verb)}{when}?"
            if when:
                asked = attributed(scene, asked)
                yield from _told(scene, piece, sentence, (asked, " ".join(said)), "what_did")
            continue
        made = " ".join(cutting.first_part(tuple(match["what"].split())))
        made = re.sub(r"^these ", "", made).rstrip(",;:")
        # `houses, without money`: what was cut off tells the thing apart.
        if re.match(rf"{re.escape(made)}, (?:with|without|not|but) ", match["what"]):
            continue
        linked = grammar.bare(made.split()[0]) in lexicon.PREPOSITIONS
        if len(made.split()) < 2 or linked or not is_resolved(made):
            continue
        asked = f"Who {verb} {made}{when}?"
        # `patented a fix` names nothing that could be known without its page.
        telling = any(not stem.isdigit() for stem in common.rare(made))
        if len(words.content_stems(made)) >= 2 and telling:
            yield from _told(scene, piece, sentence, (asked, match["who"]), "who_did")


def reports(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Ask what somebody holds about the subject of the claim, or of its section."""
    asked_before: set[str] = set()
    for sentence in wording.sentences(piece):
        match = _REPORT.match(sentence.rstrip("."))
        name = _full_name(scene, match["who"]) if match else ""
        said = _content(match["what"], match["verb"]) if match else ""
        topic = _topic(scene, piece, said)
        if match is None or not name or not topic or topic in asked_before:
            continue
        if re.match(r"(?:it|this|these|they|he|she|that)\b", said, re.IGNORECASE):
            continue
        verb = match["verb"].split()[0]
        base = {"points": "point out"}.get(verb, verbs.THIRD.get(verb, verb.rstrip("s")))
        asked = f"What does {scene.dated(name)} {base} about {topic}?"
        if len(words.content_stems(said) - words.content_stems(asked)) >= 3:
            asked_before.add(topic)
            yield from _told(scene, piece, sentence, (asked, said), "report_about")


def _topic(scene: Scene, piece: Piece, said: str) -> str:
    """Name what a claim is about: its own subject, or else the heading it stands under."""
    clause = grammar.parse(said) if said else None
    subject = clause.subject if clause and not clause.lead else ""
    first = cutting.bare(subject.split()[0]) if subject else ""
    counted = first in lexicon.DETERMINERS - {"the", "a", "an"} or first in ("one", "there")
    if subject and not counted and len(subject.split()) <= 6 and is_resolved(subject):
        return lowered(scene, subject)
    heading = heading_of(scene, piece)
    return f"“{heading}”" if heading else ""


def _content(what: str, verb: str) -> str:
    """Take the claim from what follows a verb of saying; a bare noun only after some verbs."""
    if what.startswith("that "):
        parts = tuple(what.split()[1:])
        lead = parts[0].casefold() in ("while", "although", "though", "if", "as", "when")
        concession = re.match(r"that (?:while|although|though) [^,]*\bthese\b[^,]*, (.+)", what)
        if concession:
            return cutting.shortened(concession[1], 20)
        return cutting.shortened(what[5:] if lead else " ".join(cutting.first_part(parts)), 20)
    if verb in ("expects", "predicts", "proposes", "advocates"):
        return cutting.shortened(what, 20)
    clause = grammar.parse(what) if verb in ("thinks", "believes", "says", "suspects") else None
    return (
        cutting.shortened(" ".join(cutting.first_part(tuple(what.split()))), 20) if clause else ""
    )


def _told(
    scene: Scene, piece: Piece, sentence: str, pair: tuple[str, str], rule: str
) -> Iterator[Draft]:
    yield from basic(
        scene, piece, sentence, pair[0], pair[1], rule=rule, tier=_TIERS.get(rule, "ready")
    )


def _full_name(scene: Scene, said: str) -> str:
    """Find the person whom a full name or a last name means, among those who take part."""
    for person in scene.passage.work.people:
        if said == person.name or said == person.name.split()[-1] or said in person.aliases:
            return person.name
    return ""


def _takes_part(scene: Scene, said: str) -> bool:
    return any(person.name in said for person in scene.passage.work.people)
