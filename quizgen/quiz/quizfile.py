"""Write a quiz as a text file that a person keeps and edits, and read it back."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from quizgen import markup
from quizgen.errors import QuizgenError
from quizgen.model import Card, Deck
from quizgen.quiz import events, reading
from quizgen.quiz.sheet import Kind, Order, Pairs, Pick, Quiz

FORMAT = 1
SUFFIX = ".quiz.toml"
Paper: TypeAlias = Literal["a4", "letter"]

_TOP = """\
# A quiz. Change what you like, keep it in git, and print it again with: quizgen quiz {name}
# Take a line out of `questions`, or move one: with order = "as listed" the sheet follows.
"""
_QUIZ = (
    *("format", "title", "course", "instructions", "language", "decks", "seed", "versions"),
    *("order", "word_bank", "drafts", "print", "questions"),
)
_PRINT = ("to", "paper", "large", "columns", "one_file", "fonts", "templates")
_QUESTION = ("kind", "card", "cards", "pairs", "spare", "points")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a quiz is printed. `fonts` and `templates` are paths relative to the file."""

    to: tuple[str, ...] = ("pdf",)
    paper: Paper = "a4"
    large: bool = False
    columns: Literal[1, 2] = 1
    one_file: bool = False
    fonts: tuple[str, ...] = ()
    templates: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question by the ids of its cards, in the file's words; `line` is where it stands."""

    kind: Kind
    cards: tuple[str, ...]
    points: int = 0
    pairs: Pairs = ""
    spare: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class QuizFile:
    """What a quiz file says. `decks` are paths relative to it."""

    title: str
    decks: tuple[str, ...]
    questions: tuple[Asked, ...]
    course: str = ""
    instructions: str = ""
    language: str = "en"
    seed: str = "1"
    versions: tuple[str, ...] = ("A",)
    order: Order = "easy first"
    word_bank: bool = False
    drafts: bool = False
    layout: Layout = Layout()


# --- writing -----------------------------------------------------------------


def render(file: QuizFile, picks: Sequence[Pick], name: str) -> str:
    """Write a quiz file; `picks` are its questions, for a comment that recalls each."""
    layout = file.layout
    lines = [
        _TOP.format(name=_comment(name)),
        f"format = {FORMAT}",
        f"title = {_quoted(file.title)}",
        f"course = {_quoted(file.course)}",
        f"instructions = {_quoted(file.instructions)}  # empty: the usual ones",
        f"language = {_quoted(file.language)}",
        f"decks = {_list(file.decks)}",
        f"seed = {_quoted(file.seed)}",
        f"versions = {_list(file.versions)}",
        f"order = {_quoted(file.order)}  # or: as listed",
        f"word_bank = {_bool(file.word_bank)}",
        f"drafts = {_bool(file.drafts)}  # whether cards that nobody has reviewed may be asked",
        "questions = [",
    ]
    for asked, pick in zip(file.questions, picks, strict=True):
        lines.append(f"  {_question(asked)},  # {_comment(_recalled(pick))}")
    lines += [
        "]",
        "",
        "[print]",
        f"to = {_list(layout.to)}",
        f"paper = {_quoted(layout.paper)}  # or: letter",
        f"large = {_bool(layout.large)}",
        f"columns = {layout.columns}",
        f"one_file = {_bool(layout.one_file)}  # whether all versions stand in one PDF",
        f"fonts = {_list(layout.fonts)}",
        f"templates = {_quoted(layout.templates)}",
        "",
    ]
    return "\n".join(lines)


def _question(asked: Asked) -> str:
    fields = [f"kind = {_quoted(asked.kind)}"]
    if asked.pairs:
        fields.append(f"pairs = {_quoted(asked.pairs)}")
    if asked.kind in ("matching", "ordering"):
        fields.append(f"cards = {_list(asked.cards)}")
    else:
        fields.append(f"card = {_quoted(asked.cards[0])}")
    if asked.spare:
        fields.append(f"spare = {_quoted(asked.spare)}")
    fields.append(f"points = {asked.points}")
    return "{ " + ", ".join(fields) + " }"


def _recalled(pick: Pick) -> str:
    shown = markup.to_plain(reading.stem(pick.cards[0]))
    first = " ".join(shown.split())
    return first if len(first) <= 70 else first[:69].rstrip() + "…"


def _comment(text: str) -> str:
    return markup.words_to_plain(text)


