"""Ask who did something, and in which year something happened, where tags read the clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, takewhile
from typing import Final

from quizgen import words
from quizgen.generate.offline import common, cutting, fitting, lexicon, opening, verbs, wording
from quizgen.generate.offline.drafts import basic
from quizgen.generate.offline.guards import is_for_tasks, is_resolved
from quizgen.generate.offline.lexicon import gathered
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.tagging import Token, tokens
from quizgen.model import Draft, Piece

_NAME: Final = (
    r"(?:(?:Sir|Lord|Dr\.|Saint|St\.) )?"
    r"[A-Z][\w’'-]*[a-z](?: [A-Z]\.)*(?: (?:de|van|von|der|den|la|le|di|du|al|ibn))*"
    r"(?: [A-Z][\w’-]*[a-z]){1,2}|(?:[A-Z]\. ?){1,3}[A-Z][\w’-]+[a-z]"
)
_PEOPLE: Final = re.compile(rf"(?:{_NAME})(?:(?:, (?:{_NAME}))*,? and (?:{_NAME}))?")
_YEAR: Final = re.compile(r"\b(?:1\d{3}|20[0-2]\d)\b")
_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
_IN_YEAR: Final = re.compile(
    rf"(?:in|on) (?:(?:early|late|mid|spring|autumn|the (?:spring|summer|autumn|winter) of) )?"
    rf"(?:(?:{_MONTHS})(?: \d{{1,2}})?,? )?(?P<year>1\d{{3}}|20[0-2]\d)\b(?![-–/])",
    re.IGNORECASE,
)
_DATED: Final = re.compile(rf"^{_IN_YEAR.pattern},? ", re.IGNORECASE)
UNSURE: Final = re.compile(
    r"\b(?:perhaps|probably|possibly|maybe|may have|might|allegedly|reportedly|supposedly|said to"
    r"|thought to|believed to|legend|tradition|disputed|apparently|seems?|appears? to|likely"
    r"|credited|claimed|attributed|ascribed|myth|rumou?r\w*|not|never|hardly|n[’']t)\b",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(
    r"(?:, (?!and |or |who |whose |which )[^,;()]{3,70},| \([^()]{2,40}\))?"
    r"(?: (?:first|later|then|also|soon|independently|famously))? "
)
MAKING: Final = gathered(
    """
    adapt adopt arrange assemble author begin build calculate codify coin collect commission
    compile complete compose conceive construct create define demonstrate derive describe design
    determine develop devise discover dissect document draft draw edit engineer establish
    estimate excavate explain film form formulate found identify illustrate improve introduce
    invent isolate launch lead map measure modify name observe open organize originate paint
    patent perfect photograph pioneer popularise popularize predict present promote propose
    prove publish purify reconstruct record reform refute release replicate sculpt sequence show
    sign solve start sweep synthesise synthesize test trace train translate unify win write
    """
)
"""What is told of its doer: of each such deed there is one, or a few who did it together."""
_HOLDING: Final = gathered(
    "argue believe claim conclude deny doubt hold insist maintain object propose reply suggest"
)
_OFTEN: Final = 3
_LOOSE: Final = gathered(
    """
    act add agree answer appear ask become begin believe bring call change come continue die do
    emphasise emphasize expect explore feel find follow get give go have hear hope keep know
    land like live look love make mean need note play put reach recall reflect return run say
    see seem serve speak spend stand start stay take talk tell think touch try turn use visit
    want wish wonder work
    """
)
"""What many people do, or what a page says that somebody in it says."""
MILESTONES: Final = MAKING | gathered(
    """
    abolish approve authorise authorize awaken ban close collapse conquer crown declare decree
    dissolve enact end erupt execute expand explode fall flood forbid found grant halt impose
    invade issue kill legalise legalize liberate merge nationalise occupy outlaw overthrow pass
    ratify recognise recognize reopen repeal require resign restore retract rule sack sail seize
    sink split strike surrender unveil withdraw
    """
)
_PHRASE: Final = frozenset(
    {"AT0", "AJ0", "AJS", "AJC", "NN0", "NN1", "NN2", "NP0", "NN", "ORD", "CRD", "POS", "PRF"}
)
_NUMBERED: Final = frozenset({"CRD", "PUN"})
_INITIALED: Final = re.compile(r"(?:[A-Z]\. ?){1,3}[A-Z][\w’-]+$|Sir |Lord |Dr\. |Saint |St\. ")
_LONGEST_SUBJECT: Final = 9
_LEAST_TOLD: Final = 2
_LEAST_DATED: Final = 3
_PLAIN: Final = re.compile(
    r"^(?:an?|the|this|that|these|one|two|its|their|his|her) ", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    answer: str
    rule: str


def facts(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Ask who did what a clause says somebody did, and in which year what it says happened."""
    if is_for_tasks(piece.heading):
        return
    for sentence in wording.sentences(piece):
        said = wording.without_label(wording.tidy(sentence)).rstrip(".")
        if words.word_count(said) < 5 or said.endswith("?"):
            continue
        for asked in _asked(scene, said):
            yield from basic(
                scene,
                piece,
                sentence,
                asked.question,
                asked.answer,
                rule=asked.rule,
                tier="ready",
            )


