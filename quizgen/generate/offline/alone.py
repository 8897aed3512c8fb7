"""Tell whether a front stands alone: everything it names can be told apart without its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quizgen import words
from quizgen.generate.offline import common, lexicon, trust, verbs
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.lexicon import gathered

_HOLE: Final = "____"
_BLANK: Final = re.compile(r"\{\{([^{}]*)\}\}")
_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"")
_CLOSED: Final = (
    lexicon.PREPOSITIONS
    | lexicon.AUXILIARIES
    | lexicon.RELATIVES
    | lexicon.DETERMINERS
    | lexicon.PRONOUNS
    | lexicon.NEGATIONS
    | gathered(
        "and or but as to so also only just too how then not even be been being do"
        " away back down off out there here apart together ever once now today already"
        " inside outside beneath amid amongst beside underneath once when while"
    )
)
# What may follow a noun and say which one is meant.
_NARROWING: Final = gathered(
    "own of that which who whose where between behind about against for during"
)
_PLACING: Final = frozenset({"in", "on", "at", "from", "with", "to", "under", "within", "around"})
_ORDINAL: Final = gathered(
    """
    actual affected awkward above below bigger chosen current earlier entire exact final first
    following former fourth last later latter main new next obvious old older only opposite
    original other overall particular present previous problem proposed real remaining resulting
    right rival same second similar single smaller specific third usual various whole wider wrong
    """
)
"""Adjectives that tell a thing apart only from its like: `the entire bridge`, `the old rule`."""
_UNIQUE: Final = frozenset({"first", "last", "only", "oldest", "main"})
"""With a place behind it there is one of each: `the first zoning code in the United States`."""
_TIMES: Final = gathered("age depression dynasty empire enlightenment era revolution war")
"""With a telling adjective there is one of each: `the industrial revolution`."""
_FAR: Final = 6
_SHOWN: Final = gathered(
    """
    amendment app article bill book book's box case chart company country couple database deck
    decision diagram example figure game graph group image images law map model page paper picture
    plan play poem point process project result results rule slide slides song story study system
    table terms text three time tree two video word words
    """
)
"""What a page points to, or has told apart before."""
_EVENTS: Final = gathered(
    """
    accident attack battle ceremony collapse crash crime crisis dealer disaster explosion fire flood
    heist incident meeting murder painting portrait robbery scandal statue storm strike theft thief
    trial tragedy victim
    """
)
"""What a page tells of once, and `the disaster` means that one."""
_TOLD_APART: Final = _ORDINAL | _SHOWN | _EVENTS
_RELATIONAL: Final = re.compile(r".{3,}(?:al|ic|ar|oid|ian|ine|ary)$")
_POINTING: Final = re.compile(
    r"\b(?:another\b|others\b|such (?!as\b)|similarly\b|likewise\b"
    r"|(?:again|too)(?=[.,;?]|$)|the rest\b(?! of)"
    r"|(?:an?|the) (?:counterexample|exception|similar|comparable|equivalent|opposite)\b"
    r"|(?<!month )(?<!year )(?<!week )(?<!day )(?:earlier|previously|beforehand|afterwards?"
    r"|thereafter)\b(?! (?:than|\w+ed\b))"
    r"|^In (?:response|return|turn|this way|that way|addition|contrast)\b"
    r"|(?:as|for) that\b|that (?:as|to|into|from|by|with|for)\b"
    r"|both cases|either case|each case|at the time|by then|back then)",
    re.IGNORECASE,
)
# `A section collapsed and killed 43 people`: one of many, and not said which.
_SOME: Final = re.compile(
    r"(?P<what>(?:An?|One|Two|Three|Some|Several|Many) (?:[a-z-]+ )??[a-z-]+),?"
    r" (?:\w+ly )?(?P<verb>[a-z]+)\b"
)
_UNDATED: Final = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{1,2}\b(?!,? \d{4}|\d)"
)
_NAMED: Final = re.compile(r"\b([Ww]hat (?:is|are|was|were)) the ((?:[\w’'-]+ ){1,3}[\w’'-]+\?)$")
_CODE: Final = re.compile(r"(?<![\w-])[A-Z]\d{1,2}\b(?![-‑])")
_LIST_LABEL: Final = re.compile(r"\b(?:Source|Step|Part|Phase|Section|Figure|Table|Unit) \d")
_NOISE: Final = re.compile(r"-+>|→|=>|~|\s=\s|\bvs\b|\*\*|`|\be\.g\.|\bi\.e\.|\s/\s|[\[\]]")
_FRAGMENT: Final = re.compile(r"\) (?:no|yes|not|too)\b[,;]?")
"""What answers a question that stands before it: `Pol Abraham (1934) no, since ...`."""
_CITED: Final = re.compile(r"[\"“](?P<line>[^\"”]+)[\"”]")
_MEANT: Final = re.compile(r"\b[Ww]hich term means “")
_LONG_LINE: Final = 6
_NO_SUBJECT: Final = frozenset({"never", "always", "often", "usually", "not"})
WELL_KNOWN: Final = gathered(
    """
    adhd aids api ascii atm atp cia cnn covid cpu dna eeg fbi fm fmri gdp gnp gps gpu hiv html http
    iq ibm imf ipcc iq laser lsd mit mrna mri mtv nasa nato nba nfl nlp noaa npr opec ph phd ram
    rem rna sars sql tcp ucla un unesco unicef url usb usd ussr www wto wwi wwii bbc bc bce ce ad
    who cern esa fda epa fcc sec ibm mit usda nih llm ai agi cuda pdf xml json cia nsa kgb
    """
)
"""Letters that a learner of any subject knows."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    plain: str

    @property
    def closes(self) -> bool:
        return self.text[-1:] in ',;:.!?)”’"' and not self.text.endswith(("’s", "'s"))


