"""Find the noun phrases of a sentence: names, numbers with what they count, terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from quizgen.generate.offline import common, lexicon, verbs
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.lexicon import gathered
from quizgen.generate.offline.scene import Scene

Sort: TypeAlias = Literal["name", "number", "term"]

_LONGEST: Final = 5
_JOINS: Final = gathered(
    """
    ago although am and as away due be because been being both but cannot done either else enough
    even ever except far hence how however if instead itself just later least less like little
    made merely more most much neither no nor not often once only or otherwise own per perhaps
    quite rather said same simply so sometimes still than then there therefore though thus to
    together too unlike very well what when whether yet i'm it's that's they're we're you're alone
    apart early eastward elsewhere forward hostile inward next nonetheless northward now outdoors
    outward overnight southward today tomorrow upward versus westward worldwide worth yesterday
    anyone anybody nobody everyone someone something anything nothing everything
    """,
)
_CLOSED: Final = (
    lexicon.PREPOSITIONS
    | lexicon.DETERMINERS
    | lexicon.AUXILIARIES
    | lexicon.RELATIVES
    | lexicon.PRONOUNS
    | lexicon.NEGATIONS
    | lexicon.CONNECTIVES
    | _JOINS
)
_NOT_ADVERBS: Final = gathered(
    "ally anomaly assembly butterfly early family fly italy july monopoly only reply supply"
)
_ADJECTIVE: Final = re.compile(r".*(?:ous|ful|less|ible|able|ish|iest|like|ary|ic|ive|ent|ant|al)$")
_NOUNS: Final = gathered(
    """
    agent alcohol animal antioxidant arsenal capital cartel client component consonant content
    coolant crystal current deterrent dye element fabric gradient hospital immigrant incentive
    infant ingredient instrument interval ligament logic magic mechanic metal mineral moment
    motive music narrative nutrient oxidant parent patent patient pedal percent perspective
    picnic plant pollutant portal proposal rationale relative republic rival segment sediment
    signal spiral student talent tenant terminal topic torrent traffic trial tropic vertical
    archive drive hive initiative locomotive objective alternative sentinel principal rent cement
    pigment fragment movement government payment treatment statement environment equipment
    agreement argument management development attachment judgment moment document investment
    employment settlement enforcement displacement replacement requirement measurement
    reinforcement experiment compartment department apartment commitment parliament ornament
    testament temperament tournament appointment disappointment achievement arrangement
    supplement complement implement increment excrement detriment sacrament refreshment
    """,
)
_NUMBER: Final = re.compile(r"[$€£]?\d[\d,.]*(?:[-–/]\d[\d,.]*)?(?:%|[a-zµ°]{1,3}|°[CF])?$")
_YEAR: Final = re.compile(r"1\d{3}s?$|20\d{2}s?$")
_SCALES: Final = gathered("hundred thousand million billion trillion percent per")
_DULL: Final = (
    lexicon.EVALUATIVE
    | lexicon.HEDGED
    | gathered(
        "considerable dominant entire extreme highest largest lowest mere sheer smallest whole"
    )
)
_UNITS: Final = gathered(
    """
    percent cubic square meters metres meter metre kilometers kilometres miles feet inches
    centimeters millimeters nanometers grams kilograms tons tonnes milligrams ounces pounds liters
    litres degrees celsius fahrenheit kelvin hours hour minutes minute seconds second days day
    weeks week months month years year decades decade centuries dollars euros cents watts
    kilowatts megawatts gigawatts joules volts hertz kilohertz petawatts calories bits bytes
    kilobytes megabytes gigabytes tokens parameters times fold points per
    """,
)
_CAPITAL: Final = re.compile(r"[\"'“‘(]*(?:[A-Z]|[a-z]*[A-Z]|\d+[A-Z])[\w’'.-]*")

_REDUCED: Final = gathered(
    """
    carrying causing containing covering including indicating leading linking living making
    opening producing representing resulting running showing spanning suggesting using
    """
)
"""What begins a shortened relative clause more often than it ends a name."""
_EVERYDAY: Final = frozenset({"ai", "it", "tv", "us", "uk", "eu", "ceo", "ok", "pc", "app", "i"})
_OF_PLACE: Final = re.compile(
    r".*(?:ian|ese|ish|ean|can|dic|tic)$|french|dutch|greek|german|swiss|roman"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence with its place; `plain` is without marks and case."""

    begin: int
    end: int
    text: str
    plain: str

    @property
    def closes(self) -> bool:
        """Claim that a phrase cannot go on behind this word."""
        return self.text[-1] in ",;:.!?)”" or self.text.endswith(("—", "–"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words: where it stands in its sentence, and its neighbours."""

    begin: int
    end: int
    first: int
    last: int
    sort: Sort
    text: str
    before: str
    after: str


def cut(sentence: str) -> list[Word]:
    """Cut a sentence at its spaces."""
    return [
        Word(m.start(), m.end(), m.group(), bare(m.group()))
        for m in re.finditer(r"[^\s—]+—?|—", sentence)
    ]


def is_of_place(word: str) -> bool:
    """Claim that a word says of which land or people something is."""
    return _OF_PLACE.match(word) is not None


def is_adjective(word: str) -> bool:
    """Claim that a word describes and does not name, by its ending."""
    known = word in _NOUNS or word.removesuffix("s") in _NOUNS
    return not known and _ADJECTIVE.match(word) is not None


def find(scene: Scene, sentence: str) -> Iterator[Phrase]:
    """Yield the phrases of a sentence that name something, in order."""
    taken = cut(sentence)
    at = 0
    while at < len(taken):
        if _NUMBER.match(taken[at].plain) and not _YEAR.match(taken[at].plain):
            stop = _number_end(taken, at)
            yield _phrase(sentence, taken, (at, stop), "number")
            at = stop
            continue
        stop = _run_end(scene, taken, at)
        if stop == at:
            at += 1
            continue
        start = _start(scene, taken, at, stop)
        whole = start < stop <= start + _LONGEST and _is_noun(taken, start, stop - 1)
        if whole:
            names = [place for place in range(start, stop) if _is_name(scene, taken, place)]
            sort: Sort = "name" if names else "term"
            found = _phrase(sentence, taken, (start, stop), sort)
            dull = all(
                common.is_common(part) or part.casefold() in _UNITS for part in found.text.split()
            )
            if not dull and common.rare(found.text):
                yield found
        at = stop


def _phrase(sentence: str, taken: list[Word], span: tuple[int, int], sort: Sort) -> Phrase:
    first, last = span
    begin, end = taken[first].begin, taken[last - 1].end
    text = sentence[begin:end]
    begin += len(text) - len(text.lstrip("\"'“‘([*"))
    end -= len(text) - len(text.rstrip(".,;:!?\"'”’)]—–*"))
    said = sentence[begin:end]
    if said.endswith(("'s", "’s")):
        end -= 2
    return Phrase(
        begin=begin,
        end=end,
        first=first,
        last=last,
        sort=sort,
        text=sentence[begin:end],
        before=taken[first - 1].plain if first else "",
        after=taken[last].plain if last < len(taken) else "",
    )


def _number_end(taken: list[Word], at: int) -> int:
    stop = at + 1
    while (
        stop < len(taken)
        and stop - at < 4
        and not taken[stop - 1].closes
        and taken[stop].plain in _SCALES | _UNITS
        and taken[stop].plain != "per"
    ):
        stop += 1
    return stop


def _is_name(scene: Scene, taken: list[Word], at: int) -> bool:
    word = taken[at]
    if not _CAPITAL.match(word.text) or word.plain in _CLOSED or not word.plain:
        return False
    if (
        "&" in word.text
        or len(word.text) > 20
        or word.plain in _EVERYDAY
        or (is_of_place(word.plain) and _goes_on(taken, at))
    ):
        return False
    mid = at and not taken[at - 1].text.endswith((".", ":", "!", "?"))
    first = word.text.strip("\"'“‘(.,;:)”’").removesuffix("'s").removesuffix("’s")
    if mid or first in scene.proper or first in scene.upper:
        return True
    # `James Watt's condenser`: a sentence begins with a whole name.
    following = taken[at + 1] if at + 1 < len(taken) and not word.closes else None
    begins = not verbs.is_participle(word.plain) and not common.is_common(word.plain)
    return bool(
        following
        and begins
        and word.plain not in scene.lower
        and following.text[:1].isupper()
        and following.plain not in _CLOSED
    )


def _goes_on(taken: list[Word], at: int) -> bool:
    """Claim that a word in small letters follows: `French dominance`, `a Parisian mob`."""
    following = taken[at + 1] if at + 1 < len(taken) and not taken[at].closes else None
    return following is not None and following.text[0].islower()


def _run_end(scene: Scene, taken: list[Word], at: int) -> int:
    """Find where a run of nouns and what describes them ends; `at` itself if none begins."""
    stop = at
    while stop < len(taken):
        word = taken[stop]
        if _breaks(scene, taken, stop, at):
            # `Bank of England`, `Republic of Korea` go on.
            of = word.plain in ("of", "de", "van", "von") and stop > at and not word.closes
            joined = of and _is_name(scene, taken, stop - 1) and stop + 1 < len(taken)
            if not (joined and _is_name(scene, taken, stop + 1)):
                return stop
        stop += 1
        if word.closes or word.text.endswith(("'s", "’s")):
            return stop
    return stop


def _breaks(scene: Scene, taken: list[Word], at: int, start: int) -> bool:
    """Claim that a word is none of a noun phrase: closed, an adverb, or most likely a verb."""
    word = taken[at]
    plain = word.plain
    if not plain or not any(map(str.isalnum, plain)) or plain in _CLOSED:
        return True
    if plain.endswith(("n't", "n’t")):
        return True
    if at > start and word.text[0] in "(“\"‘['":
        return True
    if _is_name(scene, taken, at):
        return False
    if plain.endswith("ly") and plain not in _NOT_ADVERBS:
        return True
    if _NUMBER.match(plain):
        return True
    return at > start and _is_verb(taken, at)


def _is_verb(taken: list[Word], at: int) -> bool:
    plain, previous = taken[at].plain, taken[at - 1].plain
    following = taken[at + 1].plain if at + 1 < len(taken) and not taken[at].closes else ""
    many = previous.endswith("s") and not previous.endswith(("ss", "us", "is", "ics"))
    if plain in verbs.THIRD:
        sure = not verbs.is_noun_too(verbs.THIRD[plain]) or plain in ("helps", "shows", "needs")
        return (
            sure
            or (following in lexicon.DETERMINERS | lexicon.PRONOUNS)
            or bool(following not in _CLOSED | {""})
        )
    if plain in verbs.PAST or plain in verbs.PARTICIPLE or plain.endswith("ed"):
        return True
    if plain in _REDUCED:
        return True
    if plain in verbs.BASES:
        return many or not verbs.is_noun_too(plain)
    return plain.endswith("ing") and (many or following in lexicon.DETERMINERS)


def _start(scene: Scene, taken: list[Word], at: int, stop: int) -> int:
    """Leave out what stands before a phrase and is no part of its name: `many`, a verb."""
    names = [place for place in range(at, stop) if _is_name(scene, taken, place)]
    if names and names[0] > at:
        # `a feature Henry Stommel ...`, `the subtropical North Atlantic`: the name is the point.
        return names[0]
    while at < stop and not _is_name(scene, taken, at):
        plain, previous = taken[at].plain, taken[at - 1].plain if at else ""
        held = previous in lexicon.DETERMINERS | lexicon.PREPOSITIONS | {"and", "or"}
        acts = plain in verbs.THIRD or verbs.is_participle(plain) or plain in verbs.PAST
        acts = acts or (plain in verbs.BASES and at + 1 < stop)
        verb = acts and not held and at > 0
        gerund = plain.endswith("ing") and previous not in ("the", "a", "an") and at + 1 < stop
        if not (plain in _DULL or gerund or verb or (plain in verbs.BASES and not at)):
            break
        at += 1
    return at


def _is_noun(taken: list[Word], start: int, at: int) -> bool:
    """Claim that the last word of a phrase names a thing, by its ending and its neighbours."""
    word = taken[at]
    plain = word.plain.removesuffix("'s").removesuffix("’s")
    if word.text[:1].isupper() and at:
        return not plain.endswith(("ese", "ish"))
    if len(plain) < 3 or plain in verbs.PAST or verbs.is_participle(plain):
        return False
    previous = taken[at - 1].plain if at else ""
    predicate = previous in lexicon.AUXILIARIES | lexicon.NEGATIONS | {"be", "been", "more", "to"}
    if at == start and (predicate or (previous.endswith("ly") and previous != "only")):
        return False
    if plain in _REDUCED:
        return False
    if plain.endswith("ing") and len(plain) < 8 and at == start:
        return plain in ("king", "ring", "wing", "spring", "string")
    if plain in _NOUNS or plain.removesuffix("s") in _NOUNS:
        return True
    if plain in verbs.BASES and not verbs.is_noun_too(plain):
        return False
    return not _ADJECTIVE.match(plain)
