"""Ask for the point of a line that somebody said, in their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import evidence, words
from quizgen.generate.offline import lexicon
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.drafts import cloze
from quizgen.generate.offline.guards import is_open
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import as_heard, sentence_case
from quizgen.model import Draft, Evidence, Piece, Tier

_TURNS: Final = frozenset(
    {*lexicon.AUXILIARIES, "to", "that", "because", "only", "than", "it's", "isn't", "not", "by"},
)
_LEANS: Final = re.compile(
    r"(?:and |but |so )?(?:also|will|would|can|was|were|is|are|they|them|he|she|these|those"
    r"|(?:this|that)(?! \w+ (?:of|that|which|who))"
    r"|it(?!(?: is| was|['’]s| will be| would be| can be| may be)(?: \w+){1,2}"
    r" (?:that|to|for|when|if)\b)"
    r")\b(?!['’])",
    re.IGNORECASE,
)
_LINKING: Final = re.compile(r"(?:and|or|for|of|to|in|on|by|with|a|an|the|as) ", re.IGNORECASE)
_MOST_LETTERS: Final = 3000
_LONGEST: Final = 46
_LIGHT: Final = (
    lexicon.PRONOUNS
    | lexicon.AUXILIARIES
    | lexicon.DETERMINERS
    | {"it", "it's", "and", "but", "so", "or"}
)
_ADVERBS: Final = frozenset({"still", "just", "also", "really", "actually", "always", "even"})
_LINKS: Final = (
    lexicon.PREPOSITIONS
    | lexicon.DETERMINERS
    | lexicon.AUXILIARIES
    | lexicon.PRONOUNS
    | _TURNS
    | _ADVERBS
    | {"and", "or", "it"}
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
    parts = point(scene, said)
    if parts is None:
        return
    before, hidden, after = parts
    credit = scene.dated(speaker) if speaker else f"From “{scene.title}”"
    if tier == "rough" and found.match != "page":
        lead = f"{credit}, in paraphrase: "
        parts, rule = (lead + before, hidden, after), "quote_paraphrase"
    else:
        before, hidden, after = (part.replace("“", "‘").replace("”", "’") for part in parts)
        parts = (f"{credit}: “{before}", hidden, f"{after}”")
        rule = "quote_complete"
    yield from cloze(scene, piece, found, parts, rule=rule, tier=tier)


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
    parts = _point(scene, text, strict=True) or _point(scene, text, strict=False)
    if parts is None and len(found := words.sentences(text)) > 1:
        alone = (_point(scene, text[start:end], strict=True) for start, end in reversed(found))
        return next((each for each in alone if each), None)
    return parts


def _point(scene: Scene, text: str, *, strict: bool) -> tuple[str, str, str] | None:
    for start, end in reversed(words.sentences(text)):
        taken = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]
        said = [bare(text[begin:stop]) for begin, stop in taken]
        if len(taken) < 5 or text[end - 1] == "?":
            continue
        for first, last in _candidates(scene, said, text[start:end].split()):
            begin, stop = taken[first][0], taken[last - 1][1]
            stop = begin + len(text[begin:stop].rstrip(".,;:!?\"'”’)"))
            begin += len(text[begin:stop]) - len(text[begin:stop].lstrip("\"'“‘("))
            while (lead := _LINKING.match(text, begin, stop)) and lead.end() < stop:
                begin = lead.end()
            if _cuts_a_name(text[begin:stop], text[stop:end]):
                continue
            hidden = words.content_stems(text[begin:stop])
            shown = words.content_stems(f"{text[:begin]} {text[stop:]}")
            whole = text.count("(", begin, stop) == text.count(")", begin, stop)
            if not whole or (strict and is_open(text[begin:stop])):
                continue
            if hidden and not hidden & shown and "," not in text[begin:stop]:
                # A long quotation keeps only the sentence that is asked about.
                fits = words.word_count(text) <= _LONGEST
                before = text[:begin] if fits else text[start:begin]
                return before, text[begin:stop], text[stop:] if fits else text[stop:end]
    return None


def _cuts_a_name(hidden: str, after: str) -> bool:
    """Claim that a name goes on behind the blank: `{{Apollo}} 11`."""
    last, following = hidden.split()[-1:], after.split()[:1]
    if not last or not following or not after.startswith(" "):
        return False
    return last[0][0].isupper() and (following[0][0].isupper() or following[0][0].isdigit())


def _candidates(scene: Scene, said: list[str], raw: list[str]) -> Iterator[tuple[int, int]]:
    """Offer places to blank, as words from and to: what follows a turn, then later phrases."""
    last = len(said)
    known = words.content_stems(scene.topic)
    while last > 3 and known and words.content_stems(said[last - 1]) & known:
        last -= 1
    first = next((at + 1 for at in range(last - 2, 1, -1) if said[at] in _TURNS), 0)
    while first and first < last - 1 and said[first] in _ADVERBS | lexicon.DETERMINERS:
        first += 1
    if first and 1 <= last - first <= 6 and 2 * (last - first) <= len(said):
        yield first, last
    commas = [at for at, word in enumerate(raw) if word.endswith((",", ";", "—"))]
    if commas and 2 <= len(said) - commas[-1] - 1 <= 5:
        opening = commas[-1] + 1
        while opening < len(said) - 2 and said[opening] in _LIGHT:
            opening += 1
        yield opening, len(said)
    # A phrase before a single word, which is often any word; what the work is about never.
    runs = [
        (len(found) < 2, run)
        for run in _runs(said)
        if (found := words.content_stems(" ".join(said[slice(*run)])) - known)
    ]
    yield from (run for _, run in sorted(runs, key=lambda ranked: ranked[0]))
    yield len(said) - 2, len(said)
    for at in range(last - 2, 1, -1):
        if said[at] not in _LINKS and said[at + 1] not in _LINKS:
            yield at, at + 2


def _runs(said: list[str]) -> Iterator[tuple[int, int]]:
    """Find up to four words in a row between joining words, the last first."""
    stop = len(said)
    for at in range(len(said) - 1, 1, -1):
        if said[at - 1] in _LINKS and said[at] not in _LINKS:
            if stop - at <= 4:
                yield at, stop
            stop = at - 1
            while stop > 1 and said[stop - 1] in _LINKS:
                stop -= 1
