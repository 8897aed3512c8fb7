from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import cloze, evidence, readers, words, works
from quizgen.generate import offline
from quizgen.generate.offline import people, questions, rest
from quizgen.generate.offline.scene import survey
from quizgen.model import (
    Basic,
    Cloze,
    Document,
    Draft,
    Kind,
    Passage,
    Person,
    Piece,
    Wish,
    Work,
)

SEEDS = Path(__file__).parent.parent / "seeds"
VOSS = Person("Ada Voss", "guest")
MARSH = Person("Ben Marsh", "host")


def document(*pieces: Piece, language: str = "en") -> Document:
    """Lay pieces out on lines of their own, as a page would."""
    lines: list[str] = []
    laid: list[Piece] = []
    for piece in pieces:
        parts = [part for part in (piece.text, piece.explanation, piece.answer) if part]
        first = len(lines) + 1
        lines += parts
        laid.append(replace(piece, lines=(first, len(lines))))
    return Document("page.txt", tuple(lines), tuple(laid), language=language)


def drafts(
    *pieces: Piece,
    people: tuple[Person, ...] = (),
    date: str = "",
    title: str = "",
    language: str = "en",
    rough: bool = True,
) -> list[Draft]:
    home = document(*pieces, language=language)
    work = Work("w", title, (home,), date=date, people=people)
    return list(offline.generate(Passage(work, home, home.pieces), Wish(rough=rough)))


def asked(
    text: str, kind: Kind = "insight", *, heading: str = "", people: tuple[Person, ...] = ()
) -> list[tuple[str, str]]:
    piece = Piece(kind, text, (1, 1), heading=heading)
    return [
        (draft.content.question, draft.content.answer)
        for draft in drafts(piece, people=people, date="2019-05-01")
        if isinstance(draft.content, Basic)
    ]


def grammatical(sentence: str) -> list[tuple[str, str]]:
    """Give what the rules could ask of a sentence, whether or not it is offered."""
    home = document(Piece("insight", sentence, (1, 1)))
    passage = Passage(Work("w", "", (home,), date="2019"), home, home.pieces)
    return [
        (draft.content.question, draft.content.answer)
        for rule in offline.RULES
        for draft in rule.make(home.pieces[0], survey(passage))
        if isinstance(draft.content, Basic)
    ]


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        (
            "Bread dough rises because yeast turns sugar into gas.",
            "Why does bread dough rise?",
            "Because yeast turns sugar into gas",
        ),
        (
            "Sourdough loaves have returned to shops due to a taste for old ways, if slowly.",
            "Why have sourdough loaves returned to shops?",
            "Due to a taste for old ways",
        ),
        (
            "The crust of a loaf can be softened by brushing the hot bread with milk.",
            "How can the crust of a loaf be softened?",
            "By brushing the hot bread with milk",
        ),
        (
            "By chilling the dough overnight, bakers can slow the yeast without killing it.",
            "How can bakers slow the yeast without killing it?",
            "By chilling the dough overnight",
        ),
        (
            "Spare energy in plants is mostly stored in starch grains.",
            "Where is spare energy in plants mostly stored?",
            "In starch grains",
        ),
        (
            "The main cause of stale bread is the slow return of starch to crystals.",
            "What is the main cause of stale bread?",
            "The slow return of starch to crystals",
        ),
        (
            "The windowpane test of the Uppsala guild suggests that few tell rye from dinkel.",
            "What does the windowpane test of the Uppsala guild suggest?",
            "Few tell rye from dinkel",
        ),
        (
            "Wild yeast may replace factory yeast, but only when bakers accept longer waits.",
            "When may wild yeast replace factory yeast?",
            "Only when bakers accept longer waits",
        ),
        (
            "What changed around 1870 was the arrival of steel rollers in the mills.",
            "What changed around 1870?",
            "The arrival of steel rollers in the mills",
        ),
        (
            "Autolyse is a method that lets flour and water rest before kneading.",
            "What is Autolyse?",
            "A method that lets flour and water rest before kneading",
        ),
        (
            "The windowpane test, a way to judge gluten by stretching dough, takes ten seconds.",
            "What is a way to judge gluten by stretching dough called?",
            "Windowpane test",
        ),
        (
            "The process of 'oven spring', where gas expands before the crust sets, adds height.",
            "What is oven spring?",
            "When gas expands before the crust sets",
        ),
        (
            "A central processing unit (CPU) sets the heat of most ovens.",
            "What does CPU stand for?",
            "Central processing unit",
        ),
        (
            "Karl Lund invented the folding dough scraper in 1931.",
            "Who invented the folding dough scraper in 1931?",
            "Karl Lund",
        ),
        (
            "Karl Lund and Mia Berg proposed in 1956 that salt delays staling.",
            "What did Karl Lund and Mia Berg propose in 1956?",
            "Salt delays staling",
        ),
    ],
)
def test_a_sentence_answers_the_question_that_its_grammar_holds(
    sentence: str, question: str, answer: str
):
    assert (question, answer) in grammatical(sentence)


