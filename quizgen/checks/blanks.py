"""Judge whether a blank can be filled by knowing, and only so."""

from __future__ import annotations

import re
from typing import Final

from quizgen import cloze, words
from quizgen.checks import _names, _text, recall
from quizgen.checks.acronyms import is_spelt_out
from quizgen.checks.row import Context
from quizgen.model import Card, Cloze

_GAP: Final = "\x00"
_PEOPLES: Final = _text.vocabulary(
    "French Greek Dutch Swiss Welsh Czech Turk Arab Celtic Inca Maya Aztec Zulu Sioux Israeli Iraqi"
    " Pakistani Slav Finn Dane Swede Jew Thai Hopi Sikh Viking Moor Gothic"
)
_WORKS_AT: Final = re.compile(
    r"(?:\w+(?:ist|er|or|ian|eur|ant|man|woman|ess|ean)|poet|king|queen|novels?|poems?|plays?"
    r"|books?"
    r"|film|chef|monk|nun|saint|city|town|country|region|element|gas|metal|planet|god|goddess|the"
    r"|hero|composer|explorer|mathematician|scientists?|physicist|\w+ed|\w+ing|\w+s)"
)
_SET_PAIRS: Final = _text.vocabulary(
    """
    supply/demand pros/cons salt/pepper salt/vinegar trial/error cause/effect black/white law/order
    profit/loss checks/balances bread/butter crime/punishment pride/prejudice war/peace rise/fall
    nature/nurture stimulus/response fight/flight lock/key hit/run divide/conquer husband/wife
    thunder/lightning assets/liabilities debits/credits hardware/software input/output romeo/juliet
    adam/eve sodom/gomorrah hansel/gretel jekyll/hyde life/death heaven/hell good/evil day/night
    sun/moon north/south east/west male/female bride/groom needle/thread bow/arrow hammer/sickle
    hammer/anvil nuts/bolts bits/pieces rhythm/blues rock/roll gin/tonic fish/chips oil/vinegar
    research/development search/rescue food/drink health/safety aid/abet cease/desist null/void
    breaking/entering assault/battery goods/services wear/tear ups/downs ebb/flow carrot/stick
    stocks/bonds means/ends form/function mind/body body/soul flesh/blood blood/thunder yin/yang
    alpha/omega sense/sensibility tooth/nail odds/ends first/foremost tried/tested command/control
    mortar/pestle cat/mouse cloak/dagger terms/conditions
    """
)
_JOINED: Final = re.compile(r"(?P<first>[\w'-]+) (?:and|or|&|versus|vs\.?) \x00", re.IGNORECASE)
_JOINS: Final = re.compile(r"\x00 (?:and|or|&|versus|vs\.?) (?P<second>[\w'-]+)", re.IGNORECASE)
_PHRASES: Final = _text.vocabulary(
    """
    reasonable_doubt survival_of_the_fittest innocent_until_proven_guilty proven_guilty
    habeas_corpus status_quo quid_pro_quo pro_bono mens_rea actus_reus vice_versa per_capita ad_hoc
    ad_nauseam bona_fide carpe_diem laissez_faire homo_sapiens homo_erectus magna_carta al_dente
    in_vitro de_facto alma_mater modus_operandi persona_non_grata post_mortem prima_facie
    cogito_ergo_sum tabula_rasa tyrannosaurus_rex aurora_borealis coup_d'état double_helix
    law_of_the_land point_of_no_return tip_of_the_iceberg butterfly_effect placebo_effect
    greenhouse_effect domino_effect snowball_effect burden_of_proof by_and_large more_or_less
    sooner_or_later once_upon_a_time greenhouse_gas stainless_steel solar_system milky_way big_bang
    global_warming cold_war black_hole blood_vessels immune_system nervous_system
    """
)
_PARTICLE: Final = re.compile(r"(?:van|von|de|der|da|di|la|du|le|del|della|bin|al|ibn|ten|zu)\b ?")


def cloze_guessable(card: Card, context: Context) -> str:
    """Find blanks that the words beside them give away."""
    for before, hidden, after, seen in _blanks(card):
        if _is_rest_of_name(before, hidden, after, card, context):
            return f"The rest of the name gives {hidden!r} away: hide the whole name."
        if _is_second_of_pair(hidden, seen) or _ends_phrase(before, hidden):
            return f"The words beside the blank call for {hidden!r}: hide another word."
        letters = hidden.strip("()")
        if 1 < len(letters) <= 6 and letters.isupper() and letters.isalpha():
            beside = before.removesuffix(_GAP)
            if is_spelt_out(letters, beside) or is_spelt_out(letters, after):
                return f"{hidden!r} is the initials of what the card shows: hide another word."
    return ""


