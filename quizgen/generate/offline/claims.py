"""Turn what a page claims into questions, by the grammar of the claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from quizgen import words
from quizgen.generate.offline import (
    antecedents,
    causes,
    common,
    conditions,
    contrasts,
    cutting,
    findings,
    grammar,
    lexicon,
    mechanisms,
    naming,
    opening,
    phrases,
    questions,
    scope,
    sure,
    tagged,
    tagging,
    verbs,
)
from quizgen.generate.offline.cutting import bare
from quizgen.generate.offline.drafts import basic
from quizgen.generate.offline.guards import is_for_tasks, is_plain, is_resolved
from quizgen.generate.offline.scene import Scene
from quizgen.generate.offline.wording import (
    attributed,
    clauses,
    lowered,
    names,
    spans,
    tidy,
    without_label,
)
from quizgen.model import Draft, Piece, Tier

_ONLY_WHEN: Final = re.compile(
    r"^(?P<subject>.+?) (?:(?P<modal>can|may|might|will|could|should|would) "
    r"(?P<adverb>likely |probably )?(?P<verb>[a-z]+)(?P<more>[^,]*)"
    r"|(?P<be>is|are) (?P<state>[a-z]+)),?(?: but)? only (?P<when>(?:when|if) .+)$",
)
_ONLY_VERB: Final = re.compile(
    r"^(?:so )?(?P<subject>[^,]+?) only (?P<verb>[a-z]+s) (?P<when>(?:when|if) .+)$",
)
_CLEFT: Final = re.compile(
    r"^[Ww]hat (?P<what>[^,]{8,70}?) (?:was|is|were|are) (?P<answer>(?!not)[^,].+)$"
)
_WHILE: Final = re.compile(r"^(?P<first>[^,;]{12,}), (?:while|whereas) (?P<second>[^;]+)$")
_SHOWN: Final = re.compile(
    r"^[^,]*? (?:shows?|showed|found|finds?|suggests?|demonstrates?|demonstrated) that (?=\w)"
)
_SUBORDINATE: Final = frozenset(
    {"what", "where", "when", "while", "whether", "how", "why", "if", "although", "though", "that"}
)
_ADVISING: Final = frozenset({"use", "set", "check", "start", "stop", "note", "plan", "try"})
"""Verbs that open advice, `Use standard functions`, and are nouns too."""
_ADVERBS: Final = frozenset(
    {"later", "then", "soon", "now", "again", "today", "once", "still", "often", "always", "too"}
)
_CREWS: Final = frozenset({"staff", "workers", "officials", "members", "crew", "teams", "guests"})
"""Some people of somewhere: alone, they are not told apart."""
_PEOPLE: Final = lexicon.gathered(
    """
    adults boys children citizens commoners doctors farmers girls learners men merchants miners
    nations nurses parents participants patients peasants people peoples pupils readers sailors
    servants settlers slaves soldiers students teachers teenagers tribes troops villagers voters
    women workers
    """
)
_NAMED: Final = re.compile(r"\b[A-Z][\w’'-]+|\b\d")
_LETTERS: Final = re.compile(r" \([A-Z][A-Za-z]{1,5}\)")
_ANYBODY: Final = re.compile(
    r"(?:any(?:one|body)|some(?:one|body)|people|those|humans|(?:\w+ ){0,3}"
    r"(?:monarchs|governments|leaders|authorities|officials|scientists|researchers|historians"
    r"|critics|scholars|kings|armies|troops))\b",
    re.IGNORECASE,
)
"""Persons, for whom `what` does not ask."""
_REMARK: Final = re.compile(r", an? [^,?]+\?$")
_THREE: Final = re.compile(r"\w, [\w -]+, and \w")
_SUPREME: Final = re.compile(r" (?:most|best|least|worst)\?$")
_MOST_WHEN: Final = re.compile(
    r"^(?P<subject>[^,:;]+?) (?P<verb>[a-z]+s?) (?P<most>most|best|least|worst) "
    r"(?P<when>(?:when|if|where) [^,:;]+)(?:$|[,:])"
)
_KIND: Final = re.compile(
    r"[Tt]he (?P<name>(?:[\w’'-]+ ){1,3}?)(?P<kind>effect|law|paradox|phenomenon|principle|rule)"
)
"""What carries its kind in its name: `which phenomenon` has one answer where `what` has many."""
_OBJECT_IT: Final = re.compile(
    r"\b(?:for|of|to|with|on|in|into|from|by|about|upon) (?:it|them)\b", re.IGNORECASE
)
"""An object that only the sentence before names: `found a use for it`."""
_POINTED: Final = frozenset({"insight", "idea", "bullet", "faq", "summary"})


def claims(piece: Piece, scene: Scene) -> Iterator[Draft]:
    """Ask the surest question that each sentence of a piece answers."""
    if is_for_tasks(piece.heading) and piece.kind in ("bullet", "section"):
        return
    for text in (piece.text, piece.explanation, piece.answer):
        for told in antecedents.sentences(scene, text):
            yield from _asked(piece, scene, told.proof, told.said)


def _asked(piece: Piece, scene: Scene, proof: str, sentence: str) -> Iterator[Draft]:
    # A line without a full stop is a heading or a list of key words, unless it is a point.
    said = opening.told(scene, without_label(tidy(sentence)))
    if not said or not is_plain(sentence) or not is_plain(said) or " = " in said:
        return
    if tagged.is_terse(said):
        return
    if not points(piece) and not sentence.rstrip("\"'”’)").endswith((".", "!")):
        return
    for clause_text in clauses(said):
        yield from islice(_of_clause(piece, scene, proof, clause_text), 3)


def _of_clause(piece: Piece, scene: Scene, sentence: str, said: str) -> Iterator[Draft]:
    known = words.content_stems(f"{scene.title} {scene.about}")
    for question, told, form in _offers(scene, said.rstrip(".")):
        # Spelled out with its letters, a name would answer the card that asks for them.
        plain = _LETTERS.sub("", question).replace(" also ", " ")
        if form == "subject":
            # `..., a change that sounds trivial?` is the page's remark on what is asked.
            plain = _REMARK.sub("?", plain)
        kind = _KIND.fullmatch(told) if form == "subject" and scene.is_talk else None
        answer = kind["name"].strip() if kind else told
        plain = f"Which {kind['kind']}{plain[4:]}" if kind else plain
        main = form == "subject" and (bool(kind) or _is_main(piece, scene, sentence, answer))
        if form in ("subject", "doer") and _ANYBODY.match(answer):
            continue
        bare_object = form == "object" and len(words.content_stems(answer)) == 1
        if bare_object or (not main and sure.is_hopeless(form, plain, known=known)):
            continue
        credited = bool(scene.guest)
        if not (main or _is_single(form, plain, answer, known, credited=credited)):
            continue
        certain = sure.is_sure(form, plain, answer, known=known, credited=credited)
        # A name is looked for; of plain things, another does the same more often than not.
        sought = form == "subject" and (main or _NAMED.search(lowered(scene, answer)))
        certainly = certain and credited
        if form == "doer" and not certainly:
            continue
        if form == "subject" and not (sought or certainly or scene.is_talk):
            continue
        tier: Tier = "ready" if certain else "rough"
        if form == "subject" and _are_people(answer):
            plain = f"Who{plain.removeprefix('What')}"
        asked = scope.scoped(scene, piece, attributed(scene, sure.counted(form, plain, answer)))
        yield from basic(scene, piece, sentence, asked, answer, rule=f"claim_{form}", tier=tier)


def _are_people(subject: str) -> bool:
    """Claim that a subject is people of a kind: `students who reread a passage`."""
    for token in tagging.tokens(subject):
        # `Serbians`, `Parisians`: a people is asked for as a person is.
        named = token.tag in ("NN2", "NP0") and re.fullmatch(r"[A-Z]\w+(?:ans|men)", token.text)
        if token.plain in _PEOPLE or named:
            return True
        if token.tag in ("PRF", "PRP", "PNQ", "CJT", "DTQ"):
            return False
    return False


def _is_main(piece: Piece, scene: Scene, sentence: str, answer: str) -> bool:
    """Claim that a heading says which three things did something, as somebody's main point."""
    heads = piece.kind in ("insight", "idea") and next(spans(piece.text), "") == sentence
    return heads and bool(scene.guest) and _THREE.search(answer) is not None


