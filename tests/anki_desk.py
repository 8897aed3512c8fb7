"""A person at a desk: a deck in a folder, an Anki beside it, and a day for every deed."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import real_anki
from anki.collection import Collection
from click.testing import CliRunner, Result

from quizgen import cli, store
from quizgen.commands import exporting, exporting_anki
from quizgen.exports import Options
from quizgen.model import Card

if TYPE_CHECKING:  # at run time it must come after anki.collection
    from anki.notes import Note

TODAY = 1_800_000_000
DAY = 86_400

DECK = """\
+++
format = 1
id = "k3v9qz"
title = "Cell biology, week 3"
sources = ["cells.md"]
+++
<!-- The exam skips mitosis. -->

# Energy

## What does the mitochondrion produce?

ATP, by **oxidation**: $2^{n}$

Why: it holds the enzymes.

> Each mitochondrion makes ATP by oxidation.
> — Dr Lin · [12:31](https://example.org/v?t=751) · cells.md:12-13 · verbatim

<!-- mine: ask Dr Lin -->

<!-- ^k7q2 kept ready rule=insight from=9f3a21 #energy -->

## Which organelle carries its own DNA?

- [ ] Ribosome
- [x] Mitochondrion
- [ ] Nucleolus

<!-- ^m4x9 kept ready rule=choice from=77b0de -->

# Parts

## The {{ribosome}} builds {{c2::protein::chains}}.

<!-- ^b2b2 kept ready rule=cloze from=77b0df -->

## What is a vacuole?

A sac of water inside a cell

<!-- ^v5v5 kept ready rule=definition from=77b0dg -->
"""


@dataclass(slots=True)
class Desk:
    """One person's deck file and their Anki; every export is a day after the last deed."""

    folder: Path
    anki: Collection
    day: int = 0
    said: str = ""
    options: Options = field(default_factory=Options)

    @property
    def deck(self) -> Path:
        return self.folder / "decks" / "cells.md"

    @property
    def text(self) -> str:
        return self.deck.read_text(encoding="utf-8")

    def write(self, old: str, new: str) -> None:
        """Edit the deck by hand."""
        assert old in self.text
        self.deck.write_text(self.text.replace(old, new, 1), encoding="utf-8")

    def export(self, wish: exporting_anki.Wish | None = None, *, drafts: bool = False) -> Path:
        """Export the deck a day later; `said` is what the command told."""
        self.day += 1
        out = self.folder / f"export-{self.day}.apkg"
        now = TODAY + self.day * DAY
        wanted = exporting.Wanted(
            out, drafts, self.options, wish or exporting_anki.Wish(), clock=lambda: now
        )
        with CliRunner().isolation() as streams:
            exporting.run((self.deck,), "anki", wanted)
            self.said = streams[1].getvalue().decode() if streams[1] else ""
        return out

    def take(self, package: Path) -> tuple[int, int, int]:
        """Import: new notes, updated ones, those that clash."""
        return real_anki.take(self.anki, package)

    def sync(self) -> tuple[int, int, int]:
        """Export and import."""
        return self.take(self.export())

    def note(self, card: str) -> Note:
        (found,) = self.anki.find_notes(f"CardId:{card}")
        return self.anki.get_note(found)

    def edit(self, card: str, **fields: str) -> None:
        """Edit a note in Anki, a day later than all before."""
        note = self.note(card)
        for name, value in fields.items():
            note[name] = value
        self.anki.update_note(note)
        self.later(card)

    def tag(self, card: str, *tags: str) -> None:
        note = self.note(card)
        note.tags = [tag for tag in note.tags if tag.startswith("quizgen::")] + list(tags)
        self.anki.update_note(note)
        self.later(card)

    def later(self, card: str) -> None:
        """Let the edit have happened today by the desk's calendar."""
        self.day += 1
        note = self.note(card).id
        db = self.anki.db
        assert db
        db.execute("update notes set mod = ? where id = ?", TODAY + self.day * DAY, note)

    def study(self) -> None:
        """Answer every card once."""
        for deck in self.anki.decks.all_names_and_ids(skip_empty_default=True):
            self.anki.decks.select(deck.id)  # pyright: ignore[reportArgumentType]
            while card := self.anki.sched.getCard():
                self.anki.sched.answerCard(card, 3)

    def schedule(self) -> dict[int, tuple[int, ...]]:
        db = self.anki.db
        assert db
        rows = db.all("select id, type, queue, due, ivl, reps, lapses from cards")
        return {int(row[0]): tuple(int(value) for value in row[1:]) for row in rows}

    def pull(self, *options: str, suffix: str = ".apkg") -> Result:
        """Export everything from Anki and read it back."""
        file = real_anki.export(self.anki, self.folder / f"theirs{suffix}")
        arguments = ["pull", str(file), "--deck", str(self.deck), *options]
        return CliRunner().invoke(cli.main, arguments, catch_exceptions=False)

    def card(self, name: str) -> Card:
        deck = store.load(self.deck).deck
        return next(card for card in deck.cards if card.id == name)


@contextmanager
def sit_down(folder: Path, deck: str = DECK) -> Generator[Desk]:
    """Begin with a deck that Anki does not know yet."""
    (folder / "decks").mkdir(parents=True)
    (folder / "decks" / "cells.md").write_text(deck, encoding="utf-8")
    with real_anki.collection(folder / "anki") as anki:
        yield Desk(folder, anki)
