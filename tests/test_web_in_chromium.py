"""The page in a real browser: keys, focus, typed-ahead decisions, attacks, accessibility."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browser import Browser, Page, opened
from sample import CELLS, PAGE
from served import Site, served

from quizgen import store
from quizgen.ui.web import starting
from quizgen.ui.web.answers import Ask

pytestmark = pytest.mark.real("chromium")

FACTS = (
    "The Rhine rises in the Alps and reaches the North Sea near Rotterdam",
    "Copper conducts electricity because its outer electrons move freely",
    "The Treaty of Westphalia ended the Thirty Years War in 1648",
    "Penguins keep warm by huddling and taking turns at the edge",
)


def deck(count: int) -> str:
    """Write a deck with so many drafts."""
    parts = ['+++\nformat = 1\nid = "b1gdck"\ntitle = "Facts"\nsources = []\n+++\n']
    for number in range(count):
        fact = FACTS[number % len(FACTS)]
        parts.append(
            f"## Which fact has the number {number}?\n\n{fact} ({number})\n\n"
            f"> {fact} ({number}).\n> — Ada Larsen\n\n"
            f"<!-- ^c{number:03d} draft ready rule=definition from={number:x} -->\n"
        )
    return "\n".join(parts)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with opened(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "facts.md"
    path.write_text(deck(100), encoding="utf-8")
    return path


@pytest.fixture
def site(path: Path) -> Iterator[Site]:
    with served(path.parent) as site:
        yield site


@pytest.fixture
def page(browser: Browser, site: Site, path: Path) -> Page:
    page = browser.page()
    page.size(1200, 800)
    page.open(site.entrance)
    page.open(site.review(path))
    return page


def states(path: Path) -> list[str]:
    return [card.state for card in store.load(path).deck.cards]


def asked(page: Page) -> str:
    return page.run("document.getElementById('asked')?.textContent.trim() ?? ''")


def test_a_hundred_cards_are_settled_by_one_key_each(page: Page, path: Path):
    keys = 0
    for number in range(100):
        page.wait(f"document.getElementById('asked')?.textContent.includes('number {number}?')")
        page.press("kdkkd"[number % 5])
        keys += 1
        if number % 20 == 4:
            page.wait("document.querySelector('[data-key=\"1\"]') !== null")
            page.press("1")
            keys += 1
    page.wait("document.querySelector('h1').textContent.includes('Nothing left')")
    assert keys / 100 <= 1.1
    assert states(path).count("kept") == 60
    assert states(path).count("dropped") == 40
    log = store.log_path(path).read_text(encoding="utf-8")
    assert log.count('"why": "wrong"') == 5
    assert page.complaints() == []


def test_keys_typed_ahead_settle_each_its_own_card(page: Page, path: Path):
    for key in "kdkdkdkdkd":
        page.press(key)
    page.wait("document.getElementById('asked')?.textContent.includes('number 10?')")
    assert states(path)[:11] == ["kept", "dropped"] * 5 + ["draft"]


def test_a_held_key_settles_one_card(page: Page, path: Path):
    page.send("Input.dispatchKeyEvent", type="keyDown", key="k", text="k")
    for _ in range(5):
        page.send("Input.dispatchKeyEvent", type="keyDown", key="k", text="k", autoRepeat=True)
    page.send("Input.dispatchKeyEvent", type="keyUp", key="k")
    page.wait("document.getElementById('asked')?.textContent.includes('number 1?')")
    assert states(path).count("kept") == 1


def test_the_next_card_is_focused_and_what_was_done_is_announced(page: Page):
    page.press("k")
    page.wait("document.getElementById('asked')?.textContent.includes('number 1?')")
    assert page.run("document.activeElement.id") == "card"
    assert "Kept" in page.run("document.getElementById('live').textContent")
    assert page.run("document.title").startswith("Which fact has the number 1?")


def test_the_head_says_which_page_this_is(page: Page, site: Site):
    current = "document.querySelector('.top [aria-current]')?.textContent"
    assert page.run(current) == "Review"
    page.press("q")
    page.wait("location.pathname === '/done'")
    page.wait(f"({current}).startsWith('Summary')")
    page.run("history.back()")
    page.wait(f"({current}) === 'Review'")
    with page.loading():
        page.run("document.querySelector('.brand').click()")
    assert page.run("location.pathname") == "/"


def test_escape_leads_from_every_page_of_a_deck_back_to_the_card(page: Page):
    for key, path, presses in (("/", "/find", 2), ("q", "/done", 1), ("a", "/add", 1)):
        page.press(key)
        page.wait(f"location.pathname === '{path}'")
        for _ in range(presses):  # the first leaves the field
            page.press("Escape")
        page.wait("location.pathname === '/review'")


def test_undo_and_the_browsers_own_back_go_to_the_card(page: Page, path: Path):
    page.press("k")
    page.wait("document.getElementById('asked')?.textContent.includes('number 1?')")
    page.run("history.back()")
    page.wait("document.getElementById('asked')?.textContent.includes('number 0?')")
    assert states(path)[0] == "kept"
    page.press("u")
    page.wait("document.querySelector('.about .state').textContent === 'draft'")
    assert "number 0?" in asked(page)
    assert states(path)[0] == "draft"


def test_a_card_is_edited_and_kept_by_keys_with_its_problems_told_meanwhile(page: Page, path: Path):
    page.press("e")
    page.wait("document.activeElement.id === 'question'")
    page.run("document.activeElement.select()")
    page.type("Is the Rhine a river?")
    page.wait("document.getElementById('looked').textContent.includes('yes-no-question')")
    page.run("document.getElementById('question').select()")
    page.type("Where does the Rhine rise? kd")
    page.wait("!document.getElementById('looked').textContent.includes('yes-no-question')")
    page.send(
        "Input.dispatchKeyEvent", type="keyDown", key="Enter", modifiers=2, windowsVirtualKeyCode=13
    )
    page.wait("document.getElementById('card')?.textContent.includes('Rhine rise? kd')")
    assert states(path)[0] == "draft"
    page.press("k")
    page.wait("document.getElementById('asked')?.textContent.includes('number 1?')")
    assert states(path)[0] == "kept"


def test_nothing_is_asked_of_the_network_and_nothing_is_complained_of(
    page: Page, site: Site, path: Path
):
    key = site.room.key(path)
    for address in ("/", "/help", f"/find?deck={key}", f"/done?deck={key}", f"/add?deck={key}"):
        page.open(site.origin + address)
    page.open(site.review(path))
    page.press("P")
    page.wait("document.querySelector('iframe') !== null")
    page.press("P")
    page.wait("document.querySelector('iframe') === null")
    assert page.complaints() == []
    assert {url for url in page.asked() if not url.startswith(site.origin)} <= {"about:blank"}


def test_the_page_works_without_a_script(browser: Browser, site: Site, path: Path):
    page = browser.page()
    page.open(site.entrance)
    page.send("Emulation.setScriptExecutionDisabled", value=True)
    page.open(site.review(path))
    root = page.send("DOM.getDocument")["root"]["nodeId"]
    for number in range(3):
        button = page.send("DOM.querySelector", nodeId=root, selector="button.keep")["nodeId"]
        page.send("DOM.scrollIntoViewIfNeeded", nodeId=button)
        x1, y1, _, _, x2, y2, *_ = page.send("DOM.getBoxModel", nodeId=button)["model"]["content"]
        where = {"x": (x1 + x2) / 2, "y": (y1 + y2) / 2, "button": "left", "clickCount": 1}
        with page.loading():
            page.send("Input.dispatchMouseEvent", type="mousePressed", **where)
            page.send("Input.dispatchMouseEvent", type="mouseReleased", **where)
        assert states(path).count("kept") == number + 1
        root = page.send("DOM.getDocument")["root"]["nodeId"]


def test_a_phone_shows_nothing_beside_its_screen(page: Page, site: Site, path: Path):
    page.size(360, 740)
    key = site.room.key(path)
    wide = "document.documentElement.scrollWidth"
    edit = f"/edit?deck={key}&card=c000"
    for address in ("/", f"/review?deck={key}", edit, f"/find?deck={key}", f"/done?deck={key}"):
        page.open(site.origin + address)
        assert page.run(wide) <= 360, address
    page.open(site.review(path))
    bottom = page.run("document.querySelector('button.keep').getBoundingClientRect().bottom")
    assert 0 < bottom <= 740, "keeping is out of a thumb's reach"


# --- attacks -----------------------------------------------------------------


class _Evil(BaseHTTPRequestHandler):
    """A page of another site, which does what it can to the review."""

    def __init__(self, *given: object, body: str) -> None:
        self._body = body
        super().__init__(*given)  # pyright: ignore[reportArgumentType]

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self._body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Say nothing."""


