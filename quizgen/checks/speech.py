"""Judge whether a card has the speaker's words, and the right speaker."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Card

# --- quotes ------------------------------------------------------------------

_GAP: Final = re.compile(r"…|\.{3,}|\[[^\]]*\]|_{2,}")
_DOUBLED: Final = re.compile(r"\b(\w+)(?:,? \1\b)+", re.IGNORECASE)


def quote_not_found(card: Card, context: Context) -> str:
    """Find quotations whose words do not stand in the evidence, blanks filled in."""
    if not card.evidence:
        return ""
    sources = [evidence.text for evidence in card.evidence]
    # A page's own wording of a quote is what its card shows when no transcript has better.
    sources += [e.note for e in card.evidence if e.note and e.match in ("condensed", "page")]
    for quote in _text.quotations(card):
        folded = [_letters(source) for source in sources]
        if not any(_stands_in(quote, source) for source in (*folded, "".join(folded))):
            nearest = _nearest(quote, [*sources, context.window])
            fix = f"the source has “{nearest}”" if nearest else "take the words from the source"
            return f"“{quote}” is not in the evidence word for word: {fix}."
    return ""


def _letters(text: str) -> str:
    plain = words.without_fillers(_text.plain(words.norm(text)))
    return words.letters(_DOUBLED.sub(r"\1", plain))


def _stands_in(quote: str, source: str) -> bool:
    """Claim that the pieces of a quote, parted by its cuts, stand in the source in order."""
    place = 0
    for piece in _GAP.split(quote):
        letters = _letters(piece)
        found = source.find(letters, place)
        if found < 0:
            return False
        place = found + len(letters)
    return True


def _nearest(quote: str, sources: list[str]) -> str:
    from rapidfuzz import fuzz  # noqa: PLC0415

    best, score = "", 75.0
    for source in sources:
        text = words.norm(source)
        place = fuzz.partial_ratio_alignment(quote.casefold(), text.casefold())
        if place is None or place.score < score or len(text) < 2:
            continue
        start = text.rfind(" ", 0, place.dest_start + 1) + 1
        end = text.find(" ", max(start, place.dest_end - 1))
        best, score = text[start : end if end >= 0 else None].strip(), place.score
    return best


# --- who said it -------------------------------------------------------------

_NAME: Final = (
    r"(?:(?:[A-ZÀ-Þ][\w'’.-]*|von|van|de|der|da|di|la|du|bin|al)\s+)*[A-ZÀ-Þ][\w’'-]*[^\W_]"
)
_SAYING: Final = (
    r"(?:said|says?|wrote|writes?|argue[sd]?|claim(?:s|ed)?|thinks?|thought|believe[sd]?"
    r"|call(?:s|ed)?|promise[sd]?|describe[sd]?|put it|puts it|warn(?:s|ed)?|advise[sd]?"
    r"|suggest(?:s|ed)?|recommend(?:s|ed)?|predict(?:s|ed)?|declare[sd]?|remark(?:s|ed)?|note[sd]?"
    r"|told|tells|compare[sd]?|explain(?:s|ed)?|sees?|prefer(?:s|red)?|expect(?:s|ed)?|means?"
    r"|propose[sd]?|state[sd]?|ask(?:s|ed)?)"
)
_CREDITED: Final = (
    r"(?:view|opinion|claim|argument|advice|rule|words|phrase|answer|guess|estimate|prediction"
    r"|forecast|definition|metaphor|recommendation|eyes|judg\w+)"
)
_CREDITS: Final = re.compile(
    rf"\b[Aa]ccording to (?P<a>{_NAME})"
    rf"|\b(?:do|does|did|would|has|had) (?P<b>{_NAME}) (?:\w+ly )?{_SAYING}\b"
    rf"|(?P<c>{_NAME})['’]s? (?:\w+ )?{_CREDITED}\b",
)
_QUOTE_CREDITS: Final = re.compile(
    rf"^(?:[Tt]he |[Aa]s |\w+, )?(?:[a-z-]+ ){{0,3}}(?P<a>{_NAME})(?:,[^,:]{{1,40}},)?"
    rf"(?:['’]s?\b|,? on\b|,? about\b|\s*:|\s*\([^)]*\)|,? \w* ?{_SAYING}\b)"
    rf"|[—–-]\s*(?P<b>{_NAME})\s*(?:[,(].*)?$"
    rf"|“”[,.]?\s*(?:\w+ )?{_SAYING} (?P<c>{_NAME})",
)
_TITLES: Final = _text.vocabulary(
    """
    the a an in on of and mr mrs ms dr prof professor sir president host guest speaker judge
    justice senator saint st lord lady king queen according what which who how why
    """,
)
_NO_NAME: Final = re.compile(
    r"(?:speaker|voice|host|guest|interviewer|unknown|person|male|female|narrator|participant)?"
    r"[\s_-]*\w?\d*",
    re.IGNORECASE,
)
_QUOTED_BY: Final = _text.any_of(r"\b(?:quoted|cited|reported|recalled|retold) (?:by|in)\b")


def speaker_mismatch(card: Card, context: Context) -> str:
    """Find words credited to somebody other than the speaker of the evidence."""
    speakers = [e.speaker for e in card.evidence if not _NO_NAME.fullmatch(e.speaker.strip())]
    if not speakers or len(speakers) < len(card.evidence):
        return ""
    masked = _text.face(card.content).masked
    if _QUOTED_BY.search(masked):
        return ""
    spoken = frozenset[str]().union(*map(_name_parts, speakers))
    is_quote = _text.is_quote(card)
    found = (_QUOTE_CREDITS.search(masked) if is_quote else None) or _CREDITS.search(masked)
    if not found:
        return ""
    credited = next(group for group in found.groups() if group)
    parts = _name_parts(credited)
    if not parts or parts & spoken or spoken & _name_parts(masked):
        return ""
    # A speaker may report another's view; a quotation must say so.
    if not is_quote and parts & _name_parts(_text.support(card, context)):
        return ""
    return (
        f"The evidence is spoken by {speakers[0]}, not {credited}: correct the name, or write"
        f" '{credited}, quoted by {speakers[0]}'."
    )


def _name_parts(text: str) -> frozenset[str]:
    """Fold the capitalised words of a text: what two spellings of a name share."""
    return (
        frozenset(
            word.casefold().removesuffix("'s")
            for word in words.tokens(text)
            if word[0].isupper() and len(word) > 1
        )
        - _TITLES
    )


_OPINION: Final = re.compile(
    r"\bI(?:'d| would| do)? (?:\w+ly )?(?:think|believe|guess|suspect|bet|expect|say|feel|doubt"
    r"|predict|argue|hope)\b(?! (?:about|of)\b)"
    r"|\b[Ii]n my (?:opinion|view|experience|mind)\b"
    r"|\b[Mm]y (?:guess|hunch|bet|view|feeling|opinion|prediction|sense) is\b"
    r"|\b(?:[Ff]or me|to me|[Pp]ersonally|[Ii]f you ask me)\b",
)
_PERSON: Final = re.compile(rf"\b{_NAME}(?= (?:\w+ly )?{_SAYING}\b)|\b[Aa]ccording to {_NAME}")
_FULL_NAME: Final = re.compile(r"(?<![.?!] )\b[A-ZÀ-Þ][a-zà-ÿ’'-]+(?: [A-ZÀ-Þ][\w.’'-]*)+")


def missing_attribution(card: Card, _context: Context) -> str:
    """Find opinions that a card states as facts."""
    opinions = [e for e in card.evidence if _OPINION.search(words.norm(e.text))]
    if not opinions or len(opinions) < len(card.evidence):
        return ""
    shown = _text.face(card.content)
    said = f"{shown.front} {shown.back if shown.form == 'cloze' else ''}"
    names = _name_parts(said)
    speaker = opinions[0].speaker
    if names & _name_parts(speaker) or _PERSON.search(said):
        return ""
    evidence = _name_parts(opinions[0].text)
    if any(_name_parts(found[0]) - evidence for found in _FULL_NAME.finditer(said[1:])):
        return ""
    who = speaker or "the speaker"
    return f"The evidence is an opinion: begin with 'According to {who}'."
