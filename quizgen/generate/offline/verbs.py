"""Know the verbs that explanations are made of, and how they bend."""

from __future__ import annotations

from typing import Final

from quizgen.generate.offline.lexicon import gathered

STRANDED: Final = {
    "rely": "on", "depend": "on", "consist": "of", "lead": "to", "result": "in", "stem": "from",
    "come": "from", "serve": "as", "act": "as", "refer": "to", "focus": "on", "emerge": "from",
    "lie": "in", "derive": "from", "coexist": "with", "contribute": "to", "rest": "on",
    "allow": "for", "account": "for", "arise": "from", "operate": "on", "converge": "on",
    "work": "by", "function": "as", "respond": "to", "point": "to", "insist": "on", "start": "at",
}  # fmt: skip
"""Verbs whose preposition may end a question: `What does it rely on?`"""

LINKING: Final = frozenset({"remain", "become", "seem", "appear", "stay"})

_VERBS: Final = """
    abandon abolish absorb accelerate accept accompany accumulate achieve acknowledge acquire
    activate adapt add address adhere adjust admit adopt advance advocate affect aggravate
    aggregate align alleviate allocate allow alter amplify analyze anchor annex anticipate appear
    apply appoint argue arise arrange ask assassinate assemble assert assess assign assist
    associate assume attack attain attempt attract attribute avoid balance ban bar base bear beat
    become begin behave believe belong bend benefit bind block bolster boost borrow break breed
    bridge bring broaden build burn calculate cancel capture carry catalyze cause cease challenge
    change characterize charge choose circulate cite claim clarify clash classify clear climb
    cling coexist coin coincide collapse collect colonize combine come commission commit
    communicate compare compel compensate compete compile complement complicate comply compose
    compress comprise compute conceal concede concentrate concern conclude condemn condense
    conduct confer confine confirm conflict confront connect conquer conserve consider consist
    consolidate constitute constrain constrict construct consult consume contain contaminate
    contend continue contract contradict contrast contribute control converge convert convey
    convict convince cooperate coordinate cope copy correlate correspond cost cover crash create
    cripple criticize cross cultivate curb cure cushion damage dampen date decay decide declare
    decline decompose decrease dedicate deem deepen defend define deflect degrade delay delegate
    delete deliver demand demonstrate denounce deny depend depict deplete deposit deprive derive
    descend describe deserve design desire destroy detach detect deteriorate determine devalue
    develop deviate devote dictate differ differentiate diffuse digest dilute diminish direct
    disappear discard disclose discount discourage discover discuss disguise dismiss displace
    disprove disrupt dissipate dissolve distinguish distort distract distribute diversify divide
    dominate donate double draft drain drive drop dry dump duplicate dwarf earn ease eat eject
    elect elevate eliminate elude emancipate embed embody embrace emerge emigrate emit emphasize
    employ empower enable enact enclose encode encounter encourage end endanger endure enforce
    engage enhance enlarge enlist enrich enroll ensure entail enter entitle envision equal equate
    erode erupt escalate escape establish estimate evade evaluate evaporate evoke evolve
    exacerbate exaggerate examine exceed excel excite exclude execute exemplify exert exhaust
    exhibit exist expand expect expel experience explain exploit explore export expose express
    extend extract face facilitate fade fail fall fasten favor feed feel fertilize fight fill
    filter finance find fire fit fix flee flourish flow fluctuate focus follow forbid force
    forecast foresee forge forget forgive form foster fracture frame free freeze frustrate fuel
    fulfill function fund fuse gain garner gather generalize generate germinate give govern grasp
    gravitate grow guide halt handle happen harm harness harvest hasten heat help hide highlight
    hinder hold honor hurt hydrolyze identify ignite ignore illustrate imagine impair impede
    implement imply import impose imprison improve include incorporate increase incur indicate
    induce infect inflate inform inherit inhibit initiate inject innovate insert insist inspire
    insulate insure integrate intensify interact intercept interfere interpret interrupt intervene
    introduce invade invent invert invest investigate invite involve irrigate irritate isolate
    issue jeopardize join judge jump justify keep kill kindle know lack launch lay lead leak leap
    learn leave legalize legislate lend let levy liberate license lie lift lighten limit linger
    link load lobby locate log loosen lose lower lubricate maintain make manage manifest map mark
    mask master match matter mature maximize mean measure mediate melt memorize mention merge
    metabolize migrate mimic minimize mirror mislead mitigate mobilize model moderate modify
    monitor motivate mount move multiply narrow nationalize navigate necessitate need neglect
    negotiate neutralize nominate note notice notify nourish nurture obey obscure observe obstruct
    obtain occupy occur offer offset omit open operate oppose optimize orbit organize originate
    oust outlast outlaw outlive outnumber outpace outperform output outweigh overcome overestimate
    overfit overlook override overrule oversee overthrow overturn overwhelm own oxidize paralyze
    participate pass pave peak penetrate perceive perform permeate permit persist persuade pierce
    plan play plunge point pollinate pollute pose posit possess postpone postulate pour praise
    precede precipitate preclude predate predict prefer prepare present preserve press presume
    prevail prevent prioritize privatize proceed process proclaim produce prohibit project prolong
    promise promote prompt propel propose prosper protect protest prove provide provoke publish
    pull pulse pump punish purchase pursue push put quantify question radiate raise rally range
    rank ratify rationalize reach react realize rebel rebuild recall recede receive recognize
    recommend reconcile reconstruct record recover recruit rectify recur recycle redefine redirect
    redistribute reduce refer reflect reform refute regain regard regenerate regret regulate
    reinforce reinstate reject rejoin relate relax relay release relieve relinquish rely remain
    remember remind remove render renew renounce reopen repair repay repeat repel replace replay
    replicate represent repress reproduce repurchase require rescue resemble reserve reshape
    resign resist resolve respond rest restore restrict result resume retain retreat retrieve
    reunite reveal reverse revert review revise revive revolt revolutionize revolve reward rise
    risk rotate rule run rush sacrifice satisfy saturate save say scale scan scare scatter
    schedule seal secrete secure see seek seem seize select sell send sense separate serve set
    settle shape share shed shelter shield shift shock shorten show shrink shut sideline signal
    simplify simulate sink sit skew skip sleep slow smooth soak soften solidify solve sort span
    spark speed spend spike spill split spread spur stabilize stagnate stand start state steer
    stem sterilize stick stimulate stop store streamline strengthen stress stretch strike strip
    strive struggle study submit subside subsidize substitute subtract succeed succumb suffer
    suggest supersede supervise supplement supply support suppress surge surpass surprise
    surrender surround survive suspect suspend sustain swallow swell swim switch symbolize
    synthesize tackle take target tax teach tell tend terminate test testify think threaten thrive
    tie tighten tilt tolerate topple touch trace track trade train transcend transcribe transfer
    transform transition translate transmit transpire transport trap travel traverse treat trigger
    turn tweak twist undercut underestimate undergo underlie undermine underpin underscore
    understand undertake unfold unify unite unleash unlock unravel update upend uphold upset urge
    use utilize validate value vanish vary veto vibrate view violate visit void volunteer vote
    wander wane want warm warn warrant weaken weather weave weigh weight widen win withdraw wither
    withstand work worsen worship wrap write yield authenticate authorize automate decode decrypt
    download draw encrypt fragment lag lengthen parse rearrange refine score click cool critique
    drift iterate label listen ship spot whisper sketch summarize swear swap tag throw distill
    upload verify wax wipe yawn advise ally amuse annoy bake bathe breathe brew bury carve chew
    chop crawl dig dwell excrete fry graze hatch haul hunt inoculate loot mutate paint peel pray
    preach rob roam rub sail scrape scrub soar spawn sprout starve steal stir sweep swing thaw
    toss vaccinate weep boil float fold spin spray tear poison bleach
"""

