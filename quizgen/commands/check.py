"""Print every problem of a deck with its place."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from quizgen import checks, deckfile, documents, files, pipeline, stamping, standing, store
from quizgen.checks import cases as labelled
from quizgen.checks import glossary, mending, waivers
from quizgen.commands import checking_notes
from quizgen.deckfile import DeckText, Edit
from quizgen.errors import QuizgenError, UsageError
from quizgen.history import Event
from quizgen.model import Problem, Work

_Wanted = Callable[[str], bool]
_GONE = "evidence-gone"
_RULE = click.Choice((*checks.RULES, _GONE))


class _WithRules(click.Command):
    """A command whose help ends with the table of rules."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write every rule with what it finds; ctx is click's."""
        del ctx
        rows: dict[str, str] = {}
        for row in (*checks.CHECKS, *checks.DECK_CHECKS, *checks.MATCHING_CHECKS):
            rows.setdefault(row.name, f"{row.severity}: {row.title}")
        with formatter.section("Rules"):
            formatter.write_dl([(name, rows[name]) for name in checks.RULES])


@click.command(cls=_WithRules)
@click.argument(
    "decks",
    nargs=-1,
    metavar="DECK...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option(
    "--only", multiple=True, type=_RULE, metavar="RULE", help="Ask only this; may be given again."
)
@click.option(
    "--skip", multiple=True, type=_RULE, metavar="RULE", help="Leave this out; may be given again."
)
@click.option(
    "--fix",
    is_flag=True,
    help="Mend what is safe: ids of cards that you wrote, typography, and of drafts the speaker.",
)
@click.option("--dry-run", is_flag=True, help="With --fix, show a diff and write nothing.")
@click.option(
    "--cases",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Measure the rules on labelled cards, one JSON object to a line.",
)
def check(
    decks: tuple[Path, ...],
    *,
    as_json: bool,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    fix: bool,
    dry_run: bool,
    cases: Path | None,
) -> None:
    """Print every problem of DECK as `file:line: rule: sentence`.

    DECK may be an Anki package or a text export of Anki: its notes, of any note type, are judged
    by whatever needs no evidence, as `file: deck: note: rule: sentence`.

    Exit status 1 if a card cannot be read or is broken; warnings are for you to judge. A comment
    inside a card waives a rule for it, with your reason:
    <!-- waive vague-question: the heading is the question -->

    \b
    quizgen check decks/talk.md
    quizgen check decks/*.md --only vague-question --only answer-leak
    quizgen check decks/*.md --skip undefined-acronym --json
    quizgen check decks/talk.md --fix --dry-run
    quizgen check decks/talk.md --fix
    quizgen check --cases labelled.jsonl --json
    quizgen check collection.colpkg --only near-duplicate
    """
    if dry_run and not fix:
        raise UsageError("--dry-run goes with --fix: nothing else writes")
    if bool(decks) == bool(cases):
        raise UsageError("name a deck, or give labelled cards with --cases FILE")

    def wanted(rule: str) -> bool:
        return rule not in skip and (not only or rule in only)

    notes = tuple(path for path in decks if checking_notes.is_anki(path))
    if notes and fix:
        raise UsageError(f"{notes[0]} is Anki's: --fix mends decks only")
    if notes and len(notes) < len(decks):
        raise UsageError(f"{notes[0]} is Anki's: check it apart from decks")
    if cases:
        broken = _measure(cases, wanted, as_json=as_json)
    elif notes:
        broken = checking_notes.run(notes, wanted, as_json=as_json)
    else:
        for path in decks if fix else ():
            _fix(path, dry_run=dry_run)
        broken = False if dry_run else _list(decks, wanted, as_json=as_json)
    if broken:
        raise click.exceptions.Exit(1)


# --- problems ----------------------------------------------------------------


