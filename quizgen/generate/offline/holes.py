"""Refuse a blank whose sentence leans on another, is none, or gives the hidden words away."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from quizgen import words
from quizgen.generate.offline import common, hints, propers, tagging, verbs
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.lexicon import gathered
from quizgen.generate.offline.scene import Scene

_BLANK: Final = re.compile(r"\{\{(?P<hidden>[^{}]*)\}\}")
NAMES: Final = frozenset({"name_cloze", "named_cloze", "person_cloze"})
_TERMS: Final = frozenset({"subject_cloze", "list_cloze"})
_YEAR: Final = re.compile(r"\b[12]\d{3}\b|\b\d+ ?(?:BCE?|CE|AD)\b|\b1\d{3}s\b")
_PLACED: Final = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+\b(?!-)")
"""A place may be no name that is worth a blank, and still say where."""
_MOST_NAMES: Final = 2
_ROOT: Final = 4
_OFTEN: Final = 3

_COMPARING: Final = re.compile(
    r"\beven (?:more|less|[a-z]+(?:er|ier)) (?!than\b)|\ball the more\b"
    r"|\bsuch as (?:once|when|how)\b"
)
_SLASH: Final = re.compile(r"[a-z]{3,}/[a-z]{3,}")
_TWO: Final = re.compile(r"(?:[A-Z][\w’'-]+ ){1,3}and (?:[A-Z][\w’'-]+ ?){1,3}(?:,|(?<= ))")
_HEADINGS: Final = re.compile(r"\w(?: ?— ?| -+ )[A-Z][a-z]+ (?:of|and|makes)\b|—[^—]*—[A-Z]")
_EXAMPLE: Final = re.compile(r"(?:If|Imagine|Suppose|Say|Or|Picture)\b")
_SAYING: Final = re.compile(r"\b(?:motto|slogan|nickname|nicknamed)\b", re.IGNORECASE)
_CREDIT: Final = re.compile(
    r"\b(?:is|was) (?:an?|the) (?:[\w-]+,? ){0,4}(?:author|co-founder|columnist|fellow|founder"
    r"|guest|host|journalist|lecturer|laureate|professor|recipient|winner)\b"
)
_RECEIVER: Final = re.compile(r" (?:[a-z]+ ){1,3}(?:him|them)\b")
_MANY: Final = re.compile(r"\b(?:they|them|their|themselves|they[’']\w+)\b", re.IGNORECASE)
_ONE: Final = re.compile(r"\b[a-z]+ing it\b")
_PLACE: Final = re.compile(
    r"\bthe [a-z]+ (?:at|in|on|with|to) (?:the )?\{\{|^(?:With|After|In|From) the [a-z]+ in\b"
)
_SOMEBODY: Final = re.compile(
    r"\b(?:by|from|to|with) the [a-z]+(?:er|man|or|thief|woman)\b(?! (?:of|that|who)\b)"
)
_WHERE: Final = re.compile(
    r"\b(?:across|at|in|into|near|through|within miles of) [A-Z][\w’'-]+(?:,? (?:and )?[A-Z]\w+)*"
)
_THEN: Final = re.compile(r"\}\} then\b|\band then (?:the )?\{\{")
_DATING: Final = re.compile(r"\b(?:after|before|during|since|until) the \{\{")
_ALONE: Final = re.compile(r"\b[Tt]he \{\{[^\s{}]+\}\}[’']s\b")
_WITHIN: Final = re.compile(r"[A-Z][\w’'.-]+ [“\"‘(]\{\{|\}\}[”\"’)] [A-Z]")
_PLURALS: Final = frozenset({"NN2"})
_THIRD: Final = frozenset({"VVZ", "VBZ", "VHZ", "VDZ"})
_ACTING: Final = frozenset({"VM0", "VVI"})
_PAST: Final = frozenset({"VBD", "VVD", "VHD"})
_NORMAL: Final = re.compile(
    r"\b(?:normal|typical|average|ordinary|usual|even a|up to|as many as|as much as)\b",
    re.IGNORECASE,
)
_ROUGHLY: Final = re.compile(r"\b(?:about|almost|approximately|around|nearly|roughly|some) $")
_PEOPLES: Final = gathered("arabic biblical buddhist christian greek hebrew islamic jewish latin")
_CITIES: Final = gathered("berlin boston london madrid moscow paris rome tokyo vienna")


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence with a hole: what credits it is left out, `front` shows the hole as `{{it}}`."""

    rule: str
    front: str
    hidden: str
    scene: Scene

    @property
    def before(self) -> str:
        """Give what stands before the hole."""
        return self.front.partition("{{")[0]

    @property
    def behind(self) -> str:
        """Give what stands behind the hole."""
        return self.front.partition("}}")[2]

    @property
    def around(self) -> str:
        """Give what stays in sight."""
        return f"{self.before} ____ {self.behind}"

    @property
    def whole(self) -> str:
        """Give the sentence as it was."""
        return f"{self.before}{self.hidden}{self.behind}"

    @property
    def is_name(self) -> bool:
        """Claim that what is hidden is a proper name."""
        return self.rule in NAMES


