from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import evidence
from quizgen.model import Document, Person, Piece, Work

TURNS = (
    ("Ben Marsh", 12, "So what made you change your mind about yeast?"),
    ("Ada Voss", 20, "I mean, the best thing about yeast is, you know, that it never sleeps."),
    ("Ada Voss", 31, "And I think that we are still wildly underestimating slow dough."),
    ("Ben Marsh", 44, "Slow dough. I would bake with it every single day of the week."),
)


def talk(turns: tuple[tuple[str, int, str], ...] = TURNS) -> Document:
    lines: list[str] = []
    pieces: list[Piece] = []
    for speaker, seconds, text in turns:
        lines += [f"[0:{seconds:02}](https://youtu.be/abcdEFGH_12?t={seconds})"]
        lines += [f"**{speaker}:** {text}", ""]
        spot = len(lines) - 1
        pieces.append(Piece("turn", text, (spot - 1, spot), speaker=speaker, seconds=seconds))
    return Document("talk.md", tuple(lines), tuple(pieces), recording="abcdEFGH_12")


def page(*quotes: tuple[str, str]) -> Document:
    lines: list[str] = []
    pieces: list[Piece] = []
    for text, speaker in quotes:
        lines += [text, "", speaker, ""]
        pieces.append(Piece("quote", text, (len(lines) - 3, len(lines) - 1), speaker=speaker))
    return Document("page.txt", tuple(lines), tuple(pieces))


def audit(text: str, speaker: str = "Ada Voss", *others: Document) -> evidence.Evidence:
    home = page((text, speaker))
    return evidence.audit(home.pieces[0], Work("w", "Bread", (home, *others)))


def test_prose_is_evidence_of_its_page_on_the_fewest_lines():
    lines = ("Yeast", "", "Yeast makes gas. It also", "makes flavour. Salt slows it.")
    piece = Piece("section", "Yeast makes gas. It also makes flavour. Salt slows it.", (1, 4))
    found = evidence.of(Document("p.txt", lines, (piece,)), "Salt slows it.", piece)
    assert (found.match, found.lines, found.link) == ("page", (4, 4), "")
    across = evidence.of(Document("p.txt", lines, (piece,)), "It also makes flavour.", piece)
    assert across.lines == (3, 4)


def test_spoken_words_carry_speaker_time_and_link():
    document = talk()
    found = evidence.of(document, "yeast is, you know, that it never sleeps", document.pieces[1])
    assert (found.match, found.speaker, found.seconds) == ("verbatim", "Ada Voss", 20)
    assert found.link == "https://www.youtube.com/watch?v=abcdEFGH_12&t=20s"
    assert found.lines == (5, 5)


def test_only_a_known_recording_makes_a_link():
    document = replace(talk(), recording="")
    piece = document.pieces[1]
    assert evidence.of(document, piece.text, piece).link == ""
    work = Work("w", "Bread", (document,), recording="abcdEFGH_12")
    assert evidence.of(document, piece.text, piece, work=work).link


def test_evidence_stands_only_where_its_words_are():
    document = talk()
    found = evidence.of(document, "slow dough", document.pieces[2])
    assert evidence.stands(found, document)
    assert not evidence.stands(replace(found, text="fast dough"), document)
    assert not evidence.stands(replace(found, lines=(1, 2)), document)
    assert not evidence.stands(replace(found, lines=(0, 0)), document)
    assert not evidence.stands(replace(found, lines=(8, 900)), document)


def test_labels_and_clock_times_between_lines_are_no_words():
    text = "Salt slows yeast and strengthens gluten."
    lines = ("00:12", "**Ada Voss:** Salt slows yeast", "00:14", "and strengthens gluten.")
    document = Document("t.txt", lines, (Piece("turn", text, (1, 4), speaker="Ada Voss"),))
    assert evidence.stands(evidence.of(document, text, document.pieces[0]), document)


@given(st.data())
def test_any_words_of_a_piece_stand_in_its_document(data: st.DataObject):
    document = talk()
    piece = data.draw(st.sampled_from(document.pieces))
    taken = piece.text.split()
    first = data.draw(st.integers(0, len(taken) - 1))
    last = data.draw(st.integers(first + 1, len(taken)))
    found = evidence.of(document, " ".join(taken[first:last]), piece)
    assert evidence.stands(found, document)
    assert piece.lines[0] <= found.lines[0] <= found.lines[1] <= piece.lines[1]


def test_a_quote_is_verbatim_when_only_fillers_and_punctuation_differ():
    found = audit("The best thing about yeast is that it never sleeps!", "Ada Voss", talk())
    assert (found.match, found.document, found.seconds) == ("verbatim", "talk.md", 20)
    assert found.text == "the best thing about yeast is, you know, that it never sleeps."


def test_a_near_quote_gives_way_to_the_words_of_the_transcript():
    found = audit("I think we are still wildly underestimating slow dough.", "Ada Voss", talk())
    assert found.match == "near"
    assert found.text == "I think that we are still wildly underestimating slow dough."
    assert found.note == "I think we are still wildly underestimating slow dough."
    assert (found.seconds, found.speaker) == (31, "Ada Voss")


def test_a_condensed_quote_stays_on_its_page_and_says_so():
    found = audit("Yeast and slow dough are what everybody gets wrong.", "Ada Voss", talk())
    assert (found.match, found.document, found.lines) == ("condensed", "page.txt", (1, 1))
    assert "not found" in found.note


