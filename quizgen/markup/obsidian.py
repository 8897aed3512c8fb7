"""Write card text as the Markdown of a note in Obsidian, where nothing in it acts on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from quizgen.cloze import Blank
from quizgen.markup import blanks, safe, tree

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

# Marks of Markdown and of Obsidian's own syntax. A backslash before a letter or a digit would be
# shown, and underscores inside words mean nothing.
_MARKS: Final = re.compile(r"[\\`*~$\[]|(?<!\w)_|_(?!\w)|(?<!\S)#(?=\S)|\^(?=\[|[\w-]+\Z)")
# Two of these would separate a question from its answer, begin a cloze, a comment or a number.
_PAIRED: Final = re.compile(r"(?<=([:=%;]))\1")
_ENTITIES: Final = {":": "&#58;", "=": "&#61;", "%": "&#37;", ";": "&#59;"}
_BLOCK: Final = re.compile(r"\A(\d{1,9})(?=[.)])|\A()(?=[-+>|=?]|#{1,6}(?:\s|\Z))")
_HTML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Add-ons run what stands in a block of their own language; these are only coloured.
_LANGUAGES: Final = frozenset(
    (
        *("bash", "c", "c++", "cpp", "cs", "css", "diff", "elixir", "fortran", "go", "haskell"),
        *("html", "java", "javascript", "js", "json", "julia", "kotlin", "latex", "lua", "matlab"),
        *("perl", "php", "python", "py", "r", "ruby", "rust", "scala", "sh", "sql", "swift"),
        *("tex", "text", "toml", "ts", "typescript", "xml", "yaml"),
    )
)
_ACTING_CODE: Final = re.compile(r"\s*\$?=|::|==|%%|`|\?{1,2}\Z")
_MARK: Final = re.compile(f"{safe.OPEN}(\\d+){safe.CLOSE}")
_HIDDEN: Final = re.compile(f"{safe.OPEN}(\\d+)[{safe.CLOSE}{safe.CLOSE_MATHS}{safe.CLOSE_CODE}]")


def write(text: str) -> tuple[str, bool]:
    """Write card text as lines without a blank one among them, which would end a card.

    The second value tells that they end in HTML: what follows without a blank line must be HTML
    too.
    """
    cleaned = safe.clean(text)
    if tree.is_plain(cleaned):
        return line(cleaned), False
    lines = _Lines()
    for block in _root(cleaned).children:
        lines.add(block)
    return "\n".join(lines.lines), lines.html


def cloze(text: str) -> str:
    """Write a cloze with `==…==` around its blanks, each with its hint behind it.

    Empty where a blank stands in maths, in code or in anything but a paragraph or a list, for
    there the marks would be read as part of it.
    """
    marked, found = blanks.mark(text)
    if not found or not all(blank.text for blank in found):
        return ""
    root = _root(marked)
    shown = sorted(number for block in root.children for number in _plain_marks(block))
    if shown != list(range(len(found))) or not {block.type for block in root.children} <= _PROSE:
        return ""
    lines = _Lines()
    for block in root.children:
        lines.add(block)
    return _MARK.sub(lambda mark: _blanked(found[int(mark[1])]), "\n".join(lines.lines))


def words(text: str) -> str:
    """Write a document's own words, which are not Markdown, on one line."""
    return line(" ".join(safe.clean(text).split()))


def line(text: str) -> str:
    """Write text that begins a line, so that none of it is a mark."""
    return _begun(escape(text))


def escape(text: str) -> str:
    """Write text so that none of it is a mark inside a line."""
    marked = _MARKS.sub(lambda found: "\\" + found[0], text.translate(_HTML))
    return _PAIRED.sub(lambda found: _ENTITIES[found[0]], marked)


def address(link: str) -> str:
    """Write a link's address so that it ends where it ends."""
    return re.sub(r"[()<>\s|\\]|(?<=([:=%]))\1", lambda found: f"%{ord(found[0]):02X}", link)


# --- blanks ------------------------------------------------------------------

_PROSE: Final = frozenset({"paragraph", "bullet_list", "ordered_list", "blockquote"})


def _root(text: str) -> SyntaxTreeNode:
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415

    return SyntaxTreeNode(tree.parse(text))


def _plain_marks(block: SyntaxTreeNode) -> Iterator[int]:
    for node in block.walk():
        if node.type == "text":
            yield from (int(mark[1]) for mark in _HIDDEN.finditer(node.content))


def _blanked(blank: Blank) -> str:
    hint = f" ({escape(' '.join(safe.clean(blank.hint).split()))})" if blank.hint else ""
    nodes = _root(safe.clean(blank.text)).children
    inside = _inline(nodes[0]) if len(nodes) == 1 and nodes[0].type == "paragraph" else ""
    return f"=={inside or escape(' '.join(safe.clean(blank.text).split()))}=={hint}"


# --- blocks ------------------------------------------------------------------


_BREAKS: Final = {"softbreak": " ", "hardbreak": "<br>"}
_CODE: Final = ("fence", "code_block")


