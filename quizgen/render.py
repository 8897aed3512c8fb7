"""Find templates, and fill those that are Jinja's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from quizgen.errors import QuizgenError, UsageError

if TYPE_CHECKING:
    from jinja2 import Environment


def folder() -> Path:
    """Find the built-in templates: inside the wheel, or at the root of a checkout."""
    here = Path(__file__).parent
    inside = here / "templates"
    return inside if inside.is_dir() else here.parent / "templates"


def folders(templates: Path | None) -> tuple[Path, ...]:
    """List where templates are looked for; a person's file takes the place of the built-in one."""
    if templates is None:
        return (folder(),)
    if not templates.is_dir():
        raise UsageError(f"there is no folder {str(templates)!r}; --templates names one")
    return (templates, folder())


def find(name: str, templates: Path | None = None) -> Path:
    """Find the template `name`, such as `print/quiz.typ` or `html/quiz.html`."""
    for place in folders(templates):
        if (place / name).is_file():
            return place / name
    raise QuizgenError(f"there is no template {name!r} in {str(folder())!r}; install quizgen again")


def environment(templates: Path | None = None) -> Environment:
    """Make a Jinja environment that escapes everything and lets no name be missing."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    return Environment(
        loader=FileSystemLoader(folders(templates)),
        autoescape=True,  # select_autoescape() looks at names, and misses `x.html.j2`
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def fill(name: str, values: Mapping[str, Any], *, templates: Path | None = None) -> str:
    """Fill a Jinja template; an error in it is told with its file and line."""
    return filler(templates)(name, values)


def filler(templates: Path | None = None) -> Callable[[str, Mapping[str, Any]], str]:
    """Return what fills templates, for filling the same ones often: each is compiled once."""
    ready = environment(templates)
    return lambda name, values: _filled(ready, name, values, templates)


def _filled(
    ready: Environment, name: str, values: Mapping[str, Any], templates: Path | None
) -> str:
    from jinja2 import TemplateError, TemplateSyntaxError  # noqa: PLC0415

    try:
        return ready.get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise QuizgenError(f"{error.filename or name}:{error.lineno}: {error.message}") from error
    except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as error:
        place = _place(error.__traceback__, folders(templates))
        if not place:
            raise
        raise QuizgenError(f"{place}: {error}") from error


def _place(trace: TracebackType | None, places: tuple[Path, ...]) -> str:
    """Name the innermost line of a template; Jinja gives its frames the templates' own lines."""
    found = ""
    while trace:
        path = Path(trace.tb_frame.f_code.co_filename)
        if any(path.is_relative_to(place) for place in places):
            found = f"{path}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
