"""Judge whether a card rests on an advert or on the housekeeping of a conversation."""

from __future__ import annotations

from typing import Final

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Card

_SHARE: Final = (
    r"(?:an? (?:extra|whole|full) )?(?:[$€£]\d+|half|(?:\d+|five|ten|twelve|fifteen"
    r"|twenty(?:-five)?"
    r"|thirty|forty|fifty|sixty|seventy|eighty) ?-?(?:%|per ?cent|dollars|euros))"
)
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
            rf"\b(?:gets?|saves?|for|enjoys?|receives?|with) {_SHARE} off\b",
            rf"\b{_SHARE} off (?:(?:your|their|his|her|the|a|my|our|any) )?(?:first|next|entire)\b",
            r"\$\d+ off\b",
        ),
        (
            "sponsor",
            r"\b(?:our|today's|(?:this |the )?(?:week|episode|show|video)'s) sponsors?\b",
            rf"\bsponsor(?:s|ed|ing)? (?:of |for )?(?:the|this|our) {_PROGRAMME}\b",
            rf"\b(?:{_PROGRAMME}|portion|message) (?:is|was|comes) (?:also )?sponsored\b",
            (
                r"\bthis (?:hour|segment|section|season|edition|series|broadcast|talk|post)"
                r" (?:is|was|comes) (?:also )?sponsored\b"
            ),
            r"\bword from (?:our|the) sponsors?\b",
            r"\bcheck out (?:our|the) sponsors?",
        ),
        ("presented", rf"\b{_PROGRAMME} (?:is|was|comes) (?:also )?presented\b"),
        ("supported by", rf"\b{_PROGRAMME} (?:is|was|comes) (?:also )?supported\b"),
        (
            "possible",
            rf"\b{_PROGRAMME} (?:is|was) (?:also )?made possible\b",
            (
                r"\bmade possible (?:\w+ )?by (?:our|your|listeners|viewers|readers|people"
                r"|supporters"
                r"|patrons|donations|a grant from|contributions|the (?:generous )?support)\b"
            ),
            (
                r"\b(?:season|episode|podcast|broadcast|show)\b[^.?!]{0,40}"
                r" (?:is|was|are|were) made possible by\b"
            ),
        ),
        ("sent you", r"\btell (?:them|him|her|\w+) (?:that )?(?:\w+ ){1,5}sent you\b"),
        ("friends at", r"\bour (?:good )?friends (?:over )?at (?-i:[A-Z])"),
        (
            "first",
            (
                r"\bsaves?\b[^.?!]{0,40}\b(?:on|off) (?:your|their|his|her|my) first"
                r" (?:\w+ )?(?:orders?|box|purchase|months?|subscription|delivery|booking)\b"
            ),
            (
                r"\bfirst (?:order|box|purchase|month|delivery|bag|bottle)(?: is| comes)? (?:free"
                r"|on"
                r" us)\b"
            ),
        ),
        (
            "listener",
            (
                r"\b(?:our|my|as a) listeners?\b[^.?!]{0,60}\b(?:trial|discount|offer|free|code"
                r"|deal"
                r"|off)\b"
            ),
            r"\b(?:trial|discount|offer|free|code|deal)\b[^.?!]{0,60}\bour listeners\b",
        ),
        (
            "free",
            r"\btry (?:it|them|this|us) (?:out )?(?:for )?free\b",
            (
                r"\b(?:try|get|stream|download)\b[^.?!]{0,30}\bfree for (?:\w+ ){0,2}(?:days?"
                r"|weeks?"
                r"|months?)\b"
            ),
            (
                r"\b(?:months?|shipping|delivery) (?:absolutely )?free (?:at|when you|if you|with"
                r" code)\b"
            ),
            r"\brisk[- ]free\b[^.?!]{0,20}\b(?:trial|days?|nights?|try)\b",
            (
                r"\bad[- ]free\b[^.?!]{0,40}\b(?:episodes?|version|feed|listen\w*|support\w*"
                r"|member\w*)\b"
            ),
        ),
        ("night", r"\b[\w-]+[- ]nights? (?:\w+ )?trial\b"),
        (
            "become a",
            (
                r"\bbecome (?:a|an) (?:\w+ )?(?:patron|supporter|supporting member|paid subscriber"
                r"|channel member)\b"
            ),
        ),
        ("coffee", r"\bbuy (?:me|us) a coffee\b"),
        (
            "go to",
            r"\bgo to [\w.-]+\.(?:com|org|net|io|co|tv|fm|example)\b",
        ),
        ("head ", r"\bhead (?:on )?(?:over )?to [\w.-]+\.(?:com|org|net|io|co|tv|fm|example)\b"),
        ("visit", r"\bvisit (?:us at )?[\w.-]+\.(?:com|org|net|io|co|tv|fm|example)\b"),
        ("merch", r"\b(?:our|the|my) merch\b"),
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
        (
            "review",
            r"\bleave (?:us |me |the show )?an? (?:\w+ )?(?:review|rating)\b",
            r"\b(?:rate|review) (?:and review |us |the show|this (?:show|podcast))",
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
    r"\b(?:coming up (?:after|next|later)|next up|up next|stay with us|don't go away|be right back"
    r"|before I let you go|we(?:'re| are) (?:almost |nearly )?out of time|my (?:next|last|final"
    r"|first)"
    r" question|our (?:next|last|final|first) (?:topic|question|guest)|great to be (?:here|on)"
    r"|good to (?:see|have) you)\b",
    r"\bthat's (?:all|it) for (?:today|this|now)\b",
    r"\blet(?:'s| us) (?:now )?(?:turn|move|go|switch|jump|come|return|talk|get)(?: \w+)?"
    r" (?:to|about|into|back)\b",
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
    folded = _text.norm(text)
    low = folded.casefold()
    return any(sign in low and pattern.search(folded) for sign, pattern in _ADVERTS)


def _is_housekeeping(turn: str) -> bool:
    folded = _text.norm(turn)
    return words.word_count(folded) < 15 and _HOUSEKEEPING.search(folded) is not None
