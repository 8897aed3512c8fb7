from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "quizgen"

# A module may import its own storey and those below it; a new module gets a place here.
STOREYS = (
    ("model", "errors", "places", "__init__"),
    ("words", "cloze", "cardtext", "plaincard", "evidenceline", "frontmatter", "markup"),
    (
        "works",
        "evidence",
        "alignment",
        "deckfile",
        "reparsing",
        "restamping",
        "identity",
        "history",
        "layout",
    ),
    (
        "generate",
        "checks",
        "review",
        "quiz",
        "optionorder",
        "readers",
        "stamping",
        "learning",
        "llm",
    ),
    (
        "store",
        "files",
        "documents",
        "sitting",
        "habits",
        "making",
        "authoring",
        "pipeline",
        "shelf",
        "standing",
        "familiar",
        "arrangement",
        "importance",
        "mainideas",
        "coverage",
        "report",
        "seen",
        "quoteaudit",
        "exports",
        "anki",
        "render",
    ),
    ("cli", "ui", "commands", "__main__"),
)
STOREY = {room: height for height, rooms in enumerate(STOREYS) for room in rooms}

PURE = (
    *(
        "model",
        "errors",
        "places",
        "words",
        "cloze",
        "cardtext",
        "plaincard",
        "evidenceline",
        "frontmatter",
        "markup",
    ),
    *(
        "works",
        "evidence",
        "alignment",
        "deckfile",
        "reparsing",
        "restamping",
        "identity",
        "history",
        "layout",
    ),
    *(
        "generate.offline",
        "checks",
        "review",
        "quiz",
        "optionorder",
        "readers",
        "stamping",
        "learning",
        "coverage",
        "importance",
        "mainideas",
        "arrangement",
        "standing",
        "familiar",
        "shelf",
        "seen",
        "quoteaudit",
        "pipeline",
    ),
    *("llm.values", "llm.settings", "llm.schema", "llm.output", "llm.ladder", "llm.tokens"),
    *("llm.replies", "llm.refusals", "llm.completions"),
    *(
        "anki.notes",
        "anki.plaintext",
        "anki.wire",
        "anki.html",
        "anki.asking",
        "anki.pushing",
        "anki.fieldtext",
    ),
    # All of it but `stages`, which waits for many answers at once.
    *(
        f"generate.llm.{path.stem}"
        for path in sorted((ROOT / "generate" / "llm").glob("[!_]*.py"))
        if path.stem != "stages"
    ),
)
# Clocks, chance, files, processes and the network arrive as arguments.
OUTSIDE = (
    *("os", "shutil", "tempfile", "glob", "sqlite3", "pathlib.Path", "importlib", "sys"),
    *("time", "random", "secrets", "uuid", "locale", "getpass", "platform", "logging"),
    *("subprocess", "threading", "multiprocessing", "concurrent", "asyncio", "signal"),
    *("socket", "http", "urllib.request", "requests", "httpx", "openai", "webbrowser"),
    *("click", "rich", "genanki", "typst", "anki", "filelock", "jinja2"),
)
IMPURE_BUILTINS = ("open", "print", "input", "breakpoint", "__import__")
CLOCKS = ("now", "today", "utcnow")

MODULES = sorted(ROOT.rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


def is_under(name: str, roots: tuple[str, ...]) -> bool:
    return any(name == root or name.startswith(f"{root}.") for root in roots)


def imported(tree: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Yield every imported name in full, wherever in the file the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")
            origin = above[: len(above) - node.level + 1] if node.level else []
            origin += [node.module] if node.module else []
            yield from ((node.lineno, ".".join([*origin, alias.name])) for alias in node.names)


def impurities(source: str, package: str = "quizgen") -> list[str]:
    """Name what a pure module reaches for that it should be given."""
    tree = ast.parse(source)
    found = [
        f"line {line}: imports {name}"
        for line, name in imported(tree, package)
        if is_under(name, OUTSIDE)
    ]
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_BUILTINS:
                found.append(f"line {node.lineno}: calls {name}()")
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS:
                found.append(f"line {node.lineno}: reads the clock with .{name}()")
            case _:
                pass
    return found


def climbs(source: str, module: str) -> list[str]:
    """Name the imports of `module` (as in `exports.anki`) that go up a storey."""
    room, _, inner = module.partition(".")
    package = f"quizgen.{room}" if inner or (ROOT / room).is_dir() else "quizgen"
    found: list[str] = []
    for line, name in imported(ast.parse(source), package):
        parts = name.split(".")
        if parts[0] != "quizgen" or len(parts) < 2 or parts[1] == "__version__":
            continue
        if parts[1] not in STOREY:
            found.append(f"line {line}: {name} has no place in STOREYS")
        elif STOREY[parts[1]] > STOREY[room]:
            found.append(f"line {line}: {room} imports {parts[1]}, which stands above it")
    return found


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_every_module_has_a_place_and_imports_go_down(path: Path) -> None:
    module = dotted(path)
    assert module.split(".")[0] in STOREY, f"give {module} a place in STOREYS"
    assert climbs(path.read_text(encoding="utf-8"), module) == []


@pytest.mark.parametrize(
    "path", [path for path in MODULES if is_under(dotted(path), PURE)], ids=dotted
)
def test_pure_modules_are_given_clocks_chance_and_files(path: Path) -> None:
    package = "quizgen." + path.parent.relative_to(ROOT).as_posix().replace("/", ".")
    assert impurities(path.read_text(encoding="utf-8"), package.rstrip(".")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "import os.path as paths",
        "from time import monotonic",
        "def f():\n    import random\n    return random.random()",
        "from http.client import HTTPConnection",
        "from urllib import request",
        "import urllib.request",
        "from pathlib import Path, PurePosixPath",
        "if True:\n    from genanki import Note",
        "import rich.console",
        "from datetime import datetime\nWHEN = datetime.now()",
        "from datetime import date\ndef f():\n    return date.today()",
        "def f(path):\n    return open(path).read()",
        "print('hello')",
    ],
)
def test_an_impure_module_is_caught(source: str) -> None:
    assert impurities(source)


@pytest.mark.parametrize(
    "source",
    [
        "import re\nfrom datetime import date\nDAY = date(2024, 2, 29)",
        "from pathlib import PurePosixPath",
        "from urllib.parse import urlsplit",
        "import timeit_of_ours",
        "def f():\n    from rapidfuzz import fuzz\n    return fuzz",
    ],
)
def test_a_pure_module_is_left_in_peace(source: str) -> None:
    assert impurities(source) == []


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("from quizgen import store", "deckfile"),
        ("import quizgen.exports.anki", "checks.cards"),
        ("from quizgen.commands import make", "pipeline"),
        ("def f():\n    from quizgen.cli import main", "exports.anki"),
        ("from ..ui import terminal", "readers.page"),
        ("from . import pipeline", "model"),
        ("from quizgen import unheard_of", "cli"),
    ],
)
def test_an_import_that_climbs_is_caught(source: str, module: str) -> None:
    assert climbs(source, module)


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("from quizgen import errors, model", "deckfile"),
        ("from quizgen.exports import Options", "exports.anki"),
        ("from . import markdown", "exports.anki"),
        ("from quizgen import __version__, store", "cli"),
        ("import json", "model"),
    ],
)
def test_an_import_that_goes_down_or_stays_is_fine(source: str, module: str) -> None:
    assert climbs(source, module) == []
