"""Find the proper names of a sentence, whole: persons, places, works, what is called after one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from quizgen.generate.offline import common, fitting, lexicon, phrases, verbs
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.lexicon import gathered
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.tagging import Token, is_everyday, tokens

_CAPITAL: Final = r"[A-ZÀ-Þ](?:[\w’'‑-]*[a-zà-ÿ])"
_LINK: Final = (
    r"(?:of the|of|de la|de|du|des|la|le|van der|van den|van|von|der|di|del|della|da|al|ibn|bin|y)"
)
_INNER: Final = re.compile(r"[’']s ")
_NAME: Final = re.compile(
    rf"(?<![\w’'-])(?:(?:[A-Z]\.[ ]?)+(?={_CAPITAL}))?{_CAPITAL}"
    rf"(?:(?: [A-Z]\.)*(?: {_LINK})? {_CAPITAL})*(?! ?[A-Z]\.)"
)
_TITLES: Final = gathered(
    "Abbot Admiral Archduke Bishop Captain Colonel Count Doctor Duke Dr. Dr Emperor Empress General"
    " Judge Justice King Lady Lord Major Mr Mrs Pope President Prince Princess Professor Queen"
    " Saint Senator Sir St Signor Rabbi Chief"
)
_DATES: Final = gathered(
    """
    January February March April May June July August September October November December Monday
    Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Easter God Internet Earth Sun Moon
    Figure Table Chapter Book Part Section Step Phase Act Type Day Week Unit Lecture Module Slide
    Question Note Source Celsius Fahrenheit Kelvin Elder Younger Antarctica Englishman Marxist
    Marxism Impressionism  Example Topic Article Equation Level
    """
)
KINDS: Final = gathered(
    """
    act affair algorithm architecture archive bacterium bay bomb bowl bridge campaign canal case
    castle cathedral cell cells cipher code comet company constant coefficient conjecture
    convention criterion crisis current curve cycle debate decree dilemma disaster disease doctrine
    dynasty effect emperor engine eruption equation expedition experiment experiments fault festival
    formula frame framework function glacier gyre gulf hypothesis illusion incident index inequality
    instrument island islands law laws library limit line machine manuscript massacre maxim meridian
    method microscope mission model monarchy mosque movement museum node number numbers paradox
    party pass peninsula plan plateau principle prize problem process project protocol rain reaction
    reactions rebellion reform reforms reef regime report republic revolt revolution river rocket
    rule scale scandal school sea sequence series settlement siege society spacecraft stage strait
    street strike study summit syndrome system telescope temple test theorem theory transform
    treaty trial triangle tribe uprising valley virus volcano wall war zone
    """
)
"""A noun behind a name that belongs to it: `the Maillard reactions`, `the Schlieffen plan`."""


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name and where it stands in its sentence."""

    begin: int
    end: int
    text: str

    @property
    def is_person(self) -> bool:
        """Claim that it has the form of a person's whole name."""
        return (
            fitting.is_person(self.text) or re.match(r"(?:[A-Z]\. ?)+[A-Z]", self.text) is not None
        )

    @property
    def is_whole(self) -> bool:
        """Claim that it has more than one word."""
        return " " in self.text


def find(scene: Scene, text: str) -> Iterator[Name]:
    """Yield the names of a sentence that are no date, no heading and no everyday word."""
    tagged = tokens(text)
    for found in _NAME.finditer(text):
        begin, end = _trimmed(scene, text, found.span())
        end = _grown(text, tagged, end) if end > begin else end
        name = text[begin:end]
        if end > begin and _is_name(scene, text, tagged, Name(begin, end, name)):
            yield Name(begin, end, name)


