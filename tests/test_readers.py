from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import readers
from quizgen.errors import QuizgenError
from quizgen.readers import text

NOTE = "The mitochondrion makes ATP.\n\nIt has two membranes, and the inner one is folded.\n"


def test_a_suffix_chooses_the_reader_and_no_suffix_is_text():
    for path in ("a.txt", "a.md", "A.MD", "notes", "-", "folder.d/notes"):
        assert readers.read(NOTE.encode(), path).pieces[0].text.startswith("The mitochondrion")


def test_every_suffix_of_the_table_can_be_read():
    for suffix in readers.suffixes():
        assert readers.read(NOTE.encode(), f"week-3{suffix}").path == f"week-3{suffix}"


@pytest.mark.parametrize(
    ("data", "path", "words"),
    [
        (b"", "x.txt", "x.txt is empty"),
        (b" \n\t\r\n", "x.txt", "x.txt is empty"),
        (b"\xef\xbb\xbf", "x.txt", "x.txt is empty"),
        (b"%PDF-1.7 ...", "x.txt", "looks like a PDF"),
        (b"PK\x03\x04...", "x.md", "zip archive"),
        (b"\x89PNG\r\n", "x", "PNG"),
        (b"ab\0cd", "x.txt", "binary"),
        (b"words", "x.pdf", "'.pdf'"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes, path: str, words: str):
    with pytest.raises(QuizgenError, match=words) as caught:
        readers.read(data, path)
    assert str(caught.value).startswith(path)


def test_a_file_beyond_the_limit_is_refused_with_its_size():
    with pytest.raises(QuizgenError, match="51 MB"):
        readers.read(b"a" * 51_000_000, "x.txt")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_the_encoding(encoding: str):
    document = readers.read("Zażółć gęślą jaźń.".encode(encoding), "x.txt")
    assert document.pieces[0].text == "Zażółć gęślą jaźń."
    assert document.notices == ()


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (
            "It’s the cell’s “powerhouse” – a naïve name for an organelle that does more.",
            "cp1252",
        ),
        ("Résumé of the café.", "cp1252"),
        ("Zażółć gęślą jaźń, bardzo ładny tekst po polsku.", "cp1250"),
        ("Привет, это простой текст о клетке и её энергии.", "cp1251"),
    ],
)
def test_another_encoding_is_guessed_and_named(words: str, encoding: str):
    document = readers.read(words.encode(encoding), "x.txt")
    assert document.pieces[0].text == words
    assert document.notices == (f"x.txt is not UTF-8; it was read as {encoding}",)


def test_all_three_line_ends_give_the_same_document():
    unix = readers.read(NOTE.encode(), "x.txt")
    for end in (b"\r\n", b"\r"):
        assert readers.read(NOTE.encode().replace(b"\n", end), "x.txt") == unix


def test_only_line_ends_end_lines():
    lines = text.split("one\u2028still one\x85and\fone\v.\ntwo\n")
    assert lines == ("one\u2028still one and one .", "two")


def test_control_characters_are_taken_out_and_tabs_stay():
    document = readers.read(b"The c\x07ell\x1f\tlives\x00".replace(b"\0", b""), "x.txt")
    assert document.lines == ("The cell\tlives",)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes):
    try:
        document = readers.read(data, "x.txt")
    except QuizgenError as error:
        assert str(error).startswith("x.txt")
    else:
        assert document.lines


@pytest.mark.parametrize(
    "line",
    ["[x](", "Alan Turing said, “", "1:00 - A ", '"a b c ', "- ", "Ada: ", "**", "use code Lex. "],
)
def test_time_grows_in_line_with_length(line: str):
    def seconds(size: int) -> float:
        data = (line * (size // len(line))).encode()
        start = time.perf_counter()
        readers.read(data, "x.txt")
        return time.perf_counter() - start

    # Quadratic work would take 64 times as long for eight times the text.
    assert seconds(240_000) < 30 * max(seconds(30_000), 0.01)
