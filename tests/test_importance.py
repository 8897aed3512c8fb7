"""The ten ideas that a learner should take away, by how much each carries."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizgen import importance
from quizgen.model import Document, Kind, Piece, Work

LINES = (
    "A meander grows because water carries the soil of its outer bank away.",
    "The conversation explores rivers and touches on their fascinating journey.",
    "A dike moves a flood downstream, because the water it keeps out goes elsewhere.",
    "Meanders grow, since the outer bank loses its soil to the water.",
    "A beaver dam is an obstacle that cools a stream.",
    "Lunch at the weir was late, and the sandwiches were cold again.",
)


def piece(text: str, kind: Kind = "insight", line: int = 1, heading: str = "") -> Piece:
    return Piece(kind, text, (line, line), heading=heading)


def document(path: str, *pieces: Piece, title: str = "Rivers and Floods") -> Document:
    most = max((each.lines[1] for each in pieces), default=0)
    lines = [""] * most
    for each in pieces:
        lines[each.lines[0] - 1] = " ".join(part for part in (each.text, each.explanation) if part)
    return Document(path, tuple(lines), pieces, title=title)


def work(*documents: Document, title: str = "Rivers and Floods") -> Work:
    return Work("w", title, documents)


def page(path: str = "page.txt", kind: Kind = "insight") -> Document:
    return document(path, *(piece(text, kind, line) for line, text in enumerate(LINES, 1)))


def texts(made: Work, most: int = 10) -> list[str]:
    return [idea.point.said.text for idea in importance.rank(made, most=most)]


def test_what_speaks_of_the_page_comes_last():
    assert texts(work(page()))[-1] == LINES[1]


def test_what_says_the_same_in_other_words_counts_once_with_both_its_places():
    ideas = importance.rank(work(page()))
    (meander,) = [idea for idea in ideas if "eander" in idea.point.said.text]
    assert {point.said.lines[0] for point in meander.points} == {1, 4}
    assert len(ideas) == len(LINES) - 1


def test_what_a_second_document_tells_too_carries_more():
    alone = texts(work(page()))
    other = document(
        "notes.txt", piece("Beaver dams cool a stream; each is an obstacle.", "bullet")
    )
    both = texts(work(page(), other))
    assert both.index(LINES[4]) < alone.index(LINES[4])


def test_what_was_said_in_the_recording_carries_more():
    said = (
        "Welcome to the show. Tell us how you came to walk along rivers for a living.",
        "My father kept the weir at Aarwil, and every evening he wrote down the level of the lake.",
        "A beaver dam looks like an obstacle, and yet the stream below the dam gets cooler.",
        "In winter we measured ice, in spring the melt, and in autumn mostly leaves.",
    )
    turns = (Piece("turn", text, (n, n), speaker="Ada Reyes") for n, text in enumerate(said, 1))
    spoken = document("talk.md", *turns)
    alone = {idea.point.said.text: idea.score for idea in importance.rank(work(page()))}
    heard = {idea.point.said.text: idea.score for idea in importance.rank(work(page(), spoken))}
    assert [text for text in alone if heard[text] > alone[text]] == [LINES[4]]


def test_what_the_title_names_carries_more():
    beavers = work(page(), title="How a Beaver Dam Cools a Stream")
    assert texts(beavers).index(LINES[4]) < texts(work(page())).index(LINES[4])


def test_a_claim_comes_before_an_anecdote():
    found = texts(work(page()))
    assert found.index(LINES[2]) < found.index(LINES[5])


def test_insights_come_before_quotes_of_the_same_weight():
    quotes = document("a.txt", piece(LINES[0], "quote", 1), piece(LINES[2], "insight", 2))
    assert texts(work(quotes))[0] == LINES[2]


def test_longer_prose_is_taken_sentence_by_sentence_with_the_lines_of_each():
    prose = Piece(
        "topic",
        "Dams",
        (1, 3),
        explanation=f"{LINES[4]} {LINES[2]}",
    )
    made = Document("a.txt", ("Dams", LINES[4], LINES[2]), (prose,), title="Rivers")
    found = importance.rank(work(made))
    assert {(each.point.said.text, each.point.said.lines) for each in found} == {
        (LINES[4], (2, 2)),
        (LINES[2], (3, 3)),
    }
    assert all(each.point.piece is prose for each in found)


def test_a_topic_that_is_only_named_is_no_idea():
    assert importance.rank(work(document("a.txt", piece("Dams, dikes and deltas", "topic")))) == ()


def test_ten_ideas_are_not_one_idea_in_ten_wordings():
    likes = (
        "A dike moves a flood downstream because water has to go somewhere.",
        "A dike moves each flood downstream because valleys are narrow.",
    )
    points = (*likes, *LINES)
    pieces = (piece(text, "bullet", line) for line, text in enumerate(points, 1))
    first, second = texts(work(document("a.txt", *pieces)), most=2)
    assert ("dike" in first) != ("dike" in second)


def test_a_work_without_a_page_names_no_ideas():
    spoken = document("talk.md", piece(LINES[0], "turn"))
    assert importance.rank(work(spoken)) == ()


@given(st.permutations(range(len(LINES))), st.integers(1, 12))
def test_there_are_never_more_than_asked_for_and_none_is_there_twice(order: list[int], most: int):
    pieces = [piece(LINES[at], line=line) for line, at in enumerate(order, 1)]
    found = importance.rank(work(document("a.txt", *pieces)), most=most)
    assert len(found) <= most
    told = [point.said for idea in found for point in idea.points]
    assert len(told) == len(set(told))
    assert [idea.score for idea in found] == sorted((i.score for i in found), reverse=True)
