"""Go through cards: what is on the table, what comes next, what lies behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from quizgen.model import Card, Deck
from quizgen.review import finding, steps
from quizgen.review.finding import Judge, Search


@dataclass(frozen=True, slots=True)
class Session:
    """The cards that are shown, in their order, and where in it a person is.

    `at` is the length of `order` at the end, where no card is on the table. `put_off` are cards
    that were skipped: they come again after the others.
    """

    order: tuple[str, ...]
    at: int = 0
    search: Search = field(default_factory=Search)
    put_off: tuple[str, ...] = ()

    @property
    def current(self) -> str:
        """Return the id of the card on the table, empty at the end."""
        return self.order[self.at] if self.at < len(self.order) else ""


def start(
    deck: Deck,
    search: Search | None = None,
    *,
    judge: Judge = lambda _: (),
    later: Callable[[Card], bool] = lambda _: False,
) -> Session:
    """Queue the cards of a search, by default every draft, and look at the first.

    Ready ones come first, otherwise in file order; what is `later`, such as cards of a rule that
    the person mostly rejects, comes after them, and what was flagged comes last.
    """
    wanted = search or Search()
    shown = list(finding.found(deck.cards, wanted, judge))
    shown.sort(key=lambda card: (steps.is_flagged(card), later(card), card.tier != "ready"))
    order = tuple(card.id for card in shown)
    return Session(order, search=wanted)


def go_on(session: Session, deck: Deck) -> Session:
    """Go to the next card that is still a draft, and at the end to those that were put off.

    In a search for cards that are settled, go to the next card whatever it is.
    """
    if any(term.field == "state" for term in session.search.terms):
        return replace(session, at=min(session.at + 1, len(session.order)))
    count = len(session.order)
    # Most often it is the very next one, and ten thousand others need not be gathered.
    at = session.at + 1
    if at < count and session.order[at] not in session.put_off:
        following = next((card for card in deck.cards if card.id == session.order[at]), None)
        if following and following.state == "draft":
            return replace(session, at=at)
    drafts = {card.id for card in deck.cards if card.state == "draft"}
    drafts.difference_update(session.put_off)
    for at in chain(range(session.at + 1, count), range(min(session.at + 1, count))):
        if session.order[at] in drafts:
            return replace(session, at=at)
    return _again(session, deck)


def _again(session: Session, deck: Deck) -> Session:
    """Take up what was put off, in the order in which it was."""
    drafts = {card.id for card in deck.cards if card.state == "draft"}
    left = [card for card in session.put_off if card in drafts]
    if not left:
        return replace(session, at=len(session.order), put_off=())
    return replace(session, at=session.order.index(left[0]), put_off=tuple(left[1:]))


def skip(session: Session, deck: Deck) -> Session:
    """Put the card on the table off until the others are settled."""
    if not session.current:
        return session
    rest = tuple(card for card in session.put_off if card != session.current)
    return go_on(replace(session, put_off=(*rest, session.current)), deck)


def following(session: Session) -> Session:
    """Look at the next card, settled or not."""
    return replace(session, at=min(session.at + 1, max(0, len(session.order) - 1)))


def back(session: Session) -> Session:
    """Look at the card before, settled or not."""
    return replace(session, at=max(session.at - 1, 0))


def go_to(session: Session, card: str) -> Session:
    """Look at a card; one that is not among those shown comes before the one on the table."""
    if not card:
        return session
    if card in session.order:
        return replace(session, at=session.order.index(card))
    at = min(session.at, len(session.order))
    return replace(session, order=(*session.order[:at], card, *session.order[at:]), at=at)


def without_missing(session: Session, deck: Deck) -> Session:
    """Leave out cards that are no longer in the deck; look at what then takes their place."""
    present = {card.id for card in deck.cards}
    if present.issuperset(session.order):
        return session
    before = sum(card in present for card in session.order[: session.at])
    order = tuple(card for card in session.order if card in present)
    put_off = tuple(card for card in session.put_off if card in present)
    return replace(session, order=order, at=min(before, len(order)), put_off=put_off)


def shown(session: Session, deck: Deck) -> list[Card]:
    """List the cards of a session as they are now."""
    cards = {card.id: card for card in deck.cards}
    return [cards[name] for name in session.order if name in cards]


def clean(cards: Iterable[Card], judge: Judge) -> Sequence[str]:
    """Name the drafts among cards against which no check speaks."""
    return [card.id for card in cards if card.state == "draft" and not judge(card)]
