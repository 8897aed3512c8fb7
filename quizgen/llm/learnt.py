"""Learn which output mode works with a server and a model, and remember it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from quizgen.llm import ladder
from quizgen.llm.cache import Cache
from quizgen.llm.ladder import Dialect, Mode, Part
from quizgen.llm.settings import Settings

# A model may fail at one question; a mode that it fails at twice is not begun with again.
_STRIKES = 2


class Learnt:
    """What is known of one server and one model; `tell` is given a line when that is news."""

    def __init__(self, settings: Settings, kept: Cache, tell: Callable[[str], None]) -> None:
        self._url = settings.base_url
        self._model = settings.model
        self._kept = kept
        self._tell = tell
        self._remembered = kept.dialect(self._url, self._model)
        known = ladder.loaded(self._remembered) if self._remembered else None
        self._dialect = known or ladder.first(self._url)
        self._strikes: Counter[Mode] = Counter()
        self.is_proven = known is not None

    def dialect(self, mode: Mode) -> Dialect:
        """Return how to write a question in a mode."""
        return replace(self._dialect, mode=mode)

    def start(self) -> Mode:
        """Return the mode to begin with."""
        if self.is_proven:
            return self._dialect.mode
        able: list[Mode] = [mode for mode in ladder.MODES if self._strikes[mode] < _STRIKES]
        return able[0] if able else "text"

    def is_known_to_work(self, mode: Mode) -> bool:
        """Claim that the mode has brought a valid answer before."""
        return self.is_proven and mode == self._dialect.mode

    def works(self, mode: Mode) -> None:
        """Take in that a mode brought a valid answer."""
        self._dialect = self.dialect(mode)
        self.is_proven = True
        found = ladder.dumped(self._dialect)
        if found != self._remembered:
            self._kept.remember(self._url, self._model, found)
            self._remembered = found
            self._tell(f"{self._url}: {self._model} answers {ladder.TOLD[mode]}")

    def disappointed(self, mode: Mode) -> None:
        """Take in that a mode brought nothing that can be used."""
        self._strikes[mode] += 1

    def refused(self, mode: Mode) -> None:
        """Take in that the server does not take a mode, even if it once did."""
        self._strikes[mode] = _STRIKES
        if self.is_known_to_work(mode):
            self.is_proven = False

    def leave_out(self, part: Part) -> bool:
        """Leave a part out from now on; claim that it was still there."""
        less = ladder.without(self._dialect, part)
        changed = less != self._dialect
        self._dialect = less
        return changed
