"""Write what changed in Anki into the text of a card, and leave the rest of it alone."""

from __future__ import annotations

import re
from dataclasses import replace

from quizgen import cardtext
from quizgen.model import Card, State


def rewritten(block: str, before: Card, after: Card) -> str:
    """Return a card's text as `after` says it; comments stay, and so does an unchanged body."""
    text = block
    if (before.content, before.why) != (after.content, after.why):
        newline = "\r\n" if "\r\n" in block else "\n"
        body = cardtext.render(replace(after, state=before.state, tags=before.tags))
        start = body.rindex("<!--")
        comments = "".join(f"{comment}\n\n" for comment in _comments(block))
        text = (body[:start] + comments + _stamp(block)).replace("\r\n", "\n")
        text = text.replace("\n", newline)
    return restamped(text, after)


def restamped(block: str, after: Card) -> str:
    """Return a card's text with the state, tags and unknown tokens of its stamp replaced."""
    start = block.rindex("<!--")
    before = cardtext.parse(block)
    stamp = block[start:]
    for token in before.stamp.extra:
        if token not in after.stamp.extra:
            stamp = _without(stamp, token)
    for tag in before.tags:
        if tag not in after.tags:
            stamp = _without(stamp, f"#{tag}")
    new = [token for token in after.stamp.extra if token not in before.stamp.extra]
    stamp = re.sub(r"(?=\s+#\S|\s*-->)", "".join(f" {token}" for token in new), stamp, count=1)
    tags = "".join(f" #{tag}" for tag in after.tags if tag not in before.tags)
    stamp = re.sub(r"(?=\s*-->)", lambda _: tags, stamp, count=1)
    state: State | None = after.state if after.state != before.state else None
    return cardtext.restamp(block[:start] + stamp, state=state)


def _without(stamp: str, token: str) -> str:
    return re.sub(rf"\s+{re.escape(token)}(?=\s|-->)", "", stamp, count=1)


def _stamp(block: str) -> str:
    return block[block.rindex("<!--") :]


def _comments(block: str) -> list[str]:
    """List the person's own comments, which are anywhere but in a block of code."""
    found: list[str] = []
    fence = ""
    comment: list[str] = []
    for line in block[: block.rindex("<!--")].replace("\r\n", "\n").split("\n"):
        ticks = re.match(r" {0,3}(`{3,}|~{3,})", line)
        if comment or (not fence and line.lstrip().startswith("<!--")):
            comment.append(line)
            if "-->" in line:
                found.append("\n".join(comment))
                comment = []
        elif ticks and not fence:
            fence = ticks[1]
        elif ticks and ticks[1].startswith(fence):
            fence = ""
    return found
