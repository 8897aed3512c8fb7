"""Print a quiz of 1,000 questions with its key, against ReportLab in the same run.

ReportLab gets the same questions as plain records, in the layout that its user guide teaches:
a `KeepTogether` for each question, and a table for the key, with fonts embedded.
"""

# pyright: reportMissingImports=false, reportMissingModuleSource=false
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false, reportMissingTypeStubs=false
# ReportLab has no types.

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import generate

COUNT = 1_000
HERE = Path(__file__).parent
FONTS = HERE.parent / "templates" / "fonts"


def records(count: int) -> list[dict[str, Any]]:
    """Make questions of four kinds, each with answer, evidence and place."""
    chance = random.Random(3)
    made: list[dict[str, Any]] = []
    for number in range(count):
        fact = generate.sentence(chance)
        claim, _, reason = fact.rpartition(", ")
        kind = ("choice", "blank", "truefalse", "short")[number % 4]
        others = [generate.sentence(chance).rpartition(", ")[2].rstrip(".") for _ in range(3)]
        made.append(
            {
                "kind": kind,
                "claim": f"{claim} ({number})",
                "answer": reason.rstrip("."),
                "others": others if kind == "choice" else [],
                "evidence": fact,
                "place": f"talk.md:{number + 1}",
                "id": f"c{number:04x}",
            }
        )
    return made


def deck(rows: list[dict[str, Any]]) -> str:
    """Write the records as a deck."""
    lines = ["+++", "format = 1", 'id = "thousa"', 'title = "A thousand"', "sources = []", "+++"]
    for number, row in enumerate(rows):
        match row["kind"]:
            case "choice":
                options = [row["answer"], *row["others"]]
                listed = [f"- [{'x' if n == 0 else ' '}] {o}" for n, o in enumerate(options)]
                lines += ["", f"## Why is it that {row['claim']}?", "", *listed]
            case "blank":
                start, _, last = row["claim"].partition(" ")
                lines += ["", f"## {start} {{{{{last.partition(' ')[0]}}}}} {last}."]
            case "truefalse":
                lines += ["", f"## {row['claim']}.", "", "- [x] True", "- [ ] False"]
            case _:
                lines += ["", f"## How can it be that {row['claim']}?", "", row["answer"]]
        lines += ["", f"> {row['evidence']}", f"> — Ada Larsen · 12:31 · {row['place']} · verbatim"]
        lines += ["", f"<!-- ^{row['id']} kept #n{number} -->"]
    return "\n".join([*lines, ""])


def with_reportlab(source: Path, folder: Path) -> None:
    """Print the records and their key."""
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415
    from reportlab.lib.units import mm  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
    from reportlab.platypus import (  # noqa: PLC0415
        HRFlowable,
        KeepTogether,
        Paragraph,
        SimpleDocTemplate,
        Spacer,
        Table,
        TableStyle,
    )

    for name, file in (
        ("Serif", "SourceSerif4_400Regular.ttf"),
        ("Sans", "SourceSans3_400Regular.ttf"),
    ):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))
    text = ParagraphStyle("text", fontName="Serif", fontSize=11, leading=15.5)
    small = ParagraphStyle("small", fontName="Sans", fontSize=8, leading=10)
    margins: dict[str, Any] = {
        "pagesize": A4,
        "leftMargin": 22 * mm,
        "rightMargin": 18 * mm,
        "topMargin": 20 * mm,
        "bottomMargin": 22 * mm,
    }
    rows = json.loads(source.read_text(encoding="utf-8"))

    def question(number: int, row: dict[str, Any]) -> KeepTogether:
        inner: list[Any] = [Paragraph(row["claim"], text)]
        inner += [
            Table([["", Paragraph(option, text)]], colWidths=[7 * mm, 115 * mm])
            for option in ([row["answer"], *row["others"]] if row["others"] else [])
        ]
        if row["kind"] == "short":
            inner += [HRFlowable(width="100%", spaceBefore=8 * mm, thickness=0.5) for _ in "ab"]
        cells = [Paragraph(f"{number}.", small), inner, Paragraph("1 pt", small)]
        return KeepTogether([Table([cells], colWidths=[10 * mm, 128 * mm, 12 * mm]), Spacer(0, 6)])

    sheet: list[Any] = [question(number, row) for number, row in enumerate(rows, 1)]
    SimpleDocTemplate(str(folder / "sheet.pdf"), **margins).build(sheet)
    table = [
        [
            Paragraph(str(number), small),
            [Paragraph(row["answer"], text), Paragraph(row["evidence"], small)],
            Paragraph("1", small),
            Paragraph(f"Ada Larsen, 12:31<br/>{row['place']}", small),
            Paragraph(row["id"], small),
        ]
        for number, row in enumerate(rows, 1)
    ]
    style = TableStyle(
        [("LINEBELOW", (0, 0), (-1, -1), 0.4, "#b3b3b3"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    )
    widths = [10 * mm, 75 * mm, 11 * mm, 37 * mm, 17 * mm]
    SimpleDocTemplate(str(folder / "key.pdf"), **margins).build(
        [Table(table, colWidths=widths, style=style, repeatRows=1)]
    )


def measure(*command: object) -> tuple[float, float]:
    """Run a process; return its CPU seconds and its peak megabytes."""
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command} ended with {child.returncode}")
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return used.ru_utime + used.ru_stime, used.ru_maxrss / scale


def main() -> None:
    """Print the table."""
    quizgen = Path(sys.executable).parent / "quizgen"
    rows = records(COUNT)
    with tempfile.TemporaryDirectory(prefix="quizgen-bench-") as name:
        folder = Path(name)
        (folder / "records.json").write_text(json.dumps(rows), encoding="utf-8")
        (folder / "big.md").write_text(deck(rows), encoding="utf-8")
        theirs = measure(sys.executable, __file__, folder / "records.json", folder)
        choose = measure(quizgen, "quiz", folder / "big.md", "--count", COUNT, "-o", folder)
        again = measure(quizgen, "quiz", folder / "big.quiz.toml")
        pages, cards, word, practice = (
            measure(quizgen, "export", folder / "big.md", "--to", form, "-o", folder)
            for form in ("html", "flashcards", "docx", "practice")
        )
    print("| measured | CPU s | peak MB | against ReportLab |")
    print("|---|--:|--:|--:|")
    for what, (seconds, megabytes) in (
        (f"ReportLab, {COUNT:,} questions and key", theirs),
        ("quizgen quiz DECK: choose and print", choose),
        ("quizgen quiz FILE: print again", again),
        ("quizgen export --to html", pages),
        ("quizgen export --to flashcards", cards),
        ("quizgen export --to docx", word),
        ("quizgen export --to practice", practice),
    ):
        print(f"| {what} | {seconds:.2f} | {megabytes:.0f} | {seconds / theirs[0]:.2f}x |")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        with_reportlab(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        main()
