"""Find the parts of a sentence that stand alone on a card: all of it, a clause, its opening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import cutting, grammar, lexicon, verbs, wording
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.guards import is_plain

_SHORTEST: Final = 7
_MOST: Final = 6
_RELATIVE: Final = frozenset({"that", "which", "who", "whose", "where"})
_FINITE: Final = lexicon.AUXILIARIES | verbs.THIRD.keys() | verbs.PAST.keys()
_SURELY_FINITE: Final = (
    lexicon.AUXILIARIES
    | verbs.PAST.keys()
    | {third for third, base in verbs.THIRD.items() if not verbs.is_noun_too(base)}
)
_HANGING: Final = frozenset({"even", "only", "just", "also", "thus", "thereby", "and", "or", "to"})
_LISTED: Final = re.compile(r"(?:[\w’'-]+ ){0,3}[\w’'-]+,? (?:and|or) ")
_LEANING: Final = re.compile(
    r"\b(?:this|these|those(?! who)|such(?! as)|former|latter|the same|also|here|instead|i|we|us"
    r"|you|our|my|your|he|she|his|her|them)\b|^(?:then|therefore|thus|it|they|its|their)\b",
    re.IGNORECASE,
)
_BACKWARD: Final = re.compile(
    r"\b(?:it|its|they|their|them|the (?:approach|belief|idea|latter|law|method|others?|plan"
    r"|practice|process|result|rule|three|two))\b"
)
_SUBORDINATE: Final = frozenset({"that", "because", "when", "while", "if", "although"})
_TIMES: Final = frozenset({"after", "before", "since", "until"})
_TELLS: Final = re.compile(
    r"\b(?:discuss|explor|touch|trac|delv|cover|examin|introduc|outlin|recount)(?:es|s|e|ing)\b"
)
_SECOND: Final = re.compile(
    r",? (?:but|while|whereas|yet|even though|although|though) |, as |, and (?=(?:the|an?) )"
)
_ASIDE: Final = re.compile(r", (?:who|which|whose|where|when|in which)\b[^,]*(?:,|$)")


def shown(sentence: str, room: int) -> Iterator[str]:
    """Give the texts of at most `room` words that a sentence holds, none of them twice."""
    known: set[str] = set()
    parts = (sentence, *wording.clauses(sentence), *_SECOND.split(sentence)[1:])
    for number, part in enumerate(parts):
        for said in (part, *_openings(part, room)):
            whole = said[:1].upper() + said[1:]
            if whole.rstrip(".") in known or not _SHORTEST <= words.word_count(whole) <= room:
                continue
            # A clause that was cut off lost what its `it` stood for.
            if number and not sentence.startswith(said[:20]) and _BACKWARD.search(said):
                continue
            if _has_clause(whole) and _stands(whole) and len(known) < _MOST:
                known.add(whole.rstrip("."))
                yield whole


def _openings(part: str, room: int) -> Iterator[str]:
    """Cut a clause where something is only added to it, the longest opening first."""
    taken = tuple(part.split())
    for at in range(min(room, len(taken) - 1), _SHORTEST - 1, -1):
        if not _ends_at(taken, at):
            continue
        opening = " ".join(taken[:at]).rstrip(",;:—–")
        if taken[at - 1].endswith(",") and _LISTED.match(" ".join(taken[at:])):
            continue
        if _is_complete(opening):
            yield f"{opening}."


def _ends_at(taken: tuple[str, ...], at: int) -> bool:
    following = bare(taken[at])
    acts = at + 1 < len(taken) and bare(taken[at + 1]) in _FINITE
    if following in ("and", "or"):
        names = at + 1 < len(taken) and taken[at - 1][0].isupper() and taken[at + 1][0].isupper()
        # `caused ..., left ..., and killed ...` may end after its first deed, not its second.
        deeds = any(
            taken[place - 1].endswith(",")
            and bare(taken[place]) in verbs.PAST
            and _is_complete(" ".join(taken[:place]).rstrip(","))
            for place in range(1, at)
        )
        return (
            following == "and"
            and not names
            and not deeds
            and (acts or cutting.opens_clause(taken, at))
        )
    if taken[at - 1].endswith((",", ";", "—")):
        return following not in ("who", "which", "whose", "where") or taken[at - 1].endswith(",")
    return following in ("because", "so", "although", "though", "whereas", "while", "unless")


def _is_complete(opening: str) -> bool:
    """Claim that the verb of the sentence, and not only that of an aside, has been said."""
    plain = _ASIDE.sub(" ", opening)
    if _ASIDE.search(f"{opening},") and not _ASIDE.search(f"{opening} ") and plain == opening:
        return False
    taken = plain.split()
    if len(taken) < 5 or taken[-1].endswith(","):
        return False
    if bare(taken[-1]) in lexicon.PREPOSITIONS | lexicon.DETERMINERS | _HANGING:
        return False
    if not any(bare(word) in _FINITE for word in opening.rsplit(";", 1)[-1].split()[1:]):
        return False
    if not _says_what(taken):
        return False
    # `The trial, run in 1954` breaks off before its verb; a list may break off anywhere.
    head = plain.split(",")[0].split()
    tail = plain.rsplit(",", 1)[-1].split() if "," in plain else []
    said = any(word in _FINITE for word in map(bare, taken[1:]))
    aside = bare(taken[0]) not in lexicon.OPENERS | lexicon.PREPOSITIONS
    if aside and plain.count(",") == 1 and not any(bare(word) in _FINITE for word in head[1:]):
        return False
    listed = "," in plain and len(tail) < 4 and not any(bare(word) in _FINITE for word in tail)
    return said and not listed and len(head) > 0


def _says_what(taken: list[str]) -> bool:
    """Claim that what follows `that`, `because` or `after Foege,` has a verb of its own."""
    for at, word in enumerate(map(bare, taken)):
        behind = taken[at + 1 :]
        open_end = word in _SUBORDINATE or (
            word in _TIMES and any(part.endswith(",") for part in behind)
        )
        if open_end and not any(_acts(behind, place) for place in range(len(behind))):
            return False
    return True


def _acts(taken: list[str], at: int) -> bool:
    """Claim that a word is a verb here: `the dough rests`, and not `short of supplies`."""
    if bare(taken[at]) in _SURELY_FINITE:
        return True
    held = at and bare(taken[at - 1]) in lexicon.DETERMINERS | lexicon.PREPOSITIONS
    return at > 0 and bare(taken[at]) in _FINITE and not held and not taken[at].endswith(",")


def _has_clause(said: str) -> bool:
    """Claim that words make a sentence of their own, whatever label stands before them."""
    rest = wording.without_label(said)
    label, _ = wording.labelled(rest)
    taken = rest.split()
    plain = [bare(word) for word in taken]
    if label or " = " in rest or re.search(r":\W* [A-Z]", rest):
        return False
    if plain[0] in verbs.PAST or plain[0] in verbs.THIRD:
        return False
    if 2 * sum(word[:1].isupper() for word in taken) > len(taken):
        return False
    if grammar.parse(rest) is not None:
        return True
    # `Advantages that any species can use` holds a verb, and not the one of its subject;
    # `Thursday, May 21` holds none.
    acts = sum(word in _FINITE for word in plain[1:] if word in taken)
    return rest == said and acts > sum(word in _RELATIVE for word in plain)


def _stands(said: str) -> bool:
    """Claim that words lean on no other sentence and tell of the subject, not of the page."""
    if re.search(r"\bfor (?:example|instance)\b", said):
        return False
    return is_plain(said) and not _LEANING.search(said) and not _TELLS.search(said)
