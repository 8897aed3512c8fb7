"""Judge whether a card is as sure as its evidence, and says no where that says no."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from quizgen.checks import _text
from quizgen.checks.opinions import names_somebody
from quizgen.checks.recall import is_kin
from quizgen.checks.row import Context
from quizgen.checks.support import base
from quizgen.model import Card

_HEDGE: Final = re.compile(
    r"\b(?:might|perhaps|maybe|probably|possibly|plausibl[ey]|unclear|uncertain|doubt(?:s|ed|ful)?"
    r"|doubts? (?:that|whether)|suspect(?:s|ed)?|alleged(?:ly)?|reportedly|presumably|supposedly"
    r"|conceivably|arguably|disputed|debated?|controversial|speculat\w+|rumou?red|unproven"
    r"|not (?:certain|proven|known|sure|clear|settled)|no (?:firm |clear |good )?(?:evidence|proof)"
    r"|(?:is|are|was|were|been|often|widely|long) (?:\w+ly )?(?:thought|believed|suspected|said"
    r"|assumed|blamed|rumou?red|hypothesi[sz]ed)"
    r"|blamed? (?:on|for)|(?:seems?|seemed|appears?|appeared) to|(?:is|are|was|were) likely"
    r"|likely (?:to|that)|most likely|unlikely|some (?:\w+ )?(?:say|think|argue|believe"
    r"|suspect|claim)"
    r"|(?:could|may) (?:well )?have|the (?:studies|experts|historians|scholars) disagree"
    r"|tentative\w*)\b",
    re.IGNORECASE,
)
_MAY: Final = re.compile(r"(?<![A-Z0-9] )\bmay\b(?! \d| be called| only\b)")
# Law and games grant with "may".
_GRANTS: Final = _text.any_of(
    r"\b(?:nobody|no one|no \w+|only \w+(?: \w+)?|courts?|judges?|part(?:y|ies)|defendants?"
    r"|plaintiffs?"
    r"|tenants?|landlords?|citizens?|states?|members?|congress|president|parliament|police|buyers?"
    r"|sellers?|owners?|persons?|players?|king|pawns?|anyone|everyone|employe\w+|holders?|voters?"
    r"|bishops?|knights?|couples?|jury|jurors?|senate|governments?|consumers?|children|guests?"
    r"|shareholders?|director|minister|you|one|users?|creditors?|drivers?|patients?|witness(?:es)?"
    r"|(?:other|another|either|each|one) (?:side|party)"
    r"|students?|pilots?|priests?|monks?|suspects?)\s+may\b",
    r"\bmay (?:not )?(?:appeal|sue|vote|claim|refuse|terminate|dismiss|castle|veto|marry"
    r"|inherit|be (?:captured|taken|appealed|sued|refused|played|moved|inherited|vetoed))\b",
)
_OPEN_IN_CARD: Final = _text.any_of(
    r"\b(?:may|might|can|could|perhaps|maybe|probabl[ey]|possibl[ey]|plausibl[ey]|likely|thought"
    r"|believed?|suspect(?:ed|s)?|suppos\w+|said|say|claim(?:s|ed)?|theor(?:y|ies|ise|ize|ised"
    r"|ized)"
    r"|hypothes\w+|propos\w+|suggest\w*|estimat\w+|seem\w*|appear\w*|alleged\w*|reported\w*|blamed?"
    r"|uncertain\w*|unclear|doubt\w*|disput\w+|debat\w+|controvers\w+|expect\w*|presum\w+|argu\w+"
    r"|attribut\w+|credited|legend\w*|tradition\w*|speculat\w+|candidate|guess\w*|risk|chance"
    r"|rumou?r\w*"
    r"|sometimes|often|usually|some|certain|assum\w+|evidence|conjectur\w+|predict\w*|consider\w*"
    r"|view|opinion|according|linked|associated|proven|unproven|explanation)\b",
)
_NEGATOR: Final = re.compile(
    r"\b(?:not(?! (?:only|just|merely|until|far|long|least|more|less|exceed|enough|unlike))|never"
    r"|no(?! (?:more than|fewer|less|matter|doubt))|nobody|no one|nothing|none"
    r"|neither|nor|hardly|scarcely|without|cannot|barely|rarely|seldom"
    r"|(?<!a )few(?: [\w-]+){0,3} (?:believe|think|hold|accept|claim|argue|support|agree|follow|say"
    r"|defend|take|maintain)s?|(?:is|was|are|were) (?:now )?(?:a myth|(?:wrong|mistaken|false"
    r"|untrue"
    r"|incorrect)(?! to (?:deny|doubt)))|(?:the|a) myth that|debunked|discredited|disproved"
    r"|disproven"
    r"|refuted|given up|abandoned the (?:idea|view|belief)|far from)\b|n't\b",
    re.IGNORECASE,
)
_NEGATIVE_IN_CARD: Final = _text.any_of(
    r"\b(?:not|never|no|nobody|nothing|none|neither|nor|hardly|without|cannot|lacks?|lacking|lacked"
    r"|absent|absence|avoid\w*|prevent\w*|stop\w*|forbid\w*|forbade|banned?|bans|refus\w+|fail\w*"
    r"|only|too|missing|invisible|impossible|wrong\w*|false\w*|unlike|except|instead|rather|myth"
    r"|miss"
    r"|missed|den(?:y|ies|ied|ial)|reject\w*|exclud\w+|prohibit\w*|spare[sd]?|free|immune|immunity"
    r"|exempt\w*|resist\w*|unable|inability|differ\w*|distinguish\w*|distinct\w*|lost|lose[sd]?"
    r"|once|former\w*|used to|originally|replaced|gave up|given up|abandon\w*|previous\w*"
    r"|less|few|rarely|seldom|barely|protect\w*|misconception|contrary|mistake\w*|error|disprov\w+"
    r"|refut\w+|abolish\w*|block\w*|inhibit\w*|limit\w*|need\w*|requir\w+|must|unless|until"
    r"|opposite"
    r"|dis\w+|un\w{4,}|in(?:ability|accurate|capable|correct|complete|visible)|non\w*|\w+less"
    r"|beyond)\b",
    r"n't\b",
)
_CLAUSES: Final = re.compile(
    r"[.;:!?]\s|\n|,\s+(?=[^,]*\b(?:never|not)[.]?$)|,\s+(?:but|while|whereas|although|though|so"
    r"|which|because|since|and|yet)\s"
    r"|\s(?:but|whereas|although|because|while|yet|so that)\s|\s[–—]\s"
)
_CONTRAST: Final = re.compile(
    r"\bunlike (?P<a>[^,.;]+)"
    r"|(?:\b(?:rather than|instead of|as opposed to|and not)|, (?:and )?(?:not"
    r"|never)) (?P<b>[^,.;]+)",
    re.IGNORECASE,
)


# Every hedge and negation above has one of these, which are found in a tenth of the time.
_SIGNS: Final = (
    *(
        "n't",
        "not",
        "no ",
        "nobody",
        "nothing",
        "none",
        "nor ",
        "never",
        "neither",
        "hardly",
        "barely",
    ),
    *(
        "scarcely",
        "without",
        "rarely",
        "seldom",
        "unlike",
        "rather than",
        "instead",
        "opposed",
        "may",
    ),
    *(
        "might",
        "perhaps",
        "probabl",
        "possibl",
        "plausibl",
        "unclear",
        "uncertain",
        "doubt",
        "suspect",
    ),
    *(
        "alleg",
        "reported",
        "presum",
        "suppos",
        "conceiv",
        "arguabl",
        "disput",
        "debate",
        "controvers",
    ),
    *(
        "speculat",
        "rumo",
        "unproven",
        "thought",
        "believed",
        "said",
        "assumed",
        "blame",
        "hypothesi",
    ),
    *(
        "seem",
        "appear",
        "likely",
        "some ",
        "could",
        "disagree",
        "tentativ",
        "few ",
        "myth",
        "wrong",
    ),
    *("mistaken", "false", "untrue", "incorrect", "debunk", "discredit", "disprov", "refuted"),
    *("given up", "abandon", "far from"),
)
_DEFINES: Final = _text.any_of(r"\bstands? for\b", r"\bwhat (?:is|are) (?:an? )?\w+\?$")


def polarity_mismatch(card: Card, context: Context) -> str:
    """Find cards that drop their evidence's doubt or its "not"."""
    if not card.evidence or _text.is_quote(card):
        return ""
    shown = _text.face(card.content)
    told = " ".join(_text.norm(evidence.text) for evidence in card.evidence).casefold()
    if not any(sign in told for sign in _SIGNS) and shown.form != "truth":
        return ""
    if shown.form == "truth" and not _text.is_said_to_be_true(card.content):
        return ""
    said = f"{shown.front} {shown.back}"
    key = shown.front if shown.form == "truth" else shown.back
    asked, wanted = _stems(said), _stems(key)
    is_asking = shown.form in ("question", "choice") and not _NEGATIVE_IN_CARD.search(said)
    if is_asking and _is_set_aside(card, wanted):
        return "The evidence sets the card's answer aside: check which of the two it affirms."
    clause = max(_all_clauses(card), key=lambda part: _shared(asked, _stems(part)), default="")
    if not clause or _shared(asked, _stems(clause)) < min(3, len(asked)):
        return ""
    if _DEFINES.search(shown.front):
        return ""
    if _hedge(clause) and not _OPEN_IN_CARD.search(said) and not _names(card, said, context):
        said_so = _hedge(clause)
        return (
            f"The evidence is less sure than the card: keep its “{said_so}”, or say who thinks so."
        )
    is_claim = shown.form in ("truth", "cloze")
    is_verbatim = is_claim and _shared(asked, _stems(clause)) >= 0.8 * len(asked)
    # Words such as "lost" excuse a paraphrase, and no sentence taken over whole.
    if (_NEGATOR if is_verbatim else _NEGATIVE_IN_CARD).search(said):
        if shown.form == "truth" and _adds_not(said, clause, asked):
            return "The card has a “not” that its evidence has not: check what it says."
        return ""
    if _denies(clause, wanted, asked, is_claim=is_claim):
        lost = _NEGATOR.search(_CONTRAST.sub(" ", clause))
        word = {"n't": "not"}.get(lost[0], lost[0]) if lost else "not"
        return f"The evidence has a “{word}” that the card has lost: check what it says."
    return ""


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    """Collect the content stems of a text, irregular forms as one."""
    return frozenset(map(base, _text.stems(text)))