def _is_single(
    form: str, question: str, answer: str, known: frozenset[str], *, credited: bool
) -> bool:
    """Claim that nothing in a question's words opens it to a second answer."""
    match form:
        case "when":
            # `When is dough formed?` has `at night` for an answer too; `only when` has one.
            return answer.startswith(("only ", "if ")) or _SUPREME.search(question) is not None
        case "subject":
            leans = _OBJECT_IT.search(question) is not None
            return not leans and _is_anchored(question, known, credited=credited)
        case _:
            return True


def _offers(scene: Scene, said: str) -> Iterator[tuple[str, str, str]]:
    yield from _only(scene, said)
    yield from _cleft(said)
    yield from _while(scene, said)
    yield from causes.reasons(scene, said)
    yield from naming.names(scene, said)
    yield from mechanisms.means(scene, said)
    yield from conditions.consequences(scene, said)
    yield from findings.shown(scene, said)
    yield from contrasts.contrasts(scene, said)
    clause = grammar.parse(said)
    if clause is None or not _sound(scene, clause):
        return
    small = lowered(scene, clause.subject)
    for asked in questions.ask(clause):
        answer = asked.answer
        if asked.form == "subject":
            question = asked.question
            # `The savings` leans on its sentence; `Ebbinghaus` is asked for as a person, or not.
            named = re.fullmatch(r"[A-Z][a-z]+", answer) and answer in scene.proper
            capitals = re.fullmatch(
                r"(?:[A-Z][\w’'.-]*|and|of|de|van)(?: (?:[A-Z][\w’'.-]*|and))+", answer
            )
            if capitals and " and " in answer:
                continue
            if named or re.fullmatch(r"(?:the|an?) [\w-]+", answer, re.IGNORECASE):
                continue
            known = words.content_stems(answer) <= words.content_stems(
                f"{scene.topic} {scene.title}"
            )
            if bare(answer.split()[0]) in ("then", "so", "thus"):
                continue
            if questions.is_vague(answer) or any(
                bare(word).removesuffix("s") in lexicon.PEOPLE for word in answer.split()
            ):
                continue
            within = re.sub(r"(?<=\w )(?:it|its|itself)\b", "", question)
            if known or len(words.content_stems(question)) < 3 or not is_resolved(within):
                continue
        else:
            question = asked.question.replace(clause.subject, small, 1)
        if asked.form == "object" and _is_thin(question, answer):
            continue
        if re.fullmatch(r"[\w-]+ed", answer):  # `designs pioneered by …`: a verb taken for a thing
            continue
        loose = re.search(r"\b(?:them|he|him|his|she|her|us|we|our|my)\b", question)
        if not loose and not re.match(r"(?:it|its|they|their|this|these|he|she)\b", answer):
            yield question, answer, asked.form


