"""Judge whether a card's acronyms can be understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from quizgen import words
from quizgen.checks import _text
from quizgen.checks.row import Context
from quizgen.model import Card

_COMMON: Final = _text.vocabulary(
    """
    AC DC AD BC BCE CE AM PM FM GMT UTC ID IQ EQ OK TV PC CD DVD VHS DIY FAQ PIN ATM SMS VIP SOS
    TNT UFO USA UK US EU UN USSR GDR UAE NATO UNESCO UNICEF OPEC ASEAN NAFTA WHO IMF WTO OECD ILO
    NASA ESA CERN FBI CIA KGB NSA SS IRA PLO IRS FDA EPA FCC SEC NBA NFL FIFA UEFA IOC BBC CNN NBC
    CBS ABC IBM MIT UCLA AT BMW GM AOL GDP GNP VAT CEO CFO CTO COO HR PR NGO MBA BA MA BSC MD JD
    DNA RNA MRNA TRNA ATP ADP PCR HIV AIDS COVID SARS MRI CT ECG EKG EEG ICU ER IVF LSD THC CBD DDT
    ADHD PTSD OCD BMI CPR STD UV IR LED LCD LASER RADAR SONAR RGB CMYK HD RAM ROM CPU GPU USB SSD
    HDD BIOS HTTP HTTPS HTML CSS SQL XML JSON YAML CSV PDF JPEG JPG PNG GIF ASCII URL URI API TCP
    IP UDP DNS SSH SSL TLS FTP VPN LAN WAN DHCP SIM GPS SDK IDE GUI CLI UNIX BASIC COBOL LISP REST
    CRUD NOSQL OOP MVC AI ML LLM GPT NLP CNN RNN IT PH SI ISO RPM BPM MIDI EP LP DJ KO CCTV FORTRAN
    HMS USS RMS IMAX NASDAQ NYSE ESP AWOL ASAP RSVP PS VS CV ETA AND OR XOR NOR NAND FIFO LIFO LGBT
    LGBTQ WWI WWII WW AGI CUDA JFK FDR MLK ROI IPO AKA PVC NMR RSA AES MP MEP PHD LTD PLC LLC INC
    """,
)
_EMPHASIS: Final = _text.vocabulary(
    """
    NOT EXCEPT LEAST MOST BEST TRUE FALSE ONLY ALL NO OR AND ONE TWO NEVER ALWAYS FIRST LAST MUST
    CANNOT BOTH NONE ANY EACH EVERY MORE LESS NOR WITHOUT BEFORE AFTER BUT IS ARE WHY HOW WHAT
    """,
)
_ACRONYM: Final = re.compile(r"(?<![\w&/.$'’-])[A-Z]{2,6}(?=s?\b)(?![&/$]|\.\w|['’]?[A-Z])")
_ROMAN: Final = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# A formula such as KOH or HCN is spelt in letters that every chemist reads.
_FORMULA: Final = re.compile(r"(?:[HKFIU]?(?:CN|OH|CO|NO|SO|PO)|HF|HI|KI|KF)[A-Z]?")
_ASKS: Final = _text.any_of(
    r"\b(?:stands?|stood|standing) for\b",
    r"\b(?:acronym|abbreviations?|abbreviates?|abbreviated|initialism|initials|short for)\b",
    r"\bspell(?:ed|s|t)? out\b",
    r"\bletters?\b.*\b(?:mean|in)\b",
    r"\bwhat (?:do|does|did) [A-Z]{2,6} mean\b",
    r"\bwhat (?:is|are|was|were) (?:an? |the )?[A-Z]{2,6}s?\s*\?",
    r"\bexpan(?:d|sion)\b",
    r"\bfull (?:name|form)\b",
)
# Where its kind is said beside it, an acronym is a name: the CFTR gene, a protein called RAD.
_IS_NAMED: Final = re.compile(
    r"\b(?:called|named|known as|codenamed|labelled|labeled|nicknamed|so-called|term)\s+$"
)
_SURNAME_NEXT: Final = re.compile(r"s?\s+[A-Z][a-z]+\b")
_GENE_NEXT: Final = re.compile(r"\s+(?:gene|allele|blood|key|chord|clef|licence plate)s?\b")
_FRONTED: Final = re.compile(
    r"(?:In|On|At|With|Without|For|Under|After|Before|When|If|While|During|By|From|Among)\b[^,]*$"
)
_EXPLAINED_NEXT: Final = re.compile(
    r"s?\s*(?:\(\s*(?:[^()\s]+[\s-]){1,}[^()]+\)|,\s+(?:an?|the)\s[^,]+(?P<ends>,|[?.]?$))"
)


def undefined_acronym(card: Card, context: Context) -> str:
    """Find acronyms that the card does not spell out and that only its source explains."""
    shown = _text.face(card.content)
    front = shown.masked
    if not _ACRONYM.search(front) or _ASKS.search(front) or front.isupper():
        return ""
    said = f"{shown.front} {shown.back}"
    for found in _ACRONYM.finditer(front):
        name = found[0]
        if name in _COMMON or name in _EMPHASIS or name in _entries(context.glossary):
            continue
        if _ROMAN.fullmatch(name) or _FORMULA.fullmatch(name):
            continue
        before, after = front[: found.start()], front[found.end() :]
        # T. S. Eliot is also written TS Eliot.
        is_initials = len(name) == 2 and _SURNAME_NEXT.match(after)
        is_named = _IS_NAMED.search(before) or _GENE_NEXT.match(after)
        explained = _EXPLAINED_NEXT.match(after)
        # "With SLAs, a breach leads to credits" goes on with its own subject.
        if explained and explained["ends"] not in (None, ",") and _FRONTED.match(before):
            explained = None
        if is_initials or is_named or explained or is_spelt_out(name, said):
            continue
        return f"{name!r} is not explained: spell it out, or add what it is."
    return ""


@lru_cache(maxsize=16)
def _entries(glossary: frozenset[str]) -> frozenset[str]:
    """Cut a glossary's entries into words, so that "the QRM" explains QRM."""
    return frozenset(word for entry in glossary for word in _text.tokens(entry))


