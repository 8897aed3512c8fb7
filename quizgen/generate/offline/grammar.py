"""Take a plain sentence apart: lead, subject, aside, verb and the rest; or give up.

A sentence is parsed where closed classes of words (auxiliaries, prepositions, relatives) and a
list of verbs leave one reading, or else where the tags of its words do; everything else returns
None.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from quizgen.generate.offline import lexicon, tagged, tagging, verbs
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.lexicon import gathered

Form: TypeAlias = Literal["be", "passive", "modal", "perfect", "third", "plural", "past"]

_ASIDES: Final = gathered(
    """
    a across along also although an as at between beyond by despite during especially for from
    however if in including inspired known like not often on once one originally over
    particularly rather since sometimes such the though under unlike until when where which who
    whose with within
    """,
)


_ADVERBS: Final = gathered(
    """
    already also always even far first further hence instead just never not now often only so
    soon still then therefore thus
    """,
)
_ADJECTIVES: Final = gathered(
    "clear complete dry direct free mature narrow own secure separate smooth warm weary"
)
_AFTER_PASSIVE: Final = frozenset({"as", "when", "because", "due"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A parsed sentence. `aux` is empty for a plain verb; `verb` is its base form then.

    For a copula `verb` is empty; for passives and perfects it is the participle as written.
    """

    lead: str
    subject: str
    aside: str
    form: Form
    aux: str
    mids: tuple[str, ...]
    verb: str
    rest: tuple[str, ...]
    reach: int = 1000
    """How many words of `rest` come before a second verb of the subject, or another clause."""

    @property
    def part(self) -> tuple[str, ...]:
        """Give the words behind the verb that belong to it alone."""
        return self.rest[: self.reach]

    @property
    def is_negative(self) -> bool:
        """Claim that the verb group holds a negation."""
        return any(word in lexicon.NEGATIONS for word in (*self.mids, self.aux))


def parse(sentence: str) -> Clause | None:
    """Parse one sentence, without its full stop."""
    words = sentence.strip().rstrip(".").split()
    while len(words) > 4 and _is_connective(words[0]):
        words = words[1:]
    return _parsed(words) if 4 <= len(words) <= 60 else None


def parse_part(text: str) -> Clause | None:
    """Parse one of two claims of a sentence, which may be as short as `spacing works`."""
    words = text.replace("cannot", "can not").strip(" ,.").split()
    if len(words) < 4:
        return _by_tags(words) if len(words) > 1 else None
    return _parsed(words) if len(words) <= 60 else None


def _parsed(words: list[str]) -> Clause | None:
    first = bare(words[0])
    if _commands(words):
        return None
    found = _after_lead(words) if first in lexicon.OPENERS else _main(words)
    return found or _by_tags(words)


def _by_tags(words: list[str]) -> Clause | None:
    """Parse what the lists leave open by the tags of its words."""
    said = tagged.words(" ".join(words))
    if said is None:
        return None
    if bare(words[0]) not in lexicon.OPENERS:
        return _tagged(words, said, 0)
    for at, token in enumerate(said[:-2]):
        if token.text.endswith(",") and bare(words[at + 1]) not in ("and", "or", "but"):
            found = _tagged(words, said, at + 1)
            if found is not None:
                return replace(found, lead=" ".join(words[: at + 1]).rstrip(","))
    return None


def _tagged(words: list[str], said: list[tagging.Token], start: int) -> Clause | None:
    taken, aside = words[start:], ""
    found = tagged.main(said[start:])
    if found is None:
        put_in = tagged.with_aside(taken)
        if put_in is None:
            return None
        found, opens, closes = put_in
        aside = " ".join(taken[opens:closes]).rstrip(",")
        taken = [*taken[: opens - 1], taken[opens - 1].rstrip(","), *taken[closes:]]
    subject = " ".join(taken[: found.subject])
    rest = tuple(taken[found.rest :])
    return Clause(
        "", subject, aside, found.form, found.aux, found.mids, found.base, rest,
        found.end - found.rest,
    )  # fmt: skip


def _commands(words: list[str]) -> bool:
    """Claim that a sentence tells the reader to do something: `Remove the weights slowly`."""
    first = bare(words[0])
    verb = first in verbs.BASES and not verbs.is_noun_too(first) and first not in _ADJECTIVES
    return verb and words[0][0].isupper() and not words[0].endswith((",", ":"))


def _is_connective(word: str) -> bool:
    plain = bare(word)
    return plain in ("and", "but", "so") or (plain in lexicon.CONNECTIVES and word.endswith(","))


