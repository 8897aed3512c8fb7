"""The page of one card, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from quizgen import review
from quizgen.errors import QuizgenError
from quizgen.exports import Options
from quizgen.exports.table import named
from quizgen.model import Card, State
from quizgen.ui.web import faces
from quizgen.ui.web.answers import Answer, Ask, Page, Sent, go
from quizgen.ui.web.desk import Desk
from quizgen.ui.web.guard import FRAME_POLICY


def heading(desk: Desk, ask: Ask) -> dict[str, str]:
    """Name the deck, for the head of its pages."""
    title = desk.seat.deck.title or desk.path.stem
    return {"key": ask.one("deck"), "title": title, "path": str(desk.path)}


def standing(desk: Desk) -> dict[str, Any]:
    """Say where the person stands."""
    now, session = desk.seat.standing(), desk.session
    return {
        "place": f"Card {session.at + 1:,} of {len(session.order):,}",
        "all": now.decided + now.left,
        "decided": now.decided,
        "left": now.left,
        "minutes": now.minutes,
        "narrowed": session.search.text,
    }


def table(ask: Ask, error: str = "") -> Answer:
    """Show the card that is to be settled, or that was asked for."""
    desk = ask.room.desk(ask.one("deck"))
    desk.look_up()
    if ask.one("card"):
        desk.go_to(ask.one("card"))
    card = desk.on_table()
    said, desk.said = desk.said, ""
    dropped, desk.dropped = desk.dropped, ""
    key = ask.one("deck")
    values: dict[str, Any] = {
        "deck": heading(desk, ask),
        "stand": standing(desk),
        "said": said,
        "error": error,
        "card": None,
        "gaps": 0 if card else len(desk.seat.gaps()),
        "reasons": review.REASONS,
        "dropped": dropped,
        "undo": desk.can_undo,
        "redo": desk.can_redo,
        "hide": ask.room.hide,
        "paper": ask.room.paper,
    }
    if card:
        values |= _on_table(desk, card) | {"sheet": go("/sheet", deck=key, card=card.id).to}
    here = go("/review", deck=key, card=card.id if card else "").to
    return Answer("review.html", values, here=here, status=409 if error else 200)


def _on_table(desk: Desk, card: Card) -> dict[str, Any]:
    seat = desk.seat
    similar = [faces.like(card, other) for other in seat.similar(card)]
    return {
        "card": faces.face(card) | {"seen": desk.seen(card)},
        "evidence": faces.evidence(card.evidence, seat.views(card)),
        "problems": [faces.problem(each) for each in seat.problems(card)],
        "mend": ", ".join(seat.suggestion(card)),
        "similar": [other | {"first": at == 0} for at, other in enumerate(similar)],
    }


# --- acting ------------------------------------------------------------------


def _decide(state: State) -> Callable[[Desk, Card], None]:
    def decided(desk: Desk, card: Card) -> None:
        desk.do(review.decide(desk.seat.parsed, card.id, state), on=True)
        desk.dropped = card.id if state == "dropped" else ""

    return decided


def _flag(desk: Desk, card: Card) -> None:
    put_off = not review.is_flagged(card)
    desk.do(review.flag(desk.seat.parsed, card.id), on=put_off)


def _mend(desk: Desk, card: Card) -> None:
    seat = desk.seat
    desk.do(review.mend(seat.parsed, card.id, seat.context(card), year=seat.year))


def _skip(desk: Desk, card: Card) -> None:
    del card
    desk.session = review.skip(desk.session, desk.seat.deck)


def _next(desk: Desk, card: Card) -> None:
    del card
    desk.session = review.following(desk.session)


def _back(desk: Desk, card: Card) -> None:
    del card
    desk.session = review.back(desk.session)


_ON_CARD: Final[Mapping[str, Callable[[Desk, Card], None]]] = {
    "keep": _decide("kept"),
    "drop": _decide("dropped"),
    "draft": _decide("draft"),
    "flag": _flag,
    "mend": _mend,
    "skip": _skip,
    "next": _next,
    "back": _back,
}
"""What is done to the card on the table, as the person saw it."""


def _explain(desk: Desk, card: str, number: str) -> None:
    """Say why a card was dropped; the one on the table stays there."""
    reasons = {str(at): why for at, why in enumerate(review.REASONS, 1)}
    if number not in reasons:
        raise QuizgenError("there is no such reason; choose one on the page")
    step = review.explain(desk.seat.parsed, card, reasons[number])
    desk.do(replace(step, card=""))


def act(ask: Ask) -> Answer:
    """Do what a button says; what it did is on the disk when this returns."""
    room = ask.room
    desk = room.desk(ask.one("deck"))  # saving reads the deck again, under its lock
    deed, _, more = ask.one("do").partition(" ")
    if deed in _ON_CARD:
        card = desk.find(ask.one("card"), ask.one("seen"))
        desk.go_to(card.id)
        _ON_CARD[deed](desk, card)
    elif deed == "why":
        _explain(desk, ask.one("other"), more)
    elif deed == "merge":
        card = desk.find(ask.one("card"), ask.one("seen"))
        desk.do(review.merge(desk.seat.parsed, card.id, ask.one("other")))
    elif deed == "undo":
        desk.turn(back=True)
    elif deed == "redo":
        desk.turn(back=False)
    elif deed == "paper":
        room.paper = not room.paper
    elif deed == "hide":
        room.hide = not room.hide
    else:
        raise QuizgenError("there is no such button; go back to the review")
    return go("/review", deck=ask.one("deck"))


def _refused(ask: Ask, sentence: str) -> Answer:
    """Show the card again as it now is, with the sentence above it."""
    try:
        desk = ask.room.desk(ask.one("deck"))
        here = any(card.id == ask.one("card") for card in desk.seat.deck.cards)
        again = Ask(
            ask.room, {"deck": [ask.one("deck")], "card": [ask.one("card") if here else ""]}
        )
        return table(replace(again, part=ask.part), sentence)
    except QuizgenError as error:
        return Answer("message.html", {"sentence": str(error), "deck": ""}, status=409)


def sheet(ask: Ask) -> Sent:
    """Print one card as it stands on a sheet, by the very template of the sheet."""
    desk = ask.room.desk(ask.one("deck"))
    card = desk.seat.card(ask.one("card"))
    deck = replace(desk.seat.deck, cards=(card,))
    pages = named("html").export((deck,), Options(drafts=True))
    return Sent(pages[".html"], "text/html; charset=utf-8", policy=FRAME_POLICY)


PAGES: Final = (
    Page("GET", "/review", table),
    Page("POST", "/act", act, _refused),
    Page("GET", "/sheet", sheet),
)
