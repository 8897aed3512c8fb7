"""Choose a quiz, write its file, print it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from quizgen import documents, files, mainideas, store
from quizgen import quiz as quizzes
from quizgen.commands import exporting
from quizgen.errors import QuizgenError, UsageError
from quizgen.exports import Options, table
from quizgen.model import Deck
from quizgen.quiz import Quiz, Sheet, choosing, quizfile
from quizgen.quiz.labels import ENGLISH
from quizgen.quiz.quizfile import Asked, Layout, QuizFile

_OUT = Path("out")
_MOST_TOLD = 10
_MOST_VERSIONS = 26


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person said on the command line: fields of the quiz file, and of its layout."""

    output: Path | None
    changes: Mapping[str, Any]
    layout: Mapping[str, Any]
    fonts: tuple[Path, ...] = ()
    templates: Path | None = None
    replace: bool = False
    dry_run: bool = False


def compose(paths: tuple[Path, ...], wanted: choosing.Wanted, wishes: Wishes) -> None:
    """Choose questions out of decks, write the quiz file, and print it."""
    decks = [exporting.leaving(path, drafts=bool(wishes.changes.get("drafts"))) for path in paths]
    place = _place(wishes.output, paths[0].stem)
    ideas = [each for path, deck in zip(paths, decks, strict=True) for each in _ideas(path, deck)]
    cards = [card for deck in decks for card in deck.cards]
    chosen = choosing.choose(cards, wanted, ideas=ideas, seed=str(wishes.changes.get("seed", "1")))
    if not chosen.picks:
        raise QuizgenError(
            f"{paths[0]}: no kept card fits these wishes; leave out --kinds, --sections, --tags "
            "or --level, or keep more cards with `quizgen review`"
        )
    _tell(chosen.told)
    first = decks[0]
    file = replace(
        QuizFile(
            first.title,
            tuple(store.relative(path, place) for path in paths),
            _asked(chosen.picks, decks),
            language=first.language or "en",
        ),
        **wishes.changes,
        layout=_layout(Layout(), wishes, place),
    )
    quiz = quizfile.resolve(file, decks, str(place))
    sheets = _sheets(quiz, file)
    file = replace(file, questions=_with_points(file.questions, sheets[0], decks))
    text = quizfile.render(file, chosen.picks, place.name)
    _refuse_to_lose(place, text, wishes)
    _say(sheets[0], len(sheets))
    if not wishes.dry_run:
        printed = _printed(sheets, file.layout, place)
        files.write(place, text.encode())
        click.echo(f"wrote {place}")
        _write(printed, _stem(place))


def again(path: Path, wishes: Wishes) -> None:
    """Print a quiz file; what the command line says holds for this once."""
    try:
        text = files.read(path).decode()
    except UnicodeDecodeError:
        raise QuizgenError(f"{path}: this file is not UTF-8; save it as UTF-8") from None
    file = quizfile.parse(text, str(path))
    file = replace(file, **wishes.changes, layout=_layout(file.layout, wishes, path))
    decks = [_deck(path, name) for name in file.decks]
    quiz = quizfile.resolve(file, decks, str(path))
    sheets = _sheets(quiz, file)
    _tell(tuple(choosing.warnings(quiz.picks)))
    _say(sheets[0], len(sheets))
    place = _place(wishes.output, _stem(path).name) if wishes.output else path
    if not wishes.dry_run:
        _write(_printed(sheets, file.layout, path), _stem(place))


def _deck(path: Path, name: str) -> Deck:
    deck = Path(os.path.normpath(path.parent / name))
    if not deck.exists():
        raise QuizgenError(f"{path}: its deck {name} is not there; correct `decks` in this file")
    return store.load(deck).deck


# --- choosing ----------------------------------------------------------------


def _ideas(path: Path, deck: Deck) -> tuple[frozenset[str], ...]:
    """Find the main ideas in a deck's sources, as far as they are there."""
    sources = documents.of_deck(store.load(path))
    for missing in sources.missing:
        click.echo(
            f"quizgen: {missing}, a source of {path}, is not there; "
            "its main ideas do not come first",
            err=True,
        )
    work = sources.work()
    return mainideas.of_cards(work, deck) if work else ()


def _asked(picks: Sequence[quizzes.Pick], decks: Sequence[Deck]) -> tuple[Asked, ...]:
    names = {
        id(card): quizfile.reference(card, deck, decks) for deck in decks for card in deck.cards
    }
    return tuple(
        Asked(
            pick.kind,
            tuple(names[id(card)] for card in pick.cards),
            pick.points,
            pick.pairs,
            names[id(pick.spare)] if pick.spare else "",
        )
        for pick in picks
    )