def fault(front: str, *, lead: str = "", about: str = "", told: bool = False) -> str:
    """Name what keeps a front from being understood on its own, or give nothing.

    `front` shows its blank as `{{hidden}}`; `lead` are the words that credit it, and `about`
    what the learner is told that it is about. Where much is `told` besides, `the wind` far
    behind leaves nobody in doubt.
    """
    hidden = " ".join(_BLANK.findall(front))
    said = _BLANK.sub(_HOLE, front.removeprefix(lead)).strip(" ,:")
    # `What is the testing effect?` asks what it names.
    asked = _NAMED.sub(r"\1 \2", said)
    taken = _cut(_QUOTED.sub("TITLE", asked))
    known = words.content_stems(about)
    return (
        _noise(said)
        or _pointing(said)
        or _letters(said, about)
        or next(_definites(taken, known, hidden, told=told), "")
        or next(_possessives(taken, hidden), "")
        or _unnamed(said, lead)
    )


def _unnamed(said: str, lead: str) -> str:
    """Name a quotation for which neither the front nor its lead names a speaker."""
    if _MEANT.search(said):
        return ""
    for found in _CITED.finditer(said):
        around = f"{said[: found.start()]} {said[found.end() :]}"
        names = re.search(r"(?<=[\w,;:] )[A-Z][a-z]+|^(?:The )?[A-Z][a-z]+ [A-Z]", around)
        long = words.word_count(found["line"]) >= _LONG_LINE
        if long and not names and not re.search(r"[A-Z]", lead.split("“", maxsplit=1)[0][1:]):
            return "who said what it quotes is not told"
    return ""


def _cut(said: str) -> list[_Word]:
    return [_Word(word, _HOLE if _HOLE in word else bare(word)) for word in said.split()]


def _noise(said: str) -> str:
    found = _NOISE.search(said) or _LIST_LABEL.search(said) or _FRAGMENT.search(said)
    if found:
        return f"“{found.group().strip()}” is a mark of its page"
    head, colon, _ = said.partition(": ")
    label = (
        colon
        and "“" not in said[: len(head) + 4]
        and not any(_acts(word) for word in map(bare, head.split()))
    )
    if label and _HOLE not in head and not said.endswith("?"):
        return f"“{head}:” is a label of its page"
    first = bare(said.split(maxsplit=1)[0]) if said else ""
    return f"it begins with “{first}”, without a subject" if first in _NO_SUBJECT else ""