def is_spelt_out(name: str, text: str) -> bool:
    """Claim that words standing together in a text begin with the letters of an acronym.

    Small words between may be left out of it, and one word may give several letters: DNA is
    deoxyribonucleic acid.
    """
    told = [part for token in _text.tokens(text) for part in token.split("-") if part]
    wanted = name.casefold()
    return any(
        _spells(told, at, wanted)
        for at, word in enumerate(told)
        if word[0].casefold() == wanted[0] and word != name
    )


def _spells(told: list[str], at: int, wanted: str) -> bool:
    """Claim that the words from `at` on give the letters in order, each word at least one."""
    last = at + 2 * len(wanted) + 2

    def follow(at: int, left: str, parts: int, least: int) -> bool:
        if not left:
            return parts >= least
        if at >= min(last, len(told)) or (word := told[at].casefold()).startswith(wanted):
            return False
        if word[0] == left[0]:
            if follow(at + 1, left[1:], parts + 1, least):
                return True
            # DeoxyriboNucleic Acid has two words, ANalysis Of VAriance must have three.
            if any(follow(at + 1, left[n:], parts + 1, least) for n in _inside(word, left)):
                return True
            begun = _begun(word, left)
            if any(follow(at + 1, left[n:], parts + 1, 3) for n in range(2, begun + 1)):
                return True
        return word in words.FUNCTION_WORDS and follow(at + 1, left, parts, least)

    return follow(at, wanted, 0, min(2, len(wanted)))


def _begun(word: str, left: str) -> int:
    """Count with how many of the letters left a word begins, three at most."""
    pairs = enumerate(zip(word, left[:3], strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(word), len(left), 3))


def _inside(word: str, left: str) -> Iterator[int]:
    """Count the letters left that stand in a long word in their order; the last one never does."""
    taken = 1
    for letter in word[1:] if len(word) >= 8 else "":
        if len(left) - taken > 1 and letter == left[taken]:
            taken += 1
            yield taken
