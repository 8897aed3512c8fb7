"""Serve the page on this machine alone, and open the browser on it."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.errors import QuizgenError
from quizgen.ui.web import app
from quizgen.ui.web.guard import OPEN, Keys
from quizgen.ui.web.room import Room

if TYPE_CHECKING:
    from uvicorn import Server

_LOOPBACK = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """Take a port of the loopback address, any free one for 0."""
    # asyncio turns off the waiting for fuller packets only where it is told that this is TCP;
    # with it every answer takes 40 ms.
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # on Windows it would let two programs have one port
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((_LOOPBACK, port))
        taken.listen()  # so that a browser may come before the server is ready
    except (OSError, OverflowError) as error:
        taken.close()
        raise QuizgenError(
            f"port {port} cannot be used ({error}); leave --port out, or name another one"
        ) from error
    return taken


def run(
    room: Room, deck: Path | None, *, port: int, opens: bool, say: Callable[[str], None]
) -> None:
    """Serve the page until it is closed there or by Ctrl-C, beginning with a deck if one is named.

    The printed address carries a secret: without it nobody on this machine can read the decks.
    """
    taken = listen(port)
    with taken:
        keys = Keys(taken.getsockname()[1])
        served = make(room, keys)
        room.close = lambda: _stop(served)
        start = f"http://{_LOOPBACK}:{keys.port}{OPEN}"
        at = f"&deck={room.key(deck)}" if deck else ""
        say(f"Open {start}?secret={keys.page}{at}")
        say("Every decision is saved at once. Stop with Ctrl-C, or on the page.")
        if opens:
            address = f"{start}?secret={keys.ticket()}{at}"
            threading.Thread(target=_open, args=(address,), daemon=True).start()
        try:
            served.run(sockets=[taken])
        except KeyboardInterrupt:  # the usual end of a review
            say("")


def make(room: Room, keys: Keys) -> Server:
    """Make the server of the page; it is given its socket when it runs."""
    import uvicorn  # noqa: PLC0415

    config = uvicorn.Config(
        app.build(room, keys),
        http="h11",
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
    )
    return uvicorn.Server(config)


def _stop(served: Server) -> None:
    served.should_exit = True


def can_open() -> bool:
    """Claim that a browser on this screen can be opened; over ssh it would be on another one."""
    return not os.environ.get("SSH_CONNECTION")


def _open(address: str) -> None:
    with contextlib.suppress(webbrowser.Error):  # the address stands on the terminal
        webbrowser.open(address)