def _acts(word: str) -> bool:
    return word in lexicon.AUXILIARIES or word in verbs.THIRD or word in verbs.PAST


def _pointing(said: str) -> str:
    some = _SOME.match(said)
    if some and bare(some["verb"]) in verbs.PAST and bare(some["verb"]) not in lexicon.AUXILIARIES:
        return f"“{some['what']}” is not told apart"
    # `from one bacterium to another` points nowhere.
    paired = re.sub(r"\bone (?:[\w-]+ )?(?:to|after|from|or|with) another\b", "", said)
    found = _POINTING.search(paired) or _UNDATED.search(said)
    return f"“{found.group().strip()}” points to what stands before it" if found else ""


def _letters(said: str, about: str) -> str:
    """Name letters that neither the front nor the subject spells out."""
    code = _CODE.search(said)
    if code:
        return f"“{code.group()}” is not spelled out"
    for word in re.findall(r"\b[A-Z][A-Z&]{2,}(?![\w-])", said):
        known = word.casefold() in WELL_KNOWN or re.fullmatch(r"[IVXLC]+", word)
        spelled = re.search(rf"\({re.escape(word)}s?\)|{re.escape(word)}s? \(", said)
        asked = re.search(rf"\b[Ww]hat (?:is|was|does) (?:an? |the )?{re.escape(word)}\b", said)
        if not (known or spelled or asked or word in about):
            return f"“{word}” is not spelled out"
    return ""


def _definites(
    taken: Sequence[_Word], known: frozenset[str], hidden: str, *, told: bool
) -> Iterator[str]:
    """Yield `the ...` that nothing in the front tells apart."""
    for at, word in enumerate(taken):
        if word.plain != "the" or at + 1 >= len(taken):
            continue
        noun, following, closed = _noun(taken, at + 1)
        if not noun or any(part.plain == _HOLE for part in noun):
            continue
        before = " ".join(part.text for part in taken[:at])
        if told and at >= _FAR and len(noun) == 1 and noun[0].plain not in _TOLD_APART:
            continue
        if not _is_told(noun, following, (before, hidden), known=known, closed=closed):
            yield f"“the {' '.join(part.text.strip('.,;:?') for part in noun)}” is not told apart"


def _noun(taken: Sequence[_Word], start: int) -> tuple[list[_Word], Sequence[_Word], bool]:
    """Take the noun and what describes it from where an article stood, and what follows."""
    noun: list[_Word] = []
    for at in range(start, len(taken)):
        word = taken[at]
        opens = word.text.startswith("(") and bool(noun)
        if word.plain in _CLOSED or not word.plain or opens or (noun and _is_verb(taken, at)):
            return noun, taken[at:], opens
        noun.append(word)
        if word.closes or word.text.endswith(("'s", "’s", "s’", "s'")):
            owns = word.text.endswith(("'s", "’s", "s’", "s'"))
            return noun, taken[at + 1 :], not owns
    return noun, (), True


def _is_verb(taken: Sequence[_Word], at: int) -> bool:
    word = taken[at].plain
    following = taken[at + 1].plain if at + 1 < len(taken) else ""
    if word in verbs.THIRD:
        return not verbs.is_noun_too(verbs.THIRD[word]) or following in _CLOSED
    return word in verbs.PAST or word.endswith("ly") or verbs.is_participle(word)


