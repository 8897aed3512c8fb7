"""Word a source as a question needs it: sentences, names, capitals, attribution."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quizgen import words
from quizgen.generate.offline import common, guards, lexicon, subject, tagging, verbs
from quizgen.generate.offline.lexicon import gathered
from quizgen.generate.offline.scene import Scene
from quizgen.model import Piece

_NAME: Final = re.compile(
    r"(?:[A-Z][\w’'.-]+ )+(?:(?:de|van|von|der|la|le|di|bin|al) )*[A-Z][\w’'-]+"
)
_OPENING: Final = re.compile(
    r"^(?:(?:well|yes|yeah|so|right|okay|ok|i mean|sure|oh|and|but|i think|i would say|i'd say|"
    r"the thing is|in other words|in fact|you know|of course|definitely|exactly|that's right)"
    r"(?:[,.] | that | ))+",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(
    r"(?P<label>[^:;?!.“”\"\s](?:[^:;?!“”\"]|\d:\d){0,69}?)(?::[ ]| [-–—] )(?P<rest>\S.*)$"
)
_LONGEST_SENTENCE: Final = 1500
_LONGEST_LABEL: Final = 9
_PLACED: Final = 6
_LONGEST_BOOK: Final = 8
_OPEN_ENDED: Final = frozenset({"that", "by", "as", "like", "following", "and", "or", "to", "of"})
_PROPER: Final = gathered(
    """
    arab arctic atlantic baltic bayes bloom bohr boltzmann brown catholic cauchy celtic chomsky
    coulomb curie czech danish darwin dirac doppler dutch einstein english euler faraday fermi
    feynman fibonacci finnish fourier french freud galton gauss german gini greek hanseatic
    hawking heisenberg hilbert hubble huffman iraqi islamic israeli jordan kelvin kepler keynes
    krebs lagrange laplace lyapunov markov marx maxwell mendel moore nash nazi newton nobel
    nyquist ohm pacific pakistani pareto pascal pavlov phillips planck poisson saudi
    schwarzschild scotch shannon spanish stokes swiss tesla thai titanic turing turk venn volta
    watt welsh wright
    """,
)
_CLOSED: Final = lexicon.DETERMINERS | lexicon.PREPOSITIONS | lexicon.PRONOUNS | lexicon.RELATIVES
_ENDINGS: Final = ("tion", "ness", "ment", "ity", "ism", "ed", "ers", "ics", "sis")
_COMMON: Final = gathered(
    """
    air animals art artificial bad better cells cheaper children colder complex current deep
    deeper earlier early economic effective efficient eight even faster fewer first five food
    four future general global good gross heat high higher human improved language large larger
    late later learning life light local long low lower memory modern money more most music
    natural net new nine old one only other people plants political practice private public real
    recent scale science scientists second seven short similar simple six sleep slower small
    smaller social specialized strong stronger students ten third three time true two warmer
    water weak weaker wider work workers young
    """,
)


def lowered(scene: Scene, text: str) -> str:
    """Begin with a small letter, unless the first word is a name or may be one."""
    first, _, rest = text.partition(" ")
    owner = re.fullmatch(r"(?P<name>[A-Z][\w-]+)(?:[’']s|s[’'])", first)
    if owner and owner["name"].casefold() not in scene.lower | _COMMON:
        return text
    word = re.sub(r"[’']s$", "", first.strip(",.;:\"'“”‘’()"))
    if not word or not word[0].isupper() or word[1:] != word[1:].lower() or word == "I":
        return text
    if _is_common(scene, word, rest.partition(" ")[0]):
        return f"{first[0].lower()}{first[1:]} {rest}".strip()
    return text


def _is_common(scene: Scene, word: str, following: str) -> bool:
    """Claim that a capital stands only because a sentence begins."""
    plain = word.casefold()
    if plain in scene.lower or plain in _COMMON or plain in _CLOSED:
        return True
    if word in scene.proper:
        return False
    if "-" in word:
        return word.split("-")[1].islower()
    if common.is_common(plain) and plain not in _PROPER and not following[:1].isupper():
        return True
    if tagging.is_everyday(plain) and plain not in _PROPER and not following[:1].isupper():
        return True
    kin = (plain.removesuffix("s"), plain + "s", plain.removesuffix("ing"))
    if any(other in scene.lower or other in _COMMON for other in kin) or (
        len(plain) > 6 and plain[:6] in scene.roots
    ):
        return True
    gerund = plain.endswith("ing") and {plain[:-3], plain[:-3] + "e", plain[:-4]} & verbs.BASES
    if gerund or plain.endswith(_ENDINGS):
        return True
    # `Advances in ...`, `Experiments such as ...`: a plural before a preposition is seldom a name.
    plural = re.search(r"[^aious]s$", plain) and not plain.endswith("ens")
    if plural and following in {*lexicon.PREPOSITIONS, "such"}:
        return True
    # `Rye bread`, `Central banks`: a noun in small letters follows few names but eponyms.
    noun = following.islower() and following not in _CLOSED and following not in ("and", "or")
    return noun and plain not in _PROPER and not plain.endswith(("an", "ish", "ese", "’s", "'s"))


def headline(scene: Scene, heading: str) -> str:
    """Read a heading in capitals as a person would write it."""
    if not heading.isupper():
        return heading
    spellings = {word.casefold(): word for word in sorted(scene.upper)}
    titled = " ".join(
        re.sub(r"[\w’'-]+", lambda match: _spelled(match.group(), spellings, scene), word)
        for word in heading.split()
    )
    return titled[:1].upper() + titled[1:]


def _spelled(word: str, spellings: dict[str, str], scene: Scene) -> str:
    plain = word.casefold()
    if plain in spellings and plain not in scene.lower:
        return spellings[plain]
    small = lexicon.PREPOSITIONS | {"a", "an", "the", "and", "or", "but"}
    return plain if plain in small else plain.capitalize()


def sentence_case(text: str) -> str:
    """Begin with a capital, end without a full stop."""
    tidy = text.strip(" ,;:–—").rstrip(".").rstrip()
    if tidy[:1].islower() and not re.match(r"[a-z]+[A-Z]", tidy):
        return tidy[0].upper() + tidy[1:]
    return tidy


def attributed(scene: Scene, question: str) -> str:
    """Tie a question to the person whose view its answer is."""
    about = "" if is_placed(scene, question) else scene.about
    asked = question[0].lower() + question[1:]
    if not scene.guest or scene.guest.split()[-1] in question:
        if not about or scene.guest:
            return question
        return f"{about[0].upper()}{about[1:]}, {asked}" if about.startswith("in ") else question
    return f"According to {scene.credit}{' ' * bool(about)}{about}, {asked}"


def in_field(scene: Scene, question: str, piece: Piece, *, is_view: bool = True) -> str:
    """Open a question with the field in which its words mean what they mean here, or give nothing.

    A definition may be somebody's view, what letters stand for is none. The field is the topic of
    the work, the work itself, or the section; never one that holds a word of the question.
    """
    asked = question[0].lower() + question[1:]
    # `In deep learning` names a field, `in black holes` does not.
    if scene.topic and not re.search(r"(?<!ic)s$", scene.topic):
        return f"In {scene.topic}, {asked}"
    if scene.guest and is_view:
        return attributed(scene, question)
    heading = heading_of(scene, piece)
    told = bool(words.content_stems(heading) & words.content_stems(question))
    said = scene.about or titled(scene) or ("" if told else heading)
    if not said:
        return ""
    if not said.startswith("in “"):
        plain = said.removeprefix("on ").removeprefix("the ")
        said = f"in “{plain[:1].upper()}{plain[1:]}”"
    return f"{said[:1].upper()}{said[1:]}, {asked}"


def by_author(scene: Scene, question: str) -> str:
    """Open a question with the book in which its author uses words so, if the work is one."""
    lead = book(scene)
    return f"{lead}, {question[0].lower()}{question[1:]}" if lead else question


def book(scene: Scene) -> str:
    """Give `In “How Rye Keeps”` for a work that has an author, or nothing."""
    people = scene.passage.work.people
    title = re.split(r": | [|–—-] ", subject.calm(scene.title), maxsplit=1)[0].strip()
    fits = 1 < words.word_count(title) <= _LONGEST_BOOK and not subject.is_code(title)
    written = any(person.role == "author" for person in people)
    return f"In “{title}”" if written and fits and title != "the source" else ""


def titled(scene: Scene) -> str:
    """Give the short part of a work's title that names no person, no show and no number."""
    people = [person.name for person in scene.passage.work.people]
    title = scene.passage.work.title or scene.passage.document.title
    parts = subject.split(title)
    if any(map(subject.is_period, parts)):
        return ""
    for part in parts:
        plain = part.isascii() and not re.search(r"[\d/\"“#]", part) and not part.isupper()
        known = any(common.is_common(word) for word in words.tokens(part))
        short = words.word_count(part) <= _PLACED
        # `Podcast Notes` says nothing of the work.
        if {word.casefold() for word in words.tokens(part)} & subject.HOUSE:
            continue
        if (
            plain
            and known
            and short
            and not subject.is_code(part)
            and not any(name in part for name in people)
        ):
            return part
    return ""


