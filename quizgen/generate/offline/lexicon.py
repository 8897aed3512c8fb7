"""Know the closed words of English, and the nouns that questions are careful with."""

from __future__ import annotations

from typing import Final


def gathered(text: str) -> frozenset[str]:
    """Make a set of the words of a text."""
    return frozenset(text.split())


BE: Final = frozenset({"is", "are", "was", "were"})
HAVE: Final = frozenset({"has", "have", "had"})
MODALS: Final = frozenset(
    {"can", "could", "may", "might", "must", "shall", "should", "will", "would"},
)
AUXILIARIES: Final = BE | HAVE | MODALS | {"do", "does", "did"}
NEGATIONS: Final = frozenset({"not", "never", "no", "nor", "hardly", "cannot", "neither"})
PRONOUNS: Final = gathered(
    """
    another both either he her hers herself him himself his i it its itself me my neither one
    our ours she such their theirs them themselves these they this those us we you your yours
    """,
)
DETERMINERS: Final = gathered(
    """
    a all an another any both each every few five four her his its less many more most my no our
    several some such that the their these this those three two your
    """,
)
PREPOSITIONS: Final = gathered(
    """
    about above across after against along amid among around as at before behind below beside
    besides between beyond by despite down during for from in including into like near of off on
    onto out over per since than through throughout to toward towards under until up upon via
    with within without
    """,
)
RELATIVES: Final = gathered(
    """
    although because how if since that though unless until what when where whereas whether which
    while who whom whose why
    """,
)
PLURALS: Final = gathered(
    """
    algae alumni analyses axes bacteria children crises geese hypotheses larvae teeth theses
    criteria data feet fungi media men mice mitochondria nuclei people
    phenomena police stomata women
    """,
)
CONNECTIVES: Final = gathered(
    """
    actually additionally also and basically but consequently finally first furthermore hence
    however importantly indeed instead interestingly lastly meanwhile moreover nevertheless
    nonetheless notably or overall second similarly so still then therefore third thus
    ultimately well yeah yes yet
    """,
)
OPENERS: Final = gathered(
    """
    according across after although among as at based because before beyond by despite during
    for from given if in on once over rather since though through throughout to under unlike
    until when whereas while with within without
    """,
)
EVALUATIVE: Final = gathered(
    """
    amazing beautiful best better big bit central challenge common compelling critical crucial
    effective essential fascinating fundamental good great helpful huge important impressive
    interesting key lot major most notable popular powerful pretty profound promising quite
    really remarkable reminder significant strong testament turning useful valuable very vital
    """,
)
ROLES: Final = gathered(
    """
    advantage aim answer argument backbone barrier basis benefit bottleneck breakthrough cause
    challenge concern consequence cornerstone cost criterion danger difference difficulty
    distinction drawback driver effect element explanation factor feature finding foundation
    function goal heart hope hypothesis idea implication ingredient insight intuition key lesson
    limit limitation meaning mechanism mission mistake moment motivation objective obstacle
    origin outcome part point premise principle problem purpose question reason requirement
    result risk role root rule secret shift solution source step strength task test theme threat
    theory thesis tool trait trick trigger value way weakness
    """,
)
"""Nouns that name a part to play, so that `What is the ... of X?` has one answer."""

CLASSES: Final = gathered(
    """
    boundary border surface
    ability account act advantage algorithm amount analysis approach area art assumption attempt
    attribute behavior belief branch calculation capacity category chance change chunk claim
    class collection component compound concept condition cost decline degree device difference
    discipline disease distance effect element energy enzyme error estimate event experiment
    fact factor failure feature field figure finding force form formula fraction framework
    function gas gene group habit hormone idea illness increase index institution instrument
    kind language law layer level limit line list loss machine market material measure mechanism
    medium method metric mixture model molecule movement name network number object observation
    obstacle operation option order organ organelle organism outcome pair parameter part path
    pattern period person phase phenomenon philosophy piece place plan plant point policy
    position practice price principle probability procedure process product program promise
    property protein quantity question range rate ratio reaction region relationship
    representation response result rise rule scale school score sequence series set share shift
    signal situation skill space stage state statement strategy structure study substance sum
    surface symbol system task tax technique technology temperature tendency term test theory
    time tissue tool trade transformer treatment tree type unit value variable variant version
    violation wave way word work
    """,
)
"""Nouns by which a definition says what kind of thing a term is."""

VAGUE: Final = gathered(
    """
    advance advancement area attempt attention attribute balance benefit catalyst challenge
    change consideration difference effect example factor growth idea impact importance
    improvement investigation number part possibility potential principle progress proof
    question result role success technique thing tool way
    """,
)
"""Nouns that say too little to be an answer by themselves."""

GENERIC: Final = gathered(
    """
    accuracy activity aspects benefits changes community conditions consequences data details
    development effectiveness efficiency elements environment everything experience factors
    features functionality growth improvement improvements information issues items knowledge
    life methods needs outcomes people performance problems process productivity progress quality
    results situation situations society solutions speed stability stuff success tasks techniques
    things understanding use value work world
    """,
)
"""Nouns that many sentences end in, and that nobody can recall from one of them."""

HEDGED: Final = gathered(
    """
    additional certain different diverse further general key many multiple new numerous other
    particular several similar some specific such unique various
    """,
)
"""Adjectives that leave open what is meant: `various domains`, `specific tasks`."""

PEOPLE: Final = gathered(
    """
    activist architect artist author biologist chemist clergyman composer economist emperor
    engineer figure founder general historian inventor journalist king leader mathematician
    minister monk naturalist novelist orator painter philosopher physician physicist pioneer poet
    politician president prince princess professor psychologist queen researcher revolutionary
    ruler scholar scientist sociologist statesman theologian theorist writer
    """,
)
"""Nouns that name a person by trade or rank, whom `what` does not ask for."""
