"""Ask for terms: what letters stand for, what a thing is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import (
    alone,
    common,
    cutting,
    defining,
    grammar,
    guards,
    lexicon,
    verbs,
    wording,
)
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.drafts import basic
from quizgen.generate.offline.guards import is_plain, is_resolved
from quizgen.generate.offline.lexicon import gathered
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import lowered, names, without_opening
from quizgen.model import Draft, Piece

_SHORT_AFTER: Final = re.compile(r"\(([A-Z][A-Za-z]{1,6}|[A-Z]-[A-Z]\w+)\)")
_LONG_AFTER: Final = re.compile(r"\b([A-Z]{2,6}s?) \(((?:[A-Z][\w-]+ ?){2,6})\)")
_STANDS_FOR: Final = re.compile(r"\b([A-Z]{2,6}) (?:stands|is short) for ((?:[A-Z][\w-]+ ?){2,7})")
_KNOWN: Final = frozenset({"USA", "UK", "EU", "UN", "TV", "CEO", "AI", "OK", "PHD", "DR", "MR"})

_APPOSITION: Final = re.compile(
    r"(?:(?<=, )|(?<=and )|(?<=including )|^)"
    r"((?:[A-Z0-9][\w-]*)(?: [A-Z0-9][\w-]*){0,3}|[A-Z][a-z]+ [a-z]+(?: [a-z]+)?),"
    r" (an? [^,;()]{10,110}?)(?=,|\.$|;)",
)
_WHEN: Final = re.compile(r"^(?:So,? |And )?((?:[\w-]+ ){0,3}[\w-]+) is when (.+)$")
_PHENOMENON: Final = re.compile(
    r"\b(?:phenomenon|concept|process|effect|notion|principle|problem|practice) "
    r"(?:of|called|known as) "
    r"[\"'“‘]?([\w -]{3,40}?)[\"'”’]?((?: in [\w -]{3,30})?),? (?:where|in which|whereby) (.+)",
)
_MADE: Final = ("tion", "sion", "ment", "ance", "ence", "ure", "ness", "ity", "sis", "ship", "age")
_QUALIFYING: Final = re.compile(r".*(?:ed|al|ive|ous|ic|ble|ful|ent|ant|ary)$")
_LAX: Final = frozenset(
    {
        "backbone",
        "cornerstone",
        "foundation",
        "pillar",
        "lot",
        "bit",
        "thing",
        "matter",
        "kind",
        "type",
        "sort",
        "one",
        "area",
        "part",
        "piece",
        "half",
    },
)
_KINDS: Final = gathered(
    """
    acid alloy bacterium bone cell chain chemical color cycle engine family fluid fungus heuristic
    illness infection laboratory letter medicine metal mineral mode muscle nerve network organism
    particle poison psychology ratio rock salt shape species star statistic steel subset tissue
    tumor virus vitamin wind
    """
)
_PICTURES: Final = gathered(
    """
    abstraction act belief celebration chance challenge claim combination expression fact game guess
    invention manifestation outcome path phase promise question reason reflection trade
    """
)
"""Kinds under which somebody puts a thing to say what it is like: `an act of dilution`."""
_COUNTED: Final = gathered(
    """
    band bit block body branch collection container device distance group instrument layer line
    list machine map note number object pair part person piece place point sequence series set sign
    space square step string structure symbol table tool tube unit vector vessel word
    """
)
"""Kinds of things that are counted."""
_THINGS: Final = gathered(
    """
    algorithm argument bias cell chart circuit contract curve diagram effect engine function gene
    good graph heuristic index ledger loop map matrix method model network neuron plan protein
    protocol ratio rule schema scheme system table test theory tree variable virus wave
    """
)
"""Things that a term ends with, and which take an article."""
_FORMULA: Final = re.compile(r"[%=+*^/\\<>]")
_RUN_ON: Final = re.compile(r"\b(?:is|are) ")
_OFTEN: Final = 3
_PRONOUN_WITHIN: Final = re.compile(r"(?<=\w )\b(?:it|its|they|their|them|your?)\b", re.IGNORECASE)


def acronyms(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Ask what the letters that a sentence itself spells out stand for."""
    for sentence in wording.sentences(piece):
        for short, long in _spelled_out(sentence):
            asked = f"What does {short} stand for?"
            if scene.topic or short.casefold() not in alone.WELL_KNOWN:
                asked = wording.in_field(scene, asked, piece, is_view=False)
            # Letters mean one thing in each field: without its name they have many answers.
            if not asked or guards.is_kin(long, asked):
                continue
            yield from basic(scene, piece, sentence, asked, long, rule="acronym", tier="ready")


