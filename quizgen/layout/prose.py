"""Read prose, list items, numbered points and block quotations under a heading."""

from __future__ import annotations

import itertools
from dataclasses import replace

from quizgen.layout import adverts, lists, shapes
from quizgen.layout.blocks import Block
from quizgen.layout.findings import Findings
from quizgen.layout.groups import Group
from quizgen.model import Kind, Piece

_STOPS = (".", "!", "?", '"', "”")


def quotation(findings: Findings, blocks: list[Block], heading: str) -> None:
    """Read a block quotation, its last line naming the source.

    Its marks stand between its lines, so words that run over a line cannot be quoted whole.
    """
    whole = len(blocks) > 1 and blocks[-1].text.startswith(("—", "–", "--", "- "))
    said = blocks[:-1] if whole else blocks
    bare = blocks[-1].text.lstrip("—–- ") if whole else ""
    source, seconds = lists.credit(bare)
    if seconds is None and not source:
        source = bare.partition(",")[0]
    for index, block in enumerate(said):
        runs_on = index + 1 < len(said) and not block.text.endswith(_STOPS)
        began = index == 0 or said[index - 1].text.endswith(_STOPS)
        if block.text and began and not runs_on:
            piece = lists.attributed(block)
            speaker = piece.speaker or source
            at = piece.seconds if piece.seconds is not None else seconds
            findings.pieces.append(replace(piece, speaker=speaker, seconds=at, heading=heading))
        else:
            findings.drop(block.span, "a quotation that runs over a line")
    if whole:
        findings.note(blocks[-1].span, "source")


def numbered(findings: Findings, group: Group) -> None:
    """Read points that each stand under a number alone on its line.

    The last may not have more paragraphs than any before it: what follows is prose again.
    """
    body = group.body
    kind: Kind = "idea" if group.role == "idea" else "insight"
    starts = [index for index, block in enumerate(body) if block.shape == "number"]
    most = 1
    rest = body[: starts[0]]
    for start, stop in zip(starts, [*starts[1:], len(body)], strict=True):
        end = start + 1
        while end < stop and body[end].shape == "paragraph":
            end += 1
        if stop == len(body):
            end = min(end, start + 1 + most)
        most = max(most, end - start - 1)
        if end == start + 1:
            findings.drop(body[start].span, "a number without its point")
        else:
            first, *others = body[start + 1 : end]
            span = (body[start].first, body[end - 1].last)
            more = "\n\n".join(block.text for block in others)
            number = body[start].number
            findings.pieces.append(
                Piece("idea", first.text, span, explanation=more, number=number)
                if kind == "idea"
                else Piece(
                    "insight",
                    f"{first.text}\n\n{more}" if more else first.text,
                    span,
                    number=number,
                )
            )
        rest += body[end:stop]
    read(findings, replace(group, body=rest))


def read(findings: Findings, group: Group) -> None:
    """Read paragraphs as sections and list items as bullets, under the group's heading."""
    run: list[tuple[str, Block]] = []
    title = group.title

    def close() -> None:
        if run:
            text = "\n\n".join(words for words, _ in run)
            span = (run[0][1].first, run[-1][1].last)
            findings.pieces.append(Piece("section", text, span, heading=title))
            run.clear()

    asked: list[Block] = []
    leads: list[Block] = []
    for block, following in itertools.zip_longest(group.body, group.body[1:]):
        if asked and block.shape != "answer":
            lists.answer_block(findings, asked[1:], question=asked[0], heading=title)
            asked = []
        match block.shape:
            case "question":
                close()
                asked = [block]
            case "answer" if asked:
                asked.append(block)
            case "answer":
                lists.answer_block(findings, (block,), question=None, heading=title)
            case "bullet" | "item":
                close()
                leads = [lead for lead in leads if lead.indent < block.indent]
                under = leads[-1].text.rstrip(":") if leads else title
                if following and _introduces(block, following):
                    words = block.text.rstrip(":")
                    findings.pieces.append(Piece("topic", words, block.span, heading=under))
                    leads.append(block)
                else:
                    _item(findings, block, under)
            case "paragraph" if lists.glued(findings, block):
                close()
            case _:
                for text, whole in adverts.kept(findings, block.text, block.span):
                    if not whole:
                        close()
                    run.append((text, block))
    if asked:
        lists.answer_block(findings, asked[1:], question=asked[0], heading=title)
    close()


def _introduces(block: Block, following: Block) -> bool:
    """Claim that an item is the heading of the items that stand deeper below it."""
    deeper = following.shape in ("bullet", "item") and following.indent > block.indent
    return deeper and block.text.endswith((":", "?"))


def _item(findings: Findings, block: Block, heading: str) -> None:
    """Read an item of a list as a bullet, or as a quote where it names who said it."""
    if block.text.startswith(("“", '"')) and (said := lists.attributed(block)).speaker:
        findings.pieces.append(replace(said, heading=heading))
        return
    number = block.number if block.shape == "item" else 0
    for text, _ in adverts.kept(findings, block.text, block.span):
        words, at = shapes.unwrap(text), lists.cited(text)
        findings.pieces.append(
            Piece("bullet", words, block.span, seconds=at, heading=heading, number=number)
        )