def introduced(scene: Scene, text: str, *, hidden: str) -> str:
    """Open a sentence with whose view it is and what it is about, where it does not say so."""
    room = guards.LONGEST_FRONT - words.word_count(f"{scene.credit} {scene.about} {text}")
    # Too long with a name before it, a fact is told without one.
    # Where nobody is named, the work is whose view it is.
    told = bool(scene.guest) and is_placed(scene, text, hidden)
    about = "" if room < 0 or told else scene.about
    if room + words.word_count(scene.about) < 0 and words.word_count(text) <= guards.LONGEST_FRONT:
        return ""
    if scene.guest and scene.guest.split()[-1] not in text:
        return f"{scene.credit} {about}".rstrip() + ": "
    return f"{about[3:]}: " if about.startswith("in “") else ""


def is_placed(scene: Scene, text: str, hidden: str = "") -> bool:
    """Claim that words say what they are about: they name the subject, or hold terms enough."""
    named = common.stems(scene.about)
    shown = common.stems(text) - common.stems(hidden)
    return (bool(named) and named <= shown) or len(
        common.rare(text) - common.stems(hidden)
    ) >= _PLACED


def names(text: str) -> list[str]:
    """Find what looks like a person's full name."""
    return [match.group() for match in _NAME.finditer(text)]


