from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    *("HanTa", "anki", "charset_normalizer", "docx", "genanki", "jinja2", "latex2mathml", "lxml"),
    *("markdown_it", "multipart", "numpy", "openai", "prompt_toolkit", "pydantic"),
    *("python_multipart", "rapidfuzz", "rich", "snowballstemmer", "starlette", "typst"),
    *("uvicorn", "ziamath"),
    "zstandard",
)
SHOW_MODULES = """
import atexit, sys
from quizgen import cli
atexit.register(lambda: sys.stderr.write("\\n".join(sys.modules)))
sys.argv = ["quizgen", *sys.argv[1:]]
cli.main()
"""


def modules_after(*arguments: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", SHOW_MODULES, *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "Usage: " in run.stdout
    return {line.partition(".")[0] for line in run.stderr.splitlines()}


@pytest.mark.parametrize(
    "arguments", [("--help",), ("make", "--help"), ("export", "--help"), ("review", "--help")]
)
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    loaded = modules_after(*arguments)
    assert "click" in loaded, "the list of modules did not arrive"
    assert sorted(loaded.intersection(HEAVY)) == []
