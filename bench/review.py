"""Measure reviews: from a key to the next card, kills in between, two people at once.

Run alone, `python bench/review.py` does all of it: 200 keys in a deck of 10,000 cards on a real
pseudo-terminal, 1,000 kills and twice 1,000 decisions, in two minutes or so.
"""

from __future__ import annotations

import fcntl
import os
import pty
import random
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import generate

from quizgen import review, sitting, store
from quizgen.errors import DeckChanged, QuizgenError
from quizgen.model import State

QUIZGEN = Path(sys.executable).parent / "quizgen"
STATES: tuple[State, ...] = ("kept", "dropped", "draft")
_END_OF_SCREEN = b"\x1b[J"


def drafts(count: int, path: Path) -> None:
    """Write a deck of drafts into a folder of its own: a review learns from the decks beside it."""
    path.parent.mkdir(exist_ok=True)
    text, _ = generate.deck(count)
    path.write_text(text.replace(" kept ready ", " draft ready "), encoding="utf-8")


# --- speed -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pace:
    """Milliseconds from a key to the next card: half of the keys take less, and 95 of 100 do.

    `computing` is the time on a processor for each key, whatever else the machine does.
    """

    middle: float
    most: float
    opening: float
    computing: float


def pace(cards: int, keys: int, folder: Path, *, columns: int = 80, lines: int = 24) -> Pace:
    """Press `k` again and again on a pseudo-terminal and time every new screen."""
    path = folder / f"pace-{cards}.md"
    drafts(cards, path)
    began = time.perf_counter()
    child, handle = pty.fork()
    if child == 0:
        os.environ |= {"TERM": "xterm-256color"}
        os.environ.pop("COLUMNS", None)
        os.environ.pop("LINES", None)
        os.execv(QUIZGEN, [str(QUIZGEN), "review", str(path), "--terminal"])
    fcntl.ioctl(handle, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    _screen(handle)
    opening = time.perf_counter() - began
    started = _computed(child)
    taken: list[float] = []
    for _ in range(keys):
        pressed = time.perf_counter()
        os.write(handle, b"k")
        _screen(handle)
        taken.append(1000 * (time.perf_counter() - pressed))
    os.write(handle, b"q")
    _drain(handle)
    _, _, used = os.wait4(child, 0)
    os.close(handle)
    computing = 1000 * (used.ru_utime + used.ru_stime - started) / keys
    kept = sum(card.state == "kept" for card in store.load(path).deck.cards)
    if kept != keys:
        sys.exit(f"{keys} keys kept {kept} cards")
    taken.sort()
    return Pace(taken[keys // 2], taken[keys * 95 // 100], 1000 * opening, computing)


def _computed(process: int) -> float:
    """Return the seconds that a process has computed; 0 where the system does not tell."""
    try:
        fields = (
            Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        )
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _screen(handle: int) -> None:
    """Read until a screen is whole."""
    seen = b""
    while _END_OF_SCREEN not in seen:
        if not select.select([handle], [], [], 60)[0]:
            sys.exit(f"no screen came: {seen[-200:]!r}")
        seen += os.read(handle, 65_536)


def _drain(handle: int) -> None:
    while True:
        try:
            if not os.read(handle, 65_536):
                return
        except OSError:  # the other end is closed
            return


# --- kills -------------------------------------------------------------------


@dataclass(slots=True)
class Killed:
    """What kills came to; all but the first two are to be 0."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    not_in_the_log: int = 0
    unreadable: int = 0
    left_over: int = 0


def kill(count: int, folder: Path, *, cards: int = 300, seed: int = 1) -> Killed:
    """Kill a reviewer `count` times while decisions are saved, and look at what is left."""
    path = folder / "kills.md"
    chance = random.Random(seed)
    found = Killed()
    states: dict[str, str] = {}
    for number in range(count):
        if number % 100 == 0:  # a log of many thousand lines would only make it slower
            store.log_path(path).unlink(missing_ok=True)
            drafts(cards, path)
            states = _states(path)
        lines = _life(path, f"life {number}", chance)
        done = [_said(line) for line in lines if line.startswith("did ")]
        begun = lines[-1].split()[1] if lines and lines[-1].startswith("doing ") else ""
        states |= dict(done)
        found.kills += 1
        found.acknowledged += len(done)
        try:
            stored = store.load(path)
        except QuizgenError as error:
            print(error)
            found.unreadable += 1
            break
        now: dict[str, str] = {card.id: card.state for card in stored.deck.cards}
        found.lost += sum(now[card] != states[card] for card in states if card != begun)
        states = now
        told = sum(event.who == f"life {number}" for event in stored.history.told)
        found.not_in_the_log += max(0, len(done) - told)
    sat = sitting.sit_down(path, "last")
    sat.do(review.decide(sat.parsed, sat.deck.cards[0].id, "kept", "to sweep"))
    sat.do(review.flag(sat.parsed, sat.deck.cards[1].id))
    found.left_over = len(list(folder.glob(".*.tmp")))
    return found


def _states(path: Path) -> dict[str, str]:
    """Review once, so that what is imported late is there before the first fork."""
    sat = sitting.sit_down(path, "nobody")
    sat.do(review.decide(sat.parsed, sat.deck.cards[0].id, "kept"))
    return {card.id: card.state for card in sat.deck.cards}


def _said(line: str) -> tuple[str, str]:
    _, card, state = line.split()
    return card, state


def _life(path: Path, who: str, chance: random.Random) -> list[str]:
    """Let a reviewer decide until it is killed; return what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _decide_for_ever(path, who, writing)
    os.close(writing)
    said = b""
    wanted = chance.randint(1, 8)
    while said.count(b"did ") < wanted:
        said += os.read(reading, 65_536)
    time.sleep(chance.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    while more := os.read(reading, 65_536):
        said += more
    os.waitpid(child, 0)
    os.close(reading)
    return said.decode().splitlines()


def _decide_for_ever(path: Path, who: str, says: int) -> NoReturn:
    chance = random.Random(who)
    sat = sitting.sit_down(path, who)
    while True:
        card = chance.choice(sat.deck.cards)
        others: list[State] = [each for each in STATES if each != card.state]
        state = chance.choice(others)
        os.write(says, f"doing {card.id} {state}\n".encode())
        sat.do(review.decide(sat.parsed, card.id, state))
        os.write(says, f"did {card.id} {state}\n".encode())


# --- two people --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Both:
    """What two reviewers at once came to, in decisions and seconds."""

    decided: int
    in_the_deck: int
    in_the_log: int
    refused: int
    seconds: float


def together(each: int, folder: Path, *, contested: int = 50) -> Both:
    """Let two reviewers decide on `each` cards of one deck at once, of which some are the same.

    Of a contested card one decision must stand and the other be refused.
    """
    path = folder / "together.md"
    cards = 2 * each - contested
    drafts(cards, path)
    ids = [card.id for card in store.load(path).deck.cards]
    shares = (ids[:each], ids[each - contested :])
    began = time.perf_counter()
    reading, writing = os.pipe()
    children: list[int] = []
    for number, share in enumerate(shares):
        child = os.fork()
        if child == 0:
            _decide_all(path, f"reviewer {number}", share, STATES[number], writing)
        children.append(child)
    os.close(writing)
    said = b""
    while more := os.read(reading, 65_536):
        said += more
    for child in children:
        os.waitpid(child, 0)
    os.close(reading)
    seconds = time.perf_counter() - began
    stored = store.load(path)
    states = {card.id: card.state for card in stored.deck.cards}
    lines = [line.split() for line in said.decode().splitlines()]
    done = [(card, state) for what, card, state in lines if what == "did"]
    return Both(
        decided=len(done),
        in_the_deck=sum(states[card] == state for card, state in done),
        in_the_log=len({event.step for event in stored.history.told}),
        refused=sum(what == "refused" for what, _, _ in lines),
        seconds=seconds,
    )


def _decide_all(path: Path, who: str, cards: list[str], state: State, says: int) -> NoReturn:
    sat = sitting.sit_down(path, who)
    for card in random.Random(who).sample(cards, len(cards)):
        what = "refused"
        # A person decides on what they see: a card that the other settled is no draft any more.
        if sat.card(card).state == "draft":
            with suppress(DeckChanged):
                sat.do(review.decide(sat.parsed, card, state))
                what = "did"
        os.write(says, f"{what} {card} {state}\n".encode())
    os._exit(0)


def main() -> None:
    """Measure all of it and end with 1 if anything was lost."""
    with tempfile.TemporaryDirectory(prefix="quizgen-bench-") as folder:
        here = Path(folder)
        for columns, lines in ((80, 24), (160, 50)):
            found = pace(10_000, 200, here / f"{columns}", columns=columns, lines=lines)
            print(
                f"10,000 cards, {columns}x{lines}: first screen {found.opening:.0f} ms; a key to "
                f"the next card {found.middle:.0f} ms, 95 of 100 within {found.most:.0f} ms, "
                f"{found.computing:.0f} ms of computing each",
                flush=True,
            )
        killed = kill(1000, here / "kills")
        print(killed)
        both = together(1000, here / "together")
        print(both)
    is_sound = not (killed.lost or killed.not_in_the_log or killed.unreadable or killed.left_over)
    is_sound &= both.decided == both.in_the_deck == both.in_the_log
    sys.exit(not is_sound)


if __name__ == "__main__":
    main()
