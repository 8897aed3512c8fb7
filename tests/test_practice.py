from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from browser import Page, opened
from hypothesis import given, settings
from quiz_sample import PICKS, SHORT, TERMS, card, sheet
from strategies import decks

from quizgen.exports import Options, practice, practice_words
from quizgen.model import Basic, Choice, Cloze, Deck, Evidence
from quizgen.quiz import Pick, Sheet, compose, labels, whole


def written(asked: Sheet) -> str:
    (data,) = practice.print_sheets((asked,), Options()).values()
    return data.decode()


def test_the_page_asks_nothing_of_anyone_and_runs_only_its_own_script() -> None:
    page = written(sheet())

    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert not re.search(
        r"<(?:link|img|iframe|object|embed|audio|video)\b|\bsrc=|@import|url\(", page
    )


def test_it_says_that_the_answers_are_in_it() -> None:
    assert "The answers are inside this file" in written(sheet())


def test_every_answer_is_folded_away_with_its_evidence() -> None:
    page = written(sheet())

    for told in re.findall(r"<details class=\"answer\">(.*?)</details>", page, re.DOTALL):
        assert "<figure" in told
        assert "Ida Holm" in told or "Per Aune" in told
    assert page.count("<details") == len(PICKS)
    assert "<details open" not in page


def test_drafts_are_marked() -> None:
    page = written(sheet(Pick("short", (replace(SHORT, state="draft"),))))

    assert page.count("Draft: not reviewed") == 2


def test_every_language_has_every_word() -> None:
    assert practice_words.LANGUAGES.keys() == labels.LANGUAGES.keys()
    for words in practice_words.LANGUAGES.values():
        assert words.keys() == practice_words.ENGLISH.keys()
        for name, text in words.items():
            holes = sorted(re.findall(r"\{\w+\}", text))
            assert holes == sorted(re.findall(r"\{\w+\}", practice_words.ENGLISH[name])), name


@pytest.mark.parametrize(
    ("language", "direction", "word"),
    [
        ("de", "ltr", "Prüfen"),
        ("zh-CN", "ltr", "核对"),
        ("ar", "rtl", 'lang="en" dir="auto">Check'),
    ],
)
def test_the_page_speaks_the_language_of_its_deck(language: str, direction: str, word: str) -> None:
    page = written(sheet(language=language))

    assert f'<html lang="{language}" dir="{direction}">' in page
    assert word in page


def test_a_blank_in_a_formula_is_filled_in_below_it() -> None:
    asked = card("fo09", Cloze("In $E = mc^{{{2}}}$ the letter $m$ is {{c2::mass::not weight}}."))

    page = written(sheet(Pick("blank", (asked,))))

    fields = re.findall(r'class="part" size="16" data-right="([^"]*)"', page)
    assert sorted(fields) == ["mass", "{2}"]
    assert "Blank 1 of 2: <input" in page
    assert "(not weight)" in page


@given(decks(smallest=1))
@settings(max_examples=20, deadline=None)
def test_any_deck_makes_a_page_with_a_form_for_each_question(deck: Deck) -> None:
    page = written(compose(whole(deck)))

    assert page.count("<form ") == page.count("</form>") == len(deck.cards)
    assert page.count("<script") == 1


# --- in a browser ------------------------------------------------------------


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with opened(tmp_path_factory.mktemp("profile")) as chromium:
        page = chromium.page()
        page.size(900, 900)
        yield page


def loaded(browser: Page, asked: Sheet, folder: Path) -> Page:
    path = folder / "quiz.practice.html"
    path.write_text(written(asked), encoding="utf-8")
    browser.forget()
    browser.open(path.as_uri())
    assert browser.asked() == [path.as_uri()]
    return browser


def state(page: Page, number: int = 0) -> object:
    return page.run(f"document.forms[{number}].dataset.state ?? ''")


def says(page: Page, number: int = 0) -> object:
    return page.run(f"document.forms[{number}].querySelector('.says').textContent")


