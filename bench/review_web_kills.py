"""Kill the page's server in the midst of decisions, again and again, and count what was lost.

A decision counts from the moment the browser's side has its answer. QUIZGEN_KILLS says how often.
PYTHONPATH=tests python bench/review_web_kills.py
"""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import tempfile
import threading
from pathlib import Path
from urllib.parse import urlencode

import review_web
from starlette.testclient import TestClient

from quizgen import store
from quizgen.errors import QuizgenError
from quizgen.ui.web import app, server
from quizgen.ui.web.guard import Keys
from quizgen.ui.web.room import Room

KILLS = int(os.environ.get("QUIZGEN_KILLS", "1000"))
CARDS = 300
LONGEST = 0.25  # seconds that a server lives once it has answered


class Reviewer:
    """Someone who decides as fast as the server answers; `told` is what it said was done."""

    def __init__(self, keys: Keys, deck: str) -> None:
        self.keys = keys
        self.deck = deck
        self.told: dict[str, str] = {}

    def review(self, kill: threading.Timer) -> None:
        """Decide until the server is gone."""
        line = http.client.HTTPConnection("127.0.0.1", self.keys.port, timeout=30)
        try:
            page = self._ask(line, f"/review?deck={self.deck}")
            kill.start()
            number = 0
            while 'name="card"' in page:
                acts = page[page.index('class="acts"') :]
                form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', acts))
                deed, state = (("keep", "kept"), ("drop", "dropped"))[number % 2]
                page = self._ask(line, "/act", urlencode(form | {"do": deed}))
                self.told[form["card"]] = state
                number += 1
        except (OSError, http.client.HTTPException):
            pass
        finally:
            line.close()

    def _ask(self, line: http.client.HTTPConnection, address: str, form: str = "") -> str:
        headers = {"Cookie": f"{self.keys.cookie}={self.keys.page}", "X-Part": "1"}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request("POST" if form else "GET", address, form or None, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        if answer.status != 200:
            raise SystemExit(f"{answer.status}: {text[:500]}")
        return text


def warm(path: Path, keys: Keys) -> None:
    """Load what a first answer loads, so that the servers to come spend their lives deciding."""
    client = TestClient(app.build(Room(path.parent), keys), base_url=f"http://{keys.hosts[0]}")
    client.cookies.set(keys.cookie, keys.page)
    client.get("/review", params={"deck": Room(path.parent).key(path)}).raise_for_status()


def main() -> None:
    """Print what came of it."""
    chance = random.Random(1)
    lost = unreadable = decisions = stale = 0
    with tempfile.TemporaryDirectory() as name, server.listen(0) as taken:
        path = Path(name) / "deck.md"
        review_web.write(path, CARDS)
        keys = Keys(taken.getsockname()[1])
        reviewer = Reviewer(keys, Room(path.parent).key(path))
        warm(path, keys)
        for _ in range(KILLS):
            child = os.fork()
            if child == 0:
                server.make(Room(path.parent), keys).run(sockets=[taken])
                os._exit(0)
            wait = chance.uniform(0, LONGEST)
            kill = threading.Timer(wait, os.kill, (child, signal.SIGKILL))
            before = len(reviewer.told)
            reviewer.review(kill)
            kill.join()
            os.waitpid(child, 0)
            decisions += len(reviewer.told) - before
            try:
                states = {card.id: card.state for card in store.load(path).deck.cards}
            except QuizgenError:
                unreadable += 1
                review_web.write(path, CARDS)
                reviewer.told.clear()
                continue
            lost += sum(states[card] != state for card, state in reviewer.told.items())
            if sum(state == "draft" for state in states.values()) < CARDS // 3:
                path.unlink()
                store.log_path(path).unlink()
                review_web.write(path, CARDS)
                reviewer.told.clear()
        store.update(path, lambda stored: stored.parsed.text + "\n")
        stale = len(list(path.parent.glob(".*.tmp")))
    print("| kills | decisions told | lost | unreadable decks | stale files after the next write |")
    print("|---:|---:|---:|---:|---:|")
    print(f"| {KILLS:,} | {decisions:,} | {lost} | {unreadable} | {stale} |")


if __name__ == "__main__":
    main()
