"""Compare the quotes of a work's pages with what was said, and report it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from quizgen import alignment, evidence, evidenceline
from quizgen.model import Document, Evidence, Kind, Piece, Work

_PLACED: Final[tuple[Kind, ...]] = ("insight", "idea", "section")
_SLOW: Final = 90
"""Words a minute: a transcript with fewer than this for its length is not the whole of it."""
_PART: Final = 0.8
_LONGEST: Final = 30


@dataclass(frozen=True, slots=True)
class Audited:
    """A quote of a page, what was found of it, and for a condensed one the closest words."""

    document: Document
    quote: Piece
    found: Evidence
    closest: Evidence | None = None


def audit(work: Work) -> tuple[Audited, ...]:
    """Look for every quote of the work's pages in its transcripts, in the order of the pages."""
    spoken = evidence.transcript(work)
    index = alignment.index(work)
    done: list[Audited] = []
    for document in work.documents:
        if document.is_transcript:
            continue
        for quote in document.pieces:
            if quote.kind != "quote":
                continue
            found = evidence.audit(quote, work, spoken=spoken)
            best = alignment.best(quote.text, index) if found.match == "condensed" else None
            done.append(Audited(document, quote, found, best.evidence if best else None))
    return tuple(done)


def lines(work: Work, audited: Sequence[Audited], names: Mapping[str, str]) -> Iterator[str]:
    """Say of each page how many of its quotes were never said like that, and what was said.

    `names` gives each document as the person named it. Of a page that has no transcript, say
    what one would unlock.
    """
    if not any(document.is_transcript for document in work.documents):
        yield from _unlocked(work)
        return
    whole = any(is_whole(document, work) for document in work.documents if document.is_transcript)
    for document in dict.fromkeys(each.document.path for each in audited):
        mine = [each for each in audited if each.document.path == document]
        yield f"{names[document]}: {_verdict(mine, whole=whole)}"
        for each in mine:
            yield from _told(each, names)


def is_whole(document: Document, work: Work) -> bool:
    """Claim that a transcript holds the whole recording, as far as its length can tell."""
    minutes = max(each.minutes for each in work.documents)
    times = [piece.seconds for piece in document.pieces if piece.seconds is not None]
    if minutes and times:
        return max(times) >= 60 * _PART * minutes
    spoken = word_count(document)
    most = max(word_count(each) for each in work.documents)
    return spoken >= max(_PART * most, _SLOW * minutes)


def word_count(document: Document) -> int:
    """Count the words that a document has as speech."""
    said = (piece.text for piece in document.pieces if piece.kind in ("turn", "caption"))
    return sum(len(text.split()) for text in said)


def _verdict(mine: Sequence[Audited], *, whole: bool) -> str:
    total = len(mine)
    never = sum(each.found.match == "condensed" for each in mine)
    nearly = sum(each.found.match == "near" for each in mine)
    one = total == 1
    quotes = "the one quote" if one else f"{total} quotes"
    if not never and not nearly:
        return f"{'' if one else 'all '}{quotes} on this page {'was' if one else 'were'} said so"
    parts: list[str] = []
    if never and whole:
        was = "was" if never == 1 else "were"
        parts.append(
            f"{never} of {quotes} on this page {was} never said like that"
            if not one
            else "the one quote on this page was never said like that"
        )
    elif never:
        verb = "is" if never == 1 else "are"
        parts.append(
            f"{never} of {quotes} on this page {verb} not in the transcript, which is not whole"
        )
    if nearly:
        of = "" if never else f" of {quotes} on this page"
        parts.append(f"{nearly}{of} {'differs' if nearly == 1 else 'differ'} by a few words")
    return ", ".join(parts)


def _told(each: Audited, names: Mapping[str, str]) -> Iterator[str]:
    if each.found.match not in ("near", "condensed"):
        return
    line = each.quote.lines[0]
    yield f"  {names[each.document.path]}:{line}: “{_cut(each.quote.text)}”"
    said = each.found if each.found.match == "near" else each.closest
    if said is None:
        yield "    nothing like it was found"
        return
    lead = "said" if each.found.match == "near" else "closest"
    yield f"    {lead}: “{_cut(said.text)}” — {place(said, names)}"


def place(said: Evidence, names: Mapping[str, str]) -> str:
    """Say who said something, when, and where it stands."""
    when = evidenceline.clock(said.seconds) if said.seconds is not None else ""
    first, last = said.lines
    span = f"{first}" if first == last else f"{first}-{last}"
    where = f"{names[said.document]}:{span}"
    return ", ".join(part for part in (said.speaker, when, where) if part)


def _unlocked(work: Work) -> Iterator[str]:
    """Say what a transcript would add to pages about something said, which have none."""
    if not any(map(_reports_speech, work.documents)):
        return
    counts: dict[Kind, int] = dict.fromkeys(("quote", *_PLACED), 0)
    for document in work.documents:
        for piece in document.pieces:
            if piece.kind in counts:
                counts[piece.kind] += 1
    told = [_count(counts[kind], kind) for kind in _PLACED if counts[kind]]
    quotes = _count(counts["quote"], "quote") if counts["quote"] else ""
    unlocks = [f"compare {quotes} with what was said"] if quotes else []
    if told:
        unlocks.append(f"show who said what of {_listed(told)}, and when")
    if unlocks:
        yield f"a transcript, given too, would {' and '.join(unlocks)}"


def _reports_speech(document: Document) -> bool:
    """Claim that a page is about a recording: it quotes, or tells a guest, a length, chapters."""
    kinds = {piece.kind for piece in document.pieces}
    spoken = any(person.role in ("host", "guest", "speaker") for person in document.people)
    told = spoken or document.minutes or document.recording or "chapter" in kinds
    return "quote" in kinds or bool(told and kinds & {"insight", "idea"})


def _listed(parts: Sequence[str]) -> str:
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else parts[0]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _cut(text: str) -> str:
    words = text.split()
    return " ".join(words[:_LONGEST]) + (" …" if len(words) > _LONGEST else "")
