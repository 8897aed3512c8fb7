"""A chat-completion server on loopback that goes wrong exactly as it is told to."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

GOOD = json.dumps({"cards": [{"question": "What carries heat?", "answer": "Moving air."}]})


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: Any

    @property
    def mode(self) -> str:
        """Tell in which output mode a question was put."""
        if "tools" in self.body:
            return "tool"
        wanted = self.body.get("response_format", {"type": "text"})["type"]
        return {"json_schema": "schema", "json_object": "json"}.get(wanted, "text")


@dataclass(frozen=True)
class Sent:
    """What the server sends, and how it misbehaves over it."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    how: Literal["whole", "reset", "short", "trickle", "hang"] = "whole"


Answer = Callable[[Asked], Sent]


def said(text: str | None = GOOD, *, how: Any = "whole", **changes: Any) -> Sent:
    """Send a chat completion; `message`, `choice` and others change parts of it."""
    message = {"role": "assistant", "content": text, **changes.pop("message", {})}
    choice = {"index": 0, "message": message, "finish_reason": "stop", **changes.pop("choice", {})}
    whole = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "tiny-1",
        "choices": [choice],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
        **changes,
    }
    return Sent(json.dumps(whole).encode(), how=how)


def called(arguments: Any = GOOD, name: str = "answer") -> Sent:
    """Send a tool call."""
    call = {"id": "1", "type": "function", "function": {"name": name, "arguments": arguments}}
    return said(None, message={"tool_calls": [call]}, choice={"finish_reason": "tool_calls"})


def failed(status: int, message: str = "no", *, code: Any = None, **headers: str) -> Sent:
    """Send an error as OpenAI words it."""
    body = {"error": {"message": message, "type": "error", "code": code, "param": None}}
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Sent(json.dumps(body).encode(), status, (*Sent.headers, *named))


def page(status: int = 200) -> Sent:
    """Send a web page."""
    return Sent(b"<!doctype html><title>Log in</title>", status, (("Content-Type", "text/html"),))


def bomb() -> Sent:
    """Send 200 MB of nothing, packed into 200 kB."""
    pack = zlib.compressobj(level=1, wbits=31)
    packed = b"".join([*(pack.compress(bytes(1 << 20)) for _ in range(200)), pack.flush()])
    return Sent(
        packed, headers=(("Content-Type", "application/json"), ("Content-Encoding", "gzip"))
    )


@dataclass
class FaultyServer:
    """Answer each request by the script, the last step of it again and again.

    A step is what is sent, or a function of what was asked.
    """

    script: tuple[Sent | Answer, ...] = (said(),)
    latency: float = 0.0
    asked: list[Asked] = field(default_factory=list[Asked])
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    at_once: int = 0
    most_at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closing: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list[threading.Thread])

    def __post_init__(self) -> None:
        self.port: int = self.listener.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def modes(self) -> list[str]:
        """Tell the output modes of all requests, in their order."""
        return [asked.mode for asked in self.asked]

    def __enter__(self) -> Self:
        self._start(self._listen)
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for thread in self._threads:
            thread.join(timeout=5)

    def _start(self, work: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while not self._closing.is_set():
                self._start(self._serve, self.listener.accept()[0])

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(5)
            asked = _received(connection)
            if asked is None:
                return
            with self._lock:
                step = self.script[min(len(self.asked), len(self.script) - 1)]
                self.asked.append(asked)
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
            self._closing.wait(self.latency)
            with self._lock:
                self.at_once -= 1
            self._send(connection, step if isinstance(step, Sent) else step(asked))

    def _send(self, connection: socket.socket, sent: Sent) -> None:
        if sent.how == "reset":
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            return
        if sent.how == "hang":
            self._closing.wait(5)
            return
        lines = [f"HTTP/1.1 {sent.status} X", f"Content-Length: {len(sent.body)}"]
        lines += [f"{name}: {value}" for name, value in sent.headers]
        connection.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode())
        if sent.how == "trickle":
            for place in range(len(sent.body)):
                connection.sendall(sent.body[place : place + 1])
                time.sleep(0.01)
        else:
            connection.sendall(sent.body[: len(sent.body) // 2 if sent.how == "short" else None])


@contextlib.contextmanager
def serving(*script: Sent | Answer, latency: float = 0.0) -> Generator[FaultyServer]:
    """Run a server for a while."""
    with FaultyServer(script or (said(),), latency) as server:
        yield server


def _received(connection: socket.socket) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return None
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65536)
    return Asked(first.split()[1], headers, json.loads(body or b"null"))