class _Lines:
    """The lines of a card's text as they grow; `html` once one of them is HTML."""

    def __init__(self, *, nested: bool = False) -> None:
        # The plug-in sees a fence only where it begins a line.
        self.nested = nested
        self.lines: list[str] = []
        self.html = False
        self._last = ""

    def add(self, block: SyntaxTreeNode) -> None:
        """Add a block so that no blank line is needed between it and the one before."""
        prose = block.type in ("paragraph", "heading")
        if self.html or block.type in ("table", "hr") or (self.nested and block.type in _CODE):
            self.lines.append(_as_html(block))
            self.html = True
        elif prose and self._last in ("paragraph", "heading"):
            self.lines[-1] += f"<br><br>{_inline(block)}"
        elif prose and self._last in ("bullet_list", "ordered_list", "blockquote"):
            # A line of text here would go on with the last item.
            self.lines.append(_as_html(block))
            self.html = True
        else:
            self.lines += _block(block)
        self._last = block.type


def _block(block: SyntaxTreeNode) -> list[str]:
    match block.type:
        case "bullet_list" | "ordered_list":
            return _list(block)
        case "blockquote":
            return [f"> {each}" for each in _inside(block)]
        case "fence" | "code_block":
            return _fenced(block)
        case "math_block":
            return [_maths(block.content, "$$")]
        case "heading":
            return [f"**{_inline(block)}**"]
        case _:
            return [_begun(_inline(block))]


def _begun(line: str) -> str:
    return _BLOCK.sub(lambda found: f"{found[1] or ''}\\", line)


def _inside(block: SyntaxTreeNode) -> list[str]:
    inner = _Lines(nested=True)
    for child in block.children:
        inner.add(child)
    return "\n".join(inner.lines).split("\n")


def _list(block: SyntaxTreeNode) -> list[str]:
    first = int(block.attrs.get("start", 1))
    lines: list[str] = []
    for number, item in enumerate(block.children, first):
        mark = f"{number}. " if block.type == "ordered_list" else "- "
        begin, *rest = _inside(item)
        lines += [mark + begin, *(" " * len(mark) + each for each in rest)]
    return lines


def _fenced(block: SyntaxTreeNode) -> list[str]:
    name = block.info.split()[0].lower() if block.type == "fence" and block.info.strip() else ""
    fence = "```"
    while fence in block.content:
        fence += "`"
    language = name if name in _LANGUAGES else ""
    return [fence + language, *block.content.rstrip("\n").split("\n"), fence]


def _as_html(block: SyntaxTreeNode) -> str:
    """Write a block on one line of HTML, in which Markdown means nothing."""
    if block.type == "hr":
        return "<hr>"
    if block.type == "table":
        rows = [node for node in block.walk() if node.type == "tr"]
        cells = ("".join(f"<{c.type}>{_bare(c)}</{c.type}>" for c in row.children) for row in rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    if block.type in _CODE:
        return f"<pre><code>{_html_words(block).replace('<br>', '&#10;')}</code></pre>"
    return f"<p>{_bare(block)}</p>"


def _bare(node: SyntaxTreeNode) -> str:
    leaves = (leaf for leaf in node.walk() if not leaf.children)
    return "".join(_BREAKS.get(leaf.type) or _html_words(leaf) for leaf in leaves)


def _html_words(leaf: SyntaxTreeNode) -> str:
    escaped = leaf.content.rstrip("\n").translate(_HTML).replace("\n", "<br>")
    return _PAIRED.sub(lambda found: _ENTITIES[found[0]], escaped)


# --- inside a line -----------------------------------------------------------


def _inline(block: SyntaxTreeNode) -> str:
    return "".join(_run(node) for child in block.children for node in _nodes(child))


def _nodes(node: SyntaxTreeNode) -> Sequence[SyntaxTreeNode]:
    return node.children if node.type == "inline" else (node,)


def _run(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text":
            return escape(node.content)
        case "softbreak":
            return " "
        case "hardbreak":
            return "<br>"
        case "strong":
            return f"**{_runs(node)}**"
        case "em":
            return f"*{_runs(node)}*"
        case "link":
            return f"[{_runs(node)}]({address(str(node.attrs['href']))})"
        case "code_inline":
            return _code(node.content)
        case "math_inline":
            return _maths(node.content, "$")
        case "math_inline_double":
            return _maths(node.content, "$$")
        case "ruby_reading":
            return f" ({_runs(node)})"
        case _:
            return _runs(node) if node.children else escape(node.content)


def _runs(node: SyntaxTreeNode) -> str:
    return "".join(map(_run, node.children))


def _code(content: str) -> str:
    if not _ACTING_CODE.search(content):
        return f"`{content}`"
    # Add-ons compute code that begins with an equals sign; older versions of the plug-in look
    # for their marks in code too.
    html = re.sub(r"[^\w ]", lambda found: f"&#{ord(found[0])};", content)
    return f"<code>{html}</code>"


def _maths(source: str, mark: str) -> str:
    tex = " ".join(source.split())
    return mark + re.sub(r"(?<=([:=%]))\1", lambda found: "{}" + found[0], tex) + mark
