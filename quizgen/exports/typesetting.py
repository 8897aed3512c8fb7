"""Run Typst over the templates in `print/`, with the fonts that are to be used."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from quizgen import render
from quizgen.errors import QuizgenError, UsageError
from quizgen.exports import Options

if TYPE_CHECKING:
    import typst

_DATE = 946684800  # 2000-01-01; the same cards print to the same bytes on any day
_STANDARD = "ua-1"  # tagged; and it names a character that no font has, instead of an empty box
_FONTS = (".ttf", ".otf", ".ttc", ".otc")


@dataclass(frozen=True, slots=True)
class Press:
    """A template in the folder that Typst reads, and where its files come from."""

    name: str
    folder: Path
    fonts: typst.Fonts
    places: tuple[Path, ...]

    def compiler(self, inputs: Mapping[str, str]) -> typst.Compiler:
        """Set the template with these inputs."""
        return self._of(self.name, inputs)

    def pdf(self, inputs: Mapping[str, str]) -> bytes:
        """Print tagged PDF; raises Typst's own error."""
        printed = self.compiler(inputs).compile(
            format="pdf", pdf_standards=[_STANDARD], timestamp=_DATE
        )
        if not isinstance(printed, bytes):
            raise QuizgenError(f"{self.name} makes more than one file; a print is one")
        return printed

    def forget(self) -> None:
        """Make Typst drop the layout before this one, 300 MB for 1,000 questions.

        It keeps what one of the last ten compilations has used.
        """
        empty = self._of("settings.typ", {})
        for _ in range(11):
            empty.compile(format="svg")

    def _of(self, name: str, inputs: Mapping[str, str]) -> typst.Compiler:
        import typst  # noqa: PLC0415

        return typst.Compiler(
            self.folder / name, root=self.folder, font_paths=self.fonts, sys_inputs=dict(inputs)
        )


@contextmanager
def press(name: str, options: Options) -> Generator[Press]:
    """Make a template ready to print, with a person's files in place of the built-in ones."""
    try:
        import typst  # noqa: PLC0415
    except ImportError as error:
        raise QuizgenError(
            "printing PDF needs the package `typst`, which this computer does not have; "
            "install it with `pip install typst`, or use --to html and print from a browser"
        ) from error
    places = render.folders(options.templates)
    with TemporaryDirectory(prefix="quizgen-") as scratch:
        paths = [place / "fonts" for place in places if (place / "fonts").is_dir()]
        fonts = typst.Fonts(
            include_system_fonts=False,
            font_paths=[*paths, *_given(options.fonts, Path(scratch, "fonts"))],
        )
        folder = render.folder() / "print"
        if options.templates is not None:
            folder = _gathered(places, Path(scratch, "print"))
        yield Press(name, folder, fonts, tuple(place / "print" for place in places))


def typst_error() -> type[typst.TypstError]:
    """Return the error that Typst raises; only for use inside `press`."""
    import typst  # noqa: PLC0415

    return typst.TypstError


def _given(fonts: tuple[Path, ...], scratch: Path) -> list[Path]:
    """List the folders of the fonts that a person names; Typst reads folders only."""
    folders = [path for path in fonts if path.is_dir()]
    for path in fonts:
        if not path.is_dir() and path.suffix.casefold() not in _FONTS:
            raise UsageError(
                f"{path} is not a font; --font takes a .ttf, .otf or .ttc, or a folder"
            )
        if not path.is_dir():
            scratch.mkdir(exist_ok=True)
            copyfile(path, scratch / path.name)
    return [*folders, scratch] if scratch.is_dir() else folders


def _gathered(places: tuple[Path, ...], folder: Path) -> Path:
    """Give Typst one folder, where a person's files take the place of the built-in ones.

    These are in `built-in/` too, so that a person's file can begin with one.
    """
    (folder / "built-in").mkdir(parents=True)
    for file in (places[-1] / "print").iterdir():
        copyfile(file, folder / "built-in" / file.name)
    for place in reversed(places):
        if (place / "print").is_dir():
            for file in (place / "print").iterdir():
                if file.is_file():
                    copyfile(file, folder / file.name)
    return folder
