from __future__ import annotations

from dataclasses import replace

import pytest

from quizgen import quiz
from quizgen.model import Basic, Card, Choice, Cloze, Content, Deck, Evidence
from quizgen.quiz import events, labels, reading

SAID = Evidence(
    "Ice remembers the valley it came from.", "ice.md", (3, 3), "Ida Holm", 61, match="verbatim"
)
QUOTE = Cloze("Ida Holm (2021): “Ice remembers the {{valley}} it came from.”")


def card(content: Content, name: str = "c1", **changes: object) -> Card:
    return replace(Card(name, content, (SAID,), "kept"), **changes)  # type: ignore[arg-type]


def sheet(*picks: quiz.Pick, **changes: object) -> quiz.Sheet:
    asked = quiz.Quiz("Ice", picks)
    return quiz.compose(replace(asked, **changes))  # type: ignore[arg-type]


# --- quotations --------------------------------------------------------------


def test_a_blank_inside_a_quotation_is_asked_as_its_completion() -> None:
    assert quiz.kind_of(card(QUOTE)) == "completion"
    assert quiz.kind_of(card(Cloze("In “Ice”: the {{valley}} is old."))) == "blank"
    assert quiz.kind_of(card(Cloze("{{Ida}}: “Ice remembers.”"))) == "blank"


def test_who_said_it_is_asked_only_where_a_recording_shows_who_did() -> None:
    whole = "“Ice remembers the valley it came from.”"
    assert reading.quote(card(QUOTE)) == reading.Quote(whole, "Ida Holm")

    for unsure in (
        replace(SAID, match="condensed"),
        replace(SAID, speaker=""),
        replace(SAID, speaker="Per Dahl"),
        replace(SAID, note="closest passage of the recording"),
    ):
        assert reading.quote(card(QUOTE, evidence=(unsure,))) is None


def test_a_quotation_that_names_its_speaker_is_not_asked_back() -> None:
    told = Cloze("Ida Holm: “I am {{Ida Holm}}, and I like ice.”")

    assert reading.quote(card(told)) is None


def test_the_speakers_name_is_on_the_key_and_not_on_the_sheet() -> None:
    made = sheet(quiz.Pick("attribution", (card(QUOTE),)))

    student = quiz.student(made, str, str)["sections"][0]["questions"][0]
    key = quiz.key(made, str)["sections"][0]["questions"][0]

    assert student["quote"] == "“Ice remembers the valley it came from.”"
    assert "Ida Holm" not in str(student)
    assert [answer["text"] for answer in key["answers"]] == ["Ida Holm"]


# --- terms and reasons -------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("What is a moraine?", "Moraine"),
        ("What are the Northern Lights?", "Northern Lights"),
        ("In geology, what is GPR?", "GPR"),
        ("In the context of “Ice, Rock, and Water”, what is firn?", "Firn"),
        ("Was ist eine Moräne?", "Moräne"),
        ("¿Qué es una morrena?", "Morrena"),
        ("什么是冰碛？", "冰碛"),
        ("What is the capital of Norway?", ""),
        ("According to Ida Holm, what is a moraine?", ""),
        ("Who named the moraine?", ""),
    ],
)
def test_a_term_is_read_out_of_a_question_that_asks_for_its_definition(
    question: str, term: str
) -> None:
    assert (
        reading.term(card(Basic(question, "A ridge of rock that ice 冰川留下的石头堆 left")))
        == term
    )


def test_an_answer_that_only_names_defines_nothing() -> None:
    assert reading.term(card(Basic("What is the longest fjord?", "Sognefjord"))) == ""


def test_a_reason_is_a_question_why_with_an_answer_that_explains() -> None:
    assert reading.is_reason(card(Basic("Why is ice blue?", "Because it soaks up red light")))
    assert not reading.is_reason(card(Basic("Why is ice blue?", "Light")))
    assert not reading.is_reason(card(Basic("What is blue?", "Ice that soaks up red light")))


# --- matching ----------------------------------------------------------------

TERMS = tuple(
    card(Basic(f"What is {term}?", meaning), f"t{at}")
    for at, (term, meaning) in enumerate(
        (
            ("a moraine", "A ridge of rock that ice has pushed along"),
            ("a cirque", "A bowl in the side of a mountain"),
            ("firn", "Old snow that has lasted a summer"),
            ("an esker", "A winding bank of gravel laid by a stream"),
        )
    )
)


def test_a_matching_has_one_answer_that_fits_nothing() -> None:
    made = sheet(quiz.Pick("matching", TERMS[:3], pairs="term", spare=TERMS[3]))

    (question,) = made.questions
    by_letter = {option.letter: option for option in question.options}
    (spare,) = (option for option in question.options if not option.right)

    assert [option.letter for option in question.options] == ["A", "B", "C", "D"]
    assert spare.text == "A winding bank of gravel laid by a stream"
    assert all(by_letter[entry.answer].text == entry.told for entry in question.entries)
    assert question.points == 3
    assert (
        "One answer is not used."
        in quiz.student(made, str, str)["sections"][0]["questions"][0]["prompt"]
    )


def test_the_key_of_a_matching_gives_each_pair_its_card_and_evidence() -> None:
    made = sheet(quiz.Pick("matching", TERMS[:3], pairs="term", spare=TERMS[3]))

    key = quiz.key(made, str)["sections"][0]["questions"][0]

    assert sorted(key["ids"]) == ["t0", "t1", "t2"]
    assert [answer["id"] for answer in key["answers"]] == key["ids"]
    assert [evidence["id"] for evidence in key["evidence"]] == key["ids"]
    assert key["marks"] == "".join(answer["letter"] for answer in key["answers"])


