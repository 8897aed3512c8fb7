from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import quiz
from quizgen.model import Basic, Card, Choice, Cloze, Content, Evidence
from quizgen.quiz import spoiling

TOWNS = "Bergen Lagos Quito Tbilisi Hobart Porto Nagoya Zadar Cuenca Utrecht Malmö Arica"
CRAFTS = "glacier kiln loom reef canal comet sundial marsh violin ledger compass turbine"
PLACES, THINGS = TOWNS.split(), CRAFTS.split()


def card(name: str, content: Content, **changes: object) -> Card:
    evidence = Evidence(f"The evidence of {name}.", "notes.md", (1, 1))
    return replace(Card(name, content, (evidence,), "kept"), **changes)  # type: ignore[arg-type]


def plenty() -> tuple[Card, ...]:
    """Make twelve cards of each of four kinds, on facts that have nothing in common."""
    cards: list[Card] = []
    for at, (place, thing) in enumerate(zip(PLACES, THINGS, strict=True)):
        others = tuple(PLACES[(at + n) % 12] for n in (0, 3, 5, 8))
        cards += [
            card(f"b{at}", Basic(f"How old is the {thing} of {place}?", f"{at + 31} winters")),
            card(f"c{at}", Choice(f"Where did Doctor {thing} teach law?", others, (0,))),
            card(f"z{at}", Cloze(f"Old {place} paid its {thing} tax in {{{{herring{at}}}}}.")),
            card(f"t{at}", Choice(f"{place} forbade the {thing} races.", ("True", "False"), (1,))),
        ]
    return tuple(cards)


def ids(chosen: quiz.Chosen) -> list[str]:
    return [each.id for pick in chosen.picks for each in pick.cards]


def kinds(chosen: quiz.Chosen) -> Counter[str]:
    return Counter(pick.kind for pick in chosen.picks)


def test_kinds_are_in_balance_and_easy_comes_before_hard() -> None:
    chosen = quiz.choose(plenty(), quiz.Wanted(count=12))

    assert kinds(chosen) == {"choice": 3, "truefalse": 3, "blank": 3, "short": 3}
    assert [pick.kind for pick in chosen.picks][::3] == ["choice", "truefalse", "blank", "short"]


def test_main_ideas_are_asked_before_anything_else() -> None:
    ideas = [{"z7"}, {"b3", "t3"}, {"c9"}, set[str]()]

    chosen = ids(quiz.choose(plenty(), quiz.Wanted(count=3), ideas=ideas))

    assert {"z7", "c9"} <= set(chosen)
    assert len({"b3", "t3"} & set(chosen)) == 1


@given(st.integers(1, 30), st.text(max_size=4))
def test_the_same_wishes_choose_the_same_and_never_more_than_asked(count: int, seed: str) -> None:
    wanted = quiz.Wanted(count=count)

    first = quiz.choose(plenty(), wanted, seed=seed)

    assert len(first.picks) == count
    assert len(set(ids(first))) == len(ids(first))
    assert first == quiz.choose(tuple(reversed(plenty())), wanted, seed=seed)


def test_sections_tags_kinds_and_levels_are_kept_to() -> None:
    cards = [
        replace(each, section="Rivers" if at % 2 else "Ice", tags=("exam",) if at % 3 else ())
        for at, each in enumerate(plenty())
    ]
    by_id = {each.id: each for each in cards}

    river = ids(quiz.choose(cards, quiz.Wanted(count=40, sections=("river",))))
    exam = ids(quiz.choose(cards, quiz.Wanted(count=40, tags=("exam",))))
    blanks = quiz.choose(cards, quiz.Wanted(count=40, kinds=("blank",)))
    easy = quiz.choose(cards, quiz.Wanted(count=40, levels=("easy",)))

    assert {by_id[each].section for each in river} == {"Rivers"}
    assert all("exam" in by_id[each].tags for each in exam)
    assert set(kinds(blanks)) == {"blank"}
    assert set(kinds(easy)) == {"choice", "truefalse"}


def test_a_quiz_takes_no_longer_than_its_minutes() -> None:
    chosen = quiz.choose(plenty(), quiz.Wanted(count=1000, minutes=10))

    sheet = quiz.compose(quiz.Quiz("Q", chosen.picks))

    assert 8 <= sheet.minutes <= 10