def _quoted(text: str) -> str:
    # JSON strings are TOML strings, but for DEL, which TOML wants escaped
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(values: Sequence[str]) -> str:
    return "[" + ", ".join(map(_quoted, values)) + "]"


def _bool(value: bool) -> str:  # noqa: FBT001 - the only argument says it all
    return "true" if value else "false"


# --- reading -----------------------------------------------------------------


def parse(text: str, name: str) -> QuizFile:
    """Read a quiz file; raise `QuizgenError` with a sentence that names the place."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise QuizgenError(f"{name}: this is not TOML: {error}") from None
    if values.get("format") != FORMAT:
        raise QuizgenError(
            f"{name}: this file says `format = {values.get('format')!r}`, and this quizgen reads "
            f"quiz files of format {FORMAT}"
        )
    read = _Reader(values, name)
    read.known(_QUIZ)
    printed = _Reader(read.table("print"), f"{name}, [print]")
    printed.known(_PRINT)
    layout = Layout(
        printed.words("to", ("pdf",)),
        printed.one_of("paper", get_args(Paper), "a4"),
        printed.flag("large"),
        printed.one_of("columns", (1, 2), 1),
        printed.flag("one_file"),
        printed.words("fonts", ()),
        printed.text("templates"),
    )
    return QuizFile(
        read.text("title"),
        read.words("decks", ()),
        tuple(_asked(values, text, name)),
        read.text("course"),
        read.text("instructions"),
        read.text("language") or "en",
        read.text("seed", "1"),
        read.words("versions", ("A",)) or ("A",),
        read.one_of("order", get_args(Order), "easy first"),
        read.flag("word_bank"),
        read.flag("drafts"),
        layout,
    )


def _asked(values: Mapping[str, Any], text: str, name: str) -> list[Asked]:
    rows = values.get("questions", [])
    if not isinstance(rows, list) or not rows:
        raise QuizgenError(f"{name}: `questions` must be a list with at least one question")
    asked: list[Asked] = []
    start = 0
    for row in rows:  # pyright: ignore[reportUnknownVariableType]
        place = name
        if isinstance(row, dict):
            first = _first_card(row)  # pyright: ignore[reportUnknownArgumentType]
            found = text.find(f'"{first}"', start) if first else -1
            start = found if found >= 0 else start
            line = text.count("\n", 0, start) + 1
            place = f"{name}:{line}"
            read = _Reader(row, place)  # pyright: ignore[reportUnknownArgumentType]
            asked.append(_one(read, line))
        else:
            raise QuizgenError(f"{place}: a question is written {{ kind = …, card = … }}")
    return asked


def _first_card(row: Mapping[str, Any]) -> str:
    cards = row.get("card") or row.get("cards") or ""
    if isinstance(cards, list):
        cards = next(iter(cards), "")  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return cards if isinstance(cards, str) else ""


def _one(read: _Reader, line: int) -> Asked:
    read.known(_QUESTION)
    cards = read.words("cards", ()) or tuple(filter(None, [read.text("card")]))
    if not cards:
        raise QuizgenError(f"{read.place}: a question needs `card`, or `cards` if it has several")
    kind = read.one_of("kind", get_args(Kind), "")
    pairs: Pairs = read.one_of("pairs", get_args(Pairs), "")
    if not kind:
        raise QuizgenError(f"{read.place}: a question needs a kind: {', '.join(get_args(Kind))}")
    return Asked(kind, cards, read.number("points"), pairs, read.text("spare"), line)


class _Reader:
    """Takes values out of a table, and says in a sentence what is wrong with one."""

    def __init__(self, values: Mapping[str, Any], place: str) -> None:
        self._values = values
        self.place = place

    def known(self, names: Sequence[str]) -> None:
        for name in self._values:
            if name not in names:
                raise QuizgenError(
                    f"{self.place}: there is no {name!r} here; what there is: {', '.join(names)}"
                )

    def text(self, name: str, default: str = "") -> str:
        return self._of(name, default, str, "a text in quotation marks")

    def flag(self, name: str) -> bool:
        return self._of(name, False, bool, "true or false")  # noqa: FBT003 - the default

    def number(self, name: str) -> int:
        value = self._of(name, 0, int, "a number")
        if isinstance(value, bool) or value < 0:
            raise QuizgenError(f"{self.place}: `{name}` must be a number, not {value!r}")
        return value

    def table(self, name: str) -> dict[str, Any]:
        return self._of(name, dict[str, Any](), dict, "a table")

    def words(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value: list[Any] = self._of(name, list(default), list, 'a list such as ["A", "B"]')
        if not all(isinstance(each, str) for each in value):
            raise QuizgenError(f'{self.place}: `{name}` must be a list such as ["A", "B"]')
        return tuple(str(each) for each in value)

    def one_of(self, name: str, choices: Sequence[Any], default: Any) -> Any:
        value = self._values.get(name, default)
        if isinstance(value, bool) or (value != default and value not in choices):
            listed = ", ".join(str(each) for each in choices if each)
            raise QuizgenError(f"{self.place}: `{name}` is one of {listed}, not {value!r}")
        return value

    def _of(self, name: str, default: Any, kind: type, told: str) -> Any:
        value = self._values.get(name, default)
        if not isinstance(value, kind):
            raise QuizgenError(f"{self.place}: `{name}` must be {told}, not {value!r}")
        return value


# --- cards by their ids ------------------------------------------------------


def reference(card: Card, deck: Deck, decks: Sequence[Deck]) -> str:
    """Name a card: by its id, with its deck's before it where two decks have one of that id."""
    is_alone = sum(any(each.id == card.id for each in other.cards) for other in decks) < 2
    return card.id if is_alone else f"{deck.id}/{card.id}"