def test_views_are_tied_to_the_guest_and_the_year():
    (card, *_) = asked("Bread dough rises because yeast turns sugar into gas.", people=(VOSS,))
    assert card[0] == "According to Ada Voss (2019), why does bread dough rise?"


@pytest.mark.parametrize(
    ("sentence", "heading", "question"),
    [
        (
            "Voss argues that salt matters more than flour for the taste of a plain loaf.",
            "TASTE",
            "What does Ada Voss (2019) argue about salt?",
        ),
        (
            "Voss argues that most bakers salt their dough far too late in the day.",
            "SALT AND TIME",
            "What does Ada Voss (2019) argue about “Salt and Time”?",
        ),
    ],
)
def test_what_somebody_argues_is_asked_about_its_subject_or_its_heading(
    sentence: str, heading: str, question: str
):
    home = document(Piece("section", sentence, (1, 1), heading=heading))
    passage = Passage(Work("w", "", (home,), date="2019", people=(VOSS,)), home, home.pieces)
    (draft,) = people.reports(home.pieces[0], survey(passage))
    assert isinstance(draft.content, Basic)
    assert draft.content.question == question
    # Somebody has more than one thought on a subject: a reader must look at such a card.
    assert draft.tier == "rough"


def test_hedges_and_negations_stay():
    (question, answer), *_ = grammatical(
        "A rye sourdough may be softened by brushing the crust with milk."
    )
    assert question == "How may a rye sourdough be softened?"
    assert answer == "By brushing the crust with milk"
    said = " ".join(" ".join(card) for card in asked("Salt is not caused by yeast in the dough."))
    assert "caused salt" not in said


def test_a_reason_that_is_denied_is_not_asked_for():
    sentence = "The rise of rye was not solely due to new ovens in the northern towns."
    assert not any(question.startswith("Why") for question, _ in asked(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "The conversation explores why bread matters to towns and to families.",
        "This podcast is brought to you because listeners like bread.",
        "It rises because yeast turns sugar into gas.",
        "These loaves rise because yeast turns sugar into gas.",
        "The method works because yeast turns sugar into gas.",
        "Bread stands as a testament to the patience of bakers everywhere.",
        "Why does dough rise?",
    ],
)
def test_sentences_about_the_page_or_without_a_subject_make_no_card(sentence: str):
    assert asked(sentence, "section") == []


def test_what_a_point_is_set_against_is_asked_for():
    text = "The pride of the Uppsala guild was not any single kiln but the slow return of rye."
    home = document(Piece("insight", text, (1, 1)))
    work = Work("w", "", (home,), date="2019", people=(VOSS,))
    passage = Passage(work, home, home.pieces)
    (draft,) = rest.complete(home.pieces[0], survey(passage))
    assert draft.tier == "rough"
    assert draft.content == Basic(
        "Complete Ada Voss’ point (2019): “The pride of the Uppsala guild was not any single "
        "kiln but …”",
        "The slow return of rye",
    )


def test_a_host_s_question_and_the_guest_s_definition_make_a_card():
    host = Piece("turn", "Nice. And what is a poolish?", (1, 1), speaker="Ben Marsh", seconds=1)
    guest = Piece(
        "turn",
        "Well, a poolish is a wet dough that ferments overnight before the rest is mixed.",
        (1, 1),
        speaker="Ada Voss",
        seconds=5,
    )
    (draft,) = drafts(host, guest, people=(MARSH, VOSS), date="2019")
    assert draft.content == Basic(
        "What is a poolish?", "A wet dough that ferments overnight before the rest is mixed"
    )
    assert draft.evidence[0].speaker == "Ada Voss"


