"""Keep everyone but this machine's own browser away from the page.

A page on the web can make a browser send requests to this machine. So the host must be ours by
name (a rebound name is not), a request must come from our own page or from nowhere, and whoever
asks must have the secret that only the printed address carries. Changes need a second secret,
which stands in our own forms alone.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST: Final = 64_000_000
"""Bytes of a request: some more than the largest document that is read."""

OPEN: Final = "/open"
"""The one address that can be asked for without the cookie, since it gives it."""

_OWN: Final = frozenset(("same-origin", "none"))
_SAFE: Final = frozenset(("GET", "HEAD"))
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # `no-referrer` would make browsers send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FRAME_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)
"""For a printed sheet shown in a frame: its styles stand in it, and it has no script."""


@dataclass(slots=True)
class Keys:
    """The secrets of one run; `tickets` open the page once each."""

    port: int
    page: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    form: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    tickets: set[str] = field(default_factory=set[str])

    @property
    def cookie(self) -> str:
        """Name the cookie; browsers share cookies between ports."""
        return f"quizgen-{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """List what a browser may call us."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    def ticket(self) -> str:
        """Make a secret for one use: other people of this machine see what programs are told."""
        made = secrets.token_urlsafe(24)
        self.tickets.add(made)
        return made

    def admits(self, given: str) -> bool:
        """Claim that someone may have the cookie; a ticket is spent by it."""
        if given in self.tickets:
            self.tickets.discard(given)
            return True
        return _same(given, self.page)

    def signed(self, given: str) -> bool:
        """Claim that a form is one of ours."""
        return _same(given, self.form)


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def refusal(
    keys: Keys, method: str, path: str, headers: Mapping[str, str], *, hosts: int = 1
) -> tuple[int, str]:
    """Say with which status and sentence a request is refused, `(0, "")` if it is not.

    `headers` have small letters; `hosts` counts the Host headers.
    """
    host = headers.get("host", "").lower()
    if hosts != 1 or host not in keys.hosts:
        return 400, "This name does not belong to quizgen; open the address that it printed."
    site = headers.get("sec-fetch-site", "")
    if site and site not in _OWN:
        return 403, "Another page asked for this; copy the address into your browser instead."
    origin = headers.get("origin", "")
    if origin and origin != f"http://{host}":
        return 403, "Another page asked for this, so nothing was done."
    if site == "none" and method not in _SAFE:
        return 403, "This did not come from quizgen's page, so nothing was done."
    if path != OPEN and not _same(_cookie(headers.get("cookie", ""), keys.cookie), keys.page):
        return 403, "Open the whole address that quizgen printed, with the secret at its end."
    length = headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length) > LARGEST:
        return 413, f"This is more than the {LARGEST // 1_000_000} MB that are taken at once."
    return 0, ""


def _cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


class Guard:
    """Refuse what is not ours, and send what the page may do with every answer."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through."""
        from starlette.datastructures import Headers, MutableHeaders  # noqa: PLC0415
        from starlette.responses import PlainTextResponse  # noqa: PLC0415

        if scope["type"] != "http":
            raise AssertionError(scope["type"])  # the server is told to speak nothing else

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", PAGE_POLICY)
            await send(message)

        given = Headers(scope=scope)
        method, path = str(scope["method"]), str(scope["path"])
        status, sentence = refusal(
            self._keys,
            method,
            path,
            {name: given[name] for name in given},
            hosts=len(given.getlist("host")),
        )
        if status:
            await PlainTextResponse(sentence, status)(scope, receive, sent)
        else:
            await self._app(scope, _limited(receive), sent)


def _limited(receive: Receive) -> Receive:
    """Cut off a body that is longer than it said it was."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > LARGEST else message

    return counted


def secret_of(query: bytes) -> str:
    """Read the secret from the address that was printed."""
    return parse_qs(query.decode("latin-1")).get("secret", [""])[0]
