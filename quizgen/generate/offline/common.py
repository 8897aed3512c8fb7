"""Know the words that say too little to be asked for: a blank of one is anybody's guess."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from quizgen import words
from quizgen.generate.offline import lexicon
from quizgen.generate.offline.lexicon import gathered

_WORDS: Final = gathered(
    """
    ability able absence abundance abundant access accident account accurate act action active
    activity actual actually added addition additional adult advance advantage advice affair
    afternoon age agency agent agreement ahead aid aim air alone alternative amazing ambitious
    amount ancient anger angle animal annual answer anybody anyone apart apparent appeal appearance
    application approach appropriate area argument arm arrival art article aspect asset attempt
    attention attitude audience author available average aware awareness away awkward baby back
    background bad badly bag balance bar bare barrier base basic basis bath battle beauty bed
    beginning behavior behaviour behind being belief benefit big bill bit black block blue board
    body bold book boost bottom bound box boy brand break breakthrough brief bright brilliant broad
    brother budget building burden business busy button call calm candidate capability capable
    capacity car card care career careful case cash cause central centre center century certain
    chain chair challenge chance change channel chapter character charge cheap check chief child
    choice circle circumstance city claim class classic clean clear clearly client clock close
    clothes cloud club coach code cold collection college colour color combination comfort command
    comment commercial commitment common community company comparable comparative comparison
    competition complete complex complexity complicated component computer concern concept
    conclusion concrete condition confidence conflict confusion connection consequence considerable
    consideration considered consistency consistent constant contact content contest context
    continuous contract contrast contribution control convenience conversation copy core corner
    correct cost couple country courage course cover craft crazy creation creative creator crisis
    critic critical crowd crucial culture current curve custom customer cut cycle daily damage
    danger dangerous dark data date daughter day dead deal death debate debt decade decision
    decline decorative deep deeper deeply defeat degree delay deliberate demand department
    dependence depth design desire detail detailed determined developer development device
    difference different difficult difficulty digital dimension dinner direct direction directly
    disadvantage disaster discipline discovery discussion disease disorder display disproportionate
    distance distant distinct distinction diverse division doctor dog domain dominant door double
    doubt downside dozen drama dramatic drawer dream drink drive driver dry due duty early earlier
    earth ease easier easily east easy economic economy edge editor education effect effective
    efficiency efficient effort eight element eleven emotion emotional emphasis employee employer
    empty end enemy energy enormous enough entire entry environment equal equipment error essence
    essential establishment event eventual everybody everyday everyone evidence evil evolution
    exact example excellent exception excess exchange excitement exciting exercise existence
    existing expectation expensive experience experiment expert explanation expression extent
    external extra extraordinary extreme eye face facility fact factor failure fair faith fall
    false familiar family famous far farm fascinating fashion fast father fault favorite fear
    feature feedback feeling fellow few field fifth fight figure file final finally financial
    finding fine finger fire firm fish five flat flexible floor flow focus folk food foot force
    foreign form format formal former forward foundation four fourth fraction framework free
    freedom frequent fresh friend front fruit full fully fun function fund fundamental funny future
    gain game gap garden general generation gentle genuine gift girl global goal god gold good
    government gradual grand great greater green ground group growing growth guest guide guy habit
    hair half hall hand handful happiness happy hard hardly harm head health healthy heart heat
    heavy height help helpful hidden high higher highly hill history hit hold hole holiday home
    honest honestly hope hospital hot hotel hour house huge human humanity humans hundred idea
    ideal identity image immediate impact implication importance important impossible impression
    improvement incident income incredible incredibly independent individual industry inferior
    influence information initial inner innovation innovative input inside insight instance
    institution instruction integral intense intention interaction interest interested interesting
    internal international interview introduction involvement iron island issue item job joint
    journey joy judgment jump justice kept key kid kind king kitchen knowledge known lab label lack
    lady lake land language large largely last late later latter law lazy leader leadership leading
    leaf learner learning least left leg legal length lesson letter level life light likelihood
    likely limit limitation limited line link list literature little live living local location
    logic logical long longer look loss lot loud love low lower luck lucky lunch machine machinery
    main major majority male man manager manner many map mark market marriage master match material
    matter maximum meal meaning means meanwhile measure measurement meat media meeting member
    memory mental mention mess message method middle mile million mind minimum minor minority
    minute mirror miss mission mistake mix mixture mode model modern moment money month mood moral
    morning mother motion motivation mountain mouth movement movie multiple music mystery name
    narrative narrow nation national natural nature near nearly necessary necessity need negative
    neighbor nervous network new news night nine nobody noise none normal normally north nose note
    notion novel number object objective obvious occasion odd offer office officer official oil
    older once ongoing online open operation opinion opportunity opposite option order ordinary
    organization origin original outcome output outside overall owner pace page pain pair paper
    paradigm parent part participant participation particular particularly partly partner party
    passage passion past path patient pattern pay peace peak people perception perfect performance
    perhaps period person personal perspective phase phenomenon philosophy phone photo phrase
    physical picture piece pitch place plain plan planet plant plate platform play player pleasure
    plenty plot point policy political politics poor popular population portion position positive
    possibility possible potential pound power powerful practical practice precise preference
    presence present pressure pretty previous price primary prime principle prior priority privacy
    private prize probability probable problem procedure process product production productive
    productivity profession professional profile profit program progress project promise proof
    proper property proportion proposal prospect protection proud public purchase pure purpose
    puzzle quality quantity quarter question quick quickly quiet quite race radical random range
    rapid rapidly rare rate rather raw reach reaction reader reading real realistic reality
    reasonable reason recall recent recognition recommendation record red reduction reference
    reflection region regular related relation relationship relative release relevant reliable
    relief reminder remote repeated reply report representation reputation request requirement
    research researcher resource respect response responsibility rest restaurant result return
    review revolution reward rich ride right ring rise risk rival river road robust role roll room
    root rough roughly round route routine row rule safe safety sale same sample satisfaction
    scale scene schedule school science scientific scientist scope score scratch screen sea search
    season seat second secret section sector security seed sense sentence separate sequence series
    serious service session set setting seven several severe shape share sharp shift ship shop
    short shot shoulder show side sight sign signal significance significant similar simple simply
    single sister site situation six size skill skin sky slight slightly slow small smart smile
    smooth social society soft software soil solid solution somebody someone somewhat son song soon
    sophisticated sort soul sound source south space speaker special specific spectrum speech speed
    spirit split sport spot spread spring square staff stage stake standard star start state
    statement station status steady step stock stone stop store story straight strange strategic
    strategy stream street strength stress stretch striking string strong stronger structure
    struggle student study stuff stupid style subject substantial subtle success successful sudden
    suggestion suit suitable sum summer super supply support supportive sure surface surprise
    surprising sustained swift symbol sympathy system systematic table tail talent talk task taste
    teacher teaching team tech technical technique technology teenager television ten tendency
    tension term terrible test text theme theory thing thinking third thirty thorough thought
    thousand threat three tight time timing tiny tip tired title today together tomorrow tone
    tonight tool top topic total touch tough tour town track trade tradition traditional traffic
    train training trait transformation transition travel treat treatment tree tremendous trend
    trial trick trip trouble true trust truth twelve twenty twice two type typical typically
    ultimate uncertain uncomfortable understanding unexpected unfamiliar unique unit university
    unknown unlikely unusual upper upside urgent use useful user usual usually valid valuable value
    variation variety various vast version very view village vision visit visual vital voice volume
    vote walk wall war warm warning waste water way weak weakness wealth weather website week
    weekend weight west white whole wide wild window winner wise wish wonder wonderful wood word
    work worker working workforce world worry worse worst worth wrong year yesterday young youth
    zero zone
    adult adults army children citizen eater farmer men people soldier user women
    able across allow another appear ask become begin believe bring build buy call come consider
    continue create decide depend describe develop discuss eat enable ensure expect explain explore
    find follow get give go grow happen hear help improve include increase involve keep know lead
    learn leave let live look lose make mean move need offer open pay play produce provide put
    raise reach read reduce remain require run say see seem sell send set show sit speak spend
    stand start stay stop suggest take talk teach tell tend think treat try turn understand use
    wait walk want watch win work write achieve add affect agree apply argue arise arrive assume
    attract avoid base beat break carry catch cause challenge change choose collect combine compare
    complain complete concern confirm connect contain control convince cook cost count cover cross
    deal define deliver demand deny design destroy determine die disappear discover draw drop earn
    emerge encourage enjoy enter establish examine exist expand experience express extend face fail
    feel fight fill fit fix focus force forget gain gather guess handle hang hate hide hold hope
    hurt identify ignore imagine imply influence inform insist intend introduce invest join judge
    justify kill laugh lay lie lift like limit link listen maintain manage mark matter measure
    meet mention mind miss notice observe obtain occur operate order organize own pass perform
    pick place plan point prefer prepare press prevent promise promote protect prove publish pull
    push realize receive recognize record refer reflect refuse regard relate release remember
    remove repeat replace reply report represent respond reveal rise save search select separate
    serve settle shake share shift shut sing sleep slip smile solve sort sound split spread state
    steal stick store strike struggle study succeed suffer supply support suppose surprise survive
    switch test thank throw touch trade train travel trust vary visit warn wear wonder worry
    absorbed agreed attached attributed believed blamed bound bought brought built called carried
    caused chosen committed compared computed concerned connected credited crossed dealt defined
    depicted described designed determined developed directed divided done drawn dressed driven
    emphasized employed employing engaged established expected experienced exposed fed felt fitted
    followed formed found fully gained given gone grown heard held hidden improved included
    increased intended introduced involved isolated joined judged kept laid learned led left
    limited lived located lost made marked meant met mixed moved named needed noted observed
    obtained offered opened operated ordered owned paid passed placed planned played posed prepared
    presented produced promised proposed proved provided pushed raised reached read received
    recorded reduced related removed replaced reported required rested restricted returned revealed
    run said saved seen selected sent served set shared shown signed sold solved spent split spread
    started stated stored stressed struck studied stuck suited supported supposed surrounded taken
    taught tested thought tied told torn touched treated tried turned understood used valued warned
    won worked worn written
    aren't can't couldn't don't doesn't didn't everything everywhere hadn't hasn't haven't
    isn't nothing nowhere shouldn't someone something sometimes somewhere wasn't weren't won't
    """,
)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    known = _WORDS | lexicon.GENERIC | lexicon.VAGUE | lexicon.EVALUATIVE | lexicon.HEDGED
    return frozenset(words.stem(word) for word in known | lexicon.ROLES)


@lru_cache(maxsize=4096)
def is_common(word: str) -> bool:
    """Claim that a word is among those that everybody uses of everything."""
    return words.stem(word) in _known() or word.casefold() in words.STOPWORDS


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """Collect the content stems of a text that several rules look at."""
    return words.content_stems(text)


def rare(text: str) -> frozenset[str]:
    """Collect the stems of a text that few other texts would hold; numbers are among them."""
    return stems(text) - _known()
