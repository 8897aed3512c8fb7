"""Whatever happens to documents and cards, making a deck again keeps faith with its owner."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from quizgen import checks, deckfile, documents, evidence, making, standing, store
from quizgen.generate import offline
from quizgen.making import Made
from quizgen.model import Basic, Card, Document, Draft, Evidence, Generate, Passage, State, Wish

TITLE = "Ada Reyes: Rivers and Floods | Water Talk #7"
FACTS = (
    "A meander grows because water carries the soil of its outer bank away.",
    "A dike moves a flood downstream because the water that it keeps out has to go elsewhere.",
    "A wetland delays a flood because its soil holds rain for weeks.",
    "A delta sinks because dams keep back the sand that would build it up.",
    "A gravel bar shelters young trout because fast water cannot reach behind it.",
    "A straightened river digs deeper because nothing slows its water down.",
    "A beaver dam cools a stream because it pushes water into the ground.",
)
OTHERWISE = {
    "A meander grows because water carries the soil of its outer bank away.": (
        "A meander grows because fast water carries the soil of its outer bank away."
    ),
    "A wetland delays a flood because its soil holds rain for weeks.": (
        "A wetland delays every flood because its soil holds rain for many weeks."
    ),
    "A delta sinks because dams keep back the sand that would build it up.": (
        "A delta shrinks because dams keep back the mud that would build it up."
    ),
}
"""How another document, or a later edition, says the same or nearly the same."""

SPOKEN = """\
# Ada Reyes: Rivers and Floods | Water Talk #7