def is_shown(page: Page, selector: str) -> object:
    return page.run(f"document.querySelector({selector!r}).checkVisibility()")


ANSWER_ALL = """
for (const form of document.forms) {
  const right = form.dataset.right.split(" ");
  for (const input of form.querySelectorAll(".choices input"))
    input.checked = right.includes(input.value);
  for (const part of form.querySelectorAll(".part"))
    part.value = part.dataset.right.split("\\n")[0];
  form.requestSubmit();
  form.querySelector(".judge:not([hidden]) .yes")?.click();
}
"""


@pytest.mark.real("chromium")
def test_every_kind_can_be_answered_and_checked(browser: Page, tmp_path: Path) -> None:
    page = loaded(browser, sheet(), tmp_path)
    assert not is_shown(page, "details.answer")

    page.run(ANSWER_ALL)

    assert [state(page, at) for at in range(len(PICKS))] == ["right"] * len(PICKS)
    assert page.run("document.querySelector('.done').textContent") == "All done: 17 of 17 points."
    assert is_shown(page, "details.answer figure")
    assert is_shown(page, ".restart")
    assert not is_shown(page, ".missed")
    assert page.complaints() == []


@pytest.mark.real("chromium")
def test_a_keyboard_is_enough(browser: Page, tmp_path: Path) -> None:
    asked = sheet(PICKS[0], PICKS[3])
    page = loaded(browser, asked, tmp_path)
    right = asked.questions[0].options.index(next(o for o in asked.questions[0].options if o.right))

    page.press("Tab", *["ArrowDown"] * right, *[" "] * (not right), "Enter")
    assert state(page, 0) == "right"
    assert page.run("document.activeElement.className") == "result right"
    page.press("Tab", "Tab")  # past "Try again"
    assert page.run("document.activeElement.className") == "part"
    page.type("cirque")
    page.press("Enter")

    assert state(page, 1) == "right"


@pytest.mark.real("chromium")
@pytest.mark.parametrize(
    ("given_", "verdict", "told"),
    [
        ("Cirque", "right", "Right."),
        ("  the CIRQUE. ", "right", "Right."),
        ("cirqe", "right", "Right, but mind the spelling."),
        ("moraine", "wrong", "Not quite."),
        (" ", "", "Choose or write something first."),
    ],
)
def test_a_typed_answer_is_judged_by_its_letters(
    browser: Page, tmp_path: Path, given_: str, verdict: str, told: str
) -> None:
    page = loaded(browser, sheet(PICKS[3]), tmp_path)

    page.press("Tab")
    page.type(given_)
    page.press("Enter")

    assert state(page) == verdict
    assert says(page) == told


@pytest.mark.real("chromium")
def test_another_number_is_another_answer(browser: Page, tmp_path: Path) -> None:
    asked = card("nu01", Cloze("The last ice age ended {{11,700 years}} ago."))
    page = loaded(browser, sheet(Pick("blank", (asked,))), tmp_path)

    page.press("Tab")
    page.type("11,800 years")
    page.press("Enter")
    assert state(page) == "wrong"

    page.run("document.querySelector('.mine').click()")
    assert state(page) == "right"
    page.run("document.querySelector('.again').click()")
    assert state(page) == ""
    assert not is_shown(page, "details.answer")
    page.type("11 700 years")
    page.press("Enter")
    assert state(page) == "right"


@pytest.mark.real("chromium")
def test_what_was_missed_comes_again(browser: Page, tmp_path: Path) -> None:
    page = loaded(browser, sheet(PICKS[2], PICKS[6]), tmp_path)

    page.run("document.querySelectorAll('button.show').forEach(button => button.click())")
    assert [state(page, 0), state(page, 1)] == ["wrong", "wrong"]
    page.run("document.querySelector('.missed').click()")

    assert [state(page, 0), state(page, 1)] == ["", ""]
    assert not is_shown(page, ".end")