def sentences(piece: Piece) -> Iterator[str]:
    """Cut all that a piece says into sentences that a card could hold."""
    for text in (piece.text, piece.explanation, piece.answer):
        yield from spans(text)


def spans(text: str) -> Iterator[str]:
    """Cut a text into sentences; one that no card could hold is left out."""
    for start, end in words.sentences(text):
        numbered = re.fullmatch(r"\d{1,2}[.)]", text[start:end].strip())
        if end - start <= _LONGEST_SENTENCE and not numbered:
            yield " ".join(text[start:end].split())


def clauses(sentence: str) -> Iterator[str]:
    """Cut a sentence at its semicolons, connecting words taken off the second half."""
    for part in re.split(r";\s+", sentence):
        yield re.sub(r"^(?:however|therefore|moreover|instead|thus|so|and|but),?\s+", "", part)


_TAG: Final = re.compile(r"(?<!\S)#[A-Za-z][\w/-]*(?=[\s,.;:!?)]|$)")
_STAMP: Final = re.compile(r"\s*,?\s*[\[(]\d{1,2}:\d{2}(?::\d{2})?(?:\s?[-–]\s?[\d:]+)?[\])]")


def tidy(sentence: str) -> str:
    """Take off tags of a note and times of a recording."""
    plain = " ".join(_STAMP.sub("", _TAG.sub("", sentence)).split())
    return re.sub(r" (?=[,.;:!?)])", "", plain).rstrip(" ,;:–—")


def labelled(sentence: str) -> tuple[str, str]:
    """Cut `Term: what is said of it` in two; both are empty where there is no label."""
    match = _LABELLED.match(sentence)
    if match is None or words.word_count(match["label"]) > _LONGEST_LABEL:
        return "", ""
    label = match["label"].strip(' "“”')
    taken = [word.strip(".,()") for word in label.split()]
    if any(word in lexicon.AUXILIARIES for word in taken) or taken[-1] in _OPEN_ENDED:
        return "", ""
    return label, match["rest"].strip()


def without_label(sentence: str) -> str:
    """Take off a label and give the sentence that stands behind it, if one does."""
    for _ in range(2):
        label, rest = labelled(sentence)
        if not label or not (rest[:1].isupper() and words.word_count(rest) >= 4):
            return sentence
        sentence = rest
    return sentence


def as_heard(text: str) -> str:
    """Write spoken words without their noises and stutters."""
    calm = re.sub(r",? ?\b(?:u+h+m?|u+m+|er+m|hmm+)\b,?", "", text, flags=re.IGNORECASE)
    calm = re.sub(r"\b([\w’']+)(?: \1\b)+", r"\1", calm, flags=re.IGNORECASE)
    return " ".join(calm.split())


def without_opening(sentence: str) -> str:
    """Take off what a speaker says before saying something."""
    said = _OPENING.sub("", sentence)
    return said[:1].upper() + said[1:]


def heading_of(scene: Scene, piece: Piece) -> str:
    """Give a piece's heading as a topic that a question may quote, or nothing."""
    heading = headline(scene, piece.heading).strip(" :")
    generic = ("introduction", "conclusion", "overview", "abstract", "summary", "notes", "outro")
    generic += (
        "key terms",
        "definitions",
        "predictions",
        "terms",
        "glossary",
        "questions",
        "advice",
    )
    people = [person.name for person in scene.passage.work.people]
    if (
        not heading
        or guards.is_meta(heading)
        or heading.casefold() in generic
        or heading in people
        or "?" in heading
        or subject.is_code(heading)
    ):
        return ""
    return heading if words.word_count(heading) <= 12 else ""
