"""AnkiConnect's protocol on loopback, spoken for a collection of Anki's own backend.

It answers what version 6 of the protocol answers, as the add-on's own code does in a running
Anki, and imports as that does: through the backend, note types merged, scheduling taken.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


class RefusedError(Exception):
    """What the add-on answers in `error`."""


@contextmanager
def listening(
    theirs: Collection | None,
    *,
    key: str = "",
    without: tuple[str, ...] = (),
    is_old: bool = False,
    profiles: tuple[str, ...] = ("User 1",),
) -> Generator[int]:
    """Answer for a collection, None where no profile is open, and give the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            try:
                if key != request.get("key", ""):
                    raise RefusedError("valid api key must be provided")
                if request["action"] in without:
                    raise RefusedError("unsupported action")
                if is_old and "query" in request["params"] and request["action"] == "notesInfo":
                    raise RefusedError("notesInfo() got an unexpected keyword argument 'query'")
                result = done(theirs, request, profiles)
                if is_old and request["action"] == "notesInfo":
                    result = [{k: v for k, v in each.items() if k != "mod"} for each in result]
                answer = {"result": result, "error": None}
            except RefusedError as error:
                answer = {"result": None, "error": str(error)}
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
            del format, args

    with serving(Handler) as port:
        yield port


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Generator[int]:
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def done(
    theirs: Collection | None, request: dict[str, Any], profiles: tuple[str, ...] = ("User 1",)
) -> Any:
    params = request["params"]
    match request["action"]:
        case "version":
            return 6
        case "getProfiles":
            return list(profiles)
        case "getActiveProfile":
            return profiles[0]
        case _:
            pass
    if theirs is None:
        raise RefusedError("collection is not available")
    match request["action"]:
        case "findNotes":
            return [int(found) for found in theirs.find_notes(params["query"])]
        case "notesInfo":
            found = params["notes"] if "notes" in params else theirs.find_notes(params["query"])
            return [info(theirs, each) for each in found]
        case "notesModTime":
            return [{"noteId": each, "mod": theirs.get_note(each).mod} for each in params["notes"]]
        case "findModelsByName":
            (name,) = params["modelNames"]
            if model := theirs.models.by_name(name):
                return [model]
            raise RefusedError(f"model was not found: {name}")
        case "importPackage":
            options = ImportAnkiPackageOptions(
                merge_notetypes=True, with_scheduling=True, with_deck_configs=True
            )
            theirs.import_anki_package(
                ImportAnkiPackageRequest(package_path=params["path"], options=options)
            )
            theirs.models._clear_cache()  # pyright: ignore[reportPrivateUsage] - it is stale now
            return True
        case _:
            raise RefusedError("unsupported action")


def info(theirs: Collection, found: Any) -> dict[str, Any]:
    note = theirs.get_note(found)
    model = note.note_type()
    assert model
    return {
        "noteId": note.id,
        "profile": "User 1",
        "tags": note.tags,
        "fields": {
            field["name"]: {"value": note.fields[field["ord"]], "order": field["ord"]}
            for field in model["flds"]
        },
        "modelName": model["name"],
        "mod": note.mod,
        "cards": [int(card) for card in note.card_ids()],
    }
