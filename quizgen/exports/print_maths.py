"""Draw formulas for paper, as SVG with a place on the line."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import ParseError

_SIZE = 24.0  # ziamath's default, pixels in one em
_FRAME = re.compile(r'viewBox="(\S+) (\S+) (\S+) (\S+)"')


def draw(source: str, *, shown: bool) -> dict[str, Any]:
    """Draw LaTeX; empty where that cannot be done and the source must be printed instead.

    Lengths are in em of the text around it: `width`, `height`, and `depth` below the baseline.
    """
    # The drawing font shows other scripts as empty boxes; as text, the PDF names the character.
    svg = _svg(source, shown=shown) if source.isascii() else ""
    frame = _FRAME.search(svg)
    if not frame:
        return {}
    top, width, height = (float(frame[at]) for at in (2, 3, 4))
    return {
        "svg": svg,
        "source": source.strip(),
        "width": round(width / _SIZE, 4),
        "height": round(height / _SIZE, 4),
        "depth": round((height + top) / _SIZE, 4),
    }


@lru_cache(maxsize=4096)
def _svg(source: str, *, shown: bool) -> str:
    from latex2mathml import exceptions  # noqa: PLC0415

    with warnings.catch_warnings():
        # ziamath finds its font in a way that Python 3.11 calls old.
        warnings.simplefilter("ignore", DeprecationWarning)
        from ziamath.zmath import Latex  # noqa: PLC0415

    refusals = tuple(
        found
        for found in vars(exceptions).values()
        if isinstance(found, type) and issubclass(found, Exception)
    )
    # Neither library has a root for its errors, and both let Python's own slip through.
    slips = (ParseError, AssertionError, LookupError, ValueError, TypeError, AttributeError)
    try:
        return Latex(source, size=_SIZE, inline=not shown).svg()
    except (*refusals, *slips, RecursionError):
        return ""
