"""Hide a list of three that a sentence gives in brackets or after its count, with its letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import clauses, common, hints, verbs, wording
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.drafts import cloze, shown
from quizgen.generate.offline.guards import LONGEST_FRONT, is_for_tasks
from quizgen.generate.offline.scene import Scene
from quizgen.model import Draft, Piece

_ITEM: Final = r"[^\W\d][\w’'‑-]*(?: [\w’'‑-]+){0,2}"
_BRACKETED: Final = re.compile(rf"[a-z]s \((?P<list>{_ITEM}, {_ITEM}(?:, |,? and ){_ITEM})\)")
_COUNTED: Final = re.compile(
    r"\bthree [\w -]*?[a-z]s(?::| [–—-]| are| were|,) "
    rf"(?P<list>{_ITEM}, {_ITEM},? and {_ITEM})(?=[.;,]|$)"
)
_MOST_HIDDEN: Final = 6


def lists(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Ask for the three things that a sentence lists as all there are."""
    if is_for_tasks(piece.heading):
        return
    for sentence in wording.sentences(piece):
        yield from _listed(piece, scene, sentence)


def _listed(piece: Piece, scene: Scene, sentence: str) -> Iterator[Draft]:
    room = LONGEST_FRONT - words.word_count(scene.credit_for(sentence))
    parts = [part for part in re.split(r";\s+", sentence) if "three" in part or "(" in part]
    for said in (text for part in parts for text in clauses.shown(scene, part, room)):
        for found in (*_BRACKETED.finditer(said), *_COUNTED.finditer(said)):
            begin, end = found.span("list")
            before, hidden, after = said[:begin], said[begin:end], said[end:]
            after = after if after.endswith((".", "!", "?")) else f"{after}."
            lead = wording.introduced(scene, said, hidden=hidden)
            told = bool(scene.about) and scene.about in lead
            if not _is_asked(hidden, f"{before} {after}", told=told):
                continue
            parts = (lead + before, hidden, after)
            proof = shown(scene, piece, sentence)
            yield from cloze(scene, piece, proof, parts, rule="list_cloze", tier="ready")
            return


def _is_asked(hidden: str, around: str, *, told: bool) -> bool:
    """Claim that a list is of three things, no verb among them, that the rest does not name."""
    if words.word_count(hidden) > _MOST_HIDDEN or 3 * words.word_count(hidden) > words.word_count(
        f"{hidden} {around}"
    ):
        return False
    said = [bare(word) for word in hidden.split()]
    acts = any(word in verbs.PAST or word.endswith("ing") for word in said)
    shared = words.content_stems(hidden) & words.content_stems(around)
    return (
        not acts
        and not shared
        and not hints.opens_alike(hidden, around)
        and (told or len(common.rare(around)) >= 3)
        and bool(common.rare(hidden))
    )
