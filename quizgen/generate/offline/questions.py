"""Turn a parsed clause into a question and its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from quizgen import words
from quizgen.generate.offline import lexicon, verbs
from quizgen.generate.offline.cutting import (
    bare,
    first_part,
    shortened,
    split_reason,
    with_reason,
    without_served,
)
from quizgen.generate.offline.grammar import Clause
from quizgen.generate.offline.lexicon import gathered

LONGEST: Final = 20
"""Words of an answer: what a reader can hold and check."""

_PLACED: Final = frozenset({"stored", "located", "found", "kept", "housed", "encoded", "produced"})
_ADVERBIAL: Final = gathered(
    """
    across after against as because before between by during if over through under until via
    when while within without
    """,
)
_ENABLING: Final = frozenset({"enable", "allow", "help", "force", "cause", "lead"})
_CONDITIONS: Final = frozenset({"in", "for", "when", "if", "during", "under", "without", "after"})
_ANAPHOR: Final = re.compile(r"\b(?:this|that|these|those|it|its|they|their|such)\b", re.IGNORECASE)
_HUMAN: Final = gathered(
    """
    argue ask compare conclude describe hope invent mean notice observe propose publish say study
    suspect think warn write
    """,
)
"""What only people do: `what` does not ask for them."""
_SHADES: Final = frozenset({"mainly", "mostly", "partly", "largely", "primarily", "chiefly"})
_GIVING: Final = frozenset({"provide", "offer", "create", "open", "give", "pose"})
_KEEPING: Final = frozenset({"keep", "prevent", "stop", "protect", "save"})
_PAIRING: Final = frozenset({"replace", "compare", "combine", "fill", "mix", "confuse", "connect"})
_AIMING: Final = frozenset(
    {
        "begin",
        "continue",
        "start",
        "aim",
        "seek",
        "strive",
        "tend",
        "try",
        "attempt",
        "need",
        "help",
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question without attribution, its answer, and the form that made it."""

    question: str
    answer: str
    form: str


def ask(clause: Clause) -> Iterator[Asked]:
    """Offer the questions a clause answers, the surest form first."""
    for make in (_why, _how, _when, _where, _role, _doer, _content, _object, _stranded, _subject):
        for asked in make(clause):
            if _is_split(asked.question):
                continue
            yield Asked(_placed(asked.question, clause.lead), asked.answer, asked.form)


def _is_split(question: str) -> bool:
    """Claim that a question holds the second verb of its sentence: `... and inspired calls?`."""
    said = question.rstrip("?").split()
    seconds = (bare(said[at + 1]) for at, word in enumerate(said[3:-1], 3) if word == "and")
    opens = said[1] == "did" if len(said) > 1 else False
    return opens and any(word in verbs.PAST and word not in verbs.BASES for word in seconds)


def _placed(question: str, lead: str) -> str:
    """Keep the condition that a sentence begins with: `... in contexts where data is scarce?`."""
    opening = lead.split()
    kept = opening and opening[0].casefold() in _CONDITIONS and 3 <= len(opening) <= 12
    if not kept or "hand" in opening or _ANAPHOR.search(lead):
        return question
    return f"{question.rstrip('?')} {opening[0].lower()} {' '.join(opening[1:])}?"


def _why(clause: Clause) -> Iterator[Asked]:
    body, reason = split_reason(with_reason(clause.part))
    if body:
        body = (*body[:-1], body[-1].rstrip(","))
    # `powerful but unreliable due to errors`: the reason belongs to the last of the two.
    if clause.form == "be" and "but" in body:
        body = body[body.index("but") + 1 :]
    # `a group that can be handled as one because ...`: the reason belongs to the nearer verb.
    if clause.form == "be" and "that" in body:
        return
    if clause.is_negative or len(reason) < 4 or len(body) > 20:
        return
    if body and bare(body[-1]) in (
        "solely",
        "only",
        "just",
        "partly",
        "not",
        "and",
        "or",
        "simply",
        "precisely",
        "exactly",
        "especially",
    ):
        return
    answer = shortened(" ".join(reason), LONGEST)
    if answer and not any(word.endswith(",") for word in body):
        yield Asked(inverted(clause, "Why", body), answer, "why")


