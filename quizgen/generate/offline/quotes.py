"""Ask for the point of a line that somebody said, in their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import evidence, words
from quizgen.generate.offline import common, lexicon, phrases, verbs, wording
from quizgen.generate.offline.drafts import cloze
from quizgen.generate.offline.guards import is_open
from quizgen.generate.offline.lexicon import gathered
from quizgen.generate.offline.phrases import Word
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import as_heard, sentence_case
from quizgen.model import Draft, Evidence, Piece, Tier

_LEANS: Final = re.compile(
    r"(?:and |but |so )?(?:also|will|would|can|was|were|is|are|they|them|he|she|these|those"
    r"|(?:this|that)(?! \w+ (?:of|that|which|who))"
    r"|it(?!(?: is| was|['’]s| will be| would be| can be| may be)(?: \w+){1,2}"
    r" (?:that|to|for|when|if)\b)"
    r")\b(?!['’])",
    re.IGNORECASE,
)
_MOST_LETTERS: Final = 3000
_LONGEST: Final = 46
_MOST_HIDDEN: Final = 4
_DENIED: Final = re.compile(
    r"(?:\bnot|n[’']t) (?:just |only |merely |simply )?(?:an? |the )?(?P<what>[^,;.]+?)"
    r"(?=, (?:it|but|they|that)|[.;] (?:It|They|That)|\b,| you | we | that )"
)
_LOOSE_ENDS: Final = (
    lexicon.PREPOSITIONS
    | lexicon.DETERMINERS
    | lexicon.AUXILIARIES
    | lexicon.PRONOUNS
    | lexicon.RELATIVES
    | lexicon.NEGATIONS
    | gathered(
        """
        actually also always and because but don't even ever i'm it's isn't just let make only or
        alone really so still than that's then they're to versus very we're who's you're later
        now today tonight using yet
        """
    )
)
_OWN_LIFE: Final = re.compile(
    r"(?:and |so |well,? )?(?:I (?:used to|remember|was|went|had|once|just)|my)\b", re.IGNORECASE
)


def quotes(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Hide the point of a quotation; one that the page condensed is shown as a paraphrase."""
    if words.word_count(piece.text) < 5:
        return
    found = evidence.audit(piece, scene.passage.work, spoken=scene.spoken)
    if found.speaker and piece.speaker and not evidence.same_person(found.speaker, piece.speaker):
        return
    speaker = piece.speaker or found.speaker or _only_voice(scene)
    said, tier = _wording(piece, found)
    if found.match == "page" and leans(said):
        return
    if not piece.speaker and not found.speaker:
        tier = "rough"
    if is_small_talk(scene, speaker, said):
        return
    parts = point(scene, said)
    if parts is None:
        return
    before, hidden, after = parts
    credit = scene.dated(speaker) if speaker else f"From “{scene.title}”"
    if speaker and not wording.is_placed(scene, said, hidden):
        credit = f"{credit} {scene.about}".rstrip()
    if tier == "rough" and found.match != "page":
        lead = f"{credit}, in paraphrase: "
        parts, rule = (lead + before, hidden, after), "quote_paraphrase"
    else:
        before, hidden, after = (part.replace("“", "‘").replace("”", "’") for part in parts)
        parts = (f"{credit}: “{before}", hidden, f"{after}”")
        rule = "quote_complete"
    yield from cloze(scene, piece, found, parts, rule=rule, tier=tier)


def is_small_talk(scene: Scene, speaker: str, said: str) -> bool:
    """Claim that a host tells something of their own life, which teaches nothing."""
    hosts = [person.name for person in scene.passage.work.people if person.role == "host"]
    return speaker in hosts and _OWN_LIFE.match(said) is not None


def leans(said: str) -> bool:
    """Claim that a quotation begins amid a sentence, or speaks of what was said before it."""
    return _LEANS.match(said) is not None


def _only_voice(scene: Scene) -> str:
    """Name the one person whom a quotation without a speaker can only be of, or nobody."""
    authors = [person.name for person in scene.passage.work.people if person.role != "host"]
    return scene.guest or (authors[0] if len(authors) == 1 else "")


def _wording(piece: Piece, found: Evidence) -> tuple[str, Tier]:
    """Choose whose wording to print: the transcript's, where it is one that can be printed."""
    match found.match:
        case "near" if re.search(r"[,.;!?]", found.text):
            return sentence_case(found.text) + _stop(found.text), "ready"
        case "verbatim":
            return as_heard(piece.text), "ready"
        case _:
            # Captions have no sentences: what they hold confirms a paraphrase, not a wording.
            return as_heard(piece.text), "rough"


def _stop(text: str) -> str:
    return text[-1] if text[-1:] in ".!?" else ""


def point(scene: Scene, text: str) -> tuple[str, str, str] | None:
    """Split a line into what stands before its point, the point, and what stands after."""
    if len(text) > _MOST_LETTERS:
        return None
    spans = words.sentences(text)
    whole = words.word_count(text) <= _LONGEST
    found: list[tuple[float, int, int, int, int]] = []
    for number, (start, end) in enumerate(spans):
        if text[end - 1] != "?":
            last = number == len(spans) - 1
            found += (
                (weight + 0.5 * last, -begin, stop, start, end)
                for weight, begin, stop in _candidates(scene, text, (start, end), whole=whole)
            )
    if not found:
        return None
    _, begin, stop, start, end = max(found)
    # A long quotation keeps only the sentence that is asked about.
    first, until = (0, len(text)) if whole else (start, end)
    return text[first:-begin], text[-begin:stop], text[stop:until]


