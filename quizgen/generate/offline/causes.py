"""Ask why a claim is so, where its sentence gives the cause beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import (
    grammar,
    halves,
    lexicon,
    questions,
    tagged,
    tagging,
)
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.guards import is_resolved
from quizgen.generate.offline.halves import Claim
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import lowered

Offer = tuple[str, str, str]

_HEDGE: Final = (
    r"(?:(?P<hedge>possibly|perhaps|probably|presumably|partly|mainly|largely|mostly|chiefly) )?"
)
_PATTERNS: Final = (
    (re.compile(r"^(?P<cause>[^;:]+?), (?:which|that) is why (?P<effect>[^;:]+)$"), "because"),
    (re.compile(r"^(?P<cause>[^;:]+?), so (?!that\b)(?P<effect>[^;:]+)$"), "because"),
    (re.compile(r"^(?:Because|Since) (?P<cause>[^;:,]+), (?P<effect>[^;:]+)$"), "because"),
    (
        re.compile(
            r"^The (?:main |real |only |simple |first )?reason (?:why |that )?(?P<effect>[^;:,]+?)"
            r" is that (?P<cause>[^;:,]+)$"
        ),
        "because",
    ),
    (re.compile(r"^(?P<effect>[^;:,]+) so that (?P<cause>[^;:,]+)$"), "so that"),
    (
        re.compile(rf"^(?P<effect>[^;:]+?),? {_HEDGE}because (?!of\b)(?P<cause>[^;:]+)$"),
        "because",
    ),
    (re.compile(r"^(?P<effect>[^;:]+?), since (?P<cause>[^;:]+)$"), "because"),
)
_BEHIND: Final = frozenset({"because", "since", "reason"})
_CAUSAL: Final = re.compile(r"\b(?:because|since|so that|due to|which is why|if)\b", re.IGNORECASE)
_FURTHER: Final = re.compile(r"\b(?:because|so that|which is why)\b", re.IGNORECASE)
_ADDED: Final = re.compile(
    r",? (?:which|whereas|while|[a-z]+ing (?:the|a|an|that|many|even|it|them|\w+s)\b"
    r"|an? (?:[\w-]+ )?\w+ (?:that|which)) .*$"
)
"""What a sentence adds to its cause: `..., making the crust soft`, `..., a sum that grew`."""
_SAYS: Final = re.compile(
    r", (?:he|she|they|[A-Z][\w-]+) (?:says?|said|argues?|notes?|adds?|thinks?),"
)
_BY_NAME: Final = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_TURNED: Final = re.compile(r", (?:but|yet|whereas|while)\b")
_HALF: Final = frozenset(
    {"when", "if", "whether", "what", "where", "how", "while", "although", "of"}
)
_DATED: Final = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_LIMITED: Final = frozenset(
    {"not", "only", "just", "solely", "simply", "precisely", "either", "and", "or", "but", "is"}
    | {"was", "be", "are", "were", "that", "largely", "exactly", "especially", "mainly"}
)
"""What stands before a `because` that gives no cause of the whole claim."""


def reasons(scene: Scene, said: str) -> Iterator[Offer]:
    """Offer `Why ...?` of a full claim whose cause stands beside it as a full claim too."""
    said = _SAYS.sub("", said)
    for pattern, join in _PATTERNS:
        match = pattern.match(said)
        if match is None:
            continue
        behind = match.start("effect") < match.start("cause")
        effect, cause = halves.claim(match["effect"]), _cause(match["cause"], behind=behind)
        # In `Since 1990, ...` and `Because of rain, ...` no claim is the cause.
        if effect is None or not cause or _DATED.match(match["cause"]):
            continue
        if behind and effect.is_cut:
            # `X was found in 1953, and the find ended Y, since ...`: the nearer claim has it.
            effect = halves.claim(re.split(r", (?:and|but) ", match["effect"])[-1])
            if effect is None:
                continue
        if bare(match["effect"].rsplit(maxsplit=1)[-1]) in _LIMITED:
            continue
        # A second clause between the two may be what has the cause.
        if (behind and effect.is_cut) or (not behind and effect.is_turned):
            continue
        asked = _effect(scene, effect, cause)
        if (
            not asked
            or _BY_NAME.search(cause)
            or halves.POINTING.search(cause)
            or _FURTHER.search(cause)
        ):
            continue
        if not _is_told(effect, cause, first=said.startswith(("Because", "Since")) or behind):
            continue
        answer = f"{join} {lowered(scene, cause)}".rstrip(" ,;")
        hedge = match.groupdict().get("hedge")
        answer = f"{hedge} {answer}" if hedge else answer
        if words.word_count(answer) <= questions.LONGEST:
            yield asked, answer, "why"
            return


def _cause(text: str, *, behind: bool) -> str:
    """Give a cause without what is only added to its end; of `C, so E` nothing may be left out."""
    found = halves.claim(text)
    if found is not None and (not found.is_cut or (behind and not found.is_half)):
        return found.text.rstrip(" ,;")
    said = _ADDED.sub("", text).rstrip(" ,;") if behind else text
    tokens = tagging.tokens(said)
    whole = tokens and tokens[0].plain not in _HALF and any(map(_is_act, tokens[1:]))
    return (
        said
        if whole
        and (behind or found is None)
        and not re.search(r", (?:but|yet|whereas|while)\b", said)
        else ""
    )


def _is_act(token: tagging.Token) -> bool:
    return token.is_finite


def _effect(scene: Scene, effect: Claim, cause: str) -> str:
    """Ask why a claim is so, where it is told by itself, and is no advice; or give nothing."""
    clause = effect.clause
    subject, said = clause.subject, " ".join(effect.part)
    before = grammar.parse_part(cause) if bare(subject) in ("it", "they") else None
    if before is not None:
        # `The zone reaches 24 miles, so it is no territory`: the one subject before is meant.
        subject = _meant(clause, before)
    if not subject or not halves.stands(effect, subject) or _CAUSAL.search(f"{subject} {said}"):
        return ""
    asked = questions.inverted(clause, "Why", effect.part)
    return asked.replace(clause.subject, lowered(scene, subject), 1)


def _meant(clause: grammar.Clause, before: grammar.Clause) -> str:
    """Give the subject that `it` or `they` takes up, where their number is the same."""
    many = bare(clause.subject) == "they"
    count = tagged.number(tagging.tokens(before.subject) or tagging.tokens("it"))
    rivals = any(token.tag == ("NN2" if many else "NN1") for token in _tokens(before.rest))
    fits = count == ("many" if many else "one")
    return before.subject if fits and not (many and rivals) else ""


def _tokens(rest: tuple[str, ...]) -> tuple[tagging.Token, ...]:
    return tagging.tokens(" ".join(rest))


def _is_told(effect: Claim, cause: str, *, first: bool) -> bool:
    """Claim that a cause speaks of what its claim speaks of, or of what it names itself."""
    opening = bare(cause.split(maxsplit=1)[0])
    if opening in ("it", "they", "its", "their"):
        count = tagged.number(tagging.tokens(effect.clause.subject))
        many = opening in ("they", "their")
        return first and count in ("either", "many" if many else "one")
    clause = grammar.parse_part(cause)
    return opening not in lexicon.PRONOUNS | _HALF and (
        clause is None or is_resolved(clause.subject)
    )
