"""Hide a proper name of a sentence that tells enough of it: who, where, what it is called after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from quizgen import words
from quizgen.generate.offline import (
    bearers,
    clauses,
    common,
    facts,
    fitting,
    guards,
    hints,
    opening,
    propers,
    trust,
    wording,
)
from quizgen.generate.offline.drafts import cloze, shown
from quizgen.generate.offline.guards import LONGEST_FRONT, is_for_tasks
from quizgen.generate.offline.lexicon import gathered
from quizgen.generate.offline.propers import Name
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.tagging import Token, tokens
from quizgen.model import Draft, Piece

_YEAR: Final = re.compile(r"\b1\d{3}\b|\b20[0-2]\d\b")
_SHORTEST: Final = 7
_TELLING: Final = 4
_TELLING_SINGLE: Final = 5
_TELLING_SURE: Final = 6
_AROUND: Final = 5
_OFTEN: Final = 3
_EVERYWHERE: Final = 6
_MOST_WORDS: Final = 6
_SHORT: Final = 4
_LEANING: Final = re.compile(
    r"\b(?:this|these|those|such(?! as)|former|latter|also|here|instead|i|we|us|you|our|my|your|me"
    r"|(?:learning|doing|did|does) so|i[’']m|we[’']\w+|you[’']\w+|it[’']s|let[’']s)\b"
    r"|\b(?:for (?:example|instance|comparison)|e\.g\.|see also|et al)\b"
    r"|\bthat (?:year|decade|century|time|day|month|era|period|night|summer|winter)\b"
    r"|^(?:the (?:following|next|same)|following that|\w+ (?:years?|months?|days?|decades?|weeks?|"
    r"hours?) (?:later|after|before|earlier|into)|nearly|examples? |key |then\b|therefore|thus\b"
    r"|it\b|they\b|its\b|their\b|he\b|she\b|his\b|her\b|yesterday\b|today\b|tomorrow\b)",
    re.IGNORECASE,
)
_PALE: Final = re.compile(
    r"\b(?:highlight|emphasi[sz]|underscor|illustrat|demonstrat|explor|discuss|showcas|exemplif"
    r"|reflect|embod|resonat|inspir(?:es|ing)|celebrat|critici[sz]|stress(?:es|ing)|examin|argu"
    r"|believ|suggest|advocat|question|rais(?:es|ing) |portray|depict|mention|claim|shows\b"
    r"|deserv|inseparable|overdue|crucial|vital|stands? (?:as|out)|serv(?:es|ed) as|important"
    r"|importance|necessity|significan"
    r"|profound|brilliant|extraordinary|remarkabl|fascinating|lesson|reminder|deep(?:er|ly)"
    r"|transformative|influential|legacy|iconic|renowned|photo|caption|rhetoric"
    r"|copyright|illustration|subscribe|sponsor|directed by|produced by|edited by|host(?:s|ed)\b"
    r"|episode|podcast|chapter|reader|author\b|slide|exam\b|homework|click|due\b|syllabus)",
    re.IGNORECASE,
)
"""What is said of many, and what a page says of itself or of the one that it is about."""
_MARKS: Final = re.compile(
    r"[=|{}<>#\\•·→\[\]]|:\W*[A-Z]|https?|!$|\?|[a-z]\d, \d|\.\w+ [a-z]|\. [a-z]"
)
_DID: Final = re.compile(
    r"(?P<who>[A-Z][\w. ’'-]+?)(?P<when> \([^()]{4,40}\))?(?: -|:| –)"
    r" (?P<did>[A-Z][a-z]+) (?P<rest>.+)$"
)
_UNSURE: Final = re.compile(
    r"\b(?:perhaps|maybe|might|allegedly|reportedly|supposedly|apparently|likely)\b", re.IGNORECASE
)
_LISTING: Final = re.compile(
    r"\b(?:such as|like|including|especially|namely|notably|even|unlike|from|between|no"
    r"|without|not) (?:the )?$",
    re.IGNORECASE,
)
_PLACES: Final = gathered(
    """
    africa america americas arctic asia athens atlantic australia austria berlin brazil britain
    california canada caribbean chicago china christianity cuba denmark earth egypt england english
    europe florida france germany greece hispanic holland hungary india indonesia iran iraq ireland
    islam israel italy jamaica japan jews judaism latin london manhattan mars mediterranean mexico
    moscow netherlands nazis norway pacific paris persia poland portugal prussia rome russia sahara
    saturn serbia scotland siberia singapore spain states sweden switzerland texas thailand turkey
    uk ukraine usa venice vienna vietnam wales washington west western world york
    """
)
_PLACING: Final = frozenset(
    {"in", "from", "at", "to", "across", "near", "throughout", "into", "of"}
)
_ALSO: Final = re.compile(r" also (?=[a-z])")
_ADVERB: Final = re.compile(r"^(?:Luckily|Unfortunately|Sadly|Remarkably|Surprisingly|Curiously), ")
_JOINS: Final = frozenset({"CJS", "CJT", "DTQ", "PNQ"})
DOING: Final = facts.MAKING | gathered(
    """
    abolish assassinate become buy capture command conquer defeat die discover dissolve drown
    execute kill marry order perform reach rescue revive sink survive teach win
    """
)


@dataclass(frozen=True, slots=True)
class _Gap:
    text: str
    name: Name
    told: int
    weight: float

    @property
    def around(self) -> str:
        return f"{self.text[: self.name.begin]} {self.text[self.name.end :]}"


def named(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Hide the surest name of each sentence of a piece."""
    if is_for_tasks(piece.heading):
        return
    for text in (piece.text, piece.explanation, piece.answer):
        for told in bearers.sentences(scene, text):
            gap = _best(scene, told.said)
            if gap is not None:
                yield from _drafted(scene, piece, told.proof, gap)


