"""Tell which drafts a reader can trust as they stand."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.generate.offline.lexicon import gathered

# A definite noun that nothing after it narrows down, as `of the loaf` would.
_DEFINITE: Final = re.compile(
    r"\bthe ((?:[a-z]+(?:st|nd|rd|th) )?[a-z]+)(?=[,?”)]|$"
    r"| (?:on|at|by|from|to|be|is|are|was|were|and|or|with|work|feel|fail|publicly)\b)"
)
# There is one of each, or a learner of the subject knows which is meant.
_UNIQUE: Final = gathered(
    """
    air atmosphere body brain climate cortex earth economy environment future heart law mind moon
    ocean past present sea sky soil state sun truth universe web world
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
    return bool(_CODE.search(shown)) or any(
        found[1].split()[-1] not in _UNIQUE for found in _DEFINITE.finditer(shown)
    )


def repeats(front: str, answer: str) -> bool:
    """Claim that the report asked for begins with the very topic that it is asked about."""
    asked = _REPORTED.search(front)
    if not asked:
        return False
    topic = words.content_stems(asked["topic"])
    opening = words.content_stems(" ".join(answer.split()[:8]))
    return len(topic) > 1 and topic <= opening
