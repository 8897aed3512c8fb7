from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path

import pytest

from quizgen.errors import QuizgenError
from quizgen.llm import cache
from quizgen.llm.cache import Cache, Kept
from quizgen.llm.values import Usage

KEPT = Kept('{"cards": []}', Usage(2, 100, 20, 50, Decimal("0.0012"), is_estimate=True), "tiny-1")
KEY = cache.key("https://llm.example/v1", b"{}")
# Keeps answers until it is killed, and tells each that it has kept.
WRITER = """
import itertools, sys
from pathlib import Path
from quizgen.llm import cache
from quizgen.llm.values import Usage
with cache.Cache(Path(sys.argv[1])) as file:
    for number in itertools.count():
        file.keep(cache.key("", str(number).encode()), cache.Kept("{}", Usage(), ""), stage="")
        print(number, flush=True)
"""


def test_an_answer_comes_back_with_what_it_took(tmp_path: Path) -> None:
    with Cache(tmp_path / "deep" / "answers.sqlite") as file:
        file.keep(KEY, KEPT, stage="cards")
    with Cache(tmp_path / "deep" / "answers.sqlite") as file:
        assert file.find(KEY) == KEPT
        assert file.find(cache.key("https://other.example/v1", b"{}")) is None


def test_an_unknown_price_stays_unknown(tmp_path: Path) -> None:
    with Cache(tmp_path / "answers.sqlite") as file:
        file.keep(KEY, Kept("{}", Usage(1, cost=None), ""), stage="cards")
        assert file.find(KEY) == Kept("{}", Usage(1, cost=None), "")


def test_a_dialect_is_remembered_for_a_server_and_a_model(tmp_path: Path) -> None:
    with Cache(tmp_path / "answers.sqlite") as file:
        file.remember("https://llm.example/v1", "tiny-1", "{}")
        assert file.dialect("https://llm.example/v1", "tiny-1") == "{}"
        assert file.dialect("https://llm.example/v1", "tiny-2") == ""


def test_answers_are_their_owners_alone(tmp_path: Path) -> None:
    with Cache(tmp_path / "answers.sqlite") as file:
        file.keep(KEY, KEPT, stage="cards")
        modes = {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes <= ({0o600} if sys.platform != "win32" else {0o666})


@pytest.mark.parametrize("content", [b"not a database at all, but long enough" * 99, b"SQLite"])
def test_a_damaged_file_is_told_in_a_sentence_and_left_alone(
    content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "answers.sqlite"
    path.write_bytes(content)

    with pytest.raises(QuizgenError, match="move the file away"):
        Cache(path)
    assert path.read_bytes() == content


def test_a_folder_in_its_place_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(QuizgenError, match="cannot be used"):
        Cache(tmp_path)


def test_a_file_of_another_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    file = sqlite3.connect(path)
    file.execute("PRAGMA user_version = 99")
    file.close()

    with pytest.raises(QuizgenError, match="another version"):
        Cache(path)


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    failed: list[BaseException] = []

    def write(who: int) -> None:
        try:
            with Cache(path) as file:
                for number in range(20):
                    file.keep(cache.key(str(who), str(number).encode()), KEPT, stage="cards")
        except QuizgenError as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(who,)) for who in range(4)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()

    assert failed == []
    with Cache(path) as file:
        keys = [cache.key(str(who), str(n).encode()) for who in range(4) for n in range(20)]
        assert all(file.find(key) == KEPT for key in keys)


def test_an_answer_that_was_kept_survives_the_kill_of_its_program(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = [int(writer.stdout.readline()) for _ in range(25)]
        writer.kill()
        told += [int(line) for line in writer.stdout.read().split("\n")[:-1]]

    with Cache(path) as file:
        assert all(file.find(cache.key("", str(number).encode())) for number in told)