_NOUNS_TOO: Final = gathered(
    """
    advance aim answer appear approach attack attempt attribute balance ban bar base bear benefit
    block boost break bridge burn capture cause challenge change charge cite claim clash
    commission concern contract contrast control copy cost cover crop cross damage date decay
    decline decrease demand design desire discharge discount double draft drive drop end estimate
    experience exploit export face fall feed fight filter fire fit fix flow focus force form frame
    fuel function fund gain guide halt harm heat help hold honor impact import increase influence
    insert invite issue join judge jump lack lead leap license lift limit link load log map mark
    master match matter mean measure model mount move multiple need network neuron note notice
    open orbit output pass peak place plan play point pose practice praise present press process
    produce program project promise protest pull pulse pump purchase push question raise rally
    range rank reach rebel record reform regret release repair request rescue research rest result
    reverse review revolt reward rise risk rule run rush sacrifice scale scan schedule score seal
    seize sense set shape share shed shelter shield shift shock show sign signal sleep slow sort
    span spark speed spike spill spread stand start state stem step stick stop store stress strike
    structure struggle study supplement supply support surge surprise switch target tax test tie
    time touch trace track trade train transfer transition transport trap travel treat trigger
    turn update use value veto view draw click download drift fragment label lag ship sketch spot
    swap whisper tag throw upload wax wipe yawn volunteer vote want warm weather weight work
    worship wrap write yield boil float fold spin spray tear poison bleach paint hunt sail sweep
    swing toss stir brew sprout spawn haul chop
    """,
)
"""Verbs whose -s form is as likely a plural noun: believed only where nothing better stands."""