def _asked(scene: Scene, said: str) -> Iterator[_Asked]:
    if not _YEAR.search(said) and not _PEOPLE.search(said):
        return
    for part in re.split(r";\s+", said):
        clause = opening.told(scene, part)
        tagged = tokens(clause) if clause else ()
        if not tagged:
            continue
        yield from islice(
            chain(*(ask(scene, clause, tagged) for ask in (_doers, _holders, _made_by))), 1
        )
        first = _first_clause(clause, tagged)
        yield from _years(scene, first, tokens(first))


def _first_clause(said: str, tagged: tuple[Token, ...]) -> str:
    """Cut a sentence before the conjunction behind which a second clause begins."""
    for at, token in enumerate(tagged[1:], 1):
        if token.tag in ("CJC", "CJS") and tagged[at - 1].text == ",":
            behind = list(takewhile(lambda one: not one.is_mark, tagged[at + 1 :]))
            if any(one.is_finite or one.tag == "VM0" for one in behind):
                return said[: tagged[at - 1].start]
    return said


def _doers(scene: Scene, said: str, tagged: tuple[Token, ...]) -> Iterator[_Asked]:
    """Ask who did it, where somebody opens the clause and did one thing that is told whole."""
    dated = _DATED.match(said)
    start = dated.end() if dated else 0
    who = _PEOPLE.match(said, start)
    if who is None or not _are_people(scene, who.group(), tagged, who.start()):
        return
    between = _BETWEEN.match(said, who.end())
    at = _token_at(tagged, between.end()) if between else None
    if at is None or not _is_past(tagged[at]) or tagged[at].lemma in _LOOSE | _HOLDING:
        return
    verb = tagged[at].plain
    rest = said[tagged[at].end :].strip()
    if not rest or rest.split()[0].casefold() in ("by", "to", "of", "as", "and", "or"):
        return
    made = " ".join(cutting.first_part(tuple(rest.split()))).rstrip(",;:")
    if re.match(rf"{re.escape(made)}, (?:with|without|not|but) ", rest):
        return
    year = f" in {dated['year']}" if dated and not _YEAR.search(made) else ""
    made = made.split(", ", maxsplit=1)[0] if year else made
    end = said.find(made, tagged[at].end) + len(made)
    # Of a deed that many could have done, more must be told.
    telling = len(common.rare(made)) >= (1 if tagged[at].lemma in MAKING else _LEAST_DATED)
    if telling and _is_told(made, who.group(), dated=bool(year)) and not UNSURE.search(said[:end]):
        yield _Asked(f"Who {verb} {made}{year}?", who.group(), "who_did")


def _holders(scene: Scene, said: str, tagged: tuple[Token, ...]) -> Iterator[_Asked]:
    """Ask who holds a view that a clause gives to somebody in so many words."""
    who = _PEOPLE.match(said)
    if who is None or not _are_people(scene, who.group(), tagged, 0):
        return
    between = _BETWEEN.match(said, who.end())
    at = _token_at(tagged, between.end()) if between else None
    if at is None or tagged[at].lemma not in _HOLDING or tagged[at].tag not in ("VVZ", "VVD"):
        return
    view = re.match(r" (?:that|in (?:an? )?\d{4}[a-z ]*? that) ", said[tagged[at].end :])
    if view is None:
        return
    held = " ".join(cutting.first_part(tuple(said[tagged[at].end :].split()))).rstrip(",;:")
    often = any(
        scene.spread.get(stem, 0) > _OFTEN for stem in common.stems(who.group().split()[-1])
    )
    kin = any(part in held for part in who.group().split())
    if not (often or kin) and len(common.rare(held)) >= _LEAST_DATED and is_resolved(held):
        yield _Asked(f"Who {tagged[at].plain} {held}?", who.group(), "who_holds")


