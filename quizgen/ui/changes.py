"""Change cards, part them, put them together and add some, at a key."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from quizgen import review
from quizgen.model import Problem
from quizgen.review import editing, judging
from quizgen.review.steps import Step
from quizgen.ui import face, screen
from quizgen.ui.table import Table

if TYPE_CHECKING:
    from rich.text import Text

_KINDS: dict[str, review.Kind] = {"b": "basic", "l": "cloze", "o": "choice"}


# --- changing ----------------------------------------------------------------


def edit(table: Table) -> None:
    """Edit the card while the checks speak."""
    _compose(table, table.talk.compose)


def edit_outside(table: Table) -> None:
    """Edit the card in the person's own editor."""

    def editor(text: str, _judge: object, _title: str) -> str | None:
        return table.talk.editor(text)

    _compose(table, editor)


_Compose = Callable[[str, Callable[[str], list[str]], str], "str | None"]


def _compose(table: Table, compose: _Compose) -> None:
    card = table.session.current
    text = review.plain(table.sitting.block(card))
    table.clear()
    after = compose(text + "\n", lambda said: _judged(table, card, said), f"Edit ^{card}")
    if after is None or after.strip() == text.strip():
        table.notice = "Nothing was changed."
        return
    _change(table, review.rewrite(table.sitting.parsed, card, after, table.sitting.taken))


def _judged(table: Table, card: str, text: str) -> list[str]:
    """Say what is wrong with a text while it is written."""
    block = table.sitting.block(card)
    context = table.sitting.context(table.sitting.card(card))
    return [_sentence(problem) for problem in judging.of_text(text, block, context)]


def _sentence(problem: Problem) -> str:
    where = f"line {problem.line}: " if problem.line else ""
    return f"{where}{problem.sentence}" if where else f"{problem.rule}: {problem.sentence}"


def _change(table: Table, step: Step) -> None:
    """Save a step that leaves a card on the table to be settled."""
    table.do(step)
    table.notice = step.said
    table.look_at(step.card)


def retag(table: Table) -> None:
    """Ask for other tags."""
    card = table.card
    said = table.talk.line("Tags, with spaces between: ", " ".join(card.tags))
    _change(table, review.retag(table.sitting.parsed, card.id, tuple(said.split())))


def mend(table: Table) -> None:
    """Accept the mend that the checks suggest."""
    card = table.card
    context, year = table.sitting.context(card), table.sitting.year
    step = review.mend(table.sitting.parsed, card.id, context, year=year)
    _change(table, step)
    if not step.edits:
        table.notice = "The checks suggest no mend for this card."


def change_kind(table: Table) -> None:
    """Make the card one of another kind."""
    card = table.card
    said = table.talk.line("Make it b basic, l cloze, o options? ", "").strip().lower()
    kind = _KINDS.get(said[:1])
    if kind is None or kind == review.kind_of(card.content):
        table.notice = "Nothing was changed."
        return
    parts = review.as_kind(table.sitting.deck, card, kind)
    text = editing.written(card, parts)
    title = f"^{card.id} as {kind}: a new card takes its place"
    table.clear()
    after = table.talk.compose(text + "\n", lambda s: _judged(table, card.id, s), title)
    if after is None:
        table.notice = "Nothing was changed."
        return
    _change(table, review.rewrite(table.sitting.parsed, card.id, after, table.sitting.taken))


def merge(table: Table) -> None:
    """Merge a similar card into this one."""
    card = table.card
    others = table.sitting.similar(card)
    if not others:
        table.notice = "No other card is like this one."
        return
    other = others[0]
    if len(others) > 1:
        asked = "  ".join(f"{number} ^{each.id}" for number, each in enumerate(others, 1))
        said = table.talk.line(f"Merge which into this one?  {asked}: ", "").strip()
        if not (said.isdigit() and 1 <= int(said) <= len(others)):
            table.notice = "Nothing was merged."
            return
        other = others[int(said) - 1]
    _change(table, review.merge(table.sitting.parsed, card.id, other.id))


def split(table: Table) -> None:
    """Make two cards of one."""
    card = table.card
    title = f"Split ^{card.id}: the first card stays, the others are new"
    table.clear()
    after = table.talk.compose(review.halves(card) + "\n", lambda _: [], title)
    if after is None:
        table.notice = "Nothing was changed."
        return
    _change(table, review.split(table.sitting.parsed, card.id, after, table.sitting.taken))


# --- adding ------------------------------------------------------------------


def add(table: Table) -> None:
    """Add a card where a passage has none."""
    if table.sitting.work is None:
        table.notice = "The deck's documents are gone; without them no card can be made."
        return
    found = table.open_gaps()
    if not found:
        table.notice = "Every passage worth a card has a ready one or one of your own."
        return
    gap = found[0]
    lines = face.gap(gap.evidence, table.look)
    title = f"A card of your own; {len(found)} passages have none that is ready"
    screen.draw(table.console, [*_titled(title), *lines, *_titled("")])
    said = table.talk.line("Type a question, or /words/ to blank them, or Enter to pass: ", "")
    if not said.strip():
        table.passed.add(gap.id)
        table.notice = "Passed; a shows the next."
        return
    hidden = re.findall(r"/([^/]+)/", said) if said.strip().startswith("/") else []
    if hidden:
        content = review.blanked(gap.evidence.text, hidden)
    else:
        answer = table.talk.line("Answer: ", review.answer_for(gap))
        content = review.asked(gap, said, answer)
    step = review.add(table.sitting.parsed, gap, content, table.sitting.taken)
    table.do(step)
    table.notice = f"{step.said} a shows the next passage."


def _titled(said: str) -> list[Text]:
    from rich.text import Text  # noqa: PLC0415

    return [Text(said, "bold"), Text("")] if said else [Text("")]