def _drafted(scene: Scene, piece: Piece, proof: str, gap: _Gap) -> Iterator[Draft]:
    name = gap.name
    lead = wording.introduced(scene, gap.text, hidden=name.text)
    end = "" if gap.text.rstrip("\"”’')").endswith((".", "!")) else "."
    parts = (lead + gap.text[: name.begin], name.text, gap.text[name.end :].rstrip(" ;,") + end)
    rule = "name_cloze" if _is_sure(scene, gap) else "named_cloze"
    yield from cloze(
        scene, piece, shown(scene, piece, proof), parts, rule=rule, tier="ready", hinted=True
    )


def _best(scene: Scene, sentence: str) -> _Gap | None:
    gaps = [
        gap
        for text in texts(scene, sentence)
        for name in propers.find(scene, text)
        for gap in _weighed(scene, text, name)
    ]
    return max(gaps, key=lambda gap: gap.weight, default=None)


def texts(scene: Scene, sentence: str) -> Iterator[str]:
    """Give what a sentence tells on its own, cut to what a card has room for."""
    plain = _ALSO.sub(" ", _ADVERB.sub("", wording.tidy(sentence)))
    whole = opening.told(scene, _as_sentence(plain[:1].upper() + plain[1:]))
    for part in (whole, *re.split(r";\s+", whole)) if ";" in whole else (whole,):
        said = part if part == whole else opening.told(scene, part)
        if kept := _cut(scene, said):
            yield kept
            return


def _as_sentence(sentence: str) -> str:
    """Read `Ada Voss (1931): Built the first mill` as the sentence that it stands for."""
    found = _DID.match(sentence)
    if found is None or not fitting.is_person(found["who"]):
        return sentence
    tagged = tokens(f"They {found['did'].lower()} {found['rest']}")
    if len(tagged) < 2 or tagged[1].tag not in ("VVD", "VHD", "VBD"):
        return sentence
    return f"{found['who']}{found['when'] or ''} {found['did'].lower()} {found['rest']}"


def _cut(scene: Scene, said: str) -> str:
    """Give a text if it stands alone, without its tail where it is too long, or nothing."""
    room = LONGEST_FRONT
    if not said or _LEANING.search(said):
        said = clauses.without_tail(said, room) if said else ""
    if words.word_count(said) > room:
        said = clauses.without_tail(said, room)
    fits = _SHORTEST <= words.word_count(said) <= room and guards.is_plain(said)
    if not fits or any(found.search(said) for found in (_LEANING, _PALE, _UNSURE, _MARKS)):
        return ""
    stands = not wording.labelled(said)[0] and _is_clause(said) and _knows_whose(scene, said)
    return said if stands else ""


def _is_clause(said: str) -> bool:
    """Claim that a sentence has a subject and, for it, a verb."""
    tagged = tokens(said)
    capitals = sum(word[:1].isupper() for word in said.split())
    if not tagged or tagged[0].is_verb or 2 * capitals > len(said.split()):
        return False
    acts = [at for at, token in enumerate(tagged) if token.is_finite or token.tag == "VM0"]
    joins = [at for at, token in enumerate(tagged) if token.tag in _JOINS]
    return bool(acts) and (len(acts) > len(joins) or acts[0] < joins[0])


def _knows_whose(scene: Scene, said: str) -> bool:
    """Claim that somebody is named before each `he`, `his` or `her`."""
    first = re.search(r"\b(?:he|she|him|his|her|himself|herself)\b", said)
    return first is None or any(n.begin < first.start() for n in propers.find(scene, said))


def _weighed(scene: Scene, text: str, name: Name) -> Iterator[_Gap]:
    around = f"{text[: name.begin]} {text[name.end :]}"
    if _is_told_elsewhere(scene, name, around) or _is_aside(text, name):
        return
    told = len(common.rare(around) - common.rare(name.text))
    spread = [scene.spread.get(stem, 0) for stem in common.stems(name.text)]
    whole = name.is_person or name.is_whole
    often = min(spread, default=0) if whole else max(spread, default=0)
    others = len(list(propers.find(scene, text))) - 1
    if told < _least(text, name, others) + (often > _OFTEN) or often > _EVERYWHERE:
        return
    if len(words.content_stems(around)) < _AROUND:
        return
    weight = 5.0 * name.is_person + 3.5 * (name.is_whole and not name.is_person)
    weight += 2.0 * _does(text, name) + 1.0 * (name.begin < 5) - 0.7 * often + 0.2 * told
    weight -= 1.5 * (_before(text, name) in _PLACING)
    yield _Gap(text, name, told, weight)


