"""Know the titles that pages give to their parts, and what stands under each."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from quizgen.layout import shapes

Role: TypeAlias = Literal[
    "summary",
    "insight",
    "idea",
    "quote",
    "faq",
    "topic",
    "chapter",
    "transcript",
    "conclusion",
    "aside",
]
"""What stands under a title: pieces of that kind, speech, a closing word, or an aside."""

TITLES: tuple[tuple[Role, str], ...] = (
    (
        "summary",
        (
            "tl;dr|tldr|tl dr|summary|abstract|at a glance|overview|in brief|in short|synopsis"
            "|what it's really about|what it is about|executive summary|the gist"
            "|one-sentence takeaway|one-sentence summary|in a nutshell"
        ),
    ),
    (
        "insight",
        (
            "key insights|insights|key takeaways|takeaways|main takeaways|key points|main points"
            "|key facts|lessons|key lessons|highlights|key learnings"
        ),
    ),
    ("idea", "ideas|key ideas|main ideas|big ideas|ideas worth remembering|ideas worth keeping"),
    (
        "quote",
        (
            "quotes|key quotes|best quotes|notable quotes|memorable quotes|quotations"
            "|words worth saving|words worth keeping|in their own words"
        ),
    ),
    (
        "faq",
        (
            "common questions|faq|faqs|frequently asked questions|questions and answers|q&a|q & a"
            "|questions & answers"
        ),
    ),
    ("topic", "topics|topics covered|themes|key topics|topics discussed"),
    (
        "chapter",
        "chapters|outline|timestamps|time stamps|key moments|table of contents|contents|timeline",
    ),
    ("transcript", "transcript|full transcript|the transcript|conversation|transcription"),
    ("conclusion", "conclusion|conclusions|final thoughts|closing thoughts|in conclusion"),
    (
        "aside",
        (
            "mentioned in this video|mentioned in this episode|mentioned|references|bibliography"
            "|links|episode links|resources|further reading|connect|podcast info|sponsors"
            "|related videos|related episodes|works cited|related|related notes|related reading"
            "|related posts|related pages|see also|backlinks|linked notes"
        ),
    ),
)
_ROLE_OF: dict[str, Role] = {title: role for role, all_of in TITLES for title in all_of.split("|")}
_BEST = (
    r"(?:(?:key|main|practical|actionable|best|top|big|core|major|notable|memorable|favou?rite|my"
    r"|our|\d{1,2}) )"
)
_OF = r"(?: (?:from|of|in|for|about|based on|/|&|and) .{2,40})?"
VARIED: tuple[tuple[Role, str], ...] = (
    ("quote", rf"(?:quotes?|words|lines) worth \w+|{_BEST}{{1,2}}(?:quotes?|quotations?){_OF}"),
    ("quote", r"quotes (?:from|by) .{2,40}"),
    ("idea", rf"ideas worth \w+|{_BEST}{{1,2}}ideas?{_OF}"),
    ("insight", rf"{_BEST}{{1,2}}(?:insights?|takeaways?|learnings?|highlights?|lessons?){_OF}"),
    ("insight", r"(?:insights|takeaways|highlights) (?:from|based on) .{2,40}"),
    (
        "summary",
        (
            r"(?:(?:quick|short|brief|video|episode|talk|chapter|lecture|book|ai|the|one|two|three)"
            r"[ -]|\d[ -]){1,2}(?:(?:sentence|line|minute|paragraph)[ -])?(?:summary|overview)"
        ),
    ),
    ("faq", r"(?:frequently asked|common) questions.{0,60}"),
    ("chapter", r"(?:video |episode )?(?:chapters|timestamps)(?: (?:for|of) .{2,40})?"),
)
"""Titles that vary; each pattern must match all of one."""
_VARIED: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern)) for role, pattern in VARIED
)
_LABELLED = re.compile(r"([\w;&' -]{2,30}): +(\S.*)$")
_LABELS: tuple[Role, ...] = ("summary", "insight", "quote")
_GENERIC = re.compile(
    r"(?:comprehensive |detailed |my |study |lecture |class |meeting |episode |show )*notes?"
    r"|habits|facts|recommendations|(?:title & |source )*summary|details|episode details"
    r"|introduction|intro|background|preface|definitions|key terms|glossary|terms|vocabulary"
    r"|main concepts(?: & theories)?|key concepts|concepts|examples|examples & applications"
    r"|table of contents|positions|notable quotes|action items|next steps|discussion|questions"
    r"|exercises|homework|review|results|methods|appendix|outro|about|home|untitled|source"
    r"|(?:all|full|more) (?:episodes|notes)|deep dive"
)


def role(title: str) -> Role | None:
    """Give what stands under a title, where the title is one of those that pages use."""
    text = _plain(title)
    if len(text) > 70:
        return None
    bare = text.lstrip("0123456789.) ")
    if known := _ROLE_OF.get(bare):
        return known
    for told, varied in _VARIED:
        if varied.fullmatch(text):
            return told
    return None


def labelled(line: str) -> tuple[Role, str] | None:
    """Take `TL;DR: words` apart into what the words are and the words."""
    match = _LABELLED.match(line.replace("**", ""))
    told = role(match[1]) if match else None
    return (told, match[2]) if match and told in _LABELS else None


def is_generic(title: str) -> bool:
    """Claim that a heading names a part that any page may have, and never a whole page."""
    return role(title) is not None or _GENERIC.fullmatch(_plain(title)) is not None


def _plain(title: str) -> str:
    bare = shapes.fold(shapes.undecorated(title))
    return bare.strip("#*_:! \t").replace("’", "'").casefold()
