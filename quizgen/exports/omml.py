"""Write formulas as Office Math, which word processors show and let people edit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias
from xml.etree import ElementTree as ET

from quizgen.markup import mathml

_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BIG = frozenset("∑∏∐∫∬∭∮⋃⋂⨁⨂⋁⋀")
_LINES = {"―": "top", "¯": "top", "‾": "top", "_": "bot", "\u0332": "bot"}
_ACCENTS = {
    "^": "\u0302",
    "~": "\u0303",
    "˙": "\u0307",
    "¨": "\u0308",
    "→": "\u20d7",
    "ˇ": "\u030c",
}

_Element: TypeAlias = ET.Element


def convert(tex: str) -> str:
    """Write LaTeX as an `<m:oMath>` element; empty where it cannot be read."""
    written = mathml.convert(tex)
    if not written.startswith("<math"):
        return ""
    root = ET.fromstring(written)  # noqa: S314 - written by ourselves a moment ago
    try:
        maths = _made("oMath", *_row(list(root)))
    except (IndexError, ValueError):  # a part is missing, as in `x^`
        return ""
    ET.register_namespace("m", _M)
    ET.register_namespace("w", _W)
    return ET.tostring(maths, encoding="unicode")


def _made(name: str, *children: _Element) -> _Element:
    element = ET.Element(f"{{{_M}}}{name}")
    element.extend(children)
    return element


def _told(name: str, value: str) -> _Element:
    return ET.Element(f"{{{_M}}}{name}", {f"{{{_M}}}val": value})


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: _Element) -> str:
    return "".join(element.itertext())


def _row(elements: Sequence[_Element]) -> list[_Element]:
    """Write a row; a sum or an integral takes what follows as what it is of."""
    if _is_fenced(elements):
        return [_fenced(elements)]
    written: list[_Element] = []
    at = 0
    while at < len(elements):
        element = elements[at]
        at += 1
        if _is_big(element):
            following = _row(elements[at : at + 1])
            at += 1
            written.append(_big(element, following))
        else:
            written += _one(element)
    return written


def _one(element: _Element) -> list[_Element]:
    children = list(element)
    match _name(element):
        case "mi" | "mn" | "mo" | "mtext":
            return _run(element)
        case "mspace":
            return _space(element)
        case "mfrac":
            return [_fraction(element, children)]
        case "msup":
            return [_made("sSup", _in("e", children[0]), _in("sup", children[1]))]
        case "msub" | "munder" if _is_limit(children[0]):
            return [_made("limLow", _in("e", children[0]), _in("lim", children[1]))]
        case "msub":
            return [_made("sSub", _in("e", children[0]), _in("sub", children[1]))]
        case "msubsup":
            base, sub, sup = children
            return [_made("sSubSup", _in("e", base), _in("sub", sub), _in("sup", sup))]
        case "msqrt":
            hidden = _made("radPr", _told("degHide", "1"))
            return [_made("rad", hidden, _made("deg"), _made("e", *_row(children)))]
        case "mroot":
            return [_made("rad", _in("deg", children[1]), _in("e", children[0]))]
        case "mover":
            return [_over(children)]
        case "munder":
            return [_under(children)]
        case "munderover":
            below = _made("limLow", _in("e", children[0]), _in("lim", children[1]))
            return [_made("limUpp", _made("e", below), _in("lim", children[2]))]
        case "mtable":
            rows = [_made("mr", *(_in("e", cell) for cell in row)) for row in children]
            return [_made("m", *rows)]
        case "menclose":
            return [_made("borderBox", _made("e", *_row(children)))]
        case _:
            return _row(children) or _run(element)


def _in(name: str, element: _Element) -> _Element:
    """Write an element, or the row in it, as an argument."""
    inner = list(element) if _name(element) in ("mrow", "mstyle", "mtd", "mpadded") else [element]
    return _made(name, *_row(inner))


def _run(element: _Element) -> list[_Element]:
    text = _text(element)
    if not text:
        return []
    run, words = _made("r"), _made("t")
    is_upright = _name(element) == "mtext" or (_name(element) == "mi" and len(text) > 1)
    if is_upright or element.get("mathvariant") == "normal":
        run.append(_made("rPr", _told("sty", "p")))
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    return [run]


def _space(element: _Element) -> list[_Element]:
    found = re.match(r"(\d*\.?\d+)em", element.get("width", ""))
    if not found:
        return []
    wide = ET.Element("mtext")
    wide.text = "\u2003" if float(found[1]) >= 0.9 else "\u2009"
    return _run(wide)


def _fraction(element: _Element, children: list[_Element]) -> _Element:
    fraction = _made("f", _in("num", children[0]), _in("den", children[1]))
    if element.get("linethickness") == "0":
        fraction.insert(0, _made("fPr", _told("type", "noBar")))
    return fraction


# --- above and below ---------------------------------------------------------


def _is_limit(element: _Element) -> bool:
    return _text(element) in ("lim", "max", "min", "sup", "inf", "argmax", "argmin")


def _over(children: list[_Element]) -> _Element:
    base, above = children
    mark = _text(above)
    if _LINES.get(mark) == "top":
        return _made("bar", _made("barPr", _told("pos", "top")), _in("e", base))
    if mark in _ACCENTS:
        return _made("acc", _made("accPr", _told("chr", _ACCENTS[mark])), _in("e", base))
    return _made("limUpp", _in("e", base), _in("lim", above))


def _under(children: list[_Element]) -> _Element:
    base, below = children
    if _LINES.get(_text(below)) == "bot":
        return _made("bar", _made("barPr", _told("pos", "bot")), _in("e", base))
    return _made("limLow", _in("e", base), _in("lim", below))


# --- sums and integrals ------------------------------------------------------


def _is_big(element: _Element) -> bool:
    is_marked = _name(element) in ("msub", "msup", "msubsup", "munder", "mover", "munderover")
    return is_marked and _text(element[0]) in _BIG


def _big(element: _Element, following: list[_Element]) -> _Element:
    name = _name(element)
    has_low = name in ("msub", "munder", "msubsup", "munderover")
    low = _in("sub", element[1]) if has_low else _made("sub")
    high = _in("sup", element[-1]) if name not in ("msub", "munder") else _made("sup")
    sign = _text(element[0])
    settings = _made("naryPr", _told("chr", sign))
    settings.append(_told("limLoc", "subSup" if sign in "∫∬∭∮" else "undOvr"))
    settings.extend(
        _told(f"{side}Hide", "1")
        for side, is_there in (("sub", has_low), ("sup", len(high) > 0))
        if not is_there
    )
    return _made("nary", settings, low, high, _made("e", *following))


# --- brackets ----------------------------------------------------------------


def _is_fenced(elements: Sequence[_Element]) -> bool:
    return len(elements) > 1 and elements[0].get("fence") == "true"


def _fenced(elements: Sequence[_Element]) -> _Element:
    has_end = elements[-1].get("form") == "postfix"
    inner = elements[1:-1] if has_end else elements[1:]
    settings = _made("dPr", _told("begChr", _text(elements[0])))
    settings.append(_told("endChr", _text(elements[-1]) if has_end else ""))
    return _made("d", settings, _made("e", *_row(inner)))
