# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false
# pypdfium2 has types for some of its names only.

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inspect_pdf import inspect

from quizgen.errors import QuizgenError
from quizgen.exports import Flip, Options, Paper, Size, cardstock, flashcard_split, flashcards
from quizgen.exports.cardstock import Place, Stock
from quizgen.exports.flashcard_view import Side
from quizgen.model import Basic, Card, Choice, Cloze, Content, Deck, Evidence

TOLD = Evidence("Glaciers carve deep troughs.", "seeds/ice.md", (3, 4), "Ida Holm", 61)
KINDS: tuple[Content, ...] = (
    Choice("What carved the fjords?", ("Glaciers", "Rivers", "Wind", "Waves"), (0,)),
    Choice("Which are moraines?", ("Lateral", "Medial", "Volcanic", "Tidal"), (0, 1)),
    Choice("Ice flows under its own weight.", ("True", "False"), (0,)),
    Cloze("A hollow at the head of a glacier is a {{cirque}}, a sharp ridge an {{arête}}."),
    Basic("Why is glacier ice *blue*?", "It soaks up red light."),
    Basic("How much of an iceberg shows?", r"$$1 - \frac{\rho_i}{\rho_w} \approx 0.11$$"),
    Basic(
        "What does `layers(3)` return?", "```\ndef layers(n):\n    return n * 2\n```\n\nIt is `6`."
    ),
)
STORY = " ".join(f"In winter {n} the ice moved down to mark {n}." for n in range(40))
MM = 72 / 25.4
SAFE = 4.5  # mm that stay empty at the edge of every card


def deck(*contents: Content, title: str = "Ice and rock") -> Deck:
    cards = tuple(
        Card(f"c{at:03}", content, (TOLD,), "kept", section="Glaciers")
        for at, content in enumerate(contents)
    )
    return Deck("k1", title, (), cards)


def printed(asked: Deck, **options: object) -> bytes:
    (data,) = flashcards.export((asked,), Options(**options)).values()  # type: ignore[arg-type]
    return data


