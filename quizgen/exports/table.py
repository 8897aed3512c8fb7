"""Every format a deck can leave in: a new one is a function and a row."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from quizgen.exports import Export, Exporter, Options
from quizgen.model import Deck


def _late(module: str) -> Export:
    """Import an exporter's module, and the libraries behind it, only when it is used."""

    def export(decks: tuple[Deck, ...], options: Options) -> Mapping[str, bytes]:
        found: Export = import_module(f"quizgen.exports.{module}").export
        return found(decks, options)

    return export


EXPORTERS = (
    Exporter("anki", ".apkg", "Anki package", _late("anki"), together=True, to_anki=True),
    Exporter("tsv", ".txt", "Anki's notes as text", _late("tsv"), together=True, to_anki=True),
    Exporter("pdf", ".pdf", "printed quiz, with its key in a second file", _late("pdf")),
    Exporter("html", ".html", "quiz as a page, with its key in a second file", _late("html")),
    Exporter(
        "obsidian",
        ".md",
        "note for the Spaced Repetition plug-in",
        _late("obsidian"),
        beside=".obsidian",
        rereads=True,
    ),
    Exporter("csv", ".csv", "spreadsheet rows, evidence included", _late("csv"), together=True),
    Exporter("json", ".json", "every field of every card", _late("json"), every_state=True),
)


def named(name: str) -> Exporter:
    """Find a row by its name; click has checked that there is one."""
    return next(exporter for exporter in EXPORTERS if exporter.name == name)
