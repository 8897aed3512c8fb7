"""Judge whether a card's pronouns have something to stand for."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.checks.standalone import SOURCE
from quizgen.model import Card

_WORD: Final = re.compile(r"“”|``|_{2,}|[^\W_]+(?:[-'’][^\W_]+)*|[,;:?.!]")
_PERSONAL: Final = _text.vocabulary("he she it they him them his her hers its their theirs")
_POSSESSIVE: Final = _text.vocabulary("his her its their")
_POINTING: Final = _text.vocabulary("this these those")
_ANY: Final = _text.any_of(
    r"\b(?:s?he|it|they|them|him|his|hers?|its|theirs?|this|these|those|that)\b"
)
_AUXILIARY: Final = _text.vocabulary(
    """
    is are was were be been do does did has have had can could will would shall should may might
    must
    """,
)
_AFTER_POINTING: Final = _AUXILIARY | _text.vocabulary(
    """
    to for in on at by from with as about so happen happens happened occur occurs mean means lead
    leads led cause causes caused make makes made work works differ differs and or not affect
    affects come comes become becomes done found known said ? . , ; : !
    """,
)
# "This process" with nothing before it sends the reader back to the source as well.
_VAGUE_NOUN: Final = _text.vocabulary(
    """
    approach approaches method methods idea ideas process processes technique techniques theory
    theories effect effects phenomenon phenomena concept concepts claim claims argument arguments
    problem problems device system term
    """,
)
_NOT_NOUNS: Final = (
    words.STOPWORDS
    | _POINTING
    | _text.vocabulary(
        """
        cause caused happen happened happens call called lead led help helped keep kept drive drove
        prevent stop become became occur allow force turn begin began start started end ended find
        found leave left discover discovered invent invented write wrote build built believe
        believed claim claimed argue argued describe explain explained famously first last new old
        big long large small high low true false important main good bad different difficult hard
        easy possible common early late rare able strong fast slow exactly finally originally
        eventually later sooner once today again instead
        """,
    )
)
_BE: Final = r"(?:['’]s| is| was| be| seem(?:s|ed)?| becomes?| became)"
_TAKE: Final = r"(?: takes?| took| turns? out| follows| means?| costs?)"
_EXPLETIVE: Final = _text.any_of(
    rf"\bit(?:{_BE}|{_TAKE})(?: \S+){{0,6}}? (?:to|that|who|which|when|if|for)\b",
    # "Is it stronger when wet?" asks of a thing; "is it theft when somebody borrows" does not.
    r"\b(?:is|was|be|are|makes?|made|finds?|found|considered|called|think|thought) it"
    r"(?: \S+){0,3}? (?:to|that|(?:when|if)(?! \w+ ?(?:[?.,]|$))|for|about|like|possible|who"
    r"|whether)\b",
    # "What makes it far less rare than it once was that…": an adjective, and a clause further on.
    r"\b(?:makes?|made|making|finds?|found|considers?|considered|thinks?|thought) it"
    r" (?:(?:far|much|even|so|more|less|very|too|rather|quite|un\w+|\w+(?:able|ible|ful|ous|al|ive)"
    r"|easier|harder|hard|easy|likely|rare|clear) )(?:[^\s,;:?.]+ ){0,8}?(?:to|that)\b",
    r"\b(?:does|did|do|would|will|can|could|must|should|might) it (?:\w+ly )?(?:take|mean|cost|make"
    r"|matter|help|feel|seem|be|require|follow|happen)\b.*? (?:to|that|when|if|whether|who|how"
    r"|what|until|before|for|as)\b",
    r"\b(?:does|did|do|would|will|can|could|must|should|might) it (?:\w+ly )?(?:rain|snow"
    r"|freeze)\b",
    r"\b(?:when|if|that|before|after|while) it (?:rain|snow|freez|get)\w*",
    r"\bit (?:rains|snows)\b",
    r"\bas it were\b",
    r"\bthey say that\b",
    r"\bwhat time is it\b",
)
_FRONTED: Final = _text.vocabulary(
    """
    in on at after before during when while with despite although though if as once without by
    unlike like through throughout since until because for of from upon under to besides beyond
    """,
)
_ASKING: Final = _text.vocabulary("which what whose who whom how why when where")
# None of these is the "she" of "What was the second reason she gave?"
_NO_PERSONS: Final = _text.vocabulary(
    """
    reason reasons argument arguments point points claim theory book idea example age year years
    view opinion evidence part step word words rule lesson problem number condition advice question
    answer title place time day metaphor comparison tool phrase story plan speech letter name event
    second third fourth fifth sixth next factor aspect proof discovery experiment mistake
    decision prize city country house work works
    """
)
_PLURALS: Final = _text.vocabulary(
    "people men women children fish sheep mice teeth feet data bacteria fungi criteria phenomena"
    " media algae larvae nuclei species two three four five six seven eight nine ten same"
)
_AFTER_VERB: Final = _text.vocabulary("the a an its their his her our to how why what whether if")
_DETERMINERS: Final = _text.vocabulary("a an the each every some many its their his her two three")


def dangling_pronoun(card: Card, _context: Context) -> str:
    """Find a pronoun whose noun the front does not name before it."""
    shown = _text.face(card.content)
    if not _ANY.search(shown.masked):
        return ""
    tokens = _WORD.findall(_EXPLETIVE.sub(" ", shown.masked))
    for at, token in enumerate(tokens):
        if not _stands_for_something(tokens, at, is_choice=shown.form == "choice"):
            continue
        if not _has_noun(tokens, at) and not _has_noun_later(tokens, at):
            return f"{token!r} has no noun before it: name what it stands for."
    return ""


def _stands_for_something(tokens: list[str], at: int, *, is_choice: bool) -> bool:
    low = tokens[at].casefold()
    following = tokens[at + 1].casefold() if at + 1 < len(tokens) else "."
    if low in _PERSONAL:
        return len(low) == 1 or not tokens[at].isupper()  # IT, HER2
    if low == "that":
        return _points_back(tokens, at, following)
    return low in _POINTING and _is_bare(tokens, at, following, is_choice=is_choice)


def _is_bare(tokens: list[str], at: int, following: str, *, is_choice: bool) -> bool:
    before = tokens[at - 1].casefold() if at else ""
    if before == "of" and (is_choice or (at > 1 and tokens[at - 2].casefold() == "which")):
        return False
    if "``" in tokens[at:] or "“”" in tokens[at:]:  # "What does this mean in Java: `…`?"
        return False
    if following in _VAGUE_NOUN or _is_of_something_unnamed(tokens, at):
        return True
    # In "How does this lower the price" a determiner shows that the next word is a verb.
    after = tokens[at + 2].casefold() if at + 2 < len(tokens) else "."
    if before in _AUXILIARY and after in _AFTER_VERB:
        return True
    is_plural = following.endswith("s") or following in _PLURALS
    if before in ("do", "did", "can", "will") and tokens[at].casefold() != "this" and not is_plural:
        return True
    if tokens[at].casefold() == "those":
        return following in _AUXILIARY or following in "?.!"
    is_passive = before in _AUXILIARY and following.endswith(("ed", "en", "lt"))
    return following in _AFTER_POINTING or is_passive


def _is_of_something_unnamed(tokens: list[str], at: int) -> bool:
    """Claim that "this enzyme" is left without the thing it points at.

    "This gas is called ____" asks for the thing, and after a colon it may be shown.
    """
    if tokens[at].casefold() not in ("this", "these") or at + 1 >= len(tokens):
        return False
    rest = [token.casefold() for token in tokens[at + 1 :]]
    if re.fullmatch(SOURCE, rest[0]):  # "this guide" is another rule's affair
        return False
    if ":" in rest or not rest[0].isalpha() or rest[0] in words.STOPWORDS | _AUXILIARY:
        return False
    if rest[-1] == "?":
        return True
    # In a statement the blank, or a name set beside it, tells what "this" is.
    return not any(token.startswith("_") for token in rest) and "," not in rest[:4]


def _points_back(tokens: list[str], at: int, following: str) -> bool:
    """Claim that "that" stands for something: "What did that lead to"."""
    before = tokens[at - 1].casefold() if at else ""
    return before in ("do", "does", "did", "will", "would", "can") and following in _AFTER_POINTING


def _has_noun(tokens: list[str], at: int) -> bool:
    """Claim that a noun stands before a pronoun and can be what it stands for."""
    low = tokens[at].casefold()
    before = tokens[at - 1].casefold() if at else ""
    following = tokens[at + 1].casefold() if at + 1 < len(tokens) else "."
    owns = low in _POSSESSIVE and not (low == "her" and following in _NOT_NOUNS | set(",?."))
    if (owns or low in ("he", "she", "they")) and _is_asked_of_subject(tokens[:at], low):
        return True
    # In "Which treaty did he sign" the noun after "which" is what is asked for.
    is_inverted = before in _AUXILIARY and not owns
    # In "the main advantage of it" the noun is not what "it" stands for.
    last = at - 2 if before == "of" else at
    asked = max((i for i in range(at) if tokens[i].casefold() in _ASKING), default=at)
    is_person = low in ("he", "she", "him", "his", "her", "hers")
    return any(
        (not is_inverted or i < asked or tokens[i][0].isupper())
        # The word right before an object is a verb: "What convinced him to leave".
        and (owns or i < at - 1 or tokens[i][0].isupper() or not tokens[i].isalpha())
        and _is_noun(tokens, i)
        and not (is_person and tokens[i] in _NO_PERSONS)
        for i in range(last)
    )


def _is_noun(tokens: list[str], i: int) -> bool:
    token, low = tokens[i], tokens[i].casefold()
    if token in ("“”", "``") or token[0] == "_":
        return True
    if not token[0].isalpha() or low in _NOT_NOUNS or low in _PERSONAL:
        return False
    if token[0].isupper() or (i and tokens[i - 1].casefold() in _DETERMINERS):
        return True
    is_form = low.endswith("ed") or (low.endswith("ing") and len(low) > 6)
    return not is_form and not (low.endswith("ly") and low not in ("family", "supply", "assembly"))


def _is_asked_of_subject(before: list[str], pronoun: str) -> bool:
    """Claim that the pronoun stands for who or what is asked: "Who lost his throne"."""
    for i, token in enumerate(before):
        low = token.casefold()
        following = before[i + 1].casefold() if i + 1 < len(before) else ""
        if not following or following in _PERSONAL:
            continue
        if low == "who" and following not in ("did", "do", "does"):
            # In "Who were their allies" they are somebody else.
            is_predicate = following in _AUXILIARY and i + 2 == len(before)
            return pronoun in ("his", "her", "their", "he", "she") and not is_predicate
        if low in ("what", "which") and following not in _AUXILIARY and pronoun == "its":
            return True
    return False


def _has_noun_later(tokens: list[str], at: int) -> bool:
    """Claim that an opening phrase runs ahead of its noun: "In his first book, Darwin…"."""
    if tokens[0].casefold() not in _FRONTED or "," not in tokens[at:]:
        return False
    rest = range(tokens.index(",", at) + 1, len(tokens))
    return any(_is_noun(tokens, i) for i in rest) and not any(
        tokens[i].casefold() in ("he", "she", "it", "they") for i in rest
    )
