"""Cut a side that is too long for one flashcard in two, where a reader would pause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from quizgen.exports.flashcard_view import Side
from quizgen.exports.print_runs import Block, Run

_SENTENCE = re.compile("(?<=[.!?…])[\"'”’)\\]]*\\s+|(?<=[。！？])[”’」』）]*")
_WORD = re.compile(r"\s+|(?<=[、，；])")


@dataclass(frozen=True, slots=True)
class _Atom:
    """The least that stays together: `field` of the side, `home` the block it came from."""

    field: str
    home: int
    value: Any
    weight: int


def halves(side: Side) -> tuple[Side, Side] | None:
    """Cut a side near its middle; None where nothing can be parted."""
    for pattern in (_SENTENCE, _WORD):
        atoms = list(_atoms(side, pattern))
        if len(atoms) > 1:
            cut = _middle(atoms)
            return _joined(atoms[:cut]), _joined(atoms[cut:])
    return None


def _middle(atoms: list[_Atom]) -> int:
    """Find the cut that leaves both sides most alike."""
    total, before, best = sum(atom.weight for atom in atoms), 0, (float("inf"), 1)
    for at, atom in enumerate(atoms[:-1], 1):
        before += atom.weight
        best = min(best, (abs(total - 2 * before), at))
    return best[1]


# --- apart -------------------------------------------------------------------


def _atoms(side: Side, pattern: re.Pattern[str]) -> Iterator[_Atom]:
    home = 0
    for field in ("main", "why"):
        for block in side[field]:
            home += 1
            for part in _parts(block, pattern):
                yield _Atom(field, home, part, _weight(part))
    for option in side["options"]:
        home += 1
        yield _Atom("options", home, option, sum(map(_weight, option["blocks"])))
    if side["words"]:
        for words in _cut(side["words"], pattern):
            yield _Atom("words", home + 1, words, len(words))


def _parts(block: Block, pattern: re.Pattern[str]) -> Iterator[Block]:
    match block["block"]:
        case "paragraph":
            for runs in _sentences(block["runs"], pattern):
                yield block | {"runs": runs}
        case "code":
            for line in block["text"].split("\n"):
                yield block | {"text": line}
        case "list":
            for at, item in enumerate(block["items"]):
                yield block | {"items": [item], "start": block["start"] + at}
        case "table":
            head, *rows = block["rows"]
            for row in rows or [head]:
                yield block | {"rows": [head, row] if rows else [head]}
        case _:
            yield block


def _sentences(runs: list[Run], pattern: re.Pattern[str]) -> Iterator[list[Run]]:
    gathered: list[Run] = []
    for run in runs:
        if "text" not in run:
            gathered.append(run)
            continue
        first, *rest = _cut(run["text"], pattern)
        gathered.append(run | {"text": first})
        for words in rest:
            yield gathered
            gathered = [run | {"text": words}]
    yield gathered


def _cut(text: str, pattern: re.Pattern[str]) -> list[str]:
    ends = [found.end() for found in pattern.finditer(text) if 0 < found.end() < len(text)]
    edges = [0, *ends, len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


def _weight(block: Block) -> int:
    match block["block"]:
        case "paragraph":
            return sum(len(run.get("text", "0" * 10)) for run in block["runs"])
        case "code":
            return 40
        case "list":
            return 20 + sum(_weight(inner) for item in block["items"] for inner in item)
        case "quote":
            return sum(map(_weight, block["blocks"]))
        case _:
            return 60


# --- together ----------------------------------------------------------------


def _joined(atoms: list[_Atom]) -> Side:
    side: Side = {"main": [], "options": [], "why": [], "words": ""}
    homes: dict[str, int] = {}
    for atom in atoms:
        if atom.field == "words":
            side["words"] += atom.value
        elif atom.field != "options" and homes.get(atom.field) == atom.home:
            side[atom.field][-1] = _longer(side[atom.field][-1], atom.value)
        else:
            side[atom.field].append(atom.value)
        homes[atom.field] = atom.home
    return side


def _longer(block: Block, more: Block) -> Block:
    match block["block"]:
        case "paragraph":
            return block | {"runs": _healed(block["runs"], more["runs"])}
        case "code":
            return block | {"text": f"{block['text']}\n{more['text']}"}
        case "list":
            return block | {"items": [*block["items"], *more["items"]]}
        case _:
            return block | {"rows": [*block["rows"], *more["rows"][1:]]}


def _healed(runs: list[Run], more: list[Run]) -> list[Run]:
    """Make one run of the two that a cut had made of it, so that it can be cut elsewhere."""
    last, first = runs[-1], more[0]
    if "text" in last and "text" in first and last | {"text": ""} == first | {"text": ""}:
        return [*runs[:-1], last | {"text": last["text"] + first["text"]}, *more[1:]]
    return [*runs, *more]
