"""Tell which drafts a reader can trust as they stand."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.generate.offline.lexicon import gathered

# A definite noun that nothing after it narrows down, as `of the loaf` would.
_DEFINITE: Final = re.compile(
    r"\bthe ((?:(?:first|second|third|fourth|last|next) )?[a-z]+)(?=[,?”)’']|$"
    r"| (?:on|at|by|from|to|be|is|are|was|were|and|or|with|work|feel|fail|publicly)\b)"
)
_OPENING: Final = re.compile(
    r"The ([a-z]+)(?:,|’s|'s| (?:is|are|was|were|has|have|had|can|could|may|might|will|[a-z]+ed|"
    r"(?!this|across|plus|versus|minus)[a-z]+[^s\W]s)\b)"
)
# `When does the advantage weaken?`
_ASKED: Final = re.compile(
    r"\b(?:do|does|did|is|are|was|were|can|could|will|would|should|may) the ([a-z]+) (?!of\b|that\b"
    r"|which\b|in\b|for\b|to\b|on\b|between\b|from\b|with\b|behind\b|[a-z]+s\b|[a-z]+ of\b)"
    r"(?=[a-z]+\?)"
)
# There is one of each, or a learner of the subject knows which is meant.
UNIQUE: Final = gathered(
    """
    air atmosphere beginning bloodstream body bottom brain climate cortex crust data day decade
    earth economy end environment equator eye future gut heart hippocampus internet kidney
    landscape law liver lung mantle middle mind moon morning name night ocean past phrase placenta
    planet pole present public retina sea seabed seafloor skin sky soil spleen state stomach
    stratosphere sun surface term top truth universe web womb workforce world
    """,
)
_CODE: Final = re.compile(r"\b[A-Z]\d{1,2}\b")
_HANGING: Final = re.compile(
    r"\b(?:and|or|but|even|also|only|just|still|especially|particularly|perhaps|then|thus|so"
    r"|more importantly|most importantly)$"
)
_REPORTED: Final = re.compile(r" about (?:an? |the )?(?P<topic>[^?]+)\?$")


def trimmed(answer: str) -> str:
    """Take from an answer's end the words that lean on what was cut off behind them."""
    before = ""
    while before != answer:
        before = answer
        answer = _HANGING.sub("", answer.rstrip(" .,;"))
    return answer.rstrip(" .,;")


def leans(front: str) -> bool:
    """Claim that a question speaks of a thing that only its source tells apart.

    `How does caffeine prevent the signal from being heard?` needs the sentence before.
    """
    shown = re.sub(r"“[^”]*”", "", front)
    opening = _OPENING.match(shown)
    return (
        bool(_CODE.search(shown))
        or " the same " in shown
        or any(found[1] not in UNIQUE for found in _ASKED.finditer(shown))
        or (opening is not None and opening[1] not in UNIQUE)
        or any(found[1].split()[-1] not in UNIQUE for found in _DEFINITE.finditer(shown))
    )


def repeats(front: str, answer: str) -> bool:
    """Claim that the report asked for begins with the very topic that it is asked about."""
    asked = _REPORTED.search(front)
    if not asked:
        return False
    topic = words.content_stems(asked["topic"])
    opening = words.content_stems(" ".join(answer.split()[:8]))
    return len(topic) > 1 and topic <= opening
