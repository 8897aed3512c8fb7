"""Show a card's words as the checks read them: what is seen, what is asked, what supports it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias, assert_never

from quizgen import cloze, optionorder, words
from quizgen.checks.row import Context
from quizgen.model import Basic, Card, Choice, Cloze, Content

Form: TypeAlias = Literal["question", "cloze", "choice", "truth"]

BLANK: Final = re.compile(r"_{2,}")
_FENCE: Final = re.compile(r"^(`{3,}|~{3,}).*?(?:^\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_CODE: Final = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_MATHS: Final = re.compile(
    r"(?<!\\)\$\$.+?\$\$|(?<![\\$\w])\$(?=[^\s$])[^$\n]*?(?<=[^\s\\])\$(?!\d)"
    r"|(?<!\\)\\\((?:[^\\\n]|\\[^()\n])+\\\)",
    re.DOTALL,
)
_LINK: Final = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*(?: \"[^\"]*\")?\)")
_EMPHASIS: Final = re.compile(
    r"(?<![\\*\w])\*{1,3}(?=\S)(.+?)(?<=\S)(?<!\\)\*{1,3}(?![*\w])"
    r"|(?<![\\_\w])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![_\w])",
)
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_QUOTED: Final = re.compile(r"[\"“„«][^\"“”„«»]*[\"”»]|(?<!\w)['‘][^'‘’\n]{1,60}['’](?!\w)")


@dataclass(frozen=True, slots=True)
class Face:
    """A card's words without markup.

    `front` is seen before answering, blanks as `____`; `back` is what must be recalled (every
    hidden phrase, every right option); `masked` is the front with code and maths as ` `` ` and
    quoted words as `“”`, for the rules that ask who is speaking.
    """

    form: Form
    front: str
    back: str
    masked: str


@lru_cache(maxsize=16_384)
def face(content: Content) -> Face:
    """Show both sides of a card; those of a true/false card are its statement and nothing."""
    match content:
        case Basic(question, answer):
            return Face("question", plain(question), plain(answer), mask(question))
        case Cloze(text):
            # Emphasis may open inside a blank and close outside it, so blanks are filled with
            # a mark that is no markup before anything is taken out.
            seen = cloze.visible(text, "\x00")
            back = "; ".join(plain(part) for part in cloze.hidden(text))
            front, masked = (show(seen).replace("\x00", "____") for show in (plain, mask))
            return Face("cloze", front, back, masked)
        case Choice(stem, options, keys):
            if is_truth(content):
                return Face("truth", plain(stem), "", mask(stem))
            back = "; ".join(plain(options[key]) for key in keys if 0 <= key < len(options))
            return Face("choice", plain(stem), back, mask(stem))
        case _:
            assert_never(content)


def any_of(*patterns: str) -> re.Pattern[str]:
    """Compile alternatives, written one to a line so that a reader can check them."""
    return re.compile("|".join(patterns), re.IGNORECASE)


def vocabulary(text: str) -> frozenset[str]:
    """Cut a list of words."""
    return frozenset(text.split())


def is_truth(content: Content) -> bool:
    """Claim that a card asks whether a statement is true or false."""
    return isinstance(content, Choice) and optionorder.is_true_false(content.options)


def is_said_to_be_true(content: Content) -> bool:
    """Claim that a true/false card is keyed true."""
    return (
        isinstance(content, Choice)
        and is_truth(content)
        and any(
            optionorder.says_true(content.options[key])
            for key in content.keys
            if 0 <= key < len(content.options)
        )
    )


def fields(content: Content) -> tuple[str, ...]:
    """List what the person wrote, field by field, markup included."""
    match content:
        case Basic(question, answer):
            return (question, answer)
        case Cloze(text):
            return (text,)
        case Choice(stem, options):
            return (stem, *options)
        case _:
            assert_never(content)


def bare(text: str) -> str:
    """Take out code and maths, whose braces, tags and numbers are their own affair."""
    if not any(sign in text for sign in ("`", "$", "~~~", "\\(")):
        return text
    return _MATHS.sub(" `` ", _CODE.sub(" `` ", _FENCE.sub(" `` ", text)))


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """Take the markup off, and keep what it marks."""
    if "`" in text:
        text = _CODE.sub(r"\2", text)
    return " ".join(_unmarked(text).split())


def mask(text: str) -> str:
    """Take out code, maths and whatever stands in quotation marks."""
    return " ".join(_QUOTED.sub(" “” ", _unmarked(bare(text))).split())


def _unmarked(text: str) -> str:
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(lambda found: found[1] or found[2], text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


@lru_cache(maxsize=16_384)
def norm(text: str) -> str:
    """Fold a text for comparing; of ASCII only the white space is to be folded."""
    return " ".join(text.split()) if text.isascii() else words.norm(text)


@lru_cache(maxsize=16_384)
def tokens(text: str) -> tuple[str, ...]:
    """Cut a text into words, which nearly every rule asks for."""
    return tuple(words.tokens(text))


def support(card: Card, context: Context) -> str:
    """Join everything that may make a card true: its evidence, the page's wording, the window."""
    parts = [context.window]
    for evidence in card.evidence:
        parts += (evidence.text, evidence.note)
    return "\n".join(part for part in parts if part)


