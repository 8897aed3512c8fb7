from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import layout, readers, works
from quizgen.model import Dated, Document, Kind, Person, Piece

SEEDS = Path(__file__).parent.parent / "seeds"
TITLE = "Ada Lovelace: Engines | The Mill #7"


def document(
    path: str, title: str = TITLE, *, date: str = "", minutes: int = 0, recording: str = ""
) -> Document:
    dates = (Dated(date, "line 2"),) if date else ()
    return Document(path, ("x",), title=title, dates=dates, minutes=minutes, recording=recording)


def grouped(*documents: Document) -> list[list[str]]:
    return [[one.path for one in work.documents] for work in works.group(documents)]


def test_the_seeds_are_two_works():
    names = [*sorted(path.name for path in SEEDS.glob("*.txt")), "transcript.md"]
    found = works.group([readers.read((SEEDS / name).read_bytes(), name) for name in names])
    talk, lecture = sorted(found, key=lambda work: -len(work.documents))
    assert len(talk.documents) == 4
    assert [one.path for one in lecture.documents] == ["lecture-notes.txt"]
    assert talk.title == "Maren Holt: How Memory Works | The Slow Study Podcast #41"
    assert (talk.date, talk.recording) == ("2025-03-04", "q7Tm-Rc4_Zb")
    assert talk.guests == (Person("Maren Holt", "guest", ("MMaren Holt",)),)
    assert [person.role for person in talk.people] == ["host", "guest"]


def test_one_recording_is_one_work_whatever_the_titles():
    one = document("a", "A talk", recording="q7Tm-Rc4_Zb")
    other = document("b", "Another name for it", recording="q7Tm-Rc4_Zb")
    assert grouped(one, document("c", "Something else"), other) == [["a", "b"], ["c"]]


def test_one_title_needs_near_dates_and_lengths():
    first = document("a", date="2020-05-08", minutes=98)
    assert grouped(first, document("b", date="2020-05-07", minutes=97)) == [["a", "b"]]
    assert grouped(first, document("b", date="2020-05-12")) == [["a"], ["b"]]
    assert grouped(first, document("b", minutes=45)) == [["a"], ["b"]]
    assert grouped(first, document("b", date="2020-05")) == [["a", "b"]]
    assert grouped(first, document("b", "ada lovelace – ENGINES (the mill, 7)")) == [["a", "b"]]


def test_two_recordings_of_one_title_are_two_works():
    one = document("a", recording="q7Tm-Rc4_Zb")
    assert grouped(one, document("b", recording="q7Tm-Rc4_Zc")) == [["a"], ["b"]]


def test_a_third_document_can_join_two():
    page = document("page", date="2020-05-08")
    captions = document("captions", date="2020-05-08", recording="q7Tm-Rc4_Zb")
    post = document("post", "A post", recording="q7Tm-Rc4_Zb")
    assert grouped(post, page, captions) == [["post", "page", "captions"]]


def test_notes_without_a_telling_title_stay_apart():
    assert grouped(document("a", "Notes"), document("b", "Notes")) == [["a"], ["b"]]
    assert grouped(document("a", ""), document("b", "")) == [["a"], ["b"]]


def test_a_posts_date_and_title_give_way_to_the_recordings_own():
    post = Document(
        "post",
        ("x",),
        title="A post",
        recording="q7Tm-Rc4_Zb",
        dates=(Dated("2024-01-07", "front matter, line 3"),),
    )
    (work,) = works.group((post, document("page", date="2020-05-08", recording="q7Tm-Rc4_Zb")))
    assert (work.title, work.date) == (TITLE, "2020-05-08")
    assert works.group((post,))[0].date == ""


def test_a_document_without_a_title_is_named_by_its_heading_or_first_words():
    heading = Document("a", ("x",), pieces=(Piece("section", "It computes.", (1, 1)),))
    assert works.name(heading) == "It computes"
    headed = Document("a", ("x",), pieces=(Piece("section", "T", (1, 1), heading="The mill"),))
    assert works.name(headed) == "The mill"


def test_people_are_merged_with_the_roles_and_spellings_known():
    page = Document(
        "a",
        ("x",),
        recording="q7Tm-Rc4_Zb",
        people=(Person("Charles Babbage", "host"), Person("Ada Lovelace", "guest")),
    )
    speech = Document(
        "b",
        ("x",),
        recording="q7Tm-Rc4_Zb",
        people=(Person("Ada", "speaker"), Person("Charles Babage", "speaker")),
    )
    (work,) = works.group((speech, page))
    assert work.people == (
        Person("Charles Babbage", "host", ("Charles Babage",)),
        Person("Ada Lovelace", "guest", ("Ada",)),
    )


