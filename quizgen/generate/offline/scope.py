"""Say in which war or land a question holds, where its page's headings say so and it does not."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.generate.offline import guards
from quizgen.generate.offline.scene import Scene
from quizgen.model import Piece

_EVENT: Final = re.compile(
    r"\b(?P<world>World War (?:I{1,2}|1|2|One|Two)\b)|\b(?:[Tt]he )?(?P<event>"
    r"(?:[A-Z][\w’'-]+ ){1,3}(?:Wars?|Revolution|Depression|Empire|Dynasty|Rebellion|Uprising)\b)"
)
_NAME: Final = re.compile(r"\b[A-Z][a-z]{3,}\b")


def scoped(scene: Scene, piece: Piece, question: str) -> str:
    """Open a question with the event or the place that its page is about, if it names neither."""
    if question.startswith(("According to ", "In ", "Under ", "Without ")):
        return question
    where = _event(scene, piece) or _place(scene)
    asked = question[0].lower() + question[1:]
    told = words.content_stems(where) <= words.content_stems(question)
    longer = f"{where}, {asked}"
    fits = where and not told and words.word_count(longer) <= guards.LONGEST_FRONT
    return longer if fits else question


def _event(scene: Scene, piece: Piece) -> str:
    """Read the last heading above a piece that names a war or a time of its kind."""
    found: re.Match[str] | None = None
    document = scene.passage.document
    for other in document.pieces:
        if other.lines > piece.lines:
            break
        for heading in (other.heading, other.text if other.is_heading else ""):
            found = _EVENT.search(heading) or found
    found = found or _EVENT.search(scene.title)
    if found is None:
        return ""
    if found["world"]:
        return f"In {found['world']}"
    # `The Accidental Revolution` may be no more than what somebody called a book.
    told = any(f"the {found['event']}" in piece.text for piece in document.pieces)
    return f"In the {found['event']}" if told else ""


def _place(scene: Scene) -> str:
    """Take from the title the place in which the page says that something is so."""
    said = " ".join(piece.text for piece in scene.passage.document.pieces)
    for name in _NAME.findall(scene.title):
        found = re.search(rf"\b(?:in|across|throughout) (?P<the>the )?{name}\b(?! [A-Z])", said)
        if found and name.casefold() not in scene.lower:
            return f"In {found['the'] or ''}{name}"
    return ""
