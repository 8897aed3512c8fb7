"""Turn one card's text into a `Card` and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, get_args

from quizgen import cloze, evidenceline, plaincard
from quizgen.errors import DeckSyntaxError
from quizgen.model import Basic, Card, Choice, Cloze, Content, Evidence, Stamp, State, Tier

_STATES: tuple[State, ...] = get_args(State)
_TIERS: tuple[Tier, ...] = get_args(Tier)
_FENCE = re.compile(r" {0,3}(?P<ticks>`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r"##?(?:\s|$)")
_INDENT = 2  # of the further lines of an option
_TASK = re.compile(r"[-*+] \[([ xX])\](?: |$)")
_BREAK = re.compile(r"\*\*\*[ \t]*$")
# What would be read as structure at the start of a line, or already hides such a thing behind
# backslashes. Indented text is included: one backslash too many is taken off again on reading.
_STRUCTURE = re.compile(
    r"(?P<indent>[ \t]*)(?P<slashes>\\*)"
    r"(?=(?P<fence>`{3,}[^`]*$|~{3,})|##?(?:\s|$)|<!--|\*\*\*[ \t]*$|Why:"
    r"|[-*+] \[[ xX]\](?: |$)|> ?— )"
)
_STAMP = re.compile(r"[ \t]*<!--[ \t]*\^(?P<id>\S*)(?P<tokens>.*?)[ \t]*-->[ \t]*$", re.DOTALL)


_MOD = re.compile(r"(?<=\s)mod=\S*")
_BEFORE_TAGS = re.compile(r"\s+(?:#\S|-->)|-->")


class _Line(NamedTuple):  # a deck of ten thousand cards has a hundred thousand
    number: int
    text: str
    literal: bool = False  # inside a code fence, where nothing is structure


# --- reading -----------------------------------------------------------------


def parse(text: str, *, section: str = "") -> Card:
    """Read one card; raise `DeckSyntaxError` with a line counted from the card's first."""
    return plaincard.read(text, section) or by_lines(text, section=section)


def by_lines(text: str, *, section: str = "") -> Card:
    """Read one card line by line, whatever its shape."""
    lines, stamp_line = _content_lines(text)
    if not lines or not lines[0].text.startswith("##"):
        raise DeckSyntaxError("a card begins with `## ` and its question", 1)
    for line in lines[1:]:
        if line.text.startswith("#") and not line.literal and _HEADING.match(line.text):
            raise DeckSyntaxError(
                "a second card begins here; write `\\#` for a literal #", line.number
            )
    lines[0] = _Line(1, lines[0].text[2:].lstrip(), literal=True)
    cut = next((n for n, line in enumerate(lines) if _is_break(line)), 0) if "***" in text else 0
    asked, body = (lines[:cut], lines[cut + 1 :]) if cut else (lines[:1], lines[1:])
    question = _join(asked)
    parts = _Body.read(body)
    content = _content(question, parts)
    evidence, why = tuple(parts.evidence), _join(parts.why)
    if stamp_line:
        return _stamped(stamp_line, content, evidence, why=why, section=section)
    return Card(
        id="",
        content=content,
        evidence=evidence,
        state="kept",
        tier="ready",
        why=why,
        section=section,
        stamp=Stamp(rule="hand"),
    )


def _is_break(line: _Line) -> bool:
    return not line.literal and bool(_BREAK.match(line.text))


def _content_lines(text: str) -> tuple[list[_Line], _Line | None]:
    """Leave out comments, which are the person's, and set the stamp aside."""
    kept: list[_Line] = []
    stamp: _Line | None = None
    closing: re.Pattern[str] | None = None
    comment: list[str] = []
    fenced = "```" in text or "~~~" in text  # few cards are, and ten lines a card are many
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.removesuffix("\r")
        if comment or (not closing and "<!--" in line and line.lstrip(" \t").startswith("<!--")):
            comment.append(line)
            if "-->" not in line:
                continue
            whole, comment = "\n".join(comment), []
            if whole.lstrip()[4:].lstrip(" \t").startswith("^"):
                stamp = _Line(number, whole)
            elif after := whole[whole.index("-->") + 3 :]:
                kept.append(_Line(number, after))
            continue
        if closing:
            kept.append(_Line(number, line, literal=True))
            if closing.match(line):
                closing = None
            continue
        if fenced and (fence := _FENCE.match(line)):
            ticks = fence["ticks"]
            closing = re.compile(rf" {{0,3}}{ticks[0]}{{{len(ticks)},}}[ \t]*$")
        kept.append(_Line(number, line))
    if closing or comment:
        what = "code fence" if closing else "comment"
        raise DeckSyntaxError(f"a {what} in this card is never closed", 1)
    return kept, stamp