def _how(clause: Clause) -> Iterator[Asked]:
    """Ask how, where the clause says `by` doing something, or `By` doing something begins it."""
    if clause.is_negative:
        return
    opening = clause.lead.split()
    if len(opening) > 2 and opening[0] == "By" and opening[1].endswith("ing"):
        answer = shortened(clause.lead, LONGEST)
        body = first_part(clause.part)
        if answer and body and clause.form in ("modal", "third", "plural", "past", "passive"):
            yield Asked(inverted(clause, "How", body), answer, "how")
        return
    rest = first_part(clause.part)
    for at, word in enumerate(rest[:-2]):
        if bare(word) == "by" and bare(rest[at + 1]).endswith("ing") and clause.form != "be":
            # `works mainly by ...`: the adverb is the answer's hedge.
            # `heuristics that it uses to answer by ...`: which verb the `by` belongs to is open.
            if any(bare(part) in lexicon.RELATIVES or bare(part) == "to" for part in rest[:at]):
                return
            cut = at - 1 if at and bare(rest[at - 1]) in _SHADES else at
            body, answer = rest[:cut], shortened(" ".join(rest[cut:]), LONGEST)
            if answer:
                yield Asked(inverted(clause, "How", body), answer, "how")
            return


def _when(clause: Clause) -> Iterator[Asked]:
    rest = first_part(clause.part)
    plain = clause.form in ("third", "plural", "past", "passive", "modal")
    if not plain or clause.is_negative or len(rest) < 4 or bare(rest[0]) not in ("when", "if"):
        return
    answer = shortened(" ".join(rest), LONGEST)
    if answer and "only" in clause.mids:
        # `can only be tested if`: of the one condition, the answer keeps the word.
        answer = f"only {answer}"
        clause = replace(clause, mids=tuple(word for word in clause.mids if word != "only"))
    if answer:
        yield Asked(inverted(clause, "When", ()), answer, "when")


def _where(clause: Clause) -> Iterator[Asked]:
    rest = first_part(clause.part)
    if clause.form != "passive" or clause.verb not in _PLACED or clause.is_negative or not rest:
        return
    if bare(rest[0]) in ("in", "inside", "within", "on", "at"):
        answer = shortened(" ".join(rest), LONGEST)
        if answer:
            yield Asked(inverted(clause, "Where", ()), answer, "where")


def _role(clause: Clause) -> Iterator[Asked]:
    """Ask what the moment, the goal, the cause of something is."""
    if clause.form != "be" or clause.is_negative or not clause.rest:
        return
    subject = clause.subject.split()
    rest = first_part(clause.part)
    about = bare(rest[0]) == "about"
    noun = next((bare(word) for word in subject[1:] if bare(word) in lexicon.ROLES), "")
    linked = any(bare(word) in ("of", "for", "behind", "to", "in") for word in subject[2:])
    owned = subject[0].endswith(("'s", "’s", "s'", "s’")) and subject[0][0].isupper()
    linked = linked or owned
    if (
        (bare(subject[0]) != "the" and not owned)
        or not ((noun and linked) or about or _names(subject, rest))
        or len(subject) > 14
    ):
        return
    named = rest[0][0].isupper() and len(subject) > 4
    if not about and not named and bare(rest[0]) not in lexicon.DETERMINERS | {"that", "to", "how"}:
        return
    answer = shortened(" ".join(rest[1:] if about else rest), LONGEST)
    if answer:
        body = ("about",) if about else ()
        yield Asked(inverted(clause, "What", body), answer, "role")


def _names(subject: list[str], rest: tuple[str, ...]) -> bool:
    """Claim that `The ... is Homo erectus` names what its subject describes at length."""
    return len(subject) > 4 and rest[0][0].isupper() and not any(map(str.isupper, subject[1][:1]))


def _doer(clause: Clause) -> Iterator[Asked]:
    """Ask what drove something that was driven by it."""
    rest = first_part(clause.part)
    base = verbs.PARTICIPLE.get(clause.verb, "")
    if clause.form != "passive" or clause.is_negative or not base or not rest:
        return
    if bare(rest[0]) != "by" or (len(rest) > 1 and bare(rest[1]).endswith("ing")):
        return
    answer = shortened(" ".join(rest[1:]), LONGEST)
    mids = [word for word in clause.mids if word not in ("been", "be")]
    if clause.aux in lexicon.HAVE:
        verb = f"has {' '.join([*mids, clause.verb])}"
    elif clause.aux in lexicon.MODALS:
        verb = f"{clause.aux} {' '.join([*mids, base])}"
    else:
        tense = verbs.past(base) if clause.aux in ("was", "were") else verbs.third(base)
        verb = " ".join([*mids, tense])
    if base in ("multiply", "divide", "follow", "accompany", "surround", "precede", "replace"):
        return
    # `introduced by Roger Fisher`: persons are asked for by another rule.
    if answer and not re.match(r"[A-Z][\w’'-]+ (?:[A-Z]\.? )?[A-Z]", answer):
        yield Asked(f"What {verb} {clause.subject}?", answer, "doer")


