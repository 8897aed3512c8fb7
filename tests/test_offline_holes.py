"""A blank is asked for only where its sentence is whole, stands alone and keeps its secret."""

from __future__ import annotations

import pytest

from quizgen.generate.offline import hints, holes, opening, subject, wording
from quizgen.generate.offline.scene import Scene, survey
from quizgen.model import Document, Passage, Piece, Work


def scene_of(*texts: str, title: str = "") -> Scene:
    pieces = tuple(Piece("section", text, (at, at)) for at, text in enumerate(texts, 1))
    home = Document("page.txt", texts, pieces)
    return survey(Passage(Work("w", title, (home,)), home, pieces))


def fault(rule: str, front: str, *others: str) -> str:
    plain = front.replace("{{", "").replace("}}", "")
    return holes.fault(rule, front, scene_of(plain, *others), lead="")


@pytest.mark.parametrize(
    "front",
    [
        "{{Karl Lund}} patented a folding scraper for sticky rye dough in 1931.",
        "{{Lund}} sold the Uppsala mill to Ada Voss, who ground spelt in it.",
        "In 1931 {{Karl Lund}} gave his own mill to the millers whom he had taught, and they paid.",
        "The {{Lund Plan}} worked when the millers crossed Gotland and Skåne, near Uppsala.",
        "{{Gotland}} had 72 mills fit for spelt, while the Alps had only one.",
        "The miller Ada Voss ground spelt for {{Karl Lund}}, who paid her in silver.",
    ],
)
def test_a_name_that_its_sentence_tells_is_asked_for(front: str):
    assert fault("named_cloze", front) == ""


@pytest.mark.parametrize(
    ("front", "why"),
    [
        ("{{Lund}} captured him at Uppsala in 1931 and took the mill.", "pronoun"),
        ("{{Lund Mills}} found a vendor in 1931, and they sold the flour at Uppsala.", "pronoun"),
        ("In 1931 {{Karl Lund}} gave Ada Voss an even simpler recipe for rye.", "compares"),
        ("From the Uppsala mills the art came to Ada Voss and then {{Lund}} in 1931.", "compares"),
        ("Ada Voss met the miller with the flour at the {{Grain Hall}} in 1931.", "points"),
        ("In 1931 Ada Voss bought her first mill from the dealer and called {{Lund}}.", "points"),
        ("If {{Lund}} wanted a thousand loaves, Ada Voss would bake through the night.", "dates"),
        ("Ada Voss is a distinguished professor and won the {{Grain Medal}} in 1931.", "dates"),
        ("Ada Voss ran the Uppsala mill alone during the {{Grain War}}.", "dates"),
        ("The {{Guild}}’s silver paid for the Uppsala mill of Ada Voss.", "dates"),
        ("Most {{of Lund}}’s flour went to Uppsala in 1931.", "no name"),
        ("In 1931 {{Ada Voss calls}} rye the grain of patience.", "no name"),
        ("In 1931 the mill stood in {{Lunds Paris}} bakery near Uppsala.", "no name"),
        ("Karl “{{Flour}}” Lund sang of the Uppsala mill in 1931.", "part"),
        ("In 1931 the miller {{Karl}} Lund sold the Uppsala mill.", "part"),
        ("{{Augusta Lund}} named the Augustan mill at Uppsala in 1931.", "gives"),
        ("The motto {{Panis}}, labor, pax of Ada Voss was the guild’s from 1931.", "gives"),
        (
            "Ada Voss, Olaf Berg and Nils Dahl rowed to Uppsala, where {{Lund}} ground spelt.",
            "many",
        ),
        ("{{Lund}} has grown into a mature and widely used oven for sourdough.", "whose"),
        (
            "The {{Mill Company}} passed rules, many of them Nordic-made, that hurt the guilds.",
            "whose",
        ),
        ("The {{Grain Empire}} made reforms that wore down the old balance of power.", "whose"),
        ("Ada Voss and Karl Lund, dressed as millers, reaches {{Uppsala}} in 1931.", "broken"),
        ("In 1931 Ada Voss saw a large wooden ovens at {{Uppsala Hall}}.", "broken"),
        ("In 1931 {{Karl Lund}} beat his friend/rival Ada Voss at Uppsala.", "note"),
        ("Feast at Uppsala—Speeches of the millers—Ada Voss sails for {{Gotland}}.", "note"),
    ],
)
def test_a_name_that_leans_or_is_given_away_is_not_asked_for(front: str, why: str):
    assert why in fault("named_cloze", front)