def _made_by(scene: Scene, said: str, tagged: tuple[Token, ...]) -> Iterator[_Asked]:
    """Ask who made what is said to be made by somebody: `stimulus control, developed by ...`."""
    for at, token in enumerate(tagged[:-2]):
        if token.tag not in ("VVN", "VVD") or token.lemma not in MAKING or not at:
            continue
        by = next(
            (n for n in range(at + 1, min(at + 4, len(tagged))) if tagged[n].plain == "by"), 0
        )
        if not by or by + 1 >= len(tagged):
            continue
        between = said[token.end : tagged[by].start].strip()
        who = _PEOPLE.match(said, tagged[by + 1].start)
        if who is None or not _are_people(scene, who.group(), tagged, who.start()):
            continue
        if between and not re.fullmatch(r"in \d{4}|first|independently", between):
            continue
        after = said[who.end() :]
        if re.match(r"[’']|,? and [A-Z]|, [A-Z][\w’-]+(?:,| and)", after):
            continue
        thing = _thing_before(said, tagged, at)
        when = between if between.startswith("in ") else ""
        if not when:
            behind = re.match(r",? (?P<when>in (?:the )?(?:[A-Z][a-z]+ )?\d{4}s?)\b", after)
            when = behind["when"] if behind else ""
        unsure = UNSURE.search(said[max(0, said.find(thing)) : who.end() + 40])
        if thing and not unsure and _is_told(thing, who.group(), dated=bool(when)):
            asked = f"Who {verbs.past(token.lemma)} {_small(scene, thing)} {when}".rstrip()
            yield _Asked(f"{asked}?", who.group(), "who_by")


def _thing_before(said: str, tagged: tuple[Token, ...], at: int) -> str:
    """Read the noun phrase that a participle describes, whole, or give nothing."""
    end = at
    while end and (
        tagged[end - 1].tag == "AV0" or tagged[end - 1].plain in ("was", "were", "is", "are")
    ):
        end -= 1
    passive = end < at and tagged[end].tag.startswith("VB")
    if end and tagged[end - 1].text == ",":
        end -= 1
        if passive:  # `The term BATNA, the best alternative to ..., was introduced by`
            opens = [place for place, token in enumerate(tagged[:end]) if token.text == ","]
            end = opens[0] if len(opens) == 1 else 0
    run = list(
        takewhile(lambda token: token.tag in _PHRASE or _is_inner(token), reversed(tagged[:end]))
    )
    if not run or not run[0].is_noun:
        return ""
    start = len(tagged[:end]) - len(run)
    while start < end and tagged[start].tag in ("PRF", "POS", "PUN"):
        start += 1
    if start == 2 and len(tagged[0].text) == 1 and tagged[1].text == ".":  # `F. nucleatum`
        start = 0
    before = tagged[start - 1] if start else None
    # `the role of memory developed by`: what stands before belongs to the phrase.
    if before is not None and before.tag in ("CJC", "VVG", "DPS", "DT0"):
        return ""
    if passive and before is not None and not before.is_mark:
        return ""
    return said[tagged[start].start : tagged[end - 1].end] if start < end else ""


def _is_inner(token: Token) -> bool:
    """Claim that a word with a capital is a part of a name: `Standard` in `Standard Oil`."""
    joins = token.is_mark or token.is_verb or token.tag[:2] in ("CJ", "AV", "DT", "PN", "PR")
    return token.text[:1].isupper() and not joins


def _years(scene: Scene, said: str, tagged: tuple[Token, ...]) -> Iterator[_Asked]:
    """Ask in which year something happened that a name tells apart from its like."""
    if len(_YEAR.findall(said)) != 1:
        return
    dated = _DATED.match(said)
    start = dated.end() if dated else 0
    first = _token_at(tagged, start)
    if first is None:
        return
    place = next(
        (n for n in range(first, len(tagged)) if tagged[n].is_verb or tagged[n].is_mark), 0
    )
    verb = tagged[place] if place else None
    subject = said[start : verb.start].strip() if verb else ""
    inside = tagged[first:place]
    if (
        verb is None
        or verb.is_mark
        or not subject
        or len(inside) > _LONGEST_SUBJECT
        or not all(token.tag in _PHRASE or _is_inner(token) for token in inside)
        or not inside[-1].is_noun
        or _YEAR.search(subject)
    ):
        return
    rest = said[verb.end :].strip()
    known = len(inside) > 1 and any(
        token.text[:1].isupper() and (token.tag == "NP0" or at) for at, token in enumerate(inside)
    )
    if verb.plain in ("was", "were") and place + 1 < len(tagged):
        act = tagged[place + 1]
        if act.tag not in ("VVN", "VVD") or not _is_event(act.lemma, known=known):
            return
        rest = said[act.end :].strip()
        opened, done = verb.plain, act.plain
    elif _is_past(verb) and _is_event(verb.lemma, known=known) and not rest.startswith("by "):
        opened, done = "did", verb.lemma
    else:
        return
    body = _undated(rest, dated=bool(dated))
    year = dated["year"] if dated else _YEAR.findall(said)[0]
    if body is None:
        return
    asked = f"In which year {opened} {_small(scene, subject)} {done} {body}".rstrip(" ,")
    named = known or any(
        token.tag == "NP0" and token.text[:1].isupper() for token in tagged[first:]
    )
    telling = len(common.rare(asked)) > (0 if known else 1)
    telling = telling and (bool(body) or done in MILESTONES or verb.lemma in MILESTONES)
    if UNSURE.search(asked):
        return
    if body and _PLAIN.match(body) and len(body.split()) < _LEAST_DATED:
        return
    # `a French society` is one of many; what a paper reported on is the paper's news.
    if re.match(r"(?:An?|One|Some) ", subject) or (verb.lemma == "report" and body[:3] == "on "):
        return
    if named and telling and is_resolved(subject) and is_resolved(body or subject):
        yield _Asked(f"{asked}?", year, "year")


