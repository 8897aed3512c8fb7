"""Tell whether a phrase of a sentence can be hidden: one answer, told and not given away."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.generate.offline import common, guards, hints, lexicon, phrases, sure, verbs, wording
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.guards import is_open
from quizgen.generate.offline.lexicon import gathered
from quizgen.generate.offline.phrases import Phrase
from quizgen.generate.offline.scene import Scene

_ARTICLES: Final = frozenset({"a", "an", "the"})
_LISTING: Final = frozenset({"like", "including", "e.g", "namely", "especially", "notably"})
_ANY: Final = frozenset({"all", "some", "many", "most", "any", "every", "each", "several", "few"})
_OPEN: Final = lexicon.DETERMINERS | lexicon.PRONOUNS | {"to", "that", "and", "as"}
_REPORTING: Final = gathered(
    "argues suggests notes believes claims thinks says warns concludes explains emphasizes stresses"
    " challenges overturns rejects presents proposes explores offers examines insists shows"
)
_ASIDES: Final = lexicon.PREPOSITIONS | {"a", "an", "the", "which", "who", "or", "though", "known"}
_CALLING: Final = frozenset({"called", "termed", "dubbed", "named", "nicknamed", "labeled"})
# A reader guesses these from whatever else the sentence says of history or geography.
_PLACES: Final = gathered(
    """
    africa america asia australia austria britain canada china earth egypt england europe france
    germany greece india ireland israel italy japan london mexico paris russia spain states
    ukraine world
    """
)
_KINDS: Final = gathered(
    """
    act age basin bay canal century circumpolar coast company council court crisis desert effect
    empire era expedition fairs forest front index institute island islands lake law league line
    mountains museum ocean pact party period plain plains plan prize province reef republic
    revolution river school sea society strait street survey talks theory treaty trial university
    valley war warming
    """
)
_BEHIND: Final = frozenset({"of", "that", "which", "who", "in", "across", "between", "among"})
_TOLD: Final = 4
_PRINTED: Final = re.compile(
    r"\b(?:published|reported|printed|appeared|article|paper|study|survey|review|analysis"
    r"|meta[-‑]analysis|report|work) in (?:the )?$",
    re.IGNORECASE,
)
_SPANS: Final = frozenset(
    {"time", "times", "while", "moment", "year", "years", "day", "days", "run"}
)
"""A term that goes on behind one of these swallows an adverbial: `for a long time historians`."""
_PRIZE: Final = re.compile(r"\b(?:prize|award|medal)$", re.IGNORECASE)
_PERSONAL: Final = frozenset(
    {"him", "her", "them", "it", "us", "me", "you", "himself", "themselves"}
)
_PLAIN: Final = gathered(
    "basic common early fast full good great key large long main modern new normal old other"
    " plain real short simple small special standard strong typical usual whole"
)
_PLACING: Final = frozenset({"in", "from", "at", "to", "across", "near", "throughout", "into"})
_LETTING: Final = frozenset({"let", "lets", "make", "makes", "made", "help", "helps", "see", "saw"})
_LATIN: Final = frozenset({"per", "ad", "de", "vice", "quid", "pro", "ipso", "status"})
_WIDE: Final = re.compile(
    r"(?:(?:North|South|West|East|Western|Eastern|Northern|Southern|Latin|New|Old|Great|Middle)"
    r" (?:[A-Z]\w+))|United (?:States|Kingdom|Nations)|World War|Western \w+|Old World|New World"
)
_POLAR: Final = gathered(
    """
    big early fast few first frequent great high large last late lesser light long low major minor
    new old poor rich short slow small strong weak wide young adult female male
    """
)


def is_answerable(scene: Scene, text: str, found: Phrase, *, least: int) -> bool:
    """Claim that what is left tells which term is hidden, and does not show it."""
    hidden = common.stems(found.text)
    around = f"{text[: found.begin]} {text[found.end :]}"
    left = common.stems(around)
    enough = len(left) >= least or (len(left) >= 4 and len(common.rare(around)) >= 2)
    if not hidden or hidden & left or not enough or is_open(found.text):
        return False
    if hints.opens_alike(found.text, around) or found.text.endswith(("century", "centuries")):
        return False
    if found.begin < len(text) - len(wording.without_label(text)):
        return False
    if text.count("(", 0, found.begin) > text.count(")", 0, found.begin):
        return False
    if found.sort == "term" and words.word_count(found.text) > 3:
        return False
    if 3 * words.word_count(found.text) > words.word_count(text) or re.search(
        r"[()\[\]=]", found.text
    ):
        return False
    known = common.stems(f"{scene.title} {scene.about} {scene.topic}")
    if guards.is_kin(found.text, f"{scene.title} {scene.about}") or _PRIZE.search(found.text):
        return False
    if hidden <= known or (found.sort == "name" and hidden & known) or "." in found.text:
        return False
    if found.sort == "number":
        share = re.search(r"percent|%", found.text) is not None
        return share and len(words.numbers(around)) <= 1 and len(common.rare(around)) >= 4
    if re.search(r"\d", found.text) and found.sort == "term":
        return False
    said = [bare(word) for word in found.text.split()]
    if _SPANS & set(said[:-1]) or found.after in _PERSONAL:
        return False
    if found.sort == "term" and len(said) == 2 and _is_plain_pair(said):
        return False
    # `A Bible`, `The Reformation`, `The Lancet`: one capital behind an article is an everyday
    # thing, an age or a paper, and its letter is as good as the word.
    others = found.text.isupper() or found.text.endswith("s")
    if found.sort == "name" and len(said) == 1 and not others and found.before in _ARTICLES:
        return False
    short = len(found.text) < (3 if found.text.isupper() else 4)
    if found.sort == "name" and (short or is_wide(found.text)):
        return False
    if _is_listed(text, found) or found.before in _LISTING:
        return False
    behind = [bare(word) for word in text[found.end :].split()[:2]]
    # `Marine protected areas`, `Diamond argues ...`
    if (
        len(behind) > 1
        and behind[0].endswith("ed")
        and behind[1] not in lexicon.PREPOSITIONS | _OPEN
    ):
        return False
    # `districts such as Seattle` are one of several: any of them would fit.
    if " " not in found.text and text[: found.begin].casefold().endswith("such as "):
        return False
    # `Singapore introduced it in 1975, London its charge in 2003` left out the verb.
    if found.after in ("its", "their", "his") and text[: found.begin].rstrip().endswith(","):
        return False
    if found.begin == 0 and behind and behind[0] in _REPORTING:
        return False
    if found.before in _ANY or found.text.removesuffix("s").casefold() in lexicon.PEOPLE:
        return False
    if found.sort == "name" and (is_of_a_place(found.text) or _is_incidental(text, found)):
        return False
    if _ends_in_a_verb(text, found) or _is_given_away(scene, text, found):
        return False
    if _is_everywhere(scene, found.text, hidden) or _is_cut(text, found):
        return False
    if found.sort == "term" and _is_vague(found.text):
        return False
    if found.sort == "term" and is_subject(text, found) and _is_open(scene, text, found):
        return False
    # Readers took one in three of the terms amid a sentence; what it names is another matter.
    if found.sort == "term" and not (is_subject(text, found) or is_called(text, found)):
        return False
    single = found.sort == "term" and " " not in found.text
    if single and (found.after == "of" or not _is_telling(found.text)):
        return False
    people = {part for person in scene.passage.work.people for part in person.name.split()}
    return not people & set(re.split(r"[\s’']+", found.text))


def _is_plain_pair(said: list[str]) -> bool:
    """Claim that two words only describe: `basic swap`, `German lands`."""
    head = said[1] if common.is_common(said[1]) else said[1].removesuffix("s")
    return said[0] in _PLAIN or (phrases.is_of_place(said[0]) and common.is_common(head))


def _is_open(scene: Scene, text: str, found: Phrase) -> bool:
    """Claim that many things do what is said of a hidden subject, or that nothing is said of it."""
    behind = [bare(word) for word in text[found.end :].split()]
    around = f"{text[: found.begin]} {text[found.end :]}"
    rare = len(common.rare(around))
    # `Symmetric anomalies detected on either side of the ridge` lacks its verb.
    cut = len(behind) > 1 and verbs.is_participle(behind[0]) and behind[1] in lexicon.PREPOSITIONS
    acts = lexicon.AUXILIARIES | verbs.THIRD.keys() | verbs.PAST.keys()
    if cut and not re.search(r"\d{4}", text) and not any(word in acts for word in behind[1:]):
        return True
    return not scene.guest and (rare < _TOLD or sure.is_loose(found.after, rare=rare))


def _is_incidental(text: str, found: Phrase) -> bool:
    """Claim that a name says only where something was printed or happened, and not what."""
    before = text[: found.begin]
    single = " " not in found.text
    # `Iceland's Eyjafjallajökull`: the other name tells it.
    behind = text[found.end :]
    owner = re.match(r"[’']s [A-Z]", behind) or (
        found.text.casefold() in _PLACES and re.match(r"[’']s ", behind)
    )
    if single and owner:
        return True
    return is_printed(before) or (single and found.before in _PLACING)


def is_wide(name: str) -> bool:
    """Claim that a name is of half a continent or of all the world."""
    return _WIDE.fullmatch(name) is not None


def is_printed(before: str) -> bool:
    """Claim that what follows says only where something was printed."""
    return _PRINTED.search(before) is not None


def _ends_in_a_verb(text: str, found: Phrase) -> bool:
    """Claim that the blank swallows the verb of its subject: `slow-wave sleep appears to help`."""
    said = found.text.split()
    last, known = bare(said[-1]), verbs.THIRD.keys() | verbs.BASES
    if len(said) < 2 or last not in known or text[found.end :][:1] == ",":
        return False
    let = any(bare(word) in _LETTING for word in text[: found.begin].split()[-3:])
    behind = lexicon.PREPOSITIONS | lexicon.RELATIVES | {"to", "as"}
    return found.after in behind and (let or found.first <= 1)


def _is_given_away(scene: Scene, text: str, found: Phrase) -> bool:
    """Claim that the rest of the sentence all but spells the word: its opposite, its own kind."""
    said = [bare(word) for word in found.text.split()]
    behind = text[found.end :]
    # `Remedies are harder than liability: courts ...` tells twice what is asked for.
    if found.first <= 1 and ": " in behind:
        return True
    # `In the Hebrew Bible (TaNaKh), ...`: its other name stands beside it.
    if re.match(r" \([A-Z]\w+\)", behind):
        return True
    if said[0] in _POLAR and re.search(r"\b(?:whereas|while|unlike|than)\b", behind):
        return True
    if len(said) > 1:
        return False
    # `Radiocarbon tests announced in 2017 dated ...`, `Italian has so many endings`.
    following = [bare(word) for word in behind.split()[:2]]
    adjoins = (
        len(following) > 1
        and following[0] in verbs.THIRD
        and verbs.is_noun_too(verbs.THIRD[following[0]])
        and verbs.is_participle(following[1])
    )
    often = any(scene.spread.get(stem, 0) > 3 for stem in common.stems(found.text))
    return adjoins or phrases.is_of_place(said[0]) or (often and not is_called(text, found))


def is_of_a_place(name: str) -> bool:
    """Claim that a name says only where everyday things are: `French Army`, `Nordic landscape`."""
    first, *rest = (part.casefold() for part in name.split())
    return bool(rest) and phrases.is_of_place(first) and all(map(common.is_common, rest))


def _is_telling(word: str) -> bool:
    """Claim that a single word is a term: long, compound or learned, and no everyday noun."""
    doers = word.endswith(("ers", "ors"))
    return (len(word) >= 6 and not doers) or "-" in word or "‑" in word


def _is_vague(term: str) -> bool:
    """Claim that a term compares or generalises: `longer sequences`, `complementary ways`."""
    said = [bare(word) for word in term.split()]
    stems = (said[0], said[0][:-1], said[0][:-2])
    compares = said[0].endswith("er") and any(map(common.is_common, stems))
    last = {said[-1], said[-1].removesuffix("s")}
    return compares or bool(last & (lexicon.VAGUE | lexicon.GENERIC | lexicon.EVALUATIVE))


def _is_everywhere(scene: Scene, term: str, stems: frozenset[str]) -> bool:
    """Claim that a term stands in so many pieces that a reader guesses it without recall."""
    often = max(4, len(scene.passage.pieces) // 5)
    if not all(scene.spread.get(stem, 0) >= often for stem in stems):
        return False
    # `large language models` may be rare where each of its words is not.
    if len(term.split()) < 3:
        return True
    said = term.casefold()
    told = (f"{piece.text} {piece.explanation}".casefold() for piece in scene.passage.pieces)
    return sum(said in text for text in told) >= often


def _is_listed(text: str, found: Phrase) -> bool:
    """Claim that a phrase is one of several things in a row: any of them would fit."""
    before = [bare(word) for word in text[: found.begin].split()[-2:]]
    if "and" in before or "or" in before or found.after in ("and", "or"):
        return True
    closed, opened = text[found.end :][:1] == ",", text[: found.begin].rstrip()[-1:] == ","
    behind = text[found.end :]
    if is_subject(text, found):
        first = bare(behind[1:].split()[0]) if behind[1:].split() else ""
        aside = first in _ASIDES or re.fullmatch(r"\w+(?:ed|en|ing|ly)", first)
        return closed and not aside
    listed = re.match(r",? (?:[\w’'-]+,? ){0,5}(?:and|or) ", behind) is not None
    return closed and (opened or listed)


def _is_cut(text: str, found: Phrase) -> bool:
    """Claim that the name or term goes on beside the blank."""
    after, before = text[found.end :].split(), text[: found.begin].split()
    following = after[0] if after and text[found.end :].startswith(" ") else ""
    if before and re.fullmatch(r"[A-Z]\.", before[-1]):
        return True
    if following[:1].isdigit() or (following[:1].isupper() and found.sort == "name"):
        return True
    left, right = text[: found.begin][-1:] or " ", text[found.end :][:1] or " "
    hyphen = left in "-‑" or right in "-‑"
    if found.before in _LATIN or (found.sort == "name" and _goes_on(text, found)):
        return True
    quoted = left in "‘'“\"" and right not in "’'”\""
    name = before[-1:] and before[-1][:1].isupper() and found.sort == "name"
    name = name and not before[-1].endswith((",", ":", ";", ".", "—"))
    return hyphen or quoted or bool(name and bare(before[-1]) not in lexicon.DETERMINERS)


def _goes_on(text: str, found: Phrase) -> bool:
    """Claim that a name is a part of a longer one: `Tribute in Light`, `Ring of Fire`."""
    behind, before = text[found.end :], text[: found.begin]
    linked = "of|for|on" if is_person(found.text) or " " in found.text else "of|for|on|in|and|at"
    further = re.match(rf" (?:{linked}) (?:the )?[A-Z]", behind) and not is_person(found.text)
    return bool(further) or re.search(r"\b[A-Z][\w’'-]+ (?:of|for) (?:the )?$", before) is not None


def is_subject(text: str, found: Phrase) -> bool:
    """Claim that a phrase opens the text and that a verb follows."""
    opens = found.first == 0 or (found.first == 1 and found.before in lexicon.DETERMINERS)
    verb = found.after in lexicon.AUXILIARIES or found.after in verbs.THIRD
    aside = text[found.end :][:1] == "," or found.after in _BEHIND
    return opens and (
        verb
        or aside
        or found.after in verbs.BASES
        or found.after in verbs.PAST
        or found.after.endswith("ly")
    )


def is_called(text: str, found: Phrase) -> bool:
    """Claim that a sentence gives something its name, or sets a term in quotation marks."""
    left, right = text[: found.begin][-1:] or " ", text[found.end :][:1] or " "
    quoted = left in "“‘\"'" and right in "”’\"'"
    return gives_name(text, found) or (quoted and found.begin > 0)


def gives_name(text: str, found: Phrase) -> bool:
    """Claim that a sentence says in so many words that something is called so."""
    known = text[: found.begin].rstrip("“‘\"' ").casefold().endswith(("known as", "known as the"))
    return known or found.before in _CALLING


def is_person(name: str) -> bool:
    """Claim that a name has the form of somebody's: two or three capitals, and no common noun."""
    parts = name.split()
    letters = any(part.isupper() and len(part) > 1 for part in parts)
    capitals = not letters and all(
        part[:1].isupper() and part[1:].islower() for part in parts if len(part) > 2
    )
    return (
        2 <= len(parts) <= 4
        and capitals
        and not any(common.is_common(part) or part.casefold() in _KINDS for part in parts)
    )
