"""Labelled cards in, problems out: `cases/checks.jsonl` says which rules must find what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from strategies import cards as any_card

from quizgen import checks
from quizgen.checks import Context, cases
from quizgen.model import Basic, Card, Choice, Cloze, Evidence, Match, Problem, Stamp

TEXT = (Path(__file__).parent / "cases" / "checks.jsonl").read_text("utf-8")
CASES, UNREADABLE = cases.read(TEXT, rules=checks.RULES)
TABLES = (checks.CHECKS, checks.DECK_CHECKS, checks.MATCHING_CHECKS)


def problems(content: Basic | Cloze | Choice, *evidence: Evidence, rule: str = "") -> list[Problem]:
    return list(checks.check_card(Card("k7q2", content, evidence, stamp=Stamp(rule))))


def names(content: Basic | Cloze | Choice, *evidence: Evidence, rule: str = "") -> list[str]:
    return [problem.rule for problem in problems(content, *evidence, rule=rule)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.id}-{'+'.join(case.flaws)}")
def test_a_labelled_card_has_the_flaws_on_its_label_and_no_others(case: cases.Case) -> None:
    found = cases.judge(case)

    assert found >= case.flaws
    assert found <= case.flaws | case.tolerated


def test_every_rule_has_a_labelled_card() -> None:
    assert not UNREADABLE
    assert {flaw for case in CASES for flaw in case.flaws} == set(checks.RULES)


def test_there_are_thirty_eight_rules() -> None:
    assert len(checks.RULES) == 38


@pytest.mark.parametrize("table", TABLES)
def test_a_rule_with_two_rows_blocks_in_one_and_warns_in_the_other(
    table: Sequence[checks.Check | checks.DeckCheck | checks.MatchingCheck],
) -> None:
    rows = [(row.name, row.severity) for row in table]

    assert len(rows) == len(set(rows))


@given(any_card())
def test_no_card_breaks_a_check_and_every_problem_is_a_sentence(card: Card) -> None:
    for problem in checks.check_deck([card, card]):
        assert problem.card == card.id
        assert problem.sentence.endswith(".")
        assert problem.sentence[0].isupper() or not problem.sentence[0].isalpha()


@given(any_card())
def test_the_same_card_has_the_same_problems(card: Card) -> None:
    assert list(checks.check_card(card)) == list(checks.check_card(card))


# --- a card as a whole -------------------------------------------------------


def test_only_a_blocking_problem_keeps_a_draft_from_being_offered() -> None:
    long = Basic("Which town is it that " + "and that " * 30 + "lies on the Elbe?", "Dresden")
    bare = Basic("Which town lies on the Elbe?", "")

    assert not checks.blocks([Problem("too-long", "warns", "Too long.")])
    assert not checks.blocks(p for p in problems(long) if p.rule == "too-long")
    assert checks.blocks(problems(bare))
    assert not checks.blocks([])


def test_a_malformed_card_is_not_judged_further() -> None:
    assert names(Basic("Does he, um, say so in this video?", "")) == ["malformed"]


def test_dropped_cards_are_neither_judged_nor_compared() -> None:
    question = Basic("What drives the trade winds?", "Heat at the equator")
    deck = [Card("a", question, state="dropped"), Card("b", question)]

    assert list(checks.check_deck(deck)) == []


def test_contexts_stay_with_their_cards_when_one_is_dropped() -> None:
    spoken = (Evidence("It is about three degrees."),)
    deck = [
        Card("a", Basic("How warm is the deep sea?", "3 °C"), spoken, state="dropped"),
        Card("b", Basic("How many oceans are there?", "Five"), (Evidence("We count them all."),)),
    ]

    found = checks.check_deck(deck, [Context(), Context(window="There are five oceans.")])

    assert list(found) == []


# --- form --------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "What does `<b>x</b>` ask a browser to do?",
        "What does $a {{b}} <i>$ stand for?",
        "What does the **force** of gravity depend on?",
        "Which page of [the manual](https://example.org/m) explains knots?",
        "What does `2 ** 3` give in Python, and not `2 * 3`?",
        r"What are \{{ braces for in a template?",
        "What is 3 < 5 & 5 > 3 an example of?",
        'What does `cout << "&amp;"` print?',
    ],
)
def test_markdown_code_and_maths_are_no_litter(question: str) -> None:
    assert "malformed" not in names(Basic(question, "Something else entirely"))


@pytest.mark.parametrize(
    "content",
    [
        Basic("What is a tort?", "A **civil wrong"),
        Basic("What is a tort?", "A [civil](wrong"),
        Basic("What is a tort?", "what is a tort"),
        Basic("A tort is a {{c1::civil wrong", "x"),
        Cloze("{{c1::A tort}}"),
        Cloze("A tort is a civil wrong."),
        Choice("Which sort is stable?", ("Merge sort", "Quicksort"), (0,)),
        Choice("Which sort is stable?", ("Merge sort", "Quicksort", "Heapsort"), ()),
        Choice("Which sort is stable?", ("Merge sort", "Quicksort", "Heapsort"), (0, 1, 2)),
    ],
)
def test_what_could_not_be_shown_or_answered_is_malformed(
    content: Basic | Cloze | Choice,
) -> None:
    assert names(content) == ["malformed"]


def test_two_options_make_a_card_when_they_are_true_and_false() -> None:
    assert names(Choice("Merge sort is stable.", ("False", "True"), (1,))) == []


def test_words_in_quotation_marks_are_nobody_s_pronouns() -> None:
    assert names(Basic("Which word does “they said they saw it” repeat?", "The pronoun")) == []


# --- quotes ------------------------------------------------------------------

HARBOUR = Evidence(
    "You know, a harbour is, uh, only a pause between two storms. I've always said that.",
    speaker="Ada Lindqvist",
    match="verbatim",
)


@pytest.mark.parametrize(
    "front",
    [
        "Ada Lindqvist on harbours: “A harbour is only a ____ between two storms.”",
        "Ada Lindqvist on harbours: “A harbour is … a ____ between two storms.”",
        "Ada Lindqvist on harbours: “[A harbour] is only a ____ between two storms”",
        'Ada Lindqvist on harbours: "A HARBOUR is only a __ between two storms!"',
    ],
)
def test_fillers_cuts_case_and_punctuation_do_not_make_a_misquote(front: str) -> None:
    assert names(Basic(front, "pause"), HARBOUR, rule="quote-complete") == []


def test_a_blank_filled_with_other_words_is_a_misquote_and_the_right_words_are_offered() -> None:
    front = "Ada Lindqvist on harbours: “A harbour is only a ____ between two storms.”"

    (problem,) = problems(Basic(front, "breath"), HARBOUR)

    assert problem.rule == "quote-not-found"
    assert "only a pause between two storms" in problem.sentence


def test_a_quote_in_a_cloze_is_verified_with_its_blank_filled_in() -> None:
    right = Cloze("Ada Lindqvist: “A harbour is only a {{pause}} between two storms.”")
    wrong = Cloze("Ada Lindqvist: “A harbour is only a {{c1::rest}} between two gales.”")

    assert names(right, HARBOUR) == []
    assert "quote-not-found" in names(wrong, HARBOUR)


def test_a_splice_of_two_places_is_a_misquote_unless_the_cut_is_marked() -> None:
    spliced = "Ada Lindqvist: “A harbour is only a ____ I've always said that.”"
    marked = "Ada Lindqvist: “A harbour is only a ____ … I've always said that.”"

    assert "quote-not-found" in names(Basic(spliced, "pause"), HARBOUR)
    assert names(Basic(marked, "pause"), HARBOUR) == []


def test_the_wording_of_a_page_passes_where_the_page_is_the_evidence() -> None:
    page = Evidence("Harbours are pauses.", speaker="Ada Lindqvist", match="page")

    assert "quote-not-found" not in names(Cloze("Ada Lindqvist: “Harbours are {{pauses}}.”"), page)


def test_a_title_in_quotation_marks_is_no_quotation() -> None:
    asked = Basic("Who wrote the poem “Sea Fever”?", "John Masefield")

    assert names(asked, Evidence("John Masefield is best known for a poem of 1902.")) == []


def test_words_of_another_are_credited_with_quoted_by() -> None:
    told = Evidence(
        "As Heraclitus said, nobody steps in the same river twice.", speaker="Nils Berg"
    )
    bare = "Heraclitus on change: “nobody steps in the same ____ twice”"
    full = "Heraclitus on change, quoted by Nils Berg: “nobody steps in the same ____ twice”"

    assert names(Basic(bare, "river"), told) == ["speaker-mismatch"]
    assert names(Basic(full, "river"), told) == []


# --- numbers -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "evidence"),
    [
        ("46", "We have forty-six chromosomes."),
        ("A dozen", "There were 12 of them."),
        ("1.5 billion", "It took one and a half billion years."),
        ("The 15th century", "Gutenberg printed his Bible around 1455."),
        ("The 1990s", "It was written in 1995."),
        ("50%", "It is half of the whole."),
        ("20k", "They sold twenty thousand of them."),
        ("1", "There is a single one."),
        ("H2O and CO2", "Water and carbon dioxide are let out."),
        ("About $\\frac{30}{1}$", "It yields a great deal."),
        ("Two-thirds", "About two thirds of it is water."),
    ],
)
def test_the_same_number_in_another_dress_is_no_mismatch(answer: str, evidence: str) -> None:
    found = names(Basic("How much, how many or when was it in Kiel?", answer), Evidence(evidence))

    assert "number-mismatch" not in found


def test_a_statement_keyed_false_may_have_any_number() -> None:
    said = Evidence("The marathon is 42.195 kilometres long.")
    stem = "A marathon is 43 kilometres long."

    assert "number-mismatch" not in names(Choice(stem, ("True", "False"), (1,)), said)
    assert "number-mismatch" in names(Choice(stem, ("True", "False"), (0,)), said)


def test_numbers_may_stand_in_the_window_around_the_evidence() -> None:
    card = Card("", Basic("How deep is the trench?", "11 km"), (Evidence("It is the deepest."),))

    assert not list(checks.check_card(card, Context(window="It goes down eleven kilometres.")))


# --- a deck ------------------------------------------------------------------


def test_of_two_equal_cards_the_newcomer_is_named_and_the_kept_one_spared() -> None:
    question = Basic("What drives the trade winds?", "Heat at the equator")
    deck = [Card("new", question), Card("old", question, state="kept")]

    (problem,) = checks.check_deck(deck)

    assert (problem.rule, problem.severity, problem.card) == ("near-duplicate", "blocks", "new")
    assert "(old)" in problem.sentence


def test_a_reversed_card_is_no_duplicate() -> None:
    deck = [
        Card("a", Basic("Which gas do plants take in?", "Carbon dioxide")),
        Card("b", Basic("What takes in carbon dioxide?", "Plants")),
    ]

    assert list(checks.check_deck(deck)) == []


def test_a_duplicate_is_found_among_many_cards_with_the_same_answer() -> None:
    crowd = [
        Card(f"c{at}", Basic(f"What does organelle x{at} give the cell of a y{at}?", "ATP"))
        for at in range(300)
    ]
    twin = Card("twin", Basic("What is it that organelle x7 gives to cells of a y7?", "ATP"))

    assert [problem.card for problem in checks.check_deck([*crowd, twin])] == ["twin"]


# --- classes of cards that once were judged wrongly ---------------------------


def test_a_link_in_an_answer_is_only_warned_of_and_stops_neither_checks_nor_export() -> None:
    linked = Basic("Does the manual name a scale?", "The [Mohs scale](https://example.org/m)")

    found = {problem.rule: problem.severity for problem in problems(linked)}

    assert found["malformed"] == "warns"
    assert "yes-no-question" in found
    assert not checks.malformed(Card("k7q2", linked))


def test_words_passed_on_are_the_speakers_own_where_the_card_says_whose_they_are() -> None:
    told = Evidence("My aunt used to say that a knife is a promise.", speaker="Ida Koch")

    assert "speaker-mismatch" in names(Basic('Ida Koch: "a knife is a ___"', "promise"), told)
    assert "speaker-mismatch" not in names(
        Basic('An aunt, quoted by Ida Koch: "a knife is a ___"', "promise"), told
    )


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("1,435 mm", "1435 mm", True),
        ("15", "Fifteen", True),
        ("Forty-two", "42", True),
        ("1.5 m", "150 cm", True),
        ("mW", "MW", False),
        ("m", "M", False),
        ("The knight", "Knight", True),
        ("DNA", "Deoxyribonucleic acid", True),
        ("No", "no", True),
        ("one bit", "one byte", False),
    ],
)
def test_two_options_are_one_however_they_are_written(
    one: str, other: str, *, is_same: bool
) -> None:
    found = names(Choice("Which is it?", (one, other, "Something else"), (2,)))

    assert ("duplicate-options" in found) is is_same


def test_an_opinion_beside_the_sentence_that_a_card_is_about_needs_no_name() -> None:
    told = Evidence("The kidney filters 180 litres a day. I find that amazing.", speaker="Ida Koch")
    card = Basic("How much does the kidney filter a day?", "180 litres")

    assert "missing-attribution" not in names(card, told)


RAW = "the greek word is from homer and plato used it for a kind of memory tablet"


@pytest.mark.parametrize(
    ("match", "known", "named"),
    [
        ("verbatim", (), "“Plato” rests on captions"),
        ("verbatim", ("Plato",), ""),
        # Notes go without capitals and full stops too, and somebody wrote them.
        ("page", (), ""),
    ],
)
def test_a_name_is_doubted_where_captions_alone_have_it(
    match: Match, known: tuple[str, ...], named: str
) -> None:
    content = Basic("Which kind of tablet did Plato compare with memory?", "A writing tablet")
    card = Card("a", content, (Evidence(RAW, match=match),))
    said = [p.sentence for p in checks.check_card(card, Context(glossary=frozenset(known)))]

    assert [sentence for sentence in said if "captions" in sentence][:1] == (
        [f"{named} without capitals alone: check that it was heard right."] if named else []
    )


def test_a_fault_names_the_words_that_it_means() -> None:
    leak = Card("a", Basic("Which tablet of wax held memory for Plato?", "A wax tablet"), ())
    lost = Card(
        "b",
        Basic("By which rays is a green leaf bleached in autumn?", "By red rays"),
        (Evidence("A green leaf is never bleached in autumn by red rays."),),
    )

    assert "already says “wax”, “tablet”" in " ".join(p.sentence for p in checks.check_card(leak))
    assert "has a “never”" in " ".join(p.sentence for p in checks.check_card(lost))
