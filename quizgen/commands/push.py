"""Put decks into a running Anki."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.commands import exporting
from quizgen.errors import QuizgenError, UsageError
from quizgen.exports import Options
from quizgen.exports.table import named
from quizgen.model import Deck

if TYPE_CHECKING:
    from quizgen.anki.connect import Call
    from quizgen.anki.pushing import Planned, Verdict

_PORT = 8765
_SHOWN = 12  # notes of one kind that are named


@click.command()
@click.argument(
    "decks",
    nargs=-1,
    required=True,
    metavar="DECK...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option("--drafts", is_flag=True, help="Add drafts, visibly marked.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--port", default=_PORT, show_default=True, help="Where AnkiConnect listens on this computer."
)
@click.option(
    "--templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder whose templates take the place of the built-in ones.",
)
def push(
    decks: tuple[Path, ...],
    *,
    drafts: bool,
    dry_run: bool,
    yes: bool,
    port: int,
    templates: Path | None,
) -> None:
    """Put the kept cards of DECK into the Anki that is running, through its add-on AnkiConnect.

    What will be new, updated and tagged is shown first. Anki imports the same package that
    `quizgen export --to anki` writes: a card that it has is updated and keeps its schedule.
    Nothing is deleted, and a card that was changed in Anki too is left as it is there.

    The add-on's code, for Tools > Add-ons > Get Add-ons, is 2055492159. A key that it asks for is
    read from the environment variable ANKICONNECT_KEY.

    \b
    quizgen push decks/talk.md --dry-run
    quizgen push decks/talk.md
    quizgen push decks/*.md --yes
    """
    from quizgen.anki import connect, pushing  # noqa: PLC0415 - help needs no SQLite

    call = connect.connect(port, os.environ.get(connect.KEY, ""))
    wanted = exporting.Wanted(drafts=drafts, options=Options(templates=templates), quiet=True)
    planned, looks, _ = _planned(call, decks, replace(wanted, dry=True))
    for line in _report(planned):
        click.echo(line)
    if looks:
        click.echo(f"the look of your cards in Anki becomes as here: {', '.join(looks)}")
    if profile := connect.profile(call):
        click.echo(f"the profile that is open in Anki: {profile}")
    if dry_run or not (looks or _counted(planned, pushing.SENT)):
        return
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("nobody is here to be asked: look at --dry-run, then give --yes")
        click.confirm("Put this into Anki?", default=True, abort=True)
    planned, _, data = _planned(call, decks, wanted)
    _send(call, data)
    again, _, _ = _planned(call, decks, replace(wanted, dry=True))
    missing = _counted(again, pushing.SENT)
    if missing:
        raise QuizgenError(
            f"Anki imported the cards, but {_cards(missing)} did not arrive; look at "
            "them with --dry-run"
        )
    sent = _counted(planned, pushing.SENT)
    click.echo(f"Anki has them: {_cards(sent)}" if sent else "Anki has the new look")


def _planned(
    call: Call, paths: tuple[Path, ...], wanted: exporting.Wanted
) -> tuple[tuple[Planned, ...], tuple[str, ...], bytes]:
    """Say what becomes of every card, and which looks are newer here; pack what is to be sent."""
    from quizgen.anki import connect, packages, pushing  # noqa: PLC0415
    from quizgen.exports import anki_names, anki_notetypes  # noqa: PLC0415

    exporter = named("anki")
    chosen, options = exporting.gather(paths, exporter, wanted)
    decks = [deck for _, deck in chosen]
    package = exporter.export(tuple(decks), options)[".apkg"]
    notes = packages.read(package, "the package").notes
    types = [note_type.name for note_type in anki_notetypes.NOTE_TYPES]
    planned = pushing.plan(notes, connect.notes(call, types))
    ours = {
        note_type.name: anki_notetypes.look(note_type, options.templates)
        for note_type in anki_notetypes.NOTE_TYPES
    }
    carried = pushing.restyled(planned, ours, connect.looks(call, types))
    going = {each.note.guid for each in planned if each.verdict in pushing.SENT}
    going |= {note.guid for note in carried.values()}

    def kept(deck: Deck) -> Deck:
        cards = (card for card in deck.cards if anki_names.guid(deck, card) in going)
        return replace(deck, cards=tuple(cards))

    sent = tuple(deck for deck in map(kept, decks) if deck.cards)
    package = exporter.export(sent, options)[".apkg"] if sent else b""
    return planned, tuple(sorted(carried)), package


def _send(call: Call, data: bytes) -> None:
    from quizgen.anki import connect  # noqa: PLC0415

    if not data:
        return
    with tempfile.TemporaryDirectory(prefix="quizgen-") as folder:
        package = Path(folder) / "push.apkg"
        package.write_bytes(data)
        connect.take(call, package)


# --- saying ------------------------------------------------------------------


def _report(planned: Sequence[Planned]) -> Iterator[str]:
    from quizgen.anki import asking  # noqa: PLC0415

    for verdict, said in (
        ("new", "new"),
        ("updated", "updated"),
        ("tagged", "withdrawn, tagged quizgen::removed"),
        ("both", "changed in Anki too, left as it is there until you `quizgen pull`"),
    ):
        found = [each.note for each in planned if each.verdict == verdict]
        for note in found[:_SHOWN]:
            yield f"{said}: {asking.words(note)}"
        if len(found) > _SHOWN:
            yield f"{said}: {len(found) - _SHOWN} more"
    counts: Counter[Verdict] = Counter(each.verdict for each in planned)
    yield (
        f"{counts['new']} new, {counts['updated']} updated, {counts['tagged']} tagged, "
        f"{counts['same']} unchanged, {counts['both']} left as they are in Anki"
    )


def _counted(planned: Sequence[Planned], verdicts: frozenset[Verdict]) -> int:
    return sum(each.verdict in verdicts for each in planned)


def _cards(count: int) -> str:
    return "1 card" if count == 1 else f"{count} cards"
