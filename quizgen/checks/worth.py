"""Judge whether a card is about the subject, and not about the recording or its sponsors."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Card

_MEDIUM: Final = (
    r"(?:video|episode|podcast|lecture|talk|interview|recording|clip|webinar|stream|livestream"
    r"|audiobook|documentary|conversation|article|transcript|summary|post|show)"
)
_POSTED: Final = r"(?:published|uploaded|aired|air|posted|released|recorded|streamed|come out)"
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
_METADATA: Final = _text.any_of(
    r"\bhow many (?:\w+ )?(?:views|likes|subscribers|downloads|comments|followers)\b(?! of a\b)",
    r"\bhow many (?:\w+ )?(?:summaries|episodes|upvotes|retweets|listens|plays)\b(?! of a\b)",
    # "How long does an episode of sleep paralysis last" is about the subject.
    rf"\bhow (?:long|many (?:minutes|hours|seconds|words|slides))\b[^?]*\b{_MEDIUM}\b(?! of\b)",
    rf"\bhow many (?:people|viewers|listeners|users)\b[^?]*\b(?:watch|view|listen|subscrib)[^?]*"
    rf"\b{_MEDIUM}\b",
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
    r"\b(?:when|(?:what|which) date)\b[^?]*\b(?:uploaded|posted|livestreamed)\b",
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
    front = _text.face(card.content).front
    low = front.casefold()
    if any(sign in low for sign in _SIGNS) and _METADATA.search(front):
        return "The card asks about the recording or page and not what it says: drop it."
    if card.evidence and all(_is_metadata(evidence.text) for evidence in card.evidence):
        return "The evidence is a line of counts and dates: drop the card."
    return ""


def _is_metadata(line: str) -> bool:
    signs = (
        " | " in line,
        _COUNTER.search(line) is not None,
        _DATE.search(line) is not None,
        _READING_TIME.search(line) is not None,
    )
    return sum(signs) >= 2


# --- adverts and housekeeping ------------------------------------------------

_PROGRAMME: Final = r"(?:show|episode|podcast|video|channel|program(?:me)?)"
# Each with a word that it cannot do without: looking for that first makes the rule four times
# faster on long evidence.
_ADVERTS: Final = tuple(
    (sign, _text.any_of(*patterns))
    for sign, *patterns in (
        ("code", r"\b(?:promo|coupon|discount|referral|offer) codes?\b"),
        ("code", r"\b(?:use|with|enter) (?:the |my |our )?code (?-i:[A-Z0-9]{3,})\b"),
        ("coupon", r"\bcoupon\b[^.?!]{0,30}(?:\$|dollars?|off\b)"),
        (
            " off",
            r"\b\d+ ?(?:%|percent) off (?:your|the|any|on|at|all|an?|with|if)\b",
            r"\b(?:get|save|for) \d+ ?(?:%|percent) off\b",
            r"\$\d+ off\b",
        ),
        (
            "sponsor",
            r"\b(?:our|today's|(?:this |the )?(?:week|episode|show|video)'s) sponsors?\b",
            rf"\bsponsor(?:s|ed|ing)? (?:of |for )?(?:the|this|our) {_PROGRAMME}\b",
            rf"\b(?:{_PROGRAMME}|portion|message) (?:is|was|comes) (?:also )?sponsored\b",
            r"\bword from (?:our|the) sponsors?\b",
            r"\bcheck out (?:our|the) sponsors?",
        ),
        ("presented", rf"\b{_PROGRAMME} (?:is|was|comes) (?:also )?presented\b"),
        ("supported by", rf"\b{_PROGRAMME} (?:is|was|comes) (?:also )?supported\b"),
        ("made possible", rf"\b{_PROGRAMME} (?:is|was) (?:also )?made possible\b"),
        (" to you", r"\b(?:brought|presented) to you by\b"),
        ("patreon", r"\bpatreon\b"),
        (
            "newsletter",
            r"\b(?:our|my|the (?:show|podcast)'s) (?:\w+ )?newsletter\b",
            r"\bsign(?:ed)? up (?:for|to) (?:the|this|his|her|a free)\b[^.]{0,20}newsletter",
        ),
        (
            "subscribe",
            rf"\bsubscribe to (?:the|our|my|this|his|her) (?:\w+ )?(?:newsletter|{_PROGRAMME})\b",
            r"\bsubscribe on (?:youtube|itunes|apple|spotify)\b",
            r"\bplease subscribe\b",
            r"\b(?:like|rate|review|share|comment)(?:,| and) (?:\w+ and )?subscribe\b",
        ),
        ("bell", r"\bbell (?:icon|button)\b", r"\bnotification bell\b"),
        (
            "never miss",
            r"\bnever miss (?:an?|another|our|the) (?:new )?(?:episode|video|show|update)\b",
        ),
        ("smash", r"\bsmash (?:the|that) (?:bell|like|subscribe)\b"),
        ("hit th", r"\bhit (?:the|that) (?:bell|like|subscribe)\b"),
        (
            "star",
            r"\b(?:five|5)[- ]stars? (?:on|review|rating)\b",
            r"\b(?:give|leave|rate|review)\b[^.?!]{0,25}\b(?:five|5)[- ]stars?\b",
        ),
        ("follow", r"\bfollow (?:us|me) on\b"),
        ("free trial", r"\bfree trial (?:at|of (?:our|the)|today|with)\b"),
        ("link", r"\blinks? (?:is |are )?(?:below )?in the (?:description|show ?notes)\b"),
        (
            "app store",
            r"\b(?:number one|download)\b.{0,60}\bapp store\b",
            r"\bapp store\b.{0,80}\b(?:download|code|cash|number one|free)\b",
        ),
        ("money", r"\bmoney[- ]back guarantee\b"),
        ("support", rf"\bsupport (?:this|the|our) {_PROGRAMME}\b"),
    )
)
_SPONSORS_SHOW: Final = _text.any_of(
    rf"\b(?:which|what|who|name the) (?:\w+ )?sponsor(?:s|ed)?\b[^?]*\b(?:{_PROGRAMME}|series)\b",
    r"\b(?:is|was) (?:presented|sponsored|brought to you) by ____",
)
_HOUSEKEEPING: Final = _text.any_of(
    r"\blet me (?:just )?(?:ask|say|emphasi[sz]e|take|start|jump|interrupt|push|go back|read)\b",
    r"\b(?:good|great|interesting|excellent|wonderful|fair|fantastic) question\b",
    r"\bthank(?:s| you)(?: so much| very much)? (?:for|everyone|all)\b",
    r"\bthank you\b[.!]?$",
    r"\b(?:can|could) you elaborate\b",
    r"\bwe(?:'ll| will)(?: \w+)? (?:talk about|get to|come back to|return to)\b",
    r"\bwelcome (?:back|to the (?:show|podcast))\b",
    r"\b(?:take|after) (?:a|the|this) (?:short |quick )?break\b",
    r"\bstay tuned\b",
    r"\bcan you hear me\b",
    r"\b(?:see|catch) you (?:in the )?next\b",
    r"\bbefore we (?:start|begin|go)\b",
    r"\blet's (?:get started|dive in|move on|jump in|wrap up|switch gears)\b",
    r"\bnice to (?:meet|see) you\b",
    r"\bglad to be here\b",
)


def sponsor_boilerplate(card: Card, _context: Context) -> str:
    """Find adverts, sign-offs and the housekeeping of a conversation."""
    shown = _text.face(card.content)
    texts = [f"{shown.front} {shown.back}", *(evidence.text for evidence in card.evidence)]
    if _SPONSORS_SHOW.search(shown.front) or any(map(_is_advert, texts)):
        return "The card rests on an advert or a sign-off: drop it."
    if card.evidence and all(_is_housekeeping(evidence.text) for evidence in card.evidence):
        return "The evidence is talk about the talk: drop the card."
    return ""


def _is_advert(text: str) -> bool:
    folded = words.norm(text)
    low = folded.casefold()
    return any(sign in low and pattern.search(folded) for sign, pattern in _ADVERTS)


def _is_housekeeping(turn: str) -> bool:
    folded = words.norm(turn)
    return words.word_count(folded) < 15 and _HOUSEKEEPING.search(folded) is not None
