"""The pages where a person types: other words for a card, and a card of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, cast, get_args

from quizgen import cardtext, review
from quizgen.errors import QuizgenError
from quizgen.model import Card, Problem
from quizgen.review import Parts, Step, judging, quoting
from quizgen.ui.web import faces
from quizgen.ui.web.answers import Answer, Ask, Page, go
from quizgen.ui.web.desk import Desk
from quizgen.ui.web.reviewing import heading

_HEADINGS: Final = {
    "fields": "Edit the card",
    "text": "Edit the card as text",
    "kind": "Change the kind of card",
    "split": "Split the card",
}
_FEWEST_OPTIONS: Final = 4
_KINDS: Final = get_args(review.Kind)


def edit(ask: Ask) -> Answer:
    """Show a card's words to be changed."""
    desk = ask.room.desk(ask.one("deck"))
    desk.look_up()
    card = desk.seat.card(ask.one("card"))
    way = _way(ask)
    kind = _kind(ask, card)
    text = review.halves(card) if way == "split" else review.plain(desk.seat.block(card.id))
    parts = review.as_kind(desk.seat.deck, card, kind)
    return _form(ask, desk, card, parts, text=text)


def _way(ask: Ask) -> str:
    return ask.one("as") if ask.one("as") in _HEADINGS else "fields"


def _kind(ask: Ask, card: Card) -> review.Kind:
    wanted = ask.one("kind")
    return cast("review.Kind", wanted) if wanted in _KINDS else review.kind_of(card.content)


def _form(ask: Ask, desk: Desk, card: Card, parts: Parts, *, text: str, error: str = "") -> Answer:
    way, kind, seat = _way(ask), _kind(ask, card), desk.seat
    options = [
        {"text": option, "right": at in parts.keys} for at, option in enumerate(parts.options)
    ]
    while kind == "choice" and (len(options) < _FEWEST_OPTIONS or options[-1]["text"]):
        options.append({"text": "", "right": False})
    values: dict[str, Any] = {
        "deck": heading(desk, ask),
        "heading": _HEADINGS[way],
        "as": way,
        "kind": kind,
        "kinds": faces.KINDS,
        "card": {"id": card.id, "seen": ask.one("seen") or desk.seen(card)},
        "parts": {
            "question": parts.question,
            "answer": parts.answer,
            "options": options,
            "why": parts.why,
            "tags": " ".join(parts.tags),
            "text": text,
        },
        "evidence": faces.evidence(card.evidence, seat.views(card)),
    }
    looked = _looked(desk, card, way, parts, text)
    here = go("/edit", deck=ask.one("deck"), card=card.id, **{"as": ask.one("as")}).to
    return Answer(
        "edit.html", looked | values | {"error": error}, here=here, status=422 if error else 200
    )


def look(ask: Ask) -> Answer:
    """Say how what is being typed looks, and what speaks against it; nothing is written."""
    desk = ask.room.desk(ask.one("deck"))
    card = desk.seat.card(ask.one("card"))
    return Answer("looked.html", _looked(desk, card, _way(ask), _parts(ask, card), ask.one("text")))


def _looked(desk: Desk, card: Card, way: str, parts: Parts, text: str) -> dict[str, Any]:
    seat = desk.seat
    try:
        if way == "split":
            review.split(seat.parsed, card.id, text)
            return {"error": "", "face": None, "problems": []}
        if way == "text":
            now = cardtext.parse(text.strip("\n"))
            found = judging.of_text(text, seat.block(card.id), seat.context(card))
        else:
            now = replace(
                card, content=review.content_of(parts), why=parts.why.strip(), tags=parts.tags
            )
            found = judging.of_parts(card, parts, seat.context(card))
    except QuizgenError as error:
        return {"error": f"Not a card yet: {error}.", "face": None, "problems": []}
    return {"error": "", "face": faces.face(now), "problems": _said(found)}


def _said(found: Sequence[Problem]) -> list[dict[str, str]]:
    return [faces.problem(each) for each in found]


def _parts(ask: Ask, card: Card) -> Parts:
    """Read the fields of the form; options that were emptied are left out."""
    kind = _kind(ask, card)
    ticked = {int(each) for each in ask.all("right") if each.isdecimal()}
    written = [
        (option.strip(), at in ticked)
        for at, option in enumerate(ask.given.get("option", ()))
        if option.strip() and kind == "choice"
    ]
    return Parts(
        ask.one("question"),
        ask.one("answer") if kind == "basic" else "",
        tuple(option for option, _ in written),
        tuple(at for at, (_, right) in enumerate(written) if right),
        ask.one("why"),
        tuple(ask.one("tags").split()),
    )