def _blanks(card: Card) -> list[tuple[str, str, str, str]]:
    """List each blank: the text before it, its words, the text after it, and the whole text.

    Other blanks, and this one in the whole text, stand as a mark.
    """
    if not isinstance(card.content, Cloze):
        return []
    parts = cloze.parse(card.content.text)
    found: list[tuple[str, str, str, str]] = []
    for at, part in enumerate(parts):
        if isinstance(part, str) or not part.text.strip():
            continue
        shown = ["\x01" if not isinstance(other, str) else other for other in parts]
        # A mark keeps the space beside the blank, which `plain` would trim.
        before = _text.plain("".join(shown[:at]) + _GAP).removesuffix(_GAP)
        after = _text.plain(_GAP + "".join(shown[at + 1 :])).removeprefix(_GAP)
        found.append((before, _text.plain(part.text), after, f"{before}{_GAP}{after}"))
    return found


def _is_rest_of_name(before: str, hidden: str, after: str, card: Card, context: Context) -> bool:
    bare = _PARTICLE.sub("", hidden).strip()
    if not bare or not bare[0].isupper() or (bare.isupper() and len(bare) > 1 and " " in bare):
        return False
    if len(bare.split()) > 1:
        return False
    told = before.rstrip().split()
    while len(told) > 1 and _PARTICLE.fullmatch(told[-1]):
        told.pop()
    last = told[-1] if told else ""
    if last[:1].isupper() and last[-1:].isalnum() and last[-1:].isalpha():
        starts = len(told) == 1 or told[-2][-1] in ".?!:;"
        return _gives_away(last, starts=starts, pair=f"{last} {bare}", card=card, context=context)
    following = after.lstrip().split()[:1]
    # "{{Albert}} Einstein": the family name alone tells the given one.
    return bool(
        bare in _names.GIVEN
        and following
        and following[0][0].isupper()
        and following[0].strip(".,;:'’s").casefold() not in _names.TITLES
        and after[:1] == " "
    )


def _gives_away(last: str, *, starts: bool, pair: str, card: Card, context: Context) -> bool:
    folded = last.casefold()
    if last in _names.GIVEN or last in _names.FIRST_OF_PLACES:
        return True
    if folded in words.STOPWORDS or folded in _names.TITLES or last in _PEOPLES:
        return False
    if last.isupper() or folded.endswith(("an", "ish", "ese", "ic", "ean")):
        return False
    if not starts:
        return True
    # The first word of a sentence has its capital anyway.
    told = _text.support(card, context)
    if folded in (word for word in _text.tokens(told) if word.islower()):
        return False
    return not _WORKS_AT.fullmatch(folded) or f" {pair}" in told


def _is_second_of_pair(hidden: str, seen: str) -> bool:
    word = hidden.casefold()
    beside = [found[1].casefold() for found in (_JOINED.search(seen), _JOINS.search(seen)) if found]
    return any({f"{word}/{other}", f"{other}/{word}"} & _SET_PAIRS for other in beside)


def _ends_phrase(before: str, hidden: str) -> bool:
    told = [word.casefold() for word in (*_text.tokens(before)[-4:], hidden)]
    return any("_".join(told[-length:]) in _PHRASES for length in (2, 3, 4, 5))


# --- too little to go by -----------------------------------------------------