@pytest.fixture
def evil(site: Site, path: Path) -> Iterator[str]:
    """Serve an attack from another port of this machine; its address is given."""
    desk = site.room.desk(site.room.key(path))
    card = desk.on_table()
    assert card
    form = {
        "token": site.keys.form,  # even one who had stolen the token
        "deck": site.room.key(path),
        "card": card.id,
        "seen": desk.seen(card),
        "do": "keep",
    }
    fields = "".join(f'<input name="{name}" value="{value}">' for name, value in form.items())
    body = f"""<!doctype html><title>evil</title>
    <form method="post" action="{site.origin}/act" target="hole">{fields}</form>
    <iframe name="hole"></iframe><iframe name="sand" sandbox="allow-forms allow-scripts"
      srcdoc='<form method="post" action="{site.origin}/act">{fields}</form>
        <script>document.forms[0].submit()</script>'></iframe>
    <iframe id="framed" src="{site.review(path)}"></iframe>
    <script src="{site.origin}/page.js"></script>
    <script>
      window.FORM = {json.dumps(form)};
      window.tried = {{}};
      const note = (name, promise) => promise.then(
        answer => answer.text().then(text => tried[name] = answer.type + " " + text.length),
        () => tried[name] = "refused");
      const at = "{site.origin}/act";
      const post = more => fetch(at, {{method: "POST", body: new URLSearchParams(FORM), ...more}});
      const credentials = "include";
      Promise.all([
        note("fetch", post({{}})),
        note("with cookies", post({{credentials}})),
        note("blind", post({{mode: "no-cors", credentials}})),
        note("header", post({{headers: {{"X-Part": "1"}}, credentials}})),
        note("read", fetch("{site.review(path)}", {{credentials: "include"}})),
      ]).then(() => {{
        document.querySelector("[name=hole]").onload = () => window.over = true;
        document.forms[0].submit();
      }});
    </script>"""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Evil, body=body))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_another_site_can_neither_decide_nor_read(
    browser: Browser, site: Site, path: Path, evil: str, name: str
):
    before = path.read_bytes()
    ours = browser.page()
    ours.open(site.entrance)  # the person is at the review, with its cookie
    page = browser.page()
    page.open(evil.replace("127.0.0.1", name))
    page.wait("window.over === true")
    tried = page.run("window.tried")
    assert tried.pop("blind").startswith(("opaque 0", "refused"))
    assert set(tried.values()) == {"refused"}
    framed = page.run(
        "(() => { try { return document.getElementById('framed').contentDocument?.body.innerHTML"
        " ?? 'closed' } catch (e) { return 'closed' } })()"
    )
    assert framed == "closed"
    assert path.read_bytes() == before
    assert not store.log_path(path).exists()


