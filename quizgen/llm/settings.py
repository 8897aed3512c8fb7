"""Tell which server and which model are asked, how, and with which key."""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NoReturn
from urllib.parse import SplitResult, urlsplit

from quizgen.errors import QuizgenError, UsageError

OPENAI = "https://api.openai.com/v1"
LOCAL = "http://127.0.0.1:11434/v1"
MOST_AT_ONCE = 64
# Any number will do, so long as it is always the same one.
SEED = 20_240
_SHORTEST = 12


class Key:
    """A secret that shows itself to `reveal` alone, and neither in a log nor in a traceback."""

    __slots__ = ("_characters",)

    def __init__(self, text: str = "") -> None:
        # a list: a walk over strings, as tracebacks with locals do it, finds none that is the key
        self._characters = list(text)

    def reveal(self) -> str:
        """Return the secret, for the one line that sends it."""
        return "".join(self._characters)

    def scrub(self, said: bytes) -> bytes:
        """Blot the secret out of what a server said, since some repeat it.

        Short keys are words ("ollama", "x") that protect nothing and that an answer may hold.
        """
        if len(self._characters) < _SHORTEST:
            return said
        return said.replace(self.reveal().encode(), b"[key]")

    def __bool__(self) -> bool:
        return bool(self._characters)

    def __repr__(self) -> str:
        return "Key(…)" if self else "Key()"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and self.reveal() == other.reveal()

    def __hash__(self) -> int:
        return hash(bool(self))

    def __deepcopy__(self, _: object) -> Key:
        return self

    def __reduce_ex__(self, _: object) -> NoReturn:
        raise TypeError("a key is not written anywhere")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a call needs to know but the question.

    `timeout` is in seconds, for one request from its sending to the last byte of its answer.
    """

    base_url: str
    model: str
    key: Key = field(default=Key(), repr=False)
    timeout: float = 300.0
    concurrency: int = 4
    max_requests: int | None = None
    max_cost: Decimal | None = None
    temperature: float = 0.0
    seed: int = SEED

    @property
    def is_local(self) -> bool:
        """Claim that nothing leaves this machine."""
        return _is_loopback(urlsplit(self.base_url).hostname or "")


@dataclass(frozen=True, slots=True)
class Options:
    """What a person asked for on the command line; empty means: as the environment says."""

    base_url: str = ""
    model: str = ""
    timeout: float | None = None
    concurrency: int | None = None
    max_requests: int | None = None
    max_cost: str = ""
    needs_model: bool = True
    needs_key: bool = True


def read(environ: Mapping[str, str], options: Options = Options()) -> Settings:
    """Join options and environment; raise a sentence with the remedy where that cannot work."""
    base_url = _url((options.base_url or environ.get("OPENAI_BASE_URL", "")).strip() or OPENAI)
    model = (options.model or environ.get("QUIZGEN_MODEL", "")).strip()
    key = _key(environ.get("OPENAI_API_KEY", "").strip())
    found = Settings(
        base_url=base_url,
        model=model,
        key=key,
        timeout=_seconds(options.timeout),
        concurrency=_at_once(options.concurrency),
        max_requests=_requests(options.max_requests),
        max_cost=money(options.max_cost, "--max-cost"),
    )
    if options.needs_key and not key and not found.is_local:
        raise QuizgenError(
            f"{base_url} needs a key: set OPENAI_API_KEY, "
            f"or use a server of your own, as in OPENAI_BASE_URL={LOCAL}"
        )
    if options.needs_model and not model:
        raise QuizgenError(
            "no model is named: give --model or set QUIZGEN_MODEL; "
            f"`quizgen models` lists what {base_url} offers"
        )
    return found


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise QuizgenError(f"OPENAI_BASE_URL {text!r} is not an address: {error}") from error
    _refuse_secrets(parts)
    if parts.scheme not in {"http", "https"} or not host:
        raise QuizgenError(
            f"OPENAI_BASE_URL {text!r} is not an address: it begins with https://, as in {OPENAI}"
        )
    if not text.isascii() or not text.isprintable() or " " in text:
        raise QuizgenError(f"OPENAI_BASE_URL {text!r} has characters that no address has")
    if parts.scheme == "http" and not _is_loopback(host):
        raise QuizgenError(
            f"{text} would send your text and key over the network unencrypted; use https://, "
            "or a tunnel to this machine (ssh -L 8080:127.0.0.1:8080 HOST) and http://127.0.0.1"
        )
    return text.rstrip("/")


def _refuse_secrets(parts: SplitResult) -> None:
    # The address is shown and kept beside the answers; a secret in it would be, too.
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise QuizgenError(
            "OPENAI_BASE_URL holds a user name, a ? or a #: "
            "put the key into OPENAI_API_KEY and leave the bare address"
        )


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _key(text: str) -> Key:
    if not text.isascii() or not text.isprintable() or " " in text:
        raise QuizgenError(
            "OPENAI_API_KEY holds characters that no key has; copy it again, alone on its line"
        )
    return Key(text)


def _seconds(given: float | None) -> float:
    if given is None:
        return 300.0
    if not (math.isfinite(given) and given > 0):
        raise UsageError(f"--timeout {given} is not a number of seconds above 0")
    return given


def _at_once(given: int | None) -> int:
    if given is None:
        return 4
    if not 1 <= given <= MOST_AT_ONCE:
        raise UsageError(f"--concurrency {given} is not between 1 and {MOST_AT_ONCE}")
    return given


def _requests(given: int | None) -> int | None:
    if given is not None and given < 0:
        raise UsageError(f"--max-requests {given} is below 0")
    return given


def money(given: str, option: str) -> Decimal | None:
    """Read an amount of dollars that an option gives, or None where it gives none."""
    text = given.strip().removeprefix("$")
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise UsageError(f"{option} {given!r} is not an amount of dollars, as in 0.50")
    return amount
