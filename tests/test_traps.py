"""Twenty traps that real pages and transcripts set, each with a text of our own that sets it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from quizgen import evidence, layout, pipeline, works
from quizgen.generate import offline
from quizgen.layout import adverts, facts
from quizgen.model import Basic, Card, Choice, Cloze, Deck, Document, Kind, Person, Piece, Wish
from quizgen.pipeline import Outcome
from quizgen.shelf import Memory

VIDEO = "q7Tm-Rc4_Zb"
TITLE = "Ada Voss: Slow Bread | The Crumb Podcast #12"


def read(text: str, path: str = "x.md") -> Document:
    return layout.recognise(text.split("\n"), path)


def seen(text: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in read(text).pieces]


def of(document: Document, kind: Kind) -> list[Piece]:
    return [piece for piece in document.pieces if piece.kind == kind]


def outcome(*documents: Document) -> Outcome:
    """Make the cards of one work with the rules."""
    work = works.together(documents)
    return pipeline.make(
        work, offline.generate, Wish(), Memory(Deck(work.id, "")), why_not=offline.why_not
    )


def made(*documents: Document) -> tuple[Card, ...]:
    return outcome(*documents).new


def told(card: Card) -> str:
    """Give every word that a card shows, its evidence aside."""
    match card.content:
        case Basic(question=question, answer=answer):
            shown = f"{question} {answer}"
        case Cloze(text=text):
            shown = text
        case Choice(stem=stem, options=options):
            shown = " ".join((stem, *options))
    return f"{shown} {card.why} {card.section}"


def captions(*said: str) -> Document:
    """Lay speech out as automatic captions are: short lines without marks, under their header."""
    taken = " ".join(said).split()
    lines = [" ".join(taken[at : at + 6]) for at in range(0, len(taken), 6)]
    header = [TITLE, f"{VIDEO} • 2024-03-02", "Kind: captions", "Language: en"]
    return layout.recognise([*header, *lines], "captions.txt")


def transcript(*turns: str, head: str = "") -> Document:
    """Lay turns out as a Markdown transcript, half a minute apart."""
    lines = ["---", "title: The Crumb Podcast with Ada Voss", "---", "", head, ""]
    for at, turn in enumerate(turns):
        speaker = ("Ben Marsh", "Ada Voss")[at % 2]
        lines.append(f"[{at // 2}:{at % 2 * 30:02}](https://youtu.be/{VIDEO}?t={at * 30})")
        lines += [f"**{speaker}:** {turn}", ""]
    return read("\n".join(lines), "transcript.md")


# --- 1: a number alone on its line ---


def test_a_number_alone_on_its_line_is_no_insight_unless_it_continues_the_run():
    page = "Key Insights\n\n1\n\nThe answer is\n\n42\n\n2\n\nThe next point stands here.\n"
    assert seen(page) == [
        ("insight", "The answer is\n\n42"),
        ("insight", "The next point stands here."),
    ]


def test_an_insight_may_begin_with_a_number():
    page = "Key Insights\n\n1\n\n3 loaves rise at once.\n\n2\n\n2 of them fall again.\n"
    assert seen(page) == [
        ("insight", "3 loaves rise at once."),
        ("insight", "2 of them fall again."),
    ]


def test_an_insight_may_have_two_paragraphs():
    page = (
        "Key Insights\n\n1\n\nSalt slows it.\n\nIt tightens gluten too.\n\n2\n\nHeat ends both.\n"
    )
    assert seen(page) == [
        ("insight", "Salt slows it.\n\nIt tightens gluten too."),
        ("insight", "Heat ends both."),
    ]


def test_the_last_insight_does_not_swallow_the_prose_below():
    page = "Key Insights\n\n1\n\nOne point.\n\n2\n\nTwo points.\n\nThis is prose again.\n"
    assert seen(page)[-1] == ("section", "This is prose again.")


def test_a_year_alone_on_its_line_numbers_nothing():
    page = "Key Insights\n\n1\n\nThe mill opened in\n\n1834\n\n2\n\nIt closed soon after.\n"
    assert [text for _, text in seen(page)] == [
        "The mill opened in\n\n1834",
        "It closed soon after.",
    ]


# --- 2: headings in capitals ---


@pytest.mark.parametrize(
    "heading",
    [
        "BERLIN, 1885, AND AFTER",
        "WHAT IT’S ABOUT: A VIEW",
        "3 BOXES IN 50 YEARS",
        "SALT, YEAST & THE ‘WINDOW’ TEST",
    ],
)
def test_capitals_with_marks_and_digits_are_a_heading(heading: str):
    assert read(f"{heading}\n\nHe learned lists of syllables.").pieces[0].heading == heading


def test_a_sentence_in_capitals_inside_prose_is_no_heading():
    piece = read("The sign read\nDO NOT FEED THE BEARS\nand nobody did.").pieces[0]
    assert (piece.kind, piece.heading) == ("section", "")
    within = read("OVENS\n\nBake it hot. NEVER OPEN THE DOOR before it has risen.\n").pieces
    assert [(piece.heading, piece.text[:12]) for piece in within] == [("OVENS", "Bake it hot.")]


# --- 3: the speaker on the next line ---

QUOTES = """\
WORDS WORTH SAVING