def _after_lead(words: list[str]) -> Clause | None:
    """Find the comma that ends a fronted phrase: the first whose remainder parses."""
    for at, word in enumerate(words[:-3]):
        if not word.endswith(","):
            continue
        following = bare(words[at + 1])
        if following in ("and", "or", "but") or (following.endswith("ing") and at < 2):
            continue
        found = _main(words[at + 1 :])
        if found is not None and "," not in found.subject:
            return replace(found, lead=" ".join(words[: at + 1]).rstrip(","))
    return None


def _main(words: list[str]) -> Clause | None:
    commas = [at for at, word in enumerate(words) if word.endswith(",")]
    end = commas[0] + 1 if commas else len(words)
    at = _finite(words, 0, end)
    if at is not None:
        return _clause(words, words[:at], "", at)
    if not commas:
        return None
    opening = commas[0]
    for closing in commas[1:]:
        after = closing + 1
        at = _opening_verb(words, opening, after)
        if at is None or bare(words[opening + 1]) not in _ASIDES:
            continue
        if any(bare(word) in ("and", "or") for word in words[after:at]):
            continue
        # `Advantages that any species, when fed, can use`: the verb is that of the relative.
        if any(bare(word) in ("that", "which", "who") for word in words[:opening]):
            continue
        aside = " ".join(words[opening + 1 : after]).rstrip(",")
        return _clause(words, [*words[:opening], words[opening].rstrip(",")], aside, at)
    return _listed(words, commas)


def _listed(words: list[str], commas: list[int]) -> Clause | None:
    """Parse a subject that is a list: `A, B, and C enable ...`."""
    for comma in commas:
        if bare(words[comma + 1] if comma + 1 < len(words) else "") not in ("and", "or"):
            continue
        before = [at for at in commas if at <= comma]
        gaps = [b - a for a, b in zip([-1, *before], before, strict=False)]
        at = _finite(words, comma + 1, len(words))
        if at is None or max(gaps) > 5 or at - comma > 8:
            return None
        return _clause(words, words[:at], "", at)
    return None


def _opening_verb(words: list[str], opening: int, after: int) -> int | None:
    """Find the verb that comes right after an aside, adverbs aside."""
    for at in range(after, min(after + 3, len(words))):
        if bare(words[at]) in lexicon.AUXILIARIES:
            return at
        shortened_words = [*words[: opening + 1], *words[at:]]
        if _strength(shortened_words, opening + 1):
            return at
        if not _is_adverb(bare(words[at])):
            return None
    return None


def _finite(words: list[str], start: int, end: int) -> int | None:
    """Find the finite verb in words[start:end]; certain readings before likely ones."""
    likely: int | None = None
    for at in range(start + 1, end):
        word = bare(words[at])
        if word in lexicon.RELATIVES:
            # A relative clause in the subject would lend us its verb.
            return likely
        if word in lexicon.AUXILIARIES:
            # `It starts at two and is kept there`: the first verb is the one of the subject.
            second = likely is not None and bare(words[at - 1]) in ("and", "but", "or")
            return likely if second else at
        strength = _strength(words, at)
        if strength == 2:
            return at
        # `Tokenization of board states facilitated ...`: of two in a row the first is a noun.
        beside = likely == at - 1 and bare(words[likely]) in verbs.THIRD if likely else False
        if strength == 1 and (likely is None or beside):
            likely = at
    return likely


def _strength(words: list[str], at: int) -> int:
    """Say how surely a word is a finite verb: 0 no, 1 if nothing better comes, 2 surely."""
    word = words[at]
    plain = bare(word)
    before = at - 1
    while before > 0 and _is_adverb(bare(words[before])) and not words[before].endswith(","):
        before -= 1
    previous = bare(words[before])
    if previous in lexicon.DETERMINERS | lexicon.PREPOSITIONS or previous in ("and", "or", "to"):
        return 0
    if word.endswith(",") or word[0].isupper() or word[0] in "([" or "-" in word:
        return 0
    follows = bare(words[at + 1]) if at + 1 < len(words) else ""
    number = _number(words[: before + 1])
    if plain in verbs.THIRD and number != "plural":
        if follows == "of" and verbs.THIRD[plain] != "consist":
            return 0
        if not verbs.is_noun_too(verbs.THIRD[plain]):
            return 2
        if verbs.STRANDED.get(verbs.THIRD[plain]) == follows:
            return 1
        if verbs.THIRD[plain] == "help" and follows in verbs.BASES:
            return 2
        if follows in lexicon.PREPOSITIONS or follows in verbs.BASES:
            return 0
        return 2 if follows in lexicon.DETERMINERS | lexicon.RELATIVES else 1
    if plain in verbs.PAST:
        # `networks trained on data` and `results shown by` are shortened relative clauses.
        reduced = plain in verbs.PARTICIPLE and follows in ("by", "on", "with", "from", "using")
        return 0 if reduced else 1
    if plain in verbs.BASES and number != "singular":
        # `Merge trees turn random ...`: right after its plural even such a word is a verb.
        beside = previous.endswith("s") and follows not in lexicon.PREPOSITIONS
        noun = verbs.is_noun_too(plain) and follows not in lexicon.DETERMINERS and not beside
        return 0 if noun or follows in lexicon.AUXILIARIES else 1
    return 0


