"""Bring into decks what you changed in Anki."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen import deckfile, files, markup, store
from quizgen.commands import exporting_anki
from quizgen.errors import QuizgenError

if TYPE_CHECKING:
    from quizgen.anki.difference import Change, Prefer
    from quizgen.anki.notes import AnkiNotes
    from quizgen.anki.pulling import Pull

_HOME = Path("decks")
_SHOWN = 60  # letters of a field in the report


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--deck",
    "decks",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A deck to bring changes into; by default every deck in decks/ that FILE has cards of.",
)
@click.option(
    "--prefer",
    type=click.Choice(["anki", "deck"]),
    default=None,
    help="Whose words hold where both sides have changed.",
)
@click.option("--keep-missing", is_flag=True, help="Do not drop cards that FILE lacks.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.pass_context
def pull(
    context: click.Context,
    file: Path,
    decks: tuple[Path, ...],
    prefer: Prefer | None,
    *,
    keep_missing: bool,
    dry_run: bool,
) -> None:
    """Bring into decks what you changed in Anki: words, tags, flags, suspensions, deletions.

    FILE is what Anki's File > Export wrote: an .apkg, a .colpkg, or notes as plain text with
    their unique identifiers. Each card is compared three ways: the deck, Anki, and what was last
    exported. Where only Anki changed, Anki's words are taken; where both did, you choose.

    \b
    quizgen pull "All Decks.apkg" --dry-run
    quizgen pull talk.apkg --deck decks/talk.md
    quizgen pull talk.apkg --prefer anki
    """
    from quizgen.anki import packages  # noqa: PLC0415 - help needs no SQLite

    notes = packages.read(files.read(file), str(file))
    conflicts = 0
    for path in _chosen(file, notes, decks):
        found = _pulled(path, notes, prefer or "", keep_missing=keep_missing, dry_run=dry_run)
        if not found.found:
            raise QuizgenError(
                f"{file} holds no card of {path}; export the deck that has them from Anki, "
                "as a package or as notes with unique identifiers"
            )
        for line in _report(path, found, file, dry_run=dry_run):
            click.echo(line)
        conflicts += found.conflicts
    if conflicts:
        click.echo(
            "Where both sides changed, choose: --prefer anki or --prefer deck, "
            "or edit the deck and export it.",
            err=True,
        )
        context.exit(1)


def _chosen(file: Path, notes: AnkiNotes, decks: Sequence[Path]) -> tuple[Path, ...]:
    """Choose the decks that a file has cards of, unless the person named some."""
    from quizgen.anki import pulling  # noqa: PLC0415

    if decks:
        return tuple(decks)
    known = store.shelf(_HOME) if _HOME.is_dir() else ()
    found = tuple(entry.path for entry in known if pulling.owned(notes, entry.id))
    if not found:
        raise QuizgenError(f"{file} holds no card of a deck in {_HOME}/; name the deck with --deck")
    return found


def _pulled(
    path: Path, notes: AnkiNotes, prefer: Prefer, *, keep_missing: bool, dry_run: bool
) -> Pull:
    from quizgen.anki import pulling  # noqa: PLC0415

    def compared(stored: store.Stored) -> Pull:
        return pulling.pull(
            stored.parsed,
            stored.history,
            notes,
            media=exporting_anki.media_names(stored),
            prefer=prefer,
            deletions=not keep_missing,
        )

    first = compared(store.load(path))
    if dry_run or not (first.edits or first.events):
        return first
    events = list(first.events)
    found = first

    def change(current: store.Stored) -> str:
        nonlocal found
        found = compared(current)
        events[:] = found.events
        return deckfile.apply(current.parsed, found.edits)

    store.update(path, change, events)
    return found


# --- saying ------------------------------------------------------------------


def _report(path: Path, found: Pull, file: Path, *, dry_run: bool) -> Iterator[str]:
    for each in found.cards:
        for change in each.changes:
            yield f"{path}:{each.line}: ^{each.card}: {_sentence(change)}"
    same = found.found - sum(1 for each in found.cards if not _is_gone(each.changes))
    gone = sum(_is_gone(each.changes) for each in found.cards)
    taken = len(found.edits) - gone
    would = "would change" if dry_run else "changed"
    parts = [f"{would} {taken}", f"{same} the same"]
    if gone:
        parts.append(f"{gone} deleted in Anki")
    if found.conflicts:
        parts.append(f"{found.conflicts} to decide")
    if found.newer:
        parts.append(f"{found.newer} newer in the deck: export and import them")
    yield f"{path}: {', '.join(parts)}"
    if found.absent:
        some = " ".join(f"^{name}" for name in found.absent[:8])
        more = f" and {len(found.absent) - 8} more" if len(found.absent) > 8 else ""
        yield (
            f"{path}: {len(found.absent)} exported but not in {file.name} ({some}{more}): not "
            "imported yet, or deleted; drop them in the deck if you do not want them"
        )


def _is_gone(changes: Sequence[Change]) -> bool:
    return any(change.what.startswith("deleted in Anki") for change in changes)


def _sentence(change: Change) -> str:
    what = change.what
    if change.lost:
        left = f"{what}: Anki has {change.lost}, which a deck cannot say; the deck keeps its own"
        return f"{left}: write it there by hand, or --prefer deck" if change.conflict else left
    if change.conflict and change.after:
        return (
            f"{what} changed on both sides: the deck has {_cut(change.before)}, "
            f"Anki has {_cut(change.after)}"
        )
    if not (change.before or change.after):
        return what
    if not change.taken:
        return f"{what}: the deck keeps {_cut(change.before)}, Anki has {_cut(change.after)}"
    if not change.before:
        return f"{what} added: {_cut(change.after)}"
    if not change.after:
        return f"{what} removed: {_cut(change.before)}"
    return f"{what}: {_cut(change.before)} becomes {_cut(change.after)}"


def _cut(words: str) -> str:
    line = markup.words_to_plain(words)
    return f"“{line[: _SHOWN - 1]}…”" if len(line) > _SHOWN else f"“{line}”"