def _all_clauses(card: Card) -> list[str]:
    return [
        part
        for evidence in card.evidence
        if not evidence.is_only_close
        for part in _CLAUSES.split(_text.norm(evidence.text))
        if part.strip()
    ]


def _shared(asked: frozenset[str], told: frozenset[str]) -> int:
    return sum(1 for stem in asked if stem in told or any(is_kin(stem, each) for each in told))


def _hedge(clause: str) -> str:
    """Give the words by which a clause leaves something open."""
    if found := _HEDGE.search(clause):
        return found[0]
    is_open = "may or may not" in clause or not _GRANTS.search(clause)
    return "may" if is_open and _MAY.search(clause) else ""


def _names(card: Card, said: str, context: Context) -> bool:
    speakers = [evidence.speaker for evidence in card.evidence]
    return names_somebody(said, speakers, context)


def _is_set_aside(card: Card, wanted: frozenset[str]) -> bool:
    """Claim that the evidence names an answer only to say "not this", "unlike" or "rather than"."""
    return bool(wanted) and any(
        _stems(found["a"] or found["b"] or "") == wanted
        for evidence in card.evidence
        for found in _CONTRAST.finditer(_text.norm(evidence.text))
    )


def _denies(clause: str, wanted: frozenset[str], asked: frozenset[str], *, is_claim: bool) -> bool:
    """Claim that a clause says of what is asked that it is not so."""
    plain = _CONTRAST.sub(" ", clause)
    if len(_NEGATOR.findall(plain)) % 2 == 0:
        return False
    told = _stems(plain)
    shared = _shared(asked, told)
    if shared < 3 or _shared(wanted, told) < len(wanted):
        return False
    return not is_claim or shared >= 0.6 * len(asked)


def _adds_not(said: str, clause: str, asked: frozenset[str]) -> bool:
    told = _stems(clause)
    return (
        len(_NEGATOR.findall(said)) % 2 == 1
        and not _NEGATIVE_IN_CARD.search(clause)
        and not _CONTRAST.search(clause)
        and _shared(asked, told) >= max(3, 0.8 * len(asked))
    )