def _is_told(
    noun: Sequence[_Word],
    following: Sequence[_Word],
    seen: tuple[str, str],
    *,
    known: frozenset[str],
    closed: bool,
) -> bool:
    """Claim that a noun is unique, named before, or narrowed by what stands beside it."""
    head = noun[-1].plain.removesuffix("'s").removesuffix("’s")
    before, hidden = seen
    if any(re.search(r"[A-Z0-9‘’'\"]", part.text.rstrip("’'")) for part in noun):
        return True
    if head in trust.UNIQUE or head.removesuffix("s") in trust.UNIQUE:
        return noun[0].plain not in ("same", "other", "rest")
    stem = words.stem(head)
    if stem in known or stem in words.content_stems(f"{before} {hidden}"):
        return True
    after = following[0].plain if following else ""
    best = noun[0].plain in ("most", "least") or re.fullmatch(
        r".{2,}(?:[^rfntb]est)", noun[0].plain
    )
    if not closed:
        # `the difficulty and stability of each card`
        if after in ("and", "or"):
            rest = [part.plain for part in following[1:5]]
            after = next((part for part in rest[1:] if part in _CLOSED), after)
        if after in _NARROWING or (best and len(noun) > 1):
            return True
        second = following[1].plain if len(following) > 1 else ""
        if verbs.is_participle(after) and second in ("by", "as", "from"):
            return True
        # `the first company to report`, `the time it takes`
        if after in ("it", "they", "you", "we", "he", "she"):
            return True
        if after == "to" and noun[0].plain in ("first", "last", "only", "next"):
            return True
        # `The agreement on fishing was signed`: right behind a subject it says which one.
        told = len(noun) > 1 or not common.is_common(head) or not before.strip()
        if after in _PLACING and told:
            return noun[0].plain not in _ORDINAL - _UNIQUE
    if len(noun) < 2 or noun[0].plain in _ORDINAL:
        return False
    if head in _TIMES and _RELATIONAL.match(noun[-2].plain):
        return True
    if head.endswith("s") and not head.endswith(("ss", "us", "is", "ics")):
        return False
    described = noun[-2].plain
    return not common.is_common(head) or (
        not common.is_common(described) and _RELATIONAL.match(described) is not None
    )


def _possessives(taken: Sequence[_Word], hidden: str) -> Iterator[str]:
    """Yield `its` and `their` for which the front has no owner."""
    for at, word in enumerate(taken):
        plain = word.plain
        one = plain in ("its", "it", "itself")
        many = plain in ("their", "they", "them", "themselves")
        if (one or many) and not _has_owner(taken[:at], hidden, plural=many):
            yield f"“{word.text}” has no noun before it"


def _has_owner(before: Sequence[_Word], hidden: str, *, plural: bool) -> bool:
    """Claim that a noun of the right number stands before a pronoun, or is what is hidden."""
    for at, word in enumerate(before):
        if word.plain == _HOLE:
            behind = [part.plain for part in before[at + 1 : at + 3]]
            # `____ tests announced in 2017 dated its leaves`: the blank only describes the tests.
            if len(behind) == 2 and _is_many(behind[0]) and verbs.is_participle(behind[1]):
                continue
            if at < 2 or _is_many(hidden.rsplit(maxsplit=1)[-1]) == plural:
                return True
            continue
        latter = before[at + 1].plain if at + 1 < len(before) else ""
        if word.plain in _CLOSED or not word.plain or word.plain.endswith("ly"):
            continue
        ends = word.closes or not latter or latter in _CLOSED or _is_verb(before, at + 1)
        if word.plain in verbs.BASES and not verbs.is_noun_too(word.plain):
            continue
        owner = word.text.endswith(("'s", "’s"))
        many = _is_many(word.plain)
        if plural and many and not word.text[:1].isupper():
            return True
        joined = at and before[at - 1].plain == "and" and word.text[:1].isupper()
        if plural and joined:
            return True
        # `Radiocarbon tests dated its leaves`: what only describes a noun owns nothing.
        stands = (ends or owner) and not _hangs(before, at)
        if not plural and not many and stands and (at == 0 or not _is_verb(before, at)):
            return True
    return False


def _is_many(word: str) -> bool:
    plain = bare(word)
    return plain in lexicon.PLURALS or (
        plain.endswith("s") and not plain.endswith(("ss", "us", "is", "ics", "'s", "’s"))
    )


def _hangs(before: Sequence[_Word], at: int) -> bool:
    """Claim that a noun stands behind a preposition: `algae of the family` are no family."""
    while at and (
        before[at - 1].plain in lexicon.DETERMINERS or before[at - 1].plain not in _CLOSED
    ):
        at -= 1
    return at > 1 and before[at - 1].plain in lexicon.PREPOSITIONS
