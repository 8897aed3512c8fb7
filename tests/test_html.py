from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from quizgen.errors import QuizgenError
from quizgen.exports import Options, table
from quizgen.model import Basic, Card, Choice, Cloze, Content, Deck, Evidence

TOLD = Evidence("Iron is smelted with coke.", "seeds/iron.md", (3, 3), "Ben Okoro", 61)
PAYLOADS = (
    '#read("/etc/passwd")',
    "<script>alert(1)</script>",
    "\\input{/etc/passwd}",
    "{{7*7}}",
    "</style><b>",
)


def deck(*contents: Content, title: str = "Iron and steel") -> Deck:
    cards = tuple(
        Card(f"c{at}", content, (TOLD,), "kept", why="Coke burns hotter.")
        for at, content in enumerate(contents)
    )
    return Deck("k1", title, (), cards)


def pages(asked: Deck, **options: object) -> tuple[str, str]:
    made = table.named("html").export((asked,), Options(**options))  # type: ignore[arg-type]
    assert list(made) == [".html", ".key.html"]
    return made[".html"].decode(), made[".key.html"].decode()


class Reader(HTMLParser):
    """Collects what a browser would show, and the elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shown = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.shown += data


ALL = (
    Choice("Which fuel smelts iron?", ("Coke", "Peat", "Straw", "Dung"), (0,)),
    Choice("Which are alloys?", ("Steel", "Brass", "Copper"), (0, 1)),
    Choice("Steel holds carbon.", ("True", "False"), (0,)),
    Cloze("Bessemer blew {{c1::air::a gas}} through the **{{iron}}**, not {{steam}}."),
    Basic("Why $\\frac{1}{2}$?", "Half is lost."),
)


def test_pages_have_no_script_no_handler_and_nothing_from_the_network() -> None:
    for page in pages(deck(*ALL, Basic("[a](https://example.org/x)", "b"))):
        for tag, attributes in Reader(page).elements:
            assert tag not in ("script", "link", "img", "iframe", "object", "form", "base")
            assert not any(name.startswith("on") or name == "src" for name in attributes)
        assert not re.search(r"url\(|@import", page)
        assert "default-src 'none'" in page


def test_the_students_page_holds_no_answer_anywhere() -> None:
    student, key = pages(deck(*ALL))

    for secret in ("steam", "Half is lost", "Coke burns", TOLD.text, "Ben Okoro", "iron.md"):
        assert secret not in student
        assert secret in key


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_print_literally(payload: str) -> None:
    asked = deck(
        Basic(payload, payload), Choice(payload, (payload, "b"), (0,)), title=f"About {payload}"
    )

    for page in pages(asked, course=payload):
        assert payload in Reader(page).shown
        assert not any(tag in ("script", "b") and not a for tag, a in Reader(page).elements[:10])
        assert page.count("</style>") == 1


def test_control_characters_and_lone_surrogates_are_cleaned() -> None:
    for page in pages(deck(Basic("a\x00b \ud800c\x1b", "d\x07"), title="T\ud800\x00")):
        assert not re.search("[\x00-\x09\x0b-\x1f]", page)


def test_links_are_http_or_https_only() -> None:
    asked = deck(Basic("[a](javascript:alert(1)) [b](https://example.org/b)", "c"))
    bad = replace(asked.cards[0], evidence=(replace(TOLD, link="data:text/html,x"),))

    for page in pages(replace(asked, cards=(bad,))):
        links = [a["href"] for tag, a in Reader(page).elements if tag == "a"]
        assert all(str(link).startswith("https://") for link in links)


def test_a_blank_is_tied_to_the_word_before_it_spoken_and_followed_by_its_hint() -> None:
    student, _ = pages(deck(ALL[3]))

    gap = '<span class="gap" role="img" aria-label="blank">&nbsp;</span>'
    assert f"Bessemer blew&nbsp;{gap} (a gas) through the <strong>{gap}</strong>, not" in student
    assert f"not&nbsp;{gap}." in student


def test_drafts_are_marked_in_the_head_and_the_instructions() -> None:
    asked = deck(*ALL)
    mixed = replace(asked, cards=(replace(asked.cards[0], state="draft"), *asked.cards[1:]))

    student, key = pages(mixed)

    assert student.count("Draft: not reviewed") == 2
    assert "Draft\\3a " in student  # in the head of the printed pages
    assert "1 question of 5 has not been checked" in student
    assert "Draft: not reviewed" in key
    assert "Draft" not in pages(asked)[0]


def test_every_question_is_a_heading_and_paper_never_splits_one() -> None:
    student, _ = pages(deck(*ALL), paper="letter")

    assert re.findall(r"<h3[^>]*>(\d+)\.</h3>", student) == ["1", "2", "3", "4", "5"]
    assert re.search(r"\.question, [^}]*break-inside: avoid", student)
    assert "size: letter;" in student


def test_the_same_deck_makes_the_same_bytes() -> None:
    assert pages(deck(*ALL)) == pages(deck(*ALL))


def test_a_deck_without_cards_names_the_remedy() -> None:
    with pytest.raises(QuizgenError, match="quizgen review"):
        pages(deck())


def test_one_template_can_be_overridden(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "quiz.html").write_text("{{ title }}: mine", encoding="utf-8")

    student, key = pages(deck(*ALL), templates=tmp_path)

    assert student == "Iron and steel: mine"
    assert "ANSWER KEY" in key
