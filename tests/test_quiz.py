from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import quiz
from quizgen.model import Basic, Card, Choice, Cloze, Content, Deck, Evidence

TIDES = Evidence(
    "High water comes about twelve and a half hours after the one before.",
    document="seeds/tides.md",
    lines=(14, 15),
    speaker="Ana Ruiz",
    seconds=754,
    link="https://example.org/watch?t=754",
)
MOON = Choice("What pulls the tides most?", ("The Sun", "The Moon", "The wind", "Jupiter"), (1,))
SPRING = Choice("When are spring tides?", ("Full moon", "New moon", "Half moon"), (0, 1))
FLAT = Choice("A neap tide has the smallest range.", ("True", "False"), (0,))
GAP = Cloze("High water returns after about {{12.5::a number}} hours and {{25}} minutes.")
WHY = Basic("Why are there two tides a day?", "The Earth turns under two bulges of water.")
KINDS: tuple[Content, ...] = (MOON, SPRING, FLAT, GAP, WHY)


def card(name: str, content: Content, **changes: object) -> Card:
    return replace(Card(name, content, (TIDES,), "kept"), **changes)  # type: ignore[arg-type]


def deck(*contents: Content) -> Deck:
    cards = tuple(card(f"c{at:03}", content) for at, content in enumerate(contents))
    return Deck("k3v9qz", "Tides", (), cards)


def same(text: str) -> str:
    return text


def composed(asked: Deck, *, seed: str = "1", version: str = "A") -> quiz.Sheet:
    return quiz.compose(quiz.whole(asked, seed=seed), version)


def order(sheet: quiz.Sheet) -> list[str]:
    return [question.card.id for question in sheet.questions]


def test_every_kind_of_card_has_its_part_and_numbers_run_through() -> None:
    sheet = composed(deck(WHY, GAP, FLAT, SPRING, MOON), seed="1")

    kinds = [section.kind for section in sheet.sections]
    assert kinds == ["choice", "several", "truefalse", "blank", "short"]
    assert [question.number for question in sheet.questions] == [1, 2, 3, 4, 5]


def test_points_add_up_on_the_sheet_and_the_key() -> None:
    sheet = composed(deck(*KINDS), seed="1")

    for view in (quiz.student(sheet, same, same), quiz.key(sheet, same)):
        parts = view["sections"]
        assert view["points"] == 1 + 2 + 1 + 2 + 2 == sum(part["points"] for part in parts)
        assert all(
            part["points"] == sum(question["points"] for question in part["questions"])
            for part in parts
        )


@given(st.sets(st.integers(0, 11), max_size=11), st.text(max_size=5), st.sampled_from("ABCD"))
def test_removing_cards_leaves_the_others_in_their_order(
    gone: set[int], seed: str, version: str
) -> None:
    whole = deck(*[MOON, WHY, GAP] * 4)
    rest = replace(whole, cards=tuple(c for n, c in enumerate(whole.cards) if n not in gone))

    before = order(composed(whole, seed=seed, version=version))
    after = order(composed(rest, seed=seed, version=version))

    assert after == [name for name in before if name in set(after)]


def test_versions_hold_the_same_questions_and_points_in_other_orders() -> None:
    sheets = [composed(deck(*KINDS * 6), seed="1", version=v) for v in "ABCD"]

    assert len({tuple(sorted(order(sheet))) for sheet in sheets}) == 1
    assert len({tuple(order(sheet)) for sheet in sheets}) == 4
    assert len({sheet.points for sheet in sheets}) == 1
    assert len({sheet.form for sheet in sheets}) == 4


def test_options_are_lettered_and_the_right_one_moves_with_its_text() -> None:
    places: set[str] = set()
    for seed in "abcdefgh":
        (question,) = composed(deck(MOON), seed=seed).questions
        assert [option.letter for option in question.options] == ["A", "B", "C", "D"]
        (right,) = (option for option in question.options if option.right)
        assert right.text == "The Moon"
        places.add(right.letter)

    assert len(places) > 1


@pytest.mark.parametrize(
    "options",
    [
        ("40 minutes", "2½ hours", "8 hours", "21 hours"),
        ("4 July 1969", "16 July 1969", "20 July 1969"),
        ("July 1969", "March", "Sept. 1970"),
        ("Monday", "Tuesday", "Friday"),
        ("one", "two", "twenty-five"),
        ("−3 °C", "$5", "~10 %"),
        ("Yes", "No"),
        ("Gold", "Iron", "Both A and B", "Tin"),
    ],
)
def test_numbers_dates_and_options_that_name_letters_keep_their_place(
    options: tuple[str, ...],
) -> None:
    for seed in "abcdef":
        (question,) = composed(deck(Choice("Which?", options, (0,))), seed=seed).questions
        assert tuple(option.text for option in question.options) == options


