"""Read what a page says about itself: front matter, title, facts, furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from quizgen.layout import facts, furniture, labels, language, names, shapes
from quizgen.layout.blocks import Block
from quizgen.layout.findings import Findings
from quizgen.layout.speakers import Cast
from quizgen.model import Person, Piece

_FENCES = {"---": ":", "+++": "="}
_NOT_PROSE = {"code": "code", "table": "a table"}
_NUMBERED = re.compile(r"\d{1,3}[.)]")
_LONGEST_FRONT_MATTER = 80
_SUMMARIES = frozenset(("summary", "description", "abstract", "tldr"))
_OPEN = ("", ">", "|", ">-", "|-")
"""What stands behind a key whose value is below it."""
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+){1,2}")
_FEWEST = 6
"""Words that a page's summary of itself has at least."""
_FEW = 12
_CALL = 30
"""Words that a line may have which calls to follow a link."""


def front_matter(findings: Findings) -> int:
    """Read YAML or TOML front matter as far as it matters; give the line after it.

    It is read line by line: a YAML parser stops at `title: Deep Learning: the sequel`.
    """
    lines = findings.lines
    parting = _FENCES.get(lines[0].strip()) if lines else None
    if parting is None:
        return 1
    fence = lines[0].strip()
    for end in range(2, min(len(lines), _LONGEST_FRONT_MATTER) + 1):
        if lines[end - 1].strip() == fence:
            break
    else:
        return 1
    taken: set[int] = set()
    for at in range(1, end + 1):
        key, found, value = lines[at - 1].partition(parting)
        # What is indented belongs to the key above it, and tells nothing of the document.
        plain = found and not key.startswith((" ", "\t", "-"))
        below = _below(lines[at:end]) if plain and value.strip() in _OPEN else []
        if plain and key.strip().casefold() in _SUMMARIES:
            told_in = range(at, at + 1 + len(below))
            words = " ".join(below) if below else shapes.unquote(value.strip().strip("'"))
            if len(words.split()) >= _FEWEST:
                findings.pieces.append(Piece("summary", words, (at, told_in[-1])))
                taken.update(told_in)
        value = _spelt(lines, ", ".join(below)) if below else value
        told = facts.of_key(key, value) if plain and value.strip() else None
        if at in taken:
            continue
        if told:
            # `date` is the post's own; a key that says `recorded` speaks of the recording.
            plain_date = key.strip().casefold() == "date"
            where = "front matter" if plain_date else f"front matter’s {key.strip()}"
            findings.absorb(told, (at, at), where=where)
        elif lines[at - 1].strip():
            findings.note((at, at), "front matter")
    return end + 1


def _below(lines: Sequence[str]) -> list[str]:
    """Give the items, or the lines of a folded text, that stand indented below a key."""
    told: list[str] = []
    for line in lines:
        text = line.strip()
        if not line.startswith((" ", "\t", "- ")) or not text or text.endswith(":"):
            break
        told.append(text.removeprefix("- ").strip().strip("\"'"))
    return told


def _spelt(lines: Sequence[str], names_told: str) -> str:
    """Write names that a site gives as `ada-lovelace` as its text does, else with capitals."""
    told: list[str] = []
    for name in names_told.split(", "):
        if not _SLUG.fullmatch(name):
            told.append(name)
            continue
        spelt = re.compile(rf"\b{name.replace('-', '[ -]')}\b", re.IGNORECASE)
        found = (match[0] for line in lines for match in spelt.finditer(line))
        title = name.replace("-", " ").title()
        told.append(next((each for each in found if names.is_full_name(each)), title))
    return ", ".join(told)


def read(findings: Findings, blocks: Sequence[Block]) -> list[Block]:
    """Take title, facts and furniture out of the blocks; give the rest."""
    rest: list[Block] = []
    recordings: Counter[str] = Counter()
    for index, block in enumerate(blocks):
        match block.shape:
            case "paragraph" if _calls(blocks, index):
                findings.drop(block.span, "a call to follow a link")
            case "fact" if block.facts and block.facts.field == "url" and _has_prose(rest):
                findings.drop(block.span, "a link")
            case "paragraph" if _is_among_facts(blocks, index):
                findings.drop(block.span, "furniture")
            case "paragraph" | "quotation" | "bullet" | "item" if not _has_words(block):
                findings.drop(block.span, "no words in it")
            case "fact" if block.facts:
                findings.absorb(block.facts, block.span)
            case "furniture":
                findings.drop(block.span, block.name)
            case "rule":
                findings.drop(block.span, "a line that only separates")
            case "link":
                findings.drop(block.span, "a link")
            case "code" | "table":
                findings.drop(block.span, _NOT_PROSE[block.shape])
            case _:
                if block.url and (video := facts.recording(block.url)):
                    recordings[video] += 1
                rest.append(block)
    if recordings and not findings.recording:
        findings.recording = recordings.most_common(1)[0][0]
    return rest


def _has_words(block: Block) -> bool:
    # "4." alone numbers what stands below it.
    return any(map(str.isalnum, block.text)) and not _NUMBERED.fullmatch(block.text)


def _has_prose(above: Sequence[Block]) -> bool:
    """Claim that content has begun: an address below it is no longer the page's own."""
    return any(block.shape == "paragraph" and len(block.text.split()) > _FEW for block in above)


