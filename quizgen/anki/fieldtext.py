"""Turn the HTML of an Anki field into card text, which is Markdown with maths."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final, TypeAlias

from quizgen import cloze, markup
from quizgen.markup import safe

_VOID: Final = frozenset({"br", "hr", "img", "input", "wbr", "col"})
_NAMES: Final = {"b": "strong", "i": "em", "div": "line", "th": "td"}
_BLOCKS: Final = frozenset(
    {"p", "line", "ul", "ol", "li", "pre", "blockquote", "table", "hr", "h3", "h4", "h5", "h6"}
    | {"thead", "tbody", "tr", "td", "h1", "h2", "section", "article"}
)
_INLINE: Final = frozenset({"strong", "em", "code", "a", "br", "img", "ruby", "rt", "rp", "wbr"})
# What only looks: its words are the same without it.
_LOOKS: Final = frozenset(
    {"span", "u", "font", "big", "small", "mark", "s", "strike", "del", "ins", "center", "label"}
)
_TEX = re.compile(r"\\\((?P<inline>.*?)\\\)|\\\[(?P<shown>.*?)\\\]", re.DOTALL)
_SOUND = re.compile(r"\[sound:([^\]\n]+)\]")
_OPENING = re.compile(r"\{\{c(\d+)::")
_IN_MATHS = re.compile(f"\\{{ ({safe.OPEN}[^{safe.CLOSE}]*{safe.CLOSE}) \\}}")
_PARTS = re.compile(r"\} (?=\})")
_ESCAPED = re.compile(r"[\\`*_\[\]<$&|~{]")
_AT_START = re.compile(r"^([ \t]*)(#|[-+=>]|\d{1,9}(?=[.)]))", re.MULTILINE)
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
_HINT = "\ufdd4"


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])
    children: list[_Element | str] = field(default_factory=list["_Element | str"])


_Node: TypeAlias = _Element | str


@dataclass(frozen=True, slots=True)
class Read:
    """A field as card text; `lost` names what card text cannot say.

    Where that changes the meaning, or the text would not show the same, `faithful` is false.
    """

    text: str
    lost: tuple[str, ...] = ()
    faithful: bool = True


def read(html: str, media: Mapping[str, str] | None = None) -> Read:
    """Read a field that has no blanks; `media` gives paths in the deck by names in Anki."""
    return _read(html, media or {}, lambda text: markup.to_anki(text, _paths(media)), blanks=False)


def read_cloze(html: str, media: Mapping[str, str] | None = None) -> Read:
    """Read a field whose `{{c1::…}}` are blanks; those numbered by their order lose the number."""
    marked = _marked(html)
    if marked is None:
        return Read(html, ("a blank inside a blank",), faithful=False)

    def write(text: str) -> str:
        return markup.cloze_to_anki(text, _paths(media))

    return _read(marked, media or {}, write, blanks=True)


def items(html: str) -> tuple[str, ...]:
    """Split the first list of a field into the HTML of its items."""
    found = re.findall(r"<li\b[^>]*>(.*?)</li>", html, re.DOTALL | re.IGNORECASE)
    return tuple(item.strip() for item in found)


def shows_the_same(one: str, other: str) -> bool:
    """Claim that two fields show the same, however an editor has written them."""
    if one == other:
        return True
    return _canonical(_marked(one) or one) == _canonical(_marked(other) or other)


def _paths(media: Mapping[str, str] | None) -> dict[str, str]:
    return {path: name for name, path in (media or {}).items()}


def _read(
    html: str, media: Mapping[str, str], write: Callable[[str], str], *, blanks: bool
) -> Read:
    tree, lost = _tree(html)
    best: Read | None = None
    wanted = _canonical(html)
    # Escaping everything always says the right thing and never reads well.
    for escape in (_as_it_is, _escaped):
        writer = _Writer(media, escape, set())
        text = "\n\n".join(writer.blocks(tree.children)).strip()
        text = _unmarked(cloze.escape(text)) if blanks else text
        written = write(text)
        same = _canonical((_marked(written) or "") if blanks else written) == wanted
        found = Read(text, tuple(sorted(lost | writer.lost)), same and not writer.lost)
        if found.faithful:
            return found
        best = best or found
    return best or Read("")


def _as_it_is(text: str) -> str:
    return text


def _escaped(text: str) -> str:
    return _AT_START.sub(r"\1\\\2", _ESCAPED.sub(r"\\\g<0>", text.replace("\n", " ")))


# --- blanks ------------------------------------------------------------------


def _marked(html: str) -> str | None:
    """Put marks in the place of a cloze's own braces; none where blanks stand in blanks."""
    parts: list[str] = []
    position = 0
    for opening in _OPENING.finditer(html):
        end = html.find("}}", opening.end())
        if opening.start() < position or end < 0:
            return None
        words, colons, hint = html[opening.end() : end].partition("::")
        parts += (html[position : opening.start()], f"{safe.OPEN}{opening[1]}|", words)
        parts.append((_HINT + hint if colons else "") + safe.CLOSE)
        position = end + 2
    return "".join((*parts, html[position:]))


