"""Judge what a model wrote: find its evidence, and let our own checks speak."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, TypeAlias

from quizgen import identity, words
from quizgen.checks import noise
from quizgen.checks.row import Context
from quizgen.generate.llm import drafting, ground, planted, speaking
from quizgen.generate.llm.parts import SPOKEN, Part, Passage, joined
from quizgen.generate.llm.replies import CardReply
from quizgen.generate.llm.wishes import CardKind
from quizgen.model import (
    Card,
    Content,
    Draft,
    Evidence,
    Piece,
    Problem,
)

Gate: TypeAlias = Literal["form", "evidence", "checks", "reread", "planted", "twin", "count"]

MENDABLE: Final = frozenset(
    {
        *("too-long", "missing-attribution", "negative-stem", "length-cue", "undefined-acronym"),
        *("cloze-guessable", "cloze-ambiguous", "cloze-too-much", "clang-cue", "absolute-terms"),
        *("overlapping-options", "long-list-answer", "quote-fragment", "asr-noise"),
        speaking.COUNT,
    }
)
"""Warnings that a writer can act on; the others are doubts that a reader settles."""

DOUBTS: Final = frozenset(
    {
        *("polarity-mismatch", "unsupported-answer", "second-correct-option"),
        *("implausible-distractor", "missing-attribution", "cloze-ambiguous"),
    }
)
"""Warnings that a reader may settle: what code says of them is right half of the time."""

_TOLD: Final = 0.6  # share of a reason's words that its source must have
_LONGEST_WHY: Final = 30  # words
_ALSO: Final = 8  # further lines that a reader is shown, and words of each
_ALSO_WORDS: Final = 60


@dataclass(frozen=True, slots=True)
class Judged:
    """A card that may be offered: its draft, and the warnings that stand against it.

    `window` is what a reader is shown of the source; `settles` are pieces of pages that it also
    teaches; `idea` and its `importance` are the plan's words for it; `hint` says why it is rough
    that somebody may guess it.
    """

    reply: CardReply
    draft: Draft
    window: str
    warnings: tuple[Problem, ...] = ()
    settles: tuple[tuple[str, Piece], ...] = ()
    importance: int = 2
    idea: str = ""
    hint: str = ""

    @property
    def mendable(self) -> tuple[str, ...]:
        """List the warnings that another wording may remove."""
        return sentences(
            [
                problem
                for problem in self.warnings
                if problem.rule in MENDABLE and not problem.sentence.endswith(noise.ONLY_HEARD)
            ]
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """A card that may not be offered as it is, and why, in sentences for its writer."""

    reply: CardReply
    gate: Gate
    reasons: tuple[str, ...]
    importance: int = 2
    idea: str = ""


def judge(
    reply: CardReply,
    passage: Passage,
    *,
    kinds: tuple[CardKind, ...],
    glossary: frozenset[str] = frozenset(),
    importance: int = 2,
    idea: str = "",
) -> Judged | Refused:
    """Ground a card in its passage and check it."""
    refused = partial(Refused, reply, importance=importance, idea=idea)
    content = drafting.content(reply, kinds)
    if isinstance(content, str):
        return refused("form", (content,))
    found = ground.find(reply.quote, passage, line=reply.line)
    if found is None:
        return refused("evidence", (_not_found(reply.quote, passage),))
    if planted.is_planted(found.evidence.text):
        reason = "Its words speak to a language model and teach nothing of the subject."
        return refused("planted", (reason,))
    proofs = [found.evidence]
    settles: list[tuple[str, Piece]] = []
    for part in _along(reply, passage, found.part):
        more = ground.told(f"{reply.quote} {reply.answer} {reply.question}", part, passage)
        if more and _proves(more.evidence, content):
            proofs.append(more.evidence)
            settles.append((more.evidence.document, more.piece))
    proofs += _leaning(reply, passage, found.part, content, proofs)
    draft = Draft(
        content,
        tuple(proofs[:3]),
        found.piece,
        speaking.RULE,
        why=_why(reply, found.part),
        section=_section(found),
    )
    around = window(found, passage)
    context = Context(
        glossary=glossary, window=" ".join(text for _, text in around), people=passage.work.people
    )
    problems = list(speaking.problems(draft, card(draft), passage, context))
    blocking = tuple(dict.fromkeys(p.sentence for p in problems if p.severity == "blocks"))
    if blocking:
        return refused("checks", blocking)
    around += _also(reply, passage, found.part)
    shown = "\n".join(f"{who}: {said}" if who else said for who, said in around)
    return Judged(reply, draft, shown, tuple(problems), tuple(settles), importance, idea)


def card(draft: Draft) -> Card:
    """See a draft as the card that it would be."""
    stamp = identity.stamp(draft)
    return Card("", draft.content, draft.evidence, tier=draft.tier, why=draft.why, stamp=stamp)


def window(found: ground.Found, passage: Passage) -> list[tuple[str, str]]:
    """Give evidence with two sentences on either side, and the question that it answers.

    Each is a speaker and words: a name that only labels a turn supports nothing. The heading
    of a page's line goes before it.
    """
    speaker, kind = found.part.run.speaker, found.part.run.kind
    text, begin, end, former = _widened(found, passage)
    spans = words.sentences(text)
    here = [n for n, span in enumerate(spans) if span[0] < end and begin < span[1]]
    if not here:
        return [(speaker, found.evidence.text)]
    chosen = spans[max(0, here[0] - 2) : here[-1] + 3]
    said = [(speaker, " ".join(text[chosen[0][0] : chosen[-1][1]].split()))]
    if kind not in SPOKEN:
        heading = _section(found)
        return [("Heading", heading), *said] if heading else said
    # On a page the line before is about something else.
    if here[0] < 2 and former is not None and former.run.kind in SPOKEN:
        asked = words.sentences(former.text)[-2:]
        said[:0] = [(former.run.speaker, " ".join(former.text[asked[0][0] :].split()))]
    return said


def _widened(found: ground.Found, passage: Passage) -> tuple[str, int, int, Part | None]:
    """Read the line of some words with its neighbours of one run, and give the line before."""
    entries, part = passage.parts, found.part
    at = next((n for n, each in enumerate(entries) if _begins(each, part)), -1)
    start, end = found.start, found.end
    if at < 0:
        return part.text, start, end, None
    last = at + 1
    while last < len(entries) and entries[last].start < part.end and part.run is entries[last].run:
        last += 1
    if last < len(entries) and (more := joined(part, entries[last])):
        part = more
    if at and (more := joined(entries[at - 1], part)):
        by = len(more.text) - len(part.text)
        part, start, end, at = more, start + by, end + by, at - 1
    return part.text, start, end, entries[at - 1] if at else None


def _begins(one: Part, other: Part) -> bool:
    return one.run is other.run and one.start == other.start


# --- evidence ----------------------------------------------------------------


def _not_found(quote: str, passage: Passage) -> str:
    if words.word_count(quote) < 3:
        return "`quote` holds too few words: copy the whole sentence that proves the answer."
    near = max(
        (span for part in passage.entries for span in _sentences(part)),
        key=lambda said: len(words.content_stems(said) & words.content_stems(quote)),
        default="",
    )
    if len(words.content_stems(near) & words.content_stems(quote)) >= 3:
        cut = " ".join(near.split()[:50])
        return f"`quote` does not stand in the source word for word; the source has “{cut}”."
    return "`quote` does not stand in the source: copy it letter for letter from one line."


def _sentences(part: Part) -> Iterator[str]:
    return (part.text[start:end] for start, end in words.sentences(part.text))


def _along(reply: CardReply, passage: Passage, home: Part) -> Iterator[Part]:
    """Give the parts of other documents that the writer names as saying the same."""
    numbers = dict.fromkeys((reply.line, *reply.also))
    for number in numbers:
        if 1 <= number <= len(passage.entries):
            part = passage.entries[number - 1]
            if part.run.document is not home.run.document:
                yield part


def _also(reply: CardReply, passage: Passage, home: Part) -> Iterator[tuple[str, str]]:
    """Give the start of other lines that the card is said to lean on, for its reader."""
    for number in [number for number in dict.fromkeys(reply.also) if number != reply.line][:_ALSO]:
        if 1 <= number <= len(passage.entries):
            part = passage.entries[number - 1]
            if part is not home:
                said = " ".join(part.text.split()[:_ALSO_WORDS])
                yield "Also", f"{part.run.speaker}: {said}" if part.run.speaker else said


def _proves(proof: Evidence, content: Content) -> bool:
    """Claim that words of a page hold the answer, and not its subject alone."""
    wanted = words.content_stems(identity.answer(content))
    return 2 * len(wanted & words.content_stems(proof.text)) >= max(1, len(wanted))


def _leaning(
    reply: CardReply, passage: Passage, home: Part, content: Content, proofs: Sequence[Evidence]
) -> Iterator[Evidence]:
    """Give sentences of the same document that lend the card a name or a year, as it says."""
    shown = f"{identity.question(content)} {identity.answer(content)}"
    given = " ".join((*(proof.text for proof in proofs), home.piece.heading, passage.work.title))
    missing = words.content_stems(shown) - words.content_stems(given)
    for number in dict.fromkeys(reply.also):
        part = passage.entries[number - 1] if 1 <= number <= len(passage.entries) else None
        if part is None or part is home or part.run.document is not home.run.document:
            continue
        if more := ground.lent(missing, part, passage):
            missing -= words.content_stems(more.evidence.text)
            yield more.evidence


def _section(found: ground.Found) -> str:
    return " ".join(found.piece.heading.split())


def _why(reply: CardReply, part: Part) -> str:
    """Take over a reason that the part itself gives; a second answer would be a second fact."""
    why = drafting.plain(reply.why)
    stems = words.content_stems(why)
    told = words.content_stems(part.text) | words.content_stems(reply.question + reply.answer)
    is_told = len(stems & told) >= _TOLD * len(stems)
    is_counted = words.numbers(why) <= words.numbers(f"{part.text} {reply.question}")
    return why if is_told and is_counted and words.word_count(why) <= _LONGEST_WHY else ""


def sentences(problems: Sequence[Problem]) -> tuple[str, ...]:
    """List what problems say, each once."""
    return tuple(dict.fromkeys(problem.sentence for problem in problems))
