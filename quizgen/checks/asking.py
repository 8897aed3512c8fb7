"""Judge what a card asks: one thing, openly, and not by a negation."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Basic, Card

_WH: Final = r"(?:what|which|who|whom|whose|why|how|when|where)"
_WH_WORD: Final = re.compile(rf"\b{_WH}\b", re.IGNORECASE)
_AUX: Final = (
    r"(?:is|are|was|were|do|does|did|can|could|will|would|should|may|might|must|has|have|had)"
)
# "When a star runs out of hydrogen, what…" asks one thing.
_ASKING: Final = _text.any_of(
    r"\b(?:what|which|who|whom|whose|why|how)\b",
    rf"\b(?:when|where)(?=\s+(?:{_AUX}|and|or)\b)",
)
_SECOND_WH: Final = _text.any_of(
    # After "and" a bare "when" or "where" may be a clause: "how plants grow and when it rains".
    r"(?:\band\s+|;\s*)(?:in\s+|by\s+|at\s+|for\s+|with\s+)?"
    r"(?P<second>what|which|who|whom|whose|why|how"
    rf"|(?:when|where)(?=\s*(?:,|\?|and\b|or\b|{_AUX}\b)))\b",
    # "Which general, who had crossed the Alps, won" goes on after its relative clause.
    rf",\s*(?:what|why|how)\s+(?:{_AUX}|many|much|long|often|tall|far|old)\b",
    rf",\s*(?:who|when|where)\s+{_AUX}\b(?![^?]*,)",
)
_BETWEEN: Final = _text.any_of(r"\b(?:between|difference|both|distinguish\w*|compare[sd]?)\b")
_CLAUSE: Final = re.compile(r"(?:,|;)\s+(?:and|but|while|whereas)\s+(?P<rest>.+)$", re.IGNORECASE)
_SUBJECT: Final = _text.any_of(r"(?:it|they|he|she|both|neither|each|this|these|its|their)\b")
_FINITE: Final = re.compile(
    rf"\b(?:{_AUX}|cannot|\w+n't|won|lost|made|gave|took|became|began|led|kept|held|fell|grew"
    r"|chose|wrote|ran|went|came|saw|found|built|brought|bought|sold|sent|said|told|knew|thought"
    r"|drew|drove|rose|spoke|broke|stood|paid|met|taught|caught|fought|sank|flew|threw|put)\b",
    re.IGNORECASE,
)


# "The gall bladder stores it": a subject, a regular verb and its object.
_ACTS: Final = _text.any_of(
    r"(?:the|an?|its|their|most|some|many) (?:[\w'’-]+ ){1,3}\w{2,}(?:s|ed) (?:it|them|him|the"
    r"|an?)\b"
)


def multi_fact(card: Card, _context: Context) -> str:
    """Find two questions in one front, two facts in one answer, two claims in one statement."""
    shown = _text.face(card.content)
    if shown.form == "truth":
        return _two_claims(shown.masked)
    if shown.masked.count("?") > 1:
        return "The front asks two questions: make a card of each."
    if shown.form != "cloze" and _two_questions(shown.masked):
        return "The front asks for two things at once: make a card of each."
    if shown.form == "question":
        segments = [part for part in shown.back.split(";") if words.word_count(part) >= 3]
        if len(segments) > max(1, _asked_for(shown.masked)):
            return (
                f"The answer holds {len(segments)} facts: make a card of each, or say in the"
                " question how many are wanted."
            )
    return ""


def _asked_for(front: str) -> int:
    """Tell how many things a question asks for: "Which two duties does a tenant have?"."""
    found = _HOW_MANY.search(front)
    if not found:
        return 1
    said = found["count"].casefold()
    return int(said) if said.isdigit() else _COUNTS[said]


_COUNTS: Final = {"two": 2, "both": 2, "three": 3, "four": 4}
_HOW_MANY: Final = re.compile(
    r"\b(?:what|which|name|by|in|the|of|are|on|give|list)\s+(?:\w+\s+)?(?:the\s+)?"
    r"(?P<count>two|both|three|four|[234])\s+[a-z]",
    re.IGNORECASE,
)


def _two_questions(front: str) -> bool:
    first = _ASKING.search(front)
    if not first:
        return False
    second = _SECOND_WH.search(front, first.end())
    if not second or _BETWEEN.search(front, 0, second.start()):
        return False
    # "A vessel whose walls are thick and whose lid is shut" goes on with a relative clause.
    is_relative = (second["second"] or "").casefold() in ("which", "who", "whom", "whose")
    return not (is_relative and _WH_WORD.search(front, first.end(), second.start()))


def _two_claims(statement: str) -> str:
    clause = _CLAUSE.search(statement)
    if not clause:
        return ""
    before = statement[: clause.start()]
    last = before.rsplit(",", 1)[-1]
    # "Earth, Mars, and Venus are rocky" is a list: the part before ", and" is short and verbless.
    is_list = "," in before and words.word_count(last) <= 4 and not _FINITE.search(last)
    opening = " ".join(clause["rest"].split()[:6])
    has_verb = _SUBJECT.match(opening) or _FINITE.search(opening) or _ACTS.match(opening)
    if is_list or not has_verb:
        return ""
    return "The statement makes two claims: make a card of each."


# --- kinds of questions that test little -------------------------------------

_POLAR: Final = re.compile(
    r"(?:[^,?]{3,40},\s+)?(?P<aux>is|are|was|were|do|does|did|can|could|will|would|should|has|have"
    r"|had|may|must|might)(?:n't)?\s+(?P<next>[\w\"“‘'`$(_]+)",
    re.IGNORECASE,
)
_YES_NO: Final = _text.any_of(r"(?:yes|no|yeah|nope)(?:\s*[,.;:!–—-]|\s*$|\s+(?:it|they)\b)")
_EITHER: Final = re.compile(r"(?P<a>[\w'-]+),?\s+or\s+(?P<b>[^?,;:.]+)", re.IGNORECASE)


_TAG: Final = re.compile(
    r",\s*(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had)(?:n['’]t)?"
    r"\s+(?:it|they|he|she|there|we|you|one)(?: not)?\s*\?\s*$",
    re.IGNORECASE,
)


def yes_no_question(card: Card, _context: Context) -> str:
    """Find questions that a coin could answer."""
    if not isinstance(card.content, Basic) or _text.is_quote(card):
        return ""
    shown = _text.face(card.content)
    if _YES_NO.match(shown.back):
        return "The answer is yes or no: ask what, why or how, or make it a true/false card."
    if _TAG.search(shown.front):
        return "The question only asks for a nod: ask what, why or how."
    if is_either_or(shown.front, shown.back):
        return "The question offers the answer as one of two: ask for it without offering it."
    polar = _POLAR.match(shown.front)
    if polar and "?" in shown.front and not _WH_WORD.search(shown.front, 0, polar.end()):
        aux, following = polar["aux"], polar["next"]
        is_name = aux.casefold() in ("may", "will") and not following[0].islower()
        rest = shown.front[polar.end() :]
        asks_later = re.search(rf",\s*(?:\w+\s+){{0,2}}{_WH}\b", rest, re.IGNORECASE)
        if not is_name and not asks_later:
            return "The question can be answered with yes or no: ask what, why or how."
    return ""


def is_either_or(front: str, back: str) -> bool:
    """Claim that a question names two answers and the back is one of them."""
    if " or " not in front:
        return False
    answer = _text.tokens(back)
    if not answer:
        return False
    last = _text.stem(answer[-1])
    for found in _EITHER.finditer(front):
        second = _text.tokens(found["b"])
        stop = next(
            (at for at, word in enumerate(second[1:], 1) if word.casefold() in _ENDS), len(second)
        )
        ends = {_text.stem(found["a"]), *map(_text.stem, second[max(0, stop - 1) : stop])}
        # "does the bow or the stern pass": behind an article a name of one word comes first.
        if stop > 1 and second[0].casefold() in ("the", "a", "an"):
            ends.add(_text.stem(second[1]))
        if last in ends:
            return True
    return False


_ENDS: Final = words.FUNCTION_WORDS - {"the", "a", "an"}
_NEGATION: Final = re.compile(
    r"(?<!\w-)\b(?:not|except|cannot|(?<![Aa]t )(?<!of )least(?![ -](?:squares?|common|action|upper"
    r"|recently"
    r"|significant|privilege|resistance|effort|fixed|concern|developed|weasel|bittern|tern|cost"
    r"|mean|absolute|energy|sandpiper)\b))\b(?!-\w)|n['’]t\b"
)
# "A plant that does not get enough water" is described, not sought by what it is not.
_DESCRIBED: Final = _text.any_of(r"(?<!only )\b(?:that|who|whose|whom)\b|,\s*which\b")
_OF_THESE: Final = _text.any_of(r"\bof (?:these|the following|those|them)\b|\bfollowing\b")
# "What happens if a cell does not get oxygen" asks for what is so.
_CONDITION: Final = _text.any_of(
    r"\b(?:if|when|because|although|unless|where|while|since|whether|so that)\b"
)
_NEGATIVES: Final = _text.any_of(
    r"\b(?:not|no|never|none|nothing|nobody|neither|without|cannot|hardly|untrue|unlikely"
    r"|unable|incapable|impossible|false that)\b",
    r"n't\b",
)


def negative_stem(card: Card, _context: Context) -> str:
    """Find a negation that a reader may overlook; NOT in capitals stands out enough."""
    shown = _text.face(card.content)
    if shown.form == "truth":
        if len(_NEGATIVES.findall(shown.masked)) > 1:
            return "The statement negates twice: say it without a double negative."
        return ""
    if shown.form == "cloze" or re.search(r"\bwhy\b", shown.masked, re.IGNORECASE):
        return ""
    asks_which = re.match(r"(?:\W*in [^,]+, )?which\b", shown.masked, re.IGNORECASE)
    found = _NEGATION.search(shown.masked)
    if (shown.form == "choice" or asks_which) and found:
        before = shown.masked[1 : found.start()]
        if _CONDITION.search(before):
            return ""
        if _DESCRIBED.search(before) and not _OF_THESE.search(shown.masked):
            return ""
        return "The stem is negative: ask for what is so, or write NOT in capitals."
    return ""
