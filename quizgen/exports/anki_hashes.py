"""Hash what a note shows, so that both sides can tell whether they have changed since an export.

The hidden field `Hash` reads `5ac1abcd.1f2e.77aa..09c0.3b3b`: the whole, then each field that a
person may edit in Anki (nothing for an empty one), then all the others together, then the tags.
"""

from __future__ import annotations

import hashlib
import unicodedata
import zlib
from collections.abc import Iterable, Mapping

from quizgen.exports.anki_notetypes import NoteType

_WHOLE = 8
OTHERS = "others"
TAGS = "tags"
"""The names under which `changed` tells of fields that only an export writes, and of tags."""


def write(note_type: NoteType, fields: Mapping[str, str], tags: Iterable[str]) -> str:
    """Write the value of `Hash` for fields (by name; empty ones may be missing) and tags."""
    own = [fields.get(name, "") for name in note_type.taken]
    # Only what is filled in counts, so that a field taken into use later leaves old notes alone.
    others = [f"{name}\x1f{html}" for name in note_type.others if (html := fields.get(name))]
    listed = sorted(tags)
    note = "\x1e".join((note_type.name, *own, *others, *listed))
    found = hashlib.sha256(_as_in_anki(note).encode("utf-8")).hexdigest()[:_WHOLE]
    parts = (*own, "\x1e".join(others), " ".join(listed))
    return f"{found}.{'.'.join([_short(part) if part else '' for part in parts])}"


def whole(written: str) -> str:
    """Take the hash of the whole note out of a `Hash`."""
    return written.partition(".")[0]


def changed(note_type: NoteType, before: str, after: str) -> frozenset[str]:
    """Name the fields, `others` and `tags` in which two values of `Hash` differ.

    Where they cannot be told apart, as with a `Hash` that somebody cut, all of them count.
    """
    if before == after:
        return frozenset()
    names = (*note_type.taken, OTHERS, TAGS)
    old, new = (value.split(".")[1:] for value in (before, after))
    if not len(old) == len(new) == len(names):
        return frozenset(names)
    differing = {name for name, one, two in zip(names, old, new, strict=True) if one != two}
    return frozenset(differing or names)


def _short(text: str) -> str:
    return f"{zlib.crc32(_as_in_anki(text).encode('utf-8')) & 0xFFFF:04x}"


def _as_in_anki(text: str) -> str:
    """Compose letters and accents, as Anki does with whatever it takes in."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
