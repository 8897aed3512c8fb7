"""Prepare cards for cardboard: what stands on the front and on the back of each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, assert_never

from quizgen import cloze, evidenceline, markup
from quizgen.cloze import Blank
from quizgen.exports import print_runs
from quizgen.exports.print_runs import Block, Run
from quizgen.model import Basic, Card, Choice, Cloze, Evidence
from quizgen.quiz import Question

Side: TypeAlias = dict[str, Any]
"""What is set on one side: blocks under `main`, `options`, `why`; plain text under `words`."""
Leaf: TypeAlias = dict[str, Any]
"""One piece of cardboard; a card too long for one has several."""
_LONGEST_WORD = 18  # letters that the narrowest card holds in its largest type


def front(question: Question) -> Side:
    """Show what is asked."""
    match question.card.content:
        case Basic(question=text):
            return _side(print_runs.blocks(text))
        case Cloze(text=text):
            return _side(print_runs.blanked(text))
        case Choice(stem=stem):
            shown = question.options if question.kind != "truefalse" else ()
            options = [
                {"letter": option.letter, "blocks": print_runs.blocks(option.text)}
                for option in shown
            ]
            return _side(print_runs.blocks(stem)) | {"options": options}
        case _:
            assert_never(question.card.content)


def back(question: Question) -> Side:
    """Show what is right, why, and the words that make it so."""
    card = question.card
    side = _side(_answer(question))
    side["why"] = print_runs.blocks(card.why) if card.why else []
    if card.evidence and not card.evidence[0].is_only_close:
        side["words"] = _plain(card.evidence[0].text)
    return side


def _side(main: list[Block]) -> Side:
    return {"main": main, "options": [], "why": [], "words": ""}


def _answer(question: Question) -> list[Block]:
    match question.card.content:
        case Basic(answer=answer):
            return print_runs.blocks(answer)
        case Cloze(text=text):
            return _filled(text)
        case Choice():
            right = [option for option in question.options if option.right]
            if question.kind == "truefalse":
                return [block for option in right for block in print_runs.blocks(option.text)]
            return [block for option in right for block in _lettered(option.letter, option.text)]
        case _:
            assert_never(question.card.content)


def _lettered(letter: str, text: str) -> list[Block]:
    found = print_runs.blocks(text)
    label: Run = {"text": f"{letter}\u2002", "letter": True}
    if found and found[0]["block"] == "paragraph":
        first = found[0] | {"runs": [label, *found[0]["runs"]]}
        return [first, *found[1:]]
    return [{"block": "paragraph", "runs": [label]}, *found]


# --- clozes ------------------------------------------------------------------


def _filled(text: str) -> list[Block]:
    """Read a cloze with its blanks filled in, in bold where they are not part of a formula."""
    parts = cloze.parse(text)
    whole = _formulas(print_runs.blocks(cloze.filled(text)))
    if whole == _formulas(print_runs.blanked(_without(parts, frozenset()))):
        source = frozenset[int]()
    else:
        blanks = [at for at, part in enumerate(parts) if isinstance(part, Blank)]
        source = frozenset(at for at in blanks if _breaks_formula(parts, at, whole))
    hidden = iter(
        part.text for at, part in enumerate(parts) if isinstance(part, Blank) and at not in source
    )
    return [_with_answers(block, hidden) for block in print_runs.blanked(_without(parts, source))]


def _breaks_formula(parts: tuple[str | Blank, ...], at: int, whole: int) -> bool:
    """Claim that a blank at `parts[at]` stands in a formula, which it makes unreadable."""
    others = frozenset(range(len(parts))) - {at}
    return _formulas(print_runs.blanked(_without(parts, others))) != whole


def _without(parts: tuple[str | Blank, ...], filled: frozenset[int]) -> str:
    """Write a cloze without hints, and with the blanks at `filled` as plain text."""
    return "".join(
        cloze.escape(part)
        if isinstance(part, str)
        else part.text
        if at in filled
        else f"{{{{c{part.number}::{part.text}}}}}"
        for at, part in enumerate(parts)
    )


def _formulas(found: list[Block]) -> int:
    return json.dumps(found).count('"maths"')


def _with_answers(block: Block, hidden: Iterator[str]) -> Block:
    match block["block"]:
        case "paragraph":
            return {"block": "paragraph", "runs": _answered(block["runs"], hidden)}
        case "list":
            items = [[_with_answers(inner, hidden) for inner in item] for item in block["items"]]
            return block | {"items": items}
        case "quote":
            return block | {"blocks": [_with_answers(inner, hidden) for inner in block["blocks"]]}
        case "table":
            rows = [[_answered(cell, hidden) for cell in row] for row in block["rows"]]
            return block | {"rows": rows}
        case _:
            return block


def _answered(runs: list[Run], hidden: Iterator[str]) -> list[Run]:
    return [one for run in runs for one in (_bold(next(hidden)) if "blank" in run else [run])]


def _bold(words: str) -> list[Run]:
    found = print_runs.blocks(words.strip())
    if len(found) == 1 and found[0]["block"] == "paragraph":
        runs: list[Run] = found[0]["runs"]
    else:
        runs = [{"text": markup.to_plain(words)}]
    return [run | {"strong": True} for run in runs]


# --- leaves ------------------------------------------------------------------


def leaf(
    card: Card,
    fronts: list[Side],
    backs: list[Side],
    at: int,
    fits: Mapping[tuple[int, str], dict[str, Any]],
) -> Leaf:
    """Put one front and one back together; the end of the shorter side is repeated."""
    count = max(len(fronts), len(backs))
    sides = {
        "front": fronts[min(at, len(fronts) - 1)],
        "back": backs[min(at, len(backs) - 1)],
    }
    return {
        "id": print_runs.plain(markup.words_to_plain(card.id)),
        "part": f"{at + 1}/{count}" if count > 1 else "",
        "section": markup.words_to_plain(card.section),
        "kind": type(card.content).__name__.lower(),
        "draft": card.state == "draft",
        "source": _source(card.evidence[0]) if card.evidence else "",
        **{
            name: side | _widths(side) | {"fit": fits.get((at, name))}
            for name, side in sides.items()
        },
    }


def _source(evidence: Evidence) -> str:
    first, last = evidence.lines
    span = "" if not first else f":{first}" if first == last else f":{first}-{last}"
    clock = "" if evidence.seconds is None else evidenceline.clock(evidence.seconds)
    place = f"{evidence.document.rsplit('/', 1)[-1]}{span}" if evidence.document else ""
    fields = (markup.words_to_plain(field) for field in (evidence.speaker, clock, place))
    return print_runs.plain(" · ".join(field for field in fields if field), longest=_LONGEST_WORD)


def _plain(text: str) -> str:
    return print_runs.plain(markup.words_to_plain(text), longest=_LONGEST_WORD)


def _widths(side: Side) -> dict[str, float]:
    """Guess the width of what cannot be broken, in em: formulas, words, tables; lines of code."""
    blocks = [*side["main"], *side["why"]]
    blocks += [block for option in side["options"] for block in option["blocks"]]
    found = list(_parts(blocks))
    firm = [width for kind, width in found if kind == "firm"]
    code = [width for kind, width in found if kind == "code"]
    return {"firm": round(max(firm, default=0), 2), "code": round(max(code, default=0), 2)}


def _parts(blocks: list[Block]) -> Iterator[tuple[str, float]]:
    for block in blocks:
        match block["block"]:
            case "paragraph":
                yield "firm", _longest(block["runs"])
            case "code":
                longest = max(map(len, block["text"].split("\n")))
                yield "code", longest * _CODE_LETTER + 1
            case "list":
                for item in block["items"]:
                    yield from _parts(item)
            case "quote":
                yield from _parts(block["blocks"])
            case "table":
                yield "firm", _table_width(block["rows"])
            case _:
                pass


def _table_width(rows: list[list[list[Run]]]) -> float:
    """Guess the least width of a table: its longest words, and the space beside them."""
    return sum(
        _CELL_SPACE + 1.1 * max(map(_longest, column))  # its head is bold
        for column in zip(*rows, strict=True)
    )


def _longest(runs: list[Run]) -> float:
    """Guess the width of the longest chain without a place where a line may end."""
    longest = chain = 0.0
    for run in runs:
        if "maths" in run:
            chain += run["maths"]["width"]
        elif "blank" in run:
            chain += _BLANK
        elif "break" in run:
            chain = 0.0
        else:
            letter = _CODE_LETTER if "code" in run else _LETTER
            first, *rest = _MAY_END.split(run["text"])
            chain += len(first) * letter
            for words in rest:
                longest, chain = max(longest, chain), len(words) * letter
        longest = max(longest, chain)
    return longest


_LETTER, _CODE_LETTER, _BLANK, _CELL_SPACE = 0.5, 0.65, 4.4, 0.8
# A line may end at a space, and within Chinese, Japanese and Korean words.
_MAY_END = re.compile("[ \\t\u200b\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]+")
