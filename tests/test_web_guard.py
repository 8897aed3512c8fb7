"""Who may ask for the page, and what may be asked: the table of attacks."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample import CELLS
from served import served
from starlette.testclient import TestClient

from quizgen import store
from quizgen.ui.web import app, guard, server
from quizgen.ui.web.guard import Keys
from quizgen.ui.web.room import Room

DRAFTS = CELLS.replace("^k7q2 kept", "^k7q2 draft")
PORT = 8471
OWN = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cells.md"
    path.write_bytes(DRAFTS.encode())
    return path


@pytest.fixture
def keys() -> Keys:
    return Keys(PORT)


@pytest.fixture
def client(path: Path, keys: Keys) -> TestClient:
    return TestClient(app.build(Room(path.parent), keys), base_url=OWN)


def decision(path: Path, keys: Keys) -> dict[str, str]:
    """Write the form by which the first card is kept."""
    room = Room(path.parent)
    desk = room.desk(room.key(path))
    card = desk.on_table()
    assert card
    return {
        "token": keys.form,
        "deck": room.key(path),
        "card": card.id,
        "seen": desk.seen(card),
        "do": "keep",
    }


def state(path: Path) -> str:
    return store.load(path).deck.cards[0].state


OURS = {"Origin": OWN, "Sec-Fetch-Site": "same-origin"}


def test_our_own_form_is_heard(client: TestClient, path: Path, keys: Keys):
    client.cookies.set(keys.cookie, keys.page)
    answer = client.post("/act", data=decision(path, keys), headers=OURS)
    assert answer.status_code == 200
    assert state(path) == "kept"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Host": "quiz.example"}, 400, id="a rebound name"),
        pytest.param({"Host": f"127.0.0.1.evil.example:{PORT}"}, 400, id="a name like ours"),
        pytest.param({"Host": "127.0.0.1:1"}, 400, id="another port's name"),
        pytest.param({"Host": f"0.0.0.0:{PORT}"}, 400, id="any address"),
        pytest.param({"Origin": "https://evil.example"}, 403, id="another site"),
        pytest.param({"Origin": "null"}, 403, id="no origin at all, as from a frame"),
        pytest.param({"Origin": "http://127.0.0.1:1"}, 403, id="another port"),
        pytest.param({"Origin": f"http://localhost:{PORT}"}, 403, id="another name"),
        pytest.param({"Origin": f"https://127.0.0.1:{PORT}"}, 403, id="another scheme"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="a form of another site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, 403, id="a form of another port"),
        pytest.param({"Sec-Fetch-Site": "none"}, 403, id="a change that nobody clicked"),
        pytest.param({"Cookie": ""}, 403, id="no cookie"),
        pytest.param({"Cookie": f"quizgen-{PORT}=guess"}, 403, id="a guessed cookie"),
        pytest.param({"Content-Length": "99999999999"}, 413, id="a flood"),
    ],
)
def test_a_request_that_is_not_ours_is_refused_and_changes_nothing(
    client: TestClient, path: Path, keys: Keys, headers: dict[str, str], status: int
):
    wanted = {"Cookie": f"{keys.cookie}={keys.page}"} | OURS | headers
    answer = client.post("/act", data=decision(path, keys), headers=wanted)
    assert answer.status_code == status
    assert state(path) == "draft"
    assert "Lin" not in answer.text


@pytest.mark.parametrize("token", [None, "", "guess", "ü"])
def test_a_form_without_our_token_changes_nothing(
    client: TestClient, path: Path, keys: Keys, token: str | None
):
    client.cookies.set(keys.cookie, keys.page)
    form = decision(path, keys) | {"token": token or ""}
    if token is None:
        del form["token"]
    answer = client.post("/act", data=form, headers=OURS)
    assert answer.status_code == 403
    assert state(path) == "draft"


def test_every_change_asks_for_the_token(client: TestClient, path: Path, keys: Keys):
    client.cookies.set(keys.cookie, keys.page)
    for page in app.PAGES:
        if page.method == "POST":
            answer = client.post(page.path, data={"deck": "x"}, headers=OURS)
            assert answer.status_code == 403, page.path


def test_a_flood_that_hides_its_length_is_cut_off(
    client: TestClient, path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(guard, "LARGEST", 100_000)
    client.cookies.set(keys.cookie, keys.page)

    def flood() -> Iterator[bytes]:
        yield f"token={keys.form}&deck=".encode()
        for _ in range(50):
            yield b"x" * 10_000

    headers = OURS | {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post("/act", content=flood(), headers=headers)
    assert answer.status_code == 400
    assert state(path) == "draft"


def test_looking_changes_nothing(client: TestClient, path: Path, keys: Keys):
    client.cookies.set(keys.cookie, keys.page)
    before = path.read_bytes()
    key = Room(path.parent).key(path)
    for page in app.PAGES:
        if page.method == "GET":
            client.get(f"{page.path}?deck={key}&card=k7q2&do=keep")
    assert path.read_bytes() == before
    assert not store.log_path(path).exists()


def test_two_hosts_are_one_too_many(keys: Keys):
    asked = {"host": keys.hosts[0], "cookie": f"{keys.cookie}={keys.page}"}
    assert guard.refusal(keys, "GET", "/", asked) == (0, "")
    assert guard.refusal(keys, "GET", "/", asked, hosts=2)[0] == 400


def test_the_secret_opens_the_page_and_a_ticket_does_so_once(client: TestClient, keys: Keys):
    assert client.get("/").status_code == 403
    assert client.get("/open?secret=guess").status_code == 403
    ticket = keys.ticket()
    for opened in (True, False):
        client.cookies.clear()
        answer = client.get(f"/open?secret={ticket}", follow_redirects=False)
        assert (answer.status_code == 303) is opened
    answer = client.get(f"/open?secret={keys.page}", follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert answer.headers["location"] == "/"


def test_the_entrance_leads_nowhere_else(client: TestClient, keys: Keys):
    for deck in ("//evil.example", "https://evil.example", "../../etc/passwd"):
        answer = client.get(f"/open?secret={keys.page}&deck={deck}", follow_redirects=False)
        assert answer.headers["location"] == "/"


def test_every_answer_says_what_a_page_may_do(client: TestClient, path: Path, keys: Keys):
    client.cookies.set(keys.cookie, keys.page)
    key = Room(path.parent).key(path)
    addresses = [f"{p.path}?deck={key}&card=k7q2" for p in app.PAGES if p.method == "GET"]
    for address in [*addresses, "/page.js", "/nowhere", "/review?deck=nothing"]:
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy, address
        assert "script-src 'unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"


def test_a_deck_is_named_by_no_path(client: TestClient, path: Path, keys: Keys, tmp_path: Path):
    client.cookies.set(keys.cookie, keys.page)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret.md").write_bytes(DRAFTS.encode())
    for name in (str(path), "cells.md", "../cells.md", "elsewhere/secret.md", "/etc/passwd"):
        answer = client.get("/review", params={"deck": name})
        assert answer.status_code == 409
        assert "mitochondrion" not in answer.text
    unknown = Room(elsewhere).key(elsewhere / "secret.md")
    assert client.get(f"/review?deck={unknown}").status_code == 409


def test_no_address_has_a_parameter_in_its_path():
    assert [page.path for page in app.PAGES if "{" in page.path] == []


def test_the_socket_is_on_the_loopback_address_alone():
    with server.listen(0) as taken:
        assert taken.getsockname()[0] == "127.0.0.1"


def test_a_port_in_use_is_told_in_a_sentence():
    with server.listen(0) as taken, pytest.raises(Exception, match="leave --port out"):
        server.listen(taken.getsockname()[1]).close()


def test_nothing_is_served_off_the_loopback_address(path: Path):
    with served(path.parent) as site:
        for address in {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None)}:
            family = socket.AF_INET6 if ":" in str(address) else socket.AF_INET
            if str(address).startswith("127.") or address == "::1":
                continue
            # conftest lets no test reach beyond loopback, so the address is taken instead: a
            # server on every address would have it already.
            with socket.socket(family) as free:
                free.bind((str(address), site.keys.port))


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{7*7}} and {{''.__class__}}",
        "{% for x in y %}",
        '"><svg onload=alert(1)>',
        "[link](javascript:alert(1))",
        "![x](https://evil.example/p.png)",
        "<iframe src=https://evil.example></iframe>",
        "</textarea><script>alert(1)</script>",
        "$\\href{javascript:alert(1)}{x}$",
        "<style>*{display:none}</style>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_text_in_a_card_stays_text_on_every_page(
    client: TestClient, path: Path, keys: Keys, payload: str
):
    hostile = DRAFTS.replace("ATP, by oxidative", f"{payload} ATP, by oxidative")
    literal = payload.replace("{{", "\\{{")  # a choice has no blanks
    hostile = hostile.replace("Which organelle", f"Which {literal} organelle")
    hostile = hostile.replace('title = "Cell', "title = 'Cell " + payload.replace("'", "") + "' #")
    hostile = hostile.replace("> — Dr Lin", f"> — Dr {payload.replace('·', '')}")
    hostile = hostile.replace("Why: it", f"Why: {payload} it").replace("# Energy", f"# {payload}")
    path.write_bytes(hostile.encode())
    client.cookies.set(keys.cookie, keys.page)
    key = Room(path.parent).key(path)
    for page in app.PAGES:
        if page.method == "POST":
            continue
        for card in ("k7q2", "m4x9"):
            answer = client.get(f"{page.path}?deck={key}&card={card}&as=text")
            assert answer.status_code == 200
            text = answer.text
            assert "<script>" not in text.replace("<script src", "")
            for live in ("<img", "<svg", "<iframe src=https", "<style>*", 'href="javascript'):
                assert live not in text.lower(), (page.path, live)
            assert "49 and" not in text