def test_a_host_s_own_words_make_no_view_of_the_guest():
    host = Piece("turn", "Bread rises because ovens are hot inside.", (1, 1), speaker="Ben Marsh")
    guest = Piece("turn", "Yes.", (1, 1), speaker="Ada Voss")
    assert drafts(host, guest, people=(MARSH, VOSS)) == []


def quote_cards(text: str, speaker: str, *turns: tuple[str, str]) -> list[Draft]:
    home = document(Piece("quote", text, (1, 1), speaker=speaker))
    heard = replace(
        document(*(Piece("turn", said, (1, 1), speaker=who) for who, said in turns)),
        path="talk.md",
    )
    people = (MARSH, VOSS)
    work = Work("w", "Bread", (home, heard) if turns else (home,), "2019-05-01", people)
    return list(offline.generate(Passage(work, home, home.pieces), Wish()))


def test_a_found_quote_is_printed_in_the_words_of_the_transcript():
    (draft,) = quote_cards(
        "I think we still underestimate slow dough.",
        "Ada Voss",
        ("Ada Voss", "Sure. I think that we still underestimate slow dough."),
    )
    assert draft.evidence[0].match == "near"
    assert draft.content == Cloze(
        "Ada Voss (2019): “I think that we still underestimate slow {{c1::dough::d…}}.”"
    )


def test_what_no_transcript_confirms_is_not_asked_for_by_its_words():
    said = "Every baker I know has learned to wait for the dough."
    condensed = "You wait, and that took me years. Some never get there at all, I'd say."
    assert quote_cards(said, "Ada Voss", ("Ada Voss", condensed)) == []
    assert quote_cards(said, "Ada Voss") == []


def test_whom_a_work_quotes_is_asked_for_and_none_of_its_own_people():
    said = "Good bread is a matter of patience and of a hot oven."
    (draft,) = quote_cards(said, "Karl Lund")
    assert draft.content == Basic(
        "Who is quoted as saying: “Good bread is a matter of patience and of a hot oven”?",
        "Karl Lund",
    )
    assert quote_cards(said, "Ada Voss") == []
    assert quote_cards(said, "Lund") == []
    assert quote_cards("Karl Lund’s oven was a good oven for bread.", "Karl Lund") == []


def test_a_condensed_quote_is_never_shown_as_a_quotation():
    home = replace(
        document(
            Piece(
                "quote", "Gutes Brot braucht vor allem etwas Geduld.", (1, 1), speaker="Ada Voss"
            ),
            language="de",
        )
    )
    heard = replace(
        document(
            Piece(
                "turn", "Für ein Brot, ein gutes, da braucht man wohl Geduld.", (1, 1), "Ada Voss"
            ),
            language="de",
        ),
        path="talk.md",
    )
    work = Work("w", "Brot", (home, heard), "2019-05-01", (MARSH, VOSS))
    (draft,) = offline.generate(Passage(work, home, home.pieces), Wish())
    assert isinstance(draft.content, Cloze)
    assert draft.content.text.startswith("Ada Voss (2019), in paraphrase: Gutes")
    assert "“" not in draft.content.text


def test_a_quote_credited_to_the_wrong_person_makes_no_card():
    said = "I would bake with it every single day of the week."
    assert quote_cards(said, "Ada Voss", ("Ben Marsh", said)) == []


def test_only_quotes_are_asked_for_in_other_languages():
    insight = Piece("insight", "Brot geht auf, weil Hefe Zucker in Gas verwandelt.", (1, 1))
    quote = Piece("quote", "Gutes Brot braucht vor allem etwas Geduld.", (1, 1), speaker="A")
    made = drafts(insight, quote, language="de")
    assert {draft.piece.kind for draft in made} == {"quote"}


def test_markup_in_a_source_is_shown_and_not_obeyed():
    ((question, answer),) = asked(
        "The rye_dough_ oven of Uppsala failed because *wet* dough costs $5 < dry."
    )
    assert "\\*wet\\*" in answer
    assert "\\$5" in answer
    assert "rye_dough\\_" in question


def test_a_rule_s_name_is_said_once_and_every_rule_has_a_note():
    assert len({rule.name for rule in offline.RULES}) == len(offline.RULES)
    assert all(rule.note and rule.kinds for rule in offline.RULES)


# --- the documents that come with the program ---------------------------------


