"""Tell people's names from other words."""

from __future__ import annotations

import re
import unicodedata

PARTICLES = frozenset(
    "al bin da das de del della den der di dos du el la le ten ter van von y zu".split()  # noqa: SIM905
)
NOT_NAMES = frozenset(
    """a about abstract action advantages after also and answer answers applications arguments as
    audio author back before benefits but by caption captions cause chapter claim con conclusion
    cons context course date definition definitions description details disadvantages discussion
    duration effect email english evidence example examples exercise explanation fact facts figure
    formula french front german goal here hint homework how i idea ideas if in input introduction
    it key keywords language law lecture length lesson let level limitations link links list
    location main meaning method methods mnemonic name note notes now objective observation on
    outline output part phone pitfall pitfalls place point points problem proof proposition pro
    pros purpose q question questions quote quotes reason recap reference references remark
    remember result results rule section so solution source spanish speakers step steps summary
    table task term the then theorem there they this time tip title tldr to today todo tools topic
    topics type types unit update usage use video vocabulary warning we week what when where which
    who why you""".split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W\d_][\w.'’\-]*$")


def fold(name: str) -> str:
    """Write a name so that spellings differing in case, marks or spaces are equal."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not _marks(c)).split())


def is_name(text: str) -> bool:
    """Claim that the words can be somebody's name: one to five, each with a capital."""
    words = text.split()
    if not 1 <= len(words) <= 5 or len(text) > 48 or words[0].casefold() in NOT_NAMES:
        return False
    if words[0].casefold() == "speaker" and len(words) == 2:
        return True
    return all(
        _WORD.match(word) is not None and (word[0].isupper() or word in PARTICLES) for word in words
    )


def is_full_name(text: str) -> bool:
    """Claim that the words are a name of at least two words."""
    return len(text.split()) >= 2 and is_name(text)


def is_misspelt(left: str, right: str) -> bool:
    """Claim that one letter added, lost or changed makes one name the other.

    Short names differ by a letter when they are not the same, and so do numbered speakers.
    """
    if min(len(left), len(right)) < 8 or any(map(str.isdigit, left + right)):
        return False
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    short, long = sorted((left, right), key=len)
    same = 0
    while same < len(short) and short[same] == long[same]:
        same += 1
    if len(short) == len(long):
        return short[same + 1 :] == long[same + 1 :]
    return short[same:] == long[same + 1 :]


def _marks(character: str) -> bool:
    return unicodedata.combining(character) != 0
