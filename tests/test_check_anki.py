from __future__ import annotations

import json
from pathlib import Path

import pytest
import real_anki
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from quizgen import cloze, markup
from quizgen.anki import asking, html, packages
from quizgen.anki.notes import AnkiCard, AnkiNote, NoteType, Template
from quizgen.cli import main
from quizgen.commands import checking_notes
from quizgen.model import Basic, Choice, Cloze

FILES = ("new.apkg", "old.apkg", "new.colpkg", "notes.txt")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export a collection with good notes and bad ones."""
    place = tmp_path_factory.mktemp("anki")
    with real_anki.collection(place / "theirs") as theirs:
        for kind, deck, first, second in (
            ("Basic", "Biology::Cells", "What does the <b>mitochondrion</b> make?", "ATP"),
            ("Basic", "Old", "What does the mitochondrion make?", "ATP&nbsp;"),
            ("Basic", "Old", "Is the sky blue?", "Yes"),
            ("Basic", "Old", "Who painted the Night Watch?", ""),
            ("Basic", "Bones", '<img src="femur.png">What bone is this?', "The femur"),
            ("Basic (type in the answer)", "Geography", "What is the capital of Peru?", "Lima"),
            ("Basic (and reversed card)", "Japanese", "水[sound:mizu.mp3]", "water"),
            ("Cloze", "History", "Rome fought {{c1::the}} war with <i>Carthage</i>", ""),
        ):
            fields = ("Text", "Back Extra") if kind == "Cloze" else ("Front", "Back")
            real_anki.add(theirs, kind, deck, dict(zip(fields, (first, second), strict=True)))
        for name in FILES:
            real_anki.export(theirs, place / name, legacy=name.startswith("old"))
    return place


def check(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, args)])


@pytest.mark.parametrize("name", FILES)
def test_notes_are_judged_by_rule_in_every_file_of_anki(name: str, folder: Path) -> None:
    done = check(folder / name)
    assert done.exit_code == 1
    assert [line.removeprefix(f"{folder / name}: ") for line in done.stdout.splitlines()] == [
        (
            "Old: 'What does the mitochondrion make?': near-duplicate: The card is the same as "
            "“What does the mitochondrion make?” in Biology::Cells: drop one."
        ),
        (
            "Old: 'Is the sky blue?': yes-no-question: The answer is yes or no: ask what, why or "
            "how, or make it a true/false card."
        ),
        "Old: 'Who painted the Night Watch?': malformed: The answer is empty: write one.",
        (
            "History: 'Rome fought the war with Carthage': cloze-function-word: The blank hides "
            "only 'the': hide a word that carries the idea."
        ),
    ]
    judged = "6 notes judged, not 2 with a picture or a sound to ask by"
    if name != "notes.txt":  # which tells of no template that asks for the other side
        judged = "7 notes judged, not 1 with a picture or a sound to ask by"
    assert judged in done.stderr
    assert "4 notes with problems: near-duplicate 1, yes-no-question 1" in done.stderr


def test_rules_are_chosen_and_told_as_json(folder: Path) -> None:
    done = check(folder / "new.apkg", "--json", "--only", "malformed")
    (told,) = json.loads(done.stdout)
    assert told.pop("note")
    assert told == {
        "file": str(folder / "new.apkg"),
        "deck": "Old",
        "words": "Who painted the Night Watch?",
        "rule": "malformed",
        "severity": "blocks",
        "sentence": "The answer is empty: write one.",
    }
    assert check(folder / "new.apkg", "--skip", "malformed").exit_code == 0


def test_what_cannot_be_done_to_anki_is_said(folder: Path, tmp_path: Path) -> None:
    assert "--fix mends decks only" in check(folder / "new.apkg", "--fix").stderr
    deck = tmp_path / "deck.txt"
    deck.write_text('+++\nformat = 1\nid = "k3v9"\ntitle = "T"\nsources = []\n+++\n')
    assert check(deck).exit_code == 0
    assert "check it apart from decks" in check(folder / "new.apkg", deck).stderr
    broken = tmp_path / "x.apkg"
    broken.write_bytes(b"no package")
    assert "is no Anki package" in check(broken).stderr


# --- what is asked -----------------------------------------------------------


def note(fields: dict[str, str], *templates: tuple[str, str], cloze: bool = False) -> AnkiNote:
    made = tuple(Template(f"Card {at}", *each) for at, each in enumerate(templates, 1))
    kind = NoteType("Theirs", 7, tuple(fields), made, is_cloze=cloze)
    return AnkiNote("guid", kind, tuple(fields.values()), cards=(AnkiCard(0, "Deck"),))


def asked(*args: object, **more: bool) -> list[object]:
    return [card.content for card in asking.read(note(*args, **more)).cards]  # type: ignore[arg-type]


def test_a_side_inside_of_an_empty_field_asks_nothing():
    """Anki makes no card of it, whatever else the side would show."""
    reverse = ("{{#Turn}}<i>{{Work}}</i> {{Back}}{{/Turn}}", "{{FrontSide}}{{Front}}")
    fields = {"Front": "What makes ATP?", "Back": "The mitochondrion", "Work": "Cells", "Turn": ""}
    assert asked(fields, reverse) == []
    assert asked(fields | {"Turn": "y"}, reverse) == [
        Basic("Cells The mitochondrion", "What makes ATP?")
    ]


def test_notes_of_our_own_are_judged_by_what_they_ask(tmp_path: Path) -> None:
    deck, package = tmp_path / "cells.md", tmp_path / "cells.apkg"
    front = '+++\nformat = 1\nid = "k3v9qz"\ntitle = "Cells"\nsources = []\n+++\n'
    deck.write_text(
        f"{front}\n## What makes ATP?\n\nMitochondria.\n\nWhy: They burn.\n", encoding="utf-8"
    )
    assert CliRunner().invoke(main, ["export", str(deck), "--to", "anki"]).exit_code == 0
    done = check(package)
    assert "judged" in done.output
    assert "malformed" not in done.output


def test_each_template_asks_with_its_front_and_answers_with_what_only_its_back_shows() -> None:
    fields = {"Country": "Peru", "Capital": "Lima", "Note": "on the <i>coast</i>"}
    there = (
        "What is the capital of {{Country}}? {{Tags}}",
        "{{FrontSide}}<hr>{{Capital}} {{Note}}",
    )
    back = ("{{#Note}}Of what is {{text:Capital}} the capital?{{/Note}}", "{{Country}}")
    assert asked(fields, there, back) == [
        Basic("What is the capital of Peru?", "Lima"),
        Basic("Of what is Lima the capital?", "Peru"),
    ]


def test_what_is_typed_or_clicked_is_not_shown_before_the_answer() -> None:
    fields = {"Front": "Capital of Peru?", "Back": "Lima", "Hint": "L…"}
    sides = ("{{Front}} {{hint:Hint}} {{type:Back}}", "{{Front}}<hr id=answer>{{type:Back}}")
    assert asked(fields, sides) == [Basic("Capital of Peru?", "Lima")]


def test_what_a_front_wants_typed_is_its_answer() -> None:
    fields = {"English": "house", "Article": "das", "Word": "Haus"}
    sides = ("{{English}} auf Deutsch? {{type:Word}}", "{{FrontSide}}<hr>{{Article}} {{Word}}")
    assert asked(fields, sides) == [Basic("house auf Deutsch?", "Haus")]


def test_notes_that_share_only_the_words_of_their_template_are_no_duplicates() -> None:
    sides = ("Which article has the German word {{Word}} of the list?", "{{FrontSide}} {{Article}}")
    words = ("Katze", "Insel", "Brücke", "Katze")
    notes = [asking.read(note({"Word": word, "Article": "die"}, sides)) for word in words]
    found = list(checking_notes.judge(notes))
    assert [each.asked is notes[3] for each in found] == [True]
    assert found[0].problem.rule == "near-duplicate"


def test_a_template_whose_fields_are_empty_makes_no_card() -> None:
    fields = {"Front": "Q", "Back": "A", "Add Reverse": ""}
    reverse = ("{{#Add Reverse}}{{Back}}{{/Add Reverse}}", "{{Front}}")
    assert asked(fields, ("{{Front}}", "{{Back}}"), reverse)[0] == Basic("Q", "A")


def test_a_cloze_is_read_from_the_field_that_its_template_fills_in() -> None:
    fields = {"Header": "x", "Text": "{{c1::Rome::city}} fell", "Extra": "y"}
    sides = ("{{Header}} {{cloze:Text}}", "{{cloze:Text}} {{Extra}}")
    assert asked(fields, sides, cloze=True) == [Cloze("{{c1::Rome::city}} fell")]


def test_colons_that_begin_no_hint_are_words() -> None:
    fields = {"Text": "The type {{c1::std&#58;&#58;vector}} grows, as a:<!-- -->:b does."}
    one = note(fields, ("{{cloze:Text}}", "{{cloze:Text}}"), cloze=True)
    assert asking.words(one) == "The type std::vector grows, as a::b does."
    literal = note({"Front": "What does <code>&#123;&#123;c1::x}}</code> hide, for x &lt; 7 * 7?"})
    assert asking.words(literal) == "What does {{c1::x}} hide, for x < 7 * 7?"
    (judged,) = asked(fields, ("{{cloze:Text}}", "{{cloze:Text}}"), cloze=True)
    assert isinstance(judged, Cloze)
    assert "vector" in cloze.filled(judged.text)


def test_a_blank_inside_of_a_blank_is_taken_for_its_words(tmp_path: Path) -> None:
    with real_anki.collection(tmp_path / "theirs") as theirs:
        nested = "A {{c1::muscle called {{c2::heart}}}} pumps blood through the whole body all day."
        real_anki.add(theirs, "Cloze", "Body", {"Text": nested, "Back Extra": ""})
        whole = "{{c1::The heart {{c2::pumps}} blood}}"
        real_anki.add(theirs, "Cloze", "Body", {"Text": whole, "Back Extra": ""})
        file = real_anki.export(theirs, tmp_path / "all.colpkg")
    done = check(file)
    assert done.stdout.splitlines() == [
        (
            f"{file}: Body: 'The heart pumps blood': malformed: The blank hides the whole "
            "sentence: leave enough of it to answer from."
        )
    ]


def test_our_own_choice_note_is_a_choice_again(tmp_path: Path) -> None:
    deck = tmp_path / "d.md"
    deck.write_text(
        '+++\nformat = 1\nid = "k3v9"\ntitle = "T"\nsources = []\n+++\n\n## Which one?\n\n'
        "- [ ] Ribosome\n- [x] Mitochondrion\n- [ ] Golgi *apparatus*\n\n"
        "<!-- ^m4x9 kept ready -->\n"
    )
    assert CliRunner().invoke(main, ["export", str(deck), "--to", "anki"]).exit_code == 0
    notes = packages.read((tmp_path / "d.apkg").read_bytes(), "d.apkg").notes
    options = ("Ribosome", "Mitochondrion", "Golgi apparatus")
    assert [card.content for each in notes for card in asking.read(each).cards] == [
        Choice("Which one?", options, (1,))
    ]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("a<br>b<div>c</div>", "a\nb\nc"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("x &lt; y &amp; 2 * 3", r"x \< y & 2 \* 3"),
        (r"\(x^2\) and [$]y[/$] and \[z\]", "$x^2$ and $y$ and $$z$$"),
        ("costs $5", r"costs \$5"),
        ("<code>a*b</code>", "`a*b`"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        ("<style>p{}</style>a<script>b</script>", "a"),
        ("水<rt>みず</rt>", "水"),
        ("a&nbsp;&nbsp;b", "a b"),
        ("<b>unclosed <i>x", "unclosed x"),
        ("a[sound:x.mp3]", "a"),
        ("&amp;lt;", r"\&lt;"),
    ],
)
def test_the_html_of_a_field_is_read_as_card_text(field: str, text: str) -> None:
    assert html.text(field) == text


@given(st.text(st.sampled_from("ab*`_$<>&;[]()!{}:#- 1."), max_size=20))
def test_words_are_read_back_as_they_were_written_for_anki(words: str) -> None:
    read = html.text(markup.words_to_anki(f"It is {words} a"))
    assert markup.to_plain(read) == markup.words_to_plain(f"It is {words} a")