def test_a_rebound_name_is_refused(tmp_path: Path, site: Site, path: Path):
    """Let a foreign name lead to this machine, as a rebinding attacker's server does."""
    with opened(
        tmp_path / "profile", "--host-resolver-rules=MAP quiz.example 127.0.0.1"
    ) as browser:
        page = browser.page()
        page.open(site.entrance.replace("127.0.0.1", "quiz.example"))
        said = page.run("document.body.innerText")
        assert "does not belong to quizgen" in said
        page.open(site.review(path).replace("127.0.0.1", "quiz.example"))
        assert "number" not in page.run("document.body.innerText")


def test_a_stranger_without_the_secret_sees_nothing(tmp_path: Path, site: Site, path: Path):
    with opened(tmp_path / "profile") as browser:
        page = browser.page()
        page.open(site.review(path))
        assert "Open the whole address" in page.run("document.body.innerText")


def test_what_a_card_holds_is_inert(browser: Browser, tmp_path: Path):
    hostile = CELLS.replace("^k7q2 kept", "^k7q2 draft").replace(
        "ATP, by",
        "<script>window.ran=1</script><img src=x onerror=window.ran=1> "
        "[x](javascript:window.ran=1) {{7*7}} $\\href{javascript:window.ran=1}{y}$ ATP, by",
    )
    (tmp_path / "bad.md").write_text(hostile, encoding="utf-8")
    with served(tmp_path) as site:
        page = browser.page()
        page.open(site.entrance)
        page.open(site.review(tmp_path / "bad.md"))
        page.press("P")
        page.wait("document.querySelector('iframe') !== null")
        page.press("P")
        page.wait("document.querySelector('iframe') === null")
        assert page.run("window.ran === undefined && document.querySelector('main img') === null")
        assert "{{7*7}}" in page.run("document.querySelector('.answer').textContent")
        assert page.run("document.querySelectorAll('a[href^=javascript]').length") == 0
        assert {u for u in page.asked() if not u.startswith(site.origin)} <= {"about:blank"}


