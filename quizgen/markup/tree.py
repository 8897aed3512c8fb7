"""Parse card text as CommonMark with tables and maths, once, for every place it goes to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

from quizgen.markup import formulas, safe

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

Maths: TypeAlias = Callable[[str, bool], str]
Picture: TypeAlias = Callable[[str, str], str]

_LINK = re.compile(r"https?://[^\s/]", re.IGNORECASE)
# Most card text is a plain sentence; the parser is a hundred times slower than a look at it.
_PLAIN = re.compile(rf"(?!\d{{1,9}}[.)])(?:[^\W_]|[\"'(“‘„«{safe.OPEN}])[^\\`*_\[<&$\n\t{{]*")
# A reading goes with Chinese characters, so that no set and no code is taken for one.
_RUBY = re.compile(
    r"\{(?P<base>[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff][^{}|\n]{0,20})"
    r"\|(?P<reading>[^{}|\n]{1,40})\}"
)
_MEDIA = re.compile(
    r"(?![/\\])(?!.*(?:^|/)\.\.(?:/|$))[^:\\?#]+\.(?:avif|gif|jpe?g|png|svg|webp|mp3|m4a|oga|ogg|opus|wav|flac)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Target:
    """How text, attributes and maths (its source, and whether it is displayed) are written.

    `picture` gets the path of a picture or a sound and its words, `code` a block of code and its
    language; without them, the words stand for the one and the other is not coloured.
    """

    text: Callable[[str], str]
    attribute: Callable[[str], str]
    maths: Maths
    picture: Picture | None = None
    code: Callable[[str, str], str] | None = None


def render(text: str, target: Target) -> str:
    """Write cleaned card text as HTML; a single paragraph comes without its `<p>`."""
    if not text:
        return ""
    if is_plain(text):
        return target.text(text)
    tokens = parse(text)
    if [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]:
        tokens = tokens[1:2]
    return _write(tokens, target).strip("\n")


def render_inline(text: str, target: Target) -> str:
    """Write cleaned card text as HTML that may stand in the middle of a paragraph."""
    if is_plain(text):
        return target.text(text)
    return _write(_parser().parseInline(text, {}), target)


def is_plain(text: str) -> bool:
    """Claim that Markdown would leave the text as it is."""
    return bool(_PLAIN.fullmatch(text)) and text == text.strip()


def is_link(address: str) -> bool:
    """Claim that an address may be followed from a card."""
    return bool(_LINK.match(address))


def media(text: str) -> tuple[str, ...]:
    """List the pictures and sounds that card text shows, by their paths."""
    if "![" not in text:
        return ()
    inline = (token for block in parse(text) for token in block.children or ())
    return tuple(dict.fromkeys(_source(token) for token in inline if token.type == "image"))


def is_media(address: str) -> bool:
    """Claim that an address is a picture or a sound in the deck's folder or below it."""
    return bool(_MEDIA.fullmatch(address))


def parse(text: str) -> Sequence[Token]:
    """Parse card text into markdown-it's tokens."""
    return _parser().parse(text, {})


def plain(text: str) -> str:
    """Write cleaned card text without its markup, maths as its source."""
    if is_plain(text):
        return text
    blocks: list[str] = []
    row: list[str] = []
    in_row = False
    for token in parse(text):
        if token.type == "tr_open":
            row, in_row = [], True
        elif token.type == "tr_close":
            blocks.append(" | ".join(row))
            in_row = False
        elif token.type == "inline":
            (row if in_row else blocks).append(_plain_inline(token.children or []))
        elif token.type == "math_block":
            blocks.append(f"$${token.content}$$")
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.rstrip("\n"))
    return "\n".join(blocks)


def _plain_inline(tokens: Sequence[Token]) -> str:
    return "".join(_PLAIN_INLINE.get(token.type, _no_text)(token) for token in tokens)


def _no_text(_token: Token) -> str:
    return ""


