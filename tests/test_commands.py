"""Shell sessions in tests/commands/*.md: what a person types, and what they see."""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SESSIONS = sorted((ROOT / "tests" / "commands").glob("*.md"))
# ```markdown lecture.md writes that file; ```console is typed line by line.
FENCE = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
# What differs from run to run: when a card last changed, and how long something took.
VARYING = (
    (re.compile(r"\bmod=\d+-[0-9a-f]+"), "mod=TIME-HASH"),
    (re.compile(r"(?<!t=)\b\d+(?:\.\d+)? ?(?:s|seconds?)\b"), "SECONDS s"),
)


def run(command: str, folder: Path) -> str:
    """Type one line into a shell in `folder`; return what appears, and a failing exit status."""
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
        env={
            **{name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
            "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.defpath)),
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "100",
            "NO_COLOR": "1",
            "PYTHONWARNINGS": "error",
        },
    )
    seen = done.stdout.decode().replace(str(folder), "FOLDER")
    for pattern, word in VARYING:
        seen = pattern.sub(word, seen)
    seen += "" if not seen or seen.endswith("\n") else "\n"
    return seen + (f"[exit {done.returncode}]\n" if done.returncode else "")


def play(text: str, folder: Path) -> str:
    """Carry out the fences of a session in order; return the session with what was really seen."""

    def carry_out(found: re.Match[str]) -> str:
        language, _, name = found["info"].strip().partition(" ")
        if name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(found["body"], encoding="utf-8")
        if name or language != "console":
            return found[0]
        commands = re.findall(r"^\$ (.*)$", found["body"], re.MULTILINE)
        body = "".join(f"$ {command}\n{run(command, folder)}" for command in commands)
        return f"```{found['info']}\n{body}```"

    return FENCE.sub(carry_out, text)


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_session(path: Path, tmp_path: Path, *, accept: bool) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    written = path.read_text(encoding="utf-8")
    seen = play(written, tmp_path)
    if accept:
        path.write_text(seen, encoding="utf-8")
    elif seen != written:
        lines = difflib.unified_diff(
            written.splitlines(), seen.splitlines(), "expected", "seen", lineterm="", n=1
        )
        pytest.fail("\n".join([*lines, "if this is meant: make accept"]), pytrace=False)


def test_a_session_shows_what_was_seen_in_place_of_what_was_expected(tmp_path: Path) -> None:
    written = (
        "A claim.\n\n```text notes/a.txt\nmod=17-ab in 3.2 s\n```\n\n"
        "```console\n$ cat notes/a.txt\nsomething else\n$ false\n```\n\n```sh\n$ exit 9\n```\n"
    )
    assert play(written, tmp_path) == (
        "A claim.\n\n```text notes/a.txt\nmod=17-ab in 3.2 s\n```\n\n"
        "```console\n$ cat notes/a.txt\nmod=TIME-HASH in SECONDS s\n$ false\n[exit 1]\n```\n\n"
        "```sh\n$ exit 9\n```\n"
    )
