"""Print quizzes of random cards, sizes and themes, and look for what went wrong on paper.

`python tests/print_fuzz.py 300` prints so many and names every fault; the suite prints a few.
"""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pypdfium2 has types for some of its names only.

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pypdfium2
import pypdfium2.raw

from quizgen import quiz, render
from quizgen.exports import Options, table
from quizgen.model import Basic, Card, Choice, Cloze, Content, Deck, Evidence

PROSE = """
the river carries sand and gravel to a delta where it settles in layers while water spreads over
plains that farmers have drained since Roman times because floods return every spring
"""
WORDS = PROSE.split()
ODD = (
    *("internationalisation", "Donaudampfschifffahrtsgesellschaft", "$\\frac{a}{b}$", "*sand*"),
    *("https://example.org/a/long/path/that-goes-on?and=on&on=1", "`mud[0]`", "Ærø", "α → β"),
    *('#read("x")', "{7*7}", "<b>silt</b>", "\\input", "$5", "= head"),
)
SPEAKERS = ("Ada Larsen", "Bruno Castro", "Chidi Okafor", "Dana Eriksen", "Emre Haddad")


@dataclass(frozen=True, slots=True)
class Case:
    """A quiz to print, and how; `tall` are the ids of cards that may be taller than a page."""

    deck: Deck
    options: Options
    versions: str
    language: str
    word_bank: bool
    tall: frozenset[str]


# --- a random quiz -----------------------------------------------------------


def case(seed: int, folder: Path) -> Case:
    """Make a case; its templates, if it has a theme, go into `folder`."""
    chance = random.Random(seed)
    many = chance.choice((3, 8, 15, 30, 45))
    tall: set[str] = set()
    cards: list[Card] = []
    for number in range(many):
        is_tall = chance.random() < 0.02
        name = f"c{number:03}"
        tall |= {name} if is_tall else set()
        cards.append(_card(name, number, chance, is_tall=is_tall))
    columns: Literal[1, 2] = chance.choice((1, 1, 2))
    options = Options(
        templates=_theme(chance, folder) if chance.random() < 0.6 else None,
        paper=chance.choice(("a4", "letter")),
        large=chance.random() < 0.25,
        columns=columns,
        apart=chance.random() < 0.5,
    )
    deck = Deck(f"k{seed}", _said(chance, chance.randint(2, 14)), cards=tuple(cards))
    versions = chance.choice(("A", "A", "AB", "ABC"))
    language = chance.choice(("en", "de", "es"))
    return Case(deck, options, versions, language, chance.random() < 0.3, frozenset(tall))


def _said(chance: random.Random, count: int, *, odd: float = 0.04) -> str:
    words = [chance.choice(ODD if chance.random() < odd else WORDS) for _ in range(count)]
    return " ".join(words)


def _card(name: str, number: int, chance: random.Random, *, is_tall: bool) -> Card:
    mark = iter(f"q{number:03}{letter}" for letter in "abcdefghijklmnop")
    length = chance.choice((4, 8, 15, 40))
    prompt = f"{_said(chance, 900 if is_tall else length)} {next(mark)}"
    answer = f"zz{number:03} {_said(chance, chance.choice((1, 5, 20, 60)), odd=0)}"
    speaker = chance.choice(SPEAKERS)
    rule, content = "", _content(prompt, answer, mark, number, chance)
    said = "The words of the evidence."
    if isinstance(content, Cloze) and chance.random() < 0.4:
        rule, content = "quote", Cloze(f"{speaker}: “{content.text}”")
        said = content.text
    evidence = Evidence(said, "notes.md", (3, 4), speaker, number * 61, match="verbatim")
    return Card(name, content, (evidence,), "kept", section=f"Part {number % 3}", tags=(rule,))


