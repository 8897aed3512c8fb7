"""The page without a script: every deed is a form, and what it did is in the deck."""

from __future__ import annotations

import html
import io
import re
import threading
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from sample import CELLS, PAGE
from starlette.testclient import TestClient

from quizgen import store
from quizgen.model import Basic, Cloze
from quizgen.ui.web import app
from quizgen.ui.web.guard import Keys
from quizgen.ui.web.room import Room

DRAFTS = CELLS.replace("^k7q2 kept", "^k7q2 draft")
ORIGIN = "http://127.0.0.1:8471"


class Visitor:
    """Someone at the page, who fills in the form that is on the screen and presses a button."""

    def __init__(self, folder: Path) -> None:
        self.room = Room(folder)
        keys = Keys(8471)
        self.client = TestClient(app.build(self.room, keys), base_url=ORIGIN)
        self.client.cookies.set(keys.cookie, keys.page)
        self.client.headers |= {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
        self.token = keys.form
        self.text = ""
        self.status = 0

    def go(self, address: str) -> str:
        answer = self.client.get(address)
        self.status, self.text = answer.status_code, answer.text
        return self.text

    def review(self, path: Path) -> str:
        return self.go(f"/review?deck={self.room.key(path)}")

    def press(self, value: str, action: str = "/act", **fields: str | list[str]) -> str:
        """Press a button of a form with this action, as it stands on the page."""
        forms = re.findall(
            rf'<form[^>]*method="post" action="{action}".*?</form>', self.text, re.DOTALL
        )
        form = next(form for form in forms if f'value="{value}"' in form or not value)
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        return self.send(action, hidden | {"do": value} | fields)

    def send(self, action: str, form: Mapping[str, str | list[str]]) -> str:
        answer = self.client.post(action, data=dict(form))
        self.status, self.text = answer.status_code, answer.text
        return self.text


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cells.md"
    path.write_bytes(DRAFTS.encode())
    (tmp_path / "seeds").mkdir()
    return path


@pytest.fixture
def visitor(path: Path) -> Visitor:
    return Visitor(path.parent)


def states(path: Path) -> list[str]:
    return [card.state for card in store.load(path).deck.cards]


def words(page: str) -> str:
    """Read a page's body without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2])).split())


def test_the_decks_are_listed_with_what_is_left(visitor: Visitor):
    assert "2 drafts to settle, 0 kept, 0 dropped" in words(visitor.go("/"))


def test_a_card_is_shown_with_its_answer_its_evidence_and_its_second(visitor: Visitor, path: Path):
    page = visitor.review(path)
    seen = words(page)
    assert "What does the mitochondrion produce for the cell?" in seen
    assert "ATP, by oxidative phosphorylation" in seen
    assert "<math" in page
    assert "Dr Lin" in seen
    assert 'href="https://example.org/v?t=751"' in page
    assert "Listen at 12:31" in seen
    assert "cells.md, lines 12–13" in seen


def test_one_press_settles_one_card_and_shows_the_next(visitor: Visitor, path: Path):
    visitor.review(path)
    page = visitor.press("keep")
    assert states(path) == ["kept", "draft"]
    assert "Which organelle carries its own DNA?" in words(page)
    assert "Kept" in page
    page = visitor.press("drop")
    assert states(path) == ["kept", "dropped"]
    assert "Nothing left to settle" in words(page)


def test_a_reason_may_follow_a_drop_and_touches_no_other_card(visitor: Visitor, path: Path):
    visitor.review(path)
    assert "Why?" in words(visitor.press("drop"))
    page = visitor.press("why 3")
    assert "trivial" in words(page)
    assert "Which organelle" in words(page)
    assert states(path) == ["dropped", "draft"]
    assert '"why": "trivial"' in store.log_path(path).read_text(encoding="utf-8")
    assert "Why?" not in words(visitor.press("keep"))
    visitor.press("undo")
    visitor.press("undo")
    assert states(path) == ["draft", "draft"]


def test_undo_and_redo_outlive_the_session(visitor: Visitor, path: Path):
    visitor.review(path)
    visitor.press("keep")
    visitor.press("drop")
    tomorrow = Visitor(path.parent)
    tomorrow.review(path)
    assert "Which organelle" in words(tomorrow.press("undo"))
    assert states(path) == ["kept", "draft"]
    tomorrow.press("undo")
    assert states(path) == ["draft", "draft"]
    tomorrow.press("redo")
    assert states(path) == ["kept", "draft"]
    tomorrow.press("redo")
    assert states(path) == ["kept", "dropped"]


def test_a_decision_on_a_card_that_was_changed_meanwhile_is_refused(visitor: Visitor, path: Path):
    visitor.review(path)
    edited = path.read_text(encoding="utf-8").replace("ATP, by", "Heat, not by")
    path.write_text(edited, encoding="utf-8")
    page = visitor.press("keep")
    assert visitor.status == 409
    assert "changed meanwhile" in words(page)
    assert "Heat, not by" in words(page)
    assert states(path) == ["draft", "draft"]
    visitor.press("keep")
    assert states(path) == ["kept", "draft"]


def test_a_card_that_another_reviewer_settled_is_not_settled_again(path: Path):
    first, second = Visitor(path.parent), Visitor(path.parent)
    first.review(path)
    second.review(path)
    first.press("drop")
    page = second.press("keep")
    assert "changed meanwhile" in words(page)
    assert states(path) == ["dropped", "draft"]


def test_a_deck_that_cannot_be_read_meanwhile_says_where(visitor: Visitor, path: Path):
    visitor.review(path)
    path.write_text(DRAFTS.replace("ATP, by", "```\nATP, by"), encoding="utf-8")
    page = visitor.press("keep")
    assert visitor.status == 409
    assert "cells.md:" in words(page)


def test_back_and_next_settle_nothing(visitor: Visitor, path: Path):
    visitor.review(path)
    assert "Which organelle" in words(visitor.press("skip"))
    assert "mitochondrion produce" in words(visitor.press("back"))
    assert states(path) == ["draft", "draft"]


def test_a_card_put_off_is_marked_in_the_deck_and_comes_last(visitor: Visitor, path: Path):
    visitor.review(path)
    assert "Which organelle" in words(visitor.press("flag"))
    assert "flag=later" in path.read_text(encoding="utf-8")
    assert "flagged for later" in words(
        visitor.go(f"/review?deck={visitor.room.key(path)}&card=k7q2")
    )


def test_the_answer_can_wait_until_it_is_asked_for(visitor: Visitor, path: Path):
    visitor.review(path)
    page = visitor.press("hide")
    assert re.search(r"<details[^>]*>\s*<summary[^>]*>Show the answer", page)


def test_a_cloze_shows_its_words_and_hides_them_when_they_are_to_wait(visitor: Visitor, path: Path):
    text = DRAFTS.replace(
        "## Which organelle carries its own DNA?\n\n- [ ] Ribosome\n- [x] Mitochondrion\n",
        "## The {{c1::mitochondrion::an organelle}} carries its own DNA.\n",
    )
    path.write_text(text, encoding="utf-8")
    page = visitor.go(f"/review?deck={visitor.room.key(path)}&card=m4x9")
    assert '<mark class="cloze">mitochondrion</mark>' in page
    front = visitor.press("hide").partition("Show the answer")[0]
    assert "[an organelle]" in front
    assert "mitochondrion</mark>" not in front


def test_a_card_is_shown_on_a_sheet_under_its_own_policy(visitor: Visitor, path: Path):
    visitor.review(path)
    page = visitor.press("paper")
    address = re.findall(r'<iframe src="([^"]+)"', page)[0].replace("&amp;", "&")
    answer = visitor.client.get(address)
    assert "Answer in your own words." in answer.text
    assert "oxidative" not in answer.text
    assert "sandbox" in answer.headers["content-security-policy"]


# --- other words -------------------------------------------------------------


def edit(visitor: Visitor, path: Path, card: str = "k7q2", **query: str) -> str:
    asked = "".join(f"&{name}={value}" for name, value in query.items())
    return visitor.go(f"/edit?deck={visitor.room.key(path)}&card={card}{asked}")


def test_an_edited_card_keeps_its_id_its_evidence_and_its_neighbours(visitor: Visitor, path: Path):
    edit(visitor, path)
    visitor.press(
        "save", "/edit", question="What does it make?", answer="ATP\r\nand heat", why="", tags="a b"
    )
    card = store.load(path).deck.cards[0]
    assert (card.id, card.tags, card.state) == ("k7q2", ("a", "b"), "draft")
    assert card.content == Basic("What does it make?", "ATP\nand heat")
    assert card.evidence[0].speaker == "Dr Lin"
    text = path.read_text(encoding="utf-8")
    assert text.partition("## Which")[2] == DRAFTS.partition("## Which")[2]


def test_saving_can_keep_the_card_too(visitor: Visitor, path: Path):
    edit(visitor, path)
    page = visitor.press("keep", "/edit", question="What is made?", answer="ATP")
    assert states(path) == ["kept", "draft"]
    assert "Which organelle" in words(page)


def test_what_is_no_card_is_shown_again_with_what_was_typed(visitor: Visitor, path: Path):
    before = path.read_bytes()
    edit(visitor, path)
    page = visitor.press("save", "/edit", question="Half a <thought", answer="")
    assert visitor.status == 422
    assert "Half a &lt;thought" in page
    assert "Nothing was saved: this card has no answer" in words(page)
    assert path.read_bytes() == before


def test_options_are_ticked_added_and_emptied(visitor: Visitor, path: Path):
    edit(visitor, path, "m4x9")
    visitor.press(
        "save",
        "/edit",
        question="Which carry DNA?",
        option=["", "Mitochondrion", "Chloroplast", "Ribosome"],
        right=["1", "2"],
        why="Both were bacteria.",
    )
    text = path.read_text(encoding="utf-8")
    assert "- [x] Mitochondrion\n- [x] Chloroplast\n- [ ] Ribosome\n" in text
    assert "Why: Both were bacteria." in text


def test_problems_are_told_while_a_person_types(visitor: Visitor, path: Path):
    form = {
        "token": visitor.token,
        "deck": visitor.room.key(path),
        "card": "k7q2",
        "as": "fields",
        "question": "Is ATP made by the mitochondrion?",
        "answer": "Yes",
    }
    before = path.read_bytes()
    assert "yes-no-question" in visitor.send("/look", form)
    assert "Not a card yet: this card has no answer" in visitor.send("/look", form | {"answer": ""})
    assert path.read_bytes() == before


def test_a_card_is_edited_as_the_text_of_the_deck(visitor: Visitor, path: Path):
    page = edit(visitor, path, **{"as": "text"})
    assert "## What does the mitochondrion" in page
    assert "^k7q2" not in page
    visitor.press("save", "/edit", text="## What is ATP made by?\n\nThe mitochondrion\n")
    assert store.load(path).deck.cards[0].content == Basic(
        "What is ATP made by?", "The mitochondrion"
    )


def test_a_card_of_another_kind_takes_the_place_of_the_first(visitor: Visitor, path: Path):
    edit(visitor, path, **{"as": "kind", "kind": "cloze"})
    visitor.press("save", "/edit", question="The mitochondrion makes {{ATP}}.")
    cards = store.load(path).deck.cards
    assert [card.state for card in cards] == ["dropped", "draft", "draft"]
    assert cards[1].content == Cloze("The mitochondrion makes {{ATP}}.")
    assert cards[1].evidence == cards[0].evidence


def test_a_card_is_split_in_two(visitor: Visitor, path: Path):
    assert "two, each beginning with ##" in words(edit(visitor, path, **{"as": "split"}))
    offered = html.unescape(
        re.findall(r"<textarea[^>]*>(.*?)</textarea>", visitor.text, re.DOTALL)[0]
    )
    head, asked, rest = offered.rpartition("## What does the mitochondrion produce for the cell?")
    visitor.press("save", "/edit", text=f"{head}## How is it made?{rest}" if asked else "")
    cards = store.load(path).deck.cards
    assert [card.id == "k7q2" for card in cards] == [True, False, False]
    assert cards[1].evidence[0].text == cards[0].evidence[0].text


def test_similar_cards_are_shown_with_the_difference_and_merged(visitor: Visitor, path: Path):
    twin = (
        "\n## What does each mitochondrion produce for the cell?\n\nATP\n\n"
        "> Mitochondria make ATP.\n> — Dr Lin\n\n<!-- ^twin draft ready rule=x from=1 -->\n"
    )
    path.write_text(DRAFTS + twin, encoding="utf-8")
    page = visitor.go(f"/review?deck={visitor.room.key(path)}&card=k7q2")
    assert "<ins>each</ins>" in page
    form = re.findall(r'<form[^>]*class="acts-row".*?</form>', page, re.DOTALL)[0]
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    visitor.send("/act", hidden | {"do": "merge"})
    cards = {card.id: card for card in store.load(path).deck.cards}
    assert cards["twin"].state == "dropped"
    assert [found.text for found in cards["k7q2"].evidence][-1] == "Mitochondria make ATP."


# --- many cards --------------------------------------------------------------


def test_cards_are_found_by_words_and_by_what_they_are(visitor: Visitor, path: Path):
    key = visitor.room.key(path)
    assert "2 cards" in words(visitor.go(f"/find?deck={key}"))
    assert "1 card " in words(visitor.go(f"/find?deck={key}&words=ribosome"))
    assert "1 card " in words(visitor.go(f"/find?deck={key}&kind=choice"))
    assert "0 cards" in words(visitor.go(f"/find?deck={key}&kind=choice&speaker=Dr+Lin"))
    assert "there is no 'shape'" in words(visitor.go(f"/find?deck={key}&words=shape:round"))


def test_what_is_clean_is_kept_together_after_a_count(visitor: Visitor, path: Path):
    visitor.go(f"/find?deck={visitor.room.key(path)}")
    page = visitor.press("ask", "/find")
    count = re.findall(r"Yes, keep (\d+)", page)[0]
    assert states(path) == ["draft", "draft"]
    visitor.press("keep all", "/find", count="99")
    assert states(path) == ["draft", "draft"]
    visitor.press("keep all", "/find", count=count)
    assert states(path).count("kept") == int(count)
    visitor.review(path)
    visitor.press("undo")
    assert states(path) == ["draft", "draft"]


def test_a_search_can_be_reviewed(visitor: Visitor, path: Path):
    visitor.go(f"/find?deck={visitor.room.key(path)}&kind=choice")
    page = visitor.press("review", "/find")
    assert "Which organelle" in words(page)
    assert "Card 1 of 1" in words(page)


def test_a_long_list_goes_on_where_it_was_cut(visitor: Visitor, path: Path):
    block = DRAFTS[DRAFTS.index("## ") : DRAFTS.index("<!-- ^k7q2")]
    cards = [f"{block}<!-- ^x{n:03d} draft ready rule=claim from={n:x} -->" for n in range(230)]
    path.write_text(DRAFTS[: DRAFTS.index("## ")] + "\n\n".join(cards) + "\n", encoding="utf-8")
    key = visitor.room.key(path)
    seen: list[str] = []
    page = visitor.go(f"/find?deck={key}&state=draft")
    assert "230 cards, 1 to 100 shown" in words(page)
    for _ in range(3):
        seen += re.findall(rf'href="/review\?deck={key}&(?:amp;)?card=(x\d+)"', page)
        later = re.findall(r'href="([^"]*)">More cards', page)
        page = visitor.go(html.unescape(later[0])) if later else page
    assert seen == [f"x{n:03d}" for n in range(230)]
    assert "201 to 230 shown" in words(page)
    assert "1 to 100 shown" in words(visitor.go(f"/find?deck={key}&from=99999"))


def test_a_card_says_that_anki_has_it_already(visitor: Visitor, path: Path):
    assert "in Anki already" not in words(visitor.review(path))
    marked = DRAFTS.replace("<!-- ^k7q2 draft ready", "<!-- ^k7q2 draft ready flag=in-anki")
    path.write_text(marked, encoding="utf-8")
    assert "in Anki already" in words(visitor.review(path))


def test_the_key_of_the_recording_opens_the_first_that_there_is(visitor: Visitor, path: Path):
    quoted = "> Said at the meeting.\n> — Dr Lin · [1:02](https://example.org/talk?t=62)\n\n"
    written = "> Written on the page.\n> — page.txt:3\n\n"
    stamp = "<!-- ^k7q2 draft ready"
    for more, keys in ((written + quoted, 1), (written, 0), (quoted + quoted, 1)):
        card = f"## What was said?\n\nThis\n\n{more}{stamp} rule=claim from=ab -->\n"
        path.write_text(DRAFTS[: DRAFTS.index("## ")] + card, encoding="utf-8")
        assert visitor.review(path).count('data-key="o"') == keys


def test_undo_has_its_place_before_there_is_anything_to_undo(visitor: Visitor, path: Path):
    """A button that comes and goes moves the others under a hand that clicks."""
    found = re.compile(r'<button name="do" value="undo"[^>]*>')
    assert "disabled" in found.findall(visitor.review(path))[0]
    assert "disabled" not in found.findall(visitor.press("keep"))[0]


# --- documents and files -----------------------------------------------------


def test_a_pasted_page_becomes_a_deck_and_cards_to_review(tmp_path: Path):
    visitor = Visitor(tmp_path / "decks")
    visitor.go("/")
    page = visitor.press("", "/make", text=PAGE)
    seen = words(page)
    assert "Dr Lin: Inside the Cell | Slow Biology #12" in seen
    assert "4 insights" in seen
    (deck,) = store.decks(tmp_path / "decks")
    assert store.load(deck).deck.cards
    assert "Card 1 of" in words(visitor.review(deck))


def test_a_document_that_a_deck_has_is_not_kept_twice(tmp_path: Path):
    visitor = Visitor(tmp_path / "decks")
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "talk.txt").write_text(PAGE, encoding="utf-8")
    files = [("files", ("talk.txt", PAGE.encode(), "text/plain"))]
    for _ in range(2):
        visitor.client.post("/make", data={"token": visitor.token}, files=files)
    (deck,) = store.decks(tmp_path / "decks")
    before = deck.read_bytes()
    visitor.client.post(
        "/make", data={"token": visitor.token}, files=[("files", ("other.txt", *files[0][1][1:]))]
    )
    assert deck.read_bytes() == before
    assert [each.name for each in (tmp_path / "decks").glob("*.txt")] == ["talk.txt"]


def test_files_are_taken_by_their_names_and_never_by_their_folders(tmp_path: Path):
    visitor = Visitor(tmp_path / "decks")
    files = [
        ("files", ("../../talk.txt", PAGE.encode(), "text/plain")),
        ("files", ("C:\\notes\\CON.txt", b"nothing here but a line", "text/plain")),
    ]
    answer = visitor.client.post("/make", data={"token": visitor.token}, files=files)
    assert answer.status_code == 200
    outside = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert outside
    assert {each.parent for each in outside} == {tmp_path / "decks"}
    assert {each.name for each in outside if each.suffix == ".txt"} <= {"talk.txt", "con-deck.txt"}


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("talk.pdf", b"%PDF-1.7", "the suffix '.pdf', which is not one that can be read"),
        ("talk.txt", b"  \n", "talk.txt is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    tmp_path: Path, name: str, data: bytes, sentence: str
):
    visitor = Visitor(tmp_path / "decks")
    files = [("files", (name, data, "text/plain"))]
    answer = visitor.client.post("/make", data={"token": visitor.token}, files=files)
    assert answer.status_code == 422
    assert sentence in words(answer.text)
    assert not (tmp_path / "decks").exists()


def test_nothing_given_asks_for_something(tmp_path: Path):
    visitor = Visitor(tmp_path)
    visitor.go("/")
    assert "Paste a text or choose a file first." in words(visitor.press("", "/make", text=" \r\n"))


def test_what_was_kept_is_fetched_as_a_package_a_sheet_and_a_key(visitor: Visitor, path: Path):
    visitor.review(path)
    visitor.press("keep")
    visitor.press("drop")
    visitor.press("why 1")
    page = visitor.go(f"/done?deck={visitor.room.key(path)}")
    assert "kept 1 dropped 1" in words(page)
    assert "1 × wrong" in words(page)
    assert "quizgen export" in page
    form = {"token": visitor.token, "deck": visitor.room.key(path)}
    package = visitor.client.post("/fetch", data=form | {"as": "anki"})
    assert 'filename="cells.apkg"' in package.headers["content-disposition"]
    assert "collection.anki2" in " ".join(zipfile.ZipFile(io.BytesIO(package.content)).namelist())
    for name, suffix in (("sheet", "cells.pdf"), ("key", "cells.key.pdf")):
        answer = visitor.client.post("/fetch", data=form | {"as": name})
        assert answer.content.startswith(b"%PDF")
        assert suffix in answer.headers["content-disposition"]


def test_nothing_unreviewed_leaves_unless_it_is_asked_for(visitor: Visitor, path: Path):
    form = {"token": visitor.token, "deck": visitor.room.key(path), "as": "sheet.html"}
    refused = visitor.client.post("/fetch", data=form)
    assert refused.status_code == 409
    assert "no card is kept yet" in words(refused.text)
    given = visitor.client.post("/fetch", data=form | {"drafts": "yes"})
    assert "Draft: not reviewed" in given.text


def test_an_insight_without_a_card_gets_one_of_the_persons_own(tmp_path: Path):
    visitor = Visitor(tmp_path)
    visitor.go("/")
    visitor.press("", "/make", text=PAGE)
    (deck,) = store.decks(tmp_path)
    for card in store.load(deck).deck.cards:  # so that every insight lacks a card
        page = visitor.go(f"/review?deck={visitor.room.key(deck)}&card={card.id}")
        visitor.press("drop")
    page = visitor.go(f"/add?deck={visitor.room.key(deck)}")
    assert "Passage 1 of" in words(page)
    before = len(store.load(deck).deck.cards)
    page = visitor.press("add", "/add", question="Why do muscle cells hold so many?", answer="")
    assert "Added" in page
    (made,) = [card for card in store.load(deck).deck.cards if card.stamp.rule == "hand"]
    assert made.state == "kept"
    assert made.evidence
    visitor.press("add", "/add", blank="Golgi apparatus")
    assert "{{Golgi apparatus}}" in deck.read_text(encoding="utf-8")
    page = visitor.press("add", "/add", blank="words that are not there", question="")
    assert "does not stand in the evidence" in words(page)
    assert len(store.load(deck).deck.cards) == before + 2


def test_two_reviewers_at_once_lose_no_decision(tmp_path: Path):
    count = 40
    cards = "".join(
        f"## What is the number {n} of the list?\n\nThe {n}th entry\n\n"
        f"<!-- ^a{n:02d} draft ready rule=x from={n:x} -->\n\n"
        for n in range(count)
    )
    front = '+++\nformat = 1\nid = "tw2kdr"\ntitle = "A list"\nsources = []\n+++\n\n'
    path = tmp_path / "list.md"
    path.write_text(front + cards, encoding="utf-8")
    visitors = Visitor(tmp_path), Visitor(tmp_path)
    told: dict[str, str] = {}

    def review(visitor: Visitor, mine: int, deed: str, state: str) -> None:
        key = visitor.room.key(path)
        for number in range(mine, count, 2):
            visitor.go(f"/review?deck={key}&card=a{number:02d}")
            visitor.press(deed)
            if visitor.status == 200:
                told[f"a{number:02d}"] = state

    threads = [
        threading.Thread(target=review, args=(visitors[0], 0, "keep", "kept")),
        threading.Thread(target=review, args=(visitors[1], 1, "drop", "dropped")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == count
    assert {card.id: card.state for card in store.load(path).deck.cards} == told
