"""Tell whether a sentence can open a card: strip what joins it on, refuse what points back."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.generate.offline import grammar, lexicon, trust
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.guards import LONGEST_FRONT
from quizgen.generate.offline.scene import Scene

_JOINING: Final = re.compile(
    r"^(?:(?:however|but|and|so|also|meanwhile|moreover|furthermore|additionally|in addition"
    r"|similarly|likewise|thus|therefore|hence|consequently|as a result|nevertheless|nonetheless"
    r"|indeed|in fact|in short|finally|overall|still|yet|instead|conversely|in contrast|by contrast"
    r"|on the other hand|ultimately|importantly|notably|interestingly|fortunately|of course"
    r"|in other words|put simply|quick take|news pulse|for example|for instance|together"
    r"|(?:up)?on [a-z]+ing|intrigued|amazed|surprised|encouraged|frustrated|furious|undeterred"
    r"|(?:luckily|unluckily|unfortunately|sadly|surprisingly|remarkably|amazingly|obviously)(?=,)"
    r"),? )+",
    re.IGNORECASE,
)
_BACKWARD: Final = re.compile(
    r"(?:subsequent|subsequently|later|other|another|this|these|those|such|that|both|each|neither"
    r"|either|here|there|then|similar|some|one|others|it|its|they|their|he|she|his|her|or)\b"
    r"|(?:first|second|third|next|last)(?:ly)?\b(?! \w+ (?:of|in|to))"
    r"|(?:the )?(?:former|latter|same)\b"
    r"|an? \d+[- ]\w+ (?:course|book|series|talk|paper|study)\b",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(
    r", (?:however|therefore|thus|too|meanwhile|for example|for instance|on the other hand"
    r"|in contrast|by contrast),|\b(?:as noted|as mentioned|as discussed|as above|the above)\b",
    re.IGNORECASE,
)
_NARROWING: Final = frozenset(
    {"of", "that", "which", "who", "in", "for", "to", "behind", "between"}
)
_SAYING: Final = (
    "addresses|argues|believes|calls|claims|closes|compares|concludes|contends|contrasts|cautions"
    "|covers|credits|defends|describes|discusses|emphasi[sz]es|ends|estimates|explains|expects"
    "|explores|highlights|illustrates|insists|introduces|links|maintains|mentions|notes|observes"
    "|offers|opens|points|predicts|presents|proposes|recommends|recounts|regards|rejects|reports"
    "|says|sees|separates|shows|starts|states|stresses|suggests|surveys|suspects|thinks|traces"
    "|treats|turns|urges|uses|views|warns|adds|advises|admits|acknowledges|asserts|recalls"
)
_THAT: Final = re.compile(rf"(?:also |further |then )?(?:{_SAYING})(?: out)? that (?P<what>\S.*)$")
_ANY_SAYING: Final = re.compile(
    rf"(?:also |further |then |often |, [^,]*, )?(?:{_SAYING}|is|was|has|would|does|discussed)\b"
)


def told(scene: Scene, sentence: str) -> str:
    """Give what a sentence says on its own, or nothing where it leans on the text around it.

    `However, bread keeps` is cut to `Bread keeps`; of `Voss argues that bread keeps`, whose
    first words are about the page, what she argues is left.
    """
    said = _JOINING.sub("", sentence)
    said = said[:1].upper() + said[1:]
    if _BACKWARD.match(said) or _WITHIN.search(said):
        return ""
    said = _reported(scene, said)
    return "" if not said or _is_bare(said) else _in_full(scene, said)


def _in_full(scene: Scene, said: str) -> str:
    """Name the guest in full, where a text has the last name alone."""
    last = scene.guest.split()[-1] if scene.guest else ""
    if not last or scene.guest in said:
        return said
    whole = re.sub(rf"(?<![\w-]){re.escape(last)}(?![\w-])", scene.guest, said, count=1)
    return whole if words.word_count(whole) <= LONGEST_FRONT else said


def _reported(scene: Scene, said: str) -> str:
    """Take a claim out of a report of whoever takes part; other reports of them are of the page."""
    for person in scene.passage.work.people:
        last = person.name.split()[-1]
        for name in (person.name, last):
            if not said.startswith(f"{name} "):
                continue
            rest = said[len(name) + 1 :]
            claim = _THAT.match(rest)
            if claim and scene.guest == person.name and not _BACKWARD.match(claim["what"]):
                return claim["what"][:1].upper() + claim["what"][1:]
            return "" if _ANY_SAYING.match(rest) else said
    return said


def _is_bare(said: str) -> bool:
    """Claim that a sentence is about `the process` or `the approach`, told apart before it."""
    owner = re.match(r"The ([a-z]+)['’]s ", said)
    if owner:
        return owner[1] not in trust.UNIQUE
    clause = grammar.parse(said)
    if clause is None:
        return False
    subject = [bare(word) for word in clause.subject.split()]
    if len(subject) != 2 or subject[0] != "the" or clause.subject.split()[1][:1].isupper():
        return False
    following = clause.aside.split()[:1]
    narrowed = bool(following) and bare(following[0]) in _NARROWING | lexicon.RELATIVES
    return subject[1] not in trust.UNIQUE and not narrowed
