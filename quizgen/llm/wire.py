"""Send one request with the openai client, and bring back bytes or a reason.

The only module that imports `openai`; it takes a second, so import this one inside a function.
"""

from __future__ import annotations

import asyncio
import ssl
import urllib.request
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import httpx2
import openai

from quizgen.errors import QuizgenError
from quizgen.llm.replies import Received, Trouble
from quizgen.llm.settings import Key, Settings

LARGEST = 16 << 20
_CONNECT = 10.0


class _TooLarge(httpx2.RequestError):
    """A body that is larger than any answer."""


class _Guard(httpx2.AsyncBaseTransport):
    """Add the key at the last moment, and read bodies that fit into memory.

    The openai client never holds the key, nor sees an answer that repeats it, so it cannot be
    in its log or its exceptions.
    """

    def __init__(self, inner: httpx2.AsyncBaseTransport, key: Key) -> None:
        self._inner = inner
        self._key = key

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if self._key:
            request.headers["authorization"] = f"Bearer {self._key.reveal()}"
        request.headers["accept-encoding"] = "identity"
        try:
            response = await self._inner.handle_async_request(request)
        finally:
            request.headers["authorization"] = "Bearer -"
        try:
            body = await _body(response)
        finally:
            await response.aclose()
        kept = [
            (name, self._key.scrub(value))
            for name, value in response.headers.raw
            if name.lower() not in {b"content-encoding", b"content-length", b"transfer-encoding"}
        ]
        return httpx2.Response(
            response.status_code, headers=kept, content=self._key.scrub(body), request=request
        )

    async def aclose(self) -> None:
        await self._inner.aclose()


def client(settings: Settings) -> openai.AsyncOpenAI:
    """Return openai's client, with everything off that would be done twice or unasked."""
    guard = _Guard(_transport(settings), settings.key)
    timeout = httpx2.Timeout(settings.timeout, connect=min(_CONNECT, settings.timeout))
    http = httpx2.AsyncClient(
        transport=guard, follow_redirects=False, trust_env=False, timeout=timeout
    )
    return openai.AsyncOpenAI(
        api_key="-", base_url=settings.base_url, max_retries=0, http_client=http
    )


class Wire:
    """A connection to one server: no retries, no redirects, one deadline for all of a request."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client = client(settings)

    async def complete(self, body: dict[str, Any]) -> Received | Trouble:
        """Ask for a chat completion."""
        # not completions.create(), which parses before anyone can look at the bytes

        async def send() -> httpx2.Response:
            path = "/chat/completions"
            return await self._client.post(path, cast_to=httpx2.Response, body=body)

        return await self._received(send)

    async def models(self) -> Received | Trouble:
        """Ask which models there are."""

        async def send() -> httpx2.Response:
            return await self._client.get("/models", cast_to=httpx2.Response)

        return await self._received(send)

    async def close(self) -> None:
        """Close what is open."""
        await self._client.close()

    async def _received(self, send: Callable[[], Awaitable[httpx2.Response]]) -> Received | Trouble:
        try:
            async with asyncio.timeout(self._settings.timeout):
                return _bytes(await send())
        except TimeoutError:
            return self._late()
        except openai.APIStatusError as error:
            return _bytes(error.response)
        except openai.APIConnectionError as error:
            return self._lost(error.__cause__ or error)
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            return self._lost(error)

    def _late(self) -> Trouble:
        why = f"no whole answer came within {self._settings.timeout:g} s: allow more by --timeout"
        return Trouble("timeout", why, is_paid=True)

    def _lost(self, error: BaseException) -> Trouble:
        url = self._settings.base_url
        said = str(error) or type(error).__name__
        match error:
            case _TooLarge():
                return Trouble("invalid", said, is_paid=True)
            case httpx2.ReadTimeout() | httpx2.WriteTimeout():
                return self._late()
            case _ if "CERTIFICATE_VERIFY_FAILED" in said:
                why = f"the certificate of {url} is not trusted ({said[:150]})"
                return Trouble("server", why, stops=True)
            case httpx2.ConnectError() | httpx2.ConnectTimeout() | httpx2.ProxyError():
                why = f"{url} cannot be reached ({said[:150]}): is the server running?"
                return Trouble("server", why, again=True)
            case _:
                why = f"the connection to {url} broke off ({said[:150]})"
                return Trouble("server", why, again=True, is_paid=True)


def _bytes(response: httpx2.Response) -> Received:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Received(response.status_code, headers, response.content)


def _transport(settings: Settings) -> httpx2.AsyncHTTPTransport:
    most = httpx2.Limits(max_connections=settings.concurrency)
    proxy = None if settings.is_local else _proxy(settings.base_url)
    try:
        return httpx2.AsyncHTTPTransport(verify=_trust(settings), limits=most, proxy=proxy)
    except (ImportError, ValueError) as error:
        raise QuizgenError(f"the proxy of this machine cannot be used: {error}") from None


def _trust(settings: Settings) -> ssl.SSLContext | bool:
    # Reading a system's certificates takes longer than a question to a server beside us.
    return settings.base_url.startswith("https:") or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _proxy(url: str) -> str | None:
    parts = urlsplit(url)
    if urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    found = urllib.request.getproxies()
    return found.get(parts.scheme) or found.get("all")


async def _body(response: httpx2.Response) -> bytes:
    """Read a body, unpacked by no more than is allowed."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    parts = _raw(response)
    if packing in {"gzip", "x-gzip", "deflate"}:
        parts = _unpacked(parts)
    elif packing not in {"", "identity"}:
        raise _TooLarge(f"the server packs its answer as {packing[:40]!r}, which was not asked for")
    body = bytearray()
    async for part in parts:
        body += part
        _refuse_more(len(body))
    return bytes(body)


def _refuse_more(size: int) -> None:
    if size > LARGEST:
        raise _TooLarge(f"the server's answer is larger than {LARGEST >> 20} MB")


async def _raw(response: httpx2.Response) -> AsyncIterator[bytes]:
    async for part in response.aiter_raw():
        _refuse_more(response.num_bytes_downloaded)
        yield part


async def _unpacked(parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    unpack = zlib.decompressobj(wbits=47)  # zlib or gzip, whichever it is
    try:
        async for part in parts:
            yield unpack.decompress(part, LARGEST + 1)
        if not unpack.eof:
            raise httpx2.RemoteProtocolError("the packed answer breaks off")
    except zlib.error as error:
        raise httpx2.DecodingError(f"the packed answer is damaged: {error}") from None
