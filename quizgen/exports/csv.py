"""Write decks as CSV for spreadsheets: a header row, and a row for every card."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias, assert_never

from quizgen import cloze, evidenceline, markup
from quizgen.exports import Options
from quizgen.markup import safe
from quizgen.model import Basic, Card, Choice, Cloze, Content, Deck, Evidence

Row: TypeAlias = dict[str, str]

COLUMNS: Final = (
    *("deck", "id", "state", "tier", "kind", "question", "answer", "options", "why"),
    *("evidence", "speaker", "time", "document", "lines", "wording", "note", "link"),
    *("more evidence", "section", "tags", "rule"),
)

# A spreadsheet computes what begins so, and it begins a cell wherever it takes a mark for the
# separator: `;` in many countries, and a line break once the quotes are no longer seen as such.
_ACTS: Final = r"[\"' ]*[=+\-@\t\r＝＋－＠]"
_FORMULA: Final = re.compile(rf"(^|[;\t\r\n])(?={_ACTS})")
_DISARMED: Final = re.compile(rf"(^|[;\t\r\n])'(?={_ACTS})")
_MARK: Final = "\ufeff"  # without it Excel takes UTF-8 for the alphabet of the country


def export(decks: tuple[Deck, ...], options: Options) -> Mapping[str, bytes]:
    """Write decks in one table, as RFC 4180 has it: UTF-8, all cells quoted, lines end in CRLF.

    What a spreadsheet would compute has an apostrophe before it (`disarm`).
    """
    del options  # nothing about CSV is a matter of taste
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    for deck in decks:
        for card in deck.cards:
            row = {"deck": deck.title, **_row(card)}
            writer.writerow({name: disarm(_clean(value)) for name, value in row.items()})
    return {".csv": (_MARK + table.getvalue()).encode("utf-8")}


def disarm(cell: str) -> str:
    """Put an apostrophe before whatever a spreadsheet would compute, wherever its cell begins."""
    return _FORMULA.sub(r"\1'", cell)


def arm(cell: str) -> str:
    """Reverse `disarm`."""
    return _DISARMED.sub(r"\1", cell)


def _clean(text: str) -> str:
    return safe.clean(text).strip()


def _row(card: Card) -> Row:
    kind, question, answer, options = _content(card.content)
    return {
        "id": card.id,
        "state": card.state,
        "tier": card.tier,
        "kind": kind,
        "question": question,
        "answer": answer,
        "options": options,
        "why": markup.to_plain(card.why),
        **_evidence(card.evidence),
        "section": markup.to_plain(card.section),
        "tags": " ".join(card.tags),
        "rule": card.stamp.rule,
    }


def _content(content: Content) -> tuple[str, str, str, str]:
    match content:
        case Basic(question, answer):
            return "basic", markup.to_plain(question), markup.to_plain(answer), ""
        case Cloze(text):
            hidden = "; ".join(map(markup.to_plain, cloze.hidden(text)))
            return "cloze", markup.to_plain(cloze.visible(text, "[…]")), hidden, ""
        case Choice(stem, options, keys):
            shown = [markup.to_plain(option) for option in options]
            right = "\n".join(shown[key] for key in keys if key < len(shown))
            return "choice", markup.to_plain(stem), right, "\n".join(shown)
        case _:
            assert_never(content)


def _evidence(evidence: tuple[Evidence, ...]) -> Row:
    if not evidence:
        return {}
    first, *others = evidence
    begin, end = first.lines
    return {
        "evidence": first.text,
        "speaker": first.speaker,
        "time": "" if first.seconds is None else evidenceline.clock(first.seconds),
        "document": first.document,
        "lines": (f"{begin}" if begin == end else f"{begin}-{end}") if begin else "",
        "wording": first.match,
        "note": first.note,
        "link": first.link,
        "more evidence": "\n".join(_lines(others)),
    }


def _lines(others: list[Evidence]) -> Iterator[str]:
    for each in others:
        yield f"{each.text} — {' · '.join(evidenceline.fields(each))}"
