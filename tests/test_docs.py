from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

from quizgen import cli

ROOT = Path(__file__).parent.parent
PAGES = tuple(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))
# Written in two parts, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|root|tmp|home|opt)/[\w.-]")
REGISTRY = re.compile(
    r"pypi\." + r"org|pythonhosted\." + r"org|registry\.npm" + r"js|--index-url", re.IGNORECASE
)
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)


def commands() -> list[tuple[str, click.Command]]:
    return sorted(cli.main.commands.items())


def tracked() -> list[Path]:
    """List documents, lock files, sources: what leaves with a clone. Works without git too."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    names = listing.stdout.decode().split("\0") if listing.returncode == 0 else []
    paths = [ROOT / name for name in names if name] or [
        path for path in ROOT.iterdir() if path.is_file()
    ]
    return [path for path in paths if path.is_file()]


def pins(name: str) -> dict[str, str]:
    """Return the version of each package in a lock file; every one must carry a hash."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(
        re.findall(r"^([a-z0-9-]+)==(\S+)(?: ;[^\\]*)? \\\n    --hash=", text, re.MULTILINE)
    )


def dependencies(*, dev: bool) -> list[str]:
    """List what pyproject.toml asks for, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(project["optional-dependencies"]["dev"] if dev else ())]
    return [re.split(r"[^a-z0-9-]", line)[0] for line in wanted]


def leaks(text: str) -> list[str]:
    """Name the machine paths and package hosts in `text`, with their lines."""
    return [
        f"line {text.count(chr(10), 0, found.start()) + 1}: {found.group()}"
        for pattern in (MACHINE_PATH, REGISTRY)
        for found in pattern.finditer(text)
    ]


def broken_links(text: str, folder: Path) -> list[str]:
    """Name the relative links in `text` that lead nowhere from `folder`."""
    targets = [found.group(1).split("#")[0] for found in LINK.finditer(FENCE.sub("", text))]
    return [
        target
        for target in targets
        if target and not re.match(r"[a-z]+:", target) and not (folder / target).exists()
    ]


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_has_help_with_an_example(name: str, command: click.Command) -> None:
    text = command.get_help(click.Context(command, info_name=f"quizgen {name}"))
    assert command.help, f"{name} says nothing of itself"
    assert re.search(rf"^\s+(?:\$ )?quizgen {name}\b", text, re.MULTILINE), (
        f"no example in:\n{text}"
    )


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_option_has_help(name: str, command: click.Command) -> None:
    silent = [
        option.name
        for option in command.params
        if isinstance(option, click.Option) and not option.help and not option.hidden
    ]
    assert silent == []


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_named_in_the_readme(name: str) -> None:
    assert f"quizgen {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_changelog_opens_with_what_is_unreleased() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## .+$", text, re.MULTILINE)[0] == "## Unreleased"


def test_the_changelog_uses_only_the_four_kinds_of_entry() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= {
        "Added",
        "Changed",
        "Fixed",
        "Removed",
    }


@pytest.mark.parametrize(
    ("name", "dev"), [("requirements.txt", False), ("requirements-dev.txt", True)]
)
def test_every_dependency_is_pinned_with_a_hash(name: str, *, dev: bool) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert sorted(set(dependencies(dev=dev)) - set(pins(name))) == [], "make pins"
    assert len(pins(name)) == len(set(re.findall(r"^[a-z][a-z0-9-]*", text, re.MULTILINE)))


def test_what_runs_is_what_was_developed_with() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize("name", dependencies(dev=True))
def test_every_dependency_has_its_reason_in_contributing(name: str) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert re.search(rf"^\|.*\b{name}\b|`{name}`", text, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    assert broken_links(page.read_text(encoding="utf-8"), page.parent) == []


def test_nothing_that_leaves_with_a_clone_names_a_machine_path_or_a_package_host() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): leaks(path.read_text(encoding="utf-8"))
        for path in tracked()
        if path.suffix in {".md", ".txt", ".toml", ".in", ""} and "fonts" not in path.parts
    }
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("see /" + "root/x and /" + "work/main", 2),
        ("at https://pypi." + "org/simple", 1),
        ("a file at ~/work/main, or out/work/x, or https://example.org/home/page", 0),
    ],
)
def test_a_machine_path_or_package_host_is_caught(text: str, count: int) -> None:
    assert len(leaks(text)) == count


def test_a_broken_link_is_caught_and_a_link_in_a_code_fence_is_not_one() -> None:
    text = "[gone](gone.md) [here](README.md#x) [away](https://example.org)\n```\n[x](no.md)\n```\n"
    assert broken_links(text, ROOT) == ["gone.md"]