def _content(clause: Clause) -> Iterator[Asked]:
    """Ask what something shows, where it shows that something is so."""
    rest = clause.rest
    if clause.form not in ("third", "plural", "past", "perfect", "modal") or len(rest) < 5:
        return
    if bare(rest[0]) != "that":
        return
    answer = shortened(" ".join(first_part(rest)[1:]), LONGEST)
    if answer:
        yield Asked(inverted(clause, "What", ()), answer, "content")


def _object(clause: Clause) -> Iterator[Asked]:
    if clause.form not in ("third", "plural", "past", "perfect", "modal"):
        return
    rest = first_part(clause.part)
    base = verbs.PARTICIPLE.get(clause.verb, clause.verb)
    if base in verbs.LINKING or base in ("include", "involve"):
        return
    if base in _KEEPING and "from" in rest[1:8]:
        at = rest.index("from", 1)
        answer = shortened(" ".join(rest[at + 1 :]), LONGEST)
        if (
            answer
            and at + 1 < len(rest)
            and rest[at + 1].endswith("ing")
            and rest[at + 1] != "being"
        ):
            yield Asked(inverted(clause, "What", (*rest[: at + 1], "doing")), answer, "enable")
        return
    if base in _AIMING and len(rest) > 2 and bare(rest[0]) == "to":
        answer = shortened(" ".join(rest[1:]), LONGEST)
        if answer:
            yield Asked(inverted(clause, "What", ("to", "do")), answer, "aim")
        return
    for at in range(2, min(len(rest) - 1, 6)):
        named = bare(rest[at - 1]) not in lexicon.DETERMINERS | lexicon.PREPOSITIONS
        if base == "help" and bare(rest[at]) in verbs.BASES and named:
            answer = shortened(" ".join(rest[at:]), LONGEST)
            if answer:
                yield Asked(inverted(clause, "What", (*rest[:at], "do")), answer, "enable")
            return
    for at in range(1, len(rest) - 1):
        if base in _ENABLING and bare(rest[at]) == "to" and at < 8:
            answer = shortened(" ".join(rest[at + 1 :]), LONGEST)
            if answer:
                yield Asked(inverted(clause, "What", (*rest[: at + 1], "do")), answer, "enable")
            return
    if not _opens_phrase(rest):
        return
    cut = next((at for at in range(1, len(rest) - 1) if _hangs(rest, at)), len(rest))
    named, context = rest[:cut], rest[cut:]
    if not named or named[-1].endswith(",") or len(context) > 16:
        named, context = rest, ()
    served: tuple[str, ...] = ()
    if base in _GIVING and not context:
        named, served = without_served(named)
    answer = shortened(" ".join(named), LONGEST)
    paired = base in _PAIRING and "with" in named
    if paired or len(words.numbers(answer)) > 1:
        return
    if answer and not is_vague(answer) and not clause.rest[len(rest) - 1].endswith(":"):
        yield Asked(inverted(clause, "What", (*context, *served)), answer, "object")


def _stranded(clause: Clause) -> Iterator[Asked]:
    rest = first_part(clause.part)
    base = verbs.PARTICIPLE.get(clause.verb, clause.verb)
    preposition = verbs.STRANDED.get(base, "")
    if clause.form not in ("third", "plural", "past", "perfect", "modal") or len(rest) < 3:
        return
    if preposition and bare(rest[0]) == preposition and not clause.is_negative:
        named, served = without_served(rest[1:]) if preposition == "as" else (rest[1:], ())
        answer = shortened(" ".join(named), LONGEST)
        if answer and not is_vague(answer) and not clause.rest[len(rest) - 1].endswith(":"):
            yield Asked(inverted(clause, "What", (preposition, *served)), answer, "stranded")