def _list(decks: Sequence[Path], wanted: _Wanted, *, as_json: bool) -> bool:
    """Print the problems of every deck; return whether a card is too broken to leave."""
    found = [
        (path, problem)
        for path in decks
        for problem in _problems(store.load(path, tolerant=True))
        if problem.rule == "syntax" or wanted(problem.rule)
    ]
    if as_json:
        told = [
            {
                "file": str(path),
                "line": problem.line,
                "card": problem.card,
                "rule": problem.rule,
                "severity": problem.severity,
                "sentence": problem.sentence,
            }
            for path, problem in found
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for path, problem in found:
            click.echo(f"{path}:{problem.line}: {problem.rule}: {problem.sentence}")
    return any(problem.rule in ("syntax", "malformed") for _, problem in found)


def _problems(stored: store.Stored) -> list[Problem]:
    """Check every card that is not dropped, with the words around its evidence where they are."""
    parsed = stored.parsed
    named = [replace(card, id=card.id or f" {n}") for n, card in enumerate(parsed.deck.cards)]
    at = {card.id: number for number, card in enumerate(named)}
    sources = documents.of_deck(stored)
    contexts = _contexts(stored, sources, sources.work())
    alive = [number for number, card in enumerate(named) if card.state != "dropped"]
    waived, problems = _waived(parsed)
    problems += [
        Problem("syntax", "blocks", error.message, line=error.line) for error in parsed.errors
    ]
    problems += [
        Problem(_GONE, "warns", sentence, parsed.deck.cards[n].id, parsed.places[n].line)
        for n, sentence in standing.gone(parsed.deck.cards, sources.documents, parsed.deck.sources)
    ]
    found = checks.check_deck([named[n] for n in alive], [contexts[n] for n in alive])
    for problem in found:
        number = at[problem.card]
        if (number, problem.rule) in waived:
            continue
        card = parsed.deck.cards[number]
        # What a person kept is theirs: only what no export can show still blocks.
        is_firm = problem.rule == "malformed" or card.state != "kept"
        severity = problem.severity if is_firm else "warns"
        line = parsed.places[number].line
        problems.append(Problem(problem.rule, severity, problem.sentence, card.id, line))
    return sorted(problems, key=lambda problem: problem.line)


def _contexts(
    stored: store.Stored, sources: documents.Sources, work: Work | None
) -> list[checks.Context]:
    """Say of every card what its documents tell of it."""
    found = {document.path: document for document in sources.documents}
    people = work.people if work else ()
    names = glossary.collect(sources.documents, people)
    text = "\n".join("\n".join(document.lines) for document in sources.documents)
    return [
        checks.Context(names, pipeline.window(card.evidence, found), text, people)
        for card in stored.deck.cards
    ]


def _waived(parsed: DeckText) -> tuple[set[tuple[int, str]], list[Problem]]:
    """Read the waivers of every card; one that waives nothing is a problem."""
    waived: set[tuple[int, str]] = set()
    problems: list[Problem] = []
    if "waive" not in parsed.text:
        return waived, problems
    end, line = 0, 1
    for number, place in enumerate(parsed.places):
        problems += _astray(parsed.text[end : place.start], line)
        for waiver in waivers.read(parsed.block(number)):
            sentence = waivers.trouble(waiver, checks.RULES)
            if sentence:
                card = parsed.deck.cards[number].id
                where = place.line + waiver.line
                problems.append(Problem("waiver", "warns", sentence, card, where))
            else:
                waived.add((number, waiver.rule))
        end, line = place.end, place.line + parsed.block(number).count("\n")
    problems += _astray(parsed.text[end:], line)
    return waived, problems


def _astray(between: str, line: int) -> Iterator[Problem]:
    """Yield waivers that stand between cards, where they waive nothing."""
    for waiver in waivers.read(between):
        sentence = "This waiver stands in no card: move it above the last words of its card."
        yield Problem("waiver", "warns", sentence, line=line + waiver.line)


# --- mending -----------------------------------------------------------------


def _fix(path: Path, *, dry_run: bool) -> None:
    """Mend a deck and say of every card what was changed, or show the changes as a diff."""
    stored = store.load(path)
    sources = documents.of_deck(stored)
    work = sources.work()
    contexts = _contexts(stored, sources, work)
    mended: list[tuple[int, str, str]] = []
    edits: list[Edit] = []
    year = (work.date if work else "")[:4]
    for number, card in enumerate(stored.deck.cards):
        before = stored.parsed.block(number)
        after = mending.mend(card, before, contexts[number], year=year)
        if after.text != before:
            edits.append(Edit(card.id, before, after.text))
            said = ", ".join(after.said)
            mended.append((stored.parsed.places[number].line, card.id, said))
    named = 0

    def change(now: store.Stored) -> str:
        nonlocal named
        text = deckfile.apply(now.parsed, edits)
        parsed = deckfile.parse(text)
        stamps = stamping.edits(parsed, now.history.made, None, 0)
        named = len(stamps)
        return deckfile.apply(parsed, stamps)

    if dry_run:
        _show(path, stored.parsed.text, change(stored))
        return
    events = [Event("edited", card, why=f"check --fix: {said}") for _, card, said in mended if card]
    store.update(path, change, events)
    for line, _, said in mended:
        click.echo(f"{path}:{line}: mended: {said}", err=True)
    if named:
        what = "a card" if named == 1 else f"{named} cards"
        click.echo(f"{path}: gave an id to {what} that you wrote", err=True)


def _show(path: Path, before: str, after: str) -> None:
    lines = difflib.unified_diff(
        before.split("\n"), after.split("\n"), str(path), f"{path} (mended)", lineterm=""
    )
    for line in lines:
        click.echo(line)


# --- measuring ---------------------------------------------------------------


def _measure(path: Path, wanted: _Wanted, *, as_json: bool) -> bool:
    """Judge labelled cards and print what was found; return whether a line could not be read."""
    try:
        text = files.read(path).decode()
    except UnicodeDecodeError:
        raise QuizgenError(f"{path} is not UTF-8; save it as UTF-8 in your editor") from None
    found, errors = labelled.read(text, rules=checks.RULES)
    for line, sentence in errors:
        click.echo(f"{path}:{line}: {sentence}", err=True)
    judged: list[tuple[labelled.Case, frozenset[str]]] = []
    for each in found:
        flags = frozenset(filter(wanted, labelled.judge(each)))
        case = replace(each, flaws=frozenset(filter(wanted, each.flaws)))
        judged.append((case, flags))
        if as_json:
            click.echo(json.dumps({"id": case.id, "flags": sorted(flags)}, ensure_ascii=False))
            continue
        for rule in sorted(case.flaws - flags):
            click.echo(f"{path}:{case.line}: {rule}: missed on {case.id}")
        for rule in sorted(flags - case.flaws - case.tolerated):
            click.echo(f"{path}:{case.line}: {rule}: fired on {case.id} without reason")
    for line in labelled.table(*labelled.measure(judged)):
        click.echo(line, err=True)
    return bool(errors)