_MARKED = re.compile(
    f"{safe.OPEN}(\\d+)\\|([^{safe.CLOSE}{_HINT}]*)(?:{_HINT}([^{safe.CLOSE}]*))?{safe.CLOSE}"
)


def _unmarked(text: str) -> str:
    place = 0

    def blank(found: re.Match[str]) -> str:
        nonlocal place
        place += 1
        hint = f"::{found[3]}" if found[3] else ""
        bare = int(found[1]) == place and not hint
        return f"{{{{{found[2]}}}}}" if bare else f"{{{{c{found[1]}::{found[2]}{hint}}}}}"

    return _MARKED.sub(blank, text)


# --- reading HTML ------------------------------------------------------------


class _Parser(HTMLParser):
    """Build the elements of a field; what is never closed ends with its parent."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Element("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(_NAMES.get(tag, tag), {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        name = _NAMES.get(tag, tag)
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == name:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def _tree(html: str) -> tuple[_Element, set[str]]:
    parser = _Parser()
    parser.feed(html)
    parser.close()
    lost = {
        "its colours, sizes or underlines"
        for element in _elements(parser.root)
        if (element.tag in _LOOKS and _is_look(element))
    }
    return parser.root, lost


def _is_look(element: _Element) -> bool:
    ours = {"c", "k", "s", "m", "n", "note"}
    return bool(element.children) and element.attributes.get("class", "") not in ours


def _elements(element: _Element) -> Iterator[_Element]:
    for child in element.children:
        if isinstance(child, _Element):
            yield child
            yield from _elements(child)


def _canonical(html: str) -> str:
    """Write a field so that what shows the same reads the same."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    parts: list[str] = []
    _add_canonical(parser.root, parts, kept=False)
    text = "".join(parts)
    text = re.sub(r" *(</?[a-z]+[^<>]*>) *", r"\1", text)  # where a space stands shows nowhere
    text = re.sub(r" *\x00[\x00 ]*", "\x00", text)
    return text.strip("\x00 ")


def _add_canonical(element: _Element, parts: list[str], *, kept: bool) -> None:
    for child in element.children:
        if isinstance(child, str):
            parts.append(child.replace("\n", "\x00") if kept else _SPACES.sub(" ", child))
            continue
        tag = child.tag
        if tag in _LOOKS or tag == "rp":
            if not child.children:
                parts.append("\u2060")  # parts what would be maths
            _add_canonical(child, parts, kept=kept)
        elif tag in ("line", "p", "br", "thead", "tbody", "section", "article"):
            parts.append("\x00")
            _add_canonical(child, parts, kept=kept)
            parts.append("\x00")
        else:
            told = child.attributes.get("href", "") or child.attributes.get("src", "")
            block = "\x00" if tag in _BLOCKS else ""
            parts.append(f"{block}<{tag} {told}>{block}")
            _add_canonical(child, parts, kept=kept or tag == "pre")
            parts.append(f"{block}</{tag}>{block}")


# --- writing card text -------------------------------------------------------


