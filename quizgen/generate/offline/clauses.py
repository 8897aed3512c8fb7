"""Find the parts of a sentence that stand alone on a card: all of it, or all but its tail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import grammar, lexicon, opening, verbs, wording
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.guards import is_plain
from quizgen.generate.offline.scene import Scene

_SHORTEST: Final = 7
_RELATIVE: Final = frozenset({"that", "which", "who", "whose", "where"})
_FINITE: Final = lexicon.AUXILIARIES | verbs.THIRD.keys() | verbs.PAST.keys()
_TAILS: Final = frozenset(
    {"which", "who", "whose", "where", "because", "although", "though", "while", "whereas", "so"}
    | {"but", "yet", "and", "since", "even", "rather"}
)
_ADDING: Final = frozenset(
    {"with", "a", "an", "thereby", "especially", "particularly", "possibly", "many", "most", "some"}
)
_JOINING: Final = frozenset({"and", "so", "but", "yet", "whereas"})
_OPEN_END: Final = lexicon.PREPOSITIONS | lexicon.DETERMINERS | lexicon.AUXILIARIES
_TIMES: Final = frozenset({"after", "before", "since", "until"})
_LEANING: Final = re.compile(
    r"\b(?:this|these|those(?! who)|such(?! as)|former|latter|also|here|instead|i|we|us|you|our|my"
    r"|your|them)\b|^(?:then|therefore|thus|it|they|its|their)\b",
    re.IGNORECASE,
)
_PERSONAL: Final = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_TELLS: Final = re.compile(
    r"\b(?:discuss|explor|touch|trac|delv|cover|examin|introduc|outlin|recount)(?:es|s|e|ing)\b"
)
_SUBORDINATE: Final = frozenset(
    {"when", "while", "if", "although", "because", "where", "whereas", "though", "unless"}
)


def shown(scene: Scene, sentence: str, room: int) -> Iterator[str]:
    """Give the text of at most `room` words that a sentence tells on its own, if it does."""
    said = opening.told(scene, wording.without_label(wording.tidy(sentence)))
    parts = re.split(r";\s+", said) if said else []
    if words.word_count(said) <= room and _is_fit(said):
        yield said
        return
    for part in parts:
        alone = opening.told(scene, part) if part != parts[0] else part
        for text in (alone, without_tail(alone, room)) if alone else ():
            if _SHORTEST <= words.word_count(text) <= room and _is_fit(text):
                yield text if text.endswith((".", "!", "”")) else f"{text}."
                break


def _is_fit(text: str) -> bool:
    return words.word_count(text) >= _SHORTEST and _has_clause(text) and _stands(text)


def without_tail(text: str, room: int) -> str:
    """Drop what is only added to the end of a sentence, no more than needed, or give nothing.

    It stands behind a comma, begins with a participle, a relative or a conjunction, and runs to
    the end; what is left must have its own subject and verb.
    """
    taken = tuple(text.split())
    for at in range(len(taken) - 2, _SHORTEST - 2, -1):
        if taken[at - 1].endswith((",", "—")) and _is_tail(taken, at):
            head = " ".join(taken[:at]).rstrip(",;:—–")
            if at <= room and _is_complete(head) and _is_fit(f"{head}."):
                return f"{head}."
    return ""


def _is_tail(taken: tuple[str, ...], at: int) -> bool:
    first = bare(taken[at])
    behind = taken[at:]
    # An aside ends at its comma, and the sentence goes on behind it.
    for place, word in enumerate(behind[:-1]):
        after = bare(behind[place + 1])
        base = after in verbs.BASES and not verbs.is_noun_too(after)
        if first not in _JOINING and word.endswith(",") and (after in _FINITE or base):
            return False
    if first == "and":
        clause = grammar.parse(" ".join(behind[1:]))
        head = grammar.parse(" ".join(taken[:at]))
        commas = sum(word.endswith(",") for word in taken[:at])
        listed = commas > 1 + 2 * bool(head and head.aside) + bool(head and head.lead)
        return (clause is not None or _acts_enough(" ".join(behind))) and not listed
    if first in _TAILS | _ADDING:
        return True
    if first.endswith("ing") and len(first) > 4 and first not in ("including", "during"):
        return not any(bare(word) in ("and", "or") for word in behind[:4])
    return verbs.is_participle(first) and first.endswith(("ed", "en")) and len(behind) > 2


def _is_complete(head: str) -> bool:
    """Claim that a text has a main clause, and no clause that was cut off before its verb."""
    clause = grammar.parse(head)
    last = bare(head.rsplit(maxsplit=1)[-1])
    if not (clause or _acts_enough(head)) or last in _OPEN_END or not _says_what(head.split()):
        return False
    # `In 1985, when a small eruption melted the ice`: the main clause is still to come.
    parts = [part.split() for part in head.split(", ")]
    for number, part in enumerate(parts):
        opens = bare(part[0]) in _SUBORDINATE | _RELATIVE
        if opens and number == len(parts) - 1 and number < 2 and _is_fronted(parts[0]):
            return False
    return True


def _says_what(taken: list[str]) -> bool:
    """Claim that what follows `that`, `because` or `after Foege,` has a verb of its own."""
    for at, word in enumerate(map(bare, taken)):
        behind = taken[at + 1 :]
        closed = any(part.endswith(",") for part in behind)
        open_end = word in _SUBORDINATE | {"that"} or (word in _TIMES and closed)
        if open_end and not any(_acts(behind, place) for place in range(len(behind))):
            return False
    return True


def _acts(taken: list[str], at: int) -> bool:
    """Claim that a word is a verb here: `the dough rests`, and not `short of supplies`."""
    word = bare(taken[at])
    held = at and bare(taken[at - 1]) in lexicon.DETERMINERS | lexicon.PREPOSITIONS
    known = word in _FINITE or word in verbs.BASES
    return known and not held and not taken[at].endswith(",")


def _is_fronted(part: list[str]) -> bool:
    return grammar.parse(" ".join(part)) is None


def _has_clause(said: str) -> bool:
    """Claim that words make a sentence of their own, whatever label stands before them."""
    label, _ = wording.labelled(said)
    taken = said.split()
    plain = [bare(word) for word in taken]
    if label or " = " in said or re.search(r":\W* [A-Z]", said):
        return False
    if plain[0] in verbs.PAST or plain[0] in verbs.THIRD:
        return False
    if 2 * sum(word[:1].isupper() for word in taken) > len(taken):
        return False
    if grammar.parse(said) is not None:
        return True
    return _acts_enough(said)


def _acts_enough(said: str) -> bool:
    """Claim that there are more verbs than clauses that need one beside the main one.

    `Advantages that any species can use` holds a verb, and not the one of its subject;
    `Thursday, May 21` holds none.
    """
    taken = said.split()
    plain = [bare(word) for word in taken]
    acts = sum(word in _FINITE for word in plain[1:] if word in taken)
    return acts > sum(word in _RELATIVE | _SUBORDINATE for word in plain)


def _stands(said: str) -> bool:
    """Claim that words lean on no other sentence and tell of the subject, not of the page."""
    if re.search(r"\bfor (?:example|instance)\b", said):
        return False
    if _PERSONAL.search(said) and not wording.names(said):
        return False
    return is_plain(said) and not _LEANING.search(said) and not _TELLS.search(said)