def _least(text: str, name: Name, others: int) -> int:
    """Say how many rare words must stand beside a name: fewer where another name or a deed does."""
    if name.is_person:
        return _TELLING - _does(text, name)
    if name.is_whole:
        return max(2, _TELLING - 1 - min(others, 1))
    return _TELLING_SINGLE - _does(text, name) - min(others, 1)


def _before(text: str, name: Name) -> str:
    said = text[: name.begin].split()
    return said[-1].casefold() if said else ""


def _is_told_elsewhere(scene: Scene, name: Name, around: str) -> bool:
    """Claim that the title, the rest of the sentence or common sense tells a name."""
    hidden, left = common.stems(name.text), common.stems(around)
    known = common.stems(f"{scene.title} {scene.about} {scene.topic}")
    people = {part for person in scene.passage.work.people for part in person.name.split()}
    return (
        not hidden
        or bool(hidden & left)
        or bool(hidden & known)
        or guards.is_kin(name.text, f"{scene.title} {scene.about}")
        or guards.is_kin(name.text, around)
        or hints.opens_alike(name.text, around)
        or bool(people & set(re.split(r"[\s’'.]+", name.text)))
        or words.word_count(name.text) > _MOST_WORDS
        or name.text.casefold() in _PLACES
        or fitting.is_wide(name.text)
        or fitting.is_of_a_place(name.text)
        or len(name.text) < _SHORT
    )


def _is_aside(text: str, name: Name) -> bool:
    """Claim that a name is one of several, stands in brackets, or only dates what is told."""
    before, behind = text[: name.begin], text[name.end :]
    if fitting.is_printed(before):
        return True
    if before.count("(") > before.count(")") or before.count("“") > before.count("”"):
        return True
    if before.count('"') % 2 or _LISTING.search(before):
        return True
    if re.match(r",? (?:and|or) |/| & | vs", behind) or re.search(
        r"\b(?:and|or|&) (?:the )?$", before
    ):
        return not _joins_clauses(behind, before)
    if re.match(r", [A-Z]|, (?:[\w’'-]+,? ){0,4}(?:and|or) [A-Z]", behind):
        return True
    if re.match(r" \(?[A-Z]|[’']s? [A-Z]", behind) or re.search(r"[A-Z][\w’]+, (?:the )?$", before):
        return True
    if re.search(r"[’'](?:s|)? $", before) and name.is_whole is False:
        return True
    if re.search(
        r"\b(?:after|before|since|until|eve of) the $|\b(?:Mrs?|Ms)\. $|\bfrom [^,.;]+ to $", before
    ):
        return True
    single = not name.is_whole
    # `Muller overturns ...`: what a page says in the present of a surname is of its author.
    tells = next((token for token in tokens(text) if token.start > name.end), None)
    if single and not before and tells is not None and tells.tag in ("VVZ", "VDZ", "VHZ"):
        return True
    if single and _before(text, name) in _PLACING - {"of"}:
        return not _YEAR.search(text)
    dating = re.search(r"\b(?:after|since|before|during|until|by the|of the) $", before)
    return single and dating is not None


def _joins_clauses(behind: str, before: str) -> bool:
    """Claim that `and` beside a name begins a clause of its own: `..., and Roth left`."""
    joined = re.match(r",? (?:and|or) (?P<next>[a-z]+)", behind)
    if re.search(r"\b(?:and|or|&) (?:the )?$", before):
        return bool(re.fullmatch(r"[^,]*, and ", before)) and bool(
            re.match(r" [a-z]+(?:ed|s)\b", behind)
        )
    if joined is None:
        return False
    tagged: tuple[Token, ...] = tokens(f"They {joined['next']} it")
    return len(tagged) > 1 and tagged[1].is_finite


def _does(text: str, name: Name) -> bool:
    """Claim that one deed of a person or an event of a thing is told."""
    tagged = tokens(text)
    behind = [token for token in tagged if token.start >= name.end][:12]
    near = next((token for token in behind if token.tag in ("VVD", "VVN")), None)
    by = _before(text, name) == "by"
    return by or (near is not None and near.lemma in DOING)


def _is_sure(scene: Scene, gap: _Gap) -> bool:
    """Claim that who knows the subject has one answer: a whole name, told by what it did and when.

    It stands nowhere else in the document, and nothing in its sentence leans on another.
    """
    name, said = gap.name, gap.around.replace("  ", " ____ ")
    once = all(scene.spread.get(stem, 0) <= 2 for stem in common.stems(name.text))
    particular = _YEAR.search(said) is not None or (_does(gap.text, name) and name.is_person)
    return (
        name.is_whole
        and once
        and particular
        and gap.told >= _TELLING_SURE
        and not trust.leans(said)
        and _before(gap.text, name) not in _PLACING - {"of"}
    )