@pytest.mark.real("chromium")
def test_pairs_are_counted_one_by_one(browser: Page, tmp_path: Path) -> None:
    page = loaded(browser, sheet(Pick("matching", TERMS[:3], pairs="term")), tmp_path)

    page.run(
        "{ const [first] = document.querySelectorAll('.part'); first.value = first.dataset.right; }"
        "document.forms[0].requestSubmit()"
    )

    assert says(page) == "1 of 3 are right."
    assert state(page) == "partly"
    assert "1 of 3 points" in str(page.run("document.querySelector('.done').textContent"))


@pytest.mark.real("chromium")
@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_a_phone_and_can_be_read_in_the_dark(
    browser: Page,
    tmp_path: Path,
    dark: bool,  # noqa: FBT001 - parametrised
) -> None:
    browser.size(360, 640, dark=dark)
    try:
        page = loaded(browser, sheet(), tmp_path)
        page.run(ANSWER_ALL)
        assert page.run("document.documentElement.scrollWidth") == 360
        small = "[...document.querySelectorAll('button')].filter(b => b.checkVisibility()"
        assert page.run(f"{small} && b.getBoundingClientRect().height < 44).length") == 0
        assert page.run(CONTRAST) == []
    finally:
        browser.size(900, 900)


# Words whose colour stands out too little from what is behind them (WCAG's 4.5 to 1).
CONTRAST = """
(() => {
  const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const element of document.querySelectorAll("body *")) {
    const says = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!says || !element.checkVisibility() || element.closest("[disabled], script")) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${element.className}: ${element.textContent} ${ratio}`);
  }
  return poor;
})()
"""


@pytest.mark.real("chromium")
def test_without_scripts_the_answers_open_one_by_one(browser: Page, tmp_path: Path) -> None:
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page = loaded(browser, sheet(PICKS[3]), tmp_path)
        assert is_shown(page, ".no-script")
        assert is_shown(page, "details.answer summary")
        assert not is_shown(page, "details.answer figure")
        assert not is_shown(page, "button")
        page.press("Tab", "Tab", "Enter")
        assert is_shown(page, "details.answer figure")
    finally:
        browser.send("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.real("chromium")
def test_everything_to_fill_in_has_a_name(browser: Page, tmp_path: Path) -> None:
    page = loaded(browser, sheet(), tmp_path)

    tree = page.send("Accessibility.getFullAXTree")["nodes"]

    fillable = ("radio", "checkbox", "textbox", "combobox", "button")
    found = [node for node in tree if node.get("role", {}).get("value") in fillable]
    assert len(found) > 30
    assert [node for node in found if not node["name"]["value"].strip()] == []


@pytest.mark.real("chromium")
@pytest.mark.parametrize(
    "payload",
    [
        "<script>document.title='run'</script>",
        "<img src=x onerror=\"document.title='run'\">",
        '"><svg onload="document.title=\'run\'">',
        "'-(document.title='run')-'",
        r"\{{7\*7}}{% raise %}",
        "</script><script>document.title='run'</script>",
        "[x](javascript:document.title='run')",
    ],
)
def test_what_looks_like_a_page_stays_text(browser: Page, tmp_path: Path, payload: str) -> None:
    told = Evidence(payload, "ice.md", (1, 1), payload, 3, "javascript:alert(1)")
    asked = (
        Pick("short", (card("p1", Basic(payload, payload), told, why=payload),)),
        Pick("blank", (card("p2", Cloze(f"Ice {{{{c1::{payload}::{payload}}}}} melts."), told),)),
        Pick("choice", (card("p3", Choice(payload, (payload, "No"), (0,)), told),)),
    )
    page = loaded(browser, sheet(*asked, title=payload), tmp_path)

    page.run(ANSWER_ALL)

    assert page.run("document.title") == payload
    assert page.run("document.querySelectorAll('script').length") == 1
    assert page.run("document.querySelectorAll('img, svg, a[href^=javascript]').length") == 0
    assert page.complaints() == []
