"""A blank hides a name that the rest of its sentence tells, or the year of what a name did."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizgen.generate import offline
from quizgen.generate.offline import bearers, choose, density, named, propers
from quizgen.generate.offline.scene import Scene, survey
from quizgen.model import Document, Draft, Passage, Piece, Wish, Work

BAKER = "Karl Lund patented a folding scraper for sticky rye in 1931."


def scene_of(*texts: str) -> Scene:
    pieces = tuple(Piece("section", text, (at, at)) for at, text in enumerate(texts, 1))
    home = Document("page.txt", texts, pieces)
    return survey(Passage(Work("w", "", (home,)), home, pieces))


def names(text: str) -> list[str]:
    return [name.text for name in propers.find(scene_of(text), text)]


def drafts(*texts: str, heading: str = "") -> list[Draft]:
    scene = scene_of(*texts)
    home = scene.passage.document
    pieces = tuple(replace(piece, heading=heading) for piece in home.pieces)
    home = replace(home, pieces=pieces)
    return list(offline.generate(Passage(Work("w", "", (home,)), home, pieces), Wish()))


def asked(*texts: str) -> list[str]:
    return [choose.answer_of(draft) for draft in drafts(*texts)]


def test_a_name_is_found_whole():
    said = "In 1931 the mill of Karl van der Lund sold the Falk reaction to the Guild of Uppsala."
    assert names(said) == ["Karl van der Lund", "Falk reaction", "Guild of Uppsala"]


@pytest.mark.parametrize(
    "said",
    [
        "Unlike others, the baker rested in March.",
        "When bread rises it is warm on Monday.",
        "The old Danish loaf keeps well.",
    ],
)
def test_openings_dates_and_peoples_are_no_names(said: str):
    assert names(said) == []


def test_what_is_owned_is_the_name():
    assert names("They rebuilt Uppsala’s Bakers Hall after the fire.") == ["Bakers Hall"]


def test_somebody_who_did_one_thing_in_a_year_is_asked_for():
    assert asked(BAKER) == ["Karl Lund"]


def test_he_is_whoever_the_sentence_before_is_about():
    before = "Karl Lund ran a mill near Uppsala."
    sentence = "He patented a folding scraper for sticky rye in 1931."
    told = list(bearers.sentences(scene_of(f"{before} {sentence}"), f"{before} {sentence}"))
    assert told[1].said == BAKER
    assert told[1].proof == f"{before} {sentence}"


def test_nobody_is_put_for_he_where_two_are_named():
    text = "Karl Lund met Mia Berg in a mill. He patented a folding scraper in 1931."
    assert [told.said for told in bearers.sentences(scene_of(text), text)][1].startswith("He ")


@pytest.mark.parametrize(
    "said",
    [
        "Rye bran from mills such as Lund Brothers keeps sourdough acid for nine days.",
        "Three years later Karl Lund patented a folding scraper for sticky rye dough.",
        "This chapter discusses how Karl Lund patented a folding scraper for sticky rye.",
        "Karl Lund and Mia Berg patented a folding scraper for sticky rye dough.",
        "Mills ground spelt after the Uppsala Accord, and autolyse came into use.",
    ],
)
def test_one_of_several_and_what_leans_on_its_page_is_not_asked_for(said: str):
    scene = scene_of(said)
    piece = scene.passage.pieces[0]
    assert [choose.answer_of(draft) for draft in named.named(piece, scene)] == []


def test_the_year_of_an_event_is_asked_once_in_a_section():
    found = drafts(
        "The dough guild opened a school on Gotland in 1904, near the harbour mill of a miller.",
        "The dough guild opened a second school on Öland in 1911, near the harbour kiln.",
        heading="The guild",
    )
    assert sum(draft.rule == "year_cloze" for draft in found) <= 1


def test_a_name_is_hidden_no_more_than_twice():
    texts = [
        "Karl Lund patented a folding scraper for sticky rye in 1931.",
        "Karl Lund patented a sieve for spelt bran in 1938.",
        "Karl Lund founded a museum of proofing baskets near Uppsala in 1942.",
        "Karl Lund described the autolyse of dinkel and emmer in 1950.",
    ]
    scene = scene_of(*texts)
    every = [draft for piece in scene.passage.pieces for draft in named.named(piece, scene)]
    assert len(every) == len(texts)
    assert len(density.thinned(every, scene.passage, choose.worth)) == 2


def test_one_deed_told_twice_is_asked_for_once():
    texts = (
        "Karl Lund patented a folding scraper for sticky rye in 1931.",
        "Sticky rye was kneaded by hand until Karl Lund patented a folding scraper.",
    )
    scene = scene_of(*texts)
    every = [draft for piece in scene.passage.pieces for draft in named.named(piece, scene)]
    assert len(density.thinned(every, scene.passage, choose.worth)) == 1
