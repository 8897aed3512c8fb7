"""Tell which questions, by their form and their words, have one answer."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.generate.offline import common, lexicon
from quizgen.generate.offline.lexicon import gathered

_SURE: Final = frozenset({"when", "cleft", "while"})
_CHANGING: Final = re.compile(
    r"^What (?:has |had |have )?(?:\w+ly )?(?:rose|risen|fell|fallen|grew|grown|dropped|declined"
    r"|increased|decreased|doubled|tripled|jumped|changed|gives?|gave|remain(?:s|ed)?)\b"
)
_LOOSE: Final = re.compile(
    r"^(?:an?|each|every|some|many|most|more|other|anyone|anybody|everyone|people|those|someone)\b"
    r"|^[\w‑]+[-‑]\w+$",
    re.IGNORECASE,
)
_MISREAD: Final = re.compile(
    r"What (?!is\b|was\b|can\b|has\b|may\b)[\w-]+ [\w-]+ed (?:by|in|on|for|with) "
)
_CAUSING: Final = tuple(
    sorted(
        gathered(
            """
            affect allow boost caus contribut create driv enabl enhanc ensur help improv includ
            increas involv lead led let mad mak necessit offer provid reduc requir support
            """
        )
    )
)
"""How verbs begin that many things do: of what improves something there is seldom only one."""
_SAYING: Final = tuple(
    sorted(
        gathered(
            """
            achiev address becam becom demonstrat emphasi facilitat highlight illustrat learn
            lie mean mirror paint play rais reflect represent reveal serv shap show suggest
            symboli underscor
            """
        )
    )
)
"""How verbs begin that are said of many things: what serves as, shows or raises something."""
_TOLD: Final = 7
_SHADES: Final = lexicon.MODALS | {"also", "often"}
_ADDING: Final = re.compile(r"^What (?:also |(?:\w+ly )?(?:includes|involves) )")
_LISTS: Final = re.compile(r"\d{4}, [A-Z]")
_OWNED: Final = re.compile(r"[,(]|[A-Z]\w+[’']s ")
_THREE: Final = re.compile(r"[^,]+, [^,]+,? and [^,]+")
_WAYS: Final = re.compile(r"by \w+ing [^,]+, \w+ing [^,]+,? and \w+ing [^,]+", re.IGNORECASE)
_PAIR: Final = re.compile(r"(?:[\w-]+ ){0,3}[\w-]+s and (?:[\w-]+ ){0,3}[\w-]+s")


def is_sure(
    form: str, question: str, answer: str, *, known: frozenset[str], credited: bool = True
) -> bool:
    """Claim that a question of a form that often has many answers is particular enough.

    `known` are the stems of what the whole work is about, which tell its questions not apart;
    a question that is `credited` to somebody needs fewer terms of its own.
    """
    shown, said = words.content_stems(question) - known, words.content_stems(answer)
    rare, told = len(common.rare(question) - known), len(common.rare(answer))
    match form:
        case "subject":
            particular = (told > 0 and len(answer) > 7) or len(said) > 1
            named = re.search(r"(?<=[a-z] )[A-Z][a-z]|\d", question) is not None
            enough = rare >= (3 if named else 4 if credited else 5)
            return particular and enough and not _is_open(question, answer, rare=rare)
        case "why":
            single = words.word_count(answer) <= 14 or answer.count(",") < 2
            return (len(shown) >= 3 or rare >= 2) and single
        case "content":
            return rare >= 2 and len(shown) >= 3 and " and that " not in answer
        case "doer":
            # `What regulates sleep?` has more answers than `What caused the collapse of the mill?`
            return words.word_count(question) >= _TOLD and len(said) >= 2
        case "enable":
            return rare >= 2 and len(shown) >= 3 and len(said) >= 2
        case "called" | "shows":
            return len(shown) >= 2
        case "if":
            return rare >= 3 and len(said) >= 2
        case "role" | "contrast":
            return len(shown) >= 3 or rare >= 2
        case "where" | "how":
            return len(shown) >= 3 and rare >= 1
        case _:
            return form in _SURE


def _is_open(question: str, answer: str, *, rare: int) -> bool:
    """Claim that a question for a subject was misread, or that others than its own would fit."""
    misread = is_misread(question)
    given = any(pattern.search(answer) for pattern in (_LOOSE, _OWNED))
    return misread or given or is_loose(_deed(question), rare=rare)


def is_misread(question: str) -> bool:
    """Claim that a question for a subject took a noun for its verb, or runs over two clauses."""
    return any(pattern.search(question) for pattern in (_MISREAD, _ADDING, _LISTS))


def _deed(question: str) -> str:
    """Read the verb of `What can also reduce ...?`."""
    said = question.split()[1:]
    while len(said) > 1 and (said[0] in _SHADES or said[0].endswith("ly")):
        said = said[1:]
    return said[0] if said else ""


def is_loose(verb: str, *, rare: int) -> bool:
    """Claim that what does this is seldom only one thing: `shows`, `enables`."""
    return verb.startswith(_SAYING) or (verb.startswith(_CAUSING) and rare < 4)


def is_hopeless(form: str, question: str, *, known: frozenset[str]) -> bool:
    """Claim that a question has so many answers that it is better not asked at all."""
    shown = words.content_stems(question) - known
    rare = len(common.rare(question) - known)
    match form:
        case "subject":
            loose = _deed(question).startswith((*_SAYING, *_CAUSING)) and rare < 4
            return loose or rare < 2 or (bool(_CHANGING.match(question)) and rare < 4)
        case "doer":
            return rare < 1 or len(shown) < 3
        case "stranded" if question.endswith(" depend on?"):
            return len(shown) < 3
        case "object" | "stranded" if rare < 3:
            return True
        case "object" | "content" | "stranded" | "aim":
            if re.search(r" (?:address|highlight|emphasi[sz]e|discuss|explore|offer)\b", question):
                return True
            return len(shown) < (3 if form == "content" else 4) or (rare < 1 and form != "stranded")
        case _:
            return False


def counted(form: str, question: str, answer: str) -> str:
    """Say how many things are asked for, where an answer names two or three."""
    three = form in ("why", "cleft") and _THREE.fullmatch(answer) is not None
    if three and form == "cleft":
        return f"Which three things{question[4:]}"
    if three and re.match(r"(?:due to|because of|thanks to|owing to) ", answer, re.IGNORECASE):
        return f"For which three reasons{question[3:]}"
    if form == "how" and question.startswith("How ") and _WAYS.fullmatch(answer):
        return f"In which three ways{question[3:]}"
    two = form == "object" and _PAIR.fullmatch(answer) and not re.search(r"ss\b", answer)
    return f"Which two things{question[4:]}" if two and question.startswith("What ") else question
