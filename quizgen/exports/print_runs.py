"""Read a card's Markdown into a tree of blocks and runs, which paper templates set."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from quizgen.exports import print_maths
from quizgen.markup import blanks, safe, tree

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

Run: TypeAlias = dict[str, Any]
Block: TypeAlias = dict[str, Any]
Hints: TypeAlias = tuple[str, ...]
"""The hint of each blank, in order; empty for most."""

_JOIN = "\u2060"  # word joiner: no line ends here
_FIXED_SPACE = "\u00a0"
_MAY_BREAK = "\u200b"
_LONGEST_WORD = 24  # letters; more than any dictionary word that fits the narrowest column
_LAST_WORD = 14  # letters; a longer one may stand alone on the last line
_ROOM = 44  # letters that fit beside a blank on a line of ordinary print
_COMPANY = 12  # letters that a blank at the end takes with it, so as not to stand alone


def blocks(markdown: str) -> list[Block]:
    """Read Markdown into paragraphs, code, lists, quotes, tables and displayed maths."""
    return _tree(safe.clean(markdown), ())


def blanked(text: str, *, room: int = _ROOM) -> list[Block]:
    """Read a cloze as a learner sees it, its hints in parentheses behind the blanks.

    `room` is how many letters fit beside a blank.
    """
    marked, hidden = blanks.mark(text)
    hints = tuple(safe.clean(blank.hint) for blank in hidden)
    shown = [_tied_block(block, room) for block in _tree(marked, hints)]
    if json.dumps(shown).count('"blank": true') == len(hints):
        return shown
    # A blank in a place that is not printed, such as a link's address, makes the text plain.
    return [_tied_block(_paragraph(_around_blanks(marked, hints, _words)), room)]


def _tree(text: str, hints: Hints) -> list[Block]:
    if tree.is_plain(text):  # most text is a plain sentence, and parsing is slow
        return [_paragraph(_around_blanks(text, hints, _words))]
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415

    root = SyntaxTreeNode(tree.parse(text))
    return [block for node in root.children for block in _block(node, hints)]


# --- blocks ------------------------------------------------------------------


def _block(node: SyntaxTreeNode, hints: Hints) -> Iterator[Block]:
    match node.type:
        case "paragraph":
            yield _paragraph(_runs(node, hints))
        case "heading":
            yield _paragraph([run | {"strong": True} for run in _runs(node, hints)])
        case "fence" | "code_block":
            yield from _code(node.content.rstrip("\n"), hints)
        case "math_block" | "math_block_label":
            yield _paragraph(_maths(node.content.strip(), hints, shown=True)) | {"display": True}
        case "bullet_list" | "ordered_list":
            yield {
                "block": "list",
                "ordered": node.type == "ordered_list",
                "start": int(node.attrs.get("start", 1)),
                "items": [_inside(item, hints) for item in node.children],
            }
        case "blockquote":
            yield {"block": "quote", "blocks": _inside(node, hints)}
        case "table":
            rows = [row for group in node.children for row in group.children]
            yield {
                "block": "table",
                "align": [_alignment(cell) for cell in rows[0].children],
                "rows": [[_runs(cell, hints) for cell in row.children] for row in rows],
            }
        case "hr":
            yield {"block": "rule"}
        case _:
            yield from (block for child in node.children for block in _block(child, hints))


def _inside(node: SyntaxTreeNode, hints: Hints) -> list[Block]:
    return [block for child in node.children for block in _block(child, hints)]


def _paragraph(runs: list[Run]) -> Block:
    paragraph: Block = {"block": "paragraph", "runs": runs}
    return paragraph | {"blanks": True} if any("blank" in run for run in runs) else paragraph


def _code(text: str, hints: Hints) -> Iterator[Block]:
    if safe.OPEN not in text:
        yield {"block": "code", "text": plain(text)}
        return
    runs: list[Run] = []
    for line in text.split("\n"):
        runs += [{"break": True}] * bool(runs)
        runs += _around_blanks(line.replace(" ", _FIXED_SPACE), hints, _code_run)
    yield _paragraph(runs)


def _code_run(text: str) -> list[Run]:
    return [{"text": plain(safe.clean(text)), "code": True}]


def _alignment(cell: SyntaxTreeNode) -> str:
    return str(cell.attrs.get("style", "")).removeprefix("text-align:") or "left"


def plain(text: str, *, longest: int = _LONGEST_WORD) -> str:
    """Let a long word or address end its line somewhere, so that it stays on the page."""
    long = re.compile(rf"\S{{{longest + 1},}}")
    return long.sub(lambda found: _parted(found[0], longest), text)


def lines(tree: list[Block]) -> int:
    """Guess, never too low, how many lines of a sheet a tree takes."""
    return sum(_lines(block) for block in tree)


_NARROWEST = 40  # letters on a line, were they all wide


def _lines(block: Block) -> int:
    match block["block"]:
        case "paragraph":
            letters = sum(len(run.get("text", "0" * _NARROWEST)) for run in block["runs"])
            height = sum(run["maths"]["height"] for run in block["runs"] if "maths" in run)
            breaks = sum("break" in run for run in block["runs"])
            return 2 * (letters // _NARROWEST + 1 + breaks) + int(height)
        case "code":
            return 2 + sum(len(line) // _NARROWEST + 1 for line in block["text"].split("\n"))
        case "list":
            return sum(lines(entry) for entry in block["items"])
        case "quote":
            return lines(block["blocks"])
        case "table":
            letters = sum(
                len(run.get("text", "")) for row in block["rows"] for cell in row for run in cell
            )
            return 2 * len(block["rows"]) + letters // 5
        case _:
            return 1


# --- runs --------------------------------------------------------------------


def _runs(node: SyntaxTreeNode, hints: Hints) -> list[Run]:
    return [run for child in node.children for run in _run(child, hints)]


def _run(node: SyntaxTreeNode, hints: Hints) -> list[Run]:
    match node.type:
        case "text":
            return _around_blanks(node.content, hints, _words)
        case "code_inline":
            return _around_blanks(node.content, hints, _code_run)
        case "math_inline" | "math_inline_double":
            return _maths(node.content, hints, shown=node.type == "math_inline_double")
        case "softbreak":
            return [{"text": " "}]
        case "hardbreak":
            return [{"break": True}]
        case "strong":
            return [run | {"strong": True} for run in _runs(node, hints)]
        case "em":
            return [run | {"emph": True} for run in _runs(node, hints)]
        case "link":
            return [run | {"link": str(node.attrs["href"])} for run in _runs(node, hints)]
        case "ruby_reading":
            return [{"text": "("}, *_runs(node, hints), {"text": ")"}]
        case _:
            return _runs(node, hints)


def _maths(source: str, hints: Hints, *, shown: bool) -> list[Run]:
    drawing = {} if safe.OPEN in source else print_maths.draw(source, shown=shown)
    if drawing:
        return [{"maths": drawing}]
    return _around_blanks(source, hints, _code_run)


def _around_blanks(text: str, hints: Hints, write: Callable[[str], list[Run]]) -> list[Run]:
    first, *rest = _MARK.split(text)
    runs = write(first) if first else []
    for number, after in zip(rest[::2], rest[1::2], strict=True):
        hint = hints[int(number)]
        runs += [{"blank": True}] + ([{"text": f" ({hint})"}] if hint else [])
        runs += write(after) if after else []
    return runs


_MARK = re.compile(f"{safe.OPEN}(\\d+){safe.CLOSE}")


def _words(text: str) -> list[Run]:
    # An entity can bring a control character or a line end back after the text was cleaned.
    return [{"text": plain(safe.clean(text).replace("\n", " "))}]


_SEAM = re.compile(r"(?<=[/.,;:_?&=#%+)\-])(?=\w)")


def _parted(word: str, longest: int) -> str:
    pieces = (
        piece[at : at + 8] if len(piece) > longest else piece
        for piece in _SEAM.split(word)
        for at in (range(0, len(piece), 8) if len(piece) > longest else (0,))
    )
    return _MAY_BREAK.join(pieces)


# --- blanks ------------------------------------------------------------------


def _tied_block(block: Block, room: int) -> Block:
    match block["block"]:
        case "paragraph":
            return block | {"runs": _glued(block["runs"], room)}
        case "list":
            return block | {"items": [[_tied_block(b, room) for b in i] for i in block["items"]]}
        case "quote":
            return block | {"blocks": [_tied_block(inner, room) for inner in block["blocks"]]}
        case "table":
            return block | {"rows": [[_glued(c, room) for c in row] for row in block["rows"]]}
        case _:
            return block


def _glued(runs: list[Run], room: int) -> list[Run]:
    """Tie each blank to the word before it and the punctuation after it, as far as there is room.

    A tie that is wider than its column would leave the page.
    """
    glued = [dict(run) for run in runs]
    for at, run in enumerate(glued):
        if "blank" not in run:
            continue
        before = glued[at - 1] if at else {}
        after = glued[at + 1] if at + 1 < len(glued) else {}
        is_last = not any(_WORD.search(run.get("text", "")) for run in glued[at + 1 :])
        tied = 0
        if before.get("text", "").strip():
            before["text"], tied = _tied(before["text"], _COMPANY if is_last else 0, room)
        if "text" in after:
            is_end = at + 2 == len(glued)
            after["text"] = _following(after["text"], room - tied, is_end=is_end)
    return glued


_WORD = re.compile(r"\w")


def _tied(text: str, company: int, room: int) -> tuple[str, int]:
    """End text so that its last word, with `company` letters before it, stays with the blank.

    Also returns how many letters are tied.
    """
    if not text.endswith(" "):
        word = len(text) - text.rfind(" ") - 1
        return (text + _JOIN, word) if word <= room else (text + _MAY_BREAK, 0)
    words = text.rstrip(" ")
    start = words.rfind(" ") + 1
    if len(words) - start > room:
        return text, 0
    while start > 1 and len(words) - start < company:
        earlier = words.rfind(" ", 0, start - 1) + 1
        if len(words) - earlier > room:
            break
        start = earlier
    tied = words[:start] + words[start:].replace(" ", _FIXED_SPACE) + _FIXED_SPACE + _JOIN
    return tied, len(words) - start + 1


def _following(text: str, room: int, *, is_end: bool) -> str:
    """Begin text so that punctuation, or one last short word, stays with the blank before it."""
    if not text.startswith(" "):
        first = text.partition(" ")[0]
        return (_JOIN if len(first) <= max(room, 3) else _MAY_BREAK) + text
    word = text.strip(" ")
    if is_end and " " not in word and len(word) <= min(_LAST_WORD, room):
        return _JOIN + _FIXED_SPACE + word
    return text
