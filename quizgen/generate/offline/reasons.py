"""Say in plain words why a piece has no card."""

from __future__ import annotations

import re
from typing import Final

from quizgen import evidence, words
from quizgen.generate.offline import grammar, guards, lexicon, spelling
from quizgen.generate.offline.guards import is_for_tasks, is_meta, is_plain, is_resolved, is_task
from quizgen.generate.offline.quotes import is_caption, is_small_talk, leans, only_voice
from quizgen.generate.offline.scene import page_text, survey
from quizgen.generate.offline.wording import labelled, spans, without_label
from quizgen.model import Passage, Piece

_OPENING: Final = re.compile(
    r"(?:and |but |so |also,? )?(?P<word>this|these|those|that|it|they|he|she|its|their|his|her|"
    r"we|our|you|your|i|my|such|here|there)\b",
    re.IGNORECASE,
)


def why_not(piece: Piece, passage: Passage) -> str:
    """Name the reason why the rules make no card of a piece, as a clause without a full stop."""
    english = passage.document.language.split("-")[0].casefold() in ("en", "")
    if not english and piece.kind != "quote":
        return "it is in another language"
    text = " ".join((piece.text or piece.answer).split())
    if piece.kind == "quote":
        if not piece.speaker and not only_voice(survey(passage)):
            return "nobody is named as its speaker"
        if english and is_caption(text):
            return "it is a caption or a line about a person, and nothing that somebody said"
        if is_small_talk(survey(passage), piece.speaker, text):
            return "it is small talk of the host"
        return _unconfirmed(piece, passage, english=english) or _of_quote(text)
    if is_for_tasks(piece.heading) and piece.kind in ("bullet", "section"):
        return f"it stands under “{piece.heading.strip(' :')}”, and asks more than it tells"
    whole = f"{piece.text} {piece.explanation} {piece.answer}"
    # Most pieces hold no odd word at all, and need no look at the whole page.
    if english and spelling.slips(whole):
        slip = spelling.slip_in(whole, spelling.slips(page_text(passage)))
        if slip and piece.kind != "turn":
            return spelling.sentence(slip)
    told = list(spans(whole))
    if not told:
        return "it is too long to cut to twenty words" if text else "there are no words in it"
    if piece.kind == "faq" and not piece.text and len(told) < 2:
        return "the question that it answers is lost"
    return _of_sentence(told[0])


def _unconfirmed(piece: Piece, passage: Passage, *, english: bool) -> str:
    """Tell of a printed quotation that no transcript of its work has its words."""
    if not english or passage.document.is_transcript:
        return ""
    found = evidence.audit(piece, passage.work, spoken=survey(passage).spoken)
    match found.match:
        case "condensed":
            return "the page condenses what was said, so its words are not tested"
        case "page":
            return "no transcript confirms its words, so they are not tested"
        case _:
            return ""


def _of_quote(text: str) -> str:
    if words.word_count(text) < 5:
        return "it has fewer than five words"
    if leans(text):
        first = text.split(maxsplit=1)[0].casefold()
        return f"it opens with “{first}”, which needs what was said before"
    if text.rstrip("\"'”’").endswith("?") and len(list(spans(text))) == 1:
        return "it is a question"
    if words.word_count(text) > guards.LONGEST_FRONT + 15:
        return "it is too long to print on a card, and no sentence of it can be asked for alone"
    return "no phrase of it can be hidden and still be guessed from the rest"


def _of_sentence(sentence: str) -> str:
    said = without_label(sentence)
    opening = _OPENING.match(said)
    label, rest = labelled(sentence)
    count = words.word_count(said)
    if said.rstrip("\"'”’)*").endswith("?"):
        return "it is a question"
    if is_task(said):
        return "it is an exercise for the reader"
    if is_meta(said):
        return "it speaks of the page, not of the subject"
    if opening:
        return f"it opens with “{opening['word'].casefold()}”, which needs the sentence before"
    if label and words.word_count(rest) < 4:
        return "it is a label without a sentence"
    if count < 4:
        return "it has fewer than four words"
    if not is_plain(said):
        return "it praises or introduces, and says nothing that could be asked for"
    clause = grammar.parse(said)
    if clause is None:
        return _without_clause(said, label)
    if not is_resolved(clause.subject):
        return "its subject needs the sentence before to be understood"
    if count > 2 * guards.LONGEST_BACK:
        return "it is too long to cut to twenty words"
    if not said.endswith((".", "!")):
        return "it is a line of a list, and too vague to have one answer"
    return "every question that its words allow leans on its page or has more than one answer"


def _without_clause(said: str, label: str) -> str:
    plain = [word.strip(".,;:()").casefold() for word in said.split()]
    if label:
        return "what stands behind its label neither defines it nor says what it does"
    if any(word in lexicon.AUXILIARIES for word in plain):
        return "no rule can tell the subject of its sentence from the rest"
    return "no sentence in it has a verb that the rules know"
