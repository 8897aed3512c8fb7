"""Know the words that pages put around their content."""

from __future__ import annotations

import re

from quizgen.layout import shapes

ANYWHERE = (
    (r"skip to (?:main )?content|jump to content", "a link for skipping"),
    (r"kind: captions(?: +language: \w+)?", "a caption header"),
    (r"(?:cover|logo) of (?:the )?(?:episode|podcast|show|channel|album)\b.{0,200}", "a picture"),
    (r"<(\w+)\b[^<>]*>(?:</\1>)?", "a tag"),
    (r":{2,4} ?[a-z][\w -]{0,40}(?:\{[^{}]{0,80}\})?", "markup of a site"),
    (r"!\[[^\[\]]{0,300}\]\(.{1,400}\)", "a picture"),
    (r"(?:undefined|null|\[object Object\])|\d{1,5} snips?", "furniture"),
    (
        (
            r"(?:[←‹«<] ?)?(?:back|return) to (?:the )?"
            r"(?:index|home|top|list|episodes|blog|archives?|overview|transcripts?)\b.{0,20}"
        ),
        "furniture",
    ),
    (r"(?:\w+ )?transcript \| transcript .{1,20}|scroll (?:down )?(?:for|to) .{3,60}", "furniture"),
    (
        (
            r"(?:available |these |this |the )?transcripts? (?:is|are|was|were|may)\b.{0,60}"
            r"\b(?:generated|displayed|accurate|accuracy|errors|courtesy|updated|edited)\b.{0,120}"
        ),
        "a notice about the text",
    ),
    (
        r"this is a transcript of .{3,200}|full (?:episode )?transcript -?",
        "a notice about the text",
    ),
    (r"click (?:on )?(?:a|any|the) timestamps? .{0,60}|use ctrl ?\+ ?f .{0,60}", "furniture"),
    (r"(?:download|mark as|hide|show) (?:transcript|played|more|less)", "furniture"),
    (r"\d\.\d\s*[•·|★]\s*[\d.,]+[KM]? (?:ratings?|reviews?)", "furniture"),
    (r"(?:N/A|--?) (?:views?|likes?|comments?)|published loading\W*", "furniture"),
    (r"see \S+ for privacy information\W*", "furniture"),
    (r"(?:[-*] )?(?:new )?highlights (?:first synced|added) .{0,80}", "furniture"),
    (r"transcript preview", "furniture"),
    (r"notes? (?:taken )?by:? .{1,60}", "a credit, not a speaker"),
    (r"file updated .{1,60}|last updated:? .{1,60}", "furniture"),
    (r"more from .{1,80}|view all \d.{0,80}|see all \d.{0,80}", "furniture"),
    (r".{0,60}\bAI[- ]generated (?:summary|summaries|transcript)\b.{0,100}", "furniture"),
    (r"you(?:['’]ve| have) (?:read|used|viewed) \d+ of .{1,120}", "furniture"),
    (r"(?:related|see also|up next|you may also like): .{1,100} [·|•] .{1,160}", "furniture"),
    (r"[*_]?(?:this )?summary (?:was )?(?:auto-?)?generated .{0,120}", "furniture"),
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
    r"|link|advertisement|placeholder image|back to [\w ]{2,30}|[\w ]{2,30} (?:logo|thumbnail)"
    r"|about us|help|settings|translate|export|edit|listen|watch|play|bookmark|pricing"
    r"|(?:save|add|share|export|send) (?:to|on|with) [\w ]{1,30}"
    r"|(?:watch|listen|open|view) (?:on|in) [\w ]{1,30}"
)
_MENU = re.compile(r"\s{2,}|\t|\s+[|·•/›»]\s+")
_IN_MENUS = re.compile(
    rf"(?:{EDGES}|explore|browse|discover|shows|podcasts|episodes|books|videos|articles|topics"
    r"|trending|(?:my )?library|upgrade|premium|account|(?:my )?profile|for you|saved|new|blog"
    r"|faq|about|store|shop|support|donate|newsletter|community|forum|archive)",
    re.IGNORECASE,
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
    if edge and _is_menu(text):
        return "a menu"
    if edge and shapes.is_doubled(text):
        return "a logo, its name twice"
    return ""


def _is_menu(text: str) -> bool:
    """Claim that a line is a row of buttons, a site's name among them or not."""
    parts = [part for part in _MENU.split(text) if part.strip()]
    known = sum(_IN_MENUS.fullmatch(part.strip()) is not None for part in parts)
    return len(parts) >= 3 and known >= len(parts) - 1 and len(text) <= 160


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