def _trimmed(scene: Scene, text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Leave out an opening word that has its capital from the sentence, and a possessive."""
    begin, end = span
    # `Florence’s Baptistery`, `Houston’s Katy Freeway`: what is owned is the name.
    if inner := _INNER.search(text[begin:end]):
        begin += inner.end()
    if owned := re.search(r"[’']s$|[’']$", text[begin:end]):
        end = begin + owned.start()
    while begin < end and _opens(text, begin):
        first = text[begin:end].split(maxsplit=1)[0]
        plain = bare(first)
        several = " " in text[begin:end]
        closed = plain in opening_words() or plain.endswith("ly")
        # `William Perkin` begins with a name; `Unlike Odin` and `When Russia` do not.
        everyday = plain in scene.lower or (not several and is_everyday(plain))
        verb = several and (plain.endswith("ing") or verbs.is_participle(plain))
        # `Neuroscientist Ada Voss`: what somebody is does not belong to the name.
        role = several and (plain in lexicon.PEOPLE or plain.endswith(("scientist", "ologist")))
        if not (closed or everyday or verb or role) or first in _TITLES:
            break
        begin = min(end, begin + len(first) + 1) if several else end
    begin += len(text[begin:end]) - len(text[begin:end].lstrip())
    return begin, end


def opening_words() -> frozenset[str]:
    """Give the words that open a sentence and no name."""
    return (
        lexicon.PREPOSITIONS
        | lexicon.DETERMINERS
        | lexicon.AUXILIARIES
        | lexicon.RELATIVES
        | lexicon.PRONOUNS
        | lexicon.NEGATIONS
        | lexicon.CONNECTIVES
        | {
            "unlike",
            "as",
            "even",
            "only",
            "once",
            "when",
            "but",
            "to",
            "not",
            "former",
            "modern",
            "today",
        }
    )


def _opens(text: str, begin: int) -> bool:
    return begin == 0 or re.search(r"[.:;!?“\"(—–] ?$", text[:begin]) is not None


def _grown(text: str, tagged: tuple[Token, ...], end: int) -> int:
    """Take the noun behind a name that belongs to it."""
    following = re.match(r" (?P<noun>[a-z]+)\b(?!-)", text[end:])
    if following and following["noun"] in KINDS:
        at = next((n for n, token in enumerate(tagged) if token.start > end), None)
        if at is not None and tagged[at].is_noun:
            return end + following.end()
    return end


def _is_name(scene: Scene, text: str, tagged: tuple[Token, ...], name: Name) -> bool:
    said = name.text.split()
    plain = [bare(word) for word in said]
    if len(said) > 6 or set(said) & _DATES or all(map(common.is_common, plain)):
        return False
    if any(sum(map(str.isupper, word)) > 2 for word in said) or said[0] in ("Key", "Common"):
        return False
    behind, before = text[name.end :], text[: name.begin]
    if re.match(
        r" (?:de|del|van|von|of|the|for|in) (?:the )?[A-Z]| ?\d|[A-Z]|[-‑/]\w| [IVX]+\b|\.\w",
        behind,
    ) or re.search(r"[-‑/#@&]$", before):
        return False
    if re.search(r"\b[A-Z][\w’'-]+(?: of| of the| in|,)? $", before) and not _opens(
        text, name.begin
    ):
        last = before.split()[-1]
        owner = last.endswith(("’s", "'s"))
        if last[:1].isupper() and not owner and last.casefold() not in opening_words():
            return False
    if name.is_whole:
        return not (_opens(text, name.begin) and common.is_common(plain[0]) and " of " in name.text)
    if said[0] in _TITLES or phrases.is_of_place(plain[0]):
        return False
    if _opens(text, name.begin) and not (
        said[0] in scene.proper or any(t.start == name.begin and t.tag == "NP0" for t in tagged)
    ):
        return False
    if plain[0] in scene.lower or is_everyday(plain[0]):
        return False
    # `Spratly features`, `Cobra venom`: the name only describes.
    at = next((n for n, token in enumerate(tagged) if token.start >= name.end), None)
    if at is None or text[name.end : name.end + 1] != " ":
        return True
    return tagged[at].tag not in ("NN1", "NN2", "NN0", "NN", "AJ0", "NP0")
