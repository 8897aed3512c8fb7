"""Find what is wrong with cards, and say what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from quizgen.checks import (
    acronyms,
    adverts,
    asking,
    blanks,
    cues,
    deck,
    distractors,
    form,
    giveaway,
    listing,
    matching,
    noise,
    opinions,
    options,
    overlap,
    polarity,
    pronouns,
    recall,
    speech,
    standalone,
    support,
    vague,
    worth,
)
from quizgen.checks.row import Check, Context, DeckCheck, Matching, MatchingCheck
from quizgen.model import Card, Problem

__all__ = [
    "CHECKS",
    "DECK_CHECKS",
    "MATCHING_CHECKS",
    "RULES",
    "Check",
    "Context",
    "DeckCheck",
    "Matching",
    "MatchingCheck",
    "blocks",
    "check_card",
    "check_deck",
    "check_matching",
    "malformed",
    "twins",
]

CHECKS: Final = (
    Check("malformed", "blocks", "a part is missing or markup is broken", form.malformed),
    Check("malformed", "warns", "the answer is a link", form.linked_answer),
    Check(
        "trivial-metadata", "blocks", "about the recording, not the subject", worth.trivial_metadata
    ),
    Check(
        "sponsor-boilerplate", "blocks", "an advert or housekeeping", adverts.sponsor_boilerplate
    ),
    Check(
        "deictic-source", "blocks", "points at the source or at today", standalone.deictic_source
    ),
    Check("dangling-pronoun", "blocks", "a pronoun has no noun", pronouns.dangling_pronoun),
    Check("undefined-acronym", "warns", "nobody knows these letters", acronyms.undefined_acronym),
    Check("answer-leak", "blocks", "the front says the answer", recall.answer_leak),
    Check("yes-no-question", "blocks", "a coin could answer", asking.yes_no_question),
    Check("long-list-answer", "blocks", "a list of more than four", listing.long_list),
    Check("long-list-answer", "warns", "a list of four", listing.list_of_four),
    Check("multi-fact", "blocks", "asks for two things", asking.multi_fact),
    Check("too-long", "warns", "more words than a card bears", form.too_long),
    Check("vague-question", "blocks", "many answers fit", vague.vague_question),
    Check("negative-stem", "warns", "a negation is easy to overlook", asking.negative_stem),
    Check("asr-noise", "blocks", "noise of speech or captions", noise.asr_noise),
    Check("asr-noise", "warns", "perhaps misheard", noise.misheard),
    Check("unsupported-answer", "blocks", "nothing in the evidence", support.unsupported_answer),
    Check("unsupported-answer", "warns", "little in the evidence", support.thinly_supported),
    Check("number-mismatch", "blocks", "a number is not in the evidence", support.number_mismatch),
    Check("polarity-mismatch", "warns", "surer than the evidence", polarity.polarity_mismatch),
    Check("missing-attribution", "warns", "an opinion as a fact", opinions.missing_attribution),
    Check("cloze-function-word", "blocks", "the blank hides grammar", recall.cloze_function_word),
    Check("cloze-guessable", "warns", "the words beside a blank fill it", blanks.cloze_guessable),
    Check("cloze-ambiguous", "warns", "several words fill the blank", blanks.cloze_ambiguous),
    Check("cloze-too-much", "warns", "the blank hides too much", blanks.cloze_too_much),
    Check("length-cue", "warns", "the longest option is the key", cues.length_cue),
    Check("grammar-cue", "blocks", "grammar gives the key away", options.grammar_cue),
    Check("all-none-above", "blocks", "an option points at others", options.all_none_above),
    Check("duplicate-options", "blocks", "two options say the same", options.duplicate_options),
    Check(
        "overlapping-options",
        "blocks",
        "a number fits two options",
        overlap.overlapping_numbers,
    ),
    Check("overlapping-options", "warns", "one is a kind of another", overlap.overlapping_words),
    Check(
        "implausible-distractor",
        "warns",
        "nobody would choose it",
        distractors.implausible_distractor,
    ),
    Check(
        "second-correct-option",
        "warns",
        "a wrong option is right",
        distractors.second_correct_option,
    ),
    Check("clang-cue", "warns", "the key echoes the question", cues.clang_cue),
    Check("absolute-terms", "warns", "always and never give it away", cues.absolute_terms),
    Check("quote-not-found", "blocks", "not the source's words", speech.quote_not_found),
    Check("speaker-mismatch", "blocks", "credited to the wrong person", speech.speaker_mismatch),
    Check("quote-fragment", "warns", "half a thought", speech.quote_fragment),
)
"""What is asked of every card, in the order it is reported."""

DECK_CHECKS: Final = (
    DeckCheck("near-duplicate", "blocks", "the same card twice", deck.identical),
    DeckCheck("near-duplicate", "warns", "the same fact twice", deck.similar),
    DeckCheck("cross-card-giveaway", "warns", "another card tells", giveaway.cross_card_giveaway),
    DeckCheck("length-cue", "warns", "mostly the longest option", cues.length_pattern),
)
"""What is asked of the cards of a deck together."""

MATCHING_CHECKS: Final = (
    MatchingCheck("malformed", "blocks", "a side is empty", matching.matching_malformed),
    MatchingCheck("answer-leak", "blocks", "both sides share a word", matching.matching_leak),
    MatchingCheck(
        "matching-ambiguous", "blocks", "a side fits twice, or too few", matching.matching_ambiguous
    ),
    MatchingCheck(
        "matching-heterogeneous", "warns", "kinds are mixed", matching.matching_heterogeneous
    ),
)
"""What is asked of a set of pairs that a quiz composes out of cards."""

RULES: Final = tuple(
    dict.fromkeys(row.name for table in (CHECKS, DECK_CHECKS, MATCHING_CHECKS) for row in table)
)
"""The name of every rule."""

_LAST_WORDS: Final = frozenset(("malformed", "trivial-metadata", "sponsor-boilerplate"))
_NOTHING_KNOWN: Final = Context()


def check_card(card: Card, context: Context = _NOTHING_KNOWN) -> Iterator[Problem]:
    """Yield what is wrong with one card.

    A card that is broken or to be dropped is not judged further.
    """
    for row in CHECKS:
        if sentence := row.check(card, context):
            yield Problem(row.name, row.severity, sentence, card.id)
            if row.severity == "blocks" and row.name in _LAST_WORDS:
                return


def check_deck(cards: Sequence[Card], contexts: Sequence[Context] = ()) -> Iterator[Problem]:
    """Yield what is wrong with each card that is not dropped, then with them together.

    `contexts` go with `cards` by position; where they end nothing more is known.
    """
    alive = [
        (card, contexts[at] if at < len(contexts) else _NOTHING_KNOWN)
        for at, card in enumerate(cards)
        if card.state != "dropped"
    ]
    for card, context in alive:
        yield from check_card(card, context)
    remaining = [card for card, _ in alive]
    for row in DECK_CHECKS:
        for at, sentence in row.check(remaining):
            yield Problem(row.name, row.severity, sentence, remaining[at].id)


def check_matching(composed: Matching) -> Iterator[Problem]:
    """Yield what is wrong with a set of pairs."""
    for row in MATCHING_CHECKS:
        if sentence := row.check(composed):
            yield Problem(row.name, row.severity, sentence)


def malformed(card: Card) -> str:
    """Say what is broken about a card, empty when nothing is: the one thing an export refuses."""
    return form.malformed(card, _NOTHING_KNOWN)


def twins(cards: Sequence[Card]) -> Iterator[tuple[int, int]]:
    """Yield the positions of cards that ask for one fact: the one to keep, then the other."""
    return deck.twins(cards)


def blocks(problems: Iterable[Problem]) -> bool:
    """Claim that a draft with these problems is not to be offered."""
    return any(problem.severity == "blocks" for problem in problems)
