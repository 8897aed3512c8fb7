"""Read the numbers of an answer and of its evidence, also where speech says them in words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from quizgen.checks import _text

_SHARES: Final = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twelfth": 12,
    "sixteenth": 16,
    "twentieth": 20,
    "hundredth": 100,
    "thousandth": 1000,
}
_COUNTS: Final = {
    word: float(value)
    for value, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1
    )
} | {"a": 1.0, "an": 1.0}
_FRACTION: Final = re.compile(
    rf"\b(?:(?P<count>{'|'.join(_COUNTS)}|\d)[ -]|(?=half))(?P<share>{'|'.join(_SHARES)}|halve)s?\b"
    r"(?: of an?| an?)?(?: (?P<scale>hundred|thousand|million|billion|trillion|dozen))?",
    re.IGNORECASE,
)
_WHOLE_AND: Final = re.compile(
    r"\b(?P<whole>(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|eleven|twelve"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[ -]\w+)?|\d+))"
    rf"(?: and |-and-)(?P<count>{'|'.join(_COUNTS)}|\d)[ -](?P<share>{'|'.join(_SHARES)})s?\b",
    re.IGNORECASE,
)
# "A third of the energy" is a share; "a third person" and "a fifth column" are counted.
_SHARE_ENDS: Final = re.compile(r"\s*(?:$|[.,;:)]|of\b|more\b|less\b|as\b)")
_SCALES: Final = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12.0}
_SCALES_OR_ONE: Final = _SCALES | {"trillion": 1e12, "": 1.0}
_THOUSANDS: Final = re.compile(r"(?<=\d)\s?(k|bn|tn)\b", re.IGNORECASE)
_SHORT: Final = {"k": " thousand", "bn": " billion", "tn": " trillion"}
_SIGN: Final = re.compile(r"(\d*)\s?([½¼¾⅓⅔⅛⅜⅝⅞⅕⅖⅗⅘⅙⅚])")
_SIGNS: Final = dict(
    zip(
        "½¼¾⅓⅔⅛⅜⅝⅞⅕⅖⅗⅘⅙⅚",
        (
            *(1 / 2, 1 / 4, 3 / 4, 1 / 3, 2 / 3, 1 / 8, 3 / 8, 5 / 8, 7 / 8),
            *(0.2, 0.4, 0.6, 0.8, 1 / 6, 5 / 6),
        ),
        strict=True,
    )
)
_MIXED: Final = re.compile(r"\b(\d+)[ -](\d)/(\d{1,2})\b")
_SIMPLE: Final = re.compile(r"(?<![\d/])(\d)/([2-9]|1\d|100)\b(?!/)")
_POINT: Final = re.compile(
    r"\b([a-z]+(?:[ -][a-z]+)?|\d+) point ((?:[a-z]+|\d)(?: (?:[a-z]+|\d)){0,5})"
)
_YEAR: Final = re.compile(
    r"\b(?P<first>ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|twenty)[ -](?:(?P<hundred>hundred)(?: and)?|(?:oh|o)[ -](?P<few>[a-z]+)"
    r"|(?P<rest>ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[ -][a-z]+)?))\b"
)
_IN: Final = re.compile(r"\bone in (?P<every>[a-z]+|\d+)\b")
_IMPLIED: Final = {
    "half": (0.5, 50.0, 30.0),
    "third": (3.0,),
    "thirds": (3.0,),
    "quarter": (4.0, 15.0),
    "quarters": (4.0,),
    "fifth": (5.0,),
    "tenth": (10.0,),
    "once": (1.0,),
    "single": (1.0,),
    "pair": (2.0,),
    "couple": (2.0,),
    "both": (2.0,),
    "double": (2.0,),
    "doubled": (2.0,),
    "doubles": (2.0,),
    "doubling": (2.0,),
    "triple": (3.0,),
    "triples": (3.0,),
    "tripled": (3.0,),
    "tenfold": (10.0,),
    "twofold": (2.0,),
    "threefold": (3.0,),
    "decade": (10.0,),
    "decades": (10.0,),
    "century": (100.0,),
    "fortnight": (14.0, 2.0),
    "score": (20.0,),
}


@lru_cache(maxsize=4096)
def asked(text: str) -> frozenset[float]:
    """Collect the numbers an answer wants recalled; a lone one is a word."""
    said = _WHOLE_AND.sub(_whole_and, _text.norm(_SIGN.sub(_decimal, text)))
    shares = [each for each in _FRACTION.finditer(said) if _SHARE_ENDS.match(said, each.end())]
    rest = said
    for share in reversed(shares):
        rest = f"{rest[: share.start()]} ; {rest[share.end() :]}"
    return (_plain(rest) - {1.0}) | {_share(share) for share in shares}


@lru_cache(maxsize=4096)
def known(text: str) -> frozenset[float]:
    """Collect every number that a text may be said to hold."""
    said = _text.norm(_SIGN.sub(_decimal, text)).casefold()
    found = set(_plain(text))
    for share in _FRACTION.finditer(said):
        value = _share(share)
        found |= {value, 100 * value, float(int(100 * value)), float(round(100 * value))}
        if said[: share.start()].endswith(" and "):
            found |= {whole + value for whole in _before(said[: share.start() - 5])}
    found.update(_spoken_decimals(said), _spoken_years(said))
    for each in _IN.finditer(said):
        found.update(
            part
            for every in _text.numbers(each["every"])
            if every
            for part in (1 / every, 100 / every)
        )
    told = {token.casefold() for token in _text.tokens(said.replace("-", " "))}
    found.update(value for word in told & _IMPLIED.keys() for value in _IMPLIED[word])
    return frozenset(found)


def _plain(text: str) -> frozenset[float]:
    """Read numbers in digits and words, short scales, and the signs and slashes of fractions."""
    if text.isascii() and not any(map(str.isdigit, text)):
        return _text.numbers(text)
    written = _THOUSANDS.sub(lambda found: _SHORT[found[1].casefold()], text)
    written = _SIGN.sub(_decimal, written)
    written = _MIXED.sub(lambda m: f"{float(m[1]) + float(m[2]) / float(m[3])!r}", written)
    written = _SIMPLE.sub(lambda m: f"{float(m[1]) / float(m[2])!r}", written)
    return _text.numbers(written)


def _decimal(found: re.Match[str]) -> str:
    return f"{float(found[1] or 0) + _SIGNS[found[2]]!r}"


def _whole_and(found: re.Match[str]) -> str:
    """Write "eleven and a quarter" in digits."""
    whole = _text.numbers(found["whole"]) or {1.0}
    count = _COUNTS.get(found["count"].casefold()) or float(found["count"])
    parts = _SHARES[found["share"].casefold()]
    return f"{max(whole) + count / parts!r}" if len(whole) == 1 else found[0]


def _share(found: re.Match[str]) -> float:
    count = (found["count"] or "a").casefold()
    share = found["share"].casefold()
    parts = 2 if share == "halve" else _SHARES[share]
    whole = _COUNTS.get(count) or float(count)
    return whole / parts * _SCALES_OR_ONE[(found["scale"] or "").casefold()]


def _before(text: str) -> frozenset[float]:
    """Read the number that a text ends with, however many words it takes."""
    told = text.split()
    endings = (" ".join(told[-length:]) for length in range(1, 5))
    found = [_text.numbers(ending) for ending in endings]
    return frozenset(value for each in found if len(each) == 1 for value in each)


def _spoken_decimals(said: str) -> list[float]:
    """Read "three point one four"."""
    found: list[float] = []
    if " point " not in said:
        return found
    for match in _POINT.finditer(said):
        whole = _before(match[1])
        digits = ""
        for word in match[2].split():
            value = _digit(word)
            if value is None:
                break
            digits += value
            found += [float(f"{int(each)}.{digits}") for each in whole]
    return found


def _digit(word: str) -> str | None:
    if word in ("oh", "zero", "nought"):
        return "0"
    if word.isdigit():
        return word
    value = _COUNTS.get(word)
    return None if value is None or word in ("a", "an") else f"{value:.0f}"


def _spoken_years(said: str) -> list[float]:
    """Read "nineteen eighty-four" and "eighteen oh six"."""
    found: list[float] = []
    for match in _YEAR.finditer(said):
        (first,) = _text.numbers(match["first"])
        if match["hundred"]:
            found.append(first * 100)
            continue
        rest = _COUNTS.get(match["few"] or "")
        if match["rest"]:
            parts = re.split(r"[ -]", match["rest"])
            tens = _text.numbers(parts[0])
            few = _COUNTS.get(parts[1], 0.0) if len(parts) > 1 else 0.0
            found += [first * 100 + ten + more for ten in tens for more in {few, 0.0}]
        elif rest:
            found.append(first * 100 + rest)
    return found
