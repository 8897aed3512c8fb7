"""Find what a cut has torn: halves of brackets, two verbs in a question, slips of the source."""

from __future__ import annotations

import re
from typing import Final

_WITHIN: Final = (
    r"(?:(?!\b(?:that|which|who|whom|whose|what|when|where|if|while|because|as|than|how"
    r"|whether|although|though|since|after|before|until|unless)\b)[^?])*?"
)
_ASKS: Final = r"^(?:[Ww]hy|[Hh]ow|[Ww]here|[Ww]hen|[Ww]hat|For which \w+ reasons) "
_MODAL: Final = r"(?:may|might|can|could|will|would|should|must|cannot)"
_ASKED_TWICE: Final = re.compile(
    rf"{_ASKS}(?:does|do|did|can|could|will|would|should|may|might|must) {_WITHIN}"
    rf"(?<!\bthe)(?<!\bfree) {_MODAL} (?!be\?)[a-z]"
)
"""`Why does actual win may deviate`: the question's verb and the claim's own."""
_TWO_CLAIMS: Final = re.compile(
    rf"{_ASKS}(?:does|do|did|is|are|was|were|has|have|had|can|could) {_WITHIN}\b(?:and|but|or) "
    rf"{_WITHIN}\b(?:is|are|was|were|has|had|does|did|(?:is|are|was|were|has|have|had|do|does|did"
    rf"|ca|wo|could|would)n[’']t)\b",
)
_HANGING: Final = re.compile(
    r" (?:precisely|exactly|mainly|largely|mostly|chiefly|primarily|especially|particularly"
    r"|merely|simply|partly|probably|perhaps|possibly|presumably|in part|only|just|also|and|or"
    r"|but|the|an?)\?$"
)
_JOINTS: Final = re.compile(
    r"\b(?:and|or) (?:and|or)\b|\b(?:them|it|him|her) (?:and|or) (?:up|down|in|out|off|on|away)\b"
    r"|\b(?P<twice>the|an?|of|to|in|is|are|for) (?P=twice)\b|\bOR\b|\bAND\b"
)
_BRACKETS: Final = {")": "(", "]": "[", "”": "“", "}": "{"}


def fault(front: str, answer: str) -> str:
    """Say how a front or an answer was torn, or nothing."""
    if not (is_whole(front) and is_whole(answer)):
        return "it holds half of a bracket or of a quotation"
    if _JOINTS.search(f"{front} | {answer}"):
        return "its sentence has a slip"
    return ""


def asked(question: str) -> str:
    """Say how a question, without what introduces it, fails as a sentence, or nothing."""
    if _ASKED_TWICE.search(question) or _TWO_CLAIMS.search(question):
        return "its sentence does not cut into one question and one answer"
    if _HANGING.search(question):
        return "its question ends amid its sentence"
    return ""


def is_whole(text: str) -> bool:
    """Claim that each bracket and each quotation mark of a text has its other half."""
    opened: list[str] = []
    for mark in text:
        if mark in _BRACKETS.values():
            opened.append(mark)
        elif mark in _BRACKETS and (not opened or opened.pop() != _BRACKETS[mark]):
            return False
    return not opened and text.count('"') % 2 == 0
