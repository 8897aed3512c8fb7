"""Anki's own backend as a person would use it: import, study, edit, export."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

if TYPE_CHECKING:  # at run time it must come after anki.collection
    from anki.notes import Note


@contextmanager
def collection(folder: Path) -> Generator[Collection]:
    """Open a collection that is thrown away."""
    folder.mkdir(parents=True, exist_ok=True)
    opened = Collection(str(folder / "collection.anki2"))
    try:
        yield opened
    finally:
        opened.close()


def take(into: Collection, package: Path) -> tuple[int, int, int]:
    """Import a package as Anki's dialog proposes: new notes, updated ones, and those that clash."""
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    request = ImportAnkiPackageRequest(package_path=str(package), options=options)
    log = into.import_anki_package(request).log
    into.models._clear_cache()  # pyright: ignore[reportPrivateUsage] - it is stale now
    return len(log.new), len(log.updated), len(log.conflicting)


def export(of: Collection, path: Path, *, legacy: bool = False) -> Path:
    """Export everything in the format of the path's suffix."""
    if path.suffix == ".txt":
        of.export_note_csv(
            out_path=str(path),
            limit=None,
            with_html=True,
            with_tags=True,
            with_deck=True,
            with_notetype=True,
            with_guid=True,
        )
    elif path.suffix == ".colpkg":
        of.export_collection_package(str(path), include_media=True, legacy=legacy)
        of.reopen(after_full_sync=False)
    else:
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy
        )
        of.export_anki_package(out_path=str(path), options=options, limit=None)
    return path


def add(into: Collection, kind: str, deck: str, fields: dict[str, str], *tags: str) -> Note:
    """Add a note as a person does in the Add window."""
    note_type = into.models.by_name(kind)
    assert note_type
    note = into.new_note(note_type)
    for name, value in fields.items():
        note[name] = value
    note.tags = list(tags)
    home = into.decks.id(deck)
    assert home
    into.add_note(note, home)
    return note
