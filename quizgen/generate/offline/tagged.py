"""Take a plain sentence apart by the tags of its words; or give up.

What the tagger says is believed only where it agrees with itself: the verb with the number of
its subject, and the verb's form with the word that it is said to be a form of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from quizgen.generate.offline import lexicon, tagging, verbs
from quizgen.generate.offline.tagging import Token

Form: TypeAlias = Literal["be", "passive", "modal", "perfect", "third", "plural", "past"]
Number: TypeAlias = Literal["one", "many", "either"]

_RELATIVE: Final = frozenset({"that", "which", "who", "whose", "whom", "where", "when"})
_SUBORDINATE: Final = frozenset(
    {"because", "since", "although", "though", "while", "whereas", "if", "unless", "until", "when"}
)
_DESCRIBING: Final = frozenset(
    {"AJ0", "AJC", "AJS", "AT0", "CRD", "DPS", "DT0", "ORD", "NN", "POS", "ZZ0"}
)
_LOOSE: Final = frozenset({"AV0", "XX0"})
_ENDS_NOUN: Final = frozenset({"NN", "NN0", "NN1", "NN2", "NP0", "PNI", "PNP", "CRD", "VVG"})
_OPENS_AFTER: Final = frozenset({"PRP", "PRF", "CJT", "DTQ", "PNQ", "TO0", "AVQ", "CJS"})
_PUT_IN: Final = frozenset({"AT0", "PRP", "CJS", "AVQ", "VVN", "VVD", "VVG"})
_COUNTED: Final = lexicon.gathered(
    "area bundle chain cluster collection combination group layer line list mixture network pair"
    " piece point process range row sequence set source stretch string system type wall web"
)
"""Nouns that need an article before them."""
_OBJECT: Final = frozenset({"AT0", "DPS", "NN0", "NN1", "NN2", "NP0", "CRD", "DT0"})
_GIVEN: Final = frozenset({"called", "named", "dubbed", "termed", "offered", "awarded", "labelled"})
_LONGEST_SUBJECT: Final = 20


@dataclass(frozen=True, slots=True)
class Parsed:
    """Where the parts of a clause are, in words: the verb group begins at `verb`.

    `subject` is the place behind the subject, before the adverbs of the verb; `rest` the place
    behind the verb group, and `end` the place where what is said of the subject ends.
    """

    subject: int
    verb: int
    rest: int
    end: int
    form: Form
    aux: str
    mids: tuple[str, ...]
    base: str


def words(sentence: str) -> list[Token] | None:
    """Give one token for each word between spaces, marks left on it, or nothing at all.

    A word that is two to the tagger (`don’t`, `it’s`) has no one tag; only an owner's `’s` has.
    """
    taken: list[Token] = []
    tokens = tagging.tokens(sentence)
    at = 0
    for word in sentence.split():
        start = sentence.index(word, at)
        at = start + len(word)
        inside = [token for token in tokens if start <= token.start < at and not token.is_mark]
        if len(inside) > 1 and not (len(inside) == 2 and inside[1].tag == "POS"):
            return None
        told = inside[-1] if inside else Token(word, word, "PUN", start, at)
        taken.append(Token(word, told.lemma, told.tag, start, at))
    return taken if tokens else None


def main(said: Sequence[Token]) -> Parsed | None:
    """Find the main verb of words that begin with their subject."""
    at = _verb(said)
    if at is None:
        return None
    subject = at
    while subject > 1 and said[subject - 1].tag in _LOOSE and not _ends(said[subject - 1]):
        subject -= 1
    if not _is_noun_phrase(said[:subject]) or not _agrees(number(said[:subject]), said[at]):
        return None
    mids = [token.plain for token in said[subject:at]]
    return _group(said, subject, at, mids)


def with_aside(words_of: Sequence[str]) -> tuple[Parsed, int, int] | None:
    """Parse `Hilleman, who made vaccines, is ...`: the clause, and where the aside stands.

    Tagged without its aside, a sentence is the plain one that it is; the places of the clause are
    those of that one.
    """
    commas = [at for at, word in enumerate(words_of) if word.endswith(",")]
    for closing in commas[1:]:
        opening, behind = commas[0], closing + 1
        plain = [*words_of[:opening], words_of[opening].rstrip(",")]
        said = words(" ".join([*plain, *words_of[behind:]]))
        found = main(said) if said else None
        if found is not None and found.subject == len(plain):
            aside = words(" ".join(words_of[opening + 1 : behind]).rstrip(","))
            if not aside:
                return None
            put_in = aside[0].plain in _RELATIVE or aside[0].tag in _PUT_IN
            return (found, opening + 1, behind) if put_in else None
    return None


def _ends(token: Token) -> bool:
    return token.text[-1:] in ",;:.!?)—–"


def is_terse(sentence: str) -> bool:
    """Claim that a note leaves out its articles: `formed linear chain of islands`."""
    tokens = tagging.tokens(sentence)
    for at, token in enumerate(tokens[1:-1], 1):
        if token.plain not in _COUNTED or tokens[at + 1].plain != "of":
            continue
        before = at - 1
        while before and tokens[before].tag in ("AJ0", "AJC", "AJS", "NN1", "AV0", "VVN", "VVG"):
            before -= 1
        if tokens[before].tag not in ("AT0", "DT0", "DPS", "POS", "CRD", "ORD", "NP0", "CJC"):
            return True
    return False


def _verb(said: Sequence[Token]) -> int | None:
    """Find the first finite verb that belongs to no relative clause of the subject."""
    open_clauses = 0
    for at, token in enumerate(said):
        # A comma before the verb parts more than the subject from it.
        if at and said[at - 1].text[-1:] in ",;:—–":
            return None
        plain = token.plain.strip(',.;:"“”‘’()')
        if at and plain in _RELATIVE:
            if plain in ("where", "when") or token.tag == "DT0":
                return None
            open_clauses += 1
        elif at and plain in _SUBORDINATE:
            return None
        elif at and _acts(said, at):
            if open_clauses == 0:
                return at
            open_clauses -= 1
    return None


def _acts(said: Sequence[Token], at: int) -> bool:
    """Claim that a word is a finite verb: `Bakers flood the oven` holds no infinitive."""
    token, before = said[at], said[at - 1]
    if token.tag == "VVI":
        return before.tag in ("NN2", "NN0")
    if token.tag == "VVN" and token.plain.endswith("ed") and at + 1 < len(said):
        # `A valve greatly reduced the loss`: a participle that describes takes no object.
        free = (before.is_noun or before.tag == "AV0") and token.plain not in _GIVEN
        return free and not _ends(token) and said[at + 1].tag in _OBJECT
    return token.is_finite


def _is_noun_phrase(subject: Sequence[Token]) -> bool:
    """Claim that words can be the subject of a clause, and no more than that."""
    last = subject[-1]
    if len(subject) > _LONGEST_SUBJECT or last.tag not in _ENDS_NOUN or _ends(last):
        return False
    if any(token.text[-1:] in ":;—–" for token in subject):
        return False
    if subject[0].tag in ("VVI", "VVB", "VVN", "CJC", "EX0", "ITJ", "AVQ", "PNQ", "DTQ", "CJS"):
        return False
    return any(token.is_noun or token.tag in ("PNP", "PNI", "VVG", "CRD") for token in subject)


def number(subject: Sequence[Token]) -> Number:
    """Say whether a subject is one or many, by its noun before what hangs on it."""
    if subject[0].tag == "VVG" and len(subject) > 1:
        return "either"
    end = len(subject)
    for at, token in enumerate(subject):
        behind_noun = at and subject[at - 1].is_noun
        if at and (token.tag in _OPENS_AFTER or (behind_noun and token.tag in ("VVN", "VVG"))):
            end = at
            break
    core = subject[:end]
    if any(token.plain in ("and", "or") for token in core):
        return "either"
    head = core[-1]
    if head.plain in ("it", "this", "that", "he", "she", "each", "one"):
        return "one"
    if head.tag == "NN2":
        return "many"
    if head.tag == "NN1":
        return "one"
    return "either"


def _agrees(count: Number, verb: Token) -> bool:
    one = verb.tag in ("VVZ", "VBZ", "VHZ", "VDZ") or verb.plain == "was"
    many = verb.tag in ("VVB", "VHB", "VDB") or verb.plain in ("are", "were")
    return not (one and count == "many") and not (many and count == "one")


def _group(said: Sequence[Token], subject: int, at: int, mids: list[str]) -> Parsed | None:
    """Read the verb group: `has long been called`, `can be made`, `flood`."""
    first = said[at]
    behind = at + 1
    while behind < len(said) and said[behind].tag in _LOOSE and not _ends(said[behind]):
        mids.append(said[behind].plain)
        behind += 1
    plain_verb = first.tag in ("VVZ", "VVB", "VVI", "VVD", "VVN")
    if behind >= len(said) and not plain_verb:
        return None
    following = said[min(behind, len(said) - 1)]
    match first.tag:
        case "VVZ" | "VVB" | "VVD" | "VVI" | "VVN":
            base = base_of(first)
            forms: dict[str, Form] = {
                "VVZ": "third",
                "VVB": "plural",
                "VVI": "plural",
                "VVD": "past",
                "VVN": "past",
            }
            del mids[at - subject :]
            place = (subject, at, at + 1)
            return _parsed(said, place, forms[first.tag], "", mids, base) if base else None
        case "VBZ" | "VBB" | "VBD" if first.plain in lexicon.BE:
            return _be(said, subject, at, behind, mids)
        case "VHZ" | "VHB" | "VHD" if first.plain in lexicon.HAVE:
            return _have(said, subject, at, behind, mids)
        case "VM0" if first.plain in lexicon.MODALS:
            if following.plain == "be" and behind + 1 < len(said):
                return _be(said, subject, at, behind + 1, [*mids, "be"])
            if following.tag in ("VVI", "VVB") or following.plain == "have":
                base = following.plain
                place = (subject, at, behind + 1)
                return _parsed(said, place, "modal", first.plain, mids, base)
            return None
        case "VDZ" | "VDB" | "VDD" if following.tag in ("VVI", "VVB") and mids:
            base = following.plain
            place = (subject, at, behind + 1)
            return _parsed(said, place, "modal", first.plain, mids, base)
        case _:
            return None


def _be(said: Sequence[Token], subject: int, at: int, behind: int, mids: list[str]) -> Parsed:
    aux = said[at].plain
    while said[behind].tag in _LOOSE and behind + 1 < len(said) and not _ends(said[behind]):
        mids.append(said[behind].plain)
        behind += 1
    verb = said[behind]
    hanging = said[behind + 1] if behind + 1 < len(said) else None
    passive = verb.tag in ("VVN", "VVD") and hanging is not None and not _ends(verb)
    if passive and hanging and hanging.tag in ("PRP", "PRF", "CJS", "TO0", "AVQ", "PRF"):
        return _parsed(said, (subject, at, behind + 1), "passive", aux, mids, verb.plain)
    return _parsed(said, (subject, at, behind), "be", aux, mids, "")


def _have(
    said: Sequence[Token], subject: int, at: int, behind: int, mids: list[str]
) -> Parsed | None:
    aux, following = said[at].plain, said[behind]
    if following.plain == "been" and behind + 1 < len(said):
        if said[behind + 1].tag == "VVG":
            return None
        return _be(said, subject, at, behind + 1, [*mids, "been"])
    if following.tag in ("VVN", "VVD"):
        plain = following.plain.rstrip(",")
        return _parsed(said, (subject, at, behind + 1), "perfect", aux, mids, plain)
    forms: dict[str, Form] = {"has": "third", "have": "plural", "had": "past"}
    del mids[at - subject :]
    return _parsed(said, (subject, at, at + 1), forms[aux], "", mids, "have")


def _parsed(
    said: Sequence[Token],
    places: tuple[int, int, int],
    form: Form,
    aux: str,
    mids: list[str],
    base: str,
) -> Parsed:
    subject, verb, rest = places
    end = _end(said, rest, said[verb])
    return Parsed(subject, verb, rest, end, form, aux, tuple(mids), base)


def _end(said: Sequence[Token], rest: int, verb: Token) -> int:
    """Find where a second verb of the same subject, or another clause, begins."""
    for at in range(rest + 1, len(said) - 1):
        if said[at].plain not in ("and", "but", "or", "so", "yet"):
            continue
        second = at + 1
        while second < len(said) - 1 and said[second].tag == "AV0":
            second += 1
        if said[second].is_finite and said[second].tag[2] == verb.tag[2]:
            return at
        # `..., and the bran swells`: a subject of its own before the next verb.
        if _ends(said[at - 1]) and main(said[at + 1 :]) is not None:
            return at
    return len(said)


def base_of(verb: Token) -> str:
    """Give the base of a finite verb, if bending it gives the verb again."""
    plain = verb.plain.rstrip(",")
    match verb.tag:
        case "VVZ":
            known = verbs.THIRD.get(plain, verb.lemma)
            return known if verbs.third(known) == plain else ""
        case "VVB" | "VVI":
            return plain if verb.lemma == plain else ""
        case "VVD" | "VVN" if plain in verbs.PAST:
            return verbs.PAST[plain]
        case "VVD" | "VVN":
            known = verb.lemma
            doubled = f"{known}{known[-1]}ed" == plain
            bent = plain != known and verbs.past(known) == plain
            return known if doubled or bent else ""
        case _:
            return ""