def _candidates(
    scene: Scene, text: str, span: tuple[int, int], *, whole: bool
) -> Iterator[tuple[float, int, int]]:
    """Weigh every run of up to four words that could be hidden, by its place and its words."""
    start, end = span
    taken = phrases.cut(text[start:end])
    if len(taken) < 5:
        return
    denied = _DENIED.search(text, start, end)
    comma = max((at for at, word in enumerate(taken[:-1]) if word.closes), default=-1)
    known = words.content_stems(f"{scene.topic} {scene.about}")
    room = words.word_count(text) if whole else len(taken)
    for first in range(len(taken)):
        for last in range(first + 1, min(first + _MOST_HIDDEN, len(taken)) + 1):
            run = taken[first:last]
            if any(word.closes for word in run[:-1]):
                break
            if not _is_whole(taken, first, last) or 3 * len(run) > room:
                continue
            begin, stop = _trimmed(text, start + run[0].begin, start + run[-1].end)
            hidden = words.content_stems(text[begin:stop])
            shown = (
                text[:begin] + " " + text[stop:] if whole else text[start:begin] + text[stop:end]
            )
            # `never forgets where ...`: a deed within the line, where nothing better stands.
            deed = len(run) == 1 and last < len(taken) and _is_deed(run[0].plain)
            telling = _is_telling(text[begin:stop], hidden)
            if not (telling or deed) or hidden & words.content_stems(shown) or hidden <= known:
                continue
            if _cuts_a_name(text[begin:stop], text[stop:end]) or is_open(text[begin:stop]):
                continue
            weight = _weight(taken, first, last, after=comma) - 3.0 * (not telling)
            if denied and denied.start("what") <= begin and stop <= denied.end("what"):
                weight += 1.5
            yield weight - 1.5 * bool(hidden & known), begin, stop


def _is_telling(hidden: str, stems: frozenset[str]) -> bool:
    """Claim that a blank is no single everyday word: `grew`, `night`, `juice`."""
    return len(stems) > 1 or (bool(common.rare(hidden)) and len(hidden) > 4)


def _is_deed(word: str) -> bool:
    return word in verbs.BASES or word in verbs.THIRD or word in verbs.PAST


def _is_whole(taken: list[Word], first: int, last: int) -> bool:
    """Claim that a run is a thing, `quantum computer`, or a deed, `hides the bill`."""
    run = [word.plain.replace("’", "'") for word in taken[first:last]]
    ends = last == len(taken) or taken[last - 1].closes
    if not ends and taken[last].plain.replace("’", "'") not in _LOOSE_ENDS:
        return False
    if run[0] in _LOOSE_ENDS or run[-1] in _LOOSE_ENDS or not run[0]:
        return False
    deed = _is_deed(run[0])
    inner = lexicon.DETERMINERS | {"of"} if deed else {"of"}
    acts = verbs.THIRD.keys() | verbs.PAST.keys() | {"make", "get"}
    if any((word in _LOOSE_ENDS and word not in inner) or word in acts for word in run[1:]):
        return False
    quoted = any(mark in word.text for word in taken[first:last] for mark in '()“”‘"')
    open_end = run[-1].endswith("ing") and not ends and taken[last].plain in lexicon.DETERMINERS
    if open_end or any(word.endswith("ed") for word in run[1:]):
        return False
    digits = any("/" in word or word[:1].isdigit() for word in run)
    return not quoted and not digits and run[-1] not in lexicon.EVALUATIVE


def _weight(taken: list[Word], first: int, last: int, *, after: int) -> float:
    """Say how well a run serves as a blank: telling words, whole, and late in the line."""
    run = taken[first:last]
    said = [word for word in run if word.plain not in _LOOSE_ENDS]
    rare = sum(not common.is_common(word.plain) for word in said)
    weight = 0.7 * min(len(said), 2) + 1.2 * min(rare, 2)
    weight += 1.0 * (len(run) in (2, 3)) - 0.5 * (len(run) == 4)
    closed = last == len(taken) or run[-1].closes or taken[last].plain in _LOOSE_ENDS
    opened = first == 0 or taken[first - 1].closes or taken[first - 1].plain in _LOOSE_ENDS
    weight += 1.0 * closed + 1.0 * opened + 0.8 * (first > after >= 0) + 1.2 * first / len(taken)
    compares = run[0].plain.endswith("er") and common.is_common(run[0].plain)
    vague = compares or run[-1].plain in lexicon.VAGUE | lexicon.GENERIC | {
        "kind",
        "sort",
        "lot",
        "ways",
    }
    # `every lock slightly different`: a blank across two parts of a clause is hard to read.
    broken = any(word.plain.endswith(("ly", "n't", "n’t")) for word in run)
    short = len(run) == 1 and len(run[0].plain) < 8
    return weight - 2.0 * vague - 2.0 * broken - 1.0 * short


def _trimmed(text: str, begin: int, stop: int) -> tuple[int, int]:
    stop = begin + len(text[begin:stop].rstrip(".,;:!?\"'”’)—–"))
    return begin + len(text[begin:stop]) - len(text[begin:stop].lstrip("\"'“‘(")), stop


def _cuts_a_name(hidden: str, after: str) -> bool:
    """Claim that a name goes on behind the blank: `{{Apollo}} 11`."""
    last, following = hidden.split()[-1:], after.split()[:1]
    if not last or not following or not after.startswith(" "):
        return False
    return last[0][0].isupper() and (following[0][0].isupper() or following[0][0].isdigit())