def fault(rule: str, front: str, scene: Scene, *, lead: str) -> str:
    """Say why nobody should be asked to fill a blank, or nothing; `lead` credits the sentence."""
    found = _BLANK.search(front)
    if found is None:
        return ""
    gap = Gap(rule, front.removeprefix(lead), found["hidden"], scene)
    return next((why for holds, why in _FAULTS if holds(gap)), "")


def _compares(gap: Gap) -> bool:
    return _COMPARING.search(gap.around) is not None or _THEN.search(gap.front) is not None


def _is_note(gap: Gap) -> bool:
    """Claim that a line has no verb of its own, or strings headings together."""
    if _SLASH.search(gap.whole) or _HEADINGS.search(gap.around):
        return True
    if gap.is_name:
        return False
    # `Steep side called ...` may be a verb to the tagger: it names no doer.
    plain = re.sub(r"\([^()]*\)|\b(?:called|known|named|termed)\b", "", gap.whole)
    return not (
        any(token.is_finite or token.tag in _ACTING for token in tagging.tokens(plain))
        or any(bare(word) in verbs.PAST for word in plain.split())
    )


def _disagrees(gap: Gap) -> bool:
    """Claim that a verb or an article has the wrong number: `plantations emits`, `a sacrifices`."""
    tagged = tagging.tokens(gap.whole)
    for at, token in enumerate(tagged):
        following = tagged[at + 1] if at + 1 < len(tagged) else None
        if token.plain in ("a", "an"):
            rest = tagged[at + 1 :]
            noun = next((t for t in rest if t.tag != "AJ0"), None)
            if noun is not None and noun.tag in _PLURALS and noun.plain.endswith("s"):
                return True
        hidden = gap.hidden.split()[-1] == token.text and token.tag in _PLURALS
        hidden = hidden and not token.plain.endswith(("ics", "ss", "us", "is"))
        if hidden and following is not None and following.tag in _THIRD:
            return True
    two = _TWO.match(gap.whole)
    if two is None:
        return False
    rest = re.sub(r"^ ?[a-z][^,]*, ", "", gap.whole[two.end() :]).split(maxsplit=1)
    return bool(rest) and rest[0] in verbs.THIRD


def _lacks_owner(gap: Gap) -> bool:
    """Claim that a pronoun means somebody whom only the source names."""
    # `____ captured him`: nobody captures himself so.
    own = gap.is_name and _RECEIVER.match(gap.behind) is not None
    if own and not any(propers.find(gap.scene, gap.before)):
        return True
    for found in _MANY.finditer(gap.around):
        shown = tagging.tokens(gap.around[: found.start()])
        many = any(token.tag in _PLURALS for token in shown)
        joined = re.search(r"[A-Z_]\S* and [A-Z_]", gap.around[: found.start()])
        if gap.is_name and not (many or joined):
            return True
    several = gap.hidden.endswith(("ons", "ers") if gap.is_name else "s")
    return several and _ONE.search(gap.behind) is not None


def _points(gap: Gap) -> bool:
    """Claim that `the dealer` or `the painting` was told apart before."""
    return gap.is_name and (
        _PLACE.search(gap.front) is not None or _SOMEBODY.search(gap.around) is not None
    )


def _is_misread(gap: Gap) -> bool:
    """Claim that the hidden words are no name: a verb or a word before it was taken in."""
    said = gap.hidden.split()
    if "/" in gap.hidden or said[0].casefold() in propers.opening_words() - {"the"}:
        return gap.rule != "list_cloze"
    if not gap.is_name:
        return False
    first, last = said[0].casefold(), said[-1].casefold()
    described = len(said) == 2 and common.is_common(last) and first in _PEOPLES
    small = said[-1].islower() and said[-1] not in propers.KINDS
    placed = len(said) > 1 and last in _CITIES and "of" not in said
    return small or placed or described


