"""Know how the cards of each rule were taken by readers who did not know what made them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from quizgen.model import Tier

READY: Final = 0.75
"""The least share of cards of a rule that is called ready which were taken as they were."""
LEAST: Final = 10
"""The fewest blind verdicts that can call a rule ready."""
FRESH: Final = 2 / 3
"""The least share of all verdicts, taken before any guard was drawn around the cards refused.

A rule that 36 of 68 verdicts bore out, and after its guards 33 of 33, was borne out by 4 of 20 on
new documents.
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """How a rule's cards were judged.

    `accepted`, `edited` and `rejected` count verdicts of blind readers, with nothing but the
    rubric, on cards from documents that no rule had been tried on, and only on those cards that
    today's guards would still let through; `before` says how many of all its cards they accepted,
    and of how many: guards that were drawn around these very cards prove little alone. `rank` is
    what the author expects of a rule, and only orders the cards of a piece. `off` says why it is
    not offered; with a rank, it is still offered where the answer is that of a person whose talk
    the page reports.
    """

    rule: str
    accepted: int
    edited: int
    rejected: int
    before: tuple[int, int]
    rank: float
    off: str = ""

    @property
    def judged(self) -> int:
        """Count the verdicts."""
        return self.accepted + self.edited + self.rejected


TABLE: Final = (
    Measure("acronym", 18, 0, 0, (18, 20), 0.9),
    Measure("person_cloze", 7, 0, 0, (7, 12), 0.92),
    Measure("subject_cloze", 26, 6, 2, (26, 64), 0.79),
    Measure("who_did", 6, 2, 0, (6, 11), 0.85),
    Measure("who_by", 0, 0, 0, (0, 0), 0.93),
    Measure("term_of", 8, 2, 0, (8, 24), 0.8),
    Measure("who_holds", 0, 0, 0, (0, 0), 0.8),
    Measure("year", 0, 0, 0, (0, 0), 0.7),
    Measure("name_cloze", 37, 0, 0, (40, 88), 0.68),
    Measure("named_cloze", 8, 0, 0, (11, 58), 0.64),
    Measure("year_cloze", 0, 0, 0, (0, 2), 0.61),
    Measure("called_cloze", 19, 7, 0, (20, 34), 0.82),
    Measure("term_cloze", 1, 0, 0, (8, 17), 0, off="a term in quotation marks is seldom the point"),
    Measure("claim_why", 5, 0, 0, (7, 29), 0.8),
    Measure("claim_how", 5, 0, 0, (5, 15), 0.7),
    Measure("claim_when", 1, 0, 0, (1, 5), 0.7, off="something is so under many conditions"),
    Measure("claim_subject", 7, 4, 0, (9, 36), 0.55),
    Measure("what_did", 0, 1, 0, (0, 1), 0.6),
    Measure("claim_while", 2, 0, 0, (2, 6), 0.7),
    Measure("claim_called", 4, 0, 0, (4, 8), 0.83),
    Measure("claim_shows", 0, 0, 0, (0, 0), 0.7),
    Measure("claim_if", 0, 0, 0, (0, 0), 0.7),
    Measure("claim_contrast", 1, 1, 0, (1, 2), 0.8),
    Measure("claim_enable", 0, 0, 0, (0, 2), 0.6),
    Measure("claim_cleft", 0, 0, 0, (0, 4), 0.75, off="what changed or mattered has many answers"),
    Measure("claim_role", 0, 0, 0, (0, 4), 0.65, off="what a risk or a reason is has many answers"),
    Measure("claim_where", 2, 0, 0, (2, 4), 0.65),
    Measure("claim_doer", 0, 1, 1, (0, 2), 0.55, off="what drives something is seldom one thing"),
    Measure(
        "claim_stranded", 0, 0, 0, (0, 0), 0.5, off="what something depends on has many answers"
    ),
    Measure("claim_aim", 0, 0, 0, (0, 0), 0.5, off="what something tends to do has many answers"),
    Measure("label_when", 0, 0, 0, (0, 2), 0.75),
    Measure("label_who", 0, 0, 0, (0, 0), 0.65),
    Measure("list_cloze", 0, 0, 0, (0, 4), 0.66),
    Measure("amount_cloze", 4, 0, 0, (5, 11), 0.6),
    Measure("definition", 6, 0, 0, (7, 33), 0.84),
    Measure("host_what_is", 0, 0, 0, (0, 0), 0.7),
    Measure("quote_complete", 0, 0, 0, (6, 55), 0.6),
    Measure("quote_who", 0, 0, 0, (0, 0), 0.72),
    Measure("claim_content", 0, 0, 0, (0, 3), 0, off="what something shows has many answers"),
    Measure("claim_object", 0, 0, 0, (1, 1), 0.46, off="what is done to a thing has many answers"),
    Measure("contrast", 0, 0, 0, (1, 4), 0, off="the end of a contrast is guessed from it"),
    Measure("label_what", 0, 0, 0, (0, 6), 0, off="what stands behind a label is no definition"),
    Measure("label_did", 0, 0, 0, (0, 0), 0, off="a label is not always the subject of its line"),
    Measure(
        "label_aspect", 0, 0, 0, (0, 0), 0, off="a label is not always the subject of its line"
    ),
    Measure("quote_paraphrase", 0, 0, 0, (0, 0), 0.4),
    Measure("report_about", 0, 0, 0, (0, 0), 0, off="somebody says many things about a topic"),
    Measure("host_how", 0, 0, 0, (0, 0), 0, off="an answer in talk seldom stands alone"),
    Measure("host_meant", 0, 0, 0, (0, 0), 0, off="an answer in talk seldom stands alone"),
    Measure("guest_why", 0, 0, 0, (0, 0), 0, off="an answer in talk seldom stands alone"),
)
"""Two audits of 193 cards from 48 documents by fresh readers, who took 51 as they were, and a third
of 42 cards from 24 documents by two readers each, 37 of whose 84 verdicts took a card as it was;
a fourth of 46 cards from 45 documents, again by two, 37 of whose 92 verdicts did: of its blanks of
names all, of its questions one in four; a fifth of 99 cards from 51 documents, by two, 56 of whose
198 verdicts did: of its blanks of names, which the fourth had borne out, one in five.

The acronyms' count holds 14 verdicts of an earlier study on held-out documents, whose reader knew
the rules.
"""

_BY_RULE: Final = {row.rule: row for row in TABLE}


def tier(rule: str) -> Tier:
    """Call a rule's cards ready where enough blind verdicts do."""
    row = _of(rule)
    accepted, judged = row.before
    enough = judged >= LEAST and row.judged > 0 and row.accepted >= READY * row.judged
    return "ready" if enough and accepted >= FRESH * judged else "rough"


def is_off(rule: str, *, told: bool = False) -> bool:
    """Claim that a rule is not to be trusted with a card, `told` by a person of a talk or not."""
    row = _of(rule)
    return bool(row.off) and not (told and row.rank)


def rank(rule: str) -> float:
    """Give what is expected of a rule, to put the cards of a piece in order."""
    return _of(rule).rank


def _of(rule: str) -> Measure:
    return _BY_RULE.get(rule) or Measure(rule, 0, 0, 0, (0, 0), 0.5)
