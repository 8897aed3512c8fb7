from __future__ import annotations

import pytest
from hypothesis import given
from strategies import CLOZES, TEXT

from quizgen import markup
from quizgen.anki import fieldtext

TEXTS = (
    "ATP, by **oxidation**: $2^{n}$",
    "*one* and `two` and ``a`b``",
    "List<int> x < y & z &amp; AT&T snake_case 2 * 3 * 4 [x] \\\\(no\\\\)",
    "- a\n- b\n  - c\n- d",
    "1. first\n2. second",
    "A line.\\\nAnother.\n\nA paragraph.",
    "```python\ndef f(x):\n    return '{{c1::x}}'  # <b>\n```",
    "| a | b |\n| --- | --- |\n| 1 | x \\| y |",
    "> quoted\n> more",
    "[a link](https://example.org/x?a=1&b=2)",
    "$$\\frac{x^{2^{n}}}{y}$$",
    "{漢字|かんじ}を読む",
    "שלום עולם: מה זה? 👩‍🔬",
    "from $5 to $10",
)


@pytest.mark.parametrize("text", TEXTS)
def test_what_an_export_writes_is_read_back_as_it_was(text: str) -> None:
    html = markup.to_anki(text)
    found = fieldtext.read(html)
    assert found.faithful
    assert not found.lost
    assert markup.to_anki(found.text) == html


@pytest.mark.parametrize(
    "text",
    [
        "The {{mitochondrion}} makes {{ATP}}.",
        "The {{c2::b}} and {{c1::a::a hint}}.",
        "{{std::vector}} in `a {{b}} c`",
        "$x^{{2^{n}}}$ is **{{bold}}** and \\{{literal}}",
        "{{two *words*}}, {{c1::shared}} {{c1::number}}",
    ],
)
def test_a_cloze_is_read_back_with_its_blanks(text: str) -> None:
    html = markup.cloze_to_anki(text)
    found = fieldtext.read_cloze(html)
    assert markup.cloze_to_anki(found.text) == html
    assert found.faithful


def test_blanks_are_numbered_only_where_their_order_does_not_say_it() -> None:
    assert fieldtext.read_cloze("{{c1::a}} {{c2::b}}").text == "{{a}} {{b}}"
    assert fieldtext.read_cloze("{{c2::a}} {{c2::b::h}}").text == "{{c2::a}} {{c2::b::h}}"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>bold</b>&nbsp;and <i>slanted </i>word", "**bold** and *slanted* word"),
        ("one<div>two</div><div>three</div>", "one\\\ntwo\\\nthree"),
        ("one<br><br>two", "one\n\ntwo"),
        ("<div>only</div>", "only"),
        ("1 &lt; 2 &amp;&amp; 3 > 2", "1 < 2 && 3 > 2"),
        ("# no heading", "\\# no heading"),
        ("<ul><li>a</li><li>b<br></li></ul>", "- a\n- b"),
        (r"is \(x^2\) or \[y\]", "is $x^2$ or $$y$$"),
        ("", ""),
    ],
)
def test_what_a_person_types_in_anki_is_plain_card_text(html: str, text: str) -> None:
    found = fieldtext.read(html)
    assert found.text == text
    assert found.faithful


@pytest.mark.parametrize(
    ("html", "lost", "faithful"),
    [
        ('<span style="color:red">red</span>', "colours", True),
        ("<u>under</u>lined", "colours", True),
        ('see <img src="paste-1.png">', "a picture", False),
        ("x<sup>2</sup>", "<sup>", False),
    ],
)
def test_what_card_text_cannot_say_is_named(html: str, lost: str, *, faithful: bool) -> None:
    found = fieldtext.read(html)
    assert lost in " ".join(found.lost)
    assert found.faithful is faithful


def test_pictures_and_sounds_find_their_files() -> None:
    media = {"aa.png": "figures/a cell.png", "bb.mp3": "s.mp3"}
    html = '<img src="aa.png" alt="a cell"> [sound:bb.mp3]'
    found = fieldtext.read(html, media)
    assert found.text == "![a cell](figures/a%20cell.png) ![](s.mp3)"
    assert found.faithful


def test_a_blank_in_a_blank_is_left_to_the_person() -> None:
    assert not fieldtext.read_cloze("{{c1::a {{c2::b}} c}}").faithful


@given(TEXT)
def test_any_card_text_is_read_back_to_the_same_field_or_said_not_to_be(text: str) -> None:
    html = markup.to_anki(text)
    found = fieldtext.read(html)
    if found.faithful:
        assert fieldtext.shows_the_same(markup.to_anki(found.text), html)


@given(CLOZES)
def test_any_cloze_is_read_back_to_the_same_field_or_said_not_to_be(text: str) -> None:
    html = markup.cloze_to_anki(text)
    found = fieldtext.read_cloze(html)
    if found.faithful:
        assert fieldtext.shows_the_same(markup.cloze_to_anki(found.text), html)
