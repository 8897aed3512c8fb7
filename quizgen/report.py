"""Write down what became of every piece of some works: as a page and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from quizgen import cloze, familiar, identity, importance, markup, quoteaudit, render, works
from quizgen.importance import Idea, Point
from quizgen.model import Card, Cloze, Deck, Document, Kind, Match, Piece, Work
from quizgen.pipeline import COVERED, Row
from quizgen.quoteaudit import Audited

View: TypeAlias = dict[str, Any]

_FIRST: Final[tuple[Kind, ...]] = ("insight", "idea", "quote", "section")
"""Kinds that a reader wants to see one by one; the others follow them."""

_VERDICTS: Final[Mapping[Match, str]] = {
    "verbatim": "said so",
    "near": "differs by a few words",
    "condensed": "not found in the transcript",
    "page": "no transcript to compare it with",
}


@dataclass(frozen=True, slots=True)
class Covered:
    """A work after its deck was made.

    `deck` is the deck as it now is, and `place` its path, empty where none was written; `names`
    gives each document as the person named it. `by_rules` is what the rules alone would have made
    of each piece, where a language model was asked.
    """

    work: Work
    rows: Sequence[Row]
    deck: Deck
    place: str
    names: Mapping[str, str]
    audited: Sequence[Audited] = ()
    by_rules: Sequence[Row] = ()


def write(covered: Sequence[Covered]) -> dict[str, bytes]:
    """Write one report of all works, by suffix."""
    view = {"works": [_work(each) for each in covered]}
    text = json.dumps(view, ensure_ascii=False, indent=1) + "\n"
    return {
        ".html": render.fill("html/coverage.html", view).encode("utf-8", "replace"),
        ".json": text.encode("utf-8", "backslashreplace"),
    }


# --- a work ------------------------------------------------------------------


def _work(covered: Covered) -> View:
    cards = {card.id: card for card in covered.deck.cards if card.id}
    ideas = importance.rank(covered.work)
    shown = [_idea(idea, covered, cards) for idea in ideas]
    return {
        "title": covered.work.title,
        "date": covered.work.date,
        "people": [person.name for person in covered.work.people],
        "deck": covered.place,
        "cards": _counted(covered.deck),
        "kinds": [kind for kind in COVERED if any(row.piece.kind == kind for row in covered.rows)],
        "sources": [_source(document, covered) for document in covered.work.documents],
        "important": shown,
        "quotes": [_quote(each, covered.names) for each in covered.audited],
        "documents": [
            _document(document, covered, cards)
            for document in covered.work.documents
            if any(row.document == document.path for row in covered.rows)
        ],
    }


def _counted(deck: Deck) -> View:
    states = Counter(card.state for card in deck.cards)
    tiers = Counter(card.tier for card in deck.cards if card.state == "draft")
    return {
        "all": len(deck.cards),
        "kept": states["kept"],
        "dropped": states["dropped"],
        "draft": states["draft"],
        "ready": tiers["ready"],
        "rough": tiers["rough"],
    }


def _source(document: Document, covered: Covered) -> View:
    mine = [row for row in covered.rows if row.document == document.path]
    kinds = dict.fromkeys(row.piece.kind for row in mine)
    spoken = sum(piece.kind in ("turn", "caption") for piece in document.pieces)
    return {
        "file": covered.names[document.path],
        "title": document.title,
        "date": works.date(document),
        "passages of speech": spoken,
        "pieces": {
            kind: {
                "with cards": sum(bool(row.cards) for row in mine if row.piece.kind == kind),
                "all": sum(row.piece.kind == kind for row in mine),
            }
            for kind in kinds
        },
    }


def _quote(each: Audited, names: Mapping[str, str]) -> View:
    said = each.found if each.found.match in ("verbatim", "near") else each.closest
    return {
        **_place(each.document.path, each.quote, names),
        "text": each.quote.text,
        "speaker": each.quote.speaker,
        "verdict": _VERDICTS[each.found.match],
        "match": each.found.match,
        "said": said.text if said else "",
        "where": quoteaudit.place(said, names) if said else "",
    }


# --- pieces ------------------------------------------------------------------


def _document(document: Document, covered: Covered, cards: Mapping[str, Card]) -> View:
    mine = [row for row in covered.rows if row.document == document.path]
    first = [row for row in mine if row.piece.kind in _FIRST]
    rest = sorted(
        (row for row in mine if row.piece.kind not in _FIRST),
        key=lambda row: COVERED.index(row.piece.kind),
    )
    theirs = [row for row in covered.by_rules if row.document == document.path and row.cards]
    by_rules = {row.piece for row in theirs}
    pieces = [
        _piece(row, covered.names, cards) | {"by rules": row.piece in by_rules}
        for row in (*first, *rest)
    ]
    return {
        "file": covered.names[document.path],
        "title": document.title,
        "with cards": sum(bool(row.cards) for row in mine),
        "by rules": len(theirs) if covered.by_rules else None,
        "pieces": pieces,
    }


def _piece(row: Row, names: Mapping[str, str], cards: Mapping[str, Card]) -> View:
    piece = row.piece
    under = piece.heading if piece.kind in ("section", "topic", "bullet") else ""
    return {
        "kind": piece.kind,
        **_place(row.document, piece, names),
        "heading": under,
        "text": piece.text,
        "more": piece.explanation or piece.answer,
        "speaker": piece.speaker,
        "cards": [_card(cards[each]) for each in row.cards if each in cards],
        "why": row.why,
    }


def _place(document: str, piece: Piece, names: Mapping[str, str]) -> View:
    first, last = piece.lines
    span = f"{first}" if first == last else f"{first}-{last}"
    return {
        "file": names[document],
        "lines": [first, last],
        "place": f"{names[document]}:{span}",
    }


def _card(card: Card) -> View:
    match card.content:
        case Cloze(text=text):
            asked = markup.to_plain(cloze.visible(text))
        case _:
            asked = markup.to_plain(identity.question(card.content))
    return {
        "id": card.id,
        "question": asked,
        "tier": card.tier,
        "state": card.state,
        "known": familiar.is_marked(card),
    }


# --- the most important ideas ------------------------------------------------


def _idea(idea: Idea, covered: Covered, cards: Mapping[str, Card]) -> View:
    """Tell an idea with the cards that any of its places has."""
    rows = {(row.document, row.piece): row for row in covered.rows}
    found: dict[str, Card] = {}
    reasons: list[str] = []
    for point in idea.points:
        row = rows.get((point.document, point.piece))
        if row is None:
            continue
        mine = [cards[each] for each in row.cards if each in cards]
        asked = [card for card in mine if point.said == point.piece or _rests_on(card, point)]
        found |= {card.id: card for card in asked}
        reasons += [row.why or f"the cards of its {point.piece.kind} ask for other sentences"]
    said = idea.point.said
    return {
        "kind": idea.point.piece.kind,
        **_place(idea.point.document, said, covered.names),
        "text": said.text,
        "more": said.explanation,
        "score": idea.score,
        "also": [
            {"kind": each.piece.kind, **_place(each.document, each.said, covered.names)}
            for each in idea.also
        ],
        "cards": [_card(card) for card in found.values()],
        "why": "" if found else next(iter(reasons), "it is not among the pieces that make cards"),
    }


def _rests_on(card: Card, point: Point) -> bool:
    """Claim that a card rests on a sentence of longer prose."""
    said = " ".join(point.said.text.split())
    return any(_overlap(" ".join(e.text.split()), said) for e in card.evidence)


def _overlap(one: str, other: str) -> bool:
    return bool(one) and (one in other or other in one)