_LOOSE: Final = re.compile(r"\w{2,}(?:ly|ful|ous|able|ible|ive|ant|ing|less)")
_LOOSE_BUT: Final = _text.vocabulary(
    """
    family supply assembly butterfly jelly fly reply belly anomaly monopoly italy ally bully lily
    plant elephant giant covenant pendant consonant constant quadrant sextant merchant servant
    tenant remnant infant mutant coolant oxidant antioxidant lubricant surfactant pollutant
    king ring wing spring string thing building being ceiling offspring lightning sibling wedding
    painting morning evening clothing pudding herring bearing crossbreeding meiosis
    table cable vegetable variable fable stable archive adjective motive olive additive negative
    derivative relative executive detective perspective locomotive sedative fixative cooperative
    """,
)
_PREDICATE: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|became|becomes?|seem(?:s|ed)?|look(?:s|ed)?|felt|feels?"
    r"|remain(?:s|ed)?"
    r"|grew|grows|gets?|got)"
    r"(?: (?:very|so|quite|too|rather|extremely|really|more|most|often|usually|always"
    r"|highly))?\s*$",
    re.IGNORECASE,
)
_DEFINED: Final = re.compile(
    r"(?:\b(?:called|named|termed|known as|dubbed|means|as)(?: (?:the|an?))?"
    r"|\bthe(?: \w+(?:est|al|ic|ar|ary|ous|ive))?)\s*$",
    re.IGNORECASE,
)
_CALLED: Final = re.compile(r"\b(?:called|named|termed|known as|dubbed)\s*$", re.IGNORECASE)
_DETERMINER: Final = re.compile(r"\b(?:an?|the|its|their)\s*$", re.IGNORECASE)
_ONE_OF_ITS_KIND: Final = re.compile(
    r"\bthe (?:\w+est|only|first|last|most \w+|least \w+) .*\b(?:is|was|are|were)\s*$"
    r"|^(?:the|an?) [^,]+ (?:that|which|who|whose|of|for|used|called) [^,]+ (?:is|was|are"
    r"|were)\s*$",
    re.IGNORECASE,
)
_AFTER_PREPOSITION: Final = re.compile(
    r"\b(?:of|from|into|by|with|in|on|through|for|to|at|against|under|via|as)\s*$"
    r"|\b(?:of|from|with|between|into) [\w ]{1,20} (?:and|or)\s*$",
    re.IGNORECASE,
)
_SAYS_WHAT: Final = re.compile(
    r"\b(?:is|are|was|were) (?:(?:an?|the) |(?:an?|the )?(?!\w+ly\b|very|so|too|quite|rather"
    r"|more|most"
    r"|often|always|not|never|also|still|now|much|far|just|made|found|seen|used|said|in|on|at|of"
    r"|by|to|for|as|\w{2,}ed\b|\w{2,}ing\b)[a-z]{3,} )$"
)
_IN_THE: Final = re.compile(r"\b(?:in|from|by|of|with|on|to) the \s*$")
# Things of every day, of which a sentence with one cue would fit many.
_THINGS: Final = _text.vocabulary(
    """
    market house home city town village country street road room shop store garden field farm forest
    river sea lake mountain island school church office factory hospital museum theatre library
    north
    south east west morning evening night summer winter spring autumn past future beginning end
    middle centre center top bottom side front back door window table book paper picture story song
    name word letter number line point case fact idea question reason example kind sort form type
    group class member team party king queen man woman child boy girl friend enemy family mother
    father son daughter brother sister teacher student doctor soldier worker farmer hand head
    face eye
    foot arm leg body heart tree plant flower fruit animal dog cat horse bird fish car train
    ship boat
    plane war peace army battle law rule right power force strength size shape colour color sound
    light fire earth air wind rain snow sun moon star stone wood metal gold iron clothes shoes hat
    price cost value tax job game sport race prize luck truth love fear hope joy pain death health
    public government state nation society others everyone everybody nobody nothing everything
    famine hunger poverty wealth crisis disaster decline collapse revolt unrest damage trouble risk
    crop crops harvest vegetables farmers traders tourists visitors readers critics audiences
    """,
)
_PLAIN: Final = _text.vocabulary(
    """
    important popular great good bad big large small long short high low old new young early late
    fast slow strong weak hard soft hot cold warm cool rich poor rare common famous useful easy
    difficult simple complex different similar special main major key serious interesting effective
    necessary possible dangerous beautiful bright dark heavy light deep wide free full empty clear
    happy sad angry safe clean dirty quick busy quiet loud strange unusual natural powerful valuable
    better worse best worst larger smaller greater higher lower faster slower stronger weaker longer
    shorter more less many few most several fine nice huge vast tiny enormous things thing way ways
    people person place places time times year years day days work works part parts problem problems
    change changes changed growth success failure results result role effect effects help helps
    helped need needs use uses used make makes made grow grows grew increase increases increased
    decrease decreases decreased improve improves improved reduce reduces reduced cause causes
    caused affect affects affected show shows showed find finds found begin begins began start
    starts started end ends ended become becomes became move moves moved live lives lived play plays
    played study studies studied learn learns learned enjoy enjoys enjoyed love loves loved like
    likes liked want wants wanted try tries tried create creates created develop develops developed
    support supports supported provide provides provided include includes included spread spreads
    travel travels traveled travelled rise rises rose fall falls fell win wins won lose loses lost
    build builds built buy sell sold keep kept lead led bring brought save saves saved fail fails
    failed succeed succeeded worked died die dies happened happen happens appear appears appeared
    today together quickly slowly often always never sometimes usually well everywhere elsewhere
    money food energy attention interest fun care practice experience knowledge information
    life world men women children students scientists experts agreement decision conclusion answer
    answers solution solutions compromise understanding improvement opportunity challenge challenges
    progress advantage advantages benefit benefits difference impact influence reputation
    relationship community history culture freedom happiness victory admired visited watched noticed
    discussed considered carefully easily finally
    """,
)


