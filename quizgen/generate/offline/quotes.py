"""Ask for the point of a line that somebody said, in their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import evidence, words
from quizgen.generate.offline import common, hints, lexicon, phrases, verbs, wording
from quizgen.generate.offline.drafts import basic, cloze
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
_NOT_THINGS: Final = gathered(
    """
    able about amount answer anybody anyone anything back best better cannot certain chance
    child children day days each easy else enough even everybody everyone everything fact
    first free full good great half hard high hour human humans idea just kind last less like
    little long lot lots man many maybe men middle moment more most much must near need never
    nobody nothing once part parts people person point real realization same should side
    somebody someone something soon sort such sure that thing things time times today true
    ways week well what whole will without woman women world worth would wrong year years
    """
)
_MOST_LETTERS: Final = 3000
_LONGEST: Final = 42
_MOST_HIDDEN: Final = 2
_SHORTEST: Final = 6
_LONGEST_ASKED: Final = 28
_LOOSE_OPENING: Final = re.compile(
    r"(?:we|they|he|she|it|this|that|these|those|then|so|and|but)\b", re.IGNORECASE
)
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
_BIOGRAPHY: Final = re.compile(
    r"^(?:[A-Z][\w.’'-]+ ){2,}(?:\([^)]*\) )?(?:is|was) an? (?:[\w-]+,? ){0,5}"
    r"(?:actor|author|biologist|biotechnologist|chef|chemist|economist|engineer|entrepreneur"
    r"|historian|journalist|mathematician|philosopher|physicist|politician|professor|psychologist"
    r"|researcher|scientist|singer|writer)\b|, (?:1\d{3}|20\d{2})(?:s)?$"
)
_NOISE: Final = re.compile(
    r"\bright\?|\b(?:um|uh|gonna|kinda)\b|\byou know,|\bI mean\b", re.IGNORECASE
)
_CITED: Final = re.compile(r"[A-Z][\w’'-]+ et al\b|.*\bdescribing .*\d{4}$")
_OWN_LIFE: Final = re.compile(r".*\b(?:I|my|me|I[’']m|I[’']ve|I[’']d)\b", re.DOTALL)


def quotes(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Hide the point of a quotation; one that the page condensed is shown as a paraphrase."""
    if words.word_count(piece.text) < 5:
        return
    found = evidence.audit(piece, scene.passage.work, spoken=scene.spoken)
    if found.speaker and piece.speaker and not evidence.same_person(found.speaker, piece.speaker):
        return
    speaker = piece.speaker or found.speaker or only_voice(scene)
    said, tier = _wording(piece, found)
    yield from _who(scene, piece, said)
    english = scene.passage.document.language.split("-")[0].casefold() in ("en", "")
    # Printed pages condense what was said: what no transcript confirms is not tested by its words.
    if tier == "rough" and english and not scene.passage.document.is_transcript:
        return
    if (found.match == "page" and leans(said)) or not speaker:
        return
    if english and is_caption(said):
        return
    if _NOISE.search(said):
        return
    if not piece.speaker and not found.speaker:
        tier = "rough"
    if is_small_talk(scene, speaker, said):
        return
    parts = point(scene, said)
    if parts is None:
        return
    before, hidden, after = parts
    credit = scene.dated(speaker)
    here = any(evidence.same_person(speaker, person.name) for person in scene.passage.work.people)
    if here and not wording.is_placed(scene, said, hidden):
        credit = f"{credit} {scene.about}".rstrip()
    if tier == "rough" and found.match != "page":
        lead = f"{credit}, in paraphrase: "
        parts, rule = (lead + before, hidden, after), "quote_paraphrase"
    else:
        before, hidden, after = (part.replace("“", "‘").replace("”", "’") for part in parts)
        parts = (f"{credit}: “{before}", hidden, f"{after}”")
        rule = "quote_complete"
    yield from cloze(scene, piece, found, parts, rule=rule, tier=tier)


