"""Read one of the two claims that a sentence joins, up to where a further clause begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from quizgen import words
from quizgen.generate.offline import cutting, grammar, lexicon, trust
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.guards import is_resolved

POINTING: Final = re.compile(
    r"\b(?:this|these|those(?! (?:who|of|that))|such(?! as)|here|then|also|others?|some|one"
    r"|I|we|you|your|our|us)\b",
    re.IGNORECASE,
)
_PERSONAL: Final = re.compile(
    r"\b(?:it|they|them|its|their|themselves|itself|he|she|his|her|him)\b", re.IGNORECASE
)
_BRACKETED: Final = re.compile(r" \([^()]*\)")
_OWNS: Final = re.compile(r"\b(?:its|their|themselves|itself)\b", re.IGNORECASE)
_BARE: Final = re.compile(r"[Tt]he [a-z]+")
_ONE_OF_MANY: Final = frozenset({"each", "every", "any", "another", "both", "none", "there"})
_OUGHT: Final = frozenset({"must", "should", "shall"})
_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause, and its words up to where another clause begins."""

    clause: grammar.Clause
    text: str
    part: tuple[str, ...]

    @property
    def is_cut(self) -> bool:
        """Claim that more follows."""
        return len(self.part) < len(self.clause.rest)

    @property
    def is_turned(self) -> bool:
        """Claim that a `but` follows, without which the claim is half of it."""
        return self.is_cut and bare(self.clause.rest[len(self.part)]) in ("but", "yet", "though")

    @property
    def is_half(self) -> bool:
        """Claim that a `but` follows within the claim itself."""
        return self.is_turned and not self.text.endswith(",")


def claim(text: str) -> Claim | None:
    """Parse a claim, as short as `spacing works`, or give nothing."""
    said = _BRACKETED.sub("", text).replace("cannot", "can not").strip(" ,")
    # `"Faith comes by hearing" was a verse`: half a quotation is no claim.
    torn = said.count('"') % 2 or said.count("“") != said.count("”")
    clause = None if torn else grammar.parse_part(said)
    if clause is None:
        return None
    part = cutting.first_part(clause.part)
    taken = said.split()
    whole = taken[: len(taken) - len(clause.rest) + len(part)] if clause.rest else taken
    return Claim(clause, " ".join(whole).replace("can not", "cannot"), part)


def stands(told: Claim, subject: str = "") -> bool:
    """Claim that a claim is told by itself, of something it names, and is no advice."""
    clause = told.clause
    subject = subject or clause.subject
    said = f"{subject} {' '.join(told.part)}"
    first = bare(subject.split()[0])
    if first in lexicon.PRONOUNS | _ONE_OF_MANY or not is_resolved(subject):
        return False
    if clause.aux in _OUGHT or clause.lead or POINTING.search(said):
        return False
    loose = _PERSONAL.findall(said)
    if loose and not all(_OWNS.fullmatch(word) for word in loose):
        return False
    if _BARE.fullmatch(subject) and subject.split()[-1] not in trust.UNIQUE:
        return False
    if clause.is_negative and not told.part:
        return False
    stems = words.content_stems(f"{said} {clause.verb}")
    return len(stems) >= _LEAST + clause.is_negative
