"""Judge whether a card is built as its kind must be."""

from __future__ import annotations

import re
from typing import Final, assert_never

from quizgen import cloze, words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Basic, Card, Choice, Cloze

_TAG: Final = re.compile(
    r"(?<!\\)</?(?:a(?=\s)|b|i|u|p|br|hr|em|strong|div|span|sub|sup|img|ul|ol|li|h[1-6]|table|t[rdh]|font"
    r"|code|pre|script|style|blockquote|center|small|mark)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE)
_CLOZE_REMAINS: Final = re.compile(r"(?<!\\\{\{)(?<!\w)c\d+::")
_UNBALANCED: Final = re.compile(r"\{\{|\}\}")
_STRONG: Final = re.compile(r"(?<![\\*\w])\*\*(?=\w)|(?<=[\w.!?])\*\*(?![*\w])")
_LINK_REMAINS: Final = re.compile(r"(?<!\\)\]\(")
_ONE_COLON: Final = re.compile(r"c\d{1,3}:(?!:)")
_LINK: Final = re.compile(r"(?<![!\\])\[[^\]\n]+\]\([^)\s]+(?: \"[^\"]*\")?\)")


def malformed(card: Card, _context: Context) -> str:
    """Find what a card of its kind must have and lacks, and markup that would be shown as it is."""
    if sentence := _missing(card):
        return sentence
    match card.content:
        case Cloze(text):
            # An escaped brace is meant; what is left of the others was never closed.
            parts = cloze.parse(text.replace("\\{{", ""))
            prose = _text.bare("".join(part for part in parts if isinstance(part, str)))
            if _UNBALANCED.search(prose):
                return "A blank's braces do not balance: write it as `{{word}}`."
            texts = (cloze.filled(text),)
        case content:
            texts = _text.fields(content)
    return next((sentence for sentence in map(_litter, texts) if sentence), "")


def _missing(card: Card) -> str:
    match card.content:
        case Basic(question, answer):
            if not _says(question):
                return "The question is empty: write one."
            if not _says(answer):
                return "The answer is empty: write one."
            if _same(question) == _same(answer):
                return "The answer repeats the question: write what is to be recalled."
            is_blankless_quote = card.stamp.rule.startswith("quote") and not (
                _text.BLANK.search(question) or "?" in question
            )
            if is_blankless_quote:
                return "The quote has no blank and asks nothing: hide the words to recall."
        case Cloze(text):
            hidden = cloze.hidden(text)
            if not hidden:
                return "The sentence has no complete blank: write it as `{{word}}`."
            if any(map(_ONE_COLON.match, hidden)):
                return "A blank's number wants two colons: write it as `{{c1::word}}`."
            if not all(map(_says, hidden)):
                return "A blank hides nothing: write the hidden word between its braces."
            if not any(map(str.isalnum, cloze.visible(text, ""))):
                return "The blank hides the whole sentence: leave enough of it to answer from."
        case Choice(stem, options, keys) as choice:
            if not _says(stem):
                return "The question is empty: write one."
            if not all(map(_says, options)):
                return "An option is empty: write it or take it out."
            if len(options) < 3 and not _text.is_truth(choice):
                return "There are fewer than three options: add a wrong one that tempts."
            if not keys:
                return "No option is marked as right: mark one with `[x]`."
            if not all(0 <= key < len(options) for key in keys):
                return "The right option is not among the options: mark one with `[x]`."
            if len(keys) == len(options):
                return "Every option is marked as right: add a wrong one."
        case _:
            assert_never(card.content)
    return ""


def _says(text: str) -> bool:
    return any(not char.isspace() and char not in "_*#" for char in text)


def _same(text: str) -> str:
    return _text.norm(text).casefold().rstrip(" .?!")


def _litter(text: str) -> str:
    """Find markup that the deck's Markdown does not turn into anything."""
    if not any(sign in text for sign in ("<", "&", "{", "*", "](", "::")):
        return ""
    prose = _text.bare(text)
    if tag := _TAG.search(prose):
        return f"{tag[0]!r} would be shown as it is: use Markdown, or put code in backticks."
    if entity := _ENTITY.search(prose):
        return f"{entity[0]!r} is left from a web page: write the character itself."
    if remains := _CLOZE_REMAINS.search(prose):
        return (
            f"'{remains[0]}' is left from a blank and hides nothing here: take it out, or put it "
            "in backticks where it is meant."
        )
    if len(_STRONG.findall(prose)) % 2:
        return "`**` stands alone and would be shown: close the bold text or take it out."
    if _LINK_REMAINS.search(_text.plain(prose)):
        return "A link is broken and would be shown as `](`: mend it or take it out."
    return ""


def linked_answer(card: Card, _context: Context) -> str:
    """Find answers that lead away to a page, where words are to be recalled."""
    match card.content:
        case Basic(_, answer):
            answers = (answer,)
        case Cloze(text):
            answers = cloze.hidden(text)
        case Choice(_, options):
            answers = options
        case _:
            assert_never(card.content)
    if any("](" in answer and _LINK.search(_text.bare(answer)) for answer in answers):
        return "The answer is a link: write its words alone, and keep the address for a note."
    return ""


# --- too long ----------------------------------------------------------------


def too_long(card: Card, _context: Context) -> str:
    """Count the words of each side against the rubric's limits."""
    match card.content:
        case Basic(question, answer):
            sides = [("front", question), ("answer", answer)]
        case Cloze(text):
            sides = [("front", cloze.filled(text))]
        case Choice(stem, options):
            sides = [("front", stem), *(("option", option) for option in options)]
        case _:
            assert_never(card.content)
    limits = {"front": 50 if _text.is_quote(card) else 35, "answer": 20, "option": 15}
    for side, text in sides:
        count = words.word_count(_text.bare(text)) if len(text) > 2 * limits[side] else 0
        if count > limits[side]:
            return f"The {side} has {count} words: keep it to {limits[side]}."
    return ""
