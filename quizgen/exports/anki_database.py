"""Write Anki's database in the form that every Anki since 2012 imports.

Schema 11 is what "support older Anki versions" exports. It goes to a file, so that a hundred
thousand notes take no memory, and rows go in by the thousand. Anki looks through a package once,
from end to end, and makes its indexes in the person's own collection: here they would only cost
time and place.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
Rows: TypeAlias = list[tuple[Any, ...]]

NOTE = "insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
"""id, guid, note type, mod, tags, fields, sort field; Anki counts the checksum anew."""
CARD = "insert into cards values (?, ?, ?, ?, ?, -1, 0, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"
"""id, note, deck, ordinal, mod, queue (-1: suspended), due: a new card that was never shown."""

_TABLES = """
create table col (
  id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null,
  conf text not null, models text not null, decks text not null, dconf text not null,
  tags text not null
);
create table notes (
  id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null,
  csum integer not null, flags integer not null, data text not null
);
create table cards (
  id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null,
  due integer not null, ivl integer not null, factor integer not null, reps integer not null,
  lapses integer not null, left integer not null, odue integer not null, odid integer not null,
  flags integer not null, data text not null
);
create table revlog (
  id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
  type integer not null
);
create table graves (usn integer not null, oid integer not null, type integer not null);
"""
# Nobody else sees the file before it is whole, and a broken one is thrown away. Pages of 4 KB,
# which SQLite takes by itself, hold few notes of a thousand letters.
_SETTINGS = """
pragma page_size = 16384;
pragma journal_mode = off;
pragma synchronous = off;
pragma locking_mode = exclusive;
"""
_VERSION = 11
# Anki asks for days and settings of its own collection and takes none of these over.
_CREATED = 1411124400
_CHANGED = 1425279151690
_CONF: Json = {
    "activeDecks": [1],
    "addToCur": True,
    "collapseTime": 1200,
    "curDeck": 1,
    "dueCounts": True,
    "estTimes": True,
    "newBury": True,
    "newSpread": 0,
    "nextPos": 1,
    "sortBackwards": False,
    "sortType": "noteFld",
    "timeLim": 0,
}
_OPTIONS: Json = {
    "1": {
        "autoplay": True,
        "id": 1,
        "lapse": {"delays": [10], "leechAction": 0, "leechFails": 8, "minInt": 1, "mult": 0},
        "maxTaken": 60,
        "mod": 0,
        "name": "Default",
        "new": {
            "bury": True,
            "delays": [1, 10],
            "initialFactor": 2500,
            "ints": [1, 4, 7],
            "order": 1,
            "perDay": 20,
            "separate": True,
        },
        "replayq": True,
        "rev": {
            "bury": True,
            "ease4": 1.3,
            "fuzz": 0.05,
            "ivlFct": 1,
            "maxIvl": 36500,
            "minSpace": 1,
            "perDay": 100,
        },
        "timer": 0,
        "usn": 0,
    }
}


def write(
    path: Path,
    models: Iterable[Json],
    decks: Iterable[Json],
    batches: Iterable[tuple[Rows, Rows]],
) -> None:
    """Write a collection to a new file.

    `batches` are rows of notes, for `NOTE`, with those of their cards, for `CARD`; they are taken
    as they come and never held together. Raises `sqlite3.Error` where the disk is full.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(_SETTINGS + _TABLES)
        connection.execute("begin")
        connection.execute(
            "insert into col values (1, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, '{}')",
            (
                *(_CREATED, _CHANGED, _CHANGED, _VERSION, json.dumps(_CONF)),
                json.dumps({str(model["id"]): model for model in models}),
                json.dumps({str(each["id"]): each for each in (deck(1, "Default", ""), *decks)}),
                json.dumps(_OPTIONS),
            ),
        )
        for notes, cards in batches:
            connection.executemany(NOTE, notes)
            connection.executemany(CARD, cards)
        connection.execute("commit")
    finally:
        connection.close()


def deck(number: int, name: str, description: str) -> Json:
    """Write a deck; its options are the person's default ones."""
    return {
        "collapsed": False,
        "conf": 1,
        "desc": description,
        "dyn": 0,
        "extendNew": 0,
        "extendRev": 50,
        "id": number,
        "lrnToday": [0, 0],
        "mod": 0,
        "name": name,
        "newToday": [0, 0],
        "revToday": [0, 0],
        "timeToday": [0, 0],
        "usn": -1,
    }


def model(number: int, name: str, *, fields: list[Json], templates: list[Json], more: Json) -> Json:
    """Write a note type; `more` has its `css`, `mod` and `type`."""
    return {
        "did": None,
        "flds": [
            {"font": "Arial", "media": [], "rtl": False, "size": 20, "sticky": False, "ord": place}
            | field
            for place, field in enumerate(fields)
        ],
        "id": number,
        "latexPost": "\\end{document}",
        "latexPre": "\\documentclass[12pt]{article}\n\\begin{document}\n",
        "latexsvg": False,
        "name": name,
        # Anki finds out for itself which fields a template needs.
        "req": [[place, "any", [0]] for place in range(len(templates))],
        "sortf": 0,
        "tags": [],
        "tmpls": [
            {"bafmt": "", "bqfmt": "", "bfont": "", "bsize": 0, "did": None, "ord": place}
            | template
            for place, template in enumerate(templates)
        ],
        "usn": -1,
        "vers": [],
        **more,
    }
