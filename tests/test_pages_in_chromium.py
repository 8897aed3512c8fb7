"""The quiz page in a real browser: what it shows, and what it does not do."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from sample import CELLS

from quizgen import deckfile
from quizgen.exports import Options, table


def dumped(page: Path, profile: Path) -> str:
    """Return the document as the browser has it after loading."""
    done = subprocess.run(
        [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            f"--user-data-dir={profile}",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    return done.stdout.decode()


@pytest.mark.real("chromium")
def test_a_source_that_looks_like_a_page_stays_text_in_a_browser(tmp_path: Path):
    hostile = CELLS.replace(
        "What does the mitochondrion produce",
        "<script>document.title='run'</script><img src=x onerror=alert(1)> What is produced",
    )
    deck = deckfile.parse(hostile).deck
    for suffix, data in table.named("html").export((deck,), Options(drafts=True)).items():
        page = tmp_path / f"quiz{suffix}"
        page.write_bytes(data)
        seen = dumped(page, tmp_path / f"profile{suffix}")
        assert "<script" not in seen
        assert "<img" not in seen
        assert "<title>run" not in seen
        if suffix == ".html":  # the key does not repeat the questions
            assert "&lt;script&gt;" in seen
