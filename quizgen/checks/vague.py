"""Judge whether a question asks for something in particular."""

from __future__ import annotations

import re
from typing import Final

from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Basic, Card

_DO: Final = r"(?:do|does|did|has|have|had|would|can|could)"
_BE: Final = r"(?:is|are|was|were|has been|have been|'s)"
_OF_NOTE: Final = (
    r"(?:important|interesting|significant|special|notable|noteworthy|remarkable|fascinating"
    r"|worth knowing|worth noting|worth remembering|cool|key|memorable|relevant)"
)
_SAYS: Final = (
    r"(?:say|said|think|thought|mention|mentioned|discuss|discussed|talk|talked|believe|believed"
    r"|feel|felt|tell us|told us|write|written|explain|speak|comment|teach us|cover|have to say)"
)
_ABOUT: Final = (
    r"(?:about|on|of|regarding|concerning|with respect to|in connection with|in relation to"
    r"|with regard to|in terms of)"
)
_YEAR: Final = (
    r"(?:the )?(?:(?:year|month|summer|spring|autumn|fall|winter|end|beginning|early|late|mid|days?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|\d{1,2}(?:st|nd|rd|th)?)[ -]?(?:of )?(?:the )?)*"
    r"(?:\d{3,4}s?(?: (?:bc|ad|bce|ce))?|(?:\w+teenth|\w+th|\d+th|\d+st) century)"
)
_PLACE: Final = r"(?: (?:in|at) (?:(?:the )?(?-i:[A-Z])[\w.'’-]*(?: (?-i:[A-Z])[\w.'’-]*)*|[a-z]+))"
_GENERAL: Final = (
    r"(?:things?|facts?|points?|aspects?|ideas?|takeaways?|details?|matters?|lessons?)"
)
_OPEN: Final = _text.any_of(
    rf"\bwhat (?:all )?{_DO} (?:(?!\b(?:when|if|that|who|which|after|before|not|do)\b).)+?"
    rf" {_SAYS}(?: {_ABOUT} (?P<topic>.+))?\s*\?",
    rf"\bwhat (?:else )?{_BE} (?:so |really |most |particularly |especially |very )*{_OF_NOTE}"
    r" (?:about|of|in|with|to know)\b",
    rf"\bwhat makes .+ (?:so |very |really )?{_OF_NOTE}\s*\?",
    rf"\bwhat {_BE} the (?:importance|significance|relevance) of\b",
    rf"\bwhy {_BE} .+ (?:so |very |really )?(?:interesting|special|notable|remarkable)\s*\?",
    r"^(?:please )?(?:tell (?:me|us)|discuss|talk about|comment on|elaborate|write (?:about|on)|say"
    r" something|summari[sz]e|outline|give an (?:overview|account|outline|introduction)|reflect on"
    r"|consider|review)\b",
    r"^(?:please |briefly )*(?:describe|explain)\b(?!.*\b(?:why|how|what|which|when|where|whether"
    r"|who|that|differences?|distinction)\b)",
    rf"\bhow {_DO} .+ (?:relate|connect|compare|fit in|fit together|tie in)(?: (?:to|with)"
    r" .+)?\s*\?",
    rf"\bhow {_BE} .+ (?:related|connected|linked)(?: (?:to|with) .+)?\s*\?",
    rf"^(?:[^,]+, )?what (?:else |all |important |major |significant |notable )*"
    rf"(?:things? |events? )?happened{_PLACE}? (?:in|during|on|around|back in|by) {_YEAR}"
    rf"{_PLACE}?\s*\?",
    rf"^in {_YEAR}{_PLACE}?,? what (?:happened|took place)\s*\?",
    r"\bwhat are (?:some|a few|several|various|the various|many|a couple)\b",
    r"^(?:name|list|give|mention) (?:some|a few|several|any|various|an example|examples)\b",
    r"\bwhat (?:is|are|would be) (?:an?|some) (?:good )?(?:examples?|thing|instance)(?: of"
    r"| about)?\b",
    rf"\bwhat {_BE} there to (?:say|know|learn|note|remember|understand)\b",
    r"\bwhat (?:should|must|can|do|could|might|ought) (?:\w+ )?(?:know|say|learn|remember|tell"
    r"|understand|be said|be learned|be learnt) (?:about|from|of)\b",
    r"\bwhat do(?:es)? (?:you|we|one|anyone|everyone|people|learners|students|beginners|a \w+)"
    r" (?:need|have|want|ought) to (?:know|say|learn|remember|understand) (?:about|of)\b",
    rf"\bwhat (?:is|are|were|was) (?:the |some )?(?:main |key |most |important |basic |essential "
    rf"|big |major |central |interesting )+{_GENERAL} (?:about|of|on|in|to|regarding)\b",
    rf"\bwhat {_BE} (?:[\w'’-]+ )*?(?P<before>[\w'’-]+) (?:all |really |mainly |mostly |actually )?"
    r"about\s*\?",
    r"^(?:so,? )?(?:what|how) about\b",
    r"\bwhat (?:do you|are your|is your) (?:think|thoughts?|view|opinion|know|remember)\b",
    rf"\bwhat {_BE} (?:going on|the deal|the story|up) (?:with|in|about|behind)\b",
)
# "How is cheese made?" asks for something, "How is the heart?" does not.
_HOW_IS: Final = re.compile(
    r"^(?:[^,?]+, )?how (?:is|are|was|were) (?P<what>[^?,]+?)\s*\?", re.IGNORECASE
)
_PARTICIPLES: Final = _text.vocabulary(
    """
    made built found done put cut set kept sold held known grown drawn spun born paid laid spelt
    bent brought bought taught caught fought thought sought led read fed bred shed spread split shut
    cast burnt learnt dealt felt left lost meant met sent spent lent said told seen gone begun sung
    sunk drunk run won hung dug stuck struck struck shot cooked different similar alike possible
    unlike distinct able likely unique unusual special related better worse faster safer useful
    harmful dangerous important responsible relevant superior inferior equal analogous identical
    """,
)
_ADJECTIVE_ABOUT: Final = _text.vocabulary(
    """
    wrong right sceptical skeptical clear certain sure careful optimistic pessimistic angry serious
    happy unhappy curious honest new old unusual strange odd surprising ironic unique good bad true
    false misleading different paradoxical revolutionary radical original special controversial
    """,
)
_NAMES_A_CLAIM: Final = _text.any_of(
    r"\b(?:article|section|clause|amendment|paragraph|chapter|title|schedule|book|canto|verse|canon"
    r"|rule|law|theorem|principle|lemma|axiom|equation|hypothesis|theory|doctrine|act|treaty"
    r"|charter"
    r"|constitution|commandment|proverb|inequality|code|statute|convention|declaration|paradox"
    r"|conjecture|postulate|corollary|model|effect)s?\b",
    r"[“\"`]",
)