def test_two_cards_on_one_fact_are_asked_once_and_it_is_said() -> None:
    cards = (
        card("a", Basic("Who painted Guernica in Paris?", "Pablo Picasso")),
        card("b", Basic("Who painted Guernica?", "Picasso")),
    )

    chosen = quiz.choose(cards, quiz.Wanted())

    assert len(chosen.picks) == 1
    assert "asks for the same as" in chosen.told[0]


GIVEN = card("given", Basic("Which gas did Priestley collect over mercury in 1774?", "Oxygen"))
GIVING = card(
    "giving", Basic("Why did Priestley collect oxygen over mercury in 1774?", "It dissolves little")
)


def test_a_question_that_another_answers_is_swapped_while_there_is_another() -> None:
    chosen = quiz.choose((GIVEN, GIVING, *plenty()[:8]), quiz.Wanted(count=8))

    assert len({"given", "giving"} & set(ids(chosen))) < 2
    assert chosen.told == ()


def test_with_nothing_left_to_swap_there_is_a_warning() -> None:
    chosen = quiz.choose((GIVEN, GIVING), quiz.Wanted())

    assert len(chosen.picks) == 2
    assert chosen.told == ("^given is given away by ^giving: drop one, or reword it",)


def test_a_definition_in_a_matching_gives_away_what_else_asks_for_its_words() -> None:
    terms = tuple(
        card(name, Basic(f"What is {name}?", meaning))
        for name, meaning in (
            ("firn", "Old granular snow that has lasted one summer melt"),
            ("a moraine", "A ridge of rubble which moving ice has left"),
            ("an esker", "A winding bank of gravel laid by streams"),
        )
    )
    asked = card("x", Cloze("Old granular {{snow}} has lasted one melt."))
    picks = [quiz.Pick("matching", terms, pairs="term"), quiz.Pick("blank", (asked,))]

    assert (1, 0) in set(spoiling.spoilt(picks))


def test_an_answer_that_stands_elsewhere_word_for_word_is_given_away() -> None:
    acronym = card("a", Basic("What does GPR stand for?", "Ground-penetrating radar"))
    other = card(
        "b", Basic("Who towed ground-penetrating radar (GPR) over Vatnajökull?", "Per Dahl")
    )
    picks = [quiz.Pick("short", (acronym,)), quiz.Pick("short", (other,))]

    assert set(spoiling.spoilt(picks)) == {(0, 1)}


def test_matching_and_ordering_use_kept_words_and_ask_no_card_twice() -> None:
    terms = tuple(
        card(f"t{at}", Basic(f"What is a {term}?", meaning))
        for at, (term, meaning) in enumerate(
            (
                ("moraine", "A ridge of rock that ice has pushed along"),
                ("cirque", "A bowl in the flank of some mountain"),
                ("esker", "A winding bank of gravel laid by streams"),
                ("nunatak", "A peak that stands out above an icecap"),
                ("crevasse", "An open crack in the top of a glacier"),
            )
        )
    )
    dated = tuple(
        card(f"d{at}", Basic(f"Who mapped {PLACES[at]} in {1800 + at}?", f"Doctor {THINGS[at]}"))
        for at in range(4)
    )

    chosen = quiz.choose((*terms, *dated, *plenty()[:16]), quiz.Wanted(count=16))

    (matching,) = (pick for pick in chosen.picks if pick.kind == "matching")
    (ordering,) = (pick for pick in chosen.picks if pick.kind == "ordering")
    assert matching.spare in terms
    assert len(matching.cards) == 4
    assert set(ordering.cards) <= set(dated)
    assert len(set(ids(chosen))) == len(ids(chosen))
    assert matching.spare.id not in ids(chosen)


def test_a_definition_that_names_another_term_stays_out_of_the_matching() -> None:
    terms = tuple(
        card(f"t{at}", Basic(f"What is {term}?", meaning))
        for at, (term, meaning) in enumerate(
            (
                ("firn", "Old snow that has lasted a summer"),
                ("ice", "What firn becomes under its own weight"),
                ("an esker", "A winding bank of gravel laid by streams"),
                ("a cirque", "A bowl in the side of a mountain"),
            )
        )
    )

    chosen = quiz.choose(terms, quiz.Wanted(kinds=("matching",)))

    assert chosen.picks == ()


@pytest.mark.parametrize("wanted", [quiz.Wanted(tags=("none",)), quiz.Wanted(kinds=("several",))])
def test_wishes_that_nothing_fits_choose_nothing(wanted: quiz.Wanted) -> None:
    assert quiz.choose(plenty(), wanted).picks == ()
