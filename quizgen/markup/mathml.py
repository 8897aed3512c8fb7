"""Turn TeX into MathML that is safe to stand on a page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from quizgen.markup import safe

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LONGEST = 4_000  # a formula beyond this is no formula, and the converter is not linear
# A macro can double itself at every step.
_MACROS = re.compile(
    r"\\(?:re|provide)?new(?:command|environment)|\\[gex]?def\b|\\let\b|\\DeclareMathOperator"
)
_ATTRIBUTES = frozenset(
    """accent accentunder columnalign columnlines columnspacing depth display displaystyle fence
    form height largeop linethickness lspace mathcolor mathsize mathvariant maxsize minsize
    movablelimits notation rowlines rowspacing rspace scriptlevel separator stretchy symmetric
    voffset width xmlns""".split(),  # noqa: SIM905 - one word per entry reads best as prose
)

# What the converter stumbles over in broken TeX, besides what it complains of in its own words.
_ACCIDENTS = (
    *(LookupError, ValueError, TypeError, AttributeError),
    *(StopIteration, RuntimeError, RecursionError),
)


def convert(tex: str, *, display: bool = False) -> str:
    """Write maths as a `<math>` element, or as its source where it cannot be read."""
    return _converted(tex, display=display) or f"<code>{safe.for_page(tex)}</code>"


def _converted(tex: str, *, display: bool) -> str:
    from xml.etree.ElementTree import tostring  # noqa: PLC0415

    from latex2mathml import converter, exceptions  # noqa: PLC0415

    if not tex.strip() or len(tex) > _LONGEST or _MACROS.search(tex):
        return ""
    failures = tuple(
        kind
        for kind in vars(exceptions).values()
        if isinstance(kind, type) and issubclass(kind, Exception)
    )
    try:
        maths = converter.Converter(display="block" if display else "inline").convert_to_element(
            tex,
        )
        return "" if _has_unknown(maths) else tostring(_made_safe(maths), encoding="unicode")
    except (*failures, *_ACCIDENTS):
        return ""


def _has_unknown(maths: Element) -> bool:
    """Claim that a command was passed through unread."""
    return any(re.match(r"\\.", element.text or "") for element in maths.iter("mi"))


def _made_safe(maths: Element) -> Element:
    r"""Undo the converter's double escaping, and drop links and styles (`\href`, `\style`)."""
    for element in maths.iter():
        element.text = html.unescape(element.text or "")
        element.tail = html.unescape(element.tail or "")
        for name in set(element.attrib) - _ATTRIBUTES:
            del element.attrib[name]
    return maths
