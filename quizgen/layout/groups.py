"""Find the headings among blocks and give each the blocks that stand under it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quizgen.layout import names, roles, shapes
from quizgen.layout.blocks import Block

_PART = re.compile(
    r"(?:Lesson|Idea|Rule|Step|Habit|Part|Principle|Law|Myth|Tip|Takeaway|Lecture|Chapter|Module)"
    r" #?\d{1,2}\s?[:.–—-] ?\S"
)
_SENTENCE = re.compile(
    r"(?:In )?(?:This|These) (?:\w+ ){1,3}?(?!the |and |for |with |from )[a-z]{3,} "
)
_SENTENCE_END = re.compile(r"[.!?…][”’\"')]* (?=\W?[A-Z\d])")
_PAIRS = 4
"""Points with their texts, one after the other, from which on a page is made of such pairs."""
_POINT = 12
"""Words that a point has at most."""
WEAK_LEVEL = 7
"""The rank of a heading told only by standing alone without a full stop."""
LEAD_LEVEL = 8
"""The rank of a line that ends with a colon."""
_COUNTED: dict[str, roles.Role] = {
    "idea": "idea",
    "quote": "quote",
    "insight": "insight",
    "takeaway": "insight",
    "point": "insight",
    "chapter": "chapter",
    "topic": "topic",
    "question": "faq",
}


_PROSE = ("summary", "insight")
"""What paragraphs can be, before and behind a list in their midst."""


@dataclass(slots=True)
class Group:
    """A heading and the blocks under it; `count` is how many items the page announces."""

    heading: Block | None
    parent: str = ""
    role: roles.Role | None = None
    body: list[Block] = field(default_factory=list[Block])
    count: int = 0
    counter: Block | None = None
    # A second line in a heading's shape right under the first, or above a list.
    subtitle: Block | None = None
    is_parent: bool = False

    @property
    def title(self) -> str:
        """Give the heading's words."""
        return self.heading.text.rstrip(":") if self.heading else ""

    @property
    def is_lead(self) -> bool:
        """Claim that the heading is a line with a colon at its end."""
        return self.heading is not None and self.heading.level == LEAD_LEVEL


def gather(blocks: Sequence[Block]) -> list[Group]:
    """Divide blocks into groups, one for each heading, in order; the first may have none."""
    speech = any(block.shape == "label" for block in blocks)
    groups = [Group(None)]
    sections = [""]
    points = frozenset[int]() if speech else _points(blocks)
    said = Counter(block.text for block in blocks if block.shape == "paragraph")
    for index, block in enumerate(blocks):
        group = groups[-1]
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.shape == "counter":
            _announce(group, block)
            continue
        if following and index + 1 in points and group.role is None:
            following = replace(following, shape="heading")
        is_point = index in points and group.role is None
        is_heading = is_point or _stands_alone(block, following, speech=speech)
        is_heading = is_heading and not _is_about(group, block, following)
        if block.shape == "paragraph" and is_heading:
            before = blocks[index - 1] if index else None
            repeats = said[block.text] > 1 and _is_label_under(group, block)
            if repeats or _is_subtitle(group, following):
                group.subtitle = block
                continue
            if not _belongs(group, before, block, following):
                block.shape = "heading"
                block.level = LEAD_LEVEL if block.text.endswith(":") else WEAK_LEVEL
        if block.shape != "heading":
            if block.shape == "paragraph" and not speech and _is_listed_out(group):
                group = _resumed(groups)
                groups.append(group)
            group.body.append(block)
            continue
        weak = block.level == WEAK_LEVEL
        under = group.heading and group.heading.level == WEAK_LEVEL and not group.body
        early = len(groups) <= 2 or not groups[-2].body
        prose = following is not None and following.shape == "paragraph"
        if weak and under and early and prose and group.subtitle is None and not is_point:
            group.subtitle = block
            continue
        if group.heading and not group.body and _stands_under(block, group.heading):
            group.is_parent = True
        if block.level != LEAD_LEVEL:
            sections.append(block.text)
        parent = sections[-1] if block.level == LEAD_LEVEL else ""
        groups.append(Group(block, parent=parent, role=block.role))
    return _with_lists(groups)


def _with_lists(groups: Sequence[Group]) -> list[Group]:
    """Take plain lines right below a line with a colon for its list, not for empty headings."""
    found: list[Group] = []
    for group in groups:
        lead = found[-1] if found else None
        if lead and lead.is_lead and group.heading and _is_next(lead, group):
            lead.is_parent = False
            plain = (group.heading, group.subtitle)
            lead.body += [replace(line, shape="bullet") for line in plain if line]
        else:
            found.append(group)
    return found


def _is_next(lead: Group, group: Group) -> bool:
    """Claim that an empty heading without a mark stands right below a lead or its list."""
    above = lead.body[-1] if lead.body else lead.heading
    line = group.heading
    listed = all(block.shape == "bullet" for block in lead.body)
    return (
        line is not None
        and above is not None
        and line.level == WEAK_LEVEL
        and not group.body
        and group.role is None
        and listed
        and line.first <= above.last + 2
    )


