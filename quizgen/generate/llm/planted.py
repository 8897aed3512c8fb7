"""Notice words of a source that speak to a language model instead of to a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen.generate.llm.parts import Passage

_PLANTED: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.!?\n]{0,40}\b(?:previous|prior|above|earlier"
    r"|preceding|foregoing|all|any|your|system|these|the)\b[^.!?\n]{0,30}\b(?:instructions?|prompts?"
    r"|rules|directions|guidelines)\b"
    r"|\b(?:system|developer) prompt\b[^.!?\n]{0,60}\b(?:reveal|print|show|repeat|output|leak)\w*"
    r"|\b(?:reveal|print|show|repeat|output|leak)\w*\b[^.!?\n]{0,40}\b(?:system|developer) prompt\b"
    r"|\byou are (?:now|no longer) (?:an?|the|in)\b[^.!?\n]{0,60}\b(?:mode|assistant|model|ai|dan"
    r"|chatbot)\b"
    r"|\b(?:new|updated|real) (?:system )?instructions?(?: for (?:the|you|ai)[^:\n]{0,30})?:"
    r"|\bas an? (?:ai|large language) (?:language )?model,? (?:you|your)\b"
    r"|\b(?:dear|attention|note to|to the|if you are an?) (?:ai|llm|language model|assistant"
    r"|chatbot)s?\b"
    r"|<\|(?:im_start|im_end|endoftext|system|assistant|user)\|>|\[/?INST\]|<<SYS>>"
    r"|<(?:tool_call|function_calls?|invoke|antml)\b|\"tool_calls?\"\s*:"
    r"|^\s*(?:system|assistant)\s*:\s",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED: Final = re.compile(r"[“\"][^”\"\n]*[”\"]")


def is_planted(text: str) -> bool:
    """Claim that words speak to a model; what stands in quotation marks is talked about."""
    return _PLANTED.search(_QUOTED.sub(" ", text)) is not None


def notices(passage: Passage) -> Iterator[str]:
    """Say where a passage speaks to a language model."""
    for part in passage.entries:
        found = _PLANTED.search(_QUOTED.sub(" ", part.source))
        if found:
            said = " ".join(found.group().split())
            first, last = part.piece.lines[0], part.pieces[-1].lines[1]
            span = f"{first}" if first == last else f"{first}-{last}"
            yield (
                f"{part.run.document.path}:{span} speaks to a language model ({said!r}); it was"
                " given to the model as text, and no card rests on it"
            )
