"""Judge whether a card has the speaker's words, and the right speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Card, Evidence, Person

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
    plain = words.without_fillers(_text.plain(_text.norm(text)))
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
        text = _text.norm(source)
        place = fuzz.partial_ratio_alignment(quote.casefold(), text.casefold())
        if place is None or place.score < score or len(text) < 2:
            continue
        start = text.rfind(" ", 0, place.dest_start + 1) + 1
        end = text.find(" ", max(start, place.dest_end - 1))
        best, score = text[start : end if end >= 0 else None].strip(), place.score
    return best


# --- who said it -------------------------------------------------------------

NAME: Final = (
    r"(?:(?:[A-ZÀ-Þ][\w'’.-]*|von|van|de|der|da|di|la|du|bin|al)\s+)*[A-ZÀ-Þ][\w’'-]*[^\W_]"
)
SAYING: Final = (
    r"(?:said|says?|wrote|writes?|argue[sd]?|claim(?:s|ed)?|thinks?|thought|believe[sd]?"
    r"|call(?:s|ed)?|promise[sd]?|describe[sd]?|put it|puts it|warn(?:s|ed)?|advise[sd]?"
    r"|suggest(?:s|ed)?|recommend(?:s|ed)?|predict(?:s|ed)?|declare[sd]?|remark(?:s|ed)?|note[sd]?"
    r"|told|tells|compare[sd]?|explain(?:s|ed)?|sees?|prefer(?:s|red)?|expect(?:s|ed)?|means?"
    r"|propose[sd]?|state[sd]?|ask(?:s|ed)?)"
)
_ROLE: Final = (
    r"(?:[a-z]+ )?(?:[a-z-]{2,}(?:er|or|ist|ian|eur|ant|ess|man|woman|wright|smith)|coach|chef"
    r"|critic"
    r"|poet|judge|nurse|vet|host|guest|monk|nun|priest|scout|cook|diver|pilot|guide|cellist|imam"
    r"|rabbi|luthier|midwife|engineer|general|captain|colonel|major|minister|president|skipper)"
)
_CREDITED: Final = (
    r"(?:view|opinion|claim|argument|advice|rule|words|phrase|answer|guess|estimate|prediction"
    r"|forecast|definition|metaphor|recommendation|eyes|judg\w+)"
)
_CREDITS: Final = re.compile(
    rf"\b[Aa]ccording to (?P<a>{NAME})"
    rf"|\b(?:do|does|did|would|has|had) (?:(?:the )?{_ROLE} )?(?P<b>{NAME}) (?:\w+ly )?{SAYING}\b"
    rf"|\b[Ff]or {_ROLE} (?P<d>{NAME}),"
    rf"|^(?:[Tt]he )?(?:{_ROLE} )?(?P<e>{NAME}) (?:says?|thinks?|believes?|argues?|holds?"
    r"|said|thought|believed|argued|held|claims?|claimed) that\b"
    rf"|(?P<c>{NAME})['’]s? (?:\w+ )?{_CREDITED}\b",
)
_QUOTE_CREDITS: Final = re.compile(
    rf"^(?:[Tt]he |[Aa]s |\w+, )?(?:[a-z-]+ ){{0,3}}(?P<a>{NAME})(?:,[^,:]{{1,40}},)?"
    rf"(?:['’]s?\b|,? on\b|,? about\b|\s*:|\s*\([^)]*\)|,? \w* ?{SAYING}\b)"
    rf"|[—–-]\s*(?P<b>{NAME})\s*(?:[,(].*)?$"
    rf"|“”[,.]?\s*(?:\w+ )?{SAYING} (?P<c>{NAME})",
)
_TITLES: Final = _text.vocabulary(
    """
    the a an in on of and mr mrs ms dr prof professor sir president host guest speaker judge
    justice senator saint st lord lady king queen according what which who how why coach chef
    captain doctor sister brother father mother rabbi imam bishop general colonel major nurse
    """,
)
_NO_NAME: Final = re.compile(
    r"(?:speaker|voice|host|guest|interviewer|unknown|person|male|female|narrator|participant)?"
    r"[\s_-]*\w?\d*",
    re.IGNORECASE,
)
_THIRD: Final = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_PASSED_ON: Final = _text.any_of(
    r"\b(?:quot\w+|passing on|passes on|told by|proverbs?|sayings?|recall\w*|report\w*|repeat\w*"
    r"|retell\w*|hears?|heard|motto|adage|(?:his|her|their) \w+'s)\b"
)
# What stands before the words: "My teacher used to say that", and not "I'd say".
_REPORTS: Final = re.compile(
    r"(?:\b(?:told|taught|reminded|assured) (?:me|us)\b"
    r"|\b(?<!I )(?<!we )(?:used to|would|always|once|often) (?:say|said|tell|told|says)\b"
    r"|\b(?!(?:I|we|you)\b)(?:(?:he|she|they|people|who|[A-Z][a-z]+|(?:my|our|his|her|the|an?|old)"
    r"(?: [\w-]+){1,3})) (?:say|says|said|wrote|put it|warned|joked)\b"
    r"|\b(?:saying|proverb|motto|adage) (?:goes|is|runs|has it)\b)"
    r"[^.;!?]{0,40}?(?:\bthat|[:,])?\s*[\"']?$",
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
    spoken = frozenset[str]().union(*(known_as(each, context.people) for each in speakers))
    is_quote = _text.is_quote(card)
    found = (_QUOTE_CREDITS.search(masked) if is_quote else None) or _CREDITS.search(masked)
    credited = next((group for group in found.groups() if group), "") if found else ""
    if not credited and is_quote:
        credited = context.credited
    parts = name_parts(credited)
    is_own = is_quote and parts & spoken and not _PASSED_ON.search(masked)
    if is_own and any(_is_passed_on(quote, cited) for quote in _quotes(card, context)):
        return (
            f"{speakers[0]} passes on what somebody else said: write whose words they are,"
            f" 'quoted by {speakers[0]}'."
        )
    if not parts or parts & spoken or spoken & name_parts(masked):
        return ""
    # A speaker may report another's view, as "she" if not by name; a quotation must say so.
    told = _text.support(card, context)
    if not is_quote and (parts & name_parts(told) or _THIRD.search(told)):
        return ""
    return (
        f"The evidence is spoken by {speakers[0]}, not {credited}: correct the name, or write"
        f" '{credited}, quoted by {speakers[0]}'."
    )


def _quotes(card: Card, context: Context) -> tuple[str, ...]:
    return _text.quotations(card) or ((context.quote,) if context.quote else ())


def _is_passed_on(quote: str, cited: Sequence[Evidence]) -> bool:
    """Claim that the evidence brings in a quote's words as another's."""
    opening = " ".join(_text.norm(quote).casefold().split()[:4])
    for evidence in cited:
        told = _text.norm(evidence.text)
        at = told.casefold().find(opening)
        sentence = re.split(r"[.!?] ", told[:at])[-1] if at > 0 else ""
        if _REPORTS.search(sentence) and not re.search(
            r"\bI (?:\w+ )?(?:say|said|told|tell)\b", sentence
        ):
            return True
    return False


def known_as(name: str, people: Sequence[Person]) -> frozenset[str]:
    """Collect the parts of everything that a person is called."""
    mine = name_parts(name)
    for person in people:
        theirs = frozenset[str]().union(*map(name_parts, (person.name, *person.aliases)))
        if mine & theirs:
            mine |= theirs
    return mine


def name_parts(text: str) -> frozenset[str]:
    """Fold the capitalised words of a text: what two spellings of a name share."""
    return (
        frozenset(
            word.casefold().removesuffix("'s")
            for word in _text.tokens(text)
            if word[0].isupper() and len(word) > 1
        )
        - _TITLES
    )


def is_nameless(speaker: str) -> bool:
    """Claim that a label such as "Speaker 2" names nobody."""
    return _NO_NAME.fullmatch(speaker.strip()) is not None


# --- half a sentence ---------------------------------------------------------

_HALF: Final = re.compile(
    r"(?:and|but(?! for\b)|so(?! (?:long|far|much|many|that|few|little)\b)|which|because|or"
    r"|whereas|nor|than)\b"
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
            counted = f"{count} word" if count == 1 else f"{count} words"
            return f"“{quote}” has only {counted}: quote a whole thought."
        if found := _HALF.match(quote.strip()):
            return f"“{quote}” begins with {found[0]!r}: quote from where the thought begins."
    return ""