@dataclass(slots=True)
class _Body:
    """What stands below a question, sorted."""

    answer: list[_Line]
    why: list[_Line]
    options: list[tuple[bool, list[_Line]]]
    evidence: list[Evidence]

    @classmethod
    def read(cls, lines: Sequence[_Line]) -> _Body:
        body = cls([], [], [], [])
        field = body.answer
        option: list[_Line] | None = None
        for run in _runs(lines):
            first = run[0]
            if not first.literal and first.text.startswith(">"):
                option = None
                if evidenceline.ends(run[-1].text):
                    body.evidence.append(evidenceline.parse([line.text for line in run]))
                    field.append(_Line(first.number, ""))
                else:
                    field.extend(run)
            elif "[" in first.text and not first.literal and (task := _TASK.match(first.text)):
                option = [_Line(first.number, first.text[task.end() :], literal=True)]
                body.options.append((task[1] != " ", option))
            elif option is not None and (not first.text.strip() or first.text.startswith("  ")):
                option.append(_Line(first.number, first.text[2:], literal=first.literal))
            elif not first.literal and first.text.startswith("Why:"):
                option = None
                field = body.why
                field.append(_Line(first.number, first.text[4:].lstrip(" \t"), literal=True))
            else:
                option = None
                field.append(first)
        return body


def _runs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Yield blockquotes whole and every other line alone."""
    quote: list[_Line] = []
    for line in lines:
        if not line.literal and line.text.startswith(">"):
            quote.append(line)
            continue
        if quote:
            yield quote
            quote = []
        yield [line]
    if quote:
        yield quote


def _join(lines: Sequence[_Line]) -> str:
    if not lines:
        return ""
    return "\n".join(line.text if line.literal else _unescape(line.text) for line in lines).strip()


def _unescape(line: str) -> str:
    if "\\" not in line:
        return line
    found = _STRUCTURE.match(line)
    if not found or not found["slashes"]:
        return line
    return found["indent"] + line[len(found["indent"]) + 1 :]


def _content(question: str, body: _Body) -> Content:
    if not question:
        raise DeckSyntaxError("this card has no question; write it after `## `", 1)
    answer = _join(body.answer)
    if body.options:
        if answer:
            line = next(line.number for line in body.answer if line.text.strip())
            raise DeckSyntaxError(
                "a card has an answer or options, not both; end a longer question with `***`", line
            )
        if cloze.is_cloze(question):
            raise DeckSyntaxError("a card has blanks or options, not both", 1)
        keys = tuple(n for n, (right, _) in enumerate(body.options) if right)
        if not keys:
            raise DeckSyntaxError("no option is marked [x]", body.options[0][1][0].number)
        options = tuple(_join(lines) for _, lines in body.options)
        for text, (_, lines) in zip(options, body.options, strict=True):
            if not text:
                raise DeckSyntaxError("this option is empty", lines[0].number)
        return Choice(cloze.unescape(question), options, keys)
    if cloze.is_cloze(question):
        if answer:
            line = next(line.number for line in body.answer if line.text.strip())
            raise DeckSyntaxError(
                "a card with blanks has no answer below it; begin an explanation with `Why:`, "
                "or write \\{{ where braces are meant",
                line,
            )
        return Cloze(question)
    if not answer:
        raise DeckSyntaxError("this card has no answer; write it below the question", 1)
    return Basic(cloze.unescape(question), answer)


def _stamped(
    line: _Line, content: Content, evidence: tuple[Evidence, ...], *, why: str, section: str
) -> Card:
    found = _STAMP.match(line.text)
    if not found or not (found["id"].isascii() and found["id"].isalnum()):
        raise DeckSyntaxError(
            "this stamp has no id; a stamp reads <!-- ^id state … -->, "
            "and a card without one is given one by `quizgen export`",
            line.number,
        )
    state: State = "draft"
    tier: Tier = "rough"
    known: dict[str, str] = {}
    tags: list[str] = []
    extra: list[str] = []
    for token in found["tokens"].split():
        if token in _STATES:
            state = _STATES[_STATES.index(token)]
        elif token in _TIERS:
            tier = _TIERS[_TIERS.index(token)]
        elif token.startswith("#") and len(token) > 1:
            tags.append(token[1:])
        elif token.partition("=")[0] in ("rule", "from", "mod") and "=" in token:
            key, _, value = token.partition("=")
            known[key] = value
        else:
            extra.append(token)
    return Card(
        id=found["id"],
        content=content,
        evidence=evidence,
        state=state,
        tier=tier,
        why=why,
        section=section,
        tags=tuple(tags),
        stamp=Stamp(
            known.get("rule", ""), known.get("from", ""), known.get("mod", ""), tuple(extra)
        ),
    )


# --- writing -----------------------------------------------------------------


def render(card: Card) -> str:
    """Write one card, without a line break at its end."""
    blocks = [_render_content(card.content)]
    if card.why:
        blocks.append(f"Why: {_escape(card.why, inline=True)}")
    blocks.extend(evidenceline.render(evidence) for evidence in card.evidence)
    if card.id:
        blocks.append(render_stamp(card))
    return "\n\n".join(blocks)


def render_stamp(card: Card) -> str:
    """Write the comment that carries a card's identity."""
    known = (
        ("rule", card.stamp.rule),
        ("from", card.stamp.origin),
        ("mod", card.stamp.mod),
    )
    tokens = [
        f"^{card.id}",
        card.state,
        card.tier,
        *(f"{key}={value}" for key, value in known if value),
        *card.stamp.extra,
        *(f"#{tag}" for tag in card.tags),
    ]
    return f"<!-- {' '.join(tokens)} -->"