def _spelled_out(sentence: str) -> Iterator[tuple[str, str]]:
    for match in _SHORT_AFTER.finditer(sentence):
        short = match.group(1)
        plain = short.removesuffix("s") if short[:-1].isupper() else short
        if sum(char.isupper() for char in plain) < 2 or plain.upper() in _KNOWN:
            continue
        long = _expansion(sentence[: match.start()].split(), plain)
        if long:
            yield plain, long.removesuffix("s") if short != plain else long
    for match in _LONG_AFTER.finditer(sentence):
        short, long = match.group(1).removesuffix("s"), match.group(2).strip()
        if _initials(long.split()).startswith(short.casefold()):
            yield short, long.removesuffix("s") if match.group(1) != short else long
    for match in _STANDS_FOR.finditer(sentence):
        yield match.group(1), match.group(2).strip()


def _expansion(before: list[str], short: str) -> str:
    """Take the fewest words before a bracket whose initials are its letters."""
    letters = "".join(char for char in short.casefold() if char.isalpha())
    for length in range(1, min(len(letters) + 3, len(before)) + 1):
        taken = before[-length:]
        if taken[0][0].casefold() == letters[0] and _initials(taken) == letters:
            return " ".join(taken)
    return ""


def _initials(taken: list[str]) -> str:
    parts = [part for word in taken for part in re.split(r"[-/]", word) if part]
    small = {"of", "the", "and", "for", "in", "on", "to", "from", "with", "a"}
    return "".join(part[0] for part in parts if part not in small).casefold()