def cloze_ambiguous(card: Card, context: Context) -> str:
    """Find blanks that several ordinary words would fill."""
    for before, hidden, after, _ in _blanks(card):
        if not _is_one_plain_word(hidden):
            continue
        visible = f"{before} ____ {after}".replace("\x01", " ")
        cues = len(_cues(visible))
        if cues >= 6 or not _is_open(before, hidden, after, cues):
            continue
        if _is_faulty_otherwise(card, context):
            return ""
        return f"Several words would fill the blank for {hidden!r}: give more of the sentence."
    return ""


def _is_faulty_otherwise(card: Card, context: Context) -> bool:
    """Claim that the blank has the opposite fault, or a graver one."""
    rules = (recall.answer_leak, recall.cloze_function_word, cloze_guessable, cloze_too_much)
    return any(rule(card, context) for rule in rules)


def _is_one_plain_word(hidden: str) -> bool:
    return (
        hidden.replace("-", "").isalpha()
        and hidden == hidden.lower()
        and hidden not in words.FUNCTION_WORDS
        and not _text.numbers(hidden)
    )


def _cues(visible: str) -> set[str]:
    """Collect what tells a blank's word: content words, and numbers however small."""
    stems = set(_text.stems(visible))
    stems |= {word for word in _text.tokens(visible) if word.casefold() in ("one", "first", "no")}
    return stems


def _is_open(before: str, hidden: str, after: str, cues: int) -> bool:
    is_adjective = _LOOSE.fullmatch(hidden) or hidden.endswith("ed")
    if _ONE_OF_ITS_KIND.search(before) and hidden not in _PLAIN and not is_adjective:
        return False
    is_predicate = _PREDICATE.search(before) and not re.match(r" (?:by|to|from|in|of)\b", after)
    # "Is called a gosling" ends with a noun, whatever its last letters.
    is_noun = _DETERMINER.search(before) and not re.match(
        r"[ ](?!of\b|in\b|for\b|and\b|or\b)\w", after
    )
    is_loose = _LOOSE.fullmatch(hidden) and hidden not in _LOOSE_BUT and not is_noun
    is_common = hidden in _PLAIN
    # "Is called transitive": a term, whatever its last letters.
    if cues >= 2 and not is_common and _CALLED.search(before):
        return False
    if is_loose or (is_predicate and (is_common or cues < 4)) or (is_common and cues < 5):
        return True
    # "The empire expanded", but "was published to a third person".
    if cues < 4 and hidden.endswith("ed") and not re.match(r" (?:by|to|from|into)\b", after):
        return True
    if cues >= 4 or len(hidden) >= 9:
        return False
    is_told = _DEFINED.search(before) or re.match(r" (?:(?:is|are) (?:the|an?)|means?)\b", after)
    if cues >= 2 and (is_told or _AFTER_PREPOSITION.search(before)):
        return False
    # "Diamond is pure carbon", "Insulin is made in the pancreas": a thing, not a quality.
    is_thing = not is_adjective and hidden not in _THINGS
    if cues >= 1 and is_thing and (_SAYS_WHAT.search(before) or _IN_THE.search(before)):
        return False
    return not (cues >= 3 and re.search(r"\b(?:an?|two|three|four|one)\s*$", before))


# --- too much hidden ---------------------------------------------------------


def cloze_too_much(card: Card, _context: Context) -> str:
    """Find blanks that hide more than can be filled in."""
    if not isinstance(card.content, Cloze):
        return ""
    parts = [part for part in cloze.parse(card.content.text) if not isinstance(part, str)]
    if len(parts) > 3:
        return f"The sentence has {len(parts)} blanks: keep three at most, or make several cards."
    together: dict[int, int] = {}
    for part in parts:
        count = words.word_count(_text.bare(part.text))
        if count > 6:
            return f"The blank hides {count} words: hide six at most."
        together[part.number] = together.get(part.number, 0) + count
    most = max(together.values(), default=0)
    length = words.word_count(cloze.filled(card.content.text))
    if most >= 4 and 3 * most > length:
        return f"The blanks hide {most} of {length} words: leave two thirds to answer from."
    return ""