def _calls(blocks: Sequence[Block], index: int) -> bool:
    """Claim that a line only asks to follow the address that stands right below it."""
    block = blocks[index]
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    address = after is not None and (
        after.shape == "link"
        or (after.shape == "fact" and after.facts is not None and after.facts.field == "url")
    )
    if after is None or not address or after.first != block.last + 1 or not block.is_single:
        return False
    words = len(block.text.split())
    asks = shapes.picture(block.text) != "" or block.text.endswith((":", "!", "?"))
    return words <= _CALL and (asks or furniture.is_button(shapes.undecorated(block.text)))


def _is_among_facts(blocks: Sequence[Block], index: int) -> bool:
    """Claim that a few words between a line of facts and the next thing are a button."""
    if not 0 < index < len(blocks) - 1:
        return False
    before, block, after = blocks[index - 1 : index + 2]
    return (
        before.shape in ("fact", "furniture")
        and after.shape in ("fact", "furniture", "heading")
        and before.last + 1 == block.first
        and block.last + 1 == after.first
        and len(block.text.split()) <= 4
        and not block.text.endswith((*shapes.END, ":"))
    )


def participants(findings: Findings, speakers: Sequence[str], cast: Cast) -> None:
    """Meet the speakers by their labels.

    A show bears the name of its host, and where the title names one of two, the other is host.
    """
    guests = {person.name for person in findings.people if person.role == "guest"}
    said = set(speakers)
    for label in speakers:
        name = _as_told(findings, label)
        findings.renamed[label] = name
        other = len(said) == 2 and len(said & guests) == 1 and label not in guests
        hosts = other or facts.is_host(name, findings.title)
        role = "host" if hosts else cast.roles.get(label, "speaker")
        aliases = tuple(each for each, who in cast.names.items() if who == label and each != name)
        findings.meet(Person(name, role, aliases))


def _as_told(findings: Findings, label: str) -> str:
    """Give a speaker's name as the page's head spells it, where the label is in capitals.

    `Guest: Professor Ada Lovelace` above and `ADA LOVELACE` below are one person.
    """
    bare = labels.without_honours(label)
    for at, person in enumerate(findings.people):
        told = labels.without_honours(person.name)
        if names.fold(told) != names.fold(bare):
            continue
        name = (told if label.isupper() else label) if not told.isupper() else label
        name = _spelt_out(findings, name)
        aliases = tuple(dict.fromkeys((*person.aliases, person.name, label)))
        own = tuple(alias for alias in aliases if alias != name)
        findings.places.pop(names.fold(person.name), None)
        findings.places[names.fold(name)] = at
        findings.people[at] = replace(person, name=name, aliases=own)
        return name
    return _spelt_out(findings, label)


def _spelt_out(findings: Findings, label: str) -> str:
    """Write a full name in capitals as the text does, if it does so anywhere."""
    if not label.isupper():
        return label
    words = [
        word.casefold() if word.casefold() in names.PARTICLES else word.title()
        for word in label.split()
    ]
    name = " ".join(words)
    spelt = re.compile(rf"\b{re.escape(name)}\b")
    return name if len(words) > 1 and any(map(spelt.search, findings.lines)) else label


def foot(findings: Findings, blocks: list[Block]) -> list[Block]:
    """Drop the buttons at the end of a site's page, with the sentences that speak for it.

    Only a page with other furniture has them: plain notes may end in a few words too.
    """
    if not any(gone.why != "a line that only separates" for gone in findings.dropped):
        return blocks
    end = len(blocks)
    while end and blocks[end - 1].shape == "paragraph" and blocks[end - 1].is_single:
        text = blocks[end - 1].text
        last = end == len(blocks)
        if not (furniture.is_button(text) or (not last and furniture.is_of_a_site(text))):
            break
        end -= 1
    for block in blocks[end:]:
        findings.drop(block.span, "at the foot of the page")
    return blocks[:end]


def preamble(findings: Findings, blocks: list[Block]) -> list[Block]:
    """Drop paragraphs before the content that are in another language than the document.

    They are its editor's words, and mostly say how the text was made: a notice points to them.
    """
    own = findings.language
    foreign = ""
    end = 0
    while end < len(blocks) and blocks[end].shape == "paragraph":
        text = blocks[end].text
        if language.differs(text, own):
            foreign = language.guess(text)
        # "Here is what came out:" is too short to tell by itself.
        elif not (foreign and language.leans(text, foreign, own)):
            break
        findings.drop(blocks[end].span, "in another language")
        end += 1
    if end:
        first, last = blocks[0].first, blocks[end - 1].last
        tongue = language.NAMES.get(foreign, "another language")
        findings.notices.append(
            f"line {first} is in {tongue} and was left out: it may say how this text was made"
            if first == last
            else f"lines {first}-{last} are in {tongue} and were left out: "
            "they may say how this text was made"
        )
    return blocks[end:]


def mended(speakers: Sequence[tuple[str, str]]) -> list[str]:
    """Say which labels were taken for another's."""
    return [
        f"the speaker label {label!r} was read as {name!r}"
        for label, name in speakers
        if names.fold(label) != names.fold(name)
    ]