def _hangs(rest: tuple[str, ...], at: int) -> bool:
    """Claim that what begins here says how or when, and is no part of the thing itself."""
    word, following = bare(rest[at]), bare(rest[at + 1])
    if word in ("faster", "slower", "better", "earlier", "later", "more", "less"):
        return following == "than"
    if word == "as" and following in ("of", "to", "for", "well"):
        return False
    if any(bare(part) in ("that", "which", "who") for part in rest[:at]):
        return False
    # `people disappointed by ...`, `a past that was not as great as ...` stay whole.
    if word == "by" and verbs.is_participle(bare(rest[at - 1])):
        return False
    if word == "as" and at + 2 < len(rest) and bare(rest[at + 2]) == "as":
        return False
    return word in _ADVERBIAL and bare(rest[at - 1]) not in ("such", "as", "than", "known")


def is_vague(answer: str) -> bool:
    """Claim that an answer's noun says too little: `a catalyst`, `many techniques`."""
    said = [bare(word) for word in answer.split()]
    head = next(
        (said[at - 1] for at, word in enumerate(said) if at and word in lexicon.PREPOSITIONS),
        said[-1],
    )
    if said[0] in lexicon.HEDGED - {"key", "general", "new", "such", "unique", "similar"}:
        return True
    if len(words.content_stems(answer)) == 1 and said[-1] in lexicon.GENERIC:
        return True
    return len(said) < 5 and (head in lexicon.VAGUE or head.removesuffix("s") in lexicon.VAGUE)


def _subject(clause: Clause) -> Iterator[Asked]:
    """Ask for the subject, where it is short and what is said of it is particular."""
    subject = clause.subject.split()
    rest = first_part(clause.part)
    head = bare(subject[-1])
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is", "ics"))
    plural = plural or any(bare(word) == "and" for word in subject)
    if len(subject) > 8 or clause.is_negative or len(rest) < 2 or clause.aside:
        return
    if clause.form == "passive" and bare(rest[0]) == "by":
        return
    if clause.verb in _HUMAN or clause.form == "plural" or clause.aux in ("are", "were", "have"):
        return
    if plural and clause.form in ("be", "passive", "third") and clause.aux not in lexicon.MODALS:
        return
    mids = [word for word in clause.mids if word not in ("therefore", "thus", "hence", "then")]
    match clause.form:
        case "third":
            verb = "has" if clause.verb == "have" else verbs.third(clause.verb)
            group = [*mids, verb]
        case "past":
            group = [*mids, "had" if clause.verb == "have" else verbs.past(clause.verb)]
        case _:
            group = [clause.aux, *mids, clause.verb]
    if clause.form == "be" and bare(rest[0]) in lexicon.EVALUATIVE | {"that", "to", "how", "when"}:
        return
    if clause.form == "be" and (
        any(bare(word) in lexicon.ROLES for word in subject) or _names(subject, rest)
    ):
        return
    said = " ".join(word for word in (*group, *rest) if word).rstrip(",;:")
    if len(words.content_stems(said)) >= 3:
        yield Asked(f"What {said}?", clause.subject, "subject")


def _opens_phrase(rest: tuple[str, ...]) -> bool:
    """Claim that words begin with something that can be asked for as `what`."""
    if not rest:
        return False
    first = bare(rest[0])
    refused = lexicon.PREPOSITIONS | lexicon.PRONOUNS - {"both", "such", "two"} | lexicon.RELATIVES
    if first in refused or first in lexicon.AUXILIARIES or first.endswith("ly"):
        return False
    return first not in ("to", "up", "out", "back", "well", "better", "more", "and", "or", "down")


def inverted(clause: Clause, wh: str, body: tuple[str, ...]) -> str:
    """Put the auxiliary before the subject, as a question does."""
    mids = clause.mids
    match clause.form:
        case "third":
            group, aux = (*mids, clause.verb), "does"
        case "plural":
            group, aux = (*mids, clause.verb), "do"
        case "past":
            group, aux = (*mids, clause.verb), "did"
        case "be":
            group, aux = mids, clause.aux
        case _:
            group, aux = (*mids, clause.verb), clause.aux
    said = " ".join(word for word in (wh, aux, clause.subject, *group, *body) if word)
    return said.rstrip(" ,;:") + "?"