def _with_points(asked: Sequence[Asked], sheet: Sheet, decks: Sequence[Deck]) -> tuple[Asked, ...]:
    """Write out what each question is worth, so that a person sees it and can change it."""
    names = {
        id(card): quizfile.reference(card, deck, decks) for deck in decks for card in deck.cards
    }
    points = {
        (question.kind, names[id(question.card)]): question.points for question in sheet.questions
    }
    return tuple(replace(each, points=points[each.kind, each.cards[0]]) for each in asked)


def _sheets(quiz: Quiz, file: QuizFile) -> tuple[Sheet, ...]:
    versions = tuple(dict.fromkeys(file.versions))
    if len(versions) > _MOST_VERSIONS or not all(each.isalnum() for each in versions):
        raise UsageError("versions are letters or numbers with commas between, such as A,B,C")
    return tuple(quizzes.compose(quiz, version) for version in versions)


# --- writing -----------------------------------------------------------------


def _place(output: Path | None, stem: str) -> Path:
    """Name the quiz file."""
    if output and output.name.endswith(quizfile.SUFFIX):
        return output
    if output and output.suffix and not output.is_dir():
        raise UsageError(f"{output} should be a folder, or end in {quizfile.SUFFIX}")
    return (output or _OUT) / f"{stem}{quizfile.SUFFIX}"


def _stem(place: Path) -> Path:
    name = place.name.removesuffix(".toml").removesuffix(".quiz")
    return place.with_name(name)


def _layout(layout: Layout, wishes: Wishes, place: Path) -> Layout:
    """Change a layout by what was said; paths are kept as the quiz file has them."""
    if wishes.fonts:
        layout = replace(layout, fonts=tuple(store.relative(each, place) for each in wishes.fonts))
    if wishes.templates:
        layout = replace(layout, templates=store.relative(wishes.templates, place))
    return replace(layout, **wishes.layout)


def _refuse_to_lose(place: Path, text: str, wishes: Wishes) -> None:
    """Leave a quiz file alone that says something else: somebody may have edited it."""
    is_there = place.exists() and not wishes.replace and not wishes.dry_run
    if is_there and files.read(place) != text.encode():
        raise QuizgenError(
            f"{place} is already there and holds another quiz; print that one with "
            f"`quizgen quiz {place}`, write a new one elsewhere with -o, or add --replace"
        )


def _printed(sheets: tuple[Sheet, ...], layout: Layout, place: Path) -> dict[str, bytes]:
    """Print in every format; the paths of the layout start at the quiz file."""
    paths = [Path(os.path.normpath(place.parent / name)) for name in layout.fonts]
    templates = Path(os.path.normpath(place.parent / layout.templates))
    for path in (*paths, *([templates] if layout.templates else [])):
        if not path.exists():
            raise QuizgenError(f"{place}: {path} is not there; correct `fonts` or `templates`")
    options = Options(
        templates=templates if layout.templates else None,
        paper=layout.paper,
        large=layout.large,
        columns=layout.columns,
        apart=not layout.one_file,
        fonts=tuple(paths),
    )
    names = [printer.name for printer in table.PRINTERS]
    for name in layout.to:
        if name not in names:
            raise QuizgenError(f"a quiz cannot be printed to {name!r}, only to {', '.join(names)}")
    made: dict[str, bytes] = {}
    for name in layout.to:
        made |= table.printer(name).print(sheets, options)
    return made


def _write(printed: Mapping[str, bytes], stem: Path) -> None:
    for suffix, data in printed.items():
        path = stem.with_name(stem.name + suffix)
        files.write(path, data)
        click.echo(f"wrote {path}")


# --- talk --------------------------------------------------------------------


def _tell(told: Sequence[str]) -> None:
    for sentence in told[:_MOST_TOLD]:
        click.echo(f"quizgen: {sentence}", err=True)
    if len(told) > _MOST_TOLD:
        click.echo(f"quizgen: and {len(told) - _MOST_TOLD} more like these", err=True)


def _say(sheet: Sheet, versions: int) -> None:
    kinds = Counter(question.kind for question in sheet.questions)
    told = ", ".join(f"{n} {ENGLISH.parts[kind][0].lower()}" for kind, n in kinds.items())
    count = len(sheet.questions)
    questions = "1 question" if count == 1 else f"{count} questions"
    points = "1 point" if sheet.points == 1 else f"{sheet.points} points"
    copies = f", {versions} versions" if versions > 1 else ""
    click.echo(f"{sheet.title}: {questions}, {points}, about {sheet.minutes} minutes{copies}")
    click.echo(f"  {told}")