def definitions(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Ask what a term is, where a sentence defines it."""
    for sentence in wording.sentences(piece):
        said = without_opening(sentence) if piece.kind == "turn" else sentence
        for term, meaning in _defined(piece, scene, said):
            if _is_broken(meaning) or _runs_on(meaning) or _FORMULA.search(term):
                continue
            if is_told_by(term, meaning) or not tells(scene, term, meaning):
                continue
            if not is_resolved(_PRONOUN_WITHIN.sub("", meaning)):
                continue
            # Of one term there are many definitions, of one definition there is one term.
            pair, rule = defining.term_of(scene, term, meaning), "term_of"
            if pair is None:
                asked = _what_is(scene, piece, _with_article(term, meaning))
                pair, rule = (asked, meaning), "definition"
            if pair[0]:
                yield from basic(scene, piece, sentence, *pair, rule=rule, tier="ready")


def is_told_by(term: str, meaning: str) -> bool:
    """Claim that the parts of a term say what it is: `antivenom` works against `venom`."""
    known = re.sub(r"[\W_]", "", term.casefold())
    return any(
        word[: max(5, len(word) - 2)] in known
        for word in map(str.casefold, words.tokens(meaning))
        if len(word) > 4
    )


def _with_article(term: str, meaning: str) -> str:
    """Put `a` before a thing that notes name without it: `tetrachord`, said to be `a group`."""
    first, *rest = meaning.split()
    one = bare(first) in ("a", "an") and bool(rest) and bare(rest[0]) in _COUNTED
    bare_word = term[:1].islower() and bare(term.split(maxsplit=1)[0]) not in lexicon.DETERMINERS
    head = bare(term.rsplit(maxsplit=1)[-1])
    one = one or (bare(first) in ("a", "an") and head in _COUNTED | _THINGS)
    if not (one and bare_word) or term.endswith(("s", *_MADE, "ing", "ism", "ics")):
        return term
    return f"{'an' if term[0] in 'aeiou' else 'a'} {term}"


def _is_broken(meaning: str) -> bool:
    """Claim that notes left out a word: `a group of flats and sharps indicate the key`."""
    said = [bare(word) for word in meaning.split()]
    for at in range(2, len(said) - 1):
        acts = said[at] in verbs.BASES and not verbs.is_noun_too(said[at])
        many = said[at - 1].endswith("s") and not said[at - 1].endswith(("ss", "us", "is"))
        told = lexicon.RELATIVES | {"to", "and", "or", "as", "how", "when", "whether"}
        if acts and many and not told & set(said[:at]) - {"and", "or"}:
            return True
    return False


def _runs_on(meaning: str) -> bool:
    """Claim that a second definition follows without a mark: `games won RS is runs scored`."""
    found = _RUN_ON.search(meaning)
    before = [] if found is None else meaning[: found.start()].split()
    joins = lexicon.RELATIVES | {"as", "because", "if", "than", "whether", "there", "it", "they"}
    return bool(before) and not joins & set(map(bare, before))


def _what_is(scene: Scene, piece: Piece, term: str) -> str:
    said = term.split()
    end = next(
        (at for at, word in enumerate(said) if at and word in lexicon.PREPOSITIONS), len(said)
    )
    head = said[end - 1]
    plural = head.endswith("s") and not head.endswith(("ss", "is", "us", "ics"))
    plural = plural and not term[0].isupper() and head.casefold() != "savings"
    verb = "are" if plural else "is"
    asked = f"hat {verb} {term}?"
    bare_term = re.sub(r"^(?:an?|the) ", "", term)
    plain = bare_term[:1].islower()
    if " " in bare_term or not plain:
        told = " " in bare_term or len(bare_term) > 2
        return wording.by_author(scene, f"W{asked}") if told else ""
    # What a work speaks of all over is its subject, and has as many definitions as books.
    often = scene.spread.get(words.stem(bare_term), 0) > _OFTEN
    if common.is_common(bare_term) and often:
        return ""
    # A single word means something of its own here, and the front must say where.
    return wording.in_field(scene, f"W{asked}", piece)


def tells(scene: Scene, term: str, meaning: str) -> bool:
    """Claim that a definition names a kind and what sets the term apart, and is no picture.

    `A tight bargain between animal, alga and limestone` is what somebody likens reefs to; of
    what a whole work is about, no one sentence is the definition.
    """
    topic = words.content_stems(f"{scene.title} {scene.about} {scene.topic}")
    said = meaning.split()
    if " and " in term or words.content_stems(term) <= topic or len(said) < 5:
        return False
    if bare(said[0]) == "when":
        return True
    head = _head(tuple(said[1:] if bare(said[0]) in ("a", "an", "the") else said))
    kinds = (lexicon.CLASSES | _KINDS) - _PICTURES
    made = head.endswith(_MADE) and head not in _PICTURES
    kind = head in kinds or head.removesuffix("s") in kinds or made
    told = words.content_stems(meaning) - words.content_stems(term)
    return kind and (len(common.rare(meaning) & told) >= 1 or len(told) >= 4)


def _defined(piece: Piece, scene: Scene, sentence: str) -> Iterator[tuple[str, str]]:
    when = _WHEN.match(sentence.rstrip("."))
    # On a page, `success is when ...` is what somebody says of it, and no definition.
    if piece.kind != "turn" and not scene.is_talk:
        when = None
    if when and bare(when.group(1).split()[0]) not in lexicon.PRONOUNS | lexicon.RELATIVES | {"so"}:
        rest = " ".join(cutting.first_part(tuple(when.group(2).split())))
        if words.word_count(rest) == words.word_count(when.group(2)):
            yield lowered(scene, when.group(1)), f"when {rest}"
    yield from _phenomena(sentence)
    if not is_plain(sentence):
        return
    yield from _copula(piece, scene, sentence)
    if piece.kind not in ("turn", "caption"):
        yield from _appositions(scene, sentence)


def _phenomena(sentence: str) -> Iterator[tuple[str, str]]:
    match = _PHENOMENON.search(sentence.rstrip("."))
    if match is None:
        return
    said = match.group(3).split()
    for at in range(2, len(said)):
        word = bare(said[at])
        ends = said[at - 1].endswith(",") and (
            word in verbs.THIRD or word in lexicon.AUXILIARIES or word in verbs.PAST
        )
        if ends and bare(said[at - 1]) not in ("then", "and"):
            said = said[:at]
            break
    yield f"{match.group(1)}{match.group(2)}", f"when {' '.join(said).rstrip(',')}"


def _copula(piece: Piece, scene: Scene, sentence: str) -> Iterator[tuple[str, str]]:
    clause = grammar.parse(sentence)
    if clause is None or clause.form != "be" or clause.aux not in ("is", "are") or clause.mids:
        return
    rest = cutting.first_part(clause.rest)
    subject = clause.subject.split()
    if bare(subject[0]) in lexicon.RELATIVES:
        return
    if names(clause.subject) and _is_person(scene, clause.subject, [bare(word) for word in rest]):
        return
    if len(rest) < 4 or clause.lead or len(subject) > 5 or not is_resolved(clause.subject):
        return
    article = bare(rest[0])
    opening = [bare(word) for word in rest[1:5]]
    if article not in ("a", "an", "the") or any(word in lexicon.EVALUATIVE for word in opening[:3]):
        return
    if any(word.endswith("est") and word not in ("test", "forest") for word in opening[:2]):
        return
    if bare(subject[0]) == "the" and len(subject) == 2 and common.is_common(bare(subject[1])):
        return
    part = bare(subject[0]) == "the" and bare(subject[-1]) in lexicon.ROLES - {"effect"}
    if part or any(bare(word) in lexicon.PREPOSITIONS for word in subject):
        return
    head = _head(rest[1:])
    known = head in lexicon.CLASSES or head.removesuffix("s") in lexicon.CLASSES
    # `Transpiration is the evaporation of ...`: a bare term and a noun made from a verb.
    known = known or (piece.kind != "turn" and len(subject) < 3 and head.endswith(_MADE))
    if head in _LAX or (not known and (piece.kind == "turn" or article == "the")):
        return
    if article == "the" and not any(
        bare(word) in lexicon.PREPOSITIONS | {"that", "where", "which"} for word in rest[2:6]
    ):
        return
    meaning = " ".join(rest).rstrip(",;")
    if "lot" in meaning.split() or "there" in subject or clause.subject.endswith(","):
        return
    yield lowered(scene, clause.subject), meaning


def _head(phrase: tuple[str, ...]) -> str:
    """Find the noun of a phrase: the last word before what hangs on it."""
    linked = lexicon.PREPOSITIONS | lexicon.RELATIVES
    for at, word in enumerate(phrase):
        hangs = bare(word) in linked or (at and bare(word) in verbs.PARTICIPLE)
        if hangs and at:
            return bare(phrase[at - 1])
        if word.endswith(",") and not _QUALIFYING.match(bare(word)):
            return bare(word)
    return bare(phrase[-1])


def _appositions(scene: Scene, sentence: str) -> Iterator[tuple[str, str]]:
    for match in _APPOSITION.finditer(sentence):
        term, meaning = match.group(1), match.group(2)
        said = [bare(word) for word in meaning.split()]
        if len(said) < 4 or said[1] in lexicon.EVALUATIVE or said[1] in _LAX:
            continue
        if any(word in lexicon.AUXILIARIES for word in said) or _is_person(scene, term, said):
            continue
        first = bare(term.split()[0])
        named = first == "the" and len(term.split()) > 1 and is_resolved(term)
        if first in lexicon.OPENERS | lexicon.DETERMINERS | lexicon.PRONOUNS and not named:
            continue
        if match.start() == 0 and bare(term) in lexicon.CONNECTIVES:
            continue
        yield lowered(scene, term) if match.start() == 0 else term, meaning


def _is_person(scene: Scene, term: str, said: list[str]) -> bool:
    trades = (
        "journalist",
        "scientist",
        "author",
        "researcher",
        "professor",
        "founder",
        "president",
    )
    trades += ("engineer", "writer", "philosopher", "economist", "historian", "king", "general")
    people = {part for person in scene.passage.work.people for part in person.name.split()}
    if any(part in people for part in term.split()):
        return True
    return any(word.endswith(trades) for word in said) and bool(names(term))