def _is_listed_out(group: Group) -> bool:
    """Claim that the list which a line with a colon introduces is at its end."""
    last = group.body[-1].shape if group.body else ""
    return group.is_lead and last in ("bullet", "item", "code", "table")


def _resumed(groups: Sequence[Group]) -> Group:
    """Go on with the part of the page in which a list stood."""
    whole = next((each for each in reversed(groups) if not each.is_lead), groups[0])
    return Group(whole.heading, role=whole.role if whole.role in _PROSE else None)


def _points(blocks: Sequence[Block]) -> frozenset[int]:
    """Find the short sentences that each head a longer text, on a page made of such pairs.

    Their full stops tell nothing; that one sentence and several take turns does.
    """
    pairs = [
        at
        for at, (block, after) in enumerate(itertools.pairwise(blocks))
        if block.shape == after.shape == "paragraph"
        and block.is_single
        and len(block.text.split()) <= _POINT
        and block.text.endswith(shapes.END[:2])
        and block.text[0].isupper()
        and not _SENTENCE_END.search(block.text)
        and _SENTENCE_END.search(after.text)
    ]
    run = longest = 0
    for before, at in itertools.pairwise([-2, *pairs]):
        run = run + 1 if at == before + 2 else 1
        longest = max(longest, run)
    return frozenset(pairs) if longest >= _PAIRS else frozenset()


def _is_about(group: Group, block: Block, following: Block | None) -> bool:
    """Claim that a sentence between a heading and its list says where the list comes from."""
    return (
        _is_bare(group)
        and following is not None
        and following.shape in ("bullet", "item")
        and _SENTENCE.match(block.text) is not None
    )


def _is_label_under(group: Group, block: Block) -> bool:
    """Claim that a word such as `Minutes:` stands between a heading and what it heads."""
    label = block.text.endswith(":") and len(block.text.split()) <= 2
    return label and _is_bare(group) and group.subtitle is None


def _is_bare(group: Group) -> bool:
    """Claim that nothing stands yet under a heading that has no mark and no known title."""
    plain = group.heading is not None and group.heading.level >= WEAK_LEVEL
    return plain and not group.body and group.role is None


def _stands_under(block: Block, heading: Block) -> bool:
    """Claim that one heading is below another; of two lines in one plain shape the last is."""
    return block.level > heading.level or block.level == heading.level >= WEAK_LEVEL


def _announce(group: Group, block: Block) -> None:
    """Take a line such as `5 ideas` as the group's count, and as its kind where none is known."""
    role = _COUNTED.get(block.name)
    if group.body or group.counter or (group.role and group.role != role):
        block.shape = "paragraph"
        group.body.append(block)
        return
    group.role, group.count, group.counter = role, block.number, block


def _stands_alone(block: Block, following: Block | None, *, speech: bool) -> bool:
    """Claim that a line has the shape of a heading without any mark of one."""
    text = block.text
    words = text.split()
    if following is None or not block.is_single or len(text) > 120 or len(words) > 16:
        return False
    first = text.lstrip("‘’“”'\"")[:1]
    if not (first.isupper() or first.isdigit()) or not any(map(str.isalpha, text)):
        return False
    if _PART.match(text):
        return following.shape in ("paragraph", "bullet", "item", "label")
    if text.endswith(shapes.END):
        return False
    if text.endswith(":"):
        return following.shape in ("paragraph", "bullet", "item") and not speech
    if speech and len(words) < 2:
        return False
    if not shapes.is_title_case(text) and (speech or len(words) > 8):
        return False
    if following.shape != "paragraph":
        return following.shape != "code"
    prose = len(following.text) > len(text) and following.text.endswith((".", "!", "?", ":", "…"))
    if prose or not following.is_single:
        return prose
    return shapes.is_title_case(following.text) or _SENTENCE.match(following.text) is not None


def _is_subtitle(group: Group, following: Block | None) -> bool:
    """Claim that a line between the title of a list and the list belongs to the title."""
    return (
        group.role in ("summary", "insight")
        and not group.body
        and following is not None
        and following.shape in ("bullet", "item", "number")
    )


def _belongs(group: Group, before: Block | None, block: Block, following: Block | None) -> bool:
    """Claim that a line in a heading's shape is a claim, a name or a topic of a list."""
    match group.role:
        case "idea":
            return not group.count or len(group.body) < 2 * group.count
        case "quote":
            if names.is_name(block.text.lstrip("—–- ")):
                return True
            spoken = following is not None and names.is_name(following.text.lstrip("—–- "))
            return spoken or (group.count > 0 and len(group.body) < 2 * group.count)
        case "insight":
            return not group.body or (before is not None and before.shape == "number")
        case "topic" | "chapter" | "aside":
            return True
        case _:
            # Below a time stand words that were said then.
            return before is not None and before.shape in ("number", "stamp")