@lru_cache(maxsize=16_384)
def stems(text: str) -> frozenset[str]:
    """Collect the content stems of a text, which several rules ask for; a blank has none."""
    seen = BLANK.sub(" ", text) if "__" in text else text
    return frozenset(stem for token in tokens(seen) for stem in _token_stems(token))


@lru_cache(maxsize=50_000)
def _token_stems(token: str) -> frozenset[str]:
    # The same words come back card after card; stemming each once is most of the speed.
    return words.content_stems(token)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Remember the stem of a word."""
    return words.stem(word)


@lru_cache(maxsize=16_384)
def numbers(text: str) -> frozenset[float]:
    """Remember the numbers of a text; most have none, which is seen sooner than read."""
    if text.isascii() and not any(map(str.isdigit, text)):
        told = frozenset(_LETTERS.findall(text.casefold()))
        if told.isdisjoint(_NUMBER_WORDS):
            return frozenset()
    return words.numbers(text)


_LETTERS: Final = re.compile(r"[a-z]+")
_NUMBER_WORDS: Final = vocabulary(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion trillion dozen half twice thrice first second third fourth
    fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth
    seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth
    eightieth ninetieth
    """
)


def is_quote(card: Card) -> bool:
    """Claim that a card asks for words that somebody said."""
    if card.stamp.rule.startswith("quote"):
        return True
    front = face(card.content).front
    if "__" not in front or not any(BLANK.search(found[0]) for found in _DOUBLE.finditer(front)):
        return False
    return any(_is_said(found[1]) for found in _DOUBLE.finditer(_filled(card.content)))


def _is_said(quoted: str) -> bool:
    """Claim that quoted words with a blank are a quotation; one hidden term alone is a term."""
    if "\x01" not in quoted and not BLANK.search(quoted):
        return False
    beside = _HIDDEN.sub(" ", quoted)
    return words.word_count(beside) > 0 or words.word_count(quoted) > 3 or "…" in quoted


_DOUBLE: Final = re.compile(r"[\"“„«]([^\"“”„«»]*)[\"”»]")
_HIDDEN: Final = re.compile("\x01.*?\x02", re.DOTALL)


def quotations(card: Card) -> tuple[str, ...]:
    """List the words a quote card puts into a mouth, blanks filled in.

    Where a blank's words cannot be told apart, it stays a gap, written `…`.
    """
    if not is_quote(card):
        return ()
    marked = _filled(card.content)
    found = [norm(match[1]) for match in _DOUBLE.finditer(marked)]
    with_blank = [quote for quote in found if "\x01" in quote]
    # Without a blank a short string in quotation marks is a title or a term.
    chosen = with_blank or [quote for quote in found if words.word_count(quote) > 3]
    return tuple(quote.replace("\x01", "").replace("\x02", "") for quote in chosen)


def _filled(content: Content) -> str:
    match content:
        case Cloze(text):
            return "".join(
                part if isinstance(part, str) else f"\x01{part.text}\x02"
                for part in cloze.parse(text)
            )
        case Basic(question, answer):
            answers = [plain(answer)]
        case Choice(stem, options, keys):
            question = stem
            answers = [plain(options[key]) for key in keys[:1] if key < len(options)]
        case _:
            assert_never(content)
    gaps = BLANK.findall(question)
    if len(gaps) > 1 and answers:
        answers = re.split(r"\s*(?:[;,/]|\band\b)\s*", answers[0])
    if len(answers) != len(gaps):
        answers = ["…"] * len(gaps)
    filling = iter(answers)
    return BLANK.sub(lambda _: f"\x01{next(filling)}\x02", plain(question))
