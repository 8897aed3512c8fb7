"""Talk to a running Anki through its add-on AnkiConnect, on this computer only."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from quizgen.anki.notes import Held
from quizgen.errors import QuizgenError
from quizgen.exports.anki_notetypes import Look

PORT: Final = 8765
ADDON: Final = "2055492159"
KEY: Final = "ANKICONNECT_KEY"
"""The environment variable with the key that a person may have set in the add-on."""

_HOST: Final = "127.0.0.1"
_VERSION: Final = 6
_ANSWERS_WITHIN: Final = 20.0
_IMPORTS_WITHIN: Final = 600.0
_AT_A_TIME: Final = 500  # the add-on reads a request a kilobyte at a time
_ADVICE: Final = {
    "valid api key must be provided": f"AnkiConnect wants its key: put it into {KEY}",
    "collection is not available": "Anki has no profile open: open yours, and try again",
    "unsupported action": "this AnkiConnect is too old: update it in Tools > Add-ons",
}

Json: TypeAlias = Any
Call: TypeAlias = Callable[..., Json]


class AddonError(QuizgenError):
    """Say what the add-on answered instead of a result."""


def connect(port: int = PORT, key: str = "", *, patience: float = _ANSWERS_WITHIN) -> Call:
    """Return a function that asks the add-on to do something, once it is known to be there.

    `patience` is how many seconds an answer may take. Raise `QuizgenError` with a sentence where
    Anki is closed or busy, or the add-on missing.
    """

    def call(action: str, *, within: float = patience, **params: Json) -> Json:
        request = {"action": action, "version": _VERSION, "params": params}
        body = json.dumps(request | ({"key": key} if key else {})).encode()
        return _result(_posted(body, port, within), port)

    version = call("version")
    if not isinstance(version, int) or version < _VERSION:
        raise QuizgenError(_ADVICE["unsupported action"])
    return call


def notes(call: Call, types: Sequence[str]) -> Iterator[Held]:
    """Yield all notes of some note types."""
    query = " or ".join(f'"note:{name}"' for name in types)
    for info in _infos(call, query):
        if info:  # one that was deleted meanwhile is empty
            fields = {name: each["value"] for name, each in info["fields"].items()}
            yield Held(info["modelName"], fields, tuple(info["tags"]), int(info["mod"]))


def profile(call: Call) -> str:
    """Name the profile that is open where Anki has several, and nothing where it has one."""
    try:
        return call("getActiveProfile") if len(call("getProfiles")) > 1 else ""
    except AddonError:  # before 2024 the add-on could not tell
        return ""


def looks(call: Call, types: Sequence[str]) -> dict[str, Look]:
    """Tell how the note types look that Anki has, and when that last changed."""
    found: dict[str, Look] = {}
    for name in types:
        try:
            (told,) = call("findModelsByName", modelNames=[name])
        except AddonError:  # Anki has no such type yet, or the add-on is of before 2024
            continue
        sides = tuple((each["qfmt"], each["afmt"]) for each in told["tmpls"])
        found[name] = Look(sides, told["css"], int(told["mod"]))
    return found


def _infos(call: Call, query: str) -> Iterator[Json]:
    try:
        yield from call("notesInfo", query=query, within=_IMPORTS_WITHIN)
    except AddonError:  # before 2024 the add-on wanted the ids, of which it reads a few at a time
        found: list[int] = call("findNotes", query=query)
        for at in range(0, len(found), _AT_A_TIME):
            batch = found[at : at + _AT_A_TIME]
            told: list[Json] = call("notesInfo", notes=batch)
            if any(each and "mod" not in each for each in told):
                changed = call("notesModTime", notes=batch)
                told = [each | when for each, when in zip(told, changed, strict=True)]
            yield from told


def take(call: Call, package: Path) -> None:
    """Let Anki import a package, as its own import does; nothing in the collection is deleted."""
    if call("importPackage", path=str(package.resolve()), within=_IMPORTS_WITHIN) is not True:
        raise QuizgenError("Anki did not import the cards; import the package yourself")


# --- the wire ----------------------------------------------------------------


def _posted(body: bytes, port: int, within: float) -> bytes:
    # Neither a proxy nor a name server has any business here, so no client that would ask one.
    connection = http.client.HTTPConnection(_HOST, port, timeout=within)
    start = time.monotonic()
    try:
        connection.request("POST", "/", body, {"Content-Type": "application/json"})
        return connection.getresponse().read()
    except TimeoutError:
        waited = round(time.monotonic() - start)
        raise QuizgenError(
            f"Anki is busy: it has not answered for {waited} seconds; close its open dialogs, let "
            "it finish, and try again"
        ) from None
    except ConnectionRefusedError:
        raise QuizgenError(
            "Anki is closed, or has no AnkiConnect: start Anki; if it is running, get the add-on "
            f"with the code {ADDON} in Tools > Add-ons > Get Add-ons, and start it again"
        ) from None
    except (OSError, http.client.HTTPException) as error:
        raise QuizgenError(
            f"Anki did not answer on port {port} ({error or type(error).__name__}); try again, "
            "and look whether it is still running"
        ) from error
    finally:
        connection.close()


def _result(answer: bytes, port: int) -> Json:
    try:
        told = json.loads(answer)
        result, error = told["result"], told["error"]
    except (ValueError, TypeError, KeyError):
        raise QuizgenError(
            f"what answers on port {port} is not AnkiConnect; if that listens elsewhere, "
            "name its port with --port"
        ) from None
    if error is None:
        return result
    raise AddonError(_ADVICE.get(str(error), f"Anki refused: {error}"))
