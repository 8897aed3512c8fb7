"""Cut what follows a verb where another clause begins."""

from __future__ import annotations

import re
from typing import Final

from quizgen.generate.offline import lexicon, verbs
from quizgen.generate.offline.lexicon import gathered

_TAILS: Final = gathered(
    """
    after although as because before but despite especially even for from however if instead
    like making notably often particularly possibly potentially rather since so suggesting
    thereby though thus unless unlike until when where whereas which while who with without yet
    """,
)


def bare(word: str) -> str:
    """Strip punctuation and case from one word."""
    return word.strip(".,;:!?\"'()[]“”‘’…").casefold()


def first_part(rest: tuple[str, ...]) -> tuple[str, ...]:
    """Keep the words up to where another clause begins."""
    for at in range(1, len(rest)):
        if rest[at - 1].endswith((";", ":")) or rest[at] in ("–", "—", "-"):
            return rest[:at]
        if rest[at - 1].endswith(",") and _opens_tail(rest, at) and not _is_aside(rest, at):
            return rest[:at]
        if bare(rest[at]) in ("though", "although", "whereas"):
            return rest[:at]
        if bare(rest[at]) == "but" and _verb_follows(rest, at):
            return rest[:at]
        if bare(rest[at]) == "and" and _verb_follows(rest, at) and not _is_relative(rest, at):
            return rest[:at]
    return rest


def _is_relative(rest: tuple[str, ...], at: int) -> bool:
    """Claim that a verb after `and` belongs to `that slows ... and leaves ...`."""
    if bare(rest[at + 1]) in lexicon.AUXILIARIES or rest[at - 1].endswith(","):
        return False
    return any(bare(word) in ("that", "which", "who") for word in rest[:at])


def _opens_tail(rest: tuple[str, ...], at: int) -> bool:
    word = bare(rest[at])
    if word in _TAILS:
        return True
    if word in ("a", "an"):
        return not any(part.endswith(",") for part in (*rest[: at - 1], *rest[at:]))
    if word.endswith("ing") and len(word) > 4 and word != "including":
        # In `A, scaling, and B` the -ing word is an item of a list, not a new clause.
        items = [place for place in range(at, len(rest)) if bare(rest[place]) in ("and", "or")]
        return not any(rest[place - 1].endswith(",") for place in items)
    if word not in ("and", "or"):
        return False
    # A comma before the `and` of only two things parts clauses, not things.
    listed = any(part.endswith(",") for part in rest[: at - 1])
    return not listed or opens_clause(rest, at)


def _is_aside(rest: tuple[str, ...], at: int) -> bool:
    """Claim that what begins here is only put in: a verb goes on after the next comma."""
    for place in range(at, len(rest) - 1):
        if rest[place].endswith(","):
            following = bare(rest[place + 1])
            verb = following in verbs.THIRD or following in verbs.BASES
            return following in lexicon.AUXILIARIES or verb
    return False


def opens_clause(rest: tuple[str, ...], at: int) -> bool:
    """Claim that a verb of its own follows an `and` before the next comma."""
    ahead = [bare(word) for word in rest[at + 1 : at + 9]]
    for place, word in enumerate(ahead):
        if word in lexicon.AUXILIARIES:
            return True
        if rest[at + 1 + place].endswith(","):
            return False
        if word in verbs.THIRD and place and not verbs.is_noun_too(verbs.THIRD[word]):
            return ahead[place - 1] not in lexicon.DETERMINERS | lexicon.PREPOSITIONS
    return False


def _verb_follows(rest: tuple[str, ...], at: int) -> bool:
    word = bare(rest[at + 1]) if at + 1 < len(rest) else ""
    if word in lexicon.AUXILIARIES or word in ("it", "they", "he", "she", "this", "these"):
        return True
    opens = at + 2 < len(rest) and (bare(rest[at + 2]) in lexicon.DETERMINERS | lexicon.PRONOUNS)
    if word in verbs.THIRD:
        return opens or not verbs.is_noun_too(verbs.THIRD[word])
    return opens and word in verbs.BASES


_REASONS: Final = ("due", "because", "thanks", "owing")


def with_reason(rest: tuple[str, ...]) -> tuple[str, ...]:
    """Keep a reason behind a comma, `downstream, because ...`, and cut what follows it."""
    for at in range(1, len(rest)):
        if bare(rest[at]) == "because" and rest[at - 1].endswith(","):
            if first_part(rest[:at]) != rest[:at]:
                break
            return (*rest[:at], *first_part(rest[at:]))
    return first_part(rest)


def split_reason(rest: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part what is said from the reason for it."""
    for at, word in enumerate(rest):
        if bare(word) in _REASONS and (
            bare(word) == "because" or (at + 1 < len(rest) and bare(rest[at + 1]) == "to")
        ):
            return rest[:at], rest[at:]
    return rest, ()


_BRACKETED: Final = re.compile(r"\s*\([^()]*\)")
_PUT_IN: Final = re.compile(
    r", (?:when|if|where|which|who|like|such as)\b[^,]*,(?= (?:would|will|can|is|are))"
)


def shortened(text: str, limit: int) -> str:
    """Cut an answer at a boundary inside it until it has at most `limit` words, or give ''."""
    for cut in (
        text,
        _BRACKETED.sub("", text),
        _PUT_IN.sub("", _BRACKETED.sub("", text)),
        re.split(r",? (?:such as|including)\b", _BRACKETED.sub("", text))[0],
    ):
        tidy = cut.strip(" ,;:–—-")
        if len(tidy.split()) <= limit:
            return tidy
    return ""


def without_served(named: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Move a closing `for somebody` into the question, where the answer can spare it."""
    for at in range(len(named) - 2, 2, -1):
        if bare(named[at]) == "for":
            fits = len(named) - at <= 5 and not any(word.endswith(",") for word in named[at:-1])
            return (named[:at], named[at:]) if fits else (named, ())
    return named, ()
