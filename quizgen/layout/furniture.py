"""Know the words that pages put around their content, and the titles they give to lists."""

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
            "|show notes|related videos|related episodes|works cited"
        ),
    ),
)
_ROLE_OF: dict[str, Role] = {title: role for role, all_of in TITLES for title in all_of.split("|")}

ANYWHERE = (
    (r"skip to (?:main )?content|jump to content", "a link for skipping"),
    (r"kind: captions", "a caption header"),
    (r"transcript preview", "furniture"),
    (r"notes? (?:taken )?by:? .{1,60}", "a credit, not a speaker"),
    (r"file updated .{1,60}|last updated:? .{1,60}", "furniture"),
    (r"more from .{1,80}|view all \d.{0,80}|see all \d.{0,80}", "furniture"),
    (r".{0,60}\bAI[- ]generated (?:summary|summaries|transcript)\b.{0,100}", "furniture"),
    (r"powered by .{1,60}|get ai-powered .{1,200}", "furniture"),
    (r"found this (?:useful|helpful)\?.{0,100}", "furniture"),
    (r".{0,40}summaries (?:for|of) (?:any )?youtube videos.{0,160}", "furniture"),
    (r"get more out of .{1,60}|try \w{1,30}(?: \w{1,30})? (?:for )?free", "furniture"),
    (r"add to (?:chrome|firefox|favou?rites|playlist|queue|library)", "furniture"),
    (r"(?:we|this site) uses? cookies.{0,200}|(?:accept|reject) (?:all )?cookies", "a cookie line"),
    (r"all rights reserved.{0,80}|(?:©|copyright ©?) ?\d{4}.{0,80}", "furniture"),
)
# Single words and calls that are furniture only at the top or the foot of a page.
EDGES = (
    r"open|read|resume|manage|categories|share|save|copy|copy link|print|download|menu|search|home"
    r"|close|back|next|previous|like|follow|subscribe|comments?|log ?in|sign ?(?:in|up)|show more"
    r"|show less|read more|see more|privacy(?: policy)?|terms(?: of (?:use|service))?|contact"
    r"|about us|help|settings|translate|export|edit|listen|watch|play|bookmark|pricing"
    r"|(?:save|add|share|export|send) (?:to|on|with) [\w ]{1,30}"
    r"|(?:watch|listen|open|view) (?:on|in) [\w ]{1,30}"
)
_BUTTON = re.compile(
    r"(?:start|get|try|add|install|sign|save|share|view|see|read|join|download|subscribe|more|log"
    r"|open|watch|listen|continue|manage|create|upgrade|go|back|next|keep|settings|folders"
    r"|categories|show|load|explore|discover|follow|copy)\b",
    re.IGNORECASE,
)
_OF_A_SITE = re.compile(
    r"\b(?:you|your|page|summary|summaries|transcripts?|library|browser|extension|account|app|free"
    r"|videos?|podcasts?|episodes?|folders|machine|AI)\b",
    re.IGNORECASE,
)
_ANYWHERE = tuple((re.compile(pattern, re.IGNORECASE), why) for pattern, why in ANYWHERE)
_EDGES = re.compile(rf"(?:{EDGES})\s*[↗→›»]?", re.IGNORECASE)

_GENERIC = re.compile(
    r"(?:comprehensive |detailed |my |study |lecture |class |meeting |episode |show )*notes?"
    r"|habits|facts|recommendations|(?:title & |source )*summary|details|episode details"
    r"|introduction|intro|background|preface|definitions|key terms|glossary|terms|vocabulary"
    r"|main concepts(?: & theories)?|key concepts|concepts|examples|examples & applications"
    r"|table of contents|positions|notable quotes|action items|next steps|discussion|questions"
    r"|exercises|homework|review|results|methods|appendix|outro|about|home|untitled"
)

STOCK = (
    "testament to",
    "as we look to the future",
    "looking ahead",
    "in conclusion",
    "to sum up",
    "push the boundaries",
    "pushes the boundaries",
    "pushing the boundaries",
    "shape the trajectory",
    "shape the future",
    "remarkable capabilities",
    "continues to evolve",
    "continue to evolve",
    "promising even more",
    "the possibilities are endless",
    "only time will tell",
    "exciting times",
    "profound impact",
    "rich tapestry",
    "journey",
    "invites us to",
    "reminds us",
    "underscores the importance",
)


def role(title: str) -> Role | None:
    """Give what stands under a title, where the title is one of those that pages use."""
    text = shapes.fold(title).strip("#*_: \t").replace("’", "'").casefold()
    if len(text) > 40:
        return None
    return _ROLE_OF.get(text.lstrip("0123456789.) "))


def is_generic(title: str) -> bool:
    """Claim that a heading names a part that any page may have, and never a whole page."""
    plain = shapes.fold(title).strip("#*_: \t").replace("’", "'").casefold()
    return role(title) is not None or _GENERIC.fullmatch(plain) is not None


def why(line: str, *, edge: bool) -> str:
    """Say why a line is furniture, or nothing; `edge` is the top or the foot of the page."""
    text = line.strip()
    if len(text) > 260:
        return ""
    for pattern, reason in _ANYWHERE:
        if pattern.fullmatch(text):
            return reason
    # A one-word caption line is lower case; a button is not.
    if edge and text[:1].isupper() and len(text) <= 40 and _EDGES.fullmatch(text):
        return "furniture"
    if edge and shapes.is_doubled(text):
        return "a logo, its name twice"
    return ""


def is_button(line: str) -> bool:
    """Claim that a line could be a button: a few words that ask for a click, and no full stop."""
    return (
        len(line) <= 60
        and len(line.split()) <= 6
        and not line.endswith(shapes.END)
        and _BUTTON.match(line) is not None
    )


def is_of_a_site(line: str) -> bool:
    """Claim that a short sentence speaks of the page it stands on, or to its visitor."""
    return len(line) <= 240 and len(line.split()) <= 25 and _OF_A_SITE.search(line) is not None


def is_stock(paragraph: str) -> bool:
    """Claim that a closing paragraph only praises: two stock phrases or more."""
    text = paragraph.casefold()
    return sum(phrase in text for phrase in STOCK) >= 2
