"""Print a quiz and its key as tagged PDF, with Typst."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from quizgen import render
from quizgen.errors import QuizgenError
from quizgen.exports import Options, print_trouble, print_view
from quizgen.quiz import Sheet

if TYPE_CHECKING:
    import typst

_DATE = 946684800  # 2000-01-01; the same cards print to the same bytes on any day
_PAPERS = {"a4": "a4", "letter": "us-letter"}
_STANDARD = "ua-1"  # tagged; and it names a character that no font has, instead of an empty box

# A last page that is nearly empty is saved by setting the rest closer, where that is enough.
_NEARLY_EMPTY = 0.35
_CLOSER = ("0.85", "0.7")
_MOST_QUESTIONS = 150  # beyond, one page in so many is not worth a second layout, nor its memory


def print_sheets(sheets: tuple[Sheet, ...], options: Options) -> Mapping[str, bytes]:
    """Print the versions of a quiz: the students' sheets, and the keys with the evidence."""
    sheet = sheets[0]
    return {
        ".pdf": _print("quiz.typ", sheet, print_view.student(sheet), options),
        ".key.pdf": _print("key.typ", sheet, print_view.key(sheet), options),
    }


def _print(name: str, sheet: Sheet, view: dict[str, Any], options: Options) -> bytes:
    try:
        import typst  # noqa: PLC0415
    except ImportError as error:
        raise QuizgenError(
            "printing PDF needs the package `typst`, which this computer does not have; "
            "install it with `pip install typst`, or use --to html and print from a browser"
        ) from error
    places = render.folders(options.templates)
    fonts = typst.Fonts(
        include_system_fonts=False,
        font_paths=[place / "fonts" for place in places if (place / "fonts").is_dir()],
    )
    inputs = {"view": json.dumps(view, ensure_ascii=False), "paper": _PAPERS[options.paper]}
    with _gathered(options.templates) as folder:

        def compiler(air: str) -> typst.Compiler:
            return typst.Compiler(
                folder / name, root=folder, font_paths=fonts, sys_inputs=inputs | {"air": air}
            )

        is_big = view["count"] > _MOST_QUESTIONS
        if is_big:
            _forget(typst.Compiler(folder / "sheet.typ", root=folder, font_paths=fonts))
        try:
            air = "1" if is_big else _air(compiler)
            printed = compiler(air).compile(
                format="pdf", pdf_standards=[_STANDARD], timestamp=_DATE
            )
        except typst.TypstError as error:
            sentence = print_trouble.explain(
                error.diagnostic or error.message, view=view, sheet=sheet, places=places
            )
            raise QuizgenError(sentence) from error
    if not isinstance(printed, bytes):
        raise QuizgenError(f"{name} makes more than one file; a printed quiz is one")
    return printed


def _air(compiler: Callable[[str], typst.Compiler]) -> str:
    """Choose how far apart questions or answers stand, as a factor."""
    pages, full = _end(compiler("1"))
    if pages == 1 or full > _NEARLY_EMPTY:
        return "1"
    return next((air for air in _CLOSER if _end(compiler(air))[0] < pages), "1")


def _end(compiler: typst.Compiler) -> tuple[int, float]:
    """Find the last page that holds anything, and how full it is."""
    try:
        found = json.loads(compiler.query("<end>", field="value"))
    except RuntimeError:  # without a place in the template; compiling will fail with one
        return 1, 1.0
    if not found:  # a person's template need not have the mark
        return 1, 1.0
    return found[0]["page"], found[0]["full"]


def _forget(empty: typst.Compiler) -> None:
    """Make Typst drop the layout before this one, 300 MB for 1,000 questions.

    It keeps what one of the last ten compilations has used.
    """
    for _ in range(11):
        empty.compile(format="svg")


@contextmanager
def _gathered(templates: Path | None) -> Generator[Path]:
    """Give Typst one folder, where a person's files take the place of the built-in ones."""
    if templates is None:
        yield render.folder()
        return
    with TemporaryDirectory(prefix="quizgen-") as name:
        for place in reversed(render.folders(templates)):
            for file in place.iterdir():
                if file.is_file():
                    copyfile(file, Path(name, file.name))
        yield Path(name)