@dataclass(slots=True)
class _Writer:
    media: Mapping[str, str]
    escape: Callable[[str], str]
    lost: set[str]

    def blocks(self, nodes: Sequence[_Node]) -> list[str]:
        """Write nodes as paragraphs, lists, tables and blocks of code."""
        done: list[str] = []
        run: list[_Node] = []
        for node in (*nodes, _Element("end")):
            inline = isinstance(node, str) or node.tag not in (*_BLOCKS, "end")
            if inline:
                run.append(node)
                continue
            done += self._paragraphs(run)
            run = []
            if isinstance(node, _Element) and node.tag != "end":
                done += self._block(node)
        return self._lines_joined(done)

    def _lines_joined(self, done: list[str]) -> list[str]:
        """Put what stood in `div` after `div`, which is how Anki breaks lines, into one."""
        joined: list[str] = []
        for each in done:
            if each.startswith("\0") and joined:
                joined[-1] = f"{joined[-1]}\\\n{each[1:]}"
            else:
                joined.append(each.lstrip("\0"))
        return [each for each in joined if each]

    def _paragraphs(self, nodes: Sequence[_Node]) -> list[str]:
        text = self.inline(nodes).replace("\u00a0", " ")
        lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\v")]
        paragraphs: list[list[str]] = [[]]
        for line in lines:
            if line:
                paragraphs[-1].append(line)
            elif paragraphs[-1]:
                paragraphs.append([])
        return ["\\\n".join(each) for each in paragraphs if each]

    def _block(self, node: _Element) -> list[str]:
        match node.tag:
            case "line":
                first, *rest = self.blocks(node.children) or [""]
                return [f"\0{first}", *rest] if first else []
            case "ul" | "ol":
                return [self._list(node)]
            case "pre":
                return [self._code(node)]
            case "blockquote":
                inside = "\n\n".join(self.blocks(node.children))
                return ["\n".join(f"> {line}".rstrip() for line in inside.split("\n"))]
            case "table":
                return [self._table(node)]
            case "hr":
                return ["---"]
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return [f"{'#' * int(node.tag[1])} {' '.join(self._paragraphs(node.children))}"]
            case _:
                return self.blocks(node.children)

    def _list(self, node: _Element) -> str:
        entries: list[str] = []
        number = int(node.attributes.get("start", "1")) if node.tag == "ol" else 0
        for item in node.children:
            if not isinstance(item, _Element):
                continue
            mark = f"{number + len(entries)}." if node.tag == "ol" else "-"
            parts = self.blocks(item.children)
            tight = all(part.startswith(("- ", "1. ")) for part in parts[1:])
            text = ("\n" if tight else "\n\n").join(parts)
            pad = " " * (len(mark) + 1)
            entries.append(f"{mark} {text}".replace("\n", f"\n{pad}"))
        return "\n".join(re.sub(r"(?m)^ +$", "", entry) for entry in entries)

    def _code(self, node: _Element) -> str:
        inner = next((each for each in _elements(node) if each.tag == "code"), node)
        language = inner.attributes.get("class", "").removeprefix("language-")
        text = _plain(node).strip("\n")
        ticks = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", text)), 3)
        return f"{ticks}{language}\n{text}\n{ticks}"

    def _table(self, node: _Element) -> str:
        rows = [
            [
                " ".join(self._paragraphs(cell.children)).replace("|", "\\|")
                for cell in row.children
                if isinstance(cell, _Element)
            ]
            for row in _elements(node)
            if row.tag == "tr"
        ]
        if not rows:
            return ""
        first, *rest = rows
        written = [first, ["---"] * len(first), *rest]
        return "\n".join(f"| {' | '.join(row)} |" for row in written)

    def inline(self, nodes: Sequence[_Node]) -> str:
        return "".join(map(self._inline, nodes))

    def _inline(self, node: _Node) -> str:
        if isinstance(node, str):
            return self._words(node)
        if node.tag == "ruby":
            return self._ruby(node)
        inside = self.inline(node.children)
        match node.tag:
            case "br":
                return "\v"
            case "wbr" | "rp":
                return ""
            case "strong":
                return _wrapped(inside, "**")
            case "em":
                return _wrapped(inside, "*")
            case "code":
                return _code_span(_plain(node))
            case "a":
                return f"[{inside}]({node.attributes.get('href', '')})" if inside else ""
            case "img":
                return self._picture(node.attributes)
            case tag if tag in _LOOKS:
                return inside
            case tag:
                self.lost.add(f"<{tag}>")
                return inside

    def _ruby(self, node: _Element) -> str:
        reading = "".join(_plain(each) for each in _elements(node) if each.tag == "rt")
        base = "".join(child for child in node.children if isinstance(child, str))
        return f"{{{base}|{reading}}}"

    def _picture(self, attributes: Mapping[str, str]) -> str:
        path = self.media.get(attributes.get("src", ""), "")
        if not path:
            self.lost.add("a picture")
        return f"![{attributes.get('alt', '')}]({path.replace(' ', '%20')})"

    def _words(self, text: str) -> str:
        parts: list[str] = []
        position = 0
        for found in _TEX.finditer(text):
            parts.append(self._sounds(text[position : found.start()]))
            parts.append(_maths(found))
            position = found.end()
        parts.append(self._sounds(text[position:]))
        return "".join(parts)

    def _sounds(self, text: str) -> str:
        parts: list[str] = []
        position = 0
        for found in _SOUND.finditer(text):
            if path := self.media.get(found[1], ""):
                parts.append(self.escape(text[position : found.start()]))
                parts.append(f"![]({path.replace(' ', '%20')})")
                position = found.end()
        return "".join((*parts, self.escape(text[position:])))


def _maths(found: re.Match[str]) -> str:
    source = found["inline"] if found["inline"] is not None else found["shown"]
    mark = "$" if found["inline"] is not None else "$$"
    tex = _PARTS.sub("}", _IN_MATHS.sub(r"\1", source.strip()))
    return f"{mark}{tex}{mark}"


def _wrapped(inside: str, mark: str) -> str:
    """Put marks around words, not around the spaces beside them."""
    words = inside.strip(" \n")
    if not words:
        return inside
    before, _, after = inside.partition(words)
    return f"{before}{mark}{words}{mark}{after}"


def _code_span(text: str) -> str:
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _plain(node: _Element) -> str:
    return "".join(
        child if isinstance(child, str) else "\n" if child.tag == "br" else _plain(child)
        for child in node.children
    )