def _number(subject: list[str]) -> Literal["singular", "plural", "either"]:
    """Say whether a subject is one or many, by the word before its first preposition."""
    if bare(subject[0]).endswith("ing") and len(subject) > 1:
        return "either"
    end = next(
        (
            at
            for at, word in enumerate(subject)
            if at and (bare(word) in lexicon.PREPOSITIONS or bare(word) == "such")
        ),
        len(subject),
    )
    if any(bare(word) == "and" for word in subject[:end]):
        return "either"
    head = bare(subject[end - 1])
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is", "ics", "'s", "’s"))
    return "plural" if plural or head in lexicon.PLURALS else "singular"


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") or word in _ADVERBS


def _clause(words: list[str], before: list[str], aside: str, at: int) -> Clause | None:
    mids: list[str] = []
    while before and _is_adverb(bare(before[-1])) and len(before) > 1:
        mids.insert(0, before.pop())
    subject = " ".join(before).strip().rstrip(",")
    if not subject or len(before) > 22 or subject.count("(") != subject.count(")"):
        return None
    # `Microglia: guide ...` has a label before its words, and not a subject.
    if any(part.endswith(":") for part in before) or bare(before[-1]) in ("but", "and", "or"):
        return None
    word = bare(words[at])
    rest = words[at + 1 :]
    if word not in lexicon.AUXILIARIES:
        return _plain_verb(subject, aside, word, (mids, rest))
    while rest and (_is_adverb(bare(rest[0])) or bare(rest[0]) in lexicon.NEGATIONS):
        if rest[0].endswith(","):
            break
        mids.append(rest.pop(0))
    return _auxiliary(subject, aside, word, (mids, rest))


def _plain_verb(
    subject: str, aside: str, word: str, group: tuple[list[str], list[str]]
) -> Clause | None:
    mids, rest = group
    if word in verbs.THIRD:
        return Clause("", subject, aside, "third", "", tuple(mids), verbs.THIRD[word], tuple(rest))
    if word in verbs.BASES and word not in verbs.PAST:
        return Clause("", subject, aside, "plural", "", tuple(mids), word, tuple(rest))
    if word in verbs.PAST:
        return Clause("", subject, aside, "past", "", tuple(mids), verbs.PAST[word], tuple(rest))
    return None


def _auxiliary(
    subject: str, aside: str, word: str, group: tuple[list[str], list[str]]
) -> Clause | None:
    """Read what follows an auxiliary: a participle, a base form, or what the subject is."""
    mids, rest = group
    following = bare(rest[0]) if rest else ""
    clause = Clause("", subject, aside, "be", word, tuple(mids), "", tuple(rest))
    joined = "been" if word in lexicon.HAVE else "be" if word in lexicon.MODALS else ""
    if joined and following == joined and len(rest) > 1:
        return _joined(clause, joined)
    if word in lexicon.HAVE and verbs.is_participle(following):
        return replace(clause, form="perfect", verb=following, rest=clause.rest[1:])
    if word in lexicon.HAVE:
        forms: dict[str, Form] = {"has": "third", "have": "plural", "had": "past"}
        return replace(clause, form=forms[word], aux="", verb="have")
    if word not in lexicon.BE:
        known = following in verbs.BASES
        return (
            replace(clause, form="modal", verb=following, rest=clause.rest[1:]) if known else None
        )
    hanging = bare(rest[1]) if len(rest) > 1 else ""
    if following.endswith("ing") and following != "during":
        # `is increasing` is a verb, `is learning from ...` may be a thing.
        return clause if hanging in lexicon.PREPOSITIONS else None
    if verbs.is_participle(following) and hanging in lexicon.PREPOSITIONS | _AFTER_PASSIVE:
        return replace(clause, form="passive", verb=following, rest=clause.rest[1:])
    return clause


def _joined(clause: Clause, joined: str) -> Clause | None:
    """Read `has been ...` and `can be ...`."""
    mids, rest = [*clause.mids, joined], list(clause.rest[1:])
    while rest and _is_adverb(bare(rest[0])):
        mids.append(rest.pop(0))
    if not rest or (joined == "been" and bare(rest[0]).endswith("ing")):
        return None
    if verbs.is_participle(bare(rest[0])) and (joined == "be" or len(rest) > 1):
        verb = bare(rest[0])
        return replace(clause, form="passive", mids=tuple(mids), verb=verb, rest=tuple(rest[1:]))
    return replace(clause, mids=tuple(mids), rest=tuple(rest))
