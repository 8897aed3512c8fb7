"""A tier is earned by verdicts of readers, and a rule that they did not trust is off."""

from __future__ import annotations

from quizgen.generate import offline
from quizgen.generate.offline import choose, measured
from quizgen.model import Document, Passage, Person, Piece, Wish, Work

SAID = (
    "The Golgi apparatus (GA) sorts proteins. "
    "Karl Lund's folding scraper, patented in 1931, reduced the waste of sticky dough. "
    "Autolyse is a method that lets flour and water rest before kneading. "
    "The windowpane test of the Uppsala guild suggests that few tell rye from dinkel. "
    "Mia Berg and Otto Falk found that wet rye keeps, while dry wheat loses its crust."
)


def test_a_rule_is_said_once_and_its_counts_agree():
    assert len({row.rule for row in measured.TABLE}) == len(measured.TABLE)
    for row in measured.TABLE:
        accepted, judged = row.before
        assert row.accepted <= accepted <= judged
        assert row.judged <= judged
        assert 0 <= row.rank < 1
        assert row.off or row.rank > 0


def test_ready_is_what_enough_readers_took_as_it_was():
    for row in measured.TABLE:
        if measured.tier(row.rule) == "ready":
            assert row.before[1] >= measured.LEAST
            assert row.accepted >= measured.READY * row.judged
            assert row.before[0] >= measured.FRESH * row.before[1]
    assert measured.tier("acronym") == "ready"
    assert measured.tier("claim_called") == "rough", "too few of its cards were judged"
    assert measured.tier("name_cloze") == "rough", "new documents bore it out no more"
    assert measured.tier("claim_how") == "rough", "its guards were drawn around those refused"
    assert measured.tier("claim_subject") == "rough", "most of its cards were refused"


def test_what_nobody_has_judged_is_rough_and_offered():
    assert measured.tier("a rule of tomorrow") == "rough"
    assert not measured.is_off("a rule of tomorrow")


def test_of_many_answers_the_one_that_a_guest_gave_is_asked_for():
    said = "The pivotal moment for rye bread was the discovery that bran holds wild yeast."
    home = Document("page.txt", (said,), (Piece("insight", said, (1, 1)),))
    fronts: list[str] = []
    for role in ("guest", "author"):
        person = Person("Ada Voss", role)
        work = Work("w", "Ada Voss: Rye", (home,), date="2019", people=(person,))
        made = offline.generate(Passage(work, home, home.pieces), Wish())
        fronts += [f"{role}: {offline.front_of(draft)}" for draft in made]
    asked = "what was the pivotal moment for rye bread?"
    assert fronts == [f"guest: According to Ada Voss (2019), {asked}"]
    assert measured.is_off("claim_role")
    assert not measured.is_off("claim_role", told=True)
    assert not measured.is_off("claim_object", told=True)
    assert measured.is_off("claim_content", told=True), "no reader could tell which was meant"
    assert measured.tier("claim_role") == "rough"


def test_which_phenomenon_is_asked_of_a_guest_s_page():
    said = (
        "The double rising phenomenon shows that barley bread first worsens when sourdough ferments"
        " bran (zero sifted flour) and then improves again as it ripens."
    )
    home = Document("page.txt", (said,), (Piece("insight", said, (1, 1)),))
    work = Work("w", "Rye", (home,), date="2019", people=(Person("Ada Voss", "guest"),))
    made = offline.generate(Passage(work, home, home.pieces), Wish())
    (draft,) = [draft for draft in made if draft.rule == "claim_subject"]
    asked = "According to Ada Voss (2019), which phenomenon shows that barley "
    assert offline.front_of(draft).startswith(asked)
    assert choose.answer_of(draft) == "Double rising"


def test_every_card_is_of_a_measured_rule_that_is_on():
    home = Document("page.txt", (SAID,), (Piece("insight", SAID, (1, 1)),))
    work = Work("w", "", (home,), date="2019")
    made = list(offline.generate(Passage(work, home, home.pieces), Wish()))
    rows = {row.rule: row for row in measured.TABLE}
    assert made
    assert all(draft.rule in rows and not rows[draft.rule].off for draft in made)
