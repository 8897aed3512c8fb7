"""Write maths as one line of characters, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from quizgen.markup import mathml, safe

_RAISED: Final = dict(zip("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ", strict=True))
_LOWERED: Final = dict(zip("0123456789+-−=()aeijkmnopt", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₖₘₙₒₚₜ", strict=True))
_SPACED: Final = frozenset("=<>≤≥≠≈≡∈∉⊂⊆→←↔⇒⇔∼≪≫+−±×÷·∪∩∧∨")


def convert(tex: str) -> str:
    """Write TeX maths on one line; maths that cannot be read is shown as its source."""
    markup = str(mathml.convert(tex, display=False))
    try:
        root = ET.fromstring(markup)  # noqa: S314 - it was written by ourselves
    except ET.ParseError:
        return safe.clean(tex)
    said = " ".join(_line(root).split())
    return said or safe.clean(tex)


def _line(node: Element) -> str:
    name = node.tag.rpartition("}")[2]
    parts = list(node)
    match name:
        case "mfrac" if len(parts) == 2:
            return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
        case "msqrt":
            return f"√{_in_brackets(_row(parts))}"
        case "mroot" if len(parts) == 2:
            return f"{_script(_line(parts[1]), _RAISED, '^')}√{_grouped(parts[0])}"
        case "msup" | "mover" if len(parts) == 2:
            return _line(parts[0]) + _script(_line(parts[1]), _RAISED, "^")
        case "msub" | "munder" if len(parts) == 2:
            return _line(parts[0]) + _script(_line(parts[1]), _LOWERED, "_")
        case "msubsup" | "munderover" if len(parts) == 3:
            low = _script(_line(parts[1]), _LOWERED, "_")
            return f"{_line(parts[0])}{low}{_script(_line(parts[2]), _RAISED, '^')} "
        case "mtable":
            return "[" + "; ".join(_line(row) for row in parts) + "]"
        case "mtr":
            return ", ".join(_line(cell) for cell in parts)
        case "mspace":
            return " "
        case "annotation":
            return ""
        case "mo":
            sign = (node.text or "").strip()
            return f" {sign} " if sign in _SPACED else sign
        case _:
            return (node.text or "") + _row(parts)


def _row(nodes: Sequence[Element]) -> str:
    return "".join(_line(node) for node in nodes)


def _grouped(node: Element) -> str:
    return _in_brackets(_line(node))


def _in_brackets(said: str) -> str:
    plain = " ".join(said.split())
    return plain if plain.isalnum() or len(plain) == 1 else f"({plain})"


def _script(said: str, letters: dict[str, str], sign: str) -> str:
    plain = "".join(said.split())
    if plain and all(letter in letters for letter in plain):
        return "".join(letters[letter] for letter in plain)
    return f"{sign}{_in_brackets(plain)}"