_IRREGULAR: Final = """
    arise arose arisen / bear bore borne / beat beat beaten / breed bred bred / become became become
    begin began begun / bend bent bent / bind bound bound / break broke broken
    bring brought brought / build built built / burn burned burned / choose chose chosen
    cling clung clung / come came come / cost cost cost / cut cut cut / draw drew drawn
    drive drove driven / eat ate eaten / fall fell fallen / feed fed fed / feel felt felt
    fight fought fought / find found found / fit fit fit / flee fled fled
    forbid forbade forbidden / foresee foresaw foreseen / forget forgot forgotten
    forgive forgave forgiven / freeze froze frozen / give gave given / grow grew grown
    hide hid hidden / hold held held / hurt hurt hurt / keep kept kept / know knew known
    lay laid laid / lead led led / learn learned learned / leave left left / lend lent lent
    let let let / lie lay lain / lose lost lost / make made made / mean meant meant
    mislead misled misled / offset offset offset / outgrow outgrew outgrown
    overcome overcame overcome / override overrode overridden / oversee oversaw overseen
    overthrow overthrew overthrown / pay paid paid / put put put / rebuild rebuilt rebuilt
    repay repaid repaid / rise rose risen / run ran run / say said said / see saw seen
    seek sought sought / sell sold sold / send sent sent / set set set / shed shed shed
    show showed shown / shrink shrank shrunk / shut shut shut / sink sank sunk / sit sat sat
    sleep slept slept / speed sped sped / spend spent spent / split split split
    spread spread spread / stand stood stood / stick stuck stuck / strike struck struck
    strive strove striven / swear swore sworn / swell swelled swollen / swim swam swum
    take took taken / throw threw thrown
    teach taught taught / tell told told / think thought thought / undercut undercut undercut
    undergo underwent undergone / underlie underlay underlain / understand understood understood
    undertake undertook undertaken / uphold upheld upheld / upset upset upset / weave wove woven
    win won won / withdraw withdrew withdrawn / withstand withstood withstood
    write wrote written / dig dug dug / steal stole stolen / sweep swept swept
    swing swung swung / spin spun spun / tear tore torn / weep wept wept
"""


_DOUBLING: Final = gathered(
    """
    admit ban compel control deter drop emit equip excel expel map occur omit overfit permit plan
    propel refer regret step stem stop submit transfer transmit trap rebel recur skip strip confer
    incur log spur
    """,
)


def _third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + base[-1] + "ed" if base in _DOUBLING else base + "ed"


_BASES: Final = tuple(_VERBS.split())
_PARTS: Final = {
    base: (past, participle)
    for line in _IRREGULAR.strip().splitlines()
    for base, past, participle in (row.split() for row in line.split(" / "))
}
THIRD: Final = {_third(base): base for base in _BASES}
PAST: Final = {
    (_PARTS[base][0] if base in _PARTS else _regular_past(base)): base for base in _BASES
}
PARTICIPLE: Final = {
    (_PARTS[base][1] if base in _PARTS else _regular_past(base)): base for base in _BASES
}
BASES: Final = frozenset(_BASES)
_THIRD_OF: Final = {base: third for third, base in THIRD.items()}
_PAST_OF: Final = {base: past for past, base in PAST.items()}


def is_noun_too(base: str) -> bool:
    """Claim that a verb's forms are often nouns."""
    return base in _NOUNS_TOO


def third(base: str) -> str:
    """Say a verb of he, she or it."""
    return _THIRD_OF.get(base, _third(base))


def past(base: str) -> str:
    """Say a verb of yesterday."""
    return _PAST_OF.get(base, _regular_past(base))


def is_participle(word: str) -> bool:
    """Claim that a word may follow `is` or `has` as a past participle."""
    return word in PARTICIPLE or (word.endswith("ed") and len(word) > 4)