def _who(scene: Scene, piece: Piece, said: str) -> Iterator[Draft]:
    """Ask whom a work quotes, where it is nobody of the work itself: there are many of them."""
    speaker = piece.speaker
    people = [person.name for person in scene.passage.work.people]
    taken = speaker.removesuffix(".").split()
    named = len(taken) > 1 and all(part[:1].isupper() for part in taken if len(part) > 3)
    own = any(evidence.same_person(speaker, name) for name in people)
    shown = taken and taken[-1] in f"{said} {scene.title}"
    if not named or own or shown or any(map(str.isdigit, speaker)) or leans(said):
        return
    english = scene.passage.document.language.split("-")[0].casefold() in ("en", "")
    if not english or "?" in said or is_caption(said) or _LOOSE_OPENING.match(said):
        return
    if not _SHORTEST <= words.word_count(said) <= _LONGEST_ASKED:
        return
    where = f" {scene.about}" if scene.about.startswith("in “") else ""
    line = said.replace("“", "‘").replace("”", "’").rstrip(".")
    asked = f"Who is quoted{where} as saying: “{line}”?"
    yield from basic(scene, piece, piece.text, asked, speaker, rule="quote_who", tier="ready")


def is_small_talk(scene: Scene, speaker: str, said: str) -> bool:
    """Claim that a host tells something of their own life, which teaches nothing."""
    hosts = [person.name for person in scene.passage.work.people if person.role == "host"]
    return any(evidence.same_person(speaker, host) for host in hosts) and bool(
        _OWN_LIFE.match(said)
    )


def is_caption(said: str) -> bool:
    """Claim that a line is no sentence somebody said, but tells of a person, a date or a source."""
    plain = said.strip("\"'“”‘’ .")
    if _BIOGRAPHY.search(plain) or _CITED.match(plain):
        return True
    taken = [word.casefold() for word in words.tokens(plain)]
    acts = lexicon.AUXILIARIES | verbs.THIRD.keys() | verbs.PAST.keys() | verbs.BASES
    joined = any(mark in said for mark in "’'")
    return len(taken) < 14 and not joined and not any(word in acts for word in taken)


def leans(said: str) -> bool:
    """Claim that a quotation begins amid a sentence, or speaks of what was said before it."""
    return _LEANS.match(said) is not None


def only_voice(scene: Scene) -> str:
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
                (weight + 0.2 * last, -begin, stop, start, end)
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
    """Weigh every noun, alone or with the word before it, that could be hidden."""
    start, end = span
    taken = phrases.cut(text[start:end])
    if len(taken) < 5:
        return
    denied = _DENIED.search(text, start, end)
    known = words.content_stems(f"{scene.topic} {scene.about}")
    room = words.word_count(text) if whole else len(taken)
    for first in range(len(taken)):
        for last in range(first + 1, min(first + _MOST_HIDDEN, len(taken)) + 1):
            run = taken[first:last]
            if any(word.closes for word in run[:-1]):
                break
            thing = _is_whole(taken, first, last)
            if not (thing or (len(run) == 1 and _is_rare(run[0]))) or 3 * len(run) > room:
                continue
            begin, stop = _trimmed(text, start + run[0].begin, start + run[-1].end)
            hidden = words.content_stems(text[begin:stop])
            shown = (
                text[:begin] + " " + text[stop:] if whole else text[start:begin] + text[stop:end]
            )
            if not hidden or hidden & words.content_stems(shown) or hidden <= known:
                continue
            if _cuts_a_name(text[begin:stop], text[stop:end]) or _is_listed(taken, first, last):
                continue
            if is_open(text[begin:stop]) or hints.opens_alike(text[begin:stop], shown):
                continue
            weight = _weight(taken, first, last) - 4.0 * (not thing)
            if denied and denied.start("what") <= begin and stop <= denied.end("what"):
                weight += 0.4
            yield weight - 1.5 * bool(hidden & known), begin, stop


def _is_rare(word: Word) -> bool:
    """Claim that a word is telling though no thing: `unwise`, `underestimating`."""
    plain = word.plain
    known = plain in _LOOSE_ENDS | _NOT_THINGS | lexicon.EVALUATIVE
    marked = any(mark in word.text for mark in "’'‘()“”/") or plain.endswith("ly")
    return len(plain) > 3 and plain.isalpha() and not known and not marked


def _is_deed(word: str) -> bool:
    return word in verbs.BASES or word in verbs.THIRD or word in verbs.PAST


def _is_listed(taken: list[Word], first: int, last: int) -> bool:
    """Claim that words are one of several in a row, where any other would fit."""
    joins = ("and", "or", "nor")
    before = [word.plain for word in taken[max(0, first - 3) : first]]
    after = [word.plain for word in taken[last : last + 4]]
    if any(join in before for join in joins) or any(join in after[:2] for join in joins):
        return True
    closed = taken[last - 1].text.endswith(",")
    opened = any(word.text.endswith(",") for word in taken[max(0, first - 3) : first])
    return closed and (opened or any(join in after for join in joins))