_PLAIN_INLINE: dict[str, Callable[[Token], str]] = {
    "text": lambda token: token.content,
    "code_inline": lambda token: token.content,
    "softbreak": lambda _token: " ",
    "hardbreak": lambda _token: "\n",
    "math_inline": lambda token: f"${token.content}$",
    "math_inline_double": lambda token: f"$${token.content}$$",
    "image": lambda token: _plain_inline(token.children or []),
    "ruby_reading_open": lambda _token: "(",
    "ruby_reading_close": lambda _token: ")",
}


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    formulas.recognise(parser)
    for token, rule in _RULES.items():
        parser.add_render_rule(token, rule)
    parser.validateLink = _any_link
    parser.inline.ruler.push("ruby", _ruby)
    parser.core.ruler.push("only_words_of_bad_links", _take_out_bad_links)
    return parser


def _any_link(url: str) -> bool:  # noqa: ARG001 - the signature of markdown-it
    return True


def _take_out_bad_links(state: StateCore) -> None:
    """Leave only the words of links that are not to the web and of images that are not near."""
    for block in state.tokens:
        if block.children:
            block.children = list(_without_bad_links(block.children))


def _without_bad_links(tokens: Sequence[Token]) -> Iterator[Token]:
    good = False
    for token in tokens:
        if token.type == "image" and is_media(_source(token)):
            yield token
            continue
        if token.type == "image":
            yield _words(_plain_inline(list(_without_bad_links(token.children or []))))
            continue
        if token.type not in ("link_open", "link_close"):
            yield token
            continue
        if token.type == "link_open":  # links do not nest
            good = is_link(_address(token))
        if good:
            yield token
        elif token.markup == "autolink":
            # `<std::vector>` looks like a link to CommonMark, and its brackets are its own.
            yield _words("<" if token.type == "link_open" else ">")


def _source(token: Token) -> str:
    return unquote(str(token.attrGet("src") or ""))


def _ruby(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read `{漢字|かんじ}`: characters and how they are read."""
    found = _RUBY.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("ruby_open", "ruby", 1)
        state.push("text", "", 0).content = found["base"]
        state.push("ruby_reading_open", "rt", 1)
        state.push("text", "", 0).content = found["reading"]
        state.push("ruby_reading_close", "rt", -1)
        state.push("ruby_close", "ruby", -1)
    state.pos = found.end()
    return True


def _words(content: str) -> Token:
    from markdown_it.token import Token  # noqa: PLC0415

    return Token("text", "", 0, content=content)


def _write(tokens: Sequence[Token], target: Target) -> str:
    parser = _parser()
    return parser.renderer.render(tokens, parser.options, {"target": target})


# markdown-it calls a rule with its renderer, the tokens, a position, its options and our target.


def _text(_self: Any, tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    return _target(env).text(tokens[at].content)


def _code(_self: Any, tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    return f"<code>{_target(env).text(in_source(tokens[at].content, safe.CLOSE_CODE))}</code>"


def _code_block(_self: Any, tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    target, token = _target(env), tokens[at]
    source = in_source(token.content.rstrip("\n"), safe.CLOSE_CODE)
    language = token.info.split()[0] if token.info.strip() else ""
    # A blank in it would be cut in two by colours.
    coloured = target.code and language and safe.OPEN not in source
    if target.code and coloured:
        kind = target.attribute(f"language-{language}")
        code = target.code(source, language)
        return f'<pre><code class="{kind}">{code}</code></pre>\n'
    code = target.text(source)
    return f"<pre><code>{code}</code></pre>\n"


def _link(_self: Any, tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    return f'<a href="{_target(env).attribute(_address(tokens[at]))}">'


def _maths(_self: Any, tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    display = tokens[at].type != "math_inline"
    return _target(env).maths(in_source(tokens[at].content.strip(), safe.CLOSE_MATHS), display)


def _picture(_self: Any, tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    target, token = _target(env), tokens[at]
    said = _plain_inline(token.children or [])
    return target.picture(_source(token), said) if target.picture else target.text(said)


_RULES = {
    "text": _text,
    "image": _picture,
    "code_inline": _code,
    "code_block": _code_block,
    "fence": _code_block,
    "link_open": _link,
    "math_inline": _maths,
    "math_inline_double": _maths,
    "math_block": _maths,
}


def in_source(text: str, close: str) -> str:
    """Mark the blanks of maths or code, whose words are not Markdown."""
    return text.replace(safe.CLOSE, close)


def _target(env: Any) -> Target:
    return env["target"]


def _address(token: Token) -> str:
    return str(token.attrGet("href") or "")
