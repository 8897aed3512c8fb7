"""Print how long a decision takes on the page, from the key to the next card on the screen.

A real Chromium presses the keys; each row is the same review in a deck of another size, compared
with the round trip of a page that does nothing. QUIZGEN_SIZES names other sizes. The browser's
driver stands with the tests: PYTHONPATH=tests python bench/review_web.py
"""

from __future__ import annotations

import os
import statistics
import tempfile
from dataclasses import replace
from pathlib import Path

import checks as made
from browser import Page, opened
from served import Site, served

from quizgen import deckfile
from quizgen.model import Deck

SIZES = tuple(int(size) for size in os.environ.get("QUIZGEN_SIZES", "250 1000 10000").split())
DECISIONS = 200

WATCH = """
window.took = [];
window.presses = 0;
addEventListener("keydown", event => {
  window.presses += 1;
  window.pressed = event.timeStamp;
}, true);
new MutationObserver(() => {
  const began = window.pressed;
  if (!began) return;
  window.pressed = 0;
  // A message after the frame: by then the card is painted.
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.took.push(performance.now() - began);
    channel.port2.postMessage(0);
  });
}).observe(document.getElementById("main"), {childList: true});
0
"""
IDLE = """
(async () => {
  const took = [];
  for (let n = 0; n < 50; n++) {
    const began = performance.now();
    await (await fetch("/help", {headers: {"X-Part": "1"}})).text();
    took.push(performance.now() - began);
  }
  return took;
})()
"""


def write(path: Path, count: int) -> None:
    """Write a deck of drafts."""
    cards = tuple(replace(card, state="draft") for card in made.cards(count))
    path.write_text(deckfile.render(Deck("bench", f"{count} cards", (), cards)), encoding="utf-8")


def decide(page: Page, site: Site, path: Path) -> tuple[list[float], list[float], float]:
    """Keep and drop by turns.

    Return the milliseconds of each, those of a page that does nothing, and the keys it took.
    """
    page.open(site.entrance)
    page.open(site.review(path))
    idle = page.run(IDLE)
    page.run(WATCH)
    for number in range(DECISIONS):
        page.press("kd"[number % 2])
        page.wait(f"window.took.length > {number}")
    return page.run("window.took"), idle, page.run("window.presses") / DECISIONS


def main() -> None:
    """Print the table."""
    print("| cards | keys a decision | median ms | 95th percentile ms | idle page ms | ratio |")
    print("|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name, opened(Path(name) / "profile") as browser:
        for size in SIZES:
            folder = Path(name) / str(size)
            folder.mkdir()
            path = folder / "deck.md"
            write(path, size)
            with served(folder) as site:
                took, idle, keys = decide(browser.page(), site, path)
            middle, base = statistics.median(took), statistics.median(idle)
            high = statistics.quantiles(took, n=20)[-1]
            row = (f"{size:,}", f"{keys:.2f}", f"{middle:.0f}", f"{high:.0f}", f"{base:.1f}")
            print(f"| {' | '.join(row)} | {middle / base:.1f}x |", flush=True)


if __name__ == "__main__":
    main()