# --- events ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "text", "when"),
    [
        (
            Basic("Who crossed Greenland on skis in 1888?", "Fridtjof Nansen"),
            "Fridtjof Nansen crossed Greenland on skis",
            (1888, 0, 0),
        ),
        (
            Cloze("In {{1821}}, Ignaz Venetz described the ice age."),
            "Ignaz Venetz described the ice age.",
            (1821, 0, 0),
        ),
        (
            Cloze("The {{Fram}} froze in on 22 September 1893."),
            "The Fram froze in.",
            (1893, 9, 22),
        ),
        (
            Basic("When did the Fram sail?", "24 June 1893"),
            "When did the Fram sail?",
            (1893, 6, 24),
        ),
        (Basic("When did it end?", "May 7, 1915"), "When did it end?", (1915, 5, 7)),
        (
            Basic("Wann brach die Fram auf?", "24. Juni 1893"),
            "Wann brach die Fram auf?",
            (1893, 6, 24),
        ),
        (Basic("¿Cuándo zarpó?", "24 de junio de 1893"), "¿Cuándo zarpó?", (1893, 6, 24)),
        (Basic("弗拉姆号何时启航？", "1893年6月24日"), "弗拉姆号何时启航？", (1893, 6, 24)),
    ],
)
def test_an_event_is_told_without_its_date(
    content: Content, text: str, when: tuple[int, int, int]
) -> None:
    event = events.read(card(content))

    assert event is not None
    assert (event.text, event.when) == (text, when)


@pytest.mark.parametrize(
    "content",
    [
        Cloze("Ida Holm (2021): {{Ice}} moves in summer."),
        Cloze("The {{Fram}} drifted from 1893 to 1896."),
        Basic("Who weighed 1888 samples?", "Nansen"),
        Basic("Who crossed Greenland?", "Fridtjof Nansen"),
        Basic("When did it freeze?", "In the winter of 1893, after a long and stormy summer"),
        Cloze("About {{1500}} metres of ice lay there."),
    ],
)
def test_a_card_without_one_plain_date_is_no_event(content: Content) -> None:
    assert events.read(card(content)) is None


def test_a_year_has_no_order_with_a_day_of_that_year() -> None:
    assert events.can_follow((1893, 0, 0), (1896, 5, 1))
    assert events.can_follow((1893, 6, 24), (1893, 9, 22))
    assert not events.can_follow((1893, 0, 0), (1893, 9, 22))
    assert not events.can_follow((1893, 6, 24), (1893, 6, 24))


def test_events_are_never_printed_in_their_right_order() -> None:
    cards = tuple(
        card(Basic(f"Who crossed glacier {name} in {year}?", "Ida Holm"), name)
        for name, year in (("a", 1888), ("b", 1893), ("c", 1912))
    )
    for seed in "abcdefghijkl":
        made = sheet(quiz.Pick("ordering", cards), seed=seed)
        places = [entry.answer for entry in made.questions[0].entries]
        assert sorted(places) == ["1", "2", "3"]
        assert places != ["1", "2", "3"]


# --- blanks, languages -------------------------------------------------------


def test_every_blank_counts_and_the_word_bank_holds_them_all() -> None:
    cards = (
        card(Cloze("Ice is {{frozen}} {{water}}."), "a"),
        card(Cloze("Firn is old {{snow}}."), "b"),
    )
    made = sheet(*(quiz.Pick("blank", (each,)) for each in cards), word_bank=True)

    assert made.points == 3
    assert sorted(made.sections[0].bank) == ["frozen", "snow", "water"]
    assert sheet(quiz.Pick("blank", cards[:1])).sections[0].bank == ()


@pytest.mark.parametrize("language", sorted(labels.LANGUAGES))
def test_every_language_has_every_word(language: str) -> None:
    words = labels.LANGUAGES[language]

    assert set(words.parts) == {part.kind for part in quiz.PARTS}
    assert words.tasks.keys() == labels.ENGLISH.tasks.keys()
    assert words.spoken.keys() == labels.ENGLISH.spoken.keys()
    assert "{page}" in words.page
    assert "{pages}" in words.page


def test_a_sheet_speaks_the_language_of_its_deck() -> None:
    deck = Deck("k", "Eis", cards=(card(Choice("Eis schwimmt.", ("Wahr", "Falsch"), (0,))),))

    made = quiz.compose(quiz.whole(replace(deck, language="de-AT")))
    view = quiz.student(made, str, str)

    assert view["sections"][0]["heading"] == "Wahr oder falsch"
    assert [option["letter"] for option in view["sections"][0]["questions"][0]["options"]] == [
        "W",
        "F",
    ]
    assert quiz.key(made, str)["sections"][0]["questions"][0]["marks"] == "W"


def test_a_sheet_of_hebrew_runs_from_right_to_left() -> None:
    assert labels.is_rtl("en", ["מהו קרחון?", "GPS"])
    assert labels.is_rtl("ar", [])
    assert not labels.is_rtl("en", ["What is “קרחון” in English?"])


def test_english_words_keep_their_order_on_a_hebrew_sheet() -> None:
    made = sheet(quiz.Pick("short", (card(Basic("למה הקרח כחול?", "אור")),)), language="he")
    view = quiz.student(made, str, str)

    assert view["points_text"] == "\u200e2 points\u200e"
    assert view["sections"][0]["heading"] == "\u200eShort answer\u200e"