def test_an_id_comes_from_the_recording_and_not_from_files():
    one = works.group((document("a", recording="q7Tm-Rc4_Zb"),))[0]
    other = works.group((document("b/c", "Other title", recording="q7Tm-Rc4_Zb"),))[0]
    assert one.id == other.id
    assert len(one.id) == 6
    assert not set(one.id) & set("ilou")


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_the_order_of_the_files_changes_no_group(order: list[str]):
    known = {
        "a": document("a", date="2020-05-08"),
        "b": document("b", date="2020-05-07", recording="q7Tm-Rc4_Zb"),
        "c": document("c", "A post", recording="q7Tm-Rc4_Zb"),
        "d": document("d", "Another talk", date="2020-05-08"),
        "e": document("e", date="2021-01-01"),
    }
    found = {frozenset(paths) for paths in grouped(*(known[path] for path in order))}
    assert found == {frozenset("abc"), frozenset("d"), frozenset("e")}


def test_a_list_s_name_is_no_title():
    listed = Document(
        "a",
        ("x",),
        pieces=(
            Piece("idea", "Salt slows yeast.", (1, 1), heading="IDEAS"),
            Piece("bullet", "Weigh the salt.", (1, 1), heading="HABITS:"),
            Piece("summary", "A slow bread, baked twice, keeps for a week.", (1, 1)),
        ),
    )
    assert works.name(listed) == "A slow bread"


def test_a_conversation_without_a_title_is_named_after_its_speakers():
    turns = tuple(
        Piece("turn", "And how was it?", (1, 1), speaker=who)
        for who in ("Ben Marsh", "Ada Voss", "Ben Marsh")
    )
    talk = Document("a", ("x",), pieces=turns)
    assert works.name(talk) == "Conversation of Ben Marsh and Ada Voss"


def _told(name: str, *people: Person, kind: Kind = "section") -> Document:
    piece = Piece(kind, "It computes.", (1, 1))
    return Document(name, ("x",), (piece,), recording="q7Tm-Rc4_Zb", people=people)


@pytest.mark.parametrize("heard", ["Ada Lovelase", "Ada Lovlace", "ada lovelace", "Lovelace"])
def test_a_captions_spelling_is_an_alias_and_never_the_name(heard: str):
    """Whichever document is read first, the page spells the name."""
    page = _told("page", Person("Ada Lovelace", "guest"), Person("Charles Babbage", "host"))
    captions = _told("captions", Person(heard, "speaker"), kind="caption")
    for order in ((page, captions), (captions, page)):
        (work,) = works.group(order)
        assert [person.name for person in work.people] == ["Ada Lovelace", "Charles Babbage"]
        assert work.people[0].role == "guest"


def test_a_single_name_takes_the_whole_one_wherever_that_stands():
    notes = _told("notes", Person("Lovelace", "guest"))
    page = _told("page", Person("Ada Lovelace", "speaker"))
    (work,) = works.group((notes, page))
    assert work.people == (Person("Ada Lovelace", "guest", ("Lovelace",)),)


def test_two_people_of_one_first_name_stay_two():
    page = _told("page", Person("Ada Lovelace", "guest"), Person("Ada Byron", "host"))
    (work,) = works.group((page, _told("talk", Person("Charles Babbage", "speaker"))))
    assert [person.name for person in work.people] == [
        "Ada Lovelace",
        "Ada Byron",
        "Charles Babbage",
    ]


def test_several_spellings_of_one_person_are_all_kept_as_aliases():
    page = _told("page", Person("Ada Lovelace", "guest"), Person("Charles Babbage", "host"))
    one = _told("one", Person("Ada Lovelase", "speaker"), kind="caption")
    other = _told("other", Person("Lovelace", "speaker"), kind="caption")
    (work,) = works.group((one, other, page))
    assert set(work.people[0].aliases) == {"Ada Lovelase", "Lovelace"}


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("notes/Is rye patient?.md", "Is rye patient?"),
        ("notes/rye-notes.md", "Dough and heat"),
        ("Is rye patient?.txt", "Dough and heat"),
    ],
)
def test_a_note_without_a_title_bears_the_name_of_its_file(path: str, title: str):
    page = "## Dough and heat\n\nRye rises slowly.\n\n## Salt\n\nIt slows yeast.\n"
    assert works.name(layout.recognise(page.split("\n"), path)) == title