def vague_question(card: Card, _context: Context) -> str:
    """Find questions that many answers would fit."""
    if not isinstance(card.content, Basic) or _text.is_quote(card):
        return ""
    front = _text.face(card.content).masked
    found = next((match for match in _OPEN.finditer(front) if _is_open(match, front)), None)
    if found or _asks_how_it_is(front):
        said = found[0] if found else front
        return f"{said.strip()!r} has many answers: ask for the one that the card wants."
    return ""


def _is_open(found: re.Match[str], front: str) -> bool:
    if re.search(rf"\b{_SAYS}\b", found[0]) and _NAMES_A_CLAIM.search(front):
        return False
    if (before := found["before"]) and (before.endswith("ed") or before in _ADJECTIVE_ABOUT):
        return False
    # "According to Nagel (1987), what is death about?" asks for one person's claim.
    if before and re.search(r"\baccording to (?-i:[A-Z])", front, re.IGNORECASE):
        return False
    topic = found["topic"] or ""
    # "What does she say about how wheat changed us" names what is to be explained.
    return not re.search(r"\b(?:that|how|why|whether|when|if)\b", topic)


def _asks_how_it_is(front: str) -> bool:
    found = _HOW_IS.match(front)
    if not found:
        return False
    told = found["what"].casefold().split()
    if any(word in _PARTICIPLES or word.endswith(("ed", "wn", "ly")) for word in told[-2:]):
        return False
    # "The economy of Norway" is the whole question; in a longer one something is said of it.
    subject = re.split(r" (?:of|in|at) ", found["what"].casefold())[0].split()
    return len(subject) <= 3 and len(told) <= 6 and not told[-1].endswith("en")
