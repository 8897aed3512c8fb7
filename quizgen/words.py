"""Fold, cut and count words, so that everyone who compares texts compares the same things."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final, cast


def _split(text: str) -> list[str]:
    return text.split()


FUNCTION_WORDS: Final = frozenset(
    _split("""
    a an the this that these those i you he she it we they me him her us them my your his its our
    their mine yours hers ours theirs myself yourself himself herself itself ourselves themselves
    who whom whose which what when where why how whether if then than and or but nor so yet both
    either neither for of in on at by to from with without into onto upon about above below under
    over between among amongst through throughout during before after since until till against
    toward towards across along around behind beside besides beyond near off out up down as per via
    within is are was were be been being am do does did doing have has had having will would shall
    should can could may might must ought not no there here although though because while whereas
    unless 'm 're 've 'll 'd n't
    """),
)
"""Words that carry grammar and no content: never worth a blank."""

STOPWORDS: Final = FUNCTION_WORDS | frozenset(
    _split("""
    also just only very too quite rather even still already again ever never always often sometimes
    perhaps maybe really actually basically simply well now much many more most less least few
    several some any all each every other another such same own else one ones thing things something
    anything nothing everything someone anyone everyone way ways kind sort lot lots let get gets got
    getting make makes made making go goes going went gone come comes came say says said saying tell
    tells told think thinks thought know knows knew like likely know mean means meant use uses used
    using take takes took taken give gives gave given see sees saw seen want wants wanted yes no oh
    ok okay um uh don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't
    shouldn't haven't hasn't hadn't i'm you're he's she's it's we're they're i've you've we've
    they've i'll you'll we'll they'll i'd you'd we'd they'd that's there's what's who's let's
    """),
)
"""Words too common to show that two texts are about the same thing."""

_FILLERS: Final = re.compile(
    r"\b(?:you know|i mean|sort of|kind of|u+h+|u+m+|er+m|hmm+)\b",
    re.IGNORECASE,
)
_QUOTES: Final = str.maketrans(dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟″«»", '"'))
_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
_TOKEN: Final = re.compile(r"\w+(?:[-'.]\w+)*")


def norm(text: str) -> str:
    """Fold compatibility forms, quotes, dashes and white space, for comparing only.

    Case stays, because names are told from words by it.
    """
    folded = _DASHES.sub("-", unicodedata.normalize("NFKC", text).translate(_QUOTES))
    return " ".join(folded.replace("\u00ad", "").split())


def letters(text: str) -> str:
    """Keep letters and digits alone, lower-cased: what two wordings of a quote must share."""
    return "".join(char for char in norm(text).casefold() if char.isalnum())


def without_fillers(text: str) -> str:
    """Take out the noises of speech that an editor leaves out of a quotation."""
    return " ".join(_FILLERS.sub(" ", text).split())


def filler_spans(text: str) -> list[tuple[int, int]]:
    """Find the noises of speech as offsets."""
    return [match.span() for match in _FILLERS.finditer(text)]


def tokens(text: str) -> list[str]:
    """Cut folded text into words, held together by hyphens, apostrophes and points inside them."""
    return _TOKEN.findall(norm(text))


def word_count(text: str) -> int:
    """Count words as a reader does: what stands between spaces and is not only punctuation."""
    return sum(word.isalnum() or any(map(str.isalnum, word)) for word in text.split())


def stem(word: str) -> str:
    """Reduce an English word to the part it shares with its inflections."""
    return _stem(norm(word).casefold().removesuffix("'s").strip("'"))


_stem_of = lru_cache(maxsize=20_000)(stem)
"""Words come again and again, and folding them takes as long as stemming."""


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return _stemmer()(word)


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[str], str]:
    from snowballstemmer import english_stemmer  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]

    return cast("Callable[[str], str]", english_stemmer.EnglishStemmer().stemWord)  # pyright: ignore[reportUnknownMemberType]


def content_stems(text: str) -> frozenset[str]:
    """Collect the stems of the words that say what a text is about; hyphens part words here."""
    return frozenset(
        _stem_of(part)
        for token in tokens(text)
        if token.casefold() not in STOPWORDS
        for part in token.split("-")
        if part and part.casefold() not in STOPWORDS and (len(part) > 1 or part.isdigit())
    )


# --- numbers -----------------------------------------------------------------

_UNITS: Final = {
    word: float(value)
    for value, word in enumerate(
        _split(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen"
        ),
    )
}
_TENS: Final = {
    word: float(value)
    for value, word in zip(
        range(20, 100, 10),
        _split("twenty thirty forty fifty sixty seventy eighty ninety"),
        strict=True,
    )
}
_SCALES: Final = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}
_ORDINALS: Final = {
    "first": 1.0,
    "second": 2.0,
    "third": 3.0,
    "fifth": 5.0,
    "eighth": 8.0,
    "ninth": 9.0,
    "twelfth": 12.0,
}
_PLAIN: Final = {"half": 0.5, "twice": 2.0, "thrice": 3.0}
_SIMPLE: Final = {**_PLAIN, **_ORDINALS, **_TENS, **_UNITS}
_NUMBER_WORD: Final = re.compile(
    r"\d{1,3}(?:[, ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?(?:(?:st|nd|rd|th)\b)?|[a-z]+",
)


def numbers(text: str) -> frozenset[float]:
    """Read every number of a text, in digits or in words, as a float.

    `46` is `forty-six`, `a dozen` is 12, `1.5 billion` is `one and a half billion`, and
    `the 15th century` is 1400, as are `the 1400s`. A lone `one` and lone small ordinals
    (`first`, `second`) are words rather than numbers and are left out.
    """
    # A dash parts "60-100" too, which with a space alone would read as 60,100.
    words = _NUMBER_WORD.findall(norm(text).casefold().replace("-", " - "))
    found: set[float] = set()
    at = 0
    while at < len(words):
        value, after = _number_at(words, at)
        if after == at:
            at += 1
            continue
        if value is not None:
            found.add(value)
        at = after
    return frozenset(found)


def _number_at(words: list[str], at: int) -> tuple[float | None, int]:
    """Read the number that starts at a word: its value (None to ignore) and where it ends."""
    start, total, current, seen = at, 0.0, 0.0, False
    while at < len(words):
        word = words[at]
        simple = _simple(word)
        if simple is not None and not (seen and not _continues(words[at - 1], word)):
            current, seen, at = current + simple, True, at + 1
        elif word in _SCALES and (seen or word in ("dozen", "hundred")):
            scale = _SCALES[word]
            current = (current or 1.0) * scale
            if scale >= 1e3:
                total, current = total + current, 0.0
            seen, at = True, at + 1
        elif seen and words[at : at + 3] == ["and", "a", "half"]:
            current, at = current + 0.5, at + 3
        elif seen and word == "and" and at + 1 < len(words) and words[at - 1] in _SCALES:
            if _simple(words[at + 1]) is None:
                break
            at += 1
        else:
            break
    if not seen:
        return None, start
    value = total + current
    if at < len(words) and words[at] in ("century", "centuries") and value.is_integer():
        return (value - 1) * 100, at + 1
    if at == start + 1 and (words[start] == "one" or words[start] in _ORDINALS):
        return None, at
    return value, at


def _simple(word: str) -> float | None:
    """Value one word that is a number by itself."""
    if word[0].isdigit():
        return float(re.sub(r"[, ]|st$|nd$|rd$|th$", "", word))
    if (value := _SIMPLE.get(word)) is not None:
        return value
    if word.endswith("th"):
        base = word.removesuffix("th")
        return _UNITS.get(base, _TENS.get(base.removesuffix("ie") + "y"))
    return None


def _continues(before: str, word: str) -> bool:
    """Claim that two number words are parts of one number: `forty six`, `hundred five`."""
    if before[0].isdigit() or word[0].isdigit() or word in _PLAIN:
        return False
    if before in _TENS:
        return (_simple(word) or 10.0) < 10
    return before in _SCALES or before == "and"


# --- sentences ---------------------------------------------------------------

_BREAK: Final = re.compile(r"(?:[.!?…]+[\"'”’)\]]*)(?=\s)|\n[ \t]*\n")
_ABBREVIATIONS: Final = frozenset(
    _split("""
    mr mrs ms dr prof st jr sr vs etc cf al fig figs eq no nos vol pp ed eds rev gen col sgt capt
    lt hon inc ltd co corp dept univ approx ca c e.g i.e u.s u.k u.n p.m a.m ph.d b.c a.d
    jan feb mar apr jun jul aug sep sept oct nov dec
    """),
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a text as offsets, white space at the ends left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        if match.group().isspace() or _ends(text, start, match):
            spans.append(_trimmed(text, start, match.end()))
            start = match.end()
    spans.append(_trimmed(text, start, len(text)))
    return [(begin, end) for begin, end in spans if begin < end]


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    rest = text[match.end() :].lstrip()
    if not rest or (text[match.end()] == "\n" and not rest[0].islower()):
        return True
    if rest[0].islower():
        return False
    if match.group() != ".":
        return True
    before = text[start : match.start()].rsplit(None, 1)
    word = before[-1].strip("(\"'“‘[").casefold() if before else ""
    # A single capital letter is an initial ("J. Smith"), except the pronoun.
    is_initial = len(word) == 1 and word.isalpha() and word != "i"
    if word == "no":
        return not rest[0].isdigit()
    return word not in _ABBREVIATIONS and not is_initial


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    cut = text[start:end]
    return start + len(cut) - len(cut.lstrip()), start + len(cut.rstrip())


# --- markup ------------------------------------------------------------------

_MARKUP: Final = re.compile(
    r"[\\`*$]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\](?=[\[(:])|\{\{|~~",
)
_LEADING: Final = re.compile(r"#{1,6}(?=\s|$)|>|[-+](?=\s|$)|\[|\||[-=]+$")
_LEADING_NUMBER: Final = re.compile(r"\d{1,9}(?=[.)](?:\s|$))")


def escape_markdown(text: str) -> str:
    """Write source text so that the deck's Markdown shows it as it is.

    White space is folded to single spaces first: a source's line breaks are not markup either.
    """
    line = _MARKUP.sub(lambda match: "\\" + match.group(), " ".join(text.split()))
    if _LEADING.match(line):
        return "\\" + line
    number = _LEADING_NUMBER.match(line)
    return f"{number.group()}\\{line[number.end() :]}" if number else line


_ADDRESS: Final = r"\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?: \"[^\"]*\")?\)"
_INLINE: Final = re.compile(
    r"(?P<math>\$(?=\S)[^$]+(?<=\S)\$(?!\d))"
    r"|(?<!`)`{1,3}(?P<code>[^`]+)`{1,3}"
    rf"|(?P<image>!\[[^\[\]]*\]{_ADDRESS})"
    rf"|\[(?P<link>[^\[\]]*)\]{_ADDRESS}"
    r"|(?<![*\\])(?P<stars>\*{2,3})(?=[^\s*])(?P<strong>[^*]*[^\s*])(?P=stars)(?!\*)"
    r"|(?<![\w*\\])\*(?=[^\s*])(?P<em>[^*]*[^\s*])\*(?![\w*])"
    r"|(?<![\w\\])(?P<lines>_{1,3})(?=[^\s_])(?P<under>[^_]*[^\s_])(?P=lines)(?!\w)"
    r"|~~(?P<gone>[^~]+)~~"
    r"|(?P<embed>!\[\[[^\[\]\n]{1,200}\]\])"
    r"|\[\[(?P<wiki>[^\[\]\n]{1,200})\]\]"
    r"|(?P<tag></?(?:a|b|br|code|em|i|kbd|mark|p|small|span|strong|sub|sup|u)\b[^<>]*>)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[\da-f]{1,6}|[a-z]{2,31}\d{0,2});)"
    r"|\\(?P<escaped>[*_`\#>\[\]&.~-])",
    re.IGNORECASE,
)
_MARKED: Final = re.compile(r"[*_`\\&<\[~#]")
_NESTING: Final = 4  # emphasis within emphasis within a link
_CLOCK: Final = r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?"
CITATION: Final = rf"\[(?P<at>{_CLOCK})(?:\s?[-–—]\s?{_CLOCK})?\](?!\()"
"""A time in brackets that says where in a recording something was said."""
_CITED: Final = CITATION.replace("?P<at>", "?:")
TAG: Final = r"(?<!\S)#[^\W\d_][\w/-]*(?![\w/#'’])"
"""A keyword with which a notebook files a note; `C#`, `#1` and `# A heading` are none."""
_ASIDE: Final = re.compile(
    r"(?P<kept>\$(?=\S)[^$]+(?<=\S)\$(?!\d)|`{1,3}[^`]+`{1,3})"
    rf"|(?<![ \t])[ \t]*(?P<cited>{_CITED}(?:[ \t]*[,;]?[ \t]*{_CITED})*)"
    rf"|(?<![ \t])[ \t]*(?P<tag>{TAG})",
)
_POINTED_AT: Final = frozenset(_split("at from to until till by around see timestamp"))
_COLOUR: Final = re.compile(r"#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})", re.IGNORECASE)
_DIRECTIVE: Final = re.compile(r"#(?:define|elif|else|endif|error|if|ifdef|ifndef|include|pragma)")
_CALLED: Final = frozenset(_split("hashtag hashtags tag tags tagged channel called named trending"))
_VERBS: Final = frozenset(
    _split("is was are were has had have can could will would did does do may might must should")
)


def unmarked(text: str) -> str:
    """Take inline Markdown out of a source's words: emphasis, code, links, entities, tags.

    So are a notebook's `#keywords` and the times in brackets with which a sentence is cited.
    Formulas stay as they are, and white space is folded wherever something was taken out.
    """
    if not _MARKED.search(text):
        return text
    plain = _ASIDE.sub(_beside, text)
    for _ in range(_NESTING):
        before, plain = plain, _INLINE.sub(_bare, plain)
        if plain == before:
            break
    if plain == text:
        return text
    return "\n\n".join(" ".join(part.split()) for part in plain.split("\n\n"))


def _beside(match: re.Match[str]) -> str:
    """Give what stays of words that stand beside a sentence: nothing, if they are none of it."""
    before = next(iter(match.string[max(0, match.start() - 80) : match.start()].split()[-1:]), "")
    pointed = match["cited"] and before.casefold().strip("*_(\"'“‘") in _POINTED_AT
    said = match["kept"] or pointed or (match["tag"] and _is_said(match, before))
    return match[0] if said else ""


def _is_said(match: re.Match[str], before: str) -> bool:
    """Claim that a word behind `#` is part of its sentence, as `the #MeToo movement` has one."""
    tag, rest = match["tag"], match.string[match.end() :].lstrip(" \t")
    if _COLOUR.fullmatch(tag) or _DIRECTIVE.fullmatch(tag):
        return True
    if before.casefold() in FUNCTION_WORDS | _CALLED:
        return True
    # What ends a clause or stands before another tag files the note; so does one behind a name.
    if not rest[:1].islower():
        return False
    if not before or before.endswith((".", "!", "?", ":")) or any(map(str.isupper, tag[2:])):
        return True
    named = before[0].isupper() or before[0].isdigit() or before.endswith((")", "]", "*"))
    return not (named or rest.split(None, 1)[0] in _VERBS)


def _bare(match: re.Match[str]) -> str:
    if match["math"]:
        return match["math"]
    if match["image"] or match["embed"]:
        return ""
    if match["wiki"]:
        # `[[path/Page|words]]` shows the words, `[[path/Page#Part]]` the page's own name.
        return match["wiki"].rpartition("|")[2].split("#")[0].rpartition("/")[2] or match["wiki"]
    if match["tag"]:
        return " " if match["tag"][1:].lstrip("/").casefold().startswith(("br", "p")) else ""
    if match["entity"]:
        return html.unescape(match["entity"])
    if match["strong"] and match["strong"].endswith(":"):
        return match["strong"] + " " * match.string[match.end() :][:1].isalnum()
    inner = ("code", "link", "strong", "em", "under", "gone", "escaped")
    return next((match[name] for name in inner if match[name] is not None), "")
