"""Ask for what stands behind a label: `Term: what it is`, `Event (1789): what it did`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import cutting, defining, grammar, lexicon, questions, terms, verbs
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.drafts import basic
from quizgen.generate.offline.guards import is_for_tasks, is_plain, is_resolved, is_task
from quizgen.generate.offline.lexicon import gathered
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.tagging import tokens
from quizgen.generate.offline.wording import heading_of, labelled, lowered, spans
from quizgen.model import Draft, Piece, Tier

_DATED: Final = re.compile(
    r"(?P<event>.{4,70}?) \((?P<date>(?:[A-Z][a-z]+ )?(?:\d{1,2}, )?\d{4}(?:\s?[-–]\s?\d{2,4})?)\)$"
)
_ASPECT: Final = gathered(
    """
    aim benefit cause consequence definition effect function goal impact importance meaning origin
    purpose result role significance symptom treatment use
    """,
)
_GENERIC: Final = gathered(
    """
    accusation action advice answer answers application applications author awards background
    birthplace born career children died education employer genre nationality occupation parents
    residence spouse website wikipedia years both
    caution challenge challenges conclusion cons context core date definition definitions details
    duration episodes evidence example examples exercise experiment fact facts first format goal
    goals hint idea important impact insight intro key last length level link links main method
    methods nuance observation option part pattern point problem process prompt pros purpose
    question questions quote reason references resource resources response result results second
    section significance solution source speakers step steps style summary takeaway task term
    textbook third tip tips title today tools topic type types use voices warning why
    """,
)
_PARTS: Final = gathered(
    "category class classification form function likely location period place position structure"
)
"""What a page says of each of its things, and no name of a thing."""
_ADJECTIVE: Final = re.compile(r".*(?:ive|ute|ous|ary|ory|able|ible|ful|less)$")
_MASS: Final = re.compile(
    r".*(?:tion|sion|ism|ness|ity|ing|sis|ment|ics|ance|ence|ship|logy|phy|try|ure)$",
)
_EVENT: Final = re.compile(
    r"\b(?:acts?|assassination|attack|battle|bombing|calling|collapse|conference|congress|coronation"
    r"|council|coup|crash|declaration|edict|election|execution|expedition|fall|flight|formation"
    r"|founding|invasion|invention|landing|march|massacre|oath|opening|partition|purchase|reign"
    r"|revolt|revolution|riots?|schism|siege|signing|storming|strike|synod|treaty|trial|uprising"
    r"|wars?)\b",
    re.IGNORECASE,
)
_HEADED: Final = re.compile(r" (?:in|and|on|at|with|from|for|to|by) ")
_FINITE: Final = re.compile(r"\b(?:is|are|was|were|has|have|had|can|will|would|should)\b")
_RELATED: Final = re.compile(r"\b(?:that|which|who|whose|where|when|of|for|in|used)\b")
_ROMAN: Final = re.compile(r"[IVX]+$")
_TRAILING: Final = re.compile(r"\s*\([^()]*\)$")


def labels(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Read a point that begins with a label: when it was, who or what it is, what it did."""
    opening = next(spans(piece.text), "")
    label, rest = labelled(opening)
    if not label or is_for_tasks(piece.heading) or "?" in piece.text or is_task(label):
        return
    dated = _DATED.match(label)
    term = dated["event"] if dated else label
    if not _stands_alone(term):
        return
    if dated and _EVENT.search(term):
        asked = f"When {'were' if _is_plural(term) else 'was'} {_with_article(term)}?"
        yield from basic(
            scene, piece, opening, asked, dated["date"], rule="label_when", tier="ready"
        )
    aspect, said = labelled(rest)
    if aspect.casefold() in _ASPECT:
        yield from _aspect(piece, scene, opening, (label, aspect, said))
    elif aspect:
        return
    else:
        yield from _meant(piece, scene, opening, (term, rest))
        yield from _did(piece, scene, opening, (term, rest))
    for sentence in list(spans(piece.text))[1:3]:
        if aspect and _is_person(term, sentence):
            yield from _meant(piece, scene, sentence, (term, sentence))


