"""Judge whether a card can be understood without its source at hand."""

from __future__ import annotations

import re
from typing import Final

from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Card

SOURCE: Final = (
    r"(?:talk|video|episode|podcast|lecture|passage|article|text|transcript|chapter|section|slides?"
    r"|interview|notes|course|conversation|discussion|summary|document|excerpt|recording|clip"
    r"|essay|blog post|webinar|seminar|presentation|guide|handbook|tutorial|newsletter|column)"
)
# These are as often the subject: "the paper", "the study", "the show".
_AMBIGUOUS: Final = r"(?:paper|study|show|reading|source|page|figure|diagram|table)"
_PREPOSITION: Final = r"(?:in|of|from|during|according to|by|on|throughout|at|for)"
_HERE: Final = r"(?:text|video|talk|article|passage|lecture|episode|podcast|interview|notes|figure)"
_POINTS_AT_SOURCE: Final = _text.any_of(
    rf"\b{_PREPOSITION}\s+(?:this|our)\s+(?:\w+\s+)?(?:{SOURCE}|{_AMBIGUOUS})\b(?!\s+of\b)",
    # "What does this text print: `…`" shows the text it means.
    rf"\bthis\s+{SOURCE}\b(?!\s+of\b)(?!.*(?:“”|``|:))",
    # "The text of the treaty", "the course of a fever", "the text editor", "the article by
    # Turing" are named; what counts is "the text" and then a comma, a verb or the end.
    rf"\b{_PREPOSITION}\s+the\s+(?:following\s+|previous\s+|whole\s+|entire\s+)?{SOURCE}"
    r"(?=\s*(?:[,?.:;]|$)|\s+(?:what|who|why|how|when|where|which|is|are|was|were|do|does|did|as"
    r"|____)\b)",
)
_POINTS_ELSEWHERE: Final = _text.any_of(
    r"\b(?:said|told|mentioned|shown|discussed|described|listed|noted|stated|given|explained"
    r"|defined"
    rf"|outlined|introduced|presented|cited|quoted|seen)\s+(?:above|below|earlier|previously"
    rf"|in (?:the|this) {_HERE}(?!\s+of\b))\b",
    r"\bas (?:mentioned|discussed|noted|described) (?:above|before|earlier|previously)\b",
    rf"\b(?:the|this) following (?:{SOURCE}|{_AMBIGUOUS}|sentence|paragraph|quote)s?\b",
    r"\b(?:did|have|had) we (?:just |already )?(?:discuss|mention|talk|see|seen|hear|heard"
    r"|learn|cover"
    r"|read|look)\w*\b",
    r"\b(?:as )?we (?:just |have |already )*(?:discussed|mentioned|talked|saw|seen|heard|learned"
    r"|learnt|covered|looked at)\b",
    r"\b(?:the|figure|table|diagram|passage|text) (?:above|below)\s*[,?.:]",
    r"\bthe above(?:-mentioned)?\b",
    r"\b(?:a|just a) (?:moment|minute|second|little while) ago\b|\bjust now\b",
)
_SPEAKER: Final = (
    r"(?:(?:guest|keynote|invited|main|first|second|last) )?(?:speakers?|presenters?|authors?"
    r"|writer|narrator|interviewer|interviewee|lecturer|podcaster"
    r"|panelists?|instructor|commentator)"
)
# A host has parasites too, and a guest a room: only what they say gives them away.
_GUEST: Final = r"(?:hosts?|guests?|co-host|professor|teacher|moderator)"
_AUX: Final = r"(?:do|does|did|would|will|can|could|is|was|has|had|should|might|are|were)"
_SAYS: Final = (
    r"(?:say|said|claim|argue|mention|recommend|think|thought|believe|call|describe|suggest|prefer"
    r"|compare|explain|warn|note|predict|ask|tell|told|feel|felt|propose|state|discuss|talk"
    r"|emphasi[sz]e|stress|define|refer|quote|cite|point|conclude|use|give|gave|consider|advise"
    r"|admit|agree|disagree|see|view|criticis|criticiz|highlight|list|offer|mean|illustrate"
    r"|identify|identifie|report|reveal|share|add|want|expect|hope|assume|attribute"
    r"|distinguish|distinguishe|separate|divide|name|classify|classifie|rank)(?:s|d|ed|ing)?"
)
_OPINION: Final = (
    r"(?:view|opinion|argument|claim|advice|position|point|theory|example|analogy|main|thesis"
    r"|answer|recommendation)"
)
_SPEAKER_ACTS: Final = _text.any_of(
    rf"\b(?:the|our|this)\s+(?:{_SPEAKER}|{_GUEST})\s+(?:\w+ly\s+|also\s+|{_AUX}\s+)?{_SAYS}\b",
    rf"\b{_AUX}\s+(?:the|our|this)\s+{_SPEAKER}\s+(?!(?:of|s|cone|cable|wire|system)\b)\w+",
    rf"\b(?:point|case|argument|claim|suggestion|comparison)s? {_AUX} (?:the|our) {_GUEST} make",
    rf"\baccording to (?:the|our|this) (?:{_SPEAKER}|{_GUEST})\b(?!\s+of\b)",
    rf"\b(?:the|our) (?:{_SPEAKER}|{_GUEST})(?:['’]s|s['’])\s+(?:\w+\s+)?{_OPINION}",
)
# A narrator or author belongs to a named book: "In Moby-Dick, what does the narrator…".
_OF_A_BOOK: Final = _text.any_of(r"author|narrator|writer")
_NAMED_WORK: Final = re.compile(r"\b[Ii]n [A-Z“\"][^,?]*,|“”")
_OFFICE: Final = (
    r"(?:president|prime minister|chair\w*|head|leader|ceo|chief|director|record|champion|version"
    r"|price|population|state of|rate of|world|king|queen|government|generation|number|holder"
    r"|trend|plan)"
)
_EVENT: Final = (
    r"(?:winners?|champions?|editions?|elections?|census|world cup|olympics|games|season|version"
    r"|release|presidents?|popes?|survey|reports?|figures|update|tournament|film|album|book|novel"
    r"|model|laureates?|referendum|budget|prize|championships?|data|news|studies|research)"
)
_NOW: Final = _text.any_of(
    r"\b(?<!called )(?<!known )(?<!named )today\b(?!['’]s (?-i:[A-Z]))",
    # "Recently used" and "recently deposited" are terms; "has recently" is the calendar.
    r"\b(?<!least )(?<!most )(?<!is )(?<!are )(?<!the )(?<!of )recently\b",
    # "The most recently used page" is a term, "won most recently" is the calendar.
    r"\bmost recently(?! (?:\w+ed|read|written|seen|laid)\b)",
    rf"\b(?:most recent|latest) {_EVENT}\b",
    r"\b(?:tonight|currently|nowadays|these days|right now|lately|as of now|as of this writing"
    r"|until now|in recent (?:years|decades|months|weeks|times))\b",
    r"\bat present\b(?! value)",
    r"\b(?:last|this|next) (?:year|month|week|decade)\b",
    r"\bat the moment(?! of\b| when\b)",
    rf"\b(?:the|\w+['’]s) current (?:[\w-]+ ){{0,2}}{_OFFICE}\b",
)
_YEAR: Final = re.compile(r"\b(?:1[0-9]|20)\d\d\b")