def _content(
    prompt: str, answer: str, mark: Iterator[str], number: int, chance: random.Random
) -> Content:
    match chance.randrange(7):
        case 0:
            many = chance.choice((2, 3, 4, 4, 4, 6))
            size = chance.choice((1, 1, 3, 12))
            options = tuple(f"{_said(chance, size)} {next(mark)}" for _ in range(many))
            return Choice(prompt, options, (chance.randrange(many),))
        case 1:
            options = tuple(f"{_said(chance, 3)} {next(mark)}" for _ in range(4))
            return Choice(prompt, options, (0, 2))
        case 2:
            return Choice(prompt, ("True", "False"), (chance.randrange(2),))
        case 3:
            rest = _said(chance, chance.choice((1, 6, 20)))
            again = f" and {{{{zz{number:03}}}}}" if chance.random() < 0.3 else ""
            return Cloze(f"{prompt} {{{{zz{number:03}}}}}{again} {rest} {next(mark)}.")
        case 4:
            return Basic(f"What is the {number}th {next(mark)}?", f"{answer} and so on and on")
        case 5:
            year, month = 1500 + number, chance.choice(("May", "June", ""))
            return Cloze(f"{_said(chance, 5, odd=0)} {next(mark)} in {{{{{month} {year}}}}}.")
        case _:
            return Basic(f"Why {prompt}?", answer)


def _theme(chance: random.Random, folder: Path) -> Path:
    """Change lengths in the settings as a teacher would."""
    settings = render.find("print/settings.typ").read_text(encoding="utf-8")

    def changed(found: re.Match[str]) -> str:
        factor = chance.choice((0.8, 0.9, 1.0, 1.15, 1.3))
        return f"{found[1]}{float(found[2]) * factor:.2f}{found[3]}"

    names = "size|title|heading|leading|blank-leading|above|above-part|blank|line|bubble|box|slot"
    settings = re.sub(rf"(  (?:{names}): )([\d.]+)(mm|pt)", changed, settings)
    for switch in ("show-points", "show-notes", "show-score", "both-sides"):
        if chance.random() < 0.2:
            settings = settings.replace(f"#let {switch} = true", f"#let {switch} = false")
    (folder / "print").mkdir()
    (folder / "print" / "settings.typ").write_text(settings, encoding="utf-8")
    return folder


# --- faults ------------------------------------------------------------------


def printed(tried: Case) -> tuple[tuple[quiz.Sheet, ...], Mapping[str, bytes]]:
    """Choose, compose and print."""
    chosen = quiz.choose(tried.deck.cards, quiz.Wanted(count=len(tried.deck.cards)))
    asked = quiz.Quiz(
        tried.deck.title, chosen.picks, language=tried.language, word_bank=tried.word_bank
    )
    sheets = tuple(quiz.compose(asked, version) for version in tried.versions)
    return sheets, table.printer("pdf").print(sheets, tried.options)


def faults(tried: Case) -> list[str]:
    """Print a case and name what is cut, overprinted, lost, told or off the page."""
    sheets, files = printed(tried)
    found: list[str] = []
    for suffix, data in files.items():
        pages = [_runs(page) for page in pypdfium2.PdfDocument(data)]
        for at, (size, runs) in enumerate(pages, 1):
            found += [f"{suffix} page {at}: {fault}" for fault in _overprinted(runs)]
            found += [
                f"{suffix} page {at}: off the page: {run.text!r}"
                for run in runs
                if run.left < 0 or run.right > size[0] or run.low < 0 or run.high > size[1]
            ]
        texts = [_text(page) for page in pypdfium2.PdfDocument(data)]
        mine = [
            sheet for sheet in sheets if len(files) == 2 or suffix.startswith(f".{sheet.version}.")
        ]
        if ".key." in suffix:
            found += [
                f"{suffix}: {mark} is lost"
                for mark in _answers(mine)
                if mark not in " ".join(texts)
            ]
        else:
            found += [f"{suffix}: {fault}" for fault in _student_faults(mine, texts, tried)]
    return found