def _is_part(gap: Gap) -> bool:
    """Claim that the name goes on beside the hole, or stands in quotation marks inside one."""
    if gap.rule == "subject_cloze" and re.match(r"[’']s\b", gap.behind):
        return True
    if not gap.is_name:
        return False
    before = gap.before.split()[-1:] if gap.before.endswith(" ") else []
    last = before[0] if before else ""
    capital = last[:1].isupper() and last[-1:].isalpha() and len(gap.before.split()) > 1
    goes_on = re.match(r" [A-Z][a-z]", gap.behind) is not None
    return bool(capital) or goes_on or _WITHIN.search(gap.front) is not None


def _is_told(gap: Gap) -> bool:
    """Claim that the rest says the name: a word of its root, or the motto that it is of."""
    if not gap.is_name:
        return False
    shown = {
        word[:_ROOT]
        for word in re.findall(r"[\w’'-]+", gap.around)
        if word[:1].isupper() and len(word) > _ROOT
    }
    said = [word[:_ROOT] for word in gap.hidden.split() if len(word) > _ROOT]
    return any(part in shown for part in said) or _SAYING.search(gap.around) is not None


def _is_crowded(gap: Gap) -> bool:
    """Claim that a sentence retells a plot: so many names that none is what it is about."""
    # `through Belgium and France` says where, and not who.
    plain = _WHERE.sub("", gap.around)
    names = {name.text for name in propers.find(gap.scene, plain)}
    return gap.is_name and len(names) > _MOST_NAMES


def _is_unplaced(gap: Gap) -> bool:
    """Claim that nothing else of a sentence is particular: no other name, no year."""
    if not gap.is_name and gap.rule not in _TERMS:
        return False
    if _YEAR.search(gap.around) or _PLACED.search(gap.around):
        return False
    # `Western-inspired` is no name.
    if any(not re.search(r"-[a-z]", n.text) for n in propers.find(gap.scene, gap.around)):
        return False
    if gap.is_name:
        single = " " not in gap.hidden
        return single or hints.is_of_a_kind(gap.hidden)
    return any(token.tag in _PAST for token in tagging.tokens(gap.whole))


def _is_aside(gap: Gap) -> bool:
    """Claim that a name only dates or credits what is told, or stands in an example."""
    return gap.is_name and bool(
        _DATING.search(gap.front)
        or _CREDIT.search(gap.around)
        or _ALONE.search(gap.front)
        or _EXAMPLE.match(gap.front)
    )


def _is_everyday(gap: Gap) -> bool:
    """Claim that a hidden subject is no term: one of many things, or words that everybody uses."""
    if gap.rule != "subject_cloze":
        return False
    if re.search(r"\b[Aa]n? $", gap.before):
        return True
    said = [word.casefold() for word in words.tokens(gap.hidden)]
    learned = any(not (common.is_common(word) or tagging.is_everyday(word)) for word in said)
    spread = [gap.scene.spread.get(stem, 0) for stem in common.stems(gap.hidden)]
    return len(said) == 1 and not learned and min(spread, default=0) < _OFTEN


def _is_vague(gap: Gap) -> bool:
    """Claim that it is not said whose amount is asked for, or that the amount is a rough one."""
    if gap.rule != "amount_cloze":
        return False
    named = any(propers.find(gap.scene, gap.around)) or re.search(
        r"(?<=[a-z,] )(?:[A-Z][\w’'-]+|[A-Z]\.)", gap.around
    )
    rough = _ROUGHLY.search(gap.before) and not (named and _YEAR.search(gap.around))
    return not named or bool(rough) or _NORMAL.search(gap.around) is not None


_FAULTS: Final[tuple[tuple[Callable[[Gap], bool], str], ...]] = (
    (_compares, "its sentence compares with what stands before it"),
    (_is_note, "its line is a note and no sentence"),
    (_disagrees, "its sentence is broken"),
    (_lacks_owner, "a pronoun means somebody whom the card does not name"),
    (_points, "it points to a thing that only its source tells apart"),
    (_is_misread, "the words that it hides are no name"),
    (_is_part, "it hides a part of a name"),
    (_is_told, "the rest of its sentence gives the name away"),
    (_is_crowded, "its sentence names too many to ask for one"),
    (_is_unplaced, "nothing in its sentence says whose, where or when"),
    (_is_aside, "the name only dates or credits what is told"),
    (_is_everyday, "it hides an everyday word"),
    (_is_vague, "it does not say whose amount it asks for"),
)
