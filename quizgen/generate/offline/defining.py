"""Ask for the name of what a sentence defines: of one meaning there is one term."""

from __future__ import annotations

import re
from typing import Final

from quizgen import words
from quizgen.generate.offline import common, guards, lexicon, wording
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.tagging import tokens

_SHORTEST: Final = 4
_LONGEST: Final = 22
_LONGEST_TERM: Final = 4
_LEAST_TOLD: Final = 3
_CALLED: Final = 14
_SHORT_TITLE: Final = 3
_NARROWED: Final = re.compile(
    r" (?:of|that|which|who|whose|where|when|for|in|with|between|from|by|to|\w+ing|\w+ed) "
)
_ARTICLE: Final = re.compile(r"(?:an?|the) ", re.IGNORECASE)


def term_of(scene: Scene, term: str, meaning: str) -> tuple[str, str] | None:
    """Give the question for the term that a definition defines, and the term, or nothing."""
    said = meaning.strip(" .,;:")
    name = _ARTICLE.sub("", term.strip(" .,;:\"'“”‘’"))
    if _is_name(scene, name) or not (is_term(name) and _defines(said, name)):
        return None
    asked = _question(said)
    asked = _placed(scene, asked, name)
    long = words.word_count(asked) > guards.LONGEST_FRONT
    return None if not asked or long or guards.is_kin(name, asked) else (asked, name)


def _question(said: str) -> str:
    """Ask what it is called, where that reads well; else which term means it, word for word."""
    plain = not re.search(r"[,:;()“”\"]", said) and words.word_count(said) <= _CALLED
    if _ARTICLE.match(said) and plain:
        return f"What is {said[0].lower()}{said[1:]} called?"
    return f"Which term means “{said.translate(str.maketrans('“”', '‘’'))}”?"


def _placed(scene: Scene, asked: str, name: str) -> str:
    """Say in which field the term is used, where that does not tell it."""
    # `In molecular cloud`: of which there are several is no field.
    several = f"{scene.topic.split()[-1]}s" in scene.lower if scene.topic else True
    field = "" if several or scene.topic.endswith("s") else scene.topic
    lead = f"In {field}" if field else ""
    if not lead and scene.about:
        said = re.sub(r"^(?:on (?:the )?|in “)|”$", "", scene.about)
        lead = f"In “{said[:1].upper()}{said[1:]}”"
    title = wording.titled(scene)
    if not lead and 1 <= words.word_count(title) <= _SHORT_TITLE:
        lead = f"In “{title}”"
    lead = lead or wording.book(scene)
    told = words.content_stems(lead) & words.content_stems(name)
    # `In “Rolf the Ganger”` tells `gang`.
    told = told or frozenset({name} if f" {name.casefold()}" in lead.casefold() else ())
    if lead and not told and not guards.is_kin(name, lead):
        return f"{lead}, {asked[0].lower()}{asked[1:]}"
    return asked if len(words.content_stems(asked)) > _LEAST_TOLD else ""


def _is_name(scene: Scene, name: str) -> bool:
    """Claim that words are a name, of which there are many like it: CLIP and `a transformer`."""
    return re.search(r"[A-Z]", wording.lowered(scene, name)) is not None


def is_term(name: str) -> bool:
    """Claim that words are a noun phrase that a learner can be asked for."""
    said = name.split()
    tagged = tokens(f"The {name} is here.")[1:-3]
    if not 1 <= len(said) <= _LONGEST_TERM or not tagged or re.search(r"[\d/=+(),:;]", name):
        return False
    if not (tagged[-1].is_noun or tagged[-1].tag in ("UNC", "VVG", "AJ0")):
        return False
    if any(bare(word) in lexicon.PREPOSITIONS | lexicon.PRONOUNS for word in said):
        return False
    single = len(said) == 1
    return not (single and (common.is_common(bare(said[0])) or len(name) < _SHORTEST)) and not (
        guards.is_open(name)
    )


def _defines(said: str, name: str) -> bool:
    """Claim that a meaning tells enough to have one name, and does not hold it."""
    count = words.word_count(said)
    told = words.content_stems(said)
    shared = told & words.content_stems(name)
    opening = next(iter(tokens(said)), None)
    narrowed = _NARROWED.search(said) is not None
    # `holding back part of the vocal cords` is what somebody does, and no thing.
    if opening is None or opening.tag == "VVG":
        return False
    return (
        narrowed
        and not said.startswith(("when ", "where "))
        and _SHORTEST < count <= _LONGEST
        and len(told) >= _LEAST_TOLD
        and not shared
    )