def save(ask: Ask) -> Answer:
    """Give the card its new words; `keep` settles it too."""
    desk = ask.room.desk(ask.one("deck"))
    desk.look_up()
    card = desk.find(ask.one("card"), ask.one("seen"))
    desk.go_to(card.id)
    step = _step(ask, desk, card)
    desk.do(step)
    if ask.one("do") == "keep":
        desk.do(review.decide(desk.seat.parsed, step.card or card.id, "kept"), on=True)
        desk.said = f"{step.said} Kept it." if step.edits else desk.said
    return go("/review", deck=ask.one("deck"))


def _step(ask: Ask, desk: Desk, card: Card) -> Step:
    parsed, taken = desk.seat.parsed, desk.seat.taken
    match _way(ask):
        case "split":
            return review.split(parsed, card.id, ask.one("text"), taken)
        case "text":
            return review.rewrite(parsed, card.id, ask.one("text"), taken)
        case _:
            parts = _parts(ask, card)
            made = review.content_of(parts)
            if review.kind_of(made) != _kind(ask, card):
                raise QuizgenError(
                    "these words make another kind of card; use “Change kind” if that is meant"
                )
            return review.recast(parsed, card.id, parts, taken)


def _not_saved(ask: Ask, sentence: str) -> Answer:
    """Show the form again with what was typed, so that no word is lost."""
    desk = ask.room.desk(ask.one("deck"))
    desk.look_up()
    card = next((each for each in desk.seat.deck.cards if each.id == ask.one("card")), None)
    if card is None:
        return Answer("message.html", {"sentence": sentence, "deck": ask.one("deck")}, status=409)
    told = f"Nothing was saved: {sentence}"
    seen = desk.seen(card)
    again = replace(ask, given={**ask.given, "seen": [seen]})
    return _form(again, desk, card, _parts(ask, card), text=ask.one("text"), error=told)


# --- adding a card -----------------------------------------------------------


def gap(ask: Ask, error: str = "") -> Answer:
    """Show a passage without a ready card, and the form of a card beside it."""
    desk = ask.room.desk(ask.one("deck"))
    desk.look_up()
    found = desk.seat.gaps()
    said, desk.said = desk.said, ""
    at = int(ask.one("at")) if ask.one("at").isdecimal() and len(ask.one("at")) < 9 else 0
    values: dict[str, Any] = {"deck": heading(desk, ask), "error": error, "said": said}
    if not found:
        nothing = (
            "Every passage worth a card has a ready one or one of your own."
            if desk.seat.work
            else "The documents of this deck are not there now; without them no card can be made."
        )
        values |= {"gap": None, "nothing": nothing}
    else:
        at %= len(found)
        one = found[at]
        card = Card("", review.asked(one, "?"), (one.evidence,))
        views = [quoting.view(one.evidence, desk.seat.document(one.evidence.document), card)]
        values |= {
            "gap": {
                "key": one.id,
                "at": at,
                "number": at + 1,
                "count": len(found),
                "kind": one.piece.kind,
                "evidence": faces.evidence((one.evidence,), views)[0],
            },
            "given": {
                "question": ask.one("question"),
                "answer": ask.one("answer") or review.answer_for(one),
                "blank": ask.one("blank"),
            },
        }
    here = go("/add", deck=ask.one("deck"), at=str(at) if at else "").to
    return Answer("add.html", values, here=here, status=422 if error else 200)


def add(ask: Ask) -> Answer:
    """Add a card of the person's own, or pass on to the next passage."""
    desk = ask.room.desk(ask.one("deck"))
    desk.look_up()
    at = ask.one("at")
    if ask.one("do") == "pass":
        return go("/add", deck=ask.one("deck"), at=str(int(at) + 1) if at.isdecimal() else "")
    one = next((each for each in desk.seat.gaps() if each.id == ask.one("gap")), None)
    if one is None:
        raise QuizgenError("this passage has a card by now; nothing was added")
    hidden = [line.strip() for line in ask.one("blank").split("\n") if line.strip()]
    content = (
        review.blanked(one.evidence.text, hidden)
        if hidden
        else review.asked(one, ask.one("question"), ask.one("answer"))
    )
    session = desk.session
    desk.do(review.add(desk.seat.parsed, one, content, desk.seat.taken))
    desk.session = session
    return go("/add", deck=ask.one("deck"), at=at)


PAGES: Final = (
    Page("GET", "/edit", edit),
    Page("POST", "/edit", save, _not_saved),
    Page("POST", "/look", look),
    Page("GET", "/add", gap),
    Page("POST", "/add", add, gap),
)
