"""Decide on cards and look at others, at a key."""

from __future__ import annotations

from quizgen import review
from quizgen.review import judging
from quizgen.ui.table import Table

_MANY = 200  # cards whose checks take longer than a person cares to wonder


def keep(table: Table) -> None:
    """Keep the card and go on."""
    step = review.decide(table.sitting.parsed, table.session.current, "kept")
    table.do(step)
    table.notice = step.said
    table.go_on()


def drop(table: Table) -> None:
    """Drop the card and go on; the reason may follow."""
    card = table.session.current
    table.do(review.decide(table.sitting.parsed, card, "dropped"))
    table.dropped = card
    offered = " ".join(f"{number} {reason}" for number, reason in enumerate(judging.REASONS, 1))
    table.notice = f"Dropped ^{card}. Why? {offered}"
    table.go_on()


def give_reason(table: Table, key: str) -> None:
    """Say by a number why the last card was dropped."""
    number = int(key)
    if not 1 <= number <= len(judging.REASONS):
        table.notice = f"The reasons are 1 to {len(judging.REASONS)}, or r in your words."
        return
    _explain(table, judging.REASONS[number - 1])


def say_why(table: Table) -> None:
    """Ask why the last card was dropped."""
    if not table.dropped:
        table.notice = "r says in your words why you dropped the last card; nothing was dropped."
    elif said := table.talk.line("Why? ", "").strip():
        _explain(table, said)


def _explain(table: Table, why: str) -> None:
    step = review.explain(table.sitting.parsed, table.dropped, why)
    table.sitting.do(step)
    table.notice = step.said
    table.dropped = ""


def skip(table: Table) -> None:
    """Put the card off to the end."""
    table.session = review.skip(table.session, table.sitting.deck)
    table.answered = not table.hiding


def space(table: Table) -> None:
    """Show the answer, or skip the card."""
    if table.answered:
        skip(table)
    table.answered = True


def flag(table: Table) -> None:
    """Flag the card for later, or no longer."""
    step = review.flag(table.sitting.parsed, table.session.current)
    table.do(step)
    table.notice = step.said
    if review.is_flagged(table.sitting.card(step.card)):
        table.go_on()


def keep_clean(table: Table) -> None:
    """Keep all cards that are shown and have no problem, once the person agrees."""
    cards = review.shown(table.session, table.sitting.deck)
    if len(cards) > _MANY:
        table.wait("Judging every card that is shown…")
    clean = review.clean(cards, table.sitting.problems)
    drafts = sum(card.state == "draft" for card in cards)
    if not clean:
        table.notice = f"Of {drafts} drafts none is without a problem; nothing was kept."
        return
    asked = f"Keep {len(clean)} of {drafts} drafts, those without a problem? y/n "
    if table.talk.line(asked, "").strip().lower() not in ("y", "yes"):
        table.notice = "Nothing was kept."
        return
    step = review.decide_all(table.sitting.parsed, clean, "kept")
    table.do(step)
    table.notice = f"{step.said} u takes all of it back."
    if table.session.current in clean:
        table.go_on()


# --- undoing -----------------------------------------------------------------


def undo(table: Table) -> None:
    """Take the last step back."""
    step = table.sitting.undo()
    table.notice = step.said
    table.look_at(step.card)


def redo(table: Table) -> None:
    """Do again what was taken back."""
    step = table.sitting.redo()
    table.notice = step.said
    table.look_at(step.card)


# --- looking -----------------------------------------------------------------


def look_on(table: Table) -> None:
    """Look at the next card."""
    table.session = review.following(table.session)
    table.answered = not table.hiding


def back(table: Table) -> None:
    """Look at the card before."""
    table.session = review.back(table.session)
    table.answered = True


def search(table: Table) -> None:
    """Ask which cards to show."""
    said = table.talk.line("Show (words, kind: rule: tag: state: …): ", table.session.search.text)
    search = review.search(said)
    if search.asks_for_problems and len(table.sitting.deck.cards) > _MANY:
        table.wait("Judging every card…")
    session = table.sitting.start(said)
    if not session.order:
        table.notice = (
            f"No card is found by {said!r}; drafts are looked through, state:all has all."
        )
        return
    table.session = session
    count = len(session.order)
    table.notice = f"{'1 card' if count == 1 else f'{count} cards'}; / and Enter shows all drafts."


def hide(table: Table) -> None:
    """Show questions first, or both sides at once."""
    table.hiding = not table.hiding
    table.answered = not table.hiding
    table.notice = "Questions come first; space shows the answer." if table.hiding else ""


def open_link(table: Table) -> None:
    """Open the recording at the second."""
    card = table.card
    link = next((found.link for found in card.evidence if found.link), "")
    if not link.startswith(("http://", "https://")):
        table.notice = "This card's evidence has no link."
        return
    table.browse(link)
    table.notice = f"Opened {link}"


def scroll_down(table: Table) -> None:
    """Show more of a long card."""
    table.scroll += max(1, table.console.height // 2) if table.more else 0


def scroll_up(table: Table) -> None:
    """Show what is above."""
    table.scroll = max(0, table.scroll - max(1, table.console.height // 2))
