"""Refuse questions that hold of too much, say too little, or pass a view off as a fact."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.generate.offline import common, tagging, torn, verbs
from quizgen.generate.offline.lexicon import gathered
from quizgen.generate.offline.scene import Scene

_TIED: Final = re.compile(r"(?:According to |In (?:[Tt]he )?[“A-Z])")
_LED: Final = re.compile(
    r"^(?:According to|In|Under|Without) .*?, (?=(?:(?:for|in) which|how|wh\w+) )"
)
_NAME: Final = re.compile(r"(?<=[a-z,”] )(?!I\b)[A-Z][\w’'-]+|\b[12]\d{3}\b")
_EMPTY: Final = re.compile(
    r"\b(?:several|various|many|some|different|multiple|other|certain|a number of) (?:\w+ )?"
    r"(?:reasons?|factors?|ways?|causes?|things?|means)$|\bsweet spots?$",
    re.IGNORECASE,
)
_STOP: Final = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Dr|Mr|St|vs|al))[.!?] +\S|\S [-–—]{1,2} ")
_DASHED: Final = re.compile(r"\S (?:--|–|—) |\w(?:--|—)\w")
_TWICE: Final = re.compile(r"\b(?:due to|because of)\b.*\b(?:due to|because of)\b", re.IGNORECASE)
_VIEWS: Final = gathered(
    """
    beautiful best better deserve enjoyable enjoyment ethical evil foolish good goodwill great
    greatest happiness happy ideal immoral innovators joy meaning meaningful moral morality morally
    morals ought pleasure should tragic true truly unjust virtue virtuous wisdom wise worst wrong
    """
)
_ASKING: Final = frozenset({"does", "do", "did", "is", "are", "was", "were", "can", "could"})
_GENERAL: Final = gathered(
    "amount aspect description example kind lot number part thing tool type way"
)
_ASKS: Final = re.compile(r"^(?:what (?:is|are|was|were)|which term means) ", re.IGNORECASE)
_LEAST: Final = 4
_LEAST_TIED: Final = 3
_LEAST_ASKED: Final = 2
_BROKEN: Final = re.compile(
    r"\w/\w|^(?:what|why|how) (?:does|do|did) (?:most|more|\w+ly) "
    r"|^(?:what|who) \w+ (?:in|of|for|to|by) which |^what (?:is|was) \w+ and \w+,",
    re.IGNORECASE,
)
_UNNAMED: Final = re.compile(
    r"^(?:why|how|when|where|what) (?:does|do|did|is|are|was|were|can|could|will|would|may|might) "
    r"(?:a lot|many|some|most|more|few|fewer|several|one|others?|all|both|each|much)\b(?= [a-z]+\b)"
    r"(?! (?:of|people|who|that)\b)|\b(?:the|this) (?:author|book|chapter|writer|text)\b"
    r"|\byou should\b|^what (?:\w+ly |often )?(?:sees|saw) ",
    re.IGNORECASE,
)
_COMPLEMENT: Final = re.compile(
    r"^(?:what|who) (?:is|are|was|were) (?:the|an?|one|its|most|\w+est) ", re.IGNORECASE
)
"""`What was the eruption of 1815?` asks for anything that can be said of it."""
_LISTED: Final = re.compile(r"\w, [^,]+,? (?:and|or) \w|\w, [^,]+, [^,]+, ")
_COUNTS: Final = re.compile(r"\b(?:two|three|four|five|six|\d)\b")
_DEFINITE: Final = re.compile(r"\bthe (?:two|three|four|five|\d) \w+")
_GENERIC_HEAD: Final = re.compile(r"^(?:European|Western|Many|Some|Most|All) \w+s$")


def fault(rule: str, front: str, answer: str, scene: Scene, *, lead: str) -> str:
    """Say why a question is too wide, or nothing; `lead` is what its front begins with."""
    if rule in ("term_of", "claim_called"):
        return _of_term(rule, front, answer)
    if not rule.startswith("claim_"):
        return ""
    tied = _TIED.match(front) is not None
    asked = _LED.sub("", front.removeprefix(lead))
    if _EMPTY.search(answer) or _GENERIC_HEAD.match(answer):
        return "its answer would say nothing"
    if (
        _BROKEN.search(asked)
        or _STOP.search(answer)
        or _TWICE.search(answer)
        or _DASHED.search(asked)
    ):
        return "its sentence does not cut into one question and one answer"
    if broken := torn.asked(asked[:1].upper() + asked[1:]):
        return broken
    if _UNNAMED.search(asked) or (rule == "claim_subject" and _COMPLEMENT.match(asked)):
        return "what it asks about is not named"
    if not scene.is_talk and _lists(asked, answer):
        return "its answer lists several things, and its question does not say how many"
    if not scene.is_talk and rule in ("claim_why", "claim_how") and _is_thin(asked):
        return "it holds of too many things to have one answer"
    if _lacks_article(asked, scene):
        return "its sentence is a note that lacks its articles"
    if scene.is_talk and lead.startswith("According to "):
        return ""
    if not tied and set(front.casefold().rstrip("?").split()) & _VIEWS:
        return "it is a view, and the page does not say whose"
    if not tied and rule in ("claim_subject", "claim_enable"):
        return "it holds of too many things to have one answer"
    named = _NAME.search(asked) is not None
    if not (named or (tied and _is_particular(asked, answer)) or len(common.rare(asked)) >= _LEAST):
        return "it holds of too many things to have one answer"
    return ""


def _is_particular(asked: str, answer: str) -> bool:
    """Claim that question and answer hold terms enough, one of them in the question."""
    shown = common.rare(asked)
    return (
        bool(shown)
        and len(words.content_stems(asked)) >= _LEAST_ASKED
        and len(shown | common.rare(answer)) >= _LEAST_TIED
    )


def _lists(asked: str, answer: str) -> bool:
    """Claim that an answer names three things or more of which its question says nothing."""
    return _LISTED.search(answer) is not None and not _COUNTS.search(asked)


def _is_thin(asked: str) -> bool:
    """Claim that a question says too little: `Why did Berg succeed?`."""
    return len(words.content_stems(asked)) < _LEAST_TIED


def _of_term(rule: str, front: str, answer: str) -> str:
    """Ask for a name only where the words for it are particular, and it is no everyday word."""
    asked = re.sub(r"^In [^,]+, ", "", front)
    meaning = _ASKS.sub("", asked).removesuffix(" called?")
    tagged = tagging.tokens(meaning.strip("“”? "))
    head = next((token.plain for token in tagged if token.is_noun), "")
    wide = head in _GENERAL and len(common.rare(meaning)) < _LEAST
    everyday = " " not in answer and tagging.knows(answer.casefold())
    led = asked != front or _TIED.match(front) is not None
    plain = everyday and (not led or len(words.content_stems(meaning)) < _LEAST)
    shaded = not tagged or tagged[0].tag in ("AV0", "AJC")
    if rule == "term_of" and (plain or wide or shaded or _DEFINITE.search(meaning)):
        return "its term is an everyday word, or its meaning fits other terms too"
    past = re.search(r"\bwhat (?:was|were) ", front, re.IGNORECASE) is not None
    if rule == "claim_called" and past and not _TIED.match(front):
        return "its page does not say when and where it was called so"
    return ""


def _lacks_article(asked: str, scene: Scene) -> bool:
    """Claim that a thing of which there are several is named as no writer would: `does glacier`."""
    said = tagging.tokens(asked)
    for before, noun, after in zip(said, said[1:], said[2:], strict=False):
        if before.plain not in _ASKING or noun.tag != "NN1" or not noun.text.islower():
            continue
        counted = f"{noun.plain}s" in scene.lower or f"{noun.plain[:-1]}ies" in scene.lower
        if counted and after.is_verb and noun.plain not in verbs.BASES:
            return True
    return False
