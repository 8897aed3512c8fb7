"""Judge whether a card is about the subject, and not about the recording."""

from __future__ import annotations

import re
from typing import Final

from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Card

_MEDIUM: Final = (
    r"(?:video|episode|podcast|lecture|talk|interview|recording|clip|webinar|stream|livestream"
    r"|audiobook|documentary|conversation|article|transcript|summary|post|show)"
)
_POSTED: Final = r"(?:published|uploaded|aired|air|posted|released|recorded|streamed|come out)"
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
_RECORDED: Final = (
    r"(?:videos?|episodes?|podcasts?|recordings?|transcripts?|summar(?:y|ies)|webinar|livestream"
    r"|interview|captions|subtitles|slides|playlist)"
)
_METADATA: Final = _text.any_of(
    # "How long does an episode of sleep paralysis last" is about the subject.
    rf"\bhow (?:long|many (?:minutes|hours|seconds|words|slides))\b[^?]*\b{_MEDIUM}\b(?! of\b)",
    rf"\bhow many (?:people|viewers|listeners|users)\b[^?]*\b(?:watch|view|listen|subscrib|play"
    rf"|hear|download|stream)[^?]*\b{_MEDIUM}\b",
    rf"\bhow (?:many times|often) (?:has|have|was|were)\b[^?]*\b{_MEDIUM}s?\b[^?]*\b(?:viewed"
    rf"|watched"
    r"|played|downloaded|streamed|listened|shared|liked)\b",
    rf"\b(?:running time|run ?time|duration|length) of (?:the|this) {_MEDIUM}\b",
    r"\b(?:view|like|subscriber|download|comment|episode|follower) count\b",
    r"\bepisode number\b",
    r"\b(?:what|which) (?:number )?episode\b",
    rf"\b(?:what|which) number\b[^?]*\b{_MEDIUM}\b",
    r"\bon (?:what|which) page\b",
    r"\b(?:what|which) page (?:number|of|is|are|does|has)\b",
    r"\b(?:what|which) timestamp\b",
    rf"\b(?:when|(?:what|which) (?:date|day|month|year)|date)\b[^?]*\b(?:the|this|that|an?)"
    rf" (?:[\w'-]+ ){{0,4}}?{_MEDIUM}\b[^?]*\b{_POSTED}\b",
    rf"\b{_MEDIUM} (?:was|were) (?:\w+ )?{_POSTED} (?:on|in) ____",
    rf"\b{_MEDIUM}\b(?: [\w'’-]+){{1,8}} (?:was|were) (?:\w+ )?(?:uploaded|posted|livestreamed"
    r"|streamed) (?:on|in|at) (?:\w+ )?____",
    rf"\bwho (?:\w+ )?(?:edited|transcribed|recorded|produced|summari[sz]ed|captioned|mixed|filmed"
    rf"|hosts|hosted|moderated|uploaded|posted) (?:the|this) (?:\w+ )?{_RECORDED}\b",
    rf"\bhow many (?:\w+ )?(?:chapters|sections|timestamps|slides|parts|paragraphs|key points"
    rf"|takeaways)\b[^?]*\b{_RECORDED}\b",
    r"\b(?:when|(?:what|which) date)\b[^?]*\b(?:uploaded|livestreamed)\b",
)
# A letter is posted too, and an offer may be revoked by post.
_WHEN_POSTED: Final = _text.any_of(r"\b(?:when|(?:what|which) date)\b[^?]*\bposted\b")
_MAIL: Final = _text.any_of(r"\b(?:by|through the|in the) post\b")
_COUNTED: Final = _text.any_of(
    r"\bhow many (?:\w+ ){0,2}(?:views|likes|subscribers|downloads|comments|followers|episodes"
    r"|summaries|upvotes|retweets|listens|plays|shares|ratings|reviews)\b(?! of a\b)",
)
# A diagnosis counts episodes as well, and Hokusai drew 36 views of a mountain.
_ONLINE: Final = _text.any_of(
    r"\b(?:videos?|podcasts?|channels?|tutorials?|streams?|livestreams?|webinars?|lectures?|talks?"
    r"|interviews?|recordings?|clips?|transcripts?|uploads?|youtube|twitch|spotify|tiktok"
    r"|instagram|twitter|itunes|tweets?|posts?|blogs?|playlists?|feeds?|hosts?|aired?|seasons?"
    r"|show|website|site)\b|\bepisodes\b[^?]*\bseries\b",
)
_COUNTER: Final = _text.any_of(
    r"\b[\d.,]+\s?[km]?\+? (?:views|likes|subscribers|comments|downloads)\b",
)
_DATE: Final = re.compile(
    rf"(?:^|[|·•–—-])\s*(?:\d{{1,2}} )?{_MONTH}\.? (?:\d{{1,2}}, )?\d{{4}}\s*(?:$|[|·•–—-])"
    r"|(?:^|[|·•])\s*\d{4}-\d\d-\d\d\s*(?:$|[|·•])",
    re.IGNORECASE | re.MULTILINE,
)
_READING_TIME: Final = _text.any_of(r"\b\d+[ -]min(?:ute)?s? (?:read|video|listen|watch)\b")


# Every pattern above has one of these, which are found in a tenth of the time.
_SIGNS: Final = (
    *(
        "video",
        "episode",
        "podcast",
        "lecture",
        "talk",
        "interview",
        "recording",
        "clip",
        "webinar",
    ),
    *("stream", "audiobook", "documentary", "conversation", "article", "transcript", "summar"),
    *("post", "show", "page", "timestamp", "upload", "count", "views", "likes", "subscribers"),
    *("downloads", "comments", "followers", "upvotes", "retweets", "listens", "plays"),
)


def trivial_metadata(card: Card, _context: Context) -> str:
    """Find cards on counts, dates and lengths of the recording instead of what it says."""
    front = _MAIL.sub("by mail", _text.face(card.content).front)
    low = front.casefold()
    is_counted = "how many" in low and _COUNTED.search(front) and _ONLINE.search(front)
    is_posted = "posted" in low and _WHEN_POSTED.search(front) and _ONLINE.search(front)
    if is_counted or is_posted or (any(sign in low for sign in _SIGNS) and _METADATA.search(front)):
        return "The card asks about the recording or page and not what it says: drop it."
    if card.evidence and all(_is_metadata(evidence.text) for evidence in card.evidence):
        return "The evidence is a line of counts and dates: drop the card."
    return ""


def _is_metadata(line: str) -> bool:
    if not any(map(str.isdigit, line)):
        return False
    signs = (
        " | " in line,
        _COUNTER.search(line) is not None,
        _DATE.search(line) is not None,
        _READING_TIME.search(line) is not None,
    )
    return sum(signs) >= 2
