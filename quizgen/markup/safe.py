"""Make text from documents harmless in the place where it will stand."""

from __future__ import annotations

import html
import re

# Noncharacters are reserved for a program's own use, so no document loses a letter to them,
# and CommonMark takes them for letters: `**{{word}}**` stays bold around its blank.
OPEN = "\ufdd0"
CLOSE = "\ufdd1"
CLOSE_MATHS = "\ufdd2"
CLOSE_CODE = "\ufdd3"
"""End a blank that stands in maths or code, where its words are source, not Markdown."""

_SPACES = re.compile("\r\n?|[\x0b\x0c\x85]")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]",
)
# An entity (`&#12;`) brings some back after the text was cleaned; marks of blanks stay.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# The deck's own braces and brackets are commands to Anki: fields, clozes, sounds, LaTeX, speech.
_COMMANDS = str.maketrans({"[": "&#91;", "{": "&#123;", "}": "&#125;"})
# Most text has nothing to escape, and one look is cheaper than three replacements.
_ACTIVE = re.compile(rf"[<>&\"'\[{{}}\\]|{_CONTROLS.pattern}")
_MATHJAX = re.compile(r"\\(?=[()\]]|&#91;)")


def clean(text: str) -> str:
    r"""Drop control characters and lone surrogates: one `\x1f` makes Anki refuse the whole file."""
    if text.isprintable():
        return text
    return _DROPPED.sub("", _SPACES.sub(_space, text))


def _space(found: re.Match[str]) -> str:
    return "\n" if found[0].startswith("\r") else " "


def for_page(text: str) -> str:
    """Escape text for HTML."""
    return html.escape(_CONTROLS.sub("", text))


def for_anki(text: str) -> str:
    """Escape text for an Anki field, where brackets, braces and maths delimiters also act."""
    if not _ACTIVE.search(text):
        return text
    # MathJax reads across comments and line breaks, but not across an element.
    return _MATHJAX.sub(r"\\<span></span>", for_anki_attribute(text))


def for_anki_attribute(text: str) -> str:
    """Escape text for an attribute of an element in an Anki field."""
    if not _ACTIVE.search(text):
        return text
    return for_page(text).translate(_COMMANDS)
