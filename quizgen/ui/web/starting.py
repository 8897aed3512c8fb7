"""The pages before and after the review: decks, documents, what was found, files to fetch."""

from __future__ import annotations

from typing import Any, Final

from quizgen import review
from quizgen.commands import exporting
from quizgen.errors import QuizgenError
from quizgen.exports import Options
from quizgen.ui.web import intake, overview
from quizgen.ui.web.answers import Answer, Ask, Page, Sent, go

_FILES: Final = {
    "anki": ("anki", ".apkg", "application/octet-stream"),
    "sheet": ("pdf", ".pdf", "application/pdf"),
    "key": ("pdf", ".key.pdf", "application/pdf"),
    "sheet.html": ("html", ".html", "text/html; charset=utf-8"),
    "key.html": ("html", ".key.html", "text/html; charset=utf-8"),
    "json": ("json", ".json", "application/json"),
}
"""What can be fetched: the format, which of its files, and its type."""

_KEYS: Final = (
    ("k", "keep the card"),
    (
        "d",
        "drop it; a number then says why, if you want: "
        + ", ".join(f"{number} {why}" for number, why in enumerate(review.REASONS, 1)),
    ),
    ("e", "edit question, answer, options, Why and tags, checked as you type"),
    ("u", "undo, without limit, also what you did yesterday"),
    ("U", "redo"),
    ("s", "skip: the card comes again after the others"),
    ("→", "look at the next card (also n)"),
    ("←", "look at the card before (also p)"),
    ("f", "flag for later, for every reviewer to see"),
    ("m", "accept the mend that is offered"),
    ("g", "merge the first similar card into this one"),
    ("c", "make it a question, words to fill in or a choice"),
    ("x", "make two cards of it"),
    ("a", "add a card of your own where a passage has none"),
    ("o", "open the recording at the second"),
    ("v", "question first, the answer with Space; or both at once"),
    ("P", "see the card on a printed sheet, or as in Anki"),
    ("/", "find cards: by words, kind, problem, rule, tag, speaker, section or state"),
    ("K", "keep all that are found and have no problem, after a count"),
    ("q", "summary and files"),
    ("?", "this page"),
)


def start(ask: Ask) -> Answer:
    """Show the decks and where to put a document."""
    return Answer("start.html", _shelf(ask), here="/")


def _shelf(ask: Ask) -> dict[str, Any]:
    return {
        "decks": ask.room.progress(),
        "folder": str(ask.room.folder.resolve()),
        "text": ask.one("text"),
        "error": "",
    }


def _not_made(ask: Ask, sentence: str) -> Answer:
    return Answer("start.html", _shelf(ask) | {"error": sentence}, here="/", status=422)


def make(ask: Ask) -> Answer:
    """Make decks of what was pasted and dropped."""
    text = ask.one("text")
    given = [("-", text.encode())] if text.strip() else []
    given += [(name, data) for name, data in ask.files if data or name != "-"]
    if not given:
        raise QuizgenError("Paste a text or choose a file first.")
    taken, refused = intake.read(given, ask.room.folder)
    if not taken.read:
        raise QuizgenError(" ".join(refused))
    how = "together" if ask.one("together") else "as told"
    made = list(intake.make(taken, ask.room.folder, how))
    ask.room.found = [intake.told(each, ask.room.key(each.path)) for each in made]
    ask.room.refused = refused
    return go("/found")


def found(ask: Ask) -> Answer:
    """Show what was found in the documents that were last given."""
    room = ask.room
    if not room.found:
        return go("/")
    return Answer("found.html", {"works": room.found, "refused": room.refused}, here="/found")


def helped(ask: Ask) -> Answer:
    """Explain the keys."""
    return Answer("help.html", {"deck": ask.one("deck"), "keys": _KEYS}, here="/help")


def fetch(ask: Ask) -> Sent:
    """Export a deck and send one of its files."""
    path = ask.room.desk(ask.one("deck")).path
    wanted = exporting.Wanted(
        drafts=bool(ask.one("drafts")),
        options=Options(paper="letter" if ask.one("paper") == "letter" else "a4"),
    )
    notes: list[str] = []
    if ask.one("as") not in _FILES:
        raise QuizgenError("there is no such file to fetch; choose one on the page")
    name, suffix, kind = _FILES[ask.one("as")]
    data = exporting.one(path, name, wanted, notes.append)
    return Sent(data[suffix], kind, f"{path.stem}{suffix}")


def close(ask: Ask) -> Answer:
    """End the program."""
    ask.room.close()
    return Answer("closed.html", {})


PAGES: Final = (
    Page("GET", "/", start),
    Page("POST", "/make", make, _not_made),
    Page("GET", "/found", found),
    Page("GET", "/help", helped),
    Page("POST", "/fetch", fetch, overview.done),
    Page("POST", "/close", close),
)
