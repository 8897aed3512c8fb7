"""Say in a sentence what Typst complains of: a character without a font, or a broken template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quizgen.quiz import Sheet

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_WHERE = re.compile(r"(?P<message>[^\n]*)\n\s*┌─ (?P<file>[^\n]+?):(?P<line>\d+):\d+")
_MOST = 5  # characters named; a text in another script would name hundreds
_CODES = {"n": "\n", "r": "\r", "t": "\t"}


def explain(
    diagnostic: str, *, view: dict[str, Any], sheets: tuple[Sheet, ...], places: tuple[Path, ...]
) -> str:
    """Name the card and its characters, or a template's file and line."""
    sections = [section for shown in view["sheets"] for section in shown["sections"]]
    questions = [question for section in sections for question in section["questions"]]
    composed = [question for sheet in sheets for question in sheet.questions]
    named = (
        (f"card {asked.card.id} (question {asked.number})", question)
        for question, asked in zip(questions, composed, strict=True)
    )
    return explain_any(diagnostic, tuple(named), places)


def explain_any(
    diagnostic: str, named: tuple[tuple[str, Any], ...], places: tuple[Path, ...]
) -> str:
    """Name the first of `named` that has the characters, or a template's file and line."""
    missing = dict.fromkeys(_unescaped(found) for found in _MISSING.findall(diagnostic))
    if missing:
        return _no_font(tuple(missing), named)
    where = _WHERE.search(diagnostic)
    if not where:
        return f"Typst could not print the quiz: {diagnostic.strip()}"
    name = Path(where["file"]).name
    file = next((place / name for place in places if (place / name).is_file()), Path(name))
    return f"{file}:{where['line']}: {where['message'].removeprefix('error: ')}"


def _no_font(missing: tuple[str, ...], named: tuple[tuple[str, Any], ...]) -> str:
    place = "the title or the course line"
    for name, value in named:
        said = "".join(_strings(value))
        here = tuple(text for text in missing if text in said)
        if here:
            place, missing = name, here
            break
    shown = ", ".join(f'"{text}"' for text in missing[:_MOST])
    more = f" and {len(missing) - _MOST} more" if len(missing) > _MOST else ""
    return (
        f"{place}: no font here has {shown}{more}; name one that has, a file or a folder, "
        "with --font, or use --to html"
    )


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():  # pyright: ignore[reportUnknownVariableType]
                yield from _strings(inner)
        case list():
            for inner in value:  # pyright: ignore[reportUnknownVariableType]
                yield from _strings(inner)
        case _:
            pass


def _unescaped(literal: str) -> str:
    """Read a string as Rust's debug format writes it."""
    return _ESCAPE.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else _CODES.get(found[2], found[2]),
        literal,
    )
