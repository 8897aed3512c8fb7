"""Drive a real Chromium over its debugging pipe: no driver, no port, nothing to install."""

from __future__ import annotations

import base64
import fcntl
import itertools
import json
import os
import select
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# What a key types, and its number where a page or the browser itself goes by that.
_KEYS = {
    "Tab": ("", 9),
    "Enter": ("\r", 13),
    "Escape": ("", 27),
    " ": (" ", 32),
    "ArrowUp": ("", 38),
    "ArrowDown": ("", 40),
}
_PHONE = 600  # points; a narrower screen is a phone's
_PATIENCE = 30.0  # seconds until an answer that does not come is a failure


class Browser:
    """A headless Chromium; messages are JSON with a zero byte behind each."""

    def __init__(self, profile: Path, *options: str) -> None:
        to_child, self._write = os.pipe()
        self._read, from_child = os.pipe()
        # Out of the way of 3 and 4, where the browser reads and writes by its own contract.
        ends = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 10) for each in (to_child, from_child)]
        self._process = os.posix_spawnp(
            "chromium",
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--remote-debugging-pipe",
                f"--user-data-dir={profile}",
                *options,
                "about:blank",
            ],
            os.environ,
            file_actions=[
                *((os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in range(3)),
                *((os.POSIX_SPAWN_DUP2, end, 3 + at) for at, end in enumerate(ends)),
            ],
        )
        for each in (to_child, from_child, *ends):
            os.close(each)
        self._numbers = itertools.count(1)
        self._bytes = b""
        self.events: list[dict[str, Any]] = []

    def send(self, method: str, session: str = "", **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; what happens meanwhile goes to `events`."""
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]
            self.events.append(answer)

    def receive(self) -> dict[str, Any]:
        """Wait for the next message."""
        deadline = time.monotonic() + _PATIENCE
        while b"\0" not in self._bytes:
            ready, _, _ = select.select([self._read], [], [], deadline - time.monotonic())
            assert ready, "the browser does not answer"
            found = os.read(self._read, 1 << 20)
            assert found, "the browser has ended"
            self._bytes += found
        first, _, self._bytes = self._bytes.partition(b"\0")
        return json.loads(first)

    def page(self) -> Page:
        """Open an empty page."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        page = Page(self, attached["sessionId"])
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.send(f"{domain}.enable")
        return page

    def close(self) -> None:
        """End the browser."""
        self.send("Browser.close")
        os.waitpid(self._process, 0)
        os.close(self._write)
        os.close(self._read)


class Page:
    """One page of the browser."""

    def __init__(self, browser: Browser, session: str) -> None:
        self.browser = browser
        self.session = session

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command to this page."""
        return self.browser.send(method, self.session, **params)

    def open(self, address: str) -> str:
        """Go to an address and wait until the page is there; return what went wrong, if so."""
        with self.loading():
            gone = self.send("Page.navigate", url=address)
        return str(gone.get("errorText", ""))

    @contextmanager
    def loading(self) -> Generator[None]:
        """Do something that loads a page, and wait until it is there."""
        before = self._loads()
        yield
        self.until(lambda: self._loads() > before)

    def _loads(self) -> int:
        mine = (each for each in self.browser.events if each.get("sessionId") == self.session)
        return sum(each.get("method") == "Page.loadEventFired" for each in mine)

    def until(self, claim: Any) -> None:
        """Wait for messages of the browser until a claim holds."""
        while not claim():
            self.browser.events.append(self.browser.receive())

    def run(self, script: str) -> Any:
        """Run a script in the page, also one that takes its time, and return what it gives."""
        done = self.send(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def press(self, *keys: str) -> None:
        """Press keys one after another, as a keyboard does."""
        for key in keys:
            text, number = _KEYS.get(key, (key, 0))
            code: dict[str, Any] = {"key": key}
            if key == "Tab":
                code["code"] = key
            if number:
                code["windowsVirtualKeyCode"] = number
            down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
            self.send("Input.dispatchKeyEvent", **down, **code)
            self.send("Input.dispatchKeyEvent", type="keyUp", **code)

    def type(self, text: str) -> None:
        """Put text where the cursor is."""
        self.send("Input.insertText", text=text)

    def wait(self, condition: str) -> None:
        """Wait until a condition holds in the page, looking at every frame it draws."""
        self.run(
            "new Promise((done, failed) => { const end = Date.now() + 20000;"
            f"const look = () => ({condition}) ? done(true) : Date.now() > end"
            f" ? failed(new Error({json.dumps(condition)})) : requestAnimationFrame(look);"
            "look(); })"
        )

    def complaints(self) -> list[str]:
        """List what the page's console said was wrong, and what it was refused."""
        said: list[str] = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                continue
            params = event.get("params", {})
            if event["method"] == "Runtime.exceptionThrown":
                said.append(str(params["exceptionDetails"]))
            elif event["method"] == "Log.entryAdded" and params["entry"]["level"] == "error":
                said.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")
        return said

    def asked(self) -> list[str]:
        """List the addresses that were asked for."""
        return [
            event["params"]["request"]["url"]
            for event in self.browser.events
            if event.get("method") == "Network.requestWillBeSent"
            and event.get("sessionId") == self.session
        ]

    def forget(self) -> None:
        """Begin anew with what the page has asked for and complained of."""
        self.browser.events.clear()

    def picture(self, path: Path) -> None:
        """Keep the whole page as a PNG."""
        taken = self.send("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(taken["data"]))

    def size(self, width: int, height: int, *, dark: bool = False) -> None:
        """Make the window as large as given, in the light or the dark."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < _PHONE,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])


@contextmanager
def opened(profile: Path, *options: str) -> Generator[Browser]:
    """Have a browser for a while."""
    browser = Browser(profile, *options)
    try:
        yield browser
    finally:
        browser.close()