def restamp(block: str, *, state: State | None = None, mod: str = "") -> str:
    """Change tokens of a card's stamp in place, keeping their order and all unknown ones."""
    start = block.rindex("<!--")
    head, stamp = block[:start], block[start:]
    if state:
        words = r"(?<=\s)(?:" + "|".join(_STATES) + r")(?=\s)"
        stamp = (
            re.sub(words, state, stamp, count=1)
            if re.search(words, stamp)
            else re.sub(r"(\^\S+)", rf"\1 {state}", stamp, count=1)
        )
    if mod:
        if "mod=" in stamp and (old := _MOD.search(stamp)):
            stamp = stamp[: old.start()] + f"mod={mod}" + stamp[old.end() :]
        elif end := _BEFORE_TAGS.search(stamp):
            stamp = f"{stamp[: end.start()]} mod={mod}{stamp[end.start() :]}"
    return head + stamp


def renamed(block: str, name: str) -> str:
    """Give a stamped card another id, under which it was never exported."""
    start = block.rindex("<!--")
    stamp = re.sub(r"\^\S+", lambda _: f"^{name}", block[start:], count=1)
    return block[:start] + re.sub(r"\s+(?:mod|anki)=[^\s>]*(?=\s)", "", stamp)


def _render_content(content: Content) -> str:
    match content:
        case Cloze():
            return _render_question(content.text)
        case Basic():
            asked = _render_question(cloze.escape(content.question))
            return f"{asked}\n\n{_escape(content.answer)}"
        case Choice():
            asked = _render_question(cloze.escape(content.stem))
            boxes = ("x" if n in content.keys else " " for n in range(len(content.options)))
            options = (
                _indent(_escape(text, inline=True, indent=_INDENT)) for text in content.options
            )
            lines = (f"- [{box}] {text}" for box, text in zip(boxes, options, strict=True))
            return f"{asked}\n\n" + "\n".join(lines)


def _render_question(question: str) -> str:
    text = f"## {_escape(question, inline=True)}"
    return f"{text}\n\n***" if "\n" in question else text


def _indent(text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"{' ' * _INDENT}{line}" if line else line for line in rest)])


def _escape(text: str, *, inline: bool = False, indent: int = 0) -> str:
    """Give every line that would read as structure one more backslash.

    `inline` text begins in the middle of a line, where nothing is structure; `indent` is how far
    its other lines will be moved in, which may be too far for a code fence.
    """
    lines = text.split("\n")
    done: list[str] = lines[:1] if inline else []
    number = len(done)
    while number < len(lines):
        line = lines[number]
        found = _STRUCTURE.match(line)
        if not found:
            done.append(line)
            number += 1
            continue
        fenced = found["fence"] and not found["slashes"]
        close = _fence_end(lines, number, 3 - indent) if fenced else 0
        if close:
            done.extend(lines[number : close + 1])
            number = close + 1
            continue
        margin = found["indent"]
        done.append(f"{margin}\\{line[len(margin) :]}")
        number += 1
    return "\n".join(done)


def _fence_end(lines: Sequence[str], start: int, most: int) -> int:
    """Find the line that closes a fence; 0 if the line opens none or it is never closed.

    A fence may stand `most` spaces in.
    """
    fence = _FENCE.match(lines[start])
    if not fence or fence.start("ticks") > most:
        return 0
    ticks = fence["ticks"]
    closing = re.compile(rf" {{0,{most}}}{ticks[0]}{{{len(ticks)},}}[ \t]*$")
    return next((n for n in range(start + 1, len(lines)) if closing.match(lines[n])), 0)