@pytest.mark.parametrize(
    "options",
    [("Marie", "Friedrich", "Sunniva", "Augusta"), ("Decision", "Market", "Monument", "May Day")],
)
def test_words_that_only_begin_like_a_date_are_shuffled(options: tuple[str, ...]) -> None:
    orders = {
        tuple(option.text for option in composed(asked, seed=seed).questions[0].options)
        for seed in "abcdef"
        for asked in [deck(Choice("Which?", options, (0,)))]
    }

    assert len(orders) > 1


def test_all_of_the_above_stays_last_while_the_others_move() -> None:
    asked = deck(Choice("Which?", ("Gold", "Iron", "Tin", "All of the above"), (3,)))

    shown = [composed(asked, seed=seed).questions[0].options for seed in "abcdef"]

    assert {options[-1].text for options in shown} == {"All of the above"}
    assert len({options[0].text for options in shown}) > 1


def test_true_stands_before_false_whatever_the_deck_says() -> None:
    (question,) = composed(deck(Choice("It is.", ("False", "True"), (0,))), seed="1").questions

    assert [(option.letter, option.right) for option in question.options] == [
        ("T", False),
        ("F", True),
    ]


def test_the_form_changes_with_the_seed_the_version_and_the_questions() -> None:
    forms = [
        composed(deck(*KINDS), seed="1").form,
        composed(deck(*KINDS), seed="2").form,
        composed(deck(*KINDS), seed="1", version="B").form,
        composed(deck(*KINDS[1:]), seed="1").form,
    ]

    assert len(set(forms)) == 4
    assert forms[0] == composed(deck(*KINDS), seed="1").form
    assert forms[0].startswith("A-")


def test_the_student_view_holds_no_answer_evidence_or_explanation() -> None:
    cards = (
        card("c1", Cloze("Neap tides come at {{half moon}}.")),
        card("c2", Basic("Why?", "Because water bulges twice."), why="Newton showed it."),
        card("c3", MOON, why="It is near."),
    )
    sheet = composed(Deck("k", "Tides", (), cards), seed="1")

    view = quiz.student(sheet, same, lambda _: "Neap tides come at …")
    shown = json.dumps({name: value for name, value in view.items() if name != "labels"})

    for secret in ("half moon", "bulges", "Newton", "near", "Ana Ruiz", "right", "tides.md", "c1"):
        assert secret not in shown
    assert "Jupiter" in shown


def test_the_key_gives_answer_points_source_words_and_card() -> None:
    sheet = composed(deck(SPRING), seed="1")
    (asked,) = sheet.questions

    (answered,) = quiz.key(sheet, same)["sections"][0]["questions"]

    right = [option for option in asked.options if option.right]
    assert answered["marks"] == "".join(option.letter for option in right)
    assert [answer["text"] for answer in answered["answers"]] == [option.text for option in right]
    assert answered["ids"] == ["c000"]
    assert answered["evidence"] == [
        {
            "words": TIDES.text,
            "speaker": "Ana Ruiz",
            "time": "12:34",
            "link": "https://example.org/watch?t=754",
            "place": "seeds/tides.md:14-15",
            "id": "c000",
        }
    ]


def test_the_key_links_to_the_web_only() -> None:
    bad = replace(TIDES, link="javascript:alert(1)")
    sheet = composed(
        Deck("k", "T", (), (card("c1", WHY, evidence=(bad,)),)),
        seed="1",
    )

    assert quiz.key(sheet, same)["sections"][0]["questions"][0]["evidence"][0]["link"] == ""


def test_ruled_lines_are_as_many_as_the_answer_takes_by_hand() -> None:
    def lines(answer: str) -> int:
        return composed(deck(Basic("Why?", answer))).questions[0].lines

    assert lines("The Moon") == 1
    assert lines("The Earth turns under two bulges of water.") == 2
    assert lines("The Earth turns under two bulges of water. " * 3) == 5
    assert lines("word " * 900) == 10


def test_drafts_are_counted_for_the_head_of_the_sheet() -> None:
    cards = (card("c1", WHY), card("c2", MOON, state="draft"))

    view = quiz.student(composed(Deck("k", "T", (), cards), seed="1"), same, same)

    assert (view["drafts"], view["count"]) == (1, 2)


def test_cards_without_an_id_and_lone_surrogates_are_composed_too() -> None:
    cards = (card("", WHY), card("", MOON), card("x", Basic("a \ud800 b", "c")))

    sheet = composed(Deck("k", "T\ud800 \x00itle", (), cards), seed="1")

    assert sheet.title == "T itle"
    assert len(sheet.questions) == 3


def test_more_than_26_options_get_two_letters() -> None:
    many = Choice("Which?", tuple(f"Name {chr(97 + n % 26)}{n}" for n in range(28)), (0,))

    (question,) = composed(deck(many), seed="1").questions

    assert [option.letter for option in question.options[-3:]] == ["Z", "AA", "AB"]


def test_a_long_title_is_cut_at_a_word_for_the_running_head() -> None:
    title = "How the tides of the Severn and the Bay of Fundy came to be the highest of all"
    sheet = composed(replace(deck(WHY), title=title), seed="1")

    running = quiz.student(sheet, same, same)["running"]

    assert len(running) <= 60
    assert title.startswith(running[:-1] + " ")
