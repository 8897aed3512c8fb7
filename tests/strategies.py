"""Nasty but legal cards, for properties."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from quizgen.cloze import is_cloze
from quizgen.model import Basic, Card, Choice, Cloze, Deck, Evidence, Stamp

# What people and pages hold, and what could be mistaken for a deck's own structure.
TRAPS = st.sampled_from(
    [
        "# heading",
        "## card",
        "\\## card",
        "##",
        "### deeper",
        "***",
        "\\\\***",
        "Why:",
        "Why: because",
        "- [ ] option",
        "- [x] right",
        "* [X] starred",
        "> quoted",
        "> — Dr Lin · 12:31 · x.md:3 · verbatim",
        "\\> — x",
        "<!-- ^k7q2 kept ready -->",
        "<!-- open",
        "-->",
        "```",
        "```python",
        "~~~~",
        "  ```",
        "{{blank}}",
        "\\{{literal}}",
        "{{",
        "}}",
        "x^{2^{n}}",
        "+++",
        "  indented",
        "    code",
        "a\x0cb\u2028c",
        "مرحبا",
        "漢字 · middle dot",
        "trailing  ",
        "",
        "",
    ]
)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n", exclude_categories=("Cs",)), max_size=20
)
LINES = st.lists(TRAPS | WORDS, min_size=1, max_size=5).map("\n".join)
TEXT = LINES.map(str.strip).filter(bool)
ONE_LINE = (TRAPS | WORDS).map(lambda text: " ".join(text.split())).filter(bool)
TOKEN = st.text("abcdefghijkmnpqrstuvwxyz0123456789_-", min_size=1, max_size=8)
IDS = st.text("23456789abcdefghjkmnpqrstvwxyz", min_size=4, max_size=6)

CLOZES = (
    st.tuples(TEXT, WORDS, TEXT)
    .map(lambda parts: f"{parts[0]} {{{{{parts[1]}}}}} {parts[2]}".strip())
    .filter(is_cloze)
)


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    options = draw(st.lists(TEXT, min_size=1, max_size=5))
    keys = draw(st.sets(st.integers(0, len(options) - 1), min_size=1))
    return Choice(draw(TEXT), tuple(options), tuple(sorted(keys)))


CONTENT = st.builds(Basic, TEXT, TEXT) | CLOZES.map(Cloze) | choices()
EVIDENCE = st.builds(
    Evidence,
    text=TEXT | st.just(""),
    document=st.just("") | ONE_LINE,
    speaker=st.just("") | ONE_LINE,
    seconds=st.none() | st.integers(0, 100_000),
    link=st.just("") | st.sampled_from(["https://example.org/v?t=751", "https://example.org/a·b"]),
    match=st.sampled_from(["verbatim", "near", "condensed", "page"]),
    note=st.just("") | ONE_LINE,
).flatmap(
    lambda found: (
        st.just(found)
        if not found.document
        else st.tuples(st.integers(0, 99), st.integers(0, 99)).map(
            lambda span: _with_lines(found, span)
        )
    )
)


def _with_lines(evidence: Evidence, span: tuple[int, int]) -> Evidence:
    first, more = span
    return replace(evidence, lines=(first, first + more) if first else (0, 0))


@st.composite
def cards(draw: st.DrawFn, *, section: str = "") -> Card:
    extra = draw(st.lists(TOKEN.map(lambda word: f"{word}=1"), max_size=2))
    return Card(
        id=draw(IDS),
        content=draw(CONTENT),
        evidence=tuple(draw(st.lists(EVIDENCE, max_size=2))),
        state=draw(st.sampled_from(["draft", "kept", "dropped"])),
        tier=draw(st.sampled_from(["ready", "rough"])),
        why=draw(st.just("") | TEXT),
        section=section,
        tags=tuple(draw(st.lists(TOKEN, max_size=2))),
        stamp=Stamp(
            rule=draw(st.just("") | TOKEN),
            origin=draw(st.just("") | TOKEN),
            mod=draw(st.just("") | TOKEN),
            extra=tuple(f"x-{word}" for word in extra),
        ),
    )


@st.composite
def decks(draw: st.DrawFn, *, smallest: int = 0) -> Deck:
    sections = draw(st.lists(st.sampled_from(["", "Energy", "## odd", "a # b"]), unique=True))
    drawn = [draw(cards()) for _ in range(draw(st.integers(smallest, 4)))]
    named = {
        f"{card.id}{number}": replace(card, id=f"{card.id}{number}")
        for number, card in enumerate(drawn)
    }
    by_section: dict[str, list[Card]] = {"": []}
    for card in named.values():
        name = draw(st.sampled_from(sections)) if sections else ""
        by_section.setdefault(name, []).append(replace(card, section=name))
    return Deck(
        "k3v9qz",
        draw(ONE_LINE),
        tuple(draw(st.lists(ONE_LINE, max_size=2))),
        tuple(card for group in by_section.values() for card in group),
    )