def _is_whole(taken: list[Word], first: int, last: int) -> bool:
    """Claim that a run is a thing, `default` or `quantum computer`, and all of what is left of it.

    A word that describes the thing may stay in sight before the blank.
    """
    run = [word.plain.replace("’", "'") for word in taken[first:last]]
    ends = last == len(taken) or taken[last - 1].closes
    following = "" if ends else taken[last].plain.replace("’", "'")
    previous = taken[first - 1].plain if first and not taken[first - 1].closes else ""
    if run[0] in _LOOSE_ENDS or run[-1] in _LOOSE_ENDS or not run[0]:
        return False
    if any(word in _LOOSE_ENDS for word in run) or any("n't" in word for word in run):
        return False
    if any(word.endswith("ly") for word in run) or any(word[:1].isdigit() for word in run):
        return False
    quoted = any(mark in word.text for word in taken[first:last] for mark in '()“”‘"/')
    owner = taken[last - 1].text.rstrip(".,;:!?").endswith(("'s", "’s"))
    if quoted or owner or run[-1] in lexicon.EVALUATIVE or "'" in run[-1]:
        return False
    return _is_thing(run[-1], previous if len(run) == 1 else run[0], following)


def _is_thing(word: str, previous: str, following: str) -> bool:
    """Claim that a word is a noun here, by its form and its neighbours."""
    if len(word) < 4 or phrases.is_adjective(word) or word in _NOT_THINGS:
        return False
    held = previous in lexicon.DETERMINERS | lexicon.PREPOSITIONS and previous != "to"
    deed = _is_deed(word) or word.endswith(("ed", "ing"))
    if deed and not held and not phrases.is_adjective(previous):
        return False
    if word in verbs.PAST or word.endswith("ed"):
        return False
    goes_on = following and following not in _LOOSE_ENDS
    return not goes_on or _is_verb(following)


def _describes(word: str) -> bool:
    """Claim that a word says what a thing is like, as `shorter` does."""
    return phrases.is_adjective(word) or _compares(word)


def _compares(word: str) -> bool:
    return word.endswith("er") and any(map(common.is_common, (word[:-1], word[:-2], word[:-3])))


def _is_verb(word: str) -> bool:
    return word in verbs.THIRD or word in verbs.PAST or word in verbs.BASES or word.endswith("ly")


def _weight(taken: list[Word], first: int, last: int) -> float:
    """Say how well a thing serves as a blank: a telling noun that the line turns on."""
    run = taken[first:last]
    rare = sum(not common.is_common(word.plain) for word in run)
    # The word that describes the thing is better seen: `shorter ____`.
    described = len(run) > 1 and _describes(run[0].plain)
    head = run[-1].plain
    weight = 1.1 * min(rare, 2) - 1.0 * (len(run) - 1) - 0.8 * described
    previous = taken[first - 1].plain if first and not taken[first - 1].closes else ""
    following = taken[last].plain if last < len(taken) and not run[-1].closes else ""
    # `A default is ...`, `one shorter form`: what the line is about, or the picture it draws.
    weight += 0.9 * (previous in ("a", "an")) + 0.4 * (previous in ("the", "one", "of"))
    subject = first <= 1 and (following in lexicon.AUXILIARIES or _is_verb(following))
    weight += 1.0 * subject + 0.5 * _describes(previous)
    vague = {head, head.removesuffix("s")} & (lexicon.VAGUE | lexicon.GENERIC | _NOT_THINGS)
    return weight - 2.5 * bool(vague) + 0.3 * (len(head) > 5) + 0.5 * first / len(taken)


def _trimmed(text: str, begin: int, stop: int) -> tuple[int, int]:
    stop = begin + len(text[begin:stop].rstrip(".,;:!?\"'”’)—–"))
    return begin + len(text[begin:stop]) - len(text[begin:stop].lstrip("\"'“‘(")), stop


def _cuts_a_name(hidden: str, after: str) -> bool:
    """Claim that a name goes on behind the blank: `{{Apollo}} 11`."""
    last, following = hidden.split()[-1:], after.split()[:1]
    if not last or not following or not after.startswith(" "):
        return False
    return last[0][0].isupper() and (following[0][0].isupper() or following[0][0].isdigit())