3 quotes

Dough waits for nobody, and nobody waits for dough

Ada Voss

I weigh everything twice.

Ben Marsh

Salt is patience that you can taste.

Ada Voss

Flour and water (autolyse, hydration)Wild yeast and its keepersHeat, steam and the crust
"""


def test_a_quotes_speaker_stands_on_the_next_line():
    said = [(piece.text, piece.speaker) for piece in of(read(QUOTES), "quote")]
    assert said == [
        ("Dough waits for nobody, and nobody waits for dough", "Ada Voss"),
        ("I weigh everything twice.", "Ben Marsh"),
        ("Salt is patience that you can taste.", "Ada Voss"),
    ]


def test_a_line_of_topics_after_the_last_quote_is_no_speaker():
    page = read(QUOTES)
    assert [piece.text for piece in of(page, "topic")] == [
        "Flour and water (autolyse, hydration)",
        "Wild yeast and its keepers",
        "Heat, steam and the crust",
    ]
    assert "Flour and water" not in {person.name for person in page.people}


# --- 4: quotes within quotes ---


def test_a_quote_of_several_sentences_with_a_quote_inside_is_one():
    page = "Quotes\n\nWe thought, ‘This is it.’ Nope, on it went.\n\nAda Lovelace\n"
    quote = read(page).pieces[0]
    assert quote.text == "We thought, ‘This is it.’ Nope, on it went."
    assert quote.speaker == "Ada Lovelace"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("“My teacher said, ‘Wait.’ So I waited.”", "My teacher said, ‘Wait.’ So I waited."),
        ('"Wait," she said, "and then wait."', '"Wait," she said, "and then wait."'),
        ("I waited. It rose. I was late.", "I waited. It rose. I was late."),
    ],
)
def test_quotation_marks_are_taken_off_only_where_they_enclose_all(line: str, said: str):
    (quote,) = read(f"Quotes\n\n{line}\n\nAda Lovelace\n").pieces
    assert (quote.text, quote.speaker) == (said, "Ada Lovelace")


# --- 5: topics and roles run together ---


def test_words_like_photonet_stay_whole_where_topics_run_together():
    line = "Early vision (PhotoNet, AlexNet)Learning in neural networksMemory and its limits"
    assert [text for _, text in seen(f"Topics\n\n{line}")] == [
        "Early vision (PhotoNet, AlexNet)",
        "Learning in neural networks",
        "Memory and its limits",
    ]


@pytest.mark.parametrize(
    "line",
    ["Ada LovelacehostCharles Babbageguest", "Ada Lovelace host Charles Babbage guest"],
)
def test_glued_participants_have_their_roles(line: str):
    found = facts.read(line)
    assert found
    assert found.people == (Person("Ada Lovelace", "host"), Person("Charles Babbage", "guest"))


# --- 6: numbers run together ---


@pytest.mark.parametrize(
    ("line", "date", "minutes"),
    [
        ("May 7, 20201h 37mWatch on YouTube ↗", "2020-05-07", 97),
        ("Dec 31, 20192h 5mWatch on YouTube ↗", "2019-12-31", 125),
        ("Mar 3, 20251h 4m", "2025-03-03", 64),
        ("May 8, 2020|851,295 views|16,656|951", "2020-05-08", 0),
        ("Science & Technology6 min read98 min video", "", 98),
        ("Education12 min read65 min video", "", 65),
    ],
)
def test_dates_lengths_and_counts_come_apart(line: str, date: str, minutes: int):
    found = facts.read(line)
    assert found
    assert (found.date, found.minutes) == (date, minutes)


# --- 7: an answer without its question ---


def test_an_answer_without_its_question_invents_none():
    faq = read("Common Questions\n\nThe mill computes and the store remembers.\n").pieces[0]
    assert (faq.kind, faq.text) == ("faq", "")
    assert faq.answer.startswith("The mill")


def test_no_card_asks_the_question_that_a_page_lost():
    page = read(f"{TITLE}\n\nCommon Questions\n\nAda Voss learned in Lyon. She was nine.\n")
    done = outcome(page)
    (row,) = done.rows
    assert row.why or done.new
    assert all(card.evidence[0].text in page.lines[4] for card in done.new)


# --- 8: headings and counters without anything ---


def test_empty_headings_are_dropped():
    page = "Insights\n\n1\n\nSalt.\n\n2\n\nHeat.\n\nTopics\n\nMentioned in this video\n"
    gone = [(found.text, found.why) for found in read(page).dropped]
    assert gone == [
        ("Topics", "an empty heading"),
        ("Mentioned in this video", "an empty heading"),
    ]


def test_a_page_that_announces_more_than_it_holds_is_told_on():
    page = "IDEAS WORTH REMEMBERING\n\n3 ideas\n\nA claim stands here.\n\nIt is explained here.\n"
    assert read(page).notices == (
        "the page announces 3 under 'IDEAS WORTH REMEMBERING', and 1 were found",
    )


def test_a_counter_is_no_content_even_where_nothing_follows():
    page = read(
        "IDEAS WORTH KEEPING\n\n2 ideas\n\nWORDS WORTH KEEPING\n\n1 quote\n\nWait.\n\nAda Voss\n"
    )
    assert [(piece.kind, piece.text) for piece in page.pieces] == [("quote", "Wait.")]
    assert "2 ideas" in {gone.text for gone in page.dropped}
    assert page.notices == ("the page announces 2 under 'IDEAS WORTH KEEPING', and 0 were found",)


# --- 9: an outline in three styles ---

BLOB = (
    "Ada Voss bakes slow bread and writes about it. Support this podcast by using these sponsors: "
    '- Oat & Sons - use code "CRUMB" EPISODE LINKS: Ada\'s letter: https://example.org/letter '
    "OUTLINE: 0:00 - Introduction 2:38 - Why dough waits 58:02 - RyeNet, and other jokes "
    "1:01:33 - Three habits CONNECT: - Newsletter: https://example.org/crumb"
)
LISTED = """\
Chapters

