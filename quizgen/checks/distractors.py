"""Judge whether the wrong options are wrong, and worth a thought."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.cues import key_and_others
from quizgen.checks.recall import is_kin
from quizgen.checks.row import Context
from quizgen.model import Card, Choice

_CURRENCY: Final = r"[$€£]?\s?"
_Kind: TypeAlias = Literal["number", "yes-no", "day", "name", "words"]
_DAY: Final = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|april|june|july|august"
    r"|september|october|november|december",
    re.IGNORECASE,
)
_YES_NO: Final = re.compile(r"(?:yes|no|true|false|maybe|y|n)[.!]?", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"(?:about |around |over |under |more than |less than |nearly |almost |exactly |only |in "
    r"|the )*"
    rf"{_CURRENCY}(?:[-−+±]?\d[\d.,:/]*(?:st|nd|rd|th|s)?)(?:\s?[-–]\s?\d[\d.,]*)?"
    r"(?:\s?[%°]\s?[CFK]?|\s*[^\W\d]+\.?){0,3}",
    re.IGNORECASE,
)
_QUANTITY: Final = _text.any_of(
    r"\b(?:none|zero|never|half|all|infinit\w*|unlimited|unknown|undefined|nothing|no\b.*"
    r"|it (?:varies"
    r"|depends)|twice|double|once|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|dozens?|hundreds?|thousands?|millions?|billions?|percent|many|several|few|always)\b"
)
_PERSON: Final = re.compile(
    r"(?:[A-ZÀ-Þ][\w'’.-]*\s+)(?:(?:de|van|von|der|da|la|of)\s+)*[A-ZÀ-Þ][\w'’-]+"
)
_JOKES: Final = _text.any_of(
    r"\b(?:(?P<tale>wizards?|magic|magical|wands?|unicorns?|fair(?:y|ies)|pixie dust|dragons?"
    r"|aliens?|elves|goblins?|ghosts?|zombies?|vampires?|leprechauns?|king kong|bigfoot|godzilla"
    r"|batman|superman|spider-?man|mickey mouse|donald duck|harry potter|darth vader|gandalf)"
    r"|(?P<food>pizzas?|bananas?|ice cream|cheeseburgers?|hamburgers?|hot dogs?|bubble gum|candy"
    r"|cupcakes?|doughnuts?|donuts?|chocolate cake|a sandwich|sandwiches|blue cheese)"
    r"|santa|elvis|tooth fairy|easter bunny|my (?:grandmother|grandma|cat|dog|uncle|aunt|mom|mum"
    r"|sister|brother|neighbou?r)|teddy bears?|rubber ducks?|hogwarts|pokémon|pikachu"
    r"|free (?:pizza|beer|lunch|cake)|football scores?|horoscopes?|astrology"
    r"|lucky (?:charm|number)s?|nobody knows|who knows|your mum|lol|haha|a spoon|socks|pyjamas"
    r"|pajamas|disco|karaoke|memes?|selfies?|purple)\b"
)
# Where such things are the subject they are no jokes.
_OF_TALES: Final = _text.any_of(
    r"\b(?:myth\w*|legend\w*|creatures?|tales?|folk\w*|novels?|films?|movies?|stor(?:y|ies)|plays?"
    r"|monsters?|saga|poems?|opera|characters?|comics?|gothic|fantasy|hero\w*|fiction\w*|chess"
    r"|omens?|witch\w*|supernatural|haunt\w*|cartoon\w*|drawn|spirits?)\b"
)
_OF_FOOD: Final = _text.any_of(
    r"\b(?:eat\w*|foods?|fruits?|dish\w*|cook\w*|bak\w+|desserts?|sugars?|diets?|vitamins?|snacks?"
    r"|meals?|bread|cheese|sweets?|tast\w+|ingredients?|botan\w+|crops?|plants?|potassium|calor\w+"
    r"|restaurants?|kitchen|flavou?r\w*|dough|cuisine|frozen|groceries|trade[sd]?|export\w*)\b"
)


def implausible_distractor(card: Card, context: Context) -> str:
    """Find wrong options that nobody would choose: of another kind than the right one, or jokes."""
    key, others = key_and_others(card)
    if not others or not isinstance(card.content, Choice) or "`" in "".join(card.content.options):
        return ""
    stem = _text.plain(card.content.stem)
    known = f"{stem} {key} {_text.support(card, context)}".casefold()
    for other in others:
        joke = _JOKES.search(other)
        is_subject = joke and (
            (joke["tale"] and _OF_TALES.search(known)) or (joke["food"] and _OF_FOOD.search(known))
        )
        if joke and not is_subject and joke[0].casefold() not in known and not _JOKES.search(key):
            return f"Nobody would choose {other!r}: write a wrong option that tempts."
    (least, odd), (next_least, _) = sorted((words.word_count(o), o) for o in (key, *others))[:2]
    if len(others) >= 2 and least == 1 and next_least >= 4:
        return f"{odd!r} is one word among sentences: write an option like the others."
    kinds: list[_Kind] = [_kind(option) for option in (key, *others)]
    alike = kinds.count(kinds[0])
    for other, kind in zip(others, kinds[1:], strict=True):
        if _are_apart(kinds[0], kind, key, other, alike=alike):
            return f"{other!r} is of another kind than the right option: replace it."
    return ""


def _kind(option: str) -> _Kind:
    text = _text.norm(option).strip(" .")
    if _YES_NO.fullmatch(text):
        return "yes-no"
    if _NUMBER.fullmatch(text) and words.word_count(text) <= 6:
        return "number"
    if _DAY.fullmatch(text):
        return "day"
    told = _text.tokens(text.replace("-", " ").casefold())
    if _text.numbers(text) and all(_is_number_word(word) for word in told):
        return "number"
    return "name" if _PERSON.fullmatch(text) else "words"


def _is_number_word(word: str) -> bool:
    return word in ("and", "a") or (word.isalpha() and bool(_text.numbers(word)))


def _are_apart(key: _Kind, other: _Kind, right: str, wrong: str, *, alike: int) -> bool:
    if key == other:
        return False
    if "yes-no" in (key, other) or "day" in (key, other):
        return True
    if key == "number":
        return not _QUANTITY.search(wrong) and not re.search(r"\d", wrong)
    if other == "number":
        return not _QUANTITY.search(right) and not re.search(r"\d", right)
    # "A sandwich" among names; one word alone may be a name as well.
    return (
        key == "name"
        and alike >= 2
        and bool(re.match(r"(?:an?|the|[a-z]\w*) [a-z]", wrong, re.IGNORECASE))
        and not re.search(r" [A-Z]", wrong)
    )


# --- right as well -----------------------------------------------------------

_NEGATIVE_STEM: Final = re.compile(
    r"\b(?:not|except|least|cannot|never|false|incorrect)\b|n't\b", re.IGNORECASE
)
_CONTRAST: Final = _text.any_of(
    r"\b(?:but|while|whereas|unlike|not|never|no|than|rather|instead|versus|however|although|though"
    r"|neither|nor|only|without|except)\b",
    r"n't\b",
)
# "Two things helped: rag paper and ink" says what it counts behind its colon.
_CLAUSE: Final = re.compile(r"[.;:!?]\s|\n|\s[–—-]\s")
_COUNTED: Final = re.compile(
    r"\b(?P<count>(?:two|three|four|five|several|many) [a-z]+\b[^.;:!?]*):\s", re.IGNORECASE
)
_ASIDE: Final = re.compile(r",\s*(?:which|who|whose)\b[^,]*(?=,)")
_BETWEEN: Final = re.compile(
    r"(?:[\s,/&()]|\b(?:and|or|as well as|along with|together with|plus|also|both|either|by|of|in"
    r"|on|from|to|with|for|the|an?|its|their|then|even|sometimes|such as|like|including"
    r"|\w{2,}ly)\b)*",
    re.IGNORECASE,
)
_JOINS: Final = _text.any_of(r"\b(?:and|or|as well as|along with|together with|plus)\b|&|,")


def second_correct_option(card: Card, _context: Context) -> str:
    """Find wrong options that the evidence names beside the right one."""
    key, others = key_and_others(card)
    if not others or not isinstance(card.content, Choice):
        return ""
    stem = _text.face(card.content).masked
    if _NEGATIVE_STEM.search(stem):
        return ""
    asked = _text.stems(stem)
    for clause in (part for e in card.evidence for part in _clauses(e.text)):
        if _CONTRAST.search(clause) or not _is_asked_of(clause, asked):
            continue
        for other in others:
            # An option that only repeats the question is told of, not said to be right.
            is_new = not _text.stems(other) or not _text.stems(other) <= asked - _text.stems(key)
            if is_new and _stand_together(key, other, clause):
                return f"The evidence names {other!r} beside the right option: replace it."
    return ""


def _clauses(text: str) -> list[str]:
    """Cut evidence where one statement ends, and take asides out."""
    joined = _COUNTED.sub(r"\g<count>, ", _text.norm(text))
    return _CLAUSE.split(_ASIDE.sub("", joined))


def _is_asked_of(clause: str, asked: frozenset[str]) -> bool:
    told = _text.stems(clause)
    shared = sum(1 for stem in asked if stem in told or any(is_kin(stem, t) for t in told))
    return 2 * shared >= len(asked)


def _stand_together(key: str, other: str, clause: str) -> bool:
    """Claim that a clause joins two options with "and", "or" or a comma, and nothing more."""
    spans = [_span(option, clause) for option in (key, other)]
    if not all(spans):
        return False
    (_, end), (start, _) = sorted(span for span in spans if span)
    between = clause[end:start]
    if end > start or not _JOINS.search(between):
        return False
    # Other members of the same list may stand between.
    parts = re.split(r",|\band\b|\bor\b|&", between)
    return bool(_BETWEEN.fullmatch(between)) or (
        all(words.word_count(p) <= 3 for p in parts) and len(parts) > 2
    )


def _find(wanted: str, text: str) -> tuple[int, int] | None:
    """Find whole words in a text."""
    at = text.find(wanted)
    end = at + len(wanted)
    if at < 0 or text[at - 1 : at].isalnum() or text[end : end + 1].isalnum():
        return None
    return at, end


def _span(option: str, clause: str) -> tuple[int, int] | None:
    """Find where an option's content words stand together, as offsets."""
    wanted = _text.stems(option)
    if literal := _find(_text.norm(option).casefold(), clause.casefold()):
        return literal
    # "Vitamin A" is told by its letter alone.
    if not wanted or not wanted <= _text.stems(clause) or re.search(r"\b\w$", option):
        return None
    found = [
        match.span()
        for match in re.finditer(r"\w+(?:['’]\w+)?", clause)
        if _text.stem(match[0]) in wanted
    ]
    told = {_text.stem(clause[start:end]) for start, end in found}
    if told < wanted or not found:
        return None
    first, last = found[0][0], found[-1][1]
    return (first, last) if words.word_count(clause[first:last]) <= len(wanted) + 3 else None
