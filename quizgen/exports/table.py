"""Every format a deck or a quiz can leave in: a new one is a function and a row."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from quizgen import quiz
from quizgen.errors import QuizgenError
from quizgen.exports import Export, Exporter, Options, Print, Printer
from quizgen.model import Deck
from quizgen.quiz import Sheet


def _late(module: str) -> Export:
    """Import an exporter's module, and the libraries behind it, only when it is used."""

    def export(decks: tuple[Deck, ...], options: Options) -> Mapping[str, bytes]:
        found: Export = import_module(f"quizgen.exports.{module}").export
        return found(decks, options)

    return export


def _printed(module: str) -> Print:
    """Do the same for a module that prints composed quizzes."""

    def print_sheets(sheets: tuple[Sheet, ...], options: Options) -> Mapping[str, bytes]:
        found: Print = import_module(f"quizgen.exports.{module}").print_sheets
        return found(sheets, options)

    return print_sheets


# What `quizgen quiz` writes.
PRINTERS = (
    Printer("pdf", ".pdf", "printed quiz, with its key in a second file", _printed("pdf")),
    Printer("docx", ".docx", "quiz to edit in a word processor, and its key", _printed("docx")),
    Printer("html", ".html", "quiz as a page, with its key in a second file", _printed("html")),
    Printer("practice", ".html", "page to practise on, the answers in it", _printed("practice")),
)


def printed_whole(printer: Printer) -> Exporter:
    """Let a whole deck leave as a quiz: every card, as the deck asks it."""

    def export(decks: tuple[Deck, ...], options: Options) -> Mapping[str, bytes]:
        (deck,) = decks
        if not deck.cards:
            raise QuizgenError("there is no card to print; keep some with `quizgen review`")
        whole = quiz.whole(deck, seed=options.seed, course=options.course)
        return printer.print((quiz.compose(whole),), options)

    return Exporter(printer.name, printer.suffix, printer.title, export)


# What `quizgen export` and `quizgen make --to` write.
EXPORTERS = (
    Exporter("anki", ".apkg", "Anki package", _late("anki"), together=True, to_anki=True),
    Exporter("tsv", ".txt", "Anki's notes as text", _late("tsv"), together=True, to_anki=True),
    *map(printed_whole, PRINTERS),
    Exporter("flashcards", ".pdf", "flashcards to print on both sides", _late("flashcards")),
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


def printer(name: str) -> Printer:
    """Find a printer by its name, in the same way."""
    return next(row for row in PRINTERS if row.name == name)
