"""Drive the real Chromium over its debugging pipe: load a page, press keys, look, listen."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--remote-debugging-pipe", "--hide-scrollbars"),
)
_KEYS = {"Tab": 9, "Enter": 13, " ": 32, "ArrowDown": 40, "ArrowUp": 38, "Escape": 27}


@dataclass(slots=True)
class Page:
    """A page in the browser; `requests` are the addresses that it has asked for so far."""

    _to: int
    _from: int
    _session: str = ""
    _last: int = 0
    _rest: bytes = b""
    requests: list[str] = field(default_factory=list[str])
    complaints: list[str] = field(default_factory=list[str])

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command of the debugging protocol and return its result."""
        self._last += 1
        sent: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            sent["sessionId"] = self._session
        os.write(self._to, json.dumps(sent).encode() + b"\0")
        while (found := self._receive()).get("id") != self._last:
            self._note(found)
        assert "error" not in found, f"{method}: {found['error']}"
        return found["result"]

    def begin(self) -> None:
        """Attach to a page of its own."""
        made = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=made, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def open(self, path: Path) -> None:
        """Load a file and wait until it has loaded."""
        self.call("Page.navigate", url=path.as_uri())
        while (found := self._receive()).get("method") != "Page.loadEventFired":
            self._note(found)

    def run(self, script: str) -> Any:
        """Return the value of an expression."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def press(self, *keys: str) -> None:
        """Press keys, or type words where something has the focus."""
        for key in keys:
            if key not in _KEYS:
                self.call("Input.insertText", text=key)
                continue
            text = {"Enter": "\r", " ": " "}.get(key, "")
            code = {"key": key, "windowsVirtualKeyCode": _KEYS[key], "text": text}
            self.call("Input.dispatchKeyEvent", type="keyDown", **code)
            self.call("Input.dispatchKeyEvent", type="keyUp", **code)

    def size(self, width: int, height: int, *, dark: bool = False) -> None:
        """Look as on a screen of this size."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """Keep what is seen as a PNG."""
        found = self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(found["data"]))

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = os.read(self._from, 1 << 16)
            assert read, "the browser has gone"
            self._rest += read
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)

    def _note(self, event: dict[str, Any]) -> None:
        told = event.get("params", {})
        match event.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(told["request"]["url"])
            case "Log.entryAdded":
                self.complaints.append(told["entry"]["text"])
            case "Runtime.exceptionThrown":
                self.complaints.append(str(told["exceptionDetails"]))
            case _:
                pass


@contextmanager
def chromium(profile: Path) -> Generator[Page]:
    """Start a browser that ends with the block."""
    to_read, to = os.pipe()
    back, back_write = os.pipe()

    def connect() -> None:
        # The protocol speaks on 3 and 4; the pipes may have these numbers already, crossed.
        high = [os.dup(to_read), os.dup(back_write)]
        os.dup2(high[0], 3)
        os.dup2(high[1], 4)

    process = subprocess.Popen(
        ["chromium", *_FLAGS, f"--user-data-dir={profile}"],
        preexec_fn=connect,  # noqa: PLW1509 - no thread has started yet, and pass_fds keeps numbers
        close_fds=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_read)
    os.close(back_write)
    try:
        page = Page(to, back)
        page.begin()
        yield page
    finally:
        os.close(to)
        process.terminate()
        process.wait(timeout=20)
        os.close(back)