def _is_anchored(question: str, known: frozenset[str], *, credited: bool) -> bool:
    """Claim that a question for a subject holds terms enough, numbers not counted among them."""
    said = question.removeprefix("What ").split()
    first = bare(said[0])
    if first.startswith(("includ", "involv")) or (len(said) > 1 and bare(said[1]) == "that"):
        return False
    if first in verbs.THIRD and verbs.is_noun_too(verbs.THIRD[first]):
        # `What tests announced in 2017 dated ...`: a noun was taken for the verb.
        follows = bare(said[1]) if len(said) > 1 else ""
        if verbs.is_participle(follows):
            return False
    if sure.is_misread(question):
        return False
    counts = {"percent", "million", "billion", "degre"}
    terms = [stem for stem in common.rare(question) - known - counts if not stem[0].isdigit()]
    return len(terms) >= (2 if credited else 3)


def _is_thin(question: str, answer: str) -> bool:
    """Claim that a question has too few words of its own to have one answer."""
    asked, said = len(words.content_stems(question)), len(words.content_stems(answer))
    return asked < 2 or (asked < 3 and said < 4) or (said < 2 and asked < 3)


def _only(scene: Scene, said: str) -> Iterator[tuple[str, str, str]]:
    """Ask for the one condition that a claim names."""
    match = _ONLY_WHEN.match(said)
    if match and is_resolved(match["subject"]) and len(match["subject"].split()) <= 10:
        small = lowered(scene, match["subject"])
        if match["be"]:
            question = f"When {match['be']} {small} {match['state']}?"
        else:
            verb = f"{match['adverb'] or ''}{match['verb']}{match['more']}".rstrip(" ,")
            question = f"When {match['modal']} {small} {verb}?"
        yield question, f"only {match['when']}", "when"
    match = _MOST_WHEN.match(said)
    verb = match["verb"] if match else ""
    known = verb in verbs.THIRD or verb in verbs.BASES
    if match and is_resolved(match["subject"]) and known and not _is_open_end(match["when"]):
        wh = "Where" if match["when"].startswith("where") else "When"
        aux = "does" if verb in verbs.THIRD else "do"
        small = lowered(scene, match["subject"])
        asked = f"{wh} {aux} {small} {verbs.THIRD.get(verb, verb)} {match['most']}?"
        yield asked, match["when"], "when"
    match = _ONLY_VERB.match(re.split(r", so ", said)[-1])
    if match and is_resolved(match["subject"]) and match["verb"] in verbs.THIRD:
        small = lowered(scene, match["subject"])
        base = verbs.THIRD[match["verb"]]
        yield f"When does {small} {base}?", f"only {match['when']}", "when"