# Every pattern above has one of these, which are found in a tenth of the time.
_SIGNS: Final = (
    *("talk", "video", "episode", "podcast", "lectur", "passage", "article", "text", "transcript"),
    *("chapter", "section", "slide", "interview", "notes", "course", "conversation", "discuss"),
    *("summary", "document", "excerpt", "recording", "clip", "essay", "post", "webinar", "seminar"),
    *("presentation", "paper", "study", "show", "reading", "source", "page", "figure", "diagram"),
    *("table", "above", "below", "earlier", "previous", "before", "following", "we ", "speaker"),
    *(
        "presenter",
        "author",
        "writer",
        "narrator",
        "interview",
        "podcaster",
        "panelist",
        "instructor",
    ),
    *("commentator", "host", "guest", "professor", "teacher", "moderator", "today", "recent"),
    *(
        "tonight",
        "current",
        "nowadays",
        "these days",
        "right now",
        "year",
        "month",
        "week",
        "decade",
    ),
    *("guide", "handbook", "tutorial", "newsletter", "column", " ago"),
    *("moment", "mention", "seen", "latest", "lately", "present", "now", "writing"),
)


def deictic_source(card: Card, _context: Context) -> str:
    """Find fronts that point at the source, at its speaker or at the day it was made."""
    masked = _text.face(card.content).masked
    low = masked.casefold()
    if not any(sign in low for sign in _SIGNS):
        return ""
    if found := _POINTS_AT_SOURCE.search(masked):
        return f"{found[0]!r} points at the source: name the subject instead."
    if found := _POINTS_ELSEWHERE.search(masked):
        return f"{found[0]!r} points at words the card does not show: name the subject instead."
    if (found := _SPEAKER_ACTS.search(masked)) and not (
        _OF_A_BOOK.search(found[0]) and _NAMED_WORK.search(masked)
    ):
        return f"{found[0]!r} does not say who: name the person or the subject."
    if (found := _NOW.search(masked)) and not _YEAR.search(masked):
        return f"{found[0]!r} will not be so for long: give the year."
    return ""
