"""Write a deck as JSON: every field of every card, for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeAlias, assert_never

from quizgen import cloze, markup
from quizgen.exports import Options
from quizgen.model import Basic, Card, Choice, Cloze, Content, Deck, Evidence

Row: TypeAlias = dict[str, Any]


def export(decks: tuple[Deck, ...], options: Options) -> Mapping[str, bytes]:
    """Write one deck with all its cards, dropped ones too; texts are the deck's own Markdown."""
    del options  # nothing about JSON is a matter of taste
    (deck,) = decks
    return {".json": _encoded(_deck(deck))}


def _encoded(row: Row) -> bytes:
    """Encode as UTF-8; a lone surrogate becomes JSON's own escape, and is read back as it was."""
    text = json.dumps(row, ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def _deck(deck: Deck) -> Row:
    return {
        "deck": {"id": deck.id, "title": deck.title, "sources": list(deck.sources)},
        "cards": [_card(card) for card in deck.cards],
    }


def _card(card: Card) -> Row:
    return {
        "id": card.id,
        **_content(card.content),
        "why": card.why,
        "state": card.state,
        "tier": card.tier,
        "section": card.section,
        "tags": list(card.tags),
        "rule": card.stamp.rule,
        "evidence": [_evidence(evidence) for evidence in card.evidence],
    }


def _content(content: Content) -> Row:
    options: list[str] = []
    key: list[int] = []
    match content:
        case Basic():
            kind, front, back = "basic", content.question, content.answer
        case Cloze():
            kind, front = "cloze", markup.cloze_plain(content.text)
            back = "; ".join(cloze.hidden(content.text))
        case Choice():
            kind, front = "choice", content.stem
            options, key = list(content.options), list(content.keys)
            back = "; ".join(options[index] for index in key if index < len(options))
        case _:
            assert_never(content)
    return {"kind": kind, "front": front, "back": back, "options": options, "key": key}


def _evidence(evidence: Evidence) -> Row:
    first, last = evidence.lines
    return {
        "text": evidence.text,
        "document": evidence.document,
        "lines": [first, last] if first else [],
        "speaker": evidence.speaker,
        "seconds": "" if evidence.seconds is None else evidence.seconds,
        "link": evidence.link,
        "match": evidence.match,
        "note": evidence.note,
    }