def _is_open_end(text: str) -> bool:
    """Claim that words were cut within a list: `when it starts with small`."""
    tokens = tagging.tokens(text)
    return len(tokens) > 1 and tokens[-1].tag == "AJ0" and not tokens[-2].tag.startswith("VB")


def _while(scene: Scene, said: str) -> Iterator[tuple[str, str, str]]:
    """Ask for the second of two things that a claim sets against each other."""
    match = _WHILE.match(_SHOWN.sub("", said))
    if not match:
        return
    first, second = grammar.parse(match["first"]), grammar.parse(match["second"])
    if first is None or second is None or first.lead or not _sound(scene, first):
        return
    if bare(second.subject) in lexicon.PRONOUNS or words.word_count(match["first"]) > 14:
        return
    # What the second is must be told by the first, or by a word of its own.
    if not (words.content_stems(second.subject) or second.subject.endswith("ones")):
        return
    small = lowered(scene, match["first"].split()[0])
    begun = " ".join([small, *match["first"].split()[1:]])
    for asked in questions.ask(second):
        if asked.form in ("object", "aim", "enable", "stranded", "role"):
            told = asked.question[0].lower() + asked.question[1:]
            yield f"While {begun}, {told}", asked.answer, "while"
            return


def _cleft(said: str) -> Iterator[tuple[str, str, str]]:
    """Read `What changed was the price` as the question that it holds."""
    match = _CLEFT.match(said)
    # `What people did` has a subject of its own, and is no question; `what matters` has many.
    opens = bare(match["what"].split()[0]) if match else ""
    asks = opens in verbs.PAST or (opens in verbs.THIRD and opens not in ("matters", "counts"))
    asks = asks and match is not None and re.search(r"[A-Z\d]", match["what"]) is not None
    if match and asks and is_resolved(match["what"]):
        rest = tuple(match["answer"].split())
        answer = cutting.shortened(" ".join(cutting.first_part(rest)), questions.LONGEST)
        if answer and len(words.content_stems(answer)) >= 2:
            yield f"What {match['what']}?", answer, "cleft"


def _sound(scene: Scene, clause: grammar.Clause) -> bool:
    """Claim that a clause's subject is a thing that can be asked about on its own."""
    subject = clause.subject
    people = {person.name.split()[-1] for person in scene.passage.work.people}
    if bare(subject.split()[0]) in _SUBORDINATE:
        return False
    if not is_resolved(subject) or any(name in re.split(r"[\s’']+", subject) for name in people):
        return False
    rest = subject
    for name in names(subject):
        rest = rest.replace(name, "")
    if not re.sub(r"\band\b|[,\s]", "", rest):
        return False
    # `Most participants rated` holds the verb that we took for a part of the subject.
    if subject.split()[-1].endswith("ed") and len(subject.split()) > 1:
        return False
    first, alone = bare(subject.split()[0]), " " not in subject
    if _holds_a_verb(subject) or ". " in subject or "for example" in subject:
        return False
    if clause.aside and re.search(r" (?:that|which|who) ", subject):
        return False
    if phrases.is_adjective(bare(subject.split()[-1])) and not alone:
        return False
    if alone and re.fullmatch(r"\w+(?:ary|ous|ive|ful|less|ible|able)", first):
        return False
    if first in verbs.BASES and subject[0].islower():
        return False
    if first in _ADVISING and not alone and bare(subject.split()[1]) not in lexicon.PREPOSITIONS:
        return False
    # `Medicine later found a use`: the adverb is no part of the thing.
    last = bare(subject.split()[-1])
    if not alone and (last in _ADVERBS or (last.endswith("ly") and len(last) > 6)):
        return False
    if "there" in subject.split() or first in ("another", "on", "one", "others", "several"):
        return False
    return not (alone and first in lexicon.DETERMINERS | _CREWS)


def _holds_a_verb(subject: str) -> bool:
    """Claim that a subject holds the verb of its sentence: `axes meant crops`."""
    said = [bare(word) for word in subject.split()]
    return any(
        said[at] in verbs.PAST
        and said[at - 1] not in lexicon.DETERMINERS | lexicon.PREPOSITIONS | {"and", "or"}
        and said[at + 1] not in lexicon.PREPOSITIONS
        and not said[at].endswith("ed")
        for at in range(1, len(said) - 1)
    )


def points(piece: Piece) -> bool:
    """Claim that a piece is one that must not stay without a card."""
    return piece.kind in _POINTED