[0:00](https://youtu.be/riverTalk07?t=0)
**Sam Cole:** Welcome to Water Talk. Why do rivers bend at all?

[0:31](https://youtu.be/riverTalk07?t=31)
**Ada Reyes:** A meander grows because water carries the soil of its outer bank away. We spent a
century straightening rivers, and a straightened river digs deeper because nothing slows its water
down.

[1:20](https://youtu.be/riverTalk07?t=80)
**Ada Reyes:** A wetland delays a flood, and a beaver dam cools a stream, because water goes into
the ground there.
"""
_REASON = re.compile(r"(?P<what>An? .+?) because (?P<why>.+)\.")


def page(points: list[str]) -> str:
    """Lay points out as a summary page does."""
    body = "".join(f"{number}\n\n{point}\n\n" for number, point in enumerate(points, 1))
    return f"{TITLE}\n\nMar 4, 2024\n\nKey Insights\n\n{body}"


def reasons(passage: Passage, wish: Wish) -> Iterator[Draft]:
    """Ask for reasons: a generator of one rule."""
    for piece in passage.pieces:
        for start, end in _sentences(piece.text):
            said = piece.text[start:end]
            if told := _REASON.fullmatch(said):
                what = told["what"][0].lower() + told["what"][1:]
                yield Draft(
                    content=Basic(f"Why is it said that {what}?", told["why"]),
                    evidence=(evidence.of(passage.document, said, piece, work=passage.work),),
                    piece=piece,
                    rule="because",
                    tier="ready",
                    section=passage.document.title if piece.kind == "turn" else "Reasons",
                )


def _sentences(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"[A-Z][^.]*\.", text)]


GENERATORS: dict[str, Generate] = {"rules": offline.generate, "reasons": reasons}
SUITE = settings(
    max_examples=22,
    stateful_step_count=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)


def read(path: Path) -> Document:
    return documents.read(path)


def make(paths: list[Path], folder: Path, generate: Generate) -> list[Made]:
    """Do what the command does, with any generator."""
    given = [read(path) for path in paths]
    assigned = documents.assign(given, store.shelf(folder), "as told")
    return [
        making.deck(work, folder, known, pasted={}, generate=generate) for work, known in assigned
    ]


def masked(block: str) -> str:
    """Leave out what regeneration may change in any card: places of evidence, and the mark."""
    shown = "\n".join(
        re.sub(r":\d+(?:-\d+)?(?= ·|$)", ":", line) if line.startswith("> — ") else line
        for line in block.split("\n")
    )
    return shown.replace(f" {standing.MARK}", "")


class Regeneration(RuleBasedStateMachine):
    """A person, a deck, and documents that change under both."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Path(tempfile.mkdtemp())
        self.points: dict[str, list[str]] = {}
        self.blank = 0
        self.spoken = ""
        self.fixed: dict[str, str] = {}
        self.states: dict[str, State] = {}
        self.deleted: dict[str, Card | None] = {}
        self.written: list[str] = []
        self.as_made: dict[str, Card] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.desk)

    # --- what is there ---

    @property
    def folder(self) -> Path:
        return self.desk / "decks"

    @property
    def deck(self) -> Path:
        (path,) = store.decks(self.folder)
        return path

    @property
    def text(self) -> str:
        return self.deck.read_bytes().decode()

    def cards(self) -> dict[str, Card]:
        return {card.id: card for card in store.load(self.deck).deck.cards if card.id}

    def block(self, card: str) -> str:
        parsed = store.load(self.deck).parsed
        return parsed.block(parsed.index(card))

    def bytes(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.folder.iterdir())}

    def write(self) -> None:
        for name, points in self.points.items():
            head = "\n" * self.blank
            (self.desk / name).write_text(head + page(points), encoding="utf-8")

    def change(self, old: str, new: str) -> None:
        text = self.text
        assert text.count(old) == 1
        self.deck.write_bytes(text.replace(old, new).encode())

    def pick(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.cards())), label="card")

    # --- documents ---

    @initialize(facts=st.lists(st.sampled_from(FACTS), min_size=2, max_size=5, unique=True))
    def begin(self, facts: list[str]) -> None:
        self.points["page.txt"] = facts
        self.write()
        make([self.desk / "page.txt"], self.folder, reasons)
        self.as_made = self.cards()

    @rule(fact=st.sampled_from(FACTS), name=st.sampled_from(["page.txt", "notes.txt"]))
    def tell_more(self, fact: str, name: str) -> None:
        points = self.points.setdefault(name, [])
        if fact not in points:
            points.append(fact)
        self.write()

    @rule(blank=st.integers(0, 3))
    def insert_lines_above(self, blank: int) -> None:
        self.blank = blank
        self.write()

    @rule(data=st.data())
    def change_a_sentence(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.points)))
        if points := self.points[name]:
            at = data.draw(st.integers(0, len(points) - 1))
            points[at] = OTHERWISE.get(points[at], points[at].replace(" because ", " now because "))
        self.write()

    @rule(data=st.data())
    def delete_a_sentence(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.points)))
        if len(self.points[name]) > 1:
            self.points[name].pop(data.draw(st.integers(0, len(self.points[name]) - 1)))
        self.write()

    @rule(lines=st.integers(0, 2))
    def hold_a_transcript(self, lines: int) -> None:
        said = SPOKEN.replace("\n\n[0:31]", "\n\n" + "\n" * lines + "[0:31]")
        (self.desk / "spoken.md").write_text(said, encoding="utf-8")

    @rule(name=st.sampled_from(["notes.txt", "spoken.md"]))
    def lose_a_document(self, name: str) -> None:
        (self.desk / name).unlink(missing_ok=True)
        self.points.pop(name, None)

    # --- the person ---

    @precondition(lambda self: self.cards())
    @rule(data=st.data(), words=st.sampled_from(["Ask Ada.", "As on page 3,", "Gravel, mostly."]))
    def edit_an_answer(self, data: st.DataObject, words: str) -> None:
        card = self.pick(data)
        block = self.block(card)
        content = self.cards()[card].content
        if isinstance(content, Basic):
            question, _, rest = block.partition("\n\n")
            edited = f"{question}\n\n{words} {rest}"
            self.change(block, edited)
            self.fixed[card] = edited

    @precondition(lambda self: self.cards())
    @rule(data=st.data(), question=st.sampled_from(["Is that so?", "What did Ada Reyes say?"]))
    def reword_a_question(self, data: st.DataObject, question: str) -> None:
        card = self.pick(data)
        block = self.block(card)
        if isinstance(self.cards()[card].content, Basic):
            edited = f"## {question} {card}\n\n{block.partition(chr(10) * 2)[2]}"
            self.change(block, edited)
            self.fixed[card] = edited

    @precondition(lambda self: self.cards())
    @rule(data=st.data(), state=st.sampled_from(["kept", "dropped"]))
    def settle(self, data: st.DataObject, state: State) -> None:
        card = self.pick(data)
        block = self.block(card)
        settled = deckfile.restamp(block, state=state)
        self.change(block, settled)
        self.fixed[card] = settled
        self.states[card] = state

    @precondition(lambda self: self.cards())
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        card = self.pick(data)
        self.change(self.block(card), "")
        self.fixed.pop(card, None)
        self.deleted[card] = self.as_made.get(card)

    @precondition(lambda self: self.cards())
    @rule(data=st.data())
    def comment(self, data: st.DataObject) -> None:
        card = self.pick(data)
        block = self.block(card)
        head, stamp = block.rsplit("\n\n", 1)
        mine = f"{head}\n\n<!-- true? see p. 3: A dike -->\n\n{stamp}"
        self.change(block, mine)
        self.fixed[card] = mine

    @precondition(lambda self: self.cards())
    @rule(data=st.data())
    def move_to_another_section(self, data: st.DataObject) -> None:
        block = self.block(self.pick(data))
        text = self.text.replace(block, "").rstrip("\n")
        if "\n# Mine\n" not in text:
            text += "\n\n# Mine"
        self.deck.write_bytes(f"{text}\n\n{block}\n".encode())

    @rule(fact=st.sampled_from(FACTS), own=st.booleans())
    def write_a_card(self, *, fact: str, own: bool) -> None:
        what, _, why = fact.partition(" because ")
        asked = f"{what}: how do we know?" if own else f"Why is it said that {what}?"
        mine = f"## {asked}\n\n{'Measured  in the *Aare*.' if own else why}"
        if mine in self.written:
            return
        self.deck.write_bytes(f"{self.text.rstrip()}\n\n{mine}\n".encode())
        self.written.append(mine)

    # --- what must hold ---

    @rule()
    def make_with_all_documents(self) -> None:
        self.make(self.documents(), reasons)

    @rule(order=st.randoms(use_true_random=False), count=st.integers(1, 3))
    def make_with_some_documents(self, order: Random, count: int) -> None:
        paths = self.documents()
        order.shuffle(paths)
        self.make(paths[:count], reasons)

    @rule(name=st.sampled_from(sorted(GENERATORS)))
    def make_by_another_generator(self, name: str) -> None:
        self.make(self.documents(), GENERATORS[name])

    def documents(self) -> list[Path]:
        return sorted(path for path in self.desk.iterdir() if path.is_file())

    def make(self, paths: list[Path], generate: Generate) -> None:
        before = self.cards()
        everything = store.load(self.deck).deck.cards
        made = make(paths, self.folder, generate)
        after = self.cards()
        assert len(made) == 1
        self.nothing_is_lost(before, after)
        self.nothing_comes_twice(everything, after)
        self.evidence_stands_or_is_marked(made[0])
        once = self.bytes()
        make(paths[::-1], self.folder, generate)
        assert self.bytes() == once, "a second run changes a byte"
        # What was made or remade just now is what a deletion takes away.
        self.as_made |= {card: after[card] for card in after if card not in self.fixed}

    def nothing_is_lost(self, before: dict[str, Card], after: dict[str, Card]) -> None:
        assert before.keys() <= after.keys()
        assert not self.deleted.keys() & after.keys(), "a deleted card came back"
        for card, block in self.fixed.items():
            assert masked(self.block(card)) == masked(block)
        for card, state in self.states.items():
            assert card in self.deleted or after[card].state == state
        for card, was in before.items():
            assert after[card].section == was.section
        for mine in self.written:
            assert f"\n{mine}\n" in self.text

    def nothing_comes_twice(self, before: tuple[Card, ...], after: dict[str, Card]) -> None:
        known = {card.id for card in before}
        fresh = [card for card in after.values() if card.id not in known]
        gone = [card for card in self.deleted.values() if card]
        for new in fresh:
            others = (card for card in store.load(self.deck).deck.cards if card.id != new.id)
            for other in (*others, *gone):
                assert not any(checks.twins((other, new))), (other, new)

    def evidence_stands_or_is_marked(self, made: Made) -> None:
        base = self.deck.parent
        for card in store.load(self.deck).deck.cards:
            proof = [found for found in card.evidence if not found.is_only_close]
            stand = all(self.stands(found, base) for found in proof)
            if card.id and card.state != "dropped":
                assert standing.is_marked(card) == (not stand), card
                told = any(f"^{card.id} " in line for line in made.gone)
                assert told == (not stand)

    def stands(self, found: Evidence, base: Path) -> bool:
        path = base / found.document
        return path.exists() and evidence.stands(found, read(path))


Regeneration.TestCase.settings = SUITE
TestRegeneration = Regeneration.TestCase