# --- accessibility -----------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(browser: Browser, tmp_path: Path, theme: str):
    """Run axe-core, which is fetched for the measurement: AXE names its axe.min.js."""
    axe = os.environ.get("AXE", "")
    if not axe:
        pytest.skip("needs AXE=…/axe-core/axe.min.js, from `npm install axe-core`")
    script = Path(axe).read_text(encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "page.txt").write_text(PAGE, encoding="utf-8")
    twin = deck(3).replace('"b1gdck"', '"tw1nsx"')
    (tmp_path / "cells.md").write_text(
        CELLS.replace("^k7q2 kept", "^k7q2 draft").replace("the cell?", "the cell [MISSING]?"),
        encoding="utf-8",
    )
    (tmp_path / "facts.md").write_text(twin, encoding="utf-8")
    with served(tmp_path) as site:
        page = browser.page()
        page.size(1200, 800, dark=theme == "dark")
        page.send("Page.setBypassCSP", enabled=True)
        page.open(site.entrance)
        starting.make(Ask(site.room, {"text": [PAGE]}))
        key, facts = (site.room.key(tmp_path / name) for name in ("cells.md", "facts.md"))
        addresses = (
            *("/", "/help", "/found", f"/review?deck={key}&card=k7q2"),
            *(f"/review?deck={key}&card=m4x9", f"/review?deck={facts}", f"/add?deck={key}"),
            *(
                f"/edit?deck={key}&card=k7q2&as={way}"
                for way in ("fields", "text", "kind", "split")
            ),
            f"/edit?deck={key}&card=m4x9",
            *(f"/find?deck={key}&kind=choice", f"/done?deck={key}", "/review?deck=none"),
        )
        serious: list[str] = []
        for width in (1200, 360):
            page.size(width, 800, dark=theme == "dark")
            for address in addresses:
                page.open(site.origin + address)
                page.run(f"{script}; 0")
                found = json.loads(page.run("axe.run().then(r => JSON.stringify(r.violations))"))
                serious += [
                    f"{address} at {width}: {each['id']}: {node['html'][:200]}"
                    for each in found
                    if each["impact"] in ("serious", "critical", "moderate")
                    for node in each["nodes"]
                ]
    assert serious == []