00:00:00 Introduction
00:02:38 Why dough waits
00:58:02 RyeNet, and other jokes
01:01:33 Three habits"""
LINKED = """\
# Chapters

- [0:00](https://youtu.be/q7Tm-Rc4_Zb?t=0) Introduction
- [2:38](https://youtu.be/q7Tm-Rc4_Zb?t=158) Why dough waits
- [58:02](https://youtu.be/q7Tm-Rc4_Zb?t=3482) RyeNet, and other jokes
- [1:01:33](https://youtu.be/q7Tm-Rc4_Zb?t=3693) Three habits"""


@pytest.mark.parametrize("text", [f"{TITLE}\n\n{BLOB}", LISTED, LINKED])
def test_an_outline_gives_its_chapters_in_each_style(text: str):
    assert [(piece.seconds, piece.text) for piece in of(read(text), "chapter")] == [
        (0, "Introduction"),
        (158, "Why dough waits"),
        (3482, "RyeNet, and other jokes"),
        (3693, "Three habits"),
    ]


def test_a_description_in_one_line_gives_its_advert_and_links_up():
    page = read(f"{TITLE}\n\n{BLOB}")
    assert {piece.kind for piece in page.pieces} == {"chapter"}
    assert {gone.why for gone in page.dropped} == {"an advert", "links"}
    assert "description" in {found.field for found in page.metadata}


def test_linked_times_in_a_transcript_are_no_chapters():
    talk = transcript("What is dough?", "It is flour and water.", "And bread?", "Baked dough.")
    assert [(piece.kind, piece.seconds) for piece in talk.pieces] == [
        ("turn", 0),
        ("turn", 30),
        ("turn", 60),
        ("turn", 90),
    ]


# --- 10: two dates, two lengths ---


def test_a_posts_date_is_marked_as_such():
    document = read(
        "---\ntitle: Engines: the sequel\ndate: 2024-01-07 10:05\n---\n\nIt computes.\n"
    )
    assert document.title == "Engines: the sequel"
    assert [(told.date, told.where) for told in document.dates] == [
        ("2024-01-07", "front matter, line 3")
    ]


def test_of_several_dates_a_work_shows_one_and_keeps_every_claim():
    page = read(f"{TITLE}\n\nMar 2, 202465 min video\n\nKey Insights\n\n1\n\nA.\n\n2\n\nB.\n", "a")
    other = read(f"{TITLE}\n\nMar 1, 20241h 4m\n\nIDEAS\n\nSalt slows yeast.\n", "b")
    post = read(f"---\ntitle: {TITLE}\ndate: 2025-08-19 21:14\n---\n\nIt waits.\n", "c")
    (work,) = works.group((page, other, post))
    assert work.date in ("2024-03-01", "2024-03-02")
    claims = [claim.date for document in work.documents for claim in document.dates]
    assert claims == ["2024-03-02", "2024-03-01", "2025-08-19"]
    assert [document.minutes for document in work.documents] == [65, 64, 0]


def test_a_neighbouring_talk_is_another_work():
    page = read(f"{TITLE}\n\nMar 2, 2024\n\nKey Insights\n\n1\n\nA.\n\n2\n\nB.\n", "a")
    near = read("Ada Voss (Baker) – Open Oven Day (Mar 2022)\n\nDough waits for nobody.\n", "b")
    assert [len(work.documents) for work in works.group((page, near))] == [1, 1]


# --- 11: a preamble in another language ---

GERMAN = """\
Ich habe mir das Transkript dieser Folge geholt und es von einer Maschine aufräumen lassen.

Das ist dabei herausgekommen:"""
RUSSIAN = "Я взял автоматический транскрипт и попросил машину его поправить.\n\nВот что вышло:"


@pytest.mark.parametrize(("preamble", "tongue"), [(GERMAN, "German"), (RUSSIAN, "Russian")])
def test_a_preamble_in_another_language_is_dropped_and_pointed_to(preamble: str, tongue: str):
    talk = transcript(
        "What is dough?", "It is flour and water.", "And then?", "You wait.", head=preamble
    )
    assert talk.language == "en"
    assert [gone.why for gone in talk.dropped] == ["in another language"] * 2
    assert talk.notices == (
        f"lines 5-7 are in {tongue} and were left out: they may say how this text was made",
    )
    assert {piece.kind for piece in talk.pieces} == {"turn"}


def test_a_short_english_line_after_a_foreign_one_stays():
    page = read(f"# Bread\n\n{GERMAN}\n\nThe dough is alive, and it is not in a hurry.\n")
    assert [piece.text for piece in page.pieces] == [
        "The dough is alive, and it is not in a hurry."
    ]


def test_no_cards_are_made_of_words_in_another_language():
    page = read(
        "# Brot\n\n## Salz\n\nDas Salz ist nicht nur für den Geschmack in dem Teig, und es "
        "bremst die Hefe, weil es ihr das Wasser nimmt.\n"
    )
    assert page.language == "de"
    assert made(page) == ()


# --- 12: times that step back, repeat, or are missing ---


def test_a_turn_without_a_time_has_the_one_before_and_times_may_step_back():
    speech = (
        "1:05\n**Ada Lovelace:** What?\n\n**Charles Babbage:** It computes.\n\n"
        "0:59\n**Ada Lovelace:** I see."
    )
    assert [piece.seconds for piece in read(speech).pieces] == [65, 65, 59]


def test_two_turns_may_have_one_time():
    speech = (
        "46:02\n**Ada Lovelace:** What?\n\n46:02\n**Charles Babbage:** It computes.\n\n"
        "46:02\n**Ada Lovelace:** I see."
    )
    assert [piece.seconds for piece in read(speech).pieces] == [2762] * 3


def test_a_section_without_a_time_begins_where_the_one_before_it_ends():
    speech = (
        "# Engines\n\n## The mill\n\n1:05\n**Ada Lovelace:** What?\n\n"
        "1:20\n**Charles Babbage:** It computes.\n\n## The store\n\n"
        "**Ada Lovelace:** And the store?\n\n2:10\n**Charles Babbage:** It remembers.\n\n"
        "## The printer\n\n2:30\n**Ada Lovelace:** I see."
    )
    document = read(speech)
    assert [(piece.text, piece.seconds) for piece in of(document, "section")] == [
        ("The mill", 65),
        ("The store", 80),
        ("The printer", 150),
    ]
    assert [(piece.seconds, piece.heading) for piece in of(document, "turn")] == [
        (65, "The mill"),
        (80, "The mill"),
        (80, "The store"),
        (130, "The store"),
        (150, "The printer"),
    ]


# --- 13: labels misspelt, missing, wrong ---


def test_a_misspelt_label_is_its_speakers_and_the_page_says_so():
    turns = ["What is dough?", "Flour and water.", "And then?", "You wait."] * 4
    lines = "\n".join(transcript(*turns).lines)
    talk = read(lines.replace("**Ada Voss:** You wait.", "**AAda Voss:** You wait.", 1))
    assert {piece.speaker for piece in talk.pieces} == {"Ben Marsh", "Ada Voss"}
    assert Person("Ada Voss", "guest", ("AAda Voss",)) in talk.people
    assert talk.notices == ("the speaker label 'AAda Voss' was read as 'Ada Voss'",)


def test_a_paragraph_without_a_label_goes_on_with_the_turn_before():
    talk = transcript("What now?", "Wait.\n\nThen wait again.", "And now?", "Bake.")
    lines = "\n".join(talk.lines)
    assert [(piece.speaker, piece.text) for piece in read(lines).pieces][1] == (
        "Ada Voss",
        "Wait.\n\nThen wait again.",
    )


def test_a_wrong_label_is_left_for_a_person_to_see():
    talk = transcript(
        "What is yeast? Yeast is a fungus that eats sugar and breathes out gas all night long.",
        "So it is alive.",
        "It is alive, and it is hungry.",
        "Good.",
    )
    page = read(
        f"{TITLE}\n\nQuotes\n\nYeast is a fungus that eats sugar and breathes out gas all night "
        "long.\n\nAda Voss\n",
        "page.txt",
    )
    work = works.together((page, replace(talk, recording="")))
    found = evidence.audit(of(page, "quote")[0], work)
    assert (found.match, found.speaker) == ("verbatim", "Ben Marsh")
    assert not [card for card in made(page, talk) if card.stamp.rule.startswith("quote")]


# --- 14: adverts among real content ---


def test_an_advert_is_cut_out_of_a_turn_and_the_rest_stays():
    said = (
        "The mill computes. This show is sponsored by Acme Ink. Ink was made in China long ago. "
        "Use code MILL for ten percent off your order. Now, what is the store?"
    )
    kept = [said[: advert.start] + said[advert.end :] for advert in adverts.in_prose(said)]
    assert kept == ["The mill computes.  Now, what is the store?"]


def test_a_speaker_begins_anew_after_an_advert():
    speech = (
        "**Ada Lovelace:** The mill computes. This show is sponsored by Acme Ink.\n\n"
        "**Ada Lovelace:** And the store?\n\n**Ada Lovelace:** It remembers.\n\n"
        "**Charles Babbage:** It does."
    )
    assert [piece.text for piece in read(speech).pieces] == [
        "The mill computes.",
        "And the store?\n\nIt remembers.",
        "It does.",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "You can use code from the library, and the code runs on Google Play devices.",
        "The sponsors of the bill presented by the senator wanted a free trial in court.",
        "People subscribe to a theory. Reviews of it give five stars.",
        "Every app store takes a share; Apple takes thirty percent.",
    ],
)
def test_words_of_commerce_alone_make_no_advert(said: str):
    assert adverts.in_prose(said) == ()


ADVERT = (
    "this show is presented by oat and sons the miller in your pocket oats were first grown in "
    "europe about three thousand years ago and a bowl of them holds five grams of protein so get "
    "oat and sons from the app store and use the code crumb you get ten dollars"
)


def test_true_facts_inside_an_advert_make_no_piece_of_captions():
    talk = captions(
        "if you enjoy it subscribe on youtube review it with five stars and tell your baker",
        ADVERT,
        "here's my conversation with ada voss",
        *["salt slows the yeast and the dough gains time to build its flavor"] * 12,
    )
    said = " ".join(piece.text for piece in talk.pieces)
    assert "protein" not in said
    assert "five stars" not in said
    assert said.startswith("here's my conversation")


def test_a_real_quotation_stays_in_the_outro_under_its_own_name():
    outro = (
        "Thanks for listening. Subscribe on YouTube and review it with five stars.\n\n"
        "And now, let me leave you with some words from Charles Darwin: “A man who dares to waste "
        "one hour of time has not discovered the value of life.”\n\n"
        "Thank you for listening, and hope to see you next time."
    )
    talk = transcript("What now?", "Wait.", "And now?", "Bake.", outro)
    (quote,) = of(talk, "quote")
    assert (quote.speaker, quote.seconds) == ("Charles Darwin", 120)
    assert quote.text.startswith("A man who dares")
    assert [piece.text for piece in of(talk, "turn")] == ["What now?", "Wait.", "And now?", "Bake."]
    assert "Charles Darwin" not in {person.name for person in talk.people}


# --- 15: speech without marks or capitals ---

SAID = (
    "so uh the thing about sourdough is that the the bacteria come first",
    "they make the acid and the acid keeps the mold away you know and then",
    "the wild yeast which does not mind acid gets the whole bowl to itself",
    "i mean it is a very old truce and nobody planned it that way at all",
)


def test_words_are_found_in_captions_that_have_no_sentences():
    heard = captions(*SAID, *["and we talked about ovens for a while after that"] * 8)
    assert {piece.kind for piece in heard.pieces} == {"caption"}
    page = read(
        f"{TITLE}\n\nQuotes\n\nThe acid keeps the mold away, and then the wild yeast, which does "
        "not mind acid, gets the whole bowl to itself.\n\nAda Voss\n",
        "page.txt",
    )
    found = evidence.audit(of(page, "quote")[0], works.together((page, heard)))
    assert (found.document, found.match) == ("captions.txt", "verbatim")
    assert found.text == (
        "the acid keeps the mold away you know and then the wild yeast which does not mind acid "
        "gets the whole bowl to itself"
    )
    first, last = found.lines
    assert found.text in " ".join(heard.lines[first - 1 : last])
    assert evidence.stands(found, heard)


# --- 16: a recogniser's error that turns the meaning round ---


def test_captions_alone_make_no_card():
    heard = captions(
        *["the spring wheat is independent on the frost and low does mean useless to a baker"] * 12
    )
    assert made(heard) == ()


def test_no_card_rests_on_one_line_of_captions_without_a_flag():
    heard = captions(
        "a low score does mean useless in my book because the loaf still gets eaten by somebody",
        *["and we talked about ovens and flour for quite a while after that"] * 12,
    )
    page = read(
        f"{TITLE}\n\nQuotes\n\nA low score doesn’t mean useless in my book, because the loaf "
        "still gets eaten by somebody.\n\nAda Voss\n",
        "page.txt",
    )
    for card in made(page, heard):
        assert "does mean useless" not in told(card)
        only_heard = all(found.document == "captions.txt" for found in card.evidence)
        assert not only_heard or card.tier == "rough"


# --- 17: one fact in several pieces ---


def test_one_fact_in_an_insight_a_section_and_a_bullet_is_asked_once():
    page = read(
        f"{TITLE}\n\nKey Insights\n\n1\n\nA levain is a mixture of old dough and rye that is "
        "kept to raise bread.\n\n2\n\nSalt slows the yeast because it binds the water.\n\n"
        "HOW A LEVAIN IS KEPT\n\nA levain is a mixture of old dough and rye that is kept to raise "
        "bread. Ada Voss feeds hers every morning with rye.\n\nRules:\n\n"
        "– A levain is a mixture of old dough and rye that is kept to raise bread.\n",
        "page.txt",
    )
    (card,) = [card for card in made(page) if "levain" in told(card).casefold()]
    assert "mixture of old dough" in told(card)


def test_one_fact_in_two_documents_is_one_card_with_both_as_evidence():
    fact = "A levain is a mixture of old dough and rye that is kept to raise bread."
    page = read(f"{TITLE}\n\nKey Insights\n\n1\n\n{fact}\n\n2\n\nSalt slows it.\n", "page.txt")
    notes = read(f"# {TITLE}\n\n## The levain\n\n{fact} It smells of apples.\n", "notes.md")
    (card,) = [card for card in made(page, notes) if "levain" in told(card).casefold()]
    assert {found.document for found in card.evidence} <= {"page.txt", "notes.md"}


def test_one_fact_of_an_insight_a_section_and_the_talk_is_one_card_with_several_evidences():
    fact = "A levain is a mixture of old dough and rye that is kept to raise bread."
    page = read(
        f"{TITLE}\n\nKey Insights\n\n1\n\n{fact}\n\n2\n\nSalt slows the yeast because it binds "
        f"the water.\n\nHOW A LEVAIN IS KEPT\n\n{fact} Ada Voss feeds hers with rye.\n",
        "page.txt",
    )
    talk = transcript("What is a levain?", f"Well, {fact[:1].lower()}{fact[1:]}", "Thanks.", "Bye.")
    (card,) = [card for card in made(page, talk) if "mixture of old dough" in told(card)]
    assert {found.document for found in card.evidence} == {"page.txt", talk.path}


# --- 18: marks that only look different ---


def test_hyphens_and_quotation_marks_of_another_kind_are_the_same_words():
    talk = transcript(
        "Is slow bread worth it?",
        "I say it's an over-fermented dough's best-kept secret that nobody's in a hurry to tell.",
        "Thanks.",
        "Thank you.",
    )
    quote = (
        "I say it’s an over‑fermented dough’s best‑kept secret that nobody’s in a hurry to tell."
    )
    page = read(f"{TITLE}\n\nQuotes\n\n{quote}\n\nAda Voss\n", "page.txt")
    (piece,) = of(page, "quote")
    assert piece.text == quote
    found = evidence.audit(piece, works.together((page, talk)))
    assert found.match == "verbatim"
    assert found.text in "\n".join(talk.lines)
    (card,) = made(page, talk)
    assert re.search("[‑’]", told(card))


# --- 19: what was cut off ---


def test_a_chapter_title_that_its_page_cut_off_stays_as_it_is():
    cut = "From Rye to Wheat: Hydration in Percent, and Why the Baker Was Right to Wait Longer Th"
    page = read(f"Chapters\n\n00:00:08 Rye\n00:07:41 {cut}\n00:16:25 Ovens\n")
    assert [piece.text for piece in of(page, "chapter")] == ["Rye", cut, "Ovens"]
    assert made(page) == ()


def test_captions_that_break_off_keep_their_last_words():
    talk = captions(*["salt slows the yeast and the dough gains time"] * 12, "and then the oven if")
    assert talk.pieces[-1].text.endswith("and then the oven if")
    assert layout.unaccounted(talk) == ()


def test_a_transcript_that_breaks_off_says_so():
    turns = ["What is dough?", "Flour and water."] * 6
    whole = transcript(*turns)
    cut = transcript(*turns, "So tell me, when does the")
    assert whole.notices == ()
    assert cut.notices == (
        f"the text breaks off in the middle of a sentence, on line {len(cut.lines) - 1}",
    )
    assert cut.pieces[-1].text == "So tell me, when does the"


# --- 20: one person, several spellings ---


def test_one_person_has_one_name_and_keeps_the_other_spellings():
    turns = ["What is dough?", "Flour and water.", "And then?", "You wait."] * 4
    lines = "\n".join(transcript(*turns).lines)
    talk = read(lines.replace("**Ada Voss:** You wait.", "**Ada Vosss:** You wait.", 1), "t.md")
    page = read(f"{TITLE}\n\nBen MarshhostAda Vossguest\n\nIDEAS\n\nSalt slows yeast.\n", "p.txt")
    work = works.together((talk, page))
    assert set(work.people) == {
        Person("Ben Marsh", "host"),
        Person("Ada Voss", "guest", ("Ada Vosss",)),
    }


def test_a_spelling_that_only_captions_have_becomes_no_cards_name():
    heard = captions(
        "my guest today is aider force and aider force is a baker from lyon",
        *["aider force says that a levain is a piece of old dough that raises the next loaf"] * 8,
    )
    page = read(
        f"{TITLE}\n\nKey Insights\n\n1\n\nAda Voss says that a levain is a piece of old dough "
        "that raises the next loaf.\n\n2\n\nAda Voss founded the Crumb School in 2009.\n",
        "page.txt",
    )
    work = works.together((page, heard))
    assert [person.name for person in work.people] == ["Ada Voss"]
    cards = made(page, heard)
    assert cards
    assert not [card for card in cards if "aider force" in told(card).casefold()]
    assert not [card for card in cards if card.evidence[0].document == "captions.txt"]
