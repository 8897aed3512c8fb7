"""Refuse sentences that say nothing on their own, and questions that give their answer away."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.generate.offline import lexicon
from quizgen.generate.offline.lexicon import gathered

LONGEST_FRONT: Final = 35
LONGEST_BACK: Final = 20
_ROOT: Final = 5
_JOINED: Final = 8
_SHORT: Final = 4

_META: Final = re.compile(
    r"\b(?:the|this|our|his|her|their) (?:conversation|episode|discussion|podcast|interview|"
    r"video|article|talk|passage|transcript|chapter|host|guest|speaker|lecture|session)\b|"
    r"\b(?:podcast|episodes?|sponsors?|sponsored|subscribe|newsletter|promo code|listeners?)\b|"
    r"\b(?:touch(?:es|ed) on|delves? into|next focus|reflect(?:s|ing)? on|go(?:es)? through)\b|"
    r"\b(?:in closing|moving (?:on )?to|attention (?:then )?(?:shifts|turns)|turning to)\b|"
    r"\b\d+[- ](?:week|hour|part) course\b|\bstarted (?:on )?[A-Z][a-z]{2,8} \d|\bsyllabus\b|"
    r"\b(?:due dates?|office hours|coursera|edx|wikipedia|certificates?)\b|"
    r"\b(?:begins|closes|close|ends) (?:by|with) (?:\w+ing|the|practical)\b|https?:|§",
    re.IGNORECASE,
)
_PRAISE: Final = re.compile(
    r"\b(?:testament|push(?:es|ing)? the boundaries|ever-evolving|game[- ]changer|exciting|"
    r"journey|bright(?:er)?|look to the future|come a long way|shape the future|"
    r"delicate balance|multifaceted nature|unreasonable|masterful|masterpiece|must-read|"
    r"compelling|convincingly|thought-provoking|insightful)\b",
    re.IGNORECASE,
)
_OPEN: Final = gathered(
    """
    another as he her here his i it it's its one she such that that's their there there's these
    they this those we what's which who whom whose you
    """,
)
_UNRESOLVED: Final = re.compile(
    r"\b(?:this|these|those|such an?|it|its|they|them|their|he|him|his|she|her|we|our|us|i|my|you|"
    r"your|former|latter|above|below|here)\b|\b(?:like|of|for|about|from) that\b",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"(?i:the|a|an|each|this|another) (?:\w+ly )?(?:(?:first|last|next|second|third|new|same|other|"
    r"whole|main|key|larger|smaller|previous) )?(?:model|plan|team|approach|method|process|system|"
    r"result|study|author|book|idea|concept|theory|problem|objective|goal|dataset|paper|work|"
    r"technique|evolution|change|group|company|game|measure|rule|number|factor|increase|group|"
    r"project|effort|field|design|experiment|participants?|students?|readers?|man|woman|people|"
    r"issue|question|answer|reason|movement|war|country|city|government|king|law|party|curve|"
    r"equations?|intervals?|parameters?|schedule|card|player|version|app|program|effect|case|"
    r"minimum|default|cycle|review|learner|thing|point|truth|part|fact|field|network)s?",
)
_TASK: Final = re.compile(
    r"(?:analy[sz]e|assess|compare|contrast|critique|define|describe|discuss|elaborate|evaluate|"
    r"examine|explain|identify|illustrate|list|outline|reflect|summari[sz]e)"
    r"(?!(?:s|d|ing)?\b (?:of|is|are|was|were|has|have)\b)\b",
    re.IGNORECASE,
)
_TASKS: Final = re.compile(
    r"\b(?:questions|exercises?|assignments?|homework|problem sets?|prompts|further "
    r"(?:exploration|study|reading|research)|to discuss|activities|quiz|test yourself|"
    r"check your understanding)\b",
    re.IGNORECASE,
)
_SAYING: Final = gathered("agree proposed recommended suggested said possible needed required and")
_DANGLING: Final = frozenset(
    {"and", "or", "but", "that", "which", "then", "is", "are", "was", "to"}
)


def is_plain(sentence: str) -> bool:
    """Claim that a sentence says something about the world, and says about what."""
    first = re.split(r"[\s,]", sentence.strip(" \"'“‘("), maxsplit=1)[0].casefold()
    return (
        first not in _OPEN
        and not is_task(sentence)
        and not sentence.rstrip("\"'”’").endswith(("?", "…", "...", ":"))
        and not _META.search(sentence)
        and not _PRAISE.search(sentence)
    )


def is_task(text: str) -> bool:
    """Claim that words ask the reader to do something, as an exercise does."""
    return _TASK.match(text.strip(" \"'“‘(")) is not None


def is_open(phrase: str) -> bool:
    """Claim that a phrase leaves open what it means, so that many others would fill its place."""
    said = [word.strip(".,;:!?\"'()“”‘’").casefold() for word in phrase.split()]
    dull = lexicon.GENERIC | lexicon.EVALUATIVE | lexicon.VAGUE | _SAYING
    return not said or said[0] in lexicon.HEDGED or all(word in dull for word in said)


def is_for_tasks(heading: str) -> bool:
    """Claim that what stands under a heading are questions and exercises."""
    return _TASKS.search(heading) is not None


def is_meta(text: str) -> bool:
    """Claim that words speak about the document and not about its subject."""
    return bool(_META.search(text))


def is_resolved(text: str) -> bool:
    """Claim that a noun phrase can be understood without the sentence before it."""
    return not _UNRESOLVED.search(text) and not _BARE.fullmatch(text.strip())


def is_kin(answer: str, question: str) -> bool:
    """Claim that a short answer is of the same root as a word of its question, and so told by it.

    `What releases CO2 for each unit of calcium carbonate made?` tells `calcification`.
    """
    tokens = [word.casefold() for word in words.tokens(answer)]
    said = [word for word in tokens if len(word) > _ROOT]
    shown = {word.casefold()[:_ROOT] for word in words.tokens(question) if len(word) > _ROOT}
    # `F. sanfranciscensis` tells `San Francisco`.
    joined = "".join(tokens)[:_JOINED]
    spelled = len(joined) == _JOINED and any(
        word.casefold().startswith(joined) for word in words.tokens(question)
    )
    return words.word_count(answer) <= _SHORT and (
        spelled or any(word[:_ROOT] in shown for word in said)
    )


def fits(question: str, answer: str) -> bool:
    """Claim that an answer is short, adds something, and is not in its question."""
    if not 1 <= words.word_count(answer) <= LONGEST_BACK:
        return False
    if words.word_count(question) > LONGEST_FRONT:
        return False
    last = answer.rsplit(maxsplit=1)[-1].strip(".,;:)\"'”’").casefold()
    if last in lexicon.PREPOSITIONS | lexicon.DETERMINERS | _DANGLING:
        return False
    if answer.count("(") != answer.count(")") or question.count("“") != question.count("”"):
        return False
    if question.count('"') % 2 or answer.count('"') % 2 or is_kin(answer, question):
        return False
    new, shown = words.content_stems(answer), words.content_stems(question)
    return bool(new) and len(new & shown) < 0.5 * len(new)