def _stands_alone(term: str) -> bool:
    """Claim that a label names a thing, and not a part of its list: `Step 1`, `Relative`."""
    plain = _TRAILING.sub("", term)
    said = [bare(word) for word in plain.split()]
    if not said or not any(map(str.isalpha, plain)) or "$" in term or "/" in term:
        return False
    if said[0] in lexicon.PRONOUNS | lexicon.PREPOSITIONS | lexicon.RELATIVES | lexicon.CONNECTIVES:
        return False
    if said[-1] in _GENERIC or said[0] in _GENERIC or not is_plain(plain):
        return False
    if len(said) == 1 and (_ADJECTIVE.match(said[0]) or said[0].endswith("ly")):
        return False
    # `Binds with PNS` is the predicate of the line above, `Use of force` is a thing.
    if said[0] in verbs.THIRD and not plain.split()[0].isupper() and len(said) > 1:
        return False
    return is_resolved(plain) and len(said) <= 7 and "," not in plain and " vs" not in plain


def _meant(piece: Piece, scene: Scene, sentence: str, pair: tuple[str, str]) -> Iterator[Draft]:
    term, rest = pair
    meaning = re.split(r";|:\s|\s[–—-]\s", rest.rstrip("."))[0]
    if not _names_a_thing(meaning) or not is_plain(meaning) or _HEADED.search(term):
        return
    finite = _FINITE.search(meaning)
    if finite and not re.search(r"\b(?:that|which|who|whose|where|when)\b", meaning):
        return
    said = meaning.split()
    back = cutting.shortened(" ".join(cutting.first_part(tuple(said))), questions.LONGEST)
    if words.word_count(back) < 4 or not is_resolved(back):
        return
    if _is_person(term, meaning):
        # Of whoever takes part a page tells what they are to it: `the expert guest`.
        if any(person.name.split()[-1] in term for person in scene.passage.work.people):
            return
        if re.search(r"\b(?:guest|host|speaker|interviewee)\b", meaning):
            return
        verb = "was" if _is_past(piece.text) else "is"
        opens = re.match(r"(?:an?|the) ", back, re.IGNORECASE)
        kind = (
            f"{back[0].lower()}{back[1:]}"
            if opens or not back[0].isupper()
            else f"the {_small(scene, back)}"
        )
        kind = re.sub(r"^an? ", "the ", kind)
        yield from basic(
            scene, piece, sentence, f"Who {verb} {kind}?", term, rule="label_who", tier="ready"
        )
        return
    opened = bare(said[0]) in ("a", "an", "the")
    known = bare(_head(tuple(said[1:] if opened else said))).removesuffix("s") in lexicon.CLASSES
    titled = len(term.split()) > 1 and all(word[0].isupper() for word in term.split())
    if bare(_head(tuple(said))).removesuffix("s") == bare(term.split()[-1]).removesuffix("s"):
        return
    if terms.is_told_by(term, back):
        return
    named_so = not any(bare(word) in _GENERIC | _ASPECT | _PARTS for word in term.split())
    told = terms.tells(scene, term, back) and _RELATED.search(back) is not None
    if named_so and told and (opened or known):
        named = defining.term_of(scene, _TRAILING.sub("", term), back)
        if named:
            yield from basic(scene, piece, sentence, *named, rule="term_of", tier="ready")
            return
    sure = (opened or known) and not titled and _RELATED.search(back) is not None
    tier: Tier = "ready" if sure and len(term) > 3 else "rough"
    asked = _what_is(scene, piece, _TRAILING.sub("", term), article=bare(said[0]) in ("a", "an"))
    yield from basic(scene, piece, sentence, asked, back, rule="label_what", tier=tier)


def _small(scene: Scene, back: str) -> str:
    first = tokens(back)[0]
    return back if first.tag == "NP0" else lowered(scene, back)


def _what_is(scene: Scene, piece: Piece, term: str, *, article: bool) -> str:
    """Ask what a term is, in the context of its heading where it is one word."""
    small = lowered(scene, term)
    head = bare(term.rsplit(maxsplit=1)[-1])
    titled = len(term.split()) > 1 and all(word[0].isupper() for word in term.split())
    if titled:
        small = _with_article(term) if " of " in term else term
    elif article and not _MASS.match(head) and small[0].islower() and not _is_plural(term):
        small = f"{'an' if small[0] in 'aeiou' else 'a'} {small}"
    verb = "are" if _is_plural(term) else "is"
    heading = heading_of(scene, piece)
    shared = words.content_stems(term) & words.content_stems(heading)
    if len(term.split()) == 1 and heading and not shared:
        return f"In the context of “{heading}”, what {verb} {small}?"
    return f"What {verb} {small}?"