def _is_event(deed: str, *, known: bool) -> bool:
    """Claim that a deed has a year worth knowing; of somebody or something named, most have."""
    return deed in MILESTONES or (known and deed not in _LOOSE)


def _undated(rest: str, *, dated: bool) -> str | None:
    """Take what follows a verb up to its year, or to its first comma where the year came first."""
    if dated:
        return " ".join(cutting.first_part(tuple(rest.split()))).rstrip(",;:")
    found = _IN_YEAR.search(rest)
    if found is None or re.match(r",? (?:to|and|or) (?:in )?\d|[-–]", rest[found.end() :]):
        return None
    body = rest[: found.start()].strip()
    if re.search(r"[,;:(]|\b(?:and|that|which|who|by|of|when|after|before|until|since)$", body):
        return None
    further = rest[found.end() :].strip()
    tail = "" if not further or further[0] in ",;:" else further
    # `In which year did X open in 1830 with ...`: the year stood amid the clause.
    if tail and not re.match(r"(?:and|but|as|when|after|while|with|because|to|for|where)\b", tail):
        return None
    return body


def _is_past(token: Token) -> bool:
    return token.tag == "VVD" or (token.tag == "VVN" and token.plain in verbs.PAST)


def _token_at(tagged: tuple[Token, ...], place: int) -> int | None:
    return next((at for at, token in enumerate(tagged) if token.start >= place), None)


def _are_people(scene: Scene, names: str, tagged: tuple[Token, ...], start: int) -> bool:
    """Claim that every name is somebody's, whole, and that nobody of the work itself is meant."""
    at = _token_at(tagged, start)
    if at is None or tagged[at].tag not in ("NP0", "NN1", "NN2", "NN"):
        return False
    parts = re.split(r",? and |, ", names)
    if names.startswith(("The ", "President ")):
        return False
    hosts = {part for person in scene.passage.work.people for part in person.name.split()}
    titles = f"{scene.title} {scene.about}"
    return all(
        (fitting.is_person(part) or _INITIALED.match(part) is not None)
        and not hosts & set(part.split())
        and part.split()[-1] not in titles
        for part in parts
    )


def _small(scene: Scene, phrase: str) -> str:
    """Begin a phrase amid a question: a name keeps its capital."""
    first, *rest = phrase.split()
    if first in ("The", "A", "An"):
        return f"{first.lower()} {' '.join(rest)}"
    tagged = tokens(phrase)
    named = bool(tagged) and tagged[0].tag == "NP0"
    kept = named or phrase[1:2] == "." or (bool(rest) and rest[0][:1].isupper())
    return phrase if kept else wording.lowered(scene, phrase)


def _is_told(made: str, who: str, *, dated: bool) -> bool:
    """Claim that words say of a deed what few other deeds share."""
    said = made.split()
    first = said[0].casefold() if said else ""
    loose = first in lexicon.PREPOSITIONS | lexicon.PRONOUNS
    telling = {stem for stem in common.rare(made) if not stem.isdigit()}
    named = re.search(r"(?<!^)[A-Z]|\d", made) is not None
    bare = not _PLAIN.match(made)
    sure = named or dated or bare
    kin = any(
        len(part) > 3 and part.casefold()[:5] in made.casefold() for part in words.tokens(who)
    )
    # `patented a fix` names nothing that could be known without its page.
    if not bare and len(said) < _LEAST_DATED and not named:
        return False
    # `stimulus control`, `prospect theory`: what is called so has no article.
    least = 0 if bare and dated and len(words.content_stems(made)) > 1 else _LEAST_TOLD - sure
    return len(said) > 1 and not loose and not kin and is_resolved(made) and len(telling) >= least
