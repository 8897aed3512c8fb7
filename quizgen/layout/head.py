"""Read what a page says about itself: front matter, title, facts, furniture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quizgen.layout import facts, furniture, language, names, shapes
from quizgen.layout.blocks import Block
from quizgen.layout.findings import Findings
from quizgen.model import Person

_FENCES = {"---": ":", "+++": "="}
_NOT_PROSE = {"code": "code", "table": "a table"}
_LONGEST_FRONT_MATTER = 80


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
    for at in range(1, end + 1):
        key, found, value = lines[at - 1].partition(parting)
        # What is indented belongs to the key above it, and tells nothing of the document.
        plain = found and value.strip() and not key.startswith((" ", "\t", "-"))
        told = facts.of_key(key, value) if plain else None
        if told:
            findings.absorb(told, (at, at), where="front matter")
        elif lines[at - 1].strip():
            findings.note((at, at), "front matter")
    return end + 1


def read(findings: Findings, blocks: Sequence[Block]) -> list[Block]:
    """Take title, facts and furniture out of the blocks; give the rest."""
    rest: list[Block] = []
    recordings: Counter[str] = Counter()
    for index, block in enumerate(blocks):
        match block.shape:
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
    return any(map(str.isalnum, block.text))


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


def participants(findings: Findings, speakers: Sequence[tuple[str, str]]) -> None:
    """Meet the speakers by their labels.

    A show bears the name of its host, and where the title names one of two, the other is host.
    """
    guests = {person.name for person in findings.people if person.role == "guest"}
    said = {name for _, name in speakers}
    for label, name in speakers:
        other = len(said) == 2 and len(said & guests) == 1 and name not in guests
        role = "host" if other or facts.is_host(name, findings.title) else "speaker"
        aliases = (label,) if label != name else ()
        findings.meet(Person(name, role, aliases))


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
    """Drop paragraphs before the content that are in another language than the document."""
    for index, block in enumerate(blocks):
        if block.shape != "paragraph" or not language.differs(block.text, findings.language):
            return blocks[index:]
        findings.drop(block.span, "in another language")
    return []


def mended(speakers: Sequence[tuple[str, str]]) -> list[str]:
    """Say which labels were taken for another's."""
    return [
        f"the speaker label {label!r} was read as {name!r}"
        for label, name in speakers
        if names.fold(label) != names.fold(name)
    ]