def resolve(file: QuizFile, decks: Sequence[Deck], name: str, *, drafts: bool = False) -> Quiz:
    """Find the cards of a quiz file; raise `QuizgenError` naming the first that cannot be asked."""
    cards: dict[str, list[tuple[Deck, Card]]] = {}
    for deck in decks:
        for card in deck.cards:
            for reference in (card.id, f"{deck.id}/{card.id}"):
                cards.setdefault(reference, []).append((deck, card))

    def find(reference: str, line: int) -> Card:
        found = cards.get(reference.removeprefix("^"), [])
        where = f"{name}:{line}: card ^{reference.removeprefix('^')}"
        if not found:
            raise QuizgenError(
                f"{where} is in none of the quiz's decks; take it out of `questions`, "
                "or bring the card back"
            )
        if len(found) > 1:
            ways = " or ".join(f"{deck.id}/{card.id}" for deck, card in found)
            raise QuizgenError(f"{where} is in several decks; write {ways}")
        _, card = found[0]
        if card.state == "dropped":
            raise QuizgenError(f"{where} has been dropped; take it out of `questions`")
        if card.state == "draft" and not (drafts or file.drafts):
            raise QuizgenError(
                f"{where} is a draft that nobody has reviewed; keep it with `quizgen review`, "
                "or write drafts = true to print it marked as a draft"
            )
        return card

    picks: list[Pick] = []
    for asked in file.questions:
        chosen = tuple(find(each, asked.line) for each in asked.cards)
        spare = find(asked.spare, asked.line) if asked.spare else None
        pick = Pick(asked.kind, chosen, asked.points, asked.pairs, spare)
        if wrong := _wrong(pick):
            raise QuizgenError(f"{name}:{asked.line}: {wrong}")
        picks.append(pick)
    return Quiz(
        file.title,
        tuple(picks),
        file.seed,
        file.course,
        file.instructions,
        file.language,
        file.order,
        file.word_bank,
    )


def _wrong(pick: Pick) -> str:
    """Say why a question cannot be asked like this; empty if it can."""
    cards = (*pick.cards, *([pick.spare] if pick.spare else []))
    match pick.kind:
        case "matching":
            bad = [card for card in cards if not all(reading.pair(card, pick.pairs))]
            if not pick.pairs:
                return "a matching needs pairs: term, quote or idea"
            if len({card.id for card in cards}) < len(cards) or len(pick.cards) < 2:
                return "a matching needs at least two cards, each of them once"
            told = f"has no {pick.pairs} to match"
        case "ordering":
            bad = [card for card in cards if not events.read(card)]
            found = [event.when for card in cards if (event := events.read(card))]
            if len(pick.cards) < 2 or len(set(found)) < len(found):
                return "an ordering needs at least two cards, each with a date of its own"
            told = "has no single date to be put in order by"
        case "attribution":
            bad = [card for card in cards if not reading.quote(card)]
            told = "has no quotation whose evidence names the speaker"
        case _:
            own = reading.kind_of(pick.cards[0])
            bad = [] if own == pick.kind else [pick.cards[0]]
            told = f"is asked as {own}, not as {pick.kind}"
    return f"card ^{bad[0].id} {told}" if bad else ""
