"""Ask a model one question and come back with a validated answer or a sentence."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from quizgen.llm import cache, completions, ladder, output, prices, retry, tokens
from quizgen.llm.budget import Budget
from quizgen.llm.cache import Cache, Kept
from quizgen.llm.ladder import Complaint, Mode
from quizgen.llm.learnt import Learnt
from quizgen.llm.output import Unusable
from quizgen.llm.prices import Price
from quizgen.llm.replies import Reply, Said, Trouble
from quizgen.llm.retry import Patience
from quizgen.llm.settings import Settings
from quizgen.llm.values import Answer, Failure, Kind, Request, Stopped, T, Usage

if TYPE_CHECKING:
    from quizgen.llm.wire import Wire

# A server that fails this many questions in a row, after all its attempts, is down.
_IN_A_ROW = 3
# Nobody waits long for a server that is not running, or whose address is mistyped.
_KNOCKS = 2
# What these say holds for every request, not for one.
_BUSY = {429, 503}


@contextlib.asynccontextmanager
async def opened(
    settings: Settings,
    answers: Path,
    *,
    price: Price | None,
    tell: Callable[[str], None],
    patience: Patience | None = None,
) -> AsyncGenerator[Asker]:
    """Open a way to a server, whose answers are kept in the file `answers`.

    `tell` is given the few lines that a person should see, such as which output mode works.
    """
    from quizgen.llm.wire import Wire  # noqa: PLC0415

    budget = Budget(max_cost=settings.max_cost, max_requests=settings.max_requests, price=price)
    with Cache(answers) as kept:
        asker = Asker(settings, Wire(settings), kept, budget, tell, patience or Patience())
        try:
            yield asker
        finally:
            await asker.close()


@dataclass(slots=True)
class _Try:
    """How far one question has come."""

    mode: Mode
    complaint: Complaint | None = None
    failed: int = 0
    failed_here: int = 0
    usage: Usage = field(default_factory=Usage)

    def step(self, mode: Mode) -> None:
        self.mode, self.complaint, self.failed_here = mode, None, 0


class Asker:
    """One server and one model, with all that was learnt of them.

    `budget` tells what was spent, `meter` how many tokens text is, `stopped` why no more is sent.
    """

    def __init__(
        self,
        settings: Settings,
        wire: Wire,
        kept: Cache,
        budget: Budget,
        tell: Callable[[str], None],
        patience: Patience,
    ) -> None:
        self.settings = settings
        self.budget = budget
        self.meter = tokens.Meter()
        self._wire = wire
        self._kept = kept
        self._patience = patience
        self._learnt = Learnt(settings, kept, tell)
        self._is_probed = self._learnt.is_proven
        self._probe = asyncio.Lock()
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._flying: dict[bytes, asyncio.Task[Answer[Any] | Failure]] = {}
        self.stopped: Stopped | None = None
        self._not_before = 0.0
        self._was_heard = False
        self._failures = 0

    async def ask(self, request: Request[T]) -> Answer[T] | Failure:
        """Return an answer, kept or new; raise `Stopped` where the whole run must end."""
        key = _named(request, self.settings)
        if known := _known(request, self._kept, key):
            return known
        if flying := self._flying.get(key):
            found = await asyncio.shield(flying)
            # Only one of those who ask the same has paid for it.
            return replace(found, is_cached=True) if isinstance(found, Answer) else found
        flying = self._flying[key] = asyncio.create_task(self._paid(request, key))
        flying.add_done_callback(lambda task: self._landed(key, task))
        return await asyncio.shield(flying)

    def halt(self, why: Stopped) -> None:
        """Send nothing more; what is kept is still given."""
        self.stopped = self.stopped or Stopped(why.kind, str(why))

    async def close(self) -> None:
        """Give up what is under way, and close the connections."""
        under_way = list(self._flying.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self._wire.close()

    def _landed(self, key: bytes, task: asyncio.Task[Any]) -> None:
        del self._flying[key]
        if not task.cancelled():
            task.exception()  # else asyncio would complain of one that nobody waited for

    async def _paid(self, request: Request[T], key: bytes) -> Answer[T] | Failure:
        async with self._slots:
            if not self._is_probed:
                # The first question finds out what the server understands; others wait for it.
                async with self._probe:
                    if not self._is_probed:
                        try:
                            return await self._settled(request, key)
                        finally:
                            self._is_probed = True
            return await self._settled(request, key)

    async def _settled(self, request: Request[T], key: bytes) -> Answer[T] | Failure:
        if self.stopped:
            raise Stopped(self.stopped.kind, str(self.stopped))
        try:
            return await self._climbed(request, key)
        except Stopped as stopped:
            self.stopped = self.stopped or Stopped(stopped.kind, str(stopped))
            raise

    async def _climbed(self, request: Request[T], key: bytes) -> Answer[T] | Failure:
        """Send a question, in other ways and again where that may help, until it is settled."""
        state = _Try(self._learnt.start())
        while True:
            reply = await self._sent(request, state)
            match reply:
                case Said():
                    self._failures = 0
                    value = output.read(reply.text, request.schema)
                    if not isinstance(value, Unusable):
                        return self._answer(request, key, state, value, reply)
                    settled = self._unusable(request, state, reply.text, value.reason)
                case Trouble():
                    settled = await self._troubled(request, state, reply)
                case _:
                    assert_never(reply)
            if settled is not None:
                return settled

    def _answer(
        self, request: Request[T], key: bytes, state: _Try, value: T, said: Said
    ) -> Answer[T]:
        # The model's own text: read again, it gives the same value, or is found to be outdated.
        self._kept.keep(key, Kept(said.text, state.usage, said.model), stage=request.stage)
        self._learnt.works(state.mode)
        return Answer(value, state.usage, said.model)

    def _unusable(self, request: Request[T], state: _Try, text: str, reason: str) -> Failure | None:
        """Go on after an output that is not what was asked for: in another mode, or once again."""
        lower = ladder.below(state.mode)
        if lower and not self._learnt.is_known_to_work(state.mode):
            self._learnt.disappointed(state.mode)
            state.step(lower)
            return None
        if state.complaint is None:
            state.complaint = Complaint(text, reason)
            return None
        return _failure(request, state, "invalid", f"the answer cannot be used: {reason}")

    async def _troubled(self, request: Request[T], state: _Try, trouble: Trouble) -> Failure | None:
        """Go on after a request without output, or settle the question."""
        if self._gives_way(state, trouble):
            return None
        if trouble.again:
            state.failed += 1
            state.failed_here += 1
            is_there = self._was_heard or trouble.is_paid or trouble.status
            if state.failed < (retry.ATTEMPTS if is_there else _KNOCKS):
                await self._pause(state.failed, trouble)
                return None
        cause = trouble.cause
        if trouble.stops or (trouble.again and not self._was_heard):
            raise Stopped(trouble.kind, cause)
        if trouble.kind in {"server", "timeout"}:
            self._failures += 1
            if self._failures >= _IN_A_ROW:
                cause = f"stopped after {self._failures} failures in a row, the last: {cause}"
                raise Stopped(trouble.kind, cause)
        if state.failed:
            cause += f", in {state.failed} attempts"
        return _failure(request, state, trouble.kind, cause)

    def _gives_way(self, state: _Try, trouble: Trouble) -> bool:
        """Leave out what the server does not take; claim that there was something."""
        if trouble.refuses:
            return self._learnt.leave_out(trouble.refuses)
        lower = ladder.below(state.mode)
        is_open = lower is not None and not self._learnt.is_known_to_work(state.mode)
        # Servers that know no schemas may say no more than that the request is bad, or fail.
        refused = trouble.refuses_mode or (is_open and trouble.is_vague)
        failing = is_open and trouble.again and trouble.status == 500 and state.failed_here > 0
        if lower is None or not (refused or failing):
            return False
        if refused:
            self._learnt.refused(state.mode)
        else:
            self._learnt.disappointed(state.mode)
            state.failed += 1
        state.step(lower)
        return True

    async def _sent(self, request: Request[T], state: _Try) -> Reply:
        """Send a question once, within the budget and not before the server wants it."""
        dialect = self._learnt.dialect(state.mode)
        body = ladder.body(request, self.settings, dialect, state.complaint)
        size = prices.weight(request, state.complaint)
        given = self.meter.tokens(size)
        while (left := self._not_before - self._patience.now()) > 0:
            await self._patience.sleep(left)
        if self.stopped:
            raise Stopped(self.stopped.kind, str(self.stopped))
        async with self.budget.request(tokens.most(size), request.max_output_tokens):
            # Cut off now, it is paid for all the same, and nobody tells for how much.
            guess = Usage(1, given, 0, is_estimate=True)
            took = guess
            try:
                received = await self._wire.complete(body)
                if isinstance(received, Trouble):
                    reply: Reply = received
                else:
                    self._was_heard = True
                    reply = completions.read(received, now=self._patience.now())
                took = _took(reply, guess)
            finally:
                took = self.budget.priced(took)
                self.budget.add(took)
        state.usage += took
        if not took.is_estimate:
            self.meter.learn(size, took.input)
        return reply

    async def _pause(self, failed: int, trouble: Trouble) -> None:
        seconds = retry.pause(failed, trouble.wait, self._patience.chance())
        if trouble.status in _BUSY:
            self._not_before = max(self._not_before, self._patience.now() + seconds)
        else:
            await self._patience.sleep(seconds)


def recalled(request: Request[T], settings: Settings, kept: Cache) -> Answer[T] | None:
    """Return the answer that was paid for before, if there is one."""
    return _known(request, kept, _named(request, settings))


def _named(request: Request[Any], settings: Settings) -> bytes:
    return cache.key(settings.base_url, ladder.canonical(request, settings))


def _known(request: Request[T], kept: Cache, key: bytes) -> Answer[T] | None:
    if found := kept.find(key):
        value = output.read(found.value, request.schema)
        if not isinstance(value, Unusable):
            return Answer(value, found.usage, found.model, is_cached=True)
    return None


def _failure(request: Request[Any], state: _Try, kind: Kind, cause: str) -> Failure:
    return Failure(kind, f"{request.name}: {cause}", state.usage)


def _took(reply: Reply, guess: Usage) -> Usage:
    """Return what a request took, by the server's count or by our own."""
    match reply:
        case Said(usage=Usage() as usage) | Trouble(usage=Usage() as usage):
            return usage
        case Said():
            return replace(guess, output=tokens.Meter().tokens(tokens.size(reply.text)))
        case _:
            return guess if reply.is_paid else Usage(1)
