"""Turn errors into sentences and exit statuses, and nothing else."""

from __future__ import annotations

from typing import Any

import click

import quizgen
from quizgen.commands import check, export, make, models, pull, push, quiz, read, review
from quizgen.commands.asking import INTERRUPTED
from quizgen.errors import QuizgenError, UsageError


class Words(click.Group):
    """A group whose errors are sentences: 1 for problems in the input, 2 for wrong usage."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; every error a person can act on ends here."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise click.UsageError(str(error)) from error
        except QuizgenError as error:
            click.echo(f"quizgen: {error}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("\nquizgen: interrupted", err=True)
            ctx.exit(INTERRUPTED)


@click.group(cls=Words, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(quizgen.__version__, "-V", "--version", package_name="quizgen")
def main() -> None:
    """Turn what you read and listen to into cards worth keeping.

    \b
    quizgen make talk.txt                 read a document, write a deck
    quizgen read talk.txt                 what is seen in it, and what is dropped
    quizgen review                        settle its drafts, one key each
    quizgen export decks/talk.md --to anki
    quizgen quiz decks/talk.md            a printed quiz and its key
    quizgen push decks/talk.md            into the Anki that is running
    quizgen pull talk.apkg                what you changed in Anki, back into the deck

    Decks are text files in decks/; edit them as you like.
    """


for command in (
    *(make.make, read.read, review.review, export.export, check.check),
    *(quiz.quiz, push.push, pull.pull, models.models),
):
    main.add_command(command)
