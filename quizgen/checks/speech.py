"""Judge whether a card has the speaker's words, and the right speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Card, Person

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
    for quote in _text.quotations(card) or ((context.quote,) if context.quote else ()):
        folded = [_letters(source) for source in (*sources, context.window) if source]
        places = (*folded, "".join(folded[: len(sources)]))
        if not any(_stands_in(quote, place) for place in places) and not (
            context.source and _stands_in(quote, _letters(context.source))
        ):
            nearest = _nearest(quote, [*sources, context.window])
            fix = f"the source has “{nearest}”" if nearest else "take the words from the source"
            return f"“{quote}” is not in the evidence word for word: {fix}."
    return ""


@lru_cache(maxsize=64)
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
    cited = [e for e in card.evidence if not e.is_only_close]
    speakers = [e.speaker for e in cited if not is_nameless(e.speaker)]
    if not speakers or len(speakers) < len(cited):
        return ""
    masked = _text.face(card.content).masked
    if _QUOTED_BY.search(masked):
        return ""
    spoken = frozenset[str]().union(*(_known_as(each, context.people) for each in speakers))
    is_quote = _text.is_quote(card)
    found = (_QUOTE_CREDITS.search(masked) if is_quote else None) or _CREDITS.search(masked)
    credited = next((group for group in found.groups() if group), "") if found else ""
    if not credited and is_quote:
        credited = context.credited
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


def _known_as(name: str, people: Sequence[Person]) -> frozenset[str]:
    """Collect the parts of everything that a person is called."""
    mine = _name_parts(name)
    for person in people:
        theirs = frozenset[str]().union(*map(_name_parts, (person.name, *person.aliases)))
        if mine & theirs:
            mine |= theirs
    return mine


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


def is_nameless(speaker: str) -> bool:
    """Claim that a label such as "Speaker 2" names nobody."""
    return _NO_NAME.fullmatch(speaker.strip()) is not None


def missing_attribution(card: Card, context: Context) -> str:
    """Find opinions that a card states as facts."""
    cited = [e for e in card.evidence if not e.is_only_close]
    opinions = [e for e in cited if _OPINION.search(words.norm(e.text))]
    if not opinions or len(opinions) < len(cited):
        return ""
    shown = _text.face(card.content)
    said = f"{shown.front} {shown.back if shown.form == 'cloze' else ''}"
    speaker = opinions[0].speaker
    if names_somebody(said, [speaker], context, besides=opinions[0].text):
        return ""
    who = speaker or "the speaker"
    return f"The evidence is an opinion: begin with 'According to {who}'."


def names_somebody(
    said: str, speakers: Sequence[str], context: Context, *, besides: str = ""
) -> bool:
    """Claim that a card ties what it says to one of the speakers or to another person.

    Names that stand in `besides` are what is talked about.
    """
    spoken = frozenset[str]().union(*(_known_as(each, context.people) for each in speakers))
    if _name_parts(said) & spoken or _PERSON.search(said):
        return True
    known = _name_parts(besides)
    return bool(besides) and any(
        _name_parts(found[0]) - known for found in _FULL_NAME.finditer(said[1:])
    )


# --- half a sentence ---------------------------------------------------------

_HALF: Final = re.compile(
    r"(?:and|but|so(?! (?:long|far|much|many|that|few|little)\b)|which|because|or)\b"
    # "It's better to ... than to ..." is whole; "it's about time" hangs on what came before.
    r"|(?:it's|that's)\b(?!.{1,60}\b(?:to|that|who|when|than|if)\b)",
    re.IGNORECASE,
)


def quote_fragment(card: Card, context: Context) -> str:
    """Find quotations that are too short, or begin in the middle of a thought."""
    if not _text.is_quote(card):
        return ""
    quotes = _text.quotations(card) or ((context.quote,) if context.quote else ())
    for quote in quotes:
        if (count := words.word_count(quote.replace("…", " "))) < 4 and "…" not in quote:
            return f"“{quote}” has only {count} words: quote a whole thought."
        if found := _HALF.match(quote.strip()):
            return f"“{quote}” begins with {found[0]!r}: quote from where the thought begins."
    return ""
