"""Judge whether a card ties an opinion to the one whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.checks.speech import NAME, SAYING, known_as, name_parts
from quizgen.model import Card

_OPINION: Final = re.compile(
    r"\bI(?:'d| would| do|'ll)? (?:\w+ly |still |also )?(?:think|believe|guess|suspect|bet|expect"
    r"|say|feel|doubt|predict|argue|hope|reckon|suppose|wager|imagine|maintain|contend|venture)\b"
    r"(?! (?:about|of|in (?:one )?(?:God|the (?:Holy|Father)))\b)(?!,? (?:therefore|hence|so) I\b)"
    r"|\bI (?:\w+ly |still |also )?(?:find (?!out\b|an?\b|my|no\b|some\b)|consider|regard|rate"
    r"|favou?r|prefer)\b"
    r"|\bI(?:'m| am) (?:\w+ly |quite |absolutely |pretty )?(?:convinced|sure|certain|confident"
    r"|persuaded|afraid|inclined|of the (?:opinion|view))\b"
    r"|\b[Ii]n my (?:opinion|view|experience|mind|judg\w+|book|eyes)\b"
    r"|\b[Tt]o my (?:mind|taste|eye|ear|thinking|way of thinking)\b"
    r"|\b[Aa]s I see it\b|\b[Tt]he way I see it\b|\b[Mm]y money(?:'s| is) on\b|\bI'd put my money\b"
    r"|\b[Mm]y (?:guess|hunch|bet|view|feeling|opinion|prediction|sense) is\b"
    r"|\b(?:[Ff]or me|to me|[Pp]ersonally|[Ii]f you ask me)\b",
)
_UNNAMED: Final = _text.any_of(
    r"\b(?:the|our|this) (?:speakers?|narrator|author|writer|host|guest|presenter|lecturer"
    r"|interviewee|instructor)\b"
)
_PERSON: Final = re.compile(
    rf"\b(?!(?:Who|What|Which|Why|How|When|Where|It|This|That|They|People|Some|Many)\b){NAME}(?="
    # Who writes an opera holds no opinion by it.
    rf" (?:\w+ly )?(?!(?:write|wrote) (?:the|an?|his|her)\b){SAYING}\b)|\b[Aa]ccording to {NAME}"
)
_FULL_NAME: Final = re.compile(r"(?<![.?!] )\b[A-ZÀ-Þ][a-zà-ÿ’'-]+(?: [A-ZÀ-Þ][\w.’'-]*)+")


def missing_attribution(card: Card, context: Context) -> str:
    """Find opinions that a card states as facts."""
    cited = [e for e in card.evidence if not e.is_only_close]
    opinions = [e for e in cited if _OPINION.search(_text.norm(e.text))]
    if not opinions or len(opinions) < len(cited):
        return ""
    shown = _text.face(card.content)
    asked = _text.stems(f"{shown.front} {shown.back}")
    if not any(_rests_on_opinion(e.text, asked) for e in opinions):
        return ""
    said = f"{shown.front} {shown.back if shown.form == 'cloze' else ''}"
    speaker = opinions[0].speaker
    if names_somebody(said, [speaker], context, besides=opinions[0].text):
        return ""
    if _UNNAMED.search(shown.masked):  # deictic-source asks for the name
        return ""
    who = speaker or "the speaker"
    return f"The evidence is an opinion: begin with 'According to {who}'."


def _rests_on_opinion(text: str, asked: frozenset[str]) -> bool:
    """Claim that of a text's sentences the one a card is about is the speaker's view."""
    told = _text.norm(text)
    shares = [
        (len(asked & _text.stems(told[start:end])), told[start:end])
        for start, end in words.sentences(told)
    ]
    most = max((share for share, _ in shares), default=0)
    # Words in quotation marks are somebody else's, or are themselves what is talked about.
    return any(
        share == most and _OPINION.search(_text.mask(sentence)) for share, sentence in shares
    )


def names_somebody(
    said: str, speakers: Sequence[str], context: Context, *, besides: str = ""
) -> bool:
    """Claim that a card ties what it says to one of the speakers or to another person.

    Names that stand in `besides` are what is talked about.
    """
    spoken = frozenset[str]().union(*(known_as(each, context.people) for each in speakers))
    if name_parts(said) & spoken or _PERSON.search(said):
        return True
    known = name_parts(besides)
    return bool(besides) and any(
        name_parts(found[0]) - known for found in _FULL_NAME.finditer(said[1:])
    )