def seed_works() -> tuple[Work, ...]:
    paths = [
        path
        for path in sorted(SEEDS.iterdir())
        if path.suffix in (".txt", ".md") and path.name != "README.md"
    ]
    return works.group(tuple(readers.read(path.read_bytes(), path.name) for path in paths))


@pytest.fixture(scope="module")
def made() -> list[tuple[Work, Document, list[Draft]]]:
    return [
        (work, home, list(offline.generate(Passage(work, home, home.pieces), Wish())))
        for work in seed_works()
        for home in work.documents
    ]


Made = list[tuple[Work, Document, list[Draft]]]


def test_all_evidence_of_the_seeds_stands(made: Made):
    for work, _, cards in made:
        homes = {home.path: home for home in work.documents}
        for draft in cards:
            assert evidence.stands(draft.evidence[0], homes[draft.evidence[0].document])


def test_answers_are_short_and_fronts_are_not_long(made: Made):
    for _, _, cards in made:
        for draft in cards:
            front = words.word_count(offline.front_of(draft))
            assert front <= (50 if draft.piece.kind == "quote" else 38)
            if isinstance(draft.content, Basic):
                assert words.word_count(draft.content.answer) <= questions.LONGEST


def test_every_insight_idea_and_quote_has_a_card_or_a_reason(made: Made):
    for work, home, cards in made:
        rested = [draft.piece for draft in cards]
        points = [piece for piece in home.pieces if piece.kind in ("insight", "idea", "quote")]
        bare = [piece for piece in points if piece not in rested]
        assert len(bare) <= max(1, len(points) * 3 // 5)
        assert all(offline.why_not(piece, Passage(work, home, home.pieces)) for piece in bare)


def test_nothing_dropped_is_rested_on(made: Made):
    for _, home, cards in made:
        for draft in cards:
            for dropped in home.dropped:
                text = " ".join(dropped.text.split())
                assert draft.evidence[0].text not in text


def test_no_front_is_made_twice_from_one_document(made: Made):
    for _, _, cards in made:
        fronts = [offline.front_of(draft) for draft in cards]
        assert len(set(fronts)) == len(fronts)


def test_a_wish_without_rough_cards_leaves_the_ready_ones(made: Made):
    for work, home, cards in made:
        ready = list(offline.generate(Passage(work, home, home.pieces), Wish(rough=False)))
        assert ready == [draft for draft in cards if draft.tier == "ready"]


def test_captions_alone_make_no_card(made: Made):
    for _, home, cards in made:
        if all(piece.kind == "caption" for piece in home.pieces):
            assert cards == []


PROSE: tuple[Kind, ...] = ("insight", "idea", "quote", "section", "bullet", "turn", "faq")
NASTY = st.text(
    alphabet=st.sampled_from("Aab .,;:!?'\"“”‘’…()[]{}*_$<>#-–—é\u2011 is the of by that 12"),
    min_size=1,
    max_size=80,
)


@given(st.sampled_from(PROSE), NASTY, NASTY)
def test_no_text_breaks_a_rule_and_no_card_lacks_its_words(kind: Kind, text: str, other: str):
    first = Piece(kind, " ".join(text.split()), (1, 1), speaker="Ben Marsh")
    second = Piece(kind, " ".join(other.split()), (1, 1), speaker="Ada Voss")
    home = document(first, second)
    work = Work("w", "Bread", (home,), people=(MARSH, VOSS))
    for draft in offline.generate(Passage(work, home, home.pieces), Wish()):
        assert evidence.stands(draft.evidence[0], home)


HEAP = """
    the a of by to in that which is was are may because when and not Yeast dough rises made gas,
    salt slows bread
"""


@given(st.lists(st.sampled_from(HEAP.split()), min_size=4, max_size=25))
def test_no_heap_of_words_breaks_the_grammar(heap: list[str]):
    sentence = " ".join(heap) + "."
    drafts(Piece("insight", sentence, (1, 1)), people=(VOSS,), date="2019")


# --- labels, lists, and what makes no claim -----------------------------------


@pytest.mark.parametrize(
    ("bullet", "pair"),
    [
        (
            "Opening of the Great Mill (May 1791): bakers came",
            ("When was the Opening of the Great Mill?", "May 1791"),
        ),
        (
            "Mia Berg: a baker and writer who taught slow bread to a generation",
            (
                "Who was the baker and writer who taught slow bread to a generation?",
                "Mia Berg",
            ),
        ),
    ],
)
def test_a_label_is_asked_for_by_what_stands_behind_it(bullet: str, pair: tuple[str, str]):
    assert asked(bullet, "bullet")[:1] == [pair]


def test_what_its_rule_is_not_sure_of_is_offered_only_for_a_point_that_must_have_a_card():
    line = "Rye bread depends on sourdough for structural rather than gastronomic reasons."
    assert drafts(Piece("bullet", line, (1, 1)), people=(VOSS,)) == []
    assert drafts(Piece("insight", line, (1, 1)), people=(VOSS,))


def test_a_rule_that_readers_did_not_trust_makes_no_card():
    line = "Bakers' Oath: Significance: Bound every baker in town to one fair weight."
    assert asked(line, "insight") == []


@pytest.mark.parametrize(
    "bullet",
    [
        "Relative: depends on the size of the loaf",
        "Discuss the role of salt in bread, and explain why bakers weigh it.",
        "Compare and contrast rye and wheat.",
        "Example: a loaf that was left in the sun for a day",
        "Does salt slow yeast? It depends on the dough.",
        "Remove the loaf slowly so the crust stays whole.",
    ],
)
def test_labels_of_a_part_and_exercises_make_no_card(bullet: str):
    assert asked(bullet, "bullet", heading="Dough") == []


def test_what_stands_under_exercises_makes_no_card():
    said = "Bread dough rises because yeast turns sugar into gas."
    assert asked(said, "bullet", heading="Comprehension Questions") == []


def test_a_fact_told_twice_is_one_card_for_both_pieces():
    once = Piece(
        "idea", "Rye dough from Uppsala rises because wild yeast turns sugar into gas.", (1, 1)
    )
    again = Piece(
        "bullet", "Rye dough from Uppsala rises because wild yeast turns sugars into gas.", (1, 1)
    )
    first, second = drafts(once, again)
    assert first.content == second.content
    assert {first.piece.kind, second.piece.kind} == {"idea", "bullet"}


def test_a_quote_without_a_speaker_is_the_only_guest_s_or_makes_no_card():
    quote = Piece("quote", "Gutes Brot ist vor allem eine Frage der Geduld.", (1, 1))
    (of_guest,) = drafts(quote, people=(MARSH, VOSS), date="2019", language="de")
    assert offline.front_of(of_guest).startswith("Ada Voss (2019): “Gutes ")
    assert of_guest.tier == "rough"
    assert drafts(quote, title="Langsames Brot", language="de") == []


def test_a_spoken_quote_is_printed_without_its_stutters():
    said = "The hard thing about dough is that it it never um waits for the baker."
    (draft,) = quote_cards(said, "Ada Voss", ("Ada Voss", said))
    assert isinstance(draft.content, Cloze)
    assert "it never" in cloze.filled(draft.content.text)
    assert " um " not in draft.content.text
    assert "it it" not in draft.content.text


def test_no_blank_hides_a_phrase_that_leaves_everything_open():
    said = "Bakers weigh their flour on brass scales for various purposes."
    made = drafts(Piece("idea", said, (1, 1)))
    assert not any("{{various" in offline.front_of(draft) for draft in made)


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("insight", "Why does dough rise?", "it is a question"),
        ("bullet", "Discuss the rise of dough.", "it is an exercise for the reader"),
        (
            "idea",
            "This makes every loaf rise.",
            "it opens with “this”, which needs the sentence before",
        ),
        ("section", "The episode touches on rye.", "it speaks of the page, not of the subject"),
        ("bullet", "Structure: rye", "it is a label without a sentence"),
        (
            "quote",
            "It says that the crust looks fine.",
            "nobody is named as its speaker",
        ),
    ],
)
def test_a_piece_without_a_card_has_a_reason_in_plain_words(kind: Kind, text: str, reason: str):
    piece = Piece(kind, text, (1, 1))
    home = document(piece)
    passage = Passage(Work("w", "Bread", (home,)), home, home.pieces)
    assert offline.why_not(home.pieces[0], passage) == reason


def test_another_language_is_a_reason():
    piece = Piece("insight", "Brot geht auf, weil Hefe Zucker in Gas verwandelt.", (1, 1))
    home = document(piece, language="de")
    passage = Passage(Work("w", "Brot", (home,)), home, home.pieces)
    assert offline.why_not(home.pieces[0], passage) == "it is in another language"