def _aspect(
    piece: Piece, scene: Scene, sentence: str, told: tuple[str, str, str]
) -> Iterator[Draft]:
    """Ask for the purpose, cause or significance that a second label names."""
    label, aspect, said = told
    answer = cutting.shortened(" ".join(cutting.first_part(tuple(said.split()))), 20).rstrip(".")
    loose = re.match(r"(?:his|her|its|their|he|she|it|they|this|these)\b", answer, re.IGNORECASE)
    if words.word_count(answer) < 4 or loose:
        return
    dated = _DATED.match(label)
    term = _with_article(dated["event"]) if dated else label
    if not dated and not _ROMAN.match(label.split()[-1]) and " of " in label:
        term = _with_article(label)
    asked = f"What {'was' if dated else 'is'} the {aspect.casefold()} of {term}?"
    yield from basic(scene, piece, sentence, asked, answer, rule="label_aspect", tier="rough")


def _did(piece: Piece, scene: Scene, sentence: str, pair: tuple[str, str]) -> Iterator[Draft]:
    """Ask what a thing does or did, where its label is the subject of a verb."""
    term, rest = pair
    first = bare(rest.split()[0])
    finite = (first in verbs.THIRD or first in verbs.PAST) and len(term.split()) <= 6
    if not finite or " and " in term or (first in verbs.PAST and not rest[0].isupper()):
        return
    subject = term
    if term[0].isupper() and not all(word[0].isupper() for word in term.split()):
        subject = lowered(scene, term)
    if " of " in term and not term.split()[0].endswith(("'s", "’s")):
        subject = _with_article(subject)
    clause = grammar.parse(f"{subject} {rest[0].lower()}{rest[1:]}".rstrip("."))
    if clause is None or clause.subject != subject:
        return
    for offer in questions.ask(clause):
        if offer.form in ("object", "stranded", "enable", "how", "why", "content"):
            yield from basic(
                scene, piece, sentence, offer.question, offer.answer, rule="label_did", tier="rough"
            )
            return


def _names_a_thing(meaning: str) -> bool:
    """Claim that words are a noun phrase that can say what something is."""
    said = meaning.split()
    plain = [bare(word) for word in said]
    if said and (said[0][0] in "\"“‘'" or said[0].endswith(("'s", "’s")) or "..." in meaning):
        return False
    if (
        len(said) < 4
        or not plain[0]
        or plain[0] in lexicon.HEDGED
        or grammar.parse(meaning) is not None
        or "=" in meaning
    ):
        return False
    if plain[0] in ("a", "an", "the"):
        return plain[1] not in lexicon.EVALUATIVE
    refused = lexicon.PRONOUNS | lexicon.PREPOSITIONS | lexicon.AUXILIARIES | lexicon.RELATIVES
    refused |= lexicon.CONNECTIVES | lexicon.DETERMINERS | lexicon.NEGATIONS | {"only", "to", "e.g"}
    if plain[0] in refused or plain[0].endswith("ly") or plain[0] in verbs.PAST:
        return False
    if plain[0].endswith(("izes", "ises", "ifies")):
        return False
    if plain[0] in verbs.THIRD or (plain[0] in verbs.BASES and not verbs.is_noun_too(plain[0])):
        return False
    linked = [
        at for at, word in enumerate(plain) if word in lexicon.PREPOSITIONS | lexicon.RELATIVES
    ]
    listed = sum(word.endswith(",") for word in said[: linked[0]]) if linked else 2
    return listed < 2 and linked[0] > 0 and linked[0] < 8


def _head(phrase: tuple[str, ...]) -> str:
    for at, word in enumerate(phrase):
        if at and bare(word) in lexicon.PREPOSITIONS | lexicon.RELATIVES:
            return phrase[at - 1]
    return phrase[-1] if phrase else ""


def _is_person(term: str, meaning: str) -> bool:
    named = term.split()
    full = len(named) > 1 and all(
        word[0].isupper() or word in ("de", "von", "of") for word in named
    )
    head = {bare(word) for word in meaning.split()[:6]}
    return (
        full and bool(head & lexicon.PEOPLE) and not meaning.casefold().startswith(("his ", "her "))
    )


def _is_past(text: str) -> bool:
    return any(bare(word) in verbs.PAST or bare(word) in ("was", "were") for word in text.split())


def _is_plural(term: str) -> bool:
    end = re.split(r" (?:of|for|in|on|to|from) ", _TRAILING.sub("", term))[0].split()[-1]
    return end.endswith("s") and not end.endswith(("ss", "is", "us", "ics", "'s", "’s"))


def _with_article(term: str) -> str:
    first = term.split(maxsplit=1)[0].casefold()
    if first in ("the", "a", "an") or first.endswith(("'s", "’s", "s'", "s’")):
        return f"{first} {term.partition(' ')[2]}" if first in ("the", "a", "an") else f"the {term}"
    return f"the {term}"
