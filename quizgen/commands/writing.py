"""Have a model on a server write cards: say what it will cost, ask, run, tell what it took."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace

import click

from quizgen import authoring, render
from quizgen.authoring import Ended, Prospect, Use
from quizgen.commands import asking
from quizgen.commands.asking import Asked, Outcome
from quizgen.generate.llm.wishes import Settings as Prompting
from quizgen.generate.llm.written import Written
from quizgen.llm import prices, settings
from quizgen.llm.settings import Settings
from quizgen.llm.values import Usage
from quizgen.model import Work
from quizgen.ui import progress

# Tokens that a model writes in a second, and seconds until it begins: what is common.
_SPEED = 60
_SPEED_HERE = 15
_DELAY = 1.5


def run(works: Sequence[Work], asked: Asked, *, dry_run: bool) -> Outcome:
    """Write the cards of works, after a person has seen what that will take."""
    use = _use(asked, dry_run=dry_run)
    limit = settings.money(asked.confirm_above, "--confirm-above")
    prospect = authoring.foresee(works, use)
    left = prospect.left
    cost = prices.priced(Usage(left.requests, left.input, left.output), use.price)
    click.echo(_foretold(prospect, use, cost), err=not dry_run)
    if dry_run and not prospect.is_nothing:
        return Outcome()
    if prospect.is_nothing:
        return Outcome(prospect.written, ("",) * len(works))
    is_dear = limit is not None and (cost.cost is None or cost.cost > limit)
    is_asked = sys.stdin.isatty() and sys.stderr.isatty() and not asked.is_confirmed
    is_free = use.client.is_local and cost.cost is None
    if is_dear and is_asked and not is_free and not click.confirm("Send it?", err=True):
        click.echo("quizgen: nothing was sent", err=True)
        return Outcome()
    passages = len(left.passages) + len(left.restoring)
    with progress.watching(passages, use.client.concurrency) as watch:
        ended = authoring.write(works, use, watch)
    click.echo(f"quizgen: {_took(ended, use)}", err=True)
    if ended.stopped:
        click.echo(f"quizgen: {ended.stopped}", err=True)
    told = tuple(_told(each, use.client) for each in ended.written)
    return Outcome(ended.written, told, ended.stopped)


def _use(asked: Asked, *, dry_run: bool) -> Use:
    # A price can be told before there is a key, and tokens before there is a model.
    options = replace(asked.server, needs_key=not dry_run, needs_model=not dry_run)
    client = settings.read(os.environ, options)
    price = prices.find(client.model, client.base_url) if client.model else None
    return Use(client, prompting(asked), asked.wish, asking.answers(asked.answers), price)


def prompting(asked: Asked) -> Prompting:
    """Say with which prompts a model is asked, and how large they may be."""
    filled = Prompting(render.filler(asked.templates))
    if asked.window:
        filled = replace(filled, window=asked.window)
    return replace(filled, plan=not asked.is_quick, reread=not asked.is_quick)


def _told(written: Written, client: Settings) -> str:
    """Say for a deck's log who was asked what, and what it took; empty where nothing was."""
    tally = written.tally
    if not tally.usage.requests:
        return ""
    prompts = ", ".join(f"{name} {version}" for name, version in sorted(tally.prompts.items()))
    return f"{client.model} at {client.base_url}: {_usage(tally.usage)}; prompts: {prompts}"


# --- before ------------------------------------------------------------------


def _foretold(prospect: Prospect, use: Use, cost: Usage) -> str:
    """Say in a few lines what will be sent where, and what it will take."""
    client, left = use.client, prospect.left
    name = client.model or "a model"
    done = f", {prospect.done} of them answered before" if prospect.done else ""
    head = f"{name} at {client.base_url}: {_counted(prospect.passages, 'passage')}{done}"
    if prospect.is_nothing:
        return f"{head}; nothing is sent"
    restoring = f", {len(left.restoring)} stretches of raw captions" if left.restoring else ""
    size = f"about {left.requests:,} requests, {left.input:,} tokens in, {left.output:,} out"
    return f"{head}{restoring}\n  {size}: {_price(use, cost)}, {_time(prospect, client)}"


def _price(use: Use, cost: Usage) -> str:
    if use.price is not None:
        return f"about {progress.money(cost)} ({use.price.source})"
    if not use.client.model:
        return "the price depends on --model"
    if use.client.is_local:
        return "no price, as for a server on this machine"
    return f"the price of {use.client.model} there is not known to quizgen"


def _time(prospect: Prospect, client: Settings) -> str:
    """Say how long a run will take with a server of common speed."""
    left = prospect.left
    speed = _SPEED_HERE if client.is_local else _SPEED
    at_once = max(1, min(client.concurrency, max(len(left.passages), len(left.restoring))))
    took = (left.output / speed + left.requests * _DELAY) / at_once
    return f"{progress.seconds(took)} at {at_once} at once, {speed} tokens/s each"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


# --- after -------------------------------------------------------------------


def _took(ended: Ended, use: Use) -> str:
    kept = sum(each.tally.kept for each in ended.written)
    before = f"; {_counted(kept, 'answer')} there before" if kept else ""
    return f"{use.client.model}: {_usage(ended.spent)}{before}; answers are kept in {use.answers}"


def _usage(usage: Usage) -> str:
    if not usage.requests:
        return "nothing was sent"
    cached = f" ({usage.cached_input:,} of them cached)" if usage.cached_input else ""
    about = "about " if usage.is_estimate else ""
    cost = f", {progress.money(usage)}" if usage.cost is not None else ", price not known"
    return (
        f"{_counted(usage.requests, 'request')}, {about}{usage.input:,} tokens in{cached},"
        f" {usage.output:,} out{cost}"
    )
