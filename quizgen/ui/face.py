"""Lay out one card as lines: what a learner sees, what it rests on, what is like it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizgen import cloze, evidenceline
from quizgen.model import Basic, Card, Choice, Cloze, Evidence
from quizgen.review import likeness, quoting
from quizgen.ui import prose

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from quizgen.sitting import Sitting


@dataclass(frozen=True, slots=True)
class Look:
    """How to lay out: the columns there are, and what the terminal can show.

    Without `styles` marks are written as signs; without `answered` only the question is shown.
    """

    console: Console
    width: int
    styles: bool = True
    answered: bool = True

    @property
    def bar(self) -> str:
        """Return what stands before words of a document."""
        return "|" if self.console.options.ascii_only else "│"


def left(sitting: Sitting, card: Card, look: Look) -> list[Text]:
    """Lay out what a learner sees of a card, and what the checks say of it."""
    from rich.text import Text  # noqa: PLC0415

    lines = prose.wrapped(_question(card), look.width, look.console)
    if not look.answered:
        return [*lines, Text(""), Text("Space shows the answer.", "dim")]
    lines += [Text(""), *prose.wrapped(_answer(card, look), look.width, look.console)]
    if card.why:
        why = Text("Why: ", "bold").append_text(prose.styled(card.why))
        lines += [Text(""), *prose.wrapped(why, look.width, look.console)]
    told = list(_told(sitting, card))
    if told:
        lines.append(Text(""))
        for line in told:
            lines += prose.wrapped(line, look.width, look.console)
    return lines


def right(sitting: Sitting, card: Card, look: Look) -> list[Text]:
    """Lay out the evidence of a card in its documents, and the cards that are like it."""
    from rich.text import Text  # noqa: PLC0415

    lines: list[Text] = []
    if not look.answered:
        return lines
    for found, view in zip(card.evidence, sitting.views(card), strict=True):
        lines += [Text("")] if lines else []
        lines += _evidence(found, view, look)
    if not card.evidence:
        lines.append(Text("No evidence: a person wrote this card.", "dim"))
    for number, other in enumerate(sitting.similar(card), 1):
        lines += [Text("")] if number == 1 else []
        said = Text(f"like ^{other.id}, {other.state}: ", "magenta")
        said.append_text(_difference(card, other, look))
        lines += prose.wrapped(said, look.width, look.console)
    return lines


def gap(found: Evidence, look: Look) -> list[Text]:
    """Lay out words of a document that a card could be made of."""
    line = quoting.Line(0, (quoting.Run(found.text, "evidence"),))
    return list(_evidence(found, (line,), look))


# --- the card ----------------------------------------------------------------


def _question(card: Card) -> Text:
    match card.content:
        case Basic(question):
            return prose.styled(question, "bold")
        case Cloze(text):
            return prose.styled(cloze.visible(text), "bold")
        case Choice(stem):
            return prose.styled(stem, "bold")


def _answer(card: Card, look: Look) -> Text:
    from rich.text import Text  # noqa: PLC0415

    match card.content:
        case Basic(answer=answer):
            return prose.styled(answer, "green")
        case Cloze(text):
            return prose.styled(", ".join(cloze.hidden(text)), "green")
        case Choice(options=options, keys=keys):
            ascii_only = look.console.options.ascii_only
            made = Text()
            for number, option in enumerate(options):
                is_key = number in keys
                sign = ("x" if is_key else "-") if ascii_only else "●" if is_key else "○"
                made.append("\n" if number else "").append(f"{sign} ")
                made.append_text(prose.styled(option, "green" if is_key else ""))
            return made


def _told(sitting: Sitting, card: Card) -> Iterator[Text]:
    from rich.text import Text  # noqa: PLC0415

    if card.tags:
        yield Text(" ".join(f"#{prose.plain(tag)}" for tag in card.tags), "cyan")
    for problem in sitting.problems(card):
        sign = "!" if problem.severity == "warns" else "!!"
        yield Text(f"{sign} {problem.rule}: {prose.plain(problem.sentence)}", "yellow")
    if said := sitting.suggestion(card):
        yield Text(f"m would mend: {', '.join(said)}", "yellow")


# --- what it rests on --------------------------------------------------------


def _evidence(found: Evidence, view: tuple[quoting.Line, ...], look: Look) -> Iterator[Text]:
    from rich.text import Text  # noqa: PLC0415

    is_after = False
    for line in view:
        words = Text()
        around = any(run.mark == "around" and run.text.strip() for run in line.runs)
        # A line around is one line here; around words on their own line there are two.
        room = look.width - 2 if line.is_around else 2 * look.width
        for number, run in enumerate(line.runs):
            said = prose.plain(run.text)
            if run.mark == "around":
                is_last = is_after if line.is_around else number > 0
                said = prose.clipped(said, room, start=is_last)
            elif not look.styles and around:
                said = f"[{said}]" if said.strip() else said
            words.append(said, _STYLES[run.mark])
        is_after = is_after or not line.is_around
        bar = f"{' ' if line.is_around else look.bar} "
        for each in prose.wrapped(words, look.width - 2, look.console):
            yield Text(bar, "yellow").append_text(each)
    fields = [said for said in evidenceline.fields(replace(found, link="")) if said != "page"]
    if fields:
        place = Text(prose.plain(f"— {' · '.join(fields)}"), "dim italic")
        for each in prose.wrapped(place, look.width - 2, look.console):
            yield Text(f"{look.bar} ", "yellow").append_text(each)
    if found.link:
        link = prose.plain(found.link)
        for each in prose.wrapped(Text(link, "dim underline"), look.width - 2, look.console):
            yield Text(f"{look.bar} ", "yellow").append_text(each)


_STYLES = {"around": "dim", "evidence": "", "answer": "bold underline"}


def _difference(card: Card, other: Card, look: Look) -> Text:
    """Mark what another card has that this one has not."""
    from rich.text import Text  # noqa: PLC0415

    made = Text()
    for run in likeness.difference(likeness.text_of(card), likeness.text_of(other)):
        said = prose.plain(run.text)
        if run.differs and not look.styles:
            said = f"[{said.strip()}]{' ' if said.endswith(' ') else ''}"
        made.append(said, "bold underline" if run.differs else "")
    return made
