"""The pages about many cards: what a search finds, and what a review came to."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable
from typing import Any, Final

from quizgen import checks, markup, review
from quizgen.errors import QuizgenError
from quizgen.model import Card
from quizgen.ui.web import faces
from quizgen.ui.web.answers import Answer, Ask, Page, go
from quizgen.ui.web.desk import Desk
from quizgen.ui.web.reviewing import heading, standing

_SHOWN: Final = 100
_DIGITS: Final = 9  # of a number that a person can have meant
_JUDGED: Final = 300  # cards that are judged before a person asks, a millisecond or two each


# --- finding -----------------------------------------------------------------

_Choices = list[tuple[str, str]]


def _fields(cards: Iterable[Card]) -> list[dict[str, Any]]:
    every = tuple(cards)
    plain = markup.words_to_plain
    return [
        _field("state", "State", [("all", "all"), *((name, name) for name in faces.STATES)]),
        _field("kind", "Kind", [*faces.KINDS.items()]),
        _field("tier", "Tier", [("ready", "ready"), ("rough", "rough")]),
        _field("rule", "Written by", _told(every, lambda card: [card.stamp.rule])),
        _field("section", "Section", _told(every, lambda card: [plain(card.section)])),
        _field(
            "speaker", "Speaker", _told(every, lambda c: [plain(e.speaker) for e in c.evidence])
        ),
        _field("tag", "Tag", _told(every, lambda card: card.tags)),
        _field(
            "problem", "Problem", [("any", "any problem"), *((r, r) for r in sorted(checks.RULES))]
        ),
        _field(
            "is",
            "Only",
            [
                ("later", "flagged for later"),
                ("clean", "without a problem"),
                ("mine", "written by hand"),
            ],
        ),
    ]


def _field(name: str, label: str, choices: _Choices) -> dict[str, Any]:
    return {"name": name, "label": label, "choices": choices}


def _told(cards: Iterable[Card], of: Callable[[Card], Iterable[str]]) -> _Choices:
    said = sorted({each for card in cards for each in of(card) if each})
    return [(each, each.replace("_", " ")) for each in said]


_NAMES: Final = ("state", "kind", "tier", "rule", "section", "speaker", "tag", "problem", "is")


def search_text(wanted: dict[str, str]) -> str:
    """Write what was chosen as a search is typed."""
    chosen = (
        f'{name}:"{wanted[name].replace(chr(34), "")}"' for name in _NAMES if wanted.get(name)
    )
    return " ".join((wanted["words"], *chosen)).strip()


def find(ask: Ask, error: str = "", *, sure: bool = False) -> Answer:
    """Show the cards that a search finds."""
    desk = ask.room.desk(ask.one("deck"))
    desk.look_up()
    wanted = {name: " ".join(ask.one(name).split()) for name in ("words", *_NAMES)}
    cards: list[Card] = []
    try:
        cards = _found(desk, wanted)
    except QuizgenError as refused:
        error = error or str(refused)
    judged = sure or len(cards) <= _JUDGED
    clean = (
        len(review.clean(cards, desk.seat.problems))
        if judged
        else sum(c.state == "draft" for c in cards)
    )
    asked = ask.one("from")
    start = int(asked) if asked.isdecimal() and len(asked) < _DIGITS else 0
    start = start if start < len(cards) else 0

    def page(at: int) -> str:
        return go("/find", deck=ask.one("deck"), **wanted, **({"from": str(at)} if at else {})).to

    values = {
        "deck": heading(desk, ask),
        "error": error,
        "wanted": wanted,
        "narrowed": any(wanted[name] for name in _NAMES),
        "fields": _fields(desk.seat.deck.cards),
        "total": len(cards),
        "rows": [_row(desk, card) for card in cards[start : start + _SHOWN]],
        "first": start + 1,
        "earlier": page(max(0, start - _SHOWN)) if start else "",
        "later": page(start + _SHOWN) if start + _SHOWN < len(cards) else "",
        "clean": clean,
        "judged": judged,
        "sure": sure and clean > 0,
    }
    here = page(start)
    return Answer("find.html", values, here=here, status=422 if error else 200)


def _found(desk: Desk, wanted: dict[str, str]) -> list[Card]:
    text = search_text(wanted)
    session = desk.seat.start(text if wanted["state"] else f"state:all {text}")
    return review.shown(session, desk.seat.deck)


def _row(desk: Desk, card: Card) -> dict[str, Any]:
    return {
        "id": card.id,
        "question": faces.summary(card),
        "answer": faces.answer(card),
        "state": card.state,
        "state_name": faces.STATES[card.state],
        "problems": len(desk.seat.problems(card)) if card.state == "draft" else 0,
    }


def use(ask: Ask) -> Answer:
    """Review what was found, or keep what is clean of it once the person is sure."""
    desk = ask.room.desk(ask.one("deck"))
    desk.look_up()
    wanted = {name: ask.one(name) for name in ("words", *_NAMES)}
    deed = ask.one("do")
    if deed == "review":
        desk.session = desk.seat.start(search_text(wanted))
        return go("/review", deck=ask.one("deck"))
    if deed == "ask":
        return find(ask, sure=True)
    if deed == "keep all":
        cards = review.clean(_found(desk, wanted), desk.seat.problems)
        if str(len(cards)) != ask.one("count"):
            return find(
                ask, "The cards have changed meanwhile, so none was kept; look again.", sure=True
            )
        session = desk.session
        desk.do(review.decide_all(desk.seat.parsed, cards, "kept"))
        desk.session = (
            review.go_on(session, desk.seat.deck) if session.current in cards else session
        )
        return go("/review", deck=ask.one("deck"))
    return go("/find", deck=ask.one("deck"), **wanted)


# --- the end -----------------------------------------------------------------


def done(ask: Ask, error: str = "") -> Answer:
    """Sum a review up, and offer the files."""
    desk = ask.room.desk(ask.one("deck"))
    desk.look_up()
    came = desk.seat.summary()
    dropped = sum(came.dropped.values())
    values = {
        "deck": heading(desk, ask),
        "error": error,
        "stand": standing(desk),
        "kept": came.kept,
        "figures": (
            ("kept", came.kept),
            ("dropped", dropped),
            ("edited", came.edited),
            ("left", came.left),
        ),
        "dropped": list(came.dropped.items()),
        "rules": [
            {
                "name": row.name.replace("_", " "),
                "kept": row.kept,
                "dropped": row.dropped,
                "share": round(100 * row.share),
            }
            for row in came.rules
        ],
        "command": shlex.join(("quizgen", "export", str(desk.path), "--to", "anki")),
    }
    here = go("/done", deck=ask.one("deck")).to
    return Answer("done.html", values, here=here, status=409 if error else 200)


PAGES: Final = (
    Page("GET", "/find", find),
    Page("POST", "/find", use, find),
    Page("GET", "/done", done),
)