@pytest.mark.parametrize(
    ("front", "why"),
    [
        ("{{Rye plantations}} emits methane that warms the Baltic.", "broken"),
        ("{{Baguettes}} are made of 3 strands and 1 crust making it whole.", "pronoun"),
        ("An {{unbaked crust}} softens quickly; an unfed starter dies.", "everyday"),
        ("{{Weather}} spoils dough that Ada Voss has left to rise.", "everyday"),
        ("{{Baking}} was local, with few rules and with most ovens run by guilds.", "whose"),
        ("{{Maillard}}’s is caused by sugars that meet proteins in the crust.", "part"),
        ("{{Build/mend gluten}}, used to hold gas, shapes the loaf.", "note"),
    ],
)
def test_an_everyday_subject_is_not_asked_for(front: str, why: str):
    assert why in fault("subject_cloze", front)


def test_a_learned_subject_is_asked_for():
    assert fault("subject_cloze", "{{Autolysis}} loosens gluten before the salt goes in.") == ""
    assert fault("subject_cloze", "{{Quantum mechanics}} forbids a certain future.") == ""


def test_a_note_without_a_verb_is_not_asked_for():
    assert fault("called_cloze", "Steep crust called {{ear}}, gentle crust called belly.")
    told = "The steep side of a slashed crust is called the {{ear}}."
    assert fault("called_cloze", told) == ""


def test_an_amount_is_asked_for_where_it_is_said_whose_it_is():
    assert fault("amount_cloze", "The mill of Uppsala milled {{72}} sacks of rye a day.") == ""
    assert fault("amount_cloze", "Normal mills of Uppsala milled {{72}} sacks of rye a day.")
    assert fault("amount_cloze", "Uppsala’s mill milled about {{72}} sacks of rye a day.")
    assert fault("amount_cloze", "Even a small mill can grind {{72}} sacks of rye a day.")


def test_a_name_that_ends_in_its_kind_shows_no_letters():
    assert hints.of("Grain Bureau") == ""
    assert hints.of("Karl Lund") == "K… L…"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("For example, Karl Lund sold the mill.", "Karl Lund sold the mill."),
        ("Together, rye and spelt fed the town.", "Rye and spelt fed the town."),
        ("Intrigued, Ada Voss bought the mill.", "Ada Voss bought the mill."),
        ("Upon reaching, Karl Lund kissed the ground.", "Karl Lund kissed the ground."),
        ("Or Lund grinding spelt at night.", ""),
    ],
)
def test_a_word_that_joins_a_sentence_to_another_is_taken_off(said: str, told: str):
    assert opening.told(scene_of(said), said) == told


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Rye Bread Notes (Chapters 1–3): Flour", ["Rye Bread Notes", "Flour"]),
        ("'Rye for all: the story of a mill'", ["Rye for all", "the story of a mill"]),
        ("The Miller's Tale: Spelt", ["The Miller's Tale", "Spelt"]),
        ("Rye [draft 2 - 4] - Flour", ["Rye", "Flour"]),
    ],
)
def test_a_title_is_cut_between_its_brackets_and_marks(title: str, parts: list[str]):
    assert subject.split(title) == parts
    assert all(map(subject.is_balanced, parts))


def test_a_title_with_an_open_mark_opens_no_card():
    assert not subject.is_balanced("Rye Bread Notes (Chapters")
    assert not subject.is_balanced("'Rye for all")
    text = "Rye bread keeps for a week. Rye bread is sour. Rye bread is dark."
    scene = scene_of(text, title="Rye Bread Notes (Chapters 1–3)")
    assert "(" not in wording.introduced(scene, text, hidden="") + scene.about