def shown(data: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    return " ".join(re.sub("[\u200b\u2060]", "", " ".join(pages)).split())


def turned(place: Place, stock: Stock, flip: Flip) -> Place:
    """Say where a point of one side lies, seen from the other, once the sheet is turned over."""
    wide, high = stock.page
    about_upright = (flip == "long") == (high >= wide)
    return (wide - place[0], place[1]) if about_upright else (place[0], high - place[1])


def middle(corner: Place, stock: Stock) -> Place:
    return corner[0] + stock.card[0] / 2, corner[1] + stock.card[1] / 2


@pytest.mark.parametrize("size", get_args(Size))
@pytest.mark.parametrize("paper", get_args(Paper))
@pytest.mark.parametrize("flip", get_args(Flip))
def test_a_back_lies_behind_its_front(size: Size, paper: Paper, flip: Flip) -> None:
    for single in (False, True):
        stock = cardstock.stock(size, paper, single=single)

        for front, back in zip(stock.fronts(), stock.backs(flip), strict=True):
            assert middle(back, stock) == pytest.approx(
                turned(middle(front, stock), stock, flip), abs=0.01
            )


@pytest.mark.parametrize(
    ("size", "paper", "single", "page", "count"),
    [
        ("a7", "a4", False, (210, 297), 8),
        ("a7", "letter", False, (215.9, 279.4), 6),
        ("business", "a4", False, (210, 297), 10),
        ("business", "letter", False, (215.9, 279.4), 10),
        ("index", "a4", False, (297, 210), 4),
        ("index", "letter", False, (279.4, 215.9), 4),
        ("index", "letter", True, (127, 76.2), 1),
    ],
)
def test_a_page_holds_as_many_cards_as_it_can(
    size: Size, paper: Paper, *, single: bool, page: Place, count: int
) -> None:
    stock = cardstock.stock(size, paper, single=single)

    assert stock.page == page
    assert stock.count == count
    assert all(0 <= x <= page[0] and 0 <= y <= page[1] for x, y in stock.fronts())


def boxes(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield every letter on a page: left, top, right, bottom in mm from the page's corner."""
    text, high = page.get_textpage(), page.get_height()
    letters = text.get_text_range()
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        letter = letters[index] if index < len(letters) else ""
        if letter.strip() and right > left:
            yield letter, left / MM, (high - top) / MM, right / MM, (high - bottom) / MM


def cells(page: pypdfium2.PdfPage, places: tuple[Place, ...], stock: Stock) -> dict[int, str]:
    """Gather the letters of each card on a page, none of which may stand near an edge."""
    found: dict[int, str] = {}
    for letter, left, top, right, bottom in boxes(page):
        within = [
            at
            for at, (x, y) in enumerate(places)
            if x + SAFE <= left
            and right <= x + stock.card[0] - SAFE
            and y + SAFE <= top
            and bottom <= y + stock.card[1] - SAFE
        ]
        assert len(within) == 1, f"{letter!r} at {left, top, right, bottom} is on no card"
        found[within[0]] = found.get(within[0], "") + letter
    return found


@pytest.mark.parametrize("flip", get_args(Flip))
@pytest.mark.parametrize(("size", "paper"), [("a7", "a4"), ("business", "letter"), ("index", "a4")])
def test_front_and_back_of_a_card_meet_on_paper(size: Size, paper: Paper, flip: Flip) -> None:
    asked = deck(*KINDS, *KINDS, Basic("Tell the story.", STORY))
    stock = cardstock.stock(size, paper)

    pages = pypdfium2.PdfDocument(printed(asked, size=size, paper=paper, flip=flip))

    assert len(pages) % 2 == 0
    seen: list[str] = []
    for at in range(0, len(pages), 2):
        assert (pages[at].get_width(), pages[at].get_height()) == pytest.approx(
            (stock.page[0] * MM, stock.page[1] * MM), abs=0.1
        )
        fronts = cells(pages[at], stock.fronts(), stock)
        backs = cells(pages[at + 1], stock.backs(flip), stock)
        assert fronts.keys() == backs.keys()
        for cell, front in fronts.items():
            (name,) = re.findall(r"c\d{3}", front)
            assert name in backs[cell]
            seen.append(name)
    assert list(dict.fromkeys(seen)) == [card.id for card in asked.cards]


def test_a_card_shows_its_evidence_and_where_it_stands() -> None:
    pages = pypdfium2.PdfDocument(printed(deck(KINDS[4])))

    front, back = (page.get_textpage().get_text_bounded() for page in pages)

    for told in ("soaks up red", TOLD.text, "Ida Holm", "1:01", "ice.md:3-4", "c000"):
        assert told.replace("-", "") in re.sub("[\u200b-]", "", back)
    assert "soaks up" not in front
    assert "Ida Holm" not in front


def test_a_long_answer_takes_several_cards_and_loses_no_word() -> None:
    asked = deck(Basic("Tell the story.", f"{STORY}\n\n1. First\n2. Second"), KINDS[4])

    words = shown(printed(asked, size="business"))

    for n in range(40):
        assert words.count(f"In winter {n} the ice moved down to mark {n}.") == 1
    assert "1. First" in words
    assert "2. Second" in words
    assert "c000 · 2/" in words
    assert words.count(TOLD.text) == 2


def test_long_evidence_goes_on_without_losing_a_word() -> None:
    long = replace(deck(KINDS[4]).cards[0], evidence=(replace(TOLD, text=STORY),))

    words = shown(printed(Deck("k1", "Ice", (), (long,)), size="business"))

    assert all(f"down to mark {n}." in words for n in range(40))


@pytest.mark.parametrize(
    "answer",
    [STORY * 12, "$$" + "+".join(f"a_{{{n}}}" for n in range(90)) + "$$"],
    ids=["a book", "a long formula"],
)
def test_a_card_that_fits_on_no_cardboard_is_refused_by_name(answer: str) -> None:
    with pytest.raises(QuizgenError, match=r"card c001: its back does not fit on a business card"):
        printed(deck(KINDS[4], Basic("What?", answer)), size="business")


def test_drafts_are_marked_on_both_sides() -> None:
    asked = deck(*KINDS[:2])
    one = replace(asked.cards[0], state="draft")

    words = shown(printed(replace(asked, cards=(one, asked.cards[1])), drafts=True))

    assert words.count("Draft: not reviewed") == 2


def test_flashcards_are_tagged_and_have_their_fonts(tmp_path: Path) -> None:
    path = tmp_path / "cards.pdf"
    path.write_bytes(printed(deck(*KINDS)))

    found = inspect(path)

    assert found.tagged
    assert found.title == "Ice and rock"
    assert found.loose_fonts == ()


def test_the_same_deck_prints_to_the_same_flashcards() -> None:
    assert printed(deck(*KINDS)) == printed(deck(*KINDS))


def test_a_filled_cloze_shows_formula_and_words() -> None:
    words = shown(
        printed(deck(Cloze("In $E = mc^{{{2}}}$ the letter is {{c2::mass::not weight}}.")))
    )

    front, back = words.split("Answer")
    assert "not weight" in front
    assert "mass" not in front
    assert "mass" in back
    assert "{{" not in words


@pytest.mark.parametrize(
    "payload",
    [
        '#read("/etc/passwd")',
        "<script>alert(1)</script>",
        r"\input{/etc/passwd}",
        "#panic() $ * _ ] [ // /*",
        r"\{{7*7}}",
    ],
)
def test_what_looks_like_markup_is_printed_as_it_is(payload: str) -> None:
    hostile = payload.replace("*", r"\*").replace("_", r"\_").replace("[", r"\[")
    card = Card("c1", Basic(f"Ice {hostile}", hostile), (replace(TOLD, text=payload),), "kept")

    words = shown(printed(Deck("k1", payload, (), (replace(card, section=payload),))))

    assert words.count(payload.removeprefix("\\{{7") if "{{" in payload else payload) >= 3


def test_a_character_without_a_font_is_named_with_its_card() -> None:
    with pytest.raises(QuizgenError, match="card c000: no font here has"):
        printed(deck(Basic("What is 冰?", "Ice.")))


def test_a_font_that_a_person_names_brings_its_characters() -> None:
    noto = Path("/usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf")
    if not noto.is_file():
        pytest.skip("a Noto font is not installed")

    words = shown(printed(deck(Basic("What is קרח?", "Ice.")), fonts=(noto,)))

    assert "What is" in words


def test_a_mistake_in_a_template_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "print").mkdir()
    (tmp_path / "print" / "flashcards.typ").write_text("#let a = 1\n#nothing()\n")

    with pytest.raises(QuizgenError, match=r"flashcards\.typ:2: unknown variable: nothing"):
        printed(deck(KINDS[4]), templates=tmp_path)


def test_a_right_to_left_deck_runs_from_the_right() -> None:
    asked = replace(deck(KINDS[4]), language="ar")

    pages = pypdfium2.PdfDocument(printed(asked))

    head = [box for box in boxes(pages[0]) if box[2] < 12]
    assert "".join(box[0] for box in head) == "Glaciers"
    assert min(box[1] for box in head) > 105 / 2  # at the right end of its card


# --- parting -----------------------------------------------------------------

TEXT = st.lists(
    st.sampled_from(["Ice melts.", "Why?", "“So it is.” ", "没有。", "a b c"]), min_size=1
).map(" ".join)
PARAGRAPH = TEXT.map(lambda text: {"block": "paragraph", "runs": [{"text": text}]})


@st.composite
def sides(draw: st.DrawFn) -> Side:
    main = draw(st.lists(PARAGRAPH, max_size=3))
    items = [[item] for item in draw(st.lists(PARAGRAPH, min_size=1, max_size=4))]
    numbered = {"block": "list", "ordered": True, "start": 3, "items": items}
    code = {"block": "code", "text": "one\ntwo\nthree"}
    words = draw(TEXT | st.just(""))
    return {"main": [*main, numbered, code], "options": [], "why": [], "words": words}


def said(*sides: Side) -> str:
    """Return the letters of what stands in the middle, then those of the evidence."""
    texts = [text for side in sides for text in re.findall(r"'text': '([^']*)'", repr(side))]
    texts += [side["words"] for side in sides]
    return re.sub(r"\\n|\s", "", "".join(texts))


@given(sides())
@settings(max_examples=60, deadline=None)
def test_parting_a_side_keeps_every_letter_in_order(side: Side) -> None:
    both = flashcard_split.halves(side)

    assert both is not None
    assert all(half["main"] or half["words"] for half in both)
    assert said(*both) == said(side)
