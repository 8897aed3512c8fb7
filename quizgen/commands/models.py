"""List the models of a server."""

from __future__ import annotations

import asyncio
import os

import click

from quizgen.commands import asking
from quizgen.llm import settings
from quizgen.llm.settings import Options


@click.command()
@asking.server
def models(base_url: str, timeout: float | None) -> None:
    """List the models that a server offers, with what a million tokens of each cost.

    \b
    quizgen models
    quizgen models --base-url http://127.0.0.1:11434/v1
    """
    from quizgen.llm import models as offered  # noqa: PLC0415
    from quizgen.llm import prices  # noqa: PLC0415

    wanted = Options(base_url=base_url, timeout=timeout, needs_model=False)
    found = settings.read(os.environ, wanted)
    click.echo(f"quizgen: the models of {found.base_url}", err=True)
    names = asyncio.run(offered.models(found))
    if not names:
        click.echo("quizgen: it offers none", err=True)
    width = max(map(len, names), default=0)
    for name in names:
        price = "" if found.is_local else prices.told(name, found.base_url)
        click.echo(f"{name:<{width}}  {price}".rstrip())