def test_without_a_transcript_the_wording_is_the_page_s():
    found = audit("The best thing about yeast is that it never sleeps.")
    assert (found.match, found.note) == ("page", "wording as on the page")


def test_the_transcript_names_the_speaker_even_against_the_page():
    found = audit("I would bake with it every single day of the week.", "Ada Voss", talk())
    assert (found.match, found.speaker) == ("verbatim", "Ben Marsh")
    assert not evidence.same_person(found.speaker, "Ada Voss")


def test_a_quote_may_run_over_two_turns_of_one_speaker():
    quote = "It never sleeps. And I think that we are still wildly underestimating slow dough."
    document = talk()
    found = audit(quote, "Ada Voss", document)
    assert (found.match, found.lines, found.seconds) == ("verbatim", (5, 8), 20)
    assert evidence.stands(found, document)


def test_captions_are_asked_only_when_no_turn_has_the_words():
    lines = ("the best thing about yeast is", "that it never sleeps but salt does")
    pieces = tuple(Piece("caption", text, (at, at)) for at, text in enumerate(lines, 1))
    captions = Document("captions.txt", lines, pieces)
    quote = "The best thing about yeast is that it never sleeps."
    assert audit(quote, "Ada Voss", captions, talk()).document == "talk.md"
    heard = audit(quote, "Ada Voss", captions)
    assert (heard.document, heard.match) == ("captions.txt", "verbatim")
    assert heard.text == "the best thing about yeast is that it never sleeps"


def test_a_short_interjection_matches_no_long_quote():
    turns = (("Ada Voss", 1, "Right."), ("Ben Marsh", 2, "Yes, and so on."))
    assert audit("Right, yes, and so on, said the baker.", "Ada Voss", talk(turns)).match == (
        "condensed"
    )


def test_a_quote_inside_a_transcript_is_its_own_evidence():
    text = "Give the dough time."
    quote = Piece("quote", text, (1, 1), speaker="An old baker")
    turn = Piece("turn", f"As a baker said: {text}", (1, 1), speaker="Ada Voss")
    lines = (f"**Ada Voss:** As a baker said: {text}",)
    document = Document("talk.md", lines, (turn, quote))
    found = evidence.audit(quote, Work("w", "Bread", (document,)))
    assert (found.match, found.speaker) == ("verbatim", "An old baker")


def test_a_quote_of_another_work_is_refused():
    stranger = Piece("quote", "Not here.", (1, 1))
    with pytest.raises(ValueError, match="in no document"):
        evidence.audit(stranger, Work("w", "Bread", (talk(),)))


def test_one_index_serves_every_quote_of_a_work():
    home = page(("It never sleeps.", "Ada Voss"), ("Slow dough.", "Ben Marsh"))
    work = Work("w", "Bread", (home, talk()))
    spoken = evidence.transcript(work)
    for quote in home.pieces:
        assert evidence.audit(quote, work, spoken=spoken) == evidence.audit(quote, work)


def test_a_bold_label_may_be_a_part_of_the_words():
    text = "In short: dough waits for nobody."
    document = Document("p.md", (f"**In short**: {text[10:]}",), (Piece("section", text, (1, 1)),))
    assert evidence.stands(evidence.of(document, text, document.pieces[0]), document)


def test_marks_of_a_source_do_not_hide_its_words():
    lines = ("> The **dough** is _never_", "> [done](https://example.org) &amp; *slow*.")
    text = "The dough is never done & slow."
    document = Document("p.md", lines, (Piece("quote", text, (1, 2)),))
    assert evidence.stands(evidence.of(document, text, document.pieces[0]), document)
    assert not evidence.stands(
        evidence.of(document, "The dough is always done", document.pieces[0]), document
    )


@pytest.mark.parametrize(
    "line",
    ["**Ada Reyes:** Rivers bend.", "ADA REYES (0:12): Rivers bend.", "[0:12] Reyes: Rivers bend."],
)
def test_a_neighbours_label_is_taken_off_its_line(line: str):
    people = (Person("Ada Reyes", "guest", ("Reyes",)),)
    spoken = Document("talk.md", (line,), people=people)
    assert evidence.unlabelled(line, spoken).strip() == "Rivers bend."
    assert evidence.unlabelled("Rivers: they bend.", spoken) == "Rivers: they bend."


def test_words_are_placed_within_a_paragraph_of_thousands_of_lines():
    lines = tuple(f"Loaf {at} of rye is\nbaked today and" for at in range(2000))
    lines = tuple("\n".join(lines).split("\n"))
    piece = Piece("section", " ".join(lines), (1, len(lines)))
    document = Document("rye.md", lines, (piece,))
    found = evidence.of(document, "Loaf 1700 of rye is baked today", piece)
    assert found.lines == (3401, 3402)
    assert evidence.stands(found, document)


def test_words_are_taken_from_the_longest_transcript_that_has_them():
    part = replace(talk(TURNS[1:3]), path="clip.vtt")
    whole = talk()
    quoted = page((TURNS[2][2], "Ada Voss"))
    work = Work("x", "x", (quoted, part, whole))
    assert evidence.audit(quoted.pieces[0], work).document == "talk.md"
