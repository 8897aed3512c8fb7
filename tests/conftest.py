"""What every test may count on: no network, no clock in hypothesis, `--accept`."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

# Deadlines measure the machine; in CI the same examples run every time.
settings.register_profile("quizgen", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("quizgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept",
        action="store_true",
        help="rewrite the expected parts of tests/cases and tests/commands; read the diff after",
    )


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Claim that expectations are to be rewritten instead of compared."""
    return bool(request.config.getoption("--accept"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked `real("chromium")` where that program is absent."""
    for mark in item.iter_markers("real"):
        for program in mark.args:
            if not shutil.which(program):
                pytest.skip(f"needs {program}, which is not installed")


def is_local(address: Any) -> bool:
    """Claim that a socket address stays on this machine: a path, or a loopback host."""
    host = "localhost" if isinstance(address, str | bytes) else str(address[0])
    return host in {"localhost", "::1"} or host.startswith("127.")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse connections that leave this machine, so that no test can come to need one."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if not is_local(address):
            pytest.fail(f"a test tried to reach {address!r}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