def _student_faults(sheets: list[quiz.Sheet], texts: list[str], tried: Case) -> Iterator[str]:
    told = re.findall(r"zz\d{3}", " ".join(texts))
    shown = {mark for sheet in sheets for q in sheet.questions for mark in _marks_shown(q)}
    banked = {
        mark
        for s in sheets
        for part in s.sections
        for mark in re.findall(r"zz\d{3}", str(part.bank))
    }
    for answer in {*told} - shown - banked:
        yield f"the answer {answer} is told"
    for sheet in sheets:
        for question in sheet.questions:
            for mark in _visible(question):
                places = [at for at, text in enumerate(texts) if mark in text]
                if len(places) < 1:
                    yield f"question {question.number}: {mark} is lost"
            first_marks = _visible(question)
            if tried.options.large and _letters(question) > _PAGE_OF_LARGE_PRINT:
                continue
            if len(sheets) == 1 and first_marks and not tried.tall & {c.id for c in question.cards}:
                pages = {
                    at for at, text in enumerate(texts) for mark in first_marks if mark in text
                }
                if len(pages) > 1 and question.kind not in ("matching", "ordering"):
                    yield f"question {question.number} is cut: {sorted(pages)}"


_PAGE_OF_LARGE_PRINT = 500  # letters that may fill a page, in the largest theme


def _letters(question: quiz.Question) -> int:
    return len(question.stem) + sum(len(option.text) for option in question.options)


def _visible(question: quiz.Question) -> list[str]:
    """List the marks that a student has to see."""
    texts = [option.text for option in question.options] + [e.text for e in question.entries]
    if question.kind == "attribution":
        texts.append(question.quote)
    elif question.kind not in ("matching", "ordering"):
        texts.append(question.stem)
    return re.findall(r"q\d{3}[a-p]", " ".join(texts))


def _marks_shown(question: quiz.Question) -> list[str]:
    """List the answers that a question shows by its nature: a definition, a whole quotation."""
    texts = [option.text for option in question.options] + [e.text for e in question.entries]
    return re.findall(r"zz\d{3}", " ".join([*texts, question.quote]))


def _answers(sheets: list[quiz.Sheet]) -> set[str]:
    kinds = ("short", "blank", "completion")
    asked = [q.card.content for sheet in sheets for q in sheet.questions if q.kind in kinds]
    return set(re.findall(r"zz\d{3}", str(asked)))


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    left: float
    low: float
    right: float
    high: float
    base: float
    size: float


def _runs(page: Any) -> tuple[tuple[float, float], list[_Run]]:
    words, runs = page.get_textpage(), list[_Run]()
    for each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=words):
        text = each.extract().strip()
        matrix = each.get_matrix()
        size = each.get_font_size() * (matrix.c**2 + matrix.d**2) ** 0.5
        if text:
            left, low, right, high = each.get_bounds()
            runs.append(_Run(text, left, low, right, high, matrix.f, size))
    return page.get_size(), runs


def _overprinted(runs: list[_Run]) -> Iterator[str]:
    ordered = sorted((run for run in runs if run.right - run.left > 2), key=lambda run: run.base)
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.base - one.base >= 0.8 * min(one.size, other.size):
                if other.base - one.base >= 0.8 * one.size:
                    break
                continue
            # Neighbouring slashes lean over each other.
            least = max(2, 0.25 * one.size)
            if min(one.right, other.right) - max(one.left, other.left) > least:
                yield f"{one.text[:30]!r} and {other.text[:30]!r} are printed on each other"
                return


def _text(page: Any) -> str:
    text = page.get_textpage().get_text_bounded()
    return re.sub(r"[\u200b\u2060\ufffe\r\n]", "", text)


def run(seed: int) -> list[str]:
    """Try one seed."""
    with tempfile.TemporaryDirectory() as folder:
        return faults(case(seed, Path(folder)))


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    start = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    bad = 0
    for seed in range(start, start + count):
        for fault in run(seed):
            bad += 1
            print(f"seed {seed}: {fault}", flush=True)  # noqa: T201
    print(f"{count} seeds, {bad} faults")  # noqa: T201
    sys.exit(bool(bad))
