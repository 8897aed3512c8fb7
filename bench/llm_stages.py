"""Count what each stage of writing cards with a model found, changed and dropped.

The run is made once more from the file of its answers, and nothing is sent:
`llm_stages.py --answers FILE --model NAME [--base-url URL] [--apart] DOCUMENT…`. The documents,
the prompts and the options must be those of the run; what has no answer is counted as missing.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from quizgen import documents, render, words, works
from quizgen.generate.llm import replies, stages, views
from quizgen.generate.llm.wishes import Settings as Prompting
from quizgen.generate.llm.wishes import Wish
from quizgen.generate.llm.written import Written
from quizgen.llm import ask
from quizgen.llm.cache import Cache
from quizgen.llm.settings import Settings
from quizgen.llm.values import Answer, Request, Stopped
from quizgen.model import Cloze

STAGES = ("restore", "outline", "plan", "write", "mend", "guess", "reread", "settle")
_SAID = re.compile(r"“[^”]*”|`[^`]*`|'[^']*'|\d+")


@dataclass
class Seen:
    """What went by: how often each stage was asked, what it said, and where wordings began."""

    asked: Counter[str] = field(default_factory=Counter[str])
    missing: Counter[str] = field(default_factory=Counter[str])
    found: dict[str, Counter[str]] = field(default_factory=dict[str, Counter[str]])
    began: dict[str, str] = field(default_factory=dict[str, str])
    wrote: Counter[str] = field(default_factory=Counter[str])

    def note(self, request: Request[Any], value: Any) -> None:
        """Count what one answer says."""
        stage = request.stage
        self.asked[stage] += 1
        self.found.setdefault(stage, Counter()).update(_findings(value))
        if isinstance(value, replies.Cards):
            self.wrote[f"{stage} {request.name}"] += 1
            nth = self.wrote[f"{stage} {request.name}"]
            where = "first wording" if (stage, nth) == ("write", 1) else "mended"
            where = "asked for again" if stage == "write" and nth > 1 else where
            for card in value.cards:
                self.began.setdefault(words.letters(card.question), where)


def main() -> None:
    """Make the run again, and print its tables."""
    options = _options()
    client = Settings(options.base_url, options.model)
    read = [documents.read(path) for path in options.document]
    made = [works.alone(each) for each in read] if options.apart else works.group(read)
    prompting = Prompting(render.filler(options.templates))
    if options.window:
        prompting = replace(prompting, window=options.window)
    seen, every = Seen(), list[Written]()
    with Cache(options.answers) as kept:

        async def recall(request: Request[Any]) -> Answer[Any]:
            answer = ask.recalled(request, client, kept)
            if answer is None:
                seen.missing[request.stage] += 1
                raise Stopped("interrupted", "not asked yet")
            seen.note(request, answer.value)
            return answer

        for work in made:
            every.append(asyncio.run(stages.write(work, Wish(), recall, prompting)))
    print("\n".join((*_stages(seen), "", *_works(every), "", *_ends(seen, every))))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--base-url", default="https://api.openai.com/v1")
    parser.add_argument("--templates", type=Path)
    parser.add_argument("--window", type=int, default=0)
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("document", type=Path, nargs="+")
    return parser.parse_args()


# --- what answers say --------------------------------------------------------


def _findings(value: Any) -> Iterator[str]:
    """Name what an answer holds, once for each row that holds it."""
    match value:
        case replies.Plan(ideas=ideas):
            yield from ("ideas" for _ in ideas)
            yield from (f"of importance {idea.importance}" for idea in ideas)
        case replies.Cards(cards=cards):
            yield from ("cards" for _ in cards)
        case replies.Guesses(guesses=guesses):
            for each in guesses:
                yield "guesses"
                yield f"{each.sure} by {each.by}"
                yield from ["given by a neighbour"] * each.neighbour
                yield from ["with another answer"] * bool(each.other)
        case replies.Readings(answers=answers):
            for each in answers:
                yield "answers"
                yield from ["none in the evidence"] * (each.answer.strip() in ("", "?"))
                yield from ["with another answer"] * bool(each.other)
                yield from ["question claims more"] * bool(each.unfounded)
                yield from ["not clear alone"] * bool(each.unclear)
                yield from ["weak options"] * bool(each.weak_options)
        case replies.Verdicts(verdicts=verdicts):
            for each in verdicts:
                yield "verdicts"
                yield from ["answers differ"] * (not each.same)
                yield from ["not supported"] * (not each.supported)
                yield from ["another answer fits"] * (not each.one_answer)
                yield from ["guessed"] * each.guessed
        case _:
            yield "texts"


# --- tables ------------------------------------------------------------------


def _stages(seen: Seen) -> Iterator[str]:
    yield from ("| stage | requests | missing | said |", "|---|---|---|---|")
    for stage in STAGES:
        if seen.asked[stage] or seen.missing[stage]:
            found = seen.found.get(stage, Counter[str]())
            said = ", ".join(f"{count} {what}" for what, count in found.items())
            yield f"| {stage} | {seen.asked[stage]} | {seen.missing[stage]} | {said} |"
    yield f"| in all | {seen.asked.total()} | {seen.missing.total()} | |"


def _works(every: Sequence[Written]) -> Iterator[str]:
    yield "| work | requests | cards | ready | may be guessed | dropped | main ideas with a card |"
    yield "|---|---|---|---|---|---|---|"
    for each in every:
        ready = sum(made.draft.tier == "ready" for made in each.made)
        hinted = sum(bool(made.hint) for made in each.made)
        told = f"{sum(not main.why_not for main in each.main)} of {len(each.main)}"
        counts = (each.tally.requests, len(each.made), ready, hinted, len(each.lost))
        yield f"| {each.work.title} | {' | '.join(map(str, counts))} | {told} |"


def _ends(seen: Seen, every: Sequence[Written]) -> Iterator[str]:
    """Say where the wordings of the cards began, and for what others were dropped."""
    ways = Counter(_way(seen, made.draft.content) for each in every for made in each.made)
    yield from ("| cards | how they came |", "|---|---|")
    yield from (f"| {count} | {way} |" for way, count in ways.most_common())
    lost = Counter((lost.gate, _kind(lost.reasons[0])) for each in every for lost in each.lost)
    yield from (f"| {n} | dropped ({gate}): {why} |" for (gate, why), n in lost.most_common())


def _way(seen: Seen, content: Any) -> str:
    front = content.text if isinstance(content, Cloze) else views.front(content)["question"]
    return seen.began.get(words.letters(front), "another wording")


def _kind(reason: str) -> str:
    """Give a reason without what it quotes and names."""
    return _SAID.sub("…", reason).partition(":")[0].rstrip(".") + "."


if __name__ == "__main__":
    main()
