"""Read plain text and Markdown: bytes to lines, and lines to a document."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import replace

from quizgen import layout
from quizgen.errors import QuizgenError
from quizgen.model import Document

MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive (DOCX, EPUB and Anki packages are such)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"RIFF", "a RIFF recording or image"),
    (b"{\\rtf", "an RTF document"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
# Without a byte-order mark or NULs no text is in these, but any few bytes look as if they were.
_WIDE = ("utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7")


def read(data: bytes, path: str) -> Document:
    """Read text in whatever encoding it is; raises `QuizgenError` where it is not text."""
    text, notice = decode(data, path)
    lines = split(text)
    if not any(lines):
        raise QuizgenError(f"{path} is empty: there is nothing to read in it")
    document = layout.recognise(lines, path)
    if notice:
        document = replace(document, notices=(notice, *document.notices))
    return document


def decode(data: bytes, path: str) -> tuple[str, str]:
    """Give the text, and a notice where its encoding was guessed.

    A byte-order mark decides, then UTF-8 if the bytes are valid, and only then a guess.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), ""
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise QuizgenError(
                f"{path} looks like {what}, not like text: "
                "copy the words out of it into a .txt file and read that"
            )
    if b"\0" in data:
        raise QuizgenError(
            f"{path} looks like binary data, not like text: save it as plain text in UTF-8"
        )
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        encoding = _guess(data[:_SAMPLE])
    notice = f"{path} is not UTF-8; it was read as {encoding}"
    return data.decode(encoding, errors="replace"), notice


def split(text: str) -> tuple[str, ...]:
    """Split text on line ends, `\\n`, `\\r\\n` or `\\r`, and take control characters out.

    No other separator ends a line, so that numbers agree with an editor's.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        strange = {c for c in set(text) if unicodedata.category(c) in ("Cc", "Cs")} - {"\t", "\n"}
        # A form feed or vertical tab parts words; the others stand inside them.
        text = text.translate({ord(c): " " if c in "\f\v\x85" else None for c in strange})
    return tuple(text.removesuffix("\n").split("\n"))


def _guess(sample: bytes) -> str:
    """Name the likeliest encoding of bytes that are not UTF-8."""
    from charset_normalizer import from_bytes  # noqa: PLC0415

    matches = from_bytes(sample, cp_exclusion=list(_WIDE))
    best = matches.best()
    if best is None:
        return "cp1252"
    # Western text is often as likely in a neighbour's encoding; the commonest then wins.
    western = any(
        "cp1252" in match.could_be_from_charset
        and match.chaos <= best.chaos + 0.05
        and match.coherence >= best.coherence - 0.2
        for match in matches
    )
    return "cp1252" if western else best.encoding
